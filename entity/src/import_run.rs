//! An existing book that is taken over.

use sea_orm::entity::prelude::*;

/// A row of `import_run`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "import_run")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The file as its owner calls it.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: Vec<u8>,
    /// SHA-256 of the mapping it was read by.
    pub mapping_hash: Vec<u8>,
    /// running or done.
    pub state: String,
    /// How many rows the file has.
    pub rows: i64,
    /// How many of them were taken over.
    pub imported: i64,
    /// How many the book had already.
    pub unchanged: i64,
    /// How many cannot be taken over.
    pub bad: i64,
    /// Its number in the journal.
    pub seq: i64,
    /// When it began.
    pub started_at: DateTimeUtc,
    /// When it was done.
    pub finished_at: Option<DateTimeUtc>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
