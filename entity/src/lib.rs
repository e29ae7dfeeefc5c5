//! One file per table: columns only, in plain types.

pub mod audit_entry;
pub mod award_unit;
pub mod bank;
pub mod bank_branch;
pub mod credential;
pub mod deadline;
pub mod equity_investment;
pub mod financial_statement;
pub mod industry;
pub mod institution;
pub mod institution_event;
pub mod journal_head;
pub mod local_limit;
pub mod machine_client;
pub mod membership;
pub mod one_time_link;
pub mod product;
pub mod recovery_code;
pub mod refresh_token;
pub mod region;
pub mod second_factor;
pub mod session;
pub mod supervisor_confirmation;
pub mod user_account;
