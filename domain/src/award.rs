//! The central fee-reduction award of 2018 to 2020 (财建〔2018〕547号): who ranks where, which tier, which part.

use std::{cmp::Ordering, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    finding::Grounds,
    policy::{
        AwardTiers, ByRegion, NotInForce,
        cai_jian_2018_547::{AWARD_COEFFICIENTS, AWARD_FEE_GATE, AWARD_PLACES, AWARD_TIERS},
    },
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// 全国37个省份: provinces, cities with a plan of their own, and the corps (二（一）).
pub const UNITS: usize = 37;

/// The three regions of the award, by the finance ministry's division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// 东部.
    East,
    /// 中部.
    Central,
    /// 西部.
    West,
}

impl Region {
    /// All three.
    pub const ALL: [Self; 3] = [Self::East, Self::Central, Self::West];
}

impl<T: Copy> ByRegion<T> {
    /// The value of a region.
    pub fn of(&self, region: Region) -> T {
        match region {
            Region::East => self.east,
            Region::Central => self.central,
            Region::West => self.west,
        }
    }
}

/// One of the 37 units (省份): its contracts with statistical small-micro clients begun in the previous year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its region.
    pub region: Region,
    /// 年化担保额, rounded once to the fen; everything below uses this figure.
    pub annualised_amount: Money,
    /// Σ fee of the same contracts.
    pub fee: Money,
}

impl Unit {
    /// fee ÷ annualised amount; `None` without an amount.
    pub fn fee_rate(&self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.fee, self.annualised_amount)
    }
}

/// What one unit gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awarded {
    /// Its place in its region, from 1.
    pub rank: usize,
    /// Its tier, 1 to 4; `None` when it is not rewarded.
    pub tier: Option<u8>,
    /// The fixed part.
    pub fixed: Money,
    /// The factor part.
    pub factor: Money,
    /// Both together.
    pub total: Money,
}

/// What a year's award comes to.
#[derive(Clone, Debug)]
pub struct Award {
    /// Σ fee ÷ Σ amount over all units.
    pub national_rate: Ratio,
    /// Twice the median amount of each region, exact in fen; `None` for an empty region.
    twice_medians: ByRegion<Option<i128>>,
    /// What each unit gets, in the order given.
    pub units: Vec<Awarded>,
    /// Σ fixed parts.
    pub fixed_total: Money,
    /// The budget less the fixed parts; undistributed when nobody is eligible.
    pub factor_total: Money,
    /// The rules it was computed under; the gate from 2019.
    pub grounds: Vec<Grounds>,
}

impl Award {
    /// A region's median amount, half up to the fen; `None` for an empty region. Compared exactly, only shown rounded.
    pub fn median(&self, region: Region) -> Result<Option<Money>, OutOfRange> {
        let twice = self.twice_medians.of(region);
        twice.map(|twice| Ratio::new(twice, 2)?.ok_or(OutOfRange)?.to_money()).transpose()
    }
}

/// Why an award cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AwardError {
    /// The year lies outside 2018 to 2020.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// The year is no year of the calendar.
    #[error("no such year")]
    NoSuchYear,
    /// More units than there are (二（一）).
    #[error("there are at most {UNITS} units")]
    TooManyUnits,
    /// Two units have the same code.
    #[error("the code {0} is given twice")]
    DuplicateCode(String),
    /// All amounts together are zero.
    #[error("the units have no amount at all")]
    NoAmount,
    /// A unit has a fee without an amount.
    #[error("the unit {0} has a fee without an amount")]
    FeeWithoutAmount(String),
    /// The budget does not cover the fixed part.
    #[error("the budget lies below the fixed part of {0} yuan")]
    BudgetBelowFixedPart(Money),
    /// A figure left the range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// Computes the award of a year.
