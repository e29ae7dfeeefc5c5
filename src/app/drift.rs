//! Shares that fall below their limits without a booking: an alert for the institution and its re-guarantor, until they are back.

use super::booking::out_of_range;
use crate::{
    error::Problem,
    store::{self, Scope, contract::Uppers, drift_alert::NewAlert},
};
use domain::{
    finding::{Figure, Outcome},
    share::{self, Position},
    value::Day,
};

/// Compares the shares before and after a move: raises an alert for one that fell below its limit, which the upper layers read too, and ends
/// the one of a share that is back.
pub(super) async fn follow(
    scope: &Scope,
    uppers: Uppers,
    before: Position,
    after: Position,
    day: Day,
) -> Result<(), Problem> {
    let was = share::judge(before, None, day).map_err(out_of_range)?;
    let is = share::judge(after, None, day).map_err(out_of_range)?;
    for (was, is) in was.iter().zip(is.iter()) {
        // Below its limit without a booking a share is advised about; of nothing there is no share, and none is missed.
        match (was.outcome == Outcome::Advise, is.outcome == Outcome::Advise) {
            (false, true) => store::drift_alert::raise(scope, alert(is, uppers, day)).await?,
            (true, false) => store::drift_alert::clear(scope, is.rule, day).await?,
            (true, true) | (false, false) => {}
        }
    }
    Ok(())
}

fn alert(finding: &domain::finding::Finding, uppers: Uppers, day: Day) -> NewAlert {
    let figure = |figure: Option<Figure>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    NewAlert {
        uppers,
        rule: finding.rule,
        raised_on: day,
        measured: figure(finding.measured),
        limit: figure(finding.limit),
    }
}
