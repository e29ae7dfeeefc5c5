//! By when a report is due: a rule over periods, kept as data (RULES.md section 6).

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::value::{Day, Term};

/// What one report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 月.
    Monthly,
    /// 季.
    Quarterly,
    /// 半年.
    HalfYear,
    /// 年.
    Yearly,
}

impl Period {
    const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYear => 6,
            Self::Yearly => 12,
        }
    }

    /// The last period that is over on `day`; none before the first day that can be named.
    pub fn last_over(self, day: Day) -> Option<Term> {
        let into = day.date().month0().checked_rem(self.months())?;
        let end = first_of_month(day.date())?.checked_sub_months(Months::new(into))?;
        let start = end.checked_sub_months(Months::new(self.months()))?;
        Term::new(Day::from_date(start)?, Day::from_date(end)?).ok()
    }
}

fn first_of_month(date: NaiveDate) -> Option<NaiveDate> {
    date.with_day(1)
}

/// When the report of a period is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// So many months after the last month of the period.
    pub month_offset: u32,
    /// The day of that month; its last day when the month is shorter.
    pub day_of_month: u32,
}

impl DueRule {
    /// The day the report of `period` is due; none beyond the last day that can be named.
    pub fn due(self, period: Term) -> Option<Day> {
        let last_month = first_of_month(period.end().previous()?.date())?;
        let month = last_month.checked_add_months(Months::new(self.month_offset))?;
        let last_day = month.checked_add_months(Months::new(1))?.pred_opt()?;
        Day::from_date(month.with_day(self.day_of_month).unwrap_or(last_day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(period: Period, on: Day, month_offset: u32, day_of_month: u32) -> Option<Day> {
        DueRule { month_offset, day_of_month }.due(period.last_over(on)?)
    }

    #[test]
    fn the_last_period_that_is_over_ends_on_or_before_the_day() {
        let term = |start, end| Term::new(start, end).ok();
        for (period, on, start, end) in [
            (Period::Monthly, Day::new(2024, 3, 1), Day::new(2024, 2, 1), Day::new(2024, 3, 1)),
            (Period::Monthly, Day::new(2024, 3, 31), Day::new(2024, 2, 1), Day::new(2024, 3, 1)),
            (Period::Monthly, Day::new(2024, 1, 1), Day::new(2023, 12, 1), Day::new(2024, 1, 1)),
            (Period::Quarterly, Day::new(2024, 3, 31), Day::new(2023, 10, 1), Day::new(2024, 1, 1)),
            (Period::Quarterly, Day::new(2024, 4, 1), Day::new(2024, 1, 1), Day::new(2024, 4, 1)),
            (Period::HalfYear, Day::new(2024, 6, 30), Day::new(2023, 7, 1), Day::new(2024, 1, 1)),
            (Period::HalfYear, Day::new(2024, 7, 1), Day::new(2024, 1, 1), Day::new(2024, 7, 1)),
            (Period::Yearly, Day::new(2024, 12, 31), Day::new(2023, 1, 1), Day::new(2024, 1, 1)),
            (Period::Yearly, Day::new(2025, 1, 1), Day::new(2024, 1, 1), Day::new(2025, 1, 1)),
        ] {
            assert_eq!(period.last_over(on), term(start, end), "{period:?} on {on}");
        }
    }

    #[test]
    fn a_report_is_due_on_the_day_of_the_month_so_many_months_later() {
        // December of 2018 and the 10th of the next month.
        assert_eq!(due(Period::Monthly, Day::new(2019, 1, 1), 1, 10), Some(Day::new(2019, 1, 10)));
        assert_eq!(due(Period::Monthly, Day::new(2019, 1, 31), 0, 25), Some(Day::new(2018, 12, 25)));
        // The first half of 2019, by the end of July.
        assert_eq!(due(Period::HalfYear, Day::new(2019, 7, 1), 1, 31), Some(Day::new(2019, 7, 31)));
        assert_eq!(due(Period::Yearly, Day::new(2019, 7, 1), 24, 1), Some(Day::new(2020, 12, 1)));
    }

    #[test]
    fn the_31st_of_a_short_month_is_its_last_day() {
        assert_eq!(due(Period::Yearly, Day::new(2019, 1, 1), 2, 31), Some(Day::new(2019, 2, 28)));
        assert_eq!(due(Period::Yearly, Day::new(2020, 1, 1), 2, 31), Some(Day::new(2020, 2, 29)));
        assert_eq!(due(Period::Yearly, Day::new(2020, 1, 1), 2, 29), Some(Day::new(2020, 2, 29)));
        assert_eq!(due(Period::Monthly, Day::new(2024, 4, 1), 1, 31), Some(Day::new(2024, 4, 30)));
        assert_eq!(due(Period::Monthly, Day::new(2024, 5, 1), 1, 31), Some(Day::new(2024, 5, 31)));
    }

    #[test]
    fn at_the_ends_of_the_calendar_there_is_no_period_or_no_day() {
        assert_eq!(Period::Yearly.last_over(Day::MIN), None);
        assert_eq!(due(Period::Yearly, Day::new(9999, 12, 31), 24, 1), None);
    }
}
