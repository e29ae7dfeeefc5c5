//! Earlier books through the interface: brought, tried, corrected, taken over by a second person, and nothing lost on the way.

use crate::harness::{Answer, App, Ask, Person, World, process::Home, world};
use axum::http::{Method, StatusCode};
use domain::value::InstitutionId;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use std::{fs, path::Path, time::Duration};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Caller, Role},
    import::Mapping,
    store::import_job,
};

/// A guarantee institution with somebody who brings books and somebody who takes them over.
pub struct Stage {
    pub app: App,
    pub city: Person,
    pub fund: Person,
    pub officer: Person,
    pub approver: Person,
}

pub async fn stage() -> Stage {
    let World { app, city, fund, .. } = world().await;
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    Stage { app, city, fund, officer, approver }
}

pub fn example(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

/// The mapping of the example, as the interface has it.
pub fn ledger_mapping() -> Value {
    serde_json::to_value(Mapping::read(&example("mappings/ledger.toml")).unwrap()).unwrap()
}

/// The example with all that is wrong in it put right.
pub fn corrected() -> String {
    let corrections = [
        ("300,300,,2020/7/1", "300,300,30000,2020/7/1"),
        ("2022/2/28,2022/2/29", "2022/2/28,2023/2/28"),
        ("91330100000000001Z", "91330100000000001C"),
        ("1.23456789,1.23456789", "1.23,1.23"),
        (
            "旧-012,老陈五金店,个体工商户,91330100000000005Q,个体工商户,330300,52,20,20,2000,2022",
            "旧-017,老陈五金店,个体工商户,91330100000000005Q,个体工商户,330300,52,20,20,2000,2022",
        ),
        ("2022/9/1,2022/9/1", "2022/9/1,2023/9/1"),
        (",未知,", ",大型企业,"),
        ("50,40,5000", "50,50,5000"),
    ];
    corrections.iter().fold(example("books/ledger.csv"), |text, (wrong, right)| {
        assert!(text.contains(wrong), "{wrong}");
        text.replacen(wrong, right, 1)
    })
}

pub async fn lines(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

impl Stage {
    pub async fn brought(&self, text: impl Into<Vec<u8>>) -> Uuid {
        let id = Uuid::now_v7();
        let answer = self.app.upload(&self.officer, id, "旧台账.csv", text.into()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
        id
    }

    /// Has a file tried by the example's mapping, and waits for the end.
    pub async fn tried(&self, file: Uuid) -> Value {
        let id = Uuid::now_v7();
        let body = json!({"file_id": file, "mapping": ledger_mapping()});
        let answer = self.app.put(&self.officer, &format!("/v1/imports/{id}"), body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.json()["state"], "queued");
        self.app.work().await;
        self.import(id).await
    }

    /// Has what was tried taken over.
    pub async fn take_over(&self, tried: &Value, act: Uuid) -> Answer {
        let path = format!("/v1/imports/{}/takeovers/{act}", tried["id"].as_str().unwrap());
        self.app.ask(Method::PUT, &path, self.approver.ask()).await
    }

    pub async fn taken_over(&self, tried: &Value) -> Value {
        let act = Uuid::now_v7();
        assert_eq!(self.take_over(tried, act).await.status, StatusCode::CREATED);
        self.app.work().await;
        self.import(act).await
    }

    pub async fn import(&self, id: Uuid) -> Value {
        self.app.read(&self.officer, &format!("/v1/imports/{id}")).await.json()
    }

    pub async fn read(&self, import: &Value, rest: &str) -> Answer {
        let id = import["id"].as_str().unwrap();
        self.app.read(&self.officer, &format!("/v1/imports/{id}{rest}")).await
    }
}

fn counts(import: &Value) -> [u64; 5] {
    ["rows", "done", "taken_over", "unchanged", "bad"].map(|count| import[count].as_u64().unwrap())
}

/// The events of an answer: name, id and data of each.
fn events(answer: &Answer) -> Vec<(String, String, Value)> {
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let of = |event: &str| {
        let field = |name: &str| {
            let line = event.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            line.unwrap_or_default().to_owned()
        };
        (field("event"), field("id"), serde_json::from_str(&field("data")).unwrap())
    };
    text.split("\n\n").filter(|event| event.contains("data: ")).map(of).collect()
}

#[tokio::test]
async fn a_book_with_errors_is_tried_corrected_and_taken_over_and_again_nothing_changes() {
    let stage = stage().await;
    let app = &stage.app;
    let file = stage.brought(example("books/ledger.csv")).await;
    let tried = stage.tried(file).await;
    assert_eq!((&tried["state"], &tried["takes_over"]), (&json!("done"), &json!(false)));
    assert_eq!(counts(&tried), [20, 20, 12, 0, 8]);
    assert!(app.all(&stage.officer, "/v1/contracts", "number").await.is_empty(), "a trial books nothing");
    let refused = json!({"rule": "share.small_agri", "outcome": "refuse", "contracts": 2});
    let findings = tried["findings"].as_array().unwrap();
    let of_share = findings.iter().find(|finding| finding["rule"] == "share.small_agri").unwrap();
    assert_eq!(of_share["outcome"], refused["outcome"], "{findings:#?}");

    // Every row that cannot be taken over is listed, page by page, as a file, and beside what stands there.
    let id = tried["id"].as_str().unwrap();
    let rows = app.all(&stage.officer, &format!("/v1/imports/{id}/faults?limit=3"), "row").await;
    assert_eq!(rows, [10, 14, 15, 16, 16, 17, 18, 19, 20].map(|row| json!(row)));
    let csv = String::from_utf8(stage.read(&tried, "/faults.csv").await.body.to_vec()).unwrap();
    assert_eq!(csv.lines().count(), 1 + rows.len());
    assert!(csv.starts_with("\u{feff}row,column,code,message,message_en,value\n10,担保费（元）,empty,"), "{csv}");
    // A browser has it compressed on its way.
    let request = axum::http::Request::get(format!("/v1/imports/{id}/faults.csv")).header("accept-encoding", "gzip");
    let request = request.header("authorization", format!("Bearer {}", stage.officer.token));
    let compressed = app.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!((compressed.status, compressed.header("content-encoding")), (StatusCode::OK, "gzip"));
    assert!(compressed.body.len() > 100 && compressed.body.len() < csv.len());
    let row = stage.read(&tried, "/rows/14").await.json();
    assert_eq!(row["faults"][0]["column"], "到期日");
    let cells = row["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 17);
    assert!(cells.contains(&json!({"column": "到期日", "value": "2022/2/29"})), "{cells:#?}");
    let of_identifiers =
        tried["faults"].as_array().unwrap().iter().find(|fault| fault["code"] == "identifier").unwrap();
    assert_eq!((&of_identifiers["column"], &of_identifiers["rows"]), (&json!("统一社会信用代码"), &json!(1)));

    let file = stage.brought(corrected()).await;
    let tried = stage.tried(file).await;
    assert_eq!((counts(&tried), &tried["faults"]), ([20, 20, 20, 0, 0], &json!([])));
    let done = stage.taken_over(&tried).await;
    assert_eq!((&done["state"], &done["takes_over"], &done["check_id"]), (&json!("done"), &json!(true), &tried["id"]));
    assert_eq!(counts(&done), [20, 20, 20, 0, 0]);
    assert_eq!(done["findings"], tried["findings"], "what was tried is what was booked");
    let run = done["run_id"].as_str().unwrap();
    let numbers = app.all(&stage.officer, &format!("/v1/contracts?import_id={run}&limit=7"), "number").await;
    assert_eq!(numbers.len(), 20);
    let none = app.all(&stage.officer, &format!("/v1/contracts?import_id={}", Uuid::now_v7()), "number").await;
    assert!(none.is_empty());
    app.reconcile().await;

    let again = stage.taken_over(&tried).await;
    assert_eq!((counts(&again), &again["run_id"]), ([20, 20, 0, 20, 0], &done["run_id"]));
    assert_eq!(app.all(&stage.officer, "/v1/contracts", "number").await.len(), 20);
    let verified = zengxin::app::audit::verify(&app.state).await.unwrap();
    assert!(verified.iter().all(|(_, chain)| chain.is_ok()), "{verified:?}");
    let listed = app.all(&stage.officer, "/v1/imports?limit=2", "takes_over").await;
    assert_eq!(listed, [true, true, false, false].map(|takes_over| json!(takes_over)), "the newest first");
    assert_eq!(app.all(&stage.officer, "/v1/imports?takes_over=false&state=done", "id").await.len(), 2);
    let audited = app.all(&stage.city, "/v1/audit-entries", "object_kind").await;
    for (kind, entries) in [("import_file", 2), ("import_job", 4)] {
        assert_eq!(audited.iter().filter(|entry| **entry == json!(kind)).count(), entries, "{kind}");
    }
}

#[tokio::test]
async fn a_dry_run_waits_for_whoever_may_have_it_taken_over_and_for_nobody_else() {
    let stage = stage().await;
    let app = &stage.app;
    let waits = async |reader: &Person| app.all(reader, "/v1/imports?to_decide=true", "id").await;
    let file = stage.brought(corrected()).await;
    let id = Uuid::now_v7();
    let body = json!({"file_id": file, "mapping": ledger_mapping()});
    assert_eq!(app.put(&stage.officer, &format!("/v1/imports/{id}"), body).await.status, StatusCode::CREATED);
    assert!(waits(&stage.approver).await.is_empty(), "it has yet to be tried");
    app.work().await;
    assert_eq!(waits(&stage.approver).await, [json!(id)]);
    assert!(waits(&stage.officer).await.is_empty(), "whoever brought it decides nothing");
    assert_eq!(app.all(&stage.officer, "/v1/imports?to_decide=false", "id").await, [json!(id)], "all of them");

    let tried = stage.import(id).await;
    assert_eq!(stage.take_over(&tried, Uuid::now_v7()).await.status, StatusCode::CREATED);
    assert!(waits(&stage.approver).await.is_empty(), "it is about to be taken over");
    app.work().await;
    assert!(waits(&stage.approver).await.is_empty(), "it is taken over");
    // Of the same file tried again no row is left.
    assert_eq!(counts(&stage.tried(file).await)[2], 0);
    assert!(waits(&stage.approver).await.is_empty(), "nothing is left to take over");
}

#[tokio::test]
async fn a_file_in_gb18030_is_found_to_be_and_read_by_the_same_mapping() {
    let stage = stage().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/books/ledger-gb18030.csv");
    let file = stage.brought(fs::read(path).unwrap()).await;
    let glance = stage.app.read(&stage.officer, &format!("/v1/import-files/{file}")).await.json();
    assert_eq!((&glance["file"]["encoding"], &glance["file"]["rows"]), (&json!("gb18030"), &json!(20)));
    assert_eq!((&glance["heading"][1], &glance["rows"][0][1]), (&json!("客户名称"), &json!("青禾食品有限公司")));
    assert_eq!(counts(&stage.tried(file).await), [20, 20, 12, 0, 8]);
}

#[tokio::test]
async fn a_preview_says_what_the_first_rows_say_by_a_mapping_and_writes_nothing() {
    let stage = stage().await;
    let file = stage.brought(example("books/ledger.csv")).await;
    let ask = stage.officer.with(ledger_mapping());
    let path = format!("/v1/import-files/{file}/previews");
    let preview = stage.app.ask(Method::POST, &path, ask).await.json();
    assert_eq!(preview["rows"].as_array().unwrap().len(), 20);
    let first = &preview["rows"][0]["reading"];
    assert_eq!(
        (&first["amount"], &first["start"], &first["client_kind"]),
        (&json!("1000000.00"), &json!("2018-03-01"), &json!("small_micro_enterprise"))
    );
    assert_eq!((&first["shares"]["bank"], &first["shares"]["institution"]), (&json!("0.1"), &json!("0.9")));
    let tenth = &preview["rows"][9];
    assert_eq!((&tenth["reading"], &tenth["faults"][0]["code"]), (&json!(null), &json!("empty")));
    let mut wrong = ledger_mapping();
    wrong["contract"]["number"]["column"] = json!("编号");
    wrong["shares"]["bank"]["column"] = json!("比例");
    let refused = stage.app.ask(Method::POST, &path, stage.officer.with(wrong)).await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("invalid_mapping"))
    );
    let fields: Vec<Value> =
        refused.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["contract.number.column", "shares.bank.column"], "all of them at once");
}

#[tokio::test]
async fn the_file_of_a_mapping_is_read_for_whoever_edits_it_and_is_refused_with_the_place_that_is_not_understood() {
    let stage = stage().await;
    let read = async |text: String| {
        stage.app.ask(Method::POST, "/v1/import-mapping-readings", stage.officer.with(json!({"text": text}))).await
    };
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/ledger.toml")).unwrap();
    let answer = read(text.clone()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mapping = answer.json();
    assert_eq!((&mapping["as_of"], &mapping["day_format"]), (&json!("2023-12-31"), &json!("%Y/%m/%d")));
    assert_eq!(mapping["contract"]["amount"], json!({"column": "担保金额（万元）", "unit": "wan"}));
    // What cannot be meant is the editor's to show: the term is missing.
    assert_eq!(read(text.replace("end = { column = \"到期日\" }\n", "")).await.status, StatusCode::OK);
    let refused = read(text.replace("[released]", "[relaesed]")).await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("invalid_mapping"))
    );
    assert!(refused.json()["detail"].as_str().unwrap().contains("relaesed"), "{:?}", refused.json());
    let kept = stage.app.read(&stage.officer, "/v1/import-mappings").await.json();
    assert_eq!(kept["items"], json!([]), "nothing is written");
}

