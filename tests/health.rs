//! `/healthz` and `/readyz`.

use crate::harness;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait as _;
use zengxin::clock;

#[tokio::test]
async fn a_living_service_says_so_and_which_day_it_is_in_china() {
    let app = harness::app().await;
    let answer = app.get("/healthz").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["status"], "alive");
    assert_eq!(answer.json()["today"], clock::today().to_string());
}

#[tokio::test]
async fn a_service_on_a_migrated_database_is_ready() {
    let app = harness::app().await;
    let answer = app.get("/readyz").await;
    assert_eq!((answer.status, answer.json()["status"].as_str()), (StatusCode::OK, Some("ready")));
}

#[tokio::test]
async fn a_service_whose_schema_is_behind_is_not_ready_and_says_what_to_do() {
    let app = harness::app().await;
    app.database.owner().await.execute_unprepared("DELETE FROM zengxin.migration").await.unwrap();
    let answer = app.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.json()["detail_en"].as_str().unwrap().contains("zengxin migrate"));
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_service_whose_schema_is_ahead_is_not_ready() {
    let app = harness::app().await;
    let later = "INSERT INTO zengxin.migration (version, applied_at) VALUES ('9999_later', 0)";
    app.database.owner().await.execute_unprepared(later).await.unwrap();
    assert_eq!(app.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
