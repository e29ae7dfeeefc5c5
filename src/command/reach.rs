//! The database that the settings choose, reached by a command and left again.

use crate::{
    config::{DatabaseChoice, DatabaseConfig},
    error::Failure,
    postgres::PrivatePostgres,
    store::{self, Database},
};

/// A database that runs: somebody else's, or a private one started for the command.
pub(super) struct Reached {
    serving: String,
    owner: Option<String>,
    postgres: Option<PrivatePostgres>,
}

impl Reached {
    /// Starts the private PostgreSQL, if it is to be that.
    pub(super) fn start(config: &DatabaseConfig) -> Result<Self, Failure> {
        match config.choice() {
            DatabaseChoice::External { serving: Some(serving), owner } => Ok(Self { serving, owner, postgres: None }),
            DatabaseChoice::External { serving: None, .. } => Err(serving_is_missing()),
            DatabaseChoice::Private => {
                let postgres = PrivatePostgres::start(config)?;
                let (serving, owner) = (postgres.serving_url(), Some(postgres.owner_url()));
                Ok(Self { serving, owner, postgres: Some(postgres) })
            }
        }
    }

    /// Migrates, when the owner's connection is known, and connects as the serving role to serve.
    pub(super) async fn to_serve(&self, connections: u32) -> Result<Database, Failure> {
        self.migrate().await?;
        Database::connect(&self.serving, connections).await
    }

    /// The same for a command's own work.
    pub(super) async fn database(&self, connections: u32) -> Result<Database, Failure> {
        self.migrate().await?;
        self.at_work(connections).await
    }

    /// Connects for work on a schema that is up to date already.
    pub(super) async fn at_work(&self, connections: u32) -> Result<Database, Failure> {
        Database::connect_for_work(&self.serving, connections).await
    }

    async fn migrate(&self) -> Result<(), Failure> {
        match &self.owner {
            Some(owner) => store::migrate(owner).await,
            None => Ok(()),
        }
    }

    /// Whether the database is a private one.
    pub(super) const fn is_private(&self) -> bool {
        self.postgres.is_some()
    }

    /// Stops the private PostgreSQL, after the last connection has closed.
    pub(super) fn stop(self) {
        if let Some(postgres) = self.postgres {
            postgres.stop();
        }
    }
}

fn serving_is_missing() -> Failure {
    Failure::new(
        "已设置 DATABASE_OWNER_URL 但未设置 DATABASE_URL。服务须以服务角色 zengxin_app 连接。",
        "DATABASE_OWNER_URL is set but DATABASE_URL is not. The service connects as the serving role zengxin_app.",
    )
}
