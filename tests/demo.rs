//! The demo world's dated rows: what everybody reads there, and what each institution has of its own.

use crate::harness::{self, App, Person};
use domain::{
    finding::Outcome,
    supervision,
    value::{Day, InstitutionId, UserId},
};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, Role},
    clock,
    demo::{self, Login},
    store::{Scope, financial_statement},
};

async fn made() -> (App, Vec<Login>) {
    let app = harness::app().await;
    let logins = demo::make(&app.state, 0, &mut |_| ()).await.unwrap();
    (app, logins)
}

async fn come_in(app: &App, logins: &[Login], institution: &str, user: &str) -> Person {
    let login = logins.iter().find(|login| login.institution == institution && login.user == user).unwrap();
    let tokens = app.log_in(institution, user, &login.password).await.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (token, refresh) = (text(&tokens["access_token"]), text(&tokens["refresh_token"]));
    let (code, name, nobody) = (institution.to_owned(), user.to_owned(), Uuid::nil());
    let mut person = Person { institution: nobody, code, id: nobody, name, token, refresh };
    person.id = text(&app.read(&person, "/v1/profile").await.json()["id"]).parse().unwrap();
    let institutions = app.read(&person, "/v1/institutions").await.json();
    let own = institutions["items"].as_array().unwrap().iter().find(|item| item["code"] == institution).unwrap();
    person.institution = text(&own["id"]).parse().unwrap();
    person
}

#[tokio::test]
async fn everybody_finds_the_documented_products_and_none_claims_to_be_verified() {
    let (app, logins) = made().await;
    let reader = come_in(&app, &logins, "zhuxian", "admin").await;
    let of = async |field| app.all(&reader, "/v1/products", field).await;
    let codes = ["yiban", "zongduizong", "keji-chuangxin", "minjian-touzi", "chuangye"];
    assert_eq!(of("code").await, codes);
    assert_eq!(of("verified").await, [json!(false), json!(false), json!(false), json!(false), json!(false)]);
    assert_eq!(of("payout_rate_cap").await, [json!("0.04"), json!("0.03"), json!("0.05"), json!("0.05"), Value::Null]);
    assert_eq!(of("replaces_rules").await[2], json!(["risk.provincial"]));
    let after = app.all(&reader, "/v1/products?on=2028-01-01", "code").await;
    assert!(!after.contains(&json!("minjian-touzi")) && after.len() == 4);
    assert_eq!(app.all(&reader, "/v1/banks", "id").await.len(), 5);
    assert_eq!(app.all(&reader, "/v1/bank-branches?search=JIA", "code").await, ["JIA001", "JIA002"]);
    assert_eq!(app.all(&reader, "/v1/bank-branches", "id").await.len(), 10);
    assert_eq!(app.all(&reader, "/v1/deadlines?on=2026-08-01", "due_on").await, ["2026-02-28", "2026-07-31"]);
}

#[tokio::test]
async fn every_guarantee_institution_has_a_statement_that_keeps_every_asset_ratio() {
    let (app, logins) = made().await;
    let today = Day::from_date(clock::civil_day(app.state.clock.now())).unwrap();
    for code in ["linhu", "gangwan", "chaxian", "jiangbei", "meishan", "zhuxian", "haizhou", "gucheng"] {
        let treasurer = come_in(&app, &logins, code, "treasurer").await;
        let actor = Actor::Person { user: UserId::from_uuid(treasurer.id), role: Role::Treasurer };
        let caller = Caller { institution: InstitutionId::from_uuid(treasurer.institution), actor, session: None };
        let action = Action::ReadFinancialStatements;
        let scope = Scope::open(&app.state.database, app.state.clock, &caller, action).await.unwrap();
        let used = financial_statement::latest_on(&scope, today).await.unwrap().unwrap();
        assert_eq!((used.filed_by, used.as_of.year()), (treasurer.id, today.year() - 1), "{code}");
        let findings = supervision::assets(&used.figures, today).unwrap();
        assert!(findings.iter().all(|finding| finding.outcome == Outcome::Pass), "{code}: {findings:?}");
    }
}

#[tokio::test]
async fn one_institution_is_held_to_a_stricter_limit_and_its_neighbour_is_not() {
    let (app, logins) = made().await;
    for (code, expected) in [("linhu", vec![json!("8")]), ("dongfang", vec![json!("8")]), ("gangwan", vec![])] {
        let reader = come_in(&app, &logins, code, "admin").await;
        assert_eq!(app.all(&reader, "/v1/local-limits", "value").await, expected, "{code}");
    }
}

/// The tables of dated rows that the demo world fills.
const DATED: [&str; 6] = ["financial_statement", "local_limit", "bank", "bank_branch", "product", "deadline"];

#[tokio::test]
async fn without_a_scope_no_dated_row_is_read_and_in_one_nobody_elses_is_changed_or_forged() {
    let (app, logins) = made().await;
    let stranger = come_in(&app, &logins, "zhuxian", "admin").await.institution;
    let fund = come_in(&app, &logins, "guojia", "admin").await.institution;
    let (all, serving) = (app.database.superuser().await, app.database.serving().await);
    let count = async |database: &sea_orm::DatabaseConnection, table: &str| -> i64 {
        let sql = Statement::from_string(DbBackend::Postgres, format!("SELECT count(*) FROM zengxin.{table}"));
        database.query_one_raw(sql).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    };
    for table in DATED {
        assert!(count(&all, table).await > 0, "{table}");
        assert_eq!(count(&serving, table).await, 0, "{table}");
    }
    for table in DATED.into_iter().filter(|table| *table != "financial_statement") {
        let tx = serving.begin().await.unwrap();
        tx.execute_unprepared(&format!("SELECT zengxin.enter('{stranger}')")).await.unwrap();
        let ended = format!("UPDATE zengxin.{table} SET until_day = '2999-01-01'");
        assert_eq!(tx.execute_unprepared(&ended).await.unwrap().rows_affected(), 0, "{table}");
    }
    for forged in [
        format!("INSERT INTO zengxin.bank VALUES ('{fund}', '{fund}', 'XX', 'x', '2026-01-01', NULL, 1, '')"),
        format!(
            "INSERT INTO zengxin.local_limit VALUES ('{fund}', '{fund}', '{stranger}', 'leverage', NULL, '9', '2026-01-01', NULL, 'x', 1, '')"
        ),
        format!(
            "INSERT INTO zengxin.supervisor_confirmation VALUES ('{fund}', '{fund}', '{stranger}', 'mainly_small', '2026-01-01', NULL, 'x', 1, '')"
        ),
    ] {
        let tx = serving.begin().await.unwrap();
        tx.execute_unprepared(&format!("SELECT zengxin.enter('{stranger}')")).await.unwrap();
        let refused = tx.execute_unprepared(&forged).await.unwrap_err().to_string();
        assert!(refused.contains("row-level security"), "{refused}");
    }
}
