//! A dated flag of a party.

use sea_orm::entity::prelude::*;

/// A row of `party_flag`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_flag")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// One of the words the table's check names.
    pub kind: String,
    /// Who says so, in words.
    pub source: String,
    /// The first day.
    pub from_day: Date,
    /// The day after the last; open without.
    pub until_day: Option<Date>,
    /// The fact's number in the journal.
    pub seq: i64,
    /// The number in the journal with which the end became known.
    pub ended_seq: Option<i64>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
