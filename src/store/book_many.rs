//! What many events change at once, as arrays of columns: an earlier book that is taken over saves thousands in a message, and to take JSON
//! apart would cost the server more than to write the rows.

use super::{Scope, book::ClientRow, statement_of};
use crate::error::Problem;
use chrono::{DateTime, Utc};
use domain::value::Day;
use sea_orm::ConnectionTrait as _;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// From how many rows on they are sent as arrays.
pub(super) const MANY: usize = 50;

/// An event about to be saved, by the columns of its table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EventRow {
    pub(super) institution_id: Uuid,
    pub(super) id: Uuid,
    pub(super) contract_id: Uuid,
    pub(super) client_id: Uuid,
    pub(super) seq: i64,
    pub(super) kind: &'static str,
    pub(super) effective_on: Day,
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) actor_kind: &'static str,
    pub(super) actor_id: Option<Uuid>,
    pub(super) amount_fen: i64,
    pub(super) outstanding_fen: i64,
    pub(super) refund_fen: i64,
    pub(super) content_version: i64,
    pub(super) content_hash: Bytes,
    pub(super) reason: Option<String>,
    pub(super) reverses: Option<Uuid>,
    pub(super) rulebook: Option<&'static str>,
    pub(super) findings: Option<Box<RawValue>>,
    pub(super) creation_hash: Bytes,
    pub(super) small_ticket: Option<bool>,
}

/// Bytes, in JSON as PostgreSQL reads them.
#[derive(Clone, Debug)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("\\x{}", data_encoding::HEXLOWER.encode(&self.0)))
    }
}

/// A finding that does not pass, by the columns of its table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FindingRow {
    pub(super) institution_id: Uuid,
    pub(super) event_id: Uuid,
    pub(super) place: i32,
    pub(super) contract_id: Uuid,
    pub(super) rule: String,
    pub(super) outcome: &'static str,
    pub(super) seq: i64,
}

/// One column of rows.
fn column<R, T>(rows: &[R], of: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

/// $1 institution, $2 seq, $3 moment, $4 and $5 who, $6 the rulebook, then an array a column. An array leaves no place empty: what is none
/// stands as '', as the id of nobody or as -1.
const EVENTS: &str = "INSERT INTO zengxin.contract_event (institution_id, id, contract_id, client_id, seq, kind, effective_on, \
      recorded_at, actor_kind, actor_id, amount_fen, outstanding_fen, refund_fen, content_version, content_hash, reason, reverses, \
      rulebook, findings, creation_hash, small_ticket) \
    SELECT $1, u.id, u.contract_id, u.client_id, $2, u.kind, u.effective_on, $3, $4, $5, u.amount_fen, u.outstanding_fen, u.refund_fen, \
      u.content_version, u.content_hash, nullif(u.reason, ''), nullif(u.reverses, '00000000-0000-0000-0000-000000000000'), \
      CASE WHEN u.findings <> '' THEN $6 END, nullif(u.findings, '')::json, u.creation_hash, \
      CASE u.small_ticket WHEN 1 THEN true WHEN 0 THEN false END \
    FROM unnest($7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) AS u (id, contract_id, client_id, kind, \
      effective_on, amount_fen, outstanding_fen, refund_fen, content_version, content_hash, reason, reverses, findings, creation_hash, \
      small_ticket)";

/// Adds events that are recorded together.
pub(super) async fn insert_events(scope: &Scope, rows: &[EventRow]) -> Result<(), Problem> {
    let Some(first) = rows.first() else { return Ok(()) };
    let rulebook = rows.iter().find_map(|row| row.rulebook);
    let findings = |row: &EventRow| row.findings.as_ref().map(|json| json.get().to_owned()).unwrap_or_default();
    let small_ticket = |row: &EventRow| row.small_ticket.map_or(-1, i32::from);
    let values = [
        first.institution_id.into(),
        first.seq.into(),
        first.recorded_at.into(),
        first.actor_kind.into(),
        first.actor_id.into(),
        rulebook.into(),
        column(rows, |row| row.id).into(),
        column(rows, |row| row.contract_id).into(),
        column(rows, |row| row.client_id).into(),
        column(rows, |row| row.kind.to_owned()).into(),
        column(rows, |row| row.effective_on.date()).into(),
        column(rows, |row| row.amount_fen).into(),
        column(rows, |row| row.outstanding_fen).into(),
        column(rows, |row| row.refund_fen).into(),
        column(rows, |row| row.content_version).into(),
        column(rows, |row| row.content_hash.0.clone()).into(),
        column(rows, |row| row.reason.clone().unwrap_or_default()).into(),
        column(rows, |row| row.reverses.unwrap_or(Uuid::nil())).into(),
        column(rows, findings).into(),
        column(rows, |row| row.creation_hash.0.clone()).into(),
        column(rows, small_ticket).into(),
    ];
    scope.tx().execute_raw(statement_of(EVENTS, values)).await?;
    Ok(())
}

/// $1 institution, $2 seq, then an array a column.
const FINDINGS: &str = "INSERT INTO zengxin.contract_finding (institution_id, event_id, place, contract_id, rule, outcome, seq) \
    SELECT $1, u.event_id, u.place, u.contract_id, u.rule, u.outcome, $2 \
    FROM unnest($3, $4, $5, $6, $7) AS u (event_id, place, contract_id, rule, outcome)";

/// Adds the findings of events that are recorded together.
pub(super) async fn insert_findings(scope: &Scope, rows: &[FindingRow]) -> Result<(), Problem> {
    let Some(first) = rows.first() else { return Ok(()) };
    let values = [
        first.institution_id.into(),
        first.seq.into(),
        column(rows, |row| row.event_id).into(),
        column(rows, |row| row.place).into(),
        column(rows, |row| row.contract_id).into(),
        column(rows, |row| row.rule.clone()).into(),
        column(rows, |row| row.outcome.to_owned()).into(),
    ];
    scope.tx().execute_raw(statement_of(FINDINGS, values)).await?;
    Ok(())
}

/// $1 institution, then an array a column.
const CLIENTS: &str = "INSERT INTO zengxin.client_exposure (institution_id, party_id, total_fen, small_agri_fen, small_loan_fen, \
      farmer_loan_fen, other_loan_fen, rated_bond_fen, other_bond_fen, housing_fen, other_fen, regulator_small_fen, \
      regulator_small_credit_fen) \
    SELECT $1, u.* FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS u \
    ON CONFLICT (institution_id, party_id) DO UPDATE SET total_fen = excluded.total_fen, small_agri_fen = excluded.small_agri_fen, \
      small_loan_fen = excluded.small_loan_fen, farmer_loan_fen = excluded.farmer_loan_fen, other_loan_fen = excluded.other_loan_fen, \
      rated_bond_fen = excluded.rated_bond_fen, other_bond_fen = excluded.other_bond_fen, housing_fen = excluded.housing_fen, \
      other_fen = excluded.other_fen, regulator_small_fen = excluded.regulator_small_fen, \
      regulator_small_credit_fen = excluded.regulator_small_credit_fen";

/// What clients have now.
pub(super) async fn set_clients(scope: &Scope, rows: &[ClientRow]) -> Result<(), Problem> {
    let mut values = vec![scope.tenant().uuid().into(), column(rows, |row| row.party_id).into()];
    let figures = rows.iter().map(ClientRow::figures).collect::<Vec<[i64; 11]>>();
    for place in 0..11 {
        values.push(column(&figures, |of| of.get(place).copied().unwrap_or_default()).into());
    }
    scope.tx().execute_raw(statement_of(CLIENTS, values)).await?;
    Ok(())
}
