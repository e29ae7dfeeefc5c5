//! What is ceded to an upper layer, contract by contract: facts that the cedents state and the upper layer reads.

use super::{
    Scope,
    contract::rate_of,
    contract_event::EventKind,
    dated::day,
    filing::{self, Decision},
    known, of_word,
    place::{NoPlace, half, halves},
    statement_of, word_of,
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::{
    cession::Filing,
    client::ClientKind,
    risk::Role,
    value::{AgreementId, ContractId, Day, InstitutionId, Money, Rate},
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
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (cedent, contract) = halves(text)?;
        Ok(Self { cedent: InstitutionId::from_uuid(cedent), contract: ContractId::from_uuid(contract) })
    }
}

/// What an event of a contract told an upper layer.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The contract.
    pub key: Key,
    /// The event.
    pub event: Uuid,
    /// The cedent's name.
    pub cedent_name: String,
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
    /// As what the upper layer takes part.
    pub role: Role,
    /// The upper layer's share.
    pub share: Rate,
    /// The agreement that it was approved under; unknown of the oldest.
    pub agreement: Option<AgreementId>,
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
        let decided = self.decision.as_ref().map_or(Filing::Pending, |decision| decision.decision);
        if self.came_to_nothing() { decided.when_void() } else { decided }
    }

    /// Whether it was given up before any loan.
    pub fn came_to_nothing(&self) -> bool {
        matches!(self.fact.kind, EventKind::Cancelled | EventKind::Lapsed)
    }

    /// Its place in a list by waiting: the day since when it waits, and its key.
    pub fn place(&self, by: Order) -> Place {
        let waits_since = (by == Order::Oldest).then(|| self.fact.approved_on.unwrap_or(self.fact.start));
        Place { waits_since, key: self.fact.key }
    }
}

/// In which order a list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By cedents and their contracts.
    #[default]
    Cedent,
    /// The contract approved first comes first.
    Oldest,
}

/// A place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The day of the approval, or else of the beginning, in a list by it.
    pub waits_since: Option<Day>,
    /// The contract.
    pub key: Key,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.waits_since {
            Some(day) => write!(formatter, "{day}.{}", self.key),
            None => write!(formatter, "{}", self.key),
        }
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let key_alone = || Ok((None, half(text)?));
        let (waits_since, key) = halves(text).map(|(day, key)| (Some(day), key)).or_else(|_| key_alone())?;
        Ok(Self { waits_since, key })
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    institution_id: Uuid,
    cedent_name: String,
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
    layer: String,
    share_e10: i64,
    agreement_id: Option<Uuid>,
    approved_on: Option<NaiveDate>,
    seq: i64,
}

fn of_row(row: Row) -> Result<Fact, Problem> {
    let (cedent, contract) = (InstitutionId::from_uuid(row.institution_id), ContractId::from_uuid(row.contract_id));
    Ok(Fact {
        key: Key { cedent, contract },
        event: row.event_id,
        cedent_name: row.cedent_name,
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
        role: of_word(&row.layer)?,
        share: rate_of(row.share_e10),
        agreement: row.agreement_id.map(AgreementId::from_uuid),
        approved_on: row.approved_on.map(day).transpose()?,
        seq: row.seq,
    })
}

/// Which ceded contracts of a list.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Only this cedent's.
    pub cedent: Option<InstitutionId>,
    /// Only those whose filing stands so.
    pub filing: Option<Filing>,
    /// Only those whose number begins so.
    pub number: Option<String>,
    /// Only those of regions whose code begins so.
    pub region: Option<String>,
    /// Only those of such clients.
    pub client_kind: Option<ClientKind>,
    /// Only those with something outstanding, or only those without.
    pub live: Option<bool>,
    /// In which order.
    pub order: Order,
    /// The last of the page before.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: u64,
}

/// The columns of a fact `c` with the name of its cedent.
macro_rules! fact {
    ($rest:literal) => {
        concat!(
            "SELECT c.institution_id, i.name AS cedent_name, c.contract_id, c.event_id, c.kind, c.effective_on, c.number, c.client_kind, \
              c.region_code, c.industry_code, c.bank_id, c.loan_number, c.start_day, c.end_day, c.amount_fen, c.outstanding_fen, \
              c.fee_fen, c.layer, c.share_e10, c.agreement_id, c.approved_on, c.seq ",
            $rest
        )
    };
}

