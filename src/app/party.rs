//! Guaranteed parties: filed, corrected, found, and seen with what is known of them today.

use super::{App, first_loan::FirstLoan};
use crate::{
    auth::{Action, Caller, View, may_hold_parties},
    check::Check,
    error::{FieldError, Problem, Text},
    input,
    store::{
        self, Put, Scope, creation_hash,
        journal::Record,
        party::{NewParty, Party, PartyStatus, Sought},
        party_flag::{Flag, Standing},
        party_group::Member,
        party_identifier::Identifier,
        party_jobs::Jobs,
        party_size::SizeInput,
    },
};
use chrono::NaiveDate;
use domain::{
    client::LegalForm,
    size,
    value::{PartyId, search_key},
};
use uuid::Uuid;

/// A party with what is known of it on a day.
#[derive(Clone, Debug)]
pub struct Known {
    /// The party.
    pub party: Party,
    /// The day.
    pub on: NaiveDate,
    /// How much of its identifiers the caller sees.
    pub view: View,
    /// Its identifiers.
    pub identifiers: Vec<Identifier>,
    /// What follows from its facts.
    pub standing: Standing,
    /// Its size class with grounds.
    pub size: Option<SizeInput>,
    /// Its flags in force.
    pub flags: Vec<Flag>,
    /// Its group.
    pub membership: Option<Member>,
    /// The last count of its jobs.
    pub jobs: Option<Jobs>,
    /// Whether its next loan would be its first.
    pub first_loan: FirstLoan,
    /// Others of the same name.
    pub namesakes: Vec<PartyId>,
}

/// Some of the parties that stand for themselves.
pub async fn list(
    app: &App,
    caller: &Caller,
    sought: Sought,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Party>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    store::party::list(&scope, sought, after, limit).await
}

/// One party with what is known of it today.
pub async fn get(app: &App, caller: &Caller, id: PartyId) -> Result<Known, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let party = store::party::get(&scope, id).await?;
    seen(&scope, party).await
}

async fn seen(scope: &Scope, party: Party) -> Result<Known, Problem> {
    let (id, on) = (party.id, scope.today());
    Ok(Known {
        on,
        view: scope.actor().view(),
        identifiers: store::party_identifier::on(scope, id, on).await?,
        standing: store::party_flag::standing_on(scope, id, on).await?,
        size: store::party_size::find_on(scope, id, on).await?,
        flags: store::party_flag::on(scope, id, on).await?,
        membership: store::party_group::membership_on(scope, id, on).await?,
        jobs: store::party_jobs::find_on(scope, id, on).await?,
        first_loan: super::first_loan::of_next(scope, id).await?,
        namesakes: store::party::namesakes(scope, &party).await?,
        party,
    })
}

fn check(new: &NewParty) -> Result<(), Problem> {
    let name = || input::field("name", "text", "名称应含可见字符。", "The name must have characters that can be seen.");
    let industry = || {
        input::field(
            "industry_code",
            "industry",
            "应为国民经济行业的门类字母（A至T）或二至四位数字代码；自然人可不填。",
            "Must be a section of GB/T 4754 (A to T) or two to four digits; only a natural person may have none.",
        )
    };
    let none_needed = LegalForm::from(new.kind).is_natural_person();
    Check::default()
        .text("name", &new.name, 200)
        .that(!search_key(&new.name).is_empty(), name)
        .region("region_code", &new.region_code)
        .that(new.industry_code.as_deref().map_or(none_needed, size::is_gb4754), industry)
        .done()
}

/// Files a party; 422 at an institution that guarantees nobody.
pub async fn file(app: &App, caller: &Caller, new: NewParty) -> Result<Put<Known>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let hash = creation_hash(&(&new.name, new.kind, &new.region_code, &new.industry_code))?;
    if let Some(known) = store::party::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(seen(&scope, known).await?));
    }
    of_a_guarantor(&scope).await?;
    check(&new)?;
    let filed = store::party::insert(&scope, new, hash).await?;
    let record = Record::of("party", Some(filed.id.uuid())).with("kind", filed.kind.word());
    let known = seen(&scope, filed).await?;
    scope.commit(record).await?;
    Ok(Put::Created(known))
}

/// Corrects name, region and industry; what it is by its legal form stays, because a changed form is another party.
pub async fn replace(app: &App, caller: &Caller, version: i64, new: NewParty) -> Result<Known, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let present = lock_active(&scope, new.id).await?;
    let fixed = || {
        input::field(
            "kind",
            "fixed",
            "主体类型不能修改：类型改变的（如个转企）另行登记。",
            "The kind does not change: a party whose legal form changes is filed anew.",
        )
    };
    Check::default().that(new.kind == present.kind, fixed).done()?;
    check(&new)?;
    let changed = store::party::replace(&scope, version, new).await?;
    let record = Record::of("party", Some(changed.id.uuid())).with("version", changed.version);
    let known = seen(&scope, changed).await?;
    scope.commit(record).await?;
    Ok(known)
}

/// Only an institution that guarantees has parties.
pub(super) async fn of_a_guarantor(scope: &Scope) -> Result<(), Problem> {
    let own = store::institution::own(scope).await?;
    if may_hold_parties(own.kind) { Ok(()) } else { Err(Problem::guarantees_nobody()) }
}

/// A party that stands for itself, locked; 409 for one that was merged into another.
pub(super) async fn lock_active(scope: &Scope, id: PartyId) -> Result<Party, Problem> {
    let party = store::party::lock(scope, id).await?;
    match party.status {
        PartyStatus::Active => Ok(party),
        PartyStatus::Merged => Err(Problem::wrong_state(Text::new(
            format!(
                "该主体已并入 {}，请在后者名下办理。",
                party.merged_into.map(|into| into.to_string()).unwrap_or_default()
            ),
            "The party was merged into another: use that one.",
        ))),
    }
}

/// A term that has begun and ends, if at all, after its first day.
pub(super) fn begun(check: Check, from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> Check {
    check.that(from <= today, || ahead("from")).that(until.is_none_or(|until| from < until), ends_too_early)
}

/// What is filed has happened.
pub(super) fn ahead(field: &'static str) -> FieldError {
    input::field(field, "ahead", "不得晚于今天。", "It may not lie after today.")
}

/// The end of what has no end yet.
pub(super) fn check_end(from: NaiveDate, until: Option<NaiveDate>, end: NaiveDate) -> Result<(), Problem> {
    if until.is_some() {
        return Err(Problem::wrong_state(Text::new(
            "已有终止日，不能再改；情况有变的另行登记。",
            "It has an end, which does not change: state anew what holds again.",
        )));
    }
    Check::default().that(from < end, ends_too_early).done()
}

fn ends_too_early() -> FieldError {
    input::field("until", "empty_term", "终止日应晚于起始日。", "The end lies after the first day.")
}
