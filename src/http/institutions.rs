//! `/v1/institutions`: the institutions of the system, administered by the one above.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned, put_act},
    extract::{Body, Caller, Id, Ids, IfMatch, ListIn, Listed},
    users::UserOut,
};
use crate::{
    app::institution,
    auth::{InstitutionKind, Role},
    error::Problem,
    store::{
        institution::{Decision, Event, Institution, NewInstitution, Status, Wanted},
        user::{NewUser, User},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::value::{InstitutionId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, put))
        .routes(routes!(decide))
        .routes(routes!(appoint))
}

/// Which institutions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct InstitutionsIn {
    /// 名称的一部分，或代码的开头。Part of a name, or the beginning of a code.
    #[param(max_length = 50)]
    search: Option<String>,
    /// Only those of this kind.
    #[param(inline)]
    kind: Option<InstitutionKind>,
    /// Only those with this status.
    #[param(inline)]
    status: Option<Status>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for InstitutionsIn {
    type Wanted = Wanted;

    fn split(self) -> (Option<String>, Option<u64>, Wanted) {
        let Self { search, kind, status, after, limit } = self;
        (after, limit, Wanted { search, kind, status })
    }
}

/// 机构。An institution as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InstitutionIn {
    /// The short name its people log in with; it does not change.
    #[schema(pattern = "^[a-z0-9][a-z0-9-]{1,31}$", example = "jiangnan-zaidanbao")]
    code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200, example = "江南省再担保有限公司")]
    name: String,
    /// What it is in the system; it does not change.
    kind: InstitutionKind,
    /// GB/T 2260, six digits.
    #[schema(pattern = "^[0-9]{6}$", example = "330000")]
    region_code: String,
}

impl InstitutionIn {
    fn into_new(self, id: Uuid) -> NewInstitution {
        let Self { code, name, kind, region_code } = self;
        NewInstitution { id: InstitutionId::from_uuid(id), code, name, kind, region_code }
    }
}

/// 机构。An institution.
#[derive(Serialize, ToSchema)]
pub(super) struct InstitutionOut {
    /// Its id.
    id: Uuid,
    /// The short name its people log in with.
    code: String,
    /// Its name.
    name: String,
    /// What it is in the system.
    kind: InstitutionKind,
    /// GB/T 2260, six digits.
    region_code: String,
    /// Whether it takes part.
    status: Status,
    /// The day the status began.
    status_since: NaiveDate,
    /// The day it was onboarded.
    joined_on: NaiveDate,
    /// Who onboarded it; itself for the first.
    onboarded_by: Uuid,
}

impl From<Institution> for InstitutionOut {
    fn from(institution: Institution) -> Self {
        let Institution {
            id,
            code,
            name,
            kind,
            region_code,
            status,
            status_since,
            joined_on,
            onboarded_by,
            version: _,
        } = institution;
        let (id, onboarded_by) = (id.uuid(), onboarded_by.uuid());
        Self { id, code, name, kind, region_code, status, status_since, joined_on, onboarded_by }
    }
}

/// 机构事项。A decision about an institution as put; it counts from today.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionIn {
    /// What is decided.
    decision: Decision,
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "放大倍数连续两季超限")]
    reason: String,
}

/// 机构事项。A decision about an institution.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionOut {
    /// Its id.
    id: Uuid,
    /// The institution it is about.
    institution_id: Uuid,
    /// What was decided.
    decision: Decision,
    /// The day it counts from.
    effective_on: NaiveDate,
    /// Why, in words.
    reason: String,
    /// Its number in the journal of whoever decided.
    seq: i64,
}

impl From<Event> for DecisionOut {
    fn from(Event { id, subject, decision, effective_on, reason, seq }: Event) -> Self {
        Self { id, institution_id: subject.uuid(), decision, effective_on, reason, seq }
    }
}

/// 首任管理员。The first administrator of an institution.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdministratorIn {
    /// The name to log in with.
    #[schema(pattern = "^[a-z0-9][a-z0-9._-]{1,31}$", example = "admin")]
    name: String,
    /// What others call the person.
    #[schema(min_length = 1, max_length = 100, example = "李四")]
    display_name: String,
}

