//! 备案 at the cedent: what the upper layers have decided about its contracts, and what follows from it there.

use super::{App, approval, booking};
use crate::{
    auth::{Action, Caller},
    error::{Problem, Text},
    finding::FindingOut,
    store::{
        self, Put,
        contract_event::{self, Event, EventKind, NewEvent},
        creation_hash,
        filing::{Application, Received},
        journal::Record,
    },
};
use domain::{
    cession::Filing,
    finding::Row,
    value::{ContractId, InstitutionId},
};
use uuid::Uuid;

/// What the upper layers have decided about a contract of the caller's institution.
pub async fn of_contract(app: &App, caller: &Caller, id: ContractId) -> Result<Vec<Received>, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    store::contract::get(&scope, id).await?;
    store::filing::received(&scope, id).await
}

/// What the upper layers have decided last about the contracts of the caller's institution.
pub async fn list(
    app: &App,
    caller: &Caller,
    (decision, applied): (Option<Filing>, Option<bool>),
    after: Option<(ContractId, InstitutionId)>,
    limit: u64,
) -> Result<Vec<Received>, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    store::filing::list(&scope, (decision, applied), after, limit).await
}

/// Applies the newest decision of an upper layer to a contract: an event with its finding, and what the institution bears itself from
/// the day of the decision on. The shares that were agreed on stay as they are, and no money moves.
pub async fn apply(
    app: &App,
    caller: &Caller,
    id: ContractId,
    decision: Uuid,
    act: Uuid,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::ApplyFiling).await?;
    let hash = creation_hash(&(id, "filing", decision))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = approval::repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    let received = store::filing::received(&scope, id).await?;
    let asked = received.iter().find(|one| one.decision.id == decision).ok_or_else(Problem::not_found)?;
    let newest = received.iter().filter(|one| one.decision.upper == asked.decision.upper);
    if newest.clone().any(|one| one.decision.seq > asked.decision.seq) {
        let (zh, en) = ("该上级机构已有更新的备案决定。", "The upper layer has decided anew since.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    if asked.application.is_some() {
        return Err(store::filing::applied());
    }
    let decided = &asked.decision;
    let upper = store::institution::get(&scope, decided.upper).await?;
    let row = Row {
        document: decided.reason.clone().unwrap_or_else(|| format!("{}备案确认", upper.name)),
        clause: None,
        from: decided.decided_on,
        until: None,
        verified: true,
    };
    let finding = decided.decision.finding(&upper.name, decided.share, row);
    let new = NewEvent {
        findings: Some(vec![FindingOut::from(finding)]),
        reason: decided.reason.clone(),
        ..NewEvent::plain(act, EventKind::FilingApplied, booking::today(&scope)?, hash)
    };
    let event = contract_event::insert(&scope, &contract, new).await?;
    let (borne, from) = (decided.decision.borne(decided.share), decided.decided_on);
    store::filing::apply(&scope, decided, Application { event: act, borne, from }).await?;
    let record = Record::of("contract", Some(id.uuid())).with("event", act.to_string());
    scope.commit(record.with("kind", event.kind.word()).with("decision", decision.to_string())).await?;
    Ok(Put::Created(event))
}
