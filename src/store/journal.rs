//! The end of an institution's journal, and the audit chain that it closes.

use super::{Scope, statement_of};
use crate::{
    auth::{Action, words},
    error::Problem,
};
use chrono::{DateTime, Utc};
use entity::{audit_entry, journal_head};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The hash before the first entry.
const BEGINNING: [u8; 32] = [0; 32];

/// How many entries are verified at once.
const PAGE: u64 = 1_000;

/// The locked end of the journal.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    seq: i64,
    hash: [u8; 32],
}

impl Head {
    /// The end of a journal that was locked together with other rows.
    pub(super) const fn held(seq: i64, hash: [u8; 32]) -> Self {
        Self { seq, hash }
    }

    /// The hash that ends the chain.
    pub(super) const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The number of the next fact.
    pub(super) fn next(&self) -> i64 {
        self.seq.saturating_add(1)
    }
}

words! {
    /// How a recorded action ended.
    Outcome {
        /// It was done.
        Done = "done",
        /// It was refused.
        Refused = "refused",
    }
}

/// What an audit entry says beyond who, when and which action. No personal data: the list cannot forget.
#[derive(Clone, Debug)]
pub struct Record {
    object_kind: &'static str,
    object_id: Option<Uuid>,
    detail: Map<String, Value>,
}

impl Record {
    /// Something was done to this object.
    pub fn of(object_kind: &'static str, object_id: Option<Uuid>) -> Self {
        Self { object_kind, object_id, detail: Map::new() }
    }

    /// And this is worth knowing about it.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }
}

/// One line of the audit list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number; counts up by one.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// person, machine, nobody or operator.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Option<Uuid>,
    /// What was to be done.
    pub action: String,
    /// done or refused.
    pub outcome: String,
    /// What kind of thing it was done to.
    pub object_kind: String,
    /// Which one.
    pub object_id: Option<Uuid>,
    /// More, as a JSON object.
    pub detail: Value,
    /// The hash that ends the chain here.
    pub hash: Vec<u8>,
}

/// The first place where the chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The entry with this number is missing.
    Missing(i64),
    /// The entry with this number, or the hash before it, was changed.
    Changed(i64),
    /// The entries hold, but the head says that this one is the last.
    Head(i64),
}

/// Locks the end of the journal; makes it when the institution has none yet.
pub(super) async fn lock(scope: &Scope) -> Result<Head, Problem> {
    let find =
        || scope.rows::<journal_head::Entity>(journal_head::Column::InstitutionId).lock_exclusive().one(scope.tx());
    let row = match find().await? {
        Some(row) => row,
        None => {
            let beginning = journal_head::ActiveModel {
                institution_id: Set(scope.tenant().uuid()),
                seq: Set(0),
                hash: Set(BEGINNING.to_vec()),
                facts_seq: Set(0),
            };
            super::insert_once(scope, beginning).await?;
            find().await?.ok_or_else(Problem::internal)?
        }
    };
    let hash = row.hash.try_into().map_err(|_| Problem::internal())?;
    Ok(Head { seq: row.seq, hash })
}

const APPEND: &str = "SELECT zengxin.append_audit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Writes the entry and moves the locked head past it, with the mark of facts that changed.
pub(super) async fn append(scope: &Scope, head: &Head, outcome: Outcome, record: Record) -> Result<(), Problem> {
    scope.tx().execute_raw(statement_of(APPEND, entry(scope, head, outcome, record))).await?;
    Ok(())
}

/// The arguments of `append_audit`, the institution first.
pub(super) fn entry(scope: &Scope, head: &Head, outcome: Outcome, record: Record) -> [sea_orm::Value; 12] {
    let changes_facts = outcome == Outcome::Done && scope.action().changes_facts();
    let entry = audit_entry::Model {
        institution_id: scope.tenant().uuid(),
        seq: head.next(),
        at: scope.now(),
        actor_kind: scope.actor().kind().to_owned(),
        actor_id: scope.actor().id(),
        action: scope.action().word().to_owned(),
        outcome: outcome.word().to_owned(),
        object_kind: record.object_kind.to_owned(),
        object_id: record.object_id,
        detail: Value::Object(record.detail).to_string(),
        hash: Vec::new(),
    };
    let hash = link(&head.hash, &entry);
    [
        entry.institution_id.into(),
        entry.seq.into(),
        entry.at.into(),
        entry.actor_kind.into(),
        entry.actor_id.into(),
        entry.action.into(),
        entry.outcome.into(),
        entry.object_kind.into(),
        entry.object_id.into(),
        entry.detail.into(),
        hash.to_vec().into(),
        changes_facts.into(),
    ]
}

