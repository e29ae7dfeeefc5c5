//! A branch of a bank.

use sea_orm::entity::prelude::*;

/// A row of `bank_branch`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "bank_branch")]
pub struct Model {
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The institution the row belongs to.
    pub institution_id: Uuid,
    /// The bank.
    pub bank_id: Uuid,
    /// Its code, unique in the system.
    pub code: String,
    /// Its name.
    pub name: String,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// The first day.
    pub from_day: Date,
    /// The day after the last; open without.
    pub until_day: Option<Date>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
