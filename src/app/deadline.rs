//! Deadlines of reports, stated once for everybody, and the day the last report is due.

use super::App;
use crate::{
    auth::{Action, Caller, serves_everybody},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, creation_hash,
        dated::{Listing, day},
        deadline::{Deadline, Terms},
        journal::Record,
    },
};
use domain::{
    deadline::Period,
    value::{Day, Term},
};
use uuid::Uuid;

/// A deadline, and what it means on a day.
#[derive(Clone, Debug)]
pub struct Dated {
    /// The deadline.
    pub deadline: Deadline,
    /// The last period that was over on the day.
    pub period: Option<Term>,
    /// The day its report is due.
    pub due_on: Option<Day>,
}

impl Dated {
    fn on(deadline: Deadline, day: Day) -> Self {
        let period = Period::from(deadline.terms.period).last_over(day);
        let due_on = period.and_then(|period| deadline.terms.rule().due(period));
        Self { deadline, period, due_on }
    }
}

/// Some of the deadlines, with what they mean on the day asked about, or today.
pub async fn list(app: &App, caller: &Caller, listing: Listing<Uuid>) -> Result<Vec<Dated>, Problem> {
    let scope = app.open(caller, Action::ReadDeadlines).await?;
    let on = listing.on.map_or_else(|| day(scope.today()), Ok)?;
    let deadlines = store::deadline::list(&scope, listing).await?;
    Ok(deadlines.into_iter().map(|deadline| Dated::on(deadline, on)).collect())
}

/// One deadline, with what it means today.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Dated, Problem> {
    let scope = app.open(caller, Action::ReadDeadlines).await?;
    Ok(Dated::on(store::deadline::get(&scope, id).await?, day(scope.today())?))
}

/// States a deadline; the national fund and provincial re-guarantors do.
pub async fn state(app: &App, caller: &Caller, id: Uuid, terms: Terms) -> Result<Put<Dated>, Problem> {
    let scope = app.open(caller, Action::StateDeadline).await?;
    // Everybody's ids are in one table: another institution that says the same is told that the id is used.
    let hash = creation_hash(&(scope.tenant(), &terms))?;
    let today = day(scope.today())?;
    if let Some(known) = store::deadline::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(Dated::on(known, today)));
    }
    check(&terms)?;
    if !serves_everybody(store::institution::own(&scope).await?.kind) {
        return Err(Problem::outside_the_tree(Text::new(
            "报送期限由国家基金或省级再担保机构登记。",
            "Deadlines are stated by the national fund or a provincial re-guarantor.",
        )));
    }
    let new = Deadline { id, stater: scope.tenant(), terms, version: 1 };
    let stated = store::deadline::insert(&scope, new, hash).await?;
    scope.commit(Record::of("deadline", Some(id)).with("report", stated.terms.report_code.clone())).await?;
    Ok(Put::Created(Dated::on(stated, today)))
}

/// Changes the end of a deadline that the caller's institution has stated.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<Dated, Problem> {
    let scope = app.open(caller, Action::StateDeadline).await?;
    let present = store::deadline::get_stated(&scope, id).await?;
    Check::default().term(present.terms.from, until).done()?;
    let changed = store::deadline::replace_end(&scope, id, version, until).await?;
    let today = day(scope.today())?;
    scope.commit(Record::of("deadline", Some(id)).with("version", changed.version)).await?;
    Ok(Dated::on(changed, today))
}

fn check(terms: &Terms) -> Result<(), Problem> {
    let letter = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let code = terms.report_code.as_bytes();
    let plain = code.iter().all(|each| letter(*each) || *each == b'_') && code.first().copied().is_some_and(letter);
    let check = Check::default().that((2..=48).contains(&code.len()) && plain, || {
        let (zh, en) = (
            "应为 2 至 48 个小写字母、数字或下划线，以字母或数字开头。",
            "Must be 2 to 48 lower-case letters, digits or underscores, a letter or digit first.",
        );
        input::field("report_code", "report_code", zh, en)
    });
    let check = check.text("recipient", &terms.recipient, 200);
    let check = check
        .that(terms.month_offset <= 24, || input::field("month_offset", "range", "应为 0 至 24。", "Must be 0 to 24."));
    let check = check.that((1..=31).contains(&terms.day_of_month), || {
        input::field("day_of_month", "range", "应为 1 至 31。", "Must be 1 to 31.")
    });
    let region = terms.region_code.iter();
    let check = region.fold(check, |check, code| check.region("region_code", code)).term(terms.from, terms.until);
    check.text("document", &terms.document, 500).text("clause", &terms.clause, 100).done()
}
