//! What is no book, what may not be done, and what nobody may see of an earlier book.

use crate::{
    harness::{Ask, Person, resident_number},
    import_jobs::{Stage, corrected, example, ledger_mapping, lines, stage},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use encoding_rs::GB18030;
use futures_util::stream;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{auth::Role, config::HttpConfig};

async fn refused(stage: &Stage, person: &Person, bytes: &[u8]) -> (StatusCode, Value) {
    let answer = stage.app.upload(person, Uuid::now_v7(), "x.csv", bytes.to_vec()).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn what_is_no_table_of_text_is_refused_with_what_is_wrong() {
    let stage = stage().await;
    let (gb18030, ..) = GB18030.encode("编号,金额\n甲,乙");
    for (bytes, says) in [
        (b"".as_slice(), "empty"),
        (b"PK\x03\x04\x14\0\x06\0", "workbook"),
        (&gb18030[..gb18030.len() - 1], "cut off"),
        (b"one line\n", "one column"),
        (b"a,b\n", "no rows"),
    ] {
        let (status, problem) = refused(&stage, &stage.officer, bytes).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some("unfit_file")),
            "{says}"
        );
        assert!(problem["detail_en"].as_str().unwrap().contains(says), "{problem}");
    }
    let superuser = stage.app.database.superuser().await;
    assert_eq!(
        lines(&superuser, "SELECT count(*)::text FROM zengxin.import_part").await,
        ["0"],
        "nothing is half-done"
    );
    let nameless = format!("/v1/import-files/{}", Uuid::now_v7());
    assert_eq!(stage.app.ask(Method::PUT, &nameless, stage.officer.ask()).await.status, StatusCode::BAD_REQUEST);
    let controls = stage.app.upload(&stage.officer, Uuid::now_v7(), "a\u{0}b", b"a,b\n1,2\n".to_vec()).await;
    assert_eq!(
        (controls.status, &controls.json()["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("name"))
    );
}

#[tokio::test]
async fn a_file_larger_than_the_limit_is_refused_whether_or_not_it_says_so_beforehand() {
    let mut stage = stage().await;
    stage.app.configure(&HttpConfig { upload_bytes: 2_000, ..crate::harness::http_config() });
    let (status, problem) = refused(&stage, &stage.officer, corrected().repeat(2).as_bytes()).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::PAYLOAD_TOO_LARGE, Some("body_too_large")));
    let pieces = (0..20).map(|_| Ok::<_, std::io::Error>("a,b\n".repeat(100)));
    let request = Request::put(format!("/v1/import-files/{}?name=x.csv", Uuid::now_v7()));
    let request = request.header("authorization", format!("Bearer {}", stage.officer.token));
    let answer = stage.app.send(request.body(Body::from_stream(stream::iter(pieces))).unwrap()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "in pieces");
    // A file may be larger than what other requests may carry.
    stage.app.configure(&HttpConfig { body_bytes: 100, ..crate::harness::http_config() });
    stage.brought(corrected()).await;
}

#[tokio::test]
async fn a_file_is_taken_in_once_under_its_id_and_another_is_refused() {
    let stage = stage().await;
    let id = stage.brought(corrected()).await;
    let same = stage.app.upload(&stage.officer, id, "旧台账.csv", corrected().into_bytes()).await;
    assert_eq!(same.status, StatusCode::OK);
    let other = stage.app.upload(&stage.officer, id, "旧台账.csv", example("books/ledger.csv").into_bytes()).await;
    assert_eq!((other.status, other.json()["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")));
}

