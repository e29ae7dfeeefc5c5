//! `/v1/parties/{id}/size-inputs`, `…/flags`, `…/jobs`: what is known of a party, by days.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned, put_act},
    extract::{Body, Caller, Id, Ids, IfMatch, Page, PageIn},
    party_identifiers::FactEndIn,
};
use crate::{
    app::party_fact::{self, NewJobs, NewSizeInput},
    calculator::{Amount, GroundOut, IndustryIn, SizeOutClass},
    error::Problem,
    store::{
        party_flag::{Flag, FlagKind},
        party_jobs::Jobs,
        party_size::SizeInput,
    },
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::{
    size::{SizeIndustry, SizeInputs},
    value::{Day, PartyId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_sizes))
        .routes(routes!(file_size))
        .routes(routes!(list_flags))
        .routes(routes!(flag))
        .routes(routes!(end_flag))
        .routes(routes!(list_jobs))
        .routes(routes!(count_jobs))
}

/// 划型指标。Figures of a financial year as put; what the industry does not use may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeInputIn {
    /// The year of the figures.
    #[schema(minimum = 2000, example = 2025)]
    financial_year: i32,
    /// GB/T 4754, two to four digits.
    #[schema(pattern = "^[0-9]{2,4}$", example = "13")]
    industry_code: String,
    /// 从业人员，人。Persons.
    #[schema(example = 120)]
    employees: Option<u32>,
    /// 营业收入，元。Revenue of the year in yuan.
    revenue: Option<Amount>,
    /// 资产总额，元。Total assets at year end in yuan.
    total_assets: Option<Amount>,
    /// The day they were filed, today or earlier; the standard of this day applies.
    #[schema(value_type = String, format = Date, example = "2026-03-01")]
    filed_on: Day,
}

/// 划型指标及规模。Figures of a financial year, with the class they gave.
#[derive(Serialize, ToSchema)]
pub(super) struct SizeInputOut {
    /// Its id.
    id: Uuid,
    /// The party.
    party_id: Uuid,
    /// The year of the figures.
    financial_year: i32,
    /// GB/T 4754.
    industry_code: String,
    /// The industry of 工信部联企业〔2011〕300号.
    #[schema(value_type = IndustryIn)]
    industry: SizeIndustry,
    /// Persons.
    employees: Option<u32>,
    /// Revenue of the year in yuan.
    #[schema(example = "30000000.00")]
    revenue: Option<String>,
    /// Total assets at year end in yuan.
    #[schema(example = "8000000.00")]
    total_assets: Option<String>,
    /// The size class.
    size: SizeOutClass,
    /// The floors met and missed, from large downwards, as far as they were looked at.
    grounds: Vec<GroundOut>,
    /// The day they were filed.
    filed_on: NaiveDate,
    /// Its number in the journal.
    seq: i64,
}

impl From<SizeInput> for SizeInputOut {
    fn from(input: SizeInput) -> Self {
        let SizeInput { id, party, financial_year, industry_code, industry, inputs, size, grounds, filed_on, seq } =
            input;
        let SizeInputs { employees, revenue, total_assets } = inputs;
        Self {
            id,
            party_id: party.uuid(),
            financial_year,
            industry_code,
            industry,
            employees,
            revenue: revenue.map(|amount| amount.to_string()),
            total_assets: total_assets.map(|amount| amount.to_string()),
            size: size.into(),
            grounds: grounds.iter().map(GroundOut::from).collect(),
            filed_on,
            seq,
        }
    }
}

/// 主体标识。A flag as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FlagIn {
    /// What is said.
    kind: FlagKind,
    /// Who says so, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "农业农村局家庭农场名录2026年第1批")]
    source: String,
    /// The first day; today or earlier.
    #[schema(value_type = String, format = Date, example = "2026-01-01")]
    from: Day,
    /// The day after the last; open without.
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-01")]
    until: Option<Day>,
}

/// 主体标识。A flag of a party.
#[derive(Serialize, ToSchema)]
pub(super) struct FlagOut {
    /// Its id.
    id: Uuid,
    /// The party.
    party_id: Uuid,
    /// What is said.
    kind: FlagKind,
    /// Who says so, in words.
    source: String,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
    /// Its number in the journal.
    seq: i64,
    /// The number in the journal with which its end became known.
    ended_seq: Option<i64>,
    /// Counts up with every change; in quotes it is the `If-Match` of its end.
    version: i64,
}

impl From<Flag> for FlagOut {
    fn from(Flag { id, party, kind, source, from, until, seq, ended_seq, version }: Flag) -> Self {
        Self { id, party_id: party.uuid(), kind, source, from, until, seq, ended_seq, version }
    }
}

/// 就业人数。A count of jobs as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobsIn {
    /// The day of the count; today or earlier.
    #[schema(value_type = String, format = Date, example = "2026-03-01")]
    on: Day,
    /// Persons employed.
    #[schema(example = 35)]
    jobs: u32,
}

/// 就业人数。The jobs of a party on a day.
#[derive(Serialize, ToSchema)]
pub(super) struct JobsOut {
    /// Its id.
    id: Uuid,
    /// The party.
    party_id: Uuid,
    /// The day of the count.
    on: NaiveDate,
    /// Persons employed.
    jobs: u32,
    /// Its number in the journal.
    seq: i64,
}

