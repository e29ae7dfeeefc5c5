//! How PostgreSQL reads what is asked for all day: the plan of each statement that a request sends, and of each inside the functions of
//! the book, as the serving role has it under row security. Everything is asked for so often that PostgreSQL has settled on a plan for
//! any values, or on planning for each.
//!
//! `tests/golden/plans.txt` has the shape of every plan: the kinds of its nodes and the indexes. PostgreSQL itself writes the plans down
//! (`auto_explain`) while the service runs, so that no statement is written twice.

use crate::{
    golden::is_golden,
    harness::{Answer, Counter, Desk, GROWING, Person, created, desk, fill},
    imports_around::{Ledger, Said, mapping},
    party_merges::merged,
};
use axum::http::Method;
use domain::value::InstitutionId;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write as _};
use uuid::Uuid;
use zengxin::{
    app::import::{self, Request},
    auth::{Caller, Role},
    clock,
    store::Database,
};

/// Another version of PostgreSQL may well plan otherwise: the shapes are compared on this one, the scans on every one.
const MAJOR: i32 = 15;

/// Read from end to end because so it is wanted, or for want of a better way yet: what an upper layer has decided is formed first.
const WHOLE: &[(&str, &str)] = &[
    ("filing_decision", "filings of upper layers"),
    ("filing_decision", "cessions"),
    ("filing_decision", "cessions of a cedent"),
    ("filing_decision", "cessions to be filed"),
    ("filing_decision", "cessions that are filed"),
    // Asked for only when something was merged since the import began, as the numbers of the filled book have it.
    ("party_merge", "an earlier book is tried"),
];

/// PostgreSQL plans a prepared statement five times for its values before it thinks of a plan for any.
const TIMES: usize = 7;

/// How many contracts the book has.
const CONTRACTS: u32 = 20_000;

/// Has PostgreSQL say how it executes each statement of the serving role.
async fn explained(desk: &Desk) {
    let superuser = desk.app.database.superuser().await;
    let url = desk.app.database.serving_url();
    let name = url.rsplit('/').next().and_then(|name| name.split('?').next()).unwrap();
    for (setting, value) in [
        ("session_preload_libraries", "auto_explain"),
        ("auto_explain.log_min_duration", "0"),
        ("auto_explain.log_nested_statements", "on"),
        ("auto_explain.log_format", "json"),
        ("auto_explain.log_level", "notice"),
    ] {
        superuser.execute_unprepared(&format!("ALTER DATABASE {name} SET {setting} = '{value}'")).await.unwrap();
    }
}

async fn major(desk: &Desk) -> i32 {
    let statement =
        Statement::from_string(DbBackend::Postgres, "SELECT current_setting('server_version_num')::integer");
    let row = desk.app.database.superuser().await.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index::<i32>(0).unwrap() / 10_000
}

/// What was planned, by the request that sent it.
#[derive(Default)]
struct Plans {
    shown: String,
    known: BTreeSet<String>,
    read_whole: BTreeSet<String>,
}

impl Plans {
    /// Adds the plans of a request; one that stands there already is not shown again.
    fn of_request(&mut self, name: &str, notices: Vec<String>) {
        let mut new = String::new();
        for plan in notices.iter().filter_map(|notice| notice.split_once("plan:\n").map(|(_, plan)| plan)) {
            let shown = self.statement(name, &serde_json::from_str(plan).unwrap());
            if self.known.insert(shown.clone()) {
                new += &shown;
            }
        }
        if !new.is_empty() {
            write!(self.shown, "# {name}\n\n{new}").unwrap();
        }
    }

    fn statement(&mut self, name: &str, plan: &Value) -> String {
        let text = abbreviated(plan["Query Text"].as_str().unwrap());
        let mut shown = format!("{text}\n");
        self.node(&plan["Plan"], 1, &mut shown, &format!("{name}: {text}"));
        shown + "\n"
    }

