//! `zengxin calc NAME`: a calculator as a filter, without database or server.

use super::{Stop, say};
use crate::{
    calculator::Name,
    clock,
    error::{Problem, Text},
    input,
};
use axum::http::StatusCode;
use clap::ValueEnum as _;
use domain::value::Day;
use std::io::{Read, Write};

/// The most that is read: a whole book of contracts fits, an endless stream does not.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What to calculate.
#[derive(Debug, clap::Args)]
pub struct Calc {
    /// 计算器名称：size、identifier、fee、refee、risk、split、payout、portfolio、liability、annualise、reserves、award、vat。
    /// The calculator's name, one of these.
    name: String,
}

impl Calc {
    /// Reads the document from `input` and writes the answer to `out`; what is refused writes nothing.
    pub fn run(self, input: &mut dyn Read, out: &mut dyn Write) -> Result<(), Stop> {
        let answer = self.answer(input)?;
        Ok(say(out, &answer)?)
    }

    fn answer(&self, input: &mut dyn Read) -> Result<String, Problem> {
        let name = Name::from_str(&self.name, false).map_err(|_| unknown(&self.name))?;
        let mut json = Vec::new();
        let read = input.take(LARGEST).read_to_end(&mut json).map_err(|error| unreadable(&error))?;
        if u64::try_from(read).is_ok_and(|read| read == LARGEST) {
            return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let today = Day::from_date(clock::today()).unwrap_or(Day::MIN);
        name.run(&json, today)
    }
}

fn unknown(name: &str) -> Problem {
    let known: Vec<String> = Name::value_variants()
        .iter()
        .filter_map(|name| name.to_possible_value())
        .map(|name| name.get_name().to_owned())
        .collect();
    let known = known.join(", ");
    input::invalid(vec![input::field(
        "name",
        "unknown_calculator",
        format!("没有名为“{name}”的计算器；可用：{known}。"),
        format!("There is no calculator “{name}”; known are {known}."),
    )])
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "unreadable_input",
        Text::new("无法读取输入", "The input cannot be read"),
        Text::new(
            format!("无法读取标准输入：{error}。请通过管道或重定向提供JSON。"),
            format!("Standard input cannot be read: {error}. Pipe or redirect a JSON document into it."),
        ),
    )
}
