//! `/v1/banks`: the banks that contracts name.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch},
    memberships::EndIn,
    reference::{Search, WantedIn},
};
use crate::{app::bank, calculator::wire::DayIn, error::Problem, store::bank::Bank};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::value::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(replace_end))
}

/// 银行。A bank as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BankIn {
    /// 代码，全系统唯一。Its code, unique in the system.
    #[schema(pattern = "^[A-Z0-9]{2,20}$", example = "YHJIA")]
    code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200, example = "示例甲银行")]
    name: String,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
}

/// 银行。A bank.
#[derive(Serialize, ToSchema)]
pub(super) struct BankOut {
    /// Its id.
    id: Uuid,
    /// The institution that stated it.
    institution_id: Uuid,
    /// Its code.
    #[schema(example = "YHJIA")]
    code: String,
    /// Its name.
    #[schema(example = "示例甲银行")]
    name: String,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
}

impl From<Bank> for BankOut {
    fn from(Bank { id, stater, code, name, from, until, version: _ }: Bank) -> Self {
        Self { id, institution_id: stater.uuid(), code, name, from: from.date(), until: until.map(Day::date) }
    }
}

/// 银行列表。The banks of a day, in the order of their codes.
#[utoipa::path(get, path = "/v1/banks", tag = "banks", operation_id = "list_banks", security(("bearer" = [])), params(WantedIn),
    responses((status = 200, description = "一页 A page", body = PageOut<BankOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    search: Search,
) -> Result<Json<PageOut<BankOut>>, Problem> {
    let Search { page, wanted } = search;
    Ok(PageOut::of(&page, bank::list(&app, &caller, wanted).await?, |bank| bank.code.clone()))
}

/// 银行。One bank.
#[utoipa::path(get, path = "/v1/banks/{id}", tag = "banks", operation_id = "read_bank", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "银行 The bank", body = BankOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Versioned<BankOut>, Problem> {
    let bank = bank::get(&app, &caller, id).await?;
    Ok(Versioned::present(bank.version, bank))
}

/// 登记银行。States a bank; the national fund and provincial re-guarantors do.
#[utoipa::path(put, path = "/v1/banks/{id}", tag = "banks", operation_id = "state_bank", security(("bearer" = [])),
    request_body = BankIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = BankOut),
        (status = 201, description = "已登记 Stated", body = BankOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(BankIn { code, name, from, until }): Body<BankIn>,
) -> Result<Versioned<BankOut>, Problem> {
    let (from, until) = (from.0, until.map(|until| until.0));
    let new = Bank { id, stater: caller.institution, code, name, from, until, version: 1 };
    let stated = bank::state(&app, &caller, new).await?;
    Ok(Versioned::put(stated, |bank| bank.version))
}

/// 修改终止日。Changes the end of a bank that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/banks/{id}/end", tag = "banks", operation_id = "end_bank", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = BankOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<BankOut>, Problem> {
    let changed = bank::replace_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.version, changed))
}
