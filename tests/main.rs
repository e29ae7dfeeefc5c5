//! One integration binary: what the service promises, tested through its router, its database and its process.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails here")]
#![allow(clippy::print_stderr, reason = "a test says what this machine could not show")]
#![allow(clippy::disallowed_methods, reason = "tests look behind the store")]

mod browser_session;
mod calculators;
mod console;
mod database;
mod docs;
mod faults;
mod golden;
mod harness;
mod health;
mod institutions;
mod people;
mod permissions;
mod problems;
mod reference;
mod schema;
mod scope;
mod second_factor;
mod server;
mod setup;
