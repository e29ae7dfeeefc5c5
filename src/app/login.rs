//! Coming in and leaving: passwords, refresh tokens, machines' secrets.

use super::{App, second_factor};
use crate::{
    auth::{self, Access, Action, Actor, Attempt, Caller, Credential, Factor, Role, Secret, TokenError, Verdict},
    check::{self, is_login_name},
    error::Problem,
    store::{
        self, Scope,
        credential::Credential as Password,
        journal::Record,
        session::{End, Holder, Session, Shown as Token},
        user::{AccountStatus, User},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::value::InstitutionId;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// How long a person's session lasts at most, in hours: a working day.
const SESSION_HOURS: i64 = 12;

/// A refused login is answered no sooner: the time taken tells nobody whether the user exists.
const REFUSAL_TAKES: Duration = Duration::from_millis(300);

/// What a person shows at a login.
pub struct Shown {
    /// The institution's code.
    pub institution_code: String,
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
    /// The code of the second factor, or a recovery code.
    pub code: Option<String>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Shown")
    }
}

/// What a person is given at a login or a refresh.
#[derive(Debug)]
pub struct Tokens {
    /// For every request.
    pub access: Access,
    /// For the next refresh, once.
    pub refresh: String,
    /// How long the session lasts at most from now, in seconds.
    pub session_seconds: i64,
}

/// Who keeps the refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// A program, which waits for each answer: a token shown twice was stolen.
    Program,
    /// A browser, whose person may leave a page before the answer has come: a token shown again serves again, until what it was
    /// exchanged for has been shown. So there is one chain of tokens at any time, and whoever shows one of another ends the session.
    Browser,
}

/// Lets a person in by institution, name and password; 401 for every reason alike.
pub async fn log_in(app: &App, shown: Shown) -> Result<Tokens, Problem> {
    let started = Instant::now();
    let tokens = try_password(app, shown).await;
    if tokens.is_err() {
        tokio::time::sleep_until(started + REFUSAL_TAKES).await;
    }
    tokens
}

async fn try_password(app: &App, shown: Shown) -> Result<Tokens, Problem> {
    let Shown { institution_code, user, password, code } = shown;
    let account = find_account(app, &institution_code, &user).await?;
    let hash = account.as_ref().map(|(_, _, credential)| credential.password.clone());
    let right = auth::matches(password, hash).await?;
    let (institution, user, seen) = account.ok_or_else(Problem::login_refused)?;
    let scope = app.open(&Caller::nobody(institution), Action::LogIn).await?;
    // Whoever was offboarded, or given another role, while the password was compared comes in as what the person is now.
    let user = store::user::hold(&scope, user.id).await?;
    judge(app, &scope, &user, &seen, right, code.as_deref()).await?.settle(scope, &user).await?.open(app, &user).await
}

/// The user and the password to compare with; none when either is missing.
async fn find_account(app: &App, code: &str, name: &str) -> Result<Option<(InstitutionId, User, Password)>, Problem> {
    if !is_login_name(code, check::CODE) || !is_login_name(name, check::USER_NAME) {
        return Ok(None);
    }
    let Some(institution) = store::institution::find_by_code(&app.database, code).await? else { return Ok(None) };
    let scope = app.open(&Caller::nobody(institution), Action::LogIn).await?;
    let Some(user) = store::user::find_by_name(&scope, name).await? else { return Ok(None) };
    let credential = store::credential::find(&scope, user.id).await?;
    Ok(credential.map(|credential| (institution, user, credential)))
}

/// A verdict with the session that it opens, if it does.
struct Judged {
    verdict: Verdict,
    session: Option<(Session, Credential)>,
}

/// A session that has been saved.
struct Opened {
    institution: InstitutionId,
    now: DateTime<Utc>,
    session: Session,
    refresh: Credential,
}

/// Judges a password that was compared outside any transaction; the account's row is locked, so that guesses at once all count.
async fn judge(
    app: &App,
    scope: &Scope,
    user: &User,
    seen: &Password,
    right: bool,
    code: Option<&str>,
) -> Result<Judged, Problem> {
    let now = store::credential::lock(scope, user.id).await?.ok_or_else(Problem::login_refused)?;
    // A password chosen meanwhile was not the one compared; a code shown with a wrong one is not used up.
    let right = right && now.changed_at == seen.changed_at;
    let factor = match right {
        true => second_factor::shown(app, scope, user.id, code).await?,
        false => Factor::NotNeeded,
    };
    let attempt = Attempt {
        right,
        factor,
        open: user.status == AccountStatus::Active,
        failures: now.failures,
        locked_until: now.locked_until,
    };
    let verdict = auth::judge(attempt, scope.now());
    let session = match verdict {
        Verdict::In => Some(begin(scope, user).await?),
        Verdict::Out | Verdict::NeedsCode | Verdict::Counted { .. } => None,
    };
    Ok(Judged { verdict, session })
}

async fn begin(scope: &Scope, user: &User) -> Result<(Session, Credential), Problem> {
    store::credential::count(scope, user.id, 0, None).await?;
    let expires_at = after_hours(scope.now(), SESSION_HOURS);
    let session = store::session::insert(scope, Holder::User(user.id), expires_at).await?;
    Ok((session, refresh_token(scope, session.id).await?))
}

