//! A guarantee contract as it stands.

use sea_orm::entity::prelude::*;

/// A row of `contract`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "contract")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number, unique at the institution.
    pub number: String,
    /// Who has signed it.
    pub party_id: Uuid,
    /// In whose book it counts.
    pub client_id: Uuid,
    /// The agreement; none of a contract that was taken over.
    pub agreement_id: Option<Uuid>,
    /// The product, if any.
    pub product_id: Option<Uuid>,
    /// Who states the product.
    pub product_stated_by: Option<Uuid>,
    /// The client's grade under the product's terms.
    pub client_grade: Option<String>,
    /// What kind it is, a word the table's check names.
    pub kind: String,
    /// The rating of a bond's issuer.
    pub issuer_rating: Option<String>,
    /// The bank, if any.
    pub bank_id: Option<Uuid>,
    /// The bank's branch.
    pub branch_id: Option<Uuid>,
    /// The loan contract's number.
    pub loan_number: Option<String>,
    /// The loan's principal, in fen.
    pub principal_fen: i64,
    /// The loan's interest rate per year, in 10⁻¹⁰.
    pub loan_rate_e10: i64,
    /// The client's credit line at the bank, in fen.
    pub credit_line_fen: i64,
    /// Whether it is an operating loan.
    pub operating_loan: bool,
    /// Whether the client borrows at the bank already: none, examined or not_examined.
    pub existing_loan: String,
    /// What the money is for.
    pub purpose: String,
    /// The guaranteed amount, in fen.
    pub amount_fen: i64,
    /// The guarantee fee for the whole term, in fen.
    pub fee_fen: i64,
    /// Every other charge: payee, name and amount.
    #[sea_orm(column_type = "JsonBinary")]
    pub charges: Json,
    /// The day it was signed.
    pub signed_on: Date,
    /// The first day of the agreed term.
    pub start_day: Date,
    /// The day after the last of the agreed term.
    pub end_day: Date,
    /// Qualifying hires of the year, of a start-up loan to an enterprise.
    pub startup_hires: Option<i32>,
    /// Staff of that enterprise.
    pub startup_staff: Option<i32>,
    /// The counter-guarantee in words.
    pub counter_guarantee: String,
    /// Policy tags, separated by spaces.
    pub tags: String,
    /// Where it stands.
    pub state: String,
    /// Counts up with every change of its content.
    pub content_version: i64,
    /// SHA-256 of its content.
    pub content_hash: Vec<u8>,
    /// Who drafted it; of a contract that was taken over, the import.
    pub drafted_by: Uuid,
    /// Who submitted it.
    pub submitted_by: Option<Uuid>,
    /// Who decided last.
    pub decided_by: Option<Uuid>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
    /// Who the client was at approval.
    pub client_kind: Option<String>,
    /// The size class at approval.
    pub size_class: Option<String>,
    /// The region at approval.
    pub region_code: Option<String>,
    /// The industry at approval.
    pub industry_code: Option<String>,
    /// The provincial re-guarantor that takes part, if any.
    pub provincial_id: Option<Uuid>,
    /// The national fund, if it takes part.
    pub national_id: Option<Uuid>,
    /// The bank's share of the risk, in 10⁻¹⁰.
    pub bank_share_e10: Option<i64>,
    /// The institution's share, in 10⁻¹⁰.
    pub institution_share_e10: Option<i64>,
    /// The provincial re-guarantor's share, in 10⁻¹⁰.
    pub provincial_share_e10: Option<i64>,
    /// The national fund's share, in 10⁻¹⁰.
    pub national_share_e10: Option<i64>,
    /// Local finance's share, in 10⁻¹⁰.
    pub local_finance_share_e10: Option<i64>,
    /// Anybody else's share, in 10⁻¹⁰.
    pub other_share_e10: Option<i64>,
    /// The provincial re-guarantee fee for the term, in fen.
    pub provincial_fee_fen: Option<i64>,
    /// The national re-guarantee fee for the term, in fen.
    pub national_fee_fen: Option<i64>,
    /// What becomes of the fee on early release: none or pro_rata.
    pub early_release: Option<String>,
    /// The day of its approval.
    pub approved_on: Option<Date>,
    /// The day it came into force.
    pub begun_on: Option<Date>,
    /// The day it was wholly released, cancelled or lapsed.
    pub ended_on: Option<Date>,
    /// What is committed or outstanding, in fen.
    pub outstanding_fen: i64,
    /// The import that took it over.
    pub import_id: Option<Uuid>,
    /// Whether the fee is known; always, but of a contract that was taken over.
    pub fee_known: bool,
    /// Whether the client's kind was declared with the earlier book and not judged from what the client files.
    pub client_kind_declared: bool,
    /// What of it was charged off in the earlier book, in fen.
    pub charged_off_fen: Option<i64>,
    /// The day it was charged off.
    pub charged_off_on: Option<Date>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
