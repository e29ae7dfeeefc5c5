//! How fast the rules judge: a whole booking with every finding explained, and single findings, on one core.
//!
//! Each figure stands beside a bare comparator measured in the same run: the same rule's arithmetic alone, without
//! version, clause and sentences. The claims of the README are checked: a figure below its claim fails the run.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops here")]
#![allow(clippy::float_arithmetic, reason = "figures per second are no money")]
#![allow(missing_docs, reason = "a benchmark has no interface")]

use domain::{
    booking::Booking,
    client::ClientKind,
    fee::{self, Fee},
    liability::{Balances, Leverage, Weighted},
    party::{BankLoan, Flags},
    risk::{self, Role, Shares},
    share::{self, ClientExposure, Position},
    supervision::{RegulatorPosition, Statement},
    value::{Day, Money, Rate, Term},
    volume::Volume,
};
use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

const ROUND: Duration = Duration::from_millis(400);
const ROUNDS: usize = 5;

/// The median of some rounds, in calls a second.
fn per_second(mut call: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let (start, mut calls) = (Instant::now(), 0_u32);
            while start.elapsed() < ROUND {
                for _ in 0..64 {
                    call();
                }
                calls += 64;
            }
            f64::from(calls) / start.elapsed().as_secs_f64()
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// Prints a figure beside its comparator and its claim; whether the claim holds.
fn report(name: &str, findings: f64, found: f64, bare: f64, claim: f64) -> bool {
    let holds = found * findings >= claim;
    let verdict = if holds { "holds" } else { "FAILS" };
    println!(
        "{name:<34} {:>12.0}/s   bare arithmetic {:>12.0}/s   ratio {:.3}   claim {claim:>8.0}/s {verdict}",
        found * findings,
        bare * findings,
        found / bare
    );
    holds
}

fn main() -> ExitCode {
    let day = Day::new(2024, 6, 1);
    let term = Term::new(day, Day::new(2025, 6, 1)).unwrap();
    let wan = Money::from_wan;
    let shares = Shares::new(
        [(Role::Bank, "0.2"), (Role::Institution, "0.4"), (Role::Provincial, "0.2"), (Role::National, "0.2")]
            .map(|(role, share)| (role, share.parse().unwrap())),
    )
    .unwrap();
    let weighted = |amount: i64| Weighted::of(wan(amount), Rate::ONE).unwrap();
    let balances = Balances {
        total: weighted(20_000),
        client: Some(("甲".to_owned(), weighted(100))),
        group: Some(("甲".to_owned(), weighted(100))),
    };
    let statement = Statement {
        net_assets: wan(6000),
        unearned_reserve: wan(100),
        compensation_reserve: wan(200),
        total_assets: wan(8000),
        payout_receivables: wan(0),
        grade1: wan(4000),
        grade2: wan(2000),
        grade3: wan(2000),
    };
    let booking = Booking {
        day,
        amount: wan(100),
        principal: wan(100),
        financing: true,
        term,
        fee: Some(wan(1)),
        charges: Some(&[]),
        shares: &shares,
        is_bank_loan: true,
        provincial_fee: Some(Money::from_fen(60_000)),
        national_fee: Some(Money::from_fen(60_000)),
        stated_rates: None,
        for_government_bond: false,
        startup: None,
        startup_cap_replaced: false,
        bank_loan: BankLoan::None,
        client_kind: ClientKind::SmallMicroEnterprise,
        flags: Flags::default(),
        comparables: Some(&[]),
        client_before: ClientExposure::default(),
        position: Position {
            total: wan(10_000),
            small_agri: wan(9000),
            small_ticket: wan(6000),
            clients: 50,
            small_agri_clients: 48,
        },
        balances_after: &balances,
        net_assets: Some(wan(6000)),
        leverage: Leverage::General,
        volume_after: Volume::of(wan(100), term, wan(1)).unwrap(),
        regulator_after: Some(RegulatorPosition { total: wan(100), small: wan(90), small_credit: wan(60) }),
        investments: &[],
        statement: Some(&statement),
    };
    let findings = booking.evaluate().unwrap().len();
    println!(
        "one core, median of {ROUNDS} rounds; a booking has {findings} findings, each with clause and two sentences\n"
    );

    // The bare comparator of a booking: its position after, its fee rate and its split, nothing said about them.
    let bare_booking = per_second(|| {
        let booking = black_box(&booking);
        let candidate = share::Candidate { small_agri: true, amount: booking.amount };
        black_box(booking.position.after(booking.client_before, candidate).unwrap());
        black_box(Fee { amount: booking.amount, term, fee: wan(1) }.annual_rate().unwrap());
        black_box(booking.shares.split(wan(1)).unwrap());
    });
    let whole = per_second(|| {
        black_box(black_box(&booking).evaluate().unwrap());
    });

    let fee = Fee { amount: wan(100), term, fee: wan(1) };
    let bare_fee = per_second(|| {
        let rate = black_box(fee).annual_rate().unwrap().unwrap();
        black_box(rate.at_most("0.01".parse().unwrap()).unwrap());
    });
    let single_fee = per_second(|| {
        black_box(fee::cap(black_box(fee), ClientKind::Farmer, wan(100), day).unwrap());
    });
    let bare_risk = per_second(|| {
        black_box(black_box(&shares).sum().unwrap() == Rate::ONE);
    });
    let single_risk = per_second(|| {
        black_box(risk::judge(black_box(&shares), true, day).unwrap());
    });

    let holds = [
        report("whole bookings", 1.0, whole, bare_booking, 10_000.0),
        report("findings of whole bookings", findings as f64, whole, bare_booking, 200_000.0),
        report("single findings: fee.cap", 1.0, single_fee, bare_fee, 200_000.0),
        report("single findings: risk.* (four)", 4.0, single_risk, bare_risk, 200_000.0),
    ];
    if holds.iter().all(|holds| *holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
