//! The audit list, read and verified.

use super::App;
use crate::{
    auth::{Action, Caller},
    error::Problem,
    store::{
        self,
        journal::{Broken, Entry, Wanted},
    },
};

/// Some of the institution's audit entries, newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, Problem> {
    let scope = app.open(caller, Action::ReadAudit).await?;
    store::journal::list(&scope, wanted, before, limit).await
}

/// Recomputes every institution's chain, in the order of their codes: how many entries hold, or the first that does not.
pub async fn verify(app: &App) -> Result<Vec<(String, Result<i64, Broken>)>, Problem> {
    let mut verified = Vec::new();
    for (institution, code) in store::institution::all(&app.database).await? {
        let scope = app.open(&Caller::operator(institution), Action::VerifyAudit).await?;
        verified.push((code, store::journal::verify(&scope).await?));
    }
    Ok(verified)
}