#[tokio::test]
async fn a_mapping_is_kept_by_name_changed_by_version_and_every_state_stays() {
    let stage = stage().await;
    let (app, id) = (&stage.app, Uuid::now_v7());
    let path = format!("/v1/import-mappings/{id}");
    let body = json!({"name": "旧台账", "mapping": ledger_mapping()});
    assert_eq!(app.put(&stage.officer, &path, body.clone()).await.status, StatusCode::CREATED);
    assert_eq!(app.put(&stage.officer, &path, body.clone()).await.status, StatusCode::OK);
    let taken = app.put(&stage.officer, &format!("/v1/import-mappings/{}", Uuid::now_v7()), body.clone()).await;
    assert_eq!((taken.status, taken.json()["code"].as_str()), (StatusCode::CONFLICT, Some("taken")));

    let file = stage.brought(corrected()).await;
    let import = Uuid::now_v7();
    let started = json!({"file_id": file, "mapping_id": id});
    assert_eq!(app.put(&stage.officer, &format!("/v1/imports/{import}"), started).await.status, StatusCode::CREATED);
    let mut changed = body.clone();
    changed["mapping"]["contract"]["tags"] = json!(["新标签"]);
    let ask = |version| Ask { if_match: Some(version), ..stage.officer.with(changed.clone()) };
    assert_eq!(app.ask(Method::PUT, &path, ask("\"1\"")).await.status, StatusCode::OK);
    assert_eq!(app.ask(Method::PUT, &path, ask("\"1\"")).await.status, StatusCode::PRECONDITION_FAILED);
    let versions = app.all(&stage.officer, &format!("{path}/versions?limit=1"), "version").await;
    assert_eq!(versions, [json!(2), json!(1)]);
    // Taken home as a file and read again, a state is what it was.
    let second = app.read(&stage.officer, &format!("{path}/versions?limit=1")).await.json()["items"][0].clone();
    let read = json!({"text": second["file"]});
    let read = app.ask(Method::POST, "/v1/import-mapping-readings", stage.officer.with(read)).await;
    assert_eq!((read.status, read.json()), (StatusCode::OK, changed["mapping"].clone()));
    // What was started is read as it was said then.
    app.work().await;
    let done = stage.import(import).await;
    assert_eq!((&done["mapping_version"], counts(&done)), (&json!(1), [20, 20, 20, 0, 0]));
    let used = stage.read(&done, "/mapping").await.json();
    assert_eq!(used["contract"]["tags"], json!(["旧台账"]));
}

