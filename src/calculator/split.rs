//! `split`: an amount split by the shares of the risk.

use super::{
    Calculate, out_of_range,
    risk::whole,
    wire::{PartsOut, PositiveAmount, SharesIn},
};
use crate::error::Problem;
use domain::value::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 按比例分摊输入。An amount and the shares it is split by.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitIn {
    amount: PositiveAmount,
    /// 合计必须为 1。They must add up to 1.
    shares: SharesIn,
}

/// 按比例分摊结果。The parts; they add up to the amount.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SplitOut {
    parts: PartsOut,
}

impl Calculate for SplitIn {
    type Out = SplitOut;

    fn calculate(self, _: Day) -> Result<SplitOut, Problem> {
        let parts = whole(&self.shares)?.split(self.amount.0).map_err(out_of_range("amount"))?;
        Ok(SplitOut { parts: PartsOut::from(&parts) })
    }
}
