//! What servers are to do with files of earlier books: who is at it, how far it is, and what is wrong with which row.

use super::{
    Scope,
    import::Counts,
    known,
    put::{insert_once, or_busy, repeated},
    statement_of, violates,
};
use crate::{
    auth::words,
    error::{Problem, ProblemOut},
    finding::OutcomeOut,
};
use chrono::{DateTime, Utc};
use domain::value::UserId;
use entity::import_job::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait as _, FromQueryResult, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

words! {
    /// 任务状态。Where an import stands.
    JobState {
        /// 等待中。No server has taken it yet.
        Queued = "queued",
        /// 进行中。A server is at it.
        Running = "running",
        /// 已完成。Every row is done with.
        Done = "done",
        /// 失败。It cannot be done; the problem says why.
        Failed = "failed",
        /// 已取消。It was ended before its last row.
        Cancelled = "cancelled",
    }
}

impl JobState {
    /// Whether nothing more happens.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// How often a rule came to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// The rule.
    pub rule: String,
    /// What it came to.
    pub outcome: OutcomeOut,
    /// For how many contracts.
    pub contracts: u64,
}

/// How often a fault was found in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultCount {
    /// The column.
    pub column: String,
    /// The fault.
    pub code: String,
    /// What it says.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// In how many rows.
    pub rows: u64,
}

/// What is to be done with a file.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// The file.
    pub file: Uuid,
    /// The mapping that was chosen, and its version; none when it was stated for this alone.
    pub mapping_of: Option<(Uuid, i64)>,
    /// The mapping's text.
    pub mapping: String,
    /// Of a taking over, the trial that it rests on; a trial has none.
    pub check: Option<Uuid>,
    /// Where it stands.
    pub state: JobState,
    /// Counts up with every change.
    pub version: i64,
    /// The request that it be ended.
    pub cancel: Option<Uuid>,
    /// How many rows the file has.
    pub rows: u64,
    /// How many of them are done with.
    pub done: u64,
    /// What became of them.
    pub counts: Counts,
    /// What the rules came to, once it has ended.
    pub findings: Vec<RuleCount>,
    /// What the faults came to.
    pub faults: Vec<FaultCount>,
    /// Why it failed.
    pub problem: Option<serde_json::Value>,
    /// The run of the file, under which its contracts are found.
    pub run: Option<Uuid>,
    /// Who asked for it.
    pub started_by: UserId,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// When a server first began.
    pub began_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its number in the journal.
    pub seq: i64,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "what an import came to cannot be read");
        Problem::internal()
    })
}

fn written(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "what an import came to cannot be written down");
        Problem::internal()
    })
}

fn count(count: i64) -> Result<u64, Problem> {
    u64::try_from(count).map_err(|_| Problem::internal())
}

fn kept(count: u64) -> Result<i64, Problem> {
    i64::try_from(count).map_err(|_| Problem::out_of_range())
}

fn of_row(row: Model) -> Result<Job, Problem> {
    Ok(Job {
        id: row.id,
        file: row.file_id,
        mapping_of: row.mapping_id.zip(row.mapping_version),
        mapping: row.mapping,
        check: row.check_id,
        state: known(&row.state)?,
        version: row.version,
        cancel: row.cancel_id,
        rows: count(row.rows)?,
        done: count(row.done)?,
        counts: Counts { imported: count(row.imported)?, unchanged: count(row.unchanged)?, bad: count(row.bad)? },
        findings: read(&row.findings)?,
        faults: read(&row.faults)?,
        problem: row.problem.as_deref().map(read).transpose()?,
        run: row.run_id,
        started_by: UserId::from_uuid(row.started_by),
        requested_at: row.requested_at,
        began_at: row.began_at,
        ended_at: row.ended_at,
        seq: row.seq,
    })
}

/// The job that this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Job>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// A job of the institution; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Job, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The same, locked until the scope ends.
pub async fn lock(scope: &Scope, id: Uuid) -> Result<Job, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).lock_exclusive();
    rows.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Which jobs are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Only in this state.
    pub state: Option<JobState>,
    /// Only trials, or only what takes over.
    pub takes_over: Option<bool>,
    /// Only trials that the caller may have taken over now.
    pub to_decide: bool,
}

/// A trial that ended well and found something, that nobody has taken over or is about to, of a file that is still kept; tried and brought
/// by others than $1.
const TO_DECIDE: &str = "import_job.check_id IS NULL AND import_job.state = 'done' AND import_job.imported > 0 \
    AND import_job.started_by <> $1 \
    AND EXISTS (SELECT FROM zengxin.import_file f WHERE f.institution_id = import_job.institution_id AND f.id = import_job.file_id \
      AND f.forgotten_at IS NULL AND f.uploaded_by <> $1) \
    AND NOT EXISTS (SELECT FROM zengxin.import_job t WHERE t.institution_id = import_job.institution_id \
      AND t.file_id = import_job.file_id AND t.check_id = import_job.id AND t.state IN ('queued', 'running', 'done'))";

