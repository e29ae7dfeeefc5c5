//! Random secrets that are handed out once and kept only as a hash.

use crate::error::Problem;
use data_encoding::BASE64URL_NOPAD;
use domain::value::InstitutionId;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// 256 random bits: nobody guesses them, so a fast hash keeps them.
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Secret {
    /// A new one; fails when the system gives no random numbers.
    pub fn random() -> Result<Self, Problem> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| {
            tracing::error!(%error, "the system gave no random numbers");
            Problem::internal()
        })?;
        Ok(Self(bytes))
    }

    /// What is kept of it.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }

    /// Whether `hash` is kept of it; takes as long for every wrong one.
    pub fn has_hash(&self, hash: &[u8]) -> bool {
        self.hash().ct_eq(hash).into()
    }

    /// The form handed out: URL-safe letters.
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// Reads the form handed out.
    pub fn parse(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }
}

/// A secret with what is needed to find its row: `institution.id.secret`.
#[derive(Debug)]
pub struct Credential {
    /// The institution.
    pub institution: InstitutionId,
    /// The row.
    pub id: Uuid,
    /// The secret.
    pub secret: Secret,
}

impl Credential {
    /// The form handed out.
    pub fn to_text(&self) -> String {
        let Self { institution, id, secret } = self;
        format!("{}.{}.{}", institution.uuid().simple(), id.simple(), secret.to_text())
    }

    /// Reads the form handed out.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let institution = InstitutionId::from_uuid(Uuid::try_parse(parts.next()?).ok()?);
        let id = Uuid::try_parse(parts.next()?).ok()?;
        let secret = Secret::parse(parts.next()?)?;
        parts.next().is_none().then_some(Self { institution, id, secret })
    }
}

#[cfg(test)]
mod tests {
    use super::{Credential, InstitutionId, Secret, Uuid};

    #[test]
    fn a_credential_read_back_names_the_same_row_and_has_the_hash() {
        let made = Credential {
            institution: InstitutionId::from_uuid(Uuid::now_v7()),
            id: Uuid::now_v7(),
            secret: Secret::random().unwrap(),
        };
        let read = Credential::parse(&made.to_text()).unwrap();
        assert_eq!((read.institution, read.id), (made.institution, made.id));
        assert!(read.secret.has_hash(&made.secret.hash()));
        assert!(!read.secret.has_hash(&Secret::random().unwrap().hash()));
    }

    #[test]
    fn what_is_not_a_credential_is_refused() {
        let good =
            Credential { institution: InstitutionId::from_uuid(Uuid::nil()), id: Uuid::nil(), secret: Secret([7; 32]) };
        let good = good.to_text();
        for bad in
            ["", ".", "..", "a.b.c", &good[1..], &format!("{good}.x"), &format!("{good}x"), &good[..good.len() - 1]]
        {
            assert!(Credential::parse(bad).is_none(), "{bad}");
        }
        assert!(Credential::parse(&good).is_some());
    }
}
