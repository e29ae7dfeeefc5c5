//! Products: open or one's own, no looser than the law, and replacing only what may be replaced.

use crate::harness::{self, Answer, App, Person, World};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

fn product(code: &str) -> Value {
    json!({
        "code": code, "name": "一般业务", "kind": "regular", "from": "2026-01-01",
        "document": "某办法", "clause": "第三条", "verified": false,
    })
}

/// A plan of the national fund as 财金〔2024〕60号 has it.
fn plan() -> Value {
    with(
        product("keji"),
        json!({
            "kind": "plan", "client_max": "30000000.00", "payout_rate_cap": "0.05", "payout_definition": "institution",
            "bank_min": "0.2", "provincial_min": "0.2", "replaces_rules": ["risk.provincial"],
            "national_max": [
                {"grade": "专精特新小巨人", "share": "0.4"}, {"grade": "高新技术企业", "share": "0.35"}, {"grade": "科技型中小企业", "share": "0.3"},
            ],
        }),
    )
}

fn with(mut product: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        product[field] = value.clone();
    }
    product
}

async fn state(app: &App, person: &Person, body: Value) -> (String, Answer) {
    let path = format!("/v1/products/{}", Uuid::now_v7());
    let answer = app.put(person, &path, body).await;
    (path, answer)
}

/// The status, and the first fault's field and code.
async fn refused(app: &App, person: &Person, body: Value) -> (u16, String, String) {
    let (_, answer) = state(app, person, body).await;
    let fault = answer.json()["errors"][0].clone();
    let text = |field: &str| fault[field].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), text("field"), text("code"))
}

fn fault(status: u16, field: &str, code: &str) -> (u16, String, String) {
    (status, field.to_owned(), code.to_owned())
}

