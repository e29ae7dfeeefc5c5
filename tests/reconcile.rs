//! The book recounted: what every story ends with, and what it says when a figure was changed behind the program's back.

use crate::harness::{Ask, Desk, created, desk, outcome};
use axum::http::{Method, StatusCode};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use uuid::Uuid;
use zengxin::app::reconcile;

/// What a recount says about the institution of this code.
async fn said(desk: &Desk, code: &str) -> Vec<String> {
    let all = reconcile::reconcile(&desk.app.state).await.unwrap();
    let (_, differences) = all.into_iter().find(|(of, _)| of == code).unwrap();
    differences.iter().map(ToString::to_string).collect()
}

/// Changes rows as nobody should be able to.
async fn tamper(desk: &Desk, sql: &str) {
    desk.app.database.superuser().await.execute_unprepared(sql).await.unwrap();
}

/// One contract of 100万 in force, of which 40万 are released, one of 20万 that is approved, one that was cancelled.
async fn story(desk: &Desk) -> (Uuid, Uuid) {
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    let id = desk.in_force(desk.content(small, "1000000.00")).await;
    let today = zengxin::clock::today();
    let release = json!({"amount": "400000.00", "effective_on": today});
    created(&desk.act(&desk.officer, id, "releases", release).await);
    desk.book(desk.content(large, "150000.00")).await;
    let given_up = desk.book(desk.content(small, "70000.00")).await;
    created(&desk.act(&desk.officer, given_up, "cancellations", json!({"reason": "客户不再需要"})).await);
    (small, id)
}