#[tokio::test]
async fn a_mapping_that_cannot_be_meant_is_refused_with_everything_that_is_wrong() {
    let stage = stage().await;
    let file = stage.brought(corrected()).await;
    let mut wrong = ledger_mapping();
    wrong["day_format"] = json!("%H:%M");
    wrong["client"]["kind"]["values"]["小微企业"] = json!("small");
    wrong["contract"]["months"] = json!({"constant": "12"});
    let kept = json!({"name": "错", "mapping": wrong});
    for (path, body) in [
        (format!("/v1/import-mappings/{}", Uuid::now_v7()), kept),
        (format!("/v1/imports/{}", Uuid::now_v7()), json!({"file_id": file, "mapping": wrong})),
    ] {
        let answer = stage.app.put(&stage.officer, &path, body).await;
        let problem = answer.json();
        assert_eq!(
            (answer.status, problem["code"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some("invalid_mapping")),
            "{path}"
        );
        let fields: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["day_format", "client.kind.values.小微企业", "contract.end"]);
    }
    // What a file tells of has happened.
    let today = zengxin::clock::today();
    for (as_of, status) in [
        (today - chrono::Days::new(1), StatusCode::CREATED),
        (today, StatusCode::CREATED),
        (today + chrono::Days::new(1), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let mut mapping = ledger_mapping();
        mapping["as_of"] = json!(as_of);
        let body = json!({"file_id": file, "mapping": mapping});
        let answer = stage.app.put(&stage.officer, &format!("/v1/imports/{}", Uuid::now_v7()), body).await;
        assert_eq!(answer.status, status, "{as_of}");
        if status != StatusCode::CREATED {
            let error = &answer.json()["errors"][0];
            assert_eq!((&error["field"], &error["code"]), (&json!("as_of"), &json!("future_day")));
        }
    }
    let mut unreadable = ledger_mapping();
    unreadable["as_of"] = json!("2023-02-30");
    let answer = stage
        .app
        .put(
            &stage.officer,
            &format!("/v1/imports/{}", Uuid::now_v7()),
            json!({"file_id": file, "mapping": unreadable}),
        )
        .await;
    assert_eq!((answer.status, &answer.json()["errors"][0]["code"]), (StatusCode::BAD_REQUEST, &json!("no_such_day")));
    for (body, field, code) in [
        (json!({"file_id": Uuid::now_v7(), "mapping": ledger_mapping()}), "file_id", "unknown"),
        (json!({"file_id": file, "mapping_id": Uuid::now_v7()}), "mapping_id", "unknown"),
        (json!({"file_id": file}), "mapping", "one_of_two"),
        (json!({"file_id": file, "mapping_id": Uuid::now_v7(), "mapping": ledger_mapping()}), "mapping", "one_of_two"),
    ] {
        let answer = stage.app.put(&stage.officer, &format!("/v1/imports/{}", Uuid::now_v7()), body).await;
        let error = &answer.json()["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)));
    }
}

#[tokio::test]
async fn whoever_brings_a_book_does_not_take_it_over_and_nobody_takes_over_what_was_not_tried() {
    let stage = stage().await;
    let (app, tried) = (&stage.app, stage.tried(stage.brought(corrected()).await).await);
    let path = |id: &Value, act: Uuid| format!("/v1/imports/{}/takeovers/{act}", id.as_str().unwrap());
    let own = app.ask(Method::PUT, &path(&tried["id"], Uuid::now_v7()), stage.officer.ask()).await;
    assert_eq!((own.status, own.json()["code"].as_str()), (StatusCode::FORBIDDEN, Some("forbidden")));
    // Whoever brought it and is an approver by now is still the same person.
    let change = json!({"name": stage.officer.name, "display_name": "某丙", "role": "approver"});
    let change = Ask { if_match: Some("\"1\""), ..stage.city.with(change) };
    assert_eq!(app.ask(Method::PUT, &format!("/v1/users/{}", stage.officer.id), change).await.status, StatusCode::OK);
    let again = app.log_in("city", &stage.officer.name, crate::harness::PASSWORD).await.json();
    let token = again["access_token"].as_str().unwrap();
    let ask = Ask { token: Some(token), ..Ask::default() };
    let same = app.ask(Method::PUT, &path(&tried["id"], Uuid::now_v7()), ask).await;
    assert_eq!((same.status, same.json()["code"].as_str()), (StatusCode::FORBIDDEN, Some("second_person_needed")));

    let done = {
        let act = Uuid::now_v7();
        assert_eq!(stage.take_over(&tried, act).await.status, StatusCode::CREATED);
        assert_eq!(stage.take_over(&tried, act).await.status, StatusCode::OK, "the same request is known again");
        app.work().await;
        app.read(&stage.approver, &format!("/v1/imports/{act}")).await.json()
    };
    assert_eq!(done["state"], "done");
    let twice = app.ask(Method::PUT, &path(&done["id"], Uuid::now_v7()), stage.approver.ask()).await;
    assert_eq!((twice.status, twice.json()["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")));
}

#[tokio::test]
async fn a_person_who_has_left_takes_nothing_over_any_more() {
    let stage = stage().await;
    let tried = stage.tried(stage.brought(corrected()).await).await;
    let act = Uuid::now_v7();
    assert_eq!(stage.take_over(&tried, act).await.status, StatusCode::CREATED);
    let path = format!("/v1/users/{}/offboardings/{}", stage.approver.id, Uuid::now_v7());
    let left = stage.app.ask(Method::PUT, &path, stage.city.ask()).await;
    assert!(left.status.is_success(), "{:?}", left.body);
    stage.app.work().await;
    let failed = stage.import(act).await;
    assert_eq!((&failed["state"], &failed["problem"]["code"]), (&json!("failed"), &json!("forbidden")));
    assert!(stage.app.all(&stage.officer, "/v1/contracts", "number").await.is_empty());
}

#[tokio::test]
async fn an_upper_layer_that_guarantees_nobody_brings_no_book() {
    let stage = stage().await;
    let officer = stage.app.hire(&stage.fund, Role::Officer).await;
    let (status, problem) = refused(&stage, &officer, corrected().as_bytes()).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("guarantees_nobody")));
}

