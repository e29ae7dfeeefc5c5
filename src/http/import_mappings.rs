//! `/v1/import-mappings`: how files of earlier books are read, kept by name.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, Page, PageIn},
};
use crate::{
    app::import_mapping,
    error::Problem,
    import::Mapping,
    store::import_mapping::{Kept, Version},
};
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(versions)).routes(routes!(read))
}

/// 映射。A mapping as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportMappingIn)]
pub(super) struct MappingIn {
    /// 名称，在本机构唯一。Its name, one of its kind at the institution.
    #[schema(min_length = 1, max_length = 100, example = "旧台账")]
    name: String,
    /// How a file is read.
    mapping: Mapping,
}

/// 映射文件。The file of a mapping.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportMappingFileIn)]
struct MappingFileIn {
    /// 文件内容，TOML。Its text, TOML.
    #[schema(example = "as_of = \"2023-12-31\"")]
    text: String,
}

/// 映射。A mapping that is kept under a name.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportMappingKept)]
pub(super) struct MappingOut {
    /// Its id.
    id: Uuid,
    /// Its name.
    #[schema(example = "旧台账")]
    name: String,
    /// Counts up with every change.
    version: i64,
    /// How a file is read.
    mapping: Mapping,
}

impl From<Kept> for MappingOut {
    fn from(Kept { id, name, mapping, version }: Kept) -> Self {
        Self { id, name, version, mapping }
    }
}

/// 映射的一个版本。A state that a mapping was in.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportMappingVersion)]
pub(super) struct VersionOut {
    /// Which state it is, from 1 on.
    version: i64,
    /// Its name then.
    name: String,
    /// How a file was read then.
    mapping: Mapping,
    /// 映射文件，TOML，可供命令行导入使用。The same as a file, TOML, as `zengxin import` and the readings take it.
    #[schema(example = "as_of = \"2023-12-31\"")]
    file: String,
    /// The user who stated it.
    stated_by: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    stated_at: DateTime<Utc>,
}

impl VersionOut {
    fn of(Version { kept, stated_by, stated_at }: Version) -> Result<Self, Problem> {
        let Kept { id: _, name, mapping, version } = kept;
        let file = mapping.file()?;
        Ok(Self { version, name, mapping, file, stated_by: stated_by.uuid(), stated_at })
    }
}

/// 映射列表。The institution's mappings.
#[utoipa::path(get, path = "/v1/import-mappings", tag = "imports", operation_id = "list_import_mappings", security(("bearer" = [])),
    params(PageIn), responses((status = 200, description = "一页 A page", body = PageOut<MappingOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    page: Page<Uuid>,
) -> Result<Json<PageOut<MappingOut>>, Problem> {
    let mappings = import_mapping::list(&app, &caller, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, mappings, |mapping| mapping.id.to_string()))
}

/// 映射。One of the institution's mappings.
#[utoipa::path(get, path = "/v1/import-mappings/{id}", tag = "imports", operation_id = "read_import_mapping", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "映射 The mapping", body = MappingOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<MappingOut>, Problem> {
    let mapping = import_mapping::get(&app, &caller, id).await?;
    Ok(Versioned::present(mapping.version, mapping))
}

/// 保存或修改映射。Keeps a mapping under a name; with If-Match it changes one. 422 names everything that it cannot mean.
#[utoipa::path(put, path = "/v1/import-mappings/{id}", tag = "imports", operation_id = "put_import_mapping", security(("bearer" = [])),
    request_body = MappingIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag；新建时不带 The ETag read; none to keep a new one")),
    responses((status = 200, description = "已修改，或此前已保存 Changed, or kept before", body = MappingOut),
        (status = 201, description = "已保存 Kept", body = MappingOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(MappingIn { name, mapping }): Body<MappingIn>,
) -> Result<Versioned<MappingOut>, Problem> {
    match version.0 {
        None => {
            let kept = import_mapping::state(&app, &caller, id, name, mapping).await?;
            Ok(Versioned::put(kept, |mapping| mapping.version))
        }
        Some(version) => {
            let changed = import_mapping::replace(&app, &caller, id, version, name, mapping).await?;
            Ok(Versioned::present(changed.version, changed))
        }
    }
}

/// 映射的历史版本。The states that a mapping was in, newest first.
#[utoipa::path(get, path = "/v1/import-mappings/{id}/versions", tag = "imports", operation_id = "list_import_mapping_versions",
    security(("bearer" = [])), params(("id" = Uuid, Path), PageIn),
    responses((status = 200, description = "一页 A page", body = PageOut<VersionOut>), Refusals))]
async fn versions(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<i64>,
) -> Result<Json<PageOut<VersionOut>>, Problem> {
    let versions = import_mapping::versions(&app, &caller, id, page.after, page.and_one_more()).await?;
    let versions = versions.into_iter().map(VersionOut::of).collect::<Result<Vec<_>, _>>()?;
    Ok(PageOut::of(&page, versions, |version| version.version.to_string()))
}

/// 读取映射文件。Reads the file of a mapping, TOML; nothing is written. 422 with the place of the first word that is not understood;
/// what a mapping cannot mean is said where it is used.
#[utoipa::path(post, path = "/v1/import-mapping-readings", tag = "imports", operation_id = "read_import_mapping_file",
    security(("bearer" = [])),
    request_body = MappingFileIn,
    responses((status = 200, description = "映射 The mapping", body = Mapping), Refusals))]
async fn read(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Body(MappingFileIn { text }): Body<MappingFileIn>,
) -> Result<Json<Mapping>, Problem> {
    Ok(Json(import_mapping::read(&app, &caller, &text).await?))
}
