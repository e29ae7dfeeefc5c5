//! The book of an institution: what its limits are formed from, read under one lock and saved in one message.

use super::{
    Scope,
    around::shaped,
    contract::{Contract, e10_of},
    journal::{self, Head, Outcome, Record},
    statement_of, word_of,
};
use crate::error::Problem;
use domain::{
    exposure::{Book, ClientBook, Item, Liabilities},
    portfolio::NewBusiness,
    risk::Role,
    share::Position,
    value::{InstitutionId, Money, PartyId, Rate},
    volume::Volume,
};
use sea_orm::{ConnectionTrait as _, FromQueryResult};
use serde::Deserialize;
use serde_json::{Value, json};
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
    /// What is used of each quota asked for.
    pub quotas: BTreeMap<QuotaKey, Money>,
    /// The institution's book.
    pub book: Book,
    /// What began in the year asked for.
    pub volume: Volume,
}

#[derive(Deserialize)]
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
    let mut counters = Counters::from(row);
    // What no booking has moved yet has no row, and is nothing.
    for client in clients {
        counters.clients.entry(*client).or_default();
    }
    counters.quotas.retain(|key, _| quotas.contains(key));
    for key in quotas {
        counters.quotas.entry(*key).or_default();
    }
    Ok(counters)
}

/// Reads the same without locking it: good for a look, not for a decision.
pub async fn read(scope: &Scope, clients: &[PartyId], quotas: &[QuotaKey], year: i32) -> Result<Counters, Problem> {
    Ok(counters(scope, READ, clients, quotas, year).await?.into())
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

/// What one event changes in the rows of the book; every list empty when it changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    contracts: Vec<Value>,
    events: Vec<Value>,
    findings: Vec<Value>,
    pub(super) clients: Vec<Value>,
    pub(super) positions: Vec<Value>,
    volumes: Vec<Value>,
    pub(super) segments: Vec<Value>,
    quotas: Vec<Value>,
    cessions: Vec<Value>,
    uppers: Vec<Value>,
}

/// What began: for average fees, and for the shares by new business.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// The calendar year.
    pub year: i32,
    /// Amount × days, and the fee.
    pub volume: Volume,
    /// The guaranteed amount.
    pub amount: Money,
    /// Of which small-and-agri.
    pub small_agri: Money,
    /// Of which with a client of at most 500万.
    pub small_ticket: Money,
}

impl Changes {
    /// The contract as it stands now.
    pub fn contract(&mut self, contract: &Contract) -> Result<(), Problem> {
        let fixed = contract.fixed.as_ref();
        let share = |role: Role| fixed.map(|fixed| e10_of(fixed.shares.of(role))).transpose();
        self.contracts.push(json!({
            "id": contract.id.uuid(),
            "state": word_of(&contract.state)?,
            "version": contract.version,
            "client_id": contract.client.uuid(),
            "submitted_by": contract.submitted_by,
            "decided_by": contract.decided_by,
            "client_kind": fixed.map(|fixed| word_of(&fixed.client_kind)).transpose()?,
            "size_class": fixed.and_then(|fixed| fixed.size).map(|size| word_of(&size)).transpose()?,
            "region_code": fixed.map(|fixed| &fixed.region_code),
            "industry_code": fixed.and_then(|fixed| fixed.industry_code.as_ref()),
            "provincial_id": fixed.and_then(|fixed| fixed.provincial).map(InstitutionId::uuid),
            "national_id": fixed.and_then(|fixed| fixed.national).map(InstitutionId::uuid),
            "bank_share_e10": share(Role::Bank)?,
            "institution_share_e10": share(Role::Institution)?,
            "provincial_share_e10": share(Role::Provincial)?,
            "national_share_e10": share(Role::National)?,
            "local_finance_share_e10": share(Role::LocalFinance)?,
            "other_share_e10": share(Role::Other)?,
            "provincial_fee_fen": fixed.and_then(|fixed| fixed.provincial_fee).map(Money::fen),
            "national_fee_fen": fixed.and_then(|fixed| fixed.national_fee).map(Money::fen),
            "early_release": fixed.map(|fixed| word_of(&fixed.early_release)).transpose()?,
            "approved_on": fixed.map(|fixed| fixed.approved_on),
            "begun_on": contract.begun_on,
            "ended_on": contract.ended_on,
            "outstanding_fen": contract.outstanding.fen(),
        }));
        Ok(())
    }

