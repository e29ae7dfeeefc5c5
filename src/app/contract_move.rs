//! What moves a contract that was approved: disbursed, released, cancelled, lapsed, and a release taken back. Never refused by a rule; a
//! share that falls below its limit raises an alert.

use super::{App, approval, booking, drift, fee_carry};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    store::{
        self, Put, Scope,
        book::{self, Begun, Ceded, Changes, QuotaKey},
        contract::{Contract, Fixed},
        contract_event::{self, Event, EventKind, NewEvent},
        creation_hash,
        journal::Record,
    },
};
use domain::{
    contract::{Act, EarlyRelease, State},
    share::ClientExposure,
    value::{ContractId, Day, InstitutionId, Money},
};
use uuid::Uuid;

/// A move as it is asked for.
struct Move {
    act: Act,
    kind: EventKind,
    day: Day,
    reason: Option<String>,
    reverses: Option<Uuid>,
}

/// The loan was disbursed on `day`: the guarantee is in force.
pub async fn disburse(app: &App, caller: &Caller, id: ContractId, act: Uuid, day: Day) -> Result<Put<Event>, Problem> {
    let hash = creation_hash(&(id, "disbursement", day))?;
    let asked = Move { act: Act::Disburse, kind: EventKind::Disbursed, day, reason: None, reverses: None };
    perform(app, caller, Action::DisburseContract, id, (act, hash), asked).await
}

/// The principal has fallen by `amount` on `day`.
pub async fn release(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    amount: Money,
    day: Day,
) -> Result<Put<Event>, Problem> {
    let hash = creation_hash(&(id, "release", amount, day))?;
    let asked = Move { act: Act::Release(amount), kind: EventKind::Released, day, reason: None, reverses: None };
    perform(app, caller, Action::ReleaseContract, id, (act, hash), asked).await
}

/// Gives up a contract that was approved.
pub async fn cancel(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    reason: String,
) -> Result<Put<Event>, Problem> {
    let hash = creation_hash(&(id, "cancellation", &reason))?;
    Check::default().text("reason", &reason, 500).done()?;
    let day = booking::today_of(app)?;
    let asked = Move { act: Act::Cancel, kind: EventKind::Cancelled, day, reason: Some(reason), reverses: None };
    perform(app, caller, Action::ReleaseContract, id, (act, hash), asked).await
}

