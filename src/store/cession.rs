//! What is ceded to an upper layer, contract by contract: facts that the cedents state and the upper layer reads.

use super::{
    Scope,
    contract::rate_of,
    contract_event::EventKind,
    dated::day,
    filing::{self, Decision},
    known, of_word, statement_of, word_of,
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::{
    cession::Filing,
    client::ClientKind,
    value::{ContractId, Day, InstitutionId, Money, Rate},
};
use sea_orm::FromQueryResult;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A contract of a cedent: an id alone names a contract at its institution only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The cedent.
    pub cedent: InstitutionId,
    /// Its contract.
    pub contract: ContractId,
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.cedent, self.contract)
    }
}

impl FromStr for Key {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        let (cedent, contract) = text.split_once('.').unwrap_or((text, ""));
        Ok(Self {
            cedent: InstitutionId::from_uuid(cedent.parse()?),
            contract: ContractId::from_uuid(contract.parse()?),
        })
    }
}

/// What an event of a contract told an upper layer.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The contract.
    pub key: Key,
    /// The event.
    pub event: Uuid,
    /// What happened.
    pub kind: EventKind,
    /// The day it counts.
    pub effective_on: Day,
    /// The contract's number.
    pub number: String,
    /// Who the client was at approval.
    pub client_kind: ClientKind,
    /// Its region.
    pub region_code: String,
    /// Its industry.
    pub industry_code: Option<String>,
    /// The lending bank.
    pub bank: Option<Uuid>,
    /// The loan contract's number.
    pub loan_number: Option<String>,
    /// The first day of the term.
    pub start: Day,
    /// The day after the last of the term.
    pub end: Day,
    /// The guaranteed amount, whole.
    pub amount: Money,
    /// What is committed or outstanding, whole.
    pub outstanding: Money,
    /// The re-guarantee fee for the term, as the cedent states it.
    pub fee: Money,
    /// The upper layer's share.
    pub share: Rate,
    /// The day of the approval; unknown of the oldest.
    pub approved_on: Option<Day>,
    /// Its number in the cedent's journal.
    pub seq: i64,
}

/// A ceded contract as it stands.
#[derive(Clone, Debug)]
pub struct Cession {
    /// The newest fact.
    pub fact: Fact,
    /// What the upper layer has decided last.
    pub decision: Option<Decision>,
}

impl Cession {
    /// Where its filing stands.
    pub fn filing(&self) -> Filing {
        self.decision.as_ref().map_or(Filing::Pending, |decision| decision.decision)
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    institution_id: Uuid,
    contract_id: Uuid,
    event_id: Uuid,
    kind: String,
    effective_on: NaiveDate,
    number: String,
    client_kind: String,
    region_code: String,
    industry_code: Option<String>,
    bank_id: Option<Uuid>,
    loan_number: Option<String>,
    start_day: NaiveDate,
    end_day: NaiveDate,
    amount_fen: i64,
    outstanding_fen: i64,
    fee_fen: i64,
    share_e10: i64,
    approved_on: Option<NaiveDate>,
    seq: i64,
}

fn of_row(row: Row) -> Result<Fact, Problem> {
    let (cedent, contract) = (InstitutionId::from_uuid(row.institution_id), ContractId::from_uuid(row.contract_id));
    Ok(Fact {
        key: Key { cedent, contract },
        event: row.event_id,
        kind: known(&row.kind)?,
        effective_on: day(row.effective_on)?,
        number: row.number,
        client_kind: of_word(&row.client_kind)?,
        region_code: row.region_code,
        industry_code: row.industry_code,
        bank: row.bank_id,
        loan_number: row.loan_number,
        start: day(row.start_day)?,
        end: day(row.end_day)?,
        amount: Money::from_fen(row.amount_fen),
        outstanding: Money::from_fen(row.outstanding_fen),
        fee: Money::from_fen(row.fee_fen),
        share: rate_of(row.share_e10),
        approved_on: row.approved_on.map(day).transpose()?,
        seq: row.seq,
    })
}

/// Which ceded contracts of a list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sought {
    /// Only this cedent's.
    pub cedent: Option<InstitutionId>,
    /// Only those whose filing stands so.
    pub filing: Option<Filing>,
    /// The last of the page before.
    pub after: Option<Key>,
    /// At most so many.
    pub limit: u64,
}

