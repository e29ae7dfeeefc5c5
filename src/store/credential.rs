//! Passwords, and how often each was missed.

use super::Scope;
use crate::{auth::PasswordHash, error::Problem};
use chrono::{DateTime, Utc};
use domain::value::UserId;
use entity::credential::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};

/// A user's password and the count of its misses.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The password, hashed.
    pub password: PasswordHash,
    /// Wrong passwords in a row.
    pub failures: i32,
    /// No password is right before then.
    pub locked_until: Option<DateTime<Utc>>,
    /// When the password was chosen.
    pub changed_at: DateTime<Utc>,
}

fn of_row(row: Model) -> Credential {
    Credential {
        password: PasswordHash::from_column(row.password_hash),
        failures: row.failures,
        locked_until: row.locked_until,
        changed_at: row.changed_at,
    }
}

/// The user's password; none before one was chosen.
pub async fn find(scope: &Scope, user: UserId) -> Result<Option<Credential>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::UserId.eq(user.uuid()));
    Ok(row.one(scope.tx()).await?.map(of_row))
}

/// The user's password, locked until the scope ends; none before one was chosen.
pub async fn lock(scope: &Scope, user: UserId) -> Result<Option<Credential>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::UserId.eq(user.uuid()));
    Ok(row.lock_exclusive().one(scope.tx()).await?.map(of_row))
}

/// Sets the user's password, with no misses.
pub async fn set(scope: &Scope, user: UserId, password: PasswordHash) -> Result<(), Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        user_id: Set(user.uuid()),
        password_hash: Set(password.into_column()),
        failures: Set(0),
        locked_until: Set(None),
        changed_at: Set(scope.now()),
    };
    let replacing = OnConflict::columns([Column::InstitutionId, Column::UserId])
        .update_columns([Column::PasswordHash, Column::Failures, Column::LockedUntil, Column::ChangedAt])
        .to_owned();
    Entity::insert(row).on_conflict(replacing).exec_without_returning(scope.tx()).await?;
    Ok(())
}

/// Sets the count of misses and the lock.
pub async fn count(
    scope: &Scope,
    user: UserId,
    failures: i32,
    locked_until: Option<DateTime<Utc>>,
) -> Result<(), Problem> {
    let counted = Entity::update_many()
        .col_expr(Column::Failures, Expr::value(failures))
        .col_expr(Column::LockedUntil, Expr::value(locked_until))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::UserId.eq(user.uuid()));
    counted.exec(scope.tx()).await?;
    Ok(())
}
