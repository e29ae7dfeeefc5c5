//! Access tokens: short-lived, signed, for this service alone; a JWT with the algorithm, issuer and audience pinned.

use super::{Actor, Caller, Grants, Keys, Role};
use chrono::{DateTime, TimeDelta, Utc};
use domain::value::{InstitutionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who makes the tokens.
const ISSUER: &str = "zengxin";

/// Whom they are for.
const AUDIENCE: &str = "zengxin-api";

/// The only algorithm.
const ALGORITHM: Algorithm = Algorithm::HS256;

/// How long a token serves, in seconds; then the refresh token is shown, and the session looked at.
pub const LIFE_SECONDS: i64 = 10 * 60;

/// A token and how long it serves.
#[derive(Clone, Debug)]
pub struct Access {
    /// The token.
    pub token: String,
    /// Its life, in seconds.
    pub expires_in_seconds: i64,
}

/// The token is not ours, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not signed by us for this service.
    #[error("the token is not one of this service")]
    Foreign,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// It could not be signed.
    #[error("the token could not be signed")]
    Unsigned,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    institution: Uuid,
    session: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grants: Option<String>,
    iat: i64,
    exp: i64,
}

impl Access {
    /// A token for somebody who is logged in.
    pub fn sign(keys: &Keys, caller: &Caller, now: DateTime<Utc>) -> Result<Self, TokenError> {
        let (Some(sub), Some(session)) = (caller.actor.id(), caller.session) else { return Err(TokenError::Unsigned) };
        let (role, grants) = match &caller.actor {
            Actor::Person { role, .. } => (Some(*role), None),
            Actor::Machine { grants, .. } => (None, Some(grants.to_string())),
            Actor::Nobody | Actor::Operator => return Err(TokenError::Unsigned),
        };
        let expires = now.checked_add_signed(TimeDelta::seconds(LIFE_SECONDS)).ok_or(TokenError::Unsigned)?;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub,
            institution: caller.institution.uuid(),
            session,
            role,
            grants,
            iat: now.timestamp(),
            exp: expires.timestamp(),
        };
        let key = EncodingKey::from_secret(keys.signing().ok_or(TokenError::Unsigned)?);
        let token = jsonwebtoken::encode(&Header::new(ALGORITHM), &claims, &key).map_err(|_| TokenError::Unsigned)?;
        Ok(Self { token, expires_in_seconds: LIFE_SECONDS })
    }

    /// Who shows `token` at `now`.
    pub fn read(keys: &Keys, token: &str, now: DateTime<Utc>) -> Result<Caller, TokenError> {
        let mut validation = Validation::new(ALGORITHM);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
        // The crate would read the clock itself; ours is the one that tests can set.
        validation.validate_exp = false;
        let claims = keys
            .verifying()
            .find_map(|key| jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(key), &validation).ok())
            .ok_or(TokenError::Foreign)?
            .claims;
        if claims.exp <= now.timestamp() {
            return Err(TokenError::Expired);
        }
        let actor = match (claims.role, claims.grants) {
            (Some(role), None) => Actor::Person { user: UserId::from_uuid(claims.sub), role },
            (None, Some(grants)) => {
                let grants: Grants = grants.parse().map_err(|_| TokenError::Foreign)?;
                Actor::Machine { client: claims.sub, grants }
            }
            (None, None) | (Some(_), Some(_)) => return Err(TokenError::Foreign),
        };
        let institution = InstitutionId::from_uuid(claims.institution);
        Ok(Caller { institution, actor, session: Some(claims.session) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

    fn caller() -> Caller {
        let actor = Actor::Person { user: UserId::from_uuid(Uuid::now_v7()), role: Role::Officer };
        Caller { institution: InstitutionId::from_uuid(Uuid::now_v7()), actor, session: Some(Uuid::now_v7()) }
    }

    fn forged(algorithm: Algorithm, key: &[u8], change: impl FnOnce(&mut Value)) -> String {
        let mut claims = json!({"iss": ISSUER, "aud": AUDIENCE, "sub": Uuid::nil(), "institution": Uuid::nil(),
            "session": Uuid::nil(), "role": "admin", "iat": 0, "exp": 60});
        change(&mut claims);
        jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(key)).unwrap()
    }

    #[test]
    fn a_token_names_its_holder_until_its_last_second() {
        let (keys, caller) = (Keys::random().unwrap(), caller());
        let token = Access::sign(&keys, &caller, NOW).unwrap().token;
        assert_eq!(Access::read(&keys, &token, NOW + TimeDelta::seconds(LIFE_SECONDS - 1)), Ok(caller));
        assert_eq!(Access::read(&keys, &token, NOW + TimeDelta::seconds(LIFE_SECONDS)), Err(TokenError::Expired));
    }

    #[test]
    fn a_token_made_before_a_rotation_still_serves() {
        let old = "a".repeat(64);
        let token = Access::sign(&Keys::parse(&old).unwrap(), &caller(), NOW).unwrap().token;
        let rotated = Keys::parse(&format!("{}\n{old}", "b".repeat(64))).unwrap();
        assert!(Access::read(&rotated, &token, NOW).is_ok());
        assert_eq!(Access::read(&Keys::parse(&"b".repeat(64)).unwrap(), &token, NOW), Err(TokenError::Foreign));
    }

    #[test]
    fn a_forged_token_is_foreign() {
        let keys = Keys::random().unwrap();
        let key = keys.signing().unwrap();
        assert!(Access::read(&keys, &forged(ALGORITHM, key, |_| ()), NOW).is_ok());
        for foreign in [
            forged(ALGORITHM, &[0; 32], |_| ()),
            forged(Algorithm::HS512, key, |_| ()),
            forged(ALGORITHM, key, |claims| claims["aud"] = json!("another")),
            forged(ALGORITHM, key, |claims| claims["iss"] = json!("another")),
            forged(ALGORITHM, key, |claims| claims["role"] = json!("god")),
            forged(ALGORITHM, key, |claims| claims["grants"] = json!("audit:read")),
            forged(ALGORITHM, key, |claims| claims["extra"] = json!(1)),
            forged(ALGORITHM, key, |claims| claims["exp"] = Value::Null),
            // {"alg":"none","typ":"JWT"}
            forged(ALGORITHM, key, |_| ())
                .split('.')
                .nth(1)
                .map_or_else(String::new, |claims| format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.")),
            String::new(),
            "a.b.c".to_owned(),
        ] {
            assert_eq!(Access::read(&keys, &foreign, NOW), Err(TokenError::Foreign), "{foreign}");
        }
    }
}
