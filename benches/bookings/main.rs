//! How fast contracts are booked: approvals in process and over HTTP by 32 clients, spread over 300 institutions and all at one.
//!
//! Each figure stands beside bare comparators measured in the same run on the same durable PostgreSQL: pgbench's TPC-B, a replay of
//! exactly our messages, the one-statement guard, and the naive control. The claims of the README are checked: a figure below its claim
//! fails the run.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops here")]
#![allow(clippy::float_arithmetic, reason = "figures per second are no money")]
#![allow(missing_docs, reason = "a benchmark has no interface")]

mod load;
mod pgbench;
mod round;
mod world;

use pgbench::{Pgbench, Script};
use round::{Round, Rounds};
use std::{collections::BTreeMap, process::ExitCode, time::Instant};
use world::{Numbers, Place, World};

/// How many book at once.
const CLIENTS: usize = 32;

/// How often everything is measured, in alternation: the machine may be busy with something else for a while.
const ROUNDS: usize = 3;

/// What is measured, in the order of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Measured {
    TpcB,
    Guard(Place),
    Replay(Place),
    InProcess(Place),
    Http(Place),
    Naive,
}

use Measured::{Guard, Http, InProcess, Naive, Replay, TpcB};
use Place::{Hot, Spread};

const ORDER: [Measured; 10] = [
    TpcB,
    Replay(Spread),
    InProcess(Spread),
    Http(Spread),
    Guard(Spread),
    Guard(Hot),
    Replay(Hot),
    InProcess(Hot),
    Http(Hot),
    Naive,
];

/// A figure, what it is held against, the share of it that is the goal, and the one the README claims.
const CLAIMS: [(Measured, Measured, f64, f64); 6] = [
    (InProcess(Spread), Replay(Spread), 0.70, 0.60),
    (InProcess(Hot), Replay(Hot), 0.70, 0.60),
    (InProcess(Spread), TpcB, 0.30, 0.05),
    (InProcess(Hot), Guard(Hot), 0.20, 0.03),
    (Http(Spread), TpcB, 0.20, 0.05),
    (Http(Hot), Guard(Hot), 0.15, 0.03),
];

/// What an approval says to PostgreSQL, in this order; what comes after the lock is done while others wait.
const MESSAGES: [&str; 8] = ["begin", "entry", "contract", "repetition", "surroundings", "lock", "save", "commit"];

impl Measured {
    fn name(self) -> String {
        let place = |place| if place == Spread { "spread" } else { "hot" };
        match self {
            TpcB => "pgbench TPC-B, scale 32".to_owned(),
            Guard(at) => format!("one-statement guard, {}", place(at)),
            Replay(at) => format!("replay of our messages, {}", place(at)),
            InProcess(at) => format!("in process, {}", place(at)),
            Http(at) => format!("over HTTP, {}", place(at)),
            Naive => "naive read-check-write, hot".to_owned(),
        }
    }
}

fn main() -> ExitCode {
    // As it serves: every answer is a line of the log, though nobody reads it here.
    tracing_subscriber::fmt().json().with_env_filter("info,sqlx=warn").with_writer(std::io::sink).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let started = Instant::now();
    let mut world = runtime.block_on(World::make());
    let address = runtime.block_on(load::serve(&world));
    let pgbench = runtime.block_on(Pgbench::ready(&world));
    println!("{CLIENTS} clients, {} institutions and one hot one; made in {:.0?}\n", world::SPREAD, started.elapsed());
    let mut seen: BTreeMap<Measured, Rounds> = BTreeMap::new();
    let mut messages: BTreeMap<Measured, Vec<f64>> = BTreeMap::new();
    let (mut numbers, mut breaches) = (Numbers::default(), 0);
    for _ in 0..ROUNDS {
        for measured in ORDER {
            if let Replay(at) | InProcess(at) | Http(at) = measured {
                runtime.block_on(world.stock(at, numbers.of(at)));
            }
            runtime.block_on(world.settle());
            let round = match measured {
                TpcB => pgbench.run(Script::TpcB).0,
                Guard(at) => pgbench.run(Script::Guard(at)).0,
                Naive => pgbench.run(Script::Naive).0,
                Replay(at) => {
                    let (round, sent) = pgbench.run(Script::Replay(at, numbers.of(at)));
                    messages.insert(measured, sent);
                    round
                }
                InProcess(at) => runtime.block_on(load::in_process(&world, at, numbers.of(at))),
                Http(at) => load::over_http(&world, address, at, numbers.of(at)),
            };
            match measured {
                Replay(at) | InProcess(at) | Http(at) => numbers.advance(at, runtime.block_on(world.last_booked(at))),
                Naive => breaches += runtime.block_on(world.naive_breaches()),
                TpcB | Guard(_) => {}
            }
            seen.entry(measured).or_default().add(round);
        }
    }
    let holds = report(&seen, breaches);
    println!();
    for (measured, sent) in messages {
        let each: Vec<String> = MESSAGES.iter().zip(sent).map(|(name, took)| format!("{name} {took:.1}")).collect();
        println!("{}, ms of each message: {}", measured.name(), each.join(", "));
    }
    println!("\nwhole run {:.0?}", started.elapsed());
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints every figure, every ratio and every claim; whether all claims hold.
fn report(seen: &BTreeMap<Measured, Rounds>, breaches: i64) -> bool {
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9} {:>9}",
        format!("median of {ROUNDS} rounds"),
        "per s",
        "p50 ms",
        "p99 ms",
        "refused",
        "again"
    );
    let of = |measured: Measured| seen[&measured].median();
    for measured in ORDER {
        let Round { per_second, p50, p99, refused, again } = of(measured);
        println!("{:<34} {per_second:>9.0} {p50:>9.1} {p99:>9.1} {refused:>9} {again:>9}", measured.name());
    }
    println!("\nthe naive control let {breaches} bookings through the 80 % rule\n");
    let mut all = breaches > 0;
    for (figure, against, goal, claim) in CLAIMS {
        // Of each round the ratio, of these the median: what disturbs a round disturbs both.
        let ratio = seen[&figure].median_ratio(&seen[&against]);
        let said = |holds: bool, yes: &'static str, no: &'static str| if holds { yes } else { no };
        println!(
            "{:<20} / {:<32} {ratio:>6.3}   goal {goal:.2} {:<8}   claim {claim:.2} {}",
            figure.name(),
            against.name(),
            said(ratio >= goal, "reached", "missed"),
            said(ratio >= claim, "holds", "FAILS")
        );
        all &= ratio >= claim;
    }
    all
}
