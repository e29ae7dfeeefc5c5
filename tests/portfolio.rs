//! The book of an institution as a whole, today and on a past day.

use crate::harness::{Answer, Ask, Counter, Desk, PASSWORD, Person, created, desk, finding, outcome};
use axum::http::{Method, StatusCode};
use chrono::{Days, NaiveDate, TimeDelta};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{auth::Role, clock, store, store::portfolio};

/// The same person, logged in by the clock of now.
pub async fn again(desk: &Desk, person: &Person) -> Person {
    let tokens = desk.app.log_in(&person.code, &person.name, PASSWORD).await;
    assert_eq!(tokens.status, StatusCode::CREATED, "{:?}", tokens.body);
    Person { token: tokens.json()["access_token"].as_str().unwrap().to_owned(), ..person.clone() }
}

/// The portfolio as the officer sees it.
pub async fn read(desk: &Desk, officer: &Person, query: &str) -> Answer {
    let answer = desk.app.read(officer, &format!("/v1/portfolio{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
    answer
}

/// A contract whose term of 365 days ends so many days from today.
fn ending(desk: &Desk, client: Uuid, amount: &str, days: u64) -> Value {
    let mut content = desk.content(client, amount);
    let end = clock::today() + Days::new(days);
    content["end"] = json!(end);
    content["start"] = json!(end - Days::new(365));
    content
}

async fn group(desk: &Desk, name: &str, members: &[Uuid]) -> Uuid {
    let id = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{id}"), json!({"name": name})).await);
    for member in members {
        let body = json!({"group_id": id, "from": "2020-01-01"});
        created(&desk.app.add(&desk.officer, *member, "group-memberships", body).await);
    }
    id
}

pub async fn release(desk: &Desk, contract: Uuid, amount: &str, on: NaiveDate) -> Value {
    let answer = desk.act(&desk.officer, contract, "releases", json!({"amount": amount, "effective_on": on})).await;
    created(&answer);
    answer.json()
}

/// A small enterprise's 400万 of which 50万 are released, a farmer's 100万, a large client's 100万 that is approved; the enterprise and the
/// large client are related; net assets 5000万.
struct Book {
    desk: Desk,
    small: Uuid,
    farmer: Uuid,
    related: Uuid,
    first: Uuid,
}

async fn book() -> Book {
    let desk = desk().await;
    desk.file_statement("50000000.00").await;
    let (small, farmer) = (desk.client("small", "青禾食品").await, desk.client("farmer", "王某某").await);
    let large = desk.client("large", "宏图集团").await;
    let related = group(&desk, "宏图系", &[small, large]).await;
    let first = desk.in_force(ending(&desk, small, "4000000.00", 30)).await;
    desk.in_force(ending(&desk, farmer, "1000000.00", 31)).await;
    desk.book(ending(&desk, large, "1000000.00", 180)).await;
    release(&desk, first, "500000.00", clock::today()).await;
    Book { desk, small, farmer, related, first }
}

#[tokio::test]
async fn a_portfolio_is_the_sum_of_its_contracts_with_every_limit_beside_it() {
    let Book { desk, small, related, first, .. } = book().await;
    let shown = read(&desk, &desk.officer, "").await.json();
    assert_eq!(shown["on"], json!(clock::today()));
    // 350 + 100 of 550 are 81.8182 %; two clients of three.
    assert_eq!(
        shown["balance"],
        json!({"total": "5500000.00", "outstanding": "4500000.00", "committed": "1000000.00", "small_agri": "4500000.00",
            "small_ticket": "4500000.00", "clients": 3, "small_agri_clients": 2, "small_agri_share": "0.818182",
            "small_ticket_share": "1.000000", "small_ticket_share_of_all": "0.818182", "client_share": "0.666667"})
    );
    // What began: 400 + 100 in full, for 365 days, at 1 %.
    assert_eq!(
        shown["new_business"],
        json!({"year": chrono::Datelike::year(&clock::today()), "contracts": 2, "amount": "5000000.00", "small_agri": "5000000.00",
            "small_ticket": "5000000.00", "small_agri_share": "1.000000", "small_ticket_share": "1.000000",
            "small_ticket_share_of_all": "1.000000", "fee": "50000.00", "annualised_amount": "5000000.00",
            "average_fee_rate": "0.010000"})
    );
    // 350 × 0.75 + 100 × 0.75 + 100 = 437.5 of 5000 are 0.0875; the enterprise 262.5, the related 362.5.
    assert_eq!(
        shown["liability"],
        json!({"balance": "4375000.00", "net_assets": "50000000.00", "multiple": "0.087500", "limit": "10.000000"})
    );
    assert_eq!(
        shown["largest_client"],
        json!({"id": small, "name": "青禾食品", "balance": "2625000.00", "share": "0.052500", "limit": "0.100000"})
    );
    assert_eq!(
        shown["largest_group"],
        json!({"id": related, "name": "宏图系", "balance": "3625000.00", "share": "0.072500", "limit": "0.150000"})
    );
    assert_eq!((&shown["exceptions_granted"], &shown["open_alerts"]), (&json!(0), &json!([])));
    for rule in
        ["share.small_agri", "share.small_ticket", "share.clients", "fee.average", "limit.leverage", "limit.single"]
    {
        let found = finding(&shown, rule);
        assert_eq!(found["outcome"], "pass", "{found}");
        assert!(found["clause"].is_string() && found["quote"].is_string(), "{found}");
    }
    assert_eq!(finding(&shown, "share.small_agri")["document"], "国办发〔2019〕6号");
    assert_eq!(finding(&shown, "limit.group")["measured"], "0.072500");
    assert_eq!(
        finding(&shown, "regulator.small_share")["measured"],
        "0.636364",
        "350 of 550: farmers are not the small of 162号"
    );
    assert_eq!(outcome(&shown, "asset.strength"), "advise", "5000 of 10000");
    let ends = &shown["maturities"];
    let sum = |contracts: i64, outstanding: &str| json!({"contracts": contracts, "outstanding": outstanding});
    assert_eq!(ends["overdue"], sum(0, "0.00"));
    assert_eq!(ends["within_30_days"], sum(1, "3500000.00"), "the one that ends on the thirtieth day");
    assert_eq!(ends["within_90_days"], sum(2, "4500000.00"));
    assert_eq!(ends["within_180_days"], sum(3, "5500000.00"));
    let next = ends["next"].as_array().unwrap();
    assert_eq!((next.len(), &next[0]["contract_id"], &next[0]["client_id"]), (3, &json!(first), &json!(small)));
    assert_eq!(
        (&next[0]["outstanding"], &next[0]["end"]),
        (&json!("3500000.00"), &json!(clock::today() + Days::new(30)))
    );
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_book_with_nothing_in_it_and_no_statement_says_so() {
    let desk = desk().await;
    for query in ["".to_owned(), format!("?on={}", clock::today() - Days::new(400))] {
        let shown = read(&desk, &desk.officer, &query).await.json();
        assert_eq!((&shown["balance"]["total"], &shown["balance"]["small_agri_share"]), (&json!("0.00"), &json!(null)));
        assert_eq!((&shown["largest_client"], &shown["largest_group"]), (&json!(null), &json!(null)));
        assert_eq!((&shown["liability"]["multiple"], &shown["liability"]["net_assets"]), (&json!(null), &json!(null)));
        for rule in ["share.small_agri", "fee.average", "limit.leverage", "limit.single", "limit.group"] {
            assert_eq!(outcome(&shown, rule), "not_assessed", "{rule}");
        }
    }
}

#[tokio::test]
async fn a_contract_past_its_end_is_overdue_until_it_is_released() {
    let Book { mut desk, first, .. } = book().await;
    // The end is the thirtieth day: on it the contract is due, the day after it is overdue.
    for (days, overdue, within_30) in [(30, 0, 2), (31, 1, 1), (32, 2, 0)] {
        desk.app.at(clock::now() + TimeDelta::days(days));
        let officer = again(&desk, &desk.officer).await;
        let ends = read(&desk, &officer, "").await.json()["maturities"].clone();
        let counts = (&ends["overdue"]["contracts"], &ends["within_30_days"]["contracts"]);
        assert_eq!(counts, (&json!(overdue), &json!(within_30)), "{days} days from now");
    }
    desk.officer = again(&desk, &desk.officer).await;
    release(&desk, first, "3500000.00", clock::today()).await;
    let ends = read(&desk, &desk.officer, "").await.json()["maturities"].clone();
    assert_eq!(ends["overdue"], json!({"contracts": 1, "outstanding": "1000000.00"}));
}

#[tokio::test]
async fn a_client_above_500_wan_is_out_of_the_small_tickets_until_it_is_back_and_what_began_stays_as_it_began() {
    let mut desk = desk().await;
    let small = desk.client("small", "青禾食品").await;
    let first = desk.in_force(desk.content(small, "3000000.00")).await;
    for (name, amount) in [("王某某", "5000000.00"), ("李某某", "3000000.00")] {
        let farmer = desk.client("farmer", name).await;
        desk.in_force(desk.content(farmer, amount)).await;
    }
    // 300万 and 250万 are above 500万: the client leaves the small tickets as a whole, 800 of 1350; of what began, 1100 were.
    desk.in_force(desk.content(small, "2500000.00")).await;
    let mut shown = Value::Null;
    for (released, small_ticket) in [("499999.99", "8000000.00"), ("0.01", "13000000.00")] {
        release(&desk, first, released, clock::today()).await;
        shown = read(&desk, &desk.officer, "").await.json();
        assert_eq!(shown["balance"]["small_ticket"], small_ticket, "after {released}");
    }
    let began = &shown["new_business"];
    assert_eq!((&began["small_ticket"], &began["small_ticket_share"]), (&json!("11000000.00"), &json!("0.814815")));
    desk.app.reconcile().await;
    let today = clock::today();
    desk.app.at(clock::now() + TimeDelta::days(1));
    let officer = again(&desk, &desk.officer).await;
    assert_eq!(read(&desk, &officer, &format!("?on={today}")).await.json(), shown);
}

#[tokio::test]
async fn the_largest_client_is_found_behind_hundreds_whose_guarantees_weigh_nothing() {
    let desk = desk().await;
    desk.file_statement("50000000.00").await;
    let small = desk.client("small", "青禾食品").await;
    desk.in_force(desk.content(small, "1000000.00")).await;
    // Four hundred clients of 200万 and more in guarantees that are no financing.
    for fill in [
        "INSERT INTO zengxin.party SELECT (jsonb_populate_record(NULL::zengxin.party, to_jsonb(p) || jsonb_build_object('id', gen_random_uuid()))).*
         FROM zengxin.party p, generate_series(1, 400) n",
        "INSERT INTO zengxin.client_exposure (institution_id, party_id, total_fen) SELECT institution_id, id, 200000000 FROM zengxin.party
         ON CONFLICT DO NOTHING",
    ] {
        desk.app.database.superuser().await.execute_unprepared(fill).await.unwrap();
    }
    let shown = read(&desk, &desk.officer, "").await.json();
    assert_eq!(
        (&shown["largest_client"]["id"], &shown["largest_client"]["balance"]),
        (&json!(small), &json!("750000.00"))
    );
}

#[tokio::test]
async fn exceptions_of_the_year_are_counted_up_to_the_day() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    content["fee"] = json!("10000.01");
    let id = desk.submitted(content).await;
    let exception = json!({"rule": "fee.cap", "reason": "风险委员会同意", "expires_on": "2099-01-01"});
    created(&desk.act(&desk.approver, id, "exceptions", exception).await);
    let counted = async |query: &str| read(&desk, &desk.officer, query).await.json()["exceptions_granted"].clone();
    assert_eq!(counted("").await, 1);
    assert_eq!(counted(&format!("?on={}", clock::today() - Days::new(1))).await, 0);
}

/// A story with everything that moves a book, and limits on everything that is measured.
async fn eventful() -> Desk {
    let Book { desk, farmer, first, .. } = book().await;
    let today = clock::today();
    let wrong = release(&desk, first, "1000000.00", today).await;
    let reversal = json!({"release_id": wrong["id"], "reason": "重复录入"});
    created(&desk.act(&desk.approver, first, "release-reversals", reversal).await);
    release(&desk, first, "0.01", today).await;
    let given_up = desk.book(ending(&desk, farmer, "70000.00", 90)).await;
    created(&desk.act(&desk.officer, given_up, "cancellations", json!({"reason": "客户不再需要"})).await);
    let repaid = desk.in_force(ending(&desk, farmer, "80000.00", 90)).await;
    release(&desk, repaid, "80000.00", today).await;
    for (rule, value) in [
        ("small_agri_share", "0.85"),
        ("small_ticket_share", "0.6"),
        ("single_client", "0.08"),
        ("related_group", "0.12"),
        ("leverage", "8"),
        ("top_ten_clients", "0.9"),
        ("region", "0.5"),
        ("industry", "0.5"),
    ] {
        let body = json!({"member_id": desk.admin.institution, "rule": rule, "value": value, "from": "2026-01-01",
            "document": "风险管理办法第八条"});
        created(&desk.app.put(&desk.province, &format!("/v1/local-limits/{}", Uuid::now_v7()), body).await);
    }
    desk
}

#[tokio::test]
async fn what_the_counters_say_today_the_events_say_tomorrow_byte_for_byte() {
    let mut desk = eventful().await;
    let today = clock::today();
    let from_counters = read(&desk, &desk.officer, "").await;
    assert_eq!(read(&desk, &desk.officer, &format!("?on={today}")).await.body, from_counters.body);
    let shown = from_counters.json();
    // 350万 less a fen, and 100万: 449.999999 of 549.999999.
    assert_eq!(shown["balance"]["small_agri"], "4499999.99");
    for (rule, expected) in [
        ("local.small_agri_share", "advise"),
        ("local.small_ticket_share", "pass"),
        ("local.single_client", "pass"),
        ("local.top_ten_clients", "refuse"),
        ("local.region", "refuse"),
        ("local.industry", "refuse"),
    ] {
        assert_eq!(outcome(&shown, rule), expected, "{rule}");
    }
    assert_eq!(finding(&shown, "local.region")["document"], "风险管理办法第八条");
    desk.app.at(clock::now() + TimeDelta::days(1));
    let officer = again(&desk, &desk.officer).await;
    let folded = read(&desk, &officer, &format!("?on={today}")).await;
    assert_eq!(String::from_utf8_lossy(&folded.body), String::from_utf8_lossy(&from_counters.body));
    assert_eq!(read(&desk, &officer, &format!("?on={today}")).await.body, folded.body);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_past_day_is_as_it_was_and_a_day_to_come_is_refused() {
    let mut desk = desk().await;
    let (small, start) = (desk.client("small", "青禾食品").await, clock::now());
    let today = clock::today();
    let id = desk.book(desk.content(small, "1000000.00")).await;
    let given_up = desk.book(desk.content(small, "200000.00")).await;
    for (day, what, body) in [
        (1, "disbursements", json!({"effective_on": today + Days::new(1)})),
        (2, "releases", json!({"amount": "400000.00", "effective_on": today + Days::new(2)})),
    ] {
        desk.app.at(start + TimeDelta::days(day));
        desk.officer = again(&desk, &desk.officer).await;
        created(&desk.act(&desk.officer, id, what, body).await);
    }
    created(&desk.act(&desk.officer, given_up, "cancellations", json!({"reason": "客户不再需要"})).await);
    desk.app.at(start + TimeDelta::days(3));
    desk.officer = again(&desk, &desk.officer).await;
    for (day, outstanding, committed, begun) in [
        (-1, "0.00", "0.00", 0),
        (0, "0.00", "1200000.00", 0),
        (1, "1000000.00", "200000.00", 1),
        (2, "600000.00", "0.00", 1),
        (3, "600000.00", "0.00", 1),
    ] {
        let on =
            (start + TimeDelta::days(day)).with_timezone(&chrono::FixedOffset::east_opt(28_800).unwrap()).date_naive();
        let shown = read(&desk, &desk.officer, &format!("?on={on}")).await.json();
        let balance = &shown["balance"];
        assert_eq!(
            (&balance["outstanding"], &balance["committed"]),
            (&json!(outstanding), &json!(committed)),
            "day {day}"
        );
        assert_eq!(shown["new_business"]["contracts"], begun, "day {day}");
    }
    for (query, status, code) in [
        (format!("?on={}", today + Days::new(4)), StatusCode::UNPROCESSABLE_ENTITY, "future_day"),
        ("?on=2026-02-30".to_owned(), StatusCode::UNPROCESSABLE_ENTITY, "day"),
    ] {
        let answer = desk.app.read(&desk.officer, &format!("/v1/portfolio{query}")).await;
        assert_eq!((answer.status, &answer.json()["errors"][0]["code"]), (status, &json!(code)), "{query}");
    }
    assert_eq!(desk.app.read(&desk.officer, "/v1/portfolio?day=2026-01-01").await.status, StatusCode::BAD_REQUEST);
    desk.app.reconcile().await;
}

/// Puts an act of an approver.
async fn acted(desk: &Desk, path: &str, body: Value) {
    created(&desk.app.put(&desk.approver, path, body).await);
}

#[tokio::test]
async fn a_merge_counts_from_its_day_and_its_undoing_from_its_own() {
    let mut desk = desk().await;
    let (kept, double) = (desk.client("small", "青禾食品").await, desk.client("small", "青禾食品厂").await);
    let other = desk.client("small", "临湖茶业").await;
    let (start, today) = (clock::now(), clock::today());
    desk.in_force(desk.content(kept, "3000000.00")).await;
    let moved = desk.in_force(ending(&desk, double, "3000000.00", 5)).await;
    // A draft of the one, which goes over with it and names another party before it is approved: it is not part of what is undone.
    let draft = desk.draft(desk.content(double, "500000.00")).await;
    let merge = format!("/v1/parties/{double}/merges/{}", Uuid::now_v7());
    for day in 1..=3 {
        desk.app.at(start + TimeDelta::days(day));
        (desk.officer, desk.approver) = (again(&desk, &desk.officer).await, again(&desk, &desk.approver).await);
        match day {
            1 => {
                acted(&desk, &merge, json!({"into": kept, "reason": "同一企业"})).await;
                let version =
                    desk.app.read(&desk.officer, &format!("/v1/contracts/{draft}")).await.header("etag").to_owned();
                let ask = Ask { if_match: Some(&version), ..desk.officer.with(desk.content(other, "500000.00")) };
                let changed = desk.app.ask(Method::PUT, &format!("/v1/contracts/{draft}"), ask).await;
                assert_eq!(changed.status, StatusCode::OK, "{:?}", changed.body);
                created(&desk.submit(draft).await);
                acted(
                    &desk,
                    &format!("/v1/contracts/{draft}/approvals/{}", Uuid::now_v7()),
                    json!({"content_version": 2}),
                )
                .await;
            }
            2 => acted(&desk, &format!("{merge}/undoings/{}", Uuid::now_v7()), json!({"reason": "并非同一企业"})).await,
            _ => {}
        }
        desk.app.reconcile().await;
    }
    // Together 600万 are no small ticket.
    for (day, clients, small_ticket, client) in [
        (0, 2, "6000000.00", double),
        (1, 2, "500000.00", kept),
        (2, 3, "6500000.00", double),
        (3, 3, "6500000.00", double),
    ] {
        let shown = read(&desk, &desk.officer, &format!("?on={}", today + Days::new(day))).await.json();
        let balance = &shown["balance"];
        assert_eq!(
            (&balance["clients"], &balance["small_ticket"]),
            (&json!(clients), &json!(small_ticket)),
            "day {day}"
        );
        let first = &shown["maturities"]["next"][0];
        assert_eq!((&first["contract_id"], &first["client_id"]), (&json!(moved), &json!(client)), "day {day}");
    }
}

#[tokio::test]
async fn a_portfolio_takes_as_many_statements_for_many_contracts_as_for_one() {
    let mut desk = desk().await;
    let small = desk.client("small", "青禾食品").await;
    desk.in_force(desk.content(small, "100000.00")).await;
    let counter = Counter::before(&desk.app.database.serving_url()).await;
    let database = store::Database::connect(&counter.url, 1).await.unwrap();
    desk.app.become_state(zengxin::http::AppState { database, ..desk.app.state.clone() });
    let mut counts = Vec::new();
    for _ in 0..2 {
        read(&desk, &desk.officer, "").await;
        counter.take();
        read(&desk, &desk.officer, "").await;
        counts.push(counter.take());
        for name in ["甲", "乙", "丙", "丁"] {
            let client = desk.client("farmer", name).await;
            desk.in_force(desk.content(client, "100000.00")).await;
            desk.book(desk.content(client, "100000.00")).await;
        }
    }
    // Two for one moment of everything, who asks, the institution, the sums, the clients, the groups, the largest client's name,
    // exceptions, alerts, and the end.
    assert_eq!(counts, [11, 11]);
}

/// The plan of a statement as the serving role has it, with values in place of its parameters.
async fn plan(desk: &Desk, sql: &str, values: &[String]) -> String {
    let filled = (1..=values.len())
        .rev()
        .fold(sql.to_owned(), |sql, place| sql.replace(&format!("${place}"), &values[place - 1]));
    let serving = desk.app.database.serving().await;
    let tx = serving.begin().await.unwrap();
    tx.execute_unprepared(&format!("SELECT zengxin.enter('{}')", desk.admin.institution)).await.unwrap();
    let explain = Statement::from_string(DbBackend::Postgres, format!("EXPLAIN (COSTS OFF) {filled}"));
    let rows = tx.query_all_raw(explain).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect();
    lines.join("\n")
}

#[tokio::test]
async fn todays_portfolio_scans_no_contracts_and_finds_what_ends_by_the_partial_index() {
    let Book { desk, .. } = book().await;
    let superuser = desk.app.database.superuser().await;
    // Five thousand contracts, one in twenty of them in force for up to three years, and as many clients.
    for fill in [
        "INSERT INTO zengxin.contract SELECT (jsonb_populate_record(NULL::zengxin.contract, to_jsonb(c) || jsonb_build_object(
         'id', gen_random_uuid(), 'number', 'N' || n, 'end_day', c.end_day + n % 1000, 'state', CASE WHEN n % 20 = 0 THEN 'in_force' ELSE 'released' END,
         'outstanding_fen', CASE WHEN n % 20 = 0 THEN 100 ELSE 0 END))).* FROM zengxin.contract c, generate_series(1, 5000) n WHERE c.state = 'approved'",
        "INSERT INTO zengxin.party SELECT (jsonb_populate_record(NULL::zengxin.party, to_jsonb(p) || jsonb_build_object('id', gen_random_uuid()))).*
         FROM zengxin.party p, generate_series(1, 3000) n WHERE p.name = '宏图集团'",
        "INSERT INTO zengxin.client_exposure (institution_id, party_id, total_fen) SELECT institution_id, id, 100 FROM zengxin.party
         ON CONFLICT DO NOTHING",
        "ANALYZE zengxin.contract, zengxin.client_exposure, zengxin.party, zengxin.contract_exception, zengxin.drift_alert",
    ] {
        superuser.execute_unprepared(fill).await.unwrap();
    }
    let institution = format!("'{}'::uuid", desk.admin.institution);
    let day = |days: u64| format!("'{}'::date", clock::today() + Days::new(days));
    let year = chrono::Datelike::year(&clock::today());
    let today = [institution.clone(), day(0), day(30), day(90), day(180), year.to_string()];
    let shown = plan(&desk, portfolio::TODAY, &today).await;
    assert!(!shown.contains("Seq Scan on contract"), "{shown}");
    assert_eq!(shown.matches("contract_by_end").count(), 2, "{shown}");
    assert!(shown.contains("contract_committed"), "{shown}");
    let largest = [institution.clone(), i64::MAX.to_string(), format!("'{}'::uuid", Uuid::max()), "200".to_owned()];
    let shown = plan(&desk, portfolio::CLIENTS, &largest).await;
    assert!(shown.contains("client_exposure_by_total") && !shown.contains("Seq Scan"), "{shown}");
    for (sql, values) in [
        (portfolio::MEMBERS, vec![institution.clone(), day(0)]),
        (portfolio::SEGMENTS, vec![institution.clone()]),
        (portfolio::EXCEPTIONS, vec![institution.clone(), day(0), format!("'{year}-01-01'::date")]),
    ] {
        let shown = plan(&desk, sql, &values).await;
        assert!(!shown.contains(" on contract ") && !shown.contains(" on contract_event"), "{shown}");
    }
}

#[tokio::test]
async fn a_program_reads_the_portfolio_with_its_own_grant_alone() {
    let desk = desk().await;
    for (grant, status) in [("portfolio:read", StatusCode::OK), ("contracts:read", StatusCode::FORBIDDEN)] {
        let path = format!("/v1/machine-clients/{}", Uuid::now_v7());
        let made = desk.app.put(&desk.admin, &path, json!({"name": grant, "grants": [grant]})).await;
        created(&made);
        let body = json!({"client_id": made.json()["client_id"], "client_secret": made.json()["client_secret"]});
        let ask = Ask { body: Some(body), ..Ask::default() };
        let tokens = desk.app.ask(Method::POST, "/v1/machine-sessions", ask).await.json();
        let token = tokens["access_token"].as_str().unwrap_or_else(|| panic!("{tokens}")).to_owned();
        let program = Person { token, ..desk.officer.clone() };
        assert_eq!(desk.app.read(&program, "/v1/portfolio").await.status, status, "{grant}");
    }
    let client = desk.app.hire(&desk.admin, Role::Client).await;
    assert_eq!(desk.app.read(&client, "/v1/portfolio").await.status, StatusCode::FORBIDDEN);
}
