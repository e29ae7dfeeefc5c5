//! The identifiers of parties in the days they have them, and the looks that were taken at a person's.

use super::{
    Scope, known,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::{
    auth::{BlindIndex, words},
    error::{Problem, Text},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::{IdentifierKind, PartyId};
use entity::{
    party_disclosure,
    party_identifier::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, sea_query::Expr,
};
use uuid::Uuid;

words! {
    /// 证件种类。What an identifier is.
    IdentifierScheme {
        /// 统一社会信用代码。
        Uscc = "uscc",
        /// 公民身份号码。
        ResidentId = "resident_id",
        /// 全球法人识别编码（ISO 17442）。
        Lei = "lei",
        /// 其他证件。Another document of a person, such as a passport.
        Other = "other",
    }
}

impl IdentifierScheme {
    /// Whether it says who a natural person is: such a value rests only sealed.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::ResidentId | Self::Other)
    }

    /// How its characters are checked; none when nothing is known of them.
    pub const fn kind(self) -> Option<IdentifierKind> {
        match self {
            Self::Uscc => Some(IdentifierKind::Uscc),
            Self::ResidentId => Some(IdentifierKind::ResidentId),
            Self::Lei => Some(IdentifierKind::Lei),
            Self::Other => None,
        }
    }
}

/// An identifier as it rests: a public code in the clear, a person's sealed.
#[derive(Clone, Debug)]
pub enum Held {
    /// An organisation's code.
    Clear(String),
    /// A person's, encrypted.
    Sealed(Vec<u8>),
}

/// An identifier of a party, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Identifier {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// What it is.
    pub scheme: IdentifierScheme,
    /// The value, as it rests.
    pub held: Held,
    /// Its last four characters.
    pub last_four: String,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
    /// Its number in the journal.
    pub seq: i64,
    /// The number with which its end became known.
    pub ended_seq: Option<i64>,
    /// Counts up with every change.
    pub version: i64,
}

/// An identifier as it is filed.
#[derive(Clone, Debug)]
pub struct NewIdentifier {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// What it is.
    pub scheme: IdentifierScheme,
    /// The value, as it will rest.
    pub held: Held,
    /// By what it is found.
    pub index: BlindIndex,
    /// Its last four characters.
    pub last_four: String,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
}

fn of_row(row: Model) -> Result<Identifier, Problem> {
    let held = match (row.clear_value, row.sealed_value) {
        (Some(clear), None) => Held::Clear(clear),
        (None, Some(sealed)) => Held::Sealed(sealed),
        (Some(_), Some(_)) | (None, None) => return Err(Problem::internal()),
    };
    Ok(Identifier {
        id: row.id,
        party: PartyId::from_uuid(row.party_id),
        scheme: known(&row.scheme)?,
        held,
        last_four: row.last_four,
        from: row.from_day,
        until: row.until_day,
        seq: row.seq,
        ended_seq: row.ended_seq,
        version: row.version,
    })
}

fn rows(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// An identifier of the party; 404 when there is none.
pub async fn get(scope: &Scope, party: PartyId, id: Uuid) -> Result<Identifier, Problem> {
    let row = rows(scope).filter(Column::PartyId.eq(party.uuid())).filter(Column::Id.eq(id));
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The party's identifiers on a day, oldest first.
pub async fn on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Vec<Identifier>, Problem> {
    let open = Condition::any().add(Column::UntilDay.is_null()).add(Column::UntilDay.gt(day));
    let found = rows(scope).filter(Column::PartyId.eq(party.uuid())).filter(Column::FromDay.lte(day)).filter(open);
    let found = found.order_by_asc(Column::FromDay).order_by_asc(Column::Id).all(scope.tx()).await?;
    found.into_iter().map(of_row).collect()
}

/// At most `limit` identifiers that the party has or had, in the order of their ids, after `after`.
pub async fn list(scope: &Scope, party: PartyId, after: Option<Uuid>, limit: u64) -> Result<Vec<Identifier>, Problem> {
    let mut found = rows(scope).filter(Column::PartyId.eq(party.uuid()));
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after));
    }
    let found = found.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    found.into_iter().map(of_row).collect()
}

#[derive(Debug, FromQueryResult)]
struct Keys {
    first: Option<String>,
    last: Option<String>,
}

/// The ends of the index, so that nothing between them is read.
const KEYS: &str =
    "SELECT min(blind_key) AS first, max(blind_key) AS last FROM zengxin.party_identifier WHERE institution_id = $1";

