//! `/v1/profile`: the caller's own account.

use super::{
    AppState,
    answer::{Refusals, Versioned},
    extract::{Body, Caller, IfMatch},
    institutions::InstitutionOut,
    users::UserOut,
};
use crate::{
    app::{
        password,
        user::{self, Profile},
    },
    auth::{Action, InstitutionKind, Relation, Role},
    error::Problem,
};
use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get, replace)).routes(routes!(change_password))
}

/// 个人资料。What a person may change of the own account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileIn {
    /// What others call the person.
    #[schema(min_length = 1, max_length = 100, example = "张三")]
    display_name: String,
}

/// 个人资料。The caller's own account, and what it may do.
#[derive(Serialize, ToSchema)]
pub(super) struct ProfileOut {
    /// The account.
    #[serde(flatten)]
    user: UserOut,
    /// Whether every login asks for a code.
    second_factor: bool,
    /// The institution.
    institution: InstitutionOut,
    /// What the role may do.
    actions: Vec<Action>,
    /// Of these, what may not be done while the institution is suspended.
    stopped: Vec<Action>,
    /// The kinds of institutions that the caller's may onboard.
    onboards: Vec<InstitutionKind>,
    /// The relations in which the caller's institution may stand above others.
    relations: Vec<Relation>,
    /// The roles that people of the institution may have.
    roles: Vec<Role>,
}

impl From<Profile> for ProfileOut {
    fn from(profile: Profile) -> Self {
        let Profile { user, second_factor, institution, actions, stopped, onboards, relations, roles } = profile;
        let (user, institution) = (user.into(), institution.into());
        Self { user, second_factor, institution, actions, stopped, onboards, relations, roles }
    }
}

/// 修改口令。A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPasswordIn {
    /// The present password.
    #[schema(format = Password)]
    present_password: String,
    /// The new one: at least 12 characters, hard to guess.
    #[schema(format = Password)]
    new_password: String,
}

/// 个人资料。The caller's own account.
#[utoipa::path(get, path = "/v1/profile", tag = "profile", operation_id = "read_profile", security(("bearer" = [])),
    responses((status = 200, description = "个人资料 The account", body = ProfileOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller) -> Result<Versioned<ProfileOut>, Problem> {
    let profile = user::profile(&app, &caller).await?;
    Ok(Versioned::present(profile.user.version, profile))
}

/// 修改个人资料。Changes what others call the caller.
#[utoipa::path(put, path = "/v1/profile", tag = "profile", operation_id = "change_profile", security(("bearer" = [])), request_body = ProfileIn,
    params(("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = UserOut), Refusals))]
async fn replace(
    State(app): State<AppState>,
    Caller(caller): Caller,
    version: IfMatch,
    Body(profile): Body<ProfileIn>,
) -> Result<Versioned<UserOut>, Problem> {
    let user = user::change_profile(&app, &caller, version.required()?, profile.display_name).await?;
    Ok(Versioned::present(user.version, user))
}

/// 修改口令。Changes the caller's own password and ends the other sessions.
#[utoipa::path(put, path = "/v1/profile/password", tag = "profile", operation_id = "change_password", security(("bearer" = [])), request_body = NewPasswordIn,
    responses((status = 204, description = "口令已修改 The password is changed"), Refusals))]
async fn change_password(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Body(passwords): Body<NewPasswordIn>,
) -> Result<StatusCode, Problem> {
    password::change(&app, &caller, passwords.present_password, passwords.new_password).await?;
    Ok(StatusCode::NO_CONTENT)
}
