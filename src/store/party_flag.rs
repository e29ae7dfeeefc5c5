//! The dated flags of parties, and what follows from them on a day.

use super::{
    Scope, known, of_word,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    statement_of, violates,
};
use crate::{
    auth::words,
    error::{Problem, Text},
    store::party::PartyKind,
};
use chrono::NaiveDate;
use domain::{
    client::{AwardExclusions, ClientKind, Declared, LegalForm},
    party::{Flags, Relation},
    size::SizeClass,
    value::{Day, PartyId},
};
use entity::party_flag::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _, extension::postgres::PgFunc},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

words! {
    /// 主体标识。What is said of a party besides its form and size.
    FlagKind {
        /// 政府融资平台。
        GovernmentPlatform = "government_platform",
        /// 地方国有企业资本运营平台。
        StateCapitalPlatform = "state_capital_platform",
        /// 房地产行业。
        RealEstate = "real_estate",
        /// 金融服务行业。
        FinancialServices = "financial_services",
        /// 投资（资产）管理类。
        InvestmentManagement = "investment_management",
        /// 黑名单或重点关注名单。
        Blacklist = "blacklist",
        /// 本机构的控股股东或实际控制人。
        ControllingShareholder = "controlling_shareholder",
        /// 本机构的其他关联方。
        RelatedParty = "related_party",
        /// 申明首贷。The party has declared that it never had a bank loan.
        FirstLoanDeclared = "first_loan_declared",
        /// 战略性新兴产业企业。
        StrategicEmerging = "strategic_emerging",
        /// 新型农业经营主体。
        NewAgriEntity = "new_agri_entity",
        /// 农户。
        Farmer = "farmer",
        /// 小微企业主。
        SmallBusinessOwner = "small_business_owner",
    }
}

/// A flag of a party, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// What is said.
    pub kind: FlagKind,
    /// Who says so, in words.
    pub source: String,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
    /// Its number in the journal.
    pub seq: i64,
    /// The number with which its end became known.
    pub ended_seq: Option<i64>,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> Result<Flag, Problem> {
    Ok(Flag {
        id: row.id,
        party: PartyId::from_uuid(row.party_id),
        kind: known(&row.kind)?,
        source: row.source,
        from: row.from_day,
        until: row.until_day,
        seq: row.seq,
        ended_seq: row.ended_seq,
        version: row.version,
    })
}

fn rows(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// A flag of the party; 404 when there is none.
pub async fn get(scope: &Scope, party: PartyId, id: Uuid) -> Result<Flag, Problem> {
    let row = rows(scope).filter(Column::PartyId.eq(party.uuid())).filter(Column::Id.eq(id));
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// At most `limit` flags that the party has or had, in the order of their ids, after `after`.
pub async fn list(scope: &Scope, party: PartyId, after: Option<Uuid>, limit: u64) -> Result<Vec<Flag>, Problem> {
    let mut found = rows(scope).filter(Column::PartyId.eq(party.uuid()));
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after));
    }
    let found = found.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    found.into_iter().map(of_row).collect()
}

/// The flags of the party, and of those merged into it, in force on a day, in the order of their kinds.
pub async fn on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Vec<Flag>, Problem> {
    let same = super::party_merge::stood_for(scope, party).await?;
    let same = Column::PartyId.is_in(same.into_iter().map(PartyId::uuid));
    let open = Condition::any().add(Column::UntilDay.is_null()).add(Column::UntilDay.gt(day));
    let found = rows(scope).filter(same).filter(Column::FromDay.lte(day)).filter(open);
    found.order_by_asc(Column::Kind).all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// The flag this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Flag>, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// States a flag; 409 when it is stated in these days. Takes the journal's next number, whatever `new` carries.
pub async fn insert(scope: &Scope, new: Flag, hash: Vec<u8>) -> Result<Flag, Problem> {
    let seq = scope.seq().await?;
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        party_id: new.party.uuid(),
        kind: new.kind.word().to_owned(),
        source: new.source,
        from_day: new.from,
        until_day: new.until,
        seq,
        ended_seq: new.until.map(|_| seq),
        version: 1,
        creation_hash: hash,
    };
    match insert_once(scope, row.clone().into_active_model().reset_all()).await {
        Err(error) if violates(&error, "party_flag_stated_once") => {
            return Err(Problem::wrong_state(Text::new(
                "该主体在此期间已有同一标识。",
                "The party has this flag in these days already.",
            )));
        }
        inserted => or_busy(inserted?)?,
    }
    of_row(row)
}

