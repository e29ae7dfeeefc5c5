//! Exact ratios: compared by cross-multiplication, rounded only when shown.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Money, OutOfRange, Rate};

/// An exact fraction with a denominator above zero. Nothing is rounded before it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

/// `numerator ÷ denominator` to the nearest integer, halves away from zero; the denominator is above zero.
pub(super) fn divide_half_up(numerator: i128, denominator: i128) -> Option<i128> {
    let quotient = numerator.checked_div(denominator)?;
    let rest = numerator.checked_rem(denominator)?.abs();
    // rest ≥ denominator − rest is rest × 2 ≥ denominator, without leaving the range.
    if rest >= denominator.checked_sub(rest)? { quotient.checked_add(numerator.signum()) } else { Some(quotient) }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a.max(1)
}

impl Ratio {
    /// `numerator ÷ denominator`; `None` when the denominator is zero and no ratio can be formed.
    pub fn new(numerator: i128, denominator: i128) -> Result<Option<Self>, OutOfRange> {
        Ok(match denominator.signum() {
            0 => None,
            1 => Some(Self { numerator, denominator }),
            _ => Some(Self {
                numerator: numerator.checked_neg().ok_or(OutOfRange)?,
                denominator: denominator.checked_neg().ok_or(OutOfRange)?,
            }),
        })
    }

    /// One amount over another; `None` when the second is zero.
    pub fn of(part: Money, whole: Money) -> Result<Option<Self>, OutOfRange> {
        Self::new(part.wide(), whole.wide())
    }

    /// A rate as a ratio.
    pub fn from_rate(rate: Rate) -> Self {
        let (numerator, denominator) = rate.fraction();
        Self { numerator, denominator }
    }

    /// The product of two rates, exactly: half the benchmark lending rate.
    pub fn product(a: Rate, b: Rate) -> Result<Self, OutOfRange> {
        let ((a, a_unit), (b, b_unit)) = (a.fraction(), b.fraction());
        let numerator = a.checked_mul(b).ok_or(OutOfRange)?;
        Ok(Self { numerator, denominator: a_unit.checked_mul(b_unit).ok_or(OutOfRange)? })
    }

    /// The mean of two ratios, exactly.
    pub fn mean(self, other: Self) -> Result<Self, OutOfRange> {
        let mean = |a: Self, b: Self| {
            let left = a.numerator.checked_mul(b.denominator)?;
            let right = b.numerator.checked_mul(a.denominator)?;
            let denominator = a.denominator.checked_mul(b.denominator)?.checked_mul(2)?;
            Some(Self { numerator: left.checked_add(right)?, denominator })
        };
        mean(self, other).or_else(|| mean(self.reduced(), other.reduced())).ok_or(OutOfRange)
    }

    fn reduced(self) -> Self {
        let divisor = greatest_common_divisor(self.numerator, self.denominator);
        Self {
            numerator: self.numerator.checked_div(divisor).unwrap_or(self.numerator),
            denominator: self.denominator.checked_div(divisor).unwrap_or(self.denominator),
        }
    }

    /// Compares exactly, by cross-multiplication; an error when the products leave the range even in lowest terms.
    pub fn compare(self, other: Self) -> Result<Ordering, OutOfRange> {
        let cross = |a: Self, b: Self| {
            Some(a.numerator.checked_mul(b.denominator)?.cmp(&b.numerator.checked_mul(a.denominator)?))
        };
        cross(self, other).or_else(|| cross(self.reduced(), other.reduced())).ok_or(OutOfRange)
    }

    /// The product of two ratios, exactly; reduced first where that is needed.
    pub fn times(self, other: Self) -> Result<Self, OutOfRange> {
        let product = |a: Self, b: Self| {
            let numerator = a.numerator.checked_mul(b.numerator)?;
            Some(Self { numerator, denominator: a.denominator.checked_mul(b.denominator)? })
        };
        product(self, other)
            .or_else(|| {
                let crossed = Self { numerator: self.numerator, denominator: other.denominator }.reduced();
                let other = Self { numerator: other.numerator, denominator: self.denominator }.reduced();
                product(crossed, other)
            })
            .ok_or(OutOfRange)
    }

    /// Whether the ratio is at most `limit` (exactly).
    pub fn at_most(self, limit: Rate) -> Result<bool, OutOfRange> {
        self.compare(Self::from_rate(limit)).map(Ordering::is_le)
    }

