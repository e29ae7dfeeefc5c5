//! `zengxin demo`: the demo world in an empty system, and its logins, printed once.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::App,
    config::{DatabaseConfig, KeyConfig},
    demo::{self, Login},
    error::{Failure, Problem},
};
use clap::Args;
use std::io::Write;

/// One connection for each institution with business, and some to spare.
pub(super) const CONNECTIONS: u32 = 8;

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Demo {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
    #[command(flatten)]
    size: Size,
}

/// How much business the demo world has.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Size {
    /// 演示机构的担保合同数。
    /// How many contracts the demo institutions have.
    #[arg(long, env = "ZENGXIN_DEMO_CONTRACTS", default_value_t = 3000, value_parser = most, value_name = "NUMBER", hide = true)]
    demo_contracts: usize,
}

/// At most so many that their numbers keep five digits.
fn most(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number <= 50_000);
    number.ok_or_else(|| "应为 0 至 50000 Must be 0 to 50000".to_owned())
}

impl Demo {
    /// Makes the world and prints its logins; refused when there is any institution already.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let reached = Reached::start(&self.database)?;
        let made = block_on(async {
            let app = App::new(reached.database(CONNECTIONS).await?, self.keys.open(&self.database.data_dir)?);
            let made = load(&app, self.size, out).await;
            app.database.close().await;
            Ok(made)
        });
        reached.stop();
        made?
    }
}

/// Makes the world with a line for each institution and each tenth of its contracts, and prints the logins.
pub(super) async fn load(app: &App, size: Size, out: &mut dyn Write) -> Result<(), Stop> {
    let mut progress = |name: &str| {
        // Only progress: whether the logins could be printed is asked below.
        let _ = say(out, &format!("  {name}"));
    };
    let logins: Result<Vec<Login>, Problem> = demo::make(app, size.demo_contracts, &mut progress).await;
    Ok(print(&logins?, out)?)
}

fn print(logins: &[Login], out: &mut dyn Write) -> Result<(), Failure> {
    say(out, "演示机构的登录账户（机构代码、用户、口令），口令随机生成，只显示这一次：")?;
    say(out, "Logins of the demo institutions; the passwords are random and shown this once:")?;
    say(out, &format!("  {:<20} {:<16} {:<19}  {}", "institution", "user", "password", "名称 name"))?;
    for Login { institution, name, user, role: _, password } in logins {
        say(out, &format!("  {institution:<20} {user:<16} {password}  {name}"))?;
    }
    Ok(())
}
