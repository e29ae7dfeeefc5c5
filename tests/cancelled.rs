//! A caller who goes away: whatever was cut off half-way, nobody after it meets an open transaction or another institution's rows.

use crate::harness::{self, Person, World};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::value::InstitutionId;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;
use std::{
    future::poll_fn,
    task::Poll,
    time::{Duration, Instant},
};
use tokio::time::{sleep, timeout};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Caller},
    clock::Clock,
    store::{Database, Scope},
};

/// How often callers go away.
const TIMES: u64 = 200;

/// How many connections of the service stand inside a transaction while nothing is asked of them.
async fn left_open(app: &harness::App) -> i64 {
    let sql =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'zengxin'
        AND state LIKE 'idle in transaction%'";
    let superuser = app.database.superuser().await;
    let row = superuser.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// What was cut off is cleared up in the background: none is left once that is done, and none is at the end.
async fn none_is_left_open(app: &harness::App) {
    let started = Instant::now();
    while left_open(app).await > 0 {
        assert!(started.elapsed() < Duration::from_secs(10), "a connection stays inside a transaction");
        sleep(Duration::from_millis(5)).await;
    }
}

/// This person is served, and sees its own institution alone.
async fn sees_its_own(app: &harness::App, person: &Person) {
    let answer = app.read(person, "/v1/users").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    let ids: Vec<_> = answer.json()["items"].as_array().unwrap().iter().map(|user| user["id"].clone()).collect();
    assert_eq!(ids, [json!(person.id)], "{}", person.code);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_who_go_away_at_any_moment_leave_no_connection_inside_a_transaction_and_nobody_elses_rows() {
    let World { mut app, fund, province, city, .. } = harness::world().await;
    let few = Database::connect(&app.database.serving_url(), 2).await.unwrap();
    app.serve_from(few);
    let people = [&fund, &province, &city];
    for round in 0..TIMES {
        let person = people[usize::try_from(round).unwrap() % people.len()];
        // Microseconds from 0 to 5000, spread without a source of chance: 7919 is prime.
        let patience = Duration::from_micros(round * 7919 % 5_000);
        let request = || Request::builder().header("authorization", format!("Bearer {}", person.token));
        let read = request().uri("/v1/users").body(Body::empty()).unwrap();
        let write = request().method("PUT").uri(format!("/v1/machine-clients/{}", Uuid::now_v7()));
        let write = write.header("content-type", "application/json");
        let body = json!({"name": Uuid::now_v7().to_string(), "grants": ["audit:read"]}).to_string();
        let write = write.body(Body::from(body)).unwrap();
        let (_, _) = tokio::join!(timeout(patience, app.send(read)), timeout(patience, app.send(write)));
        if round % 8 == 7 {
            for next in people {
                sees_its_own(&app, next).await;
            }
        }
    }
    none_is_left_open(&app).await;
    app.reconcile().await;
    for person in people {
        tokio::join!(sees_its_own(&app, person), sees_its_own(&app, person));
    }
}

/// How often the walk through the steps is taken: an answer that is there at once, because the machine did something else meanwhile, makes
/// two steps one.
const WALKS: u32 = 8;

#[tokio::test]
async fn a_caller_who_goes_away_while_a_transaction_begins_or_ends_does_not_leave_it_to_the_next() {
    let (app, admin) = harness::fund().await;
    let one = Database::connect(&app.database.serving_url(), 1).await.unwrap();
    let fund = Caller::operator(InstitutionId::from_uuid(admin.institution));
    let mut most = 0;
    for _ in 0..WALKS {
        // One step more each time, until everything was done: so every moment at which a caller can go is one of them.
        for steps in 0.. {
            let mut work = Box::pin(async {
                let scope = Scope::open(&one, Clock::System, &fund, Action::VerifyAudit).await.unwrap();
                scope.commit_unrecorded().await.unwrap();
            });
            let mut whole = false;
            for _ in 0..steps {
                whole = poll_fn(|context| Poll::Ready(work.as_mut().poll(context).is_ready())).await;
                if whole {
                    break;
                }
                sleep(Duration::from_millis(1)).await;
            }
            drop(work);
            one.pool().execute_unprepared("SELECT 1").await.unwrap();
            none_is_left_open(&app).await;
            if whole {
                most = steps.max(most);
                break;
            }
        }
    }
    assert!(most > 3, "it takes more steps than that: {most}");
}
