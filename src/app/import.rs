//! An earlier book taken over as it is: every contract judged by the rules of its own first day, with the book as it was then; each breach
//! becomes a finding, and nothing is dropped.

use super::{
    App, booking,
    import_case::Around,
    import_chunk::{Chunk, Made, Named},
};
use crate::{
    auth::{Action, Caller, may_hold_parties},
    error::Problem,
    finding::OutcomeOut,
    import::{BookFile, Fault, Mapping, Order, Place},
    store::{
        self, Scope,
        import::{Counts, Run, RunState},
        import_digest::Part,
        import_others::Others,
        journal::Record,
    },
};
use domain::history::History;
use sha2::{Digest as _, Sha256};
use std::{io, path::Path};
use tokio::task::JoinHandle;
use tracing::Instrument as _;
use uuid::Uuid;

/// What is to be taken over, and how.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The file.
    pub path: &'a Path,
    /// What its owner calls it.
    pub name: &'a str,
    /// The mapping's text.
    pub mapping: &'a str,
    /// How many rows are saved at once.
    pub at_once: usize,
    /// Whether nothing is to be saved.
    pub check: bool,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many rows there are.
    pub rows: u64,
    /// How many of them are done with, one way or another.
    pub done: u64,
}

/// Who is told of an import as it goes.
pub trait Watch {
    /// Rows of the file that cannot be taken over, as they are found.
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()>;

    /// How far it is.
    fn progress(&mut self, progress: Progress);

    /// Whether it is to stop where it is; asked between chunks.
    fn stops(&self) -> bool {
        false
    }

    /// What became of all rows so far, and of those done with now every rule that does not pass with what it comes to.
    fn judged(&mut self, counts: Counts, findings: &[(&str, OutcomeOut)]) {
        let _ = (counts, findings);
    }
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The run; none of a dry run that has no earlier one.
    pub run: Option<Uuid>,
    /// How many rows the file has.
    pub rows: u64,
    /// What became of them.
    pub counts: Counts,
    /// How many findings of the contracts taken over now do not pass, in the order refuse, needs_exception, advise, not_assessed.
    pub findings: [u64; 4],
}

/// Takes a file over, or goes on where an earlier run of it was stopped; of one that is done it says so and changes nothing. 503 when it is
/// to stop: then everything it has said to be done is saved, and nothing else.
pub async fn run(
    app: &App,
    caller: &Caller,
    request: Request<'_>,
    watch: &mut (dyn Watch + Send),
) -> Result<Report, Problem> {
    let mapping = Mapping::read(request.mapping)?;
    let mut file = BookFile::open(request.path, &mapping, booking::today_of(app)?)?;
    let order = file.order(&mapping, |row, faults| watch.bad(row, faults))?;
    let mut import = Import::begin(app, caller, request, &order).await?;
    // What was listed as bad for what the book had, or had not, may have become good; the file itself stays as it is.
    if import.run.state == RunState::Done && import.run.counts.bad == order.bad {
        let Counts { imported, unchanged, bad } = import.run.counts;
        let counts = Counts { imported: 0, unchanged: imported.saturating_add(unchanged), bad };
        watch.progress(Progress { rows: order.rows, done: order.rows });
        return Ok(Report { run: Some(import.run.id), rows: order.rows, counts, findings: [0; 4] });
    }
    watch.progress(import.progress());
    // While the server saves some rows, the next ones are read and judged.
    for places in order.places.chunks(request.at_once.max(1)) {
        if watch.stops() {
            import.saved(watch).await?;
            return Err(Problem::busy());
        }
        let judged = import.judge(&mut file, places, watch).await;
        import.saved(watch).await?;
        import.save(judged?);
    }
    import.saved(watch).await?;
    import.end().await
}

/// What imports have made at an institution, kind by kind, and a digest of all of it: SHA-256 over the digests of the parts in their order.
pub async fn digest(app: &App, caller: &Caller) -> Result<(Vec<Part>, [u8; 32]), Problem> {
    let scope = app.look(caller, Action::Reconcile).await?;
    let parts = store::import_digest::parts(&scope).await?;
    let mut whole = Sha256::new();
    for part in &parts {
        whole.update(part.digest);
    }
    Ok((parts, whole.finalize().into()))
}

/// An import under way.
struct Import<'a> {
    app: &'a App,
    caller: &'a Caller,
    check: bool,
    action: Action,
    run: Run,
    rows: u64,
    /// What became of the rows that are judged, and of those that are saved too.
    counts: Counts,
    done: Counts,
    /// The rows that are judged and being saved, with what will have become of all rows then.
    saving: Option<(Counts, JoinHandle<Result<(), Problem>>)>,
    findings: [u64; 4],
    history: History,
    /// What others moved.
    others: Others,
    around: Around,
    /// The clients that are not saved yet: of a dry run all, else those of the rows that are being saved.
    made: Made,
}

