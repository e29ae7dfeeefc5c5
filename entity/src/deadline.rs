//! By when a report is due.

use sea_orm::entity::prelude::*;

/// A row of `deadline`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "deadline")]
pub struct Model {
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The institution the row belongs to.
    pub institution_id: Uuid,
    /// Which report.
    pub report_code: String,
    /// What kind of institution reports.
    pub reporter_kind: String,
    /// To whom, in words.
    pub recipient: String,
    /// monthly, quarterly, half_year or yearly.
    pub period: String,
    /// So many months after the last month of the period.
    pub month_offset: i32,
    /// The day of that month; its last day when it is shorter.
    pub day_of_month: i32,
    /// Where, six digits of GB/T 2260; everywhere without.
    pub region_code: Option<String>,
    /// The first day.
    pub from_day: Date,
    /// The day after the last; open without.
    pub until_day: Option<Date>,
    /// The document it rests on.
    pub document: String,
    /// The clause of the document.
    pub clause: String,
    /// Whether the clause has been read in the document itself.
    pub verified: bool,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