#[tokio::test]
async fn every_parameter_comes_back_as_it_was_stated() {
    let World { app, fund, .. } = harness::world().await;
    let (path, stated) = state(&app, &fund, plan()).await;
    assert_eq!(stated.status, StatusCode::CREATED, "{:?}", stated.body);
    let read = app.read(&fund, &path).await.json();
    for (field, value) in plan().as_object().unwrap() {
        assert_eq!(&read[field], value, "{field}");
    }
    assert_eq!((&read["open"], &read["fee_max"], &read["until"]), (&json!(true), &Value::Null, &Value::Null));
    let (path, stated) = state(&app, &fund, product("kong")).await;
    assert_eq!(stated.status, StatusCode::CREATED);
    let read = app.read(&fund, &path).await.json();
    assert_eq!((&read["national_max"], &read["replaces_rules"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn products_of_fund_and_province_are_open_and_an_institutions_are_its_own() {
    let World { app, fund, province, city, bureau } = harness::world().await;
    let second = app.onboard(&province, "second", "guarantee_institution", "330200").await;
    let (national, _) = state(&app, &fund, plan()).await;
    let (provincial, _) = state(&app, &province, product("sheng")).await;
    let (own, stated) = state(&app, &city, product("shi")).await;
    assert_eq!((stated.status, &stated.json()["open"]), (StatusCode::CREATED, &json!(false)));
    for (reader, sees) in [(&fund, 404), (&province, 404), (&city, 200), (&second, 404), (&bureau, 404)] {
        assert_eq!(app.read(reader, &national).await.status, StatusCode::OK);
        assert_eq!(app.read(reader, &provincial).await.status, StatusCode::OK);
        assert_eq!(app.read(reader, &own).await.status.as_u16(), sees, "{}", reader.code);
        let listed = app.all(reader, "/v1/products?limit=1", "code").await.len();
        assert_eq!(listed, if sees == 200 { 3 } else { 2 }, "{}", reader.code);
    }
    for stranger in [&city, &second, &province] {
        assert_eq!(app.end(stranger, &national, Some("\"1\""), None).await.status, StatusCode::NOT_FOUND);
    }
    let (_, refused) = state(&app, &bureau, product("ju")).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (422, &json!("outside_the_tree")));
}

#[tokio::test]
async fn later_caps_of_start_up_loans_are_data_of_the_national_fund_and_stricter_ones_of_anybody() {
    let World { app, fund, province, city, .. } = harness::world().await;
    let caps = |person: &str, enterprise: &str, replaces: Value| {
        let own = json!({"kind": "startup", "startup_person_max": person, "startup_enterprise_max": enterprise, "replaces_rules": replaces});
        with(product("chuangye"), own)
    };
    let later = caps("300000.00", "4000000.00", json!(["startup.cap"]));
    let (path, stated) = state(&app, &fund, later.clone()).await;
    assert_eq!(stated.status, StatusCode::CREATED, "{:?}", stated.body);
    let read = app.read(&city, &path).await.json();
    assert_eq!(
        (&read["startup_person_max"], &read["startup_enterprise_max"]),
        (&json!("300000.00"), &json!("4000000.00"))
    );
    assert_eq!(refused(&app, &province, later).await, fault(422, "replaces_rules", "replaced_by_others"));
    for person in [&city, &province] {
        let (_, stated) = state(&app, person, caps("150000.00", "3000000.00", json!([]))).await;
        assert_eq!(stated.status, StatusCode::CREATED, "{:?}", stated.body);
        let looser = refused(&app, person, caps("150000.01", "3000000.00", json!([]))).await;
        assert_eq!(looser, fault(422, "startup_person_max", "looser_than_law"));
        let looser = refused(&app, person, caps("150000.00", "3000000.01", json!([]))).await;
        assert_eq!(looser, fault(422, "startup_enterprise_max", "looser_than_law"));
    }
    let nothing = with(product("kong"), json!({"kind": "startup", "replaces_rules": ["startup.cap"]}));
    assert_eq!(refused(&app, &fund, nothing).await, fault(422, "replaces_rules", "replaced_by_nothing"));
    let of_another_kind = with(product("yiban"), json!({"startup_person_max": "100000.00"}));
    assert_eq!(refused(&app, &fund, of_another_kind).await, fault(422, "startup_person_max", "not_of_this_kind"));
}

#[tokio::test]
async fn nobody_opens_a_product_or_states_one_in_anothers_name() {
    let World { app, city, fund, .. } = harness::world().await;
    for (field, value) in [("open", json!(true)), ("institution_id", json!(fund.institution)), ("version", json!(7))] {
        let refused = refused(&app, &city, with(product("shi"), json!({field: value}))).await;
        assert_eq!(refused, fault(400, field, "unknown_field"));
    }
}

#[tokio::test]
async fn a_product_is_no_looser_than_the_law_by_a_ten_billionth() {
    let World { app, city, province, .. } = harness::world().await;
    for (field, as_law, looser) in [
        ("fee_max", "0.015", "0.0150000001"),
        ("reguarantee_fee_max", "0.005", "0.0050000001"),
        ("bank_min", "0.2", "0.1999999999"),
    ] {
        for person in [&city, &province] {
            let code = field.replace('_', "-");
            let said = refused(&app, person, with(product(&code), json!({field: looser}))).await;
            assert_eq!(said, fault(422, field, "looser_than_law"));
            let (_, stated) = state(&app, person, with(product(&code), json!({field: as_law}))).await;
            assert_eq!(stated.status, StatusCode::CREATED, "{field}");
        }
    }
    let (_, refused) = state(&app, &city, with(product("a1"), json!({"bank_min": "0.19"}))).await;
    let said = refused.json()["errors"][0]["message"].clone();
    for word in ["国办发〔2019〕6号", "（十一）", "0.2", "risk.bank"] {
        assert!(said.as_str().unwrap().contains(word), "{said}");
    }
}

#[tokio::test]
async fn only_the_national_fund_replaces_a_rule_and_only_one_that_products_may_replace() {
    let World { app, fund, province, city, .. } = harness::world().await;
    for person in [&province, &city] {
        let said = refused(&app, person, plan()).await;
        assert_eq!(said, fault(422, "replaces_rules", "replaced_by_others"), "{}", person.code);
    }
    for rule in ["share.small_agri", "limit.single", "fee.only", "x", "risk.bank; DROP TABLE", ""] {
        let said = refused(&app, &fund, with(plan(), json!({"replaces_rules": [rule]}))).await;
        assert_eq!(said, fault(422, "replaces_rules", "not_replaceable"), "{rule}");
    }
    let said = refused(&app, &fund, with(plan(), json!({"provincial_min": null}))).await;
    assert_eq!(said, fault(422, "replaces_rules", "replaced_by_nothing"));
    assert_eq!(state(&app, &fund, plan()).await.1.status, StatusCode::CREATED);
}

#[tokio::test]
async fn one_code_has_one_row_of_a_day_at_an_institution() {
    let World { app, fund, province, .. } = harness::world().await;
    let dated = |from: &str, until: Option<&str>| with(product("yiban"), json!({"from": from, "until": until}));
    let (path, first) = state(&app, &fund, dated("2024-01-01", Some("2025-01-01"))).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(state(&app, &fund, dated("2024-12-31", None)).await.1.status, StatusCode::CONFLICT);
    assert_eq!(state(&app, &fund, dated("2025-01-01", None)).await.1.status, StatusCode::CREATED);
    assert_eq!(state(&app, &province, dated("2024-12-31", None)).await.1.status, StatusCode::CREATED);
    assert_eq!(app.end(&fund, &path, Some("\"1\""), Some("2025-01-02")).await.status, StatusCode::CONFLICT);
    assert_eq!(app.end(&fund, &path, None, Some("2024-06-01")).await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(app.end(&fund, &path, Some("\"1\""), Some("2024-06-01")).await.status, StatusCode::OK);
    let again = app.put(&fund, &path, dated("2024-01-01", Some("2025-01-01"))).await;
    assert_eq!((again.status, &again.json()["until"]), (StatusCode::OK, &json!("2024-06-01")));
    for (on, count) in [("2023-12-31", 0), ("2024-01-01", 1), ("2024-05-31", 1), ("2024-06-01", 0), ("2025-01-01", 2)] {
        assert_eq!(app.all(&fund, &format!("/v1/products?on={on}"), "id").await.len(), count, "{on}");
    }
}

#[tokio::test]
async fn the_end_of_a_product_of_days_before_the_law_is_not_stretched_into_it() {
    let World { app, city, .. } = harness::world().await;
    let early = json!({"bank_min": "0.1", "from": "2018-01-01", "until": "2019-01-22"});
    let (path, stated) = state(&app, &city, with(product("zao"), early)).await;
    assert_eq!(stated.status, StatusCode::CREATED);
    let stretched = app.end(&city, &path, Some("\"1\""), Some("2019-01-23")).await;
    assert_eq!((stretched.status.as_u16(), &stretched.json()["errors"][0]["field"]), (422, &json!("bank_min")));
}

#[tokio::test]
async fn what_makes_no_sense_is_named_field_by_field() {
    let World { app, fund, .. } = harness::world().await;
    let grade = |name: &str| json!({"grade": name, "share": "0.3"});
    for (changes, expected) in [
        (json!({"code": "A B"}), fault(422, "code", "product_code")),
        (json!({"name": ""}), fault(422, "name", "text")),
        (json!({"clause": "\u{0}"}), fault(422, "clause", "text")),
        (json!({"until": "2026-01-01"}), fault(422, "until", "empty_term")),
        (json!({"payout_rate_cap": "0.04"}), fault(422, "payout_definition", "incomplete")),
        (json!({"payout_definition": "batch"}), fault(422, "payout_definition", "incomplete")),
        (
            json!({"payout_rate_cap": "1.01", "payout_definition": "batch"}),
            fault(400, "payout_rate_cap", "share_above_one"),
        ),
        (json!({"client_max": "0.00"}), fault(400, "client_max", "money_not_positive")),
        (
            json!({"national_max": [grade("甲"), grade("乙"), grade("丙"), grade("丁")]}),
            fault(422, "national_max", "too_many"),
        ),
        (json!({"national_max": [grade("甲"), grade("甲")]}), fault(422, "national_max", "repeated")),
        (json!({"national_max": [grade("甲"), grade(" ")]}), fault(422, "national_max[1].grade", "text")),
        (
            json!({"national_max": [{"grade": "甲", "share": "-0.1"}]}),
            fault(400, "national_max[0].share", "rate_malformed"),
        ),
        (json!({"bank_min": "0.6", "provincial_min": "0.5"}), fault(422, "provincial_min", "above_whole")),
        (json!({"kind": "startup", "client_max": "3000000.01"}), fault(422, "client_max", "looser_than_law")),
        (json!({"kind": "loan"}), fault(400, "kind", "unknown_value")),
    ] {
        assert_eq!(refused(&app, &fund, with(product("yiban"), changes.clone())).await, expected, "{changes}");
    }
}