    fn node(&mut self, node: &Value, depth: usize, shown: &mut String, of: &str) {
        let word = |name: &str| node[name].as_str();
        let relation = word("Relation Name");
        let grows = relation.filter(|relation| GROWING.contains(relation) && word("Node Type") == Some("Seq Scan"));
        if let Some(relation) = grows
            && !WHOLE.contains(&(relation, of.split(": ").next().unwrap()))
        {
            self.read_whole.insert(format!("{relation} by {of}"));
        }
        write!(shown, "{:indent$}", "", indent = depth * 2).unwrap();
        if let Some(named) = word("Subplan Name") {
            write!(shown, "{named}: ").unwrap();
        }
        let kind = word("Operation").or(word("Node Type")).unwrap();
        shown.push_str(kind);
        for (before, name) in
            [(" ", "Index Name"), (" on ", "Relation Name"), (" of ", "CTE Name"), (" of ", "Function Name")]
        {
            if let Some(named) = word(name) {
                write!(shown, "{before}{named}").unwrap();
            }
        }
        shown.push('\n');
        for below in node["Plans"].as_array().into_iter().flatten() {
            self.node(below, depth + 1, shown, of);
        }
    }
}

/// The beginning of a statement, by which a reader knows it again: its columns do not matter.
fn abbreviated(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = match text.split_once(" FROM ") {
        Some((columns, rest)) if columns.starts_with("SELECT \"") => format!("SELECT … FROM {rest}"),
        _ => text,
    };
    let short: String = text.chars().take(150).collect();
    if short.len() < text.len() { format!("{short} …") } else { short }
}

/// The desk behind a counter, and the plans of what goes through it.
struct Watched {
    desk: Desk,
    counter: Counter,
    plans: Plans,
    shows: bool,
}

impl Watched {
    async fn send(&mut self, name: &str, person: &Person, method: Method, path: &str, body: Value) -> Answer {
        self.counter.take_notices();
        let ask = if body.is_null() { person.ask() } else { person.with(body) };
        let answer = self.desk.app.ask(method, path, ask).await;
        assert!(answer.status.is_success(), "{name}: {}", String::from_utf8_lossy(&answer.body));
        let notices = self.counter.take_notices();
        if self.shows {
            self.plans.of_request(name, notices);
        }
        answer
    }

    /// Asks until PostgreSQL has settled.
    async fn ask(&mut self, name: &str, person: &Person, method: Method, path: &str, body: Value) {
        for time in 1..=TIMES {
            self.shows = time == TIMES;
            self.send(name, person, method.clone(), path, body.clone()).await;
        }
    }

    async fn read(&mut self, name: &str, person: &Person, path: &str) {
        self.ask(name, person, Method::GET, path, Value::Null).await;
    }

    /// Does something with a contract, under an id of its own.
    async fn act(&mut self, name: &str, person: &Person, contract: Uuid, what: &str, body: Value) -> Uuid {
        let act = Uuid::now_v7();
        created(&self.send(name, person, Method::PUT, &format!("/v1/contracts/{contract}/{what}/{act}"), body).await);
        act
    }
}

/// A desk whose book has grown.
async fn watched() -> (Watched, Uuid, Uuid) {
    let mut desk = desk().await;
    desk.file_statement("100000000.00").await;
    let client = desk.client("small", "青禾食品").await;
    let contract = desk.in_force(desk.content(client, "1000000.00")).await;
    created(&desk.app.identify(&desk.officer, client, "uscc", "91350100M000100Y43").await);
    fill(&desk, client, CONTRACTS).await;
    explained(&desk).await;
    let counter = Counter::before(&desk.app.database.serving_url()).await;
    desk.app.serve_from(Database::connect(&counter.url, 1).await.unwrap());
    (Watched { desk, counter, plans: Plans::default(), shows: true }, client, contract)
}

/// The life of a contract, and the same asked for again.
async fn book(watched: &mut Watched, client: Uuid) {
    let (officer, approver) = (watched.desk.officer.clone(), watched.desk.approver.clone());
    let (id, today) = (Uuid::now_v7(), clock::today());
    let (path, content) = (format!("/v1/contracts/{id}"), watched.desk.content(client, "10000.00"));
    watched.send("a draft", &officer, Method::PUT, &path, content.clone()).await;
    watched.send("a draft asked for again", &officer, Method::PUT, &path, content.clone()).await;
    watched.send("a look at what the rules say", &officer, Method::POST, "/v1/contracts/check", content).await;
    watched.act("a submission", &officer, id, "submissions", Value::Null).await;
    let body = json!({"content_version": 1});
    let approval = watched.act("an approval", &approver, id, "approvals", body.clone()).await;
    let path = format!("/v1/contracts/{id}/approvals/{approval}");
    watched.send("an approval asked for again", &approver, Method::PUT, &path, body).await;
    watched.act("a disbursement", &officer, id, "disbursements", json!({"effective_on": today})).await;
    let release = json!({"amount": "1.00", "effective_on": today});
    let release = watched.act("a release", &officer, id, "releases", release).await;
    let reversal = json!({"release_id": release, "reason": "重复录入"});
    watched.act("a release taken back", &approver, id, "release-reversals", reversal).await;
    watched.act("an evaluation", &officer, id, "evaluations", json!({"on": today})).await;
}

