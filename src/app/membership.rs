//! The tree: stated, and ended, by the institution above.

use super::App;
use crate::{
    auth::{Action, Caller, InstitutionKind, may_reach, may_state},
    check::Check,
    error::{Problem, Text},
    store::{self, Put, Scope, creation_hash, institution::Institution, journal::Record, membership::Membership},
};
use chrono::NaiveDate;
use uuid::Uuid;

/// Some of the memberships in which the caller's institution is above or below.
pub async fn list(app: &App, caller: &Caller, after: Option<Uuid>, limit: u64) -> Result<Vec<Membership>, Problem> {
    let scope = app.open(caller, Action::ReadMemberships).await?;
    store::membership::list(&scope, after, limit).await
}

/// One membership in which the caller's institution is above or below.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Membership, Problem> {
    let scope = app.open(caller, Action::ReadMemberships).await?;
    store::membership::get(&scope, id).await
}

/// States a membership below the caller's institution.
pub async fn state(app: &App, caller: &Caller, new: Membership) -> Result<Put<Membership>, Problem> {
    let scope = app.open(caller, Action::StateMembership).await?;
    let hash = creation_hash(&(new.member, new.relation, new.from, new.until))?;
    if let Some(known) = store::membership::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    Check::default().term(new.from, new.until).done()?;
    let own = store::institution::own(&scope).await?;
    let member = store::institution::get(&scope, new.member).await?;
    if !may_state(new.relation, own.kind, member.kind) {
        return Err(Problem::outside_the_tree(Text::new(
            "再担保：国家基金对省级再担保机构，省级再担保机构对担保机构；审核由财政部门，监管由监管部门。",
            "The national fund re-guarantees provincial re-guarantors, these the institutions; bureaus review, supervisors supervise.",
        )));
    }
    if !may_reach(own.kind, &own.region_code, is_at_the_funds_seat(&scope, &own).await?, &member.region_code) {
        return Err(Problem::outside_the_tree(Text::new(
            "只可登记本省的机构为下级；国家基金，以及由其接纳并与其同址的中央财政、监管部门不受此限。",
            "Only institutions of the own province can be stated to be below; the national fund, and the central bureaus and supervisors that it onboarded at its own seat, may state any.",
        )));
    }
    let stated = store::membership::insert(&scope, new, hash).await?;
    let record = Record::of("membership", Some(stated.id)).with("member", stated.member.to_string());
    scope.commit(record.with("relation", stated.relation.word())).await?;
    Ok(Put::Created(stated))
}

/// Whether the national fund onboarded an institution with its own region.
async fn is_at_the_funds_seat(scope: &Scope, own: &Institution) -> Result<bool, Problem> {
    let upper = store::institution::get(scope, own.onboarded_by).await?;
    Ok(upper.kind == InstitutionKind::NationalFund && upper.region_code == own.region_code)
}

/// Changes the end of a membership that the caller's institution has stated.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<NaiveDate>,
) -> Result<Membership, Problem> {
    let scope = app.open(caller, Action::StateMembership).await?;
    let present = store::membership::get_stated(&scope, id).await?;
    Check::default().term(present.from, until).done()?;
    let changed = store::membership::replace_end(&scope, id, version, until).await?;
    scope.commit(Record::of("membership", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}