/// Ends an open flag of the version named; 412 when it is another by now. Takes the journal's next number.
pub async fn end(scope: &Scope, flag: &Flag, version: i64, until: NaiveDate) -> Result<Flag, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::UntilDay, Expr::value(until))
        .col_expr(Column::EndedSeq, Expr::value(scope.seq().await?))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(flag.id))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, flag.party, flag.id).await
}

/// A flag as far as it concerns what is judged of many parties at once.
#[derive(Clone, Copy, Debug)]
pub struct FlagDays {
    /// What is said.
    pub kind: FlagKind,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl FlagDays {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day.date() && self.until.is_none_or(|until| day.date() < until)
    }
}

#[derive(Debug, FromQueryResult)]
struct Stands {
    party_id: Uuid,
    id: Uuid,
}

/// $1 institution, $2 parties: whoever was merged into one of them, however often, with the one it came to.
const STANDS: &str = "WITH RECURSIVE stands AS (SELECT m.target_id AS party_id, m.source_id AS id FROM zengxin.party_merge m \
      WHERE m.institution_id = $1 AND m.target_id = ANY ($2) AND m.undone_on IS NULL \
      UNION SELECT s.party_id, m.source_id FROM zengxin.party_merge m JOIN stands s ON m.target_id = s.id \
      WHERE m.institution_id = $1 AND m.undone_on IS NULL) \
    SELECT party_id, id FROM stands";

/// The flags that each of these parties has or had, and those of whoever was merged into it: a merge frees nobody of a ban.
pub async fn days_of(scope: &Scope, parties: &BTreeSet<PartyId>) -> Result<BTreeMap<PartyId, Vec<FlagDays>>, Problem> {
    // One array, however many parties there are.
    let mut ids: Vec<Uuid> = parties.iter().map(|party| party.uuid()).collect();
    let values = [scope.tenant().uuid().into(), ids.clone().into()];
    let mut stands: BTreeMap<Uuid, Vec<PartyId>> = BTreeMap::new();
    for Stands { party_id, id } in Stands::find_by_statement(statement_of(STANDS, values)).all(scope.tx()).await? {
        stands.entry(id).or_default().push(PartyId::from_uuid(party_id));
        ids.push(id);
    }
    let found = rows(scope).filter(Expr::col((Entity, Column::PartyId)).eq(PgFunc::any(ids)));
    let mut flags: BTreeMap<PartyId, Vec<FlagDays>> = BTreeMap::new();
    for row in found.order_by_asc(Column::Id).all(scope.tx()).await? {
        let flag = FlagDays { kind: known(&row.kind)?, from: row.from_day, until: row.until_day };
        for party in stands.get(&row.party_id).into_iter().flatten() {
            flags.entry(*party).or_default().push(flag);
        }
        flags.entry(PartyId::from_uuid(row.party_id)).or_default().push(flag);
    }
    Ok(flags)
}

/// How a party stands on a day: what the law asks about it follows from this.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What it is by its legal form.
    pub form: LegalForm,
    /// GB/T 4754.
    pub industry_code: Option<String>,
    /// The size class that counts.
    pub size: Option<SizeClass>,
    /// The flags in force.
    pub flags: Vec<FlagKind>,
}

impl Standing {
    fn has(&self, kind: FlagKind) -> bool {
        self.flags.contains(&kind)
    }

