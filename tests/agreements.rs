//! Agreements on who bears the risk, and their terms: stated by whoever guarantees, with those who take part on the first day.

use crate::harness::{self, Answer, Ask, Person, World};
use axum::http::{Method, StatusCode};
use domain::value::{Day, InstitutionId, PartyId, UserId};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, Role},
    store::{self, Scope, around::Asked},
};

/// The world, whose fund re-guarantees the province and whose province the city from 2020 on, and the city's approver.
struct Stage {
    world: World,
    approver: Person,
    bank: Uuid,
}

async fn stage() -> Stage {
    let world = harness::world().await;
    world.app.join(&world.fund, &world.province, "reguarantees", "2020-01-01", None).await;
    world.app.join(&world.province, &world.city, "reguarantees", "2020-01-01", None).await;
    let approver = world.app.hire(&world.city, Role::Approver).await;
    let bank = Uuid::now_v7();
    let body = json!({"code": "MOUMOU", "name": "某某银行", "from": "2021-01-01", "until": "2030-01-01"});
    let answer = world.app.put(&world.fund, &format!("/v1/banks/{bank}"), body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.json());
    Stage { world, approver, bank }
}

impl Stage {
    /// An agreement of the city with everybody.
    fn everybody(&self) -> Value {
        json!({
            "number": "银担〔2024〕3号", "name": "银担合作分险协议", "bank_id": self.bank,
            "provincial_id": self.world.province.institution, "national_id": self.world.fund.institution,
            "product_ids": [], "cap": "100000000.00", "from": "2024-01-01", "until": "2027-01-01",
        })
    }

    async fn put(&self, path: &str, body: Value) -> Answer {
        self.world.app.put(&self.approver, path, body).await
    }

    async fn change(&self, path: &str, version: &str, body: Value) -> Answer {
        let ask = Ask { if_match: Some(version), ..self.approver.with(body) };
        self.world.app.ask(Method::PUT, path, ask).await
    }

    /// The path of the agreement with everybody, which is stated.
    async fn agreed(&self) -> String {
        let path = format!("/v1/agreements/{}", Uuid::now_v7());
        let answer = self.put(&path, self.everybody()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.json());
        path
    }
}

/// The same with another value in one field.
fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn id() -> Uuid {
    Uuid::now_v7()
}

