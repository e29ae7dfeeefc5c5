//! `/v1/equity-investments`: the institution's register of investments in companies that are no financing guarantors.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, ListingIn, Rows},
    memberships::EndIn,
};
use crate::{
    app::equity_investment,
    calculator::wire::{DayIn, PositiveAmount},
    error::Problem,
    store::equity_investment::EquityInvestment,
};
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

/// 股权投资。An equity investment as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EquityInvestmentIn {
    /// 被投资企业。The company.
    #[schema(min_length = 1, max_length = 200, example = "某某科技有限公司")]
    investee_name: String,
    /// 投资金额（元）。What was invested.
    amount: PositiveAmount,
    /// 是否科技创新担保与股权投资联动。Whether it is technology guarantee with equity linkage.
    technology_linkage: bool,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
}

/// 股权投资。An equity investment.
#[derive(Serialize, ToSchema)]
pub(super) struct EquityInvestmentOut {
    /// Its id.
    id: Uuid,
    /// The company.
    investee_name: String,
    /// 投资金额（元）。What was invested.
    #[schema(example = "1000000.00")]
    amount: String,
    /// Whether it is technology guarantee with equity linkage.
    technology_linkage: bool,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
}

impl From<EquityInvestment> for EquityInvestmentOut {
    fn from(investment: EquityInvestment) -> Self {
        let EquityInvestment { id, investee_name, amount, technology_linkage, from, until, version: _ } = investment;
        let (amount, from, until) = (amount.to_string(), from.date(), until.map(Day::date));
        Self { id, investee_name, amount, technology_linkage, from, until }
    }
}

/// 股权投资登记簿。The institution's investments.
#[utoipa::path(get, path = "/v1/equity-investments", tag = "supervision", operation_id = "list_equity_investments", security(("bearer" = [])), params(ListingIn),
    responses((status = 200, description = "一页 A page", body = PageOut<EquityInvestmentOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    rows: Rows<Uuid>,
) -> Result<Json<PageOut<EquityInvestmentOut>>, Problem> {
    let investments = equity_investment::list(&app, &caller, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, investments, |investment| investment.id.to_string()))
}

/// 股权投资。One of the institution's investments.
#[utoipa::path(get, path = "/v1/equity-investments/{id}", tag = "supervision", operation_id = "read_equity_investment", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "股权投资 The investment", body = EquityInvestmentOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<EquityInvestmentOut>, Problem> {
    let investment = equity_investment::get(&app, &caller, id).await?;
    Ok(Versioned::present(investment.version, investment))
}

/// 登记股权投资。Enters an investment into the register.
#[utoipa::path(put, path = "/v1/equity-investments/{id}", tag = "supervision", operation_id = "register_equity_investment", security(("bearer" = [])),
    request_body = EquityInvestmentIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Entered before", body = EquityInvestmentOut),
        (status = 201, description = "已登记 Entered", body = EquityInvestmentOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<EquityInvestmentIn>,
) -> Result<Versioned<EquityInvestmentOut>, Problem> {
    let EquityInvestmentIn { investee_name, amount, technology_linkage, from, until } = new;
    let (amount, from, until) = (amount.0, from.0, until.map(|until| until.0));
    let new = EquityInvestment { id, investee_name, amount, technology_linkage, from, until, version: 1 };
    let entered = equity_investment::register(&app, &caller, new).await?;
    Ok(Versioned::put(entered, |investment| investment.version))
}

/// 修改终止日。Changes the day from which the institution no longer holds the investment.
#[utoipa::path(put, path = "/v1/equity-investments/{id}/end", tag = "supervision", operation_id = "end_equity_investment", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = EquityInvestmentOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<EquityInvestmentOut>, Problem> {
    let changed = equity_investment::replace_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.version, changed))
}
