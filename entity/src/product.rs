//! A product with its parameters.

use sea_orm::entity::prelude::*;

/// A row of `product`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "product")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its code; one row of a day has it at the institution.
    pub code: String,
    /// Its name.
    pub name: String,
    /// regular, batch, plan or startup.
    pub kind: String,
    /// Whether every institution may read it.
    pub open: bool,
    /// The first day.
    pub from_day: Date,
    /// The day after the last; open without.
    pub until_day: Option<Date>,
    /// The most for one client, in fen.
    pub client_max_fen: Option<i64>,
    /// The most payout rate that is shared, a decimal.
    pub payout_rate_cap: Option<String>,
    /// institution or batch: how that rate is measured.
    pub payout_definition: Option<String>,
    /// The highest guarantee fee rate of a year, a decimal.
    pub fee_max: Option<String>,
    /// The highest re-guarantee fee rate of a year, a decimal.
    pub reguarantee_fee_max: Option<String>,
    /// The bank's least share, a decimal.
    pub bank_min: Option<String>,
    /// The provincial re-guarantor's least share, a decimal.
    pub provincial_min: Option<String>,
    /// The first grade of clients.
    pub grade1_name: Option<String>,
    /// The national fund's largest share for it, a decimal.
    pub grade1_national_max: Option<String>,
    /// The second grade of clients.
    pub grade2_name: Option<String>,
    /// The national fund's largest share for it, a decimal.
    pub grade2_national_max: Option<String>,
    /// The third grade of clients.
    pub grade3_name: Option<String>,
    /// The national fund's largest share for it, a decimal.
    pub grade3_national_max: Option<String>,
    /// The ids of the general rules that it replaces, separated by spaces.
    pub replaces_rules: String,
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
    /// The most a start-up loan to a person may be, in fen.
    pub startup_person_max_fen: Option<i64>,
    /// The most a start-up loan to a small or micro enterprise may be, in fen.
    pub startup_enterprise_max_fen: Option<i64>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
