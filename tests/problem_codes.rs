//! The catalogue of errors: every code that the program can state is in it, once, in both languages.

use crate::{docs::sources, harness};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use zengxin::{catalogue, error::Problem, field_codes};

/// The arguments of every call of one of `functions`, with the name, of the part of a file that is not its tests.
fn calls<'a>(text: &'a str, functions: &[&'a str]) -> Vec<(&'a str, Vec<&'a str>)> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let mut found = Vec::new();
    for function in functions {
        for (at, _) in text.match_indices(&format!("{function}(")) {
            let before = &text[..at];
            let of_something = before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            let method = before.ends_with('.') && !before.ends_with("..");
            if !(of_something || method || before.ends_with("fn ")) {
                found.push((*function, arguments(&text[at + function.len() + 1..])));
            }
        }
    }
    found
}

/// What stands between commas up to the closing bracket; brackets and strings are passed over.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut start) = (0, false, false, 0);
    let mut found = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            ')' => {
                // Nothing follows the comma that a broken line ends with.
                found.extend(Some(text[start..at].trim()).filter(|last| !last.is_empty()));
                return found;
            }
            _ => {}
        }
    }
    panic!("a call does not end");
}

fn literal(argument: &str) -> Option<&str> {
    argument.strip_prefix('"')?.strip_suffix('"')
}

#[test]
fn every_code_of_a_problem_in_the_program_is_in_the_catalogue_once() {
    let listed: Vec<&str> = catalogue::problems().iter().map(|problem| problem.code).collect();
    let known: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(known.len(), listed.len(), "a code stands twice: {listed:?}");
    let mut stated = BTreeSet::new();
    for (path, text) in sources() {
        // Of an input that no caller of the interface has.
        if path.ends_with("command/calc.rs") {
            continue;
        }
        let own = path.ends_with("src/error.rs") || path.ends_with("src/catalogue.rs");
        for (_, arguments) in calls(&text, if own { &["Self::new", "Problem::new"] } else { &["Problem::new"] }) {
            if let [_, code, _, _] = arguments[..] {
                match literal(code) {
                    Some(code) => _ = stated.insert(code.to_owned()),
                    None => assert!(own && code == "code", "{}: the code {code} cannot be read", path.display()),
                }
            }
        }
    }
    for status in (400..600).filter_map(|status| StatusCode::from_u16(status).ok()) {
        stated.insert(Problem::of_status(status).code.to_owned());
    }
    let stated: BTreeSet<&str> = stated.iter().map(String::as_str).collect();
    assert!(stated.len() > 25, "{stated:?}");
    assert_eq!(known, stated);
}

#[test]
fn every_code_of_a_field_in_the_program_is_in_the_catalogue_once() {
    let listed: Vec<&str> = field_codes::field_codes().iter().map(|each| each.code).collect();
    let known: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(known.len(), listed.len(), "a code stands twice: {listed:?}");
    let mut stated: BTreeSet<String> =
        zengxin::input::Reason::ALL.iter().map(|reason| reason.code.to_owned()).collect();
    for (path, text) in sources() {
        for (function, arguments) in calls(&text, &["input::field", "field", "fault"]) {
            let [_, code, _, _] = arguments[..] else { continue };
            match literal(code) {
                Some(code) => _ = stated.insert(code.to_owned()),
                // A name for one of the calls counted here, or a reason of the list.
                None => assert!(
                    ["code", "reason.code"].contains(&code) && function != "fault",
                    "{}: the code {code} cannot be read",
                    path.display()
                ),
            }
        }
        for (_, after) in text.match_indices("code: \"").map(|(at, found)| text[at..].split_at(found.len())) {
            if text.contains("FieldError {") {
                stated.insert(after.split('"').next().unwrap().to_owned());
            }
        }
    }
    let stated: BTreeSet<&str> = stated.iter().map(String::as_str).collect();
    assert!(stated.len() > 80, "{stated:?}");
    assert_eq!(known, stated);
}

#[tokio::test]
async fn anybody_reads_the_catalogue_and_each_entry_speaks_both_languages() {
    let app = harness::app().await;
    let answer = app.get("/v1/problem-codes").await;
    assert_eq!(answer.status, StatusCode::OK);
    let catalogue = answer.json();
    let entries = |list: &str| catalogue[list].as_array().unwrap().clone();
    for entry in entries("problems") {
        let say = |field: &str| entry[field].as_str().unwrap();
        assert!(!say("title").is_ascii() && !say("detail").is_ascii(), "{entry}");
        assert!(say("title_en").is_ascii() && say("detail_en").is_ascii(), "{entry}");
        assert_eq!(say("type"), format!("urn:zengxin:problem:{}", say("code")));
        assert!((400..600).contains(&entry["status"].as_u64().unwrap()), "{entry}");
    }
    for entry in entries("fields") {
        assert!(
            !entry["meaning"].as_str().unwrap().is_ascii() && entry["meaning_en"].as_str().unwrap().is_ascii(),
            "{entry}"
        );
    }
    let conflict = entries("problems").into_iter().find(|entry| entry["code"] == "id_taken").unwrap();
    assert_eq!((conflict["status"].as_u64(), conflict["title_en"].as_str()), (Some(409), Some("Id already used")));
}

#[tokio::test]
async fn the_documentation_leads_to_the_catalogue() {
    let document = harness::app().await.get("/openapi.json").await.json();
    assert!(document["info"]["description"].as_str().unwrap().contains("(/problem-codes)"));
}
