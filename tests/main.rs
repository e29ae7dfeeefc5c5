//! One integration binary: what the service promises, tested through its router, its database and its process.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails here")]
#![allow(clippy::print_stderr, reason = "a test says what this machine could not show")]
#![allow(clippy::disallowed_methods, reason = "tests look behind the store")]

mod agreements;
mod attacks;
mod banks;
mod browser_session;
mod calculators;
mod cancelled;
mod cedents;
mod cessions;
mod console;
mod contract_list;
mod contract_versions;
mod contracts;
mod cost;
mod database;
mod deadlines;
mod demo;
mod demo_world;
mod docs;
mod faults;
mod financial_statements;
mod golden;
mod harness;
mod health;
mod import_jobs;
mod import_refusals;
mod imports;
mod institutions;
mod local_limits;
mod parties;
mod party_facts;
mod party_identifiers;
mod party_merges;
mod party_search;
mod people;
mod permissions;
mod portfolio;
mod problem_codes;
mod problems;
mod products;
mod quota_grants;
mod races;
mod reconcile;
mod reference;
mod rule_matrix;
mod saved_views;
mod schema;
mod scope;
mod second_factor;
mod server;
mod setup;
mod supervision;
mod trend;
mod two_servers;
