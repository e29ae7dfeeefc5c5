//! What a server is to do with a file of an earlier book.

use sea_orm::entity::prelude::*;

/// A row of `import_job`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "import_job")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The file.
    pub file_id: Uuid,
    /// The mapping that was chosen; none when it was stated for this alone.
    pub mapping_id: Option<Uuid>,
    /// In which state it was.
    pub mapping_version: Option<i64>,
    /// The mapping, as JSON.
    pub mapping: String,
    /// Of a taking over, the trial that it rests on.
    pub check_id: Option<Uuid>,
    /// queued, running, done, failed or cancelled.
    pub state: String,
    /// Counts up with every change.
    pub version: i64,
    /// How often a server has begun.
    pub attempts: i32,
    /// The server that is at it.
    pub holder: Option<Uuid>,
    /// Until when nobody else takes it.
    pub held_until: Option<DateTimeUtc>,
    /// The request that it be ended.
    pub cancel_id: Option<Uuid>,
    /// How many rows the file has.
    pub rows: i64,
    /// How many of them are done with.
    pub done: i64,
    /// How many were taken over.
    pub imported: i64,
    /// How many the book had already.
    pub unchanged: i64,
    /// How many cannot be taken over.
    pub bad: i64,
    /// What the rules came to, as JSON.
    pub findings: String,
    /// What the faults came to, as JSON.
    pub faults: String,
    /// Why it failed, as JSON.
    pub problem: Option<String>,
    /// The run of the file.
    pub run_id: Option<Uuid>,
    /// Who asked for it.
    pub started_by: Uuid,
    /// When it was asked for.
    pub requested_at: DateTimeUtc,
    /// When a server first began.
    pub began_at: Option<DateTimeUtc>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Its number in the journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