/// Some of the institution's jobs, newest first, older than the one with the number `before`.
pub async fn list(scope: &Scope, wanted: Wanted, before: Option<i64>, limit: u64) -> Result<Vec<Job>, Problem> {
    let mut rows = scope.rows::<Entity>(Column::InstitutionId);
    if let Some(state) = wanted.state {
        rows = rows.filter(Column::State.eq(state.word()));
    }
    if let Some(takes_over) = wanted.takes_over {
        rows = rows.filter(if takes_over { Column::CheckId.is_not_null() } else { Column::CheckId.is_null() });
    }
    if wanted.to_decide {
        rows = rows.filter(Expr::cust_with_values(TO_DECIDE, [scope.person()?.uuid()]));
    }
    if let Some(before) = before {
        rows = rows.filter(Column::Seq.lt(before));
    }
    let rows = rows.order_by_desc(Column::Seq).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// Adds a job that waits. Takes the journal's next number.
pub async fn insert(scope: &Scope, new: &Job, hash: Vec<u8>) -> Result<(), Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        file_id: new.file,
        mapping_id: new.mapping_of.map(|(id, _)| id),
        mapping_version: new.mapping_of.map(|(_, version)| version),
        mapping: new.mapping.clone(),
        check_id: new.check,
        state: JobState::Queued.word().to_owned(),
        version: new.version,
        attempts: 0,
        holder: None,
        held_until: None,
        cancel_id: None,
        rows: kept(new.rows)?,
        done: 0,
        imported: 0,
        unchanged: 0,
        bad: 0,
        findings: written(&new.findings)?,
        faults: written(&new.faults)?,
        problem: None,
        run_id: None,
        started_by: new.started_by.uuid(),
        requested_at: new.requested_at,
        began_at: None,
        ended_at: None,
        seq: new.seq,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.into_active_model().reset_all()).await?)
}

/// $1 institution, $2 job, $3 request. What waits ends at once, what runs is ended by the server that is at it.
const CANCEL: &str = "UPDATE zengxin.import_job SET cancel_id = $3, version = version + 1, \
      state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END, \
      ended_at = CASE WHEN state = 'queued' THEN $4 ELSE ended_at END \
    WHERE institution_id = $1 AND id = $2";

/// 409 when a request of this id asked for the end of another job.
pub async fn never_cancelled(scope: &Scope, act: Uuid) -> Result<(), Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::CancelId.eq(act)).one(scope.tx()).await?;
    if row.is_some() { Err(Problem::id_taken()) } else { Ok(()) }
}

/// Asks that a job be ended.
pub async fn cancel(scope: &Scope, id: Uuid, act: Uuid) -> Result<(), Problem> {
    let values = [scope.tenant().uuid().into(), id.into(), act.into(), scope.now().into()];
    scope.tx().execute_raw(statement_of(CANCEL, values)).await?;
    Ok(())
}

/// $1 institution, $2 holder, $3 lease, $4 now. What was left in the middle comes before what waits.
const CLAIM: &str = "UPDATE zengxin.import_job SET state = 'running', holder = $2, attempts = attempts + 1, version = version + 1, \
      held_until = clock_timestamp() + $3 * interval '1 millisecond', began_at = coalesce(began_at, $4) \
    WHERE institution_id = $1 AND id = (SELECT j.id FROM zengxin.import_job j \
      WHERE j.institution_id = $1 AND j.ended_at IS NULL AND (j.state = 'queued' OR j.held_until < clock_timestamp()) \
        AND NOT EXISTS (SELECT FROM zengxin.import_job r WHERE r.institution_id = $1 AND r.state = 'running' AND r.id <> j.id) \
      ORDER BY j.state DESC, j.seq LIMIT 1 FOR UPDATE SKIP LOCKED) \
    RETURNING id, attempts";

#[derive(Debug, FromQueryResult)]
struct Claimed {
    id: Uuid,
    attempts: i32,
}