    /// Whether the ratio is at least `limit` (exactly).
    pub fn at_least(self, limit: Rate) -> Result<bool, OutOfRange> {
        self.compare(Self::from_rate(limit)).map(Ordering::is_ge)
    }

    /// The ratio with `decimals` decimals, half up (away from zero).
    pub fn rounded(self, decimals: u32) -> Result<Decimal, OutOfRange> {
        let power = 10_i128.checked_pow(decimals).ok_or(OutOfRange)?;
        let scaled = |ratio: Self| divide_half_up(ratio.numerator.checked_mul(power)?, ratio.denominator);
        let scaled = scaled(self).or_else(|| scaled(self.reduced())).ok_or(OutOfRange)?;
        Decimal::try_from_i128_with_scale(scaled, decimals).map_err(|_| OutOfRange)
    }

    /// The ratio as an answer shows it: six decimals, half up.
    pub fn six_decimals(self) -> Result<Rate, OutOfRange> {
        self.rounded(6).map(Rate::new)
    }

    /// The ratio as it is kept beside the limit it was held against: six decimals, half up, or as many as it takes, up to eighteen, that
    /// it does not look like the limit when it is not.
    pub fn decimals_beside(self, limit: Rate) -> Result<String, OutOfRange> {
        let beside = Self::from_rate(limit);
        let equal = self.compare(beside)?.is_eq();
        for decimals in 6..18 {
            let shown = self.rounded(decimals)?;
            if equal || Self::from_rate(Rate::new(shown)).compare(beside)?.is_ne() {
                return Ok(shown.to_string());
            }
        }
        self.rounded(18).map(|shown| shown.to_string())
    }

    /// The ratio in per cent for a reader, at most four decimals: `79.9992%`.
    pub fn percent(self) -> Result<String, OutOfRange> {
        self.rounded(6).map(|rate| Rate::new(rate).percent())
    }

    /// The ratio in per cent beside a limit: with as many decimals as it takes, up to ten, that it does not look like the
    /// limit when it is not.
    pub fn percent_beside(self, limit: Self) -> Result<String, OutOfRange> {
        let equal = self.compare(limit)?.is_eq();
        for decimals in [6, 8, 10, 12] {
            let shown = self.rounded(decimals)?;
            if equal || decimals == 12 || Self::from_rate(Rate::new(shown)).compare(limit)?.is_ne() {
                return Ok(format!("{}%", shown.checked_mul(Decimal::ONE_HUNDRED).ok_or(OutOfRange)?.normalize()));
            }
        }
        self.percent()
    }

    /// The ratio as a multiple beside a limit: two decimals, `12.50`, or as many as it takes, up to ten, that it does not look like
    /// the limit when it is not.
    pub fn multiple_beside(self, limit: Self) -> Result<String, OutOfRange> {
        let equal = self.compare(limit)?.is_eq();
        for decimals in 2..=10 {
            let shown = self.rounded(decimals)?;
            if equal || decimals == 10 || Self::from_rate(Rate::new(shown)).compare(limit)?.is_ne() {
                return Ok(shown.to_string());
            }
        }
        self.rounded(2).map(|multiple| multiple.to_string())
    }

    /// The whole fen that do not exceed numerator ÷ denominator, when that is an amount in fen that is not negative.
    pub fn whole_fen(self) -> Result<Money, OutOfRange> {
        Money::from_wide(self.numerator.checked_div(self.denominator).ok_or(OutOfRange)?)
    }

