//! One throwaway PostgreSQL for the whole run, a migrated template in it, and a database per test.

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};
use tokio::runtime::Builder;
use zengxin::{
    postgres::{DATABASE, Durability, OWNER, PrivatePostgres, SERVING},
    store,
};

/// The superuser of the throwaway cluster.
const SUPERUSER: &str = "postgres";

struct Cluster {
    postgres: PrivatePostgres,
    // Databases no test needs any more; a test ends where nothing can be waited for.
    done_with: mpsc::Sender<String>,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| {
    let home = std::env::temp_dir().join(format!("zengxin-test-{}", std::process::id()));
    let postgres = PrivatePostgres::start_in(&home, None, Durability::Throwaway).unwrap();
    remove_when_we_are_gone(&home, postgres.home());
    let owner = postgres.owner_url();
    // The cluster's own database is the template. Not on the test's runtime, which is busy waiting for this.
    thread::spawn(move || Builder::new_current_thread().enable_all().build().unwrap().block_on(store::migrate(&owner)))
        .join()
        .unwrap()
        .unwrap();
    let (done_with, received) = mpsc::channel();
    let superuser = postgres.url(SUPERUSER, SUPERUSER);
    thread::spawn(move || drop_databases(&superuser, received));
    Cluster { postgres, done_with }
});

/// A database; dropped, it goes.
pub struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// Connects as the serving role.
    pub async fn serving(&self) -> DatabaseConnection {
        connect(&self.serving_url()).await
    }

    /// Connects as the owner of the schema.
    pub async fn owner(&self) -> DatabaseConnection {
        connect(&self.owner_url()).await
    }

    /// Connects as the cluster's superuser.
    pub async fn superuser(&self) -> DatabaseConnection {
        connect(&self.superuser_url()).await
    }

    /// Where the serving role connects.
    pub fn serving_url(&self) -> String {
        url(SERVING, &self.name)
    }

    /// Where the owner connects.
    pub fn owner_url(&self) -> String {
        url(OWNER, &self.name)
    }

    /// Where the superuser connects.
    pub fn superuser_url(&self) -> String {
        url(SUPERUSER, &self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let _ = CLUSTER.done_with.send(std::mem::take(&mut self.name));
    }
}

/// A URL into the throwaway cluster.
fn url(role: &str, database: &str) -> String {
    CLUSTER.postgres.url(role, database)
}

/// A migrated database with nothing in it.
pub async fn database() -> TestDatabase {
    make(&format!("TEMPLATE {DATABASE} STRATEGY file_copy")).await
}

/// A database before the first migration.
pub async fn empty_database() -> TestDatabase {
    make("TEMPLATE template0").await
}

async fn make(from: &str) -> TestDatabase {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let superuser = connect(&url(SUPERUSER, SUPERUSER)).await;
    superuser.execute_unprepared(&format!("CREATE DATABASE {name} OWNER {OWNER} {from}")).await.unwrap();
    superuser.close().await.unwrap();
    TestDatabase { name }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(5).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

fn drop_databases(superuser: &str, done_with: mpsc::Receiver<String>) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let superuser = runtime.block_on(connect(superuser));
    for name in done_with {
        // The test's connections may still be closing.
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        if let Err(error) = runtime.block_on(superuser.execute_unprepared(&drop)) {
            eprintln!("{name} was not dropped: {error}");
        }
    }
}

/// Nothing of a test process runs after its last test: a shell waits for its end, then for PostgreSQL's, and clears up.
fn remove_when_we_are_gone(home: &Path, elsewhere: &Path) {
    const CLEAR_UP: &str = r#"read -r _; i=0
        while [ -e "$2/cluster/postmaster.pid" ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
        rm -rf "$1" "$2""#;
    use std::os::unix::process::CommandExt as _;
    let paths: [PathBuf; 2] = [home.to_owned(), elsewhere.to_owned()];
    let mut shell = Command::new("sh");
    shell.args(["-c", CLEAR_UP, "sh"]).args(paths).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = shell.process_group(0).spawn().unwrap();
    // Its input closes when this process ends, however it ends.
    std::mem::forget(child);
}
