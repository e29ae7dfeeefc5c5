//! What follows from an upper layer's decision about a filing at the institution that cedes.

use sea_orm::entity::prelude::*;

/// A row of `filing_application`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "filing_application")]
pub struct Model {
    /// The institution that cedes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The event of the contract.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// The upper layer.
    pub reguarantor_id: Uuid,
    /// Its decision.
    pub decision_id: Uuid,
    /// What the institution bears in its place, in 10⁻¹⁰.
    pub borne_share_e10: i64,
    /// From which day.
    pub from_day: Date,
    /// Its number in the journal.
    pub seq: i64,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
