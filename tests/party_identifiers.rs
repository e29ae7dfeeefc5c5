//! The identifiers of parties: checked at every edge, known again, sealed, masked, disclosed with a reason.

use crate::harness::{self, App, Ask, Person, World, resident_number, somebody};
use axum::http::{Method, StatusCode};
use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    app::App as AppState,
    auth::{Keys, Role},
    clock,
};

/// Of the standard's examples and checked by hand in `domain`.
const USCC: &str = "91350100M000100Y43";

/// The same for legal entity identifiers.
const LEI: &str = "529900T8BM49AURSDO55";

/// An officer of a guarantee institution, and its administrator.
async fn office() -> (App, Person, Person) {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    (app, city, officer)
}

#[tokio::test]
async fn an_identifier_is_taken_with_its_check_character_and_no_other() {
    let (app, _, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let refused = async |party, scheme: &str, value: &str| {
        let answer = app.identify(&officer, party, scheme, value).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{scheme} {value}");
        answer.json()["errors"][0]["code"].as_str().unwrap().to_owned()
    };
    for (scheme, value) in [
        ("uscc", "91350100M000100Y44"),
        ("uscc", "91350100m000100y43"),
        ("uscc", "91350100M000100Y4"),
        ("uscc", " 91350100M000100Y43"),
        ("lei", "529900T8BM49AURSDO56"),
        ("lei", "529900t8bm49aursdo55"),
    ] {
        assert_eq!(refused(firm, scheme, value).await, "identifier", "{value}");
    }
    for value in ["11010519491231002x", "110105194912310021", "11010519490231002X", "", "１1010519491231002X"] {
        assert_eq!(refused(person, "resident_id", value).await, "identifier", "{value}");
    }
    for value in ["E123456", "e1234567", "E 1234567", "护照12345678"] {
        assert_eq!(refused(person, "other", value).await, "identifier", "{value}");
    }
    assert_eq!(app.identify(&officer, firm, "uscc", USCC).await.status, StatusCode::CREATED);
    assert_eq!(app.identify(&officer, firm, "lei", LEI).await.status, StatusCode::CREATED);
    assert_eq!(app.identify(&officer, person, "resident_id", "11010519491231002X").await.status, StatusCode::CREATED);
    assert_eq!(app.identify(&officer, person, "other", "E1234567").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn nobody_is_born_after_the_day_of_the_check() {
    let (app, _, officer) = office().await;
    let today = clock::civil_day(clock::now());
    for (born, status) in [
        (today - Days::new(1), StatusCode::CREATED),
        (today, StatusCode::CREATED),
        (today + Days::new(1), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let person = app.file_party(&officer, "natural_person", "某甲").await;
        let number = resident_number(born, 7);
        assert_eq!(app.identify(&officer, person, "resident_id", &number).await.status, status, "{born}");
    }
}

#[tokio::test]
async fn persons_have_personal_documents_and_everybody_else_public_codes() {
    let (app, _, officer) = office().await;
    for (kind, scheme, value) in [
        ("natural_person", "uscc", USCC.to_owned()),
        ("natural_person", "lei", LEI.to_owned()),
        ("enterprise", "resident_id", somebody(1)),
        ("individual_business", "resident_id", somebody(1)),
        ("cooperative", "other", "E1234567".to_owned()),
        ("other_organisation", "other", "E1234567".to_owned()),
    ] {
        let party = app.file_party(&officer, kind, "某某").await;
        let answer = app.identify(&officer, party, scheme, &value).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind} {scheme}");
        assert_eq!(answer.json()["errors"][0]["code"], "scheme_misfit", "{kind} {scheme}");
    }
}

#[tokio::test]
async fn a_party_filed_twice_is_found_by_its_identifier_and_named() {
    let (app, _, officer) = office().await;
    let first = app.file_party(&officer, "natural_person", "某甲").await;
    let again = app.file_party(&officer, "natural_person", "某 甲").await;
    assert_eq!(app.identify(&officer, first, "resident_id", &somebody(1)).await.status, StatusCode::CREATED);
    let refused = app.identify(&officer, again, "resident_id", &somebody(1)).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::CONFLICT, Some("party_known")));
    assert!(refused.json()["detail"].as_str().unwrap().contains(&first.to_string()));
    assert!(!String::from_utf8_lossy(&refused.body).contains(&somebody(1)), "the answer does not repeat the number");
    assert_eq!(app.identify(&officer, again, "resident_id", &somebody(2)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn two_schemes_and_two_institutions_do_not_meet() {
    let World { app, city, province, .. } = harness::world().await;
    for admin in [&city, &province] {
        let officer = app.hire(admin, Role::Officer).await;
        let person = app.file_party(&officer, "natural_person", "某甲").await;
        let other = app.file_party(&officer, "natural_person", "某乙").await;
        assert_eq!(app.identify(&officer, person, "resident_id", &somebody(1)).await.status, StatusCode::CREATED);
        assert_eq!(app.identify(&officer, other, "other", &somebody(1)).await.status, StatusCode::CREATED);
    }
    // One person at two institutions has one index: that is how a double claim is found.
    let indexes = "SELECT count(DISTINCT blind_index)::text FROM zengxin.party_identifier WHERE scheme = 'resident_id'";
    assert_eq!(texts(&app.database.superuser().await, indexes).await, ["1"]);
}

#[tokio::test]
async fn an_identifier_sent_twice_is_filed_once_and_an_id_serves_for_one() {
    let (app, _, officer) = office().await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let path = format!("/v1/parties/{person}/identifiers/{}", Uuid::now_v7());
    let file = async |value: String| {
        let body = json!({"scheme": "resident_id", "value": value, "from": "2020-01-01"});
        app.ask(Method::PUT, &path, officer.with(body)).await
    };
    assert_eq!(file(somebody(1)).await.status, StatusCode::CREATED);
    assert_eq!(file(somebody(1)).await.status, StatusCode::OK);
    assert_eq!(file(somebody(2)).await.json()["code"], "id_taken");
}

#[tokio::test]
async fn two_officers_at_once_file_a_number_for_one_party_alone() {
    let (app, _, officer) = office().await;
    let (one, two) = (
        app.file_party(&officer, "natural_person", "某甲").await,
        app.file_party(&officer, "natural_person", "某乙").await,
    );
    let number = somebody(1);
    let (first, second) = tokio::join!(
        app.identify(&officer, one, "resident_id", &number),
        app.identify(&officer, two, "resident_id", &number)
    );
    let filed = [&first, &second].iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    assert_eq!(filed, 1, "{first:?} {second:?}");
    assert!(![first, second].iter().any(|answer| answer.status == StatusCode::INTERNAL_SERVER_ERROR));
}

/// Ends an identifier of a party.
async fn end(app: &App, officer: &Person, party: Uuid, id: &Value, version: &str, until: &str) -> StatusCode {
    let path = format!("/v1/parties/{party}/identifiers/{}/end", id.as_str().unwrap());
    let ask = Ask { if_match: Some(version), ..officer.with(json!({"until": until})) };
    app.ask(Method::PUT, &path, ask).await.status
}

#[tokio::test]
async fn a_changed_code_is_ended_and_followed_by_another_and_the_old_one_is_free_from_that_day() {
    let (app, _, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let old = app.identify(&officer, firm, "uscc", USCC).await.json();
    let file = async |party, value: &str, from: &str| {
        let body = json!({"scheme": "uscc", "value": value, "from": from});
        app.add(&officer, party, "identifiers", body).await.status
    };
    assert_eq!(file(firm, "91330106MA2AABCD1T", "2023-01-01").await, StatusCode::CONFLICT, "one at a time");
    assert_eq!(end(&app, &officer, firm, &old["id"], "\"1\"", "2020-01-01").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(end(&app, &officer, firm, &old["id"], "\"7\"", "2023-01-01").await, StatusCode::PRECONDITION_FAILED);
    assert_eq!(end(&app, &officer, firm, &old["id"], "\"1\"", "2023-01-01").await, StatusCode::OK);
    assert_eq!(end(&app, &officer, firm, &old["id"], "\"2\"", "2024-01-01").await, StatusCode::CONFLICT);
    assert_eq!(
        file(firm, "91330106MA2AABCD1T", "2022-12-31").await,
        StatusCode::CONFLICT,
        "the last day of the old one"
    );
    assert_eq!(file(firm, "91330106MA2AABCD1T", "2023-01-01").await, StatusCode::CREATED);
    let another = app.file_party(&officer, "enterprise", "禾青").await;
    assert_eq!(file(another, USCC, "2022-12-31").await, StatusCode::CONFLICT);
    assert_eq!(file(another, USCC, "2023-01-01").await, StatusCode::CREATED);
    let now = app.party(&officer, firm).await;
    assert_eq!(
        (now["identifiers"].as_array().unwrap().len(), &now["identifiers"][0]["value"]),
        (1, &json!("91330106MA2AABCD1T"))
    );
    let all = app.ask(Method::GET, &format!("/v1/parties/{firm}/identifiers"), officer.ask()).await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn nothing_begins_tomorrow() {
    let (app, _, officer) = office().await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let today = clock::civil_day(clock::now());
    let file = async |from: NaiveDate| {
        let body = json!({"scheme": "uscc", "value": USCC, "from": from});
        app.add(&officer, firm, "identifiers", body).await.status
    };
    assert_eq!(file(today + Days::new(1)).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(file(today).await, StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_seen_of_a_person_depends_on_the_role() {
    let (app, admin, officer) = office().await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let firm = app.file_party(&officer, "enterprise", "青禾").await;
    let filed = app.identify(&officer, person, "resident_id", &somebody(1)).await;
    let last_four = json!(somebody(1)[14..]);
    assert_eq!((&filed.json()["value"], &filed.json()["last_four"]), (&Value::Null, &last_four));
    app.identify(&officer, firm, "uscc", USCC).await;
    for (role, sees) in [
        (Role::Officer, &last_four),
        (Role::Approver, &last_four),
        (Role::Treasurer, &last_four),
        (Role::Auditor, &Value::Null),
    ] {
        let reader = app.hire(&admin, role).await;
        let listed = format!("/v1/parties/{person}/identifiers");
        let listed = app.ask(Method::GET, &listed, reader.ask()).await.json();
        for seen in [&app.party(&reader, person).await["identifiers"][0], &listed["items"][0]] {
            assert_eq!((&seen["value"], &seen["last_four"]), (&Value::Null, sees), "{role}");
            assert!(!seen.to_string().contains(&somebody(1)), "{role}");
        }
        assert_eq!(app.party(&reader, firm).await["identifiers"][0]["value"], USCC, "a public code is everybody's");
    }
    assert_eq!(app.party(&admin, person).await["identifiers"][0]["last_four"], Value::Null);
}

#[tokio::test]
async fn a_number_is_shown_in_full_with_a_reason_to_whoever_decides_and_every_look_is_kept() {
    let World { app, city, province, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let identifier = app.identify(&officer, person, "resident_id", &somebody(1)).await.json()["id"].clone();
    let act = Uuid::now_v7();
    let look = async |reader: &Person, reason: &str| {
        let body = json!({"identifier_id": identifier, "reason": reason});
        app.ask(Method::PUT, &format!("/v1/parties/{person}/disclosures/{act}"), reader.with(body)).await
    };
    assert_eq!(look(&officer, " ").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = look(&officer, "核对证件原件").await;
    assert_eq!((shown.status, &shown.json()["value"]), (StatusCode::CREATED, &json!(somebody(1))));
    let again = look(&officer, "核对证件原件").await;
    assert_eq!((again.status, &again.json()["value"]), (StatusCode::OK, &json!(somebody(1))));
    let approver = app.hire(&city, Role::Approver).await;
    assert_eq!(look(&approver, "核对证件原件").await.status, StatusCode::CONFLICT, "a look is one person's");
    for role in [Role::Treasurer, Role::Auditor] {
        let reader = app.hire(&city, role).await;
        assert_eq!(look(&reader, "核对").await.status, StatusCode::FORBIDDEN, "{role}");
    }
    assert_eq!(look(&city, "核对").await.status, StatusCode::FORBIDDEN, "nor does the administrator look");
    let stranger = app.hire(&province, Role::Officer).await;
    assert_eq!(look(&stranger, "核对").await.status, StatusCode::NOT_FOUND);
    let entries = app.ask(Method::GET, "/v1/audit-entries?limit=200", city.ask()).await.json();
    let looks = entries["items"].as_array().unwrap().iter();
    let looks: Vec<&Value> = looks.filter(|entry| entry["action"] == "disclose_identifier").collect();
    let done =
        looks.iter().filter(|entry| entry["outcome"] == "done" && entry["actor_id"] == json!(officer.id)).count();
    assert_eq!((done, looks.len() - done), (2, 3), "two looks, three refusals: {looks:#?}");
}

async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

#[tokio::test]
async fn no_persons_number_is_in_the_clear_in_any_row_or_in_the_log() {
    use tracing_subscriber::util::SubscriberInitExt as _;
    let written = Log::default();
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer({
        let written = written.clone();
        move || written.clone()
    });
    let (app, admin, officer) = office().await;
    let logged = log.finish().set_default();
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let number = somebody(1);
    let identifier = app.identify(&officer, person, "resident_id", &number).await.json()["id"].clone();
    assert_eq!(app.identify(&officer, person, "other", "E7654321").await.status, StatusCode::CREATED);
    let twin = app.file_party(&officer, "natural_person", "某乙").await;
    assert_eq!(app.identify(&officer, twin, "resident_id", &number).await.status, StatusCode::CONFLICT);
    let look = json!({"identifier_id": identifier, "reason": "核对"});
    assert_eq!(app.add(&officer, person, "disclosures", look).await.status, StatusCode::CREATED);
    let search = json!({"scheme": "resident_id", "value": number});
    assert_eq!(app.ask(Method::POST, "/v1/parties/searches", officer.with(search)).await.status, StatusCode::OK);
    app.ask(Method::GET, "/v1/audit-entries", admin.ask()).await;
    drop(logged);
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("/identifiers/") && log.contains("/searches"), "the log was listened to");
    let superuser = app.database.superuser().await;
    let tables = texts(
        &superuser,
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'zengxin'::regnamespace AND relkind = 'r'",
    )
    .await;
    let mut rows = String::new();
    for table in tables {
        // A row's text has its texts and documents as they are, and bytes in hexadecimal.
        rows += &texts(&superuser, &format!("SELECT t::text FROM zengxin.{table} t")).await.join("\n");
    }
    for number in [number.as_str(), "E7654321"] {
        for written in [&rows, &log] {
            assert!(!written.contains(number), "{number}");
            assert!(!written.contains(&data_encoding::HEXLOWER.encode(number.as_bytes())), "{number} as bytes");
        }
    }
    assert!(rows.contains(&number[14..]), "the last four are there");
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_hash_of_few_digits_is_made_with_a_key() {
    use sha2::{Digest as _, Sha256};
    let (app, _, officer) = office().await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    app.identify(&officer, person, "resident_id", &somebody(1)).await;
    // Whoever has the rows but no key cannot try out numbers: neither hash is made of what is known.
    let request = (person, "resident_id", somebody(1), "2020-01-01", None::<String>);
    let guessed = Sha256::digest(serde_json::to_vec(&request).unwrap());
    let guessed =
        [data_encoding::HEXLOWER.encode(&guessed), data_encoding::HEXLOWER.encode(&Sha256::digest(somebody(1)))];
    let kept = "SELECT encode(creation_hash, 'hex') || encode(blind_index, 'hex') FROM zengxin.party_identifier";
    let kept = texts(&app.database.superuser().await, kept).await.join(" ");
    assert!(!guessed.iter().any(|guessed| kept.contains(guessed.as_str())));
}

/// The same service with other keys.
fn with_keys(app: &mut App, letters: &str) {
    let lines: Vec<String> = letters.chars().map(|letter| letter.to_string().repeat(64)).collect();
    let keys = Keys::parse(&lines.join("\n")).unwrap();
    app.become_state(AppState { keys: std::sync::Arc::new(keys), ..app.state.clone() });
}

#[tokio::test]
async fn after_a_rotation_a_number_is_found_and_shown_and_known_again() {
    let (mut app, admin) = harness::fund_with(Keys::parse(&"a".repeat(64)).unwrap()).await;
    let province = app.onboard(&admin, "province", "provincial_reguarantor", "330000").await;
    let officer = app.hire(&province, Role::Officer).await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    let old = app.identify(&officer, person, "resident_id", &somebody(1)).await.json()["id"].clone();
    with_keys(&mut app, "ba");
    let search = json!({"scheme": "resident_id", "value": somebody(1)});
    let found = app.ask(Method::POST, "/v1/parties/searches", officer.with(search.clone())).await.json();
    assert_eq!(found["items"][0]["id"], json!(person));
    let look = async |app: &App, party: Uuid, identifier: &Value| {
        let body = json!({"identifier_id": identifier, "reason": "核对"});
        let answer = app.add(&officer, party, "disclosures", body).await;
        (answer.status, answer.json()["value"].clone())
    };
    assert_eq!(look(&app, person, &old).await, (StatusCode::CREATED, json!(somebody(1))));
    let twin = app.file_party(&officer, "natural_person", "某乙").await;
    assert_eq!(app.identify(&officer, twin, "resident_id", &somebody(1)).await.json()["code"], "party_known");
    let new = app.identify(&officer, twin, "resident_id", &somebody(2)).await.json()["id"].clone();
    assert_eq!(look(&app, twin, &new).await, (StatusCode::CREATED, json!(somebody(2))));
    // The last line is lost: nobody is filed beside whoever cannot be found, and nothing is answered as if it were not there.
    let second = app.refresh(&officer.refresh).await.json()["access_token"].as_str().unwrap().to_owned();
    with_keys(&mut app, "b");
    let ask = Ask { token: Some(&second), body: Some(search), ..Ask::default() };
    let refused = app.ask(Method::POST, "/v1/parties/searches", ask).await;
    assert_eq!(refused.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_sealed_number_moved_to_another_row_opens_nowhere() {
    let (app, _, officer) = office().await;
    let (one, two) = (
        app.file_party(&officer, "natural_person", "某甲").await,
        app.file_party(&officer, "natural_person", "某乙").await,
    );
    app.identify(&officer, one, "resident_id", &somebody(1)).await;
    let moved = app.identify(&officer, two, "resident_id", &somebody(2)).await.json()["id"].clone();
    let swap = format!(
        "UPDATE zengxin.party_identifier SET sealed_value = (SELECT sealed_value FROM zengxin.party_identifier WHERE party_id = '{one}')
         WHERE party_id = '{two}'"
    );
    app.database.superuser().await.execute_unprepared(&swap).await.unwrap();
    let look = json!({"identifier_id": moved, "reason": "核对"});
    let answer = app.add(&officer, two, "disclosures", look).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!String::from_utf8_lossy(&answer.body).contains(&somebody(1)));
}
