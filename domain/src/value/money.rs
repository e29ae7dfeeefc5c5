//! Amounts of renminbi in whole fen.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::OutOfRange;

/// An amount of renminbi, held in whole fen (0.01 yuan). May be negative. On the wire a string of yuan: `"1234.56"`.
///
/// There are no `+` and `-`: every sum can leave the range, and says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Why a text is not an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not of the form `-?\d+(\.\d{1,2})?`.
    #[error("an amount is a decimal string in yuan with at most two decimals, such as \"1234.56\"")]
    Malformed,
    /// More than two decimals: refused, never rounded.
    #[error("an amount has at most two decimals: a fen is the smallest unit")]
    ThirdDecimal,
    /// Beyond ±92,233,720,368,547,758.07 yuan.
    #[error("the amount is beyond what can be kept (92,233,720,368,547,758.07 yuan)")]
    OutOfRange,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount that can be kept: 92,233,720,368,547,758.07 yuan.
    pub const MAX: Self = Self(i64::MAX);

    /// An amount given in fen.
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// An amount given in 万元 (10,000 yuan), for constants of law.
    ///
    /// # Panics
    /// At compile time, when the amount leaves the range.
    #[expect(clippy::panic, reason = "evaluated at compile time: a wrong constant does not compile")]
    pub const fn from_wan(wan: i64) -> Self {
        match wan.checked_mul(1_000_000) {
            Some(fen) => Self(fen),
            None => panic!("amount of 万元 out of range"),
        }
    }

    /// The amount in fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The amount in fen, wide enough to be multiplied exactly.
    pub const fn wide(self) -> i128 {
        self.0 as i128
    }

    /// An exact integer number of fen, if it fits.
    pub fn from_wide(fen: i128) -> Result<Self, OutOfRange> {
        i64::try_from(fen).map(Self).map_err(|_| OutOfRange)
    }

    /// The sum of two amounts.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        self.0.checked_add(other.0).map(Self).ok_or(OutOfRange)
    }

    /// The difference of two amounts.
    pub fn minus(self, other: Self) -> Result<Self, OutOfRange> {
        self.0.checked_sub(other.0).map(Self).ok_or(OutOfRange)
    }

    /// The sum of many amounts.
    pub fn total(amounts: impl IntoIterator<Item = Self>) -> Result<Self, OutOfRange> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The amount for a reader, with thousands separated: `1,234,567.89`.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut grouped = String::with_capacity(plain.len().saturating_add(8));
        grouped.push_str(sign);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len().abs_diff(index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped.push('.');
        grouped.push_str(fraction);
        grouped
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether the amount is zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Splits the amount in proportion to `weights` (none negative, not all zero); the parts always add up to the whole.
    ///
    /// Largest remainder: every part is rounded down, and the fen left over go one each to the largest remainders,
    /// ties to the earlier part (RULES.md section 5.3).
    pub fn split(self, weights: &[i128]) -> Result<Vec<Self>, OutOfRange> {
        let sum = weights.iter().try_fold(0_i128, |sum, weight| sum.checked_add(*weight)).ok_or(OutOfRange)?;
        if sum <= 0 || weights.iter().any(|weight| *weight < 0) {
            return Err(OutOfRange);
        }
        let mut parts = Vec::with_capacity(weights.len());
        let mut remainders = Vec::with_capacity(weights.len());
        let mut left = self.wide();
        for (index, weight) in weights.iter().enumerate() {
            let exact = self.wide().checked_mul(*weight).ok_or(OutOfRange)?;
            let part = exact.div_euclid(sum);
            left = left.checked_sub(part).ok_or(OutOfRange)?;
            parts.push(part);
            remainders.push((std::cmp::Reverse(exact.rem_euclid(sum)), index));
        }
        remainders.sort_unstable();
        let count = usize::try_from(left).map_err(|_| OutOfRange)?;
        for (_, index) in remainders.into_iter().take(count) {
            if let Some(part) = parts.get_mut(index) {
                *part = part.checked_add(1).ok_or(OutOfRange)?;
            }
        }
        parts.into_iter().map(Self::from_wide).collect()
    }
}

