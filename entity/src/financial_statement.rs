//! The figures of a financial statement as it was filed.

use sea_orm::entity::prelude::*;

/// A row of `financial_statement`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "financial_statement")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The day whose figures these are.
    pub as_of: Date,
    /// 净资产, in fen; may be negative.
    pub net_assets_fen: i64,
    /// 未到期责任准备金, in fen.
    pub unearned_reserve_fen: i64,
    /// 担保赔偿准备金, in fen.
    pub compensation_reserve_fen: i64,
    /// 资产总额, in fen.
    pub total_assets_fen: i64,
    /// 应收代偿款, in fen.
    pub payout_receivables_fen: i64,
    /// Ⅰ级资产, in fen.
    pub grade1_fen: i64,
    /// Ⅱ级资产, in fen.
    pub grade2_fen: i64,
    /// Ⅲ级资产, in fen.
    pub grade3_fen: i64,
    /// The statement of the same day that this one takes the place of.
    pub corrects: Option<Uuid>,
    /// The day it was filed.
    pub filed_on: Date,
    /// person or machine.
    pub filed_by_kind: String,
    /// The user or machine client.
    pub filed_by: Uuid,
    /// Its number in the institution's journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