///
/// Readings `median_and_average_are_over_all_units`, `fee_gate_applies_after_ranking`.
pub fn award(year: i32, budget: Money, units: &[Unit]) -> Result<Award, AwardError> {
    let day = Day::year_end(year).ok_or(AwardError::NoSuchYear)?;
    let (places, of_places) = AWARD_PLACES.with_grounds(day)?;
    let (tiers, of_tiers) = AWARD_TIERS.with_grounds(day)?;
    let (coefficients, of_coefficients) = AWARD_COEFFICIENTS.with_grounds(day)?;
    let gate = AWARD_FEE_GATE.with_grounds(day).ok();
    let mut grounds = vec![of_places, of_tiers, of_coefficients];
    grounds.extend(gate.map(|(_, of_gate)| of_gate));
    let gate = gate.map(|(gate, _)| *gate);
    check(units)?;
    let national_rate = national_rate(units)?.ok_or(AwardError::NoAmount)?;
    let ranks = ranks(units)?;
    let twice_medians = ByRegion {
        east: twice_median(units, Region::East)?,
        central: twice_median(units, Region::Central)?,
        west: twice_median(units, Region::West)?,
    };
    let mut awarded = Vec::with_capacity(units.len());
    for (unit, rank) in units.iter().zip(ranks) {
        let rewarded = u32::try_from(rank).is_ok_and(|rank| rank <= places.of(unit.region)) && passes(unit, gate)?;
        let tier = rewarded.then(|| tier(unit, twice_medians.of(unit.region), national_rate)).transpose()?;
        let fixed = tier.map_or(Money::ZERO, |tier| reward(tiers, tier));
        awarded.push(Awarded { rank, tier, fixed, factor: Money::ZERO, total: fixed });
    }
    let fixed_total = Money::total(awarded.iter().map(|unit| unit.fixed))?;
    if fixed_total > budget {
        return Err(AwardError::BudgetBelowFixedPart(fixed_total));
    }
    let factor_total = budget.minus(fixed_total)?;
    for (index, factor) in factor_parts(units, factor_total, gate, coefficients)? {
        if let Some(unit) = awarded.get_mut(index) {
            unit.factor = factor;
            unit.total = unit.fixed.plus(factor)?;
        }
    }
    Ok(Award { national_rate, twice_medians, units: awarded, fixed_total, factor_total, grounds })
}

fn check(units: &[Unit]) -> Result<(), AwardError> {
    if units.len() > UNITS {
        return Err(AwardError::TooManyUnits);
    }
    let mut codes = BTreeSet::new();
    for unit in units {
        if !codes.insert(&unit.code) {
            return Err(AwardError::DuplicateCode(unit.code.clone()));
        }
        if unit.annualised_amount.is_zero() && !unit.fee.is_zero() {
            return Err(AwardError::FeeWithoutAmount(unit.code.clone()));
        }
    }
    Ok(())
}

fn national_rate(units: &[Unit]) -> Result<Option<Ratio>, OutOfRange> {
    let fee = Money::total(units.iter().map(|unit| unit.fee))?;
    Ratio::of(fee, Money::total(units.iter().map(|unit| unit.annualised_amount))?)
}

/// 2019 and 2020: fee rate at most two per cent, so a unit without amount does not pass.
fn passes(unit: &Unit, gate: Option<Rate>) -> Result<bool, OutOfRange> {
    let Some(gate) = gate else { return Ok(true) };
    unit.fee_rate()?.map_or(Ok(false), |rate| rate.at_most(gate))
}

