//! Who the caller is, and what a caller like that may do.

mod action;
mod keys;
mod login;
mod password;
mod role;
mod seal;
mod second_factor;
mod secret;
mod token;
mod tree;

pub use action::{Action, View, allows, view};
pub use keys::{Keys, malformed};
pub use login::{Attempt, Factor, Verdict, judge};
pub use password::{PasswordHash, Weakness, check_strength, hash, matches};
pub(crate) use role::words;
pub use role::{Grant, Grants, Role, UnknownWord};
pub use seal::{BlindIndex, Purpose, blind_index, open, seal};
pub use second_factor::{SharedSecret, recovery_codes, recovery_hash};
pub use secret::{Credential, Secret};
pub use token::{Access, TokenError};
pub use tree::{
    InstitutionKind, Relation, bears_risk, may_hold_parties, may_onboard, may_reach, may_state, role_fits,
    serves_everybody,
};

use crate::error::Problem;
use domain::value::{InstitutionId, UserId};
use uuid::Uuid;

/// Whoever asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who has logged in.
    Person {
        /// The person's account.
        user: UserId,
        /// What the person may do.
        role: Role,
    },
    /// A program that has shown its secret.
    Machine {
        /// The machine client.
        client: Uuid,
        /// What it may do.
        grants: Grants,
    },
    /// Somebody who has yet to say who it is.
    Nobody,
    /// Whoever runs the program's commands.
    Operator,
}

impl Actor {
    /// Whether it may do `action` at its institution.
    pub fn may(&self, action: Action) -> bool {
        match self {
            Self::Person { role, .. } => allows(*role, action),
            Self::Machine { grants, .. } => action.grant().is_some_and(|grant| grants.contains(grant)),
            Self::Nobody => action.is_public(),
            Self::Operator => action.is_operators(),
        }
    }

    /// How much of a person's identifier it is shown beside a party.
    pub const fn view(&self) -> View {
        match self {
            Self::Person { role, .. } => view(*role),
            Self::Machine { .. } => View::LastFour,
            Self::Nobody | Self::Operator => View::Hidden,
        }
    }

    /// The word for it in an audit row.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Person { .. } => "person",
            Self::Machine { .. } => "machine",
            Self::Nobody => "nobody",
            Self::Operator => "operator",
        }
    }

    /// The account or machine client.
    pub const fn id(&self) -> Option<Uuid> {
        match self {
            Self::Person { user, .. } => Some(user.uuid()),
            Self::Machine { client, .. } => Some(*client),
            Self::Nobody | Self::Operator => None,
        }
    }
}

/// Whoever asks, and at which institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The institution whose rows are in question.
    pub institution: InstitutionId,
    /// Who asks.
    pub actor: Actor,
    /// The login under which it asks; none before a login and for the operator.
    pub session: Option<Uuid>,
}

impl Caller {
    /// Somebody at `institution` who has yet to say who it is.
    pub const fn nobody(institution: InstitutionId) -> Self {
        Self { institution, actor: Actor::Nobody, session: None }
    }

    /// The operator, at `institution`.
    pub const fn operator(institution: InstitutionId) -> Self {
        Self { institution, actor: Actor::Operator, session: None }
    }
}

/// Fills with random bytes.
fn fill(bytes: &mut [u8]) -> Result<(), Problem> {
    getrandom::fill(bytes).map_err(|error| {
        tracing::error!(%error, "the system gave no random numbers");
        Problem::internal()
    })
}
