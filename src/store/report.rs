//! The lists behind the figures of a book on a day: what is outstanding of each contract, the clients, what was charged off.

use super::{Scope, contract::rate_of, dated::day, statement_of};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::value::{Day, Money, PartyId, Rate};
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// A contract with what is outstanding of it on a day.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub number: String,
    /// In whose book it counts.
    pub client_id: PartyId,
    /// The client's name.
    pub client: String,
    /// What is guaranteed.
    pub kind: String,
    /// Who the client was when it was approved.
    pub client_kind: String,
    /// The client's region then.
    pub region_code: String,
    /// The client's industry then.
    pub industry_code: Option<String>,
    /// The first day of its term.
    pub start: Day,
    /// The day after the last.
    pub end: Day,
    /// The guaranteed amount.
    pub amount: Money,
    /// What is outstanding on the day.
    pub outstanding: Money,
    /// The bank's share of the risk.
    pub bank_share: Rate,
}

#[derive(Debug, FromQueryResult)]
struct LineRead {
    number: String,
    client_id: Uuid,
    client: String,
    kind: String,
    client_kind: String,
    region_code: String,
    industry_code: Option<String>,
    start_day: NaiveDate,
    end_day: NaiveDate,
    amount_fen: i64,
    outstanding_fen: i64,
    bank_share_e10: i64,
}

/// $1 institution, $2 day, $3 whether of every contract that had begun.
const LINES: &str = "SELECT c.number, c.client_id, p.name AS client, c.kind, c.client_kind, c.region_code, c.industry_code, c.start_day, c.end_day, \
      c.amount_fen, o.fen AS outstanding_fen, c.bank_share_e10 \
    FROM (SELECT e.contract_id, sum(e.amount_fen)::bigint AS fen FROM zengxin.contract_event e \
      WHERE e.institution_id = $1 AND e.effective_on <= $2 AND e.amount_fen <> 0 GROUP BY e.contract_id) o \
    JOIN zengxin.contract c ON c.institution_id = $1 AND c.id = o.contract_id \
    JOIN zengxin.party p ON p.institution_id = $1 AND p.id = c.client_id \
    WHERE (o.fen > 0 OR ($3 AND c.begun_on <= $2)) AND c.bank_share_e10 IS NOT NULL ORDER BY c.number";

/// The contracts of a day by their numbers: those with something outstanding, or with `all` every one that had begun by then.
pub async fn lines(scope: &Scope, on: Day, all: bool) -> Result<Vec<Line>, Problem> {
    let values = [scope.tenant().uuid().into(), on.date().into(), all.into()];
    let rows = LineRead::find_by_statement(statement_of(LINES, values)).all(scope.tx()).await?;
    let line = |row: LineRead| {
        Ok(Line {
            number: row.number,
            client_id: PartyId::from_uuid(row.client_id),
            client: row.client,
            kind: row.kind,
            client_kind: row.client_kind,
            region_code: row.region_code,
            industry_code: row.industry_code,
            start: day(row.start_day)?,
            end: day(row.end_day)?,
            amount: Money::from_fen(row.amount_fen),
            outstanding: Money::from_fen(row.outstanding_fen),
            bank_share: rate_of(row.bank_share_e10),
        })
    };
    rows.into_iter().map(line).collect()
}

/// A contract of which something was charged off in an earlier book.
#[derive(Clone, Debug)]
pub struct ChargedOff {
    /// Its number.
    pub number: String,
    /// The name of whose book it counts in.
    pub client: String,
    /// The client's industry, where it is known.
    pub industry_code: Option<String>,
    /// The day, where it is known.
    pub on: Option<Day>,
    /// How much.
    pub amount: Money,
}

#[derive(Debug, FromQueryResult)]
struct ChargedOffRead {
    number: String,
    client: String,
    industry_code: Option<String>,
    charged_off_on: Option<NaiveDate>,
    charged_off_fen: i64,
}

const CHARGED_OFF: &str = "SELECT c.number, p.name AS client, c.industry_code, c.charged_off_on, c.charged_off_fen \
    FROM zengxin.contract c JOIN zengxin.party p ON p.institution_id = c.institution_id AND p.id = c.client_id \
    WHERE c.institution_id = $1 AND c.charged_off_fen IS NOT NULL AND (c.charged_off_on IS NULL OR c.charged_off_on <= $2) \
    ORDER BY c.charged_off_on, c.number";

/// What was charged off up to a day, in the order of the days; what has no day is last.
pub async fn charged_off(scope: &Scope, on: Day) -> Result<Vec<ChargedOff>, Problem> {
    let values = [scope.tenant().uuid().into(), on.date().into()];
    let rows = ChargedOffRead::find_by_statement(statement_of(CHARGED_OFF, values)).all(scope.tx()).await?;
    let charged_off = |row: ChargedOffRead| {
        Ok(ChargedOff {
            number: row.number,
            client: row.client,
            industry_code: row.industry_code,
            on: row.charged_off_on.map(day).transpose()?,
            amount: Money::from_fen(row.charged_off_fen),
        })
    };
    rows.into_iter().map(charged_off).collect()
}
