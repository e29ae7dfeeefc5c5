//! Shares that fall below their limits without a booking: an alert for the institution and its re-guarantor, until they are back.

use crate::{
    error::Problem,
    store::{
        self, Scope,
        contract::{Contract, Fixed, Uppers},
        drift_alert::NewAlert,
    },
};
use domain::{
    finding::{Figure, Finding, Outcome},
    share::{self, Position},
    value::{Day, Ratio},
};

/// Who above the institution reads what several contracts together led to: whoever takes part in the last that counts and is ceded.
pub(super) fn readers<'a>(contracts: impl DoubleEndedIterator<Item = &'a Contract>) -> Uppers {
    let counting = contracts.rev().filter(|contract| contract.state.counts());
    let mut uppers = counting.filter_map(|contract| contract.fixed.as_ref()).map(Fixed::uppers);
    uppers.find(|uppers| uppers.provincial.is_some()).unwrap_or_default()
}

/// Compares the shares before and after a move: raises an alert for one that fell below its limit, which the upper layers read too, and ends
/// the one of a share that is back.
pub(super) async fn follow(
    scope: &Scope,
    uppers: Uppers,
    before: Position,
    after: Position,
    day: Day,
) -> Result<(), Problem> {
    let was = share::judge(before, None, day)?;
    let is = share::judge(after, None, day)?;
    let measured = after.measured()?;
    for ((was, is), measured) in was.iter().zip(is.iter()).zip(measured) {
        // Below its limit without a booking a share is advised about; of nothing there is no share, and none is missed.
        match (was.outcome == Outcome::Advise, is.outcome == Outcome::Advise) {
            (false, true) => store::drift_alert::raise(scope, alert(is, measured, uppers, day)?).await?,
            (true, false) => store::drift_alert::clear(scope, is.rule, day).await?,
            (true, true) | (false, false) => {}
        }
    }
    Ok(())
}

/// The share is kept as exactly as its limit compares it: one that is a fen short does not look like the limit.
fn alert(finding: &Finding, measured: Option<Ratio>, uppers: Uppers, day: Day) -> Result<NewAlert, Problem> {
    let beside = |(measured, limit): (Ratio, Figure)| match limit {
        Figure::Rate(limit) => measured.decimals_beside(limit),
        Figure::Money(_) => measured.six_decimals().map(|shown| shown.six_decimals()),
    };
    let measured = measured.zip(finding.limit).map(beside).transpose()?.unwrap_or_default();
    let limit = finding.limit.map(|limit| limit.to_string()).unwrap_or_default();
    Ok(NewAlert { uppers, rule: finding.rule, raised_on: day, measured, limit })
}
