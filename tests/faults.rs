//! What holds when processes die: the book survives, the service recovers, and a person is told what to do.

use crate::harness::process::{Home, Service, kill_9, user_of, wait_until};
use nix::unistd::{Uid, User};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    thread,
    time::Duration,
};
use tokio::runtime::{Builder, Runtime};
use zengxin::postgres::{OWNER, SERVING};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn connect(url: String) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(5));
    Database::connect(options).await.unwrap()
}

async fn number(database: &DatabaseConnection, sql: &str) -> i64 {
    let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn setting(database: &DatabaseConnection, name: &str) -> String {
    let show = Statement::from_string(DbBackend::Postgres, format!("SHOW {name}"));
    database.query_one_raw(show).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Somebody who writes one row after another and remembers how many were acknowledged.
struct Writer {
    acknowledged: Arc<AtomicI64>,
    enough: Arc<AtomicBool>,
    thread: thread::JoinHandle<()>,
}

impl Writer {
    /// Makes a table and writes into it as the serving role, until a write fails or it is enough.
    fn start(home: &Home) -> Self {
        let (owner, serving) = (home.url(OWNER), home.url(SERVING));
        let acknowledged = Arc::new(AtomicI64::new(0));
        let enough = Arc::new(AtomicBool::new(false));
        let (count, ends) = (Arc::clone(&acknowledged), Arc::clone(&enough));
        let write = async move {
            let owner = connect(owner).await;
            owner
                .execute_unprepared("CREATE TABLE IF NOT EXISTS zengxin.written (n bigint PRIMARY KEY)")
                .await
                .unwrap();
            owner.execute_unprepared("GRANT SELECT, INSERT ON zengxin.written TO zengxin_app").await.unwrap();
            let serving = connect(serving).await;
            while !ends.load(Ordering::SeqCst) {
                let n = count.load(Ordering::SeqCst) + 1;
                if serving.execute_unprepared(&format!("INSERT INTO zengxin.written VALUES ({n})")).await.is_err() {
                    return;
                }
                count.store(n, Ordering::SeqCst);
            }
        };
        let writer = Self { acknowledged, enough, thread: thread::spawn(move || runtime().block_on(write)) };
        wait_until("a hundred rows are written", || writer.acknowledged.load(Ordering::SeqCst) > 100);
        writer
    }

    /// Every acknowledged row is there; one more may be, whose acknowledgement was lost.
    fn finds_every_row(self, home: &Home) {
        self.enough.store(true, Ordering::SeqCst);
        self.thread.join().unwrap();
        let acknowledged = self.acknowledged.load(Ordering::SeqCst);
        let written = runtime().block_on(async {
            let owner = connect(home.url(OWNER)).await;
            assert_eq!(number(&owner, "SELECT count(*) FROM generate_series(1, (SELECT max(n) FROM zengxin.written)) AS n WHERE n NOT IN (SELECT n FROM zengxin.written)").await, 0);
            number(&owner, "SELECT count(*) FROM zengxin.written").await
        });
        assert!((acknowledged..=acknowledged + 1).contains(&written), "{written} rows, {acknowledged} acknowledged");
    }
}

fn is_ready(service: &Service) -> bool {
    service.get("/readyz") == 200
}

fn said(output: &Output) -> String {
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn acknowledged_writes_survive_a_kill_of_the_service_and_the_next_start_serves_them() {
    let home = Home::new();
    let service = home.serve();
    let writer = Writer::start(&home);
    service.kill();
    let service = home.serve();
    assert!(is_ready(&service));
    writer.finds_every_row(&home);
}

#[test]
fn acknowledged_writes_survive_a_kill_of_postgresql_and_the_service_recovers_by_itself() {
    let home = Home::new();
    let service = home.serve();
    let writer = Writer::start(&home);
    // Moved away, PostgreSQL cannot come back before we have looked.
    let away = home.data().join("away");
    let killed = home.postgres().unwrap();
    fs::rename(home.cluster(), &away).unwrap();
    kill_9(killed);
    wait_until("the service says that it is not ready", || service.get("/readyz") == 503);
    assert_eq!(service.get("/healthz"), 200);
    fs::rename(&away, home.cluster()).unwrap();
    wait_until("the service is ready again", || is_ready(&service));
    assert_ne!(home.postgres(), Some(killed));
    writer.finds_every_row(&home);
}

#[test]
fn acknowledged_writes_survive_a_kill_of_both() {
    let home = Home::new();
    let service = home.serve();
    let writer = Writer::start(&home);
    kill_9(home.postgres().unwrap());
    service.kill();
    let service = home.serve();
    assert!(is_ready(&service));
    writer.finds_every_row(&home);
}

#[test]
fn a_second_service_on_the_same_data_is_refused_in_both_languages_and_the_first_goes_on() {
    let home = Home::new();
    let service = home.serve();
    let refused = said(&home.run(&["serve"]));
    assert!(refused.contains("正由另一个增信进程使用") && refused.contains("Another Zengxin process"), "{refused}");
    assert!(is_ready(&service));
}

#[test]
fn a_missing_postgresql_is_explained_with_the_command_that_installs_it() {
    let home = Home::new();
    let output = home.program().arg("serve").env("ZENGXIN_POSTGRES_BIN", "/nonexistent").output().unwrap();
    let said = said(&output);
    assert!(said.contains("未找到 PostgreSQL") && said.contains("No PostgreSQL server"), "{said}");
    assert_eq!(said.matches("apt-get install -y postgresql").count(), 2, "{said}");
}

#[test]
fn a_half_made_cluster_is_never_taken_for_a_whole_one_and_made_anew() {
    let home = Home::new();
    let half_made = || home.files_beginning("cluster.unfinished");
    for step in ["PG_VERSION", "base/1", "base/5"] {
        let mut start = home.program().arg("serve").stderr(Stdio::null()).spawn().unwrap();
        wait_until("initdb is at work", || half_made().iter().any(|cluster| cluster.join(step).exists()));
        start.kill().unwrap();
        start.wait().unwrap();
        assert!(!home.cluster().exists(), "killed at {step}");
    }
    assert!(is_ready(&home.serve()));
    assert!(home.run(&["migrate"]).status.success());
    assert!(half_made().is_empty(), "{:?}", half_made());
}

#[test]
fn a_stop_is_clean_and_leaves_nothing_running() {
    let home = Home::new();
    let service = home.serve();
    let postgres = home.postgres().unwrap();
    assert!(service.stop().success());
    assert_eq!(home.postgres(), None);
    assert!(nix::sys::signal::kill(postgres, None).is_err());
    let log = fs::read_to_string(home.data().join("postgresql.log")).unwrap();
    assert!(log.contains("database system is shut down"), "{log}");
}

#[test]
fn a_taken_port_is_explained_and_nothing_is_left_running() {
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = said(&home.run(&["serve", "--listen", &address]));
    assert!(said.contains(&format!("无法监听 {address}")) && said.contains("ZENGXIN_LISTEN"), "{said}");
    assert_eq!(home.postgres(), None);
}

#[test]
fn migrate_makes_the_schema_and_says_so() {
    let home = Home::new();
    for _ in 0..2 {
        let output = home.run(&["migrate"]);
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8(output.stdout).unwrap().contains("up to date"));
        assert_eq!(home.postgres(), None);
    }
}

#[test]
fn the_private_cluster_is_durable_and_closed_to_strangers() {
    let home = Home::new();
    let _service = home.serve();
    runtime().block_on(async {
        let serving = connect(home.url(SERVING)).await;
        for (name, value) in [
            ("fsync", "on"),
            ("full_page_writes", "on"),
            ("synchronous_commit", "on"),
            ("data_checksums", "on"),
            ("listen_addresses", "127.0.0.1"),
            ("server_encoding", "UTF8"),
        ] {
            assert_eq!(setting(&serving, name).await, value, "{name}");
        }
        let guessed =
            home.url(SERVING).replace(&fs::read_to_string(home.data().join("secret/serving")).unwrap(), "guess");
        assert!(Database::connect(guessed).await.is_err());
    });
    let rules = fs::read_to_string(home.cluster().join("pg_hba.conf")).unwrap();
    let rules: Vec<&str> = rules.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(!rules.is_empty() && rules.iter().all(|rule| rule.ends_with("scram-sha-256")), "{rules:?}");
    for secret in ["secret/superuser", "secret/owner", "secret/serving"] {
        let mode = fs::metadata(home.data().join(secret)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{secret}");
    }
}

#[test]
fn an_ordinary_user_can_run_the_service() {
    let home = if Uid::effective().is_root() { Home::of_nobody() } else { Home::new() };
    let service = home.serve();
    assert!(is_ready(&service));
    assert_ne!(user_of(home.postgres().unwrap()), 0);
    assert!(service.stop().success());
}

#[test]
fn root_has_user_postgres_run_postgresql() {
    if !Uid::effective().is_root() {
        eprintln!("not shown here: this is not root");
        return;
    }
    let home = Home::new();
    let service = home.serve();
    assert!(is_ready(&service));
    let postgres = User::from_name("postgres").unwrap().unwrap();
    assert_eq!(user_of(home.postgres().unwrap()), postgres.uid.as_raw());
}

#[test]
fn root_keeps_the_cluster_elsewhere_when_user_postgres_cannot_reach_the_data_directory() {
    if !Uid::effective().is_root() {
        eprintln!("not shown here: this is not root");
        return;
    }
    let home = Home::new();
    fs::create_dir(home.data()).unwrap();
    fs::set_permissions(home.data(), fs::Permissions::from_mode(0o700)).unwrap();
    let output = home.run(&["migrate"]);
    assert!(output.status.success(), "{output:?}");
    assert!(!home.cluster().exists());
    let log = String::from_utf8(output.stderr).unwrap();
    let elsewhere = log.split('"').find(|word| word.starts_with("/var/lib/zengxin/")).unwrap();
    assert!(PathBuf::from(elsewhere).join("cluster/PG_VERSION").exists());
    fs::remove_dir_all(elsewhere).unwrap();
}
