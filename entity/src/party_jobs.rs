//! The jobs of a party on a day.

use sea_orm::entity::prelude::*;

/// A row of `party_jobs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_jobs")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// The day of the count.
    pub on_day: Date,
    /// Persons employed.
    pub jobs: i64,
    /// The fact's number in the journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
