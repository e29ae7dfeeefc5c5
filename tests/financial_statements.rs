//! Financial statements: filed, superseded, never changed, and which of them a day uses.

use crate::harness::{self, Answer, App, Ask, Person, World};
use axum::http::{Method, StatusCode};
use domain::value::{Day, InstitutionId, UserId};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, Role},
    clock,
    store::{Scope, financial_statement},
};

fn statement(as_of: &str, net_assets: &str) -> Value {
    json!({
        "as_of": as_of, "net_assets": net_assets, "unearned_reserve": "500000.00", "compensation_reserve": "1000000.00",
        "total_assets": "150000000.00", "payout_receivables": "3000000.00",
        "grade1": "60000000.00", "grade2": "50000000.00", "grade3": "30000000.01",
    })
}

fn correcting(mut statement: Value, corrects: Uuid) -> Value {
    statement["corrects"] = json!(corrects);
    statement
}

async fn file(app: &App, person: &Person, body: Value) -> (Uuid, Answer) {
    let id = Uuid::now_v7();
    (id, app.put(person, &format!("/v1/financial-statements/{id}"), body).await)
}

async fn filed(app: &App, person: &Person, body: Value) -> Uuid {
    let (id, answer) = file(app, person, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    id
}

/// The statement that a day uses, by the interface.
async fn used(app: &App, person: &Person, day: &str) -> Vec<Value> {
    app.all(person, &format!("/v1/financial-statements?on={day}"), "id").await
}

async fn treasurer() -> (App, Person, Person) {
    let World { app, city, .. } = harness::world().await;
    let treasurer = app.hire(&city, Role::Treasurer).await;
    (app, city, treasurer)
}

#[tokio::test]
async fn the_figures_come_back_as_filed_with_who_filed_them_and_when() {
    let (mut app, _, treasurer) = treasurer().await;
    app.at(clock::now());
    let (id, answer) = file(&app, &treasurer, statement("2025-12-31", "-1234.56")).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let read = app.read(&treasurer, &format!("/v1/financial-statements/{id}")).await;
    assert_eq!(read.body, answer.body);
    let read = read.json();
    assert_eq!((&read["net_assets"], &read["grade3"]), (&json!("-1234.56"), &json!("30000000.01")));
    assert_eq!((&read["filed_by"], &read["filed_by_kind"]), (&json!(treasurer.id), &json!("person")));
    assert_eq!(read["filed_on"], json!(clock::civil_day(app.state.clock.now()).to_string()));
    assert_eq!(read["corrects"], Value::Null);
}

#[tokio::test]
async fn the_same_statement_again_is_known_and_another_under_its_id_is_refused() {
    let (app, _, treasurer) = treasurer().await;
    let id = filed(&app, &treasurer, statement("2025-12-31", "100.00")).await;
    let path = format!("/v1/financial-statements/{id}");
    assert_eq!(app.put(&treasurer, &path, statement("2025-12-31", "100.00")).await.status, StatusCode::OK);
    let other = app.put(&treasurer, &path, statement("2025-12-31", "100.01")).await;
    assert_eq!((other.status, other.json()["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")));
}

#[tokio::test]
async fn a_statement_is_of_today_at_the_latest() {
    let (mut app, _, treasurer) = treasurer().await;
    app.at(clock::now());
    let today = clock::civil_day(app.state.clock.now());
    let (_, future) = file(&app, &treasurer, statement(&today.succ_opt().unwrap().to_string(), "1.00")).await;
    let fault = &future.json()["errors"][0];
    assert_eq!((future.status, &fault["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("as_of")));
    assert_eq!(fault["code"], "future_day");
    filed(&app, &treasurer, statement(&today.to_string(), "1.00")).await;
}

#[tokio::test]
async fn a_day_uses_the_statement_of_the_greatest_day_and_of_these_the_one_filed_last() {
    let (app, _, treasurer) = treasurer().await;
    let year = filed(&app, &treasurer, statement("2024-12-31", "100.00")).await;
    let half = filed(&app, &treasurer, statement("2025-06-30", "200.00")).await;
    // Filed last, and of an earlier day.
    let earlier = filed(&app, &treasurer, statement("2023-12-31", "300.00")).await;
    let corrected = filed(&app, &treasurer, correcting(statement("2025-06-30", "201.00"), half)).await;
    for (day, expected) in [
        ("2023-12-30", None),
        ("2023-12-31", Some(earlier)),
        ("2024-12-30", Some(earlier)),
        ("2024-12-31", Some(year)),
        ("2025-06-29", Some(year)),
        ("2025-06-30", Some(corrected)),
        ("2026-01-01", Some(corrected)),
    ] {
        let expected: Vec<Value> = expected.into_iter().map(|id| json!(id)).collect();
        assert_eq!(used(&app, &treasurer, day).await, expected, "{day}");
    }
}

#[tokio::test]
async fn what_booking_uses_is_what_the_interface_shows() {
    let (app, city, treasurer) = treasurer().await;
    let id = filed(&app, &treasurer, statement("2025-06-30", "200.00")).await;
    let actor = Actor::Person { user: UserId::from_uuid(treasurer.id), role: Role::Treasurer };
    let caller = Caller { institution: InstitutionId::from_uuid(city.institution), actor, session: None };
    let action = Action::ReadFinancialStatements;
    let scope = Scope::open(&app.state.database, app.state.clock, &caller, action).await.unwrap();
    let on = async |day| financial_statement::latest_on(&scope, day).await.unwrap();
    let found = on(Day::new(2025, 6, 30)).await.unwrap();
    assert_eq!((found.id, found.figures.net_assets.fen()), (id, 20_000));
    assert!(on(Day::new(2025, 6, 29)).await.is_none());
}

#[tokio::test]
async fn a_second_statement_of_a_day_names_the_last_one_and_no_other() {
    let (app, _, treasurer) = treasurer().await;
    let first = filed(&app, &treasurer, statement("2025-12-31", "100.00")).await;
    let (_, silent) = file(&app, &treasurer, statement("2025-12-31", "101.00")).await;
    assert_eq!((silent.status, silent.json()["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")));
    assert!(silent.json()["detail"].as_str().unwrap().contains(&first.to_string()));
    let second = filed(&app, &treasurer, correcting(statement("2025-12-31", "101.00"), first)).await;
    for (day, corrects) in [("2025-12-31", first), ("2025-12-30", second), ("2025-12-31", Uuid::now_v7())] {
        let (_, refused) = file(&app, &treasurer, correcting(statement(day, "102.00"), corrects)).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{day}");
    }
    let third = filed(&app, &treasurer, correcting(statement("2025-12-31", "102.00"), second)).await;
    let listed = app.all(&treasurer, "/v1/financial-statements?limit=1", "id").await;
    assert_eq!(listed, [json!(third), json!(second), json!(first)]);
}

#[tokio::test]
async fn of_two_corrections_at_once_one_takes_the_place_and_the_other_is_told() {
    let (app, _, treasurer) = treasurer().await;
    let first = filed(&app, &treasurer, statement("2025-12-31", "100.00")).await;
    let correct = |net_assets| file(&app, &treasurer, correcting(statement("2025-12-31", net_assets), first));
    let ((_, one), (_, other)) = tokio::join!(correct("101.00"), correct("102.00"));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
}

#[tokio::test]
async fn nobody_sets_what_the_service_says_and_no_figure_but_net_assets_is_negative() {
    let (app, _, treasurer) = treasurer().await;
    for (field, value, code) in [
        ("seq", json!(1), "unknown_field"),
        ("filed_on", json!("2020-01-01"), "unknown_field"),
        ("filed_by", json!(treasurer.id), "unknown_field"),
        ("institution_id", json!(Uuid::now_v7()), "unknown_field"),
        ("grade1", json!("-0.01"), "money_negative"),
        ("total_assets", json!("1.001"), "money_third_decimal"),
        ("net_assets", json!(1), "wrong_type"),
        ("as_of", json!("2025-02-29"), "no_such_day"),
    ] {
        let mut body = statement("2025-12-31", "1.00");
        body[field] = value;
        let (_, answer) = file(&app, &treasurer, body).await;
        let fault = &answer.json()["errors"][0];
        assert_eq!((answer.status, &fault["field"]), (StatusCode::BAD_REQUEST, &json!(field)));
        assert_eq!(fault["code"], code, "{field}");
    }
}

#[tokio::test]
async fn another_institution_sees_and_corrects_no_statement() {
    let World { app, city, province, .. } = harness::world().await;
    app.join(&province, &city, "reguarantees", "2026-01-01", None).await;
    let (theirs, ours) = (app.hire(&city, Role::Officer).await, app.hire(&province, Role::Officer).await);
    let id = filed(&app, &theirs, statement("2025-12-31", "100.00")).await;
    assert_eq!(app.all(&ours, "/v1/financial-statements", "id").await, Vec::<Value>::new());
    assert_eq!(used(&app, &ours, "2026-01-01").await, Vec::<Value>::new());
    assert_eq!(app.read(&ours, &format!("/v1/financial-statements/{id}")).await.status, StatusCode::NOT_FOUND);
    let (_, refused) = file(&app, &ours, correcting(statement("2025-12-31", "1.00"), id)).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let path = format!("/v1/financial-statements/{id}");
    let own = app.put(&ours, &path, statement("2025-12-31", "1.00")).await;
    assert_eq!(own.status, StatusCode::CREATED, "the same id names a row of one's own");
    assert_eq!(app.read(&theirs, &path).await.json()["net_assets"], "100.00");
}

#[tokio::test]
async fn the_serving_role_changes_no_statement() {
    let (app, _, treasurer) = treasurer().await;
    filed(&app, &treasurer, statement("2025-12-31", "100.00")).await;
    let serving = app.database.serving().await;
    for refused in
        ["UPDATE zengxin.financial_statement SET net_assets_fen = 1", "DELETE FROM zengxin.financial_statement"]
    {
        let error = serving.execute_unprepared(refused).await.unwrap_err().to_string();
        assert!(error.contains("permission denied"), "{error}");
    }
}

#[tokio::test]
async fn a_machine_files_with_its_grant_and_is_named() {
    let World { app, city, .. } = harness::world().await;
    let id = Uuid::now_v7();
    let made = json!({"name": "财务系统", "grants": ["statements:write", "statements:read"]});
    let made = app.put(&city, &format!("/v1/machine-clients/{id}"), made).await.json();
    let body = Some(json!({"client_id": made["client_id"], "client_secret": made["client_secret"]}));
    let session = app.ask(Method::POST, "/v1/machine-sessions", Ask { body, ..Ask::default() }).await.json();
    let machine = Person { token: session["access_token"].as_str().unwrap().to_owned(), ..city };
    let (_, filed) = file(&app, &machine, statement("2025-12-31", "100.00")).await;
    let filed = filed.json();
    assert_eq!((&filed["filed_by"], &filed["filed_by_kind"]), (&json!(id), &json!("machine")));
    assert_eq!(app.read(&machine, "/v1/local-limits").await.status, StatusCode::FORBIDDEN);
}
