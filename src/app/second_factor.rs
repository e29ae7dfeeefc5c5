//! The second factor: proposed, confirmed by its first code, shown at a login, removed by an administrator.

use super::App;
use crate::{
    auth::{Action, Caller, Factor, SharedSecret, recovery_codes, recovery_hash},
    error::{Problem, Text},
    input,
    store::{self, Scope, journal::Record},
};
use domain::value::UserId;

/// Proposes a secret for the caller's authenticator app; nothing is asked for until the first code confirms it.
pub async fn propose(app: &App, caller: &Caller) -> Result<(SharedSecret, String), Problem> {
    let scope = app.open(caller, Action::EnrolSecondFactor).await?;
    let user = store::user::lock(&scope, scope.person()?).await?;
    unconfirmed(&scope, user.id).await?;
    let secret = SharedSecret::random()?;
    store::second_factor::propose(&scope, user.id, secret.seal(&app.keys, user.id)?).await?;
    let institution = store::institution::own(&scope).await?;
    scope.commit(Record::of("second_factor", Some(user.id.uuid())).with("step", "proposed")).await?;
    Ok((secret, format!("{}/{}", institution.code, user.name)))
}

async fn unconfirmed(scope: &Scope, user: UserId) -> Result<(), Problem> {
    match store::second_factor::lock(scope, user).await? {
        Some(factor) if factor.confirmed => Err(Problem::wrong_state(Text::new(
            "已启用二次验证。如需更换，请由管理员先行停用。",
            "A second factor is set up. To replace it, an administrator removes it first.",
        ))),
        Some(_) | None => Ok(()),
    }
}

/// Sets up what was proposed, by its first code; the answer is the recovery codes, shown this once.
pub async fn confirm(app: &App, caller: &Caller, code: &str) -> Result<Vec<String>, Problem> {
    let scope = app.open(caller, Action::EnrolSecondFactor).await?;
    let user = store::user::lock(&scope, scope.person()?).await?.id;
    unconfirmed(&scope, user).await?;
    let proposed = store::second_factor::lock(&scope, user).await?;
    let secret = proposed.and_then(|factor| SharedSecret::open(&app.keys, user, &factor.sealed_secret));
    let step = secret.and_then(|secret| secret.step_of(code, scope.now(), 0)).ok_or_else(|| {
        let fault = input::field(
            "code",
            "wrong_code",
            "验证码有误，请核对手机时间后重试。",
            "The code is wrong: check the time of your phone and try again.",
        );
        input::invalid(vec![fault])
    })?;
    let codes = recovery_codes()?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(code)).collect();
    store::second_factor::confirm(&scope, user, step, &hashes).await?;
    scope.commit(Record::of("second_factor", Some(user.uuid())).with("step", "confirmed")).await?;
    Ok(codes)
}

/// Removes a user's second factor, who has lost it; an administrator does, and not for oneself.
pub async fn remove(app: &App, caller: &Caller, user: UserId) -> Result<(), Problem> {
    let scope = app.open(caller, Action::ManageUsers).await?;
    let user = store::user::lock(&scope, user).await?;
    super::user::another(&scope, &user)?;
    store::second_factor::remove(&scope, user.id).await?;
    scope.commit(Record::of("second_factor", Some(user.id.uuid())).with("step", "removed")).await
}

/// What the code shown at a login is worth; a right one is used up.
pub(super) async fn shown(app: &App, scope: &Scope, user: UserId, code: Option<&str>) -> Result<Factor, Problem> {
    let factor = store::second_factor::lock(scope, user).await?.filter(|factor| factor.confirmed);
    let (factor, code) = match (factor, code) {
        (None, _) => return Ok(Factor::NotNeeded),
        (Some(_), None) => return Ok(Factor::Missing),
        (Some(factor), Some(code)) => (factor, code),
    };
    let secret = SharedSecret::open(&app.keys, user, &factor.sealed_secret);
    if let Some(step) = secret.and_then(|secret| secret.step_of(code, scope.now(), factor.last_step)) {
        store::second_factor::advance(scope, user, step).await?;
        return Ok(Factor::Right);
    }
    let recovered = store::second_factor::use_recovery_code(scope, user, recovery_hash(code)).await?;
    Ok(if recovered { Factor::Right } else { Factor::Wrong })
}