impl Judged {
    /// Saves what follows from the verdict.
    async fn settle(self, scope: Scope, user: &User) -> Result<Opened, Problem> {
        let record = Record::of("user", Some(user.id.uuid()));
        match (self.verdict, self.session) {
            (Verdict::In, Some((session, refresh))) => {
                let (institution, now) = (scope.tenant(), scope.now());
                scope.commit(record.with("session", session.id.to_string())).await?;
                Ok(Opened { institution, now, session, refresh })
            }
            (Verdict::Counted { failures, locked_until: Some(until) }, _) => {
                store::credential::count(&scope, user.id, failures, Some(until)).await?;
                scope.commit(record.with("locked_after_failures", failures)).await?;
                Err(Problem::login_refused())
            }
            (Verdict::Counted { failures, locked_until: None }, _) => {
                store::credential::count(&scope, user.id, failures, None).await?;
                scope.commit_unrecorded().await?;
                Err(Problem::login_refused())
            }
            (Verdict::NeedsCode, _) => Err(Problem::code_needed()),
            (Verdict::Out | Verdict::In, _) => Err(Problem::login_refused()),
        }
    }
}

impl Opened {
    async fn open(self, app: &App, user: &User) -> Result<Tokens, Problem> {
        let caller = person(self.institution, user, self.session.id);
        let access = Access::sign(&app.keys, &caller, self.now).map_err(unsigned)?;
        let session_seconds = self.session.expires_at.signed_duration_since(self.now).num_seconds();
        Ok(Tokens { access, refresh: self.refresh.to_text(), session_seconds })
    }
}

/// Goes on with a session by its refresh token; one that has served ends the session for everybody who has a part of it.
pub async fn refresh(app: &App, token: &str, keeper: Keeper) -> Result<Tokens, Problem> {
    let token = Credential::parse(token).ok_or_else(Problem::unauthenticated)?;
    let scope = app.open(&Caller::nobody(token.institution), Action::RefreshSession).await?;
    match (store::session::lock_refresh_token(&scope, &token).await?, keeper) {
        (Token::Valid(session), _) => exchange(app, scope, &token, session).await,
        (Token::Unanswered { session, successor }, Keeper::Browser) => {
            store::session::void_refresh_token(&scope, successor).await?;
            exchange(app, scope, &token, session).await
        }
        (Token::Unanswered { session: Session { id: session, .. }, .. }, Keeper::Program)
        | (Token::Reused(session), _) => {
            store::session::end(&scope, session, End::Reused).await?;
            scope.commit(Record::of("session", Some(session)).with("ended_because", End::Reused.word())).await?;
            Err(Problem::unauthenticated())
        }
        (Token::Worthless, _) => Err(Problem::unauthenticated()),
    }
}

async fn exchange(app: &App, scope: Scope, token: &Credential, session: Session) -> Result<Tokens, Problem> {
    let Holder::User(user) = session.holder else { return Err(Problem::unauthenticated()) };
    let user = store::user::get(&scope, user).await?;
    // Its sessions ended with the account; should one have been left over, it goes on no longer.
    if user.status != AccountStatus::Active {
        return Err(Problem::unauthenticated());
    }
    store::session::use_refresh_token(&scope, token.id).await?;
    let refresh = refresh_token(&scope, session.id).await?;
    let opened = Opened { institution: token.institution, now: scope.now(), session, refresh };
    scope.commit_unrecorded().await?;
    opened.open(app, &user).await
}

/// Lets a machine in by its id and secret.
pub async fn log_in_machine(app: &App, client_id: &str, client_secret: &str) -> Result<Access, Problem> {
    let shown = Credential::parse(&format!("{client_id}.{client_secret}")).ok_or_else(Problem::login_refused)?;
    let scope = app.open(&Caller::nobody(shown.institution), Action::LogInMachine).await?;
    let client = store::machine_client::hold_by_secret(&scope, &shown).await?.ok_or_else(Problem::login_refused)?;
    let expires_at = after_hours(scope.now(), 1);
    let session = store::session::insert(&scope, Holder::Client(client.id), expires_at).await?;
    let actor = Actor::Machine { client: client.id, grants: client.grants };
    let caller = Caller { institution: shown.institution, actor, session: Some(session.id) };
    let access = Access::sign(&app.keys, &caller, scope.now()).map_err(unsigned)?;
    scope.commit(Record::of("machine_client", Some(client.id)).with("session", session.id.to_string())).await?;
    Ok(access)
}

/// Ends the caller's session, and with it every token made under it.
pub async fn log_out(app: &App, caller: &Caller) -> Result<(), Problem> {
    let scope = app.open(caller, Action::LogOut).await?;
    let session = caller.session.ok_or_else(Problem::unauthenticated)?;
    store::session::end(&scope, session, End::LoggedOut).await?;
    scope.commit(Record::of("session", Some(session)).with("ended_because", End::LoggedOut.word())).await
}

async fn refresh_token(scope: &Scope, session: Uuid) -> Result<Credential, Problem> {
    let token = Credential { institution: scope.tenant(), id: Uuid::now_v7(), secret: Secret::random()? };
    store::session::insert_refresh_token(scope, &token, session).await?;
    Ok(token)
}

fn person(institution: InstitutionId, user: &User, session: Uuid) -> Caller {
    let role: Role = user.role;
    Caller { institution, actor: Actor::Person { user: user.id, role }, session: Some(session) }
}

/// The moment `hours` later; at the end of time, that.
pub(super) fn after_hours(moment: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    moment.checked_add_signed(TimeDelta::hours(hours)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn unsigned(error: TokenError) -> Problem {
    tracing::error!(%error, "a token was not signed");
    Problem::internal()
}
