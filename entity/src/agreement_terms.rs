//! Who bears how much under an agreement, and for which fee.

use sea_orm::entity::prelude::*;

/// A row of `agreement_terms`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "agreement_terms")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agreement.
    pub agreement_id: Uuid,
    /// The first day.
    pub from_day: Date,
    /// The day after the last; open without.
    pub until_day: Option<Date>,
    /// The bank's share of the risk, in 10⁻¹⁰.
    pub bank_share_e10: i64,
    /// The institution's share, in 10⁻¹⁰.
    pub institution_share_e10: i64,
    /// The provincial re-guarantor's share, in 10⁻¹⁰.
    pub provincial_share_e10: i64,
    /// The national fund's share, in 10⁻¹⁰.
    pub national_share_e10: i64,
    /// Local finance's share, in 10⁻¹⁰.
    pub local_finance_share_e10: i64,
    /// Anybody else's share, in 10⁻¹⁰.
    pub other_share_e10: i64,
    /// The provincial re-guarantee fee per year on the risk borne, in 10⁻¹⁰.
    pub provincial_fee_rate_e10: i64,
    /// The national re-guarantee fee per year on the risk borne, in 10⁻¹⁰.
    pub national_fee_rate_e10: i64,
    /// What becomes of the fee on early release: none or pro_rata.
    pub early_release: String,
    /// Its number in the journal.
    pub seq: i64,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
    /// The provincial re-guarantor that the agreement names.
    pub provincial_id: Option<Uuid>,
    /// The national fund, when the agreement names it.
    pub national_id: Option<Uuid>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
