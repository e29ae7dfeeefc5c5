//! What a contract said before it was revised: kept as it was, for whoever decides about what it says now.

use crate::harness::{Desk, created, desk};
use axum::http::{Method, StatusCode};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use uuid::Uuid;

/// Puts another content in the place of the one that the contract has in this version.
async fn revise(desk: &Desk, id: Uuid, version: &str, content: Value) {
    let ask = crate::harness::Ask { if_match: Some(version), ..desk.officer.with(content) };
    let answer = desk.app.ask(Method::PUT, &format!("/v1/contracts/{id}"), ask).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
}

async fn contents(desk: &Desk, id: Uuid, page: &str) -> Value {
    desk.app.read(&desk.approver, &format!("/v1/contracts/{id}/contents{page}")).await.json()
}

/// A contract of 100万 that was sent back, revised to 80万 with a counter-guarantee, and submitted again.
async fn revised(desk: &Desk) -> Uuid {
    let client = desk.client("small", "青禾食品").await;
    let first = desk.content(client, "1000000.00");
    let id = desk.submitted(first.clone()).await;
    let reason = json!({"reason": "金额偏高，请补充反担保"});
    created(&desk.act(&desk.approver, id, "rejections", reason).await);
    let mut second = first;
    (second["amount"], second["counter_guarantee"]) = (json!("800000.00"), json!("法定代表人连带责任保证"));
    second["charges"] = json!([{"payee": "third_party", "name": "评估费", "amount": "800.00"}]);
    // Drafted, submitted and sent back: the third version.
    revise(desk, id, "\"3\"", second).await;
    created(&desk.submit(id).await);
    id
}

#[tokio::test]
async fn a_content_that_was_revised_is_read_beside_the_one_in_its_place() {
    let desk = desk().await;
    let id = revised(&desk).await;
    let contents = contents(&desk, id, "").await;
    let items = contents["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let (first, second) = (&items[0], &items[1]);
    assert_eq!((&first["content_version"], &second["content_version"]), (&json!(1), &json!(2)));
    assert_eq!(
        (&first["content"]["amount"], &second["content"]["amount"]),
        (&json!("1000000.00"), &json!("800000.00"))
    );
    assert_eq!(
        (&first["content"]["charges"], &second["content"]["charges"][0]["amount"]),
        (&json!([]), &json!("800.00"))
    );
    assert_eq!(second["content"]["counter_guarantee"], "法定代表人连带责任保证");
    assert_eq!((&first["replaced_by"], &second["replaced_by"]), (&json!(desk.officer.id), &json!(null)));
    assert!(first["replaced_at"].is_string() && second["replaced_at"].is_null());
    // The present one says exactly what the contract says.
    let contract = desk.contract(id).await;
    for (field, value) in second["content"].as_object().unwrap() {
        assert_eq!(value, &contract[field], "{field}");
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_contract_that_was_never_revised_has_its_present_content_alone() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.book(desk.content(client, "1000000.00")).await;
    let contents = contents(&desk, id, "").await;
    assert_eq!(contents["items"].as_array().unwrap().len(), 1);
    assert_eq!((&contents["items"][0]["content_version"], &contents["next"]), (&json!(1), &json!(null)));
}

#[tokio::test]
async fn a_revision_that_came_too_late_keeps_nothing() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let content = desk.content(client, "1000000.00");
    let id = desk.draft(content.clone()).await;
    for (version, status) in [("\"1\"", StatusCode::OK), ("\"1\"", StatusCode::PRECONDITION_FAILED)] {
        let ask = crate::harness::Ask { if_match: Some(version), ..desk.officer.with(content.clone()) };
        assert_eq!(desk.app.ask(Method::PUT, &format!("/v1/contracts/{id}"), ask).await.status, status);
    }
    let contents = contents(&desk, id, "").await;
    let versions: Vec<i64> =
        contents["items"].as_array().unwrap().iter().filter_map(|item| item["content_version"].as_i64()).collect();
    assert_eq!(versions, [1, 2]);
}

#[tokio::test]
async fn contents_come_in_pages_the_present_one_last() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let content = desk.content(client, "1000000.00");
    let id = desk.draft(content.clone()).await;
    for version in 1..4 {
        revise(&desk, id, &format!("\"{version}\""), content.clone()).await;
    }
    let mut seen = Vec::new();
    let mut page = "?limit=2".to_owned();
    loop {
        let answer = contents(&desk, id, &page).await;
        let items = answer["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(|item| item["content_version"].as_i64().unwrap()));
        let Some(next) = answer["next"].as_str() else { break };
        page = format!("?limit=2&after={next}");
    }
    assert_eq!(seen, [1, 2, 3, 4]);
    assert_eq!(contents(&desk, id, "?after=4").await["items"], json!([]));
}

#[tokio::test]
async fn a_kept_content_is_what_its_events_were_about_and_one_changed_behind_the_services_back_is_not_shown() {
    let desk = desk().await;
    let id = revised(&desk).await;
    let superuser = desk.app.database.superuser().await;
    let count = "SELECT count(*)::bigint, 'rows' FROM zengxin.contract_content k JOIN zengxin.contract_event e
        ON e.institution_id = k.institution_id AND e.contract_id = k.contract_id AND e.content_version = k.content_version
        AND e.content_hash = k.content_hash WHERE k.institution_id = $1";
    // Submitted and sent back: both about the first content.
    let agreed = crate::harness::book_of(&superuser, count, desk.officer.institution).await;
    assert_eq!(agreed, [(2, "rows".to_owned())]);
    superuser
        .execute_unprepared(
            "UPDATE zengxin.contract_content SET content = replace(content, '1000000.00', '1000000.01')",
        )
        .await
        .unwrap();
    let answer = desk.app.read(&desk.approver, &format!("/v1/contracts/{id}/contents")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}
