//! A browser's session: the refresh token in a cookie that scripts do not read and other sites cannot use.

use crate::harness::{self, Answer, App, Ask, PASSWORD, Person};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::{Value, json};

/// The header by which a page of the console asks for the cookie.
const FORM: (&str, &str) = ("x-zengxin-session", "cookie");

async fn post(app: &App, path: &str, headers: &[(&str, &str)], body: Value) -> Answer {
    let mut request = Request::post(path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

fn credentials() -> Value {
    json!({"institution_code": "fund", "user": "admin", "password": PASSWORD})
}

async fn log_in(app: &App, more: &[(&str, &str)]) -> Answer {
    post(app, "/v1/sessions", &[&[FORM], more].concat(), credentials()).await
}

async fn go_on(app: &App, cookie: &str) -> Answer {
    post(app, "/v1/sessions/refreshes", &[FORM, ("cookie", cookie)], json!({})).await
}

/// What the browser sends back: name and value, without the attributes.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

fn token(answer: &Answer) -> String {
    answer.json()["access_token"].as_str().unwrap_or_default().to_owned()
}

async fn profile(app: &App, token: &str) -> StatusCode {
    app.ask(Method::GET, "/v1/profile", Ask { token: Some(token), ..Ask::default() }).await.status
}

#[tokio::test]
async fn a_browser_is_given_the_refresh_token_in_a_cookie_that_no_script_and_no_other_site_reaches() {
    let (app, _) = harness::fund().await;
    let answer = log_in(&app, &[]).await;
    assert_eq!((answer.status, answer.json().get("refresh_token")), (StatusCode::CREATED, None));
    let set = answer.header("set-cookie");
    let attributes: Vec<&str> = set.split("; ").skip(1).collect();
    // Twelve hours, the life of a session.
    assert_eq!(attributes, ["Path=/v1/sessions", "Max-Age=43200", "HttpOnly", "SameSite=Strict"], "{set}");
    assert_eq!(answer.json()["session_expires_in"], 43_200);
    assert_eq!(profile(&app, &token(&answer)).await, StatusCode::OK);
}

#[tokio::test]
async fn the_cookie_goes_over_https_alone_when_the_browser_came_by_it() {
    let (app, _) = harness::fund().await;
    for (protocol, secure) in [("https", true), ("https, http", true), ("http", false), ("http, https", false)] {
        let answer = log_in(&app, &[("x-forwarded-proto", protocol)]).await;
        assert_eq!(answer.header("set-cookie").ends_with("; Secure"), secure, "{protocol}");
    }
}

#[tokio::test]
async fn a_program_is_given_its_token_in_the_body_and_no_cookie() {
    let (app, admin) = harness::fund().await;
    let answer = app.refresh(&admin.refresh).await;
    assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::CREATED, ""));
    assert!(answer.json()["refresh_token"].is_string());
    let answer = post(&app, "/v1/sessions/refreshes", &[], json!({})).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["errors"][0]["field"], "refresh_token");
}

