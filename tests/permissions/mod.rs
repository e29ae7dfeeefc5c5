//! The walk: every operation of the document is closed to whoever has no token, the wrong role, or another institution's id.

mod business;
mod cessions;
mod contracts;
mod imports;
mod institutions;
mod parties;
mod people;
mod reference;
mod theirs;

use self::theirs::{agreement_and_quota, their_contract, theirs};
use crate::harness::{self, Ask, Person, World};
use axum::http::{Method, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::{Action, Role, allows};

/// Open to strangers; every other operation needs a token.
const OPEN: &[&str] = &[
    "alive",
    "ready",
    "list_rules",
    "list_problem_codes",
    "list_regions",
    "list_industries",
    "log_in",
    "refresh_session",
    "log_in_machine",
    "redeem_link",
];

/// What an id of another institution leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// The same as an id of nothing.
    NotFound(Whose),
    /// The table is shared: everybody reads it.
    Shared,
    /// It makes a row of the caller's own, and leaves the other's alone.
    Own,
    /// There is no id in it.
    None,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    User,
    Client,
    Institution,
    Membership,
    Statement,
    Limit,
    Confirmation,
    Investment,
    Bank,
    Branch,
    Product,
    Party,
    PartyGroup,
    Agreement,
    Quota,
    Contract,
    Deadline,
    ImportFile,
    ImportMapping,
    Import,
}

/// How to ask for an operation, and what it needs.
pub struct Sample {
    pub action: Action,
    pub path: String,
    pub body: Option<Value>,
    pub if_match: Option<&'static str>,
    pub foreign: Foreign,
}

impl Sample {
    fn of(action: Action, path: String, foreign: Foreign) -> Self {
        Self { action, path, body: None, if_match: None, foreign }
    }

    fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    fn version(self, version: &'static str) -> Self {
        Self { if_match: Some(version), ..self }
    }

    pub fn ask<'a>(&'a self, token: Option<&'a str>) -> Ask<'a> {
        Ask { token, if_match: self.if_match, body: self.body.clone() }
    }
}

/// The sample of an operation about `id`. An operation without one fails the walk.
pub fn sample(operation: &str, id: Uuid) -> Sample {
    let areas = [
        business::sample,
        cessions::sample,
        contracts::sample,
        imports::sample,
        institutions::sample,
        parties::sample,
        people::sample,
        reference::sample,
    ];
    let found = areas.iter().find_map(|area| area(operation, id));
    found.unwrap_or_else(|| panic!("{operation} has no sample: how is it asked for, and who may?"))
}

/// Every closed operation of the document.
pub fn closed() -> Vec<(Method, String)> {
    let document = serde_json::to_value(zengxin::http::openapi()).unwrap();
    let mut found = Vec::new();
    for (_, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            if OPEN.contains(&id.as_str()) || id.starts_with("calculate_") {
                continue;
            }
            assert_eq!(operation["security"][0]["bearer"], json!([]), "{id} tells nobody that it needs a token");
            found.push((method.to_uppercase().parse().unwrap(), id));
        }
    }
    // Whoever logs out is asked nothing more.
    found.sort_by_key(|(_, id)| id == "log_out");
    assert!(found.len() > 20);
    found
}

