//! Second factors, and the recovery codes that stand in for them.

use super::Scope;
use crate::error::Problem;
use domain::value::UserId;
use entity::{recovery_code, second_factor};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

/// A second factor, set up or only proposed.
#[derive(Clone, Debug)]
pub struct SecondFactor {
    /// The secret, sealed.
    pub sealed_secret: Vec<u8>,
    /// Whether the first right code was shown.
    pub confirmed: bool,
    /// The number of the last half minute whose code was taken.
    pub last_step: i64,
}

/// The user's second factor, locked until the scope ends.
pub async fn lock(scope: &Scope, user: UserId) -> Result<Option<SecondFactor>, Problem> {
    let row = scope.rows::<second_factor::Entity>(second_factor::Column::InstitutionId);
    let row = row.filter(second_factor::Column::UserId.eq(user.uuid())).lock_exclusive().one(scope.tx()).await?;
    Ok(row.map(|row| SecondFactor {
        sealed_secret: row.sealed_secret,
        confirmed: row.confirmed_at.is_some(),
        last_step: row.last_step,
    }))
}

/// Whether a code is asked for at every login of the user.
pub async fn is_confirmed(scope: &Scope, user: UserId) -> Result<bool, Problem> {
    let row = scope.rows::<second_factor::Entity>(second_factor::Column::InstitutionId);
    let row = row.filter(second_factor::Column::UserId.eq(user.uuid())).one(scope.tx()).await?;
    Ok(row.is_some_and(|row| row.confirmed_at.is_some()))
}

/// Proposes a secret, in place of one that was proposed before.
pub async fn propose(scope: &Scope, user: UserId, sealed_secret: Vec<u8>) -> Result<(), Problem> {
    let row = second_factor::ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        user_id: Set(user.uuid()),
        sealed_secret: Set(sealed_secret),
        confirmed_at: Set(None),
        last_step: Set(0),
    };
    let replacing = OnConflict::columns([second_factor::Column::InstitutionId, second_factor::Column::UserId])
        .update_columns([
            second_factor::Column::SealedSecret,
            second_factor::Column::ConfirmedAt,
            second_factor::Column::LastStep,
        ])
        .to_owned();
    second_factor::Entity::insert(row).on_conflict(replacing).exec_without_returning(scope.tx()).await?;
    Ok(())
}

fn changing(scope: &Scope, user: UserId) -> sea_orm::UpdateMany<second_factor::Entity> {
    second_factor::Entity::update_many()
        .filter(second_factor::Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(second_factor::Column::UserId.eq(user.uuid()))
}

/// Remembers the half minute whose code was taken.
pub async fn advance(scope: &Scope, user: UserId, step: i64) -> Result<(), Problem> {
    changing(scope, user).col_expr(second_factor::Column::LastStep, Expr::value(step)).exec(scope.tx()).await?;
    Ok(())
}

/// From now on a code is asked for at every login; these recovery codes, hashed, stand in for one each.
pub async fn confirm(scope: &Scope, user: UserId, step: i64, recovery: &[Vec<u8>]) -> Result<(), Problem> {
    advance(scope, user, step).await?;
    let confirmed = changing(scope, user).col_expr(second_factor::Column::ConfirmedAt, Expr::value(scope.now()));
    confirmed.exec(scope.tx()).await?;
    let codes = recovery.iter().map(|hash| recovery_code::ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(Uuid::now_v7()),
        user_id: Set(user.uuid()),
        code_hash: Set(hash.clone()),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(codes).exec_without_returning(scope.tx()).await?;
    Ok(())
}

/// Asks for no code any more; the recovery codes serve no longer.
pub async fn remove(scope: &Scope, user: UserId) -> Result<(), Problem> {
    let none: Option<chrono::DateTime<chrono::Utc>> = None;
    changing(scope, user).col_expr(second_factor::Column::ConfirmedAt, Expr::value(none)).exec(scope.tx()).await?;
    using(scope, user).exec(scope.tx()).await?;
    Ok(())
}

/// Uses up the recovery code with this hash; says whether there was one.
pub async fn use_recovery_code(scope: &Scope, user: UserId, hash: Vec<u8>) -> Result<bool, Problem> {
    let used = using(scope, user).filter(recovery_code::Column::CodeHash.eq(hash)).exec(scope.tx()).await?;
    Ok(used.rows_affected > 0)
}

fn using(scope: &Scope, user: UserId) -> sea_orm::UpdateMany<recovery_code::Entity> {
    recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(scope.now()))
        .filter(recovery_code::Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(recovery_code::Column::UserId.eq(user.uuid()))
        .filter(recovery_code::Column::UsedAt.is_null())
}
