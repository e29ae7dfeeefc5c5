//! `zengxin reconcile`: every institution's counters recounted from its contracts and their events.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::{App, reconcile},
    config::{DatabaseConfig, KeyConfig},
    error::Failure,
};
use clap::Args;
use std::io::Write;

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Reconcile {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
}

impl Reconcile {
    /// Prints one line per institution and one per difference; fails when there is any.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let reached = Reached::start(&self.database)?;
        let reconciled = block_on(async {
            let app = App::new(reached.database(2).await?, self.keys.open(&self.database.data_dir)?);
            let reconciled = reconcile::reconcile(&app).await;
            app.database.close().await;
            Ok(reconciled)
        });
        reached.stop();
        let reconciled = reconciled?.map_err(|problem| Stop::Refused(Box::new(problem)))?;
        let mut found = 0_usize;
        for (code, differences) in reconciled {
            let fits =
                if differences.is_empty() { "账目相符 everything fits" } else { "账目不符 differences:" };
            say(out, &format!("{code}: {fits}"))?;
            for difference in &differences {
                say(out, &format!("  {difference}"))?;
            }
            found = found.saturating_add(differences.len());
        }
        if found == 0 { Ok(()) } else { Err(does_not_fit(found).into()) }
    }
}

fn does_not_fit(found: usize) -> Failure {
    Failure::new(
        format!("{found} 项汇总数与合同及其事项重新汇总的结果不符：左为账面，右为重新汇总。请保全数据库并与备份核对。"),
        format!(
            "{found} figures differ from what contracts and their events come to: kept on the left, recounted on the right. Preserve the database and compare it with a backup."
        ),
    )
}
