//! What happens at the turn of a day in China: approvals that were not used in time lapse, the ends of past months are kept, and uploaded
//! files that are no longer needed are forgotten. Safe to run twice, and on several services at once: whatever is done is done once, by
//! whoever comes first.

use crate::{
    app::{App, contract_move, import_file, trend},
    auth::Caller,
    clock,
    error::Problem,
    store,
};
use std::time::Duration;
use tokio::sync::watch;

/// What a turn of the day did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// How many institutions were gone through.
    pub institutions: usize,
    /// How many approvals lapsed.
    pub lapsed: u64,
    /// How many ends of months were kept.
    pub months: u64,
    /// How many uploaded files were forgotten.
    pub forgotten: u64,
}

/// Does today's work for every institution, one after the other; what fails for one does not hold up the others.
pub async fn turn(app: &App) -> Result<Turned, Problem> {
    let mut turned = Turned::default();
    let mut failed = None;
    let institutions = store::institution::all(&app.database).await?;
    for (institution, code) in &institutions {
        match contract_move::lapse(app, *institution).await {
            Ok(lapsed) => turned.lapsed = turned.lapsed.saturating_add(lapsed),
            Err(problem) => {
                tracing::error!(institution = code, code = problem.code, "the turn of the day failed here");
                failed = Some(worth_telling(failed, problem));
            }
        }
        match import_file::forget(app, &Caller::operator(*institution)).await {
            Ok(forgotten) => turned.forgotten = turned.forgotten.saturating_add(forgotten),
            Err(problem) => {
                tracing::error!(institution = code, code = problem.code, "uploaded files were not forgotten here");
                failed = Some(worth_telling(failed, problem));
            }
        }
        turned.institutions = turned.institutions.saturating_add(1);
    }
    // Folding the months of a large book takes its time: nobody's approvals wait for it.
    for (institution, code) in &institutions {
        match trend::keep(app, *institution).await {
            Ok(months) => turned.months = turned.months.saturating_add(months),
            // The book of an institution that has left is read no more.
            Err(problem) if problem.code == "institution_not_active" => {}
            Err(problem) => {
                tracing::error!(institution = code, code = problem.code, "the ends of months could not be kept here");
                failed = Some(worth_telling(failed, problem));
            }
        }
    }
    failed.map_or(Ok(turned), Err)
}

/// Of two failures the one that passes: as long as there is one, the work is worth doing again soon.
fn worth_telling(before: Option<Problem>, problem: Problem) -> Problem {
    before.filter(|before| before.passes() || !problem.passes()).unwrap_or(problem)
}

/// How soon the day's work is done again when something was held by somebody.
const SOON: Duration = Duration::from_secs(5 * 60);

/// Does the day's work now, and again after every turn of the day, until the service stops; soon again, when something of it was held up.
pub async fn keep(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let turned = turn(&app).await;
        let soon = turned.as_ref().is_err_and(Problem::passes);
        match turned {
            Ok(Turned { institutions, lapsed, months, forgotten }) => {
                tracing::info!(institutions, lapsed, months, forgotten, "the day's work is done");
            }
            Err(problem) => {
                tracing::warn!(
                    code = problem.code,
                    soon,
                    "the day's work is not whole: it is done again, tomorrow at the latest"
                )
            }
        }
        let tomorrow = clock::until_tomorrow(app.clock.now());
        tokio::select! {
            () = tokio::time::sleep(if soon { SOON.min(tomorrow) } else { tomorrow }) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}
