//! A durable PostgreSQL of its own with the institutions of the demo world, and what it and this program cost.

use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use std::{fs, path::PathBuf, process};
use zengxin::{
    app::App,
    auth::{Caller, Keys},
    demo,
    postgres::{Durability, PrivatePostgres},
    store::{self, Database},
};

pub struct World {
    pub app: App,
    pub superuser: DatabaseConnection,
    pub directory: PathBuf,
    postgres: Option<PrivatePostgres>,
}

impl Drop for World {
    fn drop(&mut self) {
        let Some(postgres) = self.postgres.take() else { return };
        let home = postgres.home().to_owned();
        postgres.stop();
        for directory in [&self.directory, &home] {
            let _ = fs::remove_dir_all(directory);
        }
    }
}

/// The rows of a query, each a list of texts.
pub async fn texts<const N: usize>(database: &DatabaseConnection, sql: &str) -> Vec<[String; N]> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| std::array::from_fn(|place| row.try_get_by_index(place).unwrap())).collect()
}

pub async fn do_all(superuser: &DatabaseConnection, statements: &[String]) {
    for sql in statements {
        superuser.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
}

/// Seconds of processor of this program and of the server.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub program: f64,
    pub server: f64,
}

impl std::ops::Sub for Cost {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self { program: self.program - before.program, server: self.server - before.server }
    }
}

/// Of a process: its parent, the seconds it has used, and with the children it has waited for.
fn used(stat: &str) -> Option<(u32, f64, f64)> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |from: usize| {
        Some((fields.get(from)?.parse::<f64>().ok()? + fields.get(from + 1)?.parse::<f64>().ok()?) / 100.0)
    };
    let own = ticks(11)?;
    Some((fields.get(1)?.parse().ok()?, own, own + ticks(13)?))
}

impl World {
    pub async fn make() -> Self {
        let directory = std::env::temp_dir().join(format!("zengxin-imports-{}", process::id()));
        let postgres = PrivatePostgres::start_in(&directory, None, Durability::Durable).unwrap();
        store::migrate(&postgres.owner_url()).await.unwrap();
        let database = Database::connect(&postgres.serving_url(), 4).await.unwrap();
        let app = App::new(database, Keys::random().unwrap());
        demo::make(&app, 0, &mut |_| {}).await.unwrap();
        let mut options = ConnectOptions::new(postgres.url("postgres", zengxin::postgres::DATABASE));
        options.max_connections(1).sqlx_logging(false);
        let superuser = sea_orm::Database::connect(options).await.unwrap();
        Self { app, superuser, directory, postgres: Some(postgres) }
    }

    /// Whoever runs the program, at an institution.
    pub async fn operator(&self, code: &str) -> Caller {
        Caller::operator(store::institution::find_by_code(&self.app.database, code).await.unwrap().unwrap())
    }

    /// Begins from the same state: nothing is waiting to be written.
    pub async fn settle(&self) {
        do_all(&self.superuser, &["VACUUM (ANALYZE)".to_owned(), "CHECKPOINT".to_owned()]).await;
    }

    /// What was used so far. What belongs to the server is below the process that the superuser's backend is below.
    pub async fn cost(&self) -> Cost {
        let [[backend]] = texts(&self.superuser, "SELECT pg_backend_pid()::text").await.try_into().unwrap();
        let stat = |id: &str| used(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?);
        let (postmaster, ..) = stat(&backend).unwrap();
        let (_, _, ended) = stat(&postmaster.to_string()).unwrap();
        let names = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let living = names.filter_map(|name| stat(&name)).filter(|(parent, ..)| *parent == postmaster);
        let server = ended + living.map(|(_, own, _)| own).sum::<f64>();
        Cost { program: stat("self").unwrap().1, server }
    }
}

/// Begins to look for the most memory anew.
pub fn forget_memory() {
    fs::write("/proc/self/clear_refs", "5").unwrap();
}

/// The most memory that this program has held since then, in MiB.
pub fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}
