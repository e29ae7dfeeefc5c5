//! What supervisors confirm, and the register of investments that is judged under it.

use crate::harness::{self, Answer, App, Person, World};
use axum::http::StatusCode;
use domain::{
    finding::Outcome,
    liability::Leverage,
    party,
    value::{Day, InstitutionId, UserId},
};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, Role},
    store::{Scope, confirmation, equity_investment},
};

/// A world with a supervisor that supervises the city from 2020 on.
async fn supervised() -> (World, Person) {
    let world = harness::world().await;
    let supervisor = world.app.onboard(&world.fund, "supervisor", "supervisor", "330000").await;
    world.app.join(&supervisor, &world.city, "supervises", "2020-01-01", None).await;
    (world, supervisor)
}

fn confirmation(member: &Person, kind: &str, until: Option<&str>) -> Value {
    json!({"member_id": member.institution, "kind": kind, "from": "2026-01-01", "until": until, "document": "第1号复函"})
}

fn investment(technology_linkage: bool, from: &str) -> Value {
    json!({"investee_name": "某某科技有限公司", "amount": "1000000.00", "technology_linkage": technology_linkage, "from": from})
}

async fn put(app: &App, person: &Person, resource: &str, body: Value) -> (String, Answer) {
    let path = format!("/v1/{resource}/{}", Uuid::now_v7());
    let answer = app.put(person, &path, body).await;
    (path, answer)
}

async fn confirm(app: &App, person: &Person, body: Value) -> (String, Answer) {
    put(app, person, "supervisor-confirmations", body).await
}

async fn scope(app: &App, person: &Person) -> Scope {
    let actor = Actor::Person { user: UserId::from_uuid(person.id), role: Role::Admin };
    let caller = Caller { institution: InstitutionId::from_uuid(person.institution), actor, session: None };
    Scope::open(&app.state.database, app.state.clock, &caller, Action::ReadConfirmations).await.unwrap()
}

