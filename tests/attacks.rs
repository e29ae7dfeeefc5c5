//! Attacks on every operation at once: fields nobody asked for, bodies without end, filters that speak SQL, and lines that forge.

use crate::{
    harness::{self, App, Person, World, process::Home},
    permissions::{closed, sample},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use uuid::Uuid;
use zengxin::auth::{Role, allows};

/// A body of every operation that takes one, also of those open to strangers.
fn bodies() -> Vec<(Method, String, Value)> {
    let closed = closed().into_iter().filter_map(|(method, operation)| {
        let sample = sample(&operation, Uuid::now_v7());
        Some((method, sample.path, sample.body?))
    });
    let open = [
        ("/v1/sessions", json!({"institution_code": "fund", "user": "admin", "password": "wrong"})),
        ("/v1/sessions/refreshes", json!({"refresh_token": "a.b.c"})),
        ("/v1/machine-sessions", json!({"client_id": "a", "client_secret": "b"})),
        ("/v1/passwords", json!({"link": "a.b.c", "password": harness::PASSWORD})),
    ];
    let open = open.map(|(path, body)| (Method::POST, path.to_owned(), body));
    let all: Vec<_> = closed.chain(open).collect();
    assert!(all.len() > 40, "{}", all.len());
    all
}

/// Has `more` put into every object of `value` in turn; each time the rest is as it was.
fn each_with(value: &Value, more: &(&str, Value)) -> Vec<Value> {
    match value {
        Value::Object(fields) => {
            let put = |name: &str, value: &Value| {
                let mut changed: Map<String, Value> = fields.clone();
                changed.insert(name.to_owned(), value.clone());
                Value::Object(changed)
            };
            let here = put(more.0, &more.1);
            let below = fields.iter().flat_map(|(name, value)| {
                each_with(value, more).into_iter().map(|changed| put(name, &changed)).collect::<Vec<_>>()
            });
            std::iter::once(here).chain(below).collect()
        }
        Value::Array(items) => {
            let changed = |at: usize, item: Value| {
                let mut changed = items.clone();
                changed[at] = item;
                Value::Array(changed)
            };
            let each = items.iter().enumerate();
            each.flat_map(|(at, item)| each_with(item, more).into_iter().map(move |item| (at, item)))
                .map(|(at, item)| changed(at, item))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn no_operation_takes_a_field_that_it_does_not_know_at_any_depth() {
    let (app, admin) = harness::fund().await;
    let wanted =
        [("institution_id", json!(Uuid::now_v7())), ("seq", json!(1)), ("__proto__", json!({"role": "admin"}))];
    for (method, path, body) in bodies() {
        for more in &wanted {
            for polluted in each_with(&body, more) {
                let answer = app.ask(method.clone(), &path, admin.with(polluted.clone())).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{method} {path} {polluted}");
                assert_eq!(answer.json()["errors"][0]["code"], "unknown_field", "{method} {path} {polluted}");
            }
        }
    }
}

#[tokio::test]
async fn a_body_nested_without_end_is_refused_by_every_operation() {
    let (app, admin) = harness::fund().await;
    let deep = 10_000;
    for nested in [
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("{}1{}", r#"{"a":"#.repeat(deep), "}".repeat(deep)),
        format!(r#"{{"name":{}"#, "[".repeat(deep)),
    ] {
        for (method, path, _) in bodies() {
            let request = Request::builder().method(method).uri(&path);
            let request = request.header("authorization", format!("Bearer {}", admin.token));
            let request = request.header("content-type", "application/json").body(Body::from(nested.clone()));
            let answer = app.send(request.unwrap()).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
            assert!(answer.body.len() < 2_000, "{path}: what was sent is not sent back");
        }
    }
}

/// Every list of the document that is filtered, with its path and the names of its filters.
fn filtered() -> Vec<(String, String, Vec<String>)> {
    let document = serde_json::to_value(zengxin::http::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let operation = &operations["get"];
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let names = parameters.filter(|parameter| parameter["in"] == "query");
        let names: Vec<String> = names.map(|name| name["name"].as_str().unwrap().to_owned()).collect();
        if !names.is_empty() {
            found.push((operation["operationId"].as_str().unwrap().to_owned(), path.clone(), names));
        }
    }
    assert!(found.len() > 25, "{found:?}");
    found
}

/// Values that would mean something to a database, a pattern or a reader of numbers.
fn hostile() -> Vec<String> {
    let mut values: Vec<String> = [
        "'",
        "\"",
        "' OR '1'='1",
        "'; DROP TABLE zengxin.contract; --",
        "') UNION SELECT NULL --",
        "$1",
        "%",
        "_",
        "\\",
        "*",
        "\0",
        "a\0b",
        "\n",
        "\u{202e}",
        "🙂",
        "-1",
        "9223372036854775808",
        "NaN",
        "{}",
        "2026-02-30",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    values.extend(["%", "某"].map(|each| each.repeat(5_000)));
    values
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02X}").unwrap();
        encoded
    })
}

/// Rows of one institution that no other may see: its ids.
async fn rows_of(app: &App, admin: &Person) -> Vec<Uuid> {
    let officer = app.hire(admin, Role::Officer).await;
    let party = app.file_party(&officer, "enterprise", "某某").await;
    let (group, machine) = (Uuid::now_v7(), Uuid::now_v7());
    for (person, path, body) in [
        (&officer, format!("/v1/party-groups/{group}"), json!({"name": "某系"})),
        (admin, format!("/v1/machine-clients/{machine}"), json!({"name": "接口", "grants": ["audit:read"]})),
    ] {
        assert_eq!(app.put(person, &path, body).await.status, StatusCode::CREATED, "{path}");
    }
    vec![admin.id, officer.id, party, group, machine]
}

#[tokio::test]
async fn no_filter_of_any_list_speaks_sql_or_shows_another_institutions_rows() {
    let World { app, province, city, .. } = harness::world().await;
    let theirs = rows_of(&app, &province).await;
    let ours = rows_of(&app, &city).await;
    let officer = app.hire(&city, Role::Officer).await;
    for (operation, path, filters) in filtered() {
        // Of the own party or group, where the path names one.
        let id = if path.contains("/party-groups/") { ours[3] } else { ours[2] };
        let path = path.replace("{id}", &id.to_string());
        let asker = match operation.as_str() {
            "list_regions" | "list_industries" => &city,
            closed if allows(Role::Admin, sample(closed, id).action) => &city,
            _ => &officer,
        };
        for filter in &filters {
            for value in hostile() {
                let asked = format!("{path}?{filter}={}", encoded(&value));
                let answer = app.read(asker, &asked).await;
                let said = String::from_utf8_lossy(&answer.body);
                assert!(!answer.status.is_server_error(), "{filter}={value:?} of {operation}: {said}");
                assert!(answer.status != StatusCode::FORBIDDEN, "{operation} as {}", asker.name);
                assert!(
                    !theirs.iter().any(|id| said.contains(&id.to_string())),
                    "{filter}={value:?} of {operation}: {said}"
                );
                let searched = ["search", "prefix", "number"].contains(&filter.as_str());
                if searched && answer.status.is_success() && value.contains(['\'', '"', '%', '_', '\\', '*', '$']) {
                    let found = answer.json();
                    let nothing = found["items"] == json!([]) || found["count"] == json!(0);
                    assert!(nothing, "{filter}={value:?} of {operation} stands for itself: {said}");
                }
            }
        }
    }
    let there = app.ask(Method::GET, "/v1/contracts", officer.ask()).await;
    assert_eq!(there.status, StatusCode::OK, "the table is still there");
}

/// Whether a query parameter of the document is read as a text.
fn is_text(parameter: &Value) -> bool {
    let schema = &parameter["schema"];
    let string =
        schema["type"] == "string" || schema["type"].as_array().is_some_and(|of| of.contains(&json!("string")));
    string && schema["enum"].is_null() && [&json!("date"), &Value::Null].contains(&&schema["format"])
}

#[tokio::test]
async fn a_query_that_is_not_as_described_names_the_parameter_and_what_is_wrong_with_it() {
    let app = harness::app().await;
    for (query, field, code) in [
        ("on=2024-01-01&sort=name", "sort", "unknown_field"),
        ("limit=many", "limit", "wrong_type"),
        ("limit=1&limit=2", "limit", "duplicate_field"),
    ] {
        let answer = app.get(&format!("/v1/regions?{query}")).await;
        let fault = &answer.json()["errors"][0];
        assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_input")));
        assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!(code)), "{query}: {fault}");
    }
}

#[tokio::test]
async fn no_query_with_a_control_character_comes_as_far_as_a_list() {
    let World { app, city, .. } = harness::world().await;
    let document = serde_json::to_value(zengxin::http::openapi()).unwrap();
    let (mut texts, mut others) = (0, 0);
    for (path, operations) in document["paths"].as_object().unwrap() {
        let parameters = operations["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let query: Vec<Value> = parameters.into_iter().filter(|parameter| parameter["in"] == "query").collect();
        let path = path.replace("{id}", &city.id.to_string()).replace("{contract_id}", &city.id.to_string());
        for parameter in &query {
            let name = parameter["name"].as_str().unwrap();
            let needed = query.iter().filter(|other| other["required"] == true && other["name"] != name);
            let needed: String =
                needed.map(|other| format!("&{}=contracts", other["name"].as_str().unwrap())).collect();
            for value in ["\0", "a\0b", "\n", "\u{1b}[31m", "\u{85}"] {
                let answer = app.read(&city, &format!("{path}?{name}={}{needed}", encoded(value))).await;
                if is_text(parameter) {
                    let fault = answer.json()["errors"][0].clone();
                    let said = (answer.status, &fault["field"], &fault["code"]);
                    let text = (StatusCode::UNPROCESSABLE_ENTITY, &json!(name), &json!("text"));
                    assert_eq!(said, text, "{path}?{name}={value:?}");
                    texts += 1;
                } else {
                    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}?{name}={value:?}");
                    others += 1;
                }
            }
        }
    }
    assert!(texts > 5 * 45 && others > 5 * 40, "{texts} {others}");
}

#[test]
fn no_header_is_split_and_no_line_of_the_log_is_forged() {
    let home = Home::new();
    let service = home.serve();
    let forged = r#"{"level":"ERROR","message":"FORGED"}"#;
    let encoded = encoded(&format!("\r\nset-cookie: forged=1\r\n\r\n\n{forged}"));
    let ask = |path: &str, header: &str| {
        service.answer_to(&format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{header}\r\n"))
    };
    for answer in [
        ask(&format!("/v1/nothing{encoded}"), ""),
        ask(&format!("/v1/users/{encoded}"), ""),
        ask(&format!("/v1/regions?search={encoded}"), ""),
        ask("/healthz", "x-request-id: a\tFORGED\r\n"),
        ask("/healthz", &format!("x-request-id: {forged}\r\n")),
        ask("/healthz", "x-request-id: \u{1b}[31mFORGED\r\n"),
        ask("/v1/profile", &format!("authorization: Bearer {forged}\r\n")),
        ask("/healthz", &format!("user-agent: {forged}\r\naccept-language: {forged}\r\n")),
    ] {
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(!head.contains("forged"), "{head}");
    }
    let name = "admin\\n{\\\"level\\\":\\\"ERROR\\\",\\\"message\\\":\\\"FORGED\\\"}";
    let login = format!(r#"{{"institution_code":"fund","user":"{name}","password":"FORGED"}}"#);
    assert_eq!(service.post("/v1/sessions", &login), 401);
    assert!(service.stop().success());
    let log = home.log();
    assert!(log.lines().count() > 5, "{log}");
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no line of ours: {line}"));
        assert!(line["message"] != "FORGED" && line["level"] != "ERROR", "{line}");
    }
}

/// One thing of each kind at an institution.
struct Own {
    party: Uuid,
    group: Uuid,
    agreement: Uuid,
    contract: Uuid,
}

async fn own(app: &App, officer: &Person, approver: &Person) -> Own {
    let own = Own {
        party: app.file_party(officer, "enterprise", "某某").await,
        group: Uuid::now_v7(),
        agreement: Uuid::now_v7(),
        contract: Uuid::now_v7(),
    };
    let mut content = sample("put_contract", Uuid::nil()).body.unwrap();
    (content["party_id"], content["agreement_id"]) = (json!(own.party), json!(own.agreement));
    (content["kind"], content["bank_id"]) = (json!("other"), json!(null));
    for (person, path, body) in [
        (officer, format!("/v1/party-groups/{}", own.group), json!({"name": "某系"})),
        (approver, format!("/v1/agreements/{}", own.agreement), sample("put_agreement", Uuid::nil()).body.unwrap()),
        (officer, format!("/v1/contracts/{}", own.contract), content),
    ] {
        let answer = app.put(person, &path, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{path}: {:?}", answer.body);
    }
    own
}

/// The fields of a body that hold an id.
fn id_fields(body: &Value) -> Vec<String> {
    let fields = body.as_object().unwrap().iter();
    let ids = fields.filter(|(_, value)| value.as_str().is_some_and(|text| text.parse::<Uuid>().is_ok()));
    ids.map(|(name, _)| name.clone()).collect()
}

#[tokio::test]
async fn another_institutions_id_within_a_body_is_answered_like_one_of_nothing() {
    let World { app, province, city, .. } = harness::world().await;
    let people = async |admin: &Person| (app.hire(admin, Role::Officer).await, app.hire(admin, Role::Approver).await);
    let ((officer, approver), (their_officer, their_approver)) = (people(&city).await, people(&province).await);
    let ours = own(&app, &officer, &approver).await;
    let theirs = own(&app, &their_officer, &their_approver).await;
    let theirs = [theirs.party, theirs.group, theirs.agreement, theirs.contract, their_officer.id];
    let mut asked = 0;
    for (method, operation) in closed() {
        let new = Uuid::now_v7();
        let id = match sample(&operation, new).path.split('/').nth(2).unwrap() {
            _ if operation.starts_with("put_contract") => new,
            "parties" => ours.party,
            "party-groups" => ours.group,
            "agreements" => ours.agreement,
            "contracts" => ours.contract,
            _ => new,
        };
        let made = sample(&operation, id);
        let Some(body) = &made.body else { continue };
        let asker = [(Role::Admin, &city), (Role::Officer, &officer), (Role::Approver, &approver)];
        let Some((_, asker)) = asker.into_iter().find(|(role, _)| allows(*role, made.action)) else { continue };
        for field in id_fields(body) {
            let with = async |id: Uuid| {
                let mut body = body.clone();
                body[&field] = json!(id);
                // Whatever else it names is ours.
                for (name, own) in [("party_id", ours.party), ("agreement_id", ours.agreement)] {
                    if body.get(name).is_some() && name != field {
                        body[name] = json!(own);
                    }
                }
                // A contract is made, not changed.
                let if_match = made.if_match.filter(|_| operation != "put_contract");
                let answer = app.ask(method.clone(), &made.path, harness::Ask { if_match, ..asker.with(body) }).await;
                (answer.status, String::from_utf8_lossy(&answer.body).replace(&id.to_string(), "it"))
            };
            let nothing = with(Uuid::now_v7()).await;
            assert!(nothing.0.is_client_error(), "{field} of {operation}: {nothing:?}");
            for id in theirs {
                assert_eq!(with(id).await, nothing, "{field} of {operation}");
                asked += 1;
            }
        }
    }
    assert!(asked > 40, "{asked}");
}
