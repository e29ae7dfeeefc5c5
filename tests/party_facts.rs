//! What is known of a party by days: size, flags, group, jobs, and what follows from them.

use crate::harness::{self, App, Ask, Person, World};
use axum::http::{Method, StatusCode};
use chrono::{Days, NaiveDate};
use domain::{
    client::ClientKind,
    party::Relation,
    value::{InstitutionId, PartyGroupId, PartyId, UserId},
};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, Role},
    clock,
    store::{self, Scope},
};

async fn office() -> (App, Person) {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    (app, officer)
}

/// Figures of an industrial enterprise: 300 persons and 2,000万 are medium, 20 and 300万 small.
fn figures(year: i32, employees: u32, revenue: &str, filed_on: &str) -> Value {
    json!({"financial_year": year, "industry_code": "13", "employees": employees, "revenue": revenue, "filed_on": filed_on})
}

#[tokio::test]
async fn the_class_is_that_of_the_latest_year_filed_and_a_later_filing_supersedes() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    assert_eq!(app.party(&officer, firm).await["client_kind"], "other", "nothing was filed");
    let file = async |body| {
        let answer = app.add(&officer, firm, "size-inputs", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
        answer.json()
    };
    let kind = async || {
        let party = app.party(&officer, firm).await;
        (party["client_kind"].as_str().unwrap().to_owned(), party["size"]["size"].as_str().unwrap().to_owned())
    };
    // One fen under the medium floor of 2,000万 is small.
    let filed = file(figures(2023, 300, "19999999.99", "2024-03-01")).await;
    assert_eq!(filed["size"], "small");
    let missed = &filed["grounds"][3];
    assert_eq!(
        (&missed["class"], &missed["indicator"], &missed["met"]),
        (&json!("medium"), &json!("revenue"), &json!(false))
    );
    assert_eq!((&missed["floor"], &missed["measured"]), (&json!("20000000.00"), &json!("19999999.99")));
    assert_eq!(kind().await, ("small_micro_enterprise".to_owned(), "small".to_owned()));
    file(figures(2024, 300, "20000000.00", "2025-03-01")).await;
    assert_eq!(kind().await, ("medium".to_owned(), "medium".to_owned()));
    file(figures(2023, 1, "1.00", "2025-04-01")).await;
    assert_eq!(kind().await.1, "medium", "a correction of an older year");
    file(figures(2024, 19, "20000000.00", "2025-05-01")).await;
    assert_eq!(kind().await, ("small_micro_enterprise".to_owned(), "micro".to_owned()), "a correction of the latest");
    let all = app.ask(Method::GET, &format!("/v1/parties/{firm}/size-inputs?limit=3"), officer.ask()).await.json();
    assert_eq!((all["items"].as_array().unwrap().len(), all["next"].is_string()), (3, true));
}

#[tokio::test]
async fn figures_that_give_no_class_are_refused() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let code = async |party, body: Value| {
        let answer = app.add(&officer, party, "size-inputs", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{:?}", answer.body);
        answer.json()["errors"][0]["code"].as_str().unwrap().to_owned()
    };
    let with = |field: &str, value: Value| {
        let mut body = figures(2023, 300, "20000000.00", "2024-03-01");
        body[field] = value;
        body
    };
    let tomorrow = clock::civil_day(clock::now()) + Days::new(1);
    assert_eq!(code(person, with("employees", json!(1))).await, "no_enterprise");
    assert_eq!(code(firm, with("revenue", Value::Null)).await, "indicator_missing");
    assert_eq!(code(firm, with("financial_year", json!(2025))).await, "year");
    assert_eq!(code(firm, with("financial_year", json!(1999))).await, "year");
    assert_eq!(code(firm, with("filed_on", json!(tomorrow))).await, "ahead");
    assert_eq!(code(firm, with("filed_on", json!("2011-06-17"))).await, "year");
    let mut before = with("filed_on", json!("2011-06-17"));
    before["financial_year"] = json!(2010);
    assert_eq!(code(firm, before.clone()).await, "rule_not_in_force");
    before["filed_on"] = json!("2011-06-18");
    assert_eq!(app.add(&officer, firm, "size-inputs", before).await.status, StatusCode::CREATED);
    for industry in ["66", "C", "C13", "98", ""] {
        assert_eq!(code(firm, with("industry_code", json!(industry))).await, "industry", "{industry}");
    }
}