#[tokio::test]
async fn how_far_an_import_is_is_told_from_where_one_left_off_and_the_telling_ends_with_it() {
    let stage = stage().await;
    let tried = stage.tried(stage.brought(example("books/ledger.csv")).await).await;
    let told = stage.read(&tried, "/events").await;
    assert_eq!((told.status, told.header("content-type")), (StatusCode::OK, "text/event-stream"));
    let told = events(&told);
    assert_eq!(told.len(), 1, "the whole state at once: {told:?}");
    let (name, id, state) = &told[0];
    assert_eq!((name.as_str(), state), ("state", &tried));
    let path = format!("/v1/imports/{}/events", tried["id"].as_str().unwrap());
    let request = axum::http::Request::get(&path).header("authorization", format!("Bearer {}", stage.officer.token));
    let known = stage.app.send(request.header("last-event-id", id).body(axum::body::Body::empty()).unwrap()).await;
    assert!(events(&known).is_empty(), "nothing that is known already");

    // Followed from the beginning, while another task works on it.
    let import = Uuid::now_v7();
    let body = json!({"file_id": tried["file_id"], "mapping": ledger_mapping()});
    assert_eq!(stage.app.put(&stage.officer, &format!("/v1/imports/{import}"), body).await.status, StatusCode::CREATED);
    let path = format!("/v1/imports/{import}/events");
    let later = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        stage.app.work().await;
    };
    let (followed, ()) = tokio::join!(stage.app.read(&stage.officer, &path), later);
    let states: Vec<Value> = events(&followed).into_iter().map(|(.., state)| state["state"].clone()).collect();
    assert_eq!((states.first(), states.last()), (Some(&json!("queued")), Some(&json!("done"))), "{states:?}");
}

