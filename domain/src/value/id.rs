//! One id type per aggregate, so that ids of different things cannot be confused.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id held in a row or a path.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The plain id, for a row or a path.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// An institution: a tenant.
    InstitutionId,
    /// A person who works at an institution.
    UserId,
    /// A guaranteed party of an institution.
    PartyId,
    /// A group of related parties of an institution.
    PartyGroupId,
    /// A guarantee contract of an institution.
    ContractId,
    /// An agreement of an institution on who bears its risk.
    AgreementId,
}
