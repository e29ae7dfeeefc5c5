//! Institutions and their tree: onboarded, joined, suspended and withdrawn by the one above.

use crate::harness::{self, Ask, PASSWORD, Person, World};
use axum::http::{Method, StatusCode};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _};
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

/// Appoints somebody of this name at a new institution: the institution, the answer, and the link if there is one.
async fn appoint(world: &World, at: Uuid, user: Uuid, name: &str) -> (StatusCode, Option<String>) {
    let path = format!("/v1/institutions/{at}/administrators/{user}");
    let answer = put(world, &world.province, path, json!({"name": name, "display_name": "某人"})).await;
    (answer.status, answer.json()["link"].as_str().map(str::to_owned))
}

/// An institution of the province without an administrator.
async fn empty_institution(world: &World) -> Uuid {
    let id = Uuid::now_v7();
    let body = institution("empty", "guarantee_institution", "330100");
    assert_eq!(put(world, &world.province, format!("/v1/institutions/{id}"), body).await.status, StatusCode::CREATED);
    id
}

/// How the province's appointments ended by its own audit list.
async fn said_above(world: &World) -> Vec<Value> {
    let audit = world.app.read(&world.province, "/v1/audit-entries?action=appoint_administrator").await.json();
    let theirs = audit["items"].as_array().unwrap().iter().filter(|entry| entry["object_kind"] == json!("institution"));
    theirs.map(|entry| entry["outcome"].clone()).collect()
}

async fn chosen(world: &World, link: &str) -> StatusCode {
    let body = Some(json!({"link": link, "password": PASSWORD}));
    world.app.ask(Method::POST, "/v1/passwords", Ask { body, ..Ask::default() }).await.status
}

#[tokio::test]
async fn a_link_that_was_lost_or_expired_is_given_out_anew_until_a_password_was_chosen() {
    let mut world = harness::world().await;
    let (at, user) = (empty_institution(&world).await, Uuid::now_v7());
    let (status, lost) = appoint(&world, at, user, "admin").await;
    assert_eq!(status, StatusCode::CREATED);
    let (status, expired) = appoint(&world, at, user, "admin").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(chosen(&world, &lost.unwrap()).await, StatusCode::UNAUTHORIZED, "the one before it ended");
    let now = zengxin::clock::now();
    world.app.at(now + chrono::TimeDelta::hours(73));
    assert_eq!(chosen(&world, &expired.unwrap()).await, StatusCode::UNAUTHORIZED);
    let tokens = world.app.log_in("province", "admin", PASSWORD).await.json();
    world.province.token = tokens["access_token"].as_str().unwrap().to_owned();
    let (_, link) = appoint(&world, at, user, "admin").await;
    assert_eq!(chosen(&world, &link.unwrap()).await, StatusCode::NO_CONTENT);
    // From now on the institution's people are its own matter.
    assert_eq!(appoint(&world, at, user, "admin").await, (StatusCode::OK, None));
    assert_eq!(appoint(&world, at, Uuid::now_v7(), "other").await, (StatusCode::CONFLICT, None));
    assert_eq!(world.app.log_in("empty", "admin", PASSWORD).await.status, StatusCode::CREATED);
    // The city's, and three links of the empty one: what was refused below, or known there, is not said to be done above.
    assert_eq!(said_above(&world).await, [json!("done"), json!("done"), json!("done"), json!("done")]);
}

