//! What the service can do, one file per capability: load, decide, save, record.

pub mod agreement;
pub mod agreement_terms;
pub mod approval;
pub mod audit;
pub mod bank;
mod booking;
pub mod cedent;
pub mod cession;
pub mod confirmation;
pub mod contract;
pub mod contract_move;
pub mod deadline;
mod drift;
pub mod equity_investment;
pub mod fee_carry;
pub mod filing;
pub mod financial_statement;
pub mod first_loan;
pub mod import;
mod import_chunk;
pub mod import_file;
pub mod import_job;
pub mod import_mapping;
pub mod import_work;
pub mod institution;
pub mod local_limit;
pub mod login;
pub mod machine_client;
pub mod membership;
pub mod party;
pub mod party_fact;
pub mod party_group;
pub mod party_identifier;
pub mod party_merge;
pub mod password;
pub mod portfolio;
pub mod product;
pub mod quota_grant;
pub mod reconcile;
pub mod reference;
pub mod report;
pub mod saved_view;
pub mod second_factor;
pub mod trend;
pub mod user;

use crate::{
    auth::{Action, Caller, Keys},
    clock::Clock,
    error::Problem,
    store::{self, Database, Scope},
};
use std::sync::Arc;

/// What every capability needs.
#[derive(Clone, Debug)]
pub struct App {
    /// The database, as the serving role.
    pub database: Database,
    /// The deployment's keys.
    pub keys: Arc<Keys>,
    /// What time it is.
    pub clock: Clock,
    /// What those who bring earlier books and those who work on them have in common.
    pub imports: Arc<import_work::Desk>,
    /// Turns true when the service stops; none where it is not known.
    pub stopping: Option<tokio::sync::watch::Receiver<bool>>,
}

impl App {
    /// A service on `database` by the machine's clock.
    pub fn new(database: Database, keys: Keys) -> Self {
        Self { database, keys: Arc::new(keys), clock: Clock::System, imports: Arc::default(), stopping: None }
    }

    /// Whether there is no institution yet.
    pub async fn is_empty(&self) -> Result<bool, Problem> {
        Ok(store::institution::all(&self.database).await?.is_empty())
    }

    /// Opens the scope of one action; see `Scope::open`.
    pub async fn open(&self, caller: &Caller, action: Action) -> Result<Scope, Problem> {
        Scope::open(&self.database, self.clock, caller, action).await
    }

    /// Opens the scope of a look at figures that fit together; see `Scope::look`.
    pub async fn look(&self, caller: &Caller, action: Action) -> Result<Scope, Problem> {
        Scope::look(&self.database, self.clock, caller, action).await
    }
}
