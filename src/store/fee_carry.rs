//! What became of fees that early releases left unused.

use super::{
    Scope,
    dated::day,
    of_word,
    put::{insert_once, repeated},
    statement_of, word_of,
};
use crate::error::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    contract::EarlyRelease,
    fee_carry::Kind,
    value::{ContractId, Day, Money, PartyId, Term},
};
use entity::fee_carry::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, FromQueryResult, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

/// What became of an unused fee, or of a part of it.
#[derive(Clone, Debug)]
pub struct Carry {
    /// That of the act that led to it.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// The release that left the fee unused.
    pub release: Uuid,
    /// The released contract.
    pub contract: ContractId,
    /// The contract whose fee is settled.
    pub to: Option<ContractId>,
    /// How much; above zero.
    pub amount: Money,
    /// The day it counts.
    pub effective_on: Day,
    /// The entry that it takes back.
    pub reverses: Option<Uuid>,
    /// Why, in words.
    pub reason: Option<String>,
}

/// The same as it is kept.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it says.
    pub carry: Carry,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The user or machine client.
    pub actor_id: Option<Uuid>,
    /// Its number in the journal.
    pub seq: i64,
}

impl Entry {
    /// What it is, and how much: what sums are formed from.
    pub fn part(&self) -> (Kind, Money) {
        (self.carry.kind, self.carry.amount)
    }
}

fn of_row(row: Model) -> Result<Entry, Problem> {
    let carry = Carry {
        id: row.id,
        kind: of_word(&row.kind)?,
        release: row.release_id,
        contract: ContractId::from_uuid(row.contract_id),
        to: row.to_contract_id.map(ContractId::from_uuid),
        amount: Money::from_fen(row.amount_fen),
        effective_on: day(row.effective_on)?,
        reverses: row.reverses,
        reason: row.reason,
    };
    Ok(Entry { carry, recorded_at: row.recorded_at, actor_id: row.actor_id, seq: row.seq })
}

/// Keeps an entry under the SHA-256 of the request that makes it, numbered like everything else of the transaction; 409 when the id is
/// another's: that of an act on other contracts, or of a carry where this is a release.
pub async fn insert(scope: &Scope, carry: Carry, hash: Vec<u8>) -> Result<Entry, Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: carry.id,
        kind: word_of(&carry.kind)?,
        release_id: carry.release,
        contract_id: carry.contract.uuid(),
        to_contract_id: carry.to.map(ContractId::uuid),
        amount_fen: carry.amount.fen(),
        effective_on: carry.effective_on.date(),
        reverses: carry.reverses,
        reason: carry.reason,
        recorded_at: scope.now(),
        actor_kind: scope.actor().kind().to_owned(),
        actor_id: scope.actor().id(),
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    if !insert_once(scope, row.clone().into_active_model().reset_all()).await? {
        return Err(Problem::id_taken());
    }
    of_row(row)
}

/// What this act did before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Entry>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Everything that became of what one release left, in the order it happened; nothing where it left nothing.
pub async fn of_release(scope: &Scope, release: Uuid) -> Result<Vec<Entry>, Problem> {
    entries(scope, Condition::all().add(Column::ReleaseId.eq(release))).await
}

/// Everything that a contract left and everything that settles its fee, in the order it happened.
pub async fn of_contract(scope: &Scope, contract: ContractId) -> Result<Vec<Entry>, Problem> {
    let id = contract.uuid();
    entries(scope, Condition::any().add(Column::ContractId.eq(id)).add(Column::ToContractId.eq(id))).await
}

async fn entries(scope: &Scope, wanted: Condition) -> Result<Vec<Entry>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(wanted);
    let rows = rows.order_by_asc(Column::Seq).order_by_asc(Column::Id).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// What is left to carry of a release of the client.
#[derive(Clone, Debug)]
pub struct Open {
    /// The release.
    pub release: Uuid,
    /// The released contract.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// The day of the release.
    pub released_on: Day,
    /// How much is left.
    pub left: Money,
}

#[derive(Debug, FromQueryResult)]
struct OpenRow {
    release_id: Uuid,
    contract_id: Uuid,
    number: String,
    released_on: NaiveDate,
    left_fen: i64,
}

/// $1 institution, $2 client, $3 the contract that is asked for.
const OPEN: &str = "SELECT f.release_id, c.id AS contract_id, c.number, min(f.effective_on) FILTER (WHERE f.kind = 'unused') AS released_on, \
      sum(CASE WHEN f.kind IN ('unused', 'carried_back') THEN f.amount_fen ELSE -f.amount_fen END)::bigint AS left_fen \
    FROM zengxin.contract c JOIN zengxin.fee_carry f ON f.institution_id = c.institution_id AND f.contract_id = c.id \
    WHERE c.institution_id = $1 AND c.client_id = $2 AND c.id <> $3 GROUP BY f.release_id, c.id, c.number \
    HAVING sum(CASE WHEN f.kind IN ('unused', 'carried_back') THEN f.amount_fen ELSE -f.amount_fen END) > 0 \
    ORDER BY released_on, f.release_id";

