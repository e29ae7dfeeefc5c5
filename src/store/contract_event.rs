//! What happened to contracts, with the findings of each decision, and the exceptions that second persons granted.

use super::{
    Scope,
    around::shaped,
    book::Changes,
    book_many::{Bytes, EventRow, FindingRow},
    contract::Contract,
    dated::day,
    known,
    place::{NoPlace, half, halves},
    put::{insert_once, or_busy, repeated},
    violates,
};
use crate::{
    auth::words,
    error::Problem,
    finding::{FindingOut, OutcomeOut},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::{ContractId, Day, Money, UserId};
use entity::{contract_event, contract_exception};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{BinOper, Expr, ExprTrait as _},
};
use std::{fmt, str::FromStr};
use uuid::Uuid;

words! {
    /// 合同事项。What happened to a contract.
    EventKind {
        /// 提交审批。
        Submitted = "submitted",
        /// 撤回。
        Withdrawn = "withdrawn",
        /// 退回。
        Rejected = "rejected",
        /// 按规定不得办理；合同未变。
        Refused = "refused",
        /// 审批通过。
        Approved = "approved",
        /// 取消。
        Cancelled = "cancelled",
        /// 逾期未放款而失效。
        Lapsed = "lapsed",
        /// 放款，担保生效。
        Disbursed = "disbursed",
        /// 解保。
        Released = "released",
        /// 冲正一次解保。
        ReleaseReversed = "release_reversed",
        /// 按某日规则重新评估；合同未变。
        Evaluated = "evaluated",
        /// 随既有业务承接：按原样记录，担保自其起始日计。
        TakenOver = "taken_over",
        /// 落实上级机构的备案决定；合同未变。
        FilingApplied = "filing_applied",
    }
}

/// What happened to a contract.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id: that of the act.
    pub id: Uuid,
    /// The contract.
    pub contract: ContractId,
    /// What it was.
    pub kind: EventKind,
    /// The day it counts.
    pub effective_on: Day,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// person, machine or operator.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Option<Uuid>,
    /// By how much the outstanding amount rose or fell.
    pub amount: Money,
    /// What is outstanding after it.
    pub outstanding: Money,
    /// What of the fee is refunded by the agreement.
    pub refund: Money,
    /// The content it was about.
    pub content_version: i64,
    /// Why, in words.
    pub reason: Option<String>,
    /// The event that it reverses.
    pub reverses: Option<Uuid>,
    /// SHA-256 of the rulebook it was judged by.
    pub rulebook: Option<String>,
    /// Every finding of the decision.
    pub findings: Vec<FindingOut>,
    /// Its number in the institution's journal.
    pub seq: i64,
}

/// An event about to be saved.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Its id: that of the act.
    pub id: Uuid,
    /// What it is.
    pub kind: EventKind,
    /// The day it counts.
    pub effective_on: Day,
    /// By how much the outstanding amount rises or falls.
    pub amount: Money,
    /// What of the fee is refunded.
    pub refund: Money,
    /// Why, in words.
    pub reason: Option<String>,
    /// The event that it reverses.
    pub reverses: Option<Uuid>,
    /// Every finding of the decision; none when nothing was judged.
    pub findings: Option<Vec<FindingOut>>,
    /// Of a beginning, whether the client was one of at most 500万 with the contract.
    pub small_ticket: Option<bool>,
    /// SHA-256 of the request that made it.
    pub hash: Vec<u8>,
}

impl NewEvent {
    /// An event that moves and judges nothing.
    pub fn plain(id: Uuid, kind: EventKind, effective_on: Day, hash: Vec<u8>) -> Self {
        let nothing = Money::ZERO;
        Self {
            id,
            kind,
            effective_on,
            amount: nothing,
            refund: nothing,
            reason: None,
            reverses: None,
            findings: None,
            small_ticket: None,
            hash,
        }
    }
}

fn of_row(row: contract_event::Model) -> Result<Event, Problem> {
    Ok(Event {
        id: row.id,
        contract: ContractId::from_uuid(row.contract_id),
        kind: known(&row.kind)?,
        effective_on: day(row.effective_on)?,
        recorded_at: row.recorded_at,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        amount: Money::from_fen(row.amount_fen),
        outstanding: Money::from_fen(row.outstanding_fen),
        refund: Money::from_fen(row.refund_fen),
        content_version: row.content_version,
        reason: row.reason,
        reverses: row.reverses,
        rulebook: row.rulebook,
        findings: row.findings.map_or_else(|| Ok(Vec::new()), shaped)?,
        seq: row.seq,
    })
}

