//! What of a contract is ceded to an upper layer.

use sea_orm::entity::prelude::*;

/// A row of `cession`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "cession")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The upper layer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reguarantor_id: Uuid,
    /// The event of the contract.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// provincial or national.
    pub layer: String,
    /// What kind it is, a word the table's check names.
    pub kind: String,
    /// The day it counts.
    pub effective_on: Date,
    /// Its number, unique at the institution.
    pub number: String,
    /// Who the client was at approval.
    pub client_kind: String,
    /// The region at approval.
    pub region_code: String,
    /// The industry at approval.
    pub industry_code: Option<String>,
    /// The bank, if any.
    pub bank_id: Option<Uuid>,
    /// The loan contract's number.
    pub loan_number: Option<String>,
    /// The first day of the agreed term.
    pub start_day: Date,
    /// The day after the last of the agreed term.
    pub end_day: Date,
    /// The guaranteed amount, whole, in fen.
    pub amount_fen: i64,
    /// What is committed or outstanding, in fen.
    pub outstanding_fen: i64,
    /// The re-guarantee fee for the term, in fen.
    pub fee_fen: i64,
    /// The upper layer's share of the risk, in 10⁻¹⁰.
    pub share_e10: i64,
    /// Its number in the journal.
    pub seq: i64,
    /// The end of the cedent's audit chain before the event.
    pub head_hash: Vec<u8>,
    /// The agreement it was approved under.
    pub agreement_id: Option<Uuid>,
    /// The day of the approval.
    pub approved_on: Option<Date>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
