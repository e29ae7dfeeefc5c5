//! `/v1/party-groups` and `/v1/parties/{id}/group-memberships`: which clients count as one (683号 art. 16).

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, Ids, IfMatch, Page, PageIn},
    party_identifiers::FactEndIn,
};
use crate::{
    app::party_group,
    error::Problem,
    store::party_group::{Group, Member},
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::value::{Day, PartyGroupId, PartyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, put))
        .routes(routes!(list_members))
        .routes(routes!(join))
        .routes(routes!(leave))
}

/// 关联方组。A group as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyGroupIn {
    /// Its name; no personal data.
    #[schema(min_length = 1, max_length = 200, example = "青禾系")]
    name: String,
}

/// 关联方组。A group of related clients.
#[derive(Serialize, ToSchema)]
pub(super) struct PartyGroupOut {
    /// Its id.
    id: Uuid,
    /// Its name.
    name: String,
}

impl From<Group> for PartyGroupOut {
    fn from(Group { id, name, version: _ }: Group) -> Self {
        Self { id: id.uuid(), name }
    }
}

/// 归属关联方组。A party's place in a group as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberIn {
    /// The group.
    group_id: Uuid,
    /// The first day; today or earlier.
    #[schema(value_type = String, format = Date, example = "2026-01-01")]
    from: Day,
    /// The day after the last; open without.
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-01")]
    until: Option<Day>,
}

/// 归属关联方组。A party's place in a group.
#[derive(Serialize, ToSchema)]
pub(super) struct MemberOut {
    /// Its id.
    id: Uuid,
    /// The group.
    group_id: Uuid,
    /// The party.
    party_id: Uuid,
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

impl From<Member> for MemberOut {
    fn from(Member { id, group, party, from, until, seq, ended_seq, version }: Member) -> Self {
        Self { id, group_id: group.uuid(), party_id: party.uuid(), from, until, seq, ended_seq, version }
    }
}

/// 关联方组列表。The groups of related clients.
#[utoipa::path(get, path = "/v1/party-groups", tag = "parties", operation_id = "list_party_groups", security(("bearer" = [])), params(PageIn),
    responses((status = 200, description = "一页 A page", body = PageOut<PartyGroupOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    page: Page<Uuid>,
) -> Result<Json<PageOut<PartyGroupOut>>, Problem> {
    let groups = party_group::list(&app, &caller, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, groups, |group| group.id.to_string()))
}

/// 关联方组。One group.
#[utoipa::path(get, path = "/v1/party-groups/{id}", tag = "parties", operation_id = "read_party_group", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "关联方组 The group", body = PartyGroupOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<PartyGroupOut>, Problem> {
    let group = party_group::get(&app, &caller, PartyGroupId::from_uuid(id)).await?;
    Ok(Versioned::present(group.version, group))
}

/// 设立或更名关联方组。Makes a group; with `If-Match`, changes its name.
#[utoipa::path(put, path = "/v1/party-groups/{id}", tag = "parties", operation_id = "put_party_group", security(("bearer" = [])), request_body = PartyGroupIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已有或已更名 Known, or renamed", body = PartyGroupOut),
        (status = 201, description = "已设立 Made", body = PartyGroupOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Body(PartyGroupIn { name }): Body<PartyGroupIn>,
) -> Result<Versioned<PartyGroupOut>, Problem> {
    let id = PartyGroupId::from_uuid(id);
    match version {
        None => party_group::make(&app, &caller, id, name).await.map(|made| Versioned::put(made, |made| made.version)),
        Some(version) => party_group::rename(&app, &caller, id, version, name)
            .await
            .map(|changed| Versioned::present(changed.version, changed)),
    }
}

/// 组成员列表。The memberships of a group, past ones too.
#[utoipa::path(get, path = "/v1/party-groups/{id}/members", tag = "parties", operation_id = "list_party_group_members", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<MemberOut>), Refusals))]
async fn list_members(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Uuid>,
) -> Result<Json<PageOut<MemberOut>>, Problem> {
    let group = PartyGroupId::from_uuid(id);
    let found = party_group::list_members(&app, &caller, group, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, found, |member| member.id.to_string()))
}

/// 归入关联方组。Takes a party into a group; a party is in one group at a time.
#[utoipa::path(put, path = "/v1/parties/{id}/group-memberships/{membership_id}", tag = "parties", operation_id = "join_party_group", security(("bearer" = [])),
    request_body = MemberIn, params(("id" = Uuid, Path), ("membership_id" = Uuid, Path)),
    responses((status = 200, description = "此前已归入 Joined before", body = MemberOut),
        (status = 201, description = "已归入 Joined", body = MemberOut), Refusals))]
async fn join(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(MemberIn { group_id, from, until }): Body<MemberIn>,
) -> Result<Versioned<MemberOut>, Problem> {
    let (group, party) = (PartyGroupId::from_uuid(group_id), PartyId::from_uuid(party));
    let (from, until) = (from.date(), until.map(Day::date));
    let new = Member { id, group, party, from, until, seq: 0, ended_seq: None, version: 1 };
    Ok(Versioned::put(party_group::join(&app, &caller, new).await?, |member| member.version))
}

/// 退出关联方组。Ends a party's membership in a group.
#[utoipa::path(put, path = "/v1/parties/{id}/group-memberships/{membership_id}/end", tag = "parties", operation_id = "leave_party_group", security(("bearer" = [])),
    request_body = FactEndIn, params(("id" = Uuid, Path), ("membership_id" = Uuid, Path),
        ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已退出 Ended", body = MemberOut), Refusals))]
async fn leave(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    version: IfMatch,
    Body(FactEndIn { until }): Body<FactEndIn>,
) -> Result<Versioned<MemberOut>, Problem> {
    let (party, version) = (PartyId::from_uuid(party), version.required()?);
    let ended = party_group::leave(&app, &caller, party, id, version, until.date()).await?;
    Ok(Versioned::present(ended.version, ended))
}