    /// The nearest whole number of fen, half up, when numerator ÷ denominator is an amount in fen.
    pub fn to_money(self) -> Result<Money, OutOfRange> {
        Money::from_wide(divide_half_up(self.numerator, self.denominator).ok_or(OutOfRange)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::new(numerator, denominator).unwrap().unwrap()
    }

    #[test]
    fn a_zero_denominator_forms_no_ratio() {
        assert!(Ratio::new(5, 0).unwrap().is_none());
        assert!(Ratio::new(0, 0).unwrap().is_none());
    }

    #[test]
    fn comparison_is_exact_where_rounding_would_lie() {
        // 10,027.40 yuan on 1,000,000.00 for 366 days is 1.00000027… %: shown as 0.010000, and still above one per cent.
        let rate = ratio(1_002_740 * 365, 100_000_000 * 366);
        assert_eq!(rate.six_decimals().unwrap().six_decimals(), "0.010000");
        assert!(!rate.at_most(Rate::new(dec!(0.01))).unwrap());
        assert!(ratio(1_002_739 * 365, 100_000_000 * 366).at_most(Rate::new(dec!(0.01))).unwrap());
    }

    #[test]
    fn a_ratio_just_beside_its_limit_does_not_look_like_it() {
        let limit = Ratio::from_rate(Rate::new(dec!(0.01)));
        let over = ratio(1_002_740 * 365, 100_000_000 * 366);
        assert_eq!(over.percent().unwrap(), "1%");
        assert_eq!(over.percent_beside(limit).unwrap(), "1.00000027%");
        assert_eq!(ratio(1, 100).percent_beside(limit).unwrap(), "1%");
        assert_eq!(ratio(3, 1000).percent_beside(limit).unwrap(), "0.3%");
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(ratio(1, 2_000_000).rounded(6).unwrap(), dec!(0.000001)); // 0.0000005
        assert_eq!(ratio(-1, 2_000_000).rounded(6).unwrap(), dec!(-0.000001));
        assert_eq!(ratio(1, 2_000_001).rounded(6).unwrap(), dec!(0.000000));
        assert_eq!(ratio(1, -3).rounded(6).unwrap(), dec!(-0.333333));
    }

    #[test]
    fn products_beyond_the_range_are_reduced_first_and_then_refused() {
        let huge = i128::MAX / 3;
        assert_eq!(ratio(huge, huge).compare(ratio(huge, huge)), Ok(Ordering::Equal));
        assert_eq!(ratio(i128::MAX, 3).compare(ratio(i128::MAX - 1, 5)), Err(OutOfRange));
    }

    #[test]
    fn a_ratio_kept_beside_its_limit_does_not_look_like_it_when_it_is_not() {
        let limit = Rate::new(dec!(0.8));
        for (numerator, denominator, shown) in [
            (799, 999, "0.799800"), // 0.7997997…
            (4, 5, "0.800000"),
            // One fen under 80 of 100万 yuan: 0.79999999, which six decimals would show as 0.800000.
            (79_999_999, 100_000_000, "0.79999999"),
            (80_000_001, 100_000_000, "0.80000001"),
            // One fen under 80 % of 10,000亿 yuan: 0.8 − 10⁻¹⁴.
            (79_999_999_999_999, 100_000_000_000_000, "0.79999999999999"),
        ] {
            assert_eq!(ratio(numerator, denominator).decimals_beside(limit).unwrap(), shown);
        }
    }

    #[test]
    fn a_multiple_is_shown_with_two_decimals() {
        let limit = ratio(10, 1);
        assert_eq!(ratio(25, 2).multiple_beside(limit).unwrap(), "12.50");
        assert_eq!(ratio(1, 3).multiple_beside(limit).unwrap(), "0.33");
        assert_eq!(limit.multiple_beside(limit).unwrap(), "10.00");
        // 1,000,000.01 over 100,000.00 is above ten, and does not look like ten.
        assert_eq!(ratio(100_000_001, 10_000_000).multiple_beside(limit).unwrap(), "10.0000001");
    }

    #[test]
    fn products_and_means_are_exact() {
        let half_of_435 = Ratio::product(Rate::new(dec!(0.5)), Rate::new(dec!(0.0435))).unwrap();
        assert_eq!(half_of_435.rounded(6).unwrap(), dec!(0.021750));
        assert_eq!(ratio(1, 3).mean(ratio(2, 3)).unwrap().compare(ratio(1, 2)), Ok(Ordering::Equal));
    }

    proptest! {
        #[test]
        fn comparing_agrees_with_subtracting(a in any::<i32>(), b in 1_i32.., c in any::<i32>(), d in 1_i32..) {
            let (a, b, c, d) = (i128::from(a), i128::from(b), i128::from(c), i128::from(d));
            prop_assert_eq!(ratio(a, b).compare(ratio(c, d)), Ok((a * d - c * b).cmp(&0)));
        }

        #[test]
        fn rounding_is_never_further_than_half_a_unit(a in any::<i64>(), b in 1_i64..) {
            let rounded = ratio(i128::from(a), i128::from(b)).rounded(6).unwrap().mantissa();
            // |rounded ÷ 10⁶ − a ÷ b| ≤ ½ × 10⁻⁶
            prop_assert!((rounded * i128::from(b) - i128::from(a) * 1_000_000).abs() * 2 <= i128::from(b));
        }
    }
}
