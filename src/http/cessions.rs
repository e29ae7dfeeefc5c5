//! `/v1/cessions`: what is ceded to the caller's institution, contract by contract, and its decisions about the filing of each.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    agreement_terms::SharesOut,
    answer::{PageOut, Refusals, put_act},
    extract::{Asked, Body, Caller, Id, Ids, ListIn, Listed},
};
use crate::{
    app::cession::{self, Named, NewDecision, Whole},
    calculator::ClientKindIn,
    error::Problem,
    finding::FindingOut,
    store::{
        cession::{Cession, Fact, Order, Place, Sought},
        contract_event::EventKind,
        filing::Decision,
    },
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::{
    cession::Filing,
    client::ClientKind,
    value::{ContractId, Day, InstitutionId, Money},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get)).routes(routes!(decide))
}

/// 备案状态。Where the filing of a ceded contract stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = FilingState)]
#[serde(rename_all = "snake_case")]
pub(super) enum FilingState {
    /// 待备案
    Pending,
    /// 已备案
    Confirmed,
    /// 不予备案
    Refused,
    /// 无须备案
    NotNeeded,
}

impl From<Filing> for FilingState {
    fn from(filing: Filing) -> Self {
        match filing {
            Filing::Pending => Self::Pending,
            Filing::Confirmed => Self::Confirmed,
            Filing::Refused => Self::Refused,
            Filing::NotNeeded => Self::NotNeeded,
        }
    }
}

impl From<FilingState> for Filing {
    fn from(state: FilingState) -> Self {
        match state {
            FilingState::Pending => Self::Pending,
            FilingState::Confirmed => Self::Confirmed,
            FilingState::Refused => Self::Refused,
            FilingState::NotNeeded => Self::NotNeeded,
        }
    }
}

/// 备案决定。What an upper layer decides.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FilingDecision {
    /// 予以备案
    Confirmed,
    /// 不予备案
    Refused,
}

impl From<FilingDecision> for Filing {
    fn from(decision: FilingDecision) -> Self {
        match decision {
            FilingDecision::Confirmed => Self::Confirmed,
            FilingDecision::Refused => Self::Refused,
        }
    }
}

/// 顺序。In which order the ceded contracts are.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CessionOrder {
    /// 按分出机构和合同。By cedents and their contracts.
    #[default]
    Cedent,
    /// 审批日最早的在前。The one approved first comes first.
    Oldest,
}

impl From<CessionOrder> for Order {
    fn from(order: CessionOrder) -> Self {
        match order {
            CessionOrder::Cedent => Self::Cedent,
            CessionOrder::Oldest => Self::Oldest,
        }
    }
}

/// Which ceded contracts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CessionsIn {
    /// 分出机构。Only this cedent's.
    cedent: Option<Uuid>,
    /// 备案状态。Only those whose filing stands so.
    #[param(inline)]
    filing: Option<FilingState>,
    /// 合同编号的开头。Only those whose number begins so.
    #[param(min_length = 1, max_length = 100)]
    number: Option<String>,
    /// 行政区划代码的开头。Only those of regions whose code begins so.
    #[param(min_length = 1, max_length = 6, example = "3301")]
    region: Option<String>,
    /// 客户类型。Only those of such clients.
    #[param(inline, value_type = Option<ClientKindIn>)]
    client_kind: Option<ClientKind>,
    /// 是否有余额。Only those with something outstanding, or only those without.
    live: Option<bool>,
    /// 顺序。By cedents when left out.
    #[param(inline)]
    order: Option<CessionOrder>,
    /// `next` of the page before, in the same order; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for CessionsIn {
    type Wanted = Sought;

    fn split(self) -> (Option<String>, Option<u64>, Sought) {
        let Self { cedent, filing, number, region, client_kind, live, order, after, limit } = self;
        let (cedent, filing) = (cedent.map(InstitutionId::from_uuid), filing.map(Filing::from));
        let order = order.unwrap_or_default().into();
        (after, limit, Sought { cedent, filing, number, region, client_kind, live, order, ..Sought::default() })
    }
}

/// Whose contract.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CedentIn {
    /// 分出机构：仅当不止一家机构使用此合同编号时须注明。The cedent; needed only when several use the id.
    cedent_id: Option<Uuid>,
}