/// Amount descending; ties: lower fee rate, no rate last, then code.
fn by_rank(a: &Unit, b: &Unit) -> Result<Ordering, OutOfRange> {
    let by_rate = match (a.fee_rate()?, b.fee_rate()?) {
        (Some(a), Some(b)) => a.compare(b)?,
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    Ok(b.annualised_amount.cmp(&a.annualised_amount).then(by_rate).then_with(|| a.code.cmp(&b.code)))
}

/// The place of every unit in its region, from 1, in the order given.
fn ranks(units: &[Unit]) -> Result<Vec<usize>, OutOfRange> {
    let mut ranks = Vec::with_capacity(units.len());
    for unit in units {
        let mut rank = 1_usize;
        for other in units.iter().filter(|other| other.region == unit.region) {
            rank = rank.saturating_add(usize::from(by_rank(other, unit)?.is_lt()));
        }
        ranks.push(rank);
    }
    Ok(ranks)
}

/// Twice the median over all units of the region: the middle one doubled, or the sum of the middle two.
fn twice_median(units: &[Unit], region: Region) -> Result<Option<i128>, OutOfRange> {
    let in_region = units.iter().filter(|unit| unit.region == region);
    let mut amounts: Vec<i128> = in_region.map(|unit| unit.annualised_amount.wide()).collect();
    amounts.sort_unstable();
    let upper = amounts.get(amounts.len() / 2).copied();
    let lower = amounts.get(amounts.len().saturating_sub(1) / 2).copied();
    upper.zip(lower).map(|(upper, lower)| upper.checked_add(lower).ok_or(OutOfRange)).transpose()
}

/// 中位数以上 stands against 中位数及以下: strictly above. 平均水平及以下 includes the average.
fn tier(unit: &Unit, twice_median: Option<i128>, national_rate: Ratio) -> Result<u8, OutOfRange> {
    let twice = unit.annualised_amount.wide().checked_mul(2).ok_or(OutOfRange)?;
    let above_median = twice_median.is_some_and(|median| twice > median);
    let cheap = match unit.fee_rate()? {
        Some(rate) => rate.compare(national_rate)?.is_le(),
        None => false,
    };
    Ok(match (above_median, cheap) {
        (true, true) => 1,
        (true, false) => 2,
        (false, true) => 3,
        (false, false) => 4,
    })
}

const fn reward(tiers: &AwardTiers, tier: u8) -> Money {
    match tier {
        1 => tiers.first,
        2 => tiers.second,
        3 => tiers.third,
        _ => tiers.fourth,
    }
}

/// pool × amount × coefficient ÷ Σ over the eligible units, by largest remainder, ties to the lower code.
fn factor_parts(
    units: &[Unit],
    pool: Money,
    gate: Option<Rate>,
    coefficients: &ByRegion<Rate>,
) -> Result<Vec<(usize, Money)>, OutOfRange> {
    // The coefficients have one decimal: in tenths the weights stay whole and small.
    const TENTH: i128 = 1_000_000_000;
    let mut eligible = Vec::with_capacity(units.len());
    for (index, unit) in units.iter().enumerate() {
        if passes(unit, gate)? {
            let tenths = coefficients.of(unit.region).weight()?.checked_div(TENTH).ok_or(OutOfRange)?;
            let weight = unit.annualised_amount.wide().checked_mul(tenths).ok_or(OutOfRange)?;
            eligible.push((&unit.code, index, weight));
        }
    }
    eligible.sort_unstable();
    let weights: Vec<i128> = eligible.iter().map(|(_, _, weight)| *weight).collect();
    if weights.iter().all(|weight| *weight == 0) {
        return Ok(Vec::new());
    }
    Ok(eligible.iter().map(|(_, index, _)| *index).zip(pool.split(&weights)?).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(code: &str, region: Region, amount_wan: i64, fee_wan: i64) -> Unit {
        Unit {
            code: code.to_owned(),
            region,
            annualised_amount: Money::from_wan(amount_wan),
            fee: Money::from_wan(fee_wan),
        }
    }

    const BUDGET: Money = Money::from_wan(300_000);

    fn wan(money: Money) -> i64 {
        assert_eq!(money.fen() % 1_000_000, 0);
        money.fen() / 1_000_000
    }

    #[test]
    fn median_and_average_are_over_all_units() {
        // East: 400, 300, 200, 100 → median 250; fees 4, 6, 2, 2 of 1000 → national 1.4 %.
        let east = Region::East;
        let units =
            [unit("a", east, 400, 4), unit("b", east, 300, 6), unit("c", east, 200, 2), unit("d", east, 100, 2)];
        let found = award(2018, BUDGET, &units).unwrap();
        assert_eq!(found.median(east).unwrap(), Some(Money::from_wan(250)));
        assert_eq!(found.median(Region::West).unwrap(), None);
        assert_eq!(found.national_rate.percent().unwrap(), "1.4%");
        // a: above, 1 %; b: above, 2 %; c: below, 1 %; d: below, 2 %.
        let tiers: Vec<_> = found.units.iter().map(|unit| (unit.rank, unit.tier, wan(unit.fixed))).collect();
        assert_eq!(tiers, [(1, Some(1), 9000), (2, Some(2), 7000), (3, Some(3), 5000), (4, Some(4), 4000)]);
        assert_eq!(found.fixed_total, Money::from_wan(25_000));
        assert_eq!(found.factor_total, Money::from_wan(275_000));
        // Equal coefficients: 275,000 × 4 ÷ 10.
        assert_eq!(wan(found.units[0].factor), 110_000);
    }

    #[test]
    fn at_the_median_is_not_above_it_and_at_the_average_is_not_over_it() {
        let found = award(2018, BUDGET, &[unit("a", Region::East, 100, 1)]).unwrap();
        assert_eq!(found.units[0].tier, Some(3));
    }

    #[test]
    fn fee_gate_applies_after_ranking() {
        // Eight central units with 2 % and the first one with a fen more; seven places: the eighth does not move up.
        let mut units: Vec<Unit> =
            (0..8).map(|index| unit(&format!("c{index}"), Region::Central, 1000 - index, 0)).collect();
        for unit in &mut units {
            unit.fee = Money::from_fen(unit.annualised_amount.fen() / 50);
        }
        units[0].fee = units[0].fee.plus(Money::from_fen(1)).unwrap();
        let found = award(2019, BUDGET, &units).unwrap();
        let rewarded: Vec<bool> = found.units.iter().map(|unit| unit.tier.is_some()).collect();
        assert_eq!(rewarded, [false, true, true, true, true, true, true, false]);
        assert_eq!(found.units[0].factor, Money::ZERO, "above two per cent nothing is shared");
        assert!(found.units[7].factor > Money::ZERO, "the factor part is for every unit within the gate");
        // In 2018 there is no gate.
        assert!(award(2018, BUDGET, &units).unwrap().units[0].tier.is_some());
    }

    #[test]
    fn each_later_year_raises_every_tier_by_1000_wan() {
        let units = [unit("a", Region::West, 200, 2), unit("b", Region::West, 100, 2)];
        for (year, first, fourth) in [(2018, 9000, 4000), (2019, 10_000, 5000), (2020, 11_000, 6000)] {
            let found = award(year, BUDGET, &units).unwrap();
            assert_eq!((wan(found.units[0].fixed), wan(found.units[1].fixed)), (first, fourth), "{year}");
        }
        let rules =
            |year| award(year, BUDGET, &units).unwrap().grounds.iter().map(|ground| ground.rule).collect::<Vec<_>>();
        assert_eq!(rules(2018), ["award.places", "award.tiers", "award.coefficients"]);
        assert_eq!(rules(2019), ["award.places", "award.tiers", "award.coefficients", "award.fee_gate"]);
        for year in [2017, 2021] {
            assert!(matches!(award(year, BUDGET, &units), Err(AwardError::NotInForce(_))), "{year}");
        }
    }

    #[test]
    fn ties_rank_by_lower_fee_rate_then_no_rate_last_then_code() {
        let east = Region::East;
        let units = [
            unit("b", east, 100, 2),
            unit("a", east, 100, 2),
            unit("c", east, 100, 1),
            unit("z", east, 0, 0),
            unit("y", east, 0, 0),
        ];
        let ranks: Vec<usize> = award(2018, BUDGET, &units).unwrap().units.iter().map(|unit| unit.rank).collect();
        assert_eq!(ranks, [3, 2, 1, 5, 4]);
    }

    #[test]
    fn the_coefficients_weigh_the_regions() {
        // 100 × 1, 100 × 1.2, 100 × 1.6 of 380: pool 3,000,000,000 − (3 × 5000万 = 150,000,000) = 2,850,000,000.
        let units =
            [unit("a", Region::East, 100, 1), unit("b", Region::Central, 100, 1), unit("c", Region::West, 100, 1)];
        let found = award(2018, BUDGET, &units).unwrap();
        let factors: Vec<i64> = found.units.iter().map(|unit| wan(unit.factor)).collect();
        assert_eq!(factors, [75_000, 90_000, 120_000]);
    }

    #[test]
    fn when_nobody_is_eligible_the_pool_stays_undistributed() {
        let found = award(2020, BUDGET, &[unit("a", Region::East, 100, 3)]).unwrap();
        assert_eq!((found.units[0].factor, found.fixed_total), (Money::ZERO, Money::ZERO));
        assert_eq!(found.factor_total, BUDGET);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let a = unit("a", Region::East, 100, 1);
        assert_eq!(
            award(2018, BUDGET, &[a.clone(), a.clone()]).unwrap_err(),
            AwardError::DuplicateCode("a".to_owned())
        );
        assert_eq!(award(2018, BUDGET, &[unit("a", Region::East, 0, 0)]).unwrap_err(), AwardError::NoAmount);
        assert_eq!(award(2018, BUDGET, &[]).unwrap_err(), AwardError::NoAmount);
        let fee_only = unit("b", Region::East, 0, 1);
        assert_eq!(
            award(2018, BUDGET, &[a.clone(), fee_only]).unwrap_err(),
            AwardError::FeeWithoutAmount("b".to_owned())
        );
        let many = |count: i64| -> Vec<Unit> {
            (0..count).map(|index| unit(&format!("{index}"), Region::East, 1, 0)).collect()
        };
        assert!(award(2018, BUDGET, &many(37)).is_ok());
        assert_eq!(award(2018, BUDGET, &many(38)).unwrap_err(), AwardError::TooManyUnits);
        let fixed = Money::from_wan(5000);
        assert!(award(2018, fixed, std::slice::from_ref(&a)).is_ok());
        let under = fixed.minus(Money::from_fen(1)).unwrap();
        assert_eq!(award(2018, under, &[a]).unwrap_err(), AwardError::BudgetBelowFixedPart(fixed));
    }

    fn many_units() -> impl Strategy<Value = Vec<Unit>> {
        prop::collection::vec((0_usize..3, 1_i64..100_000_000_000_000, 0_i64..1_000_000_000_000), 1..37).prop_map(
            |units| {
                units
                    .into_iter()
                    .enumerate()
                    .map(|(index, (region, amount, fee))| Unit {
                        code: format!("{index:02}"),
                        region: Region::ALL[region],
                        annualised_amount: Money::from_fen(amount),
                        fee: Money::from_fen(fee),
                    })
                    .collect()
            },
        )
    }

    proptest! {
        #[test]
        fn the_whole_budget_is_given_out_and_never_more(units in many_units(), year in 2018..=2020) {
            let found = award(year, BUDGET, &units).unwrap();
            let total = Money::total(found.units.iter().map(|unit| unit.total)).unwrap();
            let shared = Money::total(found.units.iter().map(|unit| unit.factor)).unwrap();
            prop_assert!(total <= BUDGET);
            prop_assert_eq!(found.fixed_total.plus(found.factor_total).unwrap(), BUDGET);
            prop_assert!(shared == found.factor_total || shared.is_zero());
        }

        #[test]
        fn the_order_of_the_units_changes_nothing(units in many_units()) {
            let forwards = award(2019, BUDGET, &units).unwrap().units;
            let reversed: Vec<Unit> = units.iter().rev().cloned().collect();
            let mut backwards = award(2019, BUDGET, &reversed).unwrap().units;
            backwards.reverse();
            prop_assert_eq!(forwards, backwards);
        }
    }
}
