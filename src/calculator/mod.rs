//! The calculators: policy arithmetic for anybody, without booking anything. The same functions that decide a booking.
//!
//! Each is a document in and a document out: `zengxin calc NAME` and `POST /v1/calculators/NAME`. A calculator reads its
//! document, calls `domain`, and writes the answer; it holds no rule of its own.

mod annualise;
mod award;
mod fee;
mod identifier;
mod liability;
mod payout;
mod portfolio;
mod refee;
mod reserves;
mod risk;
mod size;
mod split;
mod vat;
pub(crate) mod wire;

pub use annualise::{AnnualiseIn, AnnualiseOut};
pub use award::{AwardIn, AwardOut};
pub use fee::{FeeIn, FeeOut};
pub use identifier::{IdentifierIn, IdentifierOut};
pub use liability::{LiabilityIn, LiabilityOut};
pub use payout::{PayoutIn, PayoutOut};
pub use portfolio::{PortfolioIn, PortfolioOut};
pub use refee::{RefeeIn, RefeeOut};
pub use reserves::{ReservesIn, ReservesOut};
pub(crate) use risk::shares;
pub use risk::{RiskIn, RiskOut};
pub(crate) use size::refused as size_refused;
pub use size::{GroundOut, IndustryIn, SizeIn, SizeOut, SizeOutClass};
pub use split::{SplitIn, SplitOut};
pub use vat::{VatIn, VatOut};
pub use wire::{Amount, ClientKindIn};

use crate::{
    error::{FieldError, Problem},
    finding::FindingOut,
    input,
};
use domain::{
    finding::Finding,
    policy::NotInForce,
    value::{Day, Money, OutOfRange, Rate, Ratio, Term},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{borrow::Cow, collections::HashMap};

/// A document that can be calculated.
pub trait Calculate: DeserializeOwned {
    /// The answer.
    type Out: Serialize;

    /// Calculates; `today` stands in where the document leaves the day open. Refused with 422 when the document makes
    /// no sense, naming every field at fault, or the rule that is not in force.
    fn calculate(self, today: Day) -> Result<Self::Out, Problem>;
}

/// Reads a document and calculates.
pub fn calculate<In: Calculate>(json: &[u8], today: Day) -> Result<In::Out, Problem> {
    input::read::<In>(json)?.calculate(today)
}

fn as_json<In: Calculate>(json: &[u8], today: Day) -> Result<String, Problem> {
    let out = calculate::<In>(json, today)?;
    serde_json::to_string_pretty(&out).map_err(|_| Problem::of_status(axum::http::StatusCode::INTERNAL_SERVER_ERROR))
}

/// A calculator's name, as the command line and the address have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Name {
    /// 企业划型。Size class.
    Size,
    /// 证件号码核验。Identifier.
    Identifier,
    /// 担保费率。Guarantee fee.
    Fee,
    /// 再担保费率。Re-guarantee fee.
    Refee,
    /// 风险分担比例。Risk shares.
    Risk,
    /// 按比例分摊。Split.
    Split,
    /// 代偿与追偿。Payout.
    Payout,
    /// 业务占比。Portfolio.
    Portfolio,
    /// 担保责任余额。Liability balance.
    Liability,
    /// 年化担保额与费率。Annualised amount.
    Annualise,
    /// 准备金税前扣除。Reserves.
    Reserves,
    /// 降费奖补。Award.
    Award,
    /// 担保费免征增值税。VAT.
    Vat,
}

impl Name {
    /// Reads the named calculator's document and gives its answer as indented JSON.
    pub fn run(self, json: &[u8], today: Day) -> Result<String, Problem> {
        match self {
            Self::Size => as_json::<SizeIn>(json, today),
            Self::Identifier => as_json::<IdentifierIn>(json, today),
            Self::Fee => as_json::<FeeIn>(json, today),
            Self::Refee => as_json::<RefeeIn>(json, today),
            Self::Risk => as_json::<RiskIn>(json, today),
            Self::Split => as_json::<SplitIn>(json, today),
            Self::Payout => as_json::<PayoutIn>(json, today),
            Self::Portfolio => as_json::<PortfolioIn>(json, today),
            Self::Liability => as_json::<LiabilityIn>(json, today),
            Self::Annualise => as_json::<AnnualiseIn>(json, today),
            Self::Reserves => as_json::<ReservesIn>(json, today),
            Self::Award => as_json::<AwardIn>(json, today),
            Self::Vat => as_json::<VatIn>(json, today),
        }
    }
}

