//! The largest related group of a book, when parties turned out to be one: what a booking would be judged by.

use crate::{
    harness::{Desk, created, finding},
    party_merges::{merged, two_small, undone},
    portfolio::{again, read},
};
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::clock;

async fn group(desk: &Desk, name: &str, members: [Uuid; 2]) -> Uuid {
    let id = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{id}"), json!({"name": name})).await);
    for member in members {
        let body = json!({"group_id": id, "from": "2026-01-01"});
        created(&desk.app.add(&desk.officer, member, "group-memberships", body).await);
    }
    id
}

/// The largest group of a day as id, name and balance.
async fn largest(desk: &Desk, query: &str) -> Value {
    let shown = read(desk, &desk.officer, query).await.json();
    let group = &shown["largest_group"];
    json!([group["id"], group["name"], group["balance"]])
}

/// What the group of a client would weigh with a contract of 100万 more, which weighs 75万.
async fn weighs(desk: &Desk, client: Uuid, balance: &str, name: &str) {
    let answer = desk.check(desk.content(client, "1000000.00")).await;
    let explanation = finding(&answer, "limit.group")["explanation"].as_str().unwrap().to_owned();
    assert!(explanation.contains(balance) && explanation.contains(name), "{explanation}");
}

#[tokio::test]
async fn the_largest_group_is_the_one_that_a_booking_of_its_client_is_judged_with_on_every_day_as_it_was_then() {
    let (mut desk, source, target) = two_small().await;
    desk.file_statement("100000000.00").await;
    let (of_source, of_target) = (desk.client("small", "青禾物流").await, desk.client("small", "蓝天机械").await);
    let third = desk.client("small", "青禾食品有限公司").await;
    let one = group(&desk, "青禾系", [source, of_source]).await;
    let two = group(&desk, "蓝天系", [target, of_target]).await;
    for (client, amount) in
        [(source, "2000000.00"), (target, "1000000.00"), (of_source, "100000.00"), (of_target, "400000.00")]
    {
        desk.book(desk.content(client, amount)).await;
    }
    // (200 + 10) × 0.75 against (100 + 40) × 0.75.
    let apart = json!([one, "青禾系", "1575000.00"]);
    assert_eq!(largest(&desk, "").await, apart);
    weighs(&desk, source, "2,325,000.00", "青禾系").await;

    let (start, today) = (clock::now(), clock::today());
    let mut merges = Vec::new();
    for day in 1..=4 {
        desk.app.at(start + TimeDelta::days(day));
        (desk.officer, desk.approver) = (again(&desk, &desk.officer).await, again(&desk, &desk.approver).await);
        match day {
            1 => merges.push((source, merged(&desk, source, target).await)),
            2 => merges.push((target, merged(&desk, target, third).await)),
            _ => {
                let (source, act) = merges.pop().unwrap();
                undone(&desk, source, act).await;
            }
        }
        // Whoever stands for both is in both groups: (300 + 10 + 40) × 0.75; with 100 more a booking is judged with 337.5.
        let (expected, client) = match day {
            1 | 3 => (json!([one, "青禾系、蓝天系", "2625000.00"]), Some(target)),
            2 => (json!([one, "青禾系、蓝天系", "2625000.00"]), Some(third)),
            _ => (apart.clone(), None),
        };
        assert_eq!(largest(&desk, "").await, expected, "day {day}");
        match client {
            Some(client) => {
                weighs(&desk, client, "3,375,000.00", "青禾系、蓝天系").await;
                // The others are related to the one client and not to each other: (300 + 10 + 100) × 0.75.
                weighs(&desk, of_source, "3,075,000.00", "青禾系").await;
            }
            None => weighs(&desk, target, "1,800,000.00", "蓝天系").await,
        }
    }
    assert!(one < two);
    let joined = json!([one, "青禾系、蓝天系", "2625000.00"]);
    for (day, expected) in [(0, &apart), (1, &joined), (2, &joined), (3, &joined), (4, &apart)] {
        assert_eq!(largest(&desk, &format!("?on={}", today + Days::new(day))).await, *expected, "day {day}");
    }
}
