//! The only place with SQL: what is read and written, always through a `Database` or a scope of it.

pub mod agreement;
pub mod agreement_terms;
pub mod around;
pub mod bank;
pub mod book;
mod book_many;
pub mod cedent;
pub mod cession;
pub mod confirmation;
pub mod contract;
pub mod contract_event;
pub mod contract_list;
pub mod contract_version;
pub mod credential;
mod database;
pub mod dated;
pub mod deadline;
pub mod drift_alert;
pub mod equity_investment;
pub mod fee_carry;
pub mod filing;
pub mod financial_statement;
pub mod first_loan;
pub mod import;
pub mod import_around;
pub mod import_digest;
pub mod import_file;
pub mod import_job;
pub mod import_mapping;
pub mod import_others;
pub mod institution;
pub mod journal;
pub mod link;
pub mod local_limit;
pub mod machine_client;
pub mod membership;
pub mod month_end;
pub mod party;
pub mod party_flag;
pub mod party_group;
pub mod party_identifier;
pub mod party_jobs;
pub mod party_merge;
pub mod party_size;
pub mod place;
pub mod portfolio;
pub mod product;
mod put;
pub mod quota_grant;
pub mod recount;
pub mod reference;
pub mod report;
pub mod saved_view;
mod scope;
pub mod second_factor;
pub mod session;
mod turns;
pub mod user;

pub use database::{Database, Readiness, migrate};
pub use put::{Put, creation_hash};
pub use scope::Scope;

use crate::error::Problem;
use put::insert_once;
use sea_orm::{DbBackend, DbErr, RuntimeErr, Statement, Value, sea_query::LockType};
use serde::{Serialize, de::DeserializeOwned};
use std::str::FromStr;

/// How a row is held that rows of other tables name: against changes, and not against being named. No key ever changes; and whoever has the
/// end of the journal writes rows that name a contract or a client, and may wait for nobody who waits for that end.
const HELD: LockType = LockType::NoKeyUpdate;

fn statement_of(sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

/// A word of a column as its value; one that is not known comes from another version of the program.
fn known<T: FromStr>(word: &str) -> Result<T, Problem> {
    word.parse().map_err(|_| {
        tracing::error!(word, "a row holds a word that this version does not know");
        Problem::internal()
    })
}

/// A value of `domain` that is one word, as a column holds it.
fn word_of(value: &impl Serialize) -> Result<String, Problem> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(_) | Err(_) => Err(Problem::internal()),
    }
}

/// The value of `domain` that a column's word names; one that is not known comes from another version of the program.
fn of_word<T: DeserializeOwned>(word: &str) -> Result<T, Problem> {
    serde_json::from_value(word.into()).map_err(|_| {
        tracing::error!(word, "a row holds a word that this version does not know");
        Problem::internal()
    })
}

/// What PostgreSQL says about a statement it refused: the SQLSTATE and the message.
fn refusal(error: &DbErr) -> Option<(String, &str)> {
    let (DbErr::Query(RuntimeErr::SqlxError(error)) | DbErr::Exec(RuntimeErr::SqlxError(error))) = error else {
        return None;
    };
    let error = error.as_database_error()?;
    Some((error.code()?.into_owned(), error.message()))
}

/// Whether a row was refused by this constraint. Citus leaves the name's field empty and puts a shard's number behind the name in
/// the message, so it is looked for there.
fn violates(error: &DbErr, constraint: &str) -> bool {
    refusal(error).is_some_and(|(code, message)| code.starts_with("23") && message.contains(&format!("\"{constraint}")))
}

/// Whether the connection was lost under a statement: PostgreSQL was stopped, killed or cut off. What was committed is unknown then.
fn is_cut_off(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error as E;
    let (DbErr::Query(RuntimeErr::SqlxError(lost)) | DbErr::Exec(RuntimeErr::SqlxError(lost))) = error else {
        return false;
    };
    // admin_shutdown, crash_shutdown, cannot_connect_now, and the class of connection exceptions
    let stopped = |code: &str| ["57P01", "57P02", "57P03"].contains(&code) || code.starts_with("08");
    matches!(**lost, E::Io(_) | E::WorkerCrashed | E::PoolClosed | E::PoolTimedOut)
        || refusal(error).is_some_and(|(code, _)| stopped(&code))
}

impl From<DbErr> for Problem {
    fn from(error: DbErr) -> Self {
        // deadlock_detected, serialization_failure, lock_not_available
        let passes = refusal(&error).is_some_and(|(code, _)| ["40P01", "40001", "55P03"].contains(&code.as_str()));
        match error {
            error if passes => {
                tracing::warn!(%error, "a transaction gave way to another");
                Self::busy()
            }
            error if is_cut_off(&error) || matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => {
                tracing::warn!(%error, "the database does not answer");
                Self::unavailable(crate::error::Text::new(
                    "数据库暂无应答。请稍候用同一编号重试，不会重复登记。",
                    "The database does not answer. Ask again shortly with the same id: nothing is booked twice.",
                ))
            }
            error => {
                tracing::error!(%error, "the database refused a statement");
                Self::internal()
            }
        }
    }
}
