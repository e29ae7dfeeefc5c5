//! `/v1/regions` and `/v1/industries`: reference data for forms, open to everybody.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::PageOut,
    extract::{Page, day_of, page_of, query_of},
};
use crate::{
    app::reference,
    check::Check,
    error::{Problem, ProblemOut},
    store::reference::{Industry, Region, Wanted},
};
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

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(regions)).routes(routes!(industries))
}

/// Which rows, and of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WantedIn {
    /// 名称的一部分，或代码的开头。Part of a name, or the beginning of a code.
    #[param(max_length = 50)]
    search: Option<String>,
    /// 日期，缺省为今天。The day whose names are wanted; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A checked search for rows.
pub(super) struct Search {
    /// Which page.
    pub(super) page: Page<String>,
    /// Which rows.
    pub(super) wanted: Wanted,
}

impl Search {
    /// Checks a search; without a day it is about today.
    pub(super) fn checked(
        state: &AppState,
        search: Option<String>,
        on: Option<String>,
        page: Page<String>,
    ) -> Result<Self, Problem> {
        let on = on.map_or_else(|| Ok(reference::today(state)), |on| day_of("on", &on).map(Day::date))?;
        search.iter().fold(Check::default(), |check, search| check.search("search", search)).done()?;
        let wanted = Wanted { on, search, after: page.after.clone(), limit: page.and_one_more() };
        Ok(Self { page, wanted })
    }
}

impl FromRequestParts<AppState> for Search {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let WantedIn { search, on, after, limit } = query_of(&parts.uri)?;
        Self::checked(state, search, on, page_of::<String>(after, limit)?)
    }
}

/// 行政区划。A province or a city.
#[derive(Serialize, ToSchema)]
struct RegionOut {
    /// GB/T 2260, six digits.
    #[schema(example = "330100")]
    code: String,
    #[schema(example = "杭州市")]
    name: String,
    /// province or city.
    #[schema(example = "city")]
    level: String,
    /// The province it lies in; itself for a province.
    #[schema(example = "330000")]
    province_code: String,
    /// The first day of the name; known to the year only.
    from: NaiveDate,
    /// The day after its last; null while there is none.
    until: Option<NaiveDate>,
}

impl From<Region> for RegionOut {
    fn from(region: Region) -> Self {
        let Region { code, name, level, province_code, from, until } = region;
        Self { code, name, level, province_code, from, until }
    }
}

/// 国民经济行业。A section or a division of GB/T 4754-2017.
#[derive(Serialize, ToSchema)]
struct IndustryOut {
    /// A letter for a section, two digits for a division.
    #[schema(example = "13")]
    code: String,
    /// The section of a division; null for a section.
    #[schema(example = "C")]
    section: Option<String>,
    #[schema(example = "农副食品加工业")]
    name: String,
}

impl From<Industry> for IndustryOut {
    fn from(industry: Industry) -> Self {
        let Industry { code, section, name } = industry;
        Self { code, section, name }
    }
}

/// 行政区划：省和市。Provinces and cities.
#[utoipa::path(get, path = "/v1/regions", tag = "reference", operation_id = "list_regions", params(WantedIn),
    responses(
        (status = 200, description = "一页 A page", body = PageOut<RegionOut>),
        (status = 400, description = "查询有误 The query is wrong", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理 The input makes no sense", body = ProblemOut, content_type = "application/problem+json"),
        (status = 503, description = "暂不可用 Away for now", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn regions(State(app): State<AppState>, search: Search) -> Result<Json<PageOut<RegionOut>>, Problem> {
    let Search { page, wanted } = search;
    Ok(PageOut::of(&page, reference::regions(&app, wanted).await?, |region| region.code.clone()))
}

/// 国民经济行业：门类和大类。Sections and divisions of the industries.
#[utoipa::path(get, path = "/v1/industries", tag = "reference", operation_id = "list_industries", params(WantedIn),
    responses(
        (status = 200, description = "一页 A page", body = PageOut<IndustryOut>),
        (status = 400, description = "查询有误 The query is wrong", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理 The input makes no sense", body = ProblemOut, content_type = "application/problem+json"),
        (status = 503, description = "暂不可用 Away for now", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn industries(State(app): State<AppState>, search: Search) -> Result<Json<PageOut<IndustryOut>>, Problem> {
    let Search { page, wanted } = search;
    Ok(PageOut::of(&page, reference::industries(&app, wanted).await?, |industry| industry.code.clone()))
}