#[tokio::test]
async fn a_book_that_nobody_touched_fits() {
    let desk = desk().await;
    desk.app.reconcile().await;
    story(&desk).await;
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_counter_that_is_one_fen_off_is_named_exactly() {
    let desk = desk().await;
    let (small, id) = story(&desk).await;
    let (agreement, province, fund) = (desk.agreement, desk.province.institution, desk.fund.institution);
    let year = chrono::Datelike::year(&zengxin::clock::today());
    // Outstanding are 60万 small-and-agri and 15万 of a large client; began 100万, for 365 days at 1万.
    for (table, which, column, expected) in [
        (
            "client_exposure",
            format!("party_id = '{small}'"),
            "total_fen",
            format!("[{small}].total_fen: 60000001 ≠ 60000000"),
        ),
        (
            "portfolio_position",
            "true".to_owned(),
            "small_agri_fen",
            "[].small_agri_fen: 60000001 ≠ 60000000".to_owned(),
        ),
        ("portfolio_position", "true".to_owned(), "clients", "[].clients: 3 ≠ 2".to_owned()),
        (
            "segment_exposure",
            "kind = 'region'".to_owned(),
            "outstanding_fen",
            "[region 330100].outstanding_fen: 75000001 ≠ 75000000".to_owned(),
        ),
        (
            "segment_exposure",
            "kind = 'industry'".to_owned(),
            "outstanding_fen",
            "[industry 13].outstanding_fen: 75000001 ≠ 75000000".to_owned(),
        ),
        ("year_volume", "true".to_owned(), "amount_days", format!("[{year}].amount_days: 36500000001 ≠ 36500000000")),
        (
            "year_volume",
            "true".to_owned(),
            "small_ticket_fen",
            format!("[{year}].small_ticket_fen: 100000001 ≠ 100000000"),
        ),
        // 100万 and 15万 were booked in the year; of the agreement 75万 are outstanding.
        (
            "quota_use",
            format!("of_id = '{province}'"),
            "used_fen",
            format!("[{province} {year}].used_fen: 115000001 ≠ 115000000"),
        ),
        (
            "quota_use",
            format!("of_id = '{agreement}'"),
            "used_fen",
            format!("[{agreement} 0].used_fen: 75000001 ≠ 75000000"),
        ),
        (
            "cession_position",
            format!("reguarantor_id = '{fund}'"),
            "contracts",
            format!("[{fund} 2000000000].contracts: 3 ≠ 2"),
        ),
    ] {
        let own = format!("institution_id = '{}' AND {which}", desk.admin.institution);
        tamper(&desk, &format!("UPDATE zengxin.{table} SET {column} = {column} + 1 WHERE {own}")).await;
        assert_eq!(said(&desk, "city").await, [format!("{table}{expected}")]);
        assert!(said(&desk, "province").await.is_empty(), "it is the city's figure");
        tamper(&desk, &format!("UPDATE zengxin.{table} SET {column} = {column} - 1 WHERE {own}")).await;
        assert!(said(&desk, "city").await.is_empty());
    }
    tamper(&desk, &format!("UPDATE zengxin.contract SET outstanding_fen = outstanding_fen - 1 WHERE id = '{id}'"))
        .await;
    assert_eq!(said(&desk, "city").await, [format!("contract[{id}].outstanding_fen: 59999999 ≠ 60000000")]);
}

#[tokio::test]
async fn a_row_that_is_missing_or_of_nobody_is_named_too() {
    let desk = desk().await;
    let (small, _) = story(&desk).await;
    let stranger = desk.client("large", "无业务公司").await;
    let institution = desk.admin.institution;
    tamper(&desk, &format!("INSERT INTO zengxin.client_exposure (institution_id, party_id, other_fen) VALUES ('{institution}', '{stranger}', 7)")).await;
    assert_eq!(said(&desk, "city").await, [format!("client_exposure[{stranger}].other_fen: 7 ≠ 0")]);
    tamper(&desk, &format!("DELETE FROM zengxin.client_exposure WHERE party_id IN ('{stranger}', '{small}')")).await;
    let columns =
        ["regulator_small_credit_fen", "regulator_small_fen", "small_agri_fen", "small_loan_fen", "total_fen"];
    let expected = columns.map(|column| format!("client_exposure[{small}].{column}: 0 ≠ 60000000"));
    assert_eq!(said(&desk, "city").await, expected);
}

#[tokio::test]
async fn a_withdrawn_institution_is_recounted_like_any_other() {
    let desk = desk().await;
    story(&desk).await;
    let decide = json!({"decision": "withdrawn", "reason": "退出"});
    let path = format!("/v1/institutions/{}/decisions/{}", desk.admin.institution, Uuid::now_v7());
    created(&desk.app.put(&desk.province, &path, decide).await);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn what_lapses_or_is_cancelled_frees_what_it_used_and_the_book_fits_after_it() {
    let mut desk = desk().await;
    story(&desk).await;
    desk.app.at(zengxin::clock::now() + chrono::TimeDelta::days(91));
    let institution = domain::value::InstitutionId::from_uuid(desk.admin.institution);
    assert_eq!(zengxin::app::contract_move::lapse(&desk.app.state, institution).await.unwrap(), 1);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_quota_that_is_granted_later_is_about_all_that_was_booked_in_the_year() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    desk.book(desk.content(client, "1000000.00")).await;
    let year = chrono::Datelike::year(&zengxin::clock::today());
    let grant =
        json!({"cedent_id": desk.admin.institution, "year": year, "granted": "1500000.00", "document": "授信通知书"});
    let approver = desk.app.hire(&desk.province, zengxin::auth::Role::Approver).await;
    created(&desk.app.put(&approver, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
    for (amount, expected) in [("499999.99", "pass"), ("500000.00", "pass"), ("500000.01", "refuse")] {
        let checked = desk.check(desk.content(client, amount)).await;
        assert_eq!(outcome(&checked, "quota.reguarantee"), expected, "{amount}");
    }
    desk.book(desk.content(client, "500000.00")).await;
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_cap_that_is_agreed_later_is_about_all_that_is_outstanding_under_the_agreement() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.in_force(desk.content(client, "1000000.00")).await;
    let path = format!("/v1/agreements/{}", desk.agreement);
    let present = desk.app.read(&desk.approver, &path).await;
    let mut capped = present.json();
    capped.as_object_mut().unwrap().remove("id");
    capped["cap"] = json!("1200000.00");
    let ask = Ask { if_match: Some(present.header("etag")), ..desk.approver.with(capped) };
    assert_eq!(desk.app.ask(Method::PUT, &path, ask).await.status, StatusCode::OK);
    let asked = async |amount: &str| outcome(&desk.check(desk.content(client, amount)).await, "quota.agreement");
    assert_eq!((asked("200000.00").await.as_str(), asked("200000.01").await.as_str()), ("pass", "refuse"));
    let release = json!({"amount": "300000.00", "effective_on": zengxin::clock::today()});
    created(&desk.act(&desk.officer, id, "releases", release).await);
    assert_eq!((asked("500000.00").await.as_str(), asked("500000.01").await.as_str()), ("pass", "refuse"));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn what_earlier_versions_counted_of_bonds_as_small_credits_is_taken_out_when_the_database_is_migrated() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    desk.book(desk.content(client, "1000000.00")).await;
    let mut bond = desk.content(client, "500000.00");
    (bond["kind"], bond["issuer_rating"]) = (json!("bond"), json!("AA"));
    desk.book(bond).await;
    for table in ["client_exposure", "portfolio_position"] {
        tamper(
            &desk,
            &format!("UPDATE zengxin.{table} SET regulator_small_credit_fen = regulator_small_credit_fen + 50000000"),
        )
        .await;
    }
    assert_eq!(said(&desk, "city").await.len(), 2);
    tamper(&desk, include_str!("../migration/src/sql/0023_small_credits.sql")).await;
    desk.app.reconcile().await;
}
