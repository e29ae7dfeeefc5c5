//! Banks and their branches: stated once for everybody, found by name and code, ended by whoever stated them.

use crate::harness::{self, Answer, App, Person, World};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

fn bank(code: &str, name: &str) -> Value {
    json!({"code": code, "name": name, "from": "2020-01-01"})
}

fn branch(bank: &str, code: &str) -> Value {
    let bank = bank.rsplit('/').next().unwrap();
    json!({"bank_id": bank, "code": code, "name": format!("{code}支行"), "region_code": "330100", "from": "2020-01-01"})
}

async fn put(app: &App, person: &Person, resource: &str, body: Value) -> (String, Answer) {
    let path = format!("/v1/{resource}/{}", Uuid::now_v7());
    let answer = app.put(person, &path, body).await;
    (path, answer)
}

async fn stated(app: &App, person: &Person, resource: &str, body: Value) -> String {
    let (path, answer) = put(app, person, resource, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    path
}

#[tokio::test]
async fn fund_and_provinces_state_banks_and_guarantee_institutions_branches_too() {
    let World { app, fund, province, city, bureau } = harness::world().await;
    let first = stated(&app, &fund, "banks", bank("JIA", "示例甲银行")).await;
    stated(&app, &province, "banks", bank("YI", "示例乙银行")).await;
    for stranger in [&city, &bureau] {
        let (_, refused) = put(&app, stranger, "banks", bank("BING", "示例丙银行")).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (422, &json!("outside_the_tree")));
    }
    for (index, person) in [&fund, &province, &city].into_iter().enumerate() {
        stated(&app, person, "bank-branches", branch(&first, &format!("JIA00{index}"))).await;
    }
    let (_, refused) = put(&app, &bureau, "bank-branches", branch(&first, "JIA009")).await;
    assert_eq!(refused.json()["code"], "outside_the_tree");
}

#[tokio::test]
async fn everybody_who_is_logged_in_reads_them_and_nobody_else() {
    let World { app, fund, city, bureau, .. } = harness::world().await;
    let bank = stated(&app, &fund, "banks", bank("JIA", "示例甲银行")).await;
    let branch = stated(&app, &city, "bank-branches", branch(&bank, "JIA001")).await;
    let client = app.hire(&city, Role::Client).await;
    for reader in [&fund, &city, &bureau, &client] {
        assert_eq!(app.read(reader, &bank).await.json()["code"], "JIA");
        assert_eq!(app.read(reader, &branch).await.json()["institution_id"], json!(city.institution));
        assert_eq!(app.all(reader, "/v1/banks", "code").await, [json!("JIA")]);
        assert_eq!(app.all(reader, "/v1/bank-branches", "code").await, [json!("JIA001")]);
    }
    assert_eq!(app.get(&bank).await.status, StatusCode::UNAUTHORIZED);
    let serving = app.database.serving().await;
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    let sql = Statement::from_string(DbBackend::Postgres, "SELECT count(*) FROM zengxin.bank");
    let seen: i64 = serving.query_one_raw(sql).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(seen, 0, "without a scope nothing is read");
}

#[tokio::test]
async fn a_code_is_used_once_and_an_id_too() {
    let World { app, fund, province, .. } = harness::world().await;
    let path = stated(&app, &fund, "banks", bank("JIA", "示例甲银行")).await;
    let (_, taken) = put(&app, &province, "banks", bank("JIA", "另一银行")).await;
    assert_eq!((taken.status.as_u16(), &taken.json()["code"]), (409, &json!("taken")));
    let again = app.put(&fund, &path, bank("JIA", "示例甲银行")).await;
    assert_eq!(again.status, StatusCode::OK);
    for (person, name) in [(&fund, "另一银行"), (&province, "示例甲银行")] {
        let other = app.put(person, &path, bank("JIA", name)).await;
        assert_eq!((other.status.as_u16(), &other.json()["code"]), (409, &json!("id_taken")), "{}", person.code);
    }
    stated(&app, &province, "bank-branches", branch(&path, "JIA001")).await;
    let (_, taken) = put(&app, &fund, "bank-branches", branch(&path, "JIA001")).await;
    assert_eq!((taken.status.as_u16(), &taken.json()["errors"][0]["field"]), (409, &json!("code")));
}

