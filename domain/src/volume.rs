//! Annualised amounts and fee rates: exact sums over contracts, rounded only when shown.

use crate::value::{Money, OutOfRange, Ratio, Term};

/// Σ amount × days and Σ fee over contracts, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    amount_days: i128,
    fee: Money,
}

impl Volume {
    /// One contract over its term. Reading `whole_term_counts`: the term is not cut at 31 December.
    pub fn of(amount: Money, term: Term, fee: Money) -> Result<Self, OutOfRange> {
        let amount_days = amount.wide().checked_mul(i128::from(term.days())).ok_or(OutOfRange)?;
        Ok(Self { amount_days, fee })
    }

    /// The volume whose sums were kept: Σ amount × days in fen-days, and Σ fee.
    pub const fn of_sums(amount_days: i128, fee: Money) -> Self {
        Self { amount_days, fee }
    }

    /// Σ amount × days, in fen-days.
    pub const fn amount_days(self) -> i128 {
        self.amount_days
    }

    /// The sum of two volumes.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        let amount_days = self.amount_days.checked_add(other.amount_days).ok_or(OutOfRange)?;
        Ok(Self { amount_days, fee: self.fee.plus(other.fee)? })
    }

    /// The first without the second.
    pub fn minus(self, other: Self) -> Result<Self, OutOfRange> {
        let amount_days = self.amount_days.checked_sub(other.amount_days).ok_or(OutOfRange)?;
        Ok(Self { amount_days, fee: self.fee.minus(other.fee)? })
    }

    /// Σ fee.
    pub const fn fee(self) -> Money {
        self.fee
    }

    /// Σ amount × days ÷ 365 (年化担保额), half up on the sum.
    pub fn annualised_amount(self) -> Result<Money, OutOfRange> {
        Ratio::new(self.amount_days, 365)?.ok_or(OutOfRange)?.to_money()
    }

    /// Σ fee × 365 ÷ Σ (amount × days) (年化担保费率), never from rounded figures; `None` over zero days.
    pub fn annual_rate(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::new(self.fee.wide().checked_mul(365).ok_or(OutOfRange)?, self.amount_days)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::Day;

    fn volume(amount: &str, start: &str, end: &str, fee: &str) -> Volume {
        let term = Term::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
        Volume::of(amount.parse().unwrap(), term, fee.parse().unwrap()).unwrap()
    }

    #[test]
    fn whole_term_counts() {
        // From July to July over the year's end: 365 days, the whole amount.
        let across = volume("1000000.00", "2023-07-01", "2024-06-30", "10000.00");
        assert_eq!(across.annualised_amount().unwrap().to_string(), "1000000.00");
        assert_eq!(across.annual_rate().unwrap().unwrap().six_decimals().unwrap().six_decimals(), "0.010000");
    }

    #[test]
    fn the_annualised_amount_is_rounded_once_on_the_sum() {
        // 0.01 yuan × 183 ÷ 365 = 0.501… fen each, two of them 1.003 fen: 0.01, not 0.02.
        let half = volume("0.01", "2023-01-01", "2023-07-03", "0.00");
        assert_eq!(half.annualised_amount().unwrap().fen(), 1);
        assert_eq!(half.plus(half).unwrap().annualised_amount().unwrap().fen(), 1);
    }

    #[test]
    fn zero_days_give_zero_and_no_rate() {
        let none = volume("1000.00", "2023-01-01", "2023-01-01", "5.00");
        assert_eq!(none.annualised_amount().unwrap(), Money::ZERO);
        assert!(none.annual_rate().unwrap().is_none());
    }

    proptest! {
        #[test]
        fn the_order_of_contracts_does_not_matter(contracts in prop::collection::vec((1_i64..1_000_000_000, 0_u16..4000, 0_i64..1_000_000), 1..20)) {
            let start = Day::new(2020, 1, 1);
            let volumes: Vec<Volume> = contracts.iter().map(|(fen, days, fee)| {
                let end = Day::from_date(start.date() + chrono::Days::new(u64::from(*days))).unwrap();
                Volume::of(Money::from_fen(*fen), Term::new(start, end).unwrap(), Money::from_fen(*fee)).unwrap()
            }).collect();
            let forwards = volumes.iter().try_fold(Volume::default(), |sum, volume| sum.plus(*volume)).unwrap();
            let backwards = volumes.iter().rev().try_fold(Volume::default(), |sum, volume| sum.plus(*volume)).unwrap();
            prop_assert_eq!(forwards, backwards);
        }
    }
}