#[tokio::test]
async fn an_import_that_waits_is_ended_at_once_and_one_under_way_keeps_what_it_took_over() {
    let stage = stage().await;
    let (app, tried) = (&stage.app, stage.tried(stage.brought(corrected()).await).await);
    let import = Uuid::now_v7();
    assert_eq!(stage.take_over(&tried, import).await.status, StatusCode::CREATED);
    let act = Uuid::now_v7();
    let path = format!("/v1/imports/{import}/cancellations/{act}");
    assert_eq!(app.ask(Method::PUT, &path, stage.officer.ask()).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::PUT, &path, stage.officer.ask()).await.status, StatusCode::OK);
    app.work().await;
    assert_eq!(stage.import(import).await["state"], "cancelled");
    assert!(app.all(&stage.officer, "/v1/contracts", "number").await.is_empty());
    let other = format!("/v1/imports/{import}/cancellations/{}", Uuid::now_v7());
    let ended = app.ask(Method::PUT, &other, stage.officer.ask()).await;
    assert_eq!((ended.status, ended.json()["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")));
    // The request that ended it ends no other.
    let second = Uuid::now_v7();
    assert_eq!(stage.take_over(&tried, second).await.status, StatusCode::CREATED);
    let taken = app.ask(Method::PUT, &format!("/v1/imports/{second}/cancellations/{act}"), stage.officer.ask()).await;
    assert_eq!((taken.status, taken.json()["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")));
    let path = format!("/v1/imports/{second}/cancellations/{}", Uuid::now_v7());
    assert_eq!(app.ask(Method::PUT, &path, stage.officer.ask()).await.status, StatusCode::CREATED);
    // Asked for anew, it goes through.
    assert_eq!(counts(&stage.taken_over(&tried).await), [20, 20, 20, 0, 0]);
}