impl<'a> Import<'a> {
    /// Finds the run of the file under the mapping, or begins one.
    async fn begin(app: &'a App, caller: &'a Caller, request: Request<'_>, order: &Order) -> Result<Self, Problem> {
        let action = if request.check { Action::PrepareImport } else { Action::ImportBook };
        let scope = app.open(caller, action).await?;
        if !may_hold_parties(store::institution::own(&scope).await?.kind) {
            return Err(Problem::guarantees_nobody());
        }
        let mapping_hash = Mapping::hash(request.mapping);
        let counts = Counts { bad: order.bad, ..Counts::default() };
        let known = store::import::find(&scope, &order.hash, &mapping_hash).await?;
        let is_new = known.is_none();
        let run = known.unwrap_or_else(|| Run {
            id: Uuid::now_v7(),
            file_name: request.name.chars().take(500).collect(),
            file_hash: order.hash.clone(),
            mapping_hash,
            state: RunState::Running,
            rows: order.rows,
            counts,
            started_at: scope.now(),
        });
        let (around, sections) = (Around::of(&scope).await?, store::import_around::sections(&scope).await?);
        let others = Others::of(&scope, run.id).await?;
        if is_new && !request.check {
            store::import::insert(&scope, &run).await?;
            scope.commit(Record::of("import", Some(run.id)).with("rows", run.rows)).await?;
        }
        Ok(Self {
            app,
            caller,
            check: request.check,
            action,
            run,
            rows: order.rows,
            counts,
            done: counts,
            saving: None,
            findings: [0; 4],
            history: History::new(sections),
            others,
            around,
            made: Made::new(),
        })
    }

    fn progress(&self) -> Progress {
        let Counts { imported, unchanged, bad } = self.done;
        Progress { rows: self.rows, done: imported.saturating_add(unchanged).saturating_add(bad) }
    }

    /// Reads some rows and judges them; those that an earlier attempt took over are only told again. None when there is nothing to save.
    async fn judge(
        &mut self,
        file: &mut BookFile,
        places: &[Place],
        watch: &mut (dyn Watch + Send),
    ) -> Result<Option<Chunk>, Problem> {
        let rows = places.iter().map(|place| Ok((place.row, file.at(*place)?))).collect::<Result<Vec<_>, Problem>>()?;
        let scope = self.app.open(self.caller, self.action).await?;
        let named = Named { number: file.number_column(), agreement: file.agreement_column() };
        let known = (&self.made, &self.around, named);
        let mut chunk = Chunk::of(self.app, &scope, self.run.id, rows, known).await?;
        for (row, fault) in chunk.bad() {
            watch.bad(*row, std::slice::from_ref(fault)).map_err(|error| {
                tracing::error!(%error, "the list of bad rows cannot be written");
                Problem::internal()
            })?;
        }
        chunk.judge(&scope, &mut self.history, &mut self.others, &mut self.around).await?;
        let counts = chunk.counts();
        self.counts = Counts {
            imported: self.counts.imported.saturating_add(counts.imported),
            unchanged: self.counts.unchanged.saturating_add(counts.unchanged),
            bad: self.counts.bad.saturating_add(counts.bad),
        };
        for (sum, more) in self.findings.iter_mut().zip(chunk.findings()) {
            *sum = sum.saturating_add(more);
        }
        watch.judged(self.counts, &chunk.rules());
        if !self.check {
            // What was made before these is saved by now.
            self.made.clear();
        }
        self.made.extend(chunk.made());
        Ok((!self.check && !chunk.is_saved()).then_some(chunk))
    }

    /// Begins to save some rows in one transaction.
    fn save(&mut self, chunk: Option<Chunk>) {
        let Some(chunk) = chunk else {
            self.done = self.counts;
            return;
        };
        let (app, caller, action) = (self.app.clone(), self.caller.clone(), self.action);
        let (run, counts) = (self.run.id, self.counts);
        let save = async move {
            let scope = app.open(&caller, action).await?;
            let of_chunk = chunk.counts();
            chunk.save(&scope).await?;
            store::import::set(&scope, run, RunState::Running, counts).await?;
            let record = Record::of("import", Some(run)).with("imported", of_chunk.imported);
            scope.commit(record.with("unchanged", of_chunk.unchanged).with("bad", of_chunk.bad)).await
        };
        self.saving = Some((counts, tokio::spawn(save.in_current_span())));
    }

    /// Waits until the rows that are being saved are.
    async fn saved(&mut self, watch: &mut (dyn Watch + Send)) -> Result<(), Problem> {
        if let Some((counts, saving)) = self.saving.take() {
            saving.await.map_err(|error| {
                tracing::error!(%error, "rows were not saved");
                Problem::internal()
            })??;
            self.done = counts;
        }
        watch.progress(self.progress());
        Ok(())
    }

    /// Says that every row is done with.
    async fn end(self) -> Result<Report, Problem> {
        let Self { app, caller, check, action, run, rows, counts, findings, .. } = self;
        // Of a run that was done before, what it took over then is unchanged now.
        let before = if run.state == RunState::Done { run.counts.imported } else { 0 };
        let told = Counts {
            imported: counts.imported.saturating_sub(before),
            unchanged: counts.unchanged.saturating_add(before),
            ..counts
        };
        if !check {
            let scope: Scope = app.open(caller, action).await?;
            store::import::set(&scope, run.id, RunState::Done, counts).await?;
            let record = Record::of("import", Some(run.id)).with("imported", counts.imported);
            scope
                .commit(record.with("unchanged", counts.unchanged).with("bad", counts.bad).with("state", "done"))
                .await?;
        }
        Ok(Report { run: (!check).then_some(run.id), rows, counts: told, findings })
    }
}
