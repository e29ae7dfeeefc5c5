//! The tree: stated, and ended, by the institution above.

use super::App;
use crate::{
    auth::{Action, Caller, may_state},
    check::Check,
    error::{Problem, Text},
    store::{self, Put, creation_hash, journal::Record, membership::Membership},
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
    let stated = store::membership::insert(&scope, new, hash).await?;
    let record = Record::of("membership", Some(stated.id)).with("member", stated.member.to_string());
    scope.commit(record.with("relation", stated.relation.word())).await?;
    Ok(Put::Created(stated))
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
