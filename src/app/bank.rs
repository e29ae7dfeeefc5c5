//! Banks and their branches, stated once for everybody.

use super::App;
use crate::{
    auth::{Action, Caller, bears_risk, serves_everybody},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put,
        bank::{Bank, Branch},
        creation_hash,
        journal::Record,
        reference::Wanted,
    },
};
use domain::value::Day;
use uuid::Uuid;

/// Banks of a day.
pub async fn list(app: &App, caller: &Caller, wanted: Wanted) -> Result<Vec<Bank>, Problem> {
    let scope = app.open(caller, Action::ReadBanks).await?;
    store::bank::list(&scope, wanted).await
}

/// One bank.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Bank, Problem> {
    let scope = app.open(caller, Action::ReadBanks).await?;
    store::bank::get(&scope, id).await
}

/// States a bank; the national fund and provincial re-guarantors do.
pub async fn state(app: &App, caller: &Caller, new: Bank) -> Result<Put<Bank>, Problem> {
    let scope = app.open(caller, Action::StateBank).await?;
    // Everybody's ids are in one table: another institution that says the same is told that the id is used.
    let hash = creation_hash(&(scope.tenant(), &new.code, &new.name, new.from, new.until))?;
    if let Some(known) = store::bank::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    Check::default().bank_code("code", &new.code).text("name", &new.name, 200).term(new.from, new.until).done()?;
    if !serves_everybody(store::institution::own(&scope).await?.kind) {
        return Err(Problem::outside_the_tree(Text::new(
            "银行由国家基金或省级再担保机构登记。",
            "Banks are stated by the national fund or a provincial re-guarantor.",
        )));
    }
    let stated = store::bank::insert(&scope, new, hash).await?;
    scope.commit(Record::of("bank", Some(stated.id)).with("code", stated.code.clone())).await?;
    Ok(Put::Created(stated))
}

/// Changes the end of a bank that the caller's institution has stated.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<Bank, Problem> {
    let scope = app.open(caller, Action::StateBank).await?;
    let present = store::bank::get_stated(&scope, id).await?;
    Check::default().term(present.from, until).done()?;
    let changed = store::bank::replace_end(&scope, id, version, until).await?;
    scope.commit(Record::of("bank", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}

/// Branches of a day, of one bank when it is named.
pub async fn list_branches(
    app: &App,
    caller: &Caller,
    bank: Option<Uuid>,
    wanted: Wanted,
) -> Result<Vec<Branch>, Problem> {
    let scope = app.open(caller, Action::ReadBanks).await?;
    store::bank::list_branches(&scope, bank, wanted).await
}

/// One branch.
pub async fn get_branch(app: &App, caller: &Caller, id: Uuid) -> Result<Branch, Problem> {
    let scope = app.open(caller, Action::ReadBanks).await?;
    store::bank::get_branch(&scope, id).await
}

/// States a branch of a bank that there is on its first day; whoever bears risk does.
pub async fn state_branch(app: &App, caller: &Caller, new: Branch) -> Result<Put<Branch>, Problem> {
    let scope = app.open(caller, Action::StateBankBranch).await?;
    let hash = (scope.tenant(), new.bank, &new.code, &new.name, &new.region_code, new.from, new.until);
    let hash = creation_hash(&hash)?;
    if let Some(known) = store::bank::find_repeated_branch(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let bank = store::bank::find(&scope, new.bank).await?;
    let there_is = |bank: &Bank| bank.from <= new.from && bank.until.is_none_or(|until| new.from < until);
    let check = Check::default().bank_code("code", &new.code).text("name", &new.name, 200);
    let check = check.region("region_code", &new.region_code).term(new.from, new.until);
    check
        .that(bank.as_ref().is_some_and(there_is), || {
            let (zh, en) = ("没有此银行，或其在起始日尚未登记、已经终止。", "There is no such bank on the first day.");
            input::field("bank_id", "no_such_bank", zh, en)
        })
        .done()?;
    if !bears_risk(store::institution::own(&scope).await?.kind) {
        return Err(Problem::outside_the_tree(Text::new(
            "银行网点由国家基金、省级再担保机构或担保机构登记。",
            "Branches are stated by the national fund, a provincial re-guarantor or a guarantee institution.",
        )));
    }
    let stated = store::bank::insert_branch(&scope, new, hash).await?;
    scope.commit(Record::of("bank_branch", Some(stated.id)).with("code", stated.code.clone())).await?;
    Ok(Put::Created(stated))
}

/// Changes the end of a branch that the caller's institution has stated.
pub async fn replace_branch_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<Branch, Problem> {
    let scope = app.open(caller, Action::StateBankBranch).await?;
    let present = store::bank::get_stated_branch(&scope, id).await?;
    Check::default().term(present.from, until).done()?;
    let changed = store::bank::replace_branch_end(&scope, id, version, until).await?;
    scope.commit(Record::of("bank_branch", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}
