//! `zengxin daily`: the work of the turn of a day, for who wants it at a time of their own; the service does it by itself.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::App,
    config::{DatabaseConfig, KeyConfig},
    daily::{self, Turned},
};
use clap::Args;
use std::io::Write;

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Daily {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
}

impl Daily {
    /// Does the day's work and says how much there was.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let reached = Reached::start(&self.database)?;
        let turned = block_on(async {
            let app = App::new(reached.database(2).await?, self.keys.open(&self.database.data_dir)?);
            let turned = daily::turn(&app).await;
            app.database.close().await;
            Ok(turned)
        });
        reached.stop();
        let Turned { institutions, lapsed, months, .. } =
            turned?.map_err(|problem| Stop::Refused(Box::new(problem)))?;
        say(
            out,
            &format!(
                "{institutions} 家机构，{lapsed} 笔审批逾期失效，留存 {months} 个月末 \
                institutions {institutions}, approvals lapsed {lapsed}, ends of months kept {months}"
            ),
        )?;
        Ok(())
    }
}