/// The fields at fault.
fn fields(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    let errors = json["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

/// Refused with 422 for exactly these fields.
#[track_caller]
fn refused(answer: &Answer, expected: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{:?}", answer.json());
    assert_eq!(fields(answer), expected);
}

#[track_caller]
fn code(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (status, Some(code)), "{:?}", answer.json());
}

fn terms(bank: &str, institution: &str, from: &str, until: Option<&str>) -> Value {
    json!({
        "shares": {"bank": bank, "institution": institution, "provincial": "0.2", "national": "0.2"},
        "provincial_fee_rate": "0.003", "national_fee_rate": "0.003", "early_release": "pro_rata", "from": from, "until": until,
    })
}

fn usual(from: &str, until: Option<&str>) -> Value {
    terms("0.2", "0.4", from, until)
}

#[tokio::test]
async fn an_agreement_is_read_back_as_it_was_stated_and_known_when_sent_again() {
    let stage = stage().await;
    let path = stage.agreed().await;
    let again = stage.put(&path, stage.everybody()).await;
    assert_eq!((again.status, again.header("etag")), (StatusCode::OK, "\"1\""));
    let officer = stage.world.app.hire(&stage.world.city, Role::Officer).await;
    let read = stage.world.app.read(&officer, &path).await;
    assert_eq!(read.body, again.body);
    let expected = with(stage.everybody(), "id", json!(path.rsplit('/').next()));
    assert_eq!(read.json(), expected);
    let other = stage.put(&path, with(stage.everybody(), "cap", Value::Null)).await;
    code(&other, 409, "id_taken");
}

#[tokio::test]
async fn only_whoever_guarantees_has_agreements() {
    let stage = stage().await;
    let app = &stage.world.app;
    let supervisor = app.onboard(&stage.world.fund, "supervisor", "supervisor", "110000").await;
    for admin in [&stage.world.fund, &supervisor] {
        let approver = app.hire(admin, Role::Approver).await;
        let body = json!({"number": "1", "name": "某协议", "product_ids": [], "from": "2024-01-01"});
        let answer = app.put(&approver, &format!("/v1/agreements/{}", id()), body).await;
        code(&answer, 422, "outside_the_tree");
    }
}

#[tokio::test]
async fn a_reguarantor_or_fund_that_does_not_reguarantee_us_is_refused_by_its_field() {
    let stage = stage().await;
    let World { app, fund, province, city, bureau } = &stage.world;
    let second = app.onboard(fund, "second", "provincial_reguarantor", "320000").await;
    app.join(fund, &second, "reguarantees", "2020-01-01", None).await;
    app.join(bureau, city, "reviews", "2020-01-01", None).await;
    let (ours, nobody) = (json!(province.institution), json!(id()));
    for (provincial, national, expected) in [
        (json!(second.institution), json!(fund.institution), &["provincial_id"][..]),
        (json!(bureau.institution), Value::Null, &["provincial_id"]),
        (json!(city.institution), Value::Null, &["provincial_id"]),
        (nobody.clone(), Value::Null, &["provincial_id"]),
        (ours.clone(), json!(second.institution), &["national_id"]),
        (ours.clone(), ours.clone(), &["national_id"]),
        (ours.clone(), nobody.clone(), &["national_id"]),
        // The fund takes part through the province, never past it; and the province is no fund.
        (Value::Null, json!(fund.institution), &["national_id"]),
        (Value::Null, ours.clone(), &["national_id"]),
        (json!(fund.institution), ours.clone(), &["provincial_id", "national_id"]),
    ] {
        let body = with(with(stage.everybody(), "provincial_id", provincial), "national_id", national);
        refused(&stage.put(&format!("/v1/agreements/{}", id()), body).await, expected);
    }
}

#[tokio::test]
async fn whoever_reguarantees_us_takes_part_from_the_day_it_does() {
    let stage = stage().await;
    // Both memberships begin on 2020-01-01; the bank later.
    for (from, expected) in
        [("2019-12-31", Some(["provincial_id", "national_id"])), ("2020-01-01", None), ("2020-01-02", None)]
    {
        let body = with(with(stage.everybody(), "from", json!(from)), "bank_id", Value::Null);
        let answer = stage.put(&format!("/v1/agreements/{}", id()), with(body, "number", json!(from))).await;
        match expected {
            Some(expected) => refused(&answer, &expected),
            None => assert_eq!(answer.status, StatusCode::CREATED, "{from}"),
        }
    }
}

#[tokio::test]
async fn of_the_tree_row_security_shows_a_stranger_only_who_reguarantees_whom() {
    let stage = stage().await;
    let World { app, bureau, city, .. } = &stage.world;
    app.join(bureau, city, "reviews", "2020-01-01", None).await;
    let supervisor = app.onboard(&stage.world.fund, "supervisor", "supervisor", "110000").await;
    let serving = app.database.serving().await;
    for (reader, expected) in [(&supervisor, "reguarantees"), (city, "reguarantees, reviews")] {
        let tx = serving.begin().await.unwrap();
        tx.execute_unprepared(&format!("SELECT zengxin.enter('{}')", reader.institution)).await.unwrap();
        let sql = "SELECT string_agg(DISTINCT relation, ', ' ORDER BY relation) FROM zengxin.membership";
        let row = tx.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<String>(0).unwrap(), expected, "{}", reader.code);
    }
}

#[tokio::test]
async fn a_bank_takes_part_while_it_is_in_business() {
    let stage = stage().await;
    for (from, created) in [("2020-12-31", false), ("2021-01-01", true), ("2029-12-31", true), ("2030-01-01", false)] {
        let body = with(with(stage.everybody(), "from", json!(from)), "until", Value::Null);
        let answer = stage.put(&format!("/v1/agreements/{}", id()), with(body, "number", json!(from))).await;
        if created {
            assert_eq!(answer.status, StatusCode::CREATED, "{from}");
        } else {
            refused(&answer, &["bank_id"]);
        }
    }
    let unknown = with(stage.everybody(), "bank_id", json!(id()));
    refused(&stage.put(&format!("/v1/agreements/{}", id()), unknown).await, &["bank_id"]);
}

