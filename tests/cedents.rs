//! Who cedes to an upper layer: each looked at alone, by regions, and its contracts in the order in which they wait.

use crate::{
    cessions::{another, decide, read, refused, second_province},
    harness::{Desk, Person, TERMS, created, desk, finding},
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{auth::Role, clock};

fn strings(found: &[Value]) -> Vec<&str> {
    found.iter().map(|value| value.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_share_of_what_is_ceded_is_held_against_its_limit_with_the_clause() {
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    let id = desk.in_force(desk.content(small, "1000000.00")).await;
    desk.in_force(desk.content(large, "250000.00")).await;
    let row = async || read(&desk, &desk.province, "/v1/cedents").await["items"][0].clone();
    // 1,000,000 ÷ 1,250,000 = 0.8 exactly.
    let passed = row().await;
    let of = |row: &Value| finding(row, "share.small_agri").clone();
    assert_eq!((&of(&passed)["outcome"], &of(&passed)["measured"]), (&json!("pass"), &json!("0.800000")));
    assert_eq!((&of(&passed)["limit"], &of(&passed)["document"]), (&json!("0.800000"), &json!("国办发〔2019〕6号")));
    assert!(desk.app.all(&desk.province, "/v1/cedents?only=below_limit", "code").await.is_empty());
    // A fen less of what counts.
    created(&desk.act(&desk.officer, id, "releases", json!({"amount": "0.01", "effective_on": clock::today()})).await);
    let below = row().await;
    assert_eq!(of(&below)["outcome"], json!("advise"));
    assert_eq!(desk.app.all(&desk.province, "/v1/cedents?only=below_limit", "code").await, ["city"]);
    assert_eq!(desk.app.all(&desk.province, "/v1/cedents?only=drift_alert", "code").await, ["city"]);
}

#[tokio::test]
async fn small_tickets_are_those_whose_client_had_at_most_five_million_when_the_contract_began() {
    let desk = desk().await;
    let (small, growing) = (desk.client("small", "青禾食品").await, desk.client("small", "白云食品").await);
    let row = async || read(&desk, &desk.province, "/v1/cedents?sort=small_ticket_share").await["items"][0].clone();
    let other = desk.client("small", "绿野食品").await;
    desk.in_force(desk.content(small, "4000000.00")).await;
    desk.in_force(desk.content(other, "4000000.00")).await;
    desk.in_force(desk.content(growing, "2000000.00")).await;
    assert_eq!(row().await["small_ticket_share"], json!("1.000000"));
    // Approved it counts in what is ceded; not yet in what began.
    let id = desk.book(desk.content(growing, "3000000.01")).await;
    assert_eq!(row().await["small_ticket_share"], json!("1.000000"));
    // The client is a fen above 5,000,000 then: 10,000,000 ÷ 13,000,000.01, what began before stays what it was.
    created(&desk.act(&desk.officer, id, "disbursements", json!({"effective_on": clock::today()})).await);
    let row = row().await;
    assert_eq!(row["small_ticket_share"], json!("0.769231"));
    let found = finding(&row, "share.small_ticket");
    assert_eq!((&found["outcome"], &found["limit"]), (&json!("pass"), &json!("0.500000")));
    let superuser = desk.app.database.superuser().await;
    let sql = "UPDATE zengxin.cession SET small_ticket = NULL";
    sea_orm::ConnectionTrait::execute_unprepared(&superuser, sql).await.unwrap();
    let unknown = read(&desk, &desk.province, "/v1/cedents").await["items"][0].clone();
    assert_eq!(unknown["small_ticket_share"], Value::Null);
    assert_eq!(finding(&unknown, "share.small_ticket")["outcome"], json!("not_assessed"));
}

#[tokio::test]
async fn cedents_are_found_by_name_code_and_province() {
    let first = desk().await;
    let xisheng = second_province(&first).await;
    let second = another(&first, &xisheng, "sanhao", &TERMS()).await;
    for desk in [&first, &second] {
        let client = desk.client("small", "青禾食品").await;
        desk.book(desk.content(client, "1000.00")).await;
    }
    let found = async |query: &str| first.app.all(&first.fund, &format!("/v1/cedents?{query}"), "code").await;
    assert_eq!(found("search=san").await, ["sanhao"]);
    assert!(found("search=无此机构").await.is_empty());
    assert_eq!(found(&format!("province={}", xisheng.institution)).await, ["sanhao"]);
    assert_eq!(found(&format!("by=province&province={}", xisheng.institution)).await, ["xisheng"]);
    refused(&first.app.read(&first.fund, "/v1/cedents?search=%20").await, 422, "invalid_input");
}

#[tokio::test]
async fn a_quota_is_ranked_by_how_much_of_it_is_used_and_one_without_comes_last() {
    let first = desk().await;
    let second = another(&first, &first.province, "erhao", &TERMS()).await;
    let approver = first.app.hire(&first.province, Role::Approver).await;
    let year = read(&first, &first.province, "/v1/cedents").await;
    assert!(year["items"].as_array().unwrap().is_empty(), "nothing is ceded yet");
    let year: i32 = clock::today().format("%Y").to_string().parse().unwrap();
    let grant = json!({"cedent_id": second.admin.institution, "year": year, "granted": "3000.00", "document": "通知"});
    created(&first.app.put(&approver, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
    for desk in [&first, &second] {
        let client = desk.client("small", "青禾食品").await;
        desk.book(desk.content(client, "1000.00")).await;
    }
    assert_eq!(first.app.all(&first.province, "/v1/cedents?sort=quota_use", "code").await, ["erhao", "city"]);
    // 1,000 ÷ 3,000.
    let used = first.app.all(&first.province, "/v1/cedents?sort=quota_use&limit=1", "quota_use").await;
    assert_eq!(used, [json!("0.333333"), Value::Null]);
}

/// The fund's cedents in two provinces: two in one city of the first, one in another city of it, one in the second.
async fn spread() -> (Desk, Person) {
    let first = desk().await;
    let xisheng = second_province(&first).await;
    let second = another(&first, &first.province, "erhao", &TERMS()).await;
    let third = another(&first, &xisheng, "sanhao", &TERMS()).await;
    for (desk, amount) in [(&first, "300000.00"), (&second, "500000.00"), (&third, "400000.00")] {
        let client = desk.client("small", "青禾食品").await;
        desk.book(desk.content(client, amount)).await;
    }
    (first, xisheng)
}

#[tokio::test]
async fn the_sums_of_regions_are_those_of_the_cedents_that_are_there() {
    let (first, xisheng) = spread().await;
    let provinces = read(&first, &first.fund, "/v1/cedent-regions").await;
    let items = provinces["items"].as_array().unwrap();
    let row = |item: &Value| {
        (
            item["code"].clone(),
            item["name"].clone(),
            item["cedents"].clone(),
            item["contracts"].clone(),
            item["ceded"].clone(),
        )
    };
    // 0.2 × (300,000 + 500,000) and 0.2 × 400,000.
    let expected = [
        (json!("330000"), json!("浙江省"), json!(2), json!(2), json!("160000.00")),
        (json!("510000"), json!("四川省"), json!(1), json!(1), json!("80000.00")),
    ];
    assert_eq!(items.iter().map(row).collect::<Vec<_>>(), expected);
    assert_eq!(finding(&items[0], "share.small_agri")["outcome"], json!("pass"));
    let all = read(&first, &first.fund, "/v1/cedent-regions?level=all").await;
    assert_eq!((&all["items"][0]["cedents"], &all["items"][0]["ceded"]), (&json!(3), &json!("240000.00")));
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    let there = async |region: &str| {
        first.app.all(&first.fund, &format!("/v1/cedents?order=ascending&region={region}"), "code").await
    };
    assert_eq!((there("33").await, there("3302").await), (vec![json!("city"), json!("erhao")], vec![json!("erhao")]));
    let cities = first.app.all(&first.fund, "/v1/cedent-regions?level=city&province=330000", "code").await;
    assert_eq!(cities, ["330100", "330200"]);
    // The second province sees its own alone, and a cedent nothing.
    assert_eq!(first.app.all(&xisheng, "/v1/cedent-regions", "code").await, ["510000"]);
    assert!(first.app.all(&first.officer, "/v1/cedent-regions", "code").await.is_empty());
    refused(&first.app.read(&first.fund, "/v1/cedent-regions?province=33").await, 422, "invalid_input");
    let village = first.app.read(&first.fund, "/v1/cedent-regions?level=village").await;
    let fault = &village.json()["errors"][0];
    assert_eq!((village.status, &fault["field"]), (StatusCode::BAD_REQUEST, &json!("level")));
    assert_eq!(fault["message"], "没有“village”；可用：all, province, city。");
}

#[tokio::test]
async fn a_cedent_is_shown_with_what_its_contracts_are_about_and_only_to_whom_it_cedes() {
    let (first, xisheng) = spread().await;
    let (small, large) = (first.client("small", "白云食品").await, first.client("large", "宏图集团").await);
    let id = first.in_force(first.content(small, "200000.00")).await;
    first.in_force(first.content(large, "100000.00")).await;
    let path = format!("/v1/cedents/{}", first.admin.institution);
    let whole = read(&first, &first.province, &path).await;
    assert_eq!((&whole["cedent"]["code"], &whole["cedent"]["contracts"]), (&json!("city"), &json!(3)));
    let of = |dimension: &str| -> Vec<(Value, Value, Value, Value)> {
        let slices = whole["slices"].as_array().unwrap().iter().filter(|slice| slice["dimension"] == json!(dimension));
        slices
            .map(|slice| {
                (
                    slice["key"].clone(),
                    slice["contracts"].clone(),
                    slice["ceded"].clone(),
                    slice["small_agri_share"].clone(),
                )
            })
            .collect()
    };
    // 0.2 × (300,000 + 200,000) of small enterprises, 0.2 × 100,000 of the other; the largest first.
    let kinds = of("client_kind");
    assert_eq!(
        (&kinds[0].0, &kinds[0].1, &kinds[0].2),
        (&json!("small_micro_enterprise"), &json!(2), &json!("100000.00"))
    );
    assert_eq!((&kinds[1].2, &kinds[1].3), (&json!("20000.00"), &json!("0.000000")));
    let regions = of("region");
    assert_eq!(regions.len(), 1);
    // 500,000 ÷ 600,000.
    assert_eq!((&regions[0].2, &regions[0].3), (&json!("120000.00"), &json!("0.833333")));
    assert_eq!(of("bank")[0].0, json!(first.bank));
    assert!(whole["slices"].as_array().unwrap().iter().any(|slice| slice["name"] == json!("示例银行")));
    assert!(whole["alerts"].as_array().unwrap().is_empty());
    created(
        &first
            .act(&first.officer, id, "releases", json!({"amount": "200000.00", "effective_on": clock::today()}))
            .await,
    );
    let alerts = read(&first, &first.province, &path).await["alerts"].clone();
    assert!(alerts.as_array().unwrap().iter().any(|alert| alert["rule"] == json!("share.small_agri")), "{alerts}");
    assert_eq!(first.app.read(&xisheng, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(first.app.read(&first.officer, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_waits_longest_comes_first_page_by_page_whoever_ceded_it() {
    let first = desk().await;
    let second = another(&first, &first.province, "erhao", &TERMS()).await;
    let filer = first.app.hire(&first.province, Role::Officer).await;
    let mut ids = Vec::new();
    for desk in [&first, &second, &first, &second] {
        let client = desk.client("small", &format!("青禾食品{}", ids.len())).await;
        ids.push(desk.book(desk.content(client, "1000.00")).await);
    }
    let superuser = first.app.database.superuser().await;
    for (id, day) in [(ids[0], "2024-03-02"), (ids[1], "2024-03-01"), (ids[2], "2024-03-01"), (ids[3], "2024-02-29")] {
        let sql = format!("UPDATE zengxin.cession SET approved_on = '{day}' WHERE contract_id = '{id}'");
        sea_orm::ConnectionTrait::execute_unprepared(&superuser, &sql).await.unwrap();
    }
    let queue = async |more: &str| {
        let path = format!("/v1/cessions?filing=pending&order=oldest&limit=1{more}");
        first.app.all(&first.province, &path, "contract_id").await
    };
    // Of the same day in the order of the cedents.
    let mut same = [(second.admin.institution, ids[1]), (first.admin.institution, ids[2])];
    same.sort_unstable();
    let expected = [ids[3], same[0].1, same[1].1, ids[0]].map(|id| json!(id));
    assert_eq!(queue("").await, expected);
    created(&decide(&second, &filer, ids[3], json!({"decision": "confirmed"})).await.1);
    assert_eq!(queue("").await, expected[1..]);
    assert_eq!(queue(&format!("&cedent={}", first.admin.institution)).await, [json!(ids[2]), json!(ids[0])]);
    let wrong = first.app.read(&first.province, "/v1/cessions?order=oldest&after=2024-13-01.x.y").await;
    refused(&wrong, 422, "invalid_input");
}

#[tokio::test]
async fn ceded_contracts_are_found_by_number_region_kind_and_whether_anything_is_outstanding() {
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    let of = |client, number: &str| {
        let mut content = desk.content(client, "100000.00");
        content["number"] = json!(number);
        content
    };
    for number in ["保-01", "保-02", "保-03", "保-04"] {
        desk.in_force(of(small, number)).await;
    }
    let over = desk.in_force(of(large, "担-01")).await;
    created(
        &desk
            .act(&desk.officer, over, "releases", json!({"amount": "100000.00", "effective_on": clock::today()}))
            .await,
    );
    let found =
        async |query: &str| desk.app.all(&desk.province, &format!("/v1/cessions?limit=2{query}"), "number").await;
    assert_eq!(strings(&found("&number=保").await), ["保-01", "保-02", "保-03", "保-04"]);
    assert_eq!(strings(&found("&number=保-03").await), ["保-03"]);
    assert!(found("&number=%25").await.is_empty(), "what is searched for holds no wildcards");
    assert_eq!(strings(&found("&live=false").await), ["担-01"]);
    assert_eq!(found("&live=true").await.len(), 4);
    assert_eq!(found("&client_kind=small_micro_enterprise").await.len(), 4);
    let region = desk.app.all(&desk.province, "/v1/cessions?limit=1", "region_code").await[0].clone();
    let region = region.as_str().unwrap();
    assert_eq!(found(&format!("&region={}", &region[..2])).await.len(), 5);
    assert!(found("&region=99").await.is_empty());
    refused(&desk.app.read(&desk.province, "/v1/cessions?region=3300000").await, 422, "invalid_input");
    assert_eq!(desk.app.read(&desk.province, "/v1/cessions?client_kind=whale").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_ceded_contract_is_shown_with_the_terms_it_was_approved_under_and_what_the_rules_say_of_them() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.in_force(desk.content(client, "1000000.00")).await;
    let whole = read(&desk, &desk.fund, &format!("/v1/cessions/{id}")).await;
    assert_eq!(
        whole["shares"],
        json!({"bank": "0.2", "institution": "0.4", "provincial": "0.2", "national": "0.2",
        "local_finance": "0", "other": "0"})
    );
    // 1,000,000 × 0.2 × 0.003 = 600 for a year, by the terms and as it is stated.
    assert_eq!((&whole["fee_recomputed"], &whole["cession"]["fee"]), (&json!("600.00"), &json!("600.00")));
    let rules: Vec<&str> =
        whole["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["risk.whole", "risk.bank", "risk.national", "risk.provincial", "refee.order", "refee.cap"]);
    assert!(whole["findings"].as_array().unwrap().iter().all(|finding| finding["outcome"] == json!("pass")));
    // A fee that the cedent states a fen higher: whether it is above the cap depends on what is not ceded.
    let sql = format!("UPDATE zengxin.cession SET fee_fen = 60001 WHERE contract_id = '{id}'");
    sea_orm::ConnectionTrait::execute_unprepared(&desk.app.database.superuser().await, &sql).await.unwrap();
    let whole = read(&desk, &desk.fund, &format!("/v1/cessions/{id}")).await;
    assert_eq!(finding(&whole, "refee.cap")["outcome"], json!("not_assessed"));
    // What was ceded before the terms were kept beside it is judged by its fee alone.
    let sql = format!("UPDATE zengxin.cession SET agreement_id = NULL, approved_on = NULL WHERE contract_id = '{id}'");
    sea_orm::ConnectionTrait::execute_unprepared(&desk.app.database.superuser().await, &sql).await.unwrap();
    let whole = read(&desk, &desk.fund, &format!("/v1/cessions/{id}")).await;
    assert_eq!((&whole["shares"], &whole["fee_recomputed"]), (&Value::Null, &Value::Null));
    assert_eq!(whole["findings"].as_array().unwrap().len(), 1);
}
