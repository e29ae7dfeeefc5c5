//! What a contract says, as it is put: its shapes, and the bounds beyond which a figure was mistyped.

use crate::{
    calculator::wire::{Amount, DayIn, PositiveAmount, RateIn},
    error::Problem,
    input,
    store::contract::{Content, ContractKind, ExistingLoan, NamedCharge, Payee, ProductKey, Purpose},
};
use domain::value::{InstitutionId, PartyId, Rate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// 其他收费。A charge beside interest and the guarantee fee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChargeIn {
    /// 收款方。Who receives it.
    payee: Payee,
    /// 名称。What it is called.
    #[schema(min_length = 1, max_length = 100, example = "评估费")]
    name: String,
    /// 金额（元）。How much.
    amount: PositiveAmount,
}

/// 产品。A product, by who states it.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductKeyIn {
    /// The institution that states it.
    pub(super) stated_by: Uuid,
    /// Its id there.
    pub(super) id: Uuid,
}

/// 创业担保贷款的企业用工。Hires and staff of an enterprise with a start-up loan.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StartupIn {
    /// 当年新招用符合条件人员，签订1年以上劳动合同。Qualifying hires of the year, each on a contract of at least a year.
    #[schema(maximum = 1_000_000)]
    pub(super) hires: u32,
    /// 在职职工。Staff in service.
    #[schema(maximum = 1_000_000)]
    pub(super) staff: u32,
}

/// 担保合同。A contract as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContractIn {
    /// 合同编号，本机构内唯一。Its number, unique at the institution.
    #[schema(min_length = 1, max_length = 100, example = "保2026-0001")]
    number: String,
    /// 被担保人。The guaranteed party.
    party_id: Uuid,
    /// 分险协议。The agreement it is booked under.
    agreement_id: Uuid,
    /// 产品；一般业务不填。The product; none for an ordinary contract.
    product: Option<ProductKeyIn>,
    /// 产品规定的客户类别。The client's grade, where the product has grades.
    #[schema(max_length = 100)]
    client_grade: Option<String>,
    /// 担保品种。What is guaranteed.
    kind: ContractKind,
    /// 债券发行人评级。The rating of a bond's issuer.
    #[schema(max_length = 20, example = "AA+")]
    issuer_rating: Option<String>,
    /// 贷款银行。The lending bank; a loan names it.
    bank_id: Option<Uuid>,
    /// 网点。Its branch.
    branch_id: Option<Uuid>,
    /// 借款合同编号。The loan contract's number.
    #[schema(max_length = 100)]
    loan_number: Option<String>,
    /// 贷款本金（元）。The loan's principal.
    principal: PositiveAmount,
    /// 贷款年利率。The loan's interest rate per year.
    loan_rate: RateIn,
    /// 单户授信额度（元）。The client's credit line at the bank.
    credit_line: Amount,
    /// 是否经营性贷款。Whether it is an operating loan.
    operating_loan: bool,
    /// 客户在该银行的存量贷款。Whether the client borrows at the bank already.
    existing_loan: ExistingLoan,
    /// 资金用途。What the money is for.
    purpose: Purpose,
    /// 担保金额（元），不超过本金。The guaranteed amount; at most the principal.
    amount: PositiveAmount,
    /// 整个期间的担保费（元）。The guarantee fee for the whole term.
    fee: Amount,
    /// 其他收费。Every other charge.
    #[serde(default)]
    #[schema(max_items = 20)]
    charges: Vec<ChargeIn>,
    /// 签订日。The day it was signed.
    signed_on: DayIn,
    /// 起始日。The first day of its term.
    start: DayIn,
    /// 到期日，当日不计入。The day after the last of its term.
    end: DayIn,
    /// 创业担保贷款的企业用工。Hires and staff, of a start-up loan to an enterprise.
    startup: Option<StartupIn>,
    /// 反担保措施。The counter-guarantee in words.
    #[serde(default)]
    #[schema(max_length = 500, example = "法定代表人连带责任保证")]
    counter_guarantee: String,
    /// 政策标签，每个一词。Policy tags, each one word.
    #[serde(default)]
    #[schema(max_items = 20)]
    tags: Vec<String>,
}

/// The most charges or tags of a contract.
const LONGEST_LIST: usize = 20;

impl TryFrom<ContractIn> for Content {
    type Error = Problem;

    fn try_from(new: ContractIn) -> Result<Self, Problem> {
        let ContractIn { number, party_id, agreement_id, product, client_grade, kind, issuer_rating, bank_id, .. } =
            new;
        for (field, length) in [("charges", new.charges.len()), ("tags", new.tags.len())] {
            if length > LONGEST_LIST {
                let fault = input::field(field, "too_many", "最多20项。", "At most 20 of them.");
                return Err(input::invalid(vec![fault]));
            }
        }
        let charge = |charge: ChargeIn| NamedCharge {
            payee: charge.payee,
            name: charge.name,
            amount_fen: charge.amount.0.fen(),
        };
        Ok(Self {
            number,
            party: PartyId::from_uuid(party_id),
            agreement: Some(agreement_id),
            product: product
                .map(|product| ProductKey { stated_by: InstitutionId::from_uuid(product.stated_by), id: product.id }),
            client_grade,
            kind,
            issuer_rating,
            bank: bank_id,
            branch: new.branch_id,
            loan_number: new.loan_number,
            principal: new.principal.0,
            loan_rate: small_rate(new.loan_rate)?,
            credit_line: new.credit_line.0,
            operating_loan: new.operating_loan,
            existing_loan: new.existing_loan,
            purpose: new.purpose,
            amount: new.amount.0,
            fee: new.fee.0,
            charges: new.charges.into_iter().map(charge).collect(),
            signed_on: new.signed_on.0,
            start: new.start.0,
            end: new.end.0,
            startup: new.startup.map(startup).transpose()?,
            counter_guarantee: new.counter_guarantee,
            tags: new.tags,
        })
    }
}

/// An interest rate of at most ten times the principal a year: beyond it a digit was mistyped.
fn small_rate(rate: RateIn) -> Result<Rate, Problem> {
    let most = Rate::of_weight(100_000_000_000);
    if rate.0 <= most {
        return Ok(rate.0);
    }
    let fault = input::field("loan_rate", "rate_out_of_range", "利率过高，请核对。", "The rate is too high: check it.");
    Err(input::invalid(vec![fault]))
}

fn startup(StartupIn { hires, staff }: StartupIn) -> Result<(u32, u32), Problem> {
    if hires.max(staff) <= 1_000_000 {
        return Ok((hires, staff));
    }
    let fault = input::field("startup", "too_many", "人数最多1000000。", "At most 1,000,000 people.");
    Err(input::invalid(vec![fault]))
}