    /// The kind of client it is.
    pub fn client_kind(&self) -> ClientKind {
        let declared = Declared {
            farmer: self.has(FlagKind::Farmer),
            small_business_owner: self.has(FlagKind::SmallBusinessOwner),
            new_agri_entity: self.has(FlagKind::NewAgriEntity),
            strategic_emerging: self.has(FlagKind::StrategicEmerging),
        };
        self.form.client_kind(self.size, declared)
    }

    /// What booking asks about it.
    pub fn flags(&self) -> Flags {
        let relation = match (self.has(FlagKind::ControllingShareholder), self.has(FlagKind::RelatedParty)) {
            (true, _) => Relation::Controller,
            (false, true) => Relation::Other,
            (false, false) => Relation::None,
        };
        Flags {
            government_platform: self.has(FlagKind::GovernmentPlatform),
            blacklisted: self.has(FlagKind::Blacklist),
            relation,
        }
    }

    /// What keeps it out of the award's statistics: flags, or its industry (GB/T 4754 sections K and J).
    pub fn award_exclusions(&self) -> AwardExclusions {
        let code = self.industry_code.as_deref().unwrap_or_default();
        let begins = |codes: &[&str]| codes.iter().any(|begin| code.starts_with(begin));
        AwardExclusions {
            real_estate: self.has(FlagKind::RealEstate) || begins(&["K", "70"]),
            financial_services: self.has(FlagKind::FinancialServices) || begins(&["J", "66", "67", "68", "69"]),
            investment_management: self.has(FlagKind::InvestmentManagement),
            government_platform: self.has(FlagKind::GovernmentPlatform),
            state_capital_platform: self.has(FlagKind::StateCapitalPlatform),
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct StandingRow {
    kind: String,
    industry_code: Option<String>,
    size_class: Option<String>,
    flags: String,
}

/// $1 institution, $2 party, $3 day. What is flagged of a party that was merged into it is flagged of it: a merge frees nobody of a ban.
const STANDING: &str = "WITH RECURSIVE same AS (SELECT $2::uuid AS id \
      UNION SELECT m.source_id FROM zengxin.party_merge m JOIN same s ON m.target_id = s.id \
      WHERE m.institution_id = $1 AND m.undone_on IS NULL) \
    SELECT p.kind, p.industry_code, \
    (SELECT s.size_class FROM zengxin.party_size_input s \
     WHERE s.institution_id = p.institution_id AND s.party_id = p.id AND s.filed_on <= $3 \
     ORDER BY s.financial_year DESC, s.seq DESC LIMIT 1) AS size_class, \
    coalesce((SELECT string_agg(f.kind, ' ' ORDER BY f.kind) FROM zengxin.party_flag f JOIN same s ON f.party_id = s.id \
     WHERE f.institution_id = p.institution_id AND f.from_day <= $3 \
     AND (f.until_day IS NULL OR f.until_day > $3)), '') AS flags \
    FROM zengxin.party p WHERE p.institution_id = $1 AND p.id = $2";

/// How a party stands on a day, in one statement; 404 when there is none.
pub async fn standing_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Standing, Problem> {
    let values = [scope.tenant().uuid().into(), party.uuid().into(), day.into()];
    let row = StandingRow::find_by_statement(statement_of(STANDING, values)).one(scope.tx()).await?;
    let StandingRow { kind, industry_code, size_class, flags } = row.ok_or_else(Problem::not_found)?;
    Ok(Standing {
        form: known::<PartyKind>(&kind)?.into(),
        industry_code,
        size: size_class.as_deref().map(of_word).transpose()?,
        flags: flags.split_whitespace().map(known).collect::<Result<_, _>>()?,
    })
}

/// What booking asks about a party on a day; 404 when there is none.
pub async fn flags_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Flags, Problem> {
    Ok(standing_on(scope, party, day).await?.flags())
}

/// The kind of client a party is on a day; 404 when there is none.
pub async fn client_kind_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<ClientKind, Problem> {
    Ok(standing_on(scope, party, day).await?.client_kind())
}
