//! Groups of related clients (683号 art. 16), and which party is in which one in which days.

use super::{
    Scope,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::error::{Problem, Text};
use chrono::NaiveDate;
use domain::value::{PartyGroupId, PartyId};
use entity::{
    party_group,
    party_group_member::{Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, sea_query::Expr,
};
use uuid::Uuid;

/// A group of related clients.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its id.
    pub id: PartyGroupId,
    /// Its name.
    pub name: String,
    /// Counts up with every change.
    pub version: i64,
}

fn group_of(row: party_group::Model) -> Group {
    Group { id: PartyGroupId::from_uuid(row.id), name: row.name, version: row.version }
}

fn groups(scope: &Scope) -> Select<party_group::Entity> {
    scope.rows::<party_group::Entity>(party_group::Column::InstitutionId)
}

/// A group, if there is one.
pub async fn find(scope: &Scope, id: PartyGroupId) -> Result<Option<Group>, Problem> {
    Ok(groups(scope).filter(party_group::Column::Id.eq(id.uuid())).one(scope.tx()).await?.map(group_of))
}

/// A group; 404 when there is none.
pub async fn get(scope: &Scope, id: PartyGroupId) -> Result<Group, Problem> {
    find(scope, id).await?.ok_or_else(Problem::not_found)
}

/// At most `limit` groups in the order of their ids, after `after`.
pub async fn list(scope: &Scope, after: Option<Uuid>, limit: u64) -> Result<Vec<Group>, Problem> {
    let mut rows = groups(scope);
    if let Some(after) = after {
        rows = rows.filter(party_group::Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(party_group::Column::Id).limit(limit).all(scope.tx()).await?;
    Ok(rows.into_iter().map(group_of).collect())
}

/// The group this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: PartyGroupId, hash: &[u8]) -> Result<Option<Group>, Problem> {
    let row = groups(scope).filter(party_group::Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), group_of(row))), hash)
}

/// Makes a group with nobody in it.
pub async fn insert(scope: &Scope, id: PartyGroupId, name: String, hash: Vec<u8>) -> Result<Group, Problem> {
    let row = party_group::Model {
        institution_id: scope.tenant().uuid(),
        id: id.uuid(),
        name,
        version: 1,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    Ok(group_of(row))
}

/// Changes the name of the version named; 412 when it is another by now.
pub async fn replace(scope: &Scope, id: PartyGroupId, version: i64, name: String) -> Result<Group, Problem> {
    let changed = party_group::Entity::update_many()
        .col_expr(party_group::Column::Name, Expr::value(name))
        .col_expr(party_group::Column::Version, Expr::value(version.saturating_add(1)))
        .filter(party_group::Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(party_group::Column::Id.eq(id.uuid()))
        .filter(party_group::Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, id).await
}

/// A party in a group, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its id.
    pub id: Uuid,
    /// The group.
    pub group: PartyGroupId,
    /// The party.
    pub party: PartyId,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
    /// Its number in the journal.
    pub seq: i64,
    /// The number with which its end became known.
    pub ended_seq: Option<i64>,
    /// Counts up with every change.
    pub version: i64,
}

fn member_of(row: Model) -> Member {
    Member {
        id: row.id,
        group: PartyGroupId::from_uuid(row.group_id),
        party: PartyId::from_uuid(row.party_id),
        from: row.from_day,
        until: row.until_day,
        seq: row.seq,
        ended_seq: row.ended_seq,
        version: row.version,
    }
}

fn members(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// A membership of the party; 404 when there is none.
pub async fn get_member(scope: &Scope, party: PartyId, id: Uuid) -> Result<Member, Problem> {
    let row = members(scope).filter(Column::PartyId.eq(party.uuid())).filter(Column::Id.eq(id));
    row.one(scope.tx()).await?.map(member_of).ok_or_else(Problem::not_found)
}

/// At most `limit` memberships of the group, past ones too, in the order of their ids, after `after`.
pub async fn list_members(
    scope: &Scope,
    group: PartyGroupId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Member>, Problem> {
    let mut rows = members(scope).filter(Column::GroupId.eq(group.uuid()));
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    Ok(rows.into_iter().map(member_of).collect())
}

/// The party's membership on a day.
pub async fn membership_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Option<Member>, Problem> {
    let open = Condition::any().add(Column::UntilDay.is_null()).add(Column::UntilDay.gt(day));
    let row = members(scope).filter(Column::PartyId.eq(party.uuid())).filter(Column::FromDay.lte(day)).filter(open);
    Ok(row.one(scope.tx()).await?.map(member_of))
}

/// The group that a party is in on a day, if any.
pub async fn group_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Option<PartyGroupId>, Problem> {
    Ok(membership_on(scope, party, day).await?.map(|member| member.group))
}

/// The membership this request stated before; 409 when the id is another's.
pub async fn find_repeated_member(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Member>, Problem> {
    let row = members(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), member_of(row))), hash)
}

/// Takes a party into a group; 409 when it is in one in these days. Takes the journal's next number, whatever `new` carries.
pub async fn insert_member(scope: &Scope, new: Member, hash: Vec<u8>) -> Result<Member, Problem> {
    let seq = scope.seq().await?;
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        group_id: new.group.uuid(),
        party_id: new.party.uuid(),
        from_day: new.from,
        until_day: new.until,
        seq,
        ended_seq: new.until.map(|_| seq),
        version: 1,
        creation_hash: hash,
    };
    match insert_once(scope, row.clone().into_active_model().reset_all()).await {
        Err(error) if violates(&error, "party_group_member_of_one_group") => {
            return Err(Problem::wrong_state(Text::new(
                "该主体在此期间已属于一个关联方组。先终止原归属。",
                "The party is in a group in these days. End that membership first.",
            )));
        }
        inserted => or_busy(inserted?)?,
    }
    Ok(member_of(row))
}

/// Ends an open membership of the version named; 412 when it is another by now. Takes the journal's next number.
pub async fn end_member(scope: &Scope, member: &Member, version: i64, until: NaiveDate) -> Result<Member, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::UntilDay, Expr::value(until))
        .col_expr(Column::EndedSeq, Expr::value(scope.seq().await?))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(member.id))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get_member(scope, member.party, member.id).await
}
