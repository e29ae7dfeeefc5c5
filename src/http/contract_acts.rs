//! `/v1/contracts/{id}/…`: what is done with a contract; every act has its own id and can be asked for again.

use super::{
    AppState,
    answer::{PageOut, Refusals},
    extract::{Body, Caller, Id, Ids, Page, PageIn},
};
use crate::{
    app::{approval, contract, contract_move},
    calculator::wire::{DayIn, PositiveAmount},
    error::Problem,
    finding::FindingOut,
    store::{
        Put,
        contract_event::{Event, EventKind, Exception, NewException, Place},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::ContractId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(events))
        .routes(routes!(submit))
        .routes(routes!(withdraw))
        .routes(routes!(reject))
        .routes(routes!(approve))
        .routes(routes!(cancel))
        .routes(routes!(disburse))
        .routes(routes!(release))
        .routes(routes!(reverse))
        .routes(routes!(evaluate))
        .routes(routes!(exceptions))
        .routes(routes!(grant))
}

/// 合同事项。What happened to a contract.
#[derive(Serialize, ToSchema)]
pub(super) struct ContractEventOut {
    /// Its id: that of the act.
    id: Uuid,
    /// The contract.
    contract_id: Uuid,
    /// What it was.
    kind: EventKind,
    /// The day it counts.
    effective_on: NaiveDate,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    /// person, machine or operator.
    actor_kind: String,
    /// The user or machine client.
    actor_id: Option<Uuid>,
    /// By how much the outstanding amount rose, or with a minus fell, in yuan.
    #[schema(example = "-400000.00")]
    amount: String,
    /// What is outstanding after it, in yuan.
    #[schema(example = "600000.00")]
    outstanding: String,
    /// What of the guarantee fee is refunded by the agreement, in yuan.
    #[schema(example = "0.00")]
    refund: String,
    /// The content it was about.
    content_version: i64,
    /// Why, in words.
    reason: Option<String>,
    /// The event that it reverses.
    reverses: Option<Uuid>,
    /// SHA-256 of the rulebook that judged.
    rulebook: Option<String>,
    /// Every finding of the decision.
    findings: Vec<FindingOut>,
    /// Its number in the institution's journal.
    seq: i64,
}

impl From<Event> for ContractEventOut {
    fn from(event: Event) -> Self {
        Self {
            id: event.id,
            contract_id: event.contract.uuid(),
            kind: event.kind,
            effective_on: event.effective_on.date(),
            recorded_at: event.recorded_at,
            actor_kind: event.actor_kind,
            actor_id: event.actor_id,
            amount: event.amount.to_string(),
            outstanding: event.outstanding.to_string(),
            refund: event.refund.to_string(),
            content_version: event.content_version,
            reason: event.reason,
            reverses: event.reverses,
            rulebook: event.rulebook,
            findings: event.findings,
            seq: event.seq,
        }
    }
}

/// 理由。Why something is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonIn {
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "材料不全，请补充纳税证明")]
    reason: String,
}

/// 审批。An approval.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalIn {
    /// The content that is approved; another one by now is 412.
    #[schema(minimum = 1, example = 1)]
    content_version: i64,
}

/// 日期。A day that something counts from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OnIn {
    /// The day; today or earlier.
    effective_on: DayIn,
}

/// 解保。A release.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReleaseIn {
    /// How much of the principal is repaid.
    amount: PositiveAmount,
    /// The day; today or earlier.
    effective_on: DayIn,
}

/// 冲正。A reversal of a release that was recorded in error.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReversalIn {
    /// The release.
    release_id: Uuid,
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "重复录入")]
    reason: String,
}

/// 重新评估。A look at a contract by the rules of any day.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EvaluationIn {
    /// The day whose rules judge.
    on: DayIn,
}

/// 书面例外。An exception to a rule of principle as granted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExceptionIn {
    /// The rule.
    #[schema(min_length = 1, max_length = 100, example = "fee.cap")]
    rule: String,
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "风险成本较高，经风险委员会同意")]
    reason: String,
    /// The last day on which the contract may be approved by it.
    expires_on: DayIn,
}

/// 书面例外。An exception to a rule of principle.
#[derive(Serialize, ToSchema)]
pub(super) struct ExceptionOut {
    id: Uuid,
    contract_id: Uuid,
    /// The rule.
    rule: String,
    /// The content it is for; it does not serve for another.
    content_version: i64,
    /// Why, in words.
    reason: String,
    /// The last day on which the contract may be approved by it.
    expires_on: NaiveDate,
    /// Who granted it.
    granted_by: Uuid,
    /// The day it was granted.
    granted_on: NaiveDate,
    /// Its number in the institution's journal.
    seq: i64,
}