#[tokio::test]
async fn a_server_that_stops_or_gives_way_costs_a_job_no_attempt_until_it_does_not_pass() {
    const FREE: i64 = 3_600;
    let stage = stage().await;
    let file = stage.brought(corrected()).await;
    let (id, holder) = (Uuid::now_v7(), Uuid::now_v7());
    let body = json!({"file_id": file, "mapping": ledger_mapping()});
    assert_eq!(stage.app.put(&stage.officer, &format!("/v1/imports/{id}"), body).await.status, StatusCode::CREATED);
    let caller = Caller::operator(InstitutionId::from_uuid(stage.city.institution));
    let open = async || stage.app.state.open(&caller, Action::WorkImports).await.unwrap();
    let attempt = async |free: Option<i64>| {
        let scope = open().await;
        let (job, attempts) = import_job::claim(&scope, holder, 20_000).await.unwrap().unwrap();
        scope.commit_unrecorded().await.unwrap();
        let scope = open().await;
        import_job::let_go(&scope, job.id, holder, free).await.unwrap();
        scope.commit_unrecorded().await.unwrap();
        attempts
    };
    for _ in 0..6 {
        assert_eq!((attempt(None).await, attempt(Some(FREE)).await), (1, 1));
    }
    let superuser = stage.app.database.superuser().await;
    let long_ago = "UPDATE zengxin.import_job SET began_at = began_at - interval '1 hour'";
    superuser.execute_unprepared(long_ago).await.unwrap();
    assert_eq!(attempt(None).await, 1, "a server may still stop");
    for attempts in 1..=5 {
        assert_eq!(attempt(Some(FREE)).await, attempts);
    }
    stage.app.work().await;
    let ended = stage.import(id).await;
    assert_eq!((&ended["state"], &ended["problem"]["code"]), (&json!("failed"), &json!("gave_up")));
}

