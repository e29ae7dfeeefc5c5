//! Two parties that turned out to be one.

use sea_orm::entity::prelude::*;

/// A row of `party_merge`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_merge")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party that went over.
    pub source_id: Uuid,
    /// The party it went over to.
    pub target_id: Uuid,
    /// Why, in words.
    pub reason: String,
    /// The day.
    pub merged_on: Date,
    /// Its number in the journal.
    pub seq: i64,
    /// The contracts that went over.
    pub contract_ids: Vec<Uuid>,
    /// The act that undid it.
    pub undoing_id: Option<Uuid>,
    /// The day it was undone.
    pub undone_on: Option<Date>,
    /// The number of the undoing.
    pub undone_seq: Option<i64>,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
    /// Why it was undone, in words.
    pub undoing_reason: Option<String>,
    /// SHA-256 of the request that undid it.
    pub undoing_hash: Option<Vec<u8>>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
