//! `/v1/cedents`: who cedes to the caller's institution, with the sums of each and of the regions where they are.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, shown},
    drift_alerts::DriftAlertOut,
    extract::{Asked, Caller, Id, ListIn, Listed},
};
use crate::{
    app::cedent::{self, Attention, Cedent, Grouping, Level, Place, Ranking, Region, Slice, Sought, Sums, Whole},
    error::Problem,
    finding::FindingOut,
    store::cedent::SliceDimension,
};
use axum::{Json, extract::State};
use domain::{
    cession::Ceded,
    value::{InstitutionId, Money},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get)).routes(routes!(regions))
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
    /// 所属省级再担保机构。Only cedents of this province.
    province: Option<Uuid>,
    /// 行政区划代码的开头。Only those of regions whose code begins so.
    #[param(min_length = 1, max_length = 6, example = "3301")]
    region: Option<String>,
    /// 机构名称或代码的一部分。Only those whose name or code holds this.
    #[param(min_length = 1, max_length = 50)]
    search: Option<String>,
    /// 只列须关注的。Only those that need attention.
    #[param(inline)]
    only: Option<Attention>,
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
    type Wanted = Sought;

    fn split(self) -> (Option<String>, Option<u64>, Sought) {
        let sought = Sought {
            by: self.by.unwrap_or(Grouping::Cedent),
            province: self.province.map(InstitutionId::from_uuid),
            region: self.region,
            search: self.search,
            only: self.only,
            ranking: self.sort.unwrap_or(Ranking::Ceded),
            ascending: self.order.unwrap_or_default() == OrderIn::Ascending,
            after: None,
            limit: 0,
        };
        (self.after, self.limit, sought)
    }
}

/// 分出业务合计。The sums of what one or several institutions cede.
#[derive(Serialize, ToSchema)]
pub(super) struct CededOut {
    /// 分出机构数。Of how many institutions.
    cedents: i64,
    /// 笔数。How many of the contracts count, approved and in force.
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
    /// 其中单户500万元及以下占比（本年放款）。Small tickets over small-and-agri of what began this year, at the ceded part; null of nothing.
    #[schema(example = "0.800000")]
    small_ticket_share: Option<String>,
    /// 年度。The calendar year of fees and quotas.
    #[schema(example = 2026)]
    year: i32,
    /// 再担保费（元，分出机构申报）。The re-guarantee fees, for their whole terms, of the contracts that began this year, as the cedents
    /// state them.
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
    /// 额度使用率。What is used over what was granted; null when nothing was.
    #[schema(example = "0.002000")]
    quota_use: Option<String>,
    /// 未解除的占比预警。How many alerts of the shares are open.
    drift_alerts: i64,
}

impl CededOut {
    fn of(sums: &Sums) -> Result<Self, Problem> {
        let Sums { ceded, fees, .. } = *sums;
        let difference = fees.recomputed.map(|recomputed| fees.stated.minus(recomputed)).transpose();
        Ok(Self {
            cedents: sums.cedents,
            contracts: ceded.contracts,
            outstanding: ceded.outstanding.to_string(),
            ceded: ceded.amount()?.to_string(),
            small_agri_share: shown(ceded.small_agri_share())?,
            small_ticket_share: shown(sums.begun.small_ticket_share())?,
            year: sums.year,
            fees_stated: fees.stated.to_string(),
            fees_recomputed: fees.recomputed.as_ref().map(Money::to_string),
            fees_difference: difference?.as_ref().map(Money::to_string),
            quota_granted: sums.quota_granted.as_ref().map(Money::to_string),
            quota_used: sums.quota_used.to_string(),
            quota_use: shown(sums.quota_use())?,
            drift_alerts: sums.drift_alerts,
        })
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
    /// 行政区划。Where it is.
    #[schema(example = "330100")]
    region_code: String,
    /// The sums.
    #[serde(flatten)]
    sums: CededOut,
    /// 评估结论。What the rules of today say of what is ceded.
    findings: Vec<FindingOut>,
    #[serde(skip)]
    place: Place,
}

impl CedentOut {
    fn of(cedent: Cedent, ranking: Ranking) -> Result<Self, Problem> {
        let place = cedent.place(ranking)?;
        let Cedent { institution, province, sums, findings } = cedent;
        Ok(Self {
            institution_id: institution.id.uuid(),
            province_id: province.as_ref().map(|(id, _)| id.uuid()),
            province_name: province.map(|(_, name)| name),
            code: institution.code,
            name: institution.name,
            region_code: institution.region,
            sums: CededOut::of(&sums)?,
            findings: findings.into_iter().map(FindingOut::from).collect(),
            place,
        })
    }
}

/// 构成。What is ceded of one kind of client, one city, industry or bank.
#[derive(Serialize, ToSchema)]
pub(super) struct CededSliceOut {
    /// Told apart by.
    dimension: SliceDimension,
    /// The client kind, the city's code, the industry's code or the bank's id; null where it is not known.
    #[schema(example = "330100")]
    key: Option<String>,
    /// Its name; null where the key says it, or where the lists of today have none.
    #[schema(example = "杭州市")]
    name: Option<String>,
    /// 笔数。How many contracts with something outstanding.
    contracts: i64,
    /// 在保余额（元）。What is outstanding of them, at the full guaranteed amount.
    #[schema(example = "1000000.00")]
    outstanding: String,
    /// 分出责任（元）。Share × outstanding of each.
    #[schema(example = "200000.00")]
    ceded: String,
    /// 支小支农占比。The small-and-agri part of what is ceded.
    #[schema(example = "0.900000")]
    small_agri_share: Option<String>,
}

impl CededSliceOut {
    fn of(Slice { dimension, key, name, ceded }: Slice) -> Result<Self, Problem> {
        let Ceded { contracts, outstanding, .. } = ceded;
        Ok(Self {
            dimension,
            key,
            name,
            contracts,
            outstanding: outstanding.to_string(),
            ceded: ceded.amount()?.to_string(),
            small_agri_share: shown(ceded.small_agri_share())?,
        })
    }
}

/// 分出机构及其业务构成。A cedent with what its contracts are about.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeCedentOut {
    /// Its sums.
    cedent: CedentOut,
    /// 业务构成。What is ceded, told apart by everything that the contracts say; the largest of each first.
    slices: Vec<CededSliceOut>,
    /// 未解除的占比预警。The open alerts of its shares.
    alerts: Vec<DriftAlertOut>,
}

