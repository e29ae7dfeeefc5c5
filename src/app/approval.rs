//! Two persons: an officer submits a contract, another approves it or sends it back, and grants the exceptions it needs.

use super::{
    App,
    booking::{self, Hold, Judged, Subject},
    contract::author,
    drift,
};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, Scope,
        book::{Ceded, Changes},
        contract::Contract,
        contract_event::{self, Event, EventKind, Exception, NewEvent, NewException},
        creation_hash,
        journal::Record,
    },
};
use domain::{
    contract::Act,
    value::{ContractId, Day},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What an act did before: the event, or the refusal that it led to.
pub(super) async fn repeated(scope: &Scope, act: Uuid, hash: &[u8]) -> Result<Option<Event>, Problem> {
    match contract_event::find_repeated(scope, act, hash).await? {
        Some(event) if event.kind == EventKind::Refused => Err(refusal(event)),
        found => Ok(found),
    }
}

/// The problem that a recorded refusal was answered with.
fn refusal(event: Event) -> Problem {
    let refused = event.findings.iter().any(|finding| finding.outcome == crate::finding::OutcomeOut::Refuse);
    if refused { Problem::refused_by_rule(event.findings) } else { Problem::exception_needed(event.findings) }
}

/// Records that rules refuse a contract, and answers so: a committed outcome that changes nothing else.
async fn refuse<T>(scope: Scope, contract: &Contract, judged: &Judged, act: Uuid, hash: Vec<u8>) -> Result<T, Problem> {
    let findings = Some(judged.findings());
    let new = NewEvent { findings, ..NewEvent::plain(act, EventKind::Refused, booking::today(&scope)?, hash) };
    let event = contract_event::insert(&scope, contract, new).await?;
    let record = Record::of("contract", Some(contract.id.uuid())).with("event", act.to_string());
    scope.commit_refusal(record.with("code", "refused_by_rule")).await?;
    Err(refusal(event))
}

/// Puts a draft before an approver; 422 at once for what nobody can waive.
pub async fn submit(app: &App, caller: &Caller, id: ContractId, act: Uuid) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::SubmitContract).await?;
    let hash = creation_hash(&(id, "submission"))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    let day = booking::today(&scope)?;
    let life = contract.life()?.after(Act::Submit, day).map_err(booking::impossible)?;
    let subject = Subject { content: &contract.content, client: contract.client, approved: None, day };
    let judged = booking::judge(&scope, subject, Hold::Look).await?;
    if judged.is_refused() {
        return refuse(scope, &contract, &judged, act, hash).await;
    }
    let submitted = Contract {
        state: life.state,
        submitted_by: Some(author(&scope)?),
        version: contract.version.saturating_add(1),
        ..contract
    };
    store::contract::set_state(&scope, &submitted).await?;
    let new = NewEvent { findings: Some(judged.findings()), ..NewEvent::plain(act, EventKind::Submitted, day, hash) };
    end(scope, &submitted, new).await
}

/// Saves an event that moves no book, and makes it lasting.
async fn end(scope: Scope, contract: &Contract, new: NewEvent) -> Result<Put<Event>, Problem> {
    let event = contract_event::insert(&scope, contract, new).await?;
    let record = Record::of("contract", Some(contract.id.uuid())).with("event", event.id.to_string());
    scope.commit(record.with("kind", event.kind.word())).await?;
    Ok(Put::Created(event))
}

/// Takes a draft or a submitted contract back.
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    reason: String,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::SubmitContract).await?;
    let hash = creation_hash(&(id, "withdrawal", &reason))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    Check::default().text("reason", &reason, 500).done()?;
    let day = booking::today(&scope)?;
    let state = contract.life()?.after(Act::Withdraw, day).map_err(booking::impossible)?.state;
    let withdrawn = Contract { state, version: contract.version.saturating_add(1), ..contract };
    store::contract::set_state(&scope, &withdrawn).await?;
    end(scope, &withdrawn, NewEvent { reason: Some(reason), ..NewEvent::plain(act, EventKind::Withdrawn, day, hash) })
        .await
}

