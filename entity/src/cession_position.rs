//! The sums of what a cedent has ceded to an upper layer.

use sea_orm::entity::prelude::*;

/// A row of `cession_position`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "cession_position")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The upper layer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reguarantor_id: Uuid,
    /// How many contracts.
    pub contracts: i64,
    /// What is committed or outstanding, in fen.
    pub outstanding_fen: i64,
    /// Of which small-and-agri, in fen.
    pub small_agri_fen: i64,
    /// The upper layer's share of the risk, in 10⁻¹⁰.
    #[sea_orm(primary_key, auto_increment = false)]
    pub share_e10: i64,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
