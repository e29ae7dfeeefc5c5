//! What the law and the business say about financing guarantees: pure decisions over plain values.
//!
//! `value` holds the words everything is written in, `policy` one file per published document, and every other module
//! one subject with its decisions. Nothing here reads a clock, a file or a database; the day is always an argument.
#![cfg_attr(
    test,
    allow(clippy::arithmetic_side_effects, reason = "a test that overflows fails, which is what it is for")
)]

pub mod agreement;
pub mod award;
pub mod booking;
pub mod case;
pub mod cession;
pub mod client;
pub mod contract;
pub mod deadline;
pub mod exposure;
pub mod fee;
pub mod fee_carry;
pub mod finding;
pub mod first_loan;
pub mod history;
pub mod liability;
pub mod local_limit;
pub mod merging;
pub mod party;
pub mod payout;
pub mod policy;
pub mod portfolio;
pub mod product;
pub mod reserve;
pub mod risk;
pub mod share;
pub mod size;
pub mod startup;
pub mod stated;
pub mod supervision;
pub mod tax;
pub mod value;
pub mod vat;
pub mod volume;
