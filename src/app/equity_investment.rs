//! The register of equity investments, which `invest.equity` reads.

use super::App;
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::Problem,
    store::{self, Put, creation_hash, dated::Listing, equity_investment::EquityInvestment, journal::Record},
};
use domain::value::Day;
use uuid::Uuid;

/// Some of the institution's investments.
pub async fn list(app: &App, caller: &Caller, listing: Listing<Uuid>) -> Result<Vec<EquityInvestment>, Problem> {
    let scope = app.open(caller, Action::ReadInvestments).await?;
    store::equity_investment::list(&scope, listing).await
}

/// One of the institution's investments.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<EquityInvestment, Problem> {
    let scope = app.open(caller, Action::ReadInvestments).await?;
    store::equity_investment::get(&scope, id).await
}

/// Enters an investment into the register. Whether it was allowed is judged where contracts are booked, not here: what is, is entered.
pub async fn register(app: &App, caller: &Caller, new: EquityInvestment) -> Result<Put<EquityInvestment>, Problem> {
    let scope = app.open(caller, Action::RegisterInvestment).await?;
    let hash = creation_hash(&(&new.investee_name, new.amount, new.technology_linkage, new.from, new.until))?;
    if let Some(known) = store::equity_investment::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    Check::default().text("investee_name", &new.investee_name, 200).term(new.from, new.until).done()?;
    let entered = store::equity_investment::insert(&scope, new, hash).await?;
    scope.commit(Record::of("equity_investment", Some(entered.id))).await?;
    Ok(Put::Created(entered))
}

/// Changes the end of one of the institution's investments.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<EquityInvestment, Problem> {
    let scope = app.open(caller, Action::RegisterInvestment).await?;
    let present = store::equity_investment::get(&scope, id).await?;
    Check::default().term(present.from, until).done()?;
    let changed = store::equity_investment::replace_end(&scope, id, version, until).await?;
    scope.commit(Record::of("equity_investment", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}