#[tokio::test]
async fn the_fund_reguarantees_a_provincial_reguarantors_own_business_itself() {
    let stage = stage().await;
    let World { app, fund, province, .. } = &stage.world;
    let approver = app.hire(province, Role::Approver).await;
    let own = with(stage.everybody(), "provincial_id", Value::Null);
    let answer = app.put(&approver, &format!("/v1/agreements/{}", id()), own).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.json());
    for provincial in [province, fund] {
        let body = with(stage.everybody(), "provincial_id", json!(provincial.institution));
        let answer = app.put(&approver, &format!("/v1/agreements/{}", id()), body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(fields(&answer)[0], "provincial_id");
    }
}

#[tokio::test]
async fn a_product_is_named_once_and_is_one_that_the_institution_may_read() {
    let stage = stage().await;
    let World { app, fund, province, .. } = &stage.world;
    let second = app.onboard(province, "second", "guarantee_institution", "330200").await;
    let (open, theirs) = (id(), id());
    // The fund's products are open to everybody, an institution's are its own.
    for (by, product) in [(fund, open), (&second, theirs)] {
        let body = json!({"code": "usual", "name": "某产品", "kind": "regular", "from": "2024-01-01",
            "document": "某办法", "clause": "第一条", "verified": false});
        let answer = app.put(by, &format!("/v1/products/{product}"), body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.json());
    }
    let put = async |products: Value| {
        stage.put(&format!("/v1/agreements/{}", id()), with(stage.everybody(), "product_ids", products)).await
    };
    let wrong = put(json!([open, open, theirs, id()])).await;
    refused(&wrong, &["product_ids[1]", "product_ids[2]", "product_ids[3]"]);
    refused(&put(json!(vec![open; 101])).await, &["product_ids"]);
    assert_eq!(put(json!([open])).await.json()["product_ids"], json!([open]));
}

