//! What an upper layer has decided about the filing of a contract that is ceded to it.

use sea_orm::entity::prelude::*;

/// A row of `filing_decision`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "filing_decision")]
pub struct Model {
    /// The upper layer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The institution that cedes.
    pub cedent_id: Uuid,
    /// Its contract.
    pub contract_id: Uuid,
    /// confirmed or refused.
    pub decision: String,
    /// Why, in words.
    pub reason: Option<String>,
    /// The day of the decision.
    pub decided_on: Date,
    /// person or machine.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Uuid,
    /// The share it was decided about, in 10⁻¹⁰.
    pub share_e10: i64,
    /// Its number in the upper layer's journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