/// What stands beside an ordinary booking: a related party's terms, local limits.
async fn look_further(watched: &mut Watched) {
    let officer = watched.desk.officer.clone();
    let related = watched.desk.client("small", "关联公司").await;
    let flag = json!({"kind": "related_party", "source": "股东名册", "from": "2020-01-01"});
    created(&watched.desk.app.add(&officer, related, "flags", flag).await);
    let admin = watched.desk.admin.clone();
    for (rule, value) in [("top_ten_clients", "0.9"), ("region", "1"), ("industry", "1")] {
        let limit = json!({"member_id": watched.desk.admin.institution, "rule": rule, "value": value, "from": "2020-01-01", "document": "办法"});
        created(&watched.desk.app.put(&admin, &format!("/v1/local-limits/{}", Uuid::now_v7()), limit).await);
    }
    let content = watched.desk.content(related, "10000.00");
    watched
        .send("a related party's terms, and local limits", &officer, Method::POST, "/v1/contracts/check", content)
        .await;
}

/// What an officer and an administrator of the institution read.
async fn read_own(watched: &mut Watched, client: Uuid, contract: Uuid) {
    let (officer, admin) = (watched.desk.officer.clone(), watched.desk.admin.clone());
    let after = Uuid::nil();
    for (name, path) in [
        ("a contract", format!("/v1/contracts/{contract}")),
        ("its events", format!("/v1/contracts/{contract}/events")),
        ("whether it is a first loan", format!("/v1/contracts/{contract}/first-loan")),
        ("its exceptions", format!("/v1/contracts/{contract}/exceptions")),
        ("its filings", format!("/v1/contracts/{contract}/filings")),
        ("contracts", format!("/v1/contracts?after={after}")),
        ("contracts in a state", format!("/v1/contracts?state=in_force&after={after}")),
        ("contracts of a client", format!("/v1/contracts?client_id={client}&after={after}")),
        ("contracts of a client in a state", format!("/v1/contracts?client_id={client}&state=in_force")),
        ("contracts by number", "/v1/contracts?number=N123".to_owned()),
        ("contracts, the last one first", "/v1/contracts?sort=-made".to_owned()),
        ("contracts in the order of numbers", "/v1/contracts?sort=number".to_owned()),
        ("contracts in the order of their ends", "/v1/contracts?sort=end".to_owned()),
        ("contracts, the largest first", "/v1/contracts?sort=-outstanding".to_owned()),
        ("parties", format!("/v1/parties?after={after}")),
        ("parties by two characters of the name", "/v1/parties?search=%E9%9D%92%E7%A6%BE".to_owned()),
        ("parties by three characters of the name", "/v1/parties?search=%E9%9D%92%E7%A6%BE%E9%A3%9F".to_owned()),
        ("parties by the beginning of the name", "/v1/parties?prefix=%E9%9D%92".to_owned()),
        ("a party", format!("/v1/parties/{client}")),
        ("its identifiers", format!("/v1/parties/{client}/identifiers")),
        ("its flags", format!("/v1/parties/{client}/flags")),
        ("its merges", format!("/v1/parties/{client}/merges")),
        ("the portfolio of today", "/v1/portfolio".to_owned()),
        ("filings of upper layers", "/v1/filings".to_owned()),
        ("alerts", "/v1/drift-alerts".to_owned()),
        ("alerts that are open", "/v1/drift-alerts?open=true".to_owned()),
    ] {
        watched.read(name, &officer, &path).await;
    }
    let sought = json!({"scheme": "uscc", "value": "91350100M000100Y43"});
    watched.ask("parties by identifier", &officer, Method::POST, "/v1/parties/searches", sought).await;
    for (name, path) in [
        ("the audit list", "/v1/audit-entries".to_owned()),
        ("the audit list of an action", "/v1/audit-entries?action=decide_contract".to_owned()),
        ("the audit list of refusals", "/v1/audit-entries?outcome=refused".to_owned()),
        ("the audit list of a person", format!("/v1/audit-entries?actor_id={after}")),
    ] {
        watched.read(name, &admin, &path).await;
    }
}

