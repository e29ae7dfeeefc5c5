//! Local limits: stricter than the law, once for one matter and day, by whoever may bind.

use crate::harness::{self, Answer, App, Person, World};
use axum::http::StatusCode;
use domain::value::{Day, InstitutionId, UserId};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, Role},
    store::{Scope, local_limit},
};

fn limit(member: &Person, rule: &str, value: &str) -> Value {
    json!({"member_id": member.institution, "rule": rule, "value": value, "from": "2026-01-01", "document": "风险管理办法第八条"})
}

fn with(mut body: Value, changes: &[(&str, Value)]) -> Value {
    for (field, value) in changes {
        body[*field] = value.clone();
    }
    body
}

async fn state(app: &App, person: &Person, body: Value) -> (String, Answer) {
    let path = format!("/v1/local-limits/{}", Uuid::now_v7());
    let answer = app.put(person, &path, body).await;
    (path, answer)
}

async fn status(app: &App, person: &Person, body: Value) -> u16 {
    state(app, person, body).await.1.status.as_u16()
}

#[tokio::test]
async fn a_limit_may_be_as_strict_as_the_law_and_not_a_ten_billionth_looser() {
    let World { app, city, .. } = harness::world().await;
    for (rule, as_law, looser) in [
        ("small_agri_share", "0.8", "0.7999999999"),
        ("small_ticket_share", "0.5", "0.4999999999"),
        ("fee_up_to_small_ticket", "0.01", "0.0100000001"),
        ("fee_above_small_ticket", "0.015", "0.0150000001"),
        ("reguarantee_fee_up_to_small_ticket", "0.003", "0.0030000001"),
        ("reguarantee_fee_above_small_ticket", "0.005", "0.0050000001"),
        ("bank_share", "0.2", "0.1999999999"),
        ("single_client", "0.1", "0.1000000001"),
        ("related_group", "0.15", "0.1500000001"),
        ("leverage", "10", "10.0000000001"),
    ] {
        let (_, refused) = state(&app, &city, limit(&city, rule, looser)).await;
        let fault = &refused.json()["errors"][0];
        assert_eq!((refused.status, &fault["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("value")), "{rule}");
        assert_eq!(fault["code"], "looser_than_law");
        assert!(fault["message"].as_str().unwrap().contains(&format!("为{as_law}（")), "{fault}");
        assert_eq!(status(&app, &city, limit(&city, rule, as_law)).await, 201, "{rule}");
    }
}

#[tokio::test]
async fn a_looser_limit_is_told_the_clause_and_the_day() {
    let World { app, city, .. } = harness::world().await;
    let (_, refused) = state(&app, &city, limit(&city, "single_client", "0.11")).await;
    let message = refused.json()["errors"][0]["message_en"].clone();
    let said = message.as_str().unwrap();
    for word in ["0.1 ", "limit.single", "第683号", "第十六条", "2026-01-01"] {
        assert!(said.contains(word), "{said}");
    }
}

#[tokio::test]
async fn where_the_law_is_silent_any_share_may_be_stated_and_none_above_the_whole() {
    let World { app, city, .. } = harness::world().await;
    for (rule, value, expected) in
        [("top_ten_clients", "0.9", 201), ("region", "1", 201), ("industry", "1.0000000001", 422)]
    {
        assert_eq!(status(&app, &city, limit(&city, rule, value)).await, expected, "{rule}");
    }
}

#[tokio::test]
async fn two_limits_on_one_matter_follow_each_other_to_the_day() {
    let World { app, city, .. } = harness::world().await;
    let until = ("until", json!("2027-01-01"));
    assert_eq!(status(&app, &city, with(limit(&city, "single_client", "0.08"), &[until])).await, 201);
    let next = |from| with(limit(&city, "single_client", "0.05"), &[("from", json!(from))]);
    assert_eq!(status(&app, &city, next("2026-12-31")).await, 409);
    assert_eq!(status(&app, &city, next("2027-01-01")).await, 201);
    let before = |until| with(next("2025-01-01"), &[("until", json!(until))]);
    assert_eq!(status(&app, &city, before("2026-01-02")).await, 409);
    assert_eq!(status(&app, &city, before("2026-01-01")).await, 201);
    assert_eq!(status(&app, &city, limit(&city, "related_group", "0.1")).await, 201, "another matter");
}

#[tokio::test]
async fn each_region_has_a_limit_of_its_own_beside_the_one_for_every_region() {
    let World { app, city, .. } = harness::world().await;
    let keyed = |rule, key| with(limit(&city, rule, "0.3"), &[("key_code", json!(key))]);
    assert_eq!(status(&app, &city, limit(&city, "region", "0.5")).await, 201);
    assert_eq!(status(&app, &city, limit(&city, "region", "0.4")).await, 409);
    assert_eq!(status(&app, &city, keyed("region", "330100")).await, 201);
    assert_eq!(status(&app, &city, keyed("region", "330100")).await, 409);
    assert_eq!(status(&app, &city, keyed("region", "330200")).await, 201);
    assert_eq!(status(&app, &city, keyed("industry", "K")).await, 201);
    assert_eq!(status(&app, &city, keyed("industry", "47")).await, 201);
    for (rule, key) in [("region", "33"), ("region", ""), ("industry", "U"), ("industry", "470"), ("leverage", "K")] {
        let (_, refused) = state(&app, &city, keyed(rule, key)).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["errors"][0]["field"]),
            (422, &json!("key_code")),
            "{key}"
        );
    }
}

#[tokio::test]
async fn an_institution_binds_itself_and_whomever_it_re_guarantees_today() {
    let World { app, fund, province, city, bureau } = harness::world().await;
    let bind = async |who: &Person, whom: &Person| {
        let (_, answer) = state(&app, who, limit(whom, "leverage", "8")).await;
        (answer.status.as_u16(), answer.json()["code"].as_str().unwrap_or_default().to_owned())
    };
    let outside = (422, "outside_the_tree".to_owned());
    assert_eq!(bind(&province, &city).await, outside, "not yet a member");
    app.join(&province, &city, "reguarantees", "2020-01-01", Some("2021-01-01")).await;
    assert_eq!(bind(&province, &city).await, outside, "no longer a member");
    app.join(&province, &city, "reguarantees", "2999-01-01", None).await;
    assert_eq!(bind(&province, &city).await, outside, "a member some day");
    let second = app.onboard(&province, "second", "guarantee_institution", "330200").await;
    app.join(&province, &second, "reguarantees", "2020-01-01", None).await;
    assert_eq!(bind(&province, &second).await.0, 201);
    assert_eq!(bind(&second, &province).await, outside, "upwards");
    assert_eq!(bind(&fund, &second).await, outside, "over two layers");
    app.join(&bureau, &city, "reviews", "2020-01-01", None).await;
    assert_eq!(bind(&bureau, &city).await, outside, "reviewing is not re-guaranteeing");
    assert_eq!(bind(&bureau, &bureau).await, outside, "a bureau bears no risk");
}

#[tokio::test]
async fn whom_a_limit_binds_reads_it_and_cannot_end_it() {
    let World { app, fund, province, city, .. } = harness::world().await;
    app.join(&province, &city, "reguarantees", "2020-01-01", None).await;
    let second = app.onboard(&province, "second", "guarantee_institution", "330200").await;
    let (path, stated) = state(&app, &province, limit(&city, "leverage", "8")).await;
    assert_eq!((stated.status, stated.header("etag")), (StatusCode::CREATED, "\"1\""));
    for (person, status, listed) in [(&province, 200, 1), (&city, 200, 1), (&second, 404, 0), (&fund, 404, 0)] {
        assert_eq!(app.read(person, &path).await.status.as_u16(), status, "{}", person.code);
        assert_eq!(app.all(person, "/v1/local-limits", "id").await.len(), listed, "{}", person.code);
    }
    assert_eq!(app.end(&city, &path, Some("\"1\""), Some("2026-02-01")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_end_of_a_limit_changes_by_version_and_never_over_another() {
    let World { app, city, .. } = harness::world().await;
    let (path, _) = state(&app, &city, limit(&city, "leverage", "8")).await;
    let end = async |version, until| app.end(&city, &path, version, until).await.status.as_u16();
    assert_eq!(end(None, Some("2027-01-01")).await, 428);
    assert_eq!(end(Some("\"2\""), Some("2027-01-01")).await, 412);
    assert_eq!(end(Some("\"1\""), Some("2026-01-01")).await, 422, "no day is left");
    assert_eq!(end(Some("\"1\""), Some("2027-01-01")).await, 200);
    let next = with(limit(&city, "leverage", "6"), &[("from", json!("2027-01-01"))]);
    assert_eq!(status(&app, &city, next).await, 201);
    assert_eq!(end(Some("\"2\""), Some("2027-01-02")).await, 409);
    assert_eq!(end(Some("\"2\""), None).await, 409);
    assert_eq!(app.all(&city, "/v1/local-limits?on=2026-12-31", "value").await, [json!("8")]);
    assert_eq!(app.all(&city, "/v1/local-limits?on=2027-01-01", "value").await, [json!("6")]);
    assert_eq!(app.all(&city, "/v1/local-limits?on=2025-12-31", "value").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_limit_of_days_before_the_law_is_not_stretched_into_it() {
    let World { app, city, .. } = harness::world().await;
    let days = [("from", json!("2018-01-01")), ("until", json!("2019-01-22"))];
    let (path, stated) = state(&app, &city, with(limit(&city, "small_agri_share", "0.6"), &days)).await;
    assert_eq!(stated.status, StatusCode::CREATED);
    let stretched = app.end(&city, &path, Some("\"1\""), Some("2019-01-23")).await;
    assert_eq!((stretched.status.as_u16(), &stretched.json()["errors"][0]["code"]), (422, &json!("looser_than_law")));
}

#[tokio::test]
async fn every_fault_is_named_at_once_and_unknown_fields_are_refused() {
    let World { app, city, .. } = harness::world().await;
    let faults = [("document", json!(" ")), ("value", json!("11")), ("key_code", json!("x"))];
    let (_, refused) = state(&app, &city, with(limit(&city, "leverage", "8"), &faults)).await;
    let fields: Vec<Value> =
        refused.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!((refused.status.as_u16(), fields), (422, vec![json!("document"), json!("key_code")]));
    for field in ["version", "institution_id", "id", "verified"] {
        let (_, refused) = state(&app, &city, with(limit(&city, "leverage", "8"), &[(field, json!(1))])).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (400, &json!(field)));
    }
    for (field, value) in [("value", json!("-8")), ("value", json!("8.00000000001")), ("rule", json!("purpose_bond"))] {
        let answer = status(&app, &city, with(limit(&city, "leverage", "8"), &[(field, value)])).await;
        assert_eq!(answer, 400, "{field}");
    }
}

#[tokio::test]
async fn a_limit_beyond_any_sense_is_kept_or_refused_and_never_breaks_the_service() {
    let World { app, city, .. } = harness::world().await;
    let days = [("from", json!("1000-01-01")), ("until", json!("1000-01-02"))];
    let huge = with(limit(&city, "leverage", "79228162514264337593543950335"), &days);
    assert_eq!(status(&app, &city, huge).await, 201);
    let long = with(limit(&city, "region", "0.5"), &[("document", json!("文".repeat(501)))]);
    assert_eq!(status(&app, &city, long).await, 422);
}

#[tokio::test]
async fn booking_is_bound_by_what_everybody_states_on_its_day() {
    let World { app, province, city, .. } = harness::world().await;
    app.join(&province, &city, "reguarantees", "2020-01-01", Some("2999-01-01")).await;
    let until = ("until", json!("2026-07-01"));
    assert_eq!(status(&app, &province, with(limit(&city, "leverage", "8"), &[until])).await, 201);
    assert_eq!(status(&app, &city, limit(&city, "leverage", "7.5")).await, 201);
    assert_eq!(status(&app, &province, limit(&province, "leverage", "6")).await, 201);
    let actor = Actor::Person { user: UserId::from_uuid(city.id), role: Role::Admin };
    let caller = Caller { institution: InstitutionId::from_uuid(city.institution), actor, session: None };
    let database = &app.state.database;
    let scope = Scope::open(database, app.state.clock, &caller, Action::ReadLocalLimits).await.unwrap();
    let values = async |day| {
        let binding = local_limit::binding(&scope, day).await.unwrap();
        let mut values: Vec<String> = binding.iter().map(|limit| limit.value.to_string()).collect();
        values.sort();
        values
    };
    assert_eq!(values(Day::new(2025, 12, 31)).await, Vec::<String>::new());
    assert_eq!(values(Day::new(2026, 1, 1)).await, ["7.5", "8"]);
    assert_eq!(values(Day::new(2026, 6, 30)).await, ["7.5", "8"]);
    assert_eq!(values(Day::new(2026, 7, 1)).await, ["7.5"]);
    assert_eq!(status(&app, &province, limit(&city, "single_client", "0.09")).await, 201);
    assert_eq!(values(Day::new(2998, 12, 31)).await, ["0.09", "7.5"]);
    assert_eq!(values(Day::new(2999, 1, 1)).await, ["7.5"], "who has left is bound no longer");
}
