//! `/v1/supervisor-confirmations`: what a supervisor confirms about an institution.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, ListingIn, Rows},
    memberships::EndIn,
};
use crate::{
    app::confirmation,
    calculator::wire::DayIn,
    error::Problem,
    store::confirmation::{Confirmation, ConfirmationKind},
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::value::{Day, InstitutionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(replace_end))
}

/// 监管确认。A supervisor's confirmation as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmationIn {
    /// 被确认机构，当日由本机构监管。An institution that the caller's supervises today.
    member_id: Uuid,
    /// What is confirmed.
    kind: ConfirmationKind,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
    /// 依据。Its source, in words.
    #[schema(min_length = 1, max_length = 500, example = "某监管部门某年第1号复函")]
    document: String,
}

/// 监管确认。A supervisor's confirmation.
#[derive(Serialize, ToSchema)]
pub(super) struct ConfirmationOut {
    /// Its id.
    id: Uuid,
    /// The supervisor.
    institution_id: Uuid,
    /// The institution it is about.
    member_id: Uuid,
    /// What is confirmed.
    kind: ConfirmationKind,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
    /// Its source, in words.
    document: String,
}

impl From<Confirmation> for ConfirmationOut {
    fn from(confirmation: Confirmation) -> Self {
        let Confirmation { id, stater, member, kind, from, until, document, version: _ } = confirmation;
        let (from, until) = (from.date(), until.map(Day::date));
        Self { id, institution_id: stater.uuid(), member_id: member.uuid(), kind, from, until, document }
    }
}

/// 监管确认列表。The confirmations that the caller's institution has stated or that are about it.
#[utoipa::path(get, path = "/v1/supervisor-confirmations", tag = "supervision", operation_id = "list_confirmations", security(("bearer" = [])), params(ListingIn),
    responses((status = 200, description = "一页 A page", body = PageOut<ConfirmationOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    rows: Rows<Uuid>,
) -> Result<Json<PageOut<ConfirmationOut>>, Problem> {
    let confirmations = confirmation::list(&app, &caller, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, confirmations, |confirmation| confirmation.id.to_string()))
}

/// 监管确认。One confirmation that the caller's institution has stated or that is about it.
#[utoipa::path(get, path = "/v1/supervisor-confirmations/{id}", tag = "supervision", operation_id = "read_confirmation", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "确认 The confirmation", body = ConfirmationOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<ConfirmationOut>, Problem> {
    let confirmation = confirmation::get(&app, &caller, id).await?;
    Ok(Versioned::present(confirmation.version, confirmation))
}

/// 作出确认。States a confirmation about an institution that the caller's supervises today.
#[utoipa::path(put, path = "/v1/supervisor-confirmations/{id}", tag = "supervision", operation_id = "state_confirmation", security(("bearer" = [])),
    request_body = ConfirmationIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已确认 Stated before", body = ConfirmationOut),
        (status = 201, description = "已确认 Stated", body = ConfirmationOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<ConfirmationIn>,
) -> Result<Versioned<ConfirmationOut>, Problem> {
    let ConfirmationIn { member_id, kind, from: DayIn(from), until, document } = new;
    let (stater, member) = (caller.institution, InstitutionId::from_uuid(member_id));
    let until = until.map(|until| until.0);
    let new = Confirmation { id, stater, member, kind, from, until, document, version: 1 };
    let stated = confirmation::state(&app, &caller, new).await?;
    Ok(Versioned::put(stated, |confirmation| confirmation.version))
}

/// 修改终止日。Changes the end of a confirmation that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/supervisor-confirmations/{id}/end", tag = "supervision", operation_id = "end_confirmation", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = ConfirmationOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<ConfirmationOut>, Problem> {
    let changed = confirmation::replace_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.version, changed))
}
