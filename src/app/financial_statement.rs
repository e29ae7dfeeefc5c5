//! Financial statements: filed, read, and corrected by filing another.

use super::App;
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, creation_hash,
        dated::Listing,
        financial_statement::{FinancialStatement, NewStatement},
        journal::Record,
    },
};
use uuid::Uuid;

/// Some of the institution's statements, filed last first; with a day, the one that booking on that day uses.
pub async fn list(app: &App, caller: &Caller, listing: Listing<i64>) -> Result<Vec<FinancialStatement>, Problem> {
    let scope = app.open(caller, Action::ReadFinancialStatements).await?;
    store::financial_statement::list(&scope, listing).await
}

/// One of the institution's statements.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<FinancialStatement, Problem> {
    let scope = app.open(caller, Action::ReadFinancialStatements).await?;
    store::financial_statement::get(&scope, id).await
}

/// Files a statement of a day; one of a day that has a statement names the one filed last, and takes its place.
pub async fn file(app: &App, caller: &Caller, new: NewStatement) -> Result<Put<FinancialStatement>, Problem> {
    let scope = app.open(caller, Action::FileFinancialStatement).await?;
    let hash = creation_hash(&request(&new))?;
    if let Some(known) = store::financial_statement::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let future = || {
        input::field(
            "as_of",
            "future_day",
            "报表日不得晚于今天。",
            "The day of the statement does not lie in the future.",
        )
    };
    Check::default().that(new.as_of.date() <= scope.today(), future).done()?;
    let last = store::financial_statement::lock_last_of(&scope, new.as_of).await?;
    if last.as_ref().map(|last| last.id) != new.corrects {
        return Err(match last {
            Some(last) => filed_already(&last),
            None => nothing_to_correct(),
        });
    }
    let filed = store::financial_statement::insert(&scope, new, hash).await?;
    scope.commit(Record::of("financial_statement", Some(filed.id)).with("as_of", filed.as_of.to_string())).await?;
    Ok(Put::Created(filed))
}

/// What makes two requests the same: every figure, exactly.
fn request(new: &NewStatement) -> impl serde::Serialize + use<> {
    let figures = new.figures;
    let reserves = (figures.unearned_reserve, figures.compensation_reserve);
    let assets = (figures.net_assets, figures.total_assets, figures.payout_receivables);
    (new.as_of, new.corrects, reserves, assets, (figures.grade1, figures.grade2, figures.grade3))
}

fn filed_already(last: &FinancialStatement) -> Problem {
    let (id, day) = (last.id, last.as_of);
    Problem::wrong_state(Text::new(
        format!("{day}的报表已报送。如需更正，请在 corrects 中填写其编号 {id}。"),
        format!("A statement of {day} is filed already. To correct it, name it in corrects: {id}."),
    ))
}

fn nothing_to_correct() -> Problem {
    Problem::wrong_state(Text::new(
        "该日没有可更正的报表：更正的是同一报表日最后报送的一份。请核对报表日和 corrects。",
        "There is no statement of that day to correct: a correction is of the last one of the same day. Check as_of and corrects.",
    ))
}
