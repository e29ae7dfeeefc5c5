//! The book at the end of a month, as it was known when the month was kept.

use sea_orm::entity::prelude::*;

/// A row of `month_end`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "month_end")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The last day of the month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month_end: Date,
    /// 1, and one more each time an earlier book was taken over since.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: i32,
    /// Outstanding and committed, in fen.
    pub total_fen: i64,
    /// Of which committed.
    pub committed_fen: i64,
    /// Of the total, with small-and-agri clients.
    pub small_agri_fen: i64,
    /// Of that, with clients of at most 5,000,000 yuan.
    pub small_ticket_fen: i64,
    /// Clients with a guarantee.
    pub clients: i64,
    /// Of which small-and-agri.
    pub small_agri_clients: i64,
    /// The liability balance, in fen.
    pub liability_fen: i64,
    /// Net assets of the statement that counted.
    pub net_assets_fen: Option<i64>,
    /// What began in the year up to the day, in fen.
    pub new_amount_fen: i64,
    /// What each rule measured, beside its limit.
    #[sea_orm(column_type = "JsonBinary")]
    pub measures: Json,
    /// When it was kept.
    pub kept_at: DateTimeUtc,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
