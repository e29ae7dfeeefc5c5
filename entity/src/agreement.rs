//! Whom an institution shares its risk with.

use sea_orm::entity::prelude::*;

/// A row of `agreement`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "agreement")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number, unique at the institution.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The bank, if any.
    pub bank_id: Option<Uuid>,
    /// The provincial re-guarantor that takes part, if any.
    pub provincial_id: Option<Uuid>,
    /// The national fund, if it takes part.
    pub national_id: Option<Uuid>,
    /// The products it covers; every one without.
    pub product_ids: Vec<Uuid>,
    /// The most that may be guaranteed under it, in fen.
    pub cap_fen: Option<i64>,
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