/// Whether every identifier of the institution was indexed with this key.
async fn are_all_of(scope: &Scope, key: &str) -> Result<bool, Problem> {
    let statement = super::statement_of(KEYS, [scope.tenant().uuid().into()]);
    let keys = Keys::find_by_statement(statement).one(scope.tx()).await?.ok_or_else(Problem::internal)?;
    Ok([keys.first, keys.last].into_iter().flatten().all(|used| used == key))
}

/// Fails, and says in the log what to do, when rows were indexed with another key: then nobody could be found reliably.
pub(super) async fn must_be_of(scope: &Scope, key: &str) -> Result<(), Problem> {
    if are_all_of(scope, key).await? {
        return Ok(());
    }
    tracing::error!("identifiers were indexed with a key that is not the last of the key file: restore that line");
    Err(Problem::internal())
}

/// The institution's identifiers with this index, whatever their days, oldest first; fails when it is of another key than theirs.
pub async fn find(scope: &Scope, index: &BlindIndex) -> Result<Vec<Identifier>, Problem> {
    must_be_of(scope, &index.key).await?;
    let found = rows(scope).filter(Column::BlindIndex.eq(index.hash.clone()));
    let found = found.order_by_asc(Column::FromDay).order_by_asc(Column::Id).all(scope.tx()).await?;
    found.into_iter().map(of_row).collect()
}

/// The identifier this request filed before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Identifier>, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Files an identifier; 409 when the party has another of its scheme in these days. Takes the journal's next number.
pub async fn insert(scope: &Scope, new: NewIdentifier, hash: Vec<u8>) -> Result<Identifier, Problem> {
    let NewIdentifier { id, party, scheme, held, index, last_four, from, until } = new;
    let (clear_value, sealed_value) = match held {
        Held::Clear(value) => (Some(value), None),
        Held::Sealed(value) => (None, Some(value)),
    };
    let seq = scope.seq().await?;
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(id),
        party_id: Set(party.uuid()),
        scheme: Set(scheme.word().to_owned()),
        clear_value: Set(clear_value),
        sealed_value: Set(sealed_value),
        blind_key: Set(index.key),
        blind_index: Set(index.hash),
        last_four: Set(last_four),
        from_day: Set(from),
        until_day: Set(until),
        seq: Set(seq),
        ended_seq: Set(until.map(|_| seq)),
        version: Set(1),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "party_identifier_one_at_a_time") => return Err(has_one()),
        // Somebody filed it this very moment: asked again, the request meets the other party and is told.
        Err(error) if violates(&error, "party_identifier_of_one") => return Err(Problem::busy()),
        inserted => or_busy(inserted?)?,
    }
    get(scope, party, id).await
}

fn has_one() -> Problem {
    Problem::wrong_state(Text::new(
        "该主体在此期间已有同类证件号码。号码变更的，先终止原号码。",
        "The party has an identifier of this kind in these days. When it changed, end the old one first.",
    ))
}

/// Ends an open identifier of the version named; 412 when it is another by now. Takes the journal's next number.
pub async fn end(
    scope: &Scope,
    identifier: &Identifier,
    version: i64,
    until: NaiveDate,
) -> Result<Identifier, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::UntilDay, Expr::value(until))
        .col_expr(Column::EndedSeq, Expr::value(scope.seq().await?))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(identifier.id))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, identifier.party, identifier.id).await
}

/// A look at a person's identifier in full.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// Which identifier.
    pub identifier: Uuid,
    /// Why, in words.
    pub reason: String,
    /// When it was first shown.
    pub disclosed_at: DateTime<Utc>,
}

fn disclosure_of(row: party_disclosure::Model) -> Disclosure {
    Disclosure {
        id: row.id,
        party: PartyId::from_uuid(row.party_id),
        identifier: row.identifier_id,
        reason: row.reason,
        disclosed_at: row.disclosed_at,
    }
}

/// The look this request took before; 409 when the id is another's.
pub async fn find_repeated_disclosure(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Disclosure>, Problem> {
    let row = scope.rows::<party_disclosure::Entity>(party_disclosure::Column::InstitutionId);
    let row = row.filter(party_disclosure::Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), disclosure_of(row))), hash)
}

/// Writes down that the caller sees an identifier. Takes the journal's next number.
pub async fn insert_disclosure(
    scope: &Scope,
    id: Uuid,
    identifier: &Identifier,
    reason: String,
    hash: Vec<u8>,
) -> Result<Disclosure, Problem> {
    let row = party_disclosure::Model {
        institution_id: scope.tenant().uuid(),
        id,
        party_id: identifier.party.uuid(),
        identifier_id: identifier.id,
        user_id: scope.person()?.uuid(),
        reason,
        disclosed_at: scope.now(),
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    Ok(disclosure_of(row))
}
