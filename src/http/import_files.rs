//! `/v1/import-files`: files of earlier books, brought whole and looked at before anything is done with them.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    agreement_terms::SharesOut,
    answer::{Refusals, Versioned},
    extract::{Asked, Body, Caller, Id},
    import_faults::FaultOut,
};
use crate::{
    app::import_file::{self, Glance, Previewed},
    calculator::ClientKindIn,
    error::Problem,
    import::{Encoding, Fault, Mapping, Row},
    store::{
        contract::{ContractKind, Purpose},
        import_file::File,
        party::PartyKind,
    },
};
use axum::{
    Json,
    body::{Body as Bytes, Bytes as Piece},
    extract::State,
    http::StatusCode,
};
use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use domain::{client::ClientKind, value::Day};
use futures_util::{Stream, StreamExt as _, stream};
use http_body_util::LengthLimitError;
use serde::{Deserialize, Serialize};
use std::{error::Error, time::Duration};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// How long one waits for the next piece of a file.
const PATIENCE: Duration = Duration::from_secs(30);

/// The routes with bodies of the usual size.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get)).routes(routes!(preview))
}

/// The route by which files come in.
pub(super) fn uploads() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(put))
}

/// What a file is called.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NameIn {
    /// 文件名。What its owner calls it.
    #[param(min_length = 1, max_length = 200, example = "ledger.csv")]
    name: String,
}

/// 业务账簿文件。A file of an earlier book.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportFile)]
pub(super) struct FileOut {
    /// Its id.
    id: Uuid,
    /// What its owner calls it.
    #[schema(example = "ledger.csv")]
    name: String,
    /// How long it is.
    bytes: u64,
    /// SHA-256 of it, in hexadecimal.
    sha256: String,
    /// 编码，上传时识别。Its characters, as they were found.
    encoding: Encoding,
    /// 分隔符，上传时识别。What stands between two columns, as it was found.
    #[schema(value_type = String, example = ",")]
    delimiter: char,
    /// How many columns it has.
    columns: usize,
    /// How many rows it has below its heading.
    rows: u64,
    /// The user who brought it.
    uploaded_by: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    uploaded_at: DateTime<Utc>,
    /// 内容清除的时间；此后只能重新上传。When its content was forgotten.
    #[schema(value_type = Option<String>, format = DateTime)]
    forgotten_at: Option<DateTime<Utc>>,
}

impl From<File> for FileOut {
    fn from(file: File) -> Self {
        Self {
            id: file.id,
            name: file.name,
            bytes: file.bytes,
            sha256: HEXLOWER.encode(&file.hash),
            encoding: file.encoding,
            delimiter: file.delimiter,
            columns: file.columns,
            rows: file.rows,
            uploaded_by: file.uploaded_by.uuid(),
            uploaded_at: file.uploaded_at,
            forgotten_at: file.forgotten_at,
        }
    }
}

/// 文件及其前几行。A file with its first rows: neither heading nor rows for roles that see nothing of clients, or when it was forgotten.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportFileGlance)]
pub(super) struct GlanceOut {
    /// The file.
    file: FileOut,
    /// The names of its columns.
    heading: Vec<String>,
    /// Its first rows, at most 20; of a citizen's number the end alone.
    rows: Vec<Vec<String>>,
}

impl From<Glance> for GlanceOut {
    fn from(Glance { file, heading, rows }: Glance) -> Self {
        Self { file: file.into(), heading, rows }
    }
}

/// 读取结果。What a row says by the mapping.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportReading)]
struct ReadingOut {
    /// 合同编号。The contract's number.
    number: String,
    /// 客户名称。The client's name.
    client_name: String,
    /// 主体类型。What the client is by its legal form.
    legal_form: PartyKind,
    /// 客户类型。Who the client is, as it is declared.
    #[schema(value_type = ClientKindIn)]
    client_kind: ClientKind,
    /// 地区。The client's region.
    region_code: String,
    /// 行业。The client's industry; null when it is not known.
    industry_code: Option<String>,
    /// 担保品种。What is guaranteed.
    kind: ContractKind,
    /// 资金用途。What the money is for.
    purpose: Purpose,
    /// 担保金额（元）。The guaranteed amount.
    amount: String,
    /// 贷款本金（元）。The loan's principal.
    principal: String,
    /// 担保费（元）。The fee; null when it is not known.
    fee: Option<String>,
    /// 起始日。The first day.
    start: NaiveDate,
    /// 到期日。The day after the last.
    end: NaiveDate,
    /// 解保日。The day it ended, if it has.
    released_on: Option<NaiveDate>,
    /// 核销金额（元）。What was charged off.
    charged_off: Option<String>,
    /// 核销日。When that was.
    charged_off_on: Option<NaiveDate>,
    /// 协议编号。The number of its agreement; null without.
    agreement: Option<String>,
    /// 各方分险比例；未列明的依协议条款。Who bears how much; null where the terms of the agreement say it.
    shares: Option<SharesOut>,
}