#[tokio::test]
async fn the_three_numerators_are_three_answers() {
    let (app, officer) = office().await;
    let numerators = async |party| {
        let party = app.party(&officer, party).await;
        ["small_agri", "award_statistics", "tax_sme"].map(|name| party[name].as_bool().unwrap())
    };
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    assert_eq!(
        app.add(&officer, firm, "size-inputs", figures(2024, 20, "3000000.00", "2025-03-01")).await.status,
        StatusCode::CREATED
    );
    assert_eq!(numerators(firm).await, [true, true, true]);
    let flag = |kind: &str| json!({"kind": kind, "source": "名录", "from": "2020-01-01"});
    app.add(&officer, firm, "flags", flag("investment_management")).await;
    assert_eq!(numerators(firm).await, [true, false, true]);
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    assert_eq!(numerators(person).await, [false, false, false]);
    app.add(&officer, person, "flags", flag("farmer")).await;
    assert_eq!(numerators(person).await, [true, false, false]);
    // A developer is known by its industry, whatever is said of it.
    let (id, body) =
        (Uuid::now_v7(), json!({"name": "某某", "kind": "enterprise", "region_code": "330100", "industry_code": "70"}));
    app.ask(Method::PUT, &format!("/v1/parties/{id}"), officer.with(body)).await;
    app.add(&officer, id, "size-inputs", figures(2024, 20, "3000000.00", "2025-03-01")).await;
    assert_eq!(numerators(id).await, [true, false, true]);
}

