//! The second factor: set up, shown at a login, lost and removed.

use crate::harness::{self, Answer, App, Ask, PASSWORD, Person};
use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use zengxin::{
    auth::{Role, SharedSecret},
    clock,
};

/// Tries to log in with a code besides.
async fn log_in(app: &App, person: &Person, password: &str, code: &str) -> Answer {
    let body = json!({"institution_code": person.code, "user": person.name, "password": password, "code": code});
    app.ask(Method::POST, "/v1/sessions", Ask { body: Some(body), ..Ask::default() }).await
}

/// An officer with a second factor, the administrator, the secret, the recovery codes, and the moment it was set up.
async fn enrolled() -> (App, Person, Person, SharedSecret, Vec<String>, DateTime<Utc>) {
    let (mut app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let now = clock::now();
    app.at(now);
    let proposed = app.ask(Method::PUT, "/v1/profile/second-factor", officer.ask()).await.json();
    assert!(proposed["uri"].as_str().unwrap().starts_with("otpauth://totp/"), "{proposed}");
    let secret = SharedSecret::from_base32(proposed["secret"].as_str().unwrap()).unwrap();
    let path = "/v1/profile/second-factor/confirmation";
    let wrong = app.ask(Method::PUT, path, officer.with(json!({"code": "00000x"}))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.log_in("fund", &officer.name, PASSWORD).await.status, StatusCode::CREATED, "not yet confirmed");
    let confirmed = app.ask(Method::PUT, path, officer.with(json!({"code": secret.code_at(now).unwrap()}))).await;
    assert_eq!(confirmed.status, StatusCode::OK);
    let codes = serde_json::from_value(confirmed.json()["recovery_codes"].clone()).unwrap();
    (app, admin, officer, secret, codes, now)
}

#[tokio::test]
async fn a_login_asks_for_a_code_that_serves_once() {
    let (mut app, _, officer, secret, _, now) = enrolled().await;
    let answer = app.log_in("fund", &officer.name, PASSWORD).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::UNAUTHORIZED, Some("code_needed")));
    let used = secret.code_at(now).unwrap();
    assert_eq!(log_in(&app, &officer, PASSWORD, &used).await.status, StatusCode::UNAUTHORIZED, "it set up the factor");
    let later = now + TimeDelta::seconds(60);
    app.at(later);
    let code = secret.code_at(later).unwrap();
    assert_eq!(log_in(&app, &officer, "wrong", &code).await.json()["code"], "login_refused");
    assert_eq!(log_in(&app, &officer, PASSWORD, &code).await.status, StatusCode::CREATED);
    assert_eq!(log_in(&app, &officer, PASSWORD, &code).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_wrong_password_does_not_tell_that_a_code_would_be_needed() {
    let (app, _, officer, ..) = enrolled().await;
    assert_eq!(app.log_in("fund", &officer.name, "wrong").await.json()["code"], "login_refused");
}

#[tokio::test]
async fn wrong_codes_lock_the_account_like_wrong_passwords() {
    let (mut app, _, officer, secret, _, now) = enrolled().await;
    for _ in 0..5 {
        assert_eq!(log_in(&app, &officer, PASSWORD, "00000x").await.status, StatusCode::UNAUTHORIZED);
    }
    let later = now + TimeDelta::seconds(45);
    app.at(later);
    let right = secret.code_at(later).unwrap();
    assert_eq!(log_in(&app, &officer, PASSWORD, &right).await.status, StatusCode::UNAUTHORIZED, "locked");
    let unlocked = now + TimeDelta::seconds(90);
    app.at(unlocked);
    let right = secret.code_at(unlocked).unwrap();
    assert_eq!(log_in(&app, &officer, PASSWORD, &right).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_recovery_code_stands_in_once() {
    let (app, _, officer, _, codes, _) = enrolled().await;
    assert_eq!(codes.len(), 10);
    assert_eq!(log_in(&app, &officer, PASSWORD, &codes[3].to_uppercase()).await.status, StatusCode::CREATED);
    assert_eq!(log_in(&app, &officer, PASSWORD, &codes[3]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(log_in(&app, &officer, PASSWORD, &codes[4]).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_second_factor_is_replaced_only_after_an_administrator_removed_it() {
    let (app, admin, officer, _, codes, _) = enrolled().await;
    let again = app.ask(Method::PUT, "/v1/profile/second-factor", officer.ask()).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "whoever finds an open session cannot take it over");
    let path = format!("/v1/users/{}/second-factor", officer.id);
    assert_eq!(app.ask(Method::DELETE, &path, admin.ask()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.log_in("fund", &officer.name, PASSWORD).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::PUT, "/v1/profile/second-factor", officer.ask()).await.status, StatusCode::OK);
    assert_eq!(log_in(&app, &officer, PASSWORD, &codes[0]).await.status, StatusCode::CREATED, "no code is needed now");
}
