//! What an enterprise filed for its size class, with the class.

use sea_orm::entity::prelude::*;

/// A row of `party_size_input`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_size_input")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// The year of the figures.
    pub financial_year: i32,
    /// GB/T 4754, two to four digits.
    pub industry_code: String,
    /// The industry of 工信部联企业〔2011〕300号.
    pub size_industry: String,
    /// Persons.
    pub employees: Option<i64>,
    /// Revenue of the year, in fen.
    pub revenue_fen: Option<i64>,
    /// Total assets at year end, in fen.
    pub total_assets_fen: Option<i64>,
    /// micro, small, medium or large.
    pub size_class: String,
    /// The floors met and missed, as judged that day.
    pub grounds: Json,
    /// The day it was filed.
    pub filed_on: Date,
    /// The fact's number in the journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
