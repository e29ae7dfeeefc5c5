//! The book over the months: the end of each is kept once it is past, so that it stays as it was known and costs nothing to read.

use super::{
    App, booking,
    portfolio::{self, Portfolio},
};
use crate::{
    auth::{Action, Caller},
    error::Problem,
    finding::FindingOut,
    store::{
        self,
        journal::Record,
        month_end::{Kept, Measure, Point},
    },
};
use domain::value::{Day, InstitutionId};
use std::collections::BTreeSet;

/// How many past months are kept when the book of none is.
pub const MONTHS: u32 = 24;

/// Keeps the ends of an institution's past months that are not kept yet: what the turn of a day does, and how many it kept.
pub async fn keep(app: &App, institution: InstitutionId) -> Result<u64, Problem> {
    let caller = Caller::operator(institution);
    let scope = app.open(&caller, Action::KeepMonthEnds).await?;
    let today = booking::today(&scope)?;
    let kept = store::month_end::kept(&scope).await?;
    drop(scope);
    let mut count = 0_u64;
    for (day, edition) in due(&kept, today)? {
        // As of before it is read: what is taken over meanwhile is not in it, and the month is kept once more after that.
        let at = app.clock.now();
        let portfolio = portfolio::read(app, &caller, Some(day)).await?;
        let scope = app.open(&caller, Action::KeepMonthEnds).await?;
        if store::month_end::keep(&scope, &point(portfolio)?, edition, at).await? {
            let record = Record::of("month_end", None).with("month_end", day.to_string());
            scope.commit(record.with("edition", i64::from(edition))).await?;
            count = count.saturating_add(1);
        }
    }
    Ok(count)
}

/// The months to keep and under which edition: those that are not, and those kept before an earlier book was taken over. Nothing is kept
/// from before anything counted.
fn due(kept: &Kept, today: Day) -> Result<Vec<(Day, i32)>, Problem> {
    let Some(first) = kept.first else { return Ok(Vec::new()) };
    let ends = month_ends(today, MONTHS)?.into_iter().filter(|end| *end >= first);
    let edition = |end: Day| match kept.months.get(&end) {
        None => Some((end, 1)),
        Some((edition, at)) if kept.taken_over_at.is_some_and(|taken_over| *at <= taken_over) => {
            Some((end, edition.saturating_add(1)))
        }
        Some(_) => None,
    };
    Ok(ends.filter_map(edition).collect())
}

/// The last days of the `count` months before the one of `today`, oldest first.
fn month_ends(today: Day, count: u32) -> Result<BTreeSet<Day>, Problem> {
    let first_day = chrono::Datelike::with_day(&today.date(), 1).ok_or_else(Problem::internal)?;
    let end = |back: u32| {
        let first_after = first_day.checked_sub_months(chrono::Months::new(back))?;
        Day::from_date(first_after)?.previous()
    };
    (0..count).map(end).collect::<Option<_>>().ok_or_else(Problem::out_of_range)
}

/// What a trend shows of a portfolio.
fn point(portfolio: Portfolio) -> Result<Point, Problem> {
    let Portfolio { day, standing, balance, net_assets, findings, .. } = portfolio;
    let measure = |finding: FindingOut| {
        let (rule, limit, outcome) = (finding.rule.into_owned(), finding.limit, finding.outcome);
        finding.measured.map(|measured| Measure { rule, measured, limit, outcome })
    };
    Ok(Point {
        on: day,
        shares: standing.book.shares,
        committed: standing.committed,
        liability: balance.shown()?,
        net_assets,
        new_amount: standing.new_business.amount,
        measures: findings.into_list().into_iter().map(FindingOut::from).filter_map(measure).collect(),
        kept_at: None,
    })
}

/// The ends of the last `months` months, as far as they are kept, and today.
pub async fn read(app: &App, caller: &Caller, months: u32) -> Result<Vec<Point>, Problem> {
    let scope = app.look(caller, Action::ReadPortfolio).await?;
    let today = booking::today(&scope)?;
    let oldest = month_ends(today, months)?.into_iter().next().unwrap_or(today);
    let mut points = store::month_end::list(&scope, oldest).await?;
    points.push(point(portfolio::of(&scope, None, None).await?)?);
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::{Day, Kept, due, month_ends};
    use chrono::{DateTime, Utc};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_ends_of_past_months_are_their_last_days_and_this_month_has_none_yet() {
        let ends = |today: &str| month_ends(day(today), 3).unwrap().into_iter().collect::<Vec<_>>();
        let before = ["2023-12-31", "2024-01-31", "2024-02-29"].map(day);
        assert_eq!(ends("2024-03-01"), before);
        assert_eq!(ends("2024-03-31"), before, "the last day of a month is not past yet");
        assert_eq!(ends("2024-04-01"), ["2024-01-31", "2024-02-29", "2024-03-31"].map(day));
    }

    #[test]
    fn a_month_is_kept_once_and_once_more_after_an_earlier_book_was_taken_over() {
        let today = day("2026-03-15");
        let mut kept = Kept { first: Some(day("2026-01-31")), ..Kept::default() };
        assert_eq!(due(&kept, today).unwrap(), [(day("2026-01-31"), 1), (day("2026-02-28"), 1)]);
        kept.first = Some(day("2026-02-01"));
        assert_eq!(due(&kept, today).unwrap(), [(day("2026-02-28"), 1)], "nothing counted in January");
        kept.months.insert(day("2026-02-28"), (1, at("2026-03-01T00:00:05Z")));
        assert_eq!(due(&kept, today).unwrap(), []);
        kept.taken_over_at = Some(at("2026-03-01T00:00:04Z"));
        assert_eq!(due(&kept, today).unwrap(), [], "it was there already");
        kept.taken_over_at = Some(at("2026-03-01T00:00:05Z"));
        assert_eq!(
            due(&kept, today).unwrap(),
            [(day("2026-02-28"), 2)],
            "in the same moment: nobody can tell, so once more"
        );
        kept.taken_over_at = Some(at("2026-03-01T00:00:06Z"));
        assert_eq!(due(&kept, today).unwrap(), [(day("2026-02-28"), 2)]);
        assert_eq!(due(&Kept::default(), today).unwrap(), [], "an empty book has no months");
    }
}