impl From<Exception> for ExceptionOut {
    fn from(exception: Exception) -> Self {
        let Exception { id, contract, rule, content_version, reason, expires_on, granted_by, granted_on, seq } =
            exception;
        let (contract_id, expires_on, granted_by) = (contract.uuid(), expires_on.date(), granted_by.uuid());
        Self { id, contract_id, rule, content_version, reason, expires_on, granted_by, granted_on, seq }
    }
}

/// 书面例外列表。Every exception of a contract.
#[derive(Serialize, ToSchema)]
pub(super) struct ExceptionsOut {
    /// In the order they were granted.
    items: Vec<ExceptionOut>,
}

/// An act that was put: 201 when done now, 200 when known.
type Acted = (StatusCode, Json<ContractEventOut>);

fn acted(put: Put<Event>) -> Acted {
    super::answer::put_act(put)
}

/// 合同事项列表。What happened to a contract, in the order it happened.
#[utoipa::path(get, path = "/v1/contracts/{id}/events", tag = "contracts", operation_id = "list_contract_events", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<ContractEventOut>), Refusals))]
async fn events(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Place>,
) -> Result<Json<PageOut<ContractEventOut>>, Problem> {
    let events = contract::events(&app, &caller, ContractId::from_uuid(id), page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, events, |event| Place { seq: event.seq, event: event.id }.to_string()))
}

/// 提交审批。Puts a draft before an approver; 422 at once with every finding for what nobody can waive.
#[utoipa::path(put, path = "/v1/contracts/{id}/submissions/{act}", tag = "contracts", operation_id = "submit_contract", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已提交 Submitted before", body = ContractEventOut),
        (status = 201, description = "已提交 Submitted", body = ContractEventOut), Refusals))]
async fn submit(State(app): State<AppState>, Caller(caller): Caller, Ids(id, act): Ids) -> Result<Acted, Problem> {
    approval::submit(&app, &caller, ContractId::from_uuid(id), act).await.map(acted)
}

/// 撤回。Takes a draft or a submitted contract back.
#[utoipa::path(put, path = "/v1/contracts/{id}/withdrawals/{act}", tag = "contracts", operation_id = "withdraw_contract", security(("bearer" = [])),
    request_body = ReasonIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已撤回 Withdrawn before", body = ContractEventOut),
        (status = 201, description = "已撤回 Withdrawn", body = ContractEventOut), Refusals))]
async fn withdraw(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ReasonIn { reason }): Body<ReasonIn>,
) -> Result<Acted, Problem> {
    approval::withdraw(&app, &caller, ContractId::from_uuid(id), act, reason).await.map(acted)
}

/// 退回。Sends a submitted contract back.
#[utoipa::path(put, path = "/v1/contracts/{id}/rejections/{act}", tag = "contracts", operation_id = "reject_contract", security(("bearer" = [])),
    request_body = ReasonIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已退回 Sent back before", body = ContractEventOut),
        (status = 201, description = "已退回 Sent back", body = ContractEventOut), Refusals))]
async fn reject(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ReasonIn { reason }): Body<ReasonIn>,
) -> Result<Acted, Problem> {
    approval::reject(&app, &caller, ContractId::from_uuid(id), act, reason).await.map(acted)
}

/// 审批通过。Approves a submitted contract under the locks of the book; 422 with every finding when a rule refuses, which is recorded too.
#[utoipa::path(put, path = "/v1/contracts/{id}/approvals/{act}", tag = "contracts", operation_id = "approve_contract", security(("bearer" = [])),
    request_body = ApprovalIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已审批 Approved before", body = ContractEventOut),
        (status = 201, description = "已审批 Approved", body = ContractEventOut), Refusals))]
async fn approve(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ApprovalIn { content_version }): Body<ApprovalIn>,
) -> Result<Acted, Problem> {
    approval::approve(&app, &caller, ContractId::from_uuid(id), act, content_version).await.map(acted)
}

/// 取消。Gives up a contract that was approved; its commitment is free again.
#[utoipa::path(put, path = "/v1/contracts/{id}/cancellations/{act}", tag = "contracts", operation_id = "cancel_contract", security(("bearer" = [])),
    request_body = ReasonIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已取消 Cancelled before", body = ContractEventOut),
        (status = 201, description = "已取消 Cancelled", body = ContractEventOut), Refusals))]
