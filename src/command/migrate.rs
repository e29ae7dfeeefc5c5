//! `zengxin migrate`: the schema brought up to date, as its owner.

use super::{block_on, say};
use crate::{
    config::{DatabaseChoice, DatabaseConfig},
    error::Failure,
    postgres::PrivatePostgres,
    store,
};
use clap::Args;
use std::io::Write;

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Migrate {
    #[command(flatten)]
    database: DatabaseConfig,
}

impl Migrate {
    /// Migrates the external database, or starts the private one, migrates it and stops it.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Failure> {
        match self.database.choice() {
            DatabaseChoice::External { owner: Some(owner), .. } => block_on(store::migrate(&owner))?,
            DatabaseChoice::External { owner: None, .. } => return Err(owner_is_missing()),
            DatabaseChoice::Private => {
                let postgres = PrivatePostgres::start(&self.database)?;
                let migrated = block_on(store::migrate(&postgres.owner_url()));
                postgres.stop();
                migrated?;
            }
        }
        say(out, "数据库结构已是最新。The schema is up to date.")
    }
}

fn owner_is_missing() -> Failure {
    Failure::new(
        "未设置 DATABASE_OWNER_URL。迁移须以 zengxin 模式的属主连接，服务角色无权修改结构。",
        "DATABASE_OWNER_URL is not set. Migrations connect as the owner of the schema; the serving role may not change it.",
    )
}
