//! What is known of a party besides its identifiers: figures for its size class, flags, jobs.

use super::{
    App,
    party::{ahead, begun, check_end, lock_active},
};
use crate::{
    auth::{Action, Caller},
    calculator::size_refused,
    check::Check,
    error::{FieldError, Problem},
    input,
    store::{self, Put, creation_hash, journal::Record, party_flag::Flag, party_jobs::Jobs, party_size::SizeInput},
};
use chrono::NaiveDate;
use domain::{
    client::LegalForm,
    size::{SizeIndustry, SizeInputs},
    value::{Day, Money, PartyId},
};
use uuid::Uuid;

/// Figures as an enterprise files them.
#[derive(Clone, Debug)]
pub struct NewSizeInput {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// The year of the figures.
    pub financial_year: i32,
    /// GB/T 4754, two to four digits.
    pub industry_code: String,
    /// The figures.
    pub inputs: SizeInputs,
    /// The day it was filed; the standard of this day applies.
    pub filed_on: Day,
}

/// The first year whose figures are taken.
const FIRST_YEAR: i32 = 2000;

/// Files the figures of a financial year, judged by the standard of the day; a later filing supersedes.
pub async fn file_size(app: &App, caller: &Caller, new: NewSizeInput) -> Result<Put<SizeInput>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let figures = (new.inputs.employees, new.inputs.revenue.map(Money::fen), new.inputs.total_assets.map(Money::fen));
    let hash = creation_hash(&(new.party, new.financial_year, &new.industry_code, figures, new.filed_on))?;
    if let Some(known) = store::party_size::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let party = lock_active(&scope, new.party).await?;
    let industry = SizeIndustry::of_gb4754(&new.industry_code).ok().flatten();
    Check::default()
        .that(LegalForm::from(party.kind).has_size_class(), no_enterprise)
        .that((FIRST_YEAR..=new.filed_on.year()).contains(&new.financial_year), wrong_year)
        .that(new.filed_on.date() <= scope.today(), || ahead("filed_on"))
        .that(industry.is_some() && is_digits(&new.industry_code), no_class)
        .done()?;
    let industry = industry.ok_or_else(Problem::internal)?;
    let judged = industry.classify(new.inputs, new.filed_on).map_err(|error| size_refused("filed_on", error))?;
    let input = SizeInput {
        id: new.id,
        party: party.id,
        financial_year: new.financial_year,
        industry_code: new.industry_code,
        industry,
        inputs: new.inputs,
        size: judged.size,
        grounds: judged.grounds,
        filed_on: new.filed_on.date(),
        seq: scope.seq().await?,
    };
    let filed = store::party_size::insert(&scope, input, hash).await?;
    scope.commit(Record::of("party_size_input", Some(filed.id)).with("party", party.id.to_string())).await?;
    Ok(Put::Created(filed))
}

fn is_digits(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

fn no_enterprise() -> FieldError {
    input::field("", "no_enterprise", "只有企业划型。", "Only enterprises have a size class.")
}

fn wrong_year() -> FieldError {
    input::field(
        "financial_year",
        "year",
        "应为2000年至报送日所在年。",
        "Must be a year from 2000 to that of the filing.",
    )
}

fn no_class() -> FieldError {
    input::field(
        "industry_code",
        "industry",
        "应为二至四位国民经济行业代码；金融业（66至69）不按此标准划型。",
        "Must be two to four digits of GB/T 4754; finance (66 to 69) is not classed by this standard.",
    )
}

/// Some of the figures that a party has filed.
pub async fn list_sizes(
    app: &App,
    caller: &Caller,
    party: PartyId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SizeInput>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let party = store::party::get(&scope, party).await?;
    store::party_size::list(&scope, party.id, after, limit).await
}

/// States a flag of a party.
pub async fn flag(app: &App, caller: &Caller, new: Flag) -> Result<Put<Flag>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let hash = creation_hash(&(new.party, new.kind, &new.source, new.from, new.until))?;
    if let Some(known) = store::party_flag::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let party = lock_active(&scope, new.party).await?;
    let check = Check::default().text("source", &new.source, 500);
    begun(check, new.from, new.until, scope.today()).done()?;
    let stated = store::party_flag::insert(&scope, new, hash).await?;
    scope.commit(Record::of("party_flag", Some(stated.id)).with("party", party.id.to_string())).await?;
    Ok(Put::Created(stated))
}

/// Ends a flag of a party.
pub async fn end_flag(
    app: &App,
    caller: &Caller,
    party: PartyId,
    id: Uuid,
    version: i64,
    until: NaiveDate,
) -> Result<Flag, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    // Of a merged party too: its flags count for the one that stands for it, so they must be able to end.
    let party = store::party::lock(&scope, party).await?;
    let present = store::party_flag::get(&scope, party.id, id).await?;
    check_end(present.from, present.until, until)?;
    let ended = store::party_flag::end(&scope, &present, version, until).await?;
    let record = Record::of("party_flag", Some(id)).with("party", party.id.to_string());
    scope.commit(record.with("version", ended.version)).await?;
    Ok(ended)
}

/// Some of the flags that a party has or had.
pub async fn list_flags(
    app: &App,
    caller: &Caller,
    party: PartyId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Flag>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let party = store::party::get(&scope, party).await?;
    store::party_flag::list(&scope, party.id, after, limit).await
}

/// A count of jobs as it is filed.
#[derive(Clone, Copy, Debug)]
pub struct NewJobs {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// The day of the count.
    pub on: NaiveDate,
    /// Persons employed.
    pub jobs: u32,
}

/// Files how many people a party employed on a day.
pub async fn count_jobs(app: &App, caller: &Caller, new: NewJobs) -> Result<Put<Jobs>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let NewJobs { id, party, on, jobs } = new;
    let hash = creation_hash(&(party, on, jobs))?;
    if let Some(known) = store::party_jobs::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let party = lock_active(&scope, party).await?.id;
    Check::default().that(on <= scope.today(), || ahead("on")).done()?;
    let filed = store::party_jobs::insert(&scope, Jobs { id, party, on, jobs, seq: scope.seq().await? }, hash).await?;
    scope.commit(Record::of("party_jobs", Some(id)).with("party", party.to_string())).await?;
    Ok(Put::Created(filed))
}

/// Some of the counts of a party's jobs.
pub async fn list_jobs(
    app: &App,
    caller: &Caller,
    party: PartyId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Jobs>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let party = store::party::get(&scope, party).await?;
    store::party_jobs::list(&scope, party.id, after, limit).await
}
