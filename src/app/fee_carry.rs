//! 担保费结转: unused fees of early releases, and the fees of following contracts that they settle.

use super::{App, booking};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, Scope,
        contract::Contract,
        creation_hash,
        fee_carry::{Carry, Entry, Open},
        journal::Record,
    },
};
use domain::{
    fee_carry::{CannotCarry, Following, Kind, Unused, left, settled},
    value::{ContractId, Day, Money},
};
use uuid::Uuid;

/// What a contract left and what settles its fee.
#[derive(Clone, Debug)]
pub struct Carries {
    /// Everything that happened, in order.
    pub entries: Vec<Entry>,
    /// What of its fee carried fees settle.
    pub settled: Money,
    /// What of its fee is left to be paid.
    pub due: Money,
    /// What could be carried to it: what releases of the same client's other contracts left.
    pub open: Vec<Open>,
}

/// What a contract left and what settles its fee.
pub async fn of_contract(app: &App, caller: &Caller, id: ContractId) -> Result<Carries, Problem> {
    let scope = app.look(caller, Action::ReadContracts).await?;
    let contract = store::contract::get(&scope, id).await?;
    let entries = store::fee_carry::of_contract(&scope, id).await?;
    let settled = settled_of(&contract, &entries)?;
    let due = contract.content.fee.minus(settled)?;
    Ok(Carries { settled, due, open: store::fee_carry::open(&scope, contract.client, id).await?, entries })
}

fn settled_of(contract: &Contract, entries: &[Entry]) -> Result<Money, Problem> {
    let to_it = entries.iter().filter(|entry| entry.carry.to == Some(contract.id)).map(Entry::part);
    Ok(settled(to_it)?)
}

/// Both contracts, locked in the order of their ids; the one asked about first.
async fn lock_both(scope: &Scope, one: ContractId, other: ContractId) -> Result<(Contract, Contract), Problem> {
    let first = store::contract::lock(scope, one.min(other)).await?;
    let second = store::contract::lock(scope, one.max(other)).await?;
    Ok(if first.id == one { (first, second) } else { (second, first) })
}

/// 422 for a release that left nothing at this institution.
fn unknown_release() -> Problem {
    let (zh, en) =
        ("没有此解保事项，或其未用担保费不结转。", "There is no such release, or its unused fee is not carried over.");
    input::invalid(vec![input::field("release_id", "unknown", zh, en)])
}

fn cannot(why: CannotCarry) -> Problem {
    Problem::wrong_state(match why {
        CannotCarry::SameContract => Text::new(
            "未用担保费只能结转至另一笔后续合同。",
            "An unused fee is carried to another contract that follows.",
        ),
        CannotCarry::AnotherClient => Text::new(
            "两笔合同不属于同一客户，不能结转。",
            "The two contracts are not of the same client: nothing is carried.",
        ),
        CannotCarry::State(state) => Text::new(
            format!("后续合同当前为“{}”；在保后才能结转。", state.zh()),
            format!("The following contract is {}: a fee is carried to one that is in force.", state.en()),
        ),
        CannotCarry::Before(day) => Text::new(
            format!("后续合同须在解保日（{day}）或其后放款。"),
            format!("A following contract was disbursed on the day of the release, {day}, or later."),
        ),
        CannotCarry::NothingLeft => {
            Text::new("此解保事项没有可结转的担保费。", "Nothing is left to carry of this release.")
        }
        CannotCarry::NothingDue => {
            Text::new("后续合同的担保费已全部结清。", "The following contract's fee is settled.")
        }
        CannotCarry::OutOfRange(_) => return Problem::out_of_range(),
    })
}

/// Carries what a release left to a following contract: all of it, or as much as that contract's fee still needs.
pub async fn carry(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    release: Uuid,
) -> Result<Put<Entry>, Problem> {
    let scope = app.open(caller, Action::ReleaseContract).await?;
    let hash = creation_hash(&(id, "fee carry", release))?;
    store::contract::get(&scope, id).await?;
    let from = store::fee_carry::of_release(&scope, release).await?.first().map(|entry| entry.carry.contract);
    let (following, released) = lock_both(&scope, id, from.ok_or_else(unknown_release)?).await?;
    if let Some(known) = store::fee_carry::find_repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    let of_release = store::fee_carry::of_release(&scope, release).await?;
    let to_it = store::fee_carry::of_contract(&scope, id).await?;
    let unused = Unused {
        contract: released.id,
        client: released.client,
        released_on: of_release.first().map(|entry| entry.carry.effective_on).ok_or_else(unknown_release)?,
        left: left(of_release.iter().map(Entry::part))?,
    };
    let amount = unused.carried_to(&Following {
        contract: following.id,
        client: following.client,
        state: following.state,
        begun_on: following.begun_on,
        fee: following.content.fee,
        settled: settled_of(&following, &to_it)?,
    });
    let carry = Carry {
        id: act,
        kind: Kind::Carried,
        release,
        contract: released.id,
        to: Some(id),
        amount: amount.map_err(cannot)?,
        effective_on: booking::today(&scope)?,
        reverses: None,
        reason: None,
    };
    end(scope, carry, hash).await
}

