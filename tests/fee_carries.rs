//! 担保费结转: what an early release leaves of a fee settles a following contract of the same client, exactly and once.

use crate::{
    harness::{Answer, Desk, TERMS, created, desk},
    party_merge_races::in_turn,
    party_merges::{merged, undone},
    portfolio::{again, release},
};
use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;
use zengxin::clock;

/// A desk whose agreement carries unused fees over.
async fn carrying() -> Desk {
    let mut desk = desk().await;
    desk.agreement = Uuid::now_v7();
    let mut terms = TERMS();
    terms["early_release"] = json!("carry_over");
    desk.agree(desk.agreement, "协-结转", json!(null), &terms).await;
    desk
}

/// A contract for a year of which 265 of 365 days are left today, at a fee of one per cent.
fn content(desk: &Desk, client: Uuid, amount: &str) -> Value {
    let mut content = desk.content(client, amount);
    content["start"] = json!(clock::today() - TimeDelta::days(100));
    content["end"] = json!(clock::today() + TimeDelta::days(265));
    content
}

/// What a contract left, what settles its fee, and what could.
async fn carries(desk: &Desk, contract: Uuid) -> Value {
    let answer = desk.app.read(&desk.officer, &format!("/v1/contracts/{contract}/fee-carries")).await;
    assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.json());
    answer.json()
}

async fn carry(desk: &Desk, to: Uuid, release: &Value) -> Answer {
    desk.act(&desk.officer, to, "fee-carries", json!({"release_id": release["id"]})).await
}

async fn take_back(desk: &Desk, from: Uuid, carry: &Value) -> Answer {
    desk.act(&desk.approver, from, "fee-carry-reversals", json!({"carry_id": carry["id"], "reason": "重复结转"})).await
}

#[track_caller]
fn wrong_state(answer: &Answer) {
    let json = answer.json();
    assert_eq!((answer.status, json["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")), "{json}");
}

async fn later(desk: &mut Desk, days: i64) -> NaiveDate {
    desk.app.at(clock::now() + TimeDelta::days(days));
    desk.officer = again(desk, &desk.officer).await;
    desk.approver = again(desk, &desk.approver).await;
    clock::today() + TimeDelta::days(days)
}

async fn begun(desk: &Desk, content: Value, on: NaiveDate) -> Uuid {
    let id = desk.book(content).await;
    created(&desk.act(&desk.officer, id, "disbursements", json!({"effective_on": on})).await);
    id
}

