//! `reserves`: how much of the reserves is deductible from income tax, with a worksheet.

use super::{
    Calculate, not_in_force, out_of_range,
    wire::{Amount, RateIn},
};
use crate::{error::Problem, finding::FindingOut, input};
use domain::{
    tax::{Line, TaxError, TaxYear, deduct},
    value::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 准备金税前扣除输入。The figures of a tax year.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReservesIn {
    /// 纳税年度。The tax year.
    #[schema(example = 2019)]
    year: i32,
    /// 符合《融资性担保公司管理暂行办法》。Complies with the measures of 2010.
    complies_with_measures: bool,
    /// 持有经营许可证。Holds the licence.
    licensed: bool,
    /// 符合财政、税务部门规定的其他条件。Other conditions are met.
    other_conditions_met: bool,
    /// 中小企业担保和再担保业务发生额。Volume for small and medium enterprises.
    sme_volume: Amount,
    /// 担保业务发生总额。The whole volume.
    total_volume: Amount,
    /// 中小企业担保费。Fees of small and medium enterprises.
    sme_fee: Amount,
    /// 中小企业年化担保额。Their annualised amount.
    sme_annualised: Amount,
    /// 银行同期贷款基准利率。The benchmark lending rate.
    benchmark_rate: RateIn,
    /// 年末担保责任余额。Year-end liability balance.
    liability_balance: Amount,
    /// 当年担保费收入。Fee income of the year.
    fee_income: Amount,
    /// 当年计提的担保赔偿准备。Compensation reserve accrued.
    accrued_compensation: Amount,
    /// 当年计提的未到期责任准备。Unearned premium reserve accrued.
    accrued_unearned: Amount,
    /// 上年度已税前扣除的担保赔偿准备。Last year's deductible compensation reserve.
    prior_compensation: Amount,
    /// 上年度已税前扣除的未到期责任准备。Last year's deductible unearned premium reserve.
    prior_unearned: Amount,
    /// 符合资产损失扣除规定的代偿损失。Payout losses that meet the asset-loss rules.
    payout_loss: Amount,
}

/// 准备金税前扣除结果。What is deductible, offset, reversed and added back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReservesOut {
    eligible: bool,
    conditions: Vec<FindingOut>,
    #[schema(example = "12345678.90")]
    deductible_compensation: String,
    #[schema(example = "4938271.60")]
    deductible_unearned: String,
    #[schema(example = "10000000.00")]
    loss_offset: String,
    #[schema(example = "2500000.00")]
    loss_direct: String,
    #[schema(example = "4000000.00")]
    reversal_income: String,
    #[schema(example = "2654321.10")]
    add_back_compensation: String,
    #[schema(example = "61728.40")]
    add_back_unearned: String,
    worksheet: Vec<LineOut>,
}

/// 工作底稿的一行。One line of the worksheet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LineOut {
    /// 财税〔2017〕22号条款。The clause.
    #[schema(example = "一")]
    clause: &'static str,
    text: String,
    /// Null for the papers to hand in.
    #[schema(example = "12345678.90")]
    amount: Option<String>,
}

impl From<Line> for LineOut {
    fn from(line: Line) -> Self {
        let Line { clause, text, amount } = line;
        Self { clause, text, amount: amount.map(|amount| amount.to_string()) }
    }
}

/// A part cannot exceed its whole.
fn part_of_whole(part: Amount, whole: Amount) -> Result<(), Problem> {
    if part.0 <= whole.0 {
        return Ok(());
    }
    Err(input::invalid(vec![input::field(
        "sme_volume",
        "part_above_whole",
        "中小企业业务发生额不得大于业务发生总额。",
        "The volume for small and medium enterprises cannot exceed the whole volume.",
    )]))
}

impl Calculate for ReservesIn {
    type Out = ReservesOut;

    fn calculate(self, _: Day) -> Result<ReservesOut, Problem> {
        part_of_whole(self.sme_volume, self.total_volume)?;
        let year_end = Day::year_end(self.year).ok_or_else(|| {
            input::invalid(vec![input::field(
                "year",
                "no_such_year",
                "年度应在1至9999之间。",
                "A year lies between 1 and 9999.",
            )])
        })?;
        let found = deduct(&self.figures(), year_end).map_err(|error| match error {
            TaxError::NotInForce(refused) => not_in_force("year")(refused),
            TaxError::OutOfRange(error) => out_of_range("liability_balance")(error),
        })?;
        Ok(ReservesOut {
            eligible: found.eligible,
            conditions: found.conditions.into_iter().map(FindingOut::from).collect(),
            deductible_compensation: found.deductible_compensation.to_string(),
            deductible_unearned: found.deductible_unearned.to_string(),
            loss_offset: found.loss_offset.to_string(),
            loss_direct: found.loss_direct.to_string(),
            reversal_income: found.reversal_income.to_string(),
            add_back_compensation: found.add_back_compensation.to_string(),
            add_back_unearned: found.add_back_unearned.to_string(),
            worksheet: found.worksheet.into_iter().map(LineOut::from).collect(),
        })
    }
}

impl ReservesIn {
    fn figures(&self) -> TaxYear {
        TaxYear {
            complies_with_measures: self.complies_with_measures,
            licensed: self.licensed,
            other_conditions_met: self.other_conditions_met,
            sme_volume: self.sme_volume.0,
            total_volume: self.total_volume.0,
            sme_fee: self.sme_fee.0,
            sme_annualised: self.sme_annualised.0,
            benchmark_rate: self.benchmark_rate.0,
            liability_balance: self.liability_balance.0,
            fee_income: self.fee_income.0,
            accrued_compensation: self.accrued_compensation.0,
            accrued_unearned: self.accrued_unearned.0,
            prior_compensation: self.prior_compensation.0,
            prior_unearned: self.prior_unearned.0,
            payout_loss: self.payout_loss.0,
        }
    }
}
