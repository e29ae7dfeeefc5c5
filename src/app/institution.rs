//! Institutions: onboarded, corrected, suspended, reinstated and withdrawn by the one above.

use super::{App, password::insert_link, user};
use crate::{
    auth::{Action, Caller, Role, may_onboard},
    check::{self, Check},
    error::{Problem, Text},
    store::{
        self, Put, creation_hash,
        institution::{Decision, Event, Institution, NewInstitution, Status, Wanted},
        journal::Record,
        user::{NewUser, User},
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
        return Ok(Put::Known(known));
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

/// Makes the first administrator of an onboarded institution, with a one-time link; only while it has none, because from then on
/// its people are its own matter.
pub async fn appoint_administrator(
    app: &App,
    caller: &Caller,
    institution: InstitutionId,
    new: NewUser,
) -> Result<Put<(User, Option<String>)>, Problem> {
    let scope = app.open(caller, Action::AppointAdministrator).await?;
    let appointed = store::institution::lock_onboarded(&scope, institution).await?;
    user::check(&new)?;
    scope.commit(Record::of("institution", Some(appointed.id.uuid())).with("user", new.id.to_string())).await?;
    let there = Caller { institution, session: None, ..caller.clone() };
    let scope = app.open(&there, Action::AppointAdministrator).await?;
    let hash = creation_hash(&(&new.name, &new.display_name, Role::Admin))?;
    if let Some(known) = store::user::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known((known, None)));
    }
    if store::user::has_administrator(&scope).await? {
        return Err(Problem::wrong_state(Text::new(
            "该机构已有管理员，用户由其自行管理。",
            "The institution has an administrator: its users are its own matter.",
        )));
    }
    let user = store::user::insert(&scope, NewUser { role: Role::Admin, ..new }, hash).await?;
    let link = insert_link(&scope, user.id, Uuid::now_v7()).await?;
    scope.commit(Record::of("user", Some(user.id.uuid())).with("role", user.role.word())).await?;
    Ok(Put::Created((user, Some(link))))
}

/// Makes the first institution of an empty system and its administrator; the answer is the administrator's one-time link.
pub async fn initialise(app: &App, new: NewInstitution, administrator: NewUser) -> Result<String, Problem> {
    check(&new)?;
    user::check(&administrator)?;
    if !store::institution::all(&app.database).await?.is_empty() {
        return Err(Problem::wrong_state(Text::new(
            "系统中已有机构。其他机构由其上级机构通过接口接纳。",
            "There are institutions already. Others are onboarded by the one above, through the interface.",
        )));
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
