//! What was decided about an institution.

use sea_orm::entity::prelude::*;

/// A row of `institution_event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "institution_event")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The institution it is about.
    pub subject_id: Uuid,
    /// One of the kinds the table's check names.
    pub kind: String,
    /// The day it counts.
    pub effective_on: Date,
    /// Why, in words.
    pub reason: String,
    /// Its number in the institution's journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
