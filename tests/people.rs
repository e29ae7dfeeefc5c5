//! People and machines: coming in, going on, being locked out, leaving.

use crate::harness::{self, App, Ask, PASSWORD, Person};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, StatusCode},
};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::{Value, json};
use std::net::SocketAddr;
use uuid::Uuid;
use zengxin::{auth::Role, clock, config::HttpConfig};

async fn profile(app: &App, token: &str) -> StatusCode {
    app.ask(Method::GET, "/v1/profile", Ask { token: Some(token), ..Ask::default() }).await.status
}

fn text(answer: &harness::Answer, field: &str) -> String {
    answer.json()[field].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_person_logs_in_reads_the_own_account_and_logs_out() {
    let (app, admin) = harness::fund().await;
    let answer = app.ask(Method::GET, "/v1/profile", admin.ask()).await;
    assert_eq!((answer.json()["name"].as_str(), answer.json()["role"].as_str()), (Some("admin"), Some("admin")));
    let answer = app.ask(Method::DELETE, "/v1/sessions/current", admin.ask()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(profile(&app, &admin.token).await, StatusCode::UNAUTHORIZED);
    assert_eq!(app.refresh(&admin.refresh).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_unknown_institution_an_unknown_user_and_a_wrong_password_are_answered_alike() {
    let (app, _) = harness::fund().await;
    let mut answers = Vec::new();
    for (code, name, password) in [
        ("nowhere", "admin", PASSWORD),
        ("fund", "nobody", PASSWORD),
        ("fund", "admin", "wrong"),
        ("fund", "admin\0", PASSWORD),
        ("fund' OR '1'='1", "admin", PASSWORD),
    ] {
        let started = std::time::Instant::now();
        let answer = app.log_in(code, name, password).await;
        assert!(started.elapsed() >= std::time::Duration::from_millis(300), "{code} {name}");
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{code} {name}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        answers.push(answer.body);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn five_wrong_passwords_lock_out_the_right_one_until_the_lock_ends() {
    let (mut app, _) = harness::fund().await;
    for _ in 0..5 {
        assert_eq!(app.log_in("fund", "admin", "wrong").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(app.log_in("fund", "admin", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    app.at(clock::now() + TimeDelta::seconds(61));
    assert_eq!(app.log_in("fund", "admin", PASSWORD).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn wrong_passwords_sent_at_once_all_count() {
    let (app, _) = harness::fund().await;
    tokio::join!(
        app.log_in("fund", "admin", "wrong-1"),
        app.log_in("fund", "admin", "wrong-2"),
        app.log_in("fund", "admin", "wrong-3"),
        app.log_in("fund", "admin", "wrong-4"),
        app.log_in("fund", "admin", "wrong-5"),
    );
    assert_eq!(app.log_in("fund", "admin", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refresh_token_serves_once_and_shown_twice_ends_the_session_for_thief_and_holder() {
    let (app, admin) = harness::fund().await;
    let next = app.refresh(&admin.refresh).await;
    assert_eq!(next.status, StatusCode::CREATED);
    assert_eq!(profile(&app, &text(&next, "access_token")).await, StatusCode::OK);
    assert_eq!(app.refresh(&admin.refresh).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.refresh(&text(&next, "refresh_token")).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(profile(&app, &text(&next, "access_token")).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refresh_token_shown_twice_at_once_is_served_at_most_once() {
    let (app, admin) = harness::fund().await;
    let (one, two) = tokio::join!(app.refresh(&admin.refresh), app.refresh(&admin.refresh));
    let served = [one, two].iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    assert_eq!(served, 1);
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let (app, admin) = harness::fund().await;
    let guessed = format!("{}x", &admin.refresh[..admin.refresh.len() - 1]);
    let elsewhere =
        admin.refresh.replacen(&admin.institution.simple().to_string(), &Uuid::now_v7().simple().to_string(), 1);
    for token in ["", "a.b.c", &admin.token, &guessed, &elsewhere] {
        assert_eq!(app.refresh(token).await.status, StatusCode::UNAUTHORIZED, "{token}");
    }
    assert_eq!(app.refresh(&admin.refresh).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn an_access_token_serves_ten_minutes_and_a_session_twelve_hours() {
    let (mut app, admin) = harness::fund().await;
    app.at(clock::now() + TimeDelta::minutes(11));
    assert_eq!(profile(&app, &admin.token).await, StatusCode::UNAUTHORIZED);
    let next = app.refresh(&admin.refresh).await;
    assert_eq!(next.status, StatusCode::CREATED);
    app.at(clock::now() + TimeDelta::hours(13));
    assert_eq!(app.refresh(&text(&next, "refresh_token")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_one_time_link_serves_once_and_only_the_last_one() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let mut links = Vec::new();
    for _ in 0..2 {
        let path = format!("/v1/users/{}/links/{}", officer.id, Uuid::now_v7());
        links.push(text(&app.ask(Method::PUT, &path, admin.ask()).await, "link"));
        let repeated = app.ask(Method::PUT, &path, admin.ask()).await;
        assert_eq!((repeated.status, &repeated.json()["link"]), (StatusCode::OK, &Value::Null));
    }
    let redeem = async |link: &str, password: &str| {
        let body = Some(json!({"link": link, "password": password}));
        app.ask(Method::POST, "/v1/passwords", Ask { body, ..Ask::default() }).await.status
    };
    assert_eq!(redeem(&links[0], PASSWORD).await, StatusCode::UNAUTHORIZED);
    assert_eq!(redeem(&links[1], "password1234").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(redeem(&links[1], "another-Kettle-94-harbour").await, StatusCode::NO_CONTENT);
    assert_eq!(redeem(&links[1], PASSWORD).await, StatusCode::UNAUTHORIZED);
    assert_eq!(profile(&app, &officer.token).await, StatusCode::UNAUTHORIZED, "a new password ends every session");
}

#[tokio::test]
async fn a_one_time_link_expires_after_three_days() {
    let (mut app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let path = format!("/v1/users/{}/links/{}", officer.id, Uuid::now_v7());
    let link = text(&app.ask(Method::PUT, &path, admin.ask()).await, "link");
    app.at(clock::now() + TimeDelta::hours(73));
    let body = Some(json!({"link": link, "password": PASSWORD}));
    let answer = app.ask(Method::POST, "/v1/passwords", Ask { body, ..Ask::default() }).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let act = Uuid::now_v7();
    let path = format!("/v1/users/{}/offboardings/{act}", officer.id);
    assert_eq!(app.ask(Method::PUT, &path, admin.ask()).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::PUT, &path, admin.ask()).await.status, StatusCode::OK);
    assert_eq!(profile(&app, &officer.token).await, StatusCode::UNAUTHORIZED);
    assert_eq!(app.refresh(&officer.refresh).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.log_in("fund", &officer.name, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_id_that_ended_one_ends_no_other() {
    let (app, admin) = harness::fund().await;
    let (one, two) = (app.hire(&admin, Role::Officer).await, app.hire(&admin, Role::Officer).await);
    let (first, _, _) = machine(&app, &admin, &["audit:read"]).await;
    let (second, _, _) = machine(&app, &admin, &["audit:read"]).await;
    let act = Uuid::now_v7();
    for (one, two, what) in [
        (format!("users/{}", one.id), format!("users/{}", two.id), "offboardings"),
        (format!("machine-clients/{first}"), format!("machine-clients/{second}"), "revocations"),
    ] {
        let end = async |whose: &str| app.ask(Method::PUT, &format!("/v1/{whose}/{what}/{act}"), admin.ask()).await;
        assert_eq!(end(&one).await.status, StatusCode::CREATED);
        let other = end(&two).await;
        assert_eq!((other.status, &other.json()["code"]), (StatusCode::CONFLICT, &json!("id_taken")), "{what}");
        assert_eq!(end(&one).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn nobody_changes_the_own_role_or_ends_the_own_account() {
    let (app, admin) = harness::fund().await;
    let path = format!("/v1/users/{}", admin.id);
    let body = json!({"name": "admin", "display_name": "某甲", "role": "officer"});
    let ask = Ask { if_match: Some("\"1\""), ..admin.with(body) };
    assert_eq!(app.ask(Method::PUT, &path, ask).await.status, StatusCode::CONFLICT);
    let path = format!("{path}/offboardings/{}", Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, admin.ask()).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_changed_role_ends_the_sessions_that_carry_the_old_one() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let body = json!({"name": officer.name, "display_name": "某丙", "role": "approver"});
    let ask = Ask { if_match: Some("\"1\""), ..admin.with(body) };
    let answer = app.ask(Method::PUT, &format!("/v1/users/{}", officer.id), ask).await;
    assert_eq!((answer.status, answer.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(profile(&app, &officer.token).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_person_changes_the_own_password_by_the_present_one() {
    let (app, admin) = harness::fund().await;
    let change = async |present: &str, new: &str| {
        let body = json!({"present_password": present, "new_password": new});
        app.ask(Method::PUT, "/v1/profile/password", admin.with(body)).await.status
    };
    assert_eq!(change("wrong", "another-Kettle-94-harbour").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(change(PASSWORD, "short").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(change(PASSWORD, "another-Kettle-94-harbour").await, StatusCode::NO_CONTENT);
    assert_eq!(profile(&app, &admin.token).await, StatusCode::OK, "the own session stays");
    assert_eq!(app.log_in("fund", "admin", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.log_in("fund", "admin", "another-Kettle-94-harbour").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_own_account_is_changed_only_in_the_version_that_was_read() {
    let (app, admin) = harness::fund().await;
    let change = async |version: Option<&str>| {
        let ask = Ask { if_match: version, ..admin.with(json!({"display_name": "某人"})) };
        app.ask(Method::PUT, "/v1/profile", ask).await.status
    };
    assert_eq!(change(None).await, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(change(Some("\"7\"")).await, StatusCode::PRECONDITION_FAILED);
    assert_eq!(change(Some("*")).await, StatusCode::BAD_REQUEST);
    assert_eq!(change(Some("\"1\"")).await, StatusCode::OK);
}

/// A machine of the person's institution, with its client id and secret.
async fn machine(app: &App, admin: &Person, grants: &[&str]) -> (Uuid, String, String) {
    let id = Uuid::now_v7();
    let path = format!("/v1/machine-clients/{id}");
    let made = app.ask(Method::PUT, &path, admin.with(json!({"name": id.to_string(), "grants": grants}))).await;
    assert_eq!(made.status, StatusCode::CREATED, "{:?}", made.body);
    (id, text(&made, "client_id"), text(&made, "client_secret"))
}

async fn log_in_machine(app: &App, id: &str, secret: &str) -> harness::Answer {
    let body = Some(json!({"client_id": id, "client_secret": secret}));
    app.ask(Method::POST, "/v1/machine-sessions", Ask { body, ..Ask::default() }).await
}

#[tokio::test]
async fn a_machine_does_what_it_was_granted_until_it_is_revoked() {
    let (app, admin) = harness::fund().await;
    let (id, client_id, secret) = machine(&app, &admin, &["audit:read"]).await;
    let answer = log_in_machine(&app, &client_id, &secret).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let token = text(&answer, "access_token");
    let ask = || Ask { token: Some(&token), ..Ask::default() };
    assert_eq!(app.ask(Method::GET, "/v1/audit-entries", ask()).await.status, StatusCode::OK);
    assert_eq!(app.ask(Method::GET, "/v1/users", ask()).await.status, StatusCode::FORBIDDEN);
    let path = format!("/v1/machine-clients/{id}/revocations/{}", Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, admin.ask()).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::GET, "/v1/audit-entries", ask()).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(log_in_machine(&app, &client_id, &secret).await.status, StatusCode::UNAUTHORIZED);
}

/// What a login is answered that comes while `ending` has ended whoever comes in, and has not yet committed.
async fn beside(
    app: &App,
    ending: impl Future<Output = StatusCode>,
    login: impl Future<Output = StatusCode>,
) -> StatusCode {
    let outside = app.database.superuser().await;
    let held = outside.begin().await.unwrap();
    held.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let first = async {
        app.waiting(1).await;
        let then = async {
            app.waiting(2).await;
            held.commit().await.unwrap();
        };
        tokio::join!(login, then).0
    };
    let (ended, login) = tokio::join!(ending, first);
    assert_eq!(ended, StatusCode::CREATED);
    login
}

#[tokio::test]
async fn whoever_comes_in_while_the_account_is_being_ended_stays_out() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let path = format!("/v1/users/{}/offboardings/{}", officer.id, Uuid::now_v7());
    let ending = async { app.ask(Method::PUT, &path, admin.ask()).await.status };
    let login = async { app.log_in("fund", &officer.name, PASSWORD).await.status };
    assert_eq!(beside(&app, ending, login).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whoever_comes_in_while_the_role_is_being_changed_has_the_new_one() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let body = json!({"name": officer.name, "display_name": "某丙", "role": "approver"});
    let ask = Ask { if_match: Some("\"1\""), ..admin.with(body) };
    let changing = async {
        let changed = app.ask(Method::PUT, &format!("/v1/users/{}", officer.id), ask).await.status;
        if changed == StatusCode::OK { StatusCode::CREATED } else { changed }
    };
    let mut token = String::new();
    let login = async {
        let answer = app.log_in("fund", &officer.name, PASSWORD).await;
        token = text(&answer, "access_token");
        answer.status
    };
    assert_eq!(beside(&app, changing, login).await, StatusCode::CREATED);
    let own = app.ask(Method::GET, "/v1/profile", Ask { token: Some(&token), ..Ask::default() }).await.json();
    let actions = own["actions"].as_array().unwrap();
    assert_eq!(own["role"], "approver");
    assert!(actions.contains(&json!("decide_contract")), "the token carries the new role: {actions:?}");
}

#[tokio::test]
async fn a_machine_that_comes_in_while_it_is_being_revoked_stays_out() {
    let (app, admin) = harness::fund().await;
    let (id, client_id, secret) = machine(&app, &admin, &["audit:read"]).await;
    let path = format!("/v1/machine-clients/{id}/revocations/{}", Uuid::now_v7());
    let ending = async { app.ask(Method::PUT, &path, admin.ask()).await.status };
    let login = async { log_in_machine(&app, &client_id, &secret).await.status };
    assert_eq!(beside(&app, ending, login).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_left_over_of_an_account_that_ended_does_not_go_on() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let path = format!("/v1/users/{}/offboardings/{}", officer.id, Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, admin.ask()).await.status, StatusCode::CREATED);
    let left =
        format!("UPDATE zengxin.session SET ended_at = NULL, ended_because = NULL WHERE user_id = '{}'", officer.id);
    app.database.superuser().await.execute_unprepared(&left).await.unwrap();
    assert_eq!(app.refresh(&officer.refresh).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_machines_secret_is_shown_once_and_no_other_opens() {
    let (app, admin) = harness::fund().await;
    let (id, client_id, _) = machine(&app, &admin, &["audit:read"]).await;
    let again = json!({"name": id.to_string(), "grants": ["audit:read"]});
    let again = app.ask(Method::PUT, &format!("/v1/machine-clients/{id}"), admin.with(again)).await;
    assert_eq!((again.status, &again.json()["client_secret"]), (StatusCode::OK, &Value::Null));
    let (_, _, another) = machine(&app, &admin, &["audit:read"]).await;
    for secret in ["", "x", &another] {
        assert_eq!(log_in_machine(&app, &client_id, secret).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn too_many_logins_from_one_address_are_refused_with_the_time_to_wait() {
    let app = harness::app().await;
    let mut limited = None;
    for _ in 0..70 {
        let answer = app.refresh("nothing").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            limited = Some(answer);
            break;
        }
        assert!(!answer.header("x-ratelimit-remaining").is_empty());
    }
    let limited = limited.unwrap();
    assert_eq!(
        (limited.json()["code"].as_str(), limited.header("content-type")),
        (Some("too_many_requests"), "application/problem+json")
    );
    assert!(limited.header("retry-after").parse::<u64>().is_ok());
}

/// Tries to refresh from a connection, with what it says in X-Forwarded-For; how often until it is refused, at most 70 times.
async fn tries(app: &App, connection: &str, says: impl Fn(usize) -> String) -> usize {
    for place in 0..70 {
        let mut request = Request::post("/v1/sessions/refreshes")
            .header("content-type", "application/json")
            .header("x-forwarded-for", says(place))
            .body(Body::from(r#"{"refresh_token":"nothing"}"#))
            .unwrap();
        let connection: SocketAddr = connection.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(connection));
        if app.send(request).await.status == StatusCode::TOO_MANY_REQUESTS {
            return place;
        }
    }
    70
}

#[tokio::test]
async fn a_strangers_forged_header_gives_no_further_tries_and_a_trusted_proxy_names_who_asks() {
    let mut app = harness::app().await;
    let another_each_time = |place: usize| format!("198.51.100.{place}");
    assert!(tries(&app, "203.0.113.7:40000", another_each_time).await < 70, "no proxy is trusted");
    let trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    app.configure(&HttpConfig { trusted_proxies, ..harness::http_config() });
    assert!(tries(&app, "203.0.113.7:40000", another_each_time).await < 70, "this is no trusted proxy");
    assert_eq!(tries(&app, "10.1.2.3:40000", another_each_time).await, 70, "seventy who ask once each");
    let behind = |place: usize| format!("192.0.2.{place}, 198.51.100.200");
    assert!(
        tries(&app, "10.1.2.3:40000", behind).await < 70,
        "what stands before the proxy's word is the stranger's own"
    );
}

#[tokio::test]
async fn no_password_link_or_token_is_in_a_row_in_the_clear_and_no_name_in_the_audit_list() {
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let everything = "SELECT string_agg(t::text, ' ') FROM (SELECT c::text FROM zengxin.credential c
        UNION ALL SELECT l::text FROM zengxin.one_time_link l UNION ALL SELECT r::text FROM zengxin.refresh_token r
        UNION ALL SELECT a::text FROM zengxin.audit_entry a) t";
    let statement = Statement::from_string(DbBackend::Postgres, everything);
    let row = app.database.superuser().await.query_one_raw(statement).await.unwrap().unwrap();
    let everything: String = row.try_get_by_index(0).unwrap();
    assert!(everything.contains("$argon2id$"));
    for secret in [PASSWORD, &officer.name, "某丙", "某甲", officer.refresh.rsplit('.').next().unwrap()] {
        assert!(!everything.contains(secret), "{secret}");
    }
}

/// The names in one field of the items of a list.
async fn listed(app: &App, by: &Person, path: &str, field: &str) -> Vec<String> {
    let answer = app.ask(Method::GET, path, by.ask()).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {:?}", answer.body);
    let items = answer.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn users_are_listed_by_role_and_by_whether_they_have_left() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    let auditor = app.hire(&admin, Role::Auditor).await;
    let path = format!("/v1/users/{}/offboardings/{}", auditor.id, Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, admin.ask()).await.status, StatusCode::CREATED);
    let officers = listed(&app, &admin, "/v1/users?role=officer", "name").await;
    assert_eq!(officers, std::slice::from_ref(&officer.name));
    assert_eq!(listed(&app, &admin, "/v1/users?status=offboarded", "name").await, [auditor.name]);
    assert_eq!(listed(&app, &admin, "/v1/users?status=active", "name").await, ["admin".to_owned(), officer.name]);
    assert!(listed(&app, &admin, "/v1/users?role=officer&status=offboarded", "name").await.is_empty());
    let unknown = app.ask(Method::GET, "/v1/users?role=god", admin.ask()).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_audit_list_is_narrowed_to_an_action_an_outcome_or_somebody() {
    let (app, admin) = harness::fund().await;
    let auditor = app.hire(&admin, Role::Auditor).await;
    let path = format!("/v1/users/{}", Uuid::now_v7());
    let body = json!({"name": "new.user", "display_name": "某丁", "role": "officer"});
    assert_eq!(app.ask(Method::PUT, &path, auditor.with(body)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(listed(&app, &auditor, "/v1/audit-entries?outcome=refused", "action").await, ["manage_users"]);
    let path = format!("/v1/audit-entries?actor_id={}", auditor.id);
    assert_eq!(listed(&app, &auditor, &path, "action").await, ["manage_users"]);
    // One user was added, and given one link.
    let done = "/v1/audit-entries?action=manage_users&outcome=done";
    assert_eq!(listed(&app, &auditor, done, "outcome").await, ["done", "done"]);
    let unknown = app.ask(Method::GET, "/v1/audit-entries?action=dance", auditor.ask()).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_weak_new_password_is_named_at_its_own_field() {
    let (app, admin) = harness::fund().await;
    let body = json!({"present_password": PASSWORD, "new_password": "short"});
    let answer = app.ask(Method::PUT, "/v1/profile/password", admin.with(body)).await;
    assert_eq!(answer.json()["errors"][0]["field"], "new_password");
}
