//! Earlier books taken over: every row accounted for, each breach a finding, the same after a kill as without one.

use crate::harness::{App, Ask, Person, World, process::Home, world};
use axum::http::{Method, StatusCode};
use chrono::{Months, NaiveDate};
use domain::value::{Day, InstitutionId};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};
use uuid::Uuid;
use zengxin::{
    app::{
        import::{self, Progress, Report, Request, Watch},
        report,
    },
    auth::{Caller, Role},
    error::Problem,
    import::Fault,
    store::import::Counts,
};

/// What an import says as it goes.
#[derive(Default)]
struct Said {
    faults: Vec<(u64, String, &'static str)>,
    progress: Vec<Progress>,
}

impl Watch for Said {
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        self.faults.extend(faults.iter().map(|fault| (row, fault.column.clone(), fault.code)));
        Ok(())
    }

    fn progress(&mut self, progress: Progress) {
        self.progress.push(progress);
    }
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

fn mapping(name: &str) -> String {
    fs::read_to_string(example("mappings").join(name)).unwrap()
}

/// Takes a file over at somebody's institution.
async fn take_over(app: &App, at: &Person, path: &Path, mapping: &str, check: bool) -> (Result<Report, Problem>, Said) {
    let caller = Caller::operator(InstitutionId::from_uuid(at.institution));
    let mut said = Said::default();
    let name = path.file_name().unwrap().to_str().unwrap();
    let request = Request { path, name, mapping, at_once: 5, check };
    (import::run(&app.state, &caller, request, &mut said).await, said)
}

/// The rows of a query, each as one line of text.
async fn lines(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

/// Everything that an import leaves, but for ids, moments and numbers of the journal.
const LEFT: &str = "SELECT concat_ws('|', c.number, p.name, p.kind, p.region_code, p.industry_code, i.last_four, i.from_day, c.kind, \
      c.amount_fen, c.principal_fen, c.outstanding_fen, c.fee_fen, c.fee_known, c.state, c.start_day, c.end_day, c.ended_on, \
      c.bank_share_e10, c.institution_share_e10, c.client_kind, c.charged_off_fen, c.charged_off_on, c.tags, e.told) \
    FROM zengxin.contract c JOIN zengxin.party p ON p.id = c.client_id JOIN zengxin.party_identifier i ON i.party_id = p.id \
    CROSS JOIN LATERAL (SELECT string_agg(concat_ws(' ', v.kind, v.effective_on, v.amount_fen, v.outstanding_fen, v.small_ticket, v.findings), \
      ';' ORDER BY v.effective_on, v.kind DESC) AS told FROM zengxin.contract_event v WHERE v.contract_id = c.id) e \
    UNION ALL SELECT concat_ws('|', 'finding', c.number, f.place, f.rule, f.outcome) FROM zengxin.contract_finding f \
      JOIN zengxin.contract c ON c.id = f.contract_id \
    UNION ALL SELECT concat_ws('|', 'client', p.name, (to_jsonb(x) - 'institution_id' - 'party_id')::text) \
      FROM zengxin.client_exposure x JOIN zengxin.party p ON p.id = x.party_id \
    UNION ALL SELECT concat_ws('|', 'position', (to_jsonb(x) - 'institution_id')::text) FROM zengxin.portfolio_position x \
    UNION ALL SELECT concat_ws('|', 'year', (to_jsonb(x) - 'institution_id')::text) FROM zengxin.year_volume x \
    UNION ALL SELECT concat_ws('|', 'segment', (to_jsonb(x) - 'institution_id')::text) FROM zengxin.segment_exposure x \
    UNION ALL SELECT concat_ws('|', 'gram', g.gram, p.name) FROM zengxin.party_gram g JOIN zengxin.party p ON p.id = g.party_id \
    UNION ALL SELECT concat_ws('|', 'run', r.state, r.rows, r.imported, r.unchanged, r.bad) FROM zengxin.import_run r ORDER BY 1";

async fn left(app: &App) -> Vec<String> {
    lines(&app.database.superuser().await, LEFT).await
}

/// The rules that a contract's findings name, each with its outcome.
async fn findings(app: &App, number: &str) -> BTreeSet<String> {
    let sql = format!(
        "SELECT f.rule || ' ' || f.outcome FROM zengxin.contract_finding f JOIN zengxin.contract c ON c.id = f.contract_id \
         WHERE c.number = '{number}'"
    );
    lines(&app.database.superuser().await, &sql).await.into_iter().collect()
}

/// Of the example's twenty rows eight cannot be taken over, and each says why.
const BAD: [(u64, &str, &str); 8] = [
    (10, "担保费（元）", "empty"),
    (14, "到期日", "day"),
    (15, "统一社会信用代码", "identifier"),
    (16, "担保金额（万元）", "amount"),
    (17, "合同编号", "repeated_number"),
    (18, "到期日", "empty_term"),
    (19, "客户类型", "unmapped"),
    (20, "担保金额（万元）", "above_principal"),
];

#[tokio::test]
async fn every_row_of_a_ledger_is_taken_over_or_listed_and_each_breach_is_a_finding() {
    let World { app, city, .. } = world().await;
    let (report, said) = take_over(&app, &city, &example("books/ledger.csv"), &mapping("ledger.toml"), false).await;
    let report = report.unwrap();
    assert_eq!((report.rows, report.counts), (20, Counts { imported: 12, unchanged: 0, bad: 8 }));
    let faults: BTreeSet<(u64, &str, &str)> =
        said.faults.iter().map(|(row, column, code)| (*row, &**column, *code)).collect();
    for bad in BAD {
        assert!(faults.contains(&bad), "{bad:?}: {faults:?}");
    }
    assert_eq!(faults.iter().map(|(row, ..)| *row).collect::<BTreeSet<_>>(), BAD.map(|(row, ..)| row).into());
    assert_eq!(said.progress.last(), Some(&Progress { rows: 20, done: 20 }));

    // A bank's share of 10 % before 2019-01-22, when no rule asked for 20 %, and after.
    assert!(findings(&app, "旧-001").await.iter().all(|finding| finding.starts_with("limit.")));
    assert!(findings(&app, "旧-002").await.contains("risk.bank needs_exception"));
    // 100万 of small clients and 30万 of a large one: 76.9 % are under 80 %. The 100万 that ended the day before do not count.
    assert!(findings(&app, "旧-003").await.contains("share.small_agri refuse"));
    // 青禾 comes to 550万: of 950万 small-and-agri 400万 are with clients up to 500万.
    let fifth = findings(&app, "旧-005").await;
    assert!(fifth.contains("share.small_ticket refuse") && fifth.contains("size.focus advise"), "{fifth:?}");
    assert!(!fifth.contains("fee.cap needs_exception"), "1.5 % above 500万 is at the cap: {fifth:?}");

    // In force: 100 + 30 + 400 + 450 + 0.000001 + 12.34567 + 200 + 20 + 60万; released are 旧-001, 旧-007 and 旧-011.
    let superuser = app.database.superuser().await;
    let total = lines(&superuser, "SELECT total_fen::text || ' ' || clients FROM zengxin.portfolio_position").await;
    assert_eq!(total, ["1272345671 6"]);
    let ended = "SELECT number || ' ' || ended_on FROM zengxin.contract WHERE state = 'released' ORDER BY 1";
    assert_eq!(lines(&superuser, ended).await, ["旧-001 2019-03-01", "旧-007 2020-12-31", "旧-011 2022-07-01"]);
    let charged_off = "SELECT number || ' ' || charged_off_fen || ' ' || charged_off_on FROM zengxin.contract WHERE charged_off_fen > 0";
    assert_eq!(lines(&superuser, charged_off).await, ["旧-008 3000000 2021-06-30"]);
    app.reconcile().await;
}

#[tokio::test]
async fn a_ledger_in_gb18030_leaves_what_its_twin_leaves() {
    let (one, other) = (world().await, world().await);
    let mapping = mapping("ledger.toml");
    let (report, _) = take_over(&one.app, &one.city, &example("books/ledger.csv"), &mapping, false).await;
    let in_gb18030 = mapping.replace("encoding = \"utf-8\"", "encoding = \"gb18030\"");
    assert_ne!(mapping, in_gb18030);
    let path = example("books/ledger-gb18030.csv");
    let (twin, _) = take_over(&other.app, &other.city, &path, &in_gb18030, false).await;
    assert_eq!(report.unwrap().counts, twin.unwrap().counts);
    let left = left(&one.app).await;
    assert!(left.iter().any(|line| line.contains("绿野蔬果专业合作社")), "{left:?}");
    assert_eq!(left, self::left(&other.app).await);
    // Read as what it is not, it has not even the columns.
    let (wrong, _) = take_over(&other.app, &other.city, &path, &mapping, false).await;
    assert_eq!(wrong.unwrap_err().code, "invalid_mapping");
}

#[tokio::test]
async fn taken_over_again_nothing_changes_and_a_longer_file_adds_what_is_new() {
    let World { app, city, .. } = world().await;
    let (path, mapping) = (example("books/ledger.csv"), mapping("ledger.toml"));
    take_over(&app, &city, &path, &mapping, false).await.0.unwrap();
    let before = left(&app).await;
    let (again, said) = take_over(&app, &city, &path, &mapping, false).await;
    assert_eq!(again.unwrap().counts, Counts { imported: 0, unchanged: 12, bad: 8 });
    assert_eq!(left(&app).await, before);
    assert_eq!(said.faults.iter().map(|(row, ..)| *row).collect::<BTreeSet<_>>().len(), BAD.len());

    // A later state of the ledger: one contract more, and one whose amount is another.
    let text = fs::read_to_string(&path).unwrap();
    let added = text.lines().nth(13).unwrap().replace("旧-013", "旧-021");
    let changed = text.replace(
        "旧-004,绿野蔬果专业合作社,农民专业合作社,91330100000000003J,新型农业经营主体,330200,01,400,400",
        "旧-004,绿野蔬果专业合作社,农民专业合作社,91330100000000003J,新型农业经营主体,330200,01,401,401",
    );
    assert_ne!(text, changed);
    let home = Scratch::new();
    let later = home.file("later.csv", &format!("{changed}{added}\n"));
    let (report, said) = take_over(&app, &city, &later, &mapping, false).await;
    assert_eq!(report.unwrap().counts, Counts { imported: 1, unchanged: 11, bad: 9 });
    assert!(said.faults.contains(&(4, "合同编号".to_owned(), "number_taken")), "{:?}", said.faults);
    app.reconcile().await;
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    let World { app, city, .. } = world().await;
    let (path, mapping) = (example("books/ledger.csv"), mapping("ledger.toml"));
    let audit = "SELECT count(*)::text FROM zengxin.audit_entry";
    let before = lines(&app.database.superuser().await, audit).await;
    let (tried, said) = take_over(&app, &city, &path, &mapping, true).await;
    let tried = tried.unwrap();
    assert_eq!((left(&app).await, lines(&app.database.superuser().await, audit).await), (Vec::new(), before));
    let (done, told) = take_over(&app, &city, &path, &mapping, false).await;
    let done = done.unwrap();
    assert_eq!((tried.counts, tried.findings, said.faults), (done.counts, done.findings, told.faults));
    assert!(done.findings[0] >= 2 && done.findings[1] >= 1, "{:?}", done.findings);
}

/// Stops an import once so many rows are done with.
#[derive(Default)]
struct Stopping {
    behind: u64,
    done: u64,
    counts: Counts,
}

impl Watch for Stopping {
    fn bad(&mut self, _: u64, _: &[Fault]) -> io::Result<()> {
        Ok(())
    }

    fn progress(&mut self, progress: Progress) {
        self.done = progress.done;
    }

    fn judged(&mut self, counts: Counts, _: &[(&str, zengxin::finding::OutcomeOut)]) {
        self.counts = counts;
    }

    fn stops(&self) -> bool {
        self.done >= self.behind
    }
}

#[tokio::test]
async fn an_import_that_is_stopped_has_saved_what_it_says_and_nothing_else_and_is_gone_on_with() {
    let World { app, city, .. } = world().await;
    let (path, mapping) = (example("books/ledger.csv"), mapping("ledger.toml"));
    let caller = Caller::operator(InstitutionId::from_uuid(city.institution));
    let request = Request { path: &path, name: "ledger.csv", mapping: &mapping, at_once: 5, check: false };
    // Eight rows cannot be read; of the others the first five are saved while the next are judged.
    let mut watch = Stopping { behind: 13, ..Stopping::default() };
    let stopped = import::run(&app.state, &caller, request, &mut watch).await;
    assert_eq!(stopped.unwrap_err().code, Problem::busy().code);
    assert_eq!((watch.done, watch.counts), (18, Counts { imported: 10, unchanged: 0, bad: 8 }));
    let saved = "SELECT count(*)::text FROM zengxin.contract UNION ALL SELECT imported::text FROM zengxin.import_run";
    assert_eq!(lines(&app.database.superuser().await, saved).await, ["10", "10"]);
    let (report, _) = take_over(&app, &city, &path, &mapping, false).await;
    assert_eq!(report.unwrap().counts, Counts { imported: 12, unchanged: 0, bad: 8 });
    app.reconcile().await;
}

#[tokio::test]
async fn a_mapping_that_cannot_be_used_is_refused_with_what_is_wrong() {
    let World { app, city, fund, .. } = world().await;
    let (path, good) = (example("books/ledger.csv"), mapping("ledger.toml"));
    for (wrong, by, says) in [
        ("column = \"合同编号\"", "column = \"编号\"", "编号"),
        ("end = { column", "ends = { column", "ends"),
        ("end = { column = \"到期日\" }", "", "either end or months"),
        ("institution = { rest = true }", "institution = { rest = true, constant = \"0.8\" }", "exactly one form"),
    ] {
        let mapping = good.replacen(wrong, by, 1);
        assert_ne!(mapping, good);
        let (refused, _) = take_over(&app, &city, &path, &mapping, false).await;
        let problem = refused.unwrap_err();
        assert_eq!(problem.code, "invalid_mapping", "{wrong}");
        assert!(problem.detail.en.contains(says), "{wrong}: {}", problem.detail.en);
    }
    let (refused, _) = take_over(&app, &fund, &path, &good, false).await;
    assert_eq!(refused.unwrap_err().code, "guarantees_nobody");
    let (refused, _) = take_over(&app, &city, Path::new("/nowhere.csv"), &good, false).await;
    assert_eq!(refused.unwrap_err().code, "unreadable_file");
}

#[tokio::test]
async fn a_contract_that_was_taken_over_is_shown_judged_and_released_like_any_other() {
    let World { app, city, .. } = world().await;
    let unknown_fee = mapping("ledger.toml").replace("fee = { column = \"担保费（元）\" }", "");
    let (report, _) = take_over(&app, &city, &example("books/ledger.csv"), &unknown_fee, false).await;
    // With no fee asked for, the row without one is taken over too.
    assert_eq!(report.unwrap().counts.imported, 13);
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    let page = app.read(&officer, "/v1/contracts?number=%E6%97%A7-002").await.json();
    let contract = &page["items"][0];
    let id = contract["id"].as_str().unwrap().to_owned();
    assert_eq!((&contract["agreement_id"], &contract["fee"]), (&json!(null), &json!("0.00")));
    assert_eq!(contract["taken_over"]["fee_known"], false);
    assert_eq!(contract["taken_over"]["client_kind_declared"], true);

    let path = format!("/v1/contracts/{id}/evaluations/{}", Uuid::now_v7());
    let evaluated = app.put(&approver, &path, json!({"on": "2024-01-02"})).await;
    assert_eq!(evaluated.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&evaluated.body));
    let evaluated = evaluated.json();
    for rule in ["fee.cap", "fee.average", "fee.only"] {
        assert_eq!(crate::harness::outcome(&evaluated, rule), "not_assessed", "{rule}");
    }
    assert_eq!(crate::harness::outcome(&evaluated, "risk.bank"), "needs_exception");

    let path = format!("/v1/contracts/{id}/releases/{}", Uuid::now_v7());
    let release = json!({"amount": "1000000.00", "effective_on": "2020-02-29"});
    assert_eq!(app.put(&officer, &path, release).await.status, StatusCode::CREATED);
    let after = app.ask(Method::GET, &format!("/v1/contracts/{id}"), Ask { ..officer.ask() }).await.json();
    assert_eq!((&after["state"], &after["outstanding"]), (&json!("released"), &json!("0.00")));
    app.reconcile().await;
}

/// A folder for files of a test, which goes when this goes.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("zengxin-imports-{}", Uuid::now_v7()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A ledger of 1,200 contracts of 200 clients on 400 days, every fifth released.
fn long_ledger() -> String {
    let heading = fs::read_to_string(example("books/ledger.csv")).unwrap().lines().next().unwrap().to_owned();
    let first = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
    let rows = (0..1200_u64).map(|row| {
        let start = first + chrono::Days::new(row * 7919 % 400);
        let (client, end) = (row % 200, start + Months::new(12));
        let (form, kind) = if client % 9 == 0 { ("企业", "大型企业") } else { ("企业", "小微企业") };
        let (state, on) = if row % 5 == 0 { ("已解保", end.format("%Y/%m/%d").to_string()) } else { ("在保", String::new()) };
        let (amount, share) = (10 + row % 90, if row % 4 == 0 { "15%" } else { "20%" });
        let (start, end) = (start.format("%Y/%m/%d"), end.format("%Y/%m/%d"));
        format!("长-{row:05},第{client:04}号客户,{form},x,{kind},330100,13,{amount},{amount},1000,{start},{end},{state},{on},{share},,")
    });
    format!("{heading}\n{}\n", rows.collect::<Vec<_>>().join("\n"))
}

#[tokio::test]
async fn an_import_that_was_killed_five_times_ends_as_one_that_was_not() {
    let mapping = mapping("ledger.toml")
        .replace("scheme = \"uscc\", columns = [\"统一社会信用代码\"]", "scheme = \"other\", columns = [\"客户名称\"]");
    let scratch = Scratch::new();
    let (book, map) = (scratch.file("long.csv", &long_ledger()), scratch.file("long.toml", &mapping));
    let (whole, broken) = (world().await, world().await);
    let (report, _) = take_over(&whole.app, &whole.city, &book, &mapping, false).await;
    assert_eq!(report.unwrap().counts, Counts { imported: 1200, unchanged: 0, bad: 0 });

    let home = Home::new();
    let program = || {
        let mut program = home.program();
        program.env("DATABASE_URL", broken.app.database.serving_url()).env("ZENGXIN_KEYS", "a".repeat(64));
        program.args(["import", "--institution", "city", "--rows-at-once", "20", "--mapping"]).arg(&map).arg(&book);
        program
    };
    let superuser = broken.app.database.superuser().await;
    let imported = async || -> u64 {
        lines(&superuser, "SELECT imported::text FROM zengxin.import_run")
            .await
            .first()
            .map_or(0, |count| count.parse().unwrap())
    };
    // Five places by chance, each some rows behind the one before.
    let places: Vec<u64> = Uuid::now_v7().as_bytes().iter().skip(11).map(|byte| u64::from(*byte) % 160).collect();
    eprintln!("killed some rows behind {places:?}");
    for (nth, place) in places.into_iter().enumerate() {
        let target = 1 + 200 * nth as u64 + place;
        let mut child = program().spawn().unwrap();
        while imported().await < target && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let state = lines(&superuser, "SELECT state || ' ' || imported FROM zengxin.import_run").await;
        assert!(state[0].starts_with("running "), "it was killed too late: {state:?}");
        broken.app.reconcile().await;
    }
    assert!(program().status().unwrap().success());
    assert_eq!(left(&broken.app).await, left(&whole.app).await);
    let digest = |app: &App| {
        let mut program = home.program();
        program.env("DATABASE_URL", app.database.serving_url()).args(["import", "--institution", "city", "--digest"]);
        let output = program.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let told = digest(&broken.app);
    assert_eq!(told, digest(&whole.app));
    assert!(told.contains("contract        1200 "), "{told}");
    // Again changes nothing; one fen does.
    assert!(program().status().unwrap().success());
    assert_eq!(told, digest(&broken.app));
    let fen = "UPDATE zengxin.contract SET fee_fen = fee_fen + 1 WHERE number = '长-00007'";
    superuser.execute_unprepared(fen).await.unwrap();
    assert_ne!(told.lines().last(), digest(&broken.app).lines().last());
    let verified = zengxin::app::audit::verify(&broken.app.state).await.unwrap();
    assert!(verified.iter().all(|(_, chain)| chain.is_ok()), "{verified:?}");
}

#[tokio::test]
async fn the_report_of_a_book_is_printed_by_the_rules_of_any_day_with_the_lists_behind_it() {
    let World { app, city, .. } = world().await;
    take_over(&app, &city, &example("books/ledger.csv"), &mapping("ledger.toml"), false).await.0.unwrap();
    let (home, scratch) = (Home::new(), Scratch::new());
    let said = |rules_on: &str, form: &[&str]| {
        let mut program = home.program();
        program.env("DATABASE_URL", app.database.serving_url()).args(["report", "portfolio", "--as-of", "2019-04-01"]);
        program.args(["--rules-on", rules_on, "--institution", "city"]).args(form).arg("--lists").arg(&scratch.0);
        let output = program.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    // On 2019-04-01 are outstanding 旧-002 100万, 旧-003 30万, 旧-004 400万 and 旧-005 450万; 旧-001 and 旧-002 have a bank share of 10 %.
    let all: serde_json::Value = serde_json::from_str(&said("2019-04-01", &["--json"])).unwrap();
    let report = &all[0];
    assert_eq!(report["outstanding"], json!({"contracts": 4, "amount": "9800000.00"}));
    assert_eq!((&report["bank_below"], &report["bank_below_outstanding"]), (&json!(2), &json!(1)));
    assert_eq!(report["biggest_clients"][0]["name"], "青禾食品有限公司");
    assert_eq!(report["small_ticket"], "4000000.00");
    let lines = |name: &str| fs::read_to_string(scratch.0.join("city").join(name)).unwrap().lines().count() - 1;
    assert_eq!((lines("contracts.csv"), lines("bank-share-below.csv"), lines("clients.csv")), (4, 2, 3));
    // The day before the rule no bank bore too little.
    let before: serde_json::Value = serde_json::from_str(&said("2019-01-21", &["--json"])).unwrap();
    assert_eq!((&before[0]["bank_least"], &before[0]["bank_below"]), (&json!(null), &json!(0)));
    let text = said("2019-04-01", &[]);
    assert!(text.contains("9,800,000.00") && text.contains("share.small_ticket"), "{text}");
}

/// A row of the real file, read by nothing of ours.
struct Loan {
    client: String,
    region: String,
    start: NaiveDate,
    end: NaiveDate,
    paid: bool,
    approved: u64,
    guaranteed: u64,
    charged_off: u64,
    charged_off_in: Option<String>,
}

/// The fields of a line, of which some stand between quotes.
fn fields(line: &str) -> Vec<String> {
    let (mut all, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut field)),
            _ => field.push(letter),
        }
    }
    all.push(field);
    all
}

