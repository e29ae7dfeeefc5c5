//! The words everything else is written in: money, rates, exact ratios, days, identifiers.

mod day;
mod id;
mod identifier;
mod money;
mod name;
mod rate;
mod ratio;

pub use day::{Day, DayError, Term, TermError};
pub use id::{AgreementId, ContractId, InstitutionId, PartyGroupId, PartyId, UserId};
pub use identifier::{IdentifierError, IdentifierKind};
pub use money::{Money, MoneyError};
pub use name::{grams, search_key};
pub use rate::{Rate, RateError};
pub use ratio::Ratio;

/// A figure left the range it can be held in: the calculation stops, nothing is rounded or cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("figure out of range")]
pub struct OutOfRange;
