//! `/v1/imports`: earlier books that are tried and taken over.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, put_act},
    extract::{Body, Caller, Id, Ids, ListIn, Listed},
};
use crate::{
    app::import_job::{self, Chosen, Seen},
    error::{Problem, ProblemOut},
    finding::OutcomeOut,
    import::Mapping,
    input,
    store::import_job::{FaultCount, Job, JobState, RuleCount, Wanted},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, put))
        .routes(routes!(mapping))
        .routes(routes!(take_over))
        .routes(routes!(cancel))
}

/// 试运行。What is to be tried: a file, by a mapping that is kept under a name or by one stated for this alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImportIn {
    /// 文件。The file.
    file_id: Uuid,
    /// 已保存的映射；与 mapping 二者填一。A mapping that is kept; either this or `mapping`.
    mapping_id: Option<Uuid>,
    /// 映射；文件的编码与分隔符以上传时识别的为准。A mapping; characters and delimiter are as they were found in the file.
    mapping: Option<Mapping>,
}

impl ImportIn {
    fn chosen(self) -> Result<(Uuid, Chosen), Problem> {
        let chosen = match (self.mapping_id, self.mapping) {
            (Some(id), None) => Chosen::Kept(id),
            (None, Some(mapping)) => Chosen::Stated(Box::new(mapping)),
            (None, None) | (Some(_), Some(_)) => {
                let (zh, en) = ("应填写 mapping_id 或 mapping，且只填一项。", "Either mapping_id or mapping is given.");
                return Err(input::invalid(vec![input::field("mapping", "one_of_two", zh, en)]));
            }
        };
        Ok((self.file_id, chosen))
    }
}

/// Which imports.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportsIn {
    /// 状态。Only in this state.
    #[param(inline)]
    state: Option<JobState>,
    /// 是否承接。Only what takes over, or with false only trials; both when left out.
    takes_over: Option<bool>,
    /// 等本人承接。With true only dry runs that wait for the caller to have them taken over: done, with something to take over, tried and
    /// brought by others.
    to_decide: Option<bool>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for ImportsIn {
    type Wanted = Wanted;

    fn split(self) -> (Option<String>, Option<u64>, Wanted) {
        let Self { state, takes_over, to_decide, after, limit } = self;
        (after, limit, Wanted { state, takes_over, to_decide: to_decide.unwrap_or_default() })
    }
}

/// 规则统计。How often a rule came to what.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRuleCount)]
struct RuleCountOut {
    /// The rule.
    #[schema(example = "risk.bank")]
    rule: String,
    /// What it came to.
    outcome: OutcomeOut,
    /// 合同数。For how many contracts.
    contracts: u64,
}

impl From<RuleCount> for RuleCountOut {
    fn from(RuleCount { rule, outcome, contracts }: RuleCount) -> Self {
        Self { rule, outcome, contracts }
    }
}

/// 错误统计。How often a fault was found in a column.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportFaultCount)]
struct FaultCountOut {
    /// The column.
    #[schema(example = "到期日")]
    column: String,
    /// The fault.
    #[schema(example = "day")]
    code: String,
    /// What it says.
    message: String,
    /// The same in English.
    message_en: String,
    /// 行数。In how many rows.
    rows: u64,
}

impl From<FaultCount> for FaultCountOut {
    fn from(FaultCount { column, code, message, message_en, rows }: FaultCount) -> Self {
        Self { column, code, message, message_en, rows }
    }
}

/// 导入。An earlier book that is tried or taken over.
#[derive(Serialize, ToSchema)]
#[schema(as = Import)]
pub(super) struct ImportOut {
    /// Its id.
    id: Uuid,
    /// 是否承接；否则为试运行，不登记任何业务。Whether it takes over; a trial books nothing.
    takes_over: bool,
    /// 所依据的试运行。Of a taking over, the trial that it rests on.
    check_id: Option<Uuid>,
    /// 状态。Where it stands.
    state: JobState,
    /// Counts up with every change.
    version: i64,
    /// 是否已要求取消。Whether it is to be ended.
    cancelling: bool,
    /// The file.
    file_id: Uuid,
    /// What its owner calls it.
    #[schema(example = "ledger.csv")]
    file_name: String,
    /// The mapping that was chosen; null when it was stated for this alone.
    mapping_id: Option<Uuid>,
    /// Its version.
    mapping_version: Option<i64>,
    /// 行数。How many rows the file has.
    rows: u64,
    /// 已处理。How many are done with.
    done: u64,
    /// 承接。How many were taken over; of a trial, how many would be.
    taken_over: u64,
    /// 未变。How many the book has already, just as the file has them.
    unchanged: u64,
    /// 未导入。How many cannot be taken over.
    bad: u64,
    /// 按各合同起始日的规则评估的结果，结束后给出。What the rules of each first day came to, once it has ended.
    findings: Vec<RuleCountOut>,
    /// 错误统计，结束后给出。What is wrong, by column, once it has ended.
    faults: Vec<FaultCountOut>,
    /// 失败原因。Why it failed.
    #[schema(value_type = Option<ProblemOut>)]
    problem: Option<serde_json::Value>,
    /// 导入批次；合同列表可按此筛选。Under which its contracts are found.
    run_id: Option<Uuid>,
    /// The user who asked for it.
    started_by: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    requested_at: DateTime<Utc>,
    /// When a server first began.
    #[schema(value_type = Option<String>, format = DateTime)]
    began_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<DateTime<Utc>>,
}

