//! The password of a user, hashed, and how often it was missed.

use sea_orm::entity::prelude::*;

/// A row of `credential`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "credential")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// argon2id, in PHC form.
    pub password_hash: String,
    /// Wrong passwords in a row.
    pub failures: i32,
    /// No password is right before then.
    pub locked_until: Option<DateTimeUtc>,
    /// When the password was chosen.
    pub changed_at: DateTimeUtc,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