/// What is left to carry of other contracts of a client, the oldest release first.
pub async fn open(scope: &Scope, client: PartyId, but: ContractId) -> Result<Vec<Open>, Problem> {
    let values = [scope.tenant().uuid().into(), client.uuid().into(), but.uuid().into()];
    let rows = OpenRow::find_by_statement(statement_of(OPEN, values)).all(scope.tx()).await?;
    let open = |row: OpenRow| {
        Ok(Open {
            release: row.release_id,
            contract: ContractId::from_uuid(row.contract_id),
            number: row.number,
            released_on: day(row.released_on)?,
            left: Money::from_fen(row.left_fen),
        })
    };
    rows.into_iter().map(open).collect()
}

/// A release under terms by which its unused fee is carried, beside what is kept of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The release.
    pub release: Uuid,
    /// What became of the fee by the contract's terms.
    pub early_release: EarlyRelease,
    /// The contract's fee.
    pub fee: Money,
    /// Its guaranteed amount.
    pub amount: Money,
    /// Its term.
    pub term: Term,
    /// What was released.
    pub released: Money,
    /// On which day.
    pub on: Day,
    /// Whether it was reversed.
    pub is_reversed: bool,
    /// What is kept as unused, in fen.
    pub unused_fen: i64,
    /// What is carried of it, in fen.
    pub carried_fen: i64,
}

#[derive(Debug, FromQueryResult)]
struct KeptRow {
    release_id: Uuid,
    early_release: String,
    fee_fen: i64,
    amount_fen: i64,
    start_day: NaiveDate,
    end_day: NaiveDate,
    released_fen: i64,
    effective_on: NaiveDate,
    is_reversed: bool,
    unused_fen: i64,
    carried_fen: i64,
}

/// $1 institution: each release of a contract whose terms carry the fee over, and each that anything was kept of.
const KEPT: &str = "SELECT e.id AS release_id, coalesce(c.early_release, 'none') AS early_release, c.fee_fen, c.amount_fen, c.start_day, c.end_day, \
      -e.amount_fen AS released_fen, e.effective_on, \
      EXISTS (SELECT FROM zengxin.contract_event r WHERE r.institution_id = $1 AND r.reverses = e.id) AS is_reversed, \
      coalesce(k.unused_fen, 0)::bigint AS unused_fen, coalesce(k.carried_fen, 0)::bigint AS carried_fen \
    FROM zengxin.contract_event e JOIN zengxin.contract c ON c.institution_id = e.institution_id AND c.id = e.contract_id \
    LEFT JOIN (SELECT f.release_id, \
        sum(CASE f.kind WHEN 'unused' THEN f.amount_fen WHEN 'unused_reversed' THEN -f.amount_fen ELSE 0 END) AS unused_fen, \
        sum(CASE f.kind WHEN 'carried' THEN f.amount_fen WHEN 'carried_back' THEN -f.amount_fen ELSE 0 END) AS carried_fen \
      FROM zengxin.fee_carry f WHERE f.institution_id = $1 GROUP BY f.release_id) k ON k.release_id = e.id \
    WHERE e.institution_id = $1 AND e.kind = 'released' AND (c.early_release = 'carry_over' OR k.release_id IS NOT NULL) ORDER BY e.id";

/// Every release whose unused fee is carried over, with what is kept of it.
pub async fn kept(scope: &Scope) -> Result<Vec<Kept>, Problem> {
    let rows = KeptRow::find_by_statement(statement_of(KEPT, [scope.tenant().uuid().into()])).all(scope.tx()).await?;
    let kept = |row: KeptRow| {
        Ok(Kept {
            release: row.release_id,
            early_release: of_word(&row.early_release)?,
            fee: Money::from_fen(row.fee_fen),
            amount: Money::from_fen(row.amount_fen),
            term: Term::new(day(row.start_day)?, day(row.end_day)?).map_err(|_| Problem::internal())?,
            released: Money::from_fen(row.released_fen),
            on: day(row.effective_on)?,
            is_reversed: row.is_reversed,
            unused_fen: row.unused_fen,
            carried_fen: row.carried_fen,
        })
    };
    rows.into_iter().map(kept).collect()
}

/// A contract whose fee carried fees settle by more than it is.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Oversettled {
    /// The contract.
    pub contract_id: Uuid,
    /// Its fee.
    pub fee_fen: i64,
    /// What is settled of it.
    pub settled_fen: i64,
}

const OVERSETTLED: &str = "SELECT c.id AS contract_id, c.fee_fen, s.settled_fen::bigint AS settled_fen FROM ( \
      SELECT f.to_contract_id, sum(CASE f.kind WHEN 'carried' THEN f.amount_fen ELSE -f.amount_fen END) AS settled_fen \
      FROM zengxin.fee_carry f WHERE f.institution_id = $1 AND f.to_contract_id IS NOT NULL GROUP BY f.to_contract_id) s \
    JOIN zengxin.contract c ON c.institution_id = $1 AND c.id = s.to_contract_id \
    WHERE s.settled_fen NOT BETWEEN 0 AND c.fee_fen ORDER BY c.id";

/// The contracts whose fee is settled by more than it is, or by less than nothing: none, when everything fits.
pub async fn oversettled(scope: &Scope) -> Result<Vec<Oversettled>, Problem> {
    Ok(Oversettled::find_by_statement(statement_of(OVERSETTLED, [scope.tenant().uuid().into()]))
        .all(scope.tx())
        .await?)
}
