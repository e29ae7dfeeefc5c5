//! `/v1/contracts`: contracts as they stand, drafts, and a look at what the rules would say.

use super::{
    AppState,
    agreement_terms::SharesOut,
    answer::{Refusals, Versioned},
    contract_content::ContractIn,
    contract_versions::ContentOut,
    extract::{Body, Caller, Id, IfMatch},
};
use crate::{
    app::contract::{self, Evaluation},
    calculator::{ClientKindIn, SizeOutClass},
    error::Problem,
    finding::FindingOut,
    store::{
        agreement_terms::EarlyRelease,
        contract::{Contract, Fixed, TakenOver},
    },
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{
    booking::Verdict,
    client::ClientKind,
    contract::State as ContractState,
    value::{ContractId, Day, InstitutionId, Money},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get, put)).routes(routes!(check))
}

/// 合同状态。Where a contract stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ContractState)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateOut {
    /// 草稿
    Draft,
    /// 待审批
    Submitted,
    /// 已审批
    Approved,
    /// 在保
    InForce,
    /// 已解保
    Released,
    /// 已退回
    Rejected,
    /// 已撤回
    Withdrawn,
    /// 已取消
    Cancelled,
    /// 已失效
    Lapsed,
}

macro_rules! both_ways {
    ($($variant:ident),*) => {
        impl From<ContractState> for StateOut {
            fn from(state: ContractState) -> Self {
                match state { $(ContractState::$variant => Self::$variant),* }
            }
        }

        impl From<StateOut> for ContractState {
            fn from(state: StateOut) -> Self {
                match state { $(StateOut::$variant => Self::$variant),* }
            }
        }
    };
}

both_ways!(Draft, Submitted, Approved, InForce, Released, Rejected, Withdrawn, Cancelled, Lapsed);

/// 审批时确定的事实。What was fixed at approval, or would be.
#[derive(Serialize, ToSchema)]
pub(super) struct FixedOut {
    /// 客户类型。Who the client is.
    #[schema(value_type = ClientKindIn)]
    client_kind: ClientKind,
    /// 企业规模。Its size class.
    size: Option<SizeOutClass>,
    /// 行政区划。Its region.
    region_code: String,
    /// 行业。Its industry.
    industry_code: Option<String>,
    /// 省级再担保机构。The provincial re-guarantor that takes part.
    provincial_id: Option<Uuid>,
    /// 国家融资担保基金。The national fund, when it takes part.
    national_id: Option<Uuid>,
    /// 各方分险比例。Who bears how much.
    shares: SharesOut,
    /// 省级再担保费（元）。The provincial re-guarantee fee for the term.
    #[schema(example = "600.00")]
    provincial_fee: Option<String>,
    /// 国家融资担保基金再担保费（元）。The national one.
    #[schema(example = "600.00")]
    national_fee: Option<String>,
    /// 提前解保时担保费的处理。What becomes of the fee on early release.
    early_release: EarlyRelease,
    /// 审批日。The day of the approval.
    approved_on: NaiveDate,
}

impl From<&Fixed> for FixedOut {
    fn from(fixed: &Fixed) -> Self {
        let Fixed { client_kind, size, region_code, industry_code, provincial, national, shares, .. } = fixed;
        Self {
            client_kind: *client_kind,
            size: size.map(SizeOutClass::from),
            region_code: region_code.clone(),
            industry_code: industry_code.clone(),
            provincial_id: provincial.map(InstitutionId::uuid),
            national_id: national.map(InstitutionId::uuid),
            shares: shares.into(),
            provincial_fee: fixed.provincial_fee.as_ref().map(Money::to_string),
            national_fee: fixed.national_fee.as_ref().map(Money::to_string),
            early_release: fixed.early_release.into(),
            approved_on: fixed.approved_on.date(),
        }
    }
}

/// 担保合同。A contract.
#[derive(Serialize, ToSchema)]
pub(super) struct ContractOut {
    id: Uuid,
    #[serde(flatten)]
    content: ContentOut,
    /// In whose book it counts: the party, or the one it was merged into.
    client_id: Uuid,
    /// Where it stands.
    state: StateOut,
    /// Counts up with every change of the content; an approval names it.
    content_version: i64,
    /// Who drafted it.
    drafted_by: Uuid,
    /// Who submitted it last.
    submitted_by: Option<Uuid>,
    /// Who approved it or sent it back last.
    decided_by: Option<Uuid>,
    /// What its approval fixed.
    fixed: Option<FixedOut>,
    /// The last day on which an approved contract may be disbursed.
    disburse_by: Option<NaiveDate>,
    /// The day it came into force.
    begun_on: Option<NaiveDate>,
    /// The day it was wholly released, cancelled or lapsed.
    ended_on: Option<NaiveDate>,
    /// What is committed or outstanding, in yuan.
    #[schema(example = "1000000.00")]
    outstanding: String,
    /// What is known of it from an earlier book; null of a contract that was booked here.
    taken_over: Option<TakenOverOut>,
}

/// 承接的既有业务。What is known of a contract that came with an earlier book.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenOverOut {
    /// 导入批次。The import that took it over.
    import_id: Uuid,
    /// 担保费是否已知；未知时合同的担保费为0。Whether the fee and other charges are known; the fee is zero while they are not.
    fee_known: bool,
    /// 客户类型是否仅为申报。Whether the client's kind was declared, not judged from what the client filed.
    client_kind_declared: bool,
    /// 已核销本金（元）。What was charged off.
    #[schema(example = "125000.00")]
    charged_off: Option<String>,
    /// 核销日。The day it was charged off, where it is known.
    charged_off_on: Option<NaiveDate>,
}

