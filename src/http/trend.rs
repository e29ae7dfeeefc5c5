//! `/v1/portfolio/trend`: the book at the ends of past months, and today.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::Refusals,
    extract::{Asked, Caller},
    portfolio::BookOut,
};
use crate::{
    app::trend,
    check::Check,
    error::Problem,
    input,
    store::month_end::{Measure, Point},
};
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::Money;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The most months that one answer has.
const LONGEST: u32 = 120;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get))
}

/// How far back.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BackIn {
    /// 月数。How many past months, 1 to 120; 24 when it is not said.
    #[param(minimum = 1, maximum = 120)]
    months: Option<u32>,
}

impl BackIn {
    fn months(&self) -> Result<u32, Problem> {
        let months = self.months.unwrap_or(trend::MONTHS);
        let range = || input::field("months", "range", "应为 1 至 120。", "Must be 1 to 120.");
        Check::default().that((1..=LONGEST).contains(&months), range).done()?;
        Ok(months)
    }
}

/// 某日的业务组合。The book on a day, as far as a trend shows it.
#[derive(Serialize, ToSchema)]
#[schema(as = TrendPoint)]
pub(super) struct PointOut {
    /// 日期：月末，最后一项为今天。The end of a month; today in the last item.
    on: NaiveDate,
    /// 留存时间。When the month was kept; it has not changed since. Null of today.
    kept_at: Option<DateTime<Utc>>,
    /// The sums.
    #[serde(flatten)]
    sums: BookOut,
    /// 担保责任余额（元）。Outstanding × weight.
    #[schema(example = "75000000.00")]
    liability_balance: String,
    /// 净资产（元）。Of the statement that counted on the day; null without one.
    #[schema(example = "60000000.00")]
    net_assets: Option<String>,
    /// 本年新增担保金额（元）。What began in the calendar year up to the day.
    #[schema(example = "50000000.00")]
    new_amount: String,
    /// 各项指标及当日限额。What the rules measured that day, beside their limits of that day.
    measures: Vec<Measure>,
}

impl TryFrom<Point> for PointOut {
    type Error = Problem;

    fn try_from(point: Point) -> Result<Self, Problem> {
        Ok(Self {
            on: point.on.date(),
            kept_at: point.kept_at,
            sums: BookOut::of(point.shares, point.committed)?,
            liability_balance: point.liability.to_string(),
            net_assets: point.net_assets.as_ref().map(Money::to_string),
            new_amount: point.new_amount.to_string(),
            measures: point.measures,
        })
    }
}

/// 业务组合的走势。The book over the months.
#[derive(Serialize, ToSchema)]
#[schema(as = Trend)]
pub(super) struct TrendOut {
    /// The ends of the months that are kept, oldest first, and today. A month without an item is not kept: nothing counted yet, or the
    /// turn of the day has not come to it.
    items: Vec<PointOut>,
}

/// 业务组合的走势。The book at the ends of past months, each as it was known when it was past, and today.
#[utoipa::path(get, path = "/v1/portfolio/trend", tag = "portfolio", operation_id = "read_trend", security(("bearer" = [])), params(BackIn),
    responses((status = 200, description = "走势 The trend", body = TrendOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Asked(back): Asked<BackIn>,
) -> Result<Json<TrendOut>, Problem> {
    let points = trend::read(&app, &caller, back.months()?).await?;
    Ok(Json(TrendOut { items: points.into_iter().map(PointOut::try_from).collect::<Result<_, _>>()? }))
}
