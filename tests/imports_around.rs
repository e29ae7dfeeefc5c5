//! An earlier book with what stood around it: agreements and what is ceded under them, quotas and caps, groups, and the limits on places,
//! branches of trade and the largest clients.

use crate::{
    harness::{Desk, Person, World, created, desk, world},
    party_merges::{merged, row},
};
use axum::http::StatusCode;
use chrono::Datelike as _;
use domain::value::InstitutionId;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, Statement, TransactionTrait as _};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, io, path::PathBuf};
use uuid::Uuid;
use zengxin::{
    app::import::{self, Progress, Report, Request, Watch},
    auth::{Caller, Role},
    clock,
    finding::OutcomeOut,
    import::Fault,
    store::import::Counts,
};

const HEADING: &str = "编号,名称,代码,类型,地区,行业,金额,保费,起始日,到期日,解保日,协议,省级";

/// How such a ledger is read; `shares` are the lines of that table, without it the agreement says who bears how much.
pub fn mapping(shares: &str) -> String {
    let shares = if shares.is_empty() { String::new() } else { format!("[shares]\n{shares}\n") };
    format!(
        r#"
as_of = "2026-06-30"
[contract]
number = {{ column = "编号" }}
amount = {{ column = "金额" }}
fee = {{ column = "保费" }}
start = {{ column = "起始日" }}
end = {{ column = "到期日" }}
agreement = {{ column = "协议" }}
[client]
name = {{ column = "名称" }}
identifier = {{ scheme = "other", columns = ["代码"] }}
legal_form = {{ constant = "enterprise" }}
kind = {{ column = "类型", values = {{ "小" = "small_micro_enterprise", "大" = "large" }} }}
region = {{ column = "地区" }}
industry = {{ column = "行业" }}
{shares}
[released]
column = "解保日"
values = ["2026-05-31"]
on = {{ column = "解保日" }}
"#
    )
}