/// Takes a carry back, whole; a second person does.
pub async fn take_back(
    app: &App,
    caller: &Caller,
    id: ContractId,
    act: Uuid,
    carry: Uuid,
    reason: String,
) -> Result<Put<Entry>, Problem> {
    let scope = app.open(caller, Action::CorrectContract).await?;
    let hash = creation_hash(&(id, "fee carry taken back", carry, &reason))?;
    store::contract::lock(&scope, id).await?;
    if let Some(known) = store::fee_carry::find_repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(known));
    }
    let entries = store::fee_carry::of_contract(&scope, id).await?;
    let mut known = entries.iter().map(|entry| &entry.carry);
    let carried = known.clone().find(|one| one.id == carry && one.to == Some(id) && one.kind == Kind::Carried);
    let unknown = || input::field("carry_id", "unknown", "此合同没有该结转事项。", "The contract has no such carry.");
    Check::default().text("reason", &reason, 500).that(carried.is_some(), unknown).done()?;
    let carried = carried.ok_or_else(Problem::internal)?;
    if known.any(|one| one.reverses == Some(carry)) {
        let (zh, en) = ("此结转事项已冲正。", "This carry was taken back already.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    let back =
        Carry { id: act, kind: Kind::CarriedBack, reverses: Some(carry), reason: Some(reason), ..carried.clone() };
    end(scope, back, hash).await
}

async fn end(scope: Scope, carry: Carry, hash: Vec<u8>) -> Result<Put<Entry>, Problem> {
    let record = Record::of("contract", carry.to.map(ContractId::uuid)).with("fee_carry", carry.id.to_string());
    let record = record.with("release", carry.release.to_string());
    let entry = store::fee_carry::insert(&scope, carry, hash).await?;
    scope.commit(record).await?;
    Ok(Put::Created(entry))
}

/// Keeps what a release leaves to carry by the contract's terms; nothing where they say otherwise.
pub(super) async fn follow_release(
    scope: &Scope,
    contract: &Contract,
    (release, hash): (Uuid, &[u8]),
    released: Money,
    day: Day,
) -> Result<(), Problem> {
    let Some(fixed) = &contract.fixed else { return Ok(()) };
    let content = &contract.content;
    let amount = fixed.early_release.left_to_carry(content.fee, content.amount, released, content.term()?, day)?;
    if amount.is_zero() {
        return Ok(());
    }
    let left = Carry {
        id: release,
        kind: Kind::Unused,
        release,
        contract: contract.id,
        to: None,
        amount,
        effective_on: day,
        reverses: None,
        reason: None,
    };
    store::fee_carry::insert(scope, left, hash.to_vec()).await.map(drop)
}

/// Takes back what a release that is reversed had left; 409 while a following contract has some of it.
pub(super) async fn follow_reversal(
    scope: &Scope,
    (act, hash): (Uuid, &[u8]),
    release: Uuid,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let entries = store::fee_carry::of_release(scope, release).await?;
    let Some(unused) = entries.iter().map(|entry| &entry.carry).find(|one| one.kind == Kind::Unused) else {
        return Ok(());
    };
    if left(entries.iter().map(Entry::part))? < unused.amount {
        return Err(Problem::wrong_state(Text::new(
            "此次解保的未用担保费已结转至后续合同；请先冲正该结转。",
            "What this release left of its fee was carried to a following contract: take that back first.",
        )));
    }
    let back = Carry {
        id: act,
        kind: Kind::UnusedReversed,
        reverses: Some(unused.id),
        reason: reason.map(str::to_owned),
        ..unused.clone()
    };
    store::fee_carry::insert(scope, back, hash.to_vec()).await.map(drop)
}
