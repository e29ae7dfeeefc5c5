//! The people of an institution, administered by its own administrator, and everybody's own account.

use super::App;
use crate::{
    auth::{Action, Caller, InstitutionKind, Relation, Role, may_onboard, may_state, role_fits},
    check::{self, Check},
    error::{Problem, Text},
    input,
    store::{
        self, Put, Scope, creation_hash,
        institution::Institution,
        journal::Record,
        session::{End, Holder},
        user::{AccountStatus, NewUser, User, Wanted},
    },
};
use domain::value::UserId;
use uuid::Uuid;

/// The user has left, so that nothing more can be done with the account.
pub(super) fn has_left() -> Problem {
    Problem::wrong_state(Text::new("该用户已离职。", "The user has left."))
}

/// Some of the institution's users.
pub async fn list(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<User>, Problem> {
    let scope = app.open(caller, Action::ReadUsers).await?;
    store::user::list(&scope, wanted, after, limit).await
}

/// One of the institution's users.
pub async fn get(app: &App, caller: &Caller, id: UserId) -> Result<User, Problem> {
    let scope = app.open(caller, Action::ReadUsers).await?;
    store::user::get(&scope, id).await
}

/// Adds a user, who chooses a password by a one-time link later.
pub async fn create(app: &App, caller: &Caller, new: NewUser) -> Result<Put<User>, Problem> {
    let scope = app.open(caller, Action::ManageUsers).await?;
    let hash = creation_hash(&(&new.name, &new.display_name, new.role))?;
    if let Some(known) = store::user::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    insert(scope, new, hash).await
}

async fn insert(scope: Scope, new: NewUser, hash: Vec<u8>) -> Result<Put<User>, Problem> {
    check(&new)?;
    fitting(&scope, new.role).await?;
    let user = store::user::insert(&scope, new, hash).await?;
    scope.commit(Record::of("user", Some(user.id.uuid())).with("role", user.role.word())).await?;
    Ok(Put::Created(user))
}

/// What a user is called is plain text.
pub(super) fn check(new: &NewUser) -> Result<(), Problem> {
    let check = Check::default().login_name("name", &new.name, check::USER_NAME);
    check.text("display_name", &new.display_name, 100).done()
}

async fn fitting(scope: &Scope, role: Role) -> Result<(), Problem> {
    let institution = store::institution::own(scope).await?;
    let fault = || input::field("role", "role", "本类机构没有此角色。", "Institutions of this kind have no such role.");
    Check::default().that(role_fits(institution.kind, role), fault).done()
}

/// Changes a user's display name and role; a changed role ends the user's sessions, whose tokens carry the old one.
pub async fn replace(app: &App, caller: &Caller, version: i64, new: NewUser) -> Result<User, Problem> {
    let scope = app.open(caller, Action::ManageUsers).await?;
    let user = store::user::lock(&scope, new.id).await?;
    check(&new)?;
    another(&scope, &user)?;
    let fault = || input::field("name", "fixed", "用户名不能修改。", "A user's name does not change.");
    Check::default().that(new.name == user.name, fault).done()?;
    fitting(&scope, new.role).await?;
    let changed = store::user::replace(&scope, user.id, version, new.display_name, new.role).await?;
    if changed.role != user.role {
        store::session::end_all(&scope, Holder::User(user.id), None, End::AccountChanged).await?;
    }
    let record = Record::of("user", Some(user.id.uuid())).with("role", changed.role.word());
    scope.commit(record.with("version", changed.version)).await?;
    Ok(changed)
}

/// Somebody else who still works here: nobody raises, or locks out, oneself; so one administrator always stays.
pub(super) fn another(scope: &Scope, user: &User) -> Result<(), Problem> {
    match user.status {
        AccountStatus::Offboarded => Err(has_left()),
        AccountStatus::Active if scope.actor().id() == Some(user.id.uuid()) => Err(Problem::wrong_state(Text::new(
            "不能修改或停用自己的账户，请由另一位管理员办理。",
            "Nobody changes or ends the own account: another administrator does.",
        ))),
        AccountStatus::Active => Ok(()),
    }
}

/// Ends a user's account, sessions and links.
pub async fn offboard(app: &App, caller: &Caller, id: UserId, offboarding: Uuid) -> Result<Put<User>, Problem> {
    let scope = app.open(caller, Action::OffboardUser).await?;
    let user = store::user::lock(&scope, id).await?;
    if user.offboarding == Some(offboarding) {
        return Ok(Put::Known(user));
    }
    store::user::never_offboarded(&scope, offboarding).await?;
    another(&scope, &user)?;
    let user = store::user::offboard(&scope, &user, offboarding).await?;
    store::link::use_up(&scope, id).await?;
    store::session::end_all(&scope, Holder::User(id), None, End::Offboarded).await?;
    scope.commit(Record::of("user", Some(id.uuid())).with("offboarding", offboarding.to_string())).await?;
    Ok(Put::Created(user))
}

/// The caller's own account, with what it may do and where.
#[derive(Debug)]
pub struct Profile {
    /// The account.
    pub user: User,
    /// Whether every login asks for a code.
    pub second_factor: bool,
    /// The institution.
    pub institution: Institution,
    /// What the role may do.
    pub actions: Vec<Action>,
    /// Of these, what may not be done while the institution is suspended.
    pub stopped: Vec<Action>,
    /// The kinds of institutions that the caller's may onboard.
    pub onboards: Vec<InstitutionKind>,
    /// The relations in which the caller's institution may stand above others.
    pub relations: Vec<Relation>,
    /// The roles that people of the institution may have.
    pub roles: Vec<Role>,
}

/// The caller's own account.
pub async fn profile(app: &App, caller: &Caller) -> Result<Profile, Problem> {
    let scope = app.open(caller, Action::ReadProfile).await?;
    let user = store::user::get(&scope, scope.person()?).await?;
    let second_factor = store::second_factor::is_confirmed(&scope, user.id).await?;
    let institution = store::institution::own(&scope).await?;
    let may = |action: &Action| caller.actor.may(*action);
    let stopped = |action: &Action| !institution.status.lets(*action);
    let (kind, region) = (institution.kind, &institution.region_code);
    let onboards = |new: &InstitutionKind| may_onboard(kind, region, *new, region);
    let states = |relation: &Relation| InstitutionKind::ALL.iter().any(|member| may_state(*relation, kind, *member));
    Ok(Profile {
        actions: Action::ALL.iter().copied().filter(may).collect(),
        stopped: Action::ALL.iter().copied().filter(may).filter(stopped).collect(),
        onboards: InstitutionKind::ALL.iter().copied().filter(onboards).collect(),
        relations: Relation::ALL.iter().copied().filter(states).collect(),
        roles: Role::ALL.iter().copied().filter(|role| role_fits(kind, *role)).collect(),
        user,
        second_factor,
        institution,
    })
}

/// Changes what others call the caller.
pub async fn change_profile(app: &App, caller: &Caller, version: i64, display_name: String) -> Result<User, Problem> {
    let scope = app.open(caller, Action::ChangeProfile).await?;
    let user = store::user::lock(&scope, scope.person()?).await?;
    Check::default().text("display_name", &display_name, 100).done()?;
    let changed = store::user::replace(&scope, user.id, version, display_name, user.role).await?;
    scope.commit(Record::of("user", Some(user.id.uuid())).with("version", changed.version)).await?;
    Ok(changed)
}
