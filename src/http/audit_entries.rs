//! `/v1/audit-entries`: who did or was refused what at the caller's institution.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals},
    extract::{Caller, ListIn, Listed},
};
use crate::{
    app::audit,
    auth::Action,
    error::Problem,
    store::journal::{Entry, Outcome, Wanted},
};
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which audit entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EntriesIn {
    /// Only what was to be done so.
    #[param(inline)]
    action: Option<Action>,
    /// Only what ended so.
    #[param(inline)]
    outcome: Option<Outcome>,
    /// Only what this user or machine client did.
    actor_id: Option<Uuid>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for EntriesIn {
    type Wanted = Wanted;

    fn split(self) -> (Option<String>, Option<u64>, Wanted) {
        let Self { action, outcome, actor_id, after, limit } = self;
        (after, limit, Wanted { action, outcome, actor_id })
    }
}

/// 审计记录。An audit entry.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditEntryOut {
    /// Its number; counts up by one.
    seq: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: DateTime<Utc>,
    /// person, machine, nobody or operator.
    actor_kind: String,
    /// The user or machine client.
    actor_id: Option<Uuid>,
    /// What was to be done.
    action: String,
    /// done or refused.
    outcome: String,
    /// What kind of thing it was done to.
    object_kind: String,
    /// Which one.
    object_id: Option<Uuid>,
    /// More; no personal data.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// SHA-256 of this entry and the hash before it, in hexadecimal.
    hash: String,
}

impl From<Entry> for AuditEntryOut {
    fn from(entry: Entry) -> Self {
        let Entry { seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, hash } = entry;
        let hash = HEXLOWER.encode(&hash);
        Self { seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, hash }
    }
}

/// 审计记录列表。The institution's audit entries, newest first.
#[utoipa::path(get, path = "/v1/audit-entries", tag = "audit", operation_id = "list_audit_entries", security(("bearer" = [])), params(EntriesIn),
    responses((status = 200, description = "一页 A page", body = PageOut<AuditEntryOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<i64, EntriesIn>,
) -> Result<Json<PageOut<AuditEntryOut>>, Problem> {
    let entries = audit::list(&app, &caller, wanted, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, entries, |entry| entry.seq.to_string()))
}
