//! `annualise`: the annualised amount and fee rate of contracts.

use super::{
    Calculate, end_not_after_start, none_of, out_of_range, shown,
    wire::{Amount, DayIn, PositiveAmount, nullable},
};
use crate::{error::Problem, input};
use domain::{
    value::{Day, Term},
    volume::Volume,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 年化输入。Contracts that have begun.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnualiseIn {
    contracts: Vec<TermIn>,
}

/// 一份合同的期间与费用。A contract's term and fee.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermIn {
    amount: PositiveAmount,
    start: DayIn,
    /// 约定到期日。The agreed end.
    end: DayIn,
    /// 解保日，或 null。The release day, or null.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    released_on: Option<DayIn>,
    fee: Amount,
}

/// 年化结果。The annualised amount, the fees and the rate.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnnualiseOut {
    /// Half up on the sum.
    #[schema(example = "1002739.73")]
    annualised_amount: String,
    #[schema(example = "10000.00")]
    fee: String,
    /// Exact, then six decimals; null over zero days.
    #[schema(example = "0.009973")]
    annual_rate: Option<String>,
}

impl Calculate for AnnualiseIn {
    type Out = AnnualiseOut;

    fn calculate(self, _: Day) -> Result<AnnualiseOut, Problem> {
        let mut errors = Vec::new();
        let mut sum = Volume::default();
        let overflow = out_of_range("contracts");
        for (index, contract) in self.contracts.iter().enumerate() {
            let (start, end) = (contract.start.0, contract.end.0);
            if end <= start {
                errors.push(end_not_after_start(format!("contracts[{index}].end")));
            }
            match Term::new(start, contract.released_on.map_or(end, |day| day.0)) {
                Ok(term) => {
                    let volume = Volume::of(contract.amount.0, term, contract.fee.0);
                    sum = volume.and_then(|volume| sum.plus(volume)).map_err(&overflow)?;
                }
                Err(_) if contract.released_on.is_some() => errors.push(input::field(
                    format!("contracts[{index}].released_on"),
                    "released_before_start",
                    "解保日早于起始日。",
                    "The release lies before the start.",
                )),
                Err(_) => {}
            }
        }
        none_of(errors)?;
        Ok(AnnualiseOut {
            annualised_amount: sum.annualised_amount().map_err(&overflow)?.to_string(),
            fee: sum.fee().to_string(),
            annual_rate: sum.annual_rate().and_then(shown).map_err(&overflow)?,
        })
    }
}
