//! Views of lists that people keep under names: their own, and those that colleagues share.

use crate::harness::{Answer, App, Ask, Person, World, created, world};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

fn view(name: &str) -> Value {
    json!({"list": "contracts", "name": name, "query": "state=in_force&sort=end", "columns": ["number", "end"]})
}

async fn keep(app: &App, person: &Person, view: Value) -> Uuid {
    let id = Uuid::now_v7();
    created(&app.put(person, &format!("/v1/saved-views/{id}"), view).await);
    id
}

async fn change(app: &App, person: &Person, id: Uuid, version: &str, view: Value) -> Answer {
    let ask = Ask { if_match: Some(version), ..person.with(view) };
    app.ask(Method::PUT, &format!("/v1/saved-views/{id}"), ask).await
}

async fn names(app: &App, person: &Person) -> Vec<String> {
    let views = app.read(person, "/v1/saved-views?list=contracts").await.json();
    views["items"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_view_is_kept_renamed_removed_and_brought_back_by_its_owner() {
    let World { app, city, .. } = world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let id = keep(&app, &officer, view("下月到期")).await;
    let path = format!("/v1/saved-views/{id}");
    assert_eq!(app.put(&officer, &path, view("下月到期")).await.status, StatusCode::OK, "asked for again");
    assert_eq!(app.put(&officer, &path, view("另一个")).await.json()["code"], "id_taken");
    let kept = app.read(&officer, &path).await;
    assert_eq!((kept.json()["query"].as_str(), kept.header("etag")), (Some("state=in_force&sort=end"), "\"1\""));
    assert_eq!(change(&app, &officer, id, "\"1\"", view("到期")).await.status, StatusCode::OK);
    assert_eq!(change(&app, &officer, id, "\"1\"", view("到期")).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(names(&app, &officer).await, ["到期"]);
    let mut removed = view("到期");
    removed["removed"] = json!(true);
    assert_eq!(change(&app, &officer, id, "\"2\"", removed).await.status, StatusCode::OK);
    assert!(names(&app, &officer).await.is_empty());
    assert_eq!(change(&app, &officer, id, "\"3\"", view("到期")).await.status, StatusCode::OK);
    assert_eq!(names(&app, &officer).await, ["到期"]);
    let mut other = view("到期");
    other["list"] = json!("parties");
    assert_eq!(change(&app, &officer, id, "\"4\"", other).await.json()["errors"][0]["field"], "list");
}

#[tokio::test]
async fn a_name_is_one_of_its_owners_on_a_list_and_free_again_once_removed() {
    let World { app, city, .. } = world().await;
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    let id = keep(&app, &officer, view("下月到期")).await;
    let again = app.put(&officer, &format!("/v1/saved-views/{}", Uuid::now_v7()), view("下月到期")).await;
    assert_eq!((again.status, again.json()["errors"][0]["field"].as_str()), (StatusCode::CONFLICT, Some("name")));
    keep(&app, &approver, view("下月到期")).await;
    let mut parties = view("下月到期");
    parties["list"] = json!("parties");
    keep(&app, &officer, parties).await;
    let mut removed = view("下月到期");
    removed["removed"] = json!(true);
    change(&app, &officer, id, "\"1\"", removed).await;
    keep(&app, &officer, view("下月到期")).await;
    let back = change(&app, &officer, id, "\"2\"", view("下月到期")).await;
    assert_eq!(back.json()["code"], "taken", "its name was given away meanwhile");
}

#[tokio::test]
async fn a_view_is_its_owners_alone_until_it_is_shared_and_then_everybodys_of_the_institution_to_read() {
    let World { app, city, province, .. } = world().await;
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    let id = keep(&app, &officer, view("我的")).await;
    let path = format!("/v1/saved-views/{id}");
    assert_eq!(app.read(&approver, &path).await.status, StatusCode::NOT_FOUND);
    assert!(names(&app, &approver).await.is_empty());
    let mut shared = view("大家的");
    shared["shared"] = json!(true);
    assert_eq!(change(&app, &officer, id, "\"1\"", shared.clone()).await.status, StatusCode::OK);
    assert_eq!(names(&app, &approver).await, ["大家的"]);
    assert_eq!(change(&app, &approver, id, "\"2\"", shared.clone()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.read(&province, &path).await.status, StatusCode::NOT_FOUND, "another institution's");
    assert!(names(&app, &province).await.is_empty());
    // A client is of the institution and no colleague: what is looked for says names of other clients.
    let client = app.hire(&city, Role::Client).await;
    assert_eq!(app.read(&client, &path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.read(&client, "/v1/saved-views?list=contracts").await.status, StatusCode::FORBIDDEN);
    shared["removed"] = json!(true);
    change(&app, &officer, id, "\"2\"", shared).await;
    assert_eq!(app.read(&approver, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.read(&officer, &path).await.json()["removed"], true);
}

#[tokio::test]
async fn thirty_views_of_a_list_are_kept_and_no_thirty_first_also_when_eight_come_at_once() {
    let World { app, city, .. } = world().await;
    let officer = app.hire(&city, Role::Officer).await;
    for place in 0..29 {
        keep(&app, &officer, view(&format!("视图{place}"))).await;
    }
    let put = |name: &str| {
        let (app, officer, body) = (&app, &officer, view(name));
        async move { app.put(officer, &format!("/v1/saved-views/{}", Uuid::now_v7()), body).await }
    };
    let names_at_once: Vec<String> = (30..38).map(|place| format!("视图{place}")).collect();
    let answers = futures_util::future::join_all(names_at_once.iter().map(|name| put(name))).await;
    let mut statuses: Vec<StatusCode> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort();
    assert_eq!(statuses[0], StatusCode::CREATED);
    assert_eq!(statuses[1..], [StatusCode::UNPROCESSABLE_ENTITY; 7]);
    assert_eq!(names(&app, &officer).await.len(), 30);
    assert_eq!(put("还有").await.json()["errors"][0]["code"], "too_many");
    // A removed one leaves room for another, and is not brought back while there is none.
    let id = keep(&app, &officer, {
        let mut removed = view("旧的");
        removed["removed"] = json!(true);
        removed
    })
    .await;
    let back = change(&app, &officer, id, "\"1\"", view("旧的")).await;
    assert_eq!(back.json()["errors"][0]["code"], "too_many");
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_view_is_named_at_once_and_a_program_keeps_none() {
    let World { app, city, .. } = world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let bad = json!({"list": "Contracts?", "name": " ", "query": "x".repeat(2001), "columns": [""]});
    let answer = app.put(&officer, &format!("/v1/saved-views/{}", Uuid::now_v7()), bad).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<Value> =
        answer.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["name", "list", "query", "columns"].map(Value::from));
    assert_eq!(app.read(&officer, "/v1/saved-views").await.status, StatusCode::BAD_REQUEST, "of which list?");
}