#[tokio::test]
async fn a_number_is_used_once_at_an_institution_and_again_by_another() {
    let stage = stage().await;
    stage.agreed().await;
    let answer = stage.put(&format!("/v1/agreements/{}", id()), stage.everybody()).await;
    code(&answer, 409, "taken");
    assert_eq!(fields(&answer), ["number"]);
    let approver = stage.world.app.hire(&stage.world.province, Role::Approver).await;
    let own = with(stage.everybody(), "provincial_id", Value::Null);
    let answer = stage.world.app.put(&approver, &format!("/v1/agreements/{}", id()), own).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_change_names_its_version_and_leaves_number_parties_and_first_day_alone() {
    let stage = stage().await;
    let path = stage.agreed().await;
    let renamed = with(with(stage.everybody(), "name", json!("新名称")), "cap", Value::Null);
    let renamed = with(renamed, "until", json!("2026-01-01"));
    let changed = stage.change(&path, "\"1\"", renamed.clone()).await;
    assert_eq!((changed.status, changed.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(changed.json(), with(renamed.clone(), "id", json!(path.rsplit('/').next())));
    code(&stage.change(&path, "\"1\"", renamed.clone()).await, 412, "changed_meanwhile");
    let other = json!({"number": "2", "name": "新名称", "product_ids": [], "from": "2024-01-02"});
    let fixed = ["number", "bank_id", "provincial_id", "national_id", "from"];
    refused(&stage.change(&path, "\"2\"", other).await, &fixed);
    let nowhere = format!("/v1/agreements/{}", id());
    code(&stage.change(&nowhere, "\"1\"", renamed).await, 404, "not_found");
}

#[tokio::test]
async fn what_is_wrong_is_all_named_and_what_is_not_asked_for_is_refused() {
    let stage = stage().await;
    let path = format!("/v1/agreements/{}", id());
    let body = json!({"number": "", "name": " ", "product_ids": [id()], "bank_id": id(), "from": "2024-01-01", "until": "2024-01-01"});
    refused(&stage.put(&path, body).await, &["number", "name", "until", "product_ids[0]", "bank_id"]);
    for (field, value) in [
        ("version", json!(7)),
        ("institution_id", json!(stage.world.province.institution)),
        ("id", json!(id())),
        ("cap", json!("0.00")),
        ("cap", json!("1.001")),
        ("cap", json!(1)),
        ("from", json!("2024-02-30")),
        ("provincial_id", json!("nobody")),
    ] {
        let answer = stage.put(&path, with(stage.everybody(), field, value)).await;
        assert_eq!((answer.status, fields(&answer)), (StatusCode::BAD_REQUEST, vec![field.to_owned()]), "{field}");
    }
}

#[tokio::test]
async fn agreements_are_listed_of_a_day_and_of_a_bank_page_by_page() {
    let stage = stage().await;
    let mut numbers = Vec::new();
    // With the bank, in 2024 and in 2025; without it from 2025 on.
    for (number, bank, from, until) in [
        ("1", json!(stage.bank), "2024-01-01", json!("2025-01-01")),
        ("2", json!(stage.bank), "2025-01-01", json!("2026-01-01")),
        ("3", Value::Null, "2025-01-01", Value::Null),
    ] {
        let body = with(with(stage.everybody(), "bank_id", bank), "number", json!(number));
        let body = with(with(body, "from", json!(from)), "until", until);
        assert_eq!(stage.put(&format!("/v1/agreements/{}", id()), body).await.status, StatusCode::CREATED);
        numbers.push(number);
    }
    let bank = stage.bank;
    for (query, expected) in [
        (String::from("limit=1"), &["1", "2", "3"][..]),
        ("on=2023-12-31".to_owned(), &[]),
        ("on=2024-01-01".to_owned(), &["1"]),
        ("on=2024-12-31".to_owned(), &["1"]),
        ("on=2025-01-01".to_owned(), &["2", "3"]),
        (format!("bank_id={bank}&limit=1"), &["1", "2"]),
        (format!("bank_id={bank}&on=2025-12-31"), &["2"]),
        (format!("bank_id={bank}&on=2026-01-01"), &[]),
        (format!("bank_id={}", id()), &[]),
    ] {
        let found = stage.world.app.all(&stage.approver, &format!("/v1/agreements?{query}"), "number").await;
        assert_eq!(found, expected, "{query}");
    }
    for (query, status) in [("on=soon", 422), ("bank_id=x", 400), ("number=1", 400), ("limit=201", 422)] {
        let answer = stage.world.app.read(&stage.approver, &format!("/v1/agreements?{query}")).await;
        assert_eq!(answer.status.as_u16(), status, "{query}");
    }
    assert!(stage.world.app.all(&stage.world.province, "/v1/agreements", "number").await.is_empty());
}

#[tokio::test]
async fn terms_are_read_back_with_what_the_law_will_say_of_every_contract_under_them() {
    let stage = stage().await;
    let path = format!("{}/terms/{}", stage.agreed().await, id());
    let weak = terms("0.1999999999", "0.4000000001", "2024-01-01", None);
    let stated = stage.put(&path, weak.clone()).await;
    assert_eq!((stated.status, stated.header("etag")), (StatusCode::CREATED, "\"1\""), "{:?}", stated.json());
    let json = stated.json();
    let found: Vec<(&str, &str)> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["rule"].as_str().unwrap(), finding["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("risk.whole", "pass"),
            ("risk.bank", "needs_exception"),
            ("risk.national", "pass"),
            ("risk.provincial", "pass"),
            ("refee.order", "pass")
        ]
    );
    assert_eq!((&json["shares"]["bank"], &json["shares"]["other"]), (&json!("0.1999999999"), &json!("0")));
    assert_eq!((&json["provincial_fee_rate"], &json["early_release"]), (&json!("0.003"), &json!("pro_rata")));
    let again = stage.put(&path, weak).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &stated.body));
    code(&stage.put(&path, usual("2024-01-01", None)).await, 409, "id_taken");
    assert_eq!(stage.world.app.read(&stage.approver, &path).await.body, stated.body);
}

#[tokio::test]
async fn terms_do_not_overlap_and_may_follow_each_other_to_the_day() {
    let stage = stage().await;
    let path = stage.agreed().await;
    let put = async |from: &str, until| stage.put(&format!("{path}/terms/{}", id()), usual(from, until)).await;
    assert_eq!(put("2025-01-01", Some("2026-01-01")).await.status, StatusCode::CREATED);
    for (from, until) in [
        ("2025-12-31", None),
        ("2024-01-01", Some("2025-01-02")),
        ("2025-06-01", Some("2025-07-01")),
        ("2024-01-01", None),
    ] {
        code(&put(from, until).await, 409, "wrong_state");
    }
    assert_eq!(put("2024-01-01", Some("2025-01-01")).await.status, StatusCode::CREATED);
    assert_eq!(put("2026-01-01", None).await.status, StatusCode::CREATED);
    let listed = stage.world.app.all(&stage.approver, &format!("{path}/terms?limit=1"), "from").await;
    assert_eq!(listed, ["2025-01-01", "2024-01-01", "2026-01-01"], "in the order of their ids");
    let of_a_day = stage.world.app.all(&stage.approver, &format!("{path}/terms?on=2025-12-31"), "from").await;
    assert_eq!(of_a_day, ["2025-01-01"]);
}

