//! Logins, and the refresh tokens by which each goes on.

use super::{
    Scope,
    put::{insert_once, or_busy},
};
use crate::{
    auth::{Credential, words},
    error::Problem,
};
use chrono::{DateTime, Utc};
use domain::value::UserId;
use entity::{refresh_token, session};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

words! {
    /// Why a session was ended.
    End {
        /// Its holder said so.
        LoggedOut = "logged_out",
        /// A refresh token came a second time.
        Reused = "reused",
        /// The password was changed.
        PasswordChanged = "password_changed",
        /// The role was changed.
        AccountChanged = "account_changed",
        /// The person left.
        Offboarded = "offboarded",
        /// The machine client was revoked.
        Revoked = "revoked",
    }
}

/// Whose login it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person's.
    User(UserId),
    /// A machine client's.
    Client(Uuid),
}

/// A login that has not ended.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub holder: Holder,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

/// What a refresh token shown is worth.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    /// It is this session's, and serves now.
    Valid(Session),
    /// It is this session's and has served before, but nobody has shown what it was exchanged for: that answer may have been lost.
    Unanswered {
        /// The session.
        session: Session,
        /// The refresh token that nobody has shown.
        successor: Uuid,
    },
    /// It is this session's, and has served before.
    Reused(Uuid),
    /// It is nobody's, or its session has ended.
    Worthless,
}

/// Begins a session.
pub async fn insert(scope: &Scope, holder: Holder, expires_at: DateTime<Utc>) -> Result<Session, Problem> {
    let id = Uuid::now_v7();
    let (user_id, client_id) = match holder {
        Holder::User(user) => (Some(user.uuid()), None),
        Holder::Client(client) => (None, Some(client)),
    };
    let row = session::ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(id),
        user_id: Set(user_id),
        client_id: Set(client_id),
        started_at: Set(scope.now()),
        expires_at: Set(expires_at),
        ended_at: Set(None),
        ended_because: Set(None),
    };
    or_busy(insert_once(scope, row).await?)?;
    Ok(Session { id, holder, expires_at })
}

/// Adds a refresh token to a session.
pub async fn insert_refresh_token(scope: &Scope, token: &Credential, session: Uuid) -> Result<(), Problem> {
    let row = refresh_token::ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(token.id),
        session_id: Set(session),
        secret_hash: Set(token.secret.hash()),
        issued_at: Set(scope.now()),
        used_at: Set(None),
    };
    or_busy(insert_once(scope, row).await?)
}

/// What a refresh token is worth; its row stays locked, so that of two who show it at once only one is served.
pub async fn lock_refresh_token(scope: &Scope, token: &Credential) -> Result<Shown, Problem> {
    let row = scope.rows::<refresh_token::Entity>(refresh_token::Column::InstitutionId);
    let row = row.filter(refresh_token::Column::Id.eq(token.id)).lock_exclusive().one(scope.tx()).await?;
    let Some(row) = row.filter(|row| token.secret.has_hash(&row.secret_hash)) else { return Ok(Shown::Worthless) };
    let session = scope.rows::<session::Entity>(session::Column::InstitutionId);
    let session = session.filter(session::Column::Id.eq(row.session_id)).lock_exclusive().one(scope.tx()).await?;
    let open = session.filter(|session| session.ended_at.is_none() && scope.now() < session.expires_at);
    let Some(session) = open else { return Ok(Shown::Worthless) };
    let used_at = row.used_at;
    let holder = match (session.user_id, session.client_id) {
        (Some(user), _) => Holder::User(UserId::from_uuid(user)),
        (None, Some(client)) => Holder::Client(client),
        (None, None) => return Err(Problem::internal()),
    };
    let session = Session { id: session.id, holder, expires_at: session.expires_at };
    let Some(used_at) = used_at else { return Ok(Shown::Valid(session)) };
    Ok(match find_unshown(scope, token.id, session.id, used_at).await? {
        Some(successor) => Shown::Unanswered { session, successor },
        None => Shown::Reused(session.id),
    })
}

/// The refresh token for which `token` was exchanged, at this moment, when nobody has shown it.
async fn find_unshown(
    scope: &Scope,
    token: Uuid,
    session: Uuid,
    issued_at: DateTime<Utc>,
) -> Result<Option<Uuid>, Problem> {
    let row = scope.rows::<refresh_token::Entity>(refresh_token::Column::InstitutionId);
    // Ids count up with time: only what was issued since is looked through, never all that the institution ever had.
    let row = row.filter(refresh_token::Column::Id.gt(token)).filter(refresh_token::Column::SessionId.eq(session));
    let row = row.filter(refresh_token::Column::IssuedAt.eq(issued_at)).filter(refresh_token::Column::UsedAt.is_null());
    Ok(row.lock_exclusive().one(scope.tx()).await?.map(|row| row.id))
}

/// Has a refresh token that nobody has shown serve no longer: whoever shows it from now on, shows one that has served.
pub async fn void_refresh_token(scope: &Scope, token: Uuid) -> Result<(), Problem> {
    let void = refresh_token::Entity::update_many()
        // The moment it was issued, when no other was exchanged for it: nothing follows from this one.
        .col_expr(refresh_token::Column::UsedAt, Expr::col(refresh_token::Column::IssuedAt))
        .filter(refresh_token::Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(refresh_token::Column::Id.eq(token));
    void.exec(scope.tx()).await?;
    Ok(())
}

/// Marks a refresh token as having served.
pub async fn use_refresh_token(scope: &Scope, token: Uuid) -> Result<(), Problem> {
    let used = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(scope.now()))
        .filter(refresh_token::Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(refresh_token::Column::Id.eq(token));
    used.exec(scope.tx()).await?;
    Ok(())
}

/// Ends one session.
pub async fn end(scope: &Scope, session: Uuid, because: End) -> Result<(), Problem> {
    ending(scope, because).filter(session::Column::Id.eq(session)).exec(scope.tx()).await?;
    Ok(())
}

/// Ends every session of somebody but the one named.
pub async fn end_all(scope: &Scope, holder: Holder, but: Option<Uuid>, because: End) -> Result<(), Problem> {
    let whose = match holder {
        Holder::User(user) => session::Column::UserId.eq(user.uuid()),
        Holder::Client(client) => session::Column::ClientId.eq(client),
    };
    let mut sessions = ending(scope, because).filter(whose);
    if let Some(but) = but {
        sessions = sessions.filter(session::Column::Id.ne(but));
    }
    sessions.exec(scope.tx()).await?;
    Ok(())
}

fn ending(scope: &Scope, because: End) -> sea_orm::UpdateMany<session::Entity> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(scope.now()))
        .col_expr(session::Column::EndedBecause, Expr::value(because.word()))
        .filter(session::Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(session::Column::EndedAt.is_null())
}