impl From<Jobs> for JobsOut {
    fn from(Jobs { id, party, on, jobs, seq }: Jobs) -> Self {
        Self { id, party_id: party.uuid(), on, jobs, seq }
    }
}

/// 划型指标列表。The figures that a party has filed.
#[utoipa::path(get, path = "/v1/parties/{id}/size-inputs", tag = "parties", operation_id = "list_party_size_inputs", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<SizeInputOut>), Refusals))]
async fn list_sizes(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Uuid>,
) -> Result<Json<PageOut<SizeInputOut>>, Problem> {
    let party = PartyId::from_uuid(id);
    let found = party_fact::list_sizes(&app, &caller, party, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, found, |input| input.id.to_string()))
}

/// 报送划型指标。Files the figures of a financial year; the answer carries the class and its grounds.
#[utoipa::path(put, path = "/v1/parties/{id}/size-inputs/{input_id}", tag = "parties", operation_id = "file_party_size_input", security(("bearer" = [])),
    request_body = SizeInputIn, params(("id" = Uuid, Path), ("input_id" = Uuid, Path)),
    responses((status = 200, description = "此前已报送 Filed before", body = SizeInputOut),
        (status = 201, description = "已报送 Filed", body = SizeInputOut), Refusals))]
async fn file_size(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(new): Body<SizeInputIn>,
) -> Result<(StatusCode, Json<SizeInputOut>), Problem> {
    let SizeInputIn { financial_year, industry_code, employees, revenue, total_assets, filed_on } = new;
    let (revenue, total_assets) = (revenue.map(|amount| amount.0), total_assets.map(|amount| amount.0));
    let inputs = SizeInputs { employees, revenue, total_assets };
    let party = PartyId::from_uuid(party);
    let new = NewSizeInput { id, party, financial_year, industry_code, inputs, filed_on };
    party_fact::file_size(&app, &caller, new).await.map(put_act)
}

/// 标识列表。The flags that a party has or had.
#[utoipa::path(get, path = "/v1/parties/{id}/flags", tag = "parties", operation_id = "list_party_flags", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<FlagOut>), Refusals))]
async fn list_flags(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Uuid>,
) -> Result<Json<PageOut<FlagOut>>, Problem> {
    let party = PartyId::from_uuid(id);
    let found = party_fact::list_flags(&app, &caller, party, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, found, |flag| flag.id.to_string()))
}

/// 登记标识。States a flag of a party.
#[utoipa::path(put, path = "/v1/parties/{id}/flags/{flag_id}", tag = "parties", operation_id = "state_party_flag", security(("bearer" = [])),
    request_body = FlagIn, params(("id" = Uuid, Path), ("flag_id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = FlagOut),
        (status = 201, description = "已登记 Stated", body = FlagOut), Refusals))]
async fn flag(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(FlagIn { kind, source, from, until }): Body<FlagIn>,
) -> Result<Versioned<FlagOut>, Problem> {
    let (party, from, until) = (PartyId::from_uuid(party), from.date(), until.map(Day::date));
    let new = Flag { id, party, kind, source, from, until, seq: 0, ended_seq: None, version: 1 };
    Ok(Versioned::put(party_fact::flag(&app, &caller, new).await?, |flag| flag.version))
}

/// 终止标识。Ends a flag of a party.
#[utoipa::path(put, path = "/v1/parties/{id}/flags/{flag_id}/end", tag = "parties", operation_id = "end_party_flag", security(("bearer" = [])),
    request_body = FactEndIn, params(("id" = Uuid, Path), ("flag_id" = Uuid, Path),
        ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已终止 Ended", body = FlagOut), Refusals))]
async fn end_flag(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    version: IfMatch,
    Body(FactEndIn { until }): Body<FactEndIn>,
) -> Result<Versioned<FlagOut>, Problem> {
    let (party, version) = (PartyId::from_uuid(party), version.required()?);
    let ended = party_fact::end_flag(&app, &caller, party, id, version, until.date()).await?;
    Ok(Versioned::present(ended.version, ended))
}

/// 就业人数列表。The counts of a party's jobs.
#[utoipa::path(get, path = "/v1/parties/{id}/jobs", tag = "parties", operation_id = "list_party_jobs", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<JobsOut>), Refusals))]
async fn list_jobs(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Uuid>,
) -> Result<Json<PageOut<JobsOut>>, Problem> {
    let party = PartyId::from_uuid(id);
    let found = party_fact::list_jobs(&app, &caller, party, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, found, |jobs| jobs.id.to_string()))
}

/// 登记就业人数。Files how many people a party employed on a day.
#[utoipa::path(put, path = "/v1/parties/{id}/jobs/{count_id}", tag = "parties", operation_id = "count_party_jobs", security(("bearer" = [])),
    request_body = JobsIn, params(("id" = Uuid, Path), ("count_id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Filed before", body = JobsOut),
        (status = 201, description = "已登记 Filed", body = JobsOut), Refusals))]
async fn count_jobs(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(JobsIn { on, jobs }): Body<JobsIn>,
) -> Result<(StatusCode, Json<JobsOut>), Problem> {
    let new = NewJobs { id, party: PartyId::from_uuid(party), on: on.date(), jobs };
    party_fact::count_jobs(&app, &caller, new).await.map(put_act)
}
