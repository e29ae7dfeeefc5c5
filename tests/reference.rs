//! The reference data: regions, industries and the units of the award, as dated rows that hang together.

use crate::harness;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

#[tokio::test]
async fn every_city_lies_in_a_province_of_the_same_days() {
    let database = harness::database().await;
    let strays = texts(
        &database.serving().await,
        "SELECT c.code FROM zengxin.region c WHERE NOT EXISTS (SELECT FROM zengxin.region p
         WHERE p.code = c.province_code AND p.level = 'province' AND p.from_day <= c.from_day
         AND (p.until_day IS NULL OR c.until_day <= p.until_day))",
    )
    .await;
    assert!(strays.is_empty(), "{strays:?}");
}

#[tokio::test]
async fn there_are_34_provinces_and_every_one_of_the_31_has_cities_or_is_a_city() {
    let database = harness::database().await;
    let serving = database.serving().await;
    let provinces = texts(&serving, "SELECT code FROM zengxin.region WHERE level = 'province' ORDER BY code").await;
    assert_eq!(provinces.len(), 34);
    let without = texts(
        &serving,
        "SELECT p.code FROM zengxin.region p WHERE p.level = 'province' AND NOT EXISTS
         (SELECT FROM zengxin.region c WHERE c.province_code = p.code AND c.level = 'city') ORDER BY 1",
    )
    .await;
    // Four cities under the centre, Taiwan, Hong Kong and Macao.
    assert_eq!(without, ["110000", "120000", "310000", "500000", "710000", "810000", "820000"]);
}

#[tokio::test]
async fn a_code_means_one_thing_on_any_day() {
    let database = harness::database().await;
    for table in ["region", "industry", "award_unit"] {
        let twice = texts(
            &database.serving().await,
            &format!(
                "SELECT a.code FROM zengxin.{table} a JOIN zengxin.{table} b ON a.code = b.code AND a.from_day < b.from_day
                 WHERE a.until_day IS NULL OR b.from_day < a.until_day"
            ),
        )
        .await;
        assert!(twice.is_empty(), "{table}: {twice:?}");
    }
}

#[tokio::test]
async fn the_97_divisions_are_those_the_size_classes_know() {
    let database = harness::database().await;
    let divisions = texts(
        &database.serving().await,
        "SELECT d.section || d.code FROM zengxin.industry d JOIN zengxin.industry s ON s.code = d.section ORDER BY d.code",
    )
    .await;
    assert_eq!(divisions.len(), 97);
    for division in divisions {
        assert!(domain::size::SizeIndustry::of_gb4754(&division).is_ok(), "{division}");
    }
}

#[tokio::test]
async fn the_37_units_of_the_award_split_14_10_13_and_say_that_nobody_checked_them() {
    let database = harness::database().await;
    let counts = texts(
        &database.serving().await,
        "SELECT region || ' ' || count(*) FROM zengxin.award_unit WHERE NOT verified GROUP BY region ORDER BY region",
    )
    .await;
    assert_eq!(counts, ["central 10", "east 14", "west 13"]);
}

#[tokio::test]
async fn regions_are_found_by_part_of_a_name_and_by_the_beginning_of_a_code_without_a_login() {
    let app = harness::app().await;
    let codes = async |query: &str| -> Vec<String> {
        let answer = app.get(&format!("/v1/regions?{query}")).await;
        assert_eq!(answer.status, 200, "{query}");
        answer.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|region| region["code"].as_str().unwrap().to_owned())
            .collect()
    };
    // 杭州
    assert_eq!(codes("search=%E6%9D%AD%E5%B7%9E").await, ["330100"]);
    assert_eq!(codes("search=46").await, ["460000", "460100", "460200", "460300", "460400"]);
    assert_eq!(codes("search=%25%27%3B").await, Vec::<String>::new());
    for wildcard in ["%25", "_", "%5C", "33%25", "3301_0"] {
        assert_eq!(codes(&format!("search={wildcard}")).await, Vec::<String>::new(), "{wildcard}");
    }
}

#[tokio::test]
async fn a_region_has_the_name_of_the_day_asked_for() {
    let app = harness::app().await;
    let found = async |on: &str| {
        let answer = app.get(&format!("/v1/regions?search=3712&on={on}")).await;
        answer.json()["items"].as_array().unwrap().len()
    };
    assert_eq!((found("2018-12-31").await, found("2019-01-01").await), (1, 0));
    assert_eq!(app.get("/v1/regions?on=2019-02-30").await.status, 422);
    assert_eq!(app.get("/v1/regions?of=2019-02-30").await.status, 400);
    assert_eq!(app.get("/v1/regions?limit=201").await.status, 422);
}

#[tokio::test]
async fn the_pages_of_the_industries_follow_each_other_without_gap_or_repetition() {
    let app = harness::app().await;
    let (mut codes, mut after) = (Vec::new(), String::new());
    loop {
        let page = app.get(&format!("/v1/industries?limit=50{after}")).await.json();
        codes.extend(page["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(codes.len(), 117);
    assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]));
}
