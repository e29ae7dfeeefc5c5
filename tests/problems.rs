//! The one form of every error, and the headers of every answer.

use crate::harness::{self, answer};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use zengxin::http::REQUEST_ID;

#[tokio::test]
async fn an_unknown_address_is_a_problem_in_chinese_with_an_english_twin() {
    let app = harness::app().await;
    let answer = app.get("/v1/nothing").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("content-language"), "zh-CN");
    let problem = answer.json();
    assert_eq!(problem["type"], "urn:zengxin:problem:not_found");
    assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(404), Some("not_found")));
    assert_eq!((problem["title"].as_str(), problem["title_en"].as_str()), (Some("未找到"), Some("Not found")));
    assert!(problem.get("errors").is_none());
}

#[tokio::test]
async fn a_caller_who_prefers_english_reads_english_first() {
    let app = harness::app().await;
    let request = Request::get("/v1/nothing").header("accept-language", "en, zh;q=0.5").body(Body::empty()).unwrap();
    let answer = app.send(request).await;
    assert_eq!(answer.header("content-language"), "en");
    assert_eq!(answer.json()["title"], "Not found");
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_that_names_the_right_ones() {
    let app = harness::app().await;
    let answer = app.call(Method::DELETE, "/healthz").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.json()["code"], "method_not_allowed");
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_body_above_the_limit_is_a_problem() {
    let app = harness::app().await;
    let length = harness::http_config().body_bytes + 1;
    let request = Request::post("/v1/calculators/fee")
        .header("content-length", length)
        .body(Body::from(vec![b' '; length]))
        .unwrap();
    let answer = app.send(request).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, Some("body_too_large"))
    );
}

#[tokio::test]
async fn every_answer_carries_a_request_id_and_takes_over_a_plain_one() {
    let app = harness::app().await;
    let made = [app.get("/healthz").await, app.get("/v1/nothing").await]
        .map(|answer| answer.header(REQUEST_ID.as_str()).to_owned());
    assert!(made.iter().all(|id| id.len() == 36) && made[0] != made[1], "{made:?}");
    for (given, taken_over) in [("batch-7.3_a", true), ("", false), ("a b", false), ("x".repeat(65).as_str(), false)] {
        let request = Request::get("/healthz").header(REQUEST_ID, given).body(Body::empty()).unwrap();
        let answer = app.send(request).await;
        assert_eq!(answer.header(REQUEST_ID.as_str()) == given, taken_over, "{given}");
    }
}

#[tokio::test]
async fn every_answer_is_closed_to_framing_sniffing_and_caches() {
    let app = harness::app().await;
    for path in ["/healthz", "/v1/nothing", "/docs/", "/openapi.json"] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_handler_that_panics_tells_the_caller_nothing_of_how() {
    let answer = answer(&harness::around_faulty_handlers(), Request::get("/panic").body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, Some("internal_error"))
    );
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret of the house"));
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_cut_off_with_a_problem() {
    let answer = answer(&harness::around_faulty_handlers(), Request::get("/slow").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::GATEWAY_TIMEOUT, Some("timeout")));
}