async fn cancel(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ReasonIn { reason }): Body<ReasonIn>,
) -> Result<Acted, Problem> {
    contract_move::cancel(&app, &caller, ContractId::from_uuid(id), act, reason).await.map(acted)
}

/// 放款。Records that the loan was disbursed: the guarantee is in force.
#[utoipa::path(put, path = "/v1/contracts/{id}/disbursements/{act}", tag = "contracts", operation_id = "disburse_contract", security(("bearer" = [])),
    request_body = OnIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Recorded before", body = ContractEventOut),
        (status = 201, description = "已登记 Recorded", body = ContractEventOut), Refusals))]
async fn disburse(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(OnIn { effective_on }): Body<OnIn>,
) -> Result<Acted, Problem> {
    contract_move::disburse(&app, &caller, ContractId::from_uuid(id), act, effective_on.0).await.map(acted)
}

/// 解保。Records that principal was repaid, in part or whole; never refused by a rule.
#[utoipa::path(put, path = "/v1/contracts/{id}/releases/{act}", tag = "contracts", operation_id = "release_contract", security(("bearer" = [])),
    request_body = ReleaseIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Recorded before", body = ContractEventOut),
        (status = 201, description = "已登记 Recorded", body = ContractEventOut), Refusals))]
async fn release(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ReleaseIn { amount, effective_on }): Body<ReleaseIn>,
) -> Result<Acted, Problem> {
    let id = ContractId::from_uuid(id);
    contract_move::release(&app, &caller, id, act, amount.0, effective_on.0).await.map(acted)
}

/// 冲正解保。Takes back a release that was recorded in error; a second person does.
#[utoipa::path(put, path = "/v1/contracts/{id}/release-reversals/{act}", tag = "contracts", operation_id = "reverse_release", security(("bearer" = [])),
    request_body = ReversalIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已冲正 Reversed before", body = ContractEventOut),
        (status = 201, description = "已冲正 Reversed", body = ContractEventOut), Refusals))]
async fn reverse(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ReversalIn { release_id, reason }): Body<ReversalIn>,
) -> Result<Acted, Problem> {
    let id = ContractId::from_uuid(id);
    contract_move::reverse_release(&app, &caller, id, act, release_id, reason).await.map(acted)
}

/// 重新评估。Judges a contract by the rules of any day, with the book as it is now and the contract taken out of it; kept, and nothing else.
#[utoipa::path(put, path = "/v1/contracts/{id}/evaluations/{act}", tag = "contracts", operation_id = "evaluate_contract", security(("bearer" = [])),
    request_body = EvaluationIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已评估 Evaluated before", body = ContractEventOut),
        (status = 201, description = "已评估 Evaluated", body = ContractEventOut), Refusals))]
async fn evaluate(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(EvaluationIn { on }): Body<EvaluationIn>,
) -> Result<Acted, Problem> {
    approval::reevaluate(&app, &caller, ContractId::from_uuid(id), act, on.0).await.map(acted)
}

/// 书面例外列表。The exceptions of a contract.
#[utoipa::path(get, path = "/v1/contracts/{id}/exceptions", tag = "contracts", operation_id = "list_contract_exceptions", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "全部 All of them", body = ExceptionsOut), Refusals))]
async fn exceptions(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Json<ExceptionsOut>, Problem> {
    let granted = contract::exceptions(&app, &caller, ContractId::from_uuid(id)).await?;
    Ok(Json(ExceptionsOut { items: granted.into_iter().map(ExceptionOut::from).collect() }))
}

/// 批准书面例外。Grants an exception to a rule of principle for the content a submitted contract has now; a second person does.
#[utoipa::path(put, path = "/v1/contracts/{id}/exceptions/{act}", tag = "contracts", operation_id = "grant_exception", security(("bearer" = [])),
    request_body = ExceptionIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已批准 Granted before", body = ExceptionOut),
        (status = 201, description = "已批准 Granted", body = ExceptionOut), Refusals))]
async fn grant(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(ExceptionIn { rule, reason, expires_on }): Body<ExceptionIn>,
) -> Result<(StatusCode, Json<ExceptionOut>), Problem> {
    let new = NewException { id: act, rule, reason, expires_on: expires_on.0 };
    let granted = approval::grant_exception(&app, &caller, ContractId::from_uuid(id), new).await?;
    Ok(super::answer::put_act(granted))
}