/// 区划合计。The sums of the cedents of a region.
#[derive(Serialize, ToSchema)]
pub(super) struct CededRegionOut {
    /// GB/T 2260, six digits.
    #[schema(example = "330000")]
    code: String,
    /// Its name; null where the list of today has none.
    #[schema(example = "浙江省")]
    name: Option<String>,
    /// The sums.
    #[serde(flatten)]
    sums: CededOut,
    /// 评估结论。What the rules of today say of what is ceded.
    findings: Vec<FindingOut>,
}

impl CededRegionOut {
    fn of(Region { code, name, sums, findings }: Region) -> Result<Self, Problem> {
        let findings = findings.into_iter().map(FindingOut::from).collect();
        Ok(Self { code, name, sums: CededOut::of(&sums)?, findings })
    }
}

/// Which regions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RegionsIn {
    /// 区划层级。How large the regions are; provinces when left out.
    #[param(inline)]
    level: Option<Level>,
    /// 省级行政区划。Only regions of this province.
    #[param(example = "330000")]
    province: Option<String>,
}

/// 分出机构列表。Who cedes to the caller's institution, ranked by any of its figures; for the national fund also by province.
#[utoipa::path(get, path = "/v1/cedents", tag = "cessions", operation_id = "list_cedents", security(("bearer" = [])), params(CedentsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<CedentOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<Place, CedentsIn>,
) -> Result<Json<PageOut<CedentOut>>, Problem> {
    let ranking = wanted.ranking;
    let sought = Sought { after: page.after, limit: page.and_one_more(), ..wanted };
    let cedents = cedent::list(&app, &caller, sought).await?;
    let shown =
        cedents.into_iter().map(|cedent| CedentOut::of(cedent, ranking)).collect::<Result<Vec<_>, Problem>>()?;
    Ok(PageOut::of(&page, shown, |cedent| cedent.place.to_string()))
}

/// 分出机构。A cedent with what its contracts are about.
#[utoipa::path(get, path = "/v1/cedents/{id}", tag = "cessions", operation_id = "read_cedent", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "分出机构 The cedent", body = WholeCedentOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Json<WholeCedentOut>, Problem> {
    let Whole { cedent, slices, alerts } = cedent::get(&app, &caller, InstitutionId::from_uuid(id)).await?;
    Ok(Json(WholeCedentOut {
        cedent: CedentOut::of(cedent, Ranking::Ceded)?,
        slices: slices.into_iter().map(CededSliceOut::of).collect::<Result<_, _>>()?,
        alerts: alerts.into_iter().map(DriftAlertOut::from).collect(),
    }))
}

/// 分区划合计。The sums of the regions where the cedents are, in the order of their codes.
#[utoipa::path(get, path = "/v1/cedent-regions", tag = "cessions", operation_id = "list_cedent_regions", security(("bearer" = [])),
    params(RegionsIn), responses((status = 200, description = "各区划 The regions", body = PageOut<CededRegionOut>), Refusals))]
async fn regions(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Asked(RegionsIn { level, province }): Asked<RegionsIn>,
) -> Result<Json<PageOut<CededRegionOut>>, Problem> {
    let regions = cedent::regions(&app, &caller, level.unwrap_or(Level::Province), province).await?;
    let shown = regions.into_iter().map(CededRegionOut::of).collect::<Result<Vec<_>, Problem>>()?;
    Ok(PageOut::whole(shown))
}
