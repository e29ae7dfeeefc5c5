//! Two parties that turn out to be one: the contracts of the one count with the other from then on, until that is undone.
//!
//! Locks, in the order of every mover: the two parties by id, the contracts by id, then the book. A draft holds its client against
//! being merged while it is written down, and an import, which does not, saves under the lock of the book: what it gave a client before
//! a merge had that lock is looked for under it. So no contract is left behind.

use super::{App, booking, drift};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, Scope,
        book::{self, Changes, Counters},
        contract::Contract,
        creation_hash,
        journal::Record,
        party::{Party, PartyStatus},
        party_merge::{Merge, NewMerge},
    },
};
use domain::{
    exposure::ClientBook,
    merging::{Books, Impossible, Pair, Past},
    value::{ContractId, PartyId},
};
use uuid::Uuid;

/// The merges that a party went into or that led to it.
pub async fn list(
    app: &App,
    caller: &Caller,
    party: PartyId,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<Merge>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let party = store::party::get(&scope, party).await?;
    store::party_merge::list(&scope, party.id, after, limit).await
}

/// Merges a party into another: never refused by a rule, because it books nothing.
pub async fn merge(app: &App, caller: &Caller, new: NewMerge) -> Result<Put<Merge>, Problem> {
    let scope = app.open(caller, Action::MergeParties).await?;
    let hash = creation_hash(&(new.source, new.target, &new.reason))?;
    store::party::get(&scope, new.source).await?;
    let parties = store::party::lock_known(&scope, &[new.source, new.target]).await?;
    if let Some(known) = store::party_merge::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let target = parties.iter().find(|party| party.id == new.target);
    check(&new, target.is_some()).done()?;
    let source = parties.iter().find(|party| party.id == new.source).ok_or_else(Problem::internal)?;
    let target = target.ok_or_else(Problem::internal)?;
    Pair { source_is_merged: is_merged(source), target_is_merged: is_merged(target) }
        .may_merge()
        .map_err(impossible)?;
    let contracts = store::party_merge::lock_contracts_of(&scope, source.id).await?;
    let (counters, before) = lock(&scope, source, target).await?;
    let locked: Vec<ContractId> = contracts.iter().map(|contract| contract.id).collect();
    if store::party_merge::contracts_of(&scope, source.id).await? != locked {
        // An import gave the client a contract while this waited for the book. Contracts are locked before it: so all over again.
        return Err(Problem::busy());
    }
    let after = before.merged()?;
    move_contracts(&scope, (source.id, target.id), &contracts, target.id, &after).await?;
    store::party::set_merged(&scope, source, Some(target.id)).await?;
    store::party::set_merged(&scope, target, None).await?;
    let merged = store::party_merge::insert(&scope, new, &contracts, hash).await?;
    follow(&scope, &contracts, &counters, &after).await?;
    let record = Record::of("party", Some(merged.source.uuid())).with("merge", merged.id.to_string());
    scope.commit(record.with("into", merged.target.to_string()).with("contracts", contracts.len())).await?;
    Ok(Put::Created(merged))
}

/// Undoes a merge: what went over and is still with the target goes back, with what is outstanding now.
pub async fn undo(
    app: &App,
    caller: &Caller,
    source: PartyId,
    id: Uuid,
    act: Uuid,
    reason: String,
) -> Result<Put<Merge>, Problem> {
    let scope = app.open(caller, Action::MergeParties).await?;
    let hash = creation_hash(&(source, id, &reason))?;
    let target = store::party_merge::get(&scope, source, id).await?.target;
    let parties = store::party::lock_known(&scope, &[source, target]).await?;
    // Read again: now that both parties are locked, nobody undoes it beside us.
    let merge = store::party_merge::get(&scope, source, id).await?;
    if merge.was_undone_by(act, &hash)? {
        return Ok(Put::Known(merge));
    }
    Check::default().text("reason", &reason, 500).done()?;
    let party = |id| parties.iter().find(|party| party.id == id).ok_or_else(Problem::internal);
    let (source, target) = (party(source)?, party(target)?);
    let past = Past {
        is_undone: merge.undoing.is_some(),
        target_is_merged: is_merged(target),
        is_followed: store::party_merge::is_followed(&scope, &merge).await?,
    };
    past.may_part().map_err(impossible)?;
    // A draft that went over and names another party by now stays where it is.
    let own = store::party_merge::stood_for(&scope, source.id).await?;
    let contracts = store::party_merge::lock_contracts_among(&scope, target.id, &merge.contracts, &own).await?;
    let (counters, before) = lock(&scope, source, target).await?;
    let after = before.parted(book_of(&contracts)?)?;
    move_contracts(&scope, (source.id, target.id), &contracts, source.id, &after).await?;
    store::party::set_merged(&scope, source, None).await?;
    store::party::set_merged(&scope, target, None).await?;
    let undone = store::party_merge::undo(&scope, merge, act, reason, hash).await?;
    follow(&scope, &contracts, &counters, &after).await?;
    let record = Record::of("party", Some(source.id.uuid())).with("merge", id.to_string());
    scope.commit(record.with("undoing", act.to_string()).with("contracts", contracts.len())).await?;
    Ok(Put::Created(undone))
}

