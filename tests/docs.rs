//! `/docs` and `/openapi.json`.

use crate::harness;
use axum::http::StatusCode;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

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

/// Every Rust file below `src`, with its text.
pub fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                None => folders.push(path),
                Some(extension) if extension == "rs" => found.push((path.clone(), fs::read_to_string(&path).unwrap())),
                Some(_) => {}
            }
        }
    }
    assert!(found.len() > 100);
    found
}

/// The name a type has in the document: its own, or the one that its attributes give it.
fn name_in_the_document(after_derive: &str) -> Option<&str> {
    let declaration = ["struct ", "enum "].iter().filter_map(|word| after_derive.find(word)).min()?;
    let (attributes, declared) = after_derive.split_at(declaration);
    let given = attributes.split_once("schema(as = ").map(|(_, given)| given);
    let own = declared.split_once(' ')?.1;
    given.unwrap_or(own).split(|letter: char| !letter.is_alphanumeric()).next()
}

/// utoipa lets the second type of a name take the place of the first without a word.
#[test]
fn no_two_types_have_one_name_in_the_document() {
    let mut names = BTreeMap::new();
    for (path, text) in sources() {
        for (_, after) in text
            .split("#[derive(")
            .skip(1)
            .filter_map(|each| each.split_once(")]").filter(|(derived, _)| derived.contains("ToSchema")))
        {
            let name = name_in_the_document(after).unwrap().to_owned();
            if let Some(other) = names.insert(name.clone(), path.clone()) {
                panic!(
                    "{name} is declared in {} and in {}: give one a name of its own by #[schema(as = …)]",
                    other.display(),
                    path.display()
                );
            }
        }
    }
    assert!(names.len() > 100, "{names:?}");
}
