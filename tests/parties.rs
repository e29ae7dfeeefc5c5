//! Guaranteed parties: filed once, corrected in the version read, seen by their own institution alone.

use crate::harness::{self, Ask, World};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

fn farm() -> Value {
    json!({"name": "青禾家庭农场有限公司", "kind": "enterprise", "region_code": "330100", "industry_code": "01"})
}

/// The same with one field changed.
fn farm_with(field: &str, value: Value) -> Value {
    let mut farm = farm();
    farm[field] = value;
    farm
}

#[tokio::test]
async fn a_party_is_filed_once_and_read_by_whoever_works_with_it() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let path = format!("/v1/parties/{}", Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, officer.with(farm())).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::PUT, &path, officer.with(farm())).await.status, StatusCode::OK);
    let other = officer.with(farm_with("name", json!("另一家")));
    let other = app.ask(Method::PUT, &path, other).await;
    assert_eq!((other.status, other.json()["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")));
    for role in [Role::Approver, Role::Treasurer, Role::Auditor] {
        let reader = app.hire(&city, role).await;
        assert_eq!(app.ask(Method::GET, &path, reader.ask()).await.json()["name"], "青禾家庭农场有限公司", "{role}");
        assert_eq!(app.ask(Method::PUT, &path, reader.with(farm())).await.status, StatusCode::FORBIDDEN, "{role}");
    }
}

