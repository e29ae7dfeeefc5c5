//! Institutions: onboarded, corrected, suspended, reinstated and withdrawn by the one above.

use super::{App, password::insert_link, user};
use crate::{
    auth::{Action, Caller, Role, may_onboard},
    check::{self, Check},
    error::{Problem, Text},
    store::{
        self, Put, Scope, creation_hash,
        institution::{Decision, Event, Institution, NewInstitution, Status, Wanted},
        journal::Record,
        user::{AccountStatus, NewUser, User},
    },
};
use domain::value::InstitutionId;
use uuid::Uuid;

/// Some of the institutions.
pub async fn list(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    after: Option<String>,
    limit: u64,
) -> Result<Vec<Institution>, Problem> {
    let scope = app.open(caller, Action::ReadInstitutions).await?;
    wanted.search.iter().fold(Check::default(), |check, search| check.search("search", search)).done()?;
    store::institution::list(&scope, wanted, after, limit).await
}

/// One institution.
pub async fn get(app: &App, caller: &Caller, id: InstitutionId) -> Result<Institution, Problem> {
    let scope = app.open(caller, Action::ReadInstitutions).await?;
    store::institution::get(&scope, id).await
}

/// What an institution is called is plain text.
pub(super) fn check(new: &NewInstitution) -> Result<(), Problem> {
    let check = Check::default().login_name("code", &new.code, check::CODE).text("name", &new.name, 200);
    check.region("region_code", &new.region_code).done()
}

/// Onboards an institution of a kind and region that the caller's institution may onboard.
pub async fn onboard(app: &App, caller: &Caller, new: NewInstitution) -> Result<Put<Institution>, Problem> {
    let scope = app.open(caller, Action::OnboardInstitution).await?;
    let hash = creation_hash(&(&new.code, &new.name, new.kind, &new.region_code))?;
    if let Some(known) = store::institution::find_repeated(&scope, new.id, &hash).await? {
        // Everybody reads the table: the same words from another institution are another request.
        return if known.onboarded_by == scope.tenant() { Ok(Put::Known(known)) } else { Err(Problem::id_taken()) };
    }
    check(&new)?;
    let own = store::institution::own(&scope).await?;
    if !may_onboard(own.kind, &own.region_code, new.kind, &new.region_code) {
        return Err(outside());
    }
    let made = store::institution::insert(&scope, new, hash).await?;
    scope.commit(Record::of("institution", Some(made.id.uuid())).with("kind", made.kind.word())).await?;
    Ok(Put::Created(made))
}

fn outside() -> Problem {
    Problem::outside_the_tree(Text::new(
        "国家基金可接纳其他各类机构；省级再担保机构只可接纳本省的担保机构和财政部门。",
        "The national fund onboards every other kind; a provincial re-guarantor the institutions and bureaus of its own province.",
    ))
}

/// Corrects an onboarded institution's name and region; its code and kind stay.
pub async fn replace(app: &App, caller: &Caller, version: i64, new: NewInstitution) -> Result<Institution, Problem> {
    let scope = app.open(caller, Action::OnboardInstitution).await?;
    let present = store::institution::lock_onboarded(&scope, new.id).await?;
    check(&new)?;
    let own = store::institution::own(&scope).await?;
    let same = present.code == new.code && present.kind == new.kind;
    if !same || !may_onboard(own.kind, &own.region_code, new.kind, &new.region_code) {
        return Err(if same { outside() } else { fixed() });
    }
    let changed = store::institution::replace(&scope, present.id, version, new.name, new.region_code).await?;
    scope.commit(Record::of("institution", Some(changed.id.uuid())).with("version", changed.version)).await?;
    Ok(changed)
}

fn fixed() -> Problem {
    Problem::wrong_state(Text::new("机构代码和类型不能修改。", "An institution's code and kind do not change."))
}