#[derive(Default)]
pub struct Said(Vec<(u64, String, &'static str)>);

impl Watch for Said {
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        self.0.extend(faults.iter().map(|fault| (row, fault.column.clone(), fault.code)));
        Ok(())
    }

    fn progress(&mut self, _: Progress) {}
}

/// A ledger in a file that goes when this goes.
pub struct Ledger(pub PathBuf);

impl Ledger {
    pub fn of(rows: &[&str]) -> Self {
        let path = std::env::temp_dir().join(format!("zengxin-ledger-{}.csv", Uuid::now_v7()));
        fs::write(&path, format!("{HEADING}\n{}\n", rows.join("\n"))).unwrap();
        Self(path)
    }

    /// Takes it over at somebody's institution; the rows that cannot be, with the column and the code.
    pub async fn take_over(&self, app: &crate::harness::App, at: &Person, mapping: &str) -> (Report, Said) {
        let caller = Caller::operator(InstitutionId::from_uuid(at.institution));
        let mut said = Said::default();
        let request = Request { path: &self.0, name: "ledger.csv", mapping, at_once: 3, check: false };
        (import::run(&app.state, &caller, request, &mut said).await.unwrap(), said)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Whether a contract has a finding, as `rule outcome`.
async fn has(app: &crate::harness::App, number: &str, finding: &str) -> bool {
    let sql = format!(
        "SELECT f.rule || ' ' || f.outcome FROM zengxin.contract_finding f JOIN zengxin.contract c ON c.id = f.contract_id \
         WHERE c.number = '{number}'"
    );
    let superuser = app.database.superuser().await;
    let rows = superuser.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    let all: BTreeSet<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert!(!all.is_empty(), "{number} has no finding at all");
    all.contains(finding)
}

async fn cedent(desk: &Desk, upper: &Person) -> Value {
    desk.app.read(upper, "/v1/cedents").await.json()["items"][0].clone()
}

/// The beginning and the end of a contract that a ledger has as released were told with one number: an upper layer sees the end.
async fn ended_for(desk: &Desk, upper: &Person, number: &str) {
    let of = async |query: &str| desk.app.all(upper, &format!("/v1/cessions?{query}"), "number").await;
    assert_eq!(of("live=true").await, [json!("承-1")], "{}", upper.code);
    assert_eq!(of("live=false").await, [json!(number)], "{}", upper.code);
    assert_eq!(of("live=false&order=oldest").await, [json!(number)], "{}", upper.code);
    let ceded = desk.app.all(upper, "/v1/cessions?live=false", "contract_id").await;
    let path = format!("/v1/cessions/{}", ceded[0].as_str().unwrap());
    let ceded = desk.app.read(upper, &path).await.json();
    assert_eq!(ceded["cession"]["outstanding"], json!("0.00"), "{ceded}");
    let kinds: Vec<&Value> = ceded["events"].as_array().unwrap().iter().map(|fact| &fact["kind"]).collect();
    assert_eq!(kinds, [&json!("taken_over"), &json!("released")]);
    // By every dimension the slices come to what the cedent has ceded in all.
    let whole = desk.app.read(upper, &format!("/v1/cedents/{}", desk.admin.institution)).await.json();
    for dimension in ["client_kind", "region", "industry"] {
        let slices = whole["slices"].as_array().unwrap().iter();
        let of: Vec<&Value> = slices.filter(|slice| slice["dimension"] == json!(dimension)).collect();
        assert_eq!(of.len(), 1, "{dimension}: {whole}");
        for sum in ["contracts", "outstanding", "ceded"] {
            assert_eq!(of[0][sum], whole["cedent"][sum], "{dimension} {sum}");
        }
    }
}

/// A page that ends between two events of one number loses none of them.
async fn every_event_page_by_page(desk: &Desk, number: &str, kinds: &[&str]) {
    let page = desk.app.read(&desk.officer, &format!("/v1/contracts?number={number}")).await.json();
    let path = format!("/v1/contracts/{}/events", page["items"][0]["id"].as_str().unwrap());
    let whole = desk.app.read(&desk.officer, &path).await.json();
    let numbers: BTreeSet<i64> =
        whole["items"].as_array().unwrap().iter().map(|event| event["seq"].as_i64().unwrap()).collect();
    assert_eq!(numbers.len(), 1, "both are of one transaction");
    assert_eq!(desk.app.all(&desk.officer, &format!("{path}?limit=1"), "kind").await, kinds);
    let numbered = format!("{path}?after={}", numbers.first().unwrap());
    assert!(desk.app.all(&desk.officer, &numbered, "kind").await.is_empty(), "a number alone is behind all of it");
}

#[tokio::test]
async fn what_is_ceded_of_a_contract_that_was_taken_over_is_told_to_the_upper_layers_like_any_other() {
    let desk = desk().await;
    let year = clock::today().year();
    assert!(year >= 2026);
    let approver = desk.app.hire(&desk.province, Role::Approver).await;
    let grant = json!({"cedent_id": desk.admin.institution, "year": 2026, "granted": "1400000.00", "document": "通知"});
    created(&desk.app.put(&approver, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
    let ledger = Ledger::of(&[
        "承-1,青禾食品,KEHU-0001,小,330100,13,1000000,10000,2026-03-01,2027-03-01,,协-1,",
        "承-2,青禾食品,KEHU-0001,小,330100,13,500000,5000,2026-03-02,2027-03-02,2026-05-31,协-1,",
        "承-3,宏图集团,KEHU-0002,大,330100,28,7,1,2026-03-03,2027-03-03,,,",
        "承-4,宏图集团,KEHU-0002,大,330100,28,7,1,2026-03-03,2027-03-03,,协-9,",
        "承-5,宏图集团,KEHU-0002,大,330100,28,7,1,2018-03-03,2019-03-03,,协-1,",
    ]);
    let (report, said) = ledger.take_over(&desk.app, &desk.admin, &mapping("")).await;
    assert_eq!(report.counts, Counts { imported: 2, unchanged: 0, bad: 3 });
    let bad: BTreeSet<(u64, &str, &str)> = said.0.iter().map(|(row, column, code)| (*row, &**column, *code)).collect();
    assert_eq!(bad, [(3, "协议", "empty"), (4, "协议", "unknown_agreement"), (5, "协议", "no_terms")].into());

    for upper in [&desk.province, &desk.fund] {
        let row = cedent(&desk, upper).await;
        // Of 1,000,000.00 in force the province and the fund bear 0.2 each; what was released counts no longer.
        assert_eq!((&row["contracts"], &row["outstanding"]), (&json!(1), &json!("1000000.00")));
        assert_eq!((&row["ceded"], &row["small_agri_share"]), (&json!("200000.00"), &json!("1.000000")));
        // (1,000,000 + 500,000) × 0.2 × 0.003 × 365 ÷ 365, if the year is the one of the ledger.
        let fees = if year == 2026 { "900.00" } else { "0.00" };
        assert_eq!((&row["fees_stated"], &row["fees_difference"]), (&json!(fees), &json!("0.00")));
        // Both began with a client of at most 5,000,000.00.
        let tickets = if year == 2026 { json!("1.000000") } else { Value::Null };
        assert_eq!(row["small_ticket_share"], tickets);
    }
    for upper in [&desk.province, &desk.fund] {
        ended_for(&desk, upper, "承-2").await;
    }
    every_event_page_by_page(&desk, "%E6%89%BF-2", &["taken_over", "released"]).await;
    // 1,500,000 of 1,400,000 are used with the second.
    assert!(!has(&desk.app, "承-1", "quota.reguarantee refuse").await);
    assert!(has(&desk.app, "承-2", "quota.reguarantee refuse").await);
    desk.app.reconcile().await;

    // Each event told the upper layer a fact; a later release of the contract does too.
    let page = desk.app.read(&desk.officer, "/v1/contracts?number=%E6%89%BF-1").await.json();
    let contract: Uuid = page["items"][0]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(page["items"][0]["agreement_id"], json!(desk.agreement));
    let release = json!({"amount": "400000.00", "effective_on": "2026-07-01"});
    created(&desk.act(&desk.officer, contract, "releases", release).await);
    assert_eq!(cedent(&desk, &desk.province).await["ceded"], json!("120000.00"));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_share_that_a_ledger_takes_below_its_limit_alerts_the_upper_layers_too_until_it_is_back() {
    let desk = desk().await;
    let alerts = async |reader: &Person| desk.app.all(reader, "/v1/drift-alerts?open=true", "rule").await;
    // 800,000 of 1,100,000 are small or agricultural, that is 72.7 %; of the clients two of three.
    let below = Ledger::of(&[
        "承-1,青禾食品,KEHU-0001,小,330100,13,400000,4000,2026-03-01,2099-03-01,,协-1,",
        "承-2,临湖农场,KEHU-0003,小,330100,13,400000,4000,2026-03-01,2099-03-01,,协-1,",
        "承-3,宏图集团,KEHU-0002,大,330100,28,300000,3000,2026-03-02,2099-03-02,,协-1,",
    ]);
    assert_eq!(below.take_over(&desk.app, &desk.admin, &mapping("")).await.0.counts.imported, 3);
    let own = alerts(&desk.officer).await;
    assert_eq!(own, [json!("share.small_agri")]);
    for upper in [&desk.province, &desk.fund] {
        assert_eq!(alerts(upper).await, own, "{}", upper.code);
    }
    // 1,600,000 of 1,900,000, that is 84.2 %.
    let back = Ledger::of(&["承-4,青禾食品,KEHU-0001,小,330100,13,800000,8000,2026-03-03,2099-03-03,,协-1,"]);
    assert_eq!(back.take_over(&desk.app, &desk.admin, &mapping("")).await.0.counts.imported, 1);
    for reader in [&desk.officer, &desk.province, &desk.fund] {
        assert!(alerts(reader).await.is_empty(), "{}", reader.code);
    }
}

#[tokio::test]
async fn rows_that_lacked_their_agreement_are_taken_over_once_it_is_stated() {
    let desk = desk().await;
    let ledger = Ledger::of(&[
        "承-1,青禾食品,KEHU-0001,小,330100,13,600000,6000,2026-03-01,2027-03-01,,协-2,",
        "承-2,青禾食品,KEHU-0001,小,330100,13,500000,5000,2026-03-02,2027-03-02,2026-05-31,协-1,",
        "承-3,青禾食品,KEHU-0001,小,330100,13,200000,2000,2026-04-01,2027-04-01,,协-2,",
    ]);
    let (report, said) = ledger.take_over(&desk.app, &desk.admin, &mapping("")).await;
    assert_eq!((report.counts, said.0.len()), (Counts { imported: 1, unchanged: 0, bad: 2 }, 2));
    let terms = json!({"shares": {"bank": "0.2", "institution": "0.8", "provincial": "0", "national": "0"}, "provincial_fee_rate": "0", "national_fee_rate": "0",
        "early_release": "none", "from": "2019-01-22"});
    let with_bank_alone = Uuid::now_v7();
    let body = json!({"number": "协-2", "name": "银担协议", "bank_id": desk.bank, "product_ids": [], "cap": "700000.00", "from": "2019-01-22"});
    created(&desk.app.put(&desk.approver, &format!("/v1/agreements/{with_bank_alone}"), body).await);
    created(
        &desk
            .app
            .put(&desk.approver, &format!("/v1/agreements/{with_bank_alone}/terms/{}", Uuid::now_v7()), terms)
            .await,
    );
    let (report, said) = ledger.take_over(&desk.app, &desk.admin, &mapping("")).await;
    assert_eq!((report.counts, said.0.len()), (Counts { imported: 2, unchanged: 1, bad: 0 }, 0));
    let (again, _) = ledger.take_over(&desk.app, &desk.admin, &mapping("")).await;
    assert_eq!(again.counts, Counts { imported: 0, unchanged: 3, bad: 0 });
    // 600,000 + 200,000 are above the agreement's 700,000.
    assert!(!has(&desk.app, "承-1", "quota.agreement refuse").await);
    assert!(has(&desk.app, "承-3", "quota.agreement refuse").await);
    // Nothing of it is ceded.
    assert_eq!(cedent(&desk, &desk.province).await["contracts"], json!(0));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn shares_of_the_file_go_before_those_of_the_agreement() {
    let desk = desk().await;
    let ledger = Ledger::of(&["承-1,青禾食品,KEHU-0001,小,330100,13,1000000,10000,2018-03-01,2019-03-01,,协-1,30%"]);
    let shares = "bank = { constant = \"0.2\" }\nprovincial = { column = \"省级\" }\ninstitution = { rest = true }";
    ledger.take_over(&desk.app, &desk.admin, &mapping(shares)).await;
    let row = cedent(&desk, &desk.province).await;
    // Before the agreement had terms: 0.3 of it by the file, and no fee by nothing.
    assert_eq!((&row["ceded"], &row["outstanding"]), (&json!("300000.00"), &json!("1000000.00")));
    assert!(
        desk.app.read(&desk.fund, "/v1/cedents").await.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["ceded"] == "0.00")
    );
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_group_is_judged_as_it_was_on_the_day() {
    let desk = desk().await;
    let body = json!({"as_of": "2019-12-31", "net_assets": "10000000.00", "unearned_reserve": "0.00", "compensation_reserve": "0.00",
        "total_assets": "100000000.00", "payout_receivables": "0.00", "grade1": "50000000.00", "grade2": "30000000.00",
        "grade3": "20000000.00"});
    created(&desk.app.put(&desk.officer, &format!("/v1/financial-statements/{}", Uuid::now_v7()), body).await);
    let group = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{group}"), json!({"name": "青禾系"})).await);
    for code in ["KEHU-0001", "KEHU-0002"] {
        let party = desk.app.file_party(&desk.officer, "natural_person", code).await;
        created(&desk.app.identify(&desk.officer, party, "other", code).await);
        let days = json!({"group_id": group, "from": "2020-03-01", "until": "2020-04-01"});
        created(&desk.app.add(&desk.officer, party, "group-memberships", days).await);
    }
    let ledger = Ledger::of(&[
        "承-1,青禾食品,KEHU-0001,大,330100,13,900000,9000,2020-02-01,2021-02-01,,,",
        "承-2,青禾茶业,KEHU-0002,大,330100,13,590000,5900,2020-02-29,2021-02-01,,,",
        "承-3,青禾茶业,KEHU-0002,大,330100,13,10000,100,2020-03-01,2021-02-01,,,",
        "承-4,青禾茶业,KEHU-0002,大,330100,13,10000,100,2020-03-31,2021-02-01,,,",
        "承-5,青禾茶业,KEHU-0002,大,330100,13,10000,100,2020-04-01,2021-02-01,,,",
        "承-6,他人,KEHU-0003,大,330100,13,10000,100,2020-03-31,2021-02-01,,,",
    ]);
    let shares = "bank = { constant = \"0.2\" }\ninstitution = { rest = true }";
    let (report, _) = ledger.take_over(&desk.app, &desk.admin, &mapping(shares)).await;
    assert_eq!(report.counts.imported, 6);
    // Loans of large clients count in full. 15 % of 10,000,000 are 1,500,000: 900,000 + 600,000 are at it, 10,000 more are above; before and after they were no group.
    for (number, above) in [("承-2", false), ("承-3", false), ("承-4", true), ("承-5", false), ("承-6", false)] {
        assert_eq!(has(&desk.app, number, "limit.group refuse").await, above, "{number}");
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn limits_on_a_place_a_branch_of_trade_and_the_largest_clients_are_judged_by_the_book_of_the_day() {
    let World { app, city, .. } = world().await;
    for (rule, value, key) in
        [("region", "0.6", json!(null)), ("industry", "0.5", json!("F")), ("top_ten_clients", "0.7", json!(null))]
    {
        let body = json!({"member_id": city.institution, "rule": rule, "value": value, "key_code": key, "from": "2020-01-01",
            "document": "风险管理办法"});
        created(&app.put(&city, &format!("/v1/local-limits/{}", Uuid::now_v7()), body).await);
    }
    // Twelve clients of 100,000 before the limits, in two places; then one more in each.
    let mut rows: Vec<String> = (1..=12)
        .map(|client| {
            let place = if client % 2 == 0 { "330106" } else { "330200" };
            format!("旧-{client},客户{client},KEHU-{client:04},小,{place},13,100000,1000,2019-06-01,2029-06-01,,,")
        })
        .collect();
    rows.push("新-1,客户1,KEHU-0001,小,330200,51,400000,4000,2020-01-01,2029-06-01,2026-05-31,,".to_owned());
    rows.push("新-2,客户2,KEHU-0002,小,330108,51,2000000,20000,2020-01-02,2029-06-01,,,".to_owned());
    let ledger = Ledger::of(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let shares = "bank = { constant = \"0.2\" }\ninstitution = { rest = true }";
    let (report, _) = ledger.take_over(&app, &city, &mapping(shares)).await;
    assert_eq!(report.counts.imported, 14);
    // With the first: 3302 has 600,000 + 400,000 of 1,600,000, that is 62.5 %; section F has 400,000, that is 25 %; the ten largest have
    // 500,000 + 9 × 100,000 of 1,600,000, that is 87.5 %.
    assert!(has(&app, "新-1", "local.region refuse").await);
    assert!(!has(&app, "新-1", "local.industry refuse").await);
    assert!(has(&app, "新-1", "local.top_ten_clients refuse").await);
    // With the second: 3301 has 600,000 + 2,000,000 of 3,600,000, that is 72.2 %; section F has 2,400,000, that is 66.7 %.
    assert!(has(&app, "新-2", "local.region refuse").await);
    assert!(has(&app, "新-2", "local.industry refuse").await);
    assert!(!has(&app, "旧-12", "local.region refuse").await, "the limits were not there yet");
    app.reconcile().await;
}

/// Lets an import save its first rows only when the second ones are judged, and merges their client before those are saved.
struct MergesBetween<'a> {
    desk: &'a Desk,
    target: Uuid,
    judged: u8,
    held: Option<DatabaseTransaction>,
    merged: bool,
}

impl MergesBetween<'_> {
    async fn hold(&mut self) {
        let held = self.desk.app.database.superuser().await.begin().await.unwrap();
        held.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
        self.held = Some(held);
    }

    async fn merge(&mut self) {
        let source = row(self.desk, "SELECT to_jsonb(p.id) FROM zengxin.party p WHERE p.name = '青禾食品'").await;
        merged(self.desk, source.as_str().unwrap().parse().unwrap(), self.target).await;
        self.merged = true;
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(future))
}

impl Watch for MergesBetween<'_> {
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        panic!("row {row}: {faults:?}")
    }

    fn judged(&mut self, _: Counts, _: &[(&str, OutcomeOut)]) {
        self.judged += 1;
        match (self.judged, self.held.take()) {
            (1, _) => now(self.hold()),
            (_, Some(held)) => now(held.commit()).unwrap(),
            _ => {}
        }
    }

    fn progress(&mut self, progress: Progress) {
        if progress.done == 3 && !self.merged {
            now(self.merge());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_an_import_has_just_made_and_that_is_merged_gets_no_more_of_its_rows_under_its_old_name() {
    let desk = desk().await;
    let target = desk.client("small", "青禾食品厂").await;
    let rows: Vec<String> = (1..=6)
        .map(|place| {
            format!("承-{place},青禾食品,KEHU-0001,小,330100,13,100000,1000,2026-03-0{place},2027-03-01,,协-1,")
        })
        .collect();
    let ledger = Ledger::of(&rows.iter().map(String::as_str).collect::<Vec<&str>>());
    let caller = Caller::operator(InstitutionId::from_uuid(desk.admin.institution));
    let mapping = mapping("");
    let request = Request { path: &ledger.0, name: "ledger.csv", mapping: &mapping, at_once: 3, check: false };
    let mut between = MergesBetween { desk: &desk, target, judged: 0, held: None, merged: false };
    let stopped = import::run(&desk.app.state, &caller, request, &mut between).await.unwrap_err();
    assert_eq!((stopped.status, between.merged), (StatusCode::SERVICE_UNAVAILABLE, true));
    // Gone on with, the rest counts with the one it went over to.
    let (report, _) = ledger.take_over(&desk.app, &desk.admin, &mapping).await;
    assert_eq!(report.counts, Counts { imported: 6, unchanged: 0, bad: 0 });
    let elsewhere = format!("SELECT to_jsonb(count(*)) FROM zengxin.contract c WHERE c.client_id <> '{target}'");
    assert_eq!(row(&desk, &elsewhere).await, json!(0));
    desk.app.reconcile().await;
}
