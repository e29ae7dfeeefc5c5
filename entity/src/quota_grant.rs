//! What a re-guarantor lets a cedent use in a year.

use sea_orm::entity::prelude::*;

/// A row of `quota_grant`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "quota_grant")]
pub struct Model {
    /// The re-guarantor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The institution below, whose contracts use it.
    pub cedent_id: Uuid,
    /// The calendar year.
    pub year: i32,
    /// What was granted, in fen.
    pub granted_fen: i64,
    /// The document that states it.
    pub document: String,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
