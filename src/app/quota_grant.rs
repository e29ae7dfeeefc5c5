//! Quota grants: what a re-guarantor lets those it re-guarantees use in a year.

use super::{App, agreement::fixed};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{FieldError, Problem, Text},
    input,
    store::{self, Put, creation_hash, journal::Record, quota_grant::QuotaGrant},
};
use chrono::NaiveDate;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// The years of which a quota is granted.
const YEARS: RangeInclusive<i32> = 2000..=2999;

/// Some of the grants that the caller's institution has made or may use.
pub async fn list(app: &App, caller: &Caller, after: Option<Uuid>, limit: u64) -> Result<Vec<QuotaGrant>, Problem> {
    let scope = app.open(caller, Action::ReadQuotaGrants).await?;
    store::quota_grant::list(&scope, after, limit).await
}

/// One grant that the caller's institution has made or may use.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<QuotaGrant, Problem> {
    let scope = app.open(caller, Action::ReadQuotaGrants).await?;
    store::quota_grant::get(&scope, id).await
}

/// Grants an institution that the caller's re-guarantees on a day of the year what it may use in that year.
pub async fn grant(app: &App, caller: &Caller, new: QuotaGrant) -> Result<Put<QuotaGrant>, Problem> {
    let scope = app.open(caller, Action::GrantQuota).await?;
    let hash = creation_hash(&(new.cedent, new.year, new.granted.fen(), &new.document))?;
    if let Some(known) = store::quota_grant::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let check = Check::default().that(YEARS.contains(&new.year), no_year);
    check.text("document", &new.document, 500).done()?;
    let below = match of_year(new.year) {
        Some(days) => store::membership::reguarantees(&scope, scope.tenant(), new.cedent, days).await?,
        None => false,
    };
    if !below {
        return Err(Problem::outside_the_tree(Text::new(
            "只可向当年由本机构再担保的机构下达授信额度。",
            "A quota is granted to an institution that one's own re-guarantees on a day of that year.",
        )));
    }
    let granted = store::quota_grant::insert(&scope, new, hash).await?;
    let record = Record::of("quota_grant", Some(granted.id)).with("cedent", granted.cedent.to_string());
    let record = record.with("year", granted.year).with("granted", granted.granted.to_string());
    scope.commit(record).await?;
    Ok(Put::Created(granted))
}

/// Changes amount and document of a grant of the caller's institution. An amount below what is used undoes nothing: further
/// bookings are refused.
pub async fn replace(app: &App, caller: &Caller, version: i64, new: QuotaGrant) -> Result<QuotaGrant, Problem> {
    let scope = app.open(caller, Action::GrantQuota).await?;
    let present = store::quota_grant::get_granted(&scope, new.id).await?;
    let check = Check::default().that(new.cedent == present.cedent, || fixed("cedent_id"));
    let check = check.that(new.year == present.year, || fixed("year"));
    check.text("document", &new.document, 500).done()?;
    let changed = store::quota_grant::replace(&scope, version, new).await?;
    let record = Record::of("quota_grant", Some(changed.id)).with("version", changed.version);
    scope.commit(record.with("granted", changed.granted.to_string())).await?;
    Ok(changed)
}

/// The first and the last day of a year.
fn of_year(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31))
}

fn no_year() -> FieldError {
    let (first, last) = (YEARS.start(), YEARS.end());
    input::field(
        "year",
        "year",
        format!("应为 {first} 至 {last} 年。"),
        format!("Must be a year from {first} to {last}."),
    )
}
