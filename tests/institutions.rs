//! Institutions and their tree: onboarded, joined, suspended and withdrawn by the one above.

use crate::harness::{self, Ask, PASSWORD, Person, World};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

fn institution(code: &str, kind: &str, region: &str) -> Value {
    json!({"code": code, "name": "某某", "kind": kind, "region_code": region})
}

async fn put(world: &World, person: &Person, path: String, body: Value) -> harness::Answer {
    world.app.ask(Method::PUT, &path, person.with(body)).await
}

async fn decide(world: &World, by: &Person, about: &Person, decision: &str) -> StatusCode {
    let path = format!("/v1/institutions/{}/decisions/{}", about.institution, Uuid::now_v7());
    put(world, by, path, json!({"decision": decision, "reason": "检查发现问题"})).await.status
}

#[tokio::test]
async fn the_same_request_again_is_known_and_another_under_its_id_is_refused() {
    let world = harness::world().await;
    let path = format!("/v1/institutions/{}", Uuid::now_v7());
    let body = institution("second", "guarantee_institution", "330200");
    let made = put(&world, &world.province, path.clone(), body.clone()).await;
    assert_eq!((made.status, made.header("etag")), (StatusCode::CREATED, "\"1\""));
    let again = put(&world, &world.province, path.clone(), body).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &made.body));
    let other = put(&world, &world.province, path, institution("third", "guarantee_institution", "330200")).await;
    assert_eq!((other.status, other.json()["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")));
}

#[tokio::test]
async fn a_code_is_used_once_in_the_whole_system() {
    let world = harness::world().await;
    let path = format!("/v1/institutions/{}", Uuid::now_v7());
    let answer = put(&world, &world.fund, path, institution("city", "supervisor", "330000")).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::CONFLICT, Some("taken")));
    assert_eq!(answer.json()["errors"][0]["field"], "code");
}

