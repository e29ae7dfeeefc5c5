//! The private PostgreSQL: made on first use, loopback only, kept running, stopped last; for machines where nobody runs a database.
//!
//! On disk, below the data directory (or below `/var/lib/zengxin` when root keeps it where user `postgres` cannot go):
//! `cluster/` is PostgreSQL's own, `secret/` holds the passwords, `port` the port, `lock` is held while the service runs, and
//! `postgresql.log` is what PostgreSQL says.

mod binaries;
mod cluster;
mod place;
mod process;
mod secrets;
mod supervisor;

use crate::{config::DatabaseConfig, error::Failure};
use binaries::Binaries;
use place::{Lock, Place};
use secrets::Secrets;
use std::path::{Path, PathBuf};
use supervisor::Supervisor;

/// The role that owns the schema and runs migrations.
pub const OWNER: &str = "zengxin_owner";

/// The role the service works as: it may do what a migration granted, and row security binds it.
pub const SERVING: &str = "zengxin_app";

/// The database's name.
pub const DATABASE: &str = "zengxin";

/// The cluster's superuser: makes the roles and the database, and is not used afterwards.
const SUPERUSER: &str = "postgres";

/// Whether an acknowledged write is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It is: the only choice for a book.
    Durable,
    /// It may be lost with the machine's power: for tests, whose cluster is thrown away.
    Throwaway,
}

/// A running private PostgreSQL; dropped, it stops.
#[derive(Debug)]
pub struct PrivatePostgres {
    // Stopped before the lock is let go: fields drop in this order.
    supervisor: Supervisor,
    secrets: Secrets,
    port: u16,
    home: PathBuf,
    _lock: Lock,
}

impl PrivatePostgres {
    /// Starts the private PostgreSQL that the settings name, making it first if need be.
    pub fn start(config: &DatabaseConfig) -> Result<Self, Failure> {
        Self::start_in(&config.data_dir, config.postgres_bin.as_deref(), Durability::Durable)
    }

    /// Starts a private PostgreSQL for the data directory `data`, with the server binaries in `binaries` or found.
    pub fn start_in(data: &Path, binaries: Option<&Path>, durability: Durability) -> Result<Self, Failure> {
        let binaries = Binaries::find(binaries)?;
        let place = Place::choose(data)?;
        let lock = Lock::take(&place)?;
        process::stop_orphan(&place.cluster())?;
        let binaries = binaries.choose(cluster::version(&place)?)?;
        let secrets = cluster::open_or_make(&place, &binaries)?;
        let port = place.choose_port()?;
        let home = place.root().to_owned();
        let supervisor = Supervisor::start(process::Server { place, binaries, port, durability })?;
        tracing::info!(port, home = %home.display(), "the private PostgreSQL is ready");
        Ok(Self { supervisor, secrets, port, home, _lock: lock })
    }

    /// Where it keeps its files.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Where the service connects.
    pub fn serving_url(&self) -> String {
        self.url(SERVING, DATABASE)
    }

    /// Where migrations connect.
    pub fn owner_url(&self) -> String {
        self.url(OWNER, DATABASE)
    }

    /// A URL for one of the three roles and any database of the cluster: tests make a database each.
    pub fn url(&self, role: &str, database: &str) -> String {
        let password = match role {
            OWNER => &self.secrets.owner,
            SERVING => &self.secrets.serving,
            _ => &self.secrets.superuser,
        };
        // Loopback needs no TLS, and the cluster has no certificate.
        format!("postgres://{role}:{password}@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// Stops PostgreSQL and waits for it.
    pub fn stop(mut self) {
        self.supervisor.stop();
    }
}
