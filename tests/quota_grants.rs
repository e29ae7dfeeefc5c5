//! Quota grants: made by the re-guarantor, read by the cedent and by nobody else.

use crate::harness::{self, Answer, Ask, Person, World};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

/// The world, whose province re-guarantees the city from 2025-03-01 until 2026-01-01, and the province's approver.
async fn stage() -> (World, Person) {
    let world = harness::world().await;
    world.app.join(&world.fund, &world.province, "reguarantees", "2020-01-01", None).await;
    world.app.join(&world.province, &world.city, "reguarantees", "2025-03-01", Some("2026-01-01")).await;
    let approver = world.app.hire(&world.province, Role::Approver).await;
    (world, approver)
}

fn quota(cedent: &Person, year: i32, granted: &str) -> Value {
    json!({"cedent_id": cedent.institution, "year": year, "granted": granted, "document": "关于下达年度授信额度的通知"})
}

async fn grant(world: &World, by: &Person, body: Value) -> (String, Answer) {
    let path = format!("/v1/quota-grants/{}", Uuid::now_v7());
    let answer = world.app.put(by, &path, body).await;
    (path, answer)
}

#[track_caller]
fn code(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (status, Some(code)), "{:?}", answer.json());
}

#[tokio::test]
async fn a_quota_is_read_by_the_cedent_and_by_nobody_else() {
    let (world, approver) = stage().await;
    let second = world.app.onboard(&world.province, "second", "guarantee_institution", "330200").await;
    world.app.join(&world.province, &second, "reguarantees", "2020-01-01", None).await;
    let (path, granted) = grant(&world, &approver, quota(&world.city, 2025, "500000000.00")).await;
    assert_eq!((granted.status, granted.header("etag")), (StatusCode::CREATED, "\"1\""), "{:?}", granted.json());
    for (person, status, listed) in [
        (&world.province, 200, 1),
        (&world.city, 200, 1),
        (&world.fund, 404, 0),
        (&world.bureau, 404, 0),
        (&second, 404, 0),
    ] {
        assert_eq!(world.app.read(person, &path).await.status.as_u16(), status, "{}", person.code);
        assert_eq!(world.app.all(person, "/v1/quota-grants", "id").await.len(), listed, "{}", person.code);
    }
    let read = world.app.read(&world.city, &path).await.json();
    assert_eq!(read["institution_id"], json!(world.province.institution));
    assert_eq!((&read["granted"], &read["year"]), (&json!("500000000.00"), &json!(2025)));
}

#[tokio::test]
async fn a_cedent_has_one_quota_a_year_and_the_same_request_again_is_known() {
    let (world, approver) = stage().await;
    let body = quota(&world.city, 2025, "1.00");
    let (path, granted) = grant(&world, &approver, body.clone()).await;
    assert_eq!(granted.status, StatusCode::CREATED);
    let again = world.app.put(&approver, &path, body.clone()).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &granted.body));
    code(&world.app.put(&approver, &path, quota(&world.city, 2025, "2.00")).await, 409, "id_taken");
    let (_, twice) = grant(&world, &approver, body).await;
    code(&twice, 409, "wrong_state");
}

#[tokio::test]
async fn a_quota_is_granted_to_whom_one_reguarantees_on_a_day_of_the_year() {
    let (world, approver) = stage().await;
    for (year, created) in [(2024, false), (2025, true), (2026, false)] {
        let (_, answer) = grant(&world, &approver, quota(&world.city, year, "1.00")).await;
        if created {
            assert_eq!(answer.status, StatusCode::CREATED, "{year}");
        } else {
            code(&answer, 422, "outside_the_tree");
        }
    }
    let fund = world.app.hire(&world.fund, Role::Approver).await;
    assert_eq!(grant(&world, &fund, quota(&world.province, 2026, "1.00")).await.1.status, StatusCode::CREATED);
    let city = world.app.hire(&world.city, Role::Approver).await;
    for (by, cedent) in
        [(&fund, &world.city), (&approver, &world.province), (&approver, &world.bureau), (&city, &world.city)]
    {
        code(&grant(&world, by, quota(cedent, 2025, "1.00")).await.1, 422, "outside_the_tree");
    }
}

#[tokio::test]
async fn a_quota_changes_in_the_version_named_and_only_by_whoever_granted_it() {
    let (world, approver) = stage().await;
    let (path, _) = grant(&world, &approver, quota(&world.city, 2025, "500000000.00")).await;
    let change = async |by: &Person, version, body| {
        world.app.ask(Method::PUT, &path, Ask { if_match: Some(version), ..by.with(body) }).await
    };
    let none = quota(&world.city, 2025, "0.00");
    let lowered = change(&approver, "\"1\"", none.clone()).await;
    assert_eq!((lowered.status, lowered.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(lowered.json()["granted"], "0.00");
    code(&change(&approver, "\"1\"", none.clone()).await, 412, "changed_meanwhile");
    let other = change(&approver, "\"2\"", quota(&world.bureau, 2026, "1.00")).await;
    let fields: Vec<Value> =
        other.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!((other.status.as_u16(), fields), (422, vec![json!("cedent_id"), json!("year")]));
    let cedent = world.app.hire(&world.city, Role::Approver).await;
    code(&change(&cedent, "\"2\"", none).await, 404, "not_found");
}

#[tokio::test]
async fn a_quota_is_not_negative_of_a_year_in_the_calendar_and_says_nothing_unasked() {
    let (world, approver) = stage().await;
    for (field, value, status) in [
        ("granted", json!("-0.01"), 400),
        ("granted", json!("0.001"), 400),
        ("granted", json!(1), 400),
        ("used", json!("1.00"), 400),
        ("institution_id", json!(world.fund.institution), 400),
        ("version", json!(9), 400),
        ("year", json!(1999), 422),
        ("year", json!(3000), 422),
        ("document", json!(""), 422),
    ] {
        let mut body = quota(&world.city, 2025, "1.00");
        body[field] = value;
        let (_, answer) = grant(&world, &approver, body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (status, &json!(field)), "{field}");
    }
}
