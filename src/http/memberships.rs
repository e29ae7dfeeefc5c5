//! `/v1/memberships`: the dated tree of institutions.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, Page, PageIn},
};
use crate::{app::membership, auth::Relation, error::Problem, store::membership::Membership};
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

/// 隶属关系。A membership as put, below the caller's institution.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MembershipIn {
    /// The institution below.
    member_id: Uuid,
    /// What the caller's institution has to do with it.
    relation: Relation,
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2026-01-01")]
    from: Day,
    /// The day after the last; open without.
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-01")]
    until: Option<Day>,
}

/// 终止日。The end of a dated row.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndIn {
    /// The day after the last; open when null.
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-01")]
    pub(super) until: Option<Day>,
}

/// 隶属关系。A membership.
#[derive(Serialize, ToSchema)]
pub(super) struct MembershipOut {
    /// Its id.
    id: Uuid,
    /// The institution above.
    institution_id: Uuid,
    /// The institution below.
    member_id: Uuid,
    /// What the upper one has to do with the member.
    relation: Relation,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
}

impl From<Membership> for MembershipOut {
    fn from(Membership { id, upper, member, relation, from, until, version: _ }: Membership) -> Self {
        Self { id, institution_id: upper.uuid(), member_id: member.uuid(), relation, from, until }
    }
}

/// 隶属关系列表。The memberships in which the caller's institution is above or below.
#[utoipa::path(get, path = "/v1/memberships", tag = "memberships", operation_id = "list_memberships", security(("bearer" = [])), params(PageIn),
    responses((status = 200, description = "一页 A page", body = PageOut<MembershipOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    page: Page<Uuid>,
) -> Result<Json<PageOut<MembershipOut>>, Problem> {
    let memberships = membership::list(&app, &caller, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, memberships, |membership| membership.id.to_string()))
}

/// 隶属关系。One membership in which the caller's institution is above or below.
#[utoipa::path(get, path = "/v1/memberships/{id}", tag = "memberships", operation_id = "read_membership", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "隶属关系 The membership", body = MembershipOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<MembershipOut>, Problem> {
    let membership = membership::get(&app, &caller, id).await?;
    Ok(Versioned::present(membership.version, membership))
}

/// 登记隶属关系。States a membership below the caller's institution.
#[utoipa::path(put, path = "/v1/memberships/{id}", tag = "memberships", operation_id = "state_membership", security(("bearer" = [])), request_body = MembershipIn,
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = MembershipOut),
        (status = 201, description = "已登记 Stated", body = MembershipOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(MembershipIn { member_id, relation, from, until }): Body<MembershipIn>,
) -> Result<Versioned<MembershipOut>, Problem> {
    let (member, from, until) = (InstitutionId::from_uuid(member_id), from.date(), until.map(Day::date));
    let new = Membership { id, upper: caller.institution, member, relation, from, until, version: 1 };
    let stated = membership::state(&app, &caller, new).await?;
    Ok(Versioned::put(stated, |membership| membership.version))
}

/// 修改终止日。Changes the end of a membership that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/memberships/{id}/end", tag = "memberships", operation_id = "end_membership", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = MembershipOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<MembershipOut>, Problem> {
    let changed = membership::replace_end(&app, &caller, id, version.required()?, until.map(Day::date)).await?;
    Ok(Versioned::present(changed.version, changed))
}
