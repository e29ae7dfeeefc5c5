//! A contract judged again: taken out of the book first wherever it counts, so that it is never held against itself.

use crate::harness::{Ask, Desk, created, desk, finding, outcome};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

/// What the rules of today say of a contract in the book of today.
async fn judged_again(desk: &Desk, id: Uuid) -> Value {
    let answer = desk.act(&desk.officer, id, "evaluations", json!({"on": zengxin::clock::today()})).await;
    created(&answer);
    answer.json()
}

/// The province grants the institution so much for the year.
async fn granted(desk: &Desk, granted: &str) {
    let year = chrono::Datelike::year(&zengxin::clock::today());
    let grant =
        json!({"cedent_id": desk.admin.institution, "year": year, "granted": granted, "document": "授信通知书"});
    let approver = desk.app.hire(&desk.province, Role::Approver).await;
    created(&desk.app.put(&approver, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
}

/// The agreement has a cap from now on.
async fn capped(desk: &Desk, cap: &str) {
    let path = format!("/v1/agreements/{}", desk.agreement);
    let present = desk.app.read(&desk.approver, &path).await;
    let mut capped = present.json();
    capped.as_object_mut().unwrap().remove("id");
    capped["cap"] = json!(cap);
    let ask = Ask { if_match: Some(present.header("etag")), ..desk.approver.with(capped) };
    assert_eq!(desk.app.ask(Method::PUT, &path, ask).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_contract_that_fills_its_quota_and_cap_to_the_fen_passes_when_it_is_judged_again() {
    let desk = desk().await;
    granted(&desk, "1000000.00").await;
    capped(&desk, "1000000.00").await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.in_force(desk.content(client, "1000000.00")).await;
    let again = judged_again(&desk, id).await;
    for rule in ["quota.reguarantee", "quota.agreement"] {
        let found = finding(&again, rule);
        assert_eq!((&found["outcome"], &found["measured"]), (&json!("pass"), &json!("1000000.00")), "{rule}");
    }
    // A release frees the cap and not the year's quota: judged whole it fills both again.
    let release = json!({"amount": "400000.00", "effective_on": zengxin::clock::today()});
    created(&desk.act(&desk.officer, id, "releases", release).await);
    let again = judged_again(&desk, id).await;
    for rule in ["quota.reguarantee", "quota.agreement"] {
        assert_eq!(finding(&again, rule)["measured"], "1000000.00", "{rule}");
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_contract_stands_once_in_the_average_of_fees_and_in_its_region_when_it_is_judged_again() {
    let desk = desk().await;
    let (one, two) = (desk.client("small", "青禾食品").await, desk.client("small", "蓝天机械").await);
    let id = desk.in_force(desk.content(one, "1000000.00")).await;
    let mut free = desk.content(two, "1000000.00");
    free["fee"] = json!("0.00");
    desk.in_force(free).await;
    // 1万 on 200万 for a year.
    assert_eq!(finding(&judged_again(&desk, id).await, "fee.average")["measured"], "0.005000");
    let limit = json!({"member_id": desk.admin.institution, "rule": "region", "key_code": "330100", "value": "1", "from": "2020-01-01",
        "document": "风险管理办法"});
    created(&desk.app.put(&desk.admin, &format!("/v1/local-limits/{}", Uuid::now_v7()), limit).await);
    // Everything lies in the city: 200万 of 200万.
    let region = finding(&judged_again(&desk, id).await, "local.region").clone();
    assert_eq!((&region["outcome"], &region["measured"]), (&json!("pass"), &json!("1.000000")));
}

#[tokio::test]
async fn the_first_contract_of_a_quota_is_held_against_it_before_it_is_submitted() {
    let desk = desk().await;
    granted(&desk, "1000000.00").await;
    capped(&desk, "2000000.00").await;
    let client = desk.client("farmer", "王某某").await;
    let asked = async |amount: &str| {
        let answer = desk.check(desk.content(client, amount)).await;
        ["quota.reguarantee", "quota.agreement"].map(|rule| outcome(&answer, rule))
    };
    assert_eq!(asked("1000000.00").await, ["pass", "pass"]);
    assert_eq!(asked("1000000.01").await, ["refuse", "pass"]);
    assert_eq!(asked("2000000.01").await, ["refuse", "refuse"]);
    let draft = desk.draft(desk.content(client, "1000000.01")).await;
    assert_eq!(desk.submit(draft).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