impl From<Seen> for ImportOut {
    fn from((job, file): Seen) -> Self {
        let Job { state, counts, cancel, .. } = job;
        Self {
            id: job.id,
            takes_over: job.check.is_some(),
            check_id: job.check,
            state,
            version: job.version,
            cancelling: cancel.is_some() && !state.has_ended(),
            file_id: job.file,
            file_name: file.name,
            mapping_id: job.mapping_of.map(|(id, _)| id),
            mapping_version: job.mapping_of.map(|(_, version)| version),
            rows: job.rows,
            done: job.done,
            taken_over: counts.imported,
            unchanged: counts.unchanged,
            bad: counts.bad,
            findings: job.findings.into_iter().map(Into::into).collect(),
            faults: job.faults.into_iter().map(Into::into).collect(),
            problem: job.problem,
            run_id: job.run,
            started_by: job.started_by.uuid(),
            requested_at: job.requested_at,
            began_at: job.began_at,
            ended_at: job.ended_at,
        }
    }
}

/// 导入列表。The institution's imports, newest first.
#[utoipa::path(get, path = "/v1/imports", tag = "imports", operation_id = "list_imports", security(("bearer" = [])), params(ImportsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<ImportOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<i64, ImportsIn>,
) -> Result<Json<PageOut<ImportOut>>, Problem> {
    let imports = import_job::list(&app, &caller, wanted, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, imports, |(job, _)| job.seq.to_string()))
}

/// 导入。One of the institution's imports.
#[utoipa::path(get, path = "/v1/imports/{id}", tag = "imports", operation_id = "read_import", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "导入 The import", body = ImportOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Json<ImportOut>, Problem> {
    Ok(Json(import_job::get(&app, &caller, id).await?.into()))
}

/// 导入所用的映射。How the file of an import is read.
#[utoipa::path(get, path = "/v1/imports/{id}/mapping", tag = "imports", operation_id = "read_import_mapping_used",
    security(("bearer" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, description = "映射 The mapping", body = Mapping), Refusals))]
async fn mapping(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Json<Mapping>, Problem> {
    Ok(Json(import_job::mapping(&app, &caller, id).await?))
}

/// 试运行。Has a file tried: every row is read and judged by the rules of its own first day, and nothing is booked.
#[utoipa::path(put, path = "/v1/imports/{id}", tag = "imports", operation_id = "put_import", security(("bearer" = [])),
    request_body = ImportIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已开始 Begun before", body = ImportOut),
        (status = 201, description = "已开始 Begun", body = ImportOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<ImportIn>,
) -> Result<(StatusCode, Json<ImportOut>), Problem> {
    let (file, chosen) = new.chosen()?;
    Ok(put_act(import_job::try_out(&app, &caller, id, file, chosen).await?))
}

/// 承接。Has taken over what was tried: an import of its own under `act`, by another person than whoever brought or tried the file.
#[utoipa::path(put, path = "/v1/imports/{id}/takeovers/{act}", tag = "imports", operation_id = "take_over_import",
    security(("bearer" = [])), params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已开始 Begun before", body = ImportOut),
        (status = 201, description = "已开始 Begun", body = ImportOut), Refusals))]
async fn take_over(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
) -> Result<(StatusCode, Json<ImportOut>), Problem> {
    Ok(put_act(import_job::take_over(&app, &caller, id, act).await?))
}

/// 取消。Has an import ended before its last row; what was taken over stays, and another import goes on from there.
#[utoipa::path(put, path = "/v1/imports/{id}/cancellations/{act}", tag = "imports", operation_id = "cancel_import",
    security(("bearer" = [])), params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已要求 Asked before", body = ImportOut),
        (status = 201, description = "已要求 Asked", body = ImportOut), Refusals))]
async fn cancel(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
) -> Result<(StatusCode, Json<ImportOut>), Problem> {
    Ok(put_act(import_job::cancel(&app, &caller, id, act).await?))
}
