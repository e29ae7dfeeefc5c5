//! `/v1/cedents`: who cedes to the caller's institution, with the sums of each.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals},
    extract::{Caller, ListIn, Listed},
};
use crate::{
    app::cedent::{self, Cedent, Grouping, Place, Ranking, Sought},
    error::Problem,
};
use axum::{Json, extract::State};
use domain::value::{Money, OutOfRange, Ratio};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// 顺序。Which comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OrderIn {
    /// 由小到大。The smallest first.
    Ascending,
    /// 由大到小。The largest first.
    #[default]
    Descending,
}

/// Which cedents, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CedentsIn {
    /// 汇总层级。Whose sums; each cedent's when left out.
    #[param(inline)]
    by: Option<Grouping>,
    /// 排序依据。Ranked by this figure; by what is ceded when left out.
    #[param(inline)]
    sort: Option<Ranking>,
    /// 顺序。The largest first when left out.
    #[param(inline)]
    order: Option<OrderIn>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for CedentsIn {
    type Wanted = (Grouping, Ranking, bool);

    fn split(self) -> (Option<String>, Option<u64>, Self::Wanted) {
        let ascending = self.order.unwrap_or_default() == OrderIn::Ascending;
        let wanted = (self.by.unwrap_or(Grouping::Cedent), self.sort.unwrap_or(Ranking::Ceded), ascending);
        (self.after, self.limit, wanted)
    }
}

/// 分出机构。An institution that cedes, or a province, with its sums.
#[derive(Serialize, ToSchema)]
pub(super) struct CedentOut {
    /// The institution.
    institution_id: Uuid,
    /// Its code.
    #[schema(example = "linhu")]
    code: String,
    /// Its name.
    name: String,
    /// 所属省级再担保机构。Who re-guarantees it today.
    province_id: Option<Uuid>,
    /// Its name.
    province_name: Option<String>,
    /// 笔数。How many of its contracts count, approved and in force.
    contracts: i64,
    /// 在保余额（元）。What is committed or outstanding of them, at the full guaranteed amount.
    #[schema(example = "1000000.00")]
    outstanding: String,
    /// 分出责任（元）。Share × outstanding of each, added up exactly and rounded half up once.
    #[schema(example = "200000.00")]
    ceded: String,
    /// 支小支农占比。The small-and-agri part of what is ceded; null of nothing.
    #[schema(example = "0.900000")]
    small_agri_share: Option<String>,
    /// 年度。The calendar year of fees and quotas.
    #[schema(example = 2026)]
    year: i32,
    /// 再担保费（元，分出机构申报）。The re-guarantee fees, for their whole terms, of the contracts that began this year, as the cedent
    /// states them.
    #[schema(example = "600.00")]
    fees_stated: String,
    /// 再担保费（元，按协议条款复算）。The same by the agreements' terms; null when the terms of one of them are not known.
    #[schema(example = "600.00")]
    fees_recomputed: Option<String>,
    /// 差额（元）。What is stated above what is recomputed; below zero when it is less.
    #[schema(example = "0.00")]
    fees_difference: Option<String>,
    /// 授信额度（元）。The quota of the year; null when none was granted.
    #[schema(example = "500000000.00")]
    quota_granted: Option<String>,
    /// 已用额度（元）。What of it is used.
    #[schema(example = "1000000.00")]
    quota_used: String,
    /// 未解除的占比预警。How many alerts of its shares are open.
    drift_alerts: i64,
    #[serde(skip)]
    place: Place,
}

fn out_of_range(_: OutOfRange) -> Problem {
    Problem::out_of_range()
}

impl CedentOut {
    fn of(cedent: &Cedent, ranking: Ranking) -> Result<Self, Problem> {
        let (ceded, fees) = (cedent.ceded, cedent.fees);
        let share = ceded.small_agri_share().and_then(|share| share.map(Ratio::six_decimals).transpose());
        let difference = fees.recomputed.map(|recomputed| fees.stated.minus(recomputed)).transpose();
        let province = cedent.province.clone();
        Ok(Self {
            institution_id: cedent.institution.id.uuid(),
            code: cedent.institution.code.clone(),
            name: cedent.institution.name.clone(),
            province_id: province.as_ref().map(|(id, _)| id.uuid()),
            province_name: province.map(|(_, name)| name),
            contracts: ceded.contracts,
            outstanding: ceded.outstanding.to_string(),
            ceded: ceded.amount().map_err(out_of_range)?.to_string(),
            small_agri_share: share.map_err(out_of_range)?.map(|share| share.six_decimals()),
            year: cedent.year,
            fees_stated: fees.stated.to_string(),
            fees_recomputed: fees.recomputed.as_ref().map(Money::to_string),
            fees_difference: difference.map_err(out_of_range)?.as_ref().map(Money::to_string),
            quota_granted: cedent.quota_granted.as_ref().map(Money::to_string),
            quota_used: cedent.quota_used.to_string(),
            drift_alerts: cedent.drift_alerts,
            place: cedent.place(ranking).map_err(out_of_range)?,
        })
    }
}

/// 分出机构列表。Who cedes to the caller's institution, ranked by any of its figures; for the national fund also by province.
#[utoipa::path(get, path = "/v1/cedents", tag = "cessions", operation_id = "list_cedents", security(("bearer" = [])), params(CedentsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<CedentOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted: (by, ranking, ascending) }: Listed<Place, CedentsIn>,
) -> Result<Json<PageOut<CedentOut>>, Problem> {
    let sought = Sought { by, ranking, ascending, after: page.after, limit: page.and_one_more() };
    let cedents = cedent::list(&app, &caller, sought).await?;
    let shown = cedents.iter().map(|cedent| CedentOut::of(cedent, ranking)).collect::<Result<Vec<_>, Problem>>()?;
    Ok(PageOut::of(&page, shown, |cedent| cedent.place.to_string()))
}
