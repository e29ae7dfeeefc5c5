//! Finding a party: by two characters, by the beginning, by an identifier; through indexes alone.

use crate::harness::{self, App, Person, World, somebody};
use axum::http::{Method, StatusCode};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement, TransactionTrait as _};
use serde_json::json;
use zengxin::auth::Role;

/// A query's value, percent-encoded whole.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn names(app: &App, reader: &Person, query: &str) -> Vec<String> {
    let answer = app.ask(Method::GET, &format!("/v1/parties?{query}"), reader.ask()).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {:?}", answer.body);
    let page = answer.json();
    page["items"].as_array().unwrap().iter().map(|party| party["name"].as_str().unwrap().to_owned()).collect()
}

async fn found(app: &App, reader: &Person, text: &str) -> Vec<String> {
    names(app, reader, &format!("search={}", encoded(text))).await
}

/// An officer of an institution with a few parties.
async fn stocked() -> (App, Person) {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    for name in ["青禾食品有限公司", "临湖青禾农场", "禾青贸易", "ＡＢＣ100%_制造", "O'Brien \\ Co; --", "青禾"]
    {
        app.file_party(&officer, "enterprise", name).await;
    }
    (app, officer)
}

#[tokio::test]
async fn two_characters_of_a_name_find_it_wherever_they_stand() {
    let (app, officer) = stocked().await;
    assert_eq!(found(&app, &officer, "青禾").await, ["青禾食品有限公司", "临湖青禾农场", "青禾"]);
    assert_eq!(found(&app, &officer, "禾青").await, ["禾青贸易"], "the order counts");
    assert_eq!(found(&app, &officer, "青禾食品有限公司").await, ["青禾食品有限公司"]);
    assert_eq!(found(&app, &officer, "青 禾　农").await, ["临湖青禾农场"], "spaces do not count");
    assert_eq!(found(&app, &officer, "abc１").await, ["ＡＢＣ100%_制造"], "nor do width and case");
    assert!(found(&app, &officer, "青食").await.is_empty(), "they stand side by side");
    // 有限公司 and 青禾 are both in the first name, not one after the other.
    assert!(found(&app, &officer, "有限公司青禾").await.is_empty(), "every pair is there, the name is not");
}

