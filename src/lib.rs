//! The service: tenants, people, contracts, and the decisions of `domain` applied to them.

pub mod app;
pub mod auth;
pub mod calculator;
pub mod catalogue;
pub mod check;
pub mod clock;
pub mod command;
pub mod config;
pub mod daily;
pub mod demo;
pub mod error;
pub mod field_codes;
pub mod finding;
pub mod http;
pub mod import;
pub mod input;
pub mod postgres;
pub mod rulebook;
pub mod store;
