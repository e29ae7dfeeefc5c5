//! How the institution's files of earlier books are read, by name, with every state that each mapping was in.

use super::{
    Scope,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::{error::Problem, import::Mapping};
use chrono::{DateTime, Utc};
use domain::value::UserId;
use entity::{import_mapping, import_mapping_version};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

/// A mapping that is kept under a name.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
    /// Counts up with every change.
    pub version: i64,
}

/// A state that a mapping was in.
#[derive(Clone, Debug)]
pub struct Version {
    /// The mapping then.
    pub kept: Kept,
    /// Who stated it.
    pub stated_by: UserId,
    /// When.
    pub stated_at: DateTime<Utc>,
}

fn of_row(row: import_mapping::Model) -> Result<Kept, Problem> {
    Ok(Kept { id: row.id, mapping: said(&row.content)?, name: row.name, version: row.version })
}

/// What was kept is read as it was written, whatever is asked of a new one.
fn said(content: &str) -> Result<Mapping, Problem> {
    serde_json::from_str(content).map_err(|error| {
        tracing::error!(%error, "a mapping that was kept cannot be read");
        Problem::internal()
    })
}

/// The mapping that this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Kept>, Problem> {
    use import_mapping::Column;
    let rows = scope.rows::<import_mapping::Entity>(Column::InstitutionId).filter(Column::Id.eq(id));
    let row = rows.one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// A mapping of the institution, if there is one of this id.
pub async fn find(scope: &Scope, id: Uuid) -> Result<Option<Kept>, Problem> {
    use import_mapping::Column;
    let rows = scope.rows::<import_mapping::Entity>(Column::InstitutionId).filter(Column::Id.eq(id));
    rows.one(scope.tx()).await?.map(of_row).transpose()
}

/// A mapping of the institution; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Kept, Problem> {
    find(scope, id).await?.ok_or_else(Problem::not_found)
}

/// Some of the institution's mappings, in the order of their ids.
pub async fn list(scope: &Scope, after: Option<Uuid>, limit: u64) -> Result<Vec<Kept>, Problem> {
    use import_mapping::Column;
    let mut rows = scope.rows::<import_mapping::Entity>(Column::InstitutionId);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

fn taken(error: sea_orm::DbErr) -> Problem {
    if violates(&error, "import_mapping_named_once") { Problem::taken("name") } else { error.into() }
}

/// Adds a mapping; 409 when its name is in use.
pub async fn insert(scope: &Scope, new: &Kept, hash: Vec<u8>) -> Result<(), Problem> {
    let row = import_mapping::Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        name: new.name.clone(),
        content: new.mapping.text()?,
        version: new.version,
        creation_hash: hash,
    };
    // The name may be in use as well as the id: the id's conflict alone is passed over.
    let row = import_mapping::Entity::insert(row.into_active_model().reset_all()).on_conflict(
        sea_orm::sea_query::OnConflict::columns([import_mapping::Column::InstitutionId, import_mapping::Column::Id])
            .do_nothing()
            .to_owned(),
    );
    let inserted = row.exec_without_returning(scope.tx()).await.map_err(taken)?;
    or_busy(inserted > 0)?;
    insert_version(scope, new).await
}

/// Changes a mapping; 412 when it was changed since, 409 when its name is in use.
pub async fn replace(scope: &Scope, id: Uuid, version: i64, name: String, mapping: Mapping) -> Result<Kept, Problem> {
    use import_mapping::Column;
    let changed = Kept { id, name, mapping, version: version.saturating_add(1) };
    let update = import_mapping::Entity::update_many()
        .col_expr(Column::Name, Expr::value(changed.name.clone()))
        .col_expr(Column::Content, Expr::value(changed.mapping.text()?))
        .col_expr(Column::Version, Expr::value(changed.version))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(update.exec(scope.tx()).await.map_err(taken)?.rows_affected)?;
    insert_version(scope, &changed).await?;
    Ok(changed)
}

async fn insert_version(scope: &Scope, kept: &Kept) -> Result<(), Problem> {
    let row = import_mapping_version::Model {
        institution_id: scope.tenant().uuid(),
        mapping_id: kept.id,
        version: kept.version,
        name: kept.name.clone(),
        content: kept.mapping.text()?,
        stated_by: scope.person()?.uuid(),
        stated_at: scope.now(),
        seq: scope.seq().await?,
    };
    or_busy(insert_once(scope, row.into_active_model().reset_all()).await?)
}

/// The states that a mapping was in, newest first, older than `before`.
pub async fn versions(scope: &Scope, id: Uuid, before: Option<i64>, limit: u64) -> Result<Vec<Version>, Problem> {
    use import_mapping_version::Column;
    let mut rows = scope.rows::<import_mapping_version::Entity>(Column::InstitutionId).filter(Column::MappingId.eq(id));
    if let Some(before) = before {
        rows = rows.filter(Column::Version.lt(before));
    }
    let rows = rows.order_by_desc(Column::Version).limit(limit).all(scope.tx()).await?;
    let version = |row: import_mapping_version::Model| {
        let kept = Kept { id: row.mapping_id, mapping: said(&row.content)?, name: row.name, version: row.version };
        Ok(Version { kept, stated_by: UserId::from_uuid(row.stated_by), stated_at: row.stated_at })
    };
    rows.into_iter().map(version).collect()
}