/// Adds an event of a contract, as it stands after it, to what is to be saved; takes the journal's next number.
pub async fn record(
    scope: &Scope,
    changes: &mut Changes,
    contract: &Contract,
    new: NewEvent,
) -> Result<Event, Problem> {
    let seq = scope.seq().await?;
    let findings = new.findings.as_ref().map(serde_json::value::to_raw_value).transpose();
    let rulebook = new.findings.is_some().then(crate::rulebook::digest);
    let institution_id = scope.tenant().uuid();
    let event = EventRow {
        institution_id,
        id: new.id,
        contract_id: contract.id.uuid(),
        client_id: contract.client.uuid(),
        seq,
        kind: new.kind.word(),
        effective_on: new.effective_on,
        recorded_at: scope.now(),
        actor_kind: scope.actor().kind(),
        actor_id: scope.actor().id(),
        amount_fen: new.amount.fen(),
        outstanding_fen: contract.outstanding.fen(),
        refund_fen: new.refund.fen(),
        content_version: contract.content_version,
        content_hash: Bytes(contract.content_hash.clone()),
        reason: new.reason.clone(),
        reverses: new.reverses,
        rulebook,
        findings: findings.map_err(|_| Problem::internal())?,
        creation_hash: Bytes(new.hash),
        small_ticket: new.small_ticket,
    };
    let shown =
        new.findings.iter().flatten().filter_map(|finding| open_outcome(finding.outcome).map(|word| (finding, word)));
    let rows = (0_i32..).zip(shown).map(|(place, (finding, outcome))| FindingRow {
        institution_id,
        event_id: new.id,
        place,
        contract_id: contract.id.uuid(),
        rule: finding.rule.clone().into_owned(),
        outcome,
        seq,
    });
    changes.event(event, rows);
    Ok(Event {
        id: new.id,
        contract: contract.id,
        kind: new.kind,
        effective_on: new.effective_on,
        recorded_at: scope.now(),
        actor_kind: scope.actor().kind().to_owned(),
        actor_id: scope.actor().id(),
        amount: new.amount,
        outstanding: contract.outstanding,
        refund: new.refund,
        content_version: contract.content_version,
        reason: new.reason,
        reverses: new.reverses,
        rulebook: rulebook.map(str::to_owned),
        findings: new.findings.unwrap_or_default(),
        seq,
    })
}

/// The word of an outcome that is kept as a row of its own: whatever does not pass.
const fn open_outcome(outcome: OutcomeOut) -> Option<&'static str> {
    match outcome {
        OutcomeOut::Refuse => Some("refuse"),
        OutcomeOut::NeedsException => Some("needs_exception"),
        OutcomeOut::Advise => Some("advise"),
        OutcomeOut::NotAssessed => Some("not_assessed"),
        OutcomeOut::Pass | OutcomeOut::NotApplicable => None,
    }
}

/// What this act did before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Event>, Problem> {
    use contract_event::Column;
    let row =
        scope.rows::<contract_event::Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// An event of a contract; 404 when it has none with this id.
pub async fn get(scope: &Scope, contract: ContractId, id: Uuid) -> Result<Event, Problem> {
    use contract_event::Column;
    let rows = scope.rows::<contract_event::Entity>(Column::InstitutionId).filter(Column::Id.eq(id));
    let row = rows.filter(Column::ContractId.eq(contract.uuid())).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Whether an event was reversed.
pub async fn is_reversed(scope: &Scope, id: Uuid) -> Result<bool, Problem> {
    use contract_event::Column;
    let rows = scope.rows::<contract_event::Entity>(Column::InstitutionId).filter(Column::Reverses.eq(id));
    Ok(rows.one(scope.tx()).await?.is_some())
}

/// A place in what happened to a contract. A number alone is none: an import says the beginning and the end of a contract in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number in the institution's journal.
    pub seq: i64,
    /// The event.
    pub event: Uuid,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.seq, self.event)
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        // A number alone is what a page of an earlier version of the program gave: behind every event of the number, as it meant it.
        let (seq, event) = halves(text).or_else(|_| Ok((half(text)?, Uuid::max())))?;
        Ok(Self { seq, event })
    }
}

