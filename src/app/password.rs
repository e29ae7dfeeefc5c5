//! Choosing a password: by a one-time link, or by the present one.

use super::{App, login::after_hours};
use crate::{
    auth::{self, Action, Attempt, Caller, Credential, Factor, Secret, Verdict, Weakness, check_strength},
    error::{FieldError, Problem},
    input,
    store::{
        self, Put, Scope,
        journal::Record,
        session::{End, Holder},
        user::{AccountStatus, User},
    },
};
use domain::value::UserId;
use uuid::Uuid;

/// How long a one-time link serves, in hours.
const LINK_HOURS: i64 = 72;

/// Hands out a one-time link for a user; earlier ones serve no longer. Repeated with the same id it is known, and not shown again.
pub async fn issue_link(app: &App, caller: &Caller, user: UserId, link: Uuid) -> Result<Put<Option<String>>, Problem> {
    let scope = app.open(caller, Action::ManageUsers).await?;
    let user = store::user::lock(&scope, user).await?;
    match store::link::find_owner(&scope, link).await? {
        Some(owner) if owner == user.id => return Ok(Put::Known(None)),
        Some(_) => return Err(Problem::id_taken()),
        None => active(&user)?,
    }
    let text = insert_link(&scope, user.id, link).await?;
    scope.commit(Record::of("user", Some(user.id.uuid())).with("link", link.to_string())).await?;
    Ok(Put::Created(Some(text)))
}

/// Adds a link in an open scope; the text is the only copy of its secret.
pub(super) async fn insert_link(scope: &Scope, user: UserId, id: Uuid) -> Result<String, Problem> {
    store::link::use_up(scope, user).await?;
    let link = Credential { institution: scope.tenant(), id, secret: Secret::random()? };
    store::link::insert(scope, &link, user, after_hours(scope.now(), LINK_HOURS)).await?;
    Ok(link.to_text())
}

/// Chooses a password by a one-time link; ends every session of the user.
pub async fn redeem_link(app: &App, link: &str, password: String) -> Result<(), Problem> {
    let link = Credential::parse(link).ok_or_else(Problem::link_refused)?;
    let caller = Caller::nobody(link.institution);
    let scope = app.open(&caller, Action::RedeemLink).await?;
    let user = holder(&scope, &link).await?;
    strong(&scope, &user, "password", &password).await?;
    // No connection is held while the password is hashed.
    drop(scope);
    let hash = auth::hash(password).await?;
    let scope = app.open(&caller, Action::RedeemLink).await?;
    let user = holder(&scope, &link).await?;
    store::credential::set(&scope, user.id, hash).await?;
    store::link::use_up(&scope, user.id).await?;
    store::session::end_all(&scope, Holder::User(user.id), None, End::PasswordChanged).await?;
    scope.commit(Record::of("user", Some(user.id.uuid())).with("link", link.id.to_string())).await
}

async fn holder(scope: &Scope, link: &Credential) -> Result<User, Problem> {
    let user = store::link::lock_valid(scope, link).await?.ok_or_else(Problem::link_refused)?;
    let user = store::user::get(scope, user).await?;
    if user.status == AccountStatus::Active { Ok(user) } else { Err(Problem::link_refused()) }
}

/// Changes the caller's own password; ends the caller's other sessions. A wrong present password counts as a wrong login.
pub async fn change(app: &App, caller: &Caller, present: String, new: String) -> Result<(), Problem> {
    let scope = app.open(caller, Action::ChangePassword).await?;
    let user = store::user::get(&scope, scope.person()?).await?;
    strong(&scope, &user, "new_password", &new).await?;
    let seen = store::credential::find(&scope, user.id).await?.ok_or_else(Problem::login_refused)?;
    drop(scope);
    let right = auth::matches(present, Some(seen.password.clone())).await?;
    let hash = auth::hash(new).await?;
    let scope = app.open(caller, Action::ChangePassword).await?;
    let now = store::credential::lock(&scope, user.id).await?.ok_or_else(Problem::login_refused)?;
    let right = right && now.changed_at == seen.changed_at;
    let factor = Factor::NotNeeded;
    let attempt = Attempt { right, factor, open: true, failures: now.failures, locked_until: now.locked_until };
    match auth::judge(attempt, scope.now()) {
        Verdict::In => {
            store::credential::set(&scope, user.id, hash).await?;
            store::session::end_all(&scope, Holder::User(user.id), caller.session, End::PasswordChanged).await?;
            scope.commit(Record::of("user", Some(user.id.uuid()))).await
        }
        Verdict::Counted { failures, locked_until } => {
            store::credential::count(&scope, user.id, failures, locked_until).await?;
            scope.commit_unrecorded().await?;
            Err(input::invalid(vec![present_is_wrong()]))
        }
        Verdict::Out | Verdict::NeedsCode => Err(input::invalid(vec![present_is_wrong()])),
    }
}

fn present_is_wrong() -> FieldError {
    input::field(
        "present_password",
        "wrong_password",
        "原口令有误，或账户暂时锁定。",
        "The present password is wrong, or the account is locked for a while.",
    )
}

/// An account that can be given a link.
fn active(user: &User) -> Result<(), Problem> {
    match user.status {
        AccountStatus::Active => Ok(()),
        AccountStatus::Offboarded => Err(super::user::has_left()),
    }
}

/// 422 when the password is too short, too long or guessed from common words, the user's own names or the institution's.
async fn strong(scope: &Scope, user: &User, field: &'static str, password: &str) -> Result<(), Problem> {
    let institution = store::institution::own(scope).await?;
    let known = [user.name.as_str(), &user.display_name, &institution.code, &institution.name, "zengxin"];
    check_strength(password, &known).map_err(|weakness| {
        let fault = match weakness {
            Weakness::Short => {
                input::field(field, "too_short", "口令至少 12 个字符。", "A password has at least 12 characters.")
            }
            Weakness::Long => {
                input::field(field, "too_long", "口令最多 128 字节。", "A password has at most 128 bytes.")
            }
            Weakness::Guessable => input::field(
                field,
                "guessable",
                "口令太容易被猜到：请避免常用词、姓名、机构名和规律字符，可用几个不相干的词。",
                "The password is guessed too soon: avoid common words, names and patterns; several unrelated words do well.",
            ),
        };
        input::invalid(vec![fault])
    })
}
