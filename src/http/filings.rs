//! `/v1/filings` and `/v1/contracts/{id}/filings`: what the upper layers have decided about the institution's contracts.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, put_act},
    cessions::{FilingDecision, FilingDecisionOut},
    contract_acts::ContractEventOut,
    extract::{Caller, Id, Ids3, ListIn, Listed},
};
use crate::{
    app::filing,
    error::Problem,
    store::{
        filing::{Application, Received},
        place::{NoPlace, halves},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::{
    cession::Filing,
    value::{ContractId, InstitutionId},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(of_contract)).routes(routes!(apply))
}

/// Which decisions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FilingsIn {
    /// 备案决定。Only those that stand so.
    #[param(inline)]
    state: Option<FilingDecision>,
    /// 是否已落实。Only those that were applied to the contract, or only those that were not.
    applied: Option<bool>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for FilingsIn {
    type Wanted = (Option<Filing>, Option<bool>);

    fn split(self) -> (Option<String>, Option<u64>, Self::Wanted) {
        (self.after, self.limit, (self.state.map(FilingDecision::into), self.applied))
    }
}

/// A contract and an upper layer: what a list of filings is in the order of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key(ContractId, InstitutionId);

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.0, self.1)
    }
}

impl FromStr for Key {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (contract, upper) = halves(text)?;
        Ok(Self(ContractId::from_uuid(contract), InstitutionId::from_uuid(upper)))
    }
}

/// 落实情况。What followed from a decision at the cedent.
#[derive(Serialize, ToSchema)]
pub(super) struct FilingApplicationOut {
    /// The event of the contract, with its finding.
    event_id: Uuid,
    /// 自担比例。What the institution bears itself in the upper layer's place; no money has moved.
    #[schema(example = "0.2")]
    borne_share: String,
    /// From which day.
    from: NaiveDate,
}

impl From<Application> for FilingApplicationOut {
    fn from(Application { event, borne, from }: Application) -> Self {
        Self { event_id: event, borne_share: borne.to_string(), from: from.date() }
    }
}

/// 备案。A decision about the filing of one of the institution's contracts.
#[derive(Serialize, ToSchema)]
pub(super) struct FilingOut {
    /// 合同编号。The contract's number.
    #[schema(example = "保2026-0001")]
    number: String,
    /// 上级机构。The name of whoever decided.
    upper_name: String,
    /// The decision.
    decision: FilingDecisionOut,
    /// What followed from it; null while it was not applied.
    application: Option<FilingApplicationOut>,
}

impl From<Received> for FilingOut {
    fn from(Received { decision, upper_name, number, application }: Received) -> Self {
        Self { number, upper_name, decision: decision.into(), application: application.map(FilingApplicationOut::from) }
    }
}

/// 一份合同的备案情况。What the upper layers have decided about a contract.
#[derive(Serialize, ToSchema)]
pub(super) struct FilingsOut {
    /// In the order it was decided; of each upper layer the newest counts.
    items: Vec<FilingOut>,
}

/// 备案列表。What each upper layer has decided last about each of the institution's contracts.
#[utoipa::path(get, path = "/v1/filings", tag = "cessions", operation_id = "list_filings", security(("bearer" = [])), params(FilingsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<FilingOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<Key, FilingsIn>,
) -> Result<Json<PageOut<FilingOut>>, Problem> {
    let after = page.after.map(|Key(contract, upper)| (contract, upper));
    let filings = filing::list(&app, &caller, wanted, after, page.and_one_more()).await?;
    let key = |received: &Received| Key(received.decision.key.contract, received.decision.upper).to_string();
    Ok(PageOut::of(&page, filings, key))
}

/// 合同的备案情况。What the upper layers have decided about a contract.
#[utoipa::path(get, path = "/v1/contracts/{id}/filings", tag = "cessions", operation_id = "list_contract_filings", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "备案情况 The decisions", body = FilingsOut), Refusals))]
async fn of_contract(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Json<FilingsOut>, Problem> {
    let received = filing::of_contract(&app, &caller, ContractId::from_uuid(id)).await?;
    Ok(Json(FilingsOut { items: received.into_iter().map(FilingOut::from).collect() }))
}

/// 落实备案决定。Applies an upper layer's newest decision to the contract: of a refused filing the institution bears the share itself.
#[utoipa::path(put, path = "/v1/contracts/{id}/filings/{decision}/applications/{act}", tag = "cessions", operation_id = "apply_filing",
    security(("bearer" = [])), params(("id" = Uuid, Path), ("decision" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "已有 Known", body = ContractEventOut),
        (status = 201, description = "已落实 Applied", body = ContractEventOut), Refusals))]
async fn apply(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids3(id, decision, act): Ids3,
) -> Result<(StatusCode, Json<ContractEventOut>), Problem> {
    filing::apply(&app, &caller, ContractId::from_uuid(id), decision, act).await.map(put_act)
}
