//! `payout`: a loss and its recoveries settled over the shares of the risk.

use super::{
    Calculate, out_of_range,
    risk::whole,
    wire::{Amount, PartsOut, SharesIn},
};
use crate::{error::Problem, input};
use domain::{
    payout::{SettlementError, settle},
    risk::{Parts, Role, part},
    value::{Day, Money},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 代偿与追偿输入。A loss, its recoveries and the shares.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayoutIn {
    /// 贷款损失。The loss of the loan.
    loss: Amount,
    /// 各次追偿，合计不得超过损失。Each recovery; together not above the loss.
    recoveries: Vec<Amount>,
    /// 合计必须为 1。They must add up to 1.
    shares: SharesIn,
}

/// 代偿与追偿结果。Who pays, who owes, who gets back, and what each bears in the end.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PayoutOut {
    /// 银行承担部分。The bank's part of the loss.
    #[schema(example = "120000.00")]
    bank: String,
    /// 担保机构先行代偿。What the institution pays the bank at once.
    #[schema(example = "480000.00")]
    institution_pays_bank: String,
    dues: DuesOut,
    /// 每次追偿按同一比例分配。Each recovery, split alone.
    recovered: Vec<PartsOut>,
    /// 各方净承担。Each party's part of the loss less its parts of the recoveries.
    net: PartsOut,
}

/// 应分险金额。What the re-guarantors owe the institution.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DuesOut {
    #[schema(example = "120000.00")]
    provincial: String,
    #[schema(example = "120000.00")]
    national: String,
    /// Only when it was given a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    local_finance: Option<String>,
    /// Only when it was given a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<String>,
}

impl From<&Parts> for DuesOut {
    fn from(loss: &Parts) -> Self {
        let given = |role: Role| loss.iter().find(|(other, _)| *other == role).map(|(_, amount)| amount.to_string());
        Self {
            provincial: part(loss, Role::Provincial).to_string(),
            national: part(loss, Role::National).to_string(),
            local_finance: given(Role::LocalFinance),
            other: given(Role::Other),
        }
    }
}

impl Calculate for PayoutIn {
    type Out = PayoutOut;

    fn calculate(self, _: Day) -> Result<PayoutOut, Problem> {
        let shares = whole(&self.shares)?;
        let recoveries: Vec<Money> = self.recoveries.iter().map(|amount| amount.0).collect();
        let settled = settle(self.loss.0, &recoveries, &shares).map_err(|error| match error {
            SettlementError::RecoveriesAboveLoss | SettlementError::NotWhole => input::invalid(vec![input::field(
                "recoveries",
                "recoveries_above_loss",
                "追偿合计超过损失，不予计算。",
                "The recoveries exceed the loss.",
            )]),
            SettlementError::OutOfRange(error) => out_of_range("recoveries")(error),
        })?;
        Ok(PayoutOut {
            bank: part(&settled.loss, Role::Bank).to_string(),
            institution_pays_bank: settled.institution_pays_bank.to_string(),
            dues: DuesOut::from(&settled.loss),
            recovered: settled.recovered.iter().map(PartsOut::from).collect(),
            net: PartsOut::from(&settled.net),
        })
    }
}
