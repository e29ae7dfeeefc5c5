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
pub mod party;
pub mod party_disclosure;
pub mod party_flag;
pub mod party_gram;
pub mod party_group;
pub mod party_group_member;
pub mod party_identifier;
pub mod party_jobs;
pub mod party_size_input;
pub mod recovery_code;
pub mod refresh_token;
pub mod region;
pub mod second_factor;
pub mod session;
pub mod user_account;
