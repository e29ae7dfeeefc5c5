//! Who did or was refused what.

use sea_orm::entity::prelude::*;

/// A row of `audit_entry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "audit_entry")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its number in the institution's journal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When.
    pub at: DateTimeUtc,
    /// person, machine, nobody or operator.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Option<Uuid>,
    /// What was to be done.
    pub action: String,
    /// done or refused.
    pub outcome: String,
    /// What kind of thing it was done to.
    pub object_kind: String,
    /// Which one.
    pub object_id: Option<Uuid>,
    /// More, as canonical JSON.
    pub detail: String,
    /// SHA-256 of the row and of the hash before it.
    pub hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
