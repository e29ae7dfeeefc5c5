//! A section or a division of GB/T 4754-2017.

use sea_orm::entity::prelude::*;

/// A row of `industry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "industry")]
pub struct Model {
    /// A letter for a section, two digits for a division.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The section of a division.
    pub section: Option<String>,
    /// Its name.
    pub name: String,
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