#[tokio::test]
async fn no_operation_is_open_but_those_named() {
    let (app, _) = harness::fund().await;
    for (method, operation) in closed() {
        let sample = sample(&operation, Uuid::now_v7());
        let answer = app.ask(method, &sample.path, sample.ask(None)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{operation}");
        assert_eq!(
            (answer.json()["code"].as_str(), answer.header("www-authenticate")),
            (Some("unauthenticated"), "Bearer")
        );
    }
}

/// Tokens that are not ours, or no longer.
fn worthless(admin: &Person, key: &[u8]) -> Vec<(&'static str, String)> {
    let claims: Vec<u8> =
        data_encoding::BASE64URL_NOPAD.decode(admin.token.split('.').nth(1).unwrap().as_bytes()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    let sign = |algorithm, key: &[u8], change: &dyn Fn(&mut Value)| {
        let mut claims = claims.clone();
        change(&mut claims);
        jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(key)).unwrap()
    };
    let claims_alone = admin.token.split('.').nth(1).unwrap();
    vec![
        ("no token", "x".to_owned()),
        ("forged", sign(Algorithm::HS256, &[7; 32], &|_| ())),
        ("expired", sign(Algorithm::HS256, key, &|claims| claims["exp"] = json!(1))),
        ("another audience", sign(Algorithm::HS256, key, &|claims| claims["aud"] = json!("another"))),
        ("another issuer", sign(Algorithm::HS256, key, &|claims| claims["iss"] = json!("another"))),
        ("another algorithm", sign(Algorithm::HS512, key, &|_| ())),
        ("no algorithm", format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims_alone}.")),
        ("a session that never was", sign(Algorithm::HS256, key, &|claims| claims["session"] = json!(Uuid::now_v7()))),
        (
            "another institution's session",
            sign(Algorithm::HS256, key, &|claims| claims["institution"] = json!(Uuid::now_v7())),
        ),
        ("a refresh token", admin.refresh.clone()),
    ]
}

#[tokio::test]
async fn no_operation_takes_a_token_that_is_worthless() {
    let key = [42; 32];
    let keys = zengxin::auth::Keys::parse(&"2a".repeat(32)).unwrap();
    let (mut app, admin) = harness::fund_with(keys).await;
    app.at(zengxin::clock::now());
    for (method, operation) in closed() {
        let sample = sample(&operation, Uuid::now_v7());
        for (which, token) in worthless(&admin, &key) {
            let answer = app.ask(method.clone(), &sample.path, sample.ask(Some(&token))).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{operation} with {which}");
        }
    }
    let genuine = app.ask(Method::GET, "/v1/profile", admin.ask()).await;
    assert_eq!(genuine.status, StatusCode::OK, "the same key signs what is taken");
}

#[tokio::test]
async fn every_operation_is_allowed_to_exactly_the_roles_that_the_table_names() {
    let World { app, city, bureau, .. } = harness::world().await;
    for role in Role::ALL {
        let employer = if matches!(role, Role::Reviewer | Role::BureauApprover) { &bureau } else { &city };
        let person = app.hire(employer, *role).await;
        for (method, operation) in closed() {
            let sample = sample(&operation, Uuid::now_v7());
            let answer = app.ask(method, &sample.path, sample.ask(Some(&person.token))).await;
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{operation} as {role}");
            assert_eq!(answer.status != StatusCode::FORBIDDEN, allows(*role, sample.action), "{operation} as {role}");
            assert!(!answer.status.is_server_error(), "{operation} as {role}");
        }
    }
}

#[tokio::test]
async fn another_institutions_id_is_answered_like_one_of_nothing() {
    let World { app, fund, province, city, .. } = harness::world().await;
    let client = Uuid::now_v7();
    let made = json!({"name": "省再担接口", "grants": ["audit:read"]});
    let path = format!("/v1/machine-clients/{client}");
    assert_eq!(app.ask(Method::PUT, &path, province.with(made)).await.status, StatusCode::CREATED);
    let membership = Uuid::now_v7();
    let stated = json!({"member_id": province.institution, "relation": "reguarantees", "from": "2026-01-01"});
    let path = format!("/v1/memberships/{membership}");
    assert_eq!(app.ask(Method::PUT, &path, fund.with(stated)).await.status, StatusCode::CREATED);
    let theirs_too = theirs(&app, &fund, &province).await;
    let their_officer = app.hire(&province, Role::Officer).await;
    let party = app.file_party(&their_officer, "enterprise", "某某").await;
    let group = Uuid::now_v7();
    let made = their_officer.with(json!({"name": "某系"}));
    let made = app.ask(Method::PUT, &format!("/v1/party-groups/{group}"), made).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    let (agreement, quota) = agreement_and_quota(&app, &province).await;
    let contract = their_contract(&app, &their_officer, party, agreement).await;
    let [import_file, import_mapping, import] = imports::their_import(&app, &province).await;
    for (method, operation) in closed() {
        let foreign = match sample(&operation, Uuid::nil()).foreign {
            Foreign::NotFound(Whose::User) => province.id,
            Foreign::NotFound(Whose::Client) => client,
            Foreign::NotFound(Whose::Institution) => province.institution,
            Foreign::NotFound(Whose::Membership) => membership,
            Foreign::NotFound(Whose::Statement) => theirs_too.statement,
            Foreign::NotFound(Whose::Limit) => theirs_too.limit,
            Foreign::NotFound(Whose::Confirmation) => theirs_too.confirmation,
            Foreign::NotFound(Whose::Investment) => theirs_too.investment,
            Foreign::NotFound(Whose::Bank) => theirs_too.bank,
            Foreign::NotFound(Whose::Branch) => theirs_too.branch,
            Foreign::NotFound(Whose::Product) => theirs_too.product,
            Foreign::NotFound(Whose::Party) => party,
            Foreign::NotFound(Whose::PartyGroup) => group,
            Foreign::NotFound(Whose::Agreement) => agreement,
            Foreign::NotFound(Whose::Quota) => quota,
            Foreign::NotFound(Whose::Contract) => contract,
            Foreign::NotFound(Whose::Deadline) => theirs_too.deadline,
            Foreign::NotFound(Whose::ImportFile) => import_file,
            Foreign::NotFound(Whose::ImportMapping) => import_mapping,
            Foreign::NotFound(Whose::Import) => import,
            Foreign::Shared | Foreign::Own | Foreign::None => continue,
        };
        let (theirs, nothing) = (sample(&operation, foreign), sample(&operation, Uuid::now_v7()));
        // Whoever may: what is refused by role says nothing about the id.
        let roles = [(Role::Admin, &city), (Role::Officer, &officer), (Role::Approver, &approver)];
        let (_, asker) = roles.into_iter().find(|(role, _)| allows(*role, theirs.action)).unwrap();
        let theirs = app.ask(method.clone(), &theirs.path, theirs.ask(Some(&asker.token))).await;
        let nothing = app.ask(method, &nothing.path, nothing.ask(Some(&asker.token))).await;
        assert_eq!((theirs.status, nothing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{operation}");
        assert_eq!(theirs.body, nothing.body, "{operation}");
    }
}

#[tokio::test]
async fn an_id_that_another_institution_uses_makes_a_row_of_ones_own_and_leaves_theirs_alone() {
    let World { app, province, city, .. } = harness::world().await;
    let path = format!("/v1/users/{}", province.id);
    let body = json!({"name": "mine", "display_name": "某人", "role": "officer"});
    assert_eq!(app.ask(Method::PUT, &path, city.with(body)).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::GET, &path, province.ask()).await.json()["name"], "admin");
    assert_eq!(app.ask(Method::GET, &path, city.ask()).await.json()["name"], "mine");
}

#[tokio::test]
async fn a_refusal_is_in_the_audit_list_of_the_callers_institution() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    assert_eq!(app.ask(Method::GET, "/v1/audit-entries", officer.ask()).await.status, StatusCode::FORBIDDEN);
    let list = app.ask(Method::GET, "/v1/audit-entries?limit=1", admin.ask()).await.json();
    let last = &list["items"][0];
    assert_eq!((&last["action"], &last["outcome"]), (&json!("read_audit"), &json!("refused")));
    assert_eq!((&last["actor_id"], &last["actor_kind"]), (&json!(officer.id), &json!("person")));
}
