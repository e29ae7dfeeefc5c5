//! `/v1/sessions`, `/v1/machine-sessions`, `/v1/passwords`: coming in and leaving.
//!
//! A program keeps its refresh token itself. A page of ours says `x-zengxin-session: cookie`, and the browser keeps it where no
//! script reads it.

use super::{
    AppState,
    answer::{LoginRefusals, Refusals},
    browser::{self, Session},
    extract::{Body, Caller},
    limits::limited,
};
use crate::{
    app::{
        login::{self, Keeper, Shown, Tokens},
        password,
    },
    auth::Access,
    error::Problem,
    input,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{AppendHeaders, IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes, those open to strangers limited by address.
pub(super) fn router() -> OpenApiRouter<AppState> {
    let login =
        OpenApiRouter::new().routes(routes!(create)).routes(routes!(create_for_machine)).routes(routes!(redeem));
    // Counted by itself: every page that a browser opens begins with one, and must not use up the tries of a login.
    let refresh = OpenApiRouter::new().routes(routes!(refresh));
    limited(login).merge(limited(refresh)).routes(routes!(end))
}

/// 登录。A login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginIn {
    /// The institution's code.
    #[schema(example = "guojia-jijin")]
    institution_code: String,
    /// The user's name.
    #[schema(example = "zhang.san")]
    user: String,
    /// The password.
    #[schema(format = Password)]
    password: String,
    /// The six digits of the authenticator app, or a recovery code, when the account has a second factor.
    #[schema(example = "287082")]
    code: Option<String>,
}

/// 刷新。A refresh.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshIn {
    /// The refresh token given last; it serves once. A browser leaves it out: its cookie has it.
    refresh_token: Option<String>,
}

/// 令牌。What is given at a login or a refresh.
#[derive(Serialize, ToSchema)]
pub(super) struct TokensOut {
    /// For the `Authorization` header of every request.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// The life of the access token, in seconds.
    expires_in: i64,
    /// How long the session lasts at most, in seconds.
    session_expires_in: i64,
    /// For the next refresh, once; shown twice, it ends the session. Not here when a browser keeps it in its cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// The answer to a login or a refresh: a browser is given the refresh token in its cookie, a program in the body.
fn given(tokens: Tokens, session: &Session) -> Response {
    let Tokens { access: Access { token, expires_in_seconds }, refresh, session_seconds } = tokens;
    let mut out = TokensOut {
        access_token: token,
        token_type: "Bearer",
        expires_in: expires_in_seconds,
        session_expires_in: session_seconds,
        refresh_token: None,
    };
    match session.keeper {
        Keeper::Browser => (StatusCode::CREATED, [session.keep(&refresh, session_seconds)], Json(out)).into_response(),
        Keeper::Program => {
            out.refresh_token = Some(refresh);
            (StatusCode::CREATED, Json(out)).into_response()
        }
    }
}

/// 机器登录。A machine's login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MachineLoginIn {
    /// The id that was given with the secret.
    client_id: String,
    /// The secret.
    #[schema(format = Password)]
    client_secret: String,
}

/// 机器令牌。What a machine is given.
#[derive(Serialize, ToSchema)]
pub(super) struct MachineTokenOut {
    /// For the `Authorization` header of every request.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// The life of the access token, in seconds.
    expires_in: i64,
}

impl From<Access> for MachineTokenOut {
    fn from(Access { token, expires_in_seconds }: Access) -> Self {
        Self { access_token: token, token_type: "Bearer", expires_in: expires_in_seconds }
    }
}

/// 设置口令。A password chosen by a one-time link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordIn {
    /// The one-time link's text.
    link: String,
    /// The password: at least 12 characters, hard to guess.
    #[schema(format = Password)]
    password: String,
}

/// 登录。Logs a person in; wrong code, name or password are answered alike, repeated failures lock the account.
#[utoipa::path(post, path = "/v1/sessions", tag = "sessions", operation_id = "log_in", request_body = LoginIn, security(()),
    params(("x-zengxin-session" = Option<String>, Header, description = "填 cookie，由浏览器保存刷新令牌 `cookie`: the browser keeps the refresh token")),
    responses((status = 201, description = "已登录 Logged in", body = TokensOut), LoginRefusals))]
async fn create(
    State(app): State<AppState>,
    session: Session,
    Body(login): Body<LoginIn>,
) -> Result<Response, Problem> {
    let LoginIn { institution_code, user, password, code } = login;
    let tokens = login::log_in(&app, Shown { institution_code, user, password, code }).await?;
    Ok(given(tokens, &session))
}

/// 刷新令牌。Exchanges a refresh token for new tokens.
#[utoipa::path(post, path = "/v1/sessions/refreshes", tag = "sessions", operation_id = "refresh_session", request_body = RefreshIn,
    params(("x-zengxin-session" = Option<String>, Header, description = "填 cookie，刷新令牌在浏览器中 `cookie`: the browser has the refresh token")),
    security(()), responses((status = 201, description = "新的令牌 New tokens", body = TokensOut), LoginRefusals))]
async fn refresh(
    State(app): State<AppState>,
    session: Session,
    Body(shown): Body<RefreshIn>,
) -> Result<Response, Problem> {
    let token = match session.keeper {
        Keeper::Browser => session.kept.clone().ok_or_else(Problem::unauthenticated)?,
        Keeper::Program => shown.refresh_token.ok_or_else(missing)?,
    };
    let tokens = login::refresh(&app, &token, session.keeper).await?;
    Ok(given(tokens, &session))
}

fn missing() -> Problem {
    let fault = input::field("refresh_token", "required", "缺少刷新令牌。", "The refresh token is missing.");
    input::invalid(vec![fault])
}

/// 机器登录。Logs a machine in by its client credentials.
#[utoipa::path(post, path = "/v1/machine-sessions", tag = "sessions", operation_id = "log_in_machine", request_body = MachineLoginIn,
    security(()), responses((status = 201, description = "已登录 Logged in", body = MachineTokenOut), LoginRefusals))]
async fn create_for_machine(
    State(app): State<AppState>,
    Body(login): Body<MachineLoginIn>,
) -> Result<(StatusCode, Json<MachineTokenOut>), Problem> {
    let access = login::log_in_machine(&app, &login.client_id, &login.client_secret).await?;
    Ok((StatusCode::CREATED, Json(access.into())))
}

/// 设置口令。Chooses a password by a one-time link.
#[utoipa::path(post, path = "/v1/passwords", tag = "sessions", operation_id = "redeem_link", request_body = PasswordIn, security(()),
    responses((status = 204, description = "口令已设置 The password is set"), LoginRefusals))]
async fn redeem(State(app): State<AppState>, Body(chosen): Body<PasswordIn>) -> Result<StatusCode, Problem> {
    password::redeem_link(&app, &chosen.link, chosen.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 退出登录。Ends the session of the access token.
#[utoipa::path(delete, path = "/v1/sessions/current", tag = "sessions", operation_id = "log_out", security(("bearer" = [])),
    responses((status = 204, description = "已退出 Logged out"), Refusals))]
async fn end(State(app): State<AppState>, Caller(caller): Caller, headers: HeaderMap) -> Result<Response, Problem> {
    login::log_out(&app, &caller).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders(browser::forget(&headers))).into_response())
}
