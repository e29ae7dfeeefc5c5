//! Imports as people ask for them: an officer has a file tried, an approver has what was tried taken over, either has it ended.

use super::{App, booking, import_file};
use crate::{
    auth::{Action, Caller, View, may_hold_parties},
    error::{Problem, Text},
    import::{Mapping, upload},
    input,
    store::{
        self, Put, Scope, creation_hash,
        import::Counts,
        import_file::File,
        import_job::{FaultRow, Job, JobState, Wanted},
        journal::Record,
    },
};
use uuid::Uuid;

/// How a file is to be read.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// By a mapping that is kept under a name.
    Kept(Uuid),
    /// By one that was stated for this alone.
    Stated(Box<Mapping>),
}

/// A job with its file.
pub type Seen = (Job, File);

/// What is wrong with a column of a row, with what stands there where it may be seen.
pub type SeenFault = (FaultRow, Option<String>);

/// A row of a file as it stands there, with what is wrong with it.
#[derive(Clone, Debug)]
pub struct SeenRow {
    /// The row.
    pub row: i64,
    /// The columns with their values; none where they may not be seen, or were forgotten.
    pub cells: Option<Vec<(String, String)>>,
    /// What is wrong with it.
    pub faults: Vec<SeenFault>,
}

/// Has a file tried: every row is read and judged, and nothing is booked.
pub async fn try_out(app: &App, caller: &Caller, id: Uuid, file: Uuid, chosen: Chosen) -> Result<Put<Seen>, Problem> {
    let scope = app.open(caller, Action::PrepareImport).await?;
    let hash = match &chosen {
        Chosen::Kept(mapping) => creation_hash(&(file, mapping))?,
        Chosen::Stated(mapping) => creation_hash(&(file, mapping))?,
    };
    if let Some(known) = store::import_job::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(with_file(&scope, known).await?));
    }
    if !may_hold_parties(store::institution::own(&scope).await?.kind) {
        return Err(Problem::guarantees_nobody());
    }
    let unknown = |field, zh, en| input::invalid(vec![input::field(field, "unknown", zh, en)]);
    let file = store::import_file::find(&scope, file).await?;
    let file = file.ok_or_else(|| unknown("file_id", "没有此文件。", "There is no such file."))?;
    let (mapping, mapping_of) = match chosen {
        Chosen::Stated(mapping) => (*mapping, None),
        Chosen::Kept(id) => {
            let kept = store::import_mapping::find(&scope, id).await?;
            let kept = kept.ok_or_else(|| unknown("mapping_id", "没有此映射。", "There is no such mapping."))?;
            (kept.mapping, Some((id, kept.version)))
        }
    };
    mapping.check()?;
    mapping.check_day(booking::today(&scope)?)?;
    let beginning = import_file::beginning(app, &scope, &file, 0).await?;
    mapping.check_columns(&beginning.ok_or_else(Problem::file_forgotten)?.0)?;
    let new = waiting(&scope, id, &file, import_file::as_found(mapping, &file).text()?).await?;
    begin(app, scope, Job { mapping_of, ..new }, file, hash).await
}

/// A job that has yet to be taken by a server.
async fn waiting(scope: &Scope, id: Uuid, file: &File, mapping: String) -> Result<Job, Problem> {
    Ok(Job {
        id,
        file: file.id,
        mapping_of: None,
        mapping,
        check: None,
        state: JobState::Queued,
        version: 1,
        cancel: None,
        rows: file.rows,
        done: 0,
        counts: Counts::default(),
        findings: Vec::new(),
        faults: Vec::new(),
        problem: None,
        run: None,
        started_by: scope.person()?,
        requested_at: scope.now(),
        began_at: None,
        ended_at: None,
        seq: scope.seq().await?,
    })
}

async fn begin(app: &App, scope: Scope, new: Job, file: File, hash: Vec<u8>) -> Result<Put<Seen>, Problem> {
    store::import_job::insert(&scope, &new, hash).await?;
    let record = Record::of("import_job", Some(new.id)).with("file", file.id.to_string());
    let record = match new.check {
        Some(check) => record.with("check", check.to_string()),
        None => record,
    };
    scope.commit(record.with("rows", file.rows)).await?;
    app.imports.wake.notify_waiters();
    Ok(Put::Created((new, file)))
}

/// Has taken over what was tried, the same file by the same mapping; by somebody else than whoever brought or tried it.
pub async fn take_over(app: &App, caller: &Caller, check: Uuid, act: Uuid) -> Result<Put<Seen>, Problem> {
    let scope = app.open(caller, Action::ImportBook).await?;
    let hash = creation_hash(&(check, "takeover"))?;
    if let Some(known) = store::import_job::find_repeated(&scope, act, &hash).await? {
        return Ok(Put::Known(with_file(&scope, known).await?));
    }
    let tried = store::import_job::get(&scope, check).await?;
    let file = store::import_file::get(&scope, tried.file).await?;
    if tried.check.is_some() || tried.state != JobState::Done {
        let (zh, en) = ("只能承接已完成的试运行。", "Only a dry run that is done can be taken over.");
        return Err(Problem::wrong_state(Text::new(zh, en)));
    }
    if file.forgotten_at.is_some() {
        return Err(Problem::file_forgotten());
    }
    let person = scope.person()?;
    if person == tried.started_by || person == file.uploaded_by {
        return Err(Problem::second_person_needed());
    }
    let new = waiting(&scope, act, &file, tried.mapping).await?;
    begin(app, scope, Job { mapping_of: tried.mapping_of, check: Some(check), ..new }, file, hash).await
}

