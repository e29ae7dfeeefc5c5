//! `/docs` and `/openapi.json`.

use crate::harness;
use axum::http::StatusCode;

#[tokio::test]
async fn the_documentation_page_and_all_it_loads_come_from_the_service() {
    let app = harness::app().await;
    assert_eq!(app.get("/docs").await.header("location"), "/docs/");
    let page = app.get("/docs/").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html"));
    let html = String::from_utf8(page.body.to_vec()).unwrap();
    assert!(!html.contains("http://") && !html.contains("https://"), "{html}");
    let loaded: Vec<&str> = html.split(['"']).filter(|word| word.ends_with(".js") || word.ends_with(".css")).collect();
    assert!(loaded.len() >= 4, "{loaded:?}");
    for file in loaded {
        let file = file.trim_start_matches("./");
        assert_eq!(app.get(&format!("/docs/{file}")).await.status, StatusCode::OK, "{file}");
    }
    let start = String::from_utf8(app.get("/docs/swagger-initializer.js").await.body.to_vec()).unwrap();
    assert!(start.contains(r#""url": "/openapi.json""#) && start.contains(r#""validatorUrl": "none""#), "{start}");
}

#[tokio::test]
async fn the_service_hands_out_the_document_that_the_command_prints() {
    let app = harness::app().await;
    let document = serde_json::to_value(zengxin::http::openapi()).unwrap();
    assert_eq!(app.get("/openapi.json").await.json(), document);
}
