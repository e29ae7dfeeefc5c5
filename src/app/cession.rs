//! What is ceded to the institution, contract by contract, and its decisions about the filing of each (备案).

use super::{App, booking};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, Scope,
        agreement_terms::Terms,
        cession::{Cession, Fact, Key, Sought},
        creation_hash,
        filing::Decision,
        journal::Record,
    },
};
use domain::{
    agreement,
    cession::Filing,
    fee::{self, ReguaranteeFee},
    finding::Finding,
    risk::Role,
    value::{ContractId, InstitutionId, Money, OutOfRange, Rate, Term},
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
    /// The agreement's terms of the day of the approval, where they are known.
    pub terms: Option<Terms>,
    /// The institution's fee by these terms.
    pub fee_recomputed: Option<Money>,
    /// What the rules of that day say of the shares and of the fee.
    pub findings: Vec<Finding>,
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
    let check = sought.number.iter().fold(Check::default(), |check, number| check.text("number", number, 100));
    sought.region.iter().fold(check, |check, region| check.text("region", region, 6)).done()?;
    store::cession::list(&scope, sought).await
}

/// One ceded contract; 404 when none of this id is ceded to the caller's institution.
pub async fn get(app: &App, caller: &Caller, named: Named) -> Result<Whole, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    whole(&scope, named).await
}

async fn whole(scope: &Scope, named: Named) -> Result<Whole, Problem> {
    let Standing { cession, facts, decisions } = standing(scope, named).await?;
    let fact = &cession.fact;
    let terms = match (fact.agreement, fact.approved_on) {
        (Some(agreement), Some(on)) => store::agreement_terms::of_cedent(scope, fact.key.cedent, agreement, on).await?,
        _ => None,
    };
    let term = Term::new(fact.start, fact.end).map_err(|_| Problem::internal())?;
    let fee = |terms: &Terms| terms.decided.reguarantee_fee(fact.role, fact.amount, term);
    let fee_recomputed = terms.as_ref().map(fee).transpose()?.flatten();
    let findings = findings(fact, term, terms.as_ref())?;
    Ok(Whole { cession, facts, decisions, terms, fee_recomputed, findings })
}

/// What the rules of the day of the approval, or else of the first day, say of what is ceded: the shares, where the terms are known, and
/// the fee.
fn findings(fact: &Fact, term: Term, terms: Option<&Terms>) -> Result<Vec<Finding>, OutOfRange> {
    let day = fact.approved_on.unwrap_or(fact.start);
    let fee = ReguaranteeFee { amount: fact.amount, share: fact.share, term, fee: fact.fee };
    let cap = fee::reguarantee_cap_of_ceded(fee, day)?;
    let Some(terms) = terms else { return Ok(vec![cap]) };
    let takes_part = |role| terms.decided.shares.of(role) > Rate::ZERO;
    let (provincial, national) = (takes_part(Role::Provincial), takes_part(Role::National));
    let named = agreement::Named { bank: fact.bank.is_some(), provincial, national };
    Ok(agreement::judge(&terms.decided, named, day)?.into_iter().chain([cap]).collect())
}

/// A ceded contract as it stands, with what happened and what was decided.
struct Standing {
    cession: Cession,
    facts: Vec<Fact>,
    decisions: Vec<Decision>,
}

async fn standing(scope: &Scope, named: Named) -> Result<Standing, Problem> {
    let facts = store::cession::facts(scope, named.contract, named.cedent).await?;
    let latest = facts.last().cloned().ok_or_else(Problem::not_found)?;
    if facts.iter().any(|fact| fact.key != latest.key) {
        return Err(ambiguous());
    }
    let decisions = store::filing::decided(scope, latest.key).await?;
    Ok(Standing { cession: Cession { fact: latest, decision: decisions.last().cloned() }, facts, decisions })
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
    let Standing { cession, .. } = standing(&scope, new.named).await?;
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
    if cession.came_to_nothing() {
        let (zh, en) = ("合同已取消或失效，无须备案。", "The contract came to nothing: there is nothing to file.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    if !cession.filing().changes_to(decision) {
        let (zh, en) = ("此合同已作同样的备案决定。", "The same was decided about the contract before.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    Ok(())
}
