//! `/v1/financial-statements`: the figures that limits over net assets and the asset ratios are formed from.

use super::{
    AppState,
    answer::{PageOut, Refusals, put_act},
    extract::{Body, Caller, Id, ListingIn, Rows},
};
use crate::{
    app::financial_statement,
    calculator::wire::{Amount, DayIn, SignedAmount},
    error::Problem,
    store::financial_statement::{FinancialStatement, NewStatement},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::supervision::Statement;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put))
}

/// 财务报表。A financial statement as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FinancialStatementIn {
    /// 报表日。The day whose figures these are; not in the future.
    as_of: DayIn,
    /// 净资产（元），可为负。Net assets; may be negative.
    net_assets: SignedAmount,
    /// 未到期责任准备金（元）。
    unearned_reserve: Amount,
    /// 担保赔偿准备金（元）。
    compensation_reserve: Amount,
    /// 资产总额（元）。
    total_assets: Amount,
    /// 应收代偿款（元）。
    payout_receivables: Amount,
    /// Ⅰ级资产（元）。
    grade1: Amount,
    /// Ⅱ级资产（元）。
    grade2: Amount,
    /// Ⅲ级资产（元）。
    grade3: Amount,
    /// 更正同一报表日最后报送的一份时，填其编号。The statement of the same day filed last, when there is one.
    corrects: Option<Uuid>,
}

impl FinancialStatementIn {
    fn into_new(self, id: Uuid) -> NewStatement {
        let figures = Statement {
            net_assets: self.net_assets.0,
            unearned_reserve: self.unearned_reserve.0,
            compensation_reserve: self.compensation_reserve.0,
            total_assets: self.total_assets.0,
            payout_receivables: self.payout_receivables.0,
            grade1: self.grade1.0,
            grade2: self.grade2.0,
            grade3: self.grade3.0,
        };
        NewStatement { id, as_of: self.as_of.0, figures, corrects: self.corrects }
    }
}

/// 财务报表。A financial statement as it was filed.
#[derive(Serialize, ToSchema)]
pub(super) struct FinancialStatementOut {
    /// Its id.
    id: Uuid,
    /// The day whose figures these are.
    as_of: NaiveDate,
    /// 净资产（元）。
    #[schema(example = "123456789.00")]
    net_assets: String,
    /// 未到期责任准备金（元）。
    #[schema(example = "1234567.00")]
    unearned_reserve: String,
    /// 担保赔偿准备金（元）。
    #[schema(example = "2345678.00")]
    compensation_reserve: String,
    /// 资产总额（元）。
    #[schema(example = "150000000.00")]
    total_assets: String,
    /// 应收代偿款（元）。
    #[schema(example = "3000000.00")]
    payout_receivables: String,
    /// Ⅰ级资产（元）。
    #[schema(example = "60000000.00")]
    grade1: String,
    /// Ⅱ级资产（元）。
    #[schema(example = "50000000.00")]
    grade2: String,
    /// Ⅲ级资产（元）。
    #[schema(example = "30000000.00")]
    grade3: String,
    /// The statement of the same day that it takes the place of.
    corrects: Option<Uuid>,
    /// The day it was filed.
    filed_on: NaiveDate,
    /// person or machine.
    filed_by_kind: String,
    /// The user or machine client.
    filed_by: Uuid,
    /// Its number in the institution's journal.
    seq: i64,
}

impl From<FinancialStatement> for FinancialStatementOut {
    fn from(statement: FinancialStatement) -> Self {
        let FinancialStatement { id, as_of, figures, corrects, filed_on, filed_by_kind, filed_by, seq } = statement;
        Self {
            id,
            as_of: as_of.date(),
            net_assets: figures.net_assets.to_string(),
            unearned_reserve: figures.unearned_reserve.to_string(),
            compensation_reserve: figures.compensation_reserve.to_string(),
            total_assets: figures.total_assets.to_string(),
            payout_receivables: figures.payout_receivables.to_string(),
            grade1: figures.grade1.to_string(),
            grade2: figures.grade2.to_string(),
            grade3: figures.grade3.to_string(),
            corrects,
            filed_on,
            filed_by_kind,
            filed_by,
            seq,
        }
    }
}

/// 财务报表列表。The institution's statements, filed last first; with `on`, the one that booking on that day uses and no other.
#[utoipa::path(get, path = "/v1/financial-statements", tag = "financial-statements", operation_id = "list_financial_statements", security(("bearer" = [])), params(ListingIn),
    responses((status = 200, description = "一页 A page", body = PageOut<FinancialStatementOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    rows: Rows<i64>,
) -> Result<Json<PageOut<FinancialStatementOut>>, Problem> {
    let statements = financial_statement::list(&app, &caller, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, statements, |statement| statement.seq.to_string()))
}

/// 财务报表。One of the institution's statements.
#[utoipa::path(get, path = "/v1/financial-statements/{id}", tag = "financial-statements", operation_id = "read_financial_statement", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "财务报表 The statement", body = FinancialStatementOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Json<FinancialStatementOut>, Problem> {
    let statement = financial_statement::get(&app, &caller, id).await?;
    Ok(Json(statement.into()))
}

/// 报送财务报表。Files a statement; one of a day that has a statement names it in `corrects` and takes its place.
#[utoipa::path(put, path = "/v1/financial-statements/{id}", tag = "financial-statements", operation_id = "file_financial_statement", security(("bearer" = [])),
    request_body = FinancialStatementIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已报送 Filed before", body = FinancialStatementOut),
        (status = 201, description = "已报送 Filed", body = FinancialStatementOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<FinancialStatementIn>,
) -> Result<(StatusCode, Json<FinancialStatementOut>), Problem> {
    financial_statement::file(&app, &caller, new.into_new(id)).await.map(put_act)
}
