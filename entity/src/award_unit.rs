//! One of the 37 units of the fee-reduction award.

use sea_orm::entity::prelude::*;

/// A row of `award_unit`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "award_unit")]
pub struct Model {
    /// Six digits; 660000 for the corps, which GB/T 2260 does not number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Its name.
    pub name: String,
    /// east, central or west.
    pub region: String,
    /// Whether the region was checked against the ministry's list.
    pub verified: bool,
    /// The first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_day: Date,
    /// The day after the last; open without.
    pub until_day: Option<Date>,
}

/// None: rows name one another by code alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
