//! `risk`: the shares of the risk against the rules on who bears how much.

use super::{
    Calculate, findings, out_of_range,
    wire::{DayIn, SharesIn},
};
use crate::{error::Problem, finding::FindingOut, input};
use domain::{
    risk::{self, Shares, SharesError},
    value::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 风险分担比例输入。The shares of the risk.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskIn {
    on: DayIn,
    shares: SharesIn,
    /// 是否银行贷款担保；债券担保为 false。Whether a bank loan is guaranteed; false for bonds.
    bank_loan: bool,
}

/// 风险分担比例结果。The findings on the shares.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RiskOut {
    findings: Vec<FindingOut>,
}

impl Calculate for RiskIn {
    type Out = RiskOut;

    fn calculate(self, _: Day) -> Result<RiskOut, Problem> {
        let shares = shares(&self.shares)?;
        let found = risk::judge(&shares, self.bank_loan, self.on.0).map_err(out_of_range("shares"))?;
        Ok(RiskOut { findings: findings(found, self.on.0)? })
    }
}

/// The shares, each within its bounds.
pub(crate) fn shares(given: &SharesIn) -> Result<Shares, Problem> {
    // Every share was read between 0 and 1 and each role once: this is the same refusal, not a second rule.
    let refused =
        |_: SharesError| input::field("shares", "share_above_one", "比例应在0与1之间。", "A share is between 0 and 1.");
    given.shares().map_err(|error| input::invalid(vec![refused(error)]))
}

/// The shares, which must be the whole.
pub(super) fn whole(given: &SharesIn) -> Result<Shares, Problem> {
    let shares = shares(given)?;
    let sum = shares.sum().map_err(out_of_range("shares"))?;
    if sum == domain::value::Rate::ONE {
        return Ok(shares);
    }
    Err(input::invalid(vec![input::field(
        "shares",
        "shares_not_whole",
        format!("各方比例合计为{sum}，应当恰为1（规则risk.whole）。"),
        format!("The shares add up to {sum}, not to 1 (rule risk.whole)."),
    )]))
}
