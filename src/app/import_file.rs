//! Files of earlier books: brought by an officer, kept sealed, looked at before anything is done with them.

use super::{App, booking};
use crate::{
    auth::{self, Action, Caller, Purpose, View, may_hold_parties},
    check::Check,
    error::{Problem, Text},
    import::{
        self, Fault, Mapping, Row,
        upload::{self, Intake, Part},
    },
    store::{
        self, Put, Scope, creation_hash,
        import_file::{File, SealedPart},
        import_job::FaultRow,
        journal::Record,
    },
};
use axum::body::Bytes;
use domain::value::{Day, IdentifierKind};
use futures_util::{Stream, StreamExt as _};
use std::{
    fs,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
};
use uuid::Uuid;

/// How many rows are shown of a file.
const SHOWN: usize = 20;

/// For how long the content of a file is kept, in days.
const KEPT_DAYS: i64 = 30;

/// The characters of a personal identifier that are shown.
const LAST: usize = 4;

/// A file with its first rows; neither heading nor rows where they may not be seen, or were forgotten.
#[derive(Clone, Debug)]
pub struct Glance {
    /// The file.
    pub file: File,
    /// The names of its columns.
    pub heading: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
}

/// A row as it stands in the file, and as it is read by a mapping.
pub type Previewed = (Vec<String>, Result<Row, Vec<Fault>>);

/// Refuses early whoever may not bring a file, before the file is taken in.
pub async fn may_bring(app: &App, caller: &Caller, name: &str) -> Result<(), Problem> {
    let scope = app.open(caller, Action::PrepareImport).await?;
    Check::default().text("name", name, 200).done()?;
    if may_hold_parties(store::institution::own(&scope).await?.kind) {
        Ok(())
    } else {
        Err(Problem::guarantees_nobody())
    }
}

/// Takes a file in; once under an id, however often the same is sent.
pub async fn bring(
    app: &App,
    caller: &Caller,
    id: Uuid,
    name: String,
    body: impl Stream<Item = Result<Bytes, Problem>>,
) -> Result<Put<File>, Problem> {
    let Ok(_place) = app.imports.uploads.try_acquire() else {
        return Err(Problem::unavailable(Text::new(
            "正在接收的文件过多。请稍候用同一编号重试。",
            "Too many files are coming in. Ask again shortly with the same id.",
        )));
    };
    let (mut scratch, mut intake) = (tempfile::tempfile().map_err(full)?, Intake::default());
    let mut body = std::pin::pin!(body);
    while let Some(piece) = body.next().await {
        let piece = piece?;
        intake.take(&piece);
        scratch.write_all(&piece).map_err(full)?;
    }
    let taken = intake.finish()?;
    let surveyed = tokio::task::spawn_blocking(move || {
        let survey = upload::survey(&mut scratch, &taken)?;
        Ok::<_, Problem>((scratch, taken, survey))
    });
    let (mut scratch, taken, survey) = surveyed.await.map_err(|_| Problem::internal())??;
    let scope = app.open(caller, Action::PrepareImport).await?;
    let hash = creation_hash(&(&name, &taken.hash))?;
    if let Some(known) = store::import_file::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let file = File {
        id,
        name,
        bytes: taken.bytes,
        hash: taken.hash,
        encoding: taken.encoding,
        delimiter: survey.delimiter,
        columns: survey.heading.len(),
        rows: survey.rows,
        uploaded_by: scope.person()?,
        uploaded_at: scope.now(),
        forgotten_at: None,
    };
    store::import_file::insert(&scope, &file, hash).await?;
    for (place, part) in store::import_file::places(&survey) {
        let plain = cut(&mut scratch, part)?;
        let sealed = auth::seal(&app.keys, Purpose::ImportedBook, &bound(&scope, id, &[place.into()]), &plain)?;
        store::import_file::insert_part(&scope, id, SealedPart { place, first_row: part.first_row, sealed }).await?;
    }
    let record = Record::of("import_file", Some(id)).with("bytes", file.bytes).with("rows", file.rows);
    scope.commit(record).await?;
    Ok(Put::Created(file))
}

fn full(error: std::io::Error) -> Problem {
    tracing::error!(%error, "a file cannot be kept while it comes in");
    Problem::unavailable(Text::new(
        "服务暂时没有空间接收文件。请稍候用同一编号重试，或告知管理员。",
        "The service has no room for the file for now. Ask again with the same id, or tell your administrator.",
    ))
}

fn cut(scratch: &mut fs::File, part: Part) -> Result<Vec<u8>, Problem> {
    let length = part.until.saturating_sub(part.from);
    let mut plain = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    scratch.seek(SeekFrom::Start(part.from)).map_err(full)?;
    (&*scratch).take(length).read_to_end(&mut plain).map_err(full)?;
    Ok(plain)
}

/// What a sealed value of a file or a job is bound to.
fn bound(scope: &Scope, id: Uuid, place: &[i64]) -> Vec<u8> {
    let mut bound = [*scope.tenant().uuid().as_bytes(), *id.as_bytes()].concat();
    place.iter().for_each(|number| bound.extend(number.to_be_bytes()));
    bound
}

/// The bytes of a part; none when they were forgotten.
pub(super) fn opened(app: &App, scope: &Scope, file: Uuid, part: &SealedPart) -> Result<Option<Vec<u8>>, Problem> {
    if part.sealed.is_empty() {
        return Ok(None);
    }
    let bound = bound(scope, file, &[part.place.into()]);
    let plain = auth::open(&app.keys, Purpose::ImportedBook, &bound, &part.sealed);
    plain.map(Some).ok_or_else(lost_key)
}

