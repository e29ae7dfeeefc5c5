//! Passwords: how good one must be, and argon2id off the threads that answer requests.

use crate::error::Problem;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The shortest password.
pub const SHORTEST: usize = 12;

/// The longest: argon2 would take more, and an attacker's time is ours.
pub const LONGEST: usize = 128;

/// How many are hashed at once: each takes 19 MiB and a core.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Verified for a user who is not there, so that the answer takes as long.
static NOBODYS: LazyLock<Option<PasswordHash>> =
    LazyLock::new(|| Argon2::default().hash_password(&[0; 16]).ok().map(|hash| PasswordHash(hash.to_string())));

/// An argon2id hash in PHC form.
#[derive(Clone)]
pub struct PasswordHash(String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PasswordHash")
    }
}

impl PasswordHash {
    /// The hash held in a row.
    pub fn from_column(hash: String) -> Self {
        Self(hash)
    }

    /// The form of a row.
    pub fn into_column(self) -> String {
        self.0
    }
}

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than twelve characters.
    Short,
    /// More than 128 bytes.
    Long,
    /// Guessed too soon.
    Guessable,
}

/// Whether a password is long enough and not guessed from common words or from `known` ones (the user's own names).
pub fn check_strength(password: &str, known: &[&str]) -> Result<(), Weakness> {
    match password {
        short if short.chars().count() < SHORTEST => Err(Weakness::Short),
        long if long.len() > LONGEST => Err(Weakness::Long),
        guessable if zxcvbn::zxcvbn(guessable, known).score() < zxcvbn::Score::Three => Err(Weakness::Guessable),
        _ => Ok(()),
    }
}

/// Hashes a password.
pub async fn hash(password: String) -> Result<PasswordHash, Problem> {
    let hash = off_thread(move || Argon2::default().hash_password(password.as_bytes())).await?;
    hash.map(|hash| PasswordHash(hash.to_string())).map_err(|error| {
        tracing::error!(%error, "a password was not hashed");
        Problem::internal()
    })
}

/// Whether `password` has `hash`; without a hash it takes as long, and it has not.
pub async fn matches(password: String, hash: Option<PasswordHash>) -> Result<bool, Problem> {
    let there = hash.is_some();
    let hash = hash.or_else(|| NOBODYS.clone()).ok_or_else(Problem::internal)?;
    let right =
        off_thread(move || Argon2::default().verify_password(password.as_bytes(), hash.0.as_str()).is_ok()).await?;
    Ok(right && there)
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let _permit = AT_ONCE.acquire().await.map_err(|_| Problem::internal())?;
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "hashing a password broke off");
        Problem::internal()
    })
}

#[cfg(test)]
mod tests {
    use super::{Weakness, check_strength, hash, matches};

    #[test]
    fn a_password_is_long_enough_and_hard_to_guess() {
        assert_eq!(check_strength("x7#Kp2!vQ9z", &[]), Err(Weakness::Short));
        assert_eq!(check_strength(&"x7#Kp2!vQ9zL".repeat(11), &[]), Err(Weakness::Long));
        for guessable in ["password1234", "aaaaaaaaaaaa", "zhangsan1234"] {
            assert_eq!(check_strength(guessable, &["zhangsan", "hangzhou"]), Err(Weakness::Guessable), "{guessable}");
        }
        assert_eq!(check_strength("x7#Kp2!vQ9zL", &[]), Ok(()));
    }

    #[test]
    fn twelve_chinese_characters_are_long_enough() {
        assert_eq!(check_strength("春江潮水连海平夜半钟声到", &[]), Ok(()));
    }

    #[tokio::test]
    async fn only_the_right_password_matches_and_nobodys_never_does() {
        let hashed = hash("correct horse".to_owned()).await.unwrap();
        assert!(matches("correct horse".to_owned(), Some(hashed.clone())).await.unwrap());
        assert!(!matches("Correct horse".to_owned(), Some(hashed)).await.unwrap());
        assert!(!matches(String::from_utf8(vec![0; 16]).unwrap(), None).await.unwrap());
    }
}