#[tokio::test]
async fn an_institution_onboards_only_what_the_tree_allows() {
    let world = harness::world().await;
    for (who, kind, region) in [
        (&world.province, "guarantee_institution", "320100"),
        (&world.province, "provincial_reguarantor", "330000"),
        (&world.city, "guarantee_institution", "330100"),
        (&world.bureau, "finance_bureau", "330000"),
        (&world.fund, "national_fund", "110000"),
    ] {
        let path = format!("/v1/institutions/{}", Uuid::now_v7());
        let answer = put(&world, who, path, institution("another", kind, region)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{} {kind} {region}", who.code);
        assert_eq!(answer.json()["code"], "outside_the_tree");
    }
}

#[tokio::test]
async fn wrong_fields_are_all_named_and_unknown_ones_refused() {
    let world = harness::world().await;
    let path = format!("/v1/institutions/{}", Uuid::now_v7());
    let answer = put(
        &world,
        &world.fund,
        path.clone(),
        json!({"code": "A B", "name": "", "kind": "supervisor", "region_code": "33"}),
    )
    .await;
    let fields: Vec<Value> =
        answer.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(
        (answer.status, fields),
        (StatusCode::UNPROCESSABLE_ENTITY, vec![json!("code"), json!("name"), json!("region_code")])
    );
    let mut more = institution("another", "supervisor", "330000");
    more["onboarded_by"] = json!(world.city.institution);
    let answer = put(&world, &world.fund, path.clone(), more).await;
    assert_eq!(
        (answer.status, &answer.json()["errors"][0]["field"]),
        (StatusCode::BAD_REQUEST, &json!("onboarded_by"))
    );
    let answer = put(&world, &world.fund, path, institution("another", "bank", "330000")).await;
    assert_eq!((answer.status, &answer.json()["errors"][0]["field"]), (StatusCode::BAD_REQUEST, &json!("kind")));
}

#[tokio::test]
async fn a_correction_names_the_version_it_corrects() {
    let world = harness::world().await;
    let path = format!("/v1/institutions/{}", world.city.institution);
    let correct = async |version| {
        let body = json!({"code": "city", "name": "新名称", "kind": "guarantee_institution", "region_code": "330100"});
        let ask = Ask { if_match: Some(version), ..world.province.with(body) };
        world.app.ask(Method::PUT, &path, ask).await
    };
    let corrected = correct("\"1\"").await;
    assert_eq!((corrected.status, corrected.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(correct("\"1\"").await.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn a_suspended_institution_reads_and_decides_nothing_until_it_is_reinstated() {
    let world = harness::world().await;
    assert_eq!(decide(&world, &world.fund, &world.province, "suspended").await, StatusCode::CREATED);
    assert_eq!(decide(&world, &world.fund, &world.province, "suspended").await, StatusCode::CONFLICT);
    assert_eq!(world.app.ask(Method::GET, "/v1/institutions", world.province.ask()).await.status, StatusCode::OK);
    let path = format!("/v1/institutions/{}", Uuid::now_v7());
    let body = institution("second", "guarantee_institution", "330200");
    let refused = put(&world, &world.province, path.clone(), body.clone()).await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (StatusCode::FORBIDDEN, Some("institution_not_active"))
    );
    assert_eq!(decide(&world, &world.fund, &world.province, "reinstated").await, StatusCode::CREATED);
    assert_eq!(put(&world, &world.province, path, body).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_withdrawn_institution_is_out_with_all_its_people_and_for_good() {
    let world = harness::world().await;
    assert_eq!(decide(&world, &world.province, &world.city, "withdrawn").await, StatusCode::CREATED);
    assert_eq!(world.app.ask(Method::GET, "/v1/profile", world.city.ask()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.app.log_in("city", "admin", PASSWORD).await.status, StatusCode::FORBIDDEN);
    assert_eq!(decide(&world, &world.province, &world.city, "reinstated").await, StatusCode::CONFLICT);
}

#[tokio::test]
async fn only_whoever_onboarded_an_institution_decides_about_it() {
    let world = harness::world().await;
    for stranger in [&world.fund, &world.bureau, &world.city] {
        assert_eq!(
            decide(&world, stranger, &world.city, "suspended").await,
            StatusCode::NOT_FOUND,
            "{}",
            stranger.code
        );
    }
}

#[tokio::test]
async fn the_institution_above_appoints_an_administrator_only_while_there_is_none() {
    let world = harness::world().await;
    let path = format!("/v1/institutions/{}/administrators/{}", world.city.institution, Uuid::now_v7());
    let answer = put(&world, &world.province, path, json!({"name": "intruder", "display_name": "某人"})).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")));
}

async fn state(
    world: &World,
    by: &Person,
    member: &Person,
    relation: &str,
    from: &str,
    until: Option<&str>,
) -> harness::Answer {
    let body = json!({"member_id": member.institution, "relation": relation, "from": from, "until": until});
    put(world, by, format!("/v1/memberships/{}", Uuid::now_v7()), body).await
}

#[tokio::test]
async fn terms_of_the_same_relation_do_not_overlap_and_may_follow_each_other_to_the_day() {
    let world = harness::world().await;
    let (province, city) = (&world.province, &world.city);
    let first = state(&world, province, city, "reguarantees", "2025-01-01", Some("2026-01-01")).await;
    assert_eq!(first.status, StatusCode::CREATED);
    for (from, until) in [("2025-12-31", None), ("2024-01-01", Some("2025-01-02")), ("2025-06-01", Some("2025-07-01"))]
    {
        let overlap = state(&world, province, city, "reguarantees", from, until).await;
        assert_eq!(
            (overlap.status, overlap.json()["code"].as_str()),
            (StatusCode::CONFLICT, Some("wrong_state")),
            "{from}"
        );
    }
    assert_eq!(state(&world, province, city, "reguarantees", "2026-01-01", None).await.status, StatusCode::CREATED);
    assert_eq!(
        state(&world, province, city, "reguarantees", "2024-01-01", Some("2025-01-01")).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn a_member_has_one_reguarantor_at_a_time_and_a_bureau_besides() {
    let world = harness::world().await;
    let second = world.app.onboard(&world.fund, "second", "provincial_reguarantor", "330000").await;
    assert_eq!(
        state(&world, &world.province, &world.city, "reguarantees", "2026-01-01", None).await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        state(&world, &second, &world.city, "reguarantees", "2026-06-01", None).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        state(&world, &world.bureau, &world.city, "reviews", "2026-01-01", None).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn a_term_has_at_least_one_day_and_a_relation_its_kinds() {
    let world = harness::world().await;
    let empty = state(&world, &world.province, &world.city, "reguarantees", "2026-01-01", Some("2026-01-01")).await;
    assert_eq!(
        (empty.status, &empty.json()["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("until"))
    );
    let wrong = state(&world, &world.fund, &world.city, "reguarantees", "2026-01-01", None).await;
    assert_eq!(wrong.json()["code"], "outside_the_tree");
}

#[tokio::test]
async fn a_membership_is_read_by_both_ends_and_ended_by_the_upper_one() {
    let world = harness::world().await;
    let id = Uuid::now_v7();
    let path = format!("/v1/memberships/{id}");
    let body = json!({"member_id": world.city.institution, "relation": "reguarantees", "from": "2026-01-01"});
    assert_eq!(put(&world, &world.province, path.clone(), body).await.status, StatusCode::CREATED);
    for (person, status) in [(&world.province, 200), (&world.city, 200), (&world.fund, 404), (&world.bureau, 404)] {
        assert_eq!(world.app.ask(Method::GET, &path, person.ask()).await.status.as_u16(), status, "{}", person.code);
    }
    let end = async |person: &Person, version: Option<&str>| {
        let ask = Ask { if_match: version, ..person.with(json!({"until": "2027-01-01"})) };
        world.app.ask(Method::PUT, &format!("{path}/end"), ask).await.status.as_u16()
    };
    assert_eq!(end(&world.city, Some("\"1\"")).await, 404);
    assert_eq!(end(&world.province, None).await, 428);
    assert_eq!(end(&world.province, Some("\"2\"")).await, 412);
    assert_eq!(end(&world.province, Some("\"1\"")).await, 200);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    let world = harness::world().await;
    let (mut codes, mut path) = (Vec::new(), "/v1/institutions?limit=3".to_owned());
    loop {
        let page = world.app.ask(Method::GET, &path, world.fund.ask()).await.json();
        codes.extend(page["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/institutions?limit=3&after={next}");
    }
    assert_eq!(codes, ["bureau", "city", "fund", "province"]);
}

#[tokio::test]
async fn a_page_is_refused_when_it_is_too_long_or_after_nothing_known() {
    let world = harness::world().await;
    for (query, status) in [
        ("limit=200", 200),
        ("limit=201", 422),
        ("limit=0", 422),
        ("limit=many", 400),
        ("after=%00", 422),
        ("after=1%27%20OR%201=1", 422),
        ("page=2", 400),
    ] {
        let answer = world.app.ask(Method::GET, &format!("/v1/users?{query}"), world.fund.ask()).await;
        assert_eq!(answer.status.as_u16(), status, "{query}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_as_what_it_is() {
    use axum::{body::Body, http::Request};
    let world = harness::world().await;
    let send = async |media: &str, body: &'static str| {
        let request = Request::put(format!("/v1/users/{}", Uuid::now_v7()))
            .header("authorization", format!("Bearer {}", world.fund.token))
            .header("content-type", media);
        world.app.send(request.body(Body::from(body)).unwrap()).await.status.as_u16()
    };
    assert_eq!(send("text/plain", "{}").await, 415);
    assert_eq!(send("application/json", "{").await, 400);
    assert_eq!(send("application/json; charset=utf-8", "[]").await, 400);
    assert_eq!(send("application/json", r#"{"name":"a1","name":"b1","display_name":"c","role":"officer"}"#).await, 400);
}

#[tokio::test]
async fn institutions_are_found_by_part_of_the_name_the_beginning_of_the_code_the_kind_and_the_status() {
    let world = harness::world().await;
    let codes = async |query: &str| {
        let answer = world.app.ask(Method::GET, &format!("/v1/institutions?{query}"), world.fund.ask()).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {:?}", answer.body);
        let items = answer.json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // 基金, in the fund's name alone; pro, at the beginning of one code.
    assert_eq!(codes("search=%E5%9F%BA%E9%87%91").await, ["fund"]);
    assert_eq!(codes("search=pro").await, ["province"]);
    assert!(codes("search=rovinc%25").await.is_empty(), "no pattern");
    assert_eq!(codes("kind=finance_bureau").await, ["bureau"]);
    assert_eq!(decide(&world, &world.fund, &world.bureau, "suspended").await, StatusCode::CREATED);
    assert_eq!(codes("status=suspended").await, ["bureau"]);
    assert!(codes("status=suspended&kind=supervisor").await.is_empty());
    assert_eq!(codes("status=active&limit=1").await, ["city"]);
    let long = format!("/v1/institutions?search={}", "a".repeat(51));
    assert_eq!(world.app.ask(Method::GET, &long, world.fund.ask()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
