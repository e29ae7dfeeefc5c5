//! Shares that fall below their limits without a booking: who is alerted, until when, and how exactly.

use crate::{
    harness::{Desk, Person, desk, outcome},
    portfolio::{again, read, release},
};
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use zengxin::clock;

#[tokio::test]
async fn an_alert_shows_a_share_that_is_a_fen_short_as_less_than_its_limit() {
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    let contract = desk.in_force(desk.content(small, "800000.00")).await;
    desk.book(desk.content(large, "200000.00")).await;
    // 799,999.99 of 999,999.99 are 0.799999998 to nine decimals; with six, seven or eight it would be 0.8.
    release(&desk, contract, "0.01", clock::today()).await;
    let alerts = desk.app.read(&desk.officer, "/v1/drift-alerts").await.json();
    let alert = &alerts["items"][0];
    assert_eq!((&alert["measured"], &alert["limit"]), (&json!("0.799999998"), &json!("0.800000")));
    let shown = read(&desk, &desk.officer, "").await.json();
    assert_eq!(shown["open_alerts"][0]["measured"], "0.799999998");
}

#[tokio::test]
async fn a_release_that_takes_a_share_under_its_limit_is_alerted_to_the_institution_and_those_who_reguarantee_it_alone()
{
    let mut desk = desk().await;
    let today = clock::today();
    let (one, two) = (desk.client("small", "青禾食品").await, desk.client("small", "临湖茶业").await);
    let large = desk.client("large", "宏图集团").await;
    let first = desk.in_force(desk.content(one, "400000.00")).await;
    desk.in_force(desk.content(two, "400000.00")).await;
    desk.book(desk.content(large, "200000.00")).await;
    let town = desk.app.onboard(&desk.province, "town", "guarantee_institution", "330200").await;
    let of = async |desk: &Desk, person: &Person, query: &str| {
        let answer = desk.app.read(person, &format!("/v1/drift-alerts{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
        answer.json()["items"].as_array().unwrap().clone()
    };
    assert!(of(&desk, &desk.officer, "").await.is_empty(), "80 of 100 are 80 %");
    // 79.9万 of 99.9万 are 79.97998 %.
    release(&desk, first, "1000.00", today).await;
    let own = of(&desk, &desk.officer, "?open=true").await;
    let expected = json!({"id": own[0]["id"], "institution_id": desk.admin.institution, "rule": "share.small_agri",
        "raised_on": today, "measured": "0.799800", "limit": "0.800000", "cleared_on": null});
    assert_eq!(own, std::slice::from_ref(&expected));
    for upper in [&desk.province, &desk.fund] {
        assert_eq!(of(&desk, upper, "").await, own, "both upper layers take part: {}", upper.code);
    }
    assert!(of(&desk, &town, "").await.is_empty(), "nobody else reads it");
    let shown = read(&desk, &desk.officer, "").await.json();
    let open = json!([{"id": expected["id"], "rule": "share.small_agri", "raised_on": today, "measured": "0.799800", "limit": "0.800000"}]);
    assert_eq!((&shown["open_alerts"], outcome(&shown, "share.small_agri").as_str()), (&open, "advise"));
    assert_eq!(
        read(&desk, &desk.province, "").await.json()["open_alerts"],
        json!([]),
        "it is not the province's share"
    );
    // 80.4万 of 100.4万: back. The next release takes it under again: 79.9 of 99.9.
    let farmer = desk.client("farmer", "王某某").await;
    desk.book(desk.content(farmer, "5000.00")).await;
    assert!(of(&desk, &desk.province, "?open=true").await.is_empty());
    assert_eq!(of(&desk, &desk.officer, "?open=false").await[0]["cleared_on"], json!(today));
    assert_eq!(read(&desk, &desk.officer, "").await.json()["open_alerts"], json!([]));
    release(&desk, first, "5000.00", today).await;
    let second = of(&desk, &desk.officer, "?open=true").await[0]["id"].clone();
    let paged = desk.app.all(&desk.province, "/v1/drift-alerts?limit=1", "id").await;
    assert_eq!(paged, [second, expected["id"].clone()], "newest first");
    for query in ["?open=perhaps", "?limit=0", "?after=x", "?rule=share.small_agri"] {
        let answer = desk.app.read(&desk.officer, &format!("/v1/drift-alerts{query}")).await;
        assert!(answer.status.is_client_error(), "{query}: {}", answer.status);
    }
    // What was open at the end of a day stays so in the view of that day.
    desk.app.at(clock::now() + TimeDelta::days(1));
    desk.officer = again(&desk, &desk.officer).await;
    desk.approver = again(&desk, &desk.approver).await;
    desk.book(desk.content(farmer, "100000.00")).await;
    let past = read(&desk, &desk.officer, &format!("?on={today}")).await.json();
    assert_eq!(past["open_alerts"].as_array().unwrap().len(), 1);
    assert_eq!(read(&desk, &desk.officer, "").await.json()["open_alerts"], json!([]));
    desk.app.reconcile().await;
}
