//! One file per table: columns only, in plain types.

pub mod audit_entry;
pub mod award_unit;
pub mod credential;
pub mod industry;
pub mod institution;
pub mod institution_event;
pub mod journal_head;
pub mod machine_client;
pub mod membership;
pub mod one_time_link;
pub mod recovery_code;
pub mod refresh_token;
pub mod region;
pub mod second_factor;
pub mod session;
pub mod user_account;
