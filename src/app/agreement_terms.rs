//! The terms of agreements: stated with what the law will say of every contract under them.

use super::App;
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::{FieldError, Problem},
    input,
    store::{self, Put, agreement::Agreement, agreement_terms::Terms, creation_hash, dated::Listing, journal::Record},
};
use domain::{
    agreement::{TermsError, faults, judge},
    finding::Finding,
    risk::Role,
    value::{AgreementId, Day, OutOfRange},
};
use uuid::Uuid;

/// Terms with what the law says of them on their first day.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The terms.
    pub terms: Terms,
    /// The findings on `risk.*` and `refee.order`.
    pub findings: Vec<Finding>,
}

/// Some of the terms of an agreement of the caller's institution.
pub async fn list(
    app: &App,
    caller: &Caller,
    agreement: AgreementId,
    listing: Listing<Uuid>,
) -> Result<Vec<Judged>, Problem> {
    let scope = app.open(caller, Action::ReadAgreements).await?;
    let agreement = store::agreement::get(&scope, agreement).await?;
    let terms = store::agreement_terms::list(&scope, agreement.id, listing).await?;
    terms.into_iter().map(|terms| judged(&agreement, terms)).collect()
}

/// Terms of an agreement of the caller's institution.
pub async fn get(app: &App, caller: &Caller, agreement: AgreementId, id: Uuid) -> Result<Judged, Problem> {
    let scope = app.open(caller, Action::ReadAgreements).await?;
    let agreement = store::agreement::get(&scope, agreement).await?;
    judged(&agreement, store::agreement_terms::get(&scope, agreement.id, id).await?)
}

/// States terms of an agreement of the caller's institution; they begin on one of its days and end with it at the latest.
pub async fn state(app: &App, caller: &Caller, new: Terms) -> Result<Put<Judged>, Problem> {
    let scope = app.open(caller, Action::StateAgreement).await?;
    let agreement = store::agreement::get(&scope, new.agreement).await?;
    let shares = Role::ALL.map(|role| new.decided.shares.of(role));
    let rates = (shares, new.decided.provincial_fee_rate, new.decided.national_fee_rate);
    let hash = creation_hash(&(new.agreement, new.from, new.until, rates, new.early_release))?;
    if let Some(known) = store::agreement_terms::find_repeated(&scope, new.id, &hash).await? {
        return judged(&agreement, known).map(Put::Known);
    }
    let faults = faults(&new.decided, agreement.named(), new.from).map_err(incomputable)?;
    let check = Check::default().that(agreement.covers(new.from), begins_outside).term(new.from, new.until);
    faults.into_iter().fold(check, |check, error| check.that(false, || fault(error))).done()?;
    let stated = judged(&agreement, store::agreement_terms::insert(&scope, &agreement, new, hash).await?)?;
    let record = Record::of("agreement_terms", Some(stated.terms.id)).with("agreement", agreement.id.to_string());
    scope.commit(record).await?;
    Ok(Put::Created(stated))
}

/// Changes the end of terms of an agreement of the caller's institution.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    (agreement, id): (AgreementId, Uuid),
    version: i64,
    until: Option<Day>,
) -> Result<Judged, Problem> {
    let scope = app.open(caller, Action::StateAgreement).await?;
    let agreement = store::agreement::get(&scope, agreement).await?;
    let present = store::agreement_terms::get(&scope, agreement.id, id).await?;
    Check::default().term(present.from, until).done()?;
    let changed = judged(&agreement, store::agreement_terms::replace_end(&scope, id, version, until).await?)?;
    scope.commit(Record::of("agreement_terms", Some(id)).with("version", changed.terms.version)).await?;
    Ok(changed)
}

fn judged(agreement: &Agreement, terms: Terms) -> Result<Judged, Problem> {
    let findings = judge(&terms.decided, agreement.named(), terms.from).map_err(incomputable)?;
    Ok(Judged { terms, findings })
}

/// Shares of at most one with ten decimals stay within the range of every sum.
fn incomputable(error: OutOfRange) -> Problem {
    tracing::error!(%error, "terms could not be judged");
    Problem::internal()
}

fn begins_outside() -> FieldError {
    input::field(
        "from",
        "outside_the_agreement",
        "起始日应在协议有效期内。",
        "The first day is one of the agreement's days.",
    )
}

fn fault(error: TermsError) -> FieldError {
    match error {
        TermsError::NotWhole(sum) => input::field(
            "shares",
            "shares_not_whole",
            format!("各方比例合计为{sum}，应当恰为1（规则risk.whole）。"),
            format!("The shares add up to {sum}, not to 1 (rule risk.whole)."),
        ),
        TermsError::ShareOfNobody(role) => {
            let field = match role {
                Role::Bank => "shares.bank",
                Role::Institution => "shares.institution",
                Role::Provincial => "shares.provincial",
                Role::National => "shares.national",
                Role::LocalFinance => "shares.local_finance",
                Role::Other => "shares.other",
            };
            of_nobody(field)
        }
        TermsError::FeeOfNobody(Role::National) => of_nobody("national_fee_rate"),
        TermsError::FeeOfNobody(_) => of_nobody("provincial_fee_rate"),
    }
}

fn of_nobody(field: &'static str) -> FieldError {
    input::field(
        field,
        "not_in_the_agreement",
        "协议未列明此方，应为0。",
        "The agreement does not name this party: it is 0.",
    )
}