/// Sends a submitted contract back, with a reason; a second person does.
pub async fn reject(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    reason: String,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::DecideContract).await?;
    let hash = creation_hash(&(id, "rejection", &reason))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    Check::default().text("reason", &reason, 500).done()?;
    let day = booking::today(&scope)?;
    let state = contract.life()?.after(Act::Reject, day).map_err(booking::impossible)?.state;
    let decided_by = Some(author(&scope)?);
    let rejected = Contract { state, decided_by, version: contract.version.saturating_add(1), ..contract };
    store::contract::set_state(&scope, &rejected).await?;
    end(scope, &rejected, NewEvent { reason: Some(reason), ..NewEvent::plain(act, EventKind::Rejected, day, hash) })
        .await
}

/// Whether whoever acts has drafted or submitted the contract.
fn is_first_person(scope: &Scope, contract: &Contract) -> Result<bool, Problem> {
    let acting = scope.person()?.uuid();
    Ok(contract.drafted_by == acting || contract.submitted_by == Some(acting))
}

/// Records that the first person tried what needs a second one.
async fn refuse_first_person<T>(scope: Scope, contract: &Contract) -> Result<T, Problem> {
    let problem = Problem::second_person_needed();
    scope.commit_refusal(Record::of("contract", Some(contract.id.uuid())).with("code", problem.code)).await?;
    Err(problem)
}

/// Grants a written exception to a rule of principle for the content the contract has now.
pub async fn grant_exception(
    app: &App,
    caller: &Caller,
    id: ContractId,
    new: NewException,
) -> Result<Put<Exception>, Problem> {
    let scope = app.open(caller, Action::GrantException).await?;
    let hash = creation_hash(&(id, &new.rule, &new.reason, new.expires_on))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = contract_event::find_repeated_exception(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    if is_first_person(&scope, &contract)? {
        return refuse_first_person(scope, &contract).await;
    }
    let day = booking::today(&scope)?;
    let over = || input::field("expires_on", "past_day", "有效期不得早于今天。", "It does not end before today.");
    Check::default().text("reason", &new.reason, 500).that(day <= new.expires_on, over).done()?;
    // What can be waived is known by judging: nobody writes an exception to what nobody can waive, or to what is kept.
    contract.life()?.after(Act::Approve, day).map_err(booking::impossible)?;
    let subject = Subject { content: &contract.content, client: contract.client, approved: None, day };
    let judged = booking::judge(&scope, subject, Hold::Look).await?;
    let waivable = judged.need_second_person().any(|finding| finding.rule == new.rule);
    let fault = || {
        let (zh, en) = ("此规则当前不需要例外，或不得例外。", "This rule needs no exception now, or allows none.");
        input::field("rule", "not_waivable", zh, en)
    };
    Check::default().that(waivable, fault).done()?;
    if let Some(standing) = contract_event::standing_exception(&scope, &contract, &new.rule, day).await? {
        return Err(standing_already(&scope, &standing));
    }
    let rule = new.rule.clone();
    let granted = contract_event::grant_exception(&scope, &contract, new, hash).await?;
    scope
        .commit(Record::of("contract", Some(id.uuid())).with("exception", granted.id.to_string()).with("rule", rule))
        .await?;
    Ok(Put::Created(granted))
}

/// Two exceptions at once would say two things of one rule. Who granted it is said as the console shows a colleague to those who may not
/// read the names of users.
fn standing_already(scope: &Scope, standing: &Exception) -> Problem {
    let (by, until) = (standing.granted_by.uuid(), standing.expires_on);
    let id = by.to_string();
    let known = id.get(id.len().saturating_sub(6)..).unwrap_or_default();
    let who = if scope.actor().id() == Some(by) {
        Text::new("您本人", "you")
    } else {
        Text::new(format!("同事 {known}"), format!("colleague {known}"))
    };
    Problem::exception_stands(Text::new(
        format!("{}已对此规则批准书面例外，有效至{until}，可据以审批。到期后方可另行批准。", who.zh),
        format!(
            "An exception to this rule was granted by {} and serves until {until}. Once it is over another can be granted.",
            who.en
        ),
    ))
}

/// Approves a submitted contract: from then on its amount is committed. Every rule is judged under the locks of the book.
pub async fn approve(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    content_version: i64,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::DecideContract).await?;
    let hash = creation_hash(&(id, "approval", content_version))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    if is_first_person(&scope, &contract)? {
        return refuse_first_person(scope, &contract).await;
    }
    if contract.content_version != content_version {
        return Err(Problem::changed_meanwhile());
    }
    let day = booking::today(&scope)?;
    let life = contract.life()?.after(Act::Approve, day).map_err(booking::impossible)?;
    let subject = Subject { content: &contract.content, client: contract.client, approved: None, day };
    let judged = booking::judge(&scope, subject, Hold::Lock).await?;
    if judged.is_refused() || !is_waived(&scope, &contract, &judged, day).await? {
        return refuse(scope, &contract, &judged, act, hash).await;
    }
    let approved = Contract {
        state: life.state,
        outstanding: life.outstanding,
        decided_by: Some(author(&scope)?),
        version: contract.version.saturating_add(1),
        fixed: Some(judged.fixed.clone()),
        ..contract
    };
    save_approval(scope, approved, judged, act, hash).await
}

