//! `/v1/profile/second-factor`: the second factor of the caller, and its removal by an administrator.

use super::{
    AppState,
    answer::Refusals,
    extract::{Body, Caller, Id},
};
use crate::{app::second_factor, auth::SharedSecret, error::Problem};
use axum::{Json, extract::State, http::StatusCode};
use domain::value::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(propose)).routes(routes!(confirm)).routes(routes!(remove))
}

/// 二次验证密钥。A proposed second factor.
#[derive(Serialize, ToSchema)]
pub(super) struct ProposalOut {
    /// The secret to type into an authenticator app, in base32.
    secret: String,
    /// The same as an address for a picture (`otpauth://`).
    uri: Option<String>,
}

impl From<(SharedSecret, String)> for ProposalOut {
    fn from((secret, account): (SharedSecret, String)) -> Self {
        Self { secret: secret.to_base32(), uri: secret.to_uri(&account) }
    }
}

/// 验证码。The first code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeIn {
    /// The six digits that the app shows.
    #[schema(example = "287082")]
    code: String,
}

/// 恢复码。Codes for the day the phone is lost.
#[derive(Serialize, ToSchema)]
pub(super) struct RecoveryOut {
    /// Each stands in once for a code; never shown again.
    recovery_codes: Vec<String>,
}

/// 申请二次验证。Proposes a secret for an authenticator app; nothing is asked for until it is confirmed.
#[utoipa::path(put, path = "/v1/profile/second-factor", tag = "profile", operation_id = "propose_second_factor",
    security(("bearer" = [])), responses((status = 200, description = "密钥 The secret", body = ProposalOut), Refusals))]
async fn propose(State(app): State<AppState>, Caller(caller): Caller) -> Result<Json<ProposalOut>, Problem> {
    let proposal = second_factor::propose(&app, &caller).await?;
    Ok(Json(proposal.into()))
}

/// 启用二次验证。Sets up the proposed second factor by its first code; from then on every login asks for one.
#[utoipa::path(put, path = "/v1/profile/second-factor/confirmation", tag = "profile", operation_id = "confirm_second_factor",
    security(("bearer" = [])), request_body = CodeIn,
    responses((status = 200, description = "恢复码，不再显示 The recovery codes, never shown again", body = RecoveryOut), Refusals))]
async fn confirm(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Body(shown): Body<CodeIn>,
) -> Result<Json<RecoveryOut>, Problem> {
    let recovery_codes = second_factor::confirm(&app, &caller, &shown.code).await?;
    Ok(Json(RecoveryOut { recovery_codes }))
}

/// 停用用户的二次验证。Removes the second factor of a user who has lost it.
#[utoipa::path(delete, path = "/v1/users/{id}/second-factor", tag = "users", operation_id = "remove_second_factor",
    security(("bearer" = [])), params(("id" = Uuid, Path)),
    responses((status = 204, description = "已停用 Removed"), Refusals))]
async fn remove(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    second_factor::remove(&app, &caller, UserId::from_uuid(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