/// 分出合同。A ceded contract as it stands: facts that the cedent states.
#[derive(Serialize, ToSchema)]
pub(super) struct CessionOut {
    /// 分出机构。The cedent.
    cedent_id: Uuid,
    /// Its name.
    cedent_name: String,
    /// Its contract.
    contract_id: Uuid,
    /// Its number there.
    #[schema(example = "保2026-0001")]
    number: String,
    /// 最近事项。What happened last.
    last_event: EventKind,
    /// The day it counts.
    effective_on: NaiveDate,
    /// 客户类型。Who the client was at approval.
    #[schema(value_type = ClientKindIn)]
    client_kind: ClientKind,
    /// 行政区划。Its region.
    region_code: String,
    /// 行业。Its industry.
    industry_code: Option<String>,
    /// 银行。The lending bank.
    bank_id: Option<Uuid>,
    /// 借款合同编号。The loan contract's number.
    loan_number: Option<String>,
    /// The first day of the term.
    start: NaiveDate,
    /// The day after the last of the term.
    end: NaiveDate,
    /// 审批日。The day of the approval; unknown of the oldest.
    approved_on: Option<NaiveDate>,
    /// 担保金额（元）。The guaranteed amount, whole.
    #[schema(example = "1000000.00")]
    amount: String,
    /// 余额（元）。What is committed or outstanding, whole.
    #[schema(example = "1000000.00")]
    outstanding: String,
    /// 再担保费（元，分出机构申报）。The re-guarantee fee for the term, as the cedent states it.
    #[schema(example = "600.00")]
    fee: String,
    /// 分险比例。The caller's institution's share of the risk.
    #[schema(example = "0.2")]
    share: String,
    /// 备案状态。Where its filing stands.
    filing: FilingState,
    /// What was decided last.
    decision: Option<FilingDecisionOut>,
}

impl From<Cession> for CessionOut {
    fn from(cession: Cession) -> Self {
        let filing = cession.filing().into();
        let Cession { fact, decision } = cession;
        Self {
            cedent_id: fact.key.cedent.uuid(),
            cedent_name: fact.cedent_name,
            contract_id: fact.key.contract.uuid(),
            number: fact.number,
            last_event: fact.kind,
            effective_on: fact.effective_on.date(),
            client_kind: fact.client_kind,
            region_code: fact.region_code,
            industry_code: fact.industry_code,
            bank_id: fact.bank,
            loan_number: fact.loan_number,
            start: fact.start.date(),
            end: fact.end.date(),
            approved_on: fact.approved_on.map(Day::date),
            amount: fact.amount.to_string(),
            outstanding: fact.outstanding.to_string(),
            fee: fact.fee.to_string(),
            share: fact.share.to_string(),
            filing,
            decision: decision.map(FilingDecisionOut::from),
        }
    }
}

/// 分出事项。What happened to a ceded contract.
#[derive(Serialize, ToSchema)]
pub(super) struct CessionEventOut {
    /// The event at the cedent.
    id: Uuid,
    /// What it was.
    kind: EventKind,
    /// The day it counts.
    effective_on: NaiveDate,
    /// What is committed or outstanding after it, in yuan.
    #[schema(example = "600000.00")]
    outstanding: String,
    /// Its number in the cedent's journal.
    seq: i64,
}

impl From<Fact> for CessionEventOut {
    fn from(fact: Fact) -> Self {
        let effective_on = fact.effective_on.date();
        Self { id: fact.event, kind: fact.kind, effective_on, outstanding: fact.outstanding.to_string(), seq: fact.seq }
    }
}

/// 分出合同及其事项。A ceded contract with everything that happened to it.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeCessionOut {
    /// As it stands.
    cession: CessionOut,
    /// What happened, in the order it happened.
    events: Vec<CessionEventOut>,
    /// What the caller's institution has decided, in the order it was decided.
    decisions: Vec<FilingDecisionOut>,
    /// 风险分担比例。Who bears how much of the risk by the agreement; null when its terms are not known.
    shares: Option<SharesOut>,
    /// 再担保费（元，按协议条款复算）。The re-guarantee fee for the term by the agreement; null when its terms are not known.
    #[schema(example = "600.00")]
    fee_recomputed: Option<String>,
    /// 评估结论。What the rules of the day of the approval say of the shares and of the fee.
    findings: Vec<FindingOut>,
}

impl From<Whole> for WholeCessionOut {
    fn from(Whole { cession, facts, decisions, terms, fee_recomputed, findings }: Whole) -> Self {
        Self {
            cession: cession.into(),
            shares: terms.map(|terms| SharesOut::from(&terms.decided.shares)),
            fee_recomputed: fee_recomputed.as_ref().map(Money::to_string),
            findings: findings.into_iter().map(FindingOut::from).collect(),
            events: facts.into_iter().map(CessionEventOut::from).collect(),
            decisions: decisions.into_iter().map(FilingDecisionOut::from).collect(),
        }
    }
}

