//! Rates and shares: 0.01 is one per cent.

use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Money, OutOfRange};

/// A rate or share; 0.01 is one per cent. On the wire a decimal string of at most ten decimals, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Decimal);

/// Why a text is not a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// Not of the form `\d+(\.\d{1,10})?`.
    #[error("a rate is a decimal string without sign and with at most ten decimals, such as \"0.01\" for one per cent")]
    Malformed,
    /// More than ten decimals: refused, never rounded.
    #[error("a rate has at most ten decimals")]
    EleventhDecimal,
    /// Too large to be kept.
    #[error("the rate is beyond what can be kept")]
    OutOfRange,
}

impl Rate {
    /// None.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The whole: one hundred per cent.
    pub const ONE: Self = Self(Decimal::ONE);

    /// A rate given as a decimal: `Rate::new(dec!(0.01))` is one per cent.
    pub const fn new(rate: Decimal) -> Self {
        Self(rate)
    }

    /// The rate as a decimal.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The rate as an exact fraction: numerator and power of ten.
    pub(super) fn fraction(self) -> (i128, i128) {
        (self.0.mantissa(), 10_i128.saturating_pow(self.0.scale()))
    }

    /// The rate in units of 10⁻¹⁰, as a weight for [`Money::split`].
    pub fn weight(self) -> Result<i128, OutOfRange> {
        let (numerator, denominator) = self.fraction();
        let scale = 10_000_000_000_i128.checked_div(denominator).filter(|scale| *scale > 0).ok_or(OutOfRange)?;
        numerator.checked_mul(scale).ok_or(OutOfRange)
    }

    /// A rate of so many units of 10⁻¹⁰, as a row keeps it.
    pub fn of_weight(units: i64) -> Self {
        Self(Decimal::new(units, 10).normalize())
    }

    /// The sum of two rates.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        self.0.checked_add(other.0).map(Self).ok_or(OutOfRange)
    }

    /// 不超过: the most whole fen that do not exceed this share of `base` (rounds down).
    pub fn at_most(self, base: Money) -> Result<Money, OutOfRange> {
        let (numerator, denominator) = self.fraction();
        let exact = base.wide().checked_mul(numerator).ok_or(OutOfRange)?;
        Money::from_wide(exact.div_euclid(denominator))
    }

    /// 不低于: the least whole fen that are not below this share of `base` (rounds up).
    pub fn at_least(self, base: Money) -> Result<Money, OutOfRange> {
        let (numerator, denominator) = self.fraction();
        let exact = base.wide().checked_mul(numerator).and_then(i128::checked_neg).ok_or(OutOfRange)?;
        Money::from_wide(exact.div_euclid(denominator).checked_neg().ok_or(OutOfRange)?)
    }

    /// This share of `base`, half a fen rounded away from zero.
    pub fn half_up(self, base: Money) -> Result<Money, OutOfRange> {
        let (numerator, denominator) = self.fraction();
        let exact = base.wide().checked_mul(numerator).ok_or(OutOfRange)?;
        Money::from_wide(super::ratio::divide_half_up(exact, denominator).ok_or(OutOfRange)?)
    }

    /// The rate with six decimals, half up, as answers show it.
    pub fn six_decimals(self) -> String {
        format!("{:.6}", self.0.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The rate in per cent for a reader: `1.5%`, at most six decimals.
    pub fn percent(self) -> String {
        let hundredfold = self.0.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(self.0);
        format!("{}%", hundredfold.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero).normalize())
    }
}

impl fmt::Display for Rate {
    /// The shortest decimal: `0.015`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(RateError::Malformed);
        }
        if fraction.len() > 10 {
            return Err(RateError::EleventhDecimal);
        }
        Decimal::from_str_exact(text).map(|rate| Self(rate.normalize())).map_err(|_| RateError::OutOfRange)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn the_verbs_round_as_the_law_words_them() {
        let one_per_cent = Rate::new(dec!(0.01));
        for (base, at_most, half_up, at_least) in [
            (100, 1, 1, 1),     // 1 exactly
            (149, 1, 1, 2),     // 1.49
            (150, 1, 2, 2),     // 1.5
            (199, 1, 2, 2),     // 1.99
            (-150, -2, -2, -1), // −1.5: down, away from zero, up
        ] {
            let base = Money::from_fen(base);
            assert_eq!(one_per_cent.at_most(base).unwrap().fen(), at_most, "{base}");
            assert_eq!(one_per_cent.half_up(base).unwrap().fen(), half_up, "{base}");
            assert_eq!(one_per_cent.at_least(base).unwrap().fen(), at_least, "{base}");
        }
    }

    #[test]
    fn a_rate_has_no_sign_no_exponent_and_at_most_ten_decimals() {
        assert_eq!("0.0100000000".parse::<Rate>(), Ok(Rate::new(dec!(0.01))));
        assert_eq!("1".parse::<Rate>(), Ok(Rate::ONE));
        assert_eq!("0.01000000001".parse::<Rate>(), Err(RateError::EleventhDecimal));
        for text in ["", "-0.1", "+0.1", "1e-2", ".5", "5.", "1%", "0,5", "一"] {
            assert_eq!(text.parse::<Rate>(), Err(RateError::Malformed), "{text:?}");
        }
        assert_eq!("9".repeat(40).parse::<Rate>(), Err(RateError::OutOfRange));
    }

    #[test]
    fn a_rate_is_shown_for_machines_with_six_decimals_and_for_people_in_per_cent() {
        assert_eq!(Rate::new(dec!(0.0099726775)).six_decimals(), "0.009973");
        assert_eq!(Rate::new(dec!(0.0000005)).six_decimals(), "0.000001");
        assert_eq!(Rate::new(dec!(0.015)).percent(), "1.5%");
        assert_eq!(Rate::new(dec!(0.8)).percent(), "80%");
    }

    #[test]
    fn a_rate_weighs_in_units_of_the_tenth_decimal_and_a_finer_one_weighs_nothing_exact() {
        assert_eq!(Rate::new(dec!(0.2)).weight(), Ok(2_000_000_000));
        assert_eq!(Rate::new(dec!(0.0000000001)).weight(), Ok(1));
        assert_eq!(Rate::new(dec!(0.00000000001)).weight(), Err(OutOfRange));
        for (units, rate) in [(2_000_000_000, "0.2"), (1, "0.0000000001"), (0, "0"), (10_000_000_000, "1")] {
            assert_eq!(Rate::of_weight(units), rate.parse().unwrap());
            assert_eq!(Rate::of_weight(units).to_string(), rate);
        }
    }

    proptest! {
        #[test]
        fn the_law_s_roundings_enclose_the_exact_share(fen in any::<i32>(), rate in 0_u32..=2_000_000) {
            let rate = Rate::new(Decimal::new(i64::from(rate), 6));
            let base = Money::from_fen(i64::from(fen));
            let (down, near, up) = (rate.at_most(base).unwrap(), rate.half_up(base).unwrap(), rate.at_least(base).unwrap());
            prop_assert!(down <= near && near <= up);
            prop_assert!(up.fen() - down.fen() <= 1);
        }
    }
}
