//! `award`: the central fee-reduction award of a year, unit by unit.

use super::{
    Calculate, not_in_force, out_of_range, shown,
    wire::{Amount, Name},
};
use crate::{error::Problem, input};
use domain::{
    award::{AwardError, Awarded, Region, Unit, award},
    value::{Day, Money, OutOfRange},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 降费奖补输入。A year's budget and the units of the previous year's business.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardIn {
    /// 2018、2019 或 2020。
    #[schema(minimum = 2018, maximum = 2020, example = 2018)]
    year: i32,
    budget: Amount,
    /// 最多 37 个省份，可少。At most the 37 units; fewer are allowed.
    #[schema(max_items = 37)]
    units: Vec<UnitIn>,
}

/// 一个省份。One unit.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitIn {
    code: Name,
    region: RegionIn,
    /// 上一年度新增小微企业年化担保额。The previous year's annualised amount.
    annualised_amount: Amount,
    /// 同口径担保费。The fees of the same contracts.
    fee: Amount,
}

/// 区域。The region by the finance ministry's division.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegionIn {
    /// 东部
    East,
    /// 中部
    Central,
    /// 西部
    West,
}

impl From<RegionIn> for Region {
    fn from(region: RegionIn) -> Self {
        match region {
            RegionIn::East => Self::East,
            RegionIn::Central => Self::Central,
            RegionIn::West => Self::West,
        }
    }
}

/// 降费奖补结果。What each unit gets, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AwardOut {
    #[schema(example = "0.014000")]
    national_rate: String,
    medians: MediansOut,
    /// In the order given.
    units: Vec<AwardedOut>,
    #[schema(example = "1500000000.00")]
    fixed_total: String,
    /// The pool of the factor part; undistributed when nobody is eligible.
    #[schema(example = "1500000000.00")]
    factor_total: String,
}

/// 区域中位数。The regions' medians, half up; null for an empty region.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediansOut {
    east: Option<String>,
    central: Option<String>,
    west: Option<String>,
}

/// 一个省份所得。What one unit gets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AwardedOut {
    code: String,
    #[schema(example = 1)]
    rank: usize,
    /// Null without an amount.
    #[schema(example = "0.010000")]
    fee_rate: Option<String>,
    /// 1 to 4; null when not rewarded.
    #[schema(example = 1)]
    tier: Option<u8>,
    #[schema(example = "90000000.00")]
    fixed: String,
    #[schema(example = "12345678.90")]
    factor: String,
    #[schema(example = "102345678.90")]
    total: String,
}

impl Calculate for AwardIn {
    type Out = AwardOut;

    fn calculate(self, _: Day) -> Result<AwardOut, Problem> {
        let units: Vec<Unit> = self.units.into_iter().map(Unit::from).collect();
        let found = award(self.year, self.budget.0, &units).map_err(|error| refused(error, &units))?;
        let overflow = out_of_range("units");
        let median = |region| -> Result<Option<String>, Problem> {
            Ok(found.median(region).map_err(&overflow)?.map(|median| median.to_string()))
        };
        let awarded: Result<Vec<AwardedOut>, OutOfRange> =
            units.iter().zip(&found.units).map(|(unit, awarded)| awarded_out(unit, awarded)).collect();
        Ok(AwardOut {
            national_rate: found.national_rate.six_decimals().map_err(&overflow)?.six_decimals(),
            medians: MediansOut {
                east: median(Region::East)?,
                central: median(Region::Central)?,
                west: median(Region::West)?,
            },
            units: awarded.map_err(&overflow)?,
            fixed_total: found.fixed_total.to_string(),
            factor_total: found.factor_total.to_string(),
        })
    }
}

impl From<UnitIn> for Unit {
    fn from(unit: UnitIn) -> Self {
        let UnitIn { code, region, annualised_amount, fee } = unit;
        Self { code: code.0, region: region.into(), annualised_amount: annualised_amount.0, fee: fee.0 }
    }
}

fn awarded_out(unit: &Unit, awarded: &Awarded) -> Result<AwardedOut, OutOfRange> {
    Ok(AwardedOut {
        code: unit.code.clone(),
        rank: awarded.rank,
        fee_rate: shown(unit.fee_rate()?)?,
        tier: awarded.tier,
        fixed: awarded.fixed.to_string(),
        factor: awarded.factor.to_string(),
        total: awarded.total.to_string(),
    })
}

fn refused(error: AwardError, units: &[Unit]) -> Problem {
    let place = |code: &str, field: &str| {
        let index = units.iter().rposition(|unit| unit.code == code).unwrap_or_default();
        format!("units[{index}].{field}")
    };
    let fixed = |fixed: Money| fixed.grouped();
    input::invalid(vec![match error {
        AwardError::NotInForce(error) => return not_in_force("year")(error),
        AwardError::OutOfRange(error) => return out_of_range("units")(error),
        AwardError::NoSuchYear => {
            input::field("year", "no_such_year", "年度应在1至9999之间。", "A year lies between 1 and 9999.")
        }
        AwardError::DuplicateCode(code) => input::field(
            place(&code, "code"),
            "duplicate_code",
            format!("代码“{code}”重复。"),
            format!("The code “{code}” is given twice."),
        ),
        AwardError::TooManyUnits => {
            input::field("units", "too_many_units", "全国共37个省份，不得更多。", "There are 37 units and no more.")
        }
        AwardError::NoAmount => input::field(
            "units",
            "no_amount",
            "各省份年化担保额合计为零，无法计算全国平均费率。",
            "All annualised amounts together are zero: no national rate can be formed.",
        ),
        AwardError::FeeWithoutAmount(code) => input::field(
            place(&code, "fee"),
            "fee_without_amount",
            format!("“{code}”有担保费而无年化担保额。"),
            format!("“{code}” has a fee without an annualised amount."),
        ),
        AwardError::BudgetBelowFixedPart(part) => input::field(
            "budget",
            "budget_below_fixed_part",
            format!("预算低于定额奖励合计{}元。", fixed(part)),
            format!("The budget lies below the fixed part of {} yuan.", fixed(part)),
        ),
    }])
}
