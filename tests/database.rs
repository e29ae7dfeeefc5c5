//! The two roles, the migrations, and the wall between institutions.

use crate::harness;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait as _, TryGetable};
use uuid::Uuid;
use zengxin::{
    postgres::{OWNER, SERVING},
    store::{self, Database},
};

async fn one<T: TryGetable>(database: &impl ConnectionTrait, sql: &str) -> Result<T, DbErr> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    database.query_one_raw(statement).await?.unwrap().try_get_by_index(0)
}

async fn execute(database: &impl ConnectionTrait, sql: &str) -> Result<(), DbErr> {
    database.execute_unprepared(sql).await.map(drop)
}

/// A table of an institution's rows with the policies every tenant table has.
async fn notes(owner: &DatabaseConnection) {
    const OURS: &str = "institution_id = nullif(current_setting('app.institution_id', true), '')::uuid";
    for statement in [
        "CREATE TABLE zengxin.note (institution_id uuid NOT NULL, id bigint NOT NULL, PRIMARY KEY (institution_id, id))",
        "ALTER TABLE zengxin.note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        &format!("CREATE POLICY note_read ON zengxin.note FOR SELECT USING ({OURS})"),
        &format!("CREATE POLICY note_write ON zengxin.note FOR INSERT WITH CHECK ({OURS})"),
        "GRANT SELECT, INSERT ON zengxin.note TO zengxin_app",
    ] {
        execute(owner, statement).await.unwrap();
    }
}

async fn is_refused_to_serve(url: &str, why: &str) {
    let refused = Database::connect(url, 2).await.expect_err("must not serve").to_string();
    assert!(refused.contains("拒绝启动") && refused.contains(why), "{refused}");
}

#[tokio::test]
async fn the_serving_role_serves_and_no_role_that_passes_the_wall_by_does() {
    let database = harness::database().await;
    assert!(Database::connect(&database.serving_url(), 2).await.is_ok());
    is_refused_to_serve(&database.superuser_url(), "is a superuser").await;
    is_refused_to_serve(&database.owner_url(), "owns the schema").await;
}

#[tokio::test]
async fn a_role_that_bypasses_row_security_or_is_a_member_of_the_owner_is_refused() {
    let database = harness::database().await;
    let superuser = database.superuser().await;
    execute(&superuser, "CREATE ROLE passes_by LOGIN BYPASSRLS PASSWORD 'passes_by'").await.unwrap();
    execute(&superuser, "CREATE ROLE deputy LOGIN PASSWORD 'deputy' IN ROLE zengxin_owner").await.unwrap();
    let as_role = |role: &str| {
        let url = database.serving_url();
        let (_, host) = url.split_once('@').unwrap();
        format!("postgres://{role}:{role}@{host}")
    };
    is_refused_to_serve(&as_role("passes_by"), "BYPASSRLS").await;
    is_refused_to_serve(&as_role("deputy"), "member of its owner").await;
}

#[tokio::test]
async fn the_serving_role_can_neither_change_the_schema_nor_what_was_not_granted() {
    let database = harness::database().await;
    notes(&database.owner().await).await;
    let serving = database.serving().await;
    for refused in [
        "CREATE TABLE zengxin.mine (id bigint)",
        "CREATE TABLE public.mine (id bigint)",
        "ALTER TABLE zengxin.note DISABLE ROW LEVEL SECURITY",
        "DROP TABLE zengxin.note",
        "TRUNCATE zengxin.note",
        "DELETE FROM zengxin.note",
        "UPDATE zengxin.note SET id = 1",
        "DELETE FROM zengxin.migration",
        "SET ROLE zengxin_owner",
    ] {
        assert!(execute(&serving, refused).await.is_err(), "{refused}");
    }
}

#[tokio::test]
async fn a_function_is_callable_by_nobody_until_it_is_granted() {
    let database = harness::database().await;
    let make = "CREATE FUNCTION zengxin.answer() RETURNS bigint LANGUAGE sql AS 'SELECT 42'";
    execute(&database.owner().await, make).await.unwrap();
    assert!(one::<i64>(&database.serving().await, "SELECT zengxin.answer()").await.is_err());
}