#[tokio::test]
async fn whoever_is_appointed_after_one_who_never_came_takes_that_ones_place() {
    let world = harness::world().await;
    let (at, gone) = (empty_institution(&world).await, Uuid::now_v7());
    let (_, lost) = appoint(&world, at, gone, "first").await;
    assert_eq!(appoint(&world, at, Uuid::now_v7(), "first").await, (StatusCode::CONFLICT, None), "the name is in use");
    let (status, link) = appoint(&world, at, Uuid::now_v7(), "second").await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(appoint(&world, at, gone, "first").await, (StatusCode::OK, None));
    assert_eq!(chosen(&world, &lost.unwrap()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(chosen(&world, &link.unwrap()).await, StatusCode::NO_CONTENT);
    assert_eq!(active(&world, at).await, 1);
}

/// How many administrators an institution has.
async fn active(world: &World, at: Uuid) -> usize {
    let sql = format!(
        "SELECT FROM zengxin.user_account WHERE institution_id = '{at}' AND role = 'admin' AND status = 'active'"
    );
    let found = Statement::from_string(DbBackend::Postgres, sql);
    world.app.database.superuser().await.query_all_raw(found).await.unwrap().len()
}

#[tokio::test]
async fn two_appointments_at_once_make_one_administrator() {
    let world = harness::world().await;
    let at = empty_institution(&world).await;
    // Whoever appoints first comes to the end of the journal there, which is held, and the other one behind it.
    let outside = world.app.database.superuser().await;
    let held = outside.begin().await.unwrap();
    let head = format!("INSERT INTO zengxin.journal_head VALUES ('{at}', 0, decode(repeat('00', 32), 'hex'))");
    held.execute_unprepared(&head).await.unwrap();
    let release = async {
        world.app.waiting(2).await;
        held.commit().await.unwrap();
    };
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    let (one, two, ()) = tokio::join!(appoint(&world, at, one, "one"), appoint(&world, at, two, "two"), release);
    let mut statuses = [one.0, two.0].map(|status| status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(active(&world, at).await, 1);
    assert_eq!(said_above(&world).await.len(), 2, "the city's, and the one that was done");
}

#[tokio::test]
async fn a_link_is_not_given_out_beside_a_password_that_is_being_chosen() {
    let world = harness::world().await;
    let (at, user) = (empty_institution(&world).await, Uuid::now_v7());
    let (_, link) = appoint(&world, at, user, "admin").await;
    let link = link.unwrap();
    let outside = world.app.database.superuser().await;
    let held = outside.begin().await.unwrap();
    held.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let then = async {
        world.app.waiting(1).await;
        let release = async {
            world.app.waiting(2).await;
            held.commit().await.unwrap();
        };
        tokio::join!(appoint(&world, at, user, "admin"), release).0
    };
    let (chosen, again) = tokio::join!(chosen(&world, &link), then);
    assert_eq!(chosen, StatusCode::NO_CONTENT);
    assert_eq!(again, (StatusCode::OK, None), "no link to an account that has a password");
}

#[tokio::test]
async fn the_same_words_from_another_institution_are_another_request() {
    let world = harness::world().await;
    let second = world.app.onboard(&world.fund, "second", "provincial_reguarantor", "330000").await;
    let path = format!("/v1/institutions/{}", Uuid::now_v7());
    let body = institution("new", "guarantee_institution", "330100");
    assert_eq!(put(&world, &world.province, path.clone(), body.clone()).await.status, StatusCode::CREATED);
    assert_eq!(put(&world, &world.province, path.clone(), body.clone()).await.status, StatusCode::OK);
    let answer = put(&world, &second, path, body).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")));
}

#[tokio::test]
async fn claims_stay_within_the_province_but_for_the_fund_and_whoever_it_onboarded_at_its_seat() {
    let world = harness::world().await;
    let west = world.app.onboard(&world.fund, "west", "provincial_reguarantor", "510000").await;
    let there = world.app.onboard(&west, "there", "guarantee_institution", "510100").await;
    let supervisor = world.app.onboard(&world.fund, "jianguan", "supervisor", "330000").await;
    let central = world.app.onboard(&world.fund, "zhongyang", "finance_bureau", "110000").await;
    for (upper, member, relation, expected) in [
        (&world.province, &there, "reguarantees", 422),
        (&world.province, &world.city, "reguarantees", 201),
        (&world.bureau, &there, "reviews", 422),
        (&world.bureau, &world.city, "reviews", 201),
        (&supervisor, &there, "supervises", 422),
        (&supervisor, &world.city, "supervises", 201),
        (&central, &there, "reviews", 201),
        (&central, &world.fund, "reviews", 201),
        (&world.fund, &west, "reguarantees", 201),
    ] {
        let answer = state(&world, upper, member, relation, "2026-01-01", None).await;
        assert_eq!(answer.status.as_u16(), expected, "{} {relation} {}", upper.code, member.code);
        if expected == 422 {
            let problem = answer.json();
            assert_eq!(problem["code"], "outside_the_tree");
            assert!(
                problem["detail"].as_str().unwrap().contains("本省")
                    && problem["detail_en"].as_str().unwrap().contains("province")
            );
        }
    }
}

#[tokio::test]
async fn the_id_that_is_all_zeros_names_nothing() {
    let world = harness::world().await;
    let body = institution("new", "guarantee_institution", "330100");
    for (path, field) in [
        (format!("/v1/institutions/{}", Uuid::nil()), "id"),
        (format!("/v1/institutions/{}/administrators/{}", world.city.institution, Uuid::nil()), "user_id"),
        (format!("/v1/institutions/{}", Uuid::nil().simple()), "id"),
    ] {
        let answer = put(&world, &world.province, path.clone(), body.clone()).await;
        let problem = answer.json();
        assert_eq!((answer.status.as_u16(), &problem["code"]), (422, &json!("invalid_input")), "{path}");
        assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["code"]), (&json!(field), &json!("nil_id")));
    }
    let member = json!({"member_id": Uuid::nil(), "relation": "reguarantees", "from": "2026-01-01"});
    let answer = put(&world, &world.province, format!("/v1/memberships/{}", Uuid::now_v7()), member).await;
    let problem = answer.json();
    assert_eq!((answer.status.as_u16(), &problem["code"]), (400, &json!("invalid_input")));
    assert_eq!(
        (&problem["errors"][0]["field"], &problem["errors"][0]["code"]),
        (&json!("member_id"), &json!("nil_id"))
    );
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