/// $1 the upper layer, $2 cedent, $3 and $4 the last of the page before, $5 filing, $6 how many. What was decided is formed first, from
/// the upper layer's own rows: it is small beside what is ceded, and lies elsewhere when institutions are spread over machines.
const LIST: &str = "WITH decided AS MATERIALIZED (SELECT DISTINCT ON (f.cedent_id, f.contract_id) f.cedent_id, f.contract_id, f.decision \
      FROM zengxin.filing_decision f WHERE f.institution_id = $1 AND $5 IS NOT NULL \
      AND ($2 IS NULL OR f.cedent_id = $2) AND ($3 IS NULL OR (f.cedent_id, f.contract_id) > ($3, $4)) \
      ORDER BY f.cedent_id, f.contract_id, f.seq DESC), \
    latest AS (SELECT DISTINCT ON (c.institution_id, c.contract_id) c.* FROM zengxin.cession c \
      WHERE c.reguarantor_id = $1 AND ($2 IS NULL OR c.institution_id = $2) \
      AND ($3 IS NULL OR (c.institution_id, c.contract_id) > ($3, $4)) \
      ORDER BY c.institution_id, c.contract_id, c.seq DESC) \
    SELECT l.institution_id, l.contract_id, l.event_id, l.kind, l.effective_on, l.number, l.client_kind, l.region_code, l.industry_code, \
      l.bank_id, l.loan_number, l.start_day, l.end_day, l.amount_fen, l.outstanding_fen, l.fee_fen, l.share_e10, l.approved_on, l.seq \
    FROM latest l LEFT JOIN decided d ON d.cedent_id = l.institution_id AND d.contract_id = l.contract_id \
    WHERE $5 IS NULL OR coalesce(d.decision, 'pending') = $5 ORDER BY l.institution_id, l.contract_id LIMIT $6";

/// What is ceded to the institution, as it stands, in the order of cedents and their contracts.
pub async fn list(scope: &Scope, sought: Sought) -> Result<Vec<Cession>, Problem> {
    let values = [
        scope.tenant().uuid().into(),
        sought.cedent.map(InstitutionId::uuid).into(),
        sought.after.map(|after| after.cedent.uuid()).into(),
        sought.after.map(|after| after.contract.uuid()).into(),
        sought.filing.as_ref().map(word_of).transpose()?.into(),
        i64::try_from(sought.limit).unwrap_or(i64::MAX).into(),
    ];
    let rows = Row::find_by_statement(statement_of(LIST, values)).all(scope.tx()).await?;
    let facts = rows.into_iter().map(of_row).collect::<Result<Vec<Fact>, Problem>>()?;
    let keys: Vec<Key> = facts.iter().map(|fact| fact.key).collect();
    let mut decisions = filing::latest(scope, &keys).await?;
    let stands = |fact: Fact| Cession { decision: decisions.remove(&fact.key), fact };
    Ok(facts.into_iter().map(stands).collect())
}

/// $1 the upper layer, $2 contract, $3 cedent.
const OF_CONTRACT: &str = "SELECT c.institution_id, c.contract_id, c.event_id, c.kind, c.effective_on, c.number, c.client_kind, \
      c.region_code, c.industry_code, c.bank_id, c.loan_number, c.start_day, c.end_day, c.amount_fen, c.outstanding_fen, c.fee_fen, \
      c.share_e10, c.approved_on, c.seq \
    FROM zengxin.cession c WHERE c.reguarantor_id = $1 AND c.contract_id = $2 AND ($3 IS NULL OR c.institution_id = $3) \
    ORDER BY c.institution_id, c.seq";

/// Every fact about contracts of this id that are ceded to the institution, by cedent and in the order it happened; one cedent's alone,
/// when it is named.
pub async fn facts(scope: &Scope, contract: ContractId, cedent: Option<InstitutionId>) -> Result<Vec<Fact>, Problem> {
    let values = [scope.tenant().uuid().into(), contract.uuid().into(), cedent.map(InstitutionId::uuid).into()];
    let rows = Row::find_by_statement(statement_of(OF_CONTRACT, values)).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}
