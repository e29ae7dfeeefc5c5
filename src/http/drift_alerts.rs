//! `/v1/drift-alerts`: shares that fell below their limits without a booking.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals},
    extract::{Caller, ListIn, Listed},
};
use crate::{app::portfolio, error::Problem, store::drift_alert::Alert};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::value::Day;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AlertsIn {
    /// 是否未解除。Only the open ones, or with false only those that have ended; all when left out.
    open: Option<bool>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for AlertsIn {
    type Wanted = Option<bool>;

    fn split(self) -> (Option<String>, Option<u64>, Option<bool>) {
        (self.after, self.limit, self.open)
    }
}

/// 占比预警。A share that fell below its limit without a booking.
#[derive(Serialize, ToSchema)]
pub(super) struct DriftAlertOut {
    /// Its id.
    id: Uuid,
    /// 机构。The institution whose share fell.
    institution_id: Uuid,
    /// 规则。The rule whose share fell.
    #[schema(example = "share.small_agri")]
    rule: String,
    /// 发生日。The day it fell.
    raised_on: NaiveDate,
    /// 占比。The share of that day.
    #[schema(example = "0.799000")]
    measured: String,
    /// 下限。Its limit.
    #[schema(example = "0.800000")]
    limit: String,
    /// 解除日。The day it was back; open without.
    cleared_on: Option<NaiveDate>,
}

impl From<Alert> for DriftAlertOut {
    fn from(Alert { id, institution, rule, raised_on, measured, limit, cleared_on }: Alert) -> Self {
        let (institution_id, raised_on, cleared_on) = (institution.uuid(), raised_on.date(), cleared_on.map(Day::date));
        Self { id, institution_id, rule, raised_on, measured, limit, cleared_on }
    }
}

/// 占比预警列表。The institution's alerts and, for a re-guarantor, those of the institutions that cede to it; newest first.
#[utoipa::path(get, path = "/v1/drift-alerts", tag = "portfolio", operation_id = "list_drift_alerts", security(("bearer" = [])), params(AlertsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<DriftAlertOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted: open }: Listed<Uuid, AlertsIn>,
) -> Result<Json<PageOut<DriftAlertOut>>, Problem> {
    let alerts = portfolio::alerts(&app, &caller, open, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, alerts, |alert| alert.id.to_string()))
}