#[tokio::test]
async fn they_are_found_by_part_of_a_name_by_the_beginning_of_a_code_and_by_bank() {
    let World { app, fund, .. } = harness::world().await;
    let first = stated(&app, &fund, "banks", bank("AA1", "示例甲银行")).await;
    let second = stated(&app, &fund, "banks", bank("BA1", "示例乙银行")).await;
    for (bank, code) in [(&first, "AA103"), (&first, "AA101"), (&second, "BA101"), (&first, "AA102")] {
        stated(&app, &fund, "bank-branches", branch(bank, code)).await;
    }
    let codes = async |path: &str| app.all(&fund, path, "code").await;
    assert_eq!(codes("/v1/banks?search=A").await, [json!("AA1")]);
    // 乙
    assert_eq!(codes("/v1/banks?search=%E4%B9%99").await, [json!("BA1")]);
    assert_eq!(codes("/v1/banks?search=%25").await, Vec::<Value>::new());
    let of_first = format!("/v1/bank-branches?bank_id={}&limit=1", first.rsplit('/').next().unwrap());
    assert_eq!(codes(&of_first).await, [json!("AA101"), json!("AA102"), json!("AA103")]);
    assert_eq!(codes("/v1/bank-branches?search=BA").await, [json!("BA101")]);
    for query in ["bank_id=x", "bank=x", "limit=many"] {
        assert_eq!(app.read(&fund, &format!("/v1/bank-branches?{query}")).await.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn whoever_stated_a_bank_ends_it_and_a_list_shows_the_banks_of_its_day() {
    let World { app, fund, province, .. } = harness::world().await;
    let path = stated(&app, &fund, "banks", bank("JIA", "示例甲银行")).await;
    let end = async |person, version, until| app.end(person, &path, version, until).await.status.as_u16();
    assert_eq!(end(&province, Some("\"1\""), Some("2024-01-01")).await, 404);
    assert_eq!(end(&fund, None, Some("2024-01-01")).await, 428);
    assert_eq!(end(&fund, Some("\"1\""), Some("2020-01-01")).await, 422);
    assert_eq!(end(&fund, Some("\"1\""), Some("2024-01-01")).await, 200);
    assert_eq!(end(&fund, Some("\"1\""), Some("2024-01-01")).await, 412);
    for (on, found) in [("2019-12-31", 0), ("2020-01-01", 1), ("2023-12-31", 1), ("2024-01-01", 0)] {
        assert_eq!(app.all(&fund, &format!("/v1/banks?on={on}"), "id").await.len(), found, "{on}");
    }
    let starting = |from: &str| {
        let mut body = branch(&path, "JIA001");
        body["from"] = json!(from);
        body
    };
    for from in ["2019-12-31", "2024-01-01"] {
        let (_, refused) = put(&app, &fund, "bank-branches", starting(from)).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["errors"][0]["field"]),
            (422, &json!("bank_id")),
            "{from}"
        );
    }
    let branch = stated(&app, &fund, "bank-branches", starting("2023-12-31")).await;
    assert_eq!(app.end(&province, &branch, Some("\"1\""), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.end(&fund, &branch, Some("\"1\""), Some("2024-01-01")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_fault_is_named_and_nobody_states_in_anothers_name() {
    let World { app, fund, .. } = harness::world().await;
    let body = json!({
        "bank_id": Uuid::now_v7(), "code": "a", "name": " ", "region_code": "33", "from": "2020-01-01", "until": "2020-01-01",
    });
    let (_, refused) = put(&app, &fund, "bank-branches", body).await;
    let fields: Vec<Value> =
        refused.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["code", "name", "region_code", "until", "bank_id"]);
    for field in ["institution_id", "version", "id"] {
        let mut body = bank("JIA", "示例甲银行");
        body[field] = json!("1");
        let (_, refused) = put(&app, &fund, "banks", body).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (400, &json!(field)));
    }
    for code in ["", "J", "jia", "J A", "J%", "ABCDEFGHIJKLMNOPQRSTU"] {
        let (_, refused) = put(&app, &fund, "banks", bank(code, "示例甲银行")).await;
        assert_eq!(refused.status.as_u16(), 422, "{code}");
    }
}
