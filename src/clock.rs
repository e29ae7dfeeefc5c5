//! The only place that reads the clock: moments in UTC, days as the civil date in China.

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound as _, TimeDelta, Utc};
use std::time::Duration;

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

/// How long from `moment` until the next day begins in China; at the end of time, a day.
pub fn until_tomorrow(moment: DateTime<Utc>) -> Duration {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let tomorrow = civil_day(moment).succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0));
    let begins =
        tomorrow.and_then(|begins| begins.and_utc().checked_sub_signed(TimeDelta::seconds(CHINA_AHEAD_SECONDS.into())));
    begins.and_then(|begins| begins.signed_duration_since(moment).to_std().ok()).unwrap_or(DAY)
}

#[cfg(test)]
mod tests {
    use super::{civil_day, until_tomorrow};
    use chrono::{NaiveDate, TimeZone as _, Utc};

    #[test]
    fn tomorrow_begins_at_sixteen_hundred_utc_too() {
        let seconds = |hour, minute, second| {
            until_tomorrow(Utc.with_ymd_and_hms(2026, 12, 31, hour, minute, second).unwrap()).as_secs()
        };
        assert_eq!((seconds(15, 59, 59), seconds(16, 0, 0), seconds(16, 0, 1)), (1, 86_400, 86_399));
    }

    #[test]
    fn a_chinese_day_begins_at_sixteen_hundred_utc() {
        let before = Utc.with_ymd_and_hms(2026, 12, 31, 15, 59, 59).unwrap();
        let at = Utc.with_ymd_and_hms(2026, 12, 31, 16, 0, 0).unwrap();
        assert_eq!(civil_day(before), NaiveDate::from_ymd_opt(2026, 12, 31).unwrap());
        assert_eq!(civil_day(at), NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
    }
}
