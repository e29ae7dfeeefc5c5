//! A group of related clients.

use sea_orm::entity::prelude::*;

/// A row of `party_group`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_group")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