#[tokio::test]
async fn terms_of_two_agreements_stand_beside_each_other() {
    let stage = stage().await;
    let first = stage.agreed().await;
    let second = format!("/v1/agreements/{}", id());
    let body = with(stage.everybody(), "number", json!("2"));
    assert_eq!(stage.put(&second, body).await.status, StatusCode::CREATED);
    for path in [&first, &second] {
        let answer = stage.put(&format!("{path}/terms/{}", id()), usual("2024-01-01", None)).await;
        assert_eq!(answer.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn shares_are_the_whole_to_the_tenth_decimal_and_each_between_nothing_and_one() {
    let stage = stage().await;
    let path = format!("{}/terms/{}", stage.agreed().await, id());
    for institution in ["0.3999999999", "0.4000000001", "0"] {
        refused(&stage.put(&path, terms("0.2", institution, "2024-01-01", None)).await, &["shares"]);
    }
    for (bank, code) in [
        ("0.20000000001", "rate_eleventh_decimal"),
        ("1.0000000001", "share_above_one"),
        ("-0.2", "rate_malformed"),
        ("20%", "rate_malformed"),
    ] {
        let answer = stage.put(&path, terms(bank, "0.4", "2024-01-01", None)).await;
        assert_eq!((answer.status, fields(&answer)), (StatusCode::BAD_REQUEST, vec!["shares.bank".to_owned()]));
        assert_eq!(answer.json()["errors"][0]["code"], code);
    }
    let dear = with(usual("2024-01-01", None), "national_fee_rate", json!("1.1"));
    assert_eq!(fields(&stage.put(&path, dear).await), ["national_fee_rate"]);
    let mut more = usual("2024-01-01", None);
    more["shares"]["insurer"] = json!("0");
    assert_eq!(stage.put(&path, more).await.status, StatusCode::BAD_REQUEST);
    let mut local = usual("2024-01-01", None);
    local["shares"] = json!({"bank": "0.2", "institution": "0.2999999999", "provincial": "0.2", "national": "0.2",
        "local_finance": "0.1", "other": "0.0000000001"});
    assert_eq!(stage.put(&path, local).await.json()["shares"]["other"], "0.0000000001");
}

#[tokio::test]
async fn whoever_the_agreement_does_not_name_has_neither_share_nor_fee() {
    let stage = stage().await;
    let path = format!("/v1/agreements/{}", id());
    let alone = json!({"number": "1", "name": "某协议", "product_ids": [], "from": "2024-01-01"});
    assert_eq!(stage.put(&path, alone).await.status, StatusCode::CREATED);
    let answer = stage.put(&format!("{path}/terms/{}", id()), usual("2024-01-01", None)).await;
    let expected = ["shares.bank", "shares.provincial", "shares.national", "provincial_fee_rate", "national_fee_rate"];
    refused(&answer, &expected);
    let own = json!({
        "shares": {"bank": "0", "institution": "1", "provincial": "0", "national": "0"},
        "provincial_fee_rate": "0", "national_fee_rate": "0", "early_release": "none", "from": "2024-01-01",
    });
    assert_eq!(stage.put(&format!("{path}/terms/{}", id()), own).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn terms_begin_on_a_day_of_the_agreement() {
    let stage = stage().await;
    let path = stage.agreed().await;
    for (from, until, created) in [
        ("2023-12-31", Some("2024-01-01"), false),
        ("2024-01-01", Some("2024-01-02"), true),
        ("2026-12-31", None, true),
        ("2027-01-01", None, false),
    ] {
        let answer = stage.put(&format!("{path}/terms/{}", id()), usual(from, until)).await;
        if created {
            assert_eq!(answer.status, StatusCode::CREATED, "{from}");
        } else {
            refused(&answer, &["from"]);
        }
    }
    let empty = usual("2025-01-01", Some("2025-01-01"));
    refused(&stage.put(&format!("{path}/terms/{}", id()), empty).await, &["until"]);
}

#[tokio::test]
async fn the_end_of_terms_names_its_version_and_moves_to_where_there_is_room() {
    let stage = stage().await;
    let (app, agreement) = (&stage.world.app, stage.agreed().await);
    let first = format!("{agreement}/terms/{}", id());
    assert_eq!(stage.put(&first, usual("2024-01-01", Some("2025-01-01"))).await.status, StatusCode::CREATED);
    let next = format!("{agreement}/terms/{}", id());
    assert_eq!(stage.put(&next, usual("2025-07-01", None)).await.status, StatusCode::CREATED);
    let end = async |version, until| app.end(&stage.approver, &first, version, until).await;
    code(&end(None, Some("2025-07-01")).await, 428, "if_match_missing");
    code(&end(Some("\"2\""), Some("2025-07-01")).await, 412, "changed_meanwhile");
    code(&end(Some("\"1\""), Some("2025-07-02")).await, 409, "wrong_state");
    code(&end(Some("\"1\""), None).await, 409, "wrong_state");
    refused(&end(Some("\"1\""), Some("2024-01-01")).await, &["until"]);
    let moved = end(Some("\"1\""), Some("2025-07-01")).await;
    assert_eq!((moved.status, moved.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(moved.json()["until"], "2025-07-01");
    let elsewhere = first.replace(agreement.rsplit('/').next().unwrap(), &id().to_string());
    code(&app.end(&stage.approver, &elsewhere, Some("\"2\""), None).await, 404, "not_found");
}

#[tokio::test]
async fn an_officer_reads_agreements_and_states_none_and_another_institution_sees_none() {
    let stage = stage().await;
    let World { app, province, city, .. } = &stage.world;
    let agreement = stage.agreed().await;
    let terms = format!("{agreement}/terms/{}", id());
    assert_eq!(stage.put(&terms, usual("2024-01-01", None)).await.status, StatusCode::CREATED);
    let officer = app.hire(city, Role::Officer).await;
    assert_eq!(app.read(&officer, &terms).await.status, StatusCode::OK);
    assert_eq!(app.put(&officer, &agreement, stage.everybody()).await.status, StatusCode::FORBIDDEN);
    let theirs = app.hire(province, Role::Approver).await;
    for path in [&agreement, &terms, &format!("{agreement}/terms")] {
        assert_eq!(app.read(&theirs, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let intruding = app.put(&theirs, &format!("{agreement}/terms/{}", id()), usual("2024-01-01", None)).await;
    code(&intruding, 404, "not_found");
}

#[tokio::test]
async fn a_contract_is_booked_under_the_terms_of_its_day_while_the_agreement_is_in_force() {
    let stage = stage().await;
    let path = stage.agreed().await;
    for (bank, institution, from, until) in
        [("0.2", "0.4", "2024-07-01", Some("2025-01-01")), ("0.3", "0.3", "2025-01-01", None)]
    {
        let answer = stage.put(&format!("{path}/terms/{}", id()), terms(bank, institution, from, until)).await;
        assert_eq!(answer.status, StatusCode::CREATED);
    }
    let app = &stage.world.app;
    let officer = app.hire(&stage.world.city, Role::Officer).await;
    let client = PartyId::from_uuid(app.file_party(&officer, "enterprise", "某某").await);
    let actor = Actor::Person { user: UserId::from_uuid(stage.approver.id), role: Role::Approver };
    let institution = InstitutionId::from_uuid(stage.approver.institution);
    let caller = Caller { institution, actor, session: None };
    let scope = Scope::open(&app.state.database, app.state.clock, &caller, Action::ReadAgreements).await.unwrap();
    let agreement = Some(path.rsplit('/').next().unwrap().parse().unwrap());
    for (day, bank) in [
        (Day::new(2024, 6, 30), None),
        (Day::new(2024, 7, 1), Some("0.2")),
        (Day::new(2024, 12, 31), Some("0.2")),
        (Day::new(2025, 1, 1), Some("0.3")),
        // The agreement ends before 2027-01-01, its last terms with it.
        (Day::new(2026, 12, 31), Some("0.3")),
        (Day::new(2027, 1, 1), None),
    ] {
        let asked = Asked { client, agreement, product: None, grade: None, day };
        let around = store::around::find(&scope, asked).await.unwrap().unwrap();
        let terms = around.agreement.unwrap().terms;
        let found = terms.map(|(terms, _)| terms.shares.of(domain::risk::Role::Bank).to_string());
        assert_eq!(found.as_deref(), bank, "{day}");
    }
}
