//! A province or a city of GB/T 2260.

use sea_orm::entity::prelude::*;

/// A row of `region`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "region")]
pub struct Model {
    /// Six digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Its name in those days.
    pub name: String,
    /// province or city.
    pub level: String,
    /// The province it lies in; itself for a province.
    pub province_code: String,
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
