//! What became of a fee that an early release left unused.

use sea_orm::entity::prelude::*;

/// A row of `fee_carry`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "fee_carry")]
pub struct Model {
    /// The institution.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// That of the act that led to it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is.
    pub kind: String,
    /// The release that left the fee unused.
    pub release_id: Uuid,
    /// The released contract.
    pub contract_id: Uuid,
    /// The contract whose fee is settled.
    pub to_contract_id: Option<Uuid>,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day it counts.
    pub effective_on: Date,
    /// The row that it takes back.
    pub reverses: Option<Uuid>,
    /// Why, in words.
    pub reason: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// person, machine or operator.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Option<Uuid>,
    /// Its number in the journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