#[tokio::test]
async fn a_flag_holds_from_its_first_day_until_before_its_last() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let today = clock::civil_day(clock::now());
    let state = async |kind: &str, from: NaiveDate, until: Option<NaiveDate>| {
        let body = json!({"kind": kind, "source": "银行征信", "from": from, "until": until});
        app.add(&officer, firm, "flags", body).await.status
    };
    let (yesterday, tomorrow) = (today - Days::new(1), today + Days::new(1));
    assert_eq!(state("blacklist", yesterday, Some(today)).await, StatusCode::CREATED);
    assert_eq!(state("farmer", yesterday, Some(tomorrow)).await, StatusCode::CREATED);
    assert_eq!(state("first_loan_declared", today, None).await, StatusCode::CREATED);
    assert_eq!(state("related_party", tomorrow, None).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(state("related_party", today, Some(today)).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(state("farmer", today, None).await, StatusCode::CONFLICT, "once at a time");
    assert_eq!(state("blacklist", today, None).await, StatusCode::CREATED, "the first one ended before today");
    let party = app.party(&officer, firm).await;
    let kinds: Vec<&Value> = party["flags"].as_array().unwrap().iter().map(|flag| &flag["kind"]).collect();
    assert_eq!(kinds, ["blacklist", "farmer", "first_loan_declared"]);
    assert_eq!(party["first_loan"]["declared"], true);
}

#[tokio::test]
async fn a_flag_is_ended_once_in_the_version_that_was_read() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let flag = json!({"kind": "blacklist", "source": "银行征信", "from": "2020-01-01"});
    let flag = app.add(&officer, firm, "flags", flag).await.json();
    let path = format!("/v1/parties/{firm}/flags/{}/end", flag["id"].as_str().unwrap());
    let end = async |version: Option<&str>, until: &str| {
        let ask = Ask { if_match: version, ..officer.with(json!({"until": until})) };
        app.ask(Method::PUT, &path, ask).await
    };
    assert_eq!(end(None, "2021-01-01").await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(end(Some("\"2\""), "2021-01-01").await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(end(Some("\"1\""), "2020-01-01").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ended = end(Some("\"1\""), "2021-01-01").await;
    assert_eq!(
        (ended.status, &ended.json()["until"], ended.header("etag")),
        (StatusCode::OK, &json!("2021-01-01"), "\"2\"")
    );
    assert!(ended.json()["ended_seq"].as_i64() > flag["seq"].as_i64());
    assert_eq!(end(Some("\"2\""), "2022-01-01").await.status, StatusCode::CONFLICT);
    let all = app.ask(Method::GET, &format!("/v1/parties/{firm}/flags"), officer.ask()).await.json();
    assert_eq!((all["items"].as_array().unwrap().len(), &all["items"][0]["until"]), (1, &json!("2021-01-01")));
    let other = app.file_party(&officer, "enterprise", "禾青").await;
    let elsewhere = path.replace(&firm.to_string(), &other.to_string());
    let ask = Ask { if_match: Some("\"2\""), ..officer.with(json!({"until": "2022-01-01"})) };
    assert_eq!(app.ask(Method::PUT, &elsewhere, ask).await.status, StatusCode::NOT_FOUND, "another party's flag");
}

/// Makes a group.
async fn group(app: &App, officer: &Person, name: &str) -> Uuid {
    let id = Uuid::now_v7();
    let answer = app.ask(Method::PUT, &format!("/v1/party-groups/{id}"), officer.with(json!({"name": name}))).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    id
}

#[tokio::test]
async fn a_party_is_in_one_group_at_a_time() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let (first, second) = (group(&app, &officer, "青禾系").await, group(&app, &officer, "临湖系").await);
    let join = async |group: Uuid, from: &str| {
        app.add(&officer, firm, "group-memberships", json!({"group_id": group, "from": from})).await
    };
    let joined = join(first, "2020-01-01").await;
    assert_eq!(joined.status, StatusCode::CREATED);
    assert_eq!(join(second, "2023-01-01").await.status, StatusCode::CONFLICT);
    let path = format!("/v1/parties/{firm}/group-memberships/{}/end", joined.json()["id"].as_str().unwrap());
    let ask = Ask { if_match: Some("\"1\""), ..officer.with(json!({"until": "2023-01-01"})) };
    assert_eq!(app.ask(Method::PUT, &path, ask).await.status, StatusCode::OK);
    assert_eq!(join(second, "2022-12-31").await.status, StatusCode::CONFLICT, "the last day in the first");
    assert_eq!(join(second, "2023-01-01").await.status, StatusCode::CREATED);
    assert_eq!(app.party(&officer, firm).await["group"]["group_id"], json!(second));
    let members = app.ask(Method::GET, &format!("/v1/party-groups/{first}/members"), officer.ask()).await.json();
    assert_eq!((&members["items"][0]["party_id"], &members["items"][0]["until"]), (&json!(firm), &json!("2023-01-01")));
    let unknown = join(Uuid::now_v7(), "2020-01-01").await;
    assert_eq!(
        (unknown.status, &unknown.json()["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("group_id"))
    );
}

#[tokio::test]
async fn a_group_is_renamed_in_the_version_that_was_read_and_is_its_institutions_own() {
    let World { app, city, province, .. } = harness::world().await;
    let (officer, stranger) = (app.hire(&city, Role::Officer).await, app.hire(&province, Role::Officer).await);
    let id = group(&app, &officer, "青禾系").await;
    let path = format!("/v1/party-groups/{id}");
    let rename = async |version| {
        let ask = Ask { if_match: Some(version), ..officer.with(json!({"name": "新青禾系"})) };
        app.ask(Method::PUT, &path, ask).await.status
    };
    assert_eq!((rename("\"1\"").await, rename("\"1\"").await), (StatusCode::OK, StatusCode::PRECONDITION_FAILED));
    assert_eq!(app.ask(Method::GET, &path, officer.ask()).await.json()["name"], "新青禾系");
    assert_eq!(app.ask(Method::GET, &path, stranger.ask()).await.status, StatusCode::NOT_FOUND);
    let theirs = app.file_party(&stranger, "enterprise", "青禾").await;
    let joined = json!({"group_id": id, "from": "2020-01-01"});
    let refused = app.add(&stranger, theirs, "group-memberships", joined).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "another institution's group is none");
    assert_eq!(
        app.ask(Method::GET, "/v1/party-groups", officer.ask()).await.json()["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(app.ask(Method::GET, "/v1/party-groups", stranger.ask()).await.json()["items"], json!([]));
}

#[tokio::test]
async fn the_last_count_of_jobs_is_shown_and_the_earlier_ones_stay() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    for (on, jobs) in [("2025-01-01", 30), ("2025-06-01", 35), ("2025-03-01", 99), ("2025-06-01", 36)] {
        assert_eq!(app.add(&officer, firm, "jobs", json!({"on": on, "jobs": jobs})).await.status, StatusCode::CREATED);
    }
    assert_eq!(app.party(&officer, firm).await["jobs"]["jobs"], 36, "of two of one day the later filed");
    let all = app.ask(Method::GET, &format!("/v1/parties/{firm}/jobs"), officer.ask()).await.json();
    let jobs: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|count| &count["jobs"]).collect();
    assert_eq!(jobs, [30, 35, 99, 36]);
    let tomorrow = clock::civil_day(clock::now()) + Days::new(1);
    let ahead = json!({"on": tomorrow, "jobs": 1});
    assert_eq!(app.add(&officer, firm, "jobs", ahead).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn booking_is_told_how_a_party_stands_on_any_day() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let related = group(&app, &officer, "青禾系").await;
    for body in [
        json!({"kind": "blacklist", "source": "某", "from": "2024-01-01", "until": "2024-02-01"}),
        json!({"kind": "related_party", "source": "某", "from": "2024-01-01"}),
        json!({"kind": "controlling_shareholder", "source": "某", "from": "2024-03-01"}),
        json!({"kind": "government_platform", "source": "某", "from": "2024-03-01"}),
        json!({"kind": "strategic_emerging", "source": "某", "from": "2024-03-01"}),
    ] {
        assert_eq!(app.add(&officer, firm, "flags", body).await.status, StatusCode::CREATED);
    }
    app.add(&officer, firm, "size-inputs", figures(2023, 20, "3000000.00", "2024-02-01")).await;
    app.add(&officer, firm, "size-inputs", figures(2024, 300, "20000000.00", "2025-02-01")).await;
    app.add(
        &officer,
        firm,
        "group-memberships",
        json!({"group_id": related, "from": "2024-01-01", "until": "2025-01-01"}),
    )
    .await;
    let caller = Caller {
        institution: InstitutionId::from_uuid(officer.institution),
        actor: Actor::Person { user: UserId::from_uuid(officer.id), role: Role::Officer },
        session: None,
    };
    let scope = Scope::open(&app.state.database, app.state.clock, &caller, Action::ReadParties).await.unwrap();
    let party = PartyId::from_uuid(firm);
    for (day, blacklisted, platform, relation, kind, in_group) in [
        ("2023-12-31", false, false, Relation::None, ClientKind::Other, false),
        ("2024-01-01", true, false, Relation::Other, ClientKind::Other, true),
        ("2024-01-31", true, false, Relation::Other, ClientKind::Other, true),
        ("2024-02-01", false, false, Relation::Other, ClientKind::SmallMicroEnterprise, true),
        ("2024-03-01", false, true, Relation::Controller, ClientKind::SmallMicroEnterprise, true),
        ("2024-12-31", false, true, Relation::Controller, ClientKind::SmallMicroEnterprise, true),
        ("2025-01-01", false, true, Relation::Controller, ClientKind::SmallMicroEnterprise, false),
        ("2025-02-01", false, true, Relation::Controller, ClientKind::StrategicEmerging, false),
    ] {
        let on: NaiveDate = day.parse().unwrap();
        let flags = store::party_flag::flags_on(&scope, party, on).await.unwrap();
        assert_eq!(
            (flags.blacklisted, flags.government_platform, flags.relation),
            (blacklisted, platform, relation),
            "{day}"
        );
        assert_eq!(store::party_flag::client_kind_on(&scope, party, on).await.unwrap(), kind, "{day}");
        let group = in_group.then(|| PartyGroupId::from_uuid(related));
        assert_eq!(store::party_group::group_on(&scope, party, on).await.unwrap(), group, "{day}");
    }
    let many = store::party::get_many(&scope, &[party, party]).await.unwrap();
    assert_eq!(many.len(), 1);
    let missing = store::party::get_many(&scope, &[party, PartyId::from_uuid(Uuid::now_v7())]).await;
    assert_eq!(missing.unwrap_err().status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_figure_text_or_day_at_its_edge_makes_the_service_fail() {
    let (app, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let edges = [
        json!("\u{0}"),
        json!("a\u{0}"),
        json!("\u{10ffff}"),
        json!("İ".repeat(200)),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u32::MAX),
        json!(i32::MIN),
        json!(-1),
        json!(""),
        json!("0001-01-01"),
        json!("9999-12-31"),
        json!("92233720368547758.07"),
        Value::Null,
    ];
    for (what, body) in [
        ("size-inputs", figures(2023, 300, "20000000.00", "2024-03-01")),
        ("flags", json!({"kind": "farmer", "source": "某", "from": "2020-01-01", "until": "2021-01-01"})),
        ("jobs", json!({"on": "2020-01-01", "jobs": 1})),
        (
            "identifiers",
            json!({"scheme": "uscc", "value": "91350100M000100Y43", "from": "2020-01-01", "until": "2021-01-01"}),
        ),
        ("group-memberships", json!({"group_id": firm, "from": "2020-01-01"})),
        ("disclosures", json!({"identifier_id": firm, "reason": "某"})),
        ("", json!({"name": "某", "kind": "enterprise", "region_code": "330100", "industry_code": "13"})),
    ] {
        let fields: Vec<String> = body.as_object().unwrap().keys().cloned().collect();
        for field in fields {
            for edge in &edges {
                let mut body = body.clone();
                body[&field] = edge.clone();
                let answer = match what {
                    "" => app.ask(Method::PUT, &format!("/v1/parties/{}", Uuid::now_v7()), officer.with(body)).await,
                    what => app.add(&officer, firm, what, body).await,
                };
                assert!(!answer.status.is_server_error(), "{what} {field} {edge}: {:?}", answer.body);
            }
        }
    }
}
