//! What rests in a row encrypted, and the keyed hash by which an encrypted identifier is found.
//!
//! How keys are rotated: a new key goes before the others in the key file. What is sealed from then on names the new key; what was
//! sealed before names its own, so a key stays in the file while a row names it. The blind index is made with the oldest key, the
//! last line, and with no other: it has to be the same at every institution and for all time, or one person is taken for two. The
//! last line therefore stays. A row says which key indexed it, so that a file whose last line was lost is noticed and nothing is
//! filed beside what can no longer be found.

use super::Keys;
use crate::error::Problem;
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Says how the bytes after it are laid out: key name, nonce, ciphertext with tag.
const LAYOUT: u8 = 1;

/// How long the name of a key is.
const KEY_NAME: usize = 4;

/// How long a nonce is.
const NONCE: usize = 24;

/// What a sealed value is for: each purpose has a key of its own, derived from the deployment's, which signs tokens and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The secret shared with an authenticator app.
    SecondFactor,
    /// A natural person's identifier.
    PartyIdentifier,
    /// What an earlier book says of its clients.
    ImportedBook,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::SecondFactor => b"zengxin seal second_factor 1",
            Self::PartyIdentifier => b"zengxin seal party_identifier 1",
            Self::ImportedBook => b"zengxin seal imported_book 1",
        }
    }
}

/// By what an identifier is found without being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlindIndex {
    /// The name of the key it was made with.
    pub key: String,
    /// HMAC-SHA-256 of scheme and value.
    pub hash: Vec<u8>,
}

/// Encrypts a value for one row: what is `bound_to` another row, or another purpose, cannot be opened.
pub fn seal(keys: &Keys, purpose: Purpose, bound_to: &[u8], plain: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut nonce = [0; NONCE];
    super::fill(&mut nonce)?;
    let key = keys.signing().ok_or_else(Problem::internal)?;
    let payload = Payload { msg: plain, aad: bound_to };
    let cipher = cipher(key, purpose).ok_or_else(Problem::internal)?;
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Problem::internal())?;
    let name = name_of(key).ok_or_else(Problem::internal)?;
    Ok([&[LAYOUT], name.as_slice(), nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed with one of the keys; none when it was not, or for another row or purpose.
pub fn open(keys: &Keys, purpose: Purpose, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (layout, rest) = sealed.split_first()?;
    let (name, rest) = rest.split_at_checked(KEY_NAME)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE)?;
    let nonce = XNonce::from(<[u8; NONCE]>::try_from(nonce).ok()?);
    let key = keys.verifying().filter(|_| *layout == LAYOUT).find(|key| name_of(key).as_deref() == Some(name))?;
    cipher(key, purpose)?.decrypt(&nonce, Payload { msg: sealed, aad: bound_to }).ok()
}

/// The index of an identifier: the same for the same scheme and value at every institution.
pub fn blind_index(keys: &Keys, scheme: &str, value: &str) -> Result<BlindIndex, Problem> {
    let indexed = || {
        let key = keys.oldest()?;
        // No scheme contains the byte between it and the value.
        let message = [scheme.as_bytes(), &[0], value.as_bytes()].concat();
        Some(BlindIndex {
            key: HEXLOWER.encode(&name_of(key)?),
            hash: hash(&hash(key, b"zengxin blind index 1")?, &message)?.to_vec(),
        })
    };
    indexed().ok_or_else(Problem::internal)
}

fn hash(key: &[u8], message: &[u8]) -> Option<[u8; 32]> {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(mac.finalize().into_bytes().into())
}

fn cipher(key: &[u8], purpose: Purpose) -> Option<XChaCha20Poly1305> {
    hash(key, purpose.label()).map(|derived| XChaCha20Poly1305::new(&derived.into()))
}

/// A name tells keys apart and says nothing about them.
fn name_of(key: &[u8]) -> Option<Vec<u8>> {
    hash(key, b"zengxin key name 1")?.get(..KEY_NAME).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(letters: &str) -> Keys {
        let lines: Vec<String> = letters.chars().map(|letter| letter.to_string().repeat(64)).collect();
        Keys::parse(&lines.join("\n")).unwrap()
    }

    fn opened(letters: &str, purpose: Purpose, row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        open(&keys(letters), purpose, row, sealed)
    }

    #[test]
    fn a_sealed_value_opens_for_its_row_and_purpose_alone() {
        let (purpose, row) = (Purpose::PartyIdentifier, b"row");
        let sealed = seal(&keys("a"), purpose, row, b"11010519491231002X").unwrap();
        assert_eq!(opened("a", purpose, row, &sealed).as_deref(), Some(b"11010519491231002X".as_slice()));
        assert_eq!(opened("a", purpose, b"another", &sealed), None);
        assert_eq!(opened("a", Purpose::SecondFactor, row, &sealed), None);
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(opened("a", purpose, row, &changed), None, "byte {place}");
            assert_eq!(opened("a", purpose, row, &sealed[..place]), None, "cut at {place}");
        }
    }

    #[test]
    fn a_sealed_value_opens_after_a_rotation_while_its_key_is_kept() {
        let (purpose, row) = (Purpose::PartyIdentifier, b"row");
        let sealed = seal(&keys("a"), purpose, row, b"secret").unwrap();
        assert!(opened("ba", purpose, row, &sealed).is_some());
        assert!(opened("cba", purpose, row, &sealed).is_some());
        assert!(opened("b", purpose, row, &sealed).is_none());
        let renewed = seal(&keys("ba"), purpose, row, b"secret").unwrap();
        assert!(opened("b", purpose, row, &renewed).is_some(), "it is sealed with the newest key");
        assert!(opened("a", purpose, row, &renewed).is_none());
    }

    #[test]
    fn a_value_sealed_twice_looks_different_and_is_found_by_the_same_index() {
        let keys = keys("a");
        let sealed = || seal(&keys, Purpose::PartyIdentifier, b"row", b"secret").unwrap();
        assert_ne!(sealed(), sealed());
        assert_eq!(blind_index(&keys, "uscc", "x").unwrap(), blind_index(&keys, "uscc", "x").unwrap());
    }

    #[test]
    fn the_index_tells_schemes_and_values_apart_and_outlives_every_rotation() {
        let index = |letters: &str, scheme: &str, value: &str| blind_index(&keys(letters), scheme, value).unwrap();
        let first = index("a", "resident_id", "11010519491231002X");
        assert_eq!(index("ba", "resident_id", "11010519491231002X"), first);
        assert_eq!(index("cba", "resident_id", "11010519491231002X"), first);
        assert_ne!(index("a", "other", "11010519491231002X").hash, first.hash);
        assert_ne!(index("a", "resident_id", "110105194912310021").hash, first.hash);
        let lost = index("b", "resident_id", "11010519491231002X");
        assert!(lost.hash != first.hash && lost.key != first.key, "a lost last line shows in the key's name");
    }
}
