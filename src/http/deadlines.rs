//! `/v1/deadlines`: by when reports are due.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, ListingIn, Rows},
    memberships::EndIn,
};
use crate::{
    app::deadline::{self, Dated},
    auth::InstitutionKind,
    calculator::wire::DayIn,
    error::Problem,
    store::deadline::{Deadline, Period, Terms},
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

/// 报送期限。A deadline as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlineIn {
    /// 报告代码。Which report.
    #[schema(pattern = "^[a-z0-9][a-z0-9_]{1,47}$", example = "annual_progress")]
    report_code: String,
    /// 报送机构类型。What kind of institution reports.
    reporter_kind: InstitutionKind,
    /// 报送对象。To whom, in words.
    #[schema(min_length = 1, max_length = 200, example = "财政部")]
    recipient: String,
    /// What one report covers.
    period: Period,
    /// 报告期末月后第几个月。So many months after the last month of the period.
    #[schema(minimum = 0, maximum = 24, example = 2)]
    month_offset: u32,
    /// 当月几日；该月无此日的，为月末。The day of that month; its last day when it is shorter.
    #[schema(minimum = 1, maximum = 31, example = 31)]
    day_of_month: u32,
    /// 适用地区；不填为各地。Where; everywhere without.
    #[schema(pattern = "^[0-9]{6}$", example = "330000")]
    region_code: Option<String>,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
    /// 依据文件。The document it rests on.
    #[schema(min_length = 1, max_length = 500, example = "财建〔2018〕547号")]
    document: String,
    /// 条款。The clause of the document.
    #[schema(min_length = 1, max_length = 100, example = "三（一）")]
    clause: String,
    /// 是否已核对原文。Whether the clause has been read in the document itself.
    verified: bool,
}

impl DeadlineIn {
    fn into_terms(self) -> Terms {
        Terms {
            report_code: self.report_code,
            reporter: self.reporter_kind,
            recipient: self.recipient,
            period: self.period,
            month_offset: self.month_offset,
            day_of_month: self.day_of_month,
            region_code: self.region_code,
            from: self.from.0,
            until: self.until.map(|until| until.0),
            document: self.document,
            clause: self.clause,
            verified: self.verified,
        }
    }
}

/// 报送期限。A deadline, with the last period that is over on the day asked about (or today) and the day its report is due.
#[derive(Serialize, ToSchema)]
pub(super) struct DeadlineOut {
    /// Its id.
    id: Uuid,
    /// The institution that states it.
    institution_id: Uuid,
    /// Which report.
    #[schema(example = "annual_progress")]
    report_code: String,
    /// What kind of institution reports.
    reporter_kind: InstitutionKind,
    /// To whom, in words.
    #[schema(example = "财政部")]
    recipient: String,
    /// What one report covers.
    period: Period,
    /// So many months after the last month of the period.
    #[schema(example = 2)]
    month_offset: u32,
    /// The day of that month; its last day when it is shorter.
    #[schema(example = 31)]
    day_of_month: u32,
    /// Where; everywhere without.
    region_code: Option<String>,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
    /// The document it rests on.
    document: String,
    /// The clause of the document.
    clause: String,
    /// Whether the clause has been read in the document itself.
    verified: bool,
    /// 最近一个已结束的报告期的首日。The first day of the last period that is over.
    period_from: Option<NaiveDate>,
    /// 该报告期末日的次日。The day after the last of that period.
    period_until: Option<NaiveDate>,
    /// 该期报告的报送期限。The day the report of that period is due.
    due_on: Option<NaiveDate>,
}

impl From<Dated> for DeadlineOut {
    fn from(Dated { deadline, period, due_on }: Dated) -> Self {
        let Deadline { id, stater, terms, version: _ } = deadline;
        Self {
            id,
            institution_id: stater.uuid(),
            report_code: terms.report_code,
            reporter_kind: terms.reporter,
            recipient: terms.recipient,
            period: terms.period,
            month_offset: terms.month_offset,
            day_of_month: terms.day_of_month,
            region_code: terms.region_code,
            from: terms.from.date(),
            until: terms.until.map(Day::date),
            document: terms.document,
            clause: terms.clause,
            verified: terms.verified,
            period_from: period.map(|period| period.start().date()),
            period_until: period.map(|period| period.end().date()),
            due_on: due_on.map(Day::date),
        }
    }
}

/// 报送期限列表。The deadlines, with the day the last report is due.
#[utoipa::path(get, path = "/v1/deadlines", tag = "deadlines", operation_id = "list_deadlines", security(("bearer" = [])), params(ListingIn),
    responses((status = 200, description = "一页 A page", body = PageOut<DeadlineOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    rows: Rows<Uuid>,
) -> Result<Json<PageOut<DeadlineOut>>, Problem> {
    let deadlines = deadline::list(&app, &caller, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, deadlines, |dated| dated.deadline.id.to_string()))
}

/// 报送期限。One deadline, with the day the last report is due.
#[utoipa::path(get, path = "/v1/deadlines/{id}", tag = "deadlines", operation_id = "read_deadline", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "报送期限 The deadline", body = DeadlineOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<DeadlineOut>, Problem> {
    let dated = deadline::get(&app, &caller, id).await?;
    Ok(Versioned::present(dated.deadline.version, dated))
}

/// 登记报送期限。States a deadline; the national fund and provincial re-guarantors do.
#[utoipa::path(put, path = "/v1/deadlines/{id}", tag = "deadlines", operation_id = "state_deadline", security(("bearer" = [])),
    request_body = DeadlineIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = DeadlineOut),
        (status = 201, description = "已登记 Stated", body = DeadlineOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<DeadlineIn>,
) -> Result<Versioned<DeadlineOut>, Problem> {
    let stated = deadline::state(&app, &caller, id, new.into_terms()).await?;
    Ok(Versioned::put(stated, |dated| dated.deadline.version))
}

/// 修改终止日。Changes the end of a deadline that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/deadlines/{id}/end", tag = "deadlines", operation_id = "end_deadline", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = DeadlineOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<DeadlineOut>, Problem> {
    let changed = deadline::replace_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.deadline.version, changed))
}
