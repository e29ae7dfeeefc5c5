//! What is ceded to an upper layer: seen by it exactly, added up, filed or refused, and what the cedent makes of a refusal.

use crate::harness::{Ask, Desk, Person, TERMS, created, desk};
use axum::http::{Method, StatusCode};
use chrono::Datelike as _;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use zengxin::{auth::Role, clock};

/// Another institution below another or the same province, with an agreement of these terms; on the same service.
pub async fn another(first: &Desk, province: &Person, code: &str, terms: &Value) -> Desk {
    let app = first.app.second().await;
    let region = if province.code == "xisheng" { "510100" } else { "330200" };
    let admin = app.onboard(province, code, "guarantee_institution", region).await;
    app.join(province, &admin, "reguarantees", "2019-01-22", None).await;
    let (officer, approver) = (app.hire(&admin, Role::Officer).await, app.hire(&admin, Role::Approver).await);
    let (fund, province, bank) = (first.fund.clone(), province.clone(), first.bank);
    let desk = Desk { app, fund, province, admin, officer, approver, bank, agreement: Uuid::now_v7() };
    desk.agree(desk.agreement, "协-1", json!(null), terms).await;
    desk
}

pub async fn second_province(first: &Desk) -> Person {
    let province = first.app.onboard(&first.fund, "xisheng", "provincial_reguarantor", "510000").await;
    first.app.join(&first.fund, &province, "reguarantees", "2019-01-22", None).await;
    province
}

/// What a person reads, as it should be readable.
pub async fn read(desk: &Desk, person: &Person, path: &str) -> Value {
    let answer = desk.app.read(person, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {:?}", answer.json());
    answer.json()
}

/// What an officer decides about a contract.
pub async fn decide(desk: &Desk, officer: &Person, contract: Uuid, body: Value) -> (Uuid, crate::harness::Answer) {
    let act = Uuid::now_v7();
    let answer = desk.app.put(officer, &format!("/v1/cessions/{contract}/filings/{act}"), body).await;
    (act, answer)
}

#[track_caller]
pub fn refused(answer: &crate::harness::Answer, status: u16, code: &str) {
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (status, Some(code)), "{:?}", answer.json());
}

