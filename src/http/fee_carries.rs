//! `/v1/contracts/{id}/fee-carries`: unused fees of early releases that settle the fees of following contracts.

use super::{
    AppState,
    answer::Refusals,
    extract::{Body, Caller, Id, Ids},
};
use crate::{
    app::fee_carry::{self, Carries},
    error::Problem,
    store::fee_carry::{Entry, Open},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{fee_carry::Kind, value::ContractId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(carry)).routes(routes!(take_back))
}

/// 结转事项类别。What became of an unused fee.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FeeCarryKind {
    /// 解保后未用
    Unused,
    /// 解保已冲正
    UnusedReversed,
    /// 结转
    Carried,
    /// 冲正结转
    CarriedBack,
}

impl From<Kind> for FeeCarryKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Unused => Self::Unused,
            Kind::UnusedReversed => Self::UnusedReversed,
            Kind::Carried => Self::Carried,
            Kind::CarriedBack => Self::CarriedBack,
        }
    }
}

/// 结转事项。Something that became of an unused fee.
#[derive(Serialize, ToSchema)]
#[schema(as = FeeCarry)]
pub(super) struct FeeCarryOut {
    /// Its id: that of the act that led to it.
    id: Uuid,
    /// What it is.
    kind: FeeCarryKind,
    /// 解保事项。The release that left the fee unused.
    release_id: Uuid,
    /// 已解保合同。The released contract.
    contract_id: Uuid,
    /// 后续合同。The contract whose fee is settled.
    to_contract_id: Option<Uuid>,
    /// 金额（元）。How much.
    #[schema(example = "4958.90")]
    amount: String,
    /// The day it counts.
    effective_on: NaiveDate,
    /// The entry that it takes back.
    reverses: Option<Uuid>,
    /// Why, in words.
    reason: Option<String>,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    /// Who did it.
    actor_id: Option<Uuid>,
    /// Its number in the institution's journal.
    seq: i64,
}

impl From<Entry> for FeeCarryOut {
    fn from(Entry { carry, recorded_at, actor_id, seq }: Entry) -> Self {
        Self {
            id: carry.id,
            kind: carry.kind.into(),
            release_id: carry.release,
            contract_id: carry.contract.uuid(),
            to_contract_id: carry.to.map(ContractId::uuid),
            amount: carry.amount.to_string(),
            effective_on: carry.effective_on.date(),
            reverses: carry.reverses,
            reason: carry.reason,
            recorded_at,
            actor_id,
            seq,
        }
    }
}

/// 可结转的担保费。What a release of another contract of the same client left.
#[derive(Serialize, ToSchema)]
pub(super) struct OpenFeeOut {
    /// 解保事项。The release.
    release_id: Uuid,
    /// 已解保合同。The released contract.
    contract_id: Uuid,
    /// Its number.
    #[schema(example = "保2026-0001")]
    number: String,
    /// The day of the release.
    released_on: NaiveDate,
    /// 剩余（元）。How much is left.
    #[schema(example = "4958.90")]
    left: String,
}

impl From<Open> for OpenFeeOut {
    fn from(Open { release, contract, number, released_on, left }: Open) -> Self {
        let (contract_id, released_on) = (contract.uuid(), released_on.date());
        Self { release_id: release, contract_id, number, released_on, left: left.to_string() }
    }
}

/// 担保费结转。What a contract left, what settles its fee, and what could.
#[derive(Serialize, ToSchema)]
pub(super) struct FeeCarriesOut {
    /// 事项。Everything that happened, in order.
    items: Vec<FeeCarryOut>,
    /// 已由结转抵付的担保费（元）。What of its fee carried fees settle.
    #[schema(example = "4958.90")]
    settled: String,
    /// 尚应收取的担保费（元）。What of its fee is left to be paid.
    #[schema(example = "5041.10")]
    due: String,
    /// 可结转至本合同的担保费。What could be carried to it.
    open: Vec<OpenFeeOut>,
}

impl From<Carries> for FeeCarriesOut {
    fn from(Carries { entries, settled, due, open }: Carries) -> Self {
        Self {
            items: entries.into_iter().map(FeeCarryOut::from).collect(),
            settled: settled.to_string(),
            due: due.to_string(),
            open: open.into_iter().map(OpenFeeOut::from).collect(),
        }
    }
}

/// 结转。What is carried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FeeCarryIn {
    /// 解保事项。The release whose unused fee is carried: all that is left of it, or as much as the contract's fee still needs.
    release_id: Uuid,
}

/// 冲正结转。A carry that is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FeeCarryReversalIn {
    /// 结转事项。The carry.
    carry_id: Uuid,
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "重复结转")]
    reason: String,
}

/// 担保费结转。What became of a contract's unused fee, and what settles its fee; what could be carried to it besides.
#[utoipa::path(get, path = "/v1/contracts/{id}/fee-carries", tag = "contracts", operation_id = "list_fee_carries", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "全部 All of it", body = FeeCarriesOut), Refusals))]
async fn list(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Json<FeeCarriesOut>, Problem> {
    Ok(Json(fee_carry::of_contract(&app, &caller, ContractId::from_uuid(id)).await?.into()))
}

/// 结转担保费。Carries what a release left to a contract in force of the same client that follows it, where the agreement says so.
#[utoipa::path(put, path = "/v1/contracts/{id}/fee-carries/{act}", tag = "contracts", operation_id = "carry_fee", security(("bearer" = [])),
    request_body = FeeCarryIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已结转 Carried before", body = FeeCarryOut),
        (status = 201, description = "已结转 Carried", body = FeeCarryOut), Refusals))]
async fn carry(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(FeeCarryIn { release_id }): Body<FeeCarryIn>,
) -> Result<(StatusCode, Json<FeeCarryOut>), Problem> {
    fee_carry::carry(&app, &caller, ContractId::from_uuid(id), act, release_id).await.map(super::answer::put_act)
}

/// 冲正结转。Takes a carry back, whole; a second person does.
#[utoipa::path(put, path = "/v1/contracts/{id}/fee-carry-reversals/{act}", tag = "contracts", operation_id = "take_fee_carry_back", security(("bearer" = [])),
    request_body = FeeCarryReversalIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已冲正 Taken back before", body = FeeCarryOut),
        (status = 201, description = "已冲正 Taken back", body = FeeCarryOut), Refusals))]
async fn take_back(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(FeeCarryReversalIn { carry_id, reason }): Body<FeeCarryReversalIn>,
) -> Result<(StatusCode, Json<FeeCarryOut>), Problem> {
    let id = ContractId::from_uuid(id);
    fee_carry::take_back(&app, &caller, id, act, carry_id, reason).await.map(super::answer::put_act)
}