#[tokio::test]
async fn numbers_of_citizens_rest_sealed_and_only_their_ends_are_shown_and_to_auditors_nothing() {
    let stage = stage().await;
    let number = resident_number(chrono::NaiveDate::from_ymd_opt(1980, 12, 31).unwrap(), 17);
    let heading = example("books/ledger.csv").lines().next().unwrap().to_owned();
    // The second stands in a column of amounts, where it is a fault.
    let text = format!(
        "{heading}\n甲-1,王某某,企业,{number},小微企业,330100,13,1,1,100,2022/3/1,2023/3/1,在保,,20%,,\n\
         甲-2,王某某,企业,{number},小微企业,330100,13,{number},1,100,2022/3/1,2023/3/1,在保,,20%,,\n"
    );
    let file = stage.brought(text).await;
    let id = Uuid::now_v7();
    let mut mapping = ledger_mapping();
    mapping["client"]["identifier"]["scheme"] = json!("resident_id");
    let body = json!({"file_id": file, "mapping": mapping});
    assert_eq!(stage.app.put(&stage.officer, &format!("/v1/imports/{id}"), body).await.status, StatusCode::CREATED);
    stage.app.work().await;
    let end = format!("…{}", &number[14..]);
    let (path, faults) = (format!("/v1/imports/{id}/rows/2"), format!("/v1/imports/{id}/faults"));
    for path in [&path, &faults, &format!("/v1/imports/{id}/faults.csv"), &format!("/v1/import-files/{file}")] {
        let shown = String::from_utf8(stage.app.read(&stage.officer, path).await.body.to_vec()).unwrap();
        assert!(shown.contains(&end) && !shown.contains(&number), "{path}: {shown}");
    }
    let auditor = stage.app.hire(&stage.city, Role::Auditor).await;
    let row = stage.app.read(&auditor, &path).await.json();
    assert_eq!((&row["cells"], &row["faults"][0]["value"]), (&json!(null), &json!(null)));
    let glance = stage.app.read(&auditor, &format!("/v1/import-files/{file}")).await.json();
    assert_eq!((&glance["heading"], &glance["rows"]), (&json!([]), &json!([])));
    let superuser = stage.app.database.superuser().await;
    for table in ["import_file", "import_part", "import_job", "import_fault", "audit_entry"] {
        let rows = lines(&superuser, &format!("SELECT t::text FROM zengxin.{table} t")).await.concat();
        let hexadecimal: String = number.bytes().map(|byte| format!("{byte:02x}")).collect();
        assert!(!rows.is_empty() && !rows.contains(&number) && !rows.contains(&hexadecimal), "{table}");
    }
}