/// Suspends, reinstates or withdraws an onboarded institution from today on.
pub async fn decide(
    app: &App,
    caller: &Caller,
    subject: InstitutionId,
    id: Uuid,
    decision: Decision,
    reason: String,
) -> Result<Put<Event>, Problem> {
    let scope = app.open(caller, Action::DecideInstitution).await?;
    let hash = creation_hash(&(subject, decision, &reason))?;
    if let Some(known) = store::institution::find_repeated_event(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let institution = store::institution::lock_onboarded(&scope, subject).await?;
    Check::default().text("reason", &reason, 500).done()?;
    let status = decision.leads_to(institution.status).ok_or_else(|| undecidable(institution.status))?;
    store::institution::set_status(&scope, &institution, status).await?;
    let event = store::institution::insert_event(&scope, id, subject, decision, reason, hash).await?;
    scope.commit(Record::of("institution", Some(subject.uuid())).with("decision", decision.word())).await?;
    Ok(Put::Created(event))
}

fn undecidable(status: Status) -> Problem {
    Problem::wrong_state(Text::new(
        format!("机构当前状态为 {status}，不能作此决定。"),
        format!("The institution is {status}: this cannot be decided now."),
    ))
}

/// Makes the first administrator of an onboarded institution, with a one-time link; only until one has chosen a password, because from then
/// on its people are its own matter.
///
/// A link can be lost or expire: asked for again the same way, the administrator who waits has a new one; and an administrator appointed
/// after one who never came takes that one's place. The links given out before serve no longer.
pub async fn appoint_administrator(
    app: &App,
    caller: &Caller,
    institution: InstitutionId,
    new: NewUser,
) -> Result<Put<(User, Option<String>)>, Problem> {
    let scope = app.open(caller, Action::AppointAdministrator).await?;
    store::institution::lock_onboarded(&scope, institution).await?;
    user::check(&new)?;
    // Nothing is done yet, and nothing is recorded: a transaction is of one institution, and that is the one below.
    drop(scope);
    let there = Caller { institution, session: None, ..caller.clone() };
    let appointed = appoint(app.open(&there, Action::AppointAdministrator).await?, new).await?;
    let (Put::Created((user, link)) | Put::Known((user, link))) = &appointed;
    if link.is_some() {
        let scope = app.open(caller, Action::AppointAdministrator).await?;
        scope.commit(Record::of("institution", Some(institution.uuid())).with("user", user.id.to_string())).await?;
    }
    Ok(appointed)
}

/// Appoints in the scope of the institution below.
async fn appoint(scope: Scope, new: NewUser) -> Result<Put<(User, Option<String>)>, Problem> {
    let hash = creation_hash(&(&new.name, &new.display_name, Role::Admin))?;
    let known = store::user::find_repeated(&scope, new.id, &hash).await?;
    let waiting = match (lock_waiting(&scope).await?, &known) {
        (Some(waiting), _) => waiting,
        (None, Some(known)) => return Ok(Put::Known((known.clone(), None))),
        (None, None) => return Err(administered()),
    };
    let Some(known) = known else {
        for user in waiting {
            store::user::offboard(&scope, &user, Uuid::now_v7()).await?;
        }
        let user = store::user::insert(&scope, NewUser { role: Role::Admin, ..new }, hash).await?;
        let link = insert_link(&scope, user.id, Uuid::now_v7()).await?;
        scope.commit(Record::of("user", Some(user.id.uuid())).with("role", user.role.word())).await?;
        return Ok(Put::Created((user, Some(link))));
    };
    // Another one has taken this one's place.
    if !waiting.iter().any(|user| user.id == known.id) {
        return Ok(Put::Known((known, None)));
    }
    Ok(Put::Known((known.clone(), Some(another_link(scope, &known).await?))))
}

/// Gives an administrator who waits a new link.
async fn another_link(scope: Scope, user: &User) -> Result<String, Problem> {
    let id = Uuid::now_v7();
    let link = insert_link(&scope, user.id, id).await?;
    scope.commit(Record::of("user", Some(user.id.uuid())).with("link", id.to_string())).await?;
    Ok(link)
}

fn administered() -> Problem {
    Problem::wrong_state(Text::new(
        "该机构已有管理员，用户由其自行管理。",
        "The institution has an administrator: its users are its own matter.",
    ))
}

/// The administrators, locked, none of whom has ever chosen a password; none when one has. Their links serve no longer, and nobody else
/// appoints one until the scope ends.
async fn lock_waiting(scope: &Scope) -> Result<Option<Vec<User>>, Problem> {
    let seen = store::user::administrators(scope).await?;
    let mut waiting = Vec::new();
    for user in seen {
        // Asked before any lock: those who come in daily are not held up.
        if store::credential::find(scope, user.id).await?.is_some() {
            return Ok(None);
        }
        waiting.push(store::user::lock(scope, user.id).await?);
    }
    for user in &waiting {
        // Whoever chooses a password by one this very moment is waited for.
        store::link::use_up(scope, user.id).await?;
        if user.status != AccountStatus::Active || store::credential::find(scope, user.id).await?.is_some() {
            return Ok(None);
        }
    }
    // The end of the journal last; whoever was appointed meanwhile is seen now.
    scope.seq().await?;
    let ids = |users: &[User]| users.iter().map(|user| user.id).collect::<Vec<_>>();
    let unchanged = ids(&store::user::administrators(scope).await?) == ids(&waiting);
    Ok(unchanged.then_some(waiting))
}

/// Makes the first institution of an empty system and its administrator; the answer is the administrator's one-time link. Asked again for
/// the same code and user name, as long as nobody has chosen a password, it is a new link: the first may have been lost.
pub async fn initialise(app: &App, new: NewInstitution, administrator: NewUser) -> Result<String, Problem> {
    check(&new)?;
    user::check(&administrator)?;
    if !store::institution::all(&app.database).await?.is_empty() {
        return initialise_again(app, &new.code, &administrator.name).await;
    }
    let scope = app.open(&Caller::operator(new.id), Action::Initialise).await?;
    let hash = creation_hash(&(&new.code, &new.name, new.kind, &new.region_code))?;
    let made = store::institution::insert(&scope, new, hash).await?;
    let hash = creation_hash(&(&administrator.name, &administrator.display_name, Role::Admin))?;
    let user = store::user::insert(&scope, NewUser { role: Role::Admin, ..administrator }, hash).await?;
    let link = insert_link(&scope, user.id, Uuid::now_v7()).await?;
    let record = Record::of("institution", Some(made.id.uuid())).with("kind", made.kind.word());
    scope.commit(record.with("administrator", user.id.to_string())).await?;
    Ok(link)
}

/// A new link for the administrator of the first institution, who has never chosen a password.
async fn initialise_again(app: &App, code: &str, administrator: &str) -> Result<String, Problem> {
    let refused = || {
        Problem::wrong_state(Text::new(
            "系统中已有机构。其他机构由其上级机构通过接口接纳；首个机构的管理员从未设置口令时，可用同一机构代码和用户名再次执行以取得新链接。",
            "There are institutions already. Others are onboarded by the one above, through the interface; as long as the first one's administrator has never chosen a password, the same code and user name give a new link.",
        ))
    };
    let first = store::institution::find_by_code(&app.database, code).await?.ok_or_else(refused)?;
    let scope = app.open(&Caller::operator(first), Action::Initialise).await?;
    if store::institution::own(&scope).await?.onboarded_by != first {
        return Err(refused());
    }
    let waiting = lock_waiting(&scope).await?.unwrap_or_default();
    let user = waiting.into_iter().find(|user| user.name == administrator).ok_or_else(refused)?;
    another_link(scope, &user).await
}