#[tokio::test]
async fn what_a_release_leaves_settles_a_following_contract_to_the_fen_and_once() {
    let desk = carrying().await;
    let today = clock::today();
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", today).await;
    assert_eq!(released["refund"], "0.00", "nothing is paid out");
    // 10,000.00 × 265 ÷ 365 = 7,260.273…, rounded down.
    let left = carries(&desk, first).await;
    assert_eq!((&left["items"][0]["kind"], &left["items"][0]["amount"]), (&json!("unused"), &json!("7260.27")));
    // A fee of 5,000.00 takes that much, the next one of 10,000.00 the rest.
    let second = desk.in_force(content(&desk, client, "500000.00")).await;
    let third = desk.in_force(content(&desk, client, "1000000.00")).await;
    assert_eq!(carries(&desk, second).await["open"][0]["left"], "7260.27");
    let act = Uuid::now_v7();
    let path = format!("/v1/contracts/{second}/fee-carries/{act}");
    let body = json!({"release_id": released["id"]});
    let carried = desk.app.put(&desk.officer, &path, body.clone()).await;
    created(&carried);
    assert_eq!(carried.json()["amount"], "5000.00");
    let again = desk.app.put(&desk.officer, &path, body).await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, carried.json()), "a lost answer is asked for again");
    let shown = carries(&desk, second).await;
    assert_eq!((&shown["settled"], &shown["due"]), (&json!("5000.00"), &json!("0.00")));
    wrong_state(&carry(&desk, second, &released).await);
    let rest = carry(&desk, third, &released).await;
    created(&rest);
    assert_eq!(rest.json()["amount"], "2260.27");
    let shown = carries(&desk, third).await;
    assert_eq!((&shown["settled"], &shown["due"], &shown["open"]), (&json!("2260.27"), &json!("7739.73"), &json!([])));
    wrong_state(&carry(&desk, third, &released).await);
    assert_eq!(desk.contract(third).await["fee"], "10000.00", "the fee stays what was agreed");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn parts_that_are_released_leave_parts_and_never_more_than_the_whole() {
    let desk = carrying().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let following = desk.in_force(content(&desk, client, "1000000.00")).await;
    // Each half leaves 5,000.00 × 265 ÷ 365 = 3,630.136…: together a fen less than the whole.
    for settled in ["3630.13", "7260.26"] {
        let half = release(&desk, first, "500000.00", clock::today()).await;
        created(&carry(&desk, following, &half).await);
        assert_eq!(carries(&desk, following).await["settled"], settled);
    }
    // 10.00 × 265 ÷ 365 = 7.26….
    let itself = release(&desk, following, "1000.00", clock::today()).await;
    wrong_state(&carry(&desk, following, &itself).await);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_contract_follows_when_it_began_on_the_day_of_the_release_or_later_and_is_in_force() {
    let mut desk = carrying().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let before = desk.in_force(content(&desk, client, "100000.00")).await;
    let day = later(&mut desk, 1).await;
    let released = release(&desk, first, "1000000.00", day).await;
    wrong_state(&carry(&desk, before, &released).await);
    let approved = desk.book(content(&desk, client, "100000.00")).await;
    wrong_state(&carry(&desk, approved, &released).await);
    created(&desk.act(&desk.officer, approved, "disbursements", json!({"effective_on": day})).await);
    created(&carry(&desk, approved, &released).await);
    let day = later(&mut desk, 2).await;
    let after = begun(&desk, content(&desk, client, "100000.00"), day).await;
    created(&carry(&desk, after, &released).await);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_carry_is_taken_back_whole_and_a_release_is_reversed_only_after_that() {
    let desk = carrying().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", clock::today()).await;
    let following = desk.in_force(content(&desk, client, "1000000.00")).await;
    let carried = carry(&desk, following, &released).await.json();
    let reversal = json!({"release_id": released["id"], "reason": "重复录入"});
    wrong_state(&desk.act(&desk.approver, first, "release-reversals", reversal.clone()).await);
    let by_officer = json!({"carry_id": carried["id"], "reason": "重复结转"});
    let by_officer = desk.act(&desk.officer, following, "fee-carry-reversals", by_officer).await;
    assert_eq!(by_officer.status, StatusCode::FORBIDDEN, "a second person takes it back");
    created(&take_back(&desk, following, &carried).await);
    wrong_state(&take_back(&desk, following, &carried).await);
    let shown = carries(&desk, following).await;
    assert_eq!((&shown["settled"], &shown["open"][0]["left"]), (&json!("0.00"), &json!("7260.27")));
    desk.app.reconcile().await;
    created(&desk.act(&desk.approver, first, "release-reversals", reversal).await);
    assert_eq!(carries(&desk, following).await["open"], json!([]));
    wrong_state(&carry(&desk, following, &released).await);
    let kinds: Vec<Value> =
        carries(&desk, first).await["items"].as_array().unwrap().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["unused", "carried", "carried_back", "unused_reversed"]);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn only_the_same_client_s_contract_is_settled_whoever_stands_for_it() {
    let desk = carrying().await;
    let (source, target) = (desk.client("small", "青禾食品").await, desk.client("small", "青禾食品厂").await);
    let first = desk.in_force(content(&desk, source, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", clock::today()).await;
    let following = desk.in_force(content(&desk, target, "1000000.00")).await;
    wrong_state(&carry(&desk, following, &released).await);
    let act = merged(&desk, source, target).await;
    created(&carry(&desk, following, &released).await);
    undone(&desk, source, act).await;
    assert_eq!(carries(&desk, following).await["settled"], "7260.27", "what was carried stays a fact");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn under_other_terms_nothing_is_left_to_carry_and_an_unknown_release_is_a_fault_of_the_field() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", clock::today()).await;
    assert_eq!(released["refund"], "7260.27", "it is refunded");
    let following = desk.in_force(content(&desk, client, "1000000.00")).await;
    let refused = carry(&desk, following, &released).await;
    assert_eq!(
        (refused.status, &refused.json()["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("release_id"))
    );
    let shown = carries(&desk, following).await;
    assert_eq!((&shown["items"], &shown["open"], &shown["due"]), (&json!([]), &json!([]), &json!("10000.00")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_contracts_that_ask_at_once_one_gets_it() {
    let desk = carrying().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", clock::today()).await;
    let one = desk.in_force(content(&desk, client, "1000000.00")).await;
    let other = desk.in_force(content(&desk, client, "1000000.00")).await;
    let (a, b) = tokio::join!(carry(&desk, one, &released), carry(&desk, other, &released));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn reconciling_finds_a_fen_too_many() {
    let desk = carrying().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", clock::today()).await;
    let following = desk.in_force(content(&desk, client, "1000000.00")).await;
    created(&carry(&desk, following, &released).await);
    let superuser = desk.app.database.superuser().await;
    for (kind, found) in [("carried", "carried_fen: 726028 ≠ 726027"), ("unused", "unused_fen: 726028 ≠ 726027")] {
        let sql = format!("UPDATE zengxin.fee_carry SET amount_fen = amount_fen + 1 WHERE kind = '{kind}'");
        superuser.execute_unprepared(&sql).await.unwrap();
        let reconciled = zengxin::app::reconcile::reconcile(&desk.app.state).await.unwrap();
        let said: Vec<String> = reconciled.iter().flat_map(|(_, all)| all.iter().map(ToString::to_string)).collect();
        assert!(said.iter().any(|said| said.ends_with(found)), "{said:?}");
    }
}

#[tokio::test]
async fn a_carry_is_taken_back_while_another_release_of_the_contract_waits_behind_it() {
    let desk = carrying().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "400000.00", clock::today()).await;
    let following = desk.in_force(content(&desk, client, "1000000.00")).await;
    let carried = carry(&desk, following, &released).await.json();
    let desk = Arc::new(desk);
    let (taking, releasing) = (Arc::clone(&desk), Arc::clone(&desk));
    // What is taken back names the released contract, which the other release holds.
    let taken_back = async move { take_back(&taking, following, &carried).await };
    let body = json!({"amount": "100000.00", "effective_on": clock::today()});
    let released = async move { releasing.act(&releasing.officer, first, "releases", body).await };
    in_turn(&desk, taken_back, released).await.iter().for_each(|answer| {
        created(answer);
    });
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_release_under_the_id_of_a_carry_is_told_that_the_id_is_taken() {
    let desk = carrying().await;
    let today = clock::today();
    let client = desk.client("small", "青禾食品").await;
    let first = desk.in_force(content(&desk, client, "1000000.00")).await;
    let released = release(&desk, first, "1000000.00", today).await;
    let second = desk.in_force(content(&desk, client, "500000.00")).await;
    let carried = carry(&desk, second, &released).await;
    created(&carried);
    let id = carried.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/contracts/{second}/releases/{id}");
    let answer = desk.app.put(&desk.officer, &path, json!({"amount": "1000.00", "effective_on": today})).await;
    let problem = answer.json();
    assert_eq!((answer.status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")), "{problem}");
    desk.app.reconcile().await;
}
