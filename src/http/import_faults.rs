//! `/v1/imports/{id}/faults` and `/rows`: what is wrong with which row, as pages, as a file, and beside what stands there.

use super::{
    AppState,
    answer::{PageOut, Refusals},
    extract::{Caller, Id, Page, PageIn},
};
use crate::{
    app::import_job::{self, SeenFault, SeenRow},
    auth,
    error::Problem,
    import::{BadRows, Fault},
    store::{
        import_job::FaultRow,
        place::{NoPlace, halves},
    },
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{FromRequestParts, Path, State},
    http::{header, request::Parts},
    response::{IntoResponse as _, Response},
};
use futures_util::{StreamExt as _, stream};
use serde::Serialize;
use std::{io, str::FromStr};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// How many lines of a file are asked for at once.
const LINES_AT_ONCE: u64 = 1_000;

/// Before the first fault.
const BEGINNING: (i64, i32) = (0, 0);

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(file)).routes(routes!(row))
}

/// 错误。What is wrong with one column of a row.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportFault)]
pub(super) struct FaultOut {
    /// 行号。The row, counted from 1 without the heading.
    row: u64,
    /// 栏。The column; a part of the mapping where no column is at fault.
    #[schema(example = "到期日")]
    column: String,
    /// A stable name for programs.
    #[schema(example = "day")]
    code: String,
    /// What is wrong, and what would be right.
    #[schema(example = "不是所定格式的日期。")]
    message: String,
    /// The same in English.
    message_en: String,
    /// 原值。What stands there; null where it may not be seen, or was forgotten.
    #[schema(example = "2022/2/29")]
    value: Option<String>,
}

impl FaultOut {
    /// A fault that was found just now.
    pub(super) fn of(row: u64, Fault { column, code, message, value }: Fault) -> Self {
        let (message, message_en) = (message.zh.into_owned(), message.en.into_owned());
        Self { row, column, code: code.to_owned(), message, message_en, value: Some(value) }
    }
}

impl From<SeenFault> for FaultOut {
    fn from((fault, value): SeenFault) -> Self {
        let FaultRow { row_number, column_name, code, message, message_en, .. } = fault;
        let row = u64::try_from(row_number).unwrap_or_default();
        Self { row, column: column_name, code, message, message_en, value }
    }
}

/// 单元格。A value with the name of its column.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportCell)]
struct CellOut {
    /// The column.
    column: String,
    /// What stands there; of a personal identifier the end alone.
    value: String,
}

/// 文件中的一行。A row of the file with what is wrong with it.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRow)]
struct RowOut {
    /// The row, counted from 1 without the heading.
    row: u64,
    /// Its values in the order of the columns; null where they may not be seen, or were forgotten.
    cells: Option<Vec<CellOut>>,
    /// Everything that is wrong with it.
    faults: Vec<FaultOut>,
}

impl From<SeenRow> for RowOut {
    fn from(SeenRow { row, cells, faults }: SeenRow) -> Self {
        let cell = |(column, value)| CellOut { column, value };
        Self {
            row: u64::try_from(row).unwrap_or_default(),
            cells: cells.map(|cells| cells.into_iter().map(cell).collect()),
            faults: faults.into_iter().map(FaultOut::from).collect(),
        }
    }
}

/// The place of a fault in the list: row and place, as `17.0`.
#[derive(Clone, Copy, Debug)]
struct Place(i64, i32);

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (row, place) = halves(text)?;
        Ok(Self(row, place))
    }
}

fn place((fault, _): &SeenFault) -> (i64, i32) {
    (fault.row_number, fault.place)
}

/// 未导入行的错误。What is wrong with the rows that cannot be taken over, in the order of the rows.
#[utoipa::path(get, path = "/v1/imports/{id}/faults", tag = "imports", operation_id = "list_import_faults", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<FaultOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Place>,
) -> Result<Json<PageOut<FaultOut>>, Problem> {
    let after = page.after.map_or(BEGINNING, |Place(row, place)| (row, place));
    let faults = import_job::faults(&app, &caller, id, after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, faults, |fault| format!("{}.{}", fault.0.row_number, fault.0.place)))
}

/// 未导入行清单（CSV）。The same as a file for a spreadsheet: row, column, code, message, message_en, value.
#[utoipa::path(get, path = "/v1/imports/{id}/faults.csv", tag = "imports", operation_id = "download_import_faults",
    security(("bearer" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, description = "CSV 文件 The file", body = String, content_type = "text/csv"), Refusals))]
async fn file(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Response, Problem> {
    let first = import_job::faults(&app, &caller, id, BEGINNING, LINES_AT_ONCE).await?;
    let heading = BadRows::new(Vec::new()).and_then(|list| list.into_inner()).map_err(|_| Problem::internal())?;
    let lines = stream::unfold(Some(Listing { app, caller, id, next: Some(first), heading }), Listing::more);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"bad-rows.csv\""),
    ];
    // Whoever compresses it asks once more behind the end.
    Ok((headers, Body::from_stream(lines.fuse())).into_response())
}

/// A file of faults that is written page by page.
struct Listing {
    app: AppState,
    caller: auth::Caller,
    id: Uuid,
    next: Option<Vec<SeenFault>>,
    heading: Vec<u8>,
}

impl Listing {
    async fn more(listing: Option<Self>) -> Option<(io::Result<Bytes>, Option<Self>)> {
        let mut listing = listing?;
        let faults = listing.next.take()?;
        let last = faults.last().map(place);
        let mut lines = BadRows::going_on(std::mem::take(&mut listing.heading));
        for (fault, value) in &faults {
            let FaultRow { row_number, column_name, code, message, message_en, .. } = fault;
            let row = u64::try_from(*row_number).unwrap_or_default();
            let value = value.as_deref().unwrap_or_default();
            if let Err(error) = lines.line(row, [column_name, code, message, message_en], value) {
                return Some((Err(error), None));
            }
        }
        let written = lines.into_inner().map(Bytes::from);
        if let Some(last) = last.filter(|_| u64::try_from(faults.len()).is_ok_and(|len| len >= LINES_AT_ONCE)) {
            let next = import_job::faults(&listing.app, &listing.caller, listing.id, last, LINES_AT_ONCE).await;
            match next {
                Ok(next) => listing.next = Some(next),
                Err(problem) => return Some((Err(io::Error::other(problem)), None)),
            }
        }
        Some((written, Some(listing)))
    }
}

/// An import and a row of its file; what is no number names no row.
struct RowOf(Uuid, i64);

impl FromRequestParts<AppState> for RowOf {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let path = Path::<(Uuid, i64)>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        let Path((id, row)) = path;
        Ok(Self(id, row))
    }
}

/// 文件中的一行。A row of an import's file as it stands there, with what is wrong with it.
#[utoipa::path(get, path = "/v1/imports/{id}/rows/{row}", tag = "imports", operation_id = "read_import_row", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("row" = i64, Path, minimum = 1)),
    responses((status = 200, description = "一行 The row", body = RowOut), Refusals))]
async fn row(
    State(app): State<AppState>,
    Caller(caller): Caller,
    RowOf(id, row): RowOf,
) -> Result<Json<RowOut>, Problem> {
    Ok(Json(import_job::row(&app, &caller, id, row).await?.into()))
}
