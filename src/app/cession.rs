//! What is ceded to the institution, contract by contract, and its decisions about the filing of each (备案).

use super::{App, booking};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, Scope,
        cession::{Cession, Fact, Key, Sought},
        contract_event::EventKind,
        creation_hash,
        filing::Decision,
        journal::Record,
    },
};
use domain::{
    cession::Filing,
    value::{ContractId, InstitutionId},
};
use uuid::Uuid;

/// A ceded contract with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// As it stands.
    pub cession: Cession,
    /// What happened, in the order it happened.
    pub facts: Vec<Fact>,
    /// What the institution has decided, in the order it was decided.
    pub decisions: Vec<Decision>,
}

/// What is asked for by the id of a contract: of one cedent, where several use the id.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The contract.
    pub contract: ContractId,
    /// The cedent, when it is said.
    pub cedent: Option<InstitutionId>,
}

/// A decision as it is put.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// Its id.
    pub id: Uuid,
    /// The contract.
    pub named: Named,
    /// Confirmed or refused.
    pub decision: Filing,
    /// Why, in words; a refusal has a reason.
    pub reason: Option<String>,
}

/// Some of what is ceded to the caller's institution.
pub async fn list(app: &App, caller: &Caller, sought: Sought) -> Result<Vec<Cession>, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    store::cession::list(&scope, sought).await
}

/// One ceded contract; 404 when none of this id is ceded to the caller's institution.
pub async fn get(app: &App, caller: &Caller, named: Named) -> Result<Whole, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    whole(&scope, named).await
}

async fn whole(scope: &Scope, named: Named) -> Result<Whole, Problem> {
    let facts = store::cession::facts(scope, named.contract, named.cedent).await?;
    let latest = facts.last().cloned().ok_or_else(Problem::not_found)?;
    if facts.iter().any(|fact| fact.key != latest.key) {
        return Err(ambiguous());
    }
    let decisions = store::filing::decided(scope, latest.key).await?;
    Ok(Whole { cession: Cession { fact: latest, decision: decisions.last().cloned() }, facts, decisions })
}

fn ambiguous() -> Problem {
    let (zh, en) = ("不止一家机构使用此合同编号，请注明分出机构。", "Several cedents use this id: name the cedent.");
    input::invalid(vec![input::field("cedent_id", "ambiguous", zh, en)])
}

/// Confirms or refuses the filing of a contract that is ceded to the caller's institution; the newest decision counts.
pub async fn decide(app: &App, caller: &Caller, new: NewDecision) -> Result<Put<Decision>, Problem> {
    let scope = app.open(caller, Action::DecideFiling).await?;
    let hash = creation_hash(&(new.named.contract, new.named.cedent, new.decision, &new.reason))?;
    if let Some(known) = store::filing::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let missing = || input::field("reason", "missing_field", "不予备案须说明理由。", "A refusal has a reason.");
    let mut check = Check::default().that(new.decision != Filing::Refused || new.reason.is_some(), missing);
    if let Some(reason) = &new.reason {
        check = check.text("reason", reason, 500);
    }
    // Held from here on, so that of two decisions about one contract the second sees the first.
    let seq = scope.seq().await?;
    let Whole { cession, .. } = whole(&scope, new.named).await?;
    check.done()?;
    decidable(&cession, new.decision)?;
    let Cession { fact, .. } = cession;
    let decision = Decision {
        id: new.id,
        upper: scope.tenant(),
        key: fact.key,
        decision: new.decision,
        reason: new.reason,
        decided_on: booking::today(&scope)?,
        actor_kind: scope.actor().kind().to_owned(),
        actor_id: scope.actor().id().ok_or_else(Problem::forbidden)?,
        share: fact.share,
        seq,
    };
    store::filing::insert(&scope, &decision, hash).await?;
    scope.commit(record(&decision)).await?;
    Ok(Put::Created(decision))
}

fn record(decision: &Decision) -> Record {
    let Key { cedent, contract } = decision.key;
    let record = Record::of("filing_decision", Some(decision.id)).with("cedent", cedent.to_string());
    let refused = decision.decision == Filing::Refused;
    record.with("contract", contract.to_string()).with("refused", refused)
}

/// 409 for a decision that stands already, and about a contract that came to nothing.
fn decidable(cession: &Cession, decision: Filing) -> Result<(), Problem> {
    if matches!(cession.fact.kind, EventKind::Cancelled | EventKind::Lapsed) {
        let (zh, en) = ("合同已取消或失效，无须备案。", "The contract came to nothing: there is nothing to file.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    if !cession.filing().changes_to(decision) {
        let (zh, en) = ("此合同已作同样的备案决定。", "The same was decided about the contract before.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    Ok(())
}
