//! `refee`: the annual re-guarantee fee rate on the risk borne against its cap.

use super::{
    Calculate, contract_term, not_in_force, out_of_range, shown,
    wire::{Amount, DayIn, PositiveAmount, ShareIn},
};
use crate::{error::Problem, finding::FindingOut};
use domain::{
    fee::{self, ReguaranteeFee},
    policy::guo_ban_fa_2019_6::REFEE_CAP,
    value::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 再担保费率输入。A re-guarantee fee over a term.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefeeIn {
    on: DayIn,
    /// 单户担保金额，含本合同。The client's total here, this contract included.
    client_total: PositiveAmount,
    /// 担保金额（全额）。The guaranteed amount, in full.
    amount: PositiveAmount,
    /// 再担保人分险比例。The share of the risk the re-guarantor bears.
    share: ShareIn,
    start: DayIn,
    end: DayIn,
    /// 整个期间的再担保费。The whole re-guarantee fee for the term.
    fee: Amount,
}

/// 再担保费率结果。The annual rate on the risk borne and what `refee.cap` says of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RefeeOut {
    /// Null when no risk is borne.
    #[schema(example = "0.003000")]
    annual_rate: Option<String>,
    /// Half up; the comparison is exact.
    #[schema(example = "200000.00")]
    risk_borne: String,
    finding: FindingOut,
}

impl Calculate for RefeeIn {
    type Out = RefeeOut;

    fn calculate(self, _: Day) -> Result<RefeeOut, Problem> {
        let (on, amount) = (self.on.0, self.amount.0);
        let term = contract_term(self.start.0, self.end.0, self.client_total.0, amount)?;
        REFEE_CAP.on(on).map_err(not_in_force("on"))?;
        let fee = ReguaranteeFee { amount, share: self.share.0, term, fee: self.fee.0 };
        let overflow = out_of_range("amount");
        let annual_rate = fee.annual_rate().and_then(shown).map_err(&overflow)?;
        Ok(RefeeOut {
            annual_rate,
            risk_borne: fee.risk_borne().map_err(&overflow)?.to_string(),
            finding: fee::reguarantee_cap(fee, self.client_total.0, on).map_err(&overflow)?.into(),
        })
    }
}
