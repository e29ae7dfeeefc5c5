//! What contracts said before they were revised: a content is kept when another one takes its place.

use super::{
    Scope,
    contract::{Content, Contract},
};
use crate::error::Problem;
use chrono::{DateTime, Utc};
use domain::value::ContractId;
use entity::contract_content::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A content of a contract.
#[derive(Clone, Debug)]
pub struct Version {
    /// Which one, counted from 1.
    pub version: i64,
    /// What it says.
    pub content: Content,
    /// Who put another one in its place, and when; nobody yet of the present content.
    pub replaced: Option<(Uuid, DateTime<Utc>)>,
}

/// Keeps the content that a locked contract has, before another one is put in its place.
pub async fn keep(scope: &Scope, contract: &Contract) -> Result<(), Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        contract_id: contract.id.uuid(),
        content_version: contract.content_version,
        content: serde_json::to_string(&contract.content).map_err(|_| Problem::internal())?,
        content_hash: contract.content_hash.clone(),
        replaced_by: scope.actor().id().ok_or_else(Problem::forbidden)?,
        replaced_at: scope.now(),
    };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(scope.tx()).await?;
    Ok(())
}

/// The contents of a contract that were replaced, oldest first, after one of them.
pub async fn list(
    scope: &Scope,
    contract: ContractId,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<Version>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::ContractId.eq(contract.uuid()));
    let rows = rows.filter(Column::ContentVersion.gt(after.unwrap_or_default()));
    let rows = rows.order_by_asc(Column::ContentVersion).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// A kept content that does not hash to what its events name was changed behind the service's back: it is not shown as what was said.
fn of_row(row: Model) -> Result<Version, Problem> {
    if Sha256::digest(&row.content).as_slice() != row.content_hash {
        tracing::error!(contract = %row.contract_id, version = row.content_version, "a kept content is not what its hash says");
        return Err(Problem::internal());
    }
    // A field that a later version adds to a content has a default, or is an Option.
    let content = serde_json::from_str(&row.content).map_err(|error| {
        tracing::error!(%error, "a kept content has a shape that this version does not know");
        Problem::internal()
    })?;
    Ok(Version { version: row.content_version, content, replaced: Some((row.replaced_by, row.replaced_at)) })
}
