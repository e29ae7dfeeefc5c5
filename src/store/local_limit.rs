//! Local limits: who states one owns the row, whom it binds reads it.

use super::{
    Scope,
    dated::{self, Listing},
    known, membership,
    put::{insert_once, or_busy},
};
use crate::{
    auth::{Relation, words},
    error::Problem,
};
use domain::{
    local_limit::LocalRule,
    value::{Day, InstitutionId, Rate},
};
use entity::local_limit::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _, Select};
use uuid::Uuid;

words! {
    /// 限额事项。What a local limit limits.
    LimitRule {
        /// 支小支农担保金额占比，下限。The small-and-agri share, at least.
        SmallAgriShare = "small_agri_share",
        /// 其中单户500万元及以下占比，下限。Of which clients up to 500万, at least.
        SmallTicketShare = "small_ticket_share",
        /// 单户500万元及以下年化担保费率，上限。The fee rate of clients up to 500万, at most.
        FeeUpToSmallTicket = "fee_up_to_small_ticket",
        /// 单户500万元以上年化担保费率，上限。The fee rate of clients above 500万, at most.
        FeeAboveSmallTicket = "fee_above_small_ticket",
        /// 单户500万元及以下再担保费率，上限。The re-guarantee fee rate of clients up to 500万, at most.
        ReguaranteeFeeUpToSmallTicket = "reguarantee_fee_up_to_small_ticket",
        /// 单户500万元以上再担保费率，上限。The re-guarantee fee rate of clients above 500万, at most.
        ReguaranteeFeeAboveSmallTicket = "reguarantee_fee_above_small_ticket",
        /// 银行分险比例，下限。The bank's share of the risk, at least.
        BankShare = "bank_share",
        /// 单一被担保人与净资产之比，上限。A single client over net assets, at most.
        SingleClient = "single_client",
        /// 被担保人及其关联方与净资产之比，上限。A client and its related group over net assets, at most.
        RelatedGroup = "related_group",
        /// 放大倍数，上限。The leverage multiple, at most.
        Leverage = "leverage",
        /// 前十大客户占担保责任余额，上限。The ten largest clients over the liability balance, at most.
        TopTenClients = "top_ten_clients",
        /// 单一地区占在保余额，上限。One region over the outstanding balance, at most.
        Region = "region",
        /// 单一行业占在保余额，上限。One industry over the outstanding balance, at most.
        Industry = "industry",
    }
}

impl From<LimitRule> for LocalRule {
    fn from(rule: LimitRule) -> Self {
        match rule {
            LimitRule::SmallAgriShare => Self::SmallAgriShare,
            LimitRule::SmallTicketShare => Self::SmallTicketShare,
            LimitRule::FeeUpToSmallTicket => Self::FeeUpToSmallTicket,
            LimitRule::FeeAboveSmallTicket => Self::FeeAboveSmallTicket,
            LimitRule::ReguaranteeFeeUpToSmallTicket => Self::ReguaranteeFeeUpToSmallTicket,
            LimitRule::ReguaranteeFeeAboveSmallTicket => Self::ReguaranteeFeeAboveSmallTicket,
            LimitRule::BankShare => Self::BankShare,
            LimitRule::SingleClient => Self::SingleClient,
            LimitRule::RelatedGroup => Self::RelatedGroup,
            LimitRule::Leverage => Self::Leverage,
            LimitRule::TopTenClients => Self::TopTenClients,
            LimitRule::Region => Self::Region,
            LimitRule::Industry => Self::Industry,
        }
    }
}

/// A local limit, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct LocalLimit {
    /// Its id.
    pub id: Uuid,
    /// The institution that states it.
    pub stater: InstitutionId,
    /// The institution it binds.
    pub member: InstitutionId,
    /// What it limits.
    pub rule: LimitRule,
    /// The one region or industry it limits; every one without.
    pub key: Option<String>,
    /// The limit.
    pub value: Rate,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Its source, in words.
    pub document: String,
    /// Counts up with every change.
    pub version: i64,
}

impl LocalLimit {
    /// The limit as the law is held against it.
    pub fn decided(&self) -> domain::local_limit::LocalLimit<'_> {
        let (rule, key) = (self.rule.into(), self.key.as_deref());
        domain::local_limit::LocalLimit { rule, key, value: self.value, from: self.from, until: self.until }
    }
}

fn of_row(row: Model) -> Result<LocalLimit, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    Ok(LocalLimit {
        id: row.id,
        stater: InstitutionId::from_uuid(row.institution_id),
        member: InstitutionId::from_uuid(row.member_id),
        rule: known(&row.rule)?,
        key: row.key_code,
        value: known(&row.value)?,
        from,
        until,
        document: row.document,
        version: row.version,
    })
}

/// The limits that the institution has stated or is bound by.
fn concerning(scope: &Scope) -> Select<Entity> {
    let own = scope.tenant().uuid();
    Scope::shared_rows::<Entity>()
        .filter(Condition::any().add(Column::InstitutionId.eq(own)).add(Column::MemberId.eq(own)))
}

/// A limit that the institution has stated or is bound by; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<LocalLimit, Problem> {
    dated::get_among(scope, concerning(scope), id).await.and_then(of_row)
}

/// A limit that the institution has stated; 404 when there is none.
pub async fn get_stated(scope: &Scope, id: Uuid) -> Result<LocalLimit, Problem> {
    dated::get_stated::<Entity>(scope, id).await.and_then(of_row)
}

/// The limits that the institution has stated or is bound by, in the order of their ids.
pub async fn list(scope: &Scope, listing: Listing<Uuid>) -> Result<Vec<LocalLimit>, Problem> {
    dated::page(scope, concerning(scope), listing).await?.into_iter().map(of_row).collect()
}

/// Every limit in force on `day` that binds the institution: its own, and those of whoever re-guarantees it on that day.
pub async fn binding(scope: &Scope, day: Day) -> Result<Vec<LocalLimit>, Problem> {
    let own = scope.tenant().uuid();
    let above = Column::InstitutionId.in_subquery(membership::above(scope, Relation::Reguarantees, day.date()));
    let rows = Scope::shared_rows::<Entity>().filter(Column::MemberId.eq(own));
    let rows = rows.filter(Condition::any().add(Column::InstitutionId.eq(own)).add(above));
    let rows = rows.filter(dated::in_force::<Entity>(day.date()));
    let rows = rows.order_by_asc(Column::InstitutionId).order_by_asc(Column::Id).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// The limit this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<LocalLimit>, Problem> {
    dated::find_repeated::<Entity>(scope, id, hash).await?.map(of_row).transpose()
}

/// States a limit; 409 when it overlaps one on the same matter.
pub async fn insert(scope: &Scope, new: LocalLimit, hash: Vec<u8>) -> Result<LocalLimit, Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(new.id),
        member_id: Set(new.member.uuid()),
        rule: Set(new.rule.word().to_owned()),
        key_code: Set(new.key.clone()),
        value: Set(new.value.to_string()),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        document: Set(new.document.clone()),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    or_busy(insert_once(scope, row).await.map_err(dated::or_overlap)?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new term overlaps one on the same matter.
pub async fn replace_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<LocalLimit, Problem> {
    dated::replace_end::<Entity>(scope, id, version, until).await.and_then(of_row)
}
