//! Rows under ids that callers make: created once, however often they are sent.

use super::Scope;
use crate::error::Problem;
use sea_orm::{ActiveModelTrait, EntityTrait, TryInsertResult};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// What became of a request to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put<T> {
    /// It was made now.
    Created(T),
    /// The same request made it before; this is its present state.
    Known(T),
}

impl<T> Put<T> {
    /// The same with another content.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Put<U> {
        match self {
            Self::Created(content) => Put::Created(change(content)),
            Self::Known(content) => Put::Known(change(content)),
        }
    }
}

/// SHA-256 of a creating request, by which it is known again.
pub fn creation_hash(request: &impl Serialize) -> Result<Vec<u8>, Problem> {
    let json = serde_json::to_vec(request).map_err(|error| {
        tracing::error!(%error, "a request could not be written down");
        Problem::internal()
    })?;
    Ok(Sha256::digest(json).to_vec())
}

/// What was made under the id before: nothing, or the same; 409 when it was something else.
pub(super) fn repeated<T>(found: Option<(Vec<u8>, T)>, hash: &[u8]) -> Result<Option<T>, Problem> {
    match found {
        None => Ok(None),
        Some((made_by, row)) if made_by == hash => Ok(Some(row)),
        Some(_) => Err(Problem::id_taken()),
    }
}

/// Inserts a row unless its key is there; says whether it did.
pub(super) async fn insert_once<A: ActiveModelTrait>(scope: &Scope, row: A) -> Result<bool, sea_orm::DbErr> {
    let inserted = <A::Entity as EntityTrait>::insert(row).on_conflict_do_nothing();
    let inserted = inserted.exec_without_returning(scope.tx()).await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Somebody made a row under the same id this very moment.
pub(super) fn or_busy(inserted: bool) -> Result<(), Problem> {
    if inserted { Ok(()) } else { Err(Problem::busy()) }
}

/// A change of one row that was there in the version named; 412 when it was not.
pub(super) fn or_changed_meanwhile(rows_affected: u64) -> Result<(), Problem> {
    if rows_affected == 1 { Ok(()) } else { Err(Problem::changed_meanwhile()) }
}