#[tokio::test]
async fn one_character_is_refused_with_what_to_do_instead() {
    let (app, officer) = stocked().await;
    for text in ["青", " 青 ", "", "\u{200b}"] {
        let answer = app.ask(Method::GET, &format!("/v1/parties?search={}", encoded(text)), officer.ask()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text:?}");
        let fault = &answer.json()["errors"][0];
        assert_eq!((fault["field"].as_str(), fault["code"].as_str()), (Some("search"), Some("too_short")), "{text:?}");
        assert!(fault["message"].as_str().unwrap().contains("prefix"));
    }
    assert_eq!(names(&app, &officer, &format!("prefix={}", encoded("青"))).await, ["青禾", "青禾食品有限公司"]);
    for query in ["prefix=", "prefix=a&search=ab", &format!("search={}", "a".repeat(51)), "search=a%00b"] {
        let answer = app.ask(Method::GET, &format!("/v1/parties?{query}"), officer.ask()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert_eq!(app.ask(Method::GET, "/v1/parties?name=ab", officer.ask()).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn quotes_and_wildcards_are_characters_like_others() {
    let (app, officer) = stocked().await;
    assert_eq!(found(&app, &officer, "%_").await, ["ＡＢＣ100%_制造"]);
    assert_eq!(found(&app, &officer, "o'b").await, ["O'Brien \\ Co; --"]);
    assert_eq!(found(&app, &officer, "\\c").await, ["O'Brien \\ Co; --"]);
    for nothing in ["%%", "__", "' OR '1'='1", "'; DROP TABLE zengxin.party; --", "青%", "\\\\"] {
        assert!(found(&app, &officer, nothing).await.is_empty(), "{nothing}");
    }
    for nothing in ["%", "_", "'"] {
        assert!(names(&app, &officer, &format!("prefix={}", encoded(nothing))).await.is_empty(), "{nothing}");
    }
}

#[tokio::test]
async fn a_renamed_party_is_found_by_its_new_name_alone() {
    let (app, officer) = stocked().await;
    let id = app.file_party(&officer, "enterprise", "旧名称").await;
    let body = json!({"name": "新称呼", "kind": "enterprise", "region_code": "330100", "industry_code": "13"});
    let ask = harness::Ask { if_match: Some("\"1\""), ..officer.with(body) };
    assert_eq!(app.ask(Method::PUT, &format!("/v1/parties/{id}"), ask).await.status, StatusCode::OK);
    assert!(found(&app, &officer, "旧名").await.is_empty());
    assert_eq!(found(&app, &officer, "称呼").await, ["新称呼"]);
}

#[tokio::test]
async fn the_pages_of_a_search_follow_each_other_without_gap_or_repetition() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    // Two of each name, so that a page may end between them; every third has another beginning.
    for number in 0..14 {
        let begin = if number % 3 == 0 { "临湖" } else { "青禾" };
        app.file_party(&officer, "enterprise", &format!("{begin}食品{}", number / 2)).await;
    }
    for (query, count) in
        [("", 14), (&*format!("search={}", encoded("食品")), 14), (&format!("prefix={}", encoded("青")), 9)]
    {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = app.ask(Method::GET, &format!("/v1/parties?{query}&limit=3{after}"), officer.ask()).await.json();
            let items = page["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|party| party["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            assert_eq!(items.len(), 3);
            after = format!("&after={next}");
        }
        let different: std::collections::BTreeSet<&String> = seen.iter().collect();
        assert_eq!((seen.len(), different.len()), (count, count), "{query}");
    }
    let stranger = format!("/v1/parties?prefix={}&after={}", encoded("青"), uuid::Uuid::now_v7());
    assert_eq!(app.ask(Method::GET, &stranger, officer.ask()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_identifier_in_the_body_finds_who_has_or_had_it() {
    let World { app, city, province, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let person = app.file_party(&officer, "natural_person", "某甲").await;
    assert_eq!(app.identify(&officer, person, "resident_id", &somebody(1)).await.status, StatusCode::CREATED);
    let search = async |reader: &Person, scheme: &str, value: &str| {
        let body = json!({"scheme": scheme, "value": value});
        app.ask(Method::POST, "/v1/parties/searches", reader.with(body)).await
    };
    let answer = search(&officer, "resident_id", &somebody(1)).await;
    assert_eq!((answer.status, &answer.json()["items"][0]["id"]), (StatusCode::OK, &json!(person)));
    assert_eq!(search(&officer, "resident_id", &somebody(2)).await.json()["items"], json!([]));
    assert_eq!(search(&officer, "other", &somebody(1)).await.json()["items"], json!([]), "another scheme");
    let elsewhere = app.hire(&province, Role::Officer).await;
    assert_eq!(search(&elsewhere, "resident_id", &somebody(1)).await.json()["items"], json!([]));
    let misread = search(&officer, "uscc", "91350100M000100Y44").await;
    assert_eq!(
        (misread.status, misread.json()["errors"][0]["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("identifier"))
    );
}

/// The nodes of a statement's plan, as the serving role of the institution has it, after the tables were filled and counted.
async fn plan(app: &App, institution: uuid::Uuid, sql: &str) -> Vec<String> {
    let serving = app.database.serving().await;
    let tx = serving.begin().await.unwrap();
    tx.execute_unprepared(&format!("SELECT zengxin.enter('{institution}')")).await.unwrap();
    let explain = Statement::from_string(DbBackend::Postgres, format!("EXPLAIN (COSTS OFF) {sql}"));
    let rows = tx.query_all_raw(explain).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

#[tokio::test]
async fn under_row_security_every_search_goes_through_an_index() {
    let World { app, city, .. } = harness::world().await;
    let institution = city.institution;
    let superuser = app.database.superuser().await;
    // Four thousand parties, one in forty with 青禾 in its name, each with an identifier.
    for fill in [
        format!(
            "INSERT INTO zengxin.party SELECT '{institution}', gen_random_uuid(), name, name, 'enterprise', '330100', '13', 'active', NULL, 1, ''
             FROM (SELECT CASE WHEN n % 40 = 0 THEN '青禾' ELSE '临湖' END || '食品' || n AS name FROM generate_series(1, 4000) n) names"
        ),
        "INSERT INTO zengxin.party_gram SELECT DISTINCT p.institution_id, substr(p.name_key, place, 2), p.id FROM zengxin.party p,
         generate_series(1, 10) place WHERE char_length(substr(p.name_key, place, 2)) = 2".to_owned(),
        "INSERT INTO zengxin.party_identifier SELECT institution_id, gen_random_uuid(), id, 'uscc', 'x', NULL, 'k',
         sha256(id::text::bytea), '0000', '2020-01-01', NULL, 1, NULL, 1, '' FROM zengxin.party".to_owned(),
        "ANALYZE zengxin.party, zengxin.party_gram, zengxin.party_identifier".to_owned(),
    ] {
        superuser.execute_unprepared(&fill).await.unwrap();
    }
    for (what, condition, sql) in statements(institution) {
        let plan = plan(&app, institution, &sql).await;
        assert!(!plan.iter().any(|line| line.contains("Seq Scan")), "{what}: {plan:#?}");
        let by_index = |line: &&String| line.contains("Index Cond") && line.contains("institution_id");
        assert!(plan.iter().filter(by_index).any(|line| line.contains(condition)), "{what}: {plan:#?}");
    }
    // What a wildcard would do instead: row security lets no operator that could leak use an index.
    let naive = format!("SELECT * FROM zengxin.party WHERE institution_id = '{institution}' AND name LIKE '青禾%'");
    let naive = plan(&app, institution, &naive).await;
    assert!(!naive.iter().any(|line| line.contains("Index Cond") && line.contains("name")), "{naive:#?}");
    // The pairs are intersected without a look at the table.
    let gram = &statements(institution)[0].2;
    assert!(
        plan(&app, institution, gram).await.iter().any(|line| line.contains("Index Only Scan using party_gram_pk"))
    );
}

/// The texts that a query answers.
async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn a_search_finds_what_a_walk_through_all_names_finds() {
    let World { app, city, .. } = harness::world().await;
    let officer = app.hire(&city, Role::Officer).await;
    let (institution, superuser) = (city.institution, app.database.superuser().await);
    // Of five characters and one ending, so that some pairs are in hundreds of names, and most of them in some.
    for fill in [
        format!(
            "INSERT INTO zengxin.party SELECT '{institution}', gen_random_uuid(), name, name, 'enterprise', '330100', '13', 'active', NULL, 1, ''
             FROM (SELECT string_agg(substr('青禾农湖石', 1 + (n * 7919 / 5 ^ place)::integer % 5, 1), '') || '有限公司' AS name
                   FROM generate_series(1, 700) n, generate_series(0, 3) place GROUP BY n) names"
        ),
        "INSERT INTO zengxin.party_gram SELECT DISTINCT p.institution_id, substr(p.name_key, place, 2), p.id FROM zengxin.party p,
         generate_series(1, 10) place WHERE char_length(substr(p.name_key, place, 2)) = 2".to_owned(),
    ] {
        superuser.execute_unprepared(&fill).await.unwrap();
    }
    let all = "SELECT name FROM zengxin.party WHERE name LIKE ";
    let sample = texts(&superuser, "SELECT DISTINCT name FROM zengxin.party ORDER BY 1").await;
    let mut sought =
        std::collections::BTreeSet::from(["有限公司".to_owned(), "司有".to_owned(), "公司公司".to_owned()]);
    for name in sample.iter().step_by(97) {
        let name: Vec<char> = name.chars().collect();
        sought.extend((0..4).flat_map(|from| [2, 3, 4].map(|length| name[from..from + length].iter().collect())));
        sought.insert(name.iter().collect());
    }
    assert!(sought.len() > 40, "{sought:?}");
    let mut counts = std::collections::BTreeSet::new();
    for text in &sought {
        let sql = format!("{all} '%{text}%' ORDER BY id LIMIT 100");
        let walked = texts(&superuser, &sql).await;
        counts.insert(walked.len());
        assert_eq!(names(&app, &officer, &format!("search={}&limit=100", encoded(text))).await, walked, "{text}");
        let sql = format!("{all} '{text}%' ORDER BY name_key, id LIMIT 100");
        let walked = texts(&superuser, &sql).await;
        assert_eq!(names(&app, &officer, &format!("prefix={}&limit=100", encoded(text))).await, walked, "{text}");
    }
    assert!(counts.contains(&0) && counts.contains(&100) && counts.len() > 5, "{counts:?}");
}

/// A statement with its values in place.
fn with_values(sql: &str, values: &[String]) -> String {
    let values = values.iter().enumerate().rev();
    values.fold(sql.to_owned(), |sql, (place, value)| sql.replace(&format!("${}", place + 1), value))
}

/// What the store sends for each way of searching, with values in place, and what an index must be asked for.
fn statements(institution: uuid::Uuid) -> Vec<(&'static str, &'static str, String)> {
    use zengxin::store::party::{BEGINNING, CONTAINING};
    let nil = uuid::Uuid::nil();
    let text = |text: &str| format!("'{text}'::text");
    let (tenant, first) = (format!("'{institution}'::uuid"), format!("'{nil}'::uuid"));
    let pairs = "ARRAY['禾食', '青禾', '食品']".to_owned();
    let containing = [tenant.clone(), text("青禾食品"), first.clone(), "51".to_owned(), pairs];
    let beginning = [tenant.clone(), text("青"), text("青\u{10ffff}"), text("青"), first, "51".to_owned()];
    vec![
        ("containing", "gram =", with_values(CONTAINING, &containing)),
        ("beginning", "name_key >=", with_values(BEGINNING, &beginning)),
        (
            "identifier",
            "blind_index =",
            format!(
                "SELECT * FROM zengxin.party_identifier WHERE institution_id = {tenant} AND blind_index = sha256('a'::bytea) ORDER BY from_day, id"
            ),
        ),
        (
            "key of the index",
            "blind_key <",
            format!(
                "SELECT * FROM zengxin.party_identifier WHERE institution_id = {tenant} AND (blind_key < 'k' OR blind_key > 'k') LIMIT 1"
            ),
        ),
        (
            "namesakes",
            "name_key =",
            format!(
                "SELECT * FROM zengxin.party WHERE institution_id = {tenant} AND name_key = '青禾食品40' AND merged_into IS NULL ORDER BY id LIMIT 10"
            ),
        ),
    ]
}
