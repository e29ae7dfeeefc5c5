//! What happened to a contract.

use sea_orm::entity::prelude::*;

/// A row of `contract_event`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "contract_event")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// In whose book it counts.
    pub client_id: Uuid,
    /// Its number in the journal.
    pub seq: i64,
    /// What kind it is, a word the table's check names.
    pub kind: String,
    /// The day it counts.
    pub effective_on: Date,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// person, machine, nobody or operator.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Option<Uuid>,
    /// By how much the outstanding amount rose or fell, in fen.
    pub amount_fen: i64,
    /// What is outstanding after it, in fen.
    pub outstanding_fen: i64,
    /// What of the fee is refunded, in fen.
    pub refund_fen: i64,
    /// Counts up with every change of its content.
    pub content_version: i64,
    /// SHA-256 of its content.
    pub content_hash: Vec<u8>,
    /// Why, in words.
    pub reason: Option<String>,
    /// The event that it reverses.
    pub reverses: Option<Uuid>,
    /// The digest of the rulebook it was judged by.
    pub rulebook: Option<String>,
    /// Every finding of the decision.
    #[sea_orm(column_type = "Json", nullable)]
    pub findings: Option<Json>,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
    /// Whether the client was one of at most 500万 when the contract began; of a beginning alone.
    pub small_ticket: Option<bool>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