#[tokio::test]
async fn a_file_is_forgotten_after_thirty_days_and_what_became_of_its_rows_is_not() {
    let mut stage = stage().await;
    let file = stage.brought(example("books/ledger.csv")).await;
    let tried = stage.tried(file).await;
    let now = zengxin::clock::now();
    let daily = async |stage: &Stage| zengxin::daily::turn(&stage.app.state).await.unwrap().forgotten;
    stage.app.at(now + chrono::TimeDelta::days(30) - chrono::TimeDelta::minutes(1));
    assert_eq!(daily(&stage).await, 0, "a minute before");
    stage.app.at(now + chrono::TimeDelta::days(30) + chrono::TimeDelta::minutes(1));
    assert_eq!((daily(&stage).await, daily(&stage).await), (1, 0));
    let superuser = stage.app.database.superuser().await;
    let left = "SELECT (sum(length(sealed)))::text FROM (SELECT sealed FROM zengxin.import_part UNION ALL SELECT sealed FROM zengxin.import_fault) s";
    assert_eq!(lines(&superuser, left).await, ["0"]);
    // Tokens have run out by now.
    let again = stage.app.log_in("city", &stage.officer.name, crate::harness::PASSWORD).await.json();
    stage.officer.token = again["access_token"].as_str().unwrap().to_owned();
    let again = stage.app.log_in("city", &stage.approver.name, crate::harness::PASSWORD).await.json();
    stage.approver.token = again["access_token"].as_str().unwrap().to_owned();
    let row = stage.read(&tried, "/rows/14").await.json();
    assert_eq!(
        (&row["cells"], &row["faults"][0]["code"], &row["faults"][0]["value"]),
        (&json!(null), &json!("day"), &json!(null))
    );
    let gone = stage.take_over(&tried, Uuid::now_v7()).await;
    assert_eq!((gone.status, gone.json()["code"].as_str()), (StatusCode::CONFLICT, Some("file_forgotten")));
    let body = json!({"file_id": file, "mapping": ledger_mapping()});
    let gone = stage.app.put(&stage.officer, &format!("/v1/imports/{}", Uuid::now_v7()), body).await;
    assert_eq!(gone.json()["code"], "file_forgotten");
}

#[tokio::test]
async fn a_mapping_that_does_not_fit_ends_with_that_and_not_with_a_list_nobody_reads() {
    let stage = stage().await;
    let heading = example("books/ledger.csv").lines().next().unwrap().to_owned();
    let row = "x,,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x\n";
    let file = stage.brought(format!("{heading}\n{}", row.repeat(12_000))).await;
    let failed = stage.tried(file).await;
    assert_eq!((&failed["state"], &failed["problem"]["code"]), (&json!("failed"), &json!("too_many_faults")));
    assert!(failed["faults"].as_array().unwrap().len() > 8, "what is wrong is still counted: {}", failed["faults"]);
}

#[tokio::test]
async fn a_row_that_the_file_does_not_have_is_not_found() {
    let stage = stage().await;
    let tried = stage.tried(stage.brought(corrected()).await).await;
    for row in ["0", "-1", "21", "99999999999999999999", "x"] {
        assert_eq!(stage.read(&tried, &format!("/rows/{row}")).await.status, StatusCode::NOT_FOUND, "{row}");
    }
    for after in ["x", "1", "1.x", "99999999999999999999.0"] {
        let page = stage.read(&tried, &format!("/faults?after={after}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{after}");
    }
}