/// Takes the job that waits longest, or one whose server has not been heard of: none when there is none, or another is under way.
/// Answers how often it was taken.
pub async fn claim(scope: &Scope, holder: Uuid, lease_milliseconds: i64) -> Result<Option<(Job, i32)>, Problem> {
    let values = [scope.tenant().uuid().into(), holder.into(), lease_milliseconds.into(), scope.now().into()];
    let claimed = match Claimed::find_by_statement(statement_of(CLAIM, values)).one(scope.tx()).await {
        // Another server took another job of the institution this very moment.
        Err(error) if violates(&error, "import_job_one_at_a_time") => None,
        claimed => claimed?,
    };
    let Some(Claimed { id, attempts }) = claimed else { return Ok(None) };
    Ok(Some((get(scope, id).await?, attempts)))
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Far {
    /// How many rows are done with.
    pub done: u64,
    /// What became of them.
    pub counts: Counts,
}

/// $1 institution, $2 job, $3 holder, $4 lease.
const HOLD: &str = "UPDATE zengxin.import_job SET held_until = clock_timestamp() + $4 * interval '1 millisecond', \
      version = version + CASE WHEN (done, imported, unchanged, bad) IS DISTINCT FROM ($5, $6, $7, $8) THEN 1 ELSE 0 END, \
      done = $5, imported = $6, unchanged = $7, bad = $8 \
    WHERE institution_id = $1 AND id = $2 AND holder = $3 RETURNING cancel_id IS NOT NULL AS is_cancelled";

#[derive(Debug, FromQueryResult)]
struct HeldRead {
    is_cancelled: bool,
}

/// Whether a job is still this server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It is.
    Yes,
    /// It is, and is to be ended.
    Cancelled,
    /// Another server has taken it.
    No,
}

/// Says how far a job is, and that its server is still there.
pub async fn hold(scope: &Scope, id: Uuid, holder: Uuid, lease: i64, far: Far) -> Result<Held, Problem> {
    let Far { done, counts: Counts { imported, unchanged, bad } } = far;
    let values = [
        scope.tenant().uuid().into(),
        id.into(),
        holder.into(),
        lease.into(),
        kept(done)?.into(),
        kept(imported)?.into(),
        kept(unchanged)?.into(),
        kept(bad)?.into(),
    ];
    let held = HeldRead::find_by_statement(statement_of(HOLD, values)).one(scope.tx()).await?;
    Ok(match held {
        None => Held::No,
        Some(HeldRead { is_cancelled: true }) => Held::Cancelled,
        Some(HeldRead { is_cancelled: false }) => Held::Yes,
    })
}

/// $1 institution, $2 job, $3 holder, $4 for how long after its beginning an attempt costs nothing.
const LET_GO: &str = "UPDATE zengxin.import_job SET state = 'queued', holder = NULL, held_until = NULL, version = version + 1, \
      attempts = attempts - CASE WHEN $4 IS NULL OR began_at + $4 * interval '1 second' > clock_timestamp() THEN 1 ELSE 0 END \
    WHERE institution_id = $1 AND id = $2 AND holder = $3";

/// Leaves a job to whoever comes next. The attempt does not count, because nothing broke off; only while it is so many seconds since the
/// job was first begun, where it says how many.
pub async fn let_go(scope: &Scope, id: Uuid, holder: Uuid, free_seconds: Option<i64>) -> Result<(), Problem> {
    let values = [scope.tenant().uuid().into(), id.into(), holder.into(), free_seconds.into()];
    scope.tx().execute_raw(statement_of(LET_GO, values)).await?;
    Ok(())
}

/// How a job ended.
#[derive(Debug)]
pub struct End {
    /// done, failed or cancelled.
    pub state: JobState,
    /// How far it was.
    pub far: Far,
    /// What the rules came to.
    pub findings: Vec<RuleCount>,
    /// What the faults came to.
    pub faults: Vec<FaultCount>,
    /// Why it failed.
    pub problem: Option<ProblemOut>,
    /// The run of the file.
    pub run: Option<Uuid>,
}

const END: &str = "UPDATE zengxin.import_job SET state = $4, holder = NULL, held_until = NULL, version = version + 1, ended_at = $5, \
      done = $6, imported = $7, unchanged = $8, bad = $9, findings = $10, faults = $11, problem = $12, run_id = $13 \
    WHERE institution_id = $1 AND id = $2 AND holder = $3";

/// Says how a job of this server ended; says whether it was still this server's.
pub async fn end(scope: &Scope, id: Uuid, holder: Uuid, end: End) -> Result<bool, Problem> {
    let Far { done, counts: Counts { imported, unchanged, bad } } = end.far;
    let values = [
        scope.tenant().uuid().into(),
        id.into(),
        holder.into(),
        end.state.word().into(),
        scope.now().into(),
        kept(done)?.into(),
        kept(imported)?.into(),
        kept(unchanged)?.into(),
        kept(bad)?.into(),
        written(&end.findings)?.into(),
        written(&end.faults)?.into(),
        end.problem.as_ref().map(written).transpose()?.into(),
        end.run.into(),
    ];
    Ok(scope.tx().execute_raw(statement_of(END, values)).await?.rows_affected() > 0)
}

