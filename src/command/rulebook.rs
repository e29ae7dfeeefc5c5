//! `zengxin rulebook [--json]`: every rule with its versions, for people or for programs.

use super::say;
use crate::{error::Failure, rulebook};
use std::io::Write;

/// How to print the rulebook.
#[derive(Debug, clap::Args)]
pub struct Rulebook {
    /// 以 JSON 数组输出。As a JSON array, one object for each version.
    #[arg(long)]
    json: bool,
}

impl Rulebook {
    /// Prints the rulebook.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string_pretty(&rulebook::rules()).map_err(|error| {
                Failure::new(format!("无法输出规则手册：{error}"), format!("The rulebook cannot be printed: {error}"))
            })?
        } else {
            rulebook::text()
        };
        say(out, text.trim_end())
    }
}
