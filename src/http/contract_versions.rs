//! `/v1/contracts/{id}/contents`: what a contract says, and what it said before it was revised.

use super::{
    AppState,
    answer::{PageOut, Refusals},
    contract_content::{ProductKeyIn, StartupIn},
    extract::{Caller, Id, Page, PageIn},
};
use crate::{
    app::contract,
    error::Problem,
    store::{
        contract::{Content, ContractKind, ExistingLoan, NamedCharge, Payee, ProductKey, Purpose},
        contract_version::Version,
    },
};
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::{ContractId, Money};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// 其他收费。A charge beside interest and the guarantee fee.
#[derive(Serialize, ToSchema)]
pub(super) struct ChargeOut {
    /// Who receives it.
    payee: Payee,
    /// What it is called.
    name: String,
    /// How much, in yuan.
    #[schema(example = "800.00")]
    amount: String,
}

/// 合同内容。What a contract says.
#[derive(Serialize, ToSchema)]
#[schema(as = ContractContent)]
pub(super) struct ContentOut {
    #[schema(example = "保2026-0001")]
    number: String,
    /// The party that signed.
    party_id: Uuid,
    /// The agreement; null of a contract that was taken over with an earlier book.
    agreement_id: Option<Uuid>,
    product: Option<ProductKeyIn>,
    client_grade: Option<String>,
    kind: ContractKind,
    issuer_rating: Option<String>,
    bank_id: Option<Uuid>,
    branch_id: Option<Uuid>,
    loan_number: Option<String>,
    #[schema(example = "1000000.00")]
    principal: String,
    #[schema(example = "0.0435")]
    loan_rate: String,
    #[schema(example = "1000000.00")]
    credit_line: String,
    operating_loan: bool,
    existing_loan: ExistingLoan,
    purpose: Purpose,
    #[schema(example = "1000000.00")]
    amount: String,
    #[schema(example = "10000.00")]
    fee: String,
    charges: Vec<ChargeOut>,
    signed_on: NaiveDate,
    start: NaiveDate,
    end: NaiveDate,
    startup: Option<StartupIn>,
    counter_guarantee: String,
    tags: Vec<String>,
}

impl From<Content> for ContentOut {
    fn from(content: Content) -> Self {
        let charge = |charge: NamedCharge| ChargeOut {
            payee: charge.payee,
            name: charge.name,
            amount: Money::from_fen(charge.amount_fen).to_string(),
        };
        let product = |product: ProductKey| ProductKeyIn { stated_by: product.stated_by.uuid(), id: product.id };
        Self {
            number: content.number,
            party_id: content.party.uuid(),
            agreement_id: content.agreement,
            product: content.product.map(product),
            client_grade: content.client_grade,
            kind: content.kind,
            issuer_rating: content.issuer_rating,
            bank_id: content.bank,
            branch_id: content.branch,
            loan_number: content.loan_number,
            principal: content.principal.to_string(),
            loan_rate: content.loan_rate.to_string(),
            credit_line: content.credit_line.to_string(),
            operating_loan: content.operating_loan,
            existing_loan: content.existing_loan,
            purpose: content.purpose,
            amount: content.amount.to_string(),
            fee: content.fee.to_string(),
            charges: content.charges.into_iter().map(charge).collect(),
            signed_on: content.signed_on.date(),
            start: content.start.date(),
            end: content.end.date(),
            startup: content.startup.map(|(hires, staff)| StartupIn { hires, staff }),
            counter_guarantee: content.counter_guarantee,
            tags: content.tags,
        }
    }
}

/// 一版合同内容。One of the contents that a contract has had.
#[derive(Serialize, ToSchema)]
pub(super) struct ContractVersionOut {
    /// 第几版。Which one, counted from 1.
    content_version: i64,
    /// 修改者。Who put another one in its place; null of the present content.
    replaced_by: Option<Uuid>,
    /// 修改时间。When.
    replaced_at: Option<DateTime<Utc>>,
    /// What it says.
    content: ContentOut,
}

impl From<Version> for ContractVersionOut {
    fn from(Version { version, content, replaced }: Version) -> Self {
        let (replaced_by, replaced_at) = replaced.unzip();
        Self { content_version: version, replaced_by, replaced_at, content: content.into() }
    }
}

/// 合同内容的各版。The contents of a contract, oldest first; the last one is the present.
#[utoipa::path(get, path = "/v1/contracts/{id}/contents", tag = "contracts", operation_id = "list_contract_contents", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<ContractVersionOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<i64>,
) -> Result<Json<PageOut<ContractVersionOut>>, Problem> {
    let id = ContractId::from_uuid(id);
    let versions = contract::versions(&app, &caller, id, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, versions, |version| version.version.to_string()))
}
