//! A link by which a user chooses a password once.

use sea_orm::entity::prelude::*;

/// A row of `one_time_link`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "one_time_link")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// SHA-256 of a random secret of 256 bits.
    pub secret_hash: Vec<u8>,
    /// When it ends by itself.
    pub expires_at: DateTimeUtc,
    /// When it served.
    pub used_at: Option<DateTimeUtc>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
