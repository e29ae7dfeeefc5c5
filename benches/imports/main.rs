//! How fast an earlier book is taken over, beside a bare set-based insert of the same rows in the same run, and how fast a client is
//! found among those that came with it.
//!
//! `cargo bench --bench imports -- 1000000 1` takes over a million contracts once, each of a client of its own, and holds nothing against it.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops here")]
#![allow(clippy::float_arithmetic, reason = "figures per second are no money")]
#![allow(missing_docs, reason = "a benchmark has no interface")]

mod bare;
mod rows;
mod search;
mod world;

use std::{io, path::PathBuf, process::ExitCode, time::Instant};
use world::World;
use zengxin::{
    app::import::{self, Progress, Request, Watch},
    import::Fault,
};

/// The institutions that take a book over, each with the one that has the same rows inserted.
const ROUNDS: [(&str, &str); 3] = [("linhu", "jiangbei"), ("gangwan", "meishan"), ("chaxian", "zhuxian")];

/// How many contracts a round has when nothing else is asked for, and how many are saved at once.
const ROWS: u64 = 40_000;
const AT_ONCE: usize = 2_000;

/// Rows a second: the goal, and what the README claims.
const PER_SECOND: (f64, f64) = (3_000.0, 1_000.0);

/// The share of the bare insert: the goal, and what the README claims.
const OF_BARE: (f64, f64) = (0.5, 0.3);

/// The most memory, in MiB: the goal is the claim.
const MEMORY: u64 = 512;

/// What an import says is not looked at; that a row is bad would be a fault of the ledger.
struct Deaf;

impl Watch for Deaf {
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        panic!("row {row}: {faults:?}");
    }

    fn progress(&mut self, _: Progress) {}
}

fn main() -> ExitCode {
    tracing_subscriber::fmt().json().with_env_filter("info,sqlx=warn").with_writer(io::sink).init();
    let mut given = std::env::args().skip(1).filter_map(|word| word.parse::<u64>().ok());
    let rows = given.next().unwrap_or(ROWS);
    let rounds = given.next().map_or(ROUNDS.len(), |rounds| (rounds as usize).min(ROUNDS.len()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let world = runtime.block_on(World::make());
    println!("{rows} contracts of {} clients a round, {AT_ONCE} saved at once, {rounds} rounds\n", clients(rows));
    let seen: Vec<Round> =
        ROUNDS[..rounds].iter().map(|(at, beside)| runtime.block_on(round(&world, rows, at, beside))).collect();
    if report(&seen) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// From how many rows on it is only taken over.
const LARGE: u64 = 500_000;

/// Three contracts of four are with a client of their own; of a large ledger every one.
const fn clients(rows: u64) -> u64 {
    if rows < LARGE { rows * 3 / 4 } else { rows }
}

/// What a round came to, in rows a second.
struct Round {
    import: f64,
    bare: f64,
    /// The most memory of the import, in MiB.
    memory: u64,
    /// Whether clients were found as fast as is claimed.
    found: bool,
}

async fn round(world: &World, rows: u64, at: &str, beside: &str) -> Round {
    let path: PathBuf = world.directory.join(format!("{at}.csv"));
    rows::write(&path, rows, clients(rows), at);
    let caller = world.operator(at).await;
    world.settle().await;
    world::forget_memory();
    let (before, began) = (world.cost().await, Instant::now());
    let request = Request { path: &path, name: "ledger.csv", mapping: rows::MAPPING, at_once: AT_ONCE, check: false };
    let report = import::run(&world.app, &caller, request, &mut Deaf).await.unwrap();
    let took = began.elapsed();
    assert_eq!((report.counts.imported, report.counts.bad), (rows, 0));
    let (cost, memory) = (world.cost().await - before, world::most_memory());
    let per_second = |took: std::time::Duration| rows as f64 / took.as_secs_f64();
    let each = |seconds: f64| seconds * 1e6 / rows as f64;
    println!(
        "{at}: taken over in {took:.0?}, {:.0} rows/s, {memory} MiB; µs of processor a row: program {:.0}, server {:.0}",
        per_second(took),
        each(cost.program),
        each(cost.server)
    );
    let found = search::measure(world, &caller, clients(rows)).await;
    if rows >= LARGE {
        return Round { import: per_second(took), bare: f64::NAN, memory, found };
    }
    let (bare, bare_cost) = bare::insert(world, at, beside, AT_ONCE as u64).await;
    let round = Round { import: per_second(took), bare: per_second(bare), memory, found };
    println!(
        "{at}: bare insert {:.0} rows/s, ratio {:.2}; µs of processor a row {:.0}",
        round.bare,
        round.import / round.bare,
        each(bare_cost.server)
    );
    round
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Prints the claims; whether all hold.
fn report(seen: &[Round]) -> bool {
    let said = |holds: bool, yes: &'static str, no: &'static str| if holds { yes } else { no };
    let mut all = true;
    let figures = [
        ("rows a second", median(seen.iter().map(|round| round.import)), PER_SECOND),
        ("of a bare insert", median(seen.iter().map(|round| round.import / round.bare)), OF_BARE),
    ];
    println!();
    for (name, figure, (goal, claim)) in figures {
        // Nothing was held against a large ledger.
        if figure.is_nan() {
            continue;
        }
        println!(
            "{name:<18} {figure:>8.2}   goal {goal:.1} {:<8} claim {claim:.1} {}",
            said(figure >= goal, "reached", "missed"),
            said(figure >= claim, "holds", "FAILS")
        );
        all &= figure >= claim;
    }
    let memory = seen.iter().map(|round| round.memory).max().unwrap_or_default();
    println!("{:<18} {memory:>8}   at most {MEMORY} {}", "MiB of memory", said(memory <= MEMORY, "holds", "FAILS"));
    all && memory <= MEMORY && seen.iter().all(|round| round.found)
}
