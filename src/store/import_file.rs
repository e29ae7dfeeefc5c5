//! Files of earlier books as they were uploaded: what is known of them, and their sealed parts.

use super::{
    Scope,
    put::{insert_once, or_busy, repeated},
    statement_of,
};
use crate::{
    error::Problem,
    import::{
        Encoding,
        upload::{Part, Survey},
    },
};
use chrono::{DateTime, Utc};
use domain::value::UserId;
use entity::import_file::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, FromQueryResult,
    IntoActiveModel as _, QueryFilter as _, sea_query::Expr,
};
use uuid::Uuid;

/// A file that was uploaded.
#[derive(Clone, Debug)]
pub struct File {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of it.
    pub hash: Vec<u8>,
    /// Its characters.
    pub encoding: Encoding,
    /// What stands between two columns.
    pub delimiter: char,
    /// How many columns it has.
    pub columns: usize,
    /// How many rows it has below its heading.
    pub rows: u64,
    /// Who brought it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// When its content was forgotten.
    pub forgotten_at: Option<DateTime<Utc>>,
}

const fn encoding_word(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Gb18030 => "gb18030",
    }
}

fn of_row(row: Model) -> Result<File, Problem> {
    let count = |count: i64| u64::try_from(count).map_err(|_| Problem::internal());
    Ok(File {
        id: row.id,
        bytes: count(row.bytes)?,
        encoding: if row.encoding == "gb18030" { Encoding::Gb18030 } else { Encoding::Utf8 },
        delimiter: row.delimiter.chars().next().ok_or_else(Problem::internal)?,
        columns: usize::try_from(row.columns).map_err(|_| Problem::internal())?,
        rows: count(row.rows)?,
        uploaded_by: UserId::from_uuid(row.uploaded_by),
        name: row.name,
        hash: row.hash,
        uploaded_at: row.uploaded_at,
        forgotten_at: row.forgotten_at,
    })
}

/// The file that this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<File>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// A file of the institution, if there is one of this id.
pub async fn find(scope: &Scope, id: Uuid) -> Result<Option<File>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    row.map(of_row).transpose()
}

/// A file of the institution; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<File, Problem> {
    find(scope, id).await?.ok_or_else(Problem::not_found)
}

/// What one file of a list of jobs is called, and how long it is.
pub async fn named(scope: &Scope, ids: Vec<Uuid>) -> Result<Vec<File>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.is_in(ids)).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// Adds a file without its parts.
pub async fn insert(scope: &Scope, new: &File, hash: Vec<u8>) -> Result<(), Problem> {
    let kept = |count: u64| i64::try_from(count).map_err(|_| Problem::out_of_range());
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        name: new.name.clone(),
        bytes: kept(new.bytes)?,
        hash: new.hash.clone(),
        encoding: encoding_word(new.encoding).to_owned(),
        delimiter: new.delimiter.to_string(),
        columns: i32::try_from(new.columns).map_err(|_| Problem::out_of_range())?,
        rows: kept(new.rows)?,
        uploaded_by: new.uploaded_by.uuid(),
        uploaded_at: new.uploaded_at,
        forgotten_at: None,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.into_active_model().reset_all()).await?)
}

/// A part with its place among the parts of a file.
#[derive(Clone, Debug)]
pub struct SealedPart {
    /// Its place, from 0.
    pub place: i32,
    /// Its first row.
    pub first_row: u64,
    /// Its bytes; empty when they were forgotten.
    pub sealed: Vec<u8>,
}

/// The places of a survey's parts with where they lie in the file.
pub fn places(survey: &Survey) -> impl Iterator<Item = (i32, Part)> {
    (0..).zip(survey.parts.iter().copied())
}

const INSERT_PART: &str = "INSERT INTO zengxin.import_part (institution_id, file_id, place, first_row, sealed) \
    VALUES ($1, $2, $3, $4, $5)";

/// Adds one part of a file.
pub async fn insert_part(scope: &Scope, file: Uuid, part: SealedPart) -> Result<(), Problem> {
    let first_row = i64::try_from(part.first_row).map_err(|_| Problem::out_of_range())?;
    let values = [scope.tenant().uuid().into(), file.into(), part.place.into(), first_row.into(), part.sealed.into()];
    scope.tx().execute_raw(statement_of(INSERT_PART, values)).await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct PartRead {
    place: i32,
    first_row: i64,
    sealed: Vec<u8>,
}

impl PartRead {
    fn part(self) -> Result<SealedPart, Problem> {
        let first_row = u64::try_from(self.first_row).map_err(|_| Problem::internal())?;
        Ok(SealedPart { place: self.place, first_row, sealed: self.sealed })
    }
}

const PART: &str = "SELECT place, first_row, sealed FROM zengxin.import_part \
    WHERE institution_id = $1 AND file_id = $2 AND place = $3";

/// A part of a file; none behind the last.
pub async fn part(scope: &Scope, file: Uuid, place: i32) -> Result<Option<SealedPart>, Problem> {
    let values = [scope.tenant().uuid().into(), file.into(), place.into()];
    let row = PartRead::find_by_statement(statement_of(PART, values)).one(scope.tx()).await?;
    row.map(PartRead::part).transpose()
}

const PART_WITH: &str = "SELECT place, first_row, sealed FROM zengxin.import_part \
    WHERE institution_id = $1 AND file_id = $2 AND first_row <= $3 ORDER BY first_row DESC LIMIT 1";

/// The part in which a row stands.
pub async fn part_with(scope: &Scope, file: Uuid, row: i64) -> Result<Option<SealedPart>, Problem> {
    let values = [scope.tenant().uuid().into(), file.into(), row.into()];
    let row = PartRead::find_by_statement(statement_of(PART_WITH, values)).one(scope.tx()).await?;
    row.map(PartRead::part).transpose()
}

const EMPTY_PARTS: &str =
    "UPDATE zengxin.import_part SET sealed = ''::bytea WHERE institution_id = $1 AND file_id = $2";

const EMPTY_FAULTS: &str = "UPDATE zengxin.import_fault f SET sealed = ''::bytea FROM zengxin.import_job j \
    WHERE f.institution_id = $1 AND j.institution_id = $1 AND j.file_id = $2 AND f.job_id = j.id";

const NEEDED: &str = "NOT EXISTS (SELECT FROM zengxin.import_job j WHERE j.institution_id = import_file.institution_id \
    AND j.file_id = import_file.id AND j.ended_at IS NULL)";

/// Forgets what the files said that were uploaded before a moment and that no job needs; answers how many there were.
pub async fn forget(scope: &Scope, before: DateTime<Utc>) -> Result<u64, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::ForgottenAt.is_null());
    let rows = rows.filter(Column::UploadedAt.lt(before)).filter(Expr::cust(NEEDED)).all(scope.tx()).await?;
    for row in &rows {
        for sql in [EMPTY_PARTS, EMPTY_FAULTS] {
            let values = [scope.tenant().uuid().into(), row.id.into()];
            scope.tx().execute_raw(statement_of(sql, values)).await?;
        }
        let emptied = Entity::update_many().col_expr(Column::ForgottenAt, Expr::value(scope.now()));
        let emptied = emptied.filter(Column::InstitutionId.eq(scope.tenant().uuid())).filter(Column::Id.eq(row.id));
        emptied.exec(scope.tx()).await?;
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}
