//! `/v1/local-limits`: limits that are stricter than the law, or stand where it is silent.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, ListingIn, Rows},
    memberships::EndIn,
};
use crate::{
    app::local_limit,
    calculator::wire::{DayIn, RateIn},
    error::Problem,
    store::local_limit::{LimitRule, LocalLimit},
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

/// 地方限额。A local limit as put: no looser than the law of any day it covers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalLimitIn {
    /// 受约束机构：本机构，或由本机构再担保的机构。The caller's institution, or one that it re-guarantees today.
    member_id: Uuid,
    /// What it limits.
    rule: LimitRule,
    /// 地区或行业代码；不填为每一地区或行业。The one region or industry; every one without.
    #[schema(example = "330100")]
    key_code: Option<String>,
    /// The limit: 0.05 is 5 %, 8 is eight times.
    value: RateIn,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
    /// 依据。Its source, in words.
    #[schema(min_length = 1, max_length = 500, example = "某省再担保有限公司风险管理办法第八条")]
    document: String,
}

/// 地方限额。A local limit.
#[derive(Serialize, ToSchema)]
pub(super) struct LocalLimitOut {
    /// Its id.
    id: Uuid,
    /// The institution that states it.
    institution_id: Uuid,
    /// The institution it binds.
    member_id: Uuid,
    /// What it limits.
    rule: LimitRule,
    /// The one region or industry; every one without.
    key_code: Option<String>,
    /// The limit.
    #[schema(example = "0.05")]
    value: String,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
    /// Its source, in words.
    document: String,
}

impl From<LocalLimit> for LocalLimitOut {
    fn from(limit: LocalLimit) -> Self {
        let LocalLimit { id, stater, member, rule, key, value, from, until, document, version: _ } = limit;
        Self {
            id,
            institution_id: stater.uuid(),
            member_id: member.uuid(),
            rule,
            key_code: key,
            value: value.to_string(),
            from: from.date(),
            until: until.map(Day::date),
            document,
        }
    }
}

/// 地方限额列表。The limits that the caller's institution has stated or is bound by.
#[utoipa::path(get, path = "/v1/local-limits", tag = "local-limits", operation_id = "list_local_limits", security(("bearer" = [])), params(ListingIn),
    responses((status = 200, description = "一页 A page", body = PageOut<LocalLimitOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    rows: Rows<Uuid>,
) -> Result<Json<PageOut<LocalLimitOut>>, Problem> {
    let limits = local_limit::list(&app, &caller, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, limits, |limit| limit.id.to_string()))
}

/// 地方限额。One limit that the caller's institution has stated or is bound by.
#[utoipa::path(get, path = "/v1/local-limits/{id}", tag = "local-limits", operation_id = "read_local_limit", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "限额 The limit", body = LocalLimitOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<LocalLimitOut>, Problem> {
    let limit = local_limit::get(&app, &caller, id).await?;
    Ok(Versioned::present(limit.version, limit))
}

/// 设定限额。States a limit for the caller's institution, or for one that it re-guarantees today.
#[utoipa::path(put, path = "/v1/local-limits/{id}", tag = "local-limits", operation_id = "state_local_limit", security(("bearer" = [])),
    request_body = LocalLimitIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已设定 Stated before", body = LocalLimitOut),
        (status = 201, description = "已设定 Stated", body = LocalLimitOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<LocalLimitIn>,
) -> Result<Versioned<LocalLimitOut>, Problem> {
    let LocalLimitIn { member_id, rule, key_code: key, value: RateIn(value), from: DayIn(from), until, document } = new;
    let (stater, member) = (caller.institution, InstitutionId::from_uuid(member_id));
    let until = until.map(|until| until.0);
    let new = LocalLimit { id, stater, member, rule, key, value, from, until, document, version: 1 };
    let stated = local_limit::state(&app, &caller, new).await?;
    Ok(Versioned::put(stated, |limit| limit.version))
}

/// 修改终止日。Changes the end of a limit that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/local-limits/{id}/end", tag = "local-limits", operation_id = "end_local_limit", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = LocalLimitOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<LocalLimitOut>, Problem> {
    let changed = local_limit::replace_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.version, changed))
}
