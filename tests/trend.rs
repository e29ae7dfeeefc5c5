//! The book over the months: the end of each is kept when it is past, and stays as it was known.

use crate::harness::{Desk, PASSWORD, Person, created, desk};
use axum::http::StatusCode;
use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use zengxin::{auth::Role, clock, daily};

/// The same person, logged in by the clock of now.
async fn again(desk: &Desk, person: &Person) -> Person {
    let tokens = desk.app.log_in(&person.code, &person.name, PASSWORD).await;
    Person { token: tokens.json()["access_token"].as_str().unwrap().to_owned(), ..person.clone() }
}

async fn trend(desk: &Desk, person: &Person, query: &str) -> Vec<Value> {
    let answer = desk.app.read(person, &format!("/v1/portfolio/trend{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
    answer.json()["items"].as_array().unwrap().clone()
}

/// The last day of the month of `day`.
fn month_end(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap() + Months::new(1) - Days::new(1)
}

/// A small enterprise's 300万 and a large one's 60万, in force since today; the officer logged in `months` months later, on the fifth.
async fn later(months: u32) -> (Desk, Person, NaiveDate) {
    let mut desk = desk().await;
    desk.file_statement("50000000.00").await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    desk.in_force(desk.content(small, "3000000.00")).await;
    desk.in_force(desk.content(large, "600000.00")).await;
    let start = clock::today();
    let fifth = (start.with_day(1).unwrap() + Months::new(months)).with_day(5).unwrap();
    desk.app.at(clock::now() + TimeDelta::days((fifth - start).num_days()));
    let officer = again(&desk, &desk.officer).await;
    (desk, officer, start)
}

#[tokio::test]
async fn the_end_of_a_month_is_kept_at_the_turn_of_a_day_with_every_measure_beside_its_limit() {
    let (desk, officer, start) = later(2).await;
    assert_eq!(trend(&desk, &officer, "").await.len(), 1, "today alone, before the turn of the day");
    let turned = daily::turn(&desk.app.state).await.unwrap();
    assert_eq!(turned.months, 2);
    assert_eq!(daily::turn(&desk.app.state).await.unwrap().months, 0, "each month once");
    let points = trend(&desk, &officer, "").await;
    let days: Vec<&str> = points.iter().map(|point| point["on"].as_str().unwrap()).collect();
    let first = month_end(start);
    let second = month_end(first + Days::new(1));
    assert_eq!(days, [first.to_string(), second.to_string(), clock::civil_day(desk.app.state.clock.now()).to_string()]);
    assert!(points[0]["kept_at"].is_string() && points[2]["kept_at"].is_null());
    assert_eq!((&points[0]["total"], &points[0]["small_agri"]), (&json!("3600000.00"), &json!("3000000.00")));
    assert_eq!((&points[0]["clients"], &points[0]["committed"]), (&json!(2), &json!("0.00")));
    // 300 of 360, against 80 %; and the same as the portfolio of that day says.
    let measures = points[0]["measures"].as_array().unwrap();
    let share = measures.iter().find(|measure| measure["rule"] == "share.small_agri").unwrap();
    assert_eq!(
        (&share["measured"], &share["limit"], &share["outcome"]),
        (&json!("0.833333"), &json!("0.800000"), &json!("pass"))
    );
    let portfolio = desk.app.read(&officer, &format!("/v1/portfolio?on={first}")).await.json();
    for measure in measures {
        let finding = portfolio["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["rule"] == measure["rule"])
            .unwrap();
        assert_eq!((&finding["measured"], &finding["limit"]), (&measure["measured"], &measure["limit"]), "{measure}");
    }
    assert_eq!(portfolio["liability"]["balance"], points[0]["liability_balance"]);
    assert_eq!(portfolio["new_business"]["amount"], points[0]["new_amount"]);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_month_that_is_kept_does_not_change_with_what_is_recorded_for_it_later() {
    let (desk, officer, start) = later(1).await;
    daily::turn(&desk.app.state).await.unwrap();
    let before = trend(&desk, &officer, "").await;
    let contracts = desk.app.read(&officer, "/v1/contracts?sort=-outstanding").await.json();
    let largest = contracts["items"][0]["id"].as_str().unwrap().parse().unwrap();
    let release = json!({"amount": "3000000.00", "effective_on": start});
    created(&desk.act(&officer, largest, "releases", release).await);
    daily::turn(&desk.app.state).await.unwrap();
    let after = trend(&desk, &officer, "").await;
    assert_eq!(before[0], after[0], "as it was known when it was kept");
    assert_eq!((&after[1]["total"], &after[1]["small_agri"]), (&json!("600000.00"), &json!("0.00")));
}

#[tokio::test]
async fn a_book_of_nothing_keeps_no_month_and_a_trend_is_of_the_own_institution_and_as_long_as_asked() {
    let (desk, officer, _) = later(3).await;
    daily::turn(&desk.app.state).await.unwrap();
    assert_eq!(trend(&desk, &officer, "?months=2").await.len(), 3);
    let admin = again(&desk, &desk.province).await;
    let theirs = desk.app.hire(&admin, Role::Auditor).await;
    let points = trend(&desk, &theirs, "").await;
    assert_eq!((points.len(), &points[0]["total"]), (1, &json!("0.00")), "the province has no book of its own");
    for query in ["?months=0", "?months=121"] {
        let answer = desk.app.read(&officer, &format!("/v1/portfolio/trend{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let unread = desk.app.read(&officer, "/v1/portfolio/trend?months=x").await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST);
    assert!(desk.app.state.clock.now() > Utc::now());
}