#[derive(Debug, FromQueryResult)]
struct RuleRead {
    rule: String,
    outcome: String,
    contracts: i64,
}

const RULES: &str = "SELECT f.rule, f.outcome, count(*) AS contracts FROM zengxin.contract c \
    JOIN zengxin.contract_event e ON e.institution_id = c.institution_id AND e.contract_id = c.id AND e.kind = 'taken_over' \
    JOIN zengxin.contract_finding f ON f.institution_id = e.institution_id AND f.event_id = e.id \
    WHERE c.institution_id = $1 AND c.import_id = $2 GROUP BY f.rule, f.outcome ORDER BY f.rule, f.outcome";

/// What the rules came to for every contract of a run, whichever attempt took it over.
pub async fn rules(scope: &Scope, run: Uuid) -> Result<Vec<RuleCount>, Problem> {
    let values = [scope.tenant().uuid().into(), run.into()];
    let rows = RuleRead::find_by_statement(statement_of(RULES, values)).all(scope.tx()).await?;
    let rule = |row: RuleRead| {
        Ok(RuleCount { rule: row.rule, outcome: super::of_word(&row.outcome)?, contracts: count(row.contracts)? })
    };
    rows.into_iter().map(rule).collect()
}

/// What is wrong with one column of a row.
#[derive(Clone, Debug, FromQueryResult)]
pub struct FaultRow {
    /// The row, counted from 1 without the heading.
    pub row_number: i64,
    /// Its place among the faults of the row, from 0.
    pub place: i32,
    /// The column.
    pub column_name: String,
    /// The fault.
    pub code: String,
    /// What it says.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// What stands there, sealed; empty when it was forgotten.
    pub sealed: Vec<u8>,
}

const INSERT_FAULTS: &str = "INSERT INTO zengxin.import_fault (institution_id, job_id, row_number, place, column_name, code, message, \
      message_en, sealed) \
    SELECT j.institution_id, j.id, u.row_number, u.place, u.column_name, u.code, u.message, u.message_en, u.sealed \
    FROM zengxin.import_job j, unnest($4, $5, $6, $7, $8, $9, $10) \
      AS u (row_number, place, column_name, code, message, message_en, sealed) \
    WHERE j.institution_id = $1 AND j.id = $2 AND j.holder = $3 ON CONFLICT DO NOTHING";

/// Lists faults; those that an earlier attempt has listed are there already.
pub async fn insert_faults(scope: &Scope, id: Uuid, holder: Uuid, faults: &[FaultRow]) -> Result<(), Problem> {
    let texts = |of: fn(&FaultRow) -> &String| faults.iter().map(|fault| of(fault).clone()).collect::<Vec<_>>();
    let values = [
        scope.tenant().uuid().into(),
        id.into(),
        holder.into(),
        faults.iter().map(|fault| fault.row_number).collect::<Vec<_>>().into(),
        faults.iter().map(|fault| fault.place).collect::<Vec<_>>().into(),
        texts(|fault| &fault.column_name).into(),
        texts(|fault| &fault.code).into(),
        texts(|fault| &fault.message).into(),
        texts(|fault| &fault.message_en).into(),
        faults.iter().map(|fault| fault.sealed.clone()).collect::<Vec<_>>().into(),
    ];
    scope.tx().execute_raw(statement_of(INSERT_FAULTS, values)).await?;
    Ok(())
}

const FAULTS: &str = "SELECT row_number, place, column_name, code, message, message_en, sealed FROM zengxin.import_fault \
    WHERE institution_id = $1 AND job_id = $2 AND (row_number, place) > ($3, $4) \
    ORDER BY row_number, place LIMIT $5";

/// Some of the faults of a job, in the order of the rows, behind one of them.
pub async fn faults(scope: &Scope, id: Uuid, after: (i64, i32), limit: u64) -> Result<Vec<FaultRow>, Problem> {
    let (row, place) = after;
    let values = [scope.tenant().uuid().into(), id.into(), row.into(), place.into(), kept(limit)?.into()];
    Ok(FaultRow::find_by_statement(statement_of(FAULTS, values)).all(scope.tx()).await?)
}

const FAULTS_OF_ROW: &str = "SELECT row_number, place, column_name, code, message, message_en, sealed \
    FROM zengxin.import_fault WHERE institution_id = $1 AND job_id = $2 AND row_number = $3 ORDER BY place";

/// What is wrong with one row.
pub async fn faults_of_row(scope: &Scope, id: Uuid, row: i64) -> Result<Vec<FaultRow>, Problem> {
    let values = [scope.tenant().uuid().into(), id.into(), row.into()];
    Ok(FaultRow::find_by_statement(statement_of(FAULTS_OF_ROW, values)).all(scope.tx()).await?)
}
