//! The only place that reads the clock: moments in UTC, days as the civil date in China.

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound as _, Utc};

/// Seconds by which Chinese civil time is ahead of UTC: +08:00 in every season since 1991-09-15, so no time zone table is needed.
const CHINA_AHEAD_SECONDS: i32 = 8 * 60 * 60;

/// The clock a service goes by: a test sets its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// It stands at this moment.
    At(DateTime<Utc>),
}

impl Clock {
    /// This moment, in whole microseconds: what a row can hold.
    pub fn now(self) -> DateTime<Utc> {
        let now = match self {
            Self::System => now(),
            Self::At(moment) => moment,
        };
        now.trunc_subsecs(6)
    }
}

/// This moment.
#[allow(clippy::disallowed_methods, reason = "this is the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Today's civil date in China.
pub fn today() -> NaiveDate {
    civil_day(now())
}

/// The civil date in China at `moment`.
pub fn civil_day(moment: DateTime<Utc>) -> NaiveDate {
    match FixedOffset::east_opt(CHINA_AHEAD_SECONDS) {
        Some(china) => moment.with_timezone(&china).date_naive(),
        // Unreachable: eight hours are a valid offset.
        None => moment.date_naive(),
    }
}

#[cfg(test)]
mod tests {
    use super::civil_day;
    use chrono::{NaiveDate, TimeZone as _, Utc};

    #[test]
    fn a_chinese_day_begins_at_sixteen_hundred_utc() {
        let before = Utc.with_ymd_and_hms(2026, 12, 31, 15, 59, 59).unwrap();
        let at = Utc.with_ymd_and_hms(2026, 12, 31, 16, 0, 0).unwrap();
        assert_eq!(civil_day(before), NaiveDate::from_ymd_opt(2026, 12, 31).unwrap());
        assert_eq!(civil_day(at), NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
    }
}
