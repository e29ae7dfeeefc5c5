//! The book of an institution: what its limits are formed from, read under one lock and saved in one message.

mod changes;

pub use changes::{Begun, Ceded, Changes, save, save_and_commit};

use super::{Scope, around::shaped, contract::Contract, journal::Head, statement_of};
use crate::error::Problem;
use domain::{
    exposure::{Book, ClientBook, Item, Liabilities},
    share::Position,
    value::{Money, PartyId},
    volume::Volume,
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A quota or cap that is used: whose or which, and the year; year 0 for an agreement's cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuotaKey {
    /// The re-guarantor or the agreement.
    pub of: Uuid,
    /// The calendar year, or 0.
    pub year: i32,
}

/// What was locked or read.
#[derive(Clone, Debug)]
pub struct Counters {
    /// What each client asked for has.
    pub clients: BTreeMap<PartyId, ClientBook>,
    /// The version each of these parties is in, once locked.
    pub versions: BTreeMap<PartyId, i64>,
    /// The number of the last act that changed facts, once locked; see `Around`.
    pub facts: i64,
    /// What is used of each quota asked for.
    pub quotas: BTreeMap<QuotaKey, Money>,
    /// The institution's book.
    pub book: Book,
    /// What began in the year asked for.
    pub volume: Volume,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct ClientRow {
    pub(super) party_id: Uuid,
    total_fen: i64,
    small_agri_fen: i64,
    small_loan_fen: i64,
    farmer_loan_fen: i64,
    other_loan_fen: i64,
    rated_bond_fen: i64,
    other_bond_fen: i64,
    housing_fen: i64,
    other_fen: i64,
    regulator_small_fen: i64,
    regulator_small_credit_fen: i64,
}

#[derive(Default, Deserialize)]
pub(super) struct PositionRow {
    total_fen: i64,
    small_agri_fen: i64,
    small_ticket_fen: i64,
    clients: u64,
    small_agri_clients: u64,
    small_loan_fen: i64,
    farmer_loan_fen: i64,
    other_loan_fen: i64,
    rated_bond_fen: i64,
    other_bond_fen: i64,
    housing_fen: i64,
    other_fen: i64,
    regulator_small_fen: i64,
    regulator_small_credit_fen: i64,
}

#[derive(Deserialize)]
struct QuotaRow {
    of_id: Uuid,
    year: i32,
    used_fen: i64,
}

#[derive(Deserialize)]
struct VolumeRow {
    amount_days: i64,
    fee_fen: i64,
}

#[derive(Deserialize)]
struct HeadRow {
    seq: i64,
    hash: String,
    facts: i64,
}

#[derive(Deserialize)]
struct Row {
    clients: Vec<ClientRow>,
    versions: BTreeMap<PartyId, i64>,
    quotas: Vec<QuotaRow>,
    position: Option<PositionRow>,
    volume: Option<VolumeRow>,
    head: Option<HeadRow>,
}

impl ClientRow {
    fn of(client: PartyId, book: &ClientBook) -> Self {
        Self {
            party_id: client.uuid(),
            total_fen: book.total.fen(),
            small_agri_fen: book.small_agri.fen(),
            small_loan_fen: book.small_loan.fen(),
            farmer_loan_fen: book.farmer_loan.fen(),
            other_loan_fen: book.other_loan.fen(),
            rated_bond_fen: book.rated_bond.fen(),
            other_bond_fen: book.other_bond.fen(),
            housing_fen: book.housing.fen(),
            other_fen: book.other.fen(),
            regulator_small_fen: book.regulator_small.fen(),
            regulator_small_credit_fen: book.regulator_small_credit.fen(),
        }
    }