    /// What a client has now.
    pub fn client(&mut self, client: PartyId, book: &ClientBook) {
        self.clients.push(json!({
            "party_id": client.uuid(),
            "total_fen": book.total.fen(),
            "small_agri_fen": book.small_agri.fen(),
            "small_loan_fen": book.small_loan.fen(),
            "farmer_loan_fen": book.farmer_loan.fen(),
            "other_loan_fen": book.other_loan.fen(),
            "rated_bond_fen": book.rated_bond.fen(),
            "other_bond_fen": book.other_bond.fen(),
            "housing_fen": book.housing.fen(),
            "other_fen": book.other.fen(),
            "regulator_small_fen": book.regulator_small.fen(),
            "regulator_small_credit_fen": book.regulator_small_credit.fen(),
        }));
    }

    /// What the institution has now.
    pub fn book(&mut self, book: &Book) {
        let Book { shares, liabilities, .. } = book;
        self.positions.push(json!({
            "total_fen": shares.total.fen(),
            "small_agri_fen": shares.small_agri.fen(),
            "small_ticket_fen": shares.small_ticket.fen(),
            "clients": shares.clients,
            "small_agri_clients": shares.small_agri_clients,
            "small_loan_fen": liabilities.small_loan.fen(),
            "farmer_loan_fen": liabilities.farmer_loan.fen(),
            "other_loan_fen": liabilities.other_loan.fen(),
            "rated_bond_fen": liabilities.rated_bond.fen(),
            "other_bond_fen": liabilities.other_bond.fen(),
            "housing_fen": liabilities.housing.fen(),
            "other_fen": liabilities.other.fen(),
            "regulator_small_fen": book.regulator_small.fen(),
            "regulator_small_credit_fen": book.regulator_small_credit.fen(),
        }));
    }

    /// An amount that comes to a region and an industry, or, below zero, leaves them.
    pub fn segments(&mut self, region: &str, industry: Option<&str>, amount: Money) {
        for (kind, code) in [("region", Some(region)), ("industry", industry)] {
            if let Some(code) = code {
                self.segment(kind, code, amount);
            }
        }
    }

    /// An amount that comes to one region or industry, each named once, or, below zero, leaves it.
    pub fn segment(&mut self, kind: &'static str, code: &str, amount: Money) {
        self.segments.push(json!({"kind": kind, "code": code, "outstanding_fen": amount.fen()}));
    }

    /// What is used of a quota now.
    pub fn quota(&mut self, key: QuotaKey, used: Money) {
        self.quotas.push(json!({"of_id": key.of, "year": key.year, "used_fen": used.fen()}));
    }

    /// A contract that began.
    pub fn begun(&mut self, begun: &Begun) -> Result<(), Problem> {
        let Begun { year, volume, amount, small_agri, small_ticket } = *begun;
        self.began(year, &NewBusiness { contracts: 1, amount, small_agri, small_ticket, volume })
    }

    /// What began in a year, each year named once.
    pub fn began(&mut self, year: i32, begun: &NewBusiness) -> Result<(), Problem> {
        let amount_days = i64::try_from(begun.volume.amount_days()).map_err(|_| Problem::out_of_range())?;
        self.volumes.push(json!({
            "year": year,
            "contracts": begun.contracts,
            "amount_fen": begun.amount.fen(),
            "small_agri_fen": begun.small_agri.fen(),
            "small_ticket_fen": begun.small_ticket.fen(),
            "amount_days": amount_days,
            "fee_fen": begun.volume.fee().fen(),
        }));
        Ok(())
    }

    /// An event row, made by `contract_event`.
    pub(super) fn event(&mut self, event: Value, findings: Vec<Value>) {
        self.events.push(event);
        self.findings.extend(findings);
    }

