//! One-time codes of an authenticator app (RFC 6238), their secret, and recovery codes.

use super::{
    Keys, fill,
    seal::{self, Purpose},
};
use crate::error::Problem;
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use domain::value::UserId;
use sha2::{Digest as _, Sha256};
use totp_rs::{Builder, Totp};

/// How many recovery codes a person is given.
const RECOVERY_CODES: usize = 10;

/// A secret that a person's authenticator app shares with us: 160 random bits.
pub struct SharedSecret([u8; 20]);

impl std::fmt::Debug for SharedSecret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SharedSecret")
    }
}

impl SharedSecret {
    /// A new one.
    pub fn random() -> Result<Self, Problem> {
        let mut bytes = [0; 20];
        fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Encrypts it for a row, bound to its user: in another's row it cannot be opened.
    pub fn seal(&self, keys: &Keys, user: UserId) -> Result<Vec<u8>, Problem> {
        seal::seal(keys, Purpose::SecondFactor, user.uuid().as_bytes(), &self.0)
    }

    /// Opens what was sealed with one of the keys; none when it was not, or for another user.
    pub fn open(keys: &Keys, user: UserId, sealed: &[u8]) -> Option<Self> {
        let secret = seal::open(keys, Purpose::SecondFactor, user.uuid().as_bytes(), sealed)?;
        secret.try_into().ok().map(Self)
    }

    /// The half minute whose code this is, later than `after`: each serves once.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>, after: i64) -> Option<i64> {
        let seconds = u64::try_from(now.timestamp()).ok()?;
        let step = i64::try_from(self.totp("")?.check(code, seconds)?).ok()?;
        (step > after).then_some(step)
    }

    /// The code of the half minute at `now`.
    pub fn code_at(&self, now: DateTime<Utc>) -> Option<String> {
        let seconds = u64::try_from(now.timestamp()).ok()?;
        Some(self.totp("")?.generate(seconds).to_string())
    }

    /// The form that is typed into an app.
    pub fn to_base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// Reads the form that is typed into an app.
    pub fn from_base32(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The address that an app reads from a picture.
    pub fn to_uri(&self, account: &str) -> Option<String> {
        self.totp(account)?.to_url().ok()
    }

    fn totp(&self, account: &str) -> Option<Totp> {
        let builder = Builder::new().with_secret(self.0).with_account_name(account).with_issuer(Some("Zengxin"));
        builder.build().ok()
    }
}

/// New recovery codes, each of 80 random bits.
pub fn recovery_codes() -> Result<Vec<String>, Problem> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let mut bytes = [0; 10];
            fill(&mut bytes)?;
            let code = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
            Ok(code.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join("-"))
        })
        .collect()
}

/// What is kept of a recovery code, however it was typed.
pub fn recovery_hash(code: &str) -> Vec<u8> {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    Sha256::digest(plain).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn secret() -> SharedSecret {
        SharedSecret(*b"12345678901234567890")
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238 appendix B, SHA-1, the last six digits.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert_eq!(secret().step_of(code, at(seconds), 0), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_serves_once_and_for_a_minute_and_a_half_around_its_own() {
        let step = 59 / 30;
        assert_eq!(secret().step_of("287082", at(59), step), None);
        assert_eq!(secret().step_of("287082", at(89), 0), Some(step));
        assert_eq!(secret().step_of("287082", at(90), 0), None);
        for bad in ["", "28708", "2870820", "abcdef", "28708\u{0662}"] {
            assert_eq!(secret().step_of(bad, at(59), 0), None, "{bad}");
        }
    }

    #[test]
    fn a_sealed_secret_opens_for_its_user_alone_and_after_a_rotation() {
        let (user, other) = (UserId::from_uuid(Uuid::now_v7()), UserId::from_uuid(Uuid::now_v7()));
        let old = "a".repeat(64);
        let mut sealed = secret().seal(&Keys::parse(&old).unwrap(), user).unwrap();
        let rotated = Keys::parse(&format!("{} {old}", "b".repeat(64))).unwrap();
        assert_eq!(SharedSecret::open(&rotated, user, &sealed).unwrap().0, secret().0);
        assert!(SharedSecret::open(&rotated, other, &sealed).is_none());
        *sealed.last_mut().unwrap() ^= 1;
        assert!(SharedSecret::open(&rotated, user, &sealed).is_none());
        assert!(SharedSecret::open(&rotated, user, &[]).is_none());
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let code = recovery_codes().unwrap().remove(0);
        assert_eq!(code.len(), 19);
        assert_eq!(recovery_hash(&code), recovery_hash(&code.to_uppercase().replace('-', " ")));
    }
}
