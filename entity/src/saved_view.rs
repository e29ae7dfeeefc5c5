//! Filters, columns and order of a list under a name.

use sea_orm::entity::prelude::*;

/// A row of `saved_view`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "saved_view")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who keeps it.
    pub owner_id: Uuid,
    /// The list it is of.
    pub list: String,
    /// Its name, one of its owner's on the list.
    pub name: String,
    /// The filters and the order, as they stand in an address.
    pub query: String,
    /// The names of the columns; the list's own choice when empty.
    pub columns: Vec<String>,
    /// Whether everybody of the institution reads it.
    pub shared: bool,
    /// Whether its owner has removed it.
    pub removed: bool,
    /// Counts up with every change.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