    /// What an upper layer reads of the event: a fact for each that takes part, and its sums. `moved` rises or falls by `amount`.
    pub async fn ceded(&mut self, scope: &Scope, contract: &Contract, ceded: &Ceded<'_>) -> Result<(), Problem> {
        let Some(fixed) = &contract.fixed else { return Ok(()) };
        let small_agri = fixed.client_kind.is_small_agri();
        let (seq, head_hash) = (scope.seq().await?, scope.head_hash().await?);
        let layers = [
            ("provincial", Role::Provincial, fixed.provincial, fixed.provincial_fee),
            ("national", Role::National, fixed.national, fixed.national_fee),
        ];
        for (layer, role, upper, fee) in layers {
            let share = fixed.shares.of(role);
            let Some(upper) = upper.filter(|_| share > Rate::ZERO) else { continue };
            self.cessions.push(json!({
                "institution_id": scope.tenant().uuid(),
                "reguarantor_id": upper.uuid(),
                "event_id": ceded.event,
                "contract_id": contract.id.uuid(),
                "layer": layer,
                "kind": ceded.kind,
                "effective_on": ceded.effective_on,
                "number": contract.content.number,
                "client_kind": word_of(&fixed.client_kind)?,
                "region_code": fixed.region_code,
                "industry_code": fixed.industry_code,
                "bank_id": contract.content.bank,
                "loan_number": contract.content.loan_number,
                "start_day": contract.content.start,
                "end_day": contract.content.end,
                "amount_fen": contract.content.amount.fen(),
                "outstanding_fen": contract.outstanding.fen(),
                "fee_fen": fee.unwrap_or_default().fen(),
                "share_e10": e10_of(share)?,
                "seq": seq,
                "head_hash": format!("\\x{}", data_encoding::HEXLOWER.encode(&head_hash)),
                "agreement_id": contract.content.agreement,
                "approved_on": fixed.approved_on,
                "small_ticket": ceded.small_ticket,
            }));
            self.uppers.push(json!({
                "reguarantor_id": upper.uuid(),
                "share_e10": e10_of(share)?,
                "contracts": ceded.contracts,
                "outstanding_fen": ceded.amount.fen(),
                "small_agri_fen": if small_agri { ceded.amount.fen() } else { 0 },
            }));
        }
        Ok(())
    }
}

/// What an event means to the upper layers.
#[derive(Clone, Copy, Debug)]
pub struct Ceded<'a> {
    /// The event.
    pub event: Uuid,
    /// Its kind.
    pub kind: &'a str,
    /// The day it counts.
    pub effective_on: domain::value::Day,
    /// By how much the outstanding amount rose or fell.
    pub amount: Money,
    /// By how many the contracts in force rose or fell.
    pub contracts: i64,
    /// Of a contract that begins, whether its client has at most 500万 then.
    pub small_ticket: Option<bool>,
}

/// The arguments are texts: they are taken apart once, where they are written.
macro_rules! save_book {
    () => {
        "zengxin.save_book($1, $2::json, $3::json, $4::json, $5::json, $6::json, $7::json, $8::json, $9::json, $10::json, $11::json)"
    };
}

const SAVE: &str = concat!("SELECT ", save_book!());

const SAVE_AND_APPEND: &str =
    concat!("SELECT ", save_book!(), ", zengxin.append_audit($1, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)");

fn arguments(scope: &Scope, changes: Changes) -> [sea_orm::Value; 11] {
    let rows = |rows: Vec<Value>| Value::Array(rows).to_string().into();
    [
        scope.tenant().uuid().into(),
        rows(changes.contracts),
        rows(changes.events),
        rows(changes.findings),
        rows(changes.clients),
        rows(changes.positions),
        rows(changes.volumes),
        rows(changes.segments),
        rows(changes.quotas),
        rows(changes.cessions),
        rows(changes.uppers),
    ]
}

/// Saves what an event changes, in one message.
pub async fn save(scope: &Scope, changes: Changes) -> Result<(), Problem> {
    scope.tx().execute_raw(statement_of(SAVE, arguments(scope, changes))).await?;
    Ok(())
}

/// Saves what an event changes together with its audit entry, in one message, and makes both lasting: others wait for the lock until then.
pub async fn save_and_commit(scope: Scope, changes: Changes, record: Record) -> Result<(), Problem> {
    let head = scope.head().await?;
    let [_, entry @ ..] = journal::entry(&scope, head, Outcome::Done, record);
    let values = arguments(&scope, changes).into_iter().chain(entry);
    scope.tx().execute_raw(statement_of(SAVE_AND_APPEND, values)).await?;
    scope.commit_recorded().await
}

/// What of the book a contract moves: its item with the amount that comes or goes.
pub fn item_of(contract: &Contract, amount: Money) -> Option<Item> {
    contract.fixed.as_ref().map(|fixed| contract.content.item(fixed.client_kind).with_amount(amount))
}