/// 首任管理员。The first administrator with the one-time link.
#[derive(Serialize, ToSchema)]
pub(super) struct AdministratorOut {
    /// The account.
    user: UserOut,
    /// The text for `POST /v1/passwords`; only in the answer that makes it, never shown again. It serves once, for 72 hours.
    link: Option<String>,
}

impl From<(User, Option<String>)> for AdministratorOut {
    fn from((user, link): (User, Option<String>)) -> Self {
        Self { user: user.into(), link }
    }
}

/// 机构列表。The institutions, in the order of their codes.
#[utoipa::path(get, path = "/v1/institutions", tag = "institutions", operation_id = "list_institutions", security(("bearer" = [])), params(InstitutionsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<InstitutionOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<String, InstitutionsIn>,
) -> Result<Json<PageOut<InstitutionOut>>, Problem> {
    let institutions = institution::list(&app, &caller, wanted, page.after.clone(), page.and_one_more()).await?;
    Ok(PageOut::of(&page, institutions, |institution| institution.code.clone()))
}

/// 机构。One institution.
#[utoipa::path(get, path = "/v1/institutions/{id}", tag = "institutions", operation_id = "read_institution", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "机构 The institution", body = InstitutionOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<InstitutionOut>, Problem> {
    let institution = institution::get(&app, &caller, InstitutionId::from_uuid(id)).await?;
    Ok(Versioned::present(institution.version, institution))
}

/// 接纳或更正机构。Onboards an institution; with `If-Match`, corrects its name and region.
#[utoipa::path(put, path = "/v1/institutions/{id}", tag = "institutions", operation_id = "put_institution", security(("bearer" = [])), request_body = InstitutionIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已有或已更正 Known, or corrected", body = InstitutionOut),
        (status = 201, description = "已接纳 Onboarded", body = InstitutionOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Body(new): Body<InstitutionIn>,
) -> Result<Versioned<InstitutionOut>, Problem> {
    let new = new.into_new(id);
    match version {
        None => institution::onboard(&app, &caller, new).await.map(|made| Versioned::put(made, |made| made.version)),
        Some(version) => institution::replace(&app, &caller, version, new)
            .await
            .map(|changed| Versioned::present(changed.version, changed)),
    }
}

/// 暂停、恢复或退出。Suspends, reinstates or withdraws an institution that the caller's has onboarded.
#[utoipa::path(put, path = "/v1/institutions/{id}/decisions/{decision_id}", tag = "institutions", operation_id = "decide_institution", security(("bearer" = [])),
    request_body = DecisionIn, params(("id" = Uuid, Path), ("decision_id" = Uuid, Path)),
    responses((status = 200, description = "此前已决定 Decided before", body = DecisionOut),
        (status = 201, description = "已决定 Decided", body = DecisionOut), Refusals))]
async fn decide(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(DecisionIn { decision, reason }): Body<DecisionIn>,
) -> Result<(StatusCode, Json<DecisionOut>), Problem> {
    institution::decide(&app, &caller, InstitutionId::from_uuid(id), act, decision, reason).await.map(put_act)
}

/// 首任管理员。Makes the first administrator of an institution that the caller's has onboarded, until one has chosen a password. While the
/// person has not, the same request gives a new link, and another user takes the person's place; earlier links serve no longer.
#[utoipa::path(put, path = "/v1/institutions/{id}/administrators/{user_id}", tag = "institutions", operation_id = "appoint_administrator", security(("bearer" = [])),
    request_body = AdministratorIn, params(("id" = Uuid, Path), ("user_id" = Uuid, Path)),
    responses((status = 200, description = "此前已设 Made before", body = AdministratorOut),
        (status = 201, description = "已设 Made", body = AdministratorOut), Refusals))]
async fn appoint(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, user): Ids,
    Body(AdministratorIn { name, display_name }): Body<AdministratorIn>,
) -> Result<(StatusCode, Json<AdministratorOut>), Problem> {
    let new = NewUser { id: UserId::from_uuid(user), name, display_name, role: Role::Admin };
    institution::appoint_administrator(&app, &caller, InstitutionId::from_uuid(id), new).await.map(put_act)
}
