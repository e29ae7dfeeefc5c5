//! `/v1/users`: the people of the caller's institution.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned, put_act},
    extract::{Body, Caller, Id, Ids, IfMatch, ListIn, Listed},
};
use crate::{
    app::{password, user},
    auth::Role,
    error::Problem,
    store::user::{AccountStatus, NewUser, User, Wanted},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::value::UserId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, put))
        .routes(routes!(offboard))
        .routes(routes!(issue_link))
}

/// Which users.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UsersIn {
    /// Only those with this role.
    #[param(inline)]
    role: Option<Role>,
    /// Only those with this status.
    #[param(inline)]
    status: Option<AccountStatus>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for UsersIn {
    type Wanted = Wanted;

    fn split(self) -> (Option<String>, Option<u64>, Wanted) {
        let Self { role, status, after, limit } = self;
        (after, limit, Wanted { role, status })
    }
}

/// 用户。A user as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserIn {
    /// The name to log in with; it does not change.
    #[schema(pattern = "^[a-z0-9][a-z0-9._-]{1,31}$", example = "zhang.san")]
    name: String,
    /// What others call the person.
    #[schema(min_length = 1, max_length = 100, example = "张三")]
    display_name: String,
    /// The one role.
    role: Role,
}

impl UserIn {
    fn into_new(self, id: Uuid) -> NewUser {
        let Self { name, display_name, role } = self;
        NewUser { id: UserId::from_uuid(id), name, display_name, role }
    }
}

/// 用户。A user.
#[derive(Serialize, ToSchema)]
pub(super) struct UserOut {
    /// The person's id.
    id: Uuid,
    /// The name to log in with.
    name: String,
    /// What others call the person.
    display_name: String,
    /// The one role.
    role: Role,
    /// Whether the person still works here.
    status: AccountStatus,
    /// The day the account ended.
    offboarded_on: Option<NaiveDate>,
}

impl From<User> for UserOut {
    fn from(user: User) -> Self {
        let User { id, name, display_name, role, status, offboarding: _, offboarded_on, version: _ } = user;
        Self { id: id.uuid(), name, display_name, role, status, offboarded_on }
    }
}

/// 一次性链接。A one-time link.
#[derive(Serialize, ToSchema)]
pub(super) struct LinkOut {
    /// The text for `POST /v1/passwords`; only in the first answer, never shown again. It serves once, for 72 hours.
    link: Option<String>,
}

impl From<Option<String>> for LinkOut {
    fn from(link: Option<String>) -> Self {
        Self { link }
    }
}

/// 用户列表。The institution's users.
#[utoipa::path(get, path = "/v1/users", tag = "users", operation_id = "list_users", security(("bearer" = [])), params(UsersIn),
    responses((status = 200, description = "一页 A page", body = PageOut<UserOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<Uuid, UsersIn>,
) -> Result<Json<PageOut<UserOut>>, Problem> {
    let users = user::list(&app, &caller, wanted, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, users, |user| user.id.to_string()))
}

/// 用户。One user.
#[utoipa::path(get, path = "/v1/users/{id}", tag = "users", operation_id = "read_user", security(("bearer" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, description = "用户 The user", body = UserOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Versioned<UserOut>, Problem> {
    let user = user::get(&app, &caller, UserId::from_uuid(id)).await?;
    Ok(Versioned::present(user.version, user))
}

/// 新增或修改用户。Adds a user; with `If-Match`, changes display name and role.
#[utoipa::path(put, path = "/v1/users/{id}", tag = "users", operation_id = "put_user", security(("bearer" = [])), request_body = UserIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已有或已修改 Known, or changed", body = UserOut),
        (status = 201, description = "已新增 Added", body = UserOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Body(new): Body<UserIn>,
) -> Result<Versioned<UserOut>, Problem> {
    let new = new.into_new(id);
    match version {
        None => user::create(&app, &caller, new).await.map(|user| Versioned::put(user, |user| user.version)),
        Some(version) => {
            user::replace(&app, &caller, version, new).await.map(|user| Versioned::present(user.version, user))
        }
    }
}

/// 离职。Ends a user's account, sessions and links from today on.
#[utoipa::path(put, path = "/v1/users/{id}/offboardings/{offboarding_id}", tag = "users", operation_id = "offboard_user", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("offboarding_id" = Uuid, Path)),
    responses((status = 200, description = "此前已办理 Done before", body = UserOut),
        (status = 201, description = "已办理 Done", body = UserOut), Refusals))]
async fn offboard(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
) -> Result<Versioned<UserOut>, Problem> {
    let user = user::offboard(&app, &caller, UserId::from_uuid(id), act).await?;
    Ok(Versioned::put(user, |user| user.version))
}

/// 发放一次性链接。Hands out a one-time link by which the user chooses a password; earlier links serve no longer.
#[utoipa::path(put, path = "/v1/users/{id}/links/{link_id}", tag = "users", operation_id = "issue_link", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("link_id" = Uuid, Path)),
    responses((status = 200, description = "此前已发放，不再显示 Handed out before, not shown again", body = LinkOut),
        (status = 201, description = "已发放 Handed out", body = LinkOut), Refusals))]
async fn issue_link(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, link): Ids,
) -> Result<(StatusCode, Json<LinkOut>), Problem> {
    password::issue_link(&app, &caller, UserId::from_uuid(id), link).await.map(put_act)
}