#[tokio::test]
async fn only_a_supervisor_confirms_and_only_about_whom_it_supervises_today() {
    let (world, supervisor) = supervised().await;
    let World { app, fund, province, city, bureau } = world;
    app.join(&province, &city, "reguarantees", "2020-01-01", None).await;
    app.join(&bureau, &city, "reviews", "2020-01-01", None).await;
    for stranger in [&fund, &province, &bureau, &city] {
        let (_, refused) = confirm(&app, stranger, confirmation(&city, "mainly_small", None)).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["code"]),
            (422, &json!("outside_the_tree")),
            "{}",
            stranger.code
        );
    }
    let (_, refused) = confirm(&app, &supervisor, confirmation(&province, "mainly_small", None)).await;
    assert_eq!(refused.json()["code"], "outside_the_tree", "it does not supervise the province");
    app.join(&supervisor, &province, "supervises", "2020-01-01", Some("2021-01-01")).await;
    let (_, refused) = confirm(&app, &supervisor, confirmation(&province, "mainly_small", None)).await;
    assert_eq!(refused.json()["code"], "outside_the_tree", "it no longer does");
    let (_, stated) = confirm(&app, &supervisor, confirmation(&city, "mainly_small", None)).await;
    assert_eq!(stated.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_confirmation_is_read_by_both_and_ended_by_the_supervisor() {
    let (world, supervisor) = supervised().await;
    let World { app, fund, province, city, .. } = world;
    let (path, stated) = confirm(&app, &supervisor, confirmation(&city, "mainly_small", None)).await;
    assert_eq!(stated.json()["institution_id"], json!(supervisor.institution));
    for (person, status) in [(&supervisor, 200), (&city, 200), (&province, 404), (&fund, 404)] {
        assert_eq!(app.read(person, &path).await.status.as_u16(), status, "{}", person.code);
        let listed = app.all(person, "/v1/supervisor-confirmations", "id").await.len();
        assert_eq!(listed, usize::from(status == 200), "{}", person.code);
    }
    let end = async |person, version, until| app.end(person, &path, version, until).await.status.as_u16();
    assert_eq!(end(&city, Some("\"1\""), None).await, 404);
    assert_eq!(end(&supervisor, None, None).await, 428);
    assert_eq!(end(&supervisor, Some("\"1\""), Some("2026-01-01")).await, 422);
    assert_eq!(end(&supervisor, Some("\"1\""), Some("2026-01-02")).await, 200);
    assert_eq!(end(&supervisor, Some("\"1\""), None).await, 412);
}

#[tokio::test]
async fn confirmations_of_one_kind_follow_each_other_to_the_day() {
    let (world, supervisor) = supervised().await;
    let World { app, city, .. } = world;
    let state = async |kind: &str, from: &str, until: Option<&str>| {
        let mut body = confirmation(&city, kind, until);
        body["from"] = json!(from);
        confirm(&app, &supervisor, body).await.1.status.as_u16()
    };
    assert_eq!(state("mainly_small", "2026-01-01", Some("2027-01-01")).await, 201);
    assert_eq!(state("mainly_small", "2026-12-31", None).await, 409);
    assert_eq!(state("technology_linkage", "2026-12-31", None).await, 201);
    assert_eq!(state("mainly_small", "2027-01-01", None).await, 201);
    assert_eq!(app.all(&city, "/v1/supervisor-confirmations?on=2026-12-30", "kind").await, [json!("mainly_small")]);
}

#[tokio::test]
async fn fifteen_times_hold_on_the_days_of_the_confirmation_and_for_nobody_else() {
    let (world, supervisor) = supervised().await;
    let World { app, fund, province, city, .. } = world;
    confirm(&app, &supervisor, confirmation(&city, "mainly_small", Some("2027-01-01"))).await;
    let (of_city, of_province, above) =
        (scope(&app, &city).await, scope(&app, &province).await, scope(&app, &supervisor).await);
    let on = async |scope, day| confirmation::leverage(scope, day).await.unwrap();
    assert_eq!(on(&of_city, Day::new(2025, 12, 31)).await, Leverage::General);
    assert_eq!(on(&of_city, Day::new(2026, 1, 1)).await, Leverage::MainlySmall);
    assert_eq!(on(&of_city, Day::new(2026, 12, 31)).await, Leverage::MainlySmall);
    assert_eq!(on(&of_city, Day::new(2027, 1, 1)).await, Leverage::General);
    assert_eq!(on(&of_province, Day::new(2026, 1, 1)).await, Leverage::General);
    let gone = app.onboard(&fund, "gone", "guarantee_institution", "330300").await;
    app.join(&supervisor, &gone, "supervises", "2020-01-01", Some("2999-01-01")).await;
    confirm(&app, &supervisor, confirmation(&gone, "mainly_small", None)).await;
    let of_gone = scope(&app, &gone).await;
    assert_eq!(on(&of_gone, Day::new(2998, 12, 31)).await, Leverage::MainlySmall);
    assert_eq!(on(&of_gone, Day::new(2999, 1, 1)).await, Leverage::General, "its supervisor no longer is");
    assert_eq!(on(&above, Day::new(2026, 1, 1)).await, Leverage::General, "stating is not being confirmed");
}

#[tokio::test]
async fn an_investment_is_judged_on_its_days_and_under_the_confirmation_of_the_day() {
    let (world, supervisor) = supervised().await;
    let World { app, city, .. } = world;
    let officer = app.hire(&city, Role::Officer).await;
    let (path, entered) = put(&app, &officer, "equity-investments", investment(true, "2025-06-01")).await;
    assert_eq!(entered.status, StatusCode::CREATED);
    confirm(&app, &supervisor, confirmation(&city, "technology_linkage", None)).await;
    assert_eq!(app.end(&officer, &path, Some("\"1\""), Some("2026-03-01")).await.status, StatusCode::OK);
    let scope = scope(&app, &city).await;
    for (day, count, outcome) in [
        (Day::new(2025, 5, 31), 0, Outcome::Pass),
        (Day::new(2025, 6, 1), 1, Outcome::Refuse),
        (Day::new(2025, 12, 31), 1, Outcome::Refuse),
        (Day::new(2026, 1, 1), 1, Outcome::Pass),
        (Day::new(2026, 2, 28), 1, Outcome::Pass),
        (Day::new(2026, 3, 1), 0, Outcome::Pass),
    ] {
        let investments = equity_investment::judged(&scope, day).await.unwrap();
        let found = (investments.len(), party::equity(&investments, day).outcome);
        assert_eq!(found, (count, outcome), "{day}");
    }
}

#[tokio::test]
async fn another_institution_sees_no_investment() {
    let World { app, province, city, .. } = harness::world().await;
    let treasurer = app.hire(&city, Role::Treasurer).await;
    let (path, _) = put(&app, &treasurer, "equity-investments", investment(false, "2026-01-01")).await;
    assert_eq!(app.read(&province, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.all(&province, "/v1/equity-investments", "id").await, Vec::<Value>::new());
    let theirs = app.hire(&province, Role::Treasurer).await;
    assert_eq!(app.end(&theirs, &path, Some("\"1\""), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.all(&city, "/v1/equity-investments?on=2026-01-01", "amount").await, [json!("1000000.00")]);
    assert_eq!(app.all(&city, "/v1/equity-investments?on=2025-12-31", "amount").await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_makes_no_sense_is_named_field_by_field() {
    let (world, supervisor) = supervised().await;
    let World { app, city, .. } = world;
    let officer = app.hire(&city, Role::Officer).await;
    for (field, value, status) in [
        ("amount", json!("0.00"), 400),
        ("amount", json!("-1.00"), 400),
        ("investee_name", json!(""), 422),
        ("until", json!("2026-01-01"), 422),
        ("version", json!(9), 400),
        ("institution_id", json!(Uuid::now_v7()), 400),
    ] {
        let mut body = investment(false, "2026-01-01");
        body[field] = value;
        let (_, answer) = put(&app, &officer, "equity-investments", body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (status, &json!(field)));
    }
    for (field, value, status) in [
        ("kind", json!("anything"), 400),
        ("document", json!("a\nb"), 422),
        ("until", json!("2025-01-01"), 422),
        ("institution_id", json!(Uuid::now_v7()), 400),
    ] {
        let mut body = confirmation(&city, "mainly_small", None);
        body[field] = value;
        let (_, answer) = confirm(&app, &supervisor, body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (status, &json!(field)));
    }
}
