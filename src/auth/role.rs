//! The roles of people and the grants of machines.

use std::{fmt, str::FromStr};

/// Declares an enum of words: each variant with its word on the wire and in a column.
macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $word)] $variant),*
        }

        impl $name {
            /// Every one, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word on the wire and in a column.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        // utoipa's derive does not see a word that comes through a macro.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let words = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String);
                let words = words.enum_values(Some([$($word),*]));
                words.description(Some(concat!($($doc),*).trim())).build().into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl std::str::FromStr for $name {
            type Err = $crate::auth::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::auth::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err($crate::auth::UnknownWord(word.to_owned())),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.word())
            }
        }
    };
}

pub(crate) use words;

/// A word that is not on the list: a row or a token from another version of the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {0:?}")]
pub struct UnknownWord(pub String);

words! {
    /// 角色。What a person is at the institution; one role each, so that no person can be the other half of a pair of four eyes.
    Role {
        /// 业务经办。Enters clients, contracts and events.
        Officer = "officer",
        /// 审批。Approves what another person submitted.
        Approver = "approver",
        /// 财务。Books receipts and payments.
        Treasurer = "treasurer",
        /// 审计。Reads everything, changes nothing.
        Auditor = "auditor",
        /// 管理员。Administers people, machines and institutions; touches no business.
        Admin = "admin",
        /// 财政审核。Reviews claims at a finance bureau.
        Reviewer = "reviewer",
        /// 财政批准。Approves claims that a reviewer has reviewed.
        BureauApprover = "bureau_approver",
        /// 被担保人。A guaranteed party who sees its own matters.
        Client = "client",
    }
}

words! {
    /// 机器权限。What a machine client may do.
    Grant {
        /// Read institutions and memberships.
        InstitutionsRead = "institutions:read",
        /// Onboard, suspend, reinstate and withdraw institutions and state memberships.
        InstitutionsWrite = "institutions:write",
        /// Read financial statements.
        StatementsRead = "statements:read",
        /// File financial statements.
        StatementsWrite = "statements:write",
        /// Read the register of equity investments.
        InvestmentsRead = "investments:read",
        /// Enter equity investments into the register.
        InvestmentsWrite = "investments:write",
        /// Read local limits, confirmations of supervisors, banks, branches, products and deadlines.
        ReferenceRead = "reference:read",
        /// State local limits, confirmations of supervisors, banks, branches, products, deadlines and their ends.
        ReferenceWrite = "reference:write",
        /// Read agreements, their terms and quota grants.
        AgreementsRead = "agreements:read",
        /// State agreements, their terms and quota grants.
        AgreementsWrite = "agreements:write",
        /// Read users and machine clients.
        PeopleRead = "people:read",
        /// Read the audit list.
        AuditRead = "audit:read",
        /// Read contracts and put drafts before the rules.
        ContractsRead = "contracts:read",
        /// Draft and submit contracts, record disbursements and releases, apply decisions about filings.
        ContractsWrite = "contracts:write",
        /// Read the portfolio and the alerts of its shares.
        PortfolioRead = "portfolio:read",
        /// Read what is ceded to the institution, and by whom.
        CessionsRead = "cessions:read",
        /// Confirm and refuse the filing of ceded contracts.
        FilingsWrite = "filings:write",
        /// Read and search parties.
        PartiesRead = "parties:read",
        /// File parties and what is known of them.
        PartiesWrite = "parties:write",
    }
}

/// The grants of one machine client, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grants(Vec<Grant>);

impl Grants {
    /// The grants given, each once, in the order of the list of all.
    pub fn new(given: &[Grant]) -> Self {
        Self(Grant::ALL.iter().copied().filter(|grant| given.contains(grant)).collect())
    }

    /// Whether `grant` is among them.
    pub fn contains(&self, grant: Grant) -> bool {
        self.0.contains(&grant)
    }

    /// Each of them.
    pub fn list(&self) -> &[Grant] {
        &self.0
    }
}

impl fmt::Display for Grants {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|grant| grant.word()).collect();
        formatter.write_str(&words.join(" "))
    }
}

impl FromStr for Grants {
    type Err = UnknownWord;

    fn from_str(words: &str) -> Result<Self, UnknownWord> {
        words.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>().map(|grants| Self::new(&grants))
    }
}

#[cfg(test)]
mod tests {
    use super::{Grant, Grants, Role};

    #[test]
    fn a_word_read_back_is_the_same_role() {
        for role in Role::ALL {
            assert_eq!(role.word().parse(), Ok(*role));
        }
        assert!("superuser".parse::<Role>().is_err());
    }

    #[test]
    fn grants_are_kept_once_and_in_order() {
        let grants = Grants::new(&[Grant::AuditRead, Grant::InstitutionsRead, Grant::AuditRead]);
        assert_eq!(grants.to_string(), "institutions:read audit:read");
        assert_eq!(grants.to_string().parse(), Ok(grants));
        assert!("audit:read everything".parse::<Grants>().is_err());
    }
}
