//! `/v1/bank-branches`: the branches of banks.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, page_of, query_of},
    memberships::EndIn,
    reference::Search,
};
use crate::{app::bank, calculator::wire::DayIn, error::Problem, store::bank::Branch};
use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::request::Parts,
};
use chrono::NaiveDate;
use domain::value::Day;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(replace_end))
}

/// Which branches, and of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BranchesIn {
    /// 所属银行。The bank whose branches are wanted; those of every bank without.
    bank_id: Option<Uuid>,
    /// 名称的一部分，或代码的开头。Part of a name, or the beginning of a code.
    #[param(max_length = 50)]
    search: Option<String>,
    /// 日期，缺省为今天。The day whose branches are wanted; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A checked search for branches.
pub(super) struct Branches {
    bank: Option<Uuid>,
    search: Search,
}

impl FromRequestParts<AppState> for Branches {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let BranchesIn { bank_id, search, on, after, limit } = query_of(&parts.uri)?;
        let search = Search::checked(state, search, on, page_of(after, limit)?)?;
        Ok(Self { bank: bank_id, search })
    }
}

/// 银行网点。A branch as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BankBranchIn {
    /// 所属银行。The bank, there on the first day.
    bank_id: Uuid,
    /// 代码，全系统唯一。Its code, unique in the system.
    #[schema(pattern = "^[A-Z0-9]{2,20}$", example = "YHJIA001")]
    code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200, example = "示例甲银行临湖支行")]
    name: String,
    /// GB/T 2260, six digits.
    #[schema(pattern = "^[0-9]{6}$", example = "330100")]
    region_code: String,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
}

/// 银行网点。A branch.
#[derive(Serialize, ToSchema)]
pub(super) struct BankBranchOut {
    /// Its id.
    id: Uuid,
    /// The institution that stated it.
    institution_id: Uuid,
    /// The bank.
    bank_id: Uuid,
    /// Its code.
    #[schema(example = "YHJIA001")]
    code: String,
    /// Its name.
    #[schema(example = "示例甲银行临湖支行")]
    name: String,
    /// GB/T 2260, six digits.
    #[schema(example = "330100")]
    region_code: String,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
}

impl From<Branch> for BankBranchOut {
    fn from(branch: Branch) -> Self {
        let Branch { id, stater, bank, code, name, region_code, from, until, version: _ } = branch;
        let (from, until) = (from.date(), until.map(Day::date));
        Self { id, institution_id: stater.uuid(), bank_id: bank, code, name, region_code, from, until }
    }
}

/// 银行网点列表。The branches of a day, in the order of their codes.
#[utoipa::path(get, path = "/v1/bank-branches", tag = "banks", operation_id = "list_bank_branches", security(("bearer" = [])), params(BranchesIn),
    responses((status = 200, description = "一页 A page", body = PageOut<BankBranchOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    branches: Branches,
) -> Result<Json<PageOut<BankBranchOut>>, Problem> {
    let Branches { bank, search: Search { page, wanted } } = branches;
    Ok(PageOut::of(&page, bank::list_branches(&app, &caller, bank, wanted).await?, |branch| branch.code.clone()))
}

/// 银行网点。One branch.
#[utoipa::path(get, path = "/v1/bank-branches/{id}", tag = "banks", operation_id = "read_bank_branch", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "网点 The branch", body = BankBranchOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<BankBranchOut>, Problem> {
    let branch = bank::get_branch(&app, &caller, id).await?;
    Ok(Versioned::present(branch.version, branch))
}

/// 登记银行网点。States a branch; the national fund, provincial re-guarantors and guarantee institutions do.
#[utoipa::path(put, path = "/v1/bank-branches/{id}", tag = "banks", operation_id = "state_bank_branch", security(("bearer" = [])),
    request_body = BankBranchIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = BankBranchOut),
        (status = 201, description = "已登记 Stated", body = BankBranchOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<BankBranchIn>,
) -> Result<Versioned<BankBranchOut>, Problem> {
    let BankBranchIn { bank_id: bank, code, name, region_code, from, until } = new;
    let (stater, from, until) = (caller.institution, from.0, until.map(|until| until.0));
    let new = Branch { id, stater, bank, code, name, region_code, from, until, version: 1 };
    let stated = bank::state_branch(&app, &caller, new).await?;
    Ok(Versioned::put(stated, |branch| branch.version))
}

/// 修改终止日。Changes the end of a branch that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/bank-branches/{id}/end", tag = "banks", operation_id = "end_bank_branch", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = BankBranchOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<BankBranchOut>, Problem> {
    let changed = bank::replace_branch_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.version, changed))
}
