//! Contracts as a list: in every order page by page, each once, and counted.

use crate::harness::{Desk, desk};
use axum::http::StatusCode;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use uuid::Uuid;

/// Every contract that the query lists, two a page, by its number.
async fn listed(desk: &Desk, query: &str) -> Vec<String> {
    let (mut numbers, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/contracts?limit=2&{query}{after}");
        let page = desk.app.read(&desk.officer, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&page.body));
        let page = page.json();
        numbers
            .extend(page["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { return numbers };
        after = format!("&after={next}");
    }
}

async fn counted(desk: &Desk, query: &str) -> (u64, bool) {
    let answer = desk.app.read(&desk.officer, &format!("/v1/contracts/count?{query}")).await.json();
    (answer["count"].as_u64().unwrap(), answer["more"].as_bool().unwrap())
}

/// Five contracts made in the order c, a, e, b, d: a and b in force until 2027-03-01 with 20万 and 10万, c approved until 2027-02-01 with
/// 20万, d a draft, e submitted.
async fn five() -> Desk {
    let desk = desk().await;
    desk.file_statement("50000000.00").await;
    let client = desk.client("small", "青禾食品").await;
    let content = |number: &str, amount: &str, end: &str| {
        let mut content = desk.content(client, amount);
        (content["number"], content["end"], content["fee"]) = (json!(number), json!(end), json!("100.00"));
        content
    };
    desk.book(content("c", "200000.00", "2027-02-01")).await;
    desk.in_force(content("a", "200000.00", "2027-03-01")).await;
    desk.submitted(content("e", "500000.00", "2027-01-01")).await;
    desk.in_force(content("b", "100000.00", "2027-03-01")).await;
    desk.draft(content("d", "400000.00", "2027-01-01")).await;
    desk
}

#[tokio::test]
async fn contracts_come_in_every_order_each_once_over_all_pages() {
    let desk = five().await;
    for (sort, expected) in [
        ("", "c a e b d"),
        ("sort=made", "c a e b d"),
        ("sort=-made", "d b e a c"),
        ("sort=number", "a b c d e"),
        ("sort=-number", "e d c b a"),
        // Only what counts has an end to wait for; of one day and one amount, as they were made.
        ("sort=end", "c a b"),
        ("sort=-end", "b a c"),
        ("sort=outstanding", "b c a"),
        ("sort=-outstanding", "a c b"),
        ("sort=-made&state=in_force", "b a"),
        ("counting=true", "c a b"),
        ("due_from=2027-02-02", "a b"),
        ("due_until=2027-02-01", "c"),
        ("due_from=2027-02-01&due_until=2027-03-01&sort=-number", "c b a"),
        ("number=c&sort=-made", "c"),
        ("number=zz", ""),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(listed(&desk, sort).await, expected, "{sort}");
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn contracts_are_counted_as_far_as_ten_thousand() {
    let desk = five().await;
    assert_eq!(counted(&desk, "").await, (5, false));
    assert_eq!(counted(&desk, "state=in_force").await, (2, false));
    assert_eq!(counted(&desk, "counting=true").await, (3, false));
    assert_eq!(counted(&desk, "number=zz").await, (0, false));
    let superuser = desk.app.database.superuser().await;
    // The draft, so often that there are ten thousand and one drafts.
    let sql = "INSERT INTO zengxin.contract SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 'd' || n))).*
        FROM zengxin.contract c, generate_series(1, 9999) n WHERE c.number = 'd'";
    superuser.execute_unprepared(sql).await.unwrap();
    assert_eq!(counted(&desk, "state=draft").await, (10_000, false));
    superuser.execute_unprepared(&sql.replace("series(1, 9999)", "series(10000, 10000)")).await.unwrap();
    assert_eq!(counted(&desk, "state=draft").await, (10_000, true));
}

#[tokio::test]
async fn a_page_after_something_that_is_no_place_in_the_order_is_refused_at_the_field() {
    let desk = five().await;
    let id = Uuid::now_v7();
    for (sort, after) in [
        ("made", "x"),
        ("end", &*id.to_string()),
        ("end", "2027-13-01/x"),
        ("outstanding", "1"),
        ("-made", "2027-03-01/x"),
    ] {
        let path = format!("/v1/contracts?sort={sort}&after={after}");
        let answer = desk.app.read(&desk.officer, &path).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(answer.json()["errors"][0]["field"], "after");
    }
    let answer = desk.app.read(&desk.officer, "/v1/contracts?due_from=2027-02-30").await;
    assert_eq!(
        answer.json()["errors"][0],
        json!({"field": "due_from", "code": "day", "message": "日期应写作YYYY-MM-DD。", "message_en": "A day is written YYYY-MM-DD."})
    );
    for path in ["/v1/contracts?sort=amount", "/v1/contracts/count?sort=made", "/v1/contracts?counting=perhaps"] {
        assert_eq!(desk.app.read(&desk.officer, path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let theirs: Value = desk.app.read(&desk.province, "/v1/contracts/count").await.json();
    assert_eq!(theirs["count"], 0, "another institution counts its own");
}
