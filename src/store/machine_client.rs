//! The programs that work with the system for an institution.

use super::{
    HELD, Scope, known,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::{
    auth::{Credential, Grants},
    error::Problem,
};
use chrono::NaiveDate;
use entity::machine_client::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

/// A program that works with the system for the institution.
#[derive(Clone, Debug)]
pub struct MachineClient {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub grants: Grants,
    /// The act that ended it.
    pub revocation: Option<Uuid>,
    /// The day it ended.
    pub revoked_on: Option<NaiveDate>,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> Result<MachineClient, Problem> {
    Ok(MachineClient {
        id: row.id,
        grants: known(&row.grants)?,
        name: row.name,
        revocation: row.revocation_id,
        revoked_on: row.revoked_on,
        version: row.version,
    })
}

/// A machine client; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<MachineClient, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id));
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// A machine client, locked until the scope ends; 404 when there is none.
pub async fn lock(scope: &Scope, id: Uuid) -> Result<MachineClient, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).lock(HELD);
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The machine client that shows this secret, as it stays until the scope ends: a revocation at the same time ends the session that it
/// begins too. None when it is unknown, revoked or shows another.
pub async fn hold_by_secret(scope: &Scope, shown: &Credential) -> Result<Option<MachineClient>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(shown.id));
    let row = row.lock_shared().one(scope.tx()).await?;
    let row = row.filter(|row| row.revocation_id.is_none() && shown.secret.has_hash(&row.secret_hash));
    row.map(of_row).transpose()
}

/// At most `limit` machine clients in the order of their ids, after `after`.
pub async fn list(scope: &Scope, after: Option<Uuid>, limit: u64) -> Result<Vec<MachineClient>, Problem> {
    let mut rows = scope.rows::<Entity>(Column::InstitutionId);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// The machine client this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<MachineClient>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Adds a machine client with this secret; 409 when the name is in use.
pub async fn insert(
    scope: &Scope,
    secret: &Credential,
    name: String,
    grants: &Grants,
    hash: Vec<u8>,
) -> Result<MachineClient, Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(secret.id),
        name: Set(name),
        grants: Set(grants.to_string()),
        secret_hash: Set(secret.secret.hash()),
        revocation_id: Set(None),
        revoked_on: Set(None),
        version: Set(1),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "machine_client_name_key") => return Err(Problem::taken("name")),
        inserted => or_busy(inserted?)?,
    }
    get(scope, secret.id).await
}

/// 409 when an act of this id revoked another.
pub async fn never_revoked(scope: &Scope, revocation: Uuid) -> Result<(), Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::RevocationId.eq(revocation));
    if row.one(scope.tx()).await?.is_some() { Err(Problem::id_taken()) } else { Ok(()) }
}

/// Ends a locked machine client today.
pub async fn revoke(scope: &Scope, client: &MachineClient, revocation: Uuid) -> Result<MachineClient, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::RevocationId, Expr::value(revocation))
        .col_expr(Column::RevokedOn, Expr::value(scope.today()))
        .col_expr(Column::Version, Expr::value(client.version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(client.id))
        .filter(Column::Version.eq(client.version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, client.id).await
}
