//! The people of an institution.

use super::{
    HELD, Scope, known,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::{
    auth::{Role, words},
    error::Problem,
};
use chrono::NaiveDate;
use domain::value::UserId;
use entity::user_account::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

words! {
    /// 账户状态。Whether a person still works here.
    AccountStatus {
        /// 在职。
        Active = "active",
        /// 离职。
        Offboarded = "offboarded",
    }
}

/// A person who works with the system for the institution.
#[derive(Clone, Debug)]
pub struct User {
    /// The person's id.
    pub id: UserId,
    /// The name to log in with.
    pub name: String,
    /// What others call the person.
    pub display_name: String,
    /// The one role.
    pub role: Role,
    /// Whether the person still works here.
    pub status: AccountStatus,
    /// The act that ended the account.
    pub offboarding: Option<Uuid>,
    /// The day the account ended.
    pub offboarded_on: Option<NaiveDate>,
    /// Counts up with every change.
    pub version: i64,
}

/// What a user is when made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The person's id.
    pub id: UserId,
    /// The name to log in with.
    pub name: String,
    /// What others call the person.
    pub display_name: String,
    /// The one role.
    pub role: Role,
}

fn of_row(row: Model) -> Result<User, Problem> {
    Ok(User {
        id: UserId::from_uuid(row.id),
        role: known(&row.role)?,
        status: known(&row.status)?,
        name: row.name,
        display_name: row.display_name,
        offboarding: row.offboarding_id,
        offboarded_on: row.offboarded_on,
        version: row.version,
    })
}

/// A user; 404 when there is none.
pub async fn get(scope: &Scope, id: UserId) -> Result<User, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid()));
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// A user, locked until the scope ends; 404 when there is none.
pub async fn lock(scope: &Scope, id: UserId) -> Result<User, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid())).lock(HELD);
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// A user as it stays until the scope ends, without shutting out others who hold it so; 404 when there is none. Whoever begins a session
/// asks for it first: an account that ends at the same time then ends that session too.
pub async fn hold(scope: &Scope, id: UserId) -> Result<User, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid())).lock_shared();
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The user who logs in with this name.
pub async fn find_by_name(scope: &Scope, name: &str) -> Result<Option<User>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Name.eq(name));
    row.one(scope.tx()).await?.map(of_row).transpose()
}

/// Everybody who administers the institution, in the order of the ids.
pub async fn administrators(scope: &Scope) -> Result<Vec<User>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Role.eq(Role::Admin.word()));
    let rows = rows.filter(Column::Status.eq(AccountStatus::Active.word())).order_by_asc(Column::Id);
    rows.all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// Which users are wanted: all that are as every field says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// The role.
    pub role: Option<Role>,
    /// Whether the person still works here.
    pub status: Option<AccountStatus>,
}

/// At most `limit` of the users wanted in the order of their ids, after `after`.
pub async fn list(scope: &Scope, wanted: Wanted, after: Option<Uuid>, limit: u64) -> Result<Vec<User>, Problem> {
    let Wanted { role, status } = wanted;
    let mut rows = scope.rows::<Entity>(Column::InstitutionId);
    if let Some(role) = role {
        rows = rows.filter(Column::Role.eq(role.word()));
    }
    if let Some(status) = status {
        rows = rows.filter(Column::Status.eq(status.word()));
    }
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// The user this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: UserId, hash: &[u8]) -> Result<Option<User>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Adds a user without a password; 409 when the name is in use.
pub async fn insert(scope: &Scope, new: NewUser, hash: Vec<u8>) -> Result<User, Problem> {
    let NewUser { id, name, display_name, role } = new;
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(id.uuid()),
        name: Set(name),
        display_name: Set(display_name),
        role: Set(role.word().to_owned()),
        status: Set(AccountStatus::Active.word().to_owned()),
        offboarding_id: Set(None),
        offboarded_on: Set(None),
        version: Set(1),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "user_account_name_key") => return Err(Problem::taken("name")),
        inserted => or_busy(inserted?)?,
    }
    get(scope, id).await
}

/// Changes display name and role of the version named; 412 when it is another by now.
pub async fn replace(
    scope: &Scope,
    id: UserId,
    version: i64,
    display_name: String,
    role: Role,
) -> Result<User, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::DisplayName, Expr::value(display_name))
        .col_expr(Column::Role, Expr::value(role.word()))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, id).await
}

/// 409 when an act of this id ended another's account.
pub async fn never_offboarded(scope: &Scope, offboarding: Uuid) -> Result<(), Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::OffboardingId.eq(offboarding));
    if row.one(scope.tx()).await?.is_some() { Err(Problem::id_taken()) } else { Ok(()) }
}

/// Ends the account of a locked user today.
pub async fn offboard(scope: &Scope, user: &User, offboarding: Uuid) -> Result<User, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(AccountStatus::Offboarded.word()))
        .col_expr(Column::OffboardingId, Expr::value(offboarding))
        .col_expr(Column::OffboardedOn, Expr::value(scope.today()))
        .col_expr(Column::Version, Expr::value(user.version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(user.id.uuid()))
        .filter(Column::Version.eq(user.version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, user.id).await
}