/// The problem for a sum that leaves the range; names the field that makes it large.
fn out_of_range(field: &'static str) -> impl Fn(OutOfRange) -> Problem {
    move |OutOfRange| input::invalid(vec![too_large(field)])
}

fn too_large(field: &'static str) -> FieldError {
    input::field(
        field,
        "figure_out_of_range",
        "数额过大，合计超出可计算的范围。",
        "The figures are too large: a sum leaves the range that can be computed.",
    )
}

/// The problem for a day on which a rule has no version.
fn not_in_force(field: &'static str) -> impl Fn(NotInForce) -> Problem {
    move |NotInForce { rule, day }| {
        input::invalid(vec![input::field(
            field,
            "rule_not_in_force",
            format!("规则{rule}在{day}没有施行中的版本，无法计算。"),
            format!("No version of rule {rule} is in force on {day}: nothing can be computed."),
        )])
    }
}

/// The findings of a calculator; refused when none of its rules is in force on the day.
fn findings<const N: usize>(found: [Finding; N], day: Day) -> Result<Vec<FindingOut>, Problem> {
    if found.iter().all(|finding| finding.basis.is_none()) {
        let rules: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
        let rules = rules.join(", ");
        return Err(input::invalid(vec![input::field(
            "on",
            "rule_not_in_force",
            format!("{day}当日没有一项相关规则（{rules}）施行，无法计算。"),
            format!("None of the rules ({rules}) is in force on {day}: nothing can be computed."),
        )]));
    }
    Ok(found.into_iter().map(FindingOut::from).collect())
}

/// A term of at least a day of a client whose total includes the amount; refused with every reason why not.
fn contract_term(start: Day, end: Day, total: Money, amount: Money) -> Result<Term, Problem> {
    let term = Term::new(start, end).ok().filter(|term| term.days() > 0);
    let below = (total < amount).then(|| {
        input::field(
            "client_total",
            "client_total_below_amount",
            "单户担保金额包含本合同，不得小于本合同金额。",
            "The client's total includes this contract and cannot be below its amount.",
        )
    });
    match (term, below) {
        (Some(term), None) => Ok(term),
        (term, below) => {
            let backwards = term.is_none().then(|| end_not_after_start("end"));
            Err(input::invalid(backwards.into_iter().chain(below).collect()))
        }
    }
}

/// A term that is empty or runs backwards.
fn end_not_after_start(field: impl Into<Cow<'static, str>>) -> FieldError {
    input::field(field, "end_not_after_start", "到期日必须晚于起始日。", "The end must lie after the start.")
}

/// A ratio as an answer shows it: six decimals, or null.
pub(crate) fn shown(ratio: Option<Ratio>) -> Result<Option<String>, OutOfRange> {
    Ok(ratio.map(Ratio::six_decimals).transpose()?.map(Rate::six_decimals))
}

/// One client has one kind: every line that gives it another is at fault.
fn one_kind_each<'a>(lines: impl IntoIterator<Item = (String, &'a str, ClientKindIn)>) -> Result<(), Problem> {
    let mut kinds: HashMap<&str, ClientKindIn> = HashMap::new();
    let mut errors = Vec::new();
    for (place, client, kind) in lines {
        if *kinds.entry(client).or_insert(kind) != kind {
            errors.push(input::field(
                place,
                "client_with_two_kinds",
                format!("客户“{client}”前后类型不一致，请核对。"),
                format!("The client “{client}” is given two kinds: check which is right."),
            ));
        }
    }
    none_of(errors)
}

/// All the reasons found, or nothing.
fn none_of(errors: Vec<FieldError>) -> Result<(), Problem> {
    if errors.is_empty() { Ok(()) } else { Err(input::invalid(errors)) }
}
