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

/// The name under which each documented type of a source file stands in the document.
fn documented(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for block in source.split("#[derive(").skip(1) {
        let word = |from: &str| {
            let rest = block.split_once(from)?.1;
            Some(rest.chars().take_while(|each| each.is_alphanumeric() || *each == '_').collect::<String>())
        };
        if block.split(")]").next().is_some_and(|derived| derived.contains("ToSchema")) {
            let declared = block.lines().find(|line| line.contains("struct ") || line.contains("enum "));
            let before = declared.and_then(|line| block.split_once(line)).map_or("", |(before, _)| before);
            let named = before.contains("#[schema(as = ").then(|| word("#[schema(as = ")).flatten();
            names.extend(named.or_else(|| word("struct ")).or_else(|| word("enum ")));
        }
    }
    names
}

/// Every source file below a directory.
fn sources(directory: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| match path.is_dir() {
        true => sources(&path),
        false => vec![std::fs::read_to_string(path).unwrap()],
    };
    entries.flat_map(read).collect()
}

#[test]
fn no_two_types_of_the_document_have_one_name_because_one_of_them_would_be_lost() {
    let sources = sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut names: Vec<String> = sources.iter().flat_map(|source| documented(source)).collect();
    assert!(names.len() > 100 && names.iter().any(|name| name == "ContractState"), "{names:?}");
    names.sort();
    let twice: Vec<&String> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert_eq!(twice, Vec::<&String>::new());
}