fn lost_key() -> Problem {
    tracing::error!("a part of an uploaded file cannot be opened: its key is not among the keys");
    Problem::internal()
}

/// Seals what stands in a cell at fault.
pub(super) fn sealed_value(
    app: &App,
    scope: &Scope,
    job: Uuid,
    fault: &FaultRow,
    value: &str,
) -> Result<Vec<u8>, Problem> {
    let bound = bound(scope, job, &[fault.row_number, fault.place.into()]);
    auth::seal(&app.keys, Purpose::ImportedBook, &bound, value.as_bytes())
}

/// What stands in a cell at fault, for whoever works with parties; none when it may not be seen, or was forgotten.
pub(super) fn shown_value(app: &App, scope: &Scope, job: Uuid, fault: &FaultRow) -> Result<Option<String>, Problem> {
    if fault.sealed.is_empty() || scope.actor().view() == View::Hidden {
        return Ok(None);
    }
    let bound = bound(scope, job, &[fault.row_number, fault.place.into()]);
    let plain = auth::open(&app.keys, Purpose::ImportedBook, &bound, &fault.sealed).ok_or_else(lost_key)?;
    let value = String::from_utf8(plain).map_err(|_| Problem::internal())?;
    Ok(Some(masked(value, booking::today(scope)?)))
}

/// A value as it is shown: of a citizen's number its end alone, whichever column it stands in.
fn masked(value: String, today: Day) -> String {
    if IdentifierKind::ResidentId.check(&value, today).is_err() {
        return value;
    }
    end_of(&value)
}

fn end_of(value: &str) -> String {
    let skipped = value.chars().count().saturating_sub(LAST);
    format!("…{}", value.chars().skip(skipped).collect::<String>())
}

/// The mapping with what was found in the file itself.
pub(super) fn as_found(mapping: Mapping, file: &File) -> Mapping {
    Mapping { encoding: file.encoding, delimiter: file.delimiter, ..mapping }
}

/// The heading of a file and its first rows; none when they were forgotten.
pub(super) async fn beginning(
    app: &App,
    scope: &Scope,
    file: &File,
    most: usize,
) -> Result<Option<(Vec<String>, Vec<Vec<String>>)>, Problem> {
    let part = store::import_file::part(scope, file.id, 0).await?.ok_or_else(Problem::internal)?;
    let plain = opened(app, scope, file.id, &part)?;
    Ok(plain.map(|plain| upload::first_rows(&plain, file.encoding, file.delimiter, most)))
}

/// A file of the institution, with its first rows for whoever works with parties.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Glance, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    let file = store::import_file::get(&scope, id).await?;
    if scope.actor().view() == View::Hidden {
        return Ok(Glance { file, heading: Vec::new(), rows: Vec::new() });
    }
    let today = booking::today(&scope)?;
    let (heading, rows) = beginning(app, &scope, &file, SHOWN).await?.unwrap_or_default();
    let rows = rows.into_iter().map(|row| row.into_iter().map(|value| masked(value, today)).collect()).collect();
    Ok(Glance { file, heading, rows })
}

/// What the first rows of a file say by a mapping.
pub async fn preview(
    app: &App,
    caller: &Caller,
    id: Uuid,
    mapping: Mapping,
) -> Result<(Vec<String>, Vec<Previewed>), Problem> {
    let scope = app.open(caller, Action::PrepareImport).await?;
    let file = store::import_file::get(&scope, id).await?;
    mapping.check()?;
    let (heading, rows) = beginning(app, &scope, &file, SHOWN).await?.ok_or_else(Problem::file_forgotten)?;
    mapping.check_columns(&heading)?;
    let (mapping, today) = (as_found(mapping, &file), booking::today(&scope)?);
    let read = import::preview(&mapping, &heading, &rows, today)?;
    let personal = personal_columns(&mapping, &heading);
    let shown = rows.into_iter().map(|row| shown_cells(row, &personal, today));
    Ok((heading, shown.zip(read).collect()))
}

/// Where the identifiers of persons stand, if a column of their own has them.
pub(super) fn personal_columns(mapping: &Mapping, heading: &[String]) -> Vec<usize> {
    let identifier = &mapping.client.identifier;
    match &identifier.columns[..] {
        [column] if identifier.scheme.is_personal() => {
            heading.iter().enumerate().filter(|(_, name)| *name == column).map(|(place, _)| place).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn shown_cells(row: Vec<String>, personal: &[usize], today: Day) -> Vec<String> {
    let shown = |(place, value): (usize, String)| {
        if personal.contains(&place) && !value.is_empty() { end_of(&value) } else { masked(value, today) }
    };
    row.into_iter().enumerate().map(shown).collect()
}

/// Forgets what the files of an institution said that were brought too long ago; answers how many there were.
pub async fn forget(app: &App, caller: &Caller) -> Result<u64, Problem> {
    let scope = app.open(caller, Action::WorkImports).await?;
    let kept = chrono::TimeDelta::try_days(KEPT_DAYS).unwrap_or_default();
    let before = scope.now().checked_sub_signed(kept).ok_or_else(Problem::internal)?;
    let forgotten = store::import_file::forget(&scope, before).await?;
    if forgotten > 0 {
        scope.commit(Record::of("import_file", None).with("forgotten", forgotten)).await?;
    }
    Ok(forgotten)
}
