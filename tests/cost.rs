//! What a booking costs: messages to PostgreSQL, and no table read from end to end.

use crate::harness::{Counter, Desk, GROWING, created, desk, fill};
use axum::http::StatusCode;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;
use std::collections::BTreeMap;
use zengxin::store::Database;

/// The desk with one connection that counts.
async fn counted_desk() -> (Desk, Counter) {
    let mut desk = desk().await;
    let counter = Counter::before(&desk.app.database.serving_url()).await;
    desk.app.serve_from(Database::connect(&counter.url, 1).await.unwrap());
    (desk, counter)
}

#[tokio::test]
async fn a_booking_takes_at_most_ten_messages_begin_and_commit_included() {
    let (desk, counter) = counted_desk().await;
    desk.file_statement("100000000.00").await;
    let mut last = 0;
    // The first few prepare their statements; what remains is what every booking costs.
    for place in 0..4 {
        let client = desk.client("small", &format!("青禾食品{place}")).await;
        let contract = desk.submitted(desk.content(client, "1000000.00")).await;
        counter.take();
        created(&desk.approve(contract).await);
        last = counter.take();
    }
    // Begin, entry, contract, repetition, surroundings, lock, save with its audit entry, commit.
    assert_eq!(last, 8);
}

#[tokio::test]
async fn a_release_and_a_look_cost_no_more_than_a_booking_and_a_refusal_one_more() {
    let (desk, counter) = counted_desk().await;
    let today = zengxin::clock::today();
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    let contract = desk.in_force(desk.content(small, "1000000.00")).await;
    let mut costs = BTreeMap::new();
    for _ in 0..3 {
        let draft = desk.draft(desk.content(large, "900000.00")).await;
        counter.take();
        assert_eq!(desk.submit(draft).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        costs.insert("refusal", counter.take());
        created(&desk.act(&desk.officer, contract, "releases", json!({"amount": "1.00", "effective_on": today})).await);
        costs.insert("release", counter.take());
        desk.check(desk.content(small, "1.00")).await;
        costs.insert("look", counter.take());
    }
    assert_eq!(costs, BTreeMap::from([("look", 5), ("refusal", 10), ("release", 7)]));
}

/// How often each table was read from end to end by the serving role.
async fn scans(desk: &Desk) -> BTreeMap<String, i64> {
    let superuser = desk.app.database.superuser().await;
    superuser.execute_unprepared("SELECT pg_stat_force_next_flush()").await.unwrap();
    let sql = "SELECT relname::text, coalesce(seq_scan, 0) FROM pg_stat_user_tables WHERE schemaname = 'zengxin'";
    let rows = superuser.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

#[tokio::test]
async fn nothing_that_people_do_all_day_reads_a_table_from_end_to_end() {
    let mut desk = desk().await;
    desk.file_statement("100000000.00").await;
    let client = desk.client("small", "青禾食品").await;
    let contract = desk.in_force(desk.content(client, "1000000.00")).await;
    fill(&desk, client, 5000).await;
    // New connections plan with the statistics of the full book.
    desk.app.serve_from(Database::connect(&desk.app.database.serving_url(), 1).await.unwrap());
    let before = scans(&desk).await;
    let today = zengxin::clock::today();
    let booked = desk.book(desk.content(client, "10000.00")).await;
    created(&desk.act(&desk.officer, booked, "disbursements", json!({"effective_on": today})).await);
    created(&desk.act(&desk.officer, booked, "releases", json!({"amount": "1.00", "effective_on": today})).await);
    desk.check(desk.content(client, "1.00")).await;
    for path in [
        format!("/v1/contracts/{contract}"),
        format!("/v1/contracts/{contract}/events"),
        format!("/v1/contracts?client_id={client}"),
        "/v1/contracts?state=approved&limit=10".to_owned(),
        "/v1/contracts?number=%E4%BF%9D&limit=10".to_owned(),
        "/v1/contracts?limit=10".to_owned(),
        "/v1/contracts?sort=-made&limit=10".to_owned(),
        "/v1/contracts?sort=-outstanding&limit=10".to_owned(),
        "/v1/contracts?due_from=2028-01-01&sort=end&limit=10".to_owned(),
        "/v1/contracts?number=%E4%BF%9D&sort=-made&limit=10".to_owned(),
        "/v1/contracts/count?state=approved".to_owned(),
        format!("/v1/contracts/{contract}/contents"),
        format!("/v1/parties/{client}"),
        "/v1/parties?search=%E9%9D%92%E7%A6%BE".to_owned(),
        "/v1/portfolio".to_owned(),
        "/v1/audit-entries".to_owned(),
    ] {
        let reader = if path.contains("audit") { &desk.admin } else { &desk.officer };
        assert_eq!(desk.app.read(reader, &path).await.status, StatusCode::OK, "{path}");
    }
    // Statistics are handed in when a connection is idle.
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    desk.app.read(&desk.officer, "/v1/profile").await;
    let after = scans(&desk).await;
    let read: Vec<&str> = GROWING.iter().copied().filter(|table| after[*table] != before[*table]).collect();
    assert!(read.is_empty(), "read from end to end: {read:?}");
}
