//! The living book of the demo world: every kind of client, every kind of event, figures that fit, and the same book every time.

use crate::harness::{self, App};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use std::collections::BTreeSet;
use zengxin::demo::{self, Login};

/// Enough that everything happens that can.
const CONTRACTS: usize = 240;

async fn made() -> (App, Vec<Login>, Vec<String>) {
    let app = harness::app().await;
    let mut said = Vec::new();
    let logins = demo::make(&app.state, CONTRACTS, &mut |line| said.push(line.to_owned())).await.unwrap();
    (app, logins, said)
}

/// The rows of a query, each as one line of text.
async fn lines(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

#[tokio::test]
async fn the_book_lives_through_everything_that_happens_to_contracts_and_fits() {
    let (app, _, said) = made().await;
    app.reconcile().await;
    let verified = zengxin::app::audit::verify(&app.state).await.unwrap();
    assert!(verified.iter().all(|(_, chain)| chain.is_ok()));
    let database = app.database.superuser().await;
    let of = async |sql: &str| lines(&database, sql).await.into_iter().collect::<BTreeSet<String>>();
    let drafted = lines(&database, "SELECT count(*)::text FROM zengxin.contract").await;
    assert_eq!(drafted, [CONTRACTS.to_string()]);
    assert_eq!(said.last().unwrap(), &format!("担保合同 contracts {CONTRACTS}/{CONTRACTS}"));
    assert_eq!(said.iter().filter(|line| line.contains("contracts")).count(), 10);

    let events = of("SELECT DISTINCT kind FROM zengxin.contract_event").await;
    for kind in ["submitted", "rejected", "refused", "approved", "cancelled", "disbursed", "released", "filing_applied"]
    {
        assert!(events.contains(kind), "{kind}: {events:?}");
    }
    let kinds = of("SELECT DISTINCT client_kind FROM zengxin.contract WHERE client_kind IS NOT NULL").await;
    for kind in ["small_micro_enterprise", "individual_business", "small_business_owner", "farmer", "new_agri_entity"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    assert!(kinds.len() >= 7, "{kinds:?}");
    let states = of("SELECT DISTINCT state FROM zengxin.contract").await;
    for state in ["in_force", "released", "rejected", "cancelled"] {
        assert!(states.contains(state), "{state}: {states:?}");
    }
    let institutions = of("SELECT DISTINCT institution_id::text FROM zengxin.contract").await;
    assert_eq!(institutions.len(), 8);
    for table in ["contract_exception", "party_flag", "party_size_input", "drift_alert", "filing_decision", "quota_use"]
    {
        assert_ne!(lines(&database, &format!("SELECT count(*)::text FROM zengxin.{table}")).await, ["0"], "{table}");
    }
    let carries = of("SELECT DISTINCT kind FROM zengxin.fee_carry").await;
    for kind in ["unused", "carried"] {
        assert!(carries.contains(kind), "{kind}: {carries:?}");
    }
    let provinces = of("SELECT DISTINCT left(i.region_code, 2) FROM zengxin.contract c \
        JOIN zengxin.institution i ON i.id = c.institution_id WHERE c.state = 'in_force'")
    .await;
    assert_eq!(provinces.len(), 4, "a map shows something: {provinces:?}");
    let unmarked = of("SELECT name FROM zengxin.party WHERE name NOT LIKE '示例%'").await;
    assert!(unmarked.is_empty(), "an invented name reads as one: {unmarked:?}");
    let twice = "SELECT min(name) FROM zengxin.party GROUP BY institution_id, name HAVING count(*) > 1";
    assert!(lines(&database, twice).await.is_empty());
}

/// What the book of each institution is, without what is made anew every time.
const BOOK: &str = "SELECT i.code || ' ' || c.number || ' ' || c.state || ' ' || c.amount_fen || ' ' || c.fee_fen || ' ' \
    || c.outstanding_fen || ' ' || coalesce(c.client_kind, '-') || ' ' || c.start_day || ' ' || p.name FROM zengxin.contract c \
    JOIN zengxin.institution i ON i.id = c.institution_id \
    JOIN zengxin.party p ON p.institution_id = c.institution_id AND p.id = c.party_id ORDER BY i.code, c.number";

#[tokio::test]
async fn the_same_day_has_the_same_book_every_time() {
    let (first, second) = tokio::join!(small(), small());
    assert_eq!(first.len(), 30);
    assert_eq!(first, second);
}

async fn small() -> Vec<String> {
    let mut app = harness::app().await;
    app.at("2026-03-15T04:00:00Z".parse().unwrap());
    demo::make(&app.state, 30, &mut |_| ()).await.unwrap();
    lines(&app.database.superuser().await, BOOK).await
}

#[tokio::test]
async fn nothing_is_booked_after_today_and_nothing_two_years_before() {
    let mut app = harness::app().await;
    app.at("2026-01-02T04:00:00Z".parse().unwrap());
    demo::make(&app.state, 30, &mut |_| ()).await.unwrap();
    app.reconcile().await;
    let database = app.database.superuser().await;
    let outside = "SELECT kind || ' ' || effective_on FROM zengxin.contract_event \
        WHERE effective_on > '2026-01-02' OR effective_on < '2024-01-03'";
    assert!(lines(&database, outside).await.is_empty());
    let statements = "SELECT DISTINCT as_of::text FROM zengxin.financial_statement ORDER BY 1";
    assert_eq!(lines(&database, statements).await, ["2023-12-31", "2024-12-31", "2025-12-31"]);
}
