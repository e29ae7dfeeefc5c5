//! What supervisors confirm about those they supervise.

use super::App;
use crate::{
    auth::{Action, Caller, Relation},
    check::Check,
    error::{Problem, Text},
    store::{self, Put, confirmation::Confirmation, creation_hash, dated::Listing, journal::Record},
};
use domain::value::Day;
use uuid::Uuid;

/// Some of the confirmations that the caller's institution has stated or that are about it.
pub async fn list(app: &App, caller: &Caller, listing: Listing<Uuid>) -> Result<Vec<Confirmation>, Problem> {
    let scope = app.open(caller, Action::ReadConfirmations).await?;
    store::confirmation::list(&scope, listing).await
}

/// One confirmation that the caller's institution has stated or that is about it.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Confirmation, Problem> {
    let scope = app.open(caller, Action::ReadConfirmations).await?;
    store::confirmation::get(&scope, id).await
}

/// States a confirmation about an institution that the caller's supervises today; only a supervisor supervises.
pub async fn state(app: &App, caller: &Caller, new: Confirmation) -> Result<Put<Confirmation>, Problem> {
    let scope = app.open(caller, Action::StateConfirmation).await?;
    let hash = creation_hash(&(new.member, new.kind, new.from, new.until, &new.document))?;
    if let Some(known) = store::confirmation::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    Check::default().text("document", &new.document, 500).term(new.from, new.until).done()?;
    if !store::membership::holds_today(&scope, Relation::Supervises, new.member).await? {
        return Err(Problem::outside_the_tree(Text::new(
            "只有监管部门可对当日由其监管的机构作出确认。",
            "Only a supervisor confirms, and only about an institution that it supervises today.",
        )));
    }
    let stated = store::confirmation::insert(&scope, new, hash).await?;
    let record = Record::of("supervisor_confirmation", Some(stated.id)).with("member", stated.member.to_string());
    scope.commit(record.with("kind", stated.kind.word())).await?;
    Ok(Put::Created(stated))
}

/// Changes the end of a confirmation that the caller's institution has stated.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<Confirmation, Problem> {
    let scope = app.open(caller, Action::StateConfirmation).await?;
    let present = store::confirmation::get_stated(&scope, id).await?;
    Check::default().term(present.from, until).done()?;
    let changed = store::confirmation::replace_end(&scope, id, version, until).await?;
    scope.commit(Record::of("supervisor_confirmation", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}
