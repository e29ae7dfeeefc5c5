//! `zengxin verify-audit`: every institution's audit chain recomputed.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::{App, audit},
    config::{DatabaseConfig, KeyConfig},
    error::Failure,
    store::journal::Broken,
};
use clap::Args;
use std::io::Write;

/// The settings of the command.
#[derive(Args, Debug)]
pub struct VerifyAudit {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
}

impl VerifyAudit {
    /// Prints one line per institution; fails when a chain does not hold.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let reached = Reached::start(&self.database)?;
        let verified = block_on(async {
            let app = App::new(reached.database(2).await?, self.keys.open(&self.database.data_dir)?);
            let verified = audit::verify(&app).await;
            app.database.close().await;
            Ok(verified)
        });
        reached.stop();
        let verified = verified?.map_err(|problem| Stop::Refused(Box::new(problem)))?;
        let mut broken = 0_usize;
        for (code, chain) in verified {
            say(out, &line(&code, chain))?;
            broken = broken.saturating_add(usize::from(chain.is_err()));
        }
        if broken == 0 { Ok(()) } else { Err(does_not_hold(broken).into()) }
    }
}

fn line(code: &str, chain: Result<i64, Broken>) -> String {
    match chain {
        Ok(entries) => format!("{code}: {entries} 条完整 entries hold"),
        Err(Broken::Missing(seq)) => format!("{code}: 第 {seq} 条缺失 entry {seq} is missing"),
        Err(Broken::Changed(seq)) => format!("{code}: 第 {seq} 条被改动 entry {seq} was changed"),
        Err(Broken::Head(seq)) => format!("{code}: 链尾（第 {seq} 条）不符 the head (entry {seq}) does not match"),
    }
}

fn does_not_hold(broken: usize) -> Failure {
    Failure::new(
        format!("{broken} 家机构的审计链已断：上列为各家的第一处。请保全数据库并与备份核对。"),
        format!(
            "The audit chain of {broken} institutions is broken, first where it says above. Preserve the database and compare it with a backup."
        ),
    )
}