impl From<Row> for ReadingOut {
    fn from(row: Row) -> Self {
        Self {
            agreement: row.agreement,
            shares: row.shares.as_ref().map(SharesOut::from),
            number: row.number,
            client_name: row.client.name,
            legal_form: row.client.form,
            client_kind: row.client.kind,
            region_code: row.client.region_code,
            industry_code: row.client.industry_code,
            kind: row.kind,
            purpose: row.purpose,
            amount: row.amount.to_string(),
            principal: row.principal.to_string(),
            fee: row.fee.map(|fee| fee.to_string()),
            start: row.start.date(),
            end: row.end.date(),
            released_on: row.released_on.map(Day::date),
            charged_off: row.charged_off.map(|(amount, _)| amount.to_string()),
            charged_off_on: row.charged_off.and_then(|(_, on)| on).map(Day::date),
        }
    }
}

/// 预览中的一行。A row of a preview: what stands there, and what it says or what is wrong with it.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportPreviewRow)]
struct PreviewRowOut {
    /// The row, counted from 1 without the heading.
    row: u64,
    /// The values in the order of the heading.
    cells: Vec<String>,
    /// What it says; null when something is wrong with it.
    reading: Option<ReadingOut>,
    /// Everything that is wrong with it.
    faults: Vec<FaultOut>,
}

/// 预览。What the first rows of a file say by a mapping.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportPreview)]
struct PreviewOut {
    /// The names of the columns.
    heading: Vec<String>,
    /// The first rows, at most 20.
    rows: Vec<PreviewRowOut>,
}

impl PreviewOut {
    fn of(heading: Vec<String>, rows: Vec<Previewed>) -> Self {
        let row = |(row, (cells, read)): (u64, Previewed)| {
            let (reading, faults) = match read {
                Ok(read) => (Some(read.into()), Vec::new()),
                Err(faults) => (None, faults),
            };
            let faults = faults.into_iter().map(|fault: Fault| FaultOut::of(row, fault)).collect();
            PreviewRowOut { row, cells, reading, faults }
        };
        Self { heading, rows: (1..).zip(rows).map(row).collect() }
    }
}

/// 上传账簿文件。Takes a file in: CSV with a heading, in UTF-8 or GB 18030; the same sent again under the id changes nothing.
#[utoipa::path(put, path = "/v1/import-files/{id}", tag = "imports", operation_id = "put_import_file", security(("bearer" = [])),
    request_body(content = String, content_type = "text/csv", description = "文件内容 The file's bytes"), params(("id" = Uuid, Path), NameIn),
    responses((status = 200, description = "此前已上传 Taken in before", body = FileOut),
        (status = 201, description = "已上传 Taken in", body = FileOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Asked(NameIn { name }): Asked<NameIn>,
    body: Bytes,
) -> Result<Versioned<FileOut>, Problem> {
    import_file::may_bring(&app, &caller, &name).await?;
    Ok(Versioned::put(import_file::bring(&app, &caller, id, name, pieces(body).fuse()).await?, |_| 1))
}

/// The pieces of a body, each of which comes in good time.
fn pieces(body: Bytes) -> impl Stream<Item = Result<Piece, Problem>> {
    stream::unfold(Some(body.into_data_stream()), async |body| {
        let mut body = body?;
        match tokio::time::timeout(PATIENCE, body.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(piece))) => Some((Ok(piece), Some(body))),
            Ok(Some(Err(error))) => Some((Err(broken_off(&error)), None)),
            Err(_) => Some((Err(Problem::of_status(StatusCode::GATEWAY_TIMEOUT)), None)),
        }
    })
}

fn broken_off(error: &(dyn Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE);
        }
        cause = error.source();
    }
    Problem::of_status(StatusCode::BAD_REQUEST)
}

/// 账簿文件。A file with its first rows.
#[utoipa::path(get, path = "/v1/import-files/{id}", tag = "imports", operation_id = "read_import_file", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "文件 The file", body = GlanceOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Json<GlanceOut>, Problem> {
    Ok(Json(import_file::get(&app, &caller, id).await?.into()))
}

/// 预览。What the first rows of a file say by a mapping; nothing is written.
#[utoipa::path(post, path = "/v1/import-files/{id}/previews", tag = "imports", operation_id = "preview_import_file",
    security(("bearer" = [])), request_body = Mapping, params(("id" = Uuid, Path)),
    responses((status = 200, description = "预览 The preview", body = PreviewOut), Refusals))]
async fn preview(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(mapping): Body<Mapping>,
) -> Result<Json<PreviewOut>, Problem> {
    let (heading, rows) = import_file::preview(&app, &caller, id, mapping).await?;
    Ok(Json(PreviewOut::of(heading, rows)))
}
