//! The work on imports that wait: one server at a time takes one, says again and again how far it is, and leaves it to the next when it
//! stops. Each is safe to begin again, because the import itself is.

use super::{
    App,
    import::{self, Progress, Request, Watch},
    import_file,
};
use crate::{
    auth::{Action, Actor, Caller},
    error::{Language, Problem},
    finding::OutcomeOut,
    import::{Fault, Mapping},
    store::{
        self,
        import::Counts,
        import_file::File,
        import_job::{End, Far, FaultCount, FaultRow, Held, Job, JobState, RuleCount},
    },
};
use axum::http::StatusCode;
use domain::value::InstitutionId;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
    os::fd::AsRawFd as _,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::{Notify, Semaphore, watch},
};
use uuid::Uuid;

/// How many files come in at once.
const UPLOADS: usize = 4;

/// How many rows are saved at once.
const AT_ONCE: usize = 2_000;

/// The most faults that are listed: nobody reads more, and a mapping that does not fit finds one in every row.
const MOST_FAULTS: usize = 100_000;

/// How many faults are written down at once.
const FAULTS_AT_ONCE: usize = 1_000;

/// How often a job is taken by a server before it is given up.
const MOST_ATTEMPTS: i32 = 5;

/// For how long after its beginning a job may give way – to others at the book, to a database or a disk that is not there – without that it
/// counts. Whatever lasts longer does not pass.
const GIVES_WAY: Duration = Duration::from_hours(6);

/// How often a server says how far it is.
const BEAT: Duration = Duration::from_secs(1);

/// What those who bring files and those who work on them have in common on one server.
#[derive(Debug)]
pub struct Desk {
    /// Room for files that come in.
    pub uploads: Semaphore,
    /// Something waits.
    pub wake: Notify,
}

impl Default for Desk {
    fn default() -> Self {
        Self { uploads: Semaphore::new(UPLOADS), wake: Notify::new() }
    }
}

