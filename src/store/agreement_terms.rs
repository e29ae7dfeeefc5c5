//! The terms of agreements: who bears how much of the risk, and for which fee, on which days.

use super::{
    Scope,
    agreement::Agreement,
    contract::{e10_of, rate_of, shares_of},
    dated::{self, Listing},
    known,
    put::{insert_once, or_busy},
};
use crate::{auth::words, error::Problem};
use domain::{
    case::Terms as Decided,
    contract,
    risk::Role,
    value::{AgreementId, Day, InstitutionId},
};
use entity::agreement_terms::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, QueryFilter as _};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

words! {
    /// 提前解保的担保费处理。What becomes of the guarantee fee when the loan is repaid early.
    EarlyRelease {
        /// 不退。Nothing is refunded.
        None = "none",
        /// 按剩余期限退还。The part for the days that are left is refunded.
        ProRata = "pro_rata",
        /// 未用部分结转至同一客户的后续合同。That part settles the fee of a following contract of the same client.
        CarryOver = "carry_over",
    }
}

impl From<contract::EarlyRelease> for EarlyRelease {
    fn from(decided: contract::EarlyRelease) -> Self {
        match decided {
            contract::EarlyRelease::None => Self::None,
            contract::EarlyRelease::ProRata => Self::ProRata,
            contract::EarlyRelease::CarryOver => Self::CarryOver,
        }
    }
}

impl From<EarlyRelease> for contract::EarlyRelease {
    fn from(word: EarlyRelease) -> Self {
        match word {
            EarlyRelease::None => Self::None,
            EarlyRelease::ProRata => Self::ProRata,
            EarlyRelease::CarryOver => Self::CarryOver,
        }
    }
}

/// Terms of an agreement, from their first day until before their last.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Their id.
    pub id: Uuid,
    /// The agreement.
    pub agreement: AgreementId,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Who bears how much, and for which fee.
    pub decided: Decided,
    /// What becomes of the guarantee fee on early release.
    pub early_release: EarlyRelease,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> Result<Terms, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    let shares = [
        row.bank_share_e10,
        row.institution_share_e10,
        row.provincial_share_e10,
        row.national_share_e10,
        row.local_finance_share_e10,
        row.other_share_e10,
    ];
    let decided = Decided {
        shares: shares_of(shares)?,
        provincial_fee_rate: rate_of(row.provincial_fee_rate_e10),
        national_fee_rate: rate_of(row.national_fee_rate_e10),
    };
    Ok(Terms {
        id: row.id,
        agreement: AgreementId::from_uuid(row.agreement_id),
        from,
        until,
        decided,
        early_release: known(&row.early_release)?,
        version: row.version,
    })
}

/// Terms of an agreement; 404 when there are none.
pub async fn get(scope: &Scope, agreement: AgreementId, id: Uuid) -> Result<Terms, Problem> {
    let terms = dated::get_stated::<Entity>(scope, id).await.and_then(of_row)?;
    if terms.agreement == agreement { Ok(terms) } else { Err(Problem::not_found()) }
}

/// The terms of an agreement in the order of their ids.
pub async fn list(scope: &Scope, agreement: AgreementId, listing: Listing<Uuid>) -> Result<Vec<Terms>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::AgreementId.eq(agreement.uuid()));
    dated::page(scope, rows, listing).await?.into_iter().map(of_row).collect()
}

/// Terms that cedents have agreed on with the institution above them, by cedent and id.
pub async fn of_cedents(
    scope: &Scope,
    ids: impl Iterator<Item = (Uuid, Uuid)>,
) -> Result<BTreeMap<(Uuid, Uuid), Terms>, Problem> {
    let own = scope.tenant().uuid();
    let (cedents, ids): (BTreeSet<Uuid>, BTreeSet<Uuid>) = ids.unzip();
    let concerned = Condition::any().add(Column::ProvincialId.eq(own)).add(Column::NationalId.eq(own));
    let rows = Scope::shared_rows::<Entity>().filter(concerned).filter(Column::InstitutionId.is_in(cedents));
    let rows = rows.filter(Column::Id.is_in(ids)).all(scope.tx()).await?;
    rows.into_iter().map(|row| Ok(((row.institution_id, row.id), of_row(row)?))).collect()
}

/// The terms of a cedent's agreement with the institution above it that held on a day.
pub async fn of_cedent(
    scope: &Scope,
    cedent: InstitutionId,
    agreement: AgreementId,
    on: Day,
) -> Result<Option<Terms>, Problem> {
    let own = scope.tenant().uuid();
    let concerned = Condition::any().add(Column::ProvincialId.eq(own)).add(Column::NationalId.eq(own));
    let open = Condition::any().add(Column::UntilDay.is_null()).add(Column::UntilDay.gt(on.date()));
    let rows = Scope::shared_rows::<Entity>().filter(concerned).filter(Column::InstitutionId.eq(cedent.uuid()));
    let rows =
        rows.filter(Column::AgreementId.eq(agreement.uuid())).filter(Column::FromDay.lte(on.date())).filter(open);
    rows.one(scope.tx()).await?.map(of_row).transpose()
}

/// The terms this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Terms>, Problem> {
    dated::find_repeated::<Entity>(scope, id, hash).await?.map(of_row).transpose()
}

/// States terms of an agreement, whose upper layers read them; 409 when they overlap others of it. Takes the journal's next number, so it
/// comes after every other lock.
pub async fn insert(scope: &Scope, agreement: &Agreement, new: Terms, hash: Vec<u8>) -> Result<Terms, Problem> {
    let share = |role| e10_of(new.decided.shares.of(role));
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(new.id),
        agreement_id: Set(new.agreement.uuid()),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        bank_share_e10: Set(share(Role::Bank)?),
        institution_share_e10: Set(share(Role::Institution)?),
        provincial_share_e10: Set(share(Role::Provincial)?),
        national_share_e10: Set(share(Role::National)?),
        local_finance_share_e10: Set(share(Role::LocalFinance)?),
        other_share_e10: Set(share(Role::Other)?),
        provincial_fee_rate_e10: Set(e10_of(new.decided.provincial_fee_rate)?),
        national_fee_rate_e10: Set(e10_of(new.decided.national_fee_rate)?),
        early_release: Set(new.early_release.word().to_owned()),
        seq: Set(scope.seq().await?),
        version: Set(new.version),
        creation_hash: Set(hash),
        provincial_id: Set(agreement.provincial.map(InstitutionId::uuid)),
        national_id: Set(agreement.national.map(InstitutionId::uuid)),
    };
    or_busy(insert_once(scope, row).await.map_err(dated::or_overlap)?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new days overlap other terms.
pub async fn replace_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<Terms, Problem> {
    dated::replace_end::<Entity>(scope, id, version, until).await.and_then(of_row)
}