#[tokio::test]
async fn a_party_is_corrected_in_the_version_that_was_read_and_keeps_its_kind() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let path = format!("/v1/parties/{}", Uuid::now_v7());
    let filed = app.ask(Method::PUT, &path, officer.with(farm())).await;
    assert_eq!(filed.header("etag"), "\"1\"");
    let correct = async |version, body: Value| {
        app.ask(Method::PUT, &path, Ask { if_match: Some(version), ..officer.with(body) }).await
    };
    let renamed = farm_with("name", json!("青禾农业有限公司"));
    let changed = correct("\"1\"", renamed.clone()).await;
    assert_eq!((changed.status, changed.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(correct("\"1\"", renamed.clone()).await.status, StatusCode::PRECONDITION_FAILED);
    let mut another_form = renamed;
    another_form["kind"] = json!("individual_business");
    let refused = correct("\"2\"", another_form).await;
    assert_eq!(
        (refused.status, refused.json()["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("kind"))
    );
}

#[tokio::test]
async fn what_no_party_can_be_is_refused_with_every_fault() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let fields = async |body: Value| -> Vec<String> {
        let answer = app.ask(Method::PUT, &format!("/v1/parties/{}", Uuid::now_v7()), officer.with(body)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{:?}", answer.body);
        answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = json!({"name": " ", "kind": "enterprise", "region_code": "33", "industry_code": "98"});
    assert_eq!(fields(all).await, ["name", "name", "region_code", "industry_code"]);
    assert_eq!(fields(farm_with("name", json!("\u{200b}"))).await, ["name"], "it cannot be seen");
    assert_eq!(fields(farm_with("name", json!("青\n禾"))).await, ["name"]);
    assert_eq!(fields(farm_with("name", json!("青".repeat(201)))).await, ["name"]);
    for code in ["U", "a", "00", "C13", "12345", ""] {
        assert_eq!(fields(farm_with("industry_code", json!(code))).await, ["industry_code"], "{code}");
    }
    assert_eq!(fields(farm_with("industry_code", Value::Null)).await, ["industry_code"], "only a person has none");
    let person = json!({"name": "某甲", "kind": "natural_person", "region_code": "330100"});
    let path = format!("/v1/parties/{}", Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, officer.with(person)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_the_service_decides_cannot_be_sent_along() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    for field in ["status", "merged_into", "version", "institution_id", "id", "name_key", "client_kind", "small_agri"] {
        let body = farm_with(field, json!("active"));
        let answer = app.ask(Method::PUT, &format!("/v1/parties/{}", Uuid::now_v7()), officer.with(body)).await;
        assert_eq!(
            (answer.status, answer.json()["errors"][0]["code"].as_str()),
            (StatusCode::BAD_REQUEST, Some("unknown_field")),
            "{field}"
        );
    }
    let party = app.file_party(&officer, "enterprise", "青禾").await;
    for (what, body) in [
        ("flags", json!({"kind": "farmer", "source": "某", "from": "2020-01-01", "seq": 1})),
        ("jobs", json!({"on": "2020-01-01", "jobs": 1, "party_id": party})),
        (
            "size-inputs",
            json!({"financial_year": 2020, "industry_code": "13", "filed_on": "2021-01-01", "size": "micro"}),
        ),
        (
            "identifiers",
            json!({"scheme": "uscc", "value": "91350100M000100Y43", "from": "2020-01-01", "last_four": "0000"}),
        ),
    ] {
        assert_eq!(app.add(&officer, party, what, body).await.status, StatusCode::BAD_REQUEST, "{what}");
    }
}

#[tokio::test]
async fn only_an_institution_that_guarantees_has_parties() {
    let World { app, fund, province, .. } = harness::world().await;
    let supervisor = app.onboard(&fund, "supervisor", "supervisor", "330000").await;
    for admin in [&fund, &supervisor] {
        let officer = app.hire(admin, Role::Officer).await;
        for (path, body) in [("parties", farm()), ("party-groups", json!({"name": "青禾系"}))] {
            let answer = app.ask(Method::PUT, &format!("/v1/{path}/{}", Uuid::now_v7()), officer.with(body)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert_eq!(answer.json()["code"], "guarantees_nobody", "{path}");
        }
    }
    let officer = app.hire(&province, Role::Officer).await;
    app.file_party(&officer, "enterprise", "青禾").await;
}

#[tokio::test]
async fn another_institutions_party_is_not_there_and_its_id_makes_a_party_of_ones_own() {
    let World { app, city, province, .. } = harness::world().await;
    let (officer, stranger) = (app.hire(&city, Role::Officer).await, app.hire(&province, Role::Officer).await);
    let party = app.file_party(&officer, "enterprise", "青禾食品").await;
    let path = format!("/v1/parties/{party}");
    assert_eq!(app.ask(Method::GET, &path, stranger.ask()).await.status, StatusCode::NOT_FOUND);
    let flag = json!({"kind": "farmer", "source": "某", "from": "2020-01-01"});
    assert_eq!(app.add(&stranger, party, "flags", flag).await.status, StatusCode::NOT_FOUND);
    let list = app.ask(Method::GET, "/v1/parties", stranger.ask()).await.json();
    assert_eq!(list["items"], json!([]));
    let own = farm_with("name", json!("另一家"));
    assert_eq!(app.ask(Method::PUT, &path, stranger.with(own)).await.status, StatusCode::CREATED);
    assert_eq!(app.party(&officer, party).await["name"], "青禾食品");
    assert_eq!(app.party(&stranger, party).await["name"], "另一家");
}

#[tokio::test]
async fn parties_of_one_name_are_shown_beside_each_other() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let first = app.file_party(&officer, "enterprise", "ABC（青禾）").await;
    let second = app.file_party(&officer, "enterprise", "ＡＢＣ (青 禾)").await;
    app.file_party(&officer, "enterprise", "ABC（青禾）二").await;
    assert_eq!(app.party(&officer, first).await["namesakes"], json!([second]));
    assert_eq!(app.party(&officer, second).await["namesakes"], json!([first]));
}

#[tokio::test]
async fn a_merged_party_is_read_but_neither_listed_nor_added_to() {
    use sea_orm::ConnectionTrait as _;
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let stays = app.file_party(&officer, "enterprise", "青禾食品").await;
    let gone = app.file_party(&officer, "enterprise", "青禾食品").await;
    let merge = format!("UPDATE zengxin.party SET status = 'merged', merged_into = '{stays}' WHERE id = '{gone}'");
    app.database.superuser().await.execute_unprepared(&merge).await.unwrap();
    assert_eq!(app.party(&officer, gone).await["merged_into"], json!(stays));
    assert_eq!(app.party(&officer, stays).await["namesakes"], json!([]));
    for query in ["", "?search=%E9%9D%92%E7%A6%BE", "?prefix=%E9%9D%92"] {
        let list = app.ask(Method::GET, &format!("/v1/parties{query}"), officer.ask()).await.json();
        let ids: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|party| &party["id"]).collect();
        assert_eq!(ids, [&json!(stays)], "{query}");
    }
    let jobs = json!({"on": "2020-01-01", "jobs": 1});
    let refused = app.add(&officer, gone, "jobs", jobs).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")));
}

#[tokio::test]
async fn a_machine_reads_and_files_parties_by_its_grants_and_discloses_nothing() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let party = app.file_party(&officer, "enterprise", "青禾").await;
    let mut tokens = Vec::new();
    for grant in ["parties:read", "parties:write"] {
        let path = format!("/v1/machine-clients/{}", Uuid::now_v7());
        let made = app.ask(Method::PUT, &path, city.with(json!({"name": grant, "grants": [grant]}))).await.json();
        let body = json!({"client_id": made["client_id"], "client_secret": made["client_secret"]});
        let ask = Ask { body: Some(body), ..Ask::default() };
        let session = app.ask(Method::POST, "/v1/machine-sessions", ask).await.json();
        tokens.push(session["access_token"].as_str().unwrap().to_owned());
    }
    let path = format!("/v1/parties/{party}");
    let read =
        async |token: &str| app.ask(Method::GET, &path, Ask { token: Some(token), ..Ask::default() }).await.status;
    assert_eq!((read(&tokens[0]).await, read(&tokens[1]).await), (StatusCode::OK, StatusCode::FORBIDDEN));
    let jobs = Some(json!({"on": "2020-01-01", "jobs": 5}));
    let write = async |token: &str, what: &str, body: Option<Value>| {
        let path = format!("{path}/{what}/{}", Uuid::now_v7());
        app.ask(Method::PUT, &path, Ask { token: Some(token), body, ..Ask::default() }).await.status
    };
    assert_eq!(write(&tokens[0], "jobs", jobs.clone()).await, StatusCode::FORBIDDEN);
    assert_eq!(write(&tokens[1], "jobs", jobs).await, StatusCode::CREATED);
    let look = Some(json!({"identifier_id": Uuid::now_v7(), "reason": "某"}));
    for token in &tokens {
        assert_eq!(write(token, "disclosures", look.clone()).await, StatusCode::FORBIDDEN);
    }
}
