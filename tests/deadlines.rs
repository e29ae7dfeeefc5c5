//! Deadlines: stated for everybody, and the day that the last report is due.

use crate::harness::{self, Answer, App, Person, World};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

/// The annual progress report of a province: by the end of February (财建〔2018〕547号 三（一）).
fn deadline() -> Value {
    json!({
        "report_code": "annual_progress", "reporter_kind": "finance_bureau", "recipient": "财政部", "period": "yearly",
        "month_offset": 2, "day_of_month": 31, "from": "2019-01-01",
        "document": "财建〔2018〕547号", "clause": "三（一）", "verified": true,
    })
}

fn with(mut deadline: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        deadline[field] = value.clone();
    }
    deadline
}

async fn state(app: &App, person: &Person, body: Value) -> (String, Answer) {
    let path = format!("/v1/deadlines/{}", Uuid::now_v7());
    let answer = app.put(person, &path, body).await;
    (path, answer)
}

async fn status(app: &App, person: &Person, changes: Value) -> u16 {
    state(app, person, with(deadline(), changes)).await.1.status.as_u16()
}

#[tokio::test]
async fn fund_and_provinces_state_deadlines_and_everybody_logged_in_reads_them() {
    let World { app, fund, province, city, bureau } = harness::world().await;
    let (path, stated) = state(&app, &fund, deadline()).await;
    assert_eq!(stated.status, StatusCode::CREATED);
    for (field, value) in deadline().as_object().unwrap() {
        assert_eq!(&stated.json()[field], value, "{field}");
    }
    assert_eq!(status(&app, &province, json!({})).await, 201);
    for stranger in [&city, &bureau] {
        let (_, refused) = state(&app, stranger, deadline()).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (422, &json!("outside_the_tree")));
    }
    let client = app.hire(&city, Role::Client).await;
    for reader in [&fund, &province, &city, &bureau, &client] {
        assert_eq!(app.read(reader, &path).await.body, stated.body);
        assert_eq!(app.all(reader, "/v1/deadlines?limit=1", "id").await.len(), 2);
    }
    assert_eq!(app.get("/v1/deadlines").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_day_asked_about_has_its_last_period_and_the_day_that_report_is_due() {
    let World { app, fund, .. } = harness::world().await;
    state(&app, &fund, deadline()).await;
    let half = json!({"report_code": "half_year_progress", "period": "half_year", "month_offset": 1});
    state(&app, &fund, with(deadline(), half)).await;
    let monthly = json!({"report_code": "monthly_filing", "period": "monthly", "month_offset": 1, "day_of_month": 10});
    state(&app, &fund, with(deadline(), monthly)).await;
    for (on, due) in [
        ("2019-12-31", ["2019-02-28", "2019-07-31", "2019-12-10"]),
        // The year, the half and the month are over: a leap year's February.
        ("2020-01-01", ["2020-02-29", "2020-01-31", "2020-01-10"]),
        ("2020-06-30", ["2020-02-29", "2020-01-31", "2020-06-10"]),
        ("2020-07-01", ["2020-02-29", "2020-07-31", "2020-07-10"]),
    ] {
        assert_eq!(
            app.all(&fund, &format!("/v1/deadlines?on={on}"), "due_on").await,
            due.map(|day| json!(day)),
            "{on}"
        );
    }
    let periods = async |field| app.all(&fund, "/v1/deadlines?on=2020-07-01", field).await;
    assert_eq!(periods("period_from").await, ["2019-01-01", "2020-01-01", "2020-06-01"]);
    assert_eq!(periods("period_until").await, ["2020-01-01", "2020-07-01", "2020-07-01"]);
    assert_eq!(app.all(&fund, "/v1/deadlines?on=2018-12-31", "id").await, Vec::<Value>::new());
    assert_eq!(app.read(&fund, "/v1/deadlines?on=2019-02-29").await.status.as_u16(), 422);
}

#[tokio::test]
async fn one_report_of_one_reporter_and_region_has_one_deadline_of_a_day() {
    let World { app, fund, province, .. } = harness::world().await;
    let (path, first) = state(&app, &fund, with(deadline(), json!({"until": "2026-01-01"}))).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(status(&app, &fund, json!({"from": "2025-12-31"})).await, 409);
    assert_eq!(status(&app, &fund, json!({"from": "2026-01-01"})).await, 201);
    assert_eq!(status(&app, &fund, json!({"region_code": "330000"})).await, 201);
    assert_eq!(status(&app, &fund, json!({"region_code": "330000"})).await, 409);
    assert_eq!(status(&app, &fund, json!({"region_code": "320000"})).await, 201);
    assert_eq!(status(&app, &fund, json!({"reporter_kind": "guarantee_institution"})).await, 201);
    assert_eq!(status(&app, &fund, json!({"report_code": "another"})).await, 201);
    assert_eq!(app.end(&province, &path, Some("\"1\""), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.end(&fund, &path, Some("\"1\""), None).await.status, StatusCode::CONFLICT);
    assert_eq!(app.end(&fund, &path, Some("\"2\""), Some("2025-01-01")).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(app.end(&fund, &path, Some("\"1\""), Some("2025-01-01")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_id_names_one_deadline_of_the_whole_system() {
    let World { app, fund, province, .. } = harness::world().await;
    let (path, _) = state(&app, &fund, deadline()).await;
    assert_eq!(app.put(&fund, &path, deadline()).await.status, StatusCode::OK);
    let theirs = app.put(&province, &path, deadline()).await;
    assert_eq!((theirs.status.as_u16(), &theirs.json()["code"]), (409, &json!("id_taken")));
}

#[tokio::test]
async fn what_makes_no_sense_is_named_all_at_once() {
    let World { app, fund, .. } = harness::world().await;
    let nonsense = json!({
        "report_code": "A", "recipient": "", "month_offset": 25, "day_of_month": 0, "region_code": "33",
        "until": "2019-01-01", "document": " x", "clause": "",
    });
    let (_, refused) = state(&app, &fund, with(deadline(), nonsense)).await;
    let fields: Vec<Value> =
        refused.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    let expected =
        ["report_code", "recipient", "month_offset", "day_of_month", "region_code", "until", "document", "clause"];
    assert_eq!((refused.status.as_u16(), fields), (422, expected.map(|field| json!(field)).to_vec()));
    for (field, value) in [
        ("month_offset", json!(-1)),
        ("month_offset", json!(4_294_967_296_i64)),
        ("day_of_month", json!("31")),
        ("period", json!("weekly")),
        ("due_on", json!("2020-01-01")),
        ("institution_id", json!(Uuid::now_v7())),
    ] {
        let (_, refused) = state(&app, &fund, with(deadline(), json!({field: value}))).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (400, &json!(field)));
    }
    for (field, value) in [("month_offset", json!(24)), ("day_of_month", json!(32)), ("day_of_month", json!(31))] {
        let expected = if value == json!(32) { 422 } else { 201 };
        let code = format!("edge_{value}");
        assert_eq!(status(&app, &fund, json!({field: value, "report_code": code})).await, expected, "{field}");
    }
}