#[tokio::test]
async fn a_session_goes_on_by_its_cookie_which_changes_each_time() {
    let (app, _) = harness::fund().await;
    let first = cookie(&log_in(&app, &[]).await);
    let answer = go_on(&app, &format!("other=1; {first}")).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_ne!(cookie(&answer), first);
    assert_eq!(profile(&app, &token(&answer)).await, StatusCode::OK);
    assert_eq!(go_on(&app, &cookie(&answer)).await.status, StatusCode::CREATED);
    assert_eq!(go_on(&app, "zengxin_refresh=").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(go_on(&app, "zengxin_refresh=a.b.c").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_cookie_alone_serves_nobody_and_neither_does_a_page_of_another_site() {
    let (app, _) = harness::fund().await;
    let kept = cookie(&log_in(&app, &[]).await);
    let with = async |headers: &[(&str, &str)]| {
        post(&app, "/v1/sessions/refreshes", &[&[("cookie", kept.as_str())], headers].concat(), json!({})).await
    };
    // A form or an image of another site sends no header of its own.
    assert_eq!(with(&[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(with(&[("x-zengxin-session", "body")]).await.status, StatusCode::BAD_REQUEST);
    for site in ["cross-site", "same-site", "none"] {
        let answer = with(&[FORM, ("sec-fetch-site", site)]).await;
        assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::FORBIDDEN, &json!("foreign_page")), "{site}");
        assert_eq!(log_in(&app, &[("sec-fetch-site", site)]).await.status, StatusCode::FORBIDDEN, "{site}");
    }
    assert_eq!(with(&[FORM, ("sec-fetch-site", "same-origin")]).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn no_other_site_is_allowed_to_send_the_header() {
    let (app, _) = harness::fund().await;
    let ask = Request::options("/v1/sessions/refreshes").header("origin", "https://elsewhere.example");
    let ask = ask.header("access-control-request-method", "POST");
    let ask = ask.header("access-control-request-headers", "x-zengxin-session").body(Body::empty()).unwrap();
    let answer = app.send(ask).await;
    assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{:?}", answer.headers);
}

#[tokio::test]
async fn a_page_left_before_its_answer_came_goes_on_by_the_cookie_it_still_has() {
    let (app, _) = harness::fund().await;
    let first = cookie(&log_in(&app, &[]).await);
    // Two answers are lost on their way.
    go_on(&app, &first).await;
    go_on(&app, &first).await;
    let third = go_on(&app, &first).await;
    assert_eq!(third.status, StatusCode::CREATED);
    assert_eq!(go_on(&app, &cookie(&third)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_cookie_shown_after_the_one_that_followed_it_ends_the_session_for_thief_and_holder() {
    let (app, _) = harness::fund().await;
    let stolen = cookie(&log_in(&app, &[]).await);
    let second = cookie(&go_on(&app, &stolen).await);
    let third = go_on(&app, &second).await;
    assert_eq!(go_on(&app, &stolen).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(go_on(&app, &cookie(&third)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(profile(&app, &token(&third)).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn of_two_who_exchange_one_cookie_the_first_ends_the_session_by_going_on() {
    let (app, _) = harness::fund().await;
    let stolen = cookie(&log_in(&app, &[]).await);
    let thief = cookie(&go_on(&app, &stolen).await);
    let holder = cookie(&go_on(&app, &stolen).await);
    assert_eq!(go_on(&app, &thief).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(go_on(&app, &holder).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn leaving_ends_the_session_and_the_cookie() {
    let (app, _) = harness::fund().await;
    let answer = log_in(&app, &[("x-forwarded-proto", "https")]).await;
    let (kept, token) = (cookie(&answer), token(&answer));
    let leave = Request::delete("/v1/sessions/current").header("authorization", format!("Bearer {token}"));
    let leave = leave.header("cookie", &kept).header("x-forwarded-proto", "https").body(Body::empty()).unwrap();
    let answer = app.send(leave).await;
    let emptied = "zengxin_refresh=; Path=/v1/sessions; Max-Age=0; HttpOnly; SameSite=Strict; Secure";
    assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::NO_CONTENT, emptied));
    assert_eq!(go_on(&app, &kept).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(profile(&app, &token).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_profile_says_what_may_be_done_and_what_a_suspension_stops() {
    let world = harness::world().await;
    let read = async |person: &Person| world.app.ask(Method::GET, "/v1/profile", person.ask()).await.json();
    let province = read(&world.province).await;
    assert_eq!(province["institution"]["code"], "province");
    assert_eq!(province["onboards"], json!(["guarantee_institution", "finance_bureau"]));
    assert_eq!(province["relations"], json!(["reguarantees"]));
    assert_eq!((&province["second_factor"], &province["stopped"]), (&json!(false), &json!([])));
    assert!(province["actions"].as_array().unwrap().contains(&json!("onboard_institution")));
    let roles = read(&world.bureau).await["roles"].clone();
    assert_eq!(roles, json!(["auditor", "admin", "reviewer", "bureau_approver"]));

    let path = format!("/v1/institutions/{}/decisions/{}", world.province.institution, uuid::Uuid::now_v7());
    let suspend = world.fund.with(json!({"decision": "suspended", "reason": "试"}));
    assert_eq!(world.app.ask(Method::PUT, &path, suspend).await.status, StatusCode::CREATED);
    let province = read(&world.province).await;
    assert_eq!(province["institution"]["status"], "suspended");
    let stopped = [
        "onboard_institution",
        "decide_institution",
        "state_membership",
        "state_local_limit",
        "state_confirmation",
        "state_bank",
        "state_bank_branch",
        "state_product",
        "state_deadline",
    ];
    assert_eq!(province["stopped"], json!(stopped));
}