/// Takes back a release that was recorded in error, from the day it was recorded for; a second person does.
pub async fn reverse_release(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    release: Uuid,
    reason: String,
) -> Result<Put<Event>, Problem> {
    let hash = creation_hash(&(id, "reversal", release, &reason))?;
    Check::default().text("reason", &reason, 500).done()?;
    let scope = app.open(caller, Action::CorrectContract).await?;
    let event = contract_event::get(&scope, id, release).await?;
    let amount = Money::ZERO.minus(event.amount)?;
    let reversible = event.kind == EventKind::Released;
    drop(scope);
    if !reversible {
        let (zh, en) = ("只能冲正解保事项。", "Only a release can be reversed.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    let asked = Move {
        act: Act::ReverseRelease(amount),
        kind: EventKind::ReleaseReversed,
        day: event.effective_on,
        reason: Some(reason),
        reverses: Some(release),
    };
    perform(app, caller, Action::CorrectContract, id, (act, hash), asked).await
}

/// How often an approval is gone through that somebody holds, before it is left to the next time.
const TRIES: usize = 3;

/// So many at once are not held one by one: the service is not reached.
const MANY: usize = 8;

/// Lets every approval of an institution that was not used in time lapse: what the turn of a day does, and how many it did. 503 when one
/// of them was held by somebody: the others have lapsed then, and the rest is to be asked for again soon.
pub async fn lapse(app: &App, institution: InstitutionId) -> Result<u64, Problem> {
    let caller = Caller::operator(institution);
    let scope = app.open(&caller, Action::LapseContracts).await?;
    let day = booking::today(&scope)?;
    let mut due = store::contract::approved_before(&scope, day).await?;
    drop(scope);
    let (mut lapsed, mut held) = (0_u64, None);
    for _ in 0..TRIES {
        let mut left = Vec::new();
        for id in due {
            let hash = creation_hash(&(id, "lapse", day))?;
            let asked = Move { act: Act::Lapse, kind: EventKind::Lapsed, day, reason: None, reverses: None };
            match perform(app, &caller, Action::LapseContracts, id, (Uuid::now_v7(), hash), asked).await {
                Ok(_) => lapsed = lapsed.saturating_add(1),
                // Somebody has disbursed or cancelled it meanwhile, or it lapses tomorrow.
                Err(problem) if problem.code == "wrong_state" => {}
                Err(problem) if problem.passes() && left.len() < MANY => {
                    left.push(id);
                    held = Some(problem);
                }
                Err(problem) => return Err(problem),
            }
        }
        if left.is_empty() {
            return Ok(lapsed);
        }
        due = left;
    }
    held.map_or(Ok(lapsed), Err)
}

async fn perform(
    app: &App,
    caller: &Caller,
    action: Action,
    id: ContractId,
    (act, hash): (Uuid, Vec<u8>),
    asked: Move,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, action).await?;
    let contract = store::contract::lock(&scope, id).await?;
    if let Some(known) = approval::repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    if asked.day > booking::today(&scope)? {
        return Err(crate::input::invalid(vec![booking::future("effective_on")]));
    }
    if let Some(release) = asked.reverses
        && contract_event::is_reversed(&scope, release).await?
    {
        let (zh, en) = ("此解保事项已冲正。", "This release was reversed already.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    let life = contract.life()?.after(asked.act, asked.day).map_err(booking::impossible)?;
    let ended = matches!(life.state, State::Released | State::Cancelled | State::Lapsed);
    let moved = Contract {
        state: life.state,
        outstanding: life.outstanding,
        begun_on: life.begun_on,
        ended_on: ended.then_some(asked.day),
        version: contract.version.saturating_add(1),
        ..contract.clone()
    };
    save(scope, &contract, moved, act, hash, asked).await
}

/// The quotas that a contract still uses: of the year of its approval, and of its agreement.
fn quota_keys(contract: &Contract, frees_year: bool) -> Vec<QuotaKey> {
    let Some(fixed) = &contract.fixed else { return Vec::new() };
    let uppers = [fixed.provincial, fixed.national].into_iter().flatten().filter(|_| frees_year);
    let of_year = uppers.map(|upper| QuotaKey { of: upper.uuid(), year: fixed.approved_on.year() });
    let of_agreement = contract.content.agreement.map(|of| QuotaKey { of, year: 0 });
    let mut keys: Vec<QuotaKey> = of_year.chain(of_agreement).collect();
    keys.sort_unstable();
    keys
}

async fn save(
    scope: Scope,
    before: &Contract,
    moved: Contract,
    act: Uuid,
    hash: Vec<u8>,
    asked: Move,
) -> Result<Put<Event>, Problem> {
    let Move { kind, day, reason, reverses, .. } = asked;
    // A year's quota is used up by what was booked in it: only an approval that came to nothing frees it.
    let keys = quota_keys(before, moved.state.came_to_nothing());
    let locked = book::lock(&scope, &[before.client], &keys, day.year()).await?;
    let amount = moved.outstanding.minus(before.outstanding)?;
    let client_before = locked.clients.get(&before.client).copied().unwrap_or_default();
    let (took, left) = (book::item_of(before, before.outstanding), book::item_of(before, moved.outstanding));
    let (Some(took), Some(left)) = (took, left) else { return Err(Problem::internal()) };
    let gone = client_before.minus(took.book()?)?;
    let client_after = gone.plus(left.book()?)?;
    let book_after = locked.book.moved(&client_before, &client_after)?;
    let mut changes = Changes::default();
    changes.contract(&moved)?;
    if !amount.is_zero() {
        changes.client(before.client, &client_after);
        changes.book(&book_after);
        if let Some(fixed) = &moved.fixed {
            changes.segments(&fixed.region_code, fixed.industry_code.as_deref(), amount);
        }
        for (key, used) in &locked.quotas {
            changes.quota(*key, used.plus(amount)?);
        }
    }
    let mut small_ticket = None;
    if kind == EventKind::Disbursed {
        let begun = begun(&moved, client_after.exposure(), day)?;
        small_ticket = Some(!begun.small_ticket.is_zero());
        changes.begun(&begun)?;
    }
    let contracts = i64::from(moved.state.counts()).saturating_sub(i64::from(before.state.counts()));
    let ceded = Ceded { event: act, kind: kind.word(), effective_on: day, amount, contracts, small_ticket };
    changes.ceded(&scope, &moved, &ceded).await?;
    let refund = refund(&moved, kind, amount, day)?;
    follow_fee(&scope, &moved, (act, &hash), (kind, amount, day), (reverses, reason.as_deref())).await?;
    let new = NewEvent { amount, refund, reason, reverses, small_ticket, ..NewEvent::plain(act, kind, day, hash) };
    let event = contract_event::record(&scope, &mut changes, &moved, new).await?;
    let today = booking::today(&scope)?;
    let uppers = moved.fixed.as_ref().map(Fixed::uppers).unwrap_or_default();
    drift::follow(&scope, uppers, locked.book.shares, book_after.shares, today).await?;
    let record = Record::of("contract", Some(moved.id.uuid())).with("event", act.to_string());
    book::save_and_commit(scope, changes, record.with("kind", kind.word())).await?;
    Ok(Put::Created(event))
}

/// What began with a disbursement; small tickets by the client's total of that moment.
fn begun(contract: &Contract, client: ClientExposure, day: Day) -> Result<Begun, Problem> {
    let amount = contract.content.amount;
    let small_agri = contract.fixed.as_ref().is_some_and(|fixed| fixed.client_kind.is_small_agri());
    let small_ticket = small_agri && !client.small_ticket().is_zero();
    let counted = |counts: bool| if counts { amount } else { Money::ZERO };
    let volume = contract.volume()?;
    Ok(Begun { year: day.year(), volume, amount, small_agri: counted(small_agri), small_ticket: counted(small_ticket) })
}

/// What of the guarantee fee the agreement gives back for a release.
fn refund(contract: &Contract, kind: EventKind, amount: Money, day: Day) -> Result<Money, Problem> {
    let Some(fixed) = contract.fixed.as_ref().filter(|_| kind == EventKind::Released) else { return Ok(Money::ZERO) };
    let content = &contract.content;
    let released = Money::ZERO.minus(amount)?;
    Ok(fixed.early_release.refund(content.fee, content.amount, released, content.term()?, day)?)
}

/// Keeps what a release leaves to carry to a following contract, and takes it back when the release is reversed; nothing under terms that
/// do not carry a fee over.
async fn follow_fee(
    scope: &Scope,
    contract: &Contract,
    act: (Uuid, &[u8]),
    (kind, amount, day): (EventKind, Money, Day),
    (reverses, reason): (Option<Uuid>, Option<&str>),
) -> Result<(), Problem> {
    if contract.fixed.as_ref().is_none_or(|fixed| fixed.early_release != EarlyRelease::CarryOver) {
        return Ok(());
    }
    match (kind, reverses) {
        (EventKind::Released, _) => {
            let released = Money::ZERO.minus(amount)?;
            fee_carry::follow_release(scope, contract, act, released, day).await
        }
        (EventKind::ReleaseReversed, Some(release)) => fee_carry::follow_reversal(scope, act, release, reason).await,
        _ => Ok(()),
    }
}