impl fmt::Display for Money {
    /// Yuan with two decimals: `-1234.56`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let sign = if self.is_negative() { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (yuan, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(yuan) || !all_digits(fraction) {
            return Err(MoneyError::Malformed);
        }
        let fraction_fen = match fraction.as_bytes() {
            [tenth] => i128::from(tenth.saturating_sub(b'0')).saturating_mul(10),
            [_, _] => fraction.parse().map_err(|_| MoneyError::Malformed)?,
            _ => return Err(MoneyError::ThirdDecimal),
        };
        let yuan: i128 = yuan.parse().map_err(|_| MoneyError::OutOfRange)?;
        let fen = yuan.checked_mul(100).and_then(|fen| fen.checked_add(fraction_fen)).ok_or(MoneyError::OutOfRange)?;
        let signed = if negative { fen.checked_neg() } else { Some(fen) };
        signed.and_then(|fen| i64::try_from(fen).ok()).map(Self).ok_or(MoneyError::OutOfRange)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn an_amount_reads_and_writes_yuan_with_two_decimals() {
        for (text, fen, shown) in [
            ("0", 0, "0.00"),
            ("0.01", 1, "0.01"),
            ("1.5", 150, "1.50"),
            ("1234.56", 123_456, "1234.56"),
            ("-0.05", -5, "-0.05"),
            ("007.10", 710, "7.10"),
            ("92233720368547758.07", i64::MAX, "92233720368547758.07"),
            ("-92233720368547758.08", i64::MIN, "-92233720368547758.08"),
        ] {
            assert_eq!(yuan(text).fen(), fen, "{text}");
            assert_eq!(yuan(text).to_string(), shown);
        }
    }

    #[test]
    fn an_amount_is_shown_to_people_with_thousands_separated() {
        for (fen, shown) in
            [(0, "0.00"), (99_999, "999.99"), (100_000, "1,000.00"), (-12_345_678_901, "-123,456,789.01")]
        {
            assert_eq!(Money::from_fen(fen).grouped(), shown);
        }
    }

    #[test]
    fn a_third_decimal_is_refused_and_never_rounded() {
        assert_eq!("1.005".parse::<Money>(), Err(MoneyError::ThirdDecimal));
        assert_eq!("1.000".parse::<Money>(), Err(MoneyError::ThirdDecimal));
    }

    #[test]
    fn on_the_wire_an_amount_is_a_string() {
        assert_eq!(serde_json::from_str::<Money>("\"12.50\"").unwrap(), Money::from_fen(1250));
        assert_eq!(serde_json::to_string(&Money::from_fen(1250)).unwrap(), "\"12.50\"");
        assert!(serde_json::from_str::<Money>("12.50").is_err());
    }

    #[test]
    fn garbage_is_not_money() {
        for text in ["", "-", ".5", "5.", "+1", "1e3", "1,000", " 1", "1 ", "--1", "0x1", "１", "NaN", "1.-5"] {
            assert_eq!(text.parse::<Money>(), Err(MoneyError::Malformed), "{text:?}");
        }
        for text in ["92233720368547758.08", "-92233720368547758.09", &"9".repeat(60)] {
            assert_eq!(text.parse::<Money>(), Err(MoneyError::OutOfRange), "{text:?}");
        }
    }

    #[test]
    fn leftover_fen_go_to_the_largest_remainder_then_to_the_earlier_part() {
        // 10001 fen by 2/4/2/2: exact 2000.2, 4000.4, 2000.2, 2000.2; one fen left goes to the second.
        let parts = Money::from_fen(10_001).split(&[2, 4, 2, 2]).unwrap();
        assert_eq!(parts.iter().map(|part| part.fen()).collect::<Vec<_>>(), [2000, 4001, 2000, 2000]);
        // 100 fen by 1/1/1: 33.33 each; the tie goes to the first.
        let parts = Money::from_fen(100).split(&[1, 1, 1]).unwrap();
        assert_eq!(parts.iter().map(|part| part.fen()).collect::<Vec<_>>(), [34, 33, 33]);
    }

    #[test]
    fn sums_and_splits_beyond_the_range_are_errors() {
        assert_eq!(Money::MAX.plus(Money::from_fen(1)), Err(OutOfRange));
        assert_eq!(Money::from_fen(i64::MIN).minus(Money::from_fen(1)), Err(OutOfRange));
        assert_eq!(Money::MAX.split(&[]), Err(OutOfRange));
        assert_eq!(Money::MAX.split(&[0, 0]), Err(OutOfRange));
        assert_eq!(Money::MAX.split(&[2, -1]), Err(OutOfRange));
        assert_eq!(Money::MAX.split(&[i128::MAX]), Err(OutOfRange));
    }

    proptest! {
        #[test]
        fn parts_always_add_up_to_the_whole_and_stay_within_a_fen(
            fen in any::<i64>(),
            weights in prop::collection::vec(0_u64..=10_000_000_000, 1..8),
        ) {
            let weights: Vec<i128> = weights.into_iter().map(i128::from).collect();
            let sum: i128 = weights.iter().sum();
            prop_assume!(sum > 0);
            let parts = Money::from_fen(fen).split(&weights).unwrap();
            prop_assert_eq!(parts.iter().map(|part| part.wide()).sum::<i128>(), i128::from(fen));
            for (part, weight) in parts.iter().zip(&weights) {
                // |part × sum − whole × weight| < sum: less than a fen from the exact share.
                prop_assert!((part.wide() * sum - i128::from(fen) * weight).abs() < sum);
            }
        }

        #[test]
        fn writing_and_reading_gives_the_same_amount(fen in any::<i64>()) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*") {
            let _ = text.parse::<Money>();
        }
    }
}
