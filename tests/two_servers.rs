//! Two servers on one database: whatever one of them was told, the other knows at once, and together they pass no limit.

use crate::harness::{self, App, Ask, Desk, PASSWORD, Person, World, created, desk, process::Home};
use axum::http::{Method, StatusCode};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;
use zengxin::{
    auth::{Keys, Role},
    http::AppState,
};

async fn profile(server: &App, token: &str) -> StatusCode {
    server.ask(Method::GET, "/v1/profile", Ask { token: Some(token), ..Ask::default() }).await.status
}

fn text(answer: &harness::Answer, field: &str) -> String {
    answer.json()[field].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_login_on_one_is_good_on_the_other_and_a_logout_on_one_ends_it_on_the_other_at_once() {
    let (one, _) = harness::fund().await;
    let two = one.second().await;
    let token = text(&one.log_in("fund", "admin", PASSWORD).await, "access_token");
    assert_eq!(profile(&two, &token).await, StatusCode::OK);
    let left = two.ask(Method::DELETE, "/v1/sessions/current", Ask { token: Some(&token), ..Ask::default() }).await;
    assert_eq!(left.status, StatusCode::NO_CONTENT);
    assert_eq!(profile(&one, &token).await, StatusCode::UNAUTHORIZED);
    assert_eq!(profile(&two, &token).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refresh_token_used_on_one_and_shown_again_on_the_other_ends_the_session_on_both() {
    let (one, admin) = harness::fund().await;
    let two = one.second().await;
    let next = one.refresh(&admin.refresh).await;
    assert_eq!(next.status, StatusCode::CREATED);
    let (access, refresh) = (text(&next, "access_token"), text(&next, "refresh_token"));
    assert_eq!(profile(&two, &access).await, StatusCode::OK);
    assert_eq!(two.refresh(&admin.refresh).await.status, StatusCode::UNAUTHORIZED, "shown to the other before");
    for server in [&one, &two] {
        assert_eq!(profile(server, &access).await, StatusCode::UNAUTHORIZED);
        assert_eq!(server.refresh(&refresh).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_refresh_token_shown_to_both_at_once_is_served_at_most_once() {
    let (one, admin) = harness::fund().await;
    let two = one.second().await;
    let (first, second) = tokio::join!(one.refresh(&admin.refresh), two.refresh(&admin.refresh));
    assert_eq!([first, second].iter().filter(|answer| answer.status == StatusCode::CREATED).count(), 1);
}

/// Asks a server, again with the same id for as long as somebody else is at the same data.
async fn until_done(server: &App, person: &Person, path: &str, body: &Value) -> harness::Answer {
    loop {
        let answer = server.put(person, path, body.clone()).await;
        if answer.status != StatusCode::SERVICE_UNAVAILABLE {
            return answer;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_put_to_both_at_once_under_one_id_is_done_once() {
    let desk = desk().await;
    let two = desk.app.second().await;
    for place in 0..8 {
        let client = desk.client("farmer", &format!("农户{place}")).await;
        let contract = desk.submitted(desk.content(client, "10000.00")).await;
        let path = format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7());
        let body = json!({"content_version": 1});
        let (here, there) = tokio::join!(
            until_done(&desk.app, &desk.approver, &path, &body),
            until_done(&two, &desk.approver, &path, &body)
        );
        let mut statuses = [here.status, there.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::CREATED], "{:?} {:?}", here.body, there.body);
        assert_eq!(here.json()["seq"], there.json()["seq"]);
        assert_eq!(desk.contract(contract).await["outstanding"], "10000.00");
    }
    desk.app.reconcile().await;
}

/// 80万 of 100万 with small-and-agri clients, and sixteen drafts of 1万 each that wait for an approver: half of them outside.
async fn waiting_at_exactly_eighty_per_cent(desk: &Desk) -> Vec<Uuid> {
    let (small, large) = (desk.client("farmer", "王某某").await, desk.client("large", "宏图集团").await);
    desk.in_force(desk.content(small, "800000.00")).await;
    desk.book(desk.content(large, "200000.00")).await;
    let mut waiting = Vec::new();
    for place in 0..16 {
        let kind = if place % 2 == 0 { "farmer" } else { "large" };
        let client = desk.client(kind, &format!("客户{place}")).await;
        waiting.push(desk.draft(desk.content(client, "10000.00")).await);
    }
    crate::races::put_before_the_approver(desk, &waiting).await;
    waiting
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_on_both_at_once_never_pass_the_80_per_cent_share() {
    let desk = desk().await;
    let two = desk.app.second().await;
    let waiting = waiting_at_exactly_eighty_per_cent(&desk).await;
    let body = json!({"content_version": 1});
    let each = waiting.iter().enumerate().map(|(place, contract)| {
        let server = if place % 4 < 2 { &desk.app } else { &two };
        let (path, body, approver) =
            (format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7()), &body, &desk.approver);
        async move { until_done(server, approver, &path, body).await.status }
    });
    let statuses = crate::races::all_of(each).await;
    let approved = statuses.iter().filter(|status| **status == StatusCode::CREATED).count();
    assert!(statuses.iter().all(|status| [StatusCode::CREATED, StatusCode::UNPROCESSABLE_ENTITY].contains(status)));
    // Of 80万 + 8万 and 20万 + n·1万: the farmers' eight carry two outside, 88 ÷ (88 + 22) = 80 %; the third would be 79.3 %.
    assert!((8..=10).contains(&approved), "{approved}");
    assert_eq!(crate::races::breaches(&desk).await, 0);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn an_institution_suspended_through_one_is_refused_on_the_other() {
    let World { app: one, province, city, .. } = harness::world().await;
    let two = one.second().await;
    let officer = one.hire(&city, Role::Officer).await;
    let file = async |server: &App| {
        let body = json!({"name": "某某", "kind": "enterprise", "region_code": "330100", "industry_code": "13"});
        server.put(&officer, &format!("/v1/parties/{}", Uuid::now_v7()), body).await
    };
    created(&file(&two).await);
    let path = format!("/v1/institutions/{}/decisions/{}", city.institution, Uuid::now_v7());
    created(&one.put(&province, &path, json!({"decision": "suspended", "reason": "监管要求"})).await);
    for server in [&two, &one] {
        let answer = file(server).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("institution_not_active"))
        );
    }
    let path = format!("/v1/institutions/{}/decisions/{}", city.institution, Uuid::now_v7());
    created(&two.put(&province, &path, json!({"decision": "reinstated", "reason": "整改完成"})).await);
    created(&file(&one).await);
}

#[tokio::test]
async fn wrong_passwords_are_counted_over_both() {
    let (one, _) = harness::fund().await;
    let two = one.second().await;
    for server in [&one, &two, &one, &two] {
        assert_eq!(server.log_in("fund", "admin", "wrong").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(two.log_in("fund", "admin", PASSWORD).await.status, StatusCode::CREATED, "the fifth would lock it");
    for server in [&one, &two, &one, &two, &one] {
        assert_eq!(server.log_in("fund", "admin", "wrong").await.status, StatusCode::UNAUTHORIZED);
    }
    for server in [&one, &two] {
        assert_eq!(server.log_in("fund", "admin", PASSWORD).await.status, StatusCode::UNAUTHORIZED, "locked");
    }
}

/// How many connections wait for a row that another has locked.
async fn waiting_for_a_lock(desk: &Desk) -> i64 {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let superuser = desk.app.database.superuser().await;
    let row = superuser.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_in_the_middle_of_a_booking_leaves_nothing_half_done_and_the_other_goes_on() {
    let mut desk = desk().await;
    // A process that signs and reads the same tokens.
    let keys = "2a".repeat(32);
    desk.app.become_state(AppState { keys: Arc::new(Keys::parse(&keys).unwrap()), ..desk.app.state.clone() });
    for person in [&mut desk.officer, &mut desk.approver] {
        person.token = text(&desk.app.log_in(&person.code, &person.name, PASSWORD).await, "access_token");
    }
    let client = desk.client("farmer", "王某某").await;
    let contract = desk.submitted(desk.content(client, "10000.00")).await;
    let home = Home::new();
    let killed = home.serve_on(&desk.app.database.serving_url(), &keys);
    // It gets as far as the journal, which somebody holds.
    let superuser = desk.app.database.superuser().await;
    let holder = superuser.begin().await.unwrap();
    let hold =
        format!("SELECT seq FROM zengxin.journal_head WHERE institution_id = '{}' FOR UPDATE", desk.admin.institution);
    holder.execute_unprepared(&hold).await.unwrap();
    let path = format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7());
    let body = json!({"content_version": 1});
    let asked = killed.begin_put(&path, &desk.approver.token, &body.to_string());
    while waiting_for_a_lock(&desk).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    killed.kill();
    drop(asked);
    holder.rollback().await.unwrap();
    assert_eq!(desk.contract(contract).await["state"], "submitted");
    assert_eq!(desk.contract(contract).await["outstanding"], "0.00");
    desk.app.reconcile().await;
    // Nobody knows the answer; the other server is asked with the same id.
    created(&until_done(&desk.app, &desk.approver, &path, &body).await);
    assert_eq!(desk.contract(contract).await["outstanding"], "10000.00");
    desk.app.reconcile().await;
}
