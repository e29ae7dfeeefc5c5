//! What a contract said before another content took its place.

use sea_orm::entity::prelude::*;

/// A row of `contract_content`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "contract_content")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The contract.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contract_id: Uuid,
    /// Which of its contents.
    #[sea_orm(primary_key, auto_increment = false)]
    pub content_version: i64,
    /// The content, as the JSON that was hashed.
    pub content: String,
    /// SHA-256 of it, as the events of that content name it.
    pub content_hash: Vec<u8>,
    /// Who put another one in its place.
    pub replaced_by: Uuid,
    /// When.
    pub replaced_at: DateTimeUtc,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