/// What stands of each contract that is sought, in an order: of an import, which says the beginning and the end in one number, the last id. $1 the upper layer, $2 cedent, $3 and $4 the last of the page before, $5 its
/// day, $6 filing, $7 number, $8 region, $9 client kind, $10 whether something is outstanding, $11 how many. What was decided is formed
/// first, from the upper layer's own rows: it is small beside what is ceded, and lies elsewhere when institutions are spread over machines.
macro_rules! list {
    ($read:literal, $shown:literal, $order:literal) => {
        concat!(
            "WITH decided AS MATERIALIZED (SELECT DISTINCT ON (f.cedent_id, f.contract_id) f.cedent_id, f.contract_id, f.decision \
              FROM zengxin.filing_decision f WHERE f.institution_id = $1 AND $6 IS NOT NULL AND ($2 IS NULL OR f.cedent_id = $2) \
              ORDER BY f.cedent_id, f.contract_id, f.seq DESC), \
            latest AS (SELECT DISTINCT ON (c.institution_id, c.contract_id) c.* FROM zengxin.cession c \
              WHERE c.reguarantor_id = $1 AND ($2 IS NULL OR c.institution_id = $2) AND ",
            $read,
            " ORDER BY c.institution_id, c.contract_id, c.seq DESC, c.event_id DESC) ",
            fact!(
                "FROM latest c JOIN zengxin.institution i ON i.id = c.institution_id \
                LEFT JOIN decided d ON d.cedent_id = c.institution_id AND d.contract_id = c.contract_id \
                WHERE ($6 IS NULL OR coalesce(d.decision, CASE WHEN c.kind IN ('cancelled', 'lapsed') THEN 'not_needed' ELSE 'pending' END) \
                  = $6) AND ($7 IS NULL OR starts_with(c.number, $7)) AND ($8 IS NULL OR starts_with(c.region_code, $8)) \
                AND ($9 IS NULL OR c.client_kind = $9) AND ($10 IS NULL OR (c.outstanding_fen > 0) = $10) AND "
            ),
            $shown,
            " ORDER BY ",
            $order,
            " LIMIT $11"
        )
    };
}

const BY_CEDENT: &str = list!(
    "($3 IS NULL OR (c.institution_id, c.contract_id) > ($3, $4))",
    "$5::date IS NULL",
    "c.institution_id, c.contract_id"
);

const BY_AGE: &str = list!(
    "true",
    "($3 IS NULL OR (coalesce(c.approved_on, c.start_day), c.institution_id, c.contract_id) > (coalesce($5, '-infinity'::date), $3, $4))",
    "coalesce(c.approved_on, c.start_day), c.institution_id, c.contract_id"
);

/// What is ceded to the institution, as it stands.
pub async fn list(scope: &Scope, sought: Sought) -> Result<Vec<Cession>, Problem> {
    let (sql, day) = match sought.order {
        Order::Cedent => (BY_CEDENT, None),
        Order::Oldest => (BY_AGE, sought.after.and_then(|after| after.waits_since)),
    };
    let values = [
        scope.tenant().uuid().into(),
        sought.cedent.map(InstitutionId::uuid).into(),
        sought.after.map(|after| after.key.cedent.uuid()).into(),
        sought.after.map(|after| after.key.contract.uuid()).into(),
        day.map(Day::date).into(),
        sought.filing.as_ref().map(word_of).transpose()?.into(),
        sought.number.into(),
        sought.region.into(),
        sought.client_kind.as_ref().map(word_of).transpose()?.into(),
        sought.live.into(),
        i64::try_from(sought.limit).unwrap_or(i64::MAX).into(),
    ];
    let rows = Row::find_by_statement(statement_of(sql, values)).all(scope.tx()).await?;
    let facts = rows.into_iter().map(of_row).collect::<Result<Vec<Fact>, Problem>>()?;
    let keys: Vec<Key> = facts.iter().map(|fact| fact.key).collect();
    let mut decisions = filing::latest(scope, &keys).await?;
    let stands = |fact: Fact| Cession { decision: decisions.remove(&fact.key), fact };
    Ok(facts.into_iter().map(stands).collect())
}

/// $1 the upper layer, $2 contract, $3 cedent.
const OF_CONTRACT: &str = fact!(
    "FROM zengxin.cession c JOIN zengxin.institution i ON i.id = c.institution_id \
    WHERE c.reguarantor_id = $1 AND c.contract_id = $2 AND ($3 IS NULL OR c.institution_id = $3) ORDER BY c.institution_id, c.seq, c.event_id"
);

/// Every fact about contracts of this id that are ceded to the institution, by cedent and in the order it happened; one cedent's alone,
/// when it is named.
pub async fn facts(scope: &Scope, contract: ContractId, cedent: Option<InstitutionId>) -> Result<Vec<Fact>, Problem> {
    let values = [scope.tenant().uuid().into(), contract.uuid().into(), cedent.map(InstitutionId::uuid).into()];
    let rows = Row::find_by_statement(statement_of(OF_CONTRACT, values)).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}
