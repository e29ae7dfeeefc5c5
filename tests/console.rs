//! The web console's files: pages for browsers, problems for programs, and nothing from elsewhere.

use crate::harness::{self, Answer, App};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

/// Asks for an address as a browser does that opens a page.
async fn open(app: &App, path: &str) -> Answer {
    let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    app.send(Request::get(path).header("accept", browser).body(Body::empty()).unwrap()).await
}

/// The page, unless this program was built without the console: then a problem says what to do.
fn is_page(answer: &Answer, path: &str) -> bool {
    if answer.status == StatusCode::SERVICE_UNAVAILABLE {
        assert!(answer.json()["detail_en"].as_str().unwrap().contains("make web"), "{path}");
        return false;
    }
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"), "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    true
}

#[tokio::test]
async fn every_address_of_the_console_begins_with_the_same_page() {
    let app = harness::app().await;
    let closed = ["/login", "/password", "/users", "/institutions/new", "/audit"];
    let open_to_all = ["/", "/rules", "/rules/fee.cap", "/calculators/award", "/help", "/no/such/page"];
    for path in open_to_all.into_iter().chain(closed) {
        is_page(&open(&app, path).await, path);
    }
}

#[tokio::test]
async fn a_page_may_load_nothing_from_elsewhere_and_nothing_written_into_it() {
    let app = harness::app().await;
    let page = open(&app, "/").await;
    if !is_page(&page, "/") {
        return;
    }
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let html = String::from_utf8(page.body.to_vec()).unwrap();
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("<style"), "{html}");
    let loaded: Vec<&str> = html.split('"').filter(|word| word.starts_with("/assets/")).collect();
    assert!(loaded.len() >= 2, "{html}");
    for file in loaded {
        let answer = app.get(file).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert!(answer.header("cache-control").ends_with("immutable"), "{file}");
    }
}

#[tokio::test]
async fn a_page_never_stands_in_for_the_interface() {
    let app = harness::app().await;
    for path in ["/v1/nothing", "/v1", "/docs/nothing.js", "/assets/nothing.js", "/healthz/more"] {
        let answer = open(&app, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_ne!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    }
    assert_eq!(open(&app, "/healthz").await.json()["status"], "alive");
    assert_eq!(open(&app, "/docs").await.header("location"), "/docs/");
}

#[tokio::test]
async fn a_program_that_asks_for_no_page_gets_a_problem() {
    let app = harness::app().await;
    for (method, path) in [(Method::GET, "/rules"), (Method::POST, "/rules"), (Method::DELETE, "/")] {
        let answer = app.call(method, path).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (StatusCode::NOT_FOUND, Some("not_found")),
            "{path}"
        );
    }
}
