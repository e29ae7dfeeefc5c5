//! An institution: a tenant of the system.

use sea_orm::entity::prelude::*;

/// A row of `institution`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "institution")]
pub struct Model {
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The short name people log in with.
    pub code: String,
    /// Its name.
    pub name: String,
    /// One of the kinds the table's check names.
    pub kind: String,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// One of the states the table's check names.
    pub status: String,
    /// The day the status began.
    pub status_since: Date,
    /// The day it was onboarded.
    pub joined_on: Date,
    /// The institution that onboarded it; itself for the first.
    pub onboarded_by: Uuid,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