#[tokio::test]
async fn the_sums_of_a_cedent_are_those_of_its_contracts_by_hand() {
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    desk.in_force(desk.content(small, "1000000.00")).await;
    desk.book(desk.content(large, "200000.01")).await;
    let year = clock::today().year();
    let approver = desk.app.hire(&desk.province, Role::Approver).await;
    let grant = json!({"cedent_id": desk.admin.institution, "year": year, "granted": "5000000.00", "document": "通知"});
    created(&desk.app.put(&approver, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
    for upper in [&desk.province, &desk.fund] {
        let page = read(&desk, upper, "/v1/cedents").await;
        let row = &page["items"][0];
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert_eq!(row["institution_id"], json!(desk.admin.institution));
        assert_eq!(row["province_id"], json!(desk.province.institution));
        assert_eq!((&row["contracts"], &row["outstanding"]), (&json!(2), &json!("1200000.01")));
        // 0.2 × 1,200,000.01 = 240,000.002.
        assert_eq!(row["ceded"], json!("240000.00"));
        // 1,000,000 ÷ 1,200,000.01 = 0.83333326…
        assert_eq!(row["small_agri_share"], json!("0.833333"));
        // Of what is disbursed: 1,000,000 × 0.2 × 0.003 × 365 ÷ 365 = 600.
        assert_eq!(row["fees_stated"], json!("600.00"));
        assert_eq!((&row["fees_recomputed"], &row["fees_difference"]), (&json!("600.00"), &json!("0.00")));
        let granted = if upper.code == desk.province.code { json!("5000000.00") } else { Value::Null };
        assert_eq!((&row["quota_granted"], &row["year"]), (&granted, &json!(year)));
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn what_is_used_of_a_quota_is_read_by_whoever_granted_it() {
    let desk = desk().await;
    let approver = desk.app.hire(&desk.province, Role::Approver).await;
    let year = clock::today().year();
    let grant = json!({"cedent_id": desk.admin.institution, "year": year, "granted": "5000000.00", "document": "通知"});
    created(&desk.app.put(&approver, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
    let client = desk.client("small", "青禾食品").await;
    desk.book(desk.content(client, "1000000.00")).await;
    let given_up = desk.book(desk.content(client, "300000.00")).await;
    let used = async || read(&desk, &desk.province, "/v1/cedents").await["items"][0]["quota_used"].clone();
    assert_eq!(used().await, json!("1300000.00"));
    created(&desk.act(&desk.officer, given_up, "cancellations", json!({"reason": "客户不再需要"})).await);
    assert_eq!(used().await, json!("1000000.00"));
}

#[tokio::test]
async fn a_fee_that_is_stated_otherwise_than_the_terms_have_it_is_shown_to_the_upper_layer() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    desk.in_force(desk.content(client, "1000000.00")).await;
    let row = async || read(&desk, &desk.province, "/v1/cedents").await["items"][0].clone();
    assert_eq!(row().await["fees_difference"], json!("0.00"));
    let sql =
        format!("UPDATE zengxin.cession SET fee_fen = 59999 WHERE reguarantor_id = '{}'", desk.province.institution);
    sea_orm::ConnectionTrait::execute_unprepared(&desk.app.database.superuser().await, &sql).await.unwrap();
    let row = row().await;
    assert_eq!((&row["fees_stated"], &row["fees_recomputed"]), (&json!("599.99"), &json!("600.00")));
    assert_eq!(row["fees_difference"], json!("-0.01"));
}

#[tokio::test]
async fn cedents_are_ranked_by_any_figure_and_a_page_goes_on_where_the_last_one_ended() {
    let first = desk().await;
    let second = another(&first, &first.province, "erhao", &TERMS()).await;
    let xisheng = second_province(&first).await;
    let third = another(&first, &xisheng, "sanhao", &TERMS()).await;
    for (desk, amount) in [(&first, "300000.00"), (&second, "500000.00"), (&third, "400000.00")] {
        let client = desk.client("small", "青禾食品").await;
        desk.book(desk.content(client, amount)).await;
    }
    let ranked = async |query: &str| first.app.all(&first.fund, &format!("/v1/cedents?limit=1{query}"), "code").await;
    assert_eq!(ranked("").await, ["erhao", "sanhao", "city"]);
    assert_eq!(ranked("&sort=outstanding&order=ascending").await, ["city", "sanhao", "erhao"]);
    assert_eq!(ranked("&sort=quota_granted").await.len(), 3);
    assert_eq!(ranked("&by=province").await, ["province", "xisheng"]);
    let provinces = read(&first, &first.fund, "/v1/cedents?by=province").await;
    // 0.2 × (300,000 + 500,000).
    assert_eq!(provinces["items"][0]["ceded"], json!("160000.00"));
    assert_eq!(first.app.all(&xisheng, "/v1/cedents", "code").await, ["sanhao"]);
    let wrong = first.app.read(&first.fund, "/v1/cedents?sort=luck").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert_eq!(first.app.read(&first.fund, "/v1/cedents?after=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_refused_filing_is_listed_at_the_cedent_which_then_bears_the_share_itself() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let (id, other) =
        (desk.in_force(desk.content(client, "100000.00")).await, desk.book(desk.content(client, "1000.00")).await);
    let filer = desk.app.hire(&desk.province, Role::Officer).await;
    let (_, unreasoned) = decide(&desk, &filer, id, json!({"decision": "refused"})).await;
    refused(&unreasoned, 422, "invalid_input");
    let refusal = json!({"decision": "refused", "reason": "贷款用途与备案要求不符"});
    let (decision, answer) = decide(&desk, &filer, id, refusal.clone()).await;
    created(&answer);
    let again = desk.app.put(&filer, &format!("/v1/cessions/{id}/filings/{decision}"), refusal.clone()).await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, answer.json()));
    let (_, twice) = decide(&desk, &filer, id, refusal).await;
    refused(&twice, 409, "wrong_state");
    created(&decide(&desk, &filer, other, json!({"decision": "confirmed"})).await.1);

    let listed = read(&desk, &desk.officer, "/v1/filings?state=refused").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["decision"]["contract_id"], json!(id));
    assert_eq!(listed["items"][0]["application"], Value::Null);
    assert_eq!(listed["items"][0]["number"], desk.contract(id).await["number"]);
    assert_eq!(
        listed["items"][0]["upper_name"],
        read(&desk, &desk.province, "/v1/profile").await["institution"]["name"]
    );
    let open = async || desk.app.all(&desk.officer, "/v1/filings?applied=false", "decision").await.len();
    assert_eq!(open().await, 2);

    let before = desk.contract(id).await;
    let path = format!("/v1/contracts/{id}/filings/{decision}/applications/{}", Uuid::now_v7());
    let applied = desk.app.ask(Method::PUT, &path, desk.officer.ask()).await;
    created(&applied);
    let event = applied.json();
    assert_eq!((&event["kind"], &event["amount"]), (&json!("filing_applied"), &json!("0.00")));
    let finding = &event["findings"][0];
    assert_eq!((&finding["rule"], &finding["outcome"]), (&json!("filing.refused"), &json!("advise")));
    assert_eq!((&finding["measured"], &finding["document"]), (&json!("0.200000"), &json!("贷款用途与备案要求不符")));
    assert_eq!(desk.app.ask(Method::PUT, &path, desk.officer.ask()).await.status, StatusCode::OK);
    let path = format!("/v1/contracts/{id}/filings/{decision}/applications/{}", Uuid::now_v7());
    refused(&desk.app.ask(Method::PUT, &path, desk.officer.ask()).await, 409, "wrong_state");

    assert_eq!(open().await, 1);
    assert_eq!(desk.app.all(&desk.officer, "/v1/filings?applied=true&limit=1", "decision").await.len(), 1);
    let filings = read(&desk, &desk.officer, &format!("/v1/contracts/{id}/filings")).await;
    let application = &filings["items"][0]["application"];
    assert_eq!((&application["borne_share"], &application["from"]), (&json!("0.2"), &json!(clock::today())));
    // Nothing moved: the shares that were agreed on and what is outstanding are as before.
    let after = desk.contract(id).await;
    assert_eq!((&after["fixed"], &after["outstanding"]), (&before["fixed"], &before["outstanding"]));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_refusal_that_was_turned_is_not_applied_any_more_and_nobody_else_decides() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.in_force(desk.content(client, "100000.00")).await;
    let filer = desk.app.hire(&desk.province, Role::Officer).await;
    let (refusal, answer) = decide(&desk, &filer, id, json!({"decision": "refused", "reason": "材料不全"})).await;
    created(&answer);
    let (turned, answer) = decide(&desk, &filer, id, json!({"decision": "confirmed", "reason": "材料已补"})).await;
    created(&answer);
    let apply = async |decision: Uuid| {
        let path = format!("/v1/contracts/{id}/filings/{decision}/applications/{}", Uuid::now_v7());
        desk.app.ask(Method::PUT, &path, desk.officer.ask()).await
    };
    refused(&apply(refusal).await, 409, "wrong_state");
    created(&apply(turned).await);
    assert_eq!(apply(Uuid::now_v7()).await.status, StatusCode::NOT_FOUND);
    let filings = read(&desk, &desk.officer, &format!("/v1/contracts/{id}/filings")).await;
    assert_eq!(filings["items"][1]["application"]["borne_share"], json!("0"));
    assert!(read(&desk, &desk.officer, "/v1/filings?state=refused").await["items"].as_array().unwrap().is_empty());
    let whole = read(&desk, &desk.province, &format!("/v1/cessions/{id}")).await;
    assert_eq!(whole["cession"]["filing"], json!("confirmed"));
    assert_eq!(whole["decisions"].as_array().unwrap().len(), 2);
    let kinds: Vec<&Value> = whole["events"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
    assert_eq!(kinds, ["approved", "disbursed"]);
    // The cedent itself has nothing ceded to it, and decides nothing about its own.
    let (_, own) = decide(&desk, &desk.officer, id, json!({"decision": "confirmed"})).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
    let auditor = desk.app.hire(&desk.province, Role::Auditor).await;
    assert_eq!(
        decide(&desk, &auditor, id, json!({"decision": "refused", "reason": "试"})).await.1.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(read(&desk, &auditor, "/v1/cessions").await["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_came_to_nothing_is_not_filed() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.book(desk.content(client, "100000.00")).await;
    created(&desk.act(&desk.officer, id, "cancellations", json!({"reason": "客户不再需要"})).await);
    let filer = desk.app.hire(&desk.province, Role::Officer).await;
    refused(&decide(&desk, &filer, id, json!({"decision": "confirmed"})).await.1, 409, "wrong_state");
    assert!(desk.app.all(&filer, "/v1/cessions?filing=pending", "contract_id").await.is_empty());
    assert_eq!(desk.app.all(&filer, "/v1/cessions?filing=not_needed", "filing").await, [json!("not_needed")]);
}

#[tokio::test]
async fn a_system_of_the_province_reads_and_files_with_its_grants_alone() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.in_force(desk.content(client, "100000.00")).await;
    let token = async |grants: &[&str]| {
        let machine = Uuid::now_v7();
        let made = json!({"name": format!("系统{machine}"), "grants": grants});
        let answer = desk.app.put(&desk.province, &format!("/v1/machine-clients/{machine}"), made).await;
        created(&answer);
        let made = answer.json();
        let body = json!({"client_id": made["client_id"], "client_secret": made["client_secret"]});
        let login =
            desk.app.ask(Method::POST, "/v1/machine-sessions", Ask { body: Some(body), ..Ask::default() }).await;
        login.json()["access_token"].as_str().unwrap_or_else(|| panic!("{:?}", login.json())).to_owned()
    };
    let (reader, filer) = (token(&["cessions:read"]).await, token(&["filings:write"]).await);
    let asked = async |token: &str, method: Method, path: &str, body: Option<Value>| {
        desk.app.ask(method, path, Ask { token: Some(token), body, ..Ask::default() }).await.status.as_u16()
    };
    let filing = || format!("/v1/cessions/{id}/filings/{}", Uuid::now_v7());
    let confirmed = || Some(json!({"decision": "confirmed"}));
    assert_eq!(asked(&reader, Method::GET, "/v1/cessions", None).await, 200);
    assert_eq!(asked(&reader, Method::PUT, &filing(), confirmed()).await, 403);
    assert_eq!(asked(&filer, Method::GET, "/v1/cessions", None).await, 403);
    assert_eq!(asked(&filer, Method::PUT, &filing(), confirmed()).await, 201);
}

/// A small generator of our own, so that a failure names the seed it came from.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// Random contracts of a cedent: some drafted only, some submitted, approved, disbursed, given up or released.
async fn random_contracts(desk: &Desk, dice: &mut Dice, agreements: &[Uuid]) {
    let client = desk.client("small", "青禾食品").await;
    for _ in 0..6 {
        let mut content = desk.content(client, &format!("{}.00", 1000 + dice.roll(90_000)));
        content["agreement_id"] = json!(agreements[usize::try_from(dice.roll(agreements.len() as u64)).unwrap()]);
        let id = desk.draft(content).await;
        let how_far = dice.roll(6);
        if how_far >= 1 {
            created(&desk.submit(id).await);
        }
        if how_far >= 2 {
            created(&desk.approve(id).await);
        }
        let today = clock::today();
        match how_far {
            3 => created(&desk.act(&desk.officer, id, "cancellations", json!({"reason": "不再需要"})).await),
            4 => created(&desk.act(&desk.officer, id, "disbursements", json!({"effective_on": today})).await),
            5 => {
                created(&desk.act(&desk.officer, id, "disbursements", json!({"effective_on": today})).await);
                let release = json!({"amount": "999.00", "effective_on": today});
                created(&desk.act(&desk.officer, id, "releases", release).await);
            }
            _ => {}
        }
    }
}

/// What of the cedents' own contracts an institution takes part in, and what is outstanding of each.
async fn taken_part_in(desks: &[&Desk], upper: &Person) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for desk in desks {
        for id in desk.app.all(&desk.officer, "/v1/contracts", "id").await {
            let contract = desk.contract(id.as_str().unwrap().parse().unwrap()).await;
            let takes = |named: &str, share: &str| {
                contract["fixed"][named] == json!(upper.institution) && contract["fixed"]["shares"][share] != json!("0")
            };
            if takes("provincial_id", "provincial") || takes("national_id", "national") {
                let outstanding = contract["outstanding"].as_str().unwrap().to_owned();
                found.insert((desk.admin.institution.to_string(), id.as_str().unwrap().to_owned()), outstanding);
            }
        }
    }
    found
}

#[tokio::test]
async fn an_upper_layer_sees_exactly_what_is_ceded_to_it() {
    let (_, random) = Uuid::now_v7().as_u64_pair();
    let seed = random % 1_000_000;
    let mut dice = Dice(seed);
    let first = desk().await;
    let xisheng = second_province(&first).await;
    let second = another(&first, &first.province, "erhao", &TERMS()).await;
    let third = another(&first, &xisheng, "sanhao", &TERMS()).await;
    let desks = [&first, &second, &third];
    for desk in desks {
        // One agreement whose province bears nothing although it is named, and one of the bank and the institution alone.
        let (without, alone) = (Uuid::now_v7(), Uuid::now_v7());
        let mut terms = TERMS();
        terms["shares"] = json!({"bank": "0.2", "institution": "0.8", "provincial": "0", "national": "0"});
        (terms["provincial_fee_rate"], terms["national_fee_rate"]) = (json!("0"), json!("0"));
        desk.agree(without, "协-2", json!(null), &terms).await;
        let body = json!({"number": "协-3", "name": "分险协议", "bank_id": desk.bank, "product_ids": [], "from": "2019-01-22"});
        created(&desk.app.put(&desk.approver, &format!("/v1/agreements/{alone}"), body).await);
        let path = format!("/v1/agreements/{alone}/terms/{}", Uuid::now_v7());
        created(&desk.app.put(&desk.approver, &path, terms).await);
        random_contracts(desk, &mut dice, &[desk.agreement, without, alone]).await;
    }
    let bureau = first.app.onboard(&first.fund, "caizheng", "finance_bureau", "330000").await;
    let bureau_reader = first.app.hire(&bureau, Role::Auditor).await;
    let mut every: BTreeSet<String> = BTreeSet::new();
    for desk in desks {
        every.extend(
            desk.app.all(&desk.officer, "/v1/contracts", "id").await.iter().map(|id| id.as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(every.len(), 18);
    for upper in [&first.province, &xisheng, &first.fund, &bureau_reader, &first.officer, &third.officer] {
        let expected = taken_part_in(&desks, upper).await;
        let listed = first.app.all(upper, "/v1/cessions?limit=4", "contract_id").await;
        let by = first.app.all(upper, "/v1/cessions?limit=4", "cedent_id").await;
        let outstanding = first.app.all(upper, "/v1/cessions?limit=4", "outstanding").await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let seen: BTreeMap<(String, String), String> = by
            .iter()
            .zip(&listed)
            .zip(&outstanding)
            .map(|((cedent, contract), amount)| ((text(cedent), text(contract)), text(amount)))
            .collect();
        assert_eq!(seen.len(), listed.len(), "seed {seed}: each once");
        assert_eq!(seen, expected, "seed {seed}: {}", upper.code);
        for id in &every {
            let answer = first.app.read(upper, &format!("/v1/cessions/{id}")).await;
            let ceded = expected.keys().any(|(_, contract)| contract == id);
            assert_eq!(answer.status == StatusCode::OK, ceded, "seed {seed}: {} {id}", upper.code);
            assert!(ceded || answer.status == StatusCode::NOT_FOUND);
        }
        let cedents = first.app.all(upper, "/v1/cedents", "institution_id").await;
        let of_lists: BTreeSet<&String> = expected.keys().map(|(cedent, _)| cedent).collect();
        let shown: BTreeSet<String> = cedents.iter().map(text).collect();
        // One whose contracts bear nothing for the upper layer may still have used its quota.
        assert!(of_lists.iter().all(|cedent| shown.contains(*cedent)), "seed {seed}: {}", upper.code);
        let below = |desk: &&Desk| desk.province.institution == upper.institution || upper.code == "fund";
        assert!(
            shown.iter().all(|one| desks.iter().filter(|desk| below(desk)).any(|desk| desk
                .admin
                .institution
                .to_string()
                == *one)),
            "seed {seed}: {}",
            upper.code
        );
        for state in ["confirmed", "refused"] {
            assert!(first.app.all(upper, &format!("/v1/cessions?filing={state}"), "contract_id").await.is_empty());
        }
        let mut open = first.app.all(upper, "/v1/cessions?filing=pending", "contract_id").await;
        open.extend(first.app.all(upper, "/v1/cessions?filing=not_needed", "contract_id").await);
        assert_eq!(open.len(), expected.len(), "seed {seed}: {}", upper.code);
    }
    first.app.reconcile().await;
}

#[tokio::test]
async fn a_filing_state_and_a_cedent_are_filtered_page_by_page() {
    let first = desk().await;
    let second = another(&first, &first.province, "erhao", &TERMS()).await;
    let filer = first.app.hire(&first.province, Role::Officer).await;
    let mut ids = Vec::new();
    for desk in [&first, &second] {
        let client = desk.client("small", "青禾食品").await;
        for _ in 0..3 {
            ids.push(desk.book(desk.content(client, "1000.00")).await);
        }
    }
    created(&decide(&first, &filer, ids[0], json!({"decision": "confirmed"})).await.1);
    created(&decide(&first, &filer, ids[4], json!({"decision": "refused", "reason": "材料不全"})).await.1);
    let listed = async |query: String| {
        let found = first.app.all(&first.province, &format!("/v1/cessions?limit=1{query}"), "contract_id").await;
        found.iter().map(|id| id.as_str().unwrap().parse().unwrap()).collect::<BTreeSet<Uuid>>()
    };
    let set = |places: &[usize]| places.iter().map(|place| ids[*place]).collect::<BTreeSet<Uuid>>();
    assert_eq!(listed("&filing=pending".to_owned()).await, set(&[1, 2, 3, 5]));
    assert_eq!(listed("&filing=confirmed".to_owned()).await, set(&[0]));
    assert_eq!(listed("&filing=refused".to_owned()).await, set(&[4]));
    assert_eq!(listed(format!("&cedent={}", second.admin.institution)).await, set(&[3, 4, 5]));
    assert_eq!(listed(format!("&filing=pending&cedent={}", second.admin.institution)).await, set(&[3, 5]));
    assert!(listed(format!("&cedent={}", Uuid::now_v7())).await.is_empty());
    // The fund decides for itself.
    let of_fund = first.app.all(&first.fund, "/v1/cessions?filing=pending", "contract_id").await;
    assert_eq!(of_fund.len(), 6);
}

#[tokio::test]
async fn an_alert_of_a_cedents_shares_is_counted_by_both_upper_layers() {
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    let id = desk.in_force(desk.content(small, "1000000.00")).await;
    desk.in_force(desk.content(large, "100000.00")).await;
    let release = json!({"amount": "900000.00", "effective_on": clock::today()});
    created(&desk.act(&desk.officer, id, "releases", release).await);
    let own = desk.app.all(&desk.officer, "/v1/drift-alerts?open=true", "id").await;
    assert!(!own.is_empty());
    for upper in [&desk.province, &desk.fund] {
        assert_eq!(desk.app.all(upper, "/v1/drift-alerts?open=true", "id").await, own, "{}", upper.code);
        assert_eq!(desk.app.all(upper, "/v1/cedents", "drift_alerts").await, [json!(own.len())], "{}", upper.code);
    }
}
