//! `/v1/contracts/{id}/first-loan`: whether a loan is the client's first from a bank.

use super::{
    AppState,
    answer::Refusals,
    extract::{Caller, Id},
};
use crate::{
    app::first_loan::{self, FirstLoan},
    error::Problem,
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{
    first_loan::{Earlier, Ground, Standing},
    value::{ContractId, Day},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get))
}

/// 首贷认定。Where what is derived and what is declared meet.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FirstLoanStanding {
    /// 首贷户：已声明，记录无相反情况
    First,
    /// 未声明：记录无相反情况
    Undeclared,
    /// 声明与记录不符
    Contradicted,
    /// 非首贷户
    NotFirst,
    /// 不适用：不是银行贷款
    NotALoan,
}

impl From<Standing> for FirstLoanStanding {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::First => Self::First,
            Standing::Undeclared => Self::Undeclared,
            Standing::Contradicted => Self::Contradicted,
            Standing::NotFirst => Self::NotFirst,
            Standing::NotALoan => Self::NotALoan,
        }
    }
}

/// 依据。What of the book shows an earlier bank loan.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FirstLoanGroundKind {
    /// 本机构此前担保的贷款已放款
    Guaranteed,
    /// 本合同载明客户在该银行有存量贷款
    BorrowsAtTheBank,
    /// 此前的合同载明客户在其银行有存量贷款
    BorrowedAtABank,
}

/// 依据。A ground, with the contract that it rests on.
#[derive(Serialize, ToSchema)]
pub(super) struct FirstLoanGroundOut {
    /// What it is.
    kind: FirstLoanGroundKind,
    /// The earlier contract; null where it is the contract itself.
    contract_id: Option<Uuid>,
    /// Its number.
    #[schema(example = "保2026-0001")]
    number: Option<String>,
    /// The day it came into force or was approved.
    on: Option<NaiveDate>,
}

impl From<Ground> for FirstLoanGroundOut {
    fn from(ground: Ground) -> Self {
        let of = |kind, Earlier { contract, number, on }| Self {
            kind,
            contract_id: Some(contract.uuid()),
            number: Some(number),
            on: Some(on.date()),
        };
        match ground {
            Ground::Guaranteed(earlier) => of(FirstLoanGroundKind::Guaranteed, earlier),
            Ground::BorrowedAtABank(earlier) => of(FirstLoanGroundKind::BorrowedAtABank, earlier),
            Ground::BorrowsAtTheBank => {
                Self { kind: FirstLoanGroundKind::BorrowsAtTheBank, contract_id: None, number: None, on: None }
            }
        }
    }
}

/// 首贷。Whether a loan is the client's first from a bank: what the book tells, and what is declared.
#[derive(Serialize, ToSchema)]
pub(super) struct FirstLoanOut {
    /// 日期。The day it is asked about: that of the disbursement or, before it, today.
    on: NaiveDate,
    /// 认定。What both come to.
    standing: FirstLoanStanding,
    /// 由记录推定。Whether nothing in the book speaks against it.
    derived: bool,
    /// 客户声明。Whether it is declared on the day.
    declared: bool,
    /// 声明来源。Who declares it, in words.
    declared_source: Option<String>,
    /// 声明起始日。Since when.
    declared_from: Option<NaiveDate>,
    /// 相反依据。What speaks against it, the earliest of each kind.
    grounds: Vec<FirstLoanGroundOut>,
    /// What it means and what is to be done, in Chinese.
    explanation: String,
    /// The same in English.
    explanation_en: String,
}

impl From<FirstLoan> for FirstLoanOut {
    fn from(FirstLoan { on, standing, grounds, declaration }: FirstLoan) -> Self {
        let explanation = standing.explanation();
        Self {
            on: on.date(),
            standing: standing.into(),
            derived: standing.is_derived(),
            declared: declaration.is_some(),
            declared_from: declaration.as_ref().map(|declaration| declaration.from).map(Day::date),
            declared_source: declaration.map(|declaration| declaration.source),
            grounds: grounds.into_iter().map(FirstLoanGroundOut::from).collect(),
            explanation: explanation.zh,
            explanation_en: explanation.en,
        }
    }
}

/// 首贷。Whether a contract is for the client's first bank loan: what the book tells, and what the client declares.
#[utoipa::path(get, path = "/v1/contracts/{id}/first-loan", tag = "contracts", operation_id = "read_first_loan", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "首贷认定 What is derived and declared", body = FirstLoanOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Json<FirstLoanOut>, Problem> {
    let found = first_loan::of_contract(&app, &caller, ContractId::from_uuid(id)).await?;
    Ok(Json(found.into()))
}
