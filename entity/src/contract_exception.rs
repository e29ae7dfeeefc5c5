//! A written exception to a rule of principle.

use sea_orm::entity::prelude::*;

/// A row of `contract_exception`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "contract_exception")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// The rule.
    pub rule: String,
    /// Counts up with every change of its content.
    pub content_version: i64,
    /// Why, in words.
    pub reason: String,
    /// The last day it serves.
    pub expires_on: Date,
    /// Who granted it.
    pub granted_by: Uuid,
    /// The day it was granted.
    pub granted_on: Date,
    /// Its number in the journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