fn check(new: &NewMerge, target_is_known: bool) -> Check {
    let unknown = || input::field("into", "unknown", "本机构没有此被担保人。", "The institution has no such party.");
    let itself = || {
        let (zh, en) = ("不能并入自身，请填写另一主体。", "A party is not merged into itself: name the other one.");
        input::field("into", "itself", zh, en)
    };
    Check::default()
        .text("reason", &new.reason, 500)
        .that(target_is_known, unknown)
        .that(new.source != new.target, itself)
}

fn is_merged(party: &Party) -> bool {
    party.status == PartyStatus::Merged
}

/// Locks the book, and gives the books of the two before.
async fn lock(scope: &Scope, source: &Party, target: &Party) -> Result<(Counters, Books), Problem> {
    let year = booking::today(scope)?.year();
    let counters = book::lock(scope, &[source.id, target.id], &[], year).await?;
    let of = |party: &Party| counters.clients.get(&party.id).copied().unwrap_or_default();
    let books = Books { source: of(source), target: of(target), book: counters.book };
    Ok((counters, books))
}

/// What the contracts count together.
fn book_of(contracts: &[Contract]) -> Result<ClientBook, Problem> {
    let counted = contracts.iter().filter_map(|contract| book::item_of(contract, contract.outstanding));
    let sum = |sum: ClientBook, item: domain::exposure::Item| sum.plus(item.book()?);
    Ok(counted.into_iter().try_fold(ClientBook::default(), sum)?)
}

/// Puts the contracts into the book of `client`, and writes the books as they are after it.
async fn move_contracts(
    scope: &Scope,
    (source, target): (PartyId, PartyId),
    contracts: &[Contract],
    client: PartyId,
    after: &Books,
) -> Result<(), Problem> {
    let mut changes = Changes::default();
    for contract in contracts {
        changes.contract(&Contract { client, version: contract.version.saturating_add(1), ..contract.clone() })?;
    }
    changes.client(source, &after.source);
    changes.client(target, &after.target);
    changes.book(&after.book);
    book::save(scope, changes).await
}

/// Raises or ends alerts.
async fn follow(scope: &Scope, contracts: &[Contract], before: &Counters, after: &Books) -> Result<(), Problem> {
    let uppers = drift::readers(contracts.iter());
    drift::follow(scope, uppers, before.book.shares, after.book.shares, booking::today(scope)?).await
}

/// 409 for parties that cannot be merged, and for a merge that cannot be undone.
fn impossible(why: Impossible) -> Problem {
    let (zh, en) = match why {
        Impossible::SourceIsMerged => {
            ("该主体已并入另一主体，不能再次合并。", "The party was merged into another already.")
        }
        Impossible::TargetIsMerged => (
            "目标主体已并入另一主体，请改为并入后者。",
            "The other party was merged itself: name the one that stands for it.",
        ),
        Impossible::IsUndone => ("此次合并已撤销。", "This merge was undone already."),
        Impossible::TargetWentOn => (
            "目标主体此后又并入了另一主体，请先撤销后一次合并。",
            "The party it led to was merged into another since: undo that merge first.",
        ),
        Impossible::IsFollowed => (
            "此后另有主体并入同一目标主体，请先撤销后一次合并。",
            "Another party was merged into the same one since: undo that merge first.",
        ),
    };
    Problem::wrong_state(Text::new(zh, en))
}
