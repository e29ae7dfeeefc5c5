//! Civil days in Asia/Shanghai, and half-open terms between them.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A civil date in Asia/Shanghai, from 0001-01-01 to 9999-12-31. On the wire `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// Why a text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not of the form `YYYY-MM-DD`.
    #[error("a day is written YYYY-MM-DD, such as \"2024-01-31\"")]
    Malformed,
    /// The calendar has no such day.
    #[error("the calendar has no such day")]
    NoSuchDay,
}

/// A term is empty or runs backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the end lies before the start")]
pub struct TermError;

impl Day {
    /// The first day that can be named.
    pub const MIN: Self = Self::new(1, 1, 1);

    /// A day named in code.
    ///
    /// # Panics
    /// At compile time, when the calendar has no such day.
    #[expect(clippy::panic, reason = "evaluated at compile time: a wrong constant does not compile")]
    pub const fn new(year: i32, month: u32, day: u32) -> Self {
        assert!(year >= 1 && year <= 9999, "year out of range");
        match NaiveDate::from_ymd_opt(year, month, day) {
            Some(date) => Self(date),
            None => panic!("the calendar has no such day"),
        }
    }

    /// A calendar date as a day; `None` outside the years 1 to 9999.
    pub fn from_date(date: NaiveDate) -> Option<Self> {
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The calendar date.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 31 December of `year`; `None` outside the years 1 to 9999.
    pub fn year_end(year: i32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, 12, 31).and_then(Self::from_date)
    }

    /// The day after.
    pub fn next(self) -> Option<Self> {
        self.0.succ_opt().and_then(Self::from_date)
    }

    /// The day before.
    pub fn previous(self) -> Option<Self> {
        self.0.pred_opt().and_then(Self::from_date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let shape =
            |(index, byte): (usize, u8)| if matches!(index, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return Err(DayError::Malformed);
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| DayError::NoSuchDay)?;
        Self::from_date(date).ok_or(DayError::NoSuchDay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The days `[start, end)`: the start counts, the end does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    start: Day,
    end: Day,
}

impl Term {
    /// A term of zero or more days; refused when the end lies before the start.
    pub fn new(start: Day, end: Day) -> Result<Self, TermError> {
        if end < start { Err(TermError) } else { Ok(Self { start, end }) }
    }

    /// The first day.
    pub const fn start(self) -> Day {
        self.start
    }

    /// The first day no longer covered.
    pub const fn end(self) -> Day {
        self.end
    }

    /// Its length in days; a leap year has 366.
    pub fn days(self) -> i64 {
        self.end.0.signed_duration_since(self.start.0).num_days()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_strictly() {
        assert_eq!("2024-02-29".parse(), Ok(Day::new(2024, 2, 29)));
        for text in
            ["2024-2-29", "24-02-29", "2024/02/29", "2024-02-29 ", "+024-02-29", "２０２４-02-29", "20240229", ""]
        {
            assert_eq!(text.parse::<Day>(), Err(DayError::Malformed), "{text:?}");
        }
        for text in ["2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "0000-01-01"] {
            assert_eq!(text.parse::<Day>(), Err(DayError::NoSuchDay), "{text:?}");
        }
    }

    #[test]
    fn a_day_knows_its_year_its_neighbours_and_how_it_is_written() {
        let leap_day = Day::new(2024, 2, 29);
        assert_eq!((leap_day.year(), leap_day.to_string().as_str()), (2024, "2024-02-29"));
        assert_eq!(leap_day.next(), Some(Day::new(2024, 3, 1)));
        assert_eq!(leap_day.previous(), Some(Day::new(2024, 2, 28)));
        assert_eq!((Day::MIN.previous(), Day::new(9999, 12, 31).next()), (None, None));
        assert_eq!((Day::year_end(2024), Day::year_end(10_000)), (Some(Day::new(2024, 12, 31)), None));
    }

    #[test]
    fn a_term_counts_its_start_and_not_its_end() {
        let days = |start: &str, end: &str| Term::new(start.parse().unwrap(), end.parse().unwrap()).map(Term::days);
        assert_eq!(days("2024-01-01", "2025-01-01"), Ok(366));
        assert_eq!(days("2023-01-01", "2024-01-01"), Ok(365));
        assert_eq!(days("2024-01-01", "2024-01-01"), Ok(0));
        assert_eq!(days("2024-01-02", "2024-01-01"), Err(TermError));
    }
}