/// A ledger of many small contracts, each of its own client.
fn long_ledger(rows: u64) -> String {
    let heading = example("books/ledger.csv").lines().next().unwrap().to_owned();
    let row = |row: u64| {
        let day = row % 28 + 1;
        format!(
            "长-{row:05},第{row:05}号客户,企业,x,小微企业,330100,13,10,10,1000,2019/1/{day},2020/1/{day},在保,,20%,,"
        )
    };
    format!("{heading}\n{}\n", (0..rows).map(row).collect::<Vec<_>>().join("\n"))
}

fn long_mapping() -> Value {
    let mut mapping = ledger_mapping();
    mapping["client"]["identifier"] = json!({"scheme": "other", "columns": ["客户名称"]});
    mapping
}

#[tokio::test]
async fn a_server_that_is_killed_in_the_middle_leaves_its_import_to_another_which_finishes_it() {
    const ROWS: u64 = 5_000;
    let keys = "a".repeat(64);
    let (app, fund) = crate::harness::fund_with(zengxin::auth::Keys::parse(&keys).unwrap()).await;
    let province = app.onboard(&fund, "province", "provincial_reguarantor", "330000").await;
    let city = app.onboard(&province, "city", "guarantee_institution", "330100").await;
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    let stage = Stage { app, city, fund, officer, approver };
    let file = stage.brought(long_ledger(ROWS)).await;
    let (check, import) = (Uuid::now_v7(), Uuid::now_v7());
    let body = json!({"file_id": file, "mapping": long_mapping()});
    assert_eq!(stage.app.put(&stage.officer, &format!("/v1/imports/{check}"), body).await.status, StatusCode::CREATED);
    stage.app.work().await;
    let tried = stage.import(check).await;
    assert_eq!(counts(&tried), [ROWS, ROWS, ROWS, 0, 0]);

    let (home, superuser) = (Home::new(), stage.app.database.superuser().await);
    let first = home.serve_with(&stage.app.database.serving_url(), &keys, &[("ZENGXIN_IMPORT_LEASE_SECONDS", "3")]);
    assert_eq!(stage.take_over(&tried, import).await.status, StatusCode::CREATED);
    let booked = async || -> u64 {
        let booked = lines(&superuser, "SELECT coalesce(sum(imported), 0)::text FROM zengxin.import_run").await;
        booked[0].parse().unwrap()
    };
    while booked().await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    first.kill();
    let before = booked().await;
    assert!((1..ROWS).contains(&before), "it was killed too late: {before}");
    let state = lines(&superuser, "SELECT state FROM zengxin.import_job WHERE check_id IS NOT NULL").await;
    assert_eq!(state, ["running"]);
    stage.app.reconcile().await;

    let second = home.serve_with(&stage.app.database.serving_url(), &keys, &[("ZENGXIN_IMPORT_LEASE_SECONDS", "3")]);
    let path = format!("/v1/imports/{import}/events");
    let told = tokio::time::timeout(Duration::from_secs(100), stage.app.read(&stage.officer, &path)).await;
    let told = events(&told.unwrap());
    assert_eq!(told.last().unwrap().2["state"], "done", "{told:?}");
    let done = stage.import(import).await;
    assert_eq!(counts(&done), [ROWS, ROWS, ROWS, 0, 0]);
    assert_eq!(done["findings"], tried["findings"]);
    let attempts = "SELECT attempts::text FROM zengxin.import_job WHERE check_id IS NOT NULL";
    assert_eq!(lines(&superuser, attempts).await, ["2"]);
    let contracts = "SELECT count(*)::text || ' ' || count(DISTINCT number) FROM zengxin.contract";
    assert_eq!(lines(&superuser, contracts).await, [format!("{ROWS} {ROWS}")]);
    drop(second);
    stage.app.reconcile().await;
    let verified = zengxin::app::audit::verify(&stage.app.state).await.unwrap();
    assert!(verified.iter().all(|(_, chain)| chain.is_ok()), "{verified:?}");
}