/// Works on imports until the service stops. `lease` is for how long a server that is not heard of keeps its job.
pub async fn keep(app: App, lease: Duration, mut stop: watch::Receiver<bool>) {
    loop {
        // Asked for first, so that nothing which comes while one looks is missed.
        let woken = app.imports.wake.notified();
        match work(&app, lease).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(problem) => tracing::warn!(code = problem.code, "the imports that wait were not all gone through"),
        }
        tokio::select! {
            () = woken => {}
            () = tokio::time::sleep(lease.checked_div(4).unwrap_or(lease)) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Does one job of every institution that has one; answers how many there were. What fails for one does not hold up the others.
pub async fn work(app: &App, lease: Duration) -> Result<usize, Problem> {
    let (mut done, mut failed) = (0_usize, None);
    for (institution, code) in store::institution::all(&app.database).await? {
        let holder = Holder { app, institution, id: Uuid::now_v7(), lease };
        if holder.is_stopping() {
            break;
        }
        match holder.next().await {
            // What gave way waits until one looks again.
            Ok(Looked::Nothing | Looked::GaveWay) => {}
            Ok(Looked::Done) => done = done.saturating_add(1),
            Err(problem) => {
                tracing::warn!(institution = code, code = problem.code, "an import was not worked on to its end");
                failed = Some(problem);
            }
        }
    }
    failed.map_or(Ok(done), Err)
}

/// What an import has said so far.
#[derive(Default)]
struct Told {
    far: Far,
    rules: BTreeMap<(String, &'static str), RuleCount>,
    columns: BTreeMap<(String, &'static str), FaultCount>,
    /// Faults that are not yet written down, with what stands there.
    faults: Vec<(FaultRow, String)>,
    listed: usize,
    too_many: bool,
    /// Nothing more is to be begun.
    stops: bool,
}

/// Listens to an import.
#[derive(Clone, Default)]
struct Listening(Arc<Mutex<Told>>);

impl Listening {
    fn told<T>(&self, of: impl FnOnce(&mut Told) -> T) -> T {
        of(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Watch for Listening {
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        self.told(|told| {
            let row_number = i64::try_from(row).map_err(io::Error::other)?;
            let mut columns = BTreeSet::new();
            for (place, Fault { column, code, message, value }) in (0..1_000).zip(faults) {
                let count = told.columns.entry((column.clone(), code)).or_insert_with(|| FaultCount {
                    column: column.clone(),
                    code: (*code).to_owned(),
                    message: message.zh.to_string(),
                    message_en: message.en.to_string(),
                    rows: 0,
                });
                count.rows = count.rows.saturating_add(u64::from(columns.insert((column, code))));
                let row = FaultRow {
                    row_number,
                    place,
                    column_name: column.clone(),
                    code: (*code).to_owned(),
                    message: message.zh.to_string(),
                    message_en: message.en.to_string(),
                    sealed: Vec::new(),
                };
                told.faults.push((row, value.clone()));
            }
            told.listed = told.listed.saturating_add(faults.len());
            told.too_many = told.listed > MOST_FAULTS;
            if told.too_many { Err(io::Error::other("too many faults")) } else { Ok(()) }
        })
    }

    fn stops(&self) -> bool {
        self.told(|told| told.stops)
    }

    fn progress(&mut self, Progress { done, .. }: Progress) {
        self.told(|told| told.far.done = done);
    }

    fn judged(&mut self, counts: Counts, findings: &[(&str, OutcomeOut)]) {
        self.told(|told| {
            told.far.counts = counts;
            for (rule, outcome) in findings {
                let word = match outcome {
                    OutcomeOut::Refuse => "refuse",
                    OutcomeOut::NeedsException => "needs_exception",
                    OutcomeOut::Advise => "advise",
                    OutcomeOut::NotAssessed => "not_assessed",
                    OutcomeOut::Pass | OutcomeOut::NotApplicable => continue,
                };
                let count = told.rules.entry(((*rule).to_owned(), word)).or_insert_with(|| RuleCount {
                    rule: (*rule).to_owned(),
                    outcome: *outcome,
                    contracts: 0,
                });
                count.contracts = count.contracts.saturating_add(1);
            }
        });
    }
}

/// A server that holds a job.
#[derive(Clone, Copy)]
struct Holder<'a> {
    app: &'a App,
    institution: InstitutionId,
    id: Uuid,
    lease: Duration,
}

/// Why an import is to stop in the middle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Cancelled,
    Lost,
    Stopping,
}

/// What came of a look for a job.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looked {
    /// There was none.
    Nothing,
    /// There was one, and this server is done with it.
    Done,
    /// There was one, and it gave way: it is not to be taken again at once.
    GaveWay,
}

impl Holder<'_> {
    async fn scope(&self) -> Result<store::Scope, Problem> {
        self.app.open(&Caller::operator(self.institution), Action::WorkImports).await
    }

    fn lease(&self) -> i64 {
        i64::try_from(self.lease.as_millis()).unwrap_or(i64::MAX)
    }

    fn is_stopping(&self) -> bool {
        self.app.stopping.as_ref().is_some_and(|stopping| *stopping.borrow())
    }

    async fn claim(&self) -> Result<Option<(Job, i32)>, Problem> {
        let scope = self.scope().await?;
        let Some(claimed) = store::import_job::claim(&scope, self.id, self.lease()).await? else { return Ok(None) };
        scope.commit_unrecorded().await?;
        Ok(Some(claimed))
    }

    /// Does the next job of the institution, if there is one.
    async fn next(&self) -> Result<Looked, Problem> {
        let Some((job, attempts)) = self.claim().await? else { return Ok(Looked::Nothing) };
        tracing::info!(job = %job.id, attempts, "an import is worked on");
        self.attend(job, attempts).await
    }

    /// Does a job and says how it ended.
    async fn attend(&self, job: Job, attempts: i32) -> Result<Looked, Problem> {
        let listening = Listening::default();
        if attempts > MOST_ATTEMPTS {
            return self.end(&job, &listening, JobState::Failed, Some(Problem::gave_up())).await;
        }
        let file = self.file(&job).await?;
        let work =
            Work { app: self.app.clone(), holder: self.id, institution: self.institution, job: job.clone(), file };
        let heard = listening.clone();
        // An import reads a file for seconds without a pause, which must not hold up whoever else is served by this thread. It is never
        // dropped in the middle: it stops between two chunks, when what it was saving is saved, so that what is said of it is so.
        let mut engine = tokio::task::spawn_blocking(move || Handle::current().block_on(work.run(heard)));
        let (mut beat, mut why) = (tokio::time::interval(BEAT), None);
        let ended = loop {
            tokio::select! {
                ended = &mut engine => break ended,
                _ = beat.tick() => {}
            }
            let found = self.beat(&job, &listening).await;
            why = why.or(found).or(self.is_stopping().then_some(Why::Stopping));
            listening.told(|told| told.stops = why.is_some());
        };
        let ended = ended.map_err(|error| {
            tracing::error!(%error, job = %job.id, "an import broke off");
            Problem::internal()
        });
        match (ended.flatten(), why) {
            // Another server has it.
            (_, Some(Why::Lost)) => Ok(Looked::Done),
            (Ok(counts), _) => {
                listening.told(|told| told.far = Far { done: job.rows, counts });
                self.end(&job, &listening, JobState::Done, None).await
            }
            (Err(_), Some(Why::Cancelled)) => self.end(&job, &listening, JobState::Cancelled, None).await,
            (Err(problem), why) if problem.status == StatusCode::SERVICE_UNAVAILABLE => {
                tracing::info!(job = %job.id, code = problem.code, "an import is left to whoever comes next");
                self.let_go(&job, why).await
            }
            (Err(problem), _) => {
                let too_many = listening.told(|told| told.too_many).then(|| Problem::too_many_faults(MOST_FAULTS));
                self.end(&job, &listening, JobState::Failed, Some(too_many.unwrap_or(problem))).await
            }
        }
    }

    async fn file(&self, job: &Job) -> Result<File, Problem> {
        store::import_file::get(&self.scope().await?, job.file).await
    }

    /// Writes down what was said since, and hears whether to go on.
    async fn beat(&self, job: &Job, listening: &Listening) -> Option<Why> {
        match self.write_down(job, listening).await {
            Ok(Held::Yes) => None,
            Ok(Held::Cancelled) => Some(Why::Cancelled),
            Ok(Held::No) => Some(Why::Lost),
            Err(problem) => {
                tracing::warn!(code = problem.code, job = %job.id, "how far an import is could not be said");
                None
            }
        }
    }

    async fn write_down(&self, job: &Job, listening: &Listening) -> Result<Held, Problem> {
        self.list_faults(job, listening).await?;
        let scope = self.scope().await?;
        let far = listening.told(|told| told.far);
        let held = store::import_job::hold(&scope, job.id, self.id, self.lease(), far).await?;
        scope.commit_unrecorded().await?;
        Ok(held)
    }

    async fn list_faults(&self, job: &Job, listening: &Listening) -> Result<(), Problem> {
        loop {
            let next = listening.told(|told| {
                let most = told.faults.len().min(FAULTS_AT_ONCE);
                told.faults.get(..most).unwrap_or_default().to_vec()
            });
            if next.is_empty() {
                return Ok(());
            }
            let (scope, most) = (self.scope().await?, next.len());
            let sealed = next.into_iter().map(|(fault, value)| {
                let sealed = import_file::sealed_value(self.app, &scope, job.id, &fault, &value)?;
                Ok(FaultRow { sealed, ..fault })
            });
            let sealed = sealed.collect::<Result<Vec<_>, Problem>>()?;
            store::import_job::insert_faults(&scope, job.id, self.id, &sealed).await?;
            scope.commit_unrecorded().await?;
            // Only now: what could not be written down is written down with the next beat.
            listening.told(|told| drop(told.faults.drain(..most)));
        }
    }

    async fn let_go(&self, job: &Job, why: Option<Why>) -> Result<Looked, Problem> {
        let scope = self.scope().await?;
        let free = why.is_none().then(|| i64::try_from(GIVES_WAY.as_secs()).unwrap_or(i64::MAX));
        store::import_job::let_go(&scope, job.id, self.id, free).await?;
        scope.commit_unrecorded().await?;
        Ok(Looked::GaveWay)
    }

    async fn end(
        &self,
        job: &Job,
        listening: &Listening,
        state: JobState,
        problem: Option<Problem>,
    ) -> Result<Looked, Problem> {
        self.list_faults(job, listening).await?;
        let scope = self.scope().await?;
        let file = store::import_file::get(&scope, job.file).await?;
        let run = store::import::find(&scope, &file.hash, &Mapping::hash(&job.mapping)).await?;
        let run = run.map(|run| run.id).filter(|_| job.check.is_some());
        let findings = match run {
            Some(run) => store::import_job::rules(&scope, run).await?,
            None => listening.told(|told| told.rules.values().cloned().collect()),
        };
        let faults = listening.told(|told| told.columns.values().cloned().collect());
        let far = listening.told(|told| told.far);
        let problem = problem.map(|problem| problem.body(Language::Chinese));
        let end = End { state, far, findings, faults, problem, run };
        if store::import_job::end(&scope, job.id, self.id, end).await? {
            tracing::info!(job = %job.id, state = state.word(), "an import ended");
            scope.commit_unrecorded().await?;
        }
        Ok(Looked::Done)
    }
}

/// The import itself, on a thread of its own.
struct Work {
    app: App,
    holder: Uuid,
    institution: InstitutionId,
    job: Job,
    file: File,
}

impl Work {
    async fn run(self, mut listening: Listening) -> Result<Counts, Problem> {
        let caller = self.caller().await?;
        let scratch = self.laid_out(&listening).await?;
        // A file without a name: nothing of it is left, however the program ends.
        let path = PathBuf::from(format!("/proc/self/fd/{}", scratch.as_raw_fd()));
        let request = Request {
            path: &path,
            name: &self.file.name,
            mapping: &self.job.mapping,
            at_once: AT_ONCE,
            check: self.job.check.is_none(),
        };
        let report = import::run(&self.app, &caller, request, &mut listening).await;
        report.map(|report| report.counts).map_err(|problem| match problem.code {
            "unreadable_file" => Problem::unreadable_file(&self.file.name, &problem.detail.en),
            _ => problem,
        })
    }

    /// Whoever asked for it, with what that person may do now.
    async fn caller(&self) -> Result<Caller, Problem> {
        let scope = self.app.open(&Caller::operator(self.institution), Action::WorkImports).await?;
        let user = store::user::get(&scope, self.job.started_by).await?;
        if user.status != store::user::AccountStatus::Active {
            return Err(Problem::forbidden());
        }
        let actor = Actor::Person { user: user.id, role: user.role };
        Ok(Caller { institution: self.institution, actor, session: None })
    }

    /// The whole file as it was brought.
    async fn laid_out(&self, listening: &Listening) -> Result<std::fs::File, Problem> {
        let failed = |error: io::Error| {
            tracing::error!(%error, holder = %self.holder, "a file cannot be laid out");
            Problem::unavailable(crate::error::Text::new("服务暂无空间。", "The service has no room for now."))
        };
        let mut scratch = tempfile::tempfile().map_err(failed)?;
        for place in 0.. {
            if listening.stops() {
                return Err(Problem::busy());
            }
            let scope = self.app.open(&Caller::operator(self.institution), Action::WorkImports).await?;
            let Some(part) = store::import_file::part(&scope, self.file.id, place).await? else { break };
            let plain = import_file::opened(&self.app, &scope, self.file.id, &part)?;
            scratch.write_all(&plain.ok_or_else(Problem::file_forgotten)?).map_err(failed)?;
        }
        scratch.flush().map_err(failed)?;
        Ok(scratch)
    }
}
