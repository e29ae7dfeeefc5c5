//! One-time links, by which a user chooses a password.

use super::{
    Scope,
    put::{insert_once, or_busy},
};
use crate::{auth::Credential, error::Problem};
use chrono::{DateTime, Utc};
use domain::value::UserId;
use entity::one_time_link::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

/// Whose link this id names; none when there is no such link.
pub async fn find_owner(scope: &Scope, id: Uuid) -> Result<Option<UserId>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    Ok(row.map(|row| UserId::from_uuid(row.user_id)))
}

/// Adds a link for the user, until `expires_at`.
pub async fn insert(scope: &Scope, link: &Credential, user: UserId, expires_at: DateTime<Utc>) -> Result<(), Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(link.id),
        user_id: Set(user.uuid()),
        secret_hash: Set(link.secret.hash()),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    or_busy(insert_once(scope, row).await?)
}

/// Whose password the link lets choose now, locked; none when it is unknown, used or expired.
pub async fn lock_valid(scope: &Scope, link: &Credential) -> Result<Option<UserId>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(link.id));
    let row = row.lock_exclusive().one(scope.tx()).await?;
    let valid = row
        .filter(|row| row.used_at.is_none() && scope.now() < row.expires_at && link.secret.has_hash(&row.secret_hash));
    Ok(valid.map(|row| UserId::from_uuid(row.user_id)))
}

/// Makes every link of the user serve no longer.
pub async fn use_up(scope: &Scope, user: UserId) -> Result<(), Problem> {
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(scope.now()))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::UsedAt.is_null());
    used.exec(scope.tx()).await?;
    Ok(())
}
