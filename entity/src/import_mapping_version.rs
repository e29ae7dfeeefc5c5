//! A state that a mapping was in.

use sea_orm::entity::prelude::*;

/// A row of `import_mapping_version`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "import_mapping_version")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The mapping.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mapping_id: Uuid,
    /// Which state it is, from 1 on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// Its name then.
    pub name: String,
    /// The mapping then, as JSON.
    pub content: String,
    /// Who stated it.
    pub stated_by: Uuid,
    /// When.
    pub stated_at: DateTimeUtc,
    /// Its number in the journal.
    pub seq: i64,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