/// 备案决定。A decision about a filing, as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FilingDecisionIn {
    /// Confirmed or refused.
    decision: FilingDecision,
    /// 理由；不予备案时必填。Why, in words; a refusal has a reason. No personal data.
    #[schema(min_length = 1, max_length = 500, example = "贷款用途与备案要求不符")]
    reason: Option<String>,
    /// 分出机构：仅当不止一家机构使用此合同编号时须注明。The cedent; needed only when several use the id.
    cedent_id: Option<Uuid>,
}

/// 备案决定。What an upper layer has decided about the filing of a contract.
#[derive(Serialize, ToSchema)]
pub(super) struct FilingDecisionOut {
    /// Its id.
    id: Uuid,
    /// 上级机构。Who decided.
    institution_id: Uuid,
    /// 分出机构。The cedent.
    cedent_id: Uuid,
    /// Its contract.
    contract_id: Uuid,
    /// Confirmed or refused.
    #[schema(value_type = FilingDecision)]
    decision: FilingState,
    /// Why, in words.
    reason: Option<String>,
    /// The day.
    decided_on: NaiveDate,
    /// person or machine.
    actor_kind: String,
    /// The user or machine client.
    actor_id: Uuid,
    /// 分险比例。The share that was decided about.
    #[schema(example = "0.2")]
    share: String,
    /// Its number in the upper layer's journal.
    seq: i64,
}

impl From<Decision> for FilingDecisionOut {
    fn from(decision: Decision) -> Self {
        Self {
            id: decision.id,
            institution_id: decision.upper.uuid(),
            cedent_id: decision.key.cedent.uuid(),
            contract_id: decision.key.contract.uuid(),
            decision: decision.decision.into(),
            reason: decision.reason,
            decided_on: decision.decided_on.date(),
            actor_kind: decision.actor_kind,
            actor_id: decision.actor_id,
            share: decision.share.to_string(),
            seq: decision.seq,
        }
    }
}

/// 分出合同列表。What is ceded to the caller's institution, contract by contract.
#[utoipa::path(get, path = "/v1/cessions", tag = "cessions", operation_id = "list_cessions", security(("bearer" = [])), params(CessionsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<CessionOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Listed { page, wanted }: Listed<Place, CessionsIn>,
) -> Result<Json<PageOut<CessionOut>>, Problem> {
    let order = wanted.order;
    let sought = Sought { after: page.after, limit: page.and_one_more(), ..wanted };
    let cessions = cession::list(&app, &caller, sought).await?;
    Ok(PageOut::of(&page, cessions, |cession| cession.place(order).to_string()))
}

/// 分出合同。One ceded contract, with what happened to it and what was decided about it.
#[utoipa::path(get, path = "/v1/cessions/{contract_id}", tag = "cessions", operation_id = "read_cession", security(("bearer" = [])),
    params(("contract_id" = Uuid, Path), CedentIn), responses((status = 200, description = "分出合同 The ceded contract", body = WholeCessionOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Asked(CedentIn { cedent_id }): Asked<CedentIn>,
) -> Result<Json<WholeCessionOut>, Problem> {
    let named = Named { contract: ContractId::from_uuid(id), cedent: cedent_id.map(InstitutionId::from_uuid) };
    cession::get(&app, &caller, named).await.map(|whole| Json(whole.into()))
}

/// 备案决定。Confirms or refuses the filing of a ceded contract; the newest decision counts.
#[utoipa::path(put, path = "/v1/cessions/{contract_id}/filings/{act}", tag = "cessions", operation_id = "decide_filing", security(("bearer" = [])),
    request_body = FilingDecisionIn, params(("contract_id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "已有 Known", body = FilingDecisionOut),
        (status = 201, description = "已决定 Decided", body = FilingDecisionOut), Refusals))]
async fn decide(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
    Body(FilingDecisionIn { decision, reason, cedent_id }): Body<FilingDecisionIn>,
) -> Result<(StatusCode, Json<FilingDecisionOut>), Problem> {
    let named = Named { contract: ContractId::from_uuid(id), cedent: cedent_id.map(InstitutionId::from_uuid) };
    let new = NewDecision { id: act, named, decision: decision.into(), reason };
    cession::decide(&app, &caller, new).await.map(put_act)
}
