//! Views of lists that people keep under names.

use super::{
    Scope,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::error::Problem;
use domain::value::UserId;
use entity::saved_view::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::Serialize;
use uuid::Uuid;

/// What a view says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The list.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The filters and the order, as they stand in an address.
    pub query: String,
    /// The names of the columns; the list's own choice when empty.
    pub columns: Vec<String>,
    /// Whether everybody of the institution reads it.
    pub shared: bool,
    /// Whether its owner has removed it.
    pub removed: bool,
}

/// A view that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: Uuid,
    /// Who keeps it.
    pub owner: UserId,
    /// What it says.
    pub view: View,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> SavedView {
    let Model { id, owner_id, list, name, query, columns, shared, removed, version, .. } = row;
    let view = View { list, name, query, columns, shared, removed };
    SavedView { id, owner: UserId::from_uuid(owner_id), view, version }
}

fn row_of(scope: &Scope, kept: SavedView, creation_hash: Vec<u8>) -> Model {
    let SavedView { id, owner, view, version } = kept;
    let View { list, name, query, columns, shared, removed } = view;
    let (institution_id, owner_id) = (scope.tenant().uuid(), owner.uuid());
    Model { institution_id, id, owner_id, list, name, query, columns, shared, removed, version, creation_hash }
}

fn or_name_taken(error: sea_orm::DbErr) -> Problem {
    if violates(&error, "saved_view_name_once") { Problem::taken("name") } else { error.into() }
}

/// The views of a list that a person reads: the own ones and those that are shared, in the order of their ids.
pub async fn list(
    scope: &Scope,
    reader: UserId,
    list: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SavedView>, Problem> {
    let read = Condition::any().add(Column::OwnerId.eq(reader.uuid())).add(Column::Shared.eq(true));
    let mut wanted = Condition::all().add(Column::List.eq(list)).add(Column::Removed.eq(false)).add(read);
    if let Some(after) = after {
        wanted = wanted.add(Column::Id.gt(after));
    }
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(wanted);
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    Ok(rows.into_iter().map(of_row).collect())
}

/// A view that a person reads; 404 when there is none, also of one that is another's and not shared.
pub async fn get(scope: &Scope, reader: UserId, id: Uuid) -> Result<SavedView, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    let read = |kept: &SavedView| kept.owner == reader || (kept.view.shared && !kept.view.removed);
    row.map(of_row).filter(read).ok_or_else(Problem::not_found)
}

/// How many views of a list a person keeps.
pub async fn count(scope: &Scope, owner: UserId, list: &str) -> Result<u64, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::OwnerId.eq(owner.uuid()));
    let rows = rows.filter(Column::List.eq(list)).filter(Column::Removed.eq(false));
    Ok(rows.count(scope.tx()).await?)
}

/// The view this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<SavedView>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    Ok(repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row))
}

/// Keeps a view; 409 when its owner has one of that name on the list.
pub async fn insert(scope: &Scope, kept: SavedView, hash: Vec<u8>) -> Result<(), Problem> {
    let row = row_of(scope, kept, hash).into_active_model().reset_all();
    or_busy(insert_once(scope, row).await.map_err(or_name_taken)?)
}

/// Changes the view of the version named; 412 when it is another by now, 409 when its name is used.
pub async fn replace(scope: &Scope, kept: SavedView, version: i64) -> Result<(), Problem> {
    let id = kept.id;
    let mut changed = row_of(scope, kept, Vec::new()).into_active_model().reset_all();
    for kept in [Column::InstitutionId, Column::Id, Column::OwnerId, Column::List, Column::CreationHash] {
        changed.not_set(kept);
    }
    let update = Entity::update_many().set(changed).filter(Column::InstitutionId.eq(scope.tenant().uuid()));
    let update = update.filter(Column::Id.eq(id)).filter(Column::Version.eq(version));
    or_changed_meanwhile(update.exec(scope.tx()).await.map_err(or_name_taken)?.rows_affected)
}