/// The loans with a term, and how many have none.
fn loans(path: &Path) -> (Vec<Loan>, usize) {
    let text = fs::read_to_string(path).unwrap();
    let day = |text: &str| NaiveDate::parse_from_str(text, "%m/%d/%Y").unwrap();
    let mut without_term = 0;
    let mut loans = Vec::new();
    for line in text.lines().skip(1) {
        let row = fields(line);
        let months: u32 = row[10].parse().unwrap();
        if months == 0 {
            without_term += 1;
            continue;
        }
        let start = day(if row[20].is_empty() { &row[8] } else { &row[20] });
        loans.push(Loan {
            client: format!("{} {}", row[1], row[4]),
            region: row[3].clone(),
            start,
            end: start + Months::new(months),
            paid: row[22] == "P I F",
            approved: row[24].parse().unwrap(),
            guaranteed: row[25].parse().unwrap(),
            charged_off: row[23].parse().unwrap(),
            charged_off_in: row[19].rsplit('-').next().filter(|year| !year.is_empty()).map(str::to_owned),
        });
    }
    (loans, without_term)
}

#[tokio::test]
async fn the_real_book_is_accounted_for_row_by_row_and_its_figures_are_those_of_the_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sba-7a-guaranteed-loans.csv");
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return;
    }
    let (loans, without_term) = loans(&path);
    let World { app, city, .. } = world().await;
    let caller = Caller::operator(InstitutionId::from_uuid(city.institution));
    let mapping = mapping("sba-7a.toml");
    let request = Request { path: &path, name: "sba.csv", mapping: &mapping, at_once: 2000, check: false };
    let mut said = Said::default();
    let report = import::run(&app.state, &caller, request, &mut said).await.unwrap();
    assert_eq!(report.rows, 22_427);
    assert_eq!(report.counts.imported, loans.len() as u64);
    assert_eq!((report.counts.bad, said.faults.len()), (without_term as u64, without_term));
    assert!(said.faults.iter().all(|(_, column, code)| column == "Term" && *code == "empty_term"));
    app.reconcile().await;

    let as_of = NaiveDate::from_ymd_opt(2014, 12, 31).unwrap();
    let rules_on = Day::new(2019, 6, 30);
    for on in [NaiveDate::from_ymd_opt(2005, 6, 30).unwrap(), as_of] {
        let told = report::portfolio(&app.state, &caller, Day::from_date(on).unwrap(), rules_on).await.unwrap();
        let begun: Vec<&Loan> = loans.iter().filter(|loan| loan.start <= on).collect();
        let open = |loan: &&&Loan| !(loan.paid && loan.end.min(as_of) <= on);
        let outstanding: u64 = begun.iter().filter(open).map(|loan| loan.approved).sum();
        assert_eq!(told.outstanding.amount.to_string(), format!("{outstanding}.00"), "{on}");
        assert_eq!(told.outstanding.contracts, begun.iter().filter(open).count() as u64, "{on}");
        let mut clients: BTreeMap<&str, u64> = BTreeMap::new();
        for loan in begun.iter().filter(open) {
            *clients.entry(&loan.client).or_default() += loan.approved;
        }
        assert_eq!(told.clients.len(), clients.len(), "{on}");
        assert_eq!(told.portfolio.standing.book.shares.clients, clients.len() as u64, "{on}");
        let biggest = clients.values().max().unwrap();
        assert_eq!(told.clients[0].1.amount.to_string(), format!("{biggest}.00"), "{on}");
        // 1 − half_up(guaranteed ÷ approved, ten places) < 0.2: the quotient in 10⁻¹⁰ is above 8,000,000,000.
        let quotient = |loan: &Loan| {
            let (part, whole) = (u128::from(loan.guaranteed) * 10_000_000_000, u128::from(loan.approved));
            (2 * part + whole) / (2 * whole)
        };
        let below = begun.iter().filter(|loan| quotient(loan) > 8_000_000_000).count();
        assert_eq!(told.bank_below.len(), below, "{on}");
    }

    let told = report::portfolio(&app.state, &caller, Day::from_date(as_of).unwrap(), rules_on).await.unwrap();
    let mut by_year: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for loan in loans.iter().filter(|loan| loan.charged_off > 0 || loan.charged_off_in.is_some()) {
        let year = by_year.entry(loan.charged_off_in.clone().unwrap_or_default()).or_default();
        *year = (year.0 + 1, year.1 + loan.charged_off);
    }
    let mut found: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for ((year, _), sum) in &told.charged_off_by {
        let year = found.entry(year.map_or_else(String::new, |year| format!("{:02}", year % 100))).or_default();
        *year = (year.0 + sum.contracts, year.1 + u64::try_from(sum.amount.fen()).unwrap() / 100);
    }
    assert_eq!(found, by_year);

    let mut regions: BTreeMap<&str, u64> = BTreeMap::new();
    for loan in loans.iter().filter(|loan| !loan.paid) {
        *regions.entry(&loan.region).or_default() += loan.approved * 100;
    }
    let superuser = app.database.superuser().await;
    let sql =
        "SELECT outstanding_fen::text FROM zengxin.segment_exposure WHERE kind = 'region' AND outstanding_fen > 0";
    let mut found: Vec<u64> = lines(&superuser, sql).await.iter().map(|fen| fen.parse().unwrap()).collect();
    let mut expected: Vec<u64> = regions.into_values().collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let unknown = "SELECT count(*)::text FROM zengxin.contract WHERE NOT fee_known AND client_kind_declared";
    assert_eq!(lines(&superuser, unknown).await, [loans.len().to_string()]);
}
