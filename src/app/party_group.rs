//! Groups of related clients: made, named, joined and left.

use super::{
    App,
    party::{begun, check_end, lock_active, of_a_guarantor},
};
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::Problem,
    input,
    store::{
        self, Put, creation_hash,
        journal::Record,
        party_group::{Group, Member},
    },
};
use chrono::NaiveDate;
use domain::value::{PartyGroupId, PartyId};
use uuid::Uuid;

/// Some of the groups.
pub async fn list(app: &App, caller: &Caller, after: Option<Uuid>, limit: u64) -> Result<Vec<Group>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    store::party_group::list(&scope, after, limit).await
}

/// One group.
pub async fn get(app: &App, caller: &Caller, id: PartyGroupId) -> Result<Group, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    store::party_group::get(&scope, id).await
}

/// Some of the memberships of a group, past ones too.
pub async fn list_members(
    app: &App,
    caller: &Caller,
    id: PartyGroupId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Member>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let group = store::party_group::get(&scope, id).await?;
    store::party_group::list_members(&scope, group.id, after, limit).await
}

/// Makes a group; 422 at an institution that guarantees nobody.
pub async fn make(app: &App, caller: &Caller, id: PartyGroupId, name: String) -> Result<Put<Group>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let hash = creation_hash(&(&name,))?;
    if let Some(known) = store::party_group::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    of_a_guarantor(&scope).await?;
    Check::default().text("name", &name, 200).done()?;
    let made = store::party_group::insert(&scope, id, name, hash).await?;
    scope.commit(Record::of("party_group", Some(id.uuid()))).await?;
    Ok(Put::Created(made))
}

/// Changes a group's name.
pub async fn rename(
    app: &App,
    caller: &Caller,
    id: PartyGroupId,
    version: i64,
    name: String,
) -> Result<Group, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let present = store::party_group::get(&scope, id).await?;
    Check::default().text("name", &name, 200).done()?;
    let changed = store::party_group::replace(&scope, present.id, version, name).await?;
    scope.commit(Record::of("party_group", Some(id.uuid())).with("version", changed.version)).await?;
    Ok(changed)
}

/// Takes a party into a group.
pub async fn join(app: &App, caller: &Caller, new: Member) -> Result<Put<Member>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let hash = creation_hash(&(new.party, new.group, new.from, new.until))?;
    if let Some(known) = store::party_group::find_repeated_member(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let party = lock_active(&scope, new.party).await?;
    let group = store::party_group::find(&scope, new.group).await?;
    let unknown = || input::field("group_id", "unknown_group", "没有这个关联方组。", "There is no such group.");
    let check = Check::default().that(group.is_some(), unknown);
    begun(check, new.from, new.until, scope.today()).done()?;
    let joined = store::party_group::insert_member(&scope, new, hash).await?;
    let record = Record::of("party_group_member", Some(joined.id)).with("party", party.id.to_string());
    scope.commit(record.with("group", joined.group.to_string())).await?;
    Ok(Put::Created(joined))
}

/// Ends a party's membership in a group.
pub async fn leave(
    app: &App,
    caller: &Caller,
    party: PartyId,
    id: Uuid,
    version: i64,
    until: NaiveDate,
) -> Result<Member, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    // A merged party too: whoever stands for it counts in its group until it leaves.
    let party = store::party::lock(&scope, party).await?;
    let present = store::party_group::get_member(&scope, party.id, id).await?;
    check_end(present.from, present.until, until)?;
    let ended = store::party_group::end_member(&scope, &present, version, until).await?;
    let record = Record::of("party_group_member", Some(id)).with("party", party.id.to_string());
    scope.commit(record.with("version", ended.version)).await?;
    Ok(ended)
}