/// What happened to a contract, in the order it happened, after a place.
pub async fn list(
    scope: &Scope,
    contract: ContractId,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Event>, Problem> {
    use contract_event::Column;
    let mut rows =
        scope.rows::<contract_event::Entity>(Column::InstitutionId).filter(Column::ContractId.eq(contract.uuid()));
    if let Some(Place { seq, event }) = after {
        let place = Expr::tuple([Expr::col(Column::Seq), Expr::col(Column::Id)]);
        let key = Expr::tuple([Expr::value(seq), Expr::value(event)]);
        rows = rows.filter(place.binary(BinOper::GreaterThan, key));
    }
    let rows = rows.order_by_asc(Column::Seq).order_by_asc(Column::Id).limit(limit);
    rows.all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// A written exception.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its id.
    pub id: Uuid,
    /// The contract.
    pub contract: ContractId,
    /// The rule.
    pub rule: String,
    /// The content it is for.
    pub content_version: i64,
    /// Why, in words.
    pub reason: String,
    /// The last day on which the contract may be approved by it.
    pub expires_on: Day,
    /// Who granted it.
    pub granted_by: UserId,
    /// The day it was granted.
    pub granted_on: NaiveDate,
    /// Its number in the institution's journal.
    pub seq: i64,
}

/// An exception about to be granted.
#[derive(Clone, Debug)]
pub struct NewException {
    /// Its id.
    pub id: Uuid,
    /// The rule.
    pub rule: String,
    /// Why, in words.
    pub reason: String,
    /// The last day on which the contract may be approved by it.
    pub expires_on: Day,
}

fn exception_of(row: contract_exception::Model) -> Result<Exception, Problem> {
    Ok(Exception {
        id: row.id,
        contract: ContractId::from_uuid(row.contract_id),
        rule: row.rule,
        content_version: row.content_version,
        reason: row.reason,
        expires_on: day(row.expires_on)?,
        granted_by: UserId::from_uuid(row.granted_by),
        granted_on: row.granted_on,
        seq: row.seq,
    })
}

/// The exception this request granted before; 409 when the id is another's.
pub async fn find_repeated_exception(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Exception>, Problem> {
    use contract_exception::Column;
    let rows = scope.rows::<contract_exception::Entity>(Column::InstitutionId).filter(Column::Id.eq(id));
    let row = rows.one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(exception_of).transpose()
}

/// The exception for a rule that serves the present content of a contract on a day; none when there never was one, or it has expired.
pub async fn standing_exception(
    scope: &Scope,
    contract: &Contract,
    rule: &str,
    on: Day,
) -> Result<Option<Exception>, Problem> {
    use contract_exception::Column;
    let rows = scope.rows::<contract_exception::Entity>(Column::InstitutionId);
    let rows = rows.filter(Column::ContractId.eq(contract.id.uuid())).filter(Column::Rule.eq(rule));
    let rows =
        rows.filter(Column::ContentVersion.eq(contract.content_version)).filter(Column::ExpiresOn.gte(on.date()));
    rows.one(scope.tx()).await?.map(exception_of).transpose()
}

/// Grants an exception for the content a locked contract has now. The lock lets nobody grant another between the look for one that stands
/// and this; one that has expired does not stand in its way.
pub async fn grant_exception(
    scope: &Scope,
    contract: &Contract,
    new: NewException,
    hash: Vec<u8>,
) -> Result<Exception, Problem> {
    let row = contract_exception::Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        contract_id: contract.id.uuid(),
        rule: new.rule,
        content_version: contract.content_version,
        reason: new.reason,
        expires_on: new.expires_on.date(),
        granted_by: scope.person()?.uuid(),
        granted_on: scope.today(),
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    match insert_once(scope, row.clone().into_active_model().reset_all()).await {
        Err(error) if violates(&error, "contract_exception_once") => return Err(Problem::busy()),
        inserted => or_busy(inserted?)?,
    }
    exception_of(row)
}

/// The exceptions of a contract, in the order they were granted.
pub async fn exceptions(scope: &Scope, contract: ContractId) -> Result<Vec<Exception>, Problem> {
    use contract_exception::Column;
    let rows = scope.rows::<contract_exception::Entity>(Column::InstitutionId);
    let rows = rows.filter(Column::ContractId.eq(contract.uuid())).order_by_asc(Column::Seq).all(scope.tx()).await?;
    rows.into_iter().map(exception_of).collect()
}

/// Adds an event that changes no book, with a message of its own.
pub async fn insert(scope: &Scope, contract: &Contract, new: NewEvent) -> Result<Event, Problem> {
    let mut changes = Changes::default();
    let event = record(scope, &mut changes, contract, new).await?;
    super::book::save(scope, changes).await?;
    Ok(event)
}
