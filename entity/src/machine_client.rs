//! A program that works with the system for an institution.

use sea_orm::entity::prelude::*;

/// A row of `machine_client`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "machine_client")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it may do, in words separated by a space.
    pub grants: String,
    /// SHA-256 of a random secret of 256 bits.
    pub secret_hash: Vec<u8>,
    /// The act that ended it.
    pub revocation_id: Option<Uuid>,
    /// The day it ended.
    pub revoked_on: Option<Date>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