impl From<TakenOver> for TakenOverOut {
    fn from(taken_over: TakenOver) -> Self {
        let TakenOver { import, fee_known, client_kind_declared, charged_off } = taken_over;
        Self {
            import_id: import,
            fee_known,
            client_kind_declared,
            charged_off: charged_off.map(|(amount, _)| amount.to_string()),
            charged_off_on: charged_off.and_then(|(_, day)| day).map(Day::date),
        }
    }
}

impl From<Contract> for ContractOut {
    fn from(contract: Contract) -> Self {
        let disburse_by = contract.life().ok().and_then(|life| life.disburse_by()).map(Day::date);
        let approved = contract.state == ContractState::Approved;
        Self {
            id: contract.id.uuid(),
            client_id: contract.client.uuid(),
            content: contract.content.into(),
            state: contract.state.into(),
            content_version: contract.content_version,
            drafted_by: contract.drafted_by,
            submitted_by: contract.submitted_by,
            decided_by: contract.decided_by,
            fixed: contract.fixed.as_ref().map(FixedOut::from),
            disburse_by: disburse_by.filter(|_| approved),
            begun_on: contract.begun_on.map(Day::date),
            ended_on: contract.ended_on.map(Day::date),
            outstanding: contract.outstanding.to_string(),
            taken_over: contract.taken_over.map(TakenOverOut::from),
        }
    }
}

/// 列表中的担保合同。A contract in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct ContractLineOut {
    #[serde(flatten)]
    contract: ContractOut,
    /// 客户名称。The name of the client in whose book it counts.
    #[schema(example = "青禾家庭农场有限公司")]
    client_name: String,
}

impl From<(Contract, String)> for ContractLineOut {
    fn from((contract, client_name): (Contract, String)) -> Self {
        Self { contract: contract.into(), client_name }
    }
}

/// 评估结论。What the findings come to.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = Verdict)]
#[serde(rename_all = "snake_case")]
pub(super) enum VerdictOut {
    /// 可以办理
    Bookable,
    /// 需书面例外
    NeedsException,
    /// 不得办理
    Refused,
}

impl From<Verdict> for VerdictOut {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Bookable => Self::Bookable,
            Verdict::NeedsException => Self::NeedsException,
            Verdict::Refused => Self::Refused,
        }
    }
}

/// 试算结果。What the rules say of a content today; nothing was written.
#[derive(Serialize, ToSchema)]
pub(super) struct EvaluationOut {
    /// 评估日。The day whose rules judged.
    on: NaiveDate,
    /// 结论。What the findings come to.
    verdict: VerdictOut,
    /// 各项规则的结论。Every finding.
    findings: Vec<FindingOut>,
    /// 审批时将确定的事实。What an approval today would fix.
    fixed: FixedOut,
    /// 办理后该客户的担保金额（元）。What the client would have here.
    #[schema(example = "1000000.00")]
    client_total_after: String,
}

impl TryFrom<Evaluation> for EvaluationOut {
    type Error = Problem;

    fn try_from(evaluation: Evaluation) -> Result<Self, Problem> {
        let decision = evaluation.decision();
        Ok(Self {
            on: evaluation.day.date(),
            verdict: decision.verdict.into(),
            findings: decision.findings.iter().cloned().map(FindingOut::from).collect(),
            fixed: evaluation.fixed().into(),
            client_total_after: decision.client_after.total.to_string(),
        })
    }
}

/// 担保合同。A contract of the institution.
#[utoipa::path(get, path = "/v1/contracts/{id}", tag = "contracts", operation_id = "read_contract", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "合同 The contract", body = ContractOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<ContractOut>, Problem> {
    let contract = contract::get(&app, &caller, ContractId::from_uuid(id)).await?;
    Ok(Versioned::present(contract.version, contract))
}

/// 录入或修改合同。Drafts a contract; with If-Match it changes the content of a draft, or of one that came back.
#[utoipa::path(put, path = "/v1/contracts/{id}", tag = "contracts", operation_id = "put_contract", security(("bearer" = [])), request_body = ContractIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag；新建时不带 The ETag read; none to draft")),
    responses((status = 200, description = "已修改，或此前已录入 Changed, or drafted before", body = ContractOut),
        (status = 201, description = "已录入 Drafted", body = ContractOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(new): Body<ContractIn>,
) -> Result<Versioned<ContractOut>, Problem> {
    let (id, content) = (ContractId::from_uuid(id), new.try_into()?);
    match version.0 {
        None => Ok(Versioned::put(contract::draft(&app, &caller, id, content).await?, |contract| contract.version)),
        Some(version) => {
            let changed = contract::replace(&app, &caller, id, version, content).await?;
            Ok(Versioned::present(changed.version, changed))
        }
    }
}

/// 试算。What every rule says of a content today; nothing is written.
#[utoipa::path(post, path = "/v1/contracts/check", tag = "contracts", operation_id = "check_contract", security(("bearer" = [])),
    request_body = ContractIn, responses((status = 200, description = "试算结果 What the rules say", body = EvaluationOut), Refusals))]
async fn check(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Body(new): Body<ContractIn>,
) -> Result<Json<EvaluationOut>, Problem> {
    contract::evaluate(&app, &caller, new.try_into()?).await?.try_into().map(Json)
}