/// An earlier book is tried: one row of a party that went on to a third, in a group, and one of a client that is not known.
async fn try_import(watched: &mut Watched) {
    let desk = &watched.desk;
    let mut people = [Uuid::nil(); 3];
    for (place, person) in people.iter_mut().enumerate() {
        let code = format!("KEHU-{place:04}");
        *person = desk.app.file_party(&desk.officer, "natural_person", &code).await;
        created(&desk.app.identify(&desk.officer, *person, "other", &code).await);
    }
    let group = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{group}"), json!({"name": "青禾系"})).await);
    let days = json!({"group_id": group, "from": "2020-01-01"});
    created(&desk.app.add(&desk.officer, people[0], "group-memberships", days).await);
    merged(desk, people[0], people[1]).await;
    merged(desk, people[1], people[2]).await;
    let ledger = Ledger::of(&[
        "承-1,青禾食品,KEHU-0000,小,330100,13,600000,6000,2026-03-01,2099-03-01,,,",
        "承-2,临湖农场,KEHU-9999,小,330100,13,500000,5000,2026-03-02,2099-03-01,,,",
    ]);
    let mapping = mapping("bank = { constant = \"0.2\" }\ninstitution = { rest = true }");
    let request = Request { path: &ledger.0, name: "ledger.csv", mapping: &mapping, at_once: 2_000, check: true };
    let caller = Caller::operator(InstitutionId::from_uuid(watched.desk.admin.institution));
    for _ in 1..=TIMES {
        watched.counter.take_notices();
        let report = import::run(&watched.desk.app.state, &caller, request, &mut Said::default()).await.unwrap();
        assert_eq!(report.counts.imported, 2);
    }
    let notices = watched.counter.take_notices();
    watched.plans.of_request("an earlier book is tried", notices);
}

/// What the province reads of its cedents.
async fn read_above(watched: &mut Watched, contract: Uuid) {
    let province = watched.desk.province.clone();
    let own = watched.desk.admin.institution;
    for (name, path) in [
        ("cedents", "/v1/cedents".to_owned()),
        ("cessions", "/v1/cessions".to_owned()),
        ("cessions of a cedent", format!("/v1/cessions?cedent={own}")),
        ("cessions to be filed", "/v1/cessions?filing=pending".to_owned()),
        ("cessions that are filed", "/v1/cessions?filing=confirmed".to_owned()),
        ("a cession", format!("/v1/cessions/{contract}")),
        ("alerts of cedents", "/v1/drift-alerts".to_owned()),
    ] {
        watched.read(name, &province, &path).await;
    }
    let officer = watched.desk.app.hire(&province, Role::Officer).await;
    let filing = json!({"decision": "confirmed"});
    let path = format!("/v1/cessions/{contract}/filings/{}", Uuid::now_v7());
    watched.ask("a filing", &officer, Method::PUT, &path, filing).await;
}

#[tokio::test]
async fn every_plan_of_the_day_is_the_one_in_golden_and_reads_no_growing_table_from_end_to_end() {
    let (mut watched, client, contract) = watched().await;
    let profile = watched.desk.officer.clone();
    watched.read("every request", &profile, "/v1/profile").await;
    read_own(&mut watched, client, contract).await;
    for time in 1..=TIMES {
        watched.shows = time == TIMES;
        book(&mut watched, client).await;
    }
    look_further(&mut watched).await;
    try_import(&mut watched).await;
    read_above(&mut watched, contract).await;
    let Plans { shown, read_whole, .. } = watched.plans;
    if major(&watched.desk).await == MAJOR {
        is_golden("plans.txt", &shown);
    } else {
        eprintln!("skipped: the shapes of plans are those of PostgreSQL {MAJOR}");
    }
    assert!(read_whole.is_empty(), "read from end to end: {read_whole:#?}");
}