/// The hash of an entry after the hash before it: SHA-256 over every column, each with its length before it.
fn link(before: &[u8], entry: &audit_entry::Model) -> [u8; 32] {
    let id = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
    let fields = [
        before.to_vec(),
        entry.institution_id.as_bytes().to_vec(),
        entry.seq.to_be_bytes().to_vec(),
        entry.at.timestamp_micros().to_be_bytes().to_vec(),
        entry.actor_kind.as_bytes().to_vec(),
        id(entry.actor_id),
        entry.action.as_bytes().to_vec(),
        entry.outcome.as_bytes().to_vec(),
        entry.object_kind.as_bytes().to_vec(),
        id(entry.object_id),
        entry.detail.as_bytes().to_vec(),
    ];
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().into()
}

/// Which audit entries are wanted: all that are as every field says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// What was to be done.
    pub action: Option<Action>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Who did it.
    pub actor_id: Option<Uuid>,
}

/// At most `limit` of the entries wanted, newest first, older than `before`.
pub async fn list(scope: &Scope, wanted: Wanted, before: Option<i64>, limit: u64) -> Result<Vec<Entry>, Problem> {
    let Wanted { action, outcome, actor_id } = wanted;
    let mut rows = scope.rows::<audit_entry::Entity>(audit_entry::Column::InstitutionId);
    if let Some(action) = action {
        rows = rows.filter(audit_entry::Column::Action.eq(action.word()));
    }
    if let Some(outcome) = outcome {
        rows = rows.filter(audit_entry::Column::Outcome.eq(outcome.word()));
    }
    if let Some(actor_id) = actor_id {
        rows = rows.filter(audit_entry::Column::ActorId.eq(actor_id));
    }
    if let Some(before) = before {
        rows = rows.filter(audit_entry::Column::Seq.lt(before));
    }
    let rows = rows.order_by_desc(audit_entry::Column::Seq).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(entry_of).collect()
}

fn entry_of(row: audit_entry::Model) -> Result<Entry, Problem> {
    let audit_entry::Model {
        institution_id: _,
        seq,
        at,
        actor_kind,
        actor_id,
        action,
        outcome,
        object_kind,
        object_id,
        detail,
        hash,
    } = row;
    let detail = serde_json::from_str(&detail).unwrap_or(Value::String(detail));
    Ok(Entry { seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, hash })
}

/// Recomputes the whole chain: how many entries hold, or the first that does not.
pub async fn verify(scope: &Scope) -> Result<Result<i64, Broken>, Problem> {
    debug_assert_eq!(scope.action(), Action::VerifyAudit);
    // Locked, so that no entry is added between the last page and the look at the head.
    let head = lock(scope).await?;
    let (mut last, mut before) = (0_i64, BEGINNING);
    loop {
        let rows = scope.rows::<audit_entry::Entity>(audit_entry::Column::InstitutionId);
        let rows = rows.filter(audit_entry::Column::Seq.gt(last)).order_by_asc(audit_entry::Column::Seq).limit(PAGE);
        let page = rows.all(scope.tx()).await?;
        if page.is_empty() {
            let whole = last == head.seq && before == head.hash;
            let missing = last < head.seq;
            return Ok(match (whole, missing) {
                (true, _) => Ok(last),
                (false, true) => Err(Broken::Missing(last.saturating_add(1))),
                (false, false) => Err(Broken::Head(head.seq)),
            });
        }
        for entry in page {
            let expected = last.saturating_add(1);
            if entry.seq != expected {
                return Ok(Err(Broken::Missing(expected)));
            }
            let hash = link(&before, &entry);
            if entry.hash != hash {
                return Ok(Err(Broken::Changed(entry.seq)));
            }
            (last, before) = (entry.seq, hash);
        }
    }
}
