//! `fee`: the annual guarantee fee rate against its cap.

use super::{
    Calculate, contract_term, not_in_force, out_of_range, shown,
    wire::{Amount, ClientKindIn, DayIn, PositiveAmount},
};
use crate::{error::Problem, finding::FindingOut};
use domain::{
    fee::{self, Fee},
    policy::guo_ban_fa_2019_6::FEE_CAP,
    value::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 担保费率输入。A guarantee fee over a term.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeIn {
    on: DayIn,
    client_kind: ClientKindIn,
    /// 单户担保金额，含本合同。The client's total here, this contract included.
    client_total: PositiveAmount,
    amount: PositiveAmount,
    start: DayIn,
    end: DayIn,
    /// 整个期间的担保费。The whole fee for the term.
    fee: Amount,
}

/// 担保费率结果。The annual rate and what `fee.cap` says of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeeOut {
    #[schema(example = "0.009973")]
    annual_rate: Option<String>,
    #[schema(example = 366)]
    days: i64,
    finding: FindingOut,
}

impl Calculate for FeeIn {
    type Out = FeeOut;

    fn calculate(self, _: Day) -> Result<FeeOut, Problem> {
        let (on, amount) = (self.on.0, self.amount.0);
        let term = contract_term(self.start.0, self.end.0, self.client_total.0, amount)?;
        FEE_CAP.on(on).map_err(not_in_force("on"))?;
        let fee = Fee { amount, term, fee: self.fee.0 };
        let overflow = out_of_range("amount");
        let finding = fee::cap(fee, self.client_kind.into(), self.client_total.0, on).map_err(&overflow)?;
        let annual_rate = fee.annual_rate().and_then(shown).map_err(&overflow)?;
        Ok(FeeOut { annual_rate, days: term.days(), finding: finding.into() })
    }
}