#[tokio::test]
async fn the_two_roles_have_no_power_over_the_cluster() {
    let database = harness::database().await;
    let powers = format!(
        "SELECT count(*) FROM pg_roles WHERE rolname IN ('{OWNER}', '{SERVING}')
           AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
    );
    assert_eq!(one::<i64>(&database.superuser().await, &powers).await, Ok(2));
}

#[tokio::test]
async fn an_institution_sees_and_writes_its_own_rows_alone() {
    let database = harness::database().await;
    notes(&database.owner().await).await;
    let serving = database.serving().await;
    let (ours, theirs) = (Uuid::now_v7(), Uuid::now_v7());
    let tx = serving.begin().await.unwrap();
    execute(&tx, &format!("SELECT zengxin.enter('{ours}')")).await.unwrap();
    execute(&tx, &format!("INSERT INTO zengxin.note VALUES ('{ours}', 1)")).await.unwrap();
    assert_eq!(one::<i64>(&tx, "SELECT count(*) FROM zengxin.note").await, Ok(1));
    tx.commit().await.unwrap();

    let tx = serving.begin().await.unwrap();
    execute(&tx, &format!("SELECT zengxin.enter('{theirs}')")).await.unwrap();
    assert_eq!(one::<i64>(&tx, "SELECT count(*) FROM zengxin.note").await, Ok(0));
    assert!(execute(&tx, &format!("INSERT INTO zengxin.note VALUES ('{ours}', 2)")).await.is_err());
}

#[tokio::test]
async fn the_owner_is_bound_by_row_security_too() {
    let database = harness::database().await;
    let owner = database.owner().await;
    notes(&owner).await;
    assert!(execute(&owner, &format!("INSERT INTO zengxin.note VALUES ('{}', 1)", Uuid::now_v7())).await.is_err());
}

#[tokio::test]
async fn what_a_transaction_entered_ends_with_it_on_a_pooled_connection() {
    let database = harness::database().await;
    notes(&database.owner().await).await;
    let ours = Uuid::now_v7();
    let mut options = sea_orm::ConnectOptions::new(database.serving_url());
    let serving = sea_orm::Database::connect(options.max_connections(1).to_owned()).await.unwrap();
    for commits in [true, false] {
        let tx = serving.begin().await.unwrap();
        execute(&tx, &format!("SELECT zengxin.enter('{ours}')")).await.unwrap();
        let entered = one::<String>(&tx, "SELECT current_setting('app.institution_id')").await;
        assert_eq!(entered, Ok(ours.to_string()));
        if commits {
            tx.commit().await.unwrap()
        } else {
            tx.rollback().await.unwrap()
        }
        assert_eq!(one::<String>(&serving, "SELECT current_setting('app.institution_id')").await, Ok(String::new()));
        assert_eq!(one::<i64>(&serving, "SELECT count(*) FROM zengxin.note").await, Ok(0));
    }
}

#[tokio::test]
async fn a_transaction_of_nobody_is_refused() {
    let serving = harness::database().await;
    let serving = serving.serving().await;
    assert!(execute(&serving, "SELECT zengxin.enter(NULL)").await.is_err());
}

#[tokio::test]
async fn a_second_migrator_waits_and_finds_everything_done() {
    let database = harness::empty_database().await;
    let url = database.owner_url();
    let (first, second, third) = tokio::join!(store::migrate(&url), store::migrate(&url), store::migrate(&url));
    assert_eq!((first, second, third), (Ok(()), Ok(()), Ok(())));
    let taken = one::<i64>(&database.owner().await, "SELECT count(*) FROM zengxin.migration").await;
    assert_eq!(taken, Ok(migration::names().count().try_into().unwrap()));
}

#[tokio::test]
async fn nothing_of_ours_lies_outside_our_schema() {
    let database = harness::database().await;
    let outside = "SELECT count(*) FROM pg_class WHERE relowner = 'zengxin_owner'::regrole
      AND relnamespace NOT IN ('zengxin'::regnamespace, 'pg_toast'::regnamespace)";
    assert_eq!(one::<i64>(&database.superuser().await, outside).await, Ok(0));
}

#[tokio::test]
async fn a_migration_by_the_serving_role_is_refused_with_the_role_that_may() {
    let database = harness::empty_database().await;
    let refused = store::migrate(&database.serving_url()).await.unwrap_err().to_string();
    assert!(refused.contains("迁移失败") && refused.contains("DATABASE_OWNER_URL"), "{refused}");
}
