//! `/v1/saved-views`: filters, order and columns of a list under a name.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, ListIn, Listed},
};
use crate::{
    app::saved_view,
    error::Problem,
    store::saved_view::{SavedView, View},
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put))
}

/// Of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfListIn {
    /// 列表。The list, as the last part of its address.
    #[param(min_length = 1, max_length = 60, example = "contracts")]
    list: String,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl ListIn for OfListIn {
    type Wanted = String;

    fn split(self) -> (Option<String>, Option<u64>, String) {
        (self.after, self.limit, self.list)
    }
}

/// 视图。A view as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedViewIn {
    /// 列表。The list; it stays the same.
    #[schema(min_length = 1, max_length = 60, example = "contracts")]
    list: String,
    /// 名称，本人在该列表中唯一。Its name, one of its owner's on the list.
    #[schema(min_length = 1, max_length = 60, example = "下月到期")]
    name: String,
    /// 条件与排序，同地址中 ? 之后的部分。The filters and the order, as they stand after ? in an address.
    #[schema(max_length = 2000, example = "state=in_force&sort=end")]
    query: String,
    /// 列；不填为列表自己的选择。The names of the columns; the list's own choice without.
    #[serde(default)]
    #[schema(max_items = 50)]
    columns: Vec<String>,
    /// 是否与本机构同事共享。Whether everybody of the institution reads it.
    #[serde(default)]
    shared: bool,
    /// 是否删除；删除后可恢复。Whether it is removed; its owner may bring it back.
    #[serde(default)]
    removed: bool,
}

impl From<SavedViewIn> for View {
    fn from(view: SavedViewIn) -> Self {
        let SavedViewIn { list, name, query, columns, shared, removed } = view;
        Self { list, name, query, columns, shared, removed }
    }
}

/// 视图。Filters, order and columns of a list under a name.
#[derive(Serialize, ToSchema)]
pub(super) struct SavedViewOut {
    /// Its id.
    id: Uuid,
    /// 保存者。Who keeps it.
    owner_id: Uuid,
    /// 列表。The list.
    list: String,
    /// 名称。Its name.
    name: String,
    /// 条件与排序。The filters and the order, as they stand in an address.
    query: String,
    /// 列。The names of the columns; the list's own choice when empty.
    columns: Vec<String>,
    /// Whether everybody of the institution reads it.
    shared: bool,
    /// Whether it is removed.
    removed: bool,
    /// 版本。What a change names in If-Match.
    version: i64,
}

impl From<SavedView> for SavedViewOut {
    fn from(kept: SavedView) -> Self {
        let SavedView { id, owner, view, version } = kept;
        let View { list, name, query, columns, shared, removed } = view;
        Self { id, owner_id: owner.uuid(), list, name, query, columns, shared, removed, version }
    }
}

/// 视图列表。The own views of a list, and those that colleagues share.
#[utoipa::path(get, path = "/v1/saved-views", tag = "profile", operation_id = "list_saved_views", security(("bearer" = [])), params(OfListIn),
    responses((status = 200, description = "一页 A page", body = PageOut<SavedViewOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    wanted: Listed<Uuid, OfListIn>,
) -> Result<Json<PageOut<SavedViewOut>>, Problem> {
    let (after, limit) = (wanted.page.after, wanted.page.and_one_more());
    let views = saved_view::list(&app, &caller, &wanted.wanted, after, limit).await?;
    Ok(PageOut::of(&wanted.page, views, |view| view.id.to_string()))
}

/// 视图。A view of one's own, or one that is shared.
#[utoipa::path(get, path = "/v1/saved-views/{id}", tag = "profile", operation_id = "read_saved_view", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "视图 The view", body = SavedViewOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<SavedViewOut>, Problem> {
    let view = saved_view::get(&app, &caller, id).await?;
    Ok(Versioned::present(view.version, view))
}

/// 保存、修改或删除视图。Keeps a view; with If-Match its owner changes it, removes it or brings it back.
#[utoipa::path(put, path = "/v1/saved-views/{id}", tag = "profile", operation_id = "put_saved_view", security(("bearer" = [])), request_body = SavedViewIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag；新建时不带 The ETag read; none to keep a new one")),
    responses((status = 200, description = "已修改，或此前已保存 Changed, or kept before", body = SavedViewOut),
        (status = 201, description = "已保存 Kept", body = SavedViewOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(view): Body<SavedViewIn>,
) -> Result<Versioned<SavedViewOut>, Problem> {
    match version.0 {
        None => Ok(Versioned::put(saved_view::keep(&app, &caller, id, view.into()).await?, |view| view.version)),
        Some(version) => {
            let changed = saved_view::replace(&app, &caller, id, version, view.into()).await?;
            Ok(Versioned::present(changed.version, changed))
        }
    }
}
