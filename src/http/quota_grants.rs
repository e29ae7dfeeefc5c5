//! `/v1/quota-grants`: what a re-guarantor lets a cedent use in a year.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, Page, PageIn},
};
use crate::{app::quota_grant, calculator::wire::Amount, error::Problem, store::quota_grant::QuotaGrant};
use axum::{Json, extract::State};
use domain::value::InstitutionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put))
}

/// 授信额度。A quota grant as put, by the re-guarantor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotaGrantIn {
    /// 分出机构。The institution below: the caller's re-guarantees it on a day of the year.
    cedent_id: Uuid,
    /// The calendar year.
    #[schema(minimum = 2000, maximum = 2999, example = 2026)]
    year: i32,
    /// 额度（元）；调减到已用额以下时，此后的业务不再登记。What is granted, in yuan; once below what is used, no more is booked.
    granted: Amount,
    /// 依据。The document that states it, in words.
    #[schema(min_length = 1, max_length = 500, example = "某省再担保有限公司关于下达2026年度授信额度的通知")]
    document: String,
}

/// 授信额度。A quota grant.
#[derive(Serialize, ToSchema)]
pub(super) struct QuotaGrantOut {
    /// Its id.
    id: Uuid,
    /// The re-guarantor, which grants it.
    institution_id: Uuid,
    /// The institution below, whose contracts use it.
    cedent_id: Uuid,
    /// The calendar year.
    #[schema(example = 2026)]
    year: i32,
    /// What is granted, in yuan.
    #[schema(example = "500000000.00")]
    granted: String,
    /// The document that states it, in words.
    document: String,
}

impl From<QuotaGrant> for QuotaGrantOut {
    fn from(QuotaGrant { id, reguarantor, cedent, year, granted, document, version: _ }: QuotaGrant) -> Self {
        let (institution_id, cedent_id) = (reguarantor.uuid(), cedent.uuid());
        Self { id, institution_id, cedent_id, year, granted: granted.to_string(), document }
    }
}

/// 授信额度列表。The quotas that the caller's institution has granted or may use.
#[utoipa::path(get, path = "/v1/quota-grants", tag = "quota-grants", operation_id = "list_quota_grants", security(("bearer" = [])), params(PageIn),
    responses((status = 200, description = "一页 A page", body = PageOut<QuotaGrantOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    page: Page<Uuid>,
) -> Result<Json<PageOut<QuotaGrantOut>>, Problem> {
    let grants = quota_grant::list(&app, &caller, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, grants, |grant| grant.id.to_string()))
}

/// 授信额度。One quota that the caller's institution has granted or may use.
#[utoipa::path(get, path = "/v1/quota-grants/{id}", tag = "quota-grants", operation_id = "read_quota_grant", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "额度 The grant", body = QuotaGrantOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<QuotaGrantOut>, Problem> {
    let grant = quota_grant::get(&app, &caller, id).await?;
    Ok(Versioned::present(grant.version, grant))
}

/// 下达或调整授信额度。Grants a quota; with `If-Match`, changes its amount and document.
#[utoipa::path(put, path = "/v1/quota-grants/{id}", tag = "quota-grants", operation_id = "put_quota_grant", security(("bearer" = [])), request_body = QuotaGrantIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已有或已调整 Known, or changed", body = QuotaGrantOut),
        (status = 201, description = "已下达 Granted", body = QuotaGrantOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Body(QuotaGrantIn { cedent_id, year, granted, document }): Body<QuotaGrantIn>,
) -> Result<Versioned<QuotaGrantOut>, Problem> {
    let (reguarantor, cedent) = (caller.institution, InstitutionId::from_uuid(cedent_id));
    let new = QuotaGrant { id, reguarantor, cedent, year, granted: granted.0, document, version: 1 };
    match version {
        None => quota_grant::grant(&app, &caller, new).await.map(|made| Versioned::put(made, |made| made.version)),
        Some(version) => quota_grant::replace(&app, &caller, version, new)
            .await
            .map(|changed| Versioned::present(changed.version, changed)),
    }
}