/// Has a job ended before its last row; what was taken over stays.
pub async fn cancel(app: &App, caller: &Caller, id: Uuid, act: Uuid) -> Result<Put<Seen>, Problem> {
    let scope = app.open(caller, Action::CancelImport).await?;
    let job = store::import_job::lock(&scope, id).await?;
    if job.cancel == Some(act) || (job.cancel.is_some() && !job.state.has_ended()) {
        return Ok(Put::Known(with_file(&scope, job).await?));
    }
    store::import_job::never_cancelled(&scope, act).await?;
    if job.state.has_ended() {
        return Err(Problem::wrong_state(Text::new("此任务已结束。", "It has ended.")));
    }
    store::import_job::cancel(&scope, id, act).await?;
    let seen = store::import_job::get(&scope, id).await?;
    let seen = with_file(&scope, seen).await?;
    scope.commit(Record::of("import_job", Some(id)).with("done", seen.0.done)).await?;
    Ok(Put::Created(seen))
}

async fn with_file(scope: &Scope, job: Job) -> Result<Seen, Problem> {
    let file = store::import_file::get(scope, job.file).await?;
    Ok((job, file))
}

/// One of the institution's jobs.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Seen, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    let job = store::import_job::get(&scope, id).await?;
    with_file(&scope, job).await
}

/// How the file of a job is read.
pub async fn mapping(app: &App, caller: &Caller, id: Uuid) -> Result<Mapping, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    Mapping::read(&store::import_job::get(&scope, id).await?.mapping)
}

/// Some of the institution's jobs, newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Seen>, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    let jobs = store::import_job::list(&scope, wanted, before, limit).await?;
    let files = store::import_file::named(&scope, jobs.iter().map(|job| job.file).collect()).await?;
    let of = |job: Job| {
        let file = files.iter().find(|file| file.id == job.file).cloned();
        Ok((job, file.ok_or_else(Problem::internal)?))
    };
    jobs.into_iter().map(of).collect()
}

/// Some of what is wrong with the rows of a job, in the order of the rows.
pub async fn faults(
    app: &App,
    caller: &Caller,
    id: Uuid,
    after: (i64, i32),
    limit: u64,
) -> Result<Vec<SeenFault>, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    store::import_job::get(&scope, id).await?;
    let faults = store::import_job::faults(&scope, id, after, limit).await?;
    seen(app, &scope, id, faults)
}

fn seen(app: &App, scope: &Scope, job: Uuid, faults: Vec<FaultRow>) -> Result<Vec<SeenFault>, Problem> {
    let seen = faults.into_iter().map(|fault| {
        let value = import_file::shown_value(app, scope, job, &fault)?;
        Ok((fault, value))
    });
    seen.collect()
}

/// A row of a job's file, with what is wrong with it; 404 when the file has no such row.
pub async fn row(app: &App, caller: &Caller, id: Uuid, row: i64) -> Result<SeenRow, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    let (job, file) = with_file(&scope, store::import_job::get(&scope, id).await?).await?;
    if !u64::try_from(row).is_ok_and(|row| (1..=file.rows).contains(&row)) {
        return Err(Problem::not_found());
    }
    let faults = store::import_job::faults_of_row(&scope, id, row).await?;
    let faults = seen(app, &scope, id, faults)?;
    let hidden = scope.actor().view() == View::Hidden;
    let cells = if hidden { None } else { cells(app, &scope, &job, &file, row).await? };
    Ok(SeenRow { row, cells, faults })
}

async fn cells(
    app: &App,
    scope: &Scope,
    job: &Job,
    file: &File,
    row: i64,
) -> Result<Option<Vec<(String, String)>>, Problem> {
    let Some((heading, _)) = import_file::beginning(app, scope, file, 0).await? else { return Ok(None) };
    let part = store::import_file::part_with(scope, file.id, row).await?.ok_or_else(Problem::internal)?;
    let Some(plain) = import_file::opened(app, scope, file.id, &part)? else { return Ok(None) };
    let behind = u64::try_from(row).unwrap_or_default().saturating_sub(part.first_row);
    let place = usize::try_from(behind).map_err(|_| Problem::internal())?;
    let found = upload::row_of(&plain, file.encoding, file.delimiter, place, part.place == 0);
    let mapping = Mapping::read(&job.mapping)?;
    let personal = import_file::personal_columns(&mapping, &heading);
    let shown = import_file::shown_cells(found.unwrap_or_default(), &personal, booking::today(scope)?);
    let mut names = heading.into_iter();
    let named = shown.into_iter().map(|value| (names.next().unwrap_or_default(), value));
    Ok(Some(named.collect()))
}