/// Whether a second person has waived everything that needs one, for this content and not longer ago than it holds.
async fn is_waived(scope: &Scope, contract: &Contract, judged: &Judged, day: Day) -> Result<bool, Problem> {
    let needed: BTreeSet<&str> = judged.need_second_person().map(|finding| finding.rule).collect();
    if needed.is_empty() {
        return Ok(true);
    }
    let granted = contract_event::exceptions(scope, contract.id).await?;
    let holds =
        |exception: &&Exception| exception.content_version == contract.content_version && day <= exception.expires_on;
    let waived: BTreeSet<&str> = granted.iter().filter(holds).map(|exception| exception.rule.as_str()).collect();
    Ok(needed.is_subset(&waived))
}

async fn save_approval(
    scope: Scope,
    approved: Contract,
    judged: Judged,
    act: Uuid,
    hash: Vec<u8>,
) -> Result<Put<Event>, Problem> {
    let (day, amount) = (judged.fixed.approved_on, approved.outstanding);
    let findings = Some(judged.findings());
    let new = NewEvent { amount, findings, ..NewEvent::plain(act, EventKind::Approved, day, hash) };
    let mut changes = Changes::default();
    changes.contract(&approved)?;
    changes.client(approved.client, &judged.decision.client_after);
    changes.book(&judged.decision.book_after);
    changes.segments(&judged.fixed.region_code, judged.fixed.industry_code.as_deref(), amount);
    for (key, used) in &judged.quotas {
        changes.quota(*key, *used);
    }
    let kind = EventKind::Approved.word();
    let ceded = Ceded { event: act, kind, effective_on: day, amount, contracts: 1, small_ticket: None };
    changes.ceded(&scope, &approved, &ceded).await?;
    let event = contract_event::record(&scope, &mut changes, &approved, new).await?;
    let (before, after) = (judged.book_before.shares, judged.decision.book_after.shares);
    drift::follow(&scope, judged.fixed.uppers(), before, after, day).await?;
    let record = Record::of("contract", Some(approved.id.uuid())).with("event", act.to_string());
    store::book::save_and_commit(scope, changes, record.with("kind", kind)).await?;
    Ok(Put::Created(event))
}

/// Judges a contract again by the rules of any day, with the book as it is now and the contract taken out of it first. Read-only: what
/// is kept is the finding. The contract is locked, so that one request sent twice at once is known again.
pub async fn reevaluate(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    day: Day,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::EvaluateContract).await?;
    let hash = creation_hash(&(id, "evaluation", day))?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    let approved = contract.fixed.is_some().then_some(&contract);
    let subject = Subject { content: &contract.content, client: contract.client, approved, day };
    let judged = match booking::judge(&scope, subject, Hold::Look).await {
        Err(problem) if problem.code == "invalid_input" => return Err(not_evaluable(problem)),
        judged => judged?,
    };
    let today = booking::today(&scope)?;
    let new = NewEvent {
        findings: Some(judged.findings()),
        reason: Some(format!("rules of {day}")),
        ..NewEvent::plain(act, EventKind::Evaluated, today, hash)
    };
    end(scope, &contract, new).await
}

/// The agreement or the product had no terms on the day: said as what it is, not as a fault of the contract.
fn not_evaluable(problem: Problem) -> Problem {
    let said = problem.errors.first().map(|error| error.message.clone());
    said.map_or(problem, |Text { zh, en }| Problem::wrong_state(Text { zh, en }))
}
