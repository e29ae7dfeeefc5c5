//! 首贷: what the book tells of a client's first bank loan and what the client declares, side by side.

use crate::{
    harness::{Desk, created, desk},
    party_merges::{merged, undone},
    portfolio::again,
};
use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::clock;

/// What is said of a contract: the standing, what is derived, what is declared, and the kinds of its grounds.
async fn of(desk: &Desk, contract: Uuid) -> (String, bool, bool, Vec<String>) {
    let answer = desk.app.read(&desk.officer, &format!("/v1/contracts/{contract}/first-loan")).await;
    assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
    said(&answer.json())
}

/// What is said of the next loan of a party.
async fn of_next(desk: &Desk, party: Uuid) -> (String, bool, bool, Vec<String>) {
    said(&desk.app.party(&desk.officer, party).await["first_loan"])
}

fn said(first_loan: &Value) -> (String, bool, bool, Vec<String>) {
    let kinds =
        first_loan["grounds"].as_array().unwrap().iter().map(|ground| ground["kind"].as_str().unwrap().to_owned());
    let word = first_loan["standing"].as_str().unwrap().to_owned();
    (word, first_loan["derived"] == true, first_loan["declared"] == true, kinds.collect())
}

fn plain(standing: &str, derived: bool, declared: bool, grounds: &[&str]) -> (String, bool, bool, Vec<String>) {
    (standing.to_owned(), derived, declared, grounds.iter().map(|ground| (*ground).to_owned()).collect())
}

async fn declare(desk: &Desk, party: Uuid, from: NaiveDate, until: Option<NaiveDate>) {
    let flag = json!({"kind": "first_loan_declared", "source": "客户声明书", "from": from, "until": until});
    created(&desk.app.add(&desk.officer, party, "flags", flag).await);
}

/// The desk some days later.
async fn later(desk: &mut Desk, days: i64) {
    desk.app.at(clock::now() + TimeDelta::days(days));
    desk.officer = again(desk, &desk.officer).await;
    desk.approver = again(desk, &desk.approver).await;
}

/// A contract that came into force on the day of the desk's clock.
async fn begun(desk: &Desk, content: Value, on: NaiveDate) -> Uuid {
    let id = desk.book(content).await;
    created(&desk.act(&desk.officer, id, "disbursements", json!({"effective_on": on})).await);
    id
}

#[tokio::test]
async fn a_loan_of_the_day_before_speaks_against_it_one_of_the_same_day_or_after_does_not() {
    let mut desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let today = clock::today();
    declare(&desk, client, today, None).await;
    assert_eq!(of_next(&desk, client).await, plain("first", true, true, &[]));
    let first = begun(&desk, desk.content(client, "100000.00"), today).await;
    let same_day = begun(&desk, desk.content(client, "100000.00"), today).await;
    later(&mut desk, 1).await;
    let draft = desk.draft(desk.content(client, "100000.00")).await;
    let after = begun(&desk, desk.content(client, "100000.00"), today + TimeDelta::days(1)).await;
    assert_eq!(of(&desk, first).await, plain("first", true, true, &[]), "what came after changes nothing");
    assert_eq!(of(&desk, same_day).await, plain("first", true, true, &[]));
    for contradicted in [draft, after] {
        assert_eq!(of(&desk, contradicted).await, plain("contradicted", false, true, &["guaranteed"]));
    }
    let shown = desk.app.read(&desk.officer, &format!("/v1/contracts/{after}/first-loan")).await.json();
    assert_eq!((&shown["declared_source"], &shown["declared_from"]), (&json!("客户声明书"), &json!(today)));
    let ground = &shown["grounds"][0];
    let earliest = if first < same_day { first } else { same_day };
    assert_eq!((&ground["contract_id"], &ground["on"]), (&json!(earliest), &json!(today)));
    assert_eq!(ground["number"], desk.contract(earliest).await["number"]);
    assert!(shown["explanation"].as_str().unwrap().contains("核对") && shown["explanation_en"].is_string());
    assert_eq!(of_next(&desk, client).await, plain("contradicted", false, true, &["guaranteed"]));
}

#[tokio::test]
async fn a_declaration_counts_from_its_first_day_until_before_its_last() {
    let mut desk = desk().await;
    let (early, late) = (desk.client("small", "青禾食品").await, desk.client("small", "临湖茶业").await);
    let tomorrow = clock::today() + TimeDelta::days(1);
    declare(&desk, early, clock::today() - TimeDelta::days(9), Some(tomorrow)).await;
    let (one, other) =
        (desk.draft(desk.content(early, "100000.00")).await, desk.draft(desk.content(late, "100000.00")).await);
    assert_eq!(of(&desk, one).await, plain("first", true, true, &[]), "the last day");
    assert_eq!(of(&desk, other).await, plain("undeclared", true, false, &[]), "the day before the first");
    later(&mut desk, 1).await;
    declare(&desk, late, tomorrow, None).await;
    assert_eq!(of(&desk, one).await, plain("undeclared", true, false, &[]), "the day after the last");
    assert_eq!(of(&desk, other).await, plain("first", true, true, &[]), "the first day");
}

#[tokio::test]
async fn what_a_contract_says_of_loans_at_its_bank_speaks_against_it_and_bonds_say_nothing() {
    let mut desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let with = |name: &str, value: Value, mut content: Value| {
        content[name] = value;
        content
    };
    let bond = with("kind", json!("bond"), desk.content(client, "100000.00"));
    let bond = begun(&desk, bond, clock::today()).await;
    assert_eq!(of(&desk, bond).await, plain("not_a_loan", false, false, &[]));
    later(&mut desk, 1).await;
    assert_eq!(of_next(&desk, client).await, plain("undeclared", true, false, &[]), "a bond is no bank loan");
    let borrowing = with("existing_loan", json!("examined"), desk.content(client, "100000.00"));
    let borrowing = desk.book(borrowing).await;
    assert_eq!(of(&desk, borrowing).await, plain("not_first", false, false, &["borrows_at_the_bank"]));
    let draft = desk.draft(desk.content(client, "100000.00")).await;
    assert_eq!(of(&desk, draft).await, plain("undeclared", true, false, &[]), "approved today: of no earlier day");
    later(&mut desk, 2).await;
    assert_eq!(of(&desk, draft).await, plain("not_first", false, false, &["borrowed_at_a_bank"]));
}

#[tokio::test]
async fn parties_that_are_one_have_one_first_loan_until_they_are_parted() {
    let mut desk = desk().await;
    let (source, target) = (desk.client("small", "青禾食品").await, desk.client("small", "青禾食品厂").await);
    declare(&desk, source, clock::today(), None).await;
    begun(&desk, desk.content(source, "100000.00"), clock::today()).await;
    later(&mut desk, 1).await;
    let draft = desk.draft(desk.content(target, "100000.00")).await;
    assert_eq!(of(&desk, draft).await, plain("undeclared", true, false, &[]));
    let act = merged(&desk, source, target).await;
    assert_eq!(of(&desk, draft).await, plain("contradicted", false, true, &["guaranteed"]));
    for party in [source, target] {
        assert_eq!(of_next(&desk, party).await, plain("contradicted", false, true, &["guaranteed"]));
    }
    undone(&desk, source, act).await;
    assert_eq!(of(&desk, draft).await, plain("undeclared", true, false, &[]));
    assert_eq!(of_next(&desk, target).await, plain("undeclared", true, false, &[]));
}