    /// The figures in the order of their columns.
    pub(super) const fn figures(&self) -> [i64; 11] {
        [
            self.total_fen,
            self.small_agri_fen,
            self.small_loan_fen,
            self.farmer_loan_fen,
            self.other_loan_fen,
            self.rated_bond_fen,
            self.other_bond_fen,
            self.housing_fen,
            self.other_fen,
            self.regulator_small_fen,
            self.regulator_small_credit_fen,
        ]
    }
}

impl From<&ClientRow> for ClientBook {
    fn from(row: &ClientRow) -> Self {
        Self {
            total: Money::from_fen(row.total_fen),
            small_agri: Money::from_fen(row.small_agri_fen),
            small_loan: Money::from_fen(row.small_loan_fen),
            farmer_loan: Money::from_fen(row.farmer_loan_fen),
            other_loan: Money::from_fen(row.other_loan_fen),
            rated_bond: Money::from_fen(row.rated_bond_fen),
            other_bond: Money::from_fen(row.other_bond_fen),
            housing: Money::from_fen(row.housing_fen),
            other: Money::from_fen(row.other_fen),
            regulator_small: Money::from_fen(row.regulator_small_fen),
            regulator_small_credit: Money::from_fen(row.regulator_small_credit_fen),
        }
    }
}

impl From<PositionRow> for Book {
    fn from(row: PositionRow) -> Self {
        Self {
            shares: Position {
                total: Money::from_fen(row.total_fen),
                small_agri: Money::from_fen(row.small_agri_fen),
                small_ticket: Money::from_fen(row.small_ticket_fen),
                clients: row.clients,
                small_agri_clients: row.small_agri_clients,
            },
            liabilities: Liabilities {
                small_loan: Money::from_fen(row.small_loan_fen),
                farmer_loan: Money::from_fen(row.farmer_loan_fen),
                other_loan: Money::from_fen(row.other_loan_fen),
                rated_bond: Money::from_fen(row.rated_bond_fen),
                other_bond: Money::from_fen(row.other_bond_fen),
                housing: Money::from_fen(row.housing_fen),
                other: Money::from_fen(row.other_fen),
            },
            regulator_small: Money::from_fen(row.regulator_small_fen),
            regulator_small_credit: Money::from_fen(row.regulator_small_credit_fen),
        }
    }
}

impl From<Row> for Counters {
    fn from(row: Row) -> Self {
        let clients = row.clients.iter().map(|client| (PartyId::from_uuid(client.party_id), client.into()));
        let quotas = row.quotas.iter().map(|quota| {
            let key = QuotaKey { of: quota.of_id, year: quota.year };
            (key, Money::from_fen(quota.used_fen))
        });
        let volume =
            row.volume.map(|volume| Volume::of_sums(volume.amount_days.into(), Money::from_fen(volume.fee_fen)));
        Self {
            clients: clients.collect(),
            versions: row.versions,
            facts: 0,
            quotas: quotas.collect(),
            book: row.position.unwrap_or_default().into(),
            volume: volume.unwrap_or_default(),
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct Answer {
    row: Value,
}

const LOCK: &str = "SELECT zengxin.lock_book($1, $2, $3, $4, $5) AS row";

/// The same without locks and without making rows, for who only looks.
const READ: &str = "SELECT jsonb_build_object(\
    'clients', coalesce((SELECT jsonb_agg(to_jsonb(e)) FROM zengxin.client_exposure e \
      WHERE e.institution_id = $1 AND e.party_id = ANY ($2)), '[]'), \
    'versions', '{}'::jsonb, \
    'quotas', coalesce((SELECT jsonb_agg(to_jsonb(u)) FROM zengxin.quota_use u WHERE u.institution_id = $1 \
      AND (u.of_id, u.year) IN (SELECT q.id, q.of_year FROM unnest($3, $4) AS q (id, of_year))), '[]'), \
    'position', (SELECT to_jsonb(p) FROM zengxin.portfolio_position p WHERE p.institution_id = $1), \
    'volume', (SELECT to_jsonb(v) FROM zengxin.year_volume v WHERE v.institution_id = $1 AND v.year = $5)) AS row";

async fn counters(
    scope: &Scope,
    sql: &'static str,
    clients: &[PartyId],
    quotas: &[QuotaKey],
    year: i32,
) -> Result<Row, Problem> {
    let clients: Vec<Uuid> = clients.iter().map(|client| client.uuid()).collect();
    let (of, years): (Vec<Uuid>, Vec<i32>) = quotas.iter().map(|quota| (quota.of, quota.year)).unzip();
    let values = [scope.tenant().uuid().into(), clients.into(), of.into(), years.into(), year.into()];
    let answer = Answer::find_by_statement(statement_of(sql, values)).one(scope.tx()).await?;
    shaped(answer.ok_or_else(Problem::internal)?.row)
}

/// Locks what a decision about these clients and quotas rests on; the contract was locked before.
///
/// The lock is the end of the institution's journal, which every other change of its rows takes too before it commits: who holds it
/// waits for nobody who waits for it, and what is read under it stays as it is.
pub async fn lock(scope: &Scope, clients: &[PartyId], quotas: &[QuotaKey], year: i32) -> Result<Counters, Problem> {
    let mut row = counters(scope, LOCK, clients, quotas, year).await?;
    let head = row.head.take().ok_or_else(Problem::internal)?;
    let hash = data_encoding::HEXLOWER.decode(head.hash.as_bytes()).map_err(|_| Problem::internal())?;
    scope.hold(Head::held(head.seq, hash.try_into().map_err(|_| Problem::internal())?));
    let facts = head.facts;
    Ok(Counters { facts, ..asked_for(row, clients, quotas) })
}

/// The counters asked for, and no others; what no booking has moved yet has no row, and is nothing.
fn asked_for(row: Row, clients: &[PartyId], quotas: &[QuotaKey]) -> Counters {
    let mut counters = Counters::from(row);
    for client in clients {
        counters.clients.entry(*client).or_default();
    }
    counters.quotas.retain(|key, _| quotas.contains(key));
    for key in quotas {
        counters.quotas.entry(*key).or_default();
    }
    counters
}

/// Reads the same without locking it: good for a look, not for a decision.
pub async fn read(scope: &Scope, clients: &[PartyId], quotas: &[QuotaKey], year: i32) -> Result<Counters, Problem> {
    Ok(asked_for(counters(scope, READ, clients, quotas, year).await?, clients, quotas))
}

#[derive(Debug, FromQueryResult)]
struct Total {
    total_fen: i64,
}

const TOP_TEN: &str = "SELECT total_fen FROM zengxin.client_exposure \
    WHERE institution_id = $1 AND party_id <> $2 AND total_fen > 0 ORDER BY total_fen DESC LIMIT 10";

/// The totals of the ten largest clients but this one.
pub async fn largest_others(scope: &Scope, client: PartyId) -> Result<Vec<Money>, Problem> {
    let values = [scope.tenant().uuid().into(), client.uuid().into()];
    let rows = Total::find_by_statement(statement_of(TOP_TEN, values)).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| Money::from_fen(row.total_fen)).collect())
}

/// A place or branch of trade that a limit is about, and the contract's own.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// region or industry.
    pub kind: &'static str,
    /// What the limit is about; the contract's own without.
    pub key: Option<&'a str>,
    /// The contract's own code.
    pub own: &'a str,
}

#[derive(Debug, FromQueryResult)]
struct SegmentRow {
    outstanding_fen: i64,
    inside: bool,
}

/// A code belongs to a region when it begins with its significant digits, to a division likewise, and to a section by its division.
const SEGMENT: &str = "WITH about AS (SELECT CASE WHEN $2 = 'region' THEN regexp_replace(coalesce($3, left($4, 4)), '(00)+$', '') \
      ELSE coalesce($3, (SELECT i.section FROM zengxin.industry i WHERE i.code = left($4, 2) AND i.until_day IS NULL), $4) END AS begins), \
    belongs AS (SELECT s.code, s.outstanding_fen FROM zengxin.segment_exposure s, about a WHERE s.institution_id = $1 AND s.kind = $2 \
      AND (s.code LIKE a.begins || '%' OR left(s.code, 2) IN (SELECT i.code FROM zengxin.industry i WHERE i.section = a.begins))) \
    SELECT coalesce((SELECT sum(b.outstanding_fen) FROM belongs b), 0)::bigint AS outstanding_fen, \
      ($4 LIKE a.begins || '%' OR left($4, 2) IN (SELECT i.code FROM zengxin.industry i WHERE i.section = a.begins)) AS inside FROM about a";

/// What is outstanding in a segment, and whether the contract lies in it.
pub async fn segment(scope: &Scope, segment: Segment<'_>) -> Result<(Money, bool), Problem> {
    let values = [scope.tenant().uuid().into(), segment.kind.into(), segment.key.into(), segment.own.into()];
    let row = SegmentRow::find_by_statement(statement_of(SEGMENT, values)).one(scope.tx()).await?;
    let row = row.ok_or_else(Problem::internal)?;
    Ok((Money::from_fen(row.outstanding_fen), row.inside))
}

/// What of the book a contract moves: its item with the amount that comes or goes.
pub fn item_of(contract: &Contract, amount: Money) -> Option<Item> {
    contract.fixed.as_ref().map(|fixed| contract.content.item(fixed.client_kind).with_amount(amount))
}
