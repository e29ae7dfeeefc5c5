//! A file of an earlier book, as it was uploaded.

use sea_orm::entity::prelude::*;

/// A row of `import_file`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "import_file")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The file as its owner calls it.
    pub name: String,
    /// How long it is.
    pub bytes: i64,
    /// SHA-256 of the file.
    pub hash: Vec<u8>,
    /// utf-8 or gb18030.
    pub encoding: String,
    /// The character between two columns.
    pub delimiter: String,
    /// How many columns it has.
    pub columns: i32,
    /// How many rows it has below its heading.
    pub rows: i64,
    /// Who brought it.
    pub uploaded_by: Uuid,
    /// When.
    pub uploaded_at: DateTimeUtc,
    /// When its parts were emptied.
    pub forgotten_at: Option<DateTimeUtc>,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
