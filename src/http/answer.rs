//! What handlers answer: rows with their version, pages, and the problems that any of them may meet.

use super::extract::Page;
use crate::{
    calculator,
    error::{PROBLEM_JSON, Problem, ProblemOut},
    store::Put,
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::value::{OutOfRange, Ratio};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response},
};

/// A ratio as an answer shows it: six decimals, or null.
pub(super) fn shown(ratio: Result<Option<Ratio>, OutOfRange>) -> Result<Option<String>, Problem> {
    Ok(calculator::shown(ratio?)?)
}

/// A thing with its version in the `ETag` header.
#[derive(Debug)]
pub(super) struct Versioned<T> {
    pub(super) status: StatusCode,
    pub(super) version: i64,
    pub(super) out: T,
}

impl<T> Versioned<T> {
    /// A thing as it is.
    pub(super) fn present(version: i64, out: impl Into<T>) -> Self {
        Self { status: StatusCode::OK, version, out: out.into() }
    }

    /// A thing that was put: 201 when made now, 200 when known.
    pub(super) fn put<M: Into<T>>(put: Put<M>, version: impl FnOnce(&M) -> i64) -> Self {
        let (status, model) = match put {
            Put::Created(model) => (StatusCode::CREATED, model),
            Put::Known(model) => (StatusCode::OK, model),
        };
        Self { status, version: version(&model), out: model.into() }
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.out)).into_response();
        if let Ok(tag) = HeaderValue::try_from(format!("\"{}\"", self.version)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// An act that was put: 201 when done now, 200 when known.
pub(super) fn put_act<M, T: From<M>>(put: Put<M>) -> (StatusCode, Json<T>) {
    match put {
        Put::Created(act) => (StatusCode::CREATED, Json(act.into())),
        Put::Known(act) => (StatusCode::OK, Json(act.into())),
    }
}

/// 一页。One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PageOut<T> {
    /// The items, in a stable order.
    items: Vec<T>,
    /// What `after` is for the next page; none when this is the last.
    next: Option<String>,
}

impl<T> PageOut<T> {
    /// A page of rows of which one more than fits was asked for.
    pub(super) fn of<M, K>(page: &Page<K>, mut rows: Vec<M>, key: impl Fn(&M) -> String) -> Json<Self>
    where
        T: From<M>,
    {
        let fits = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let more = rows.len() > fits;
        rows.truncate(fits);
        let next = rows.last().filter(|_| more).map(key);
        Json(Self { items: rows.into_iter().map(T::from).collect(), next })
    }
}

impl<T> PageOut<T> {
    /// The one page of a list that always fits.
    pub(super) fn whole<M>(rows: Vec<M>) -> Json<Self>
    where
        T: From<M>,
    {
        Json(Self { items: rows.into_iter().map(T::from).collect(), next: None })
    }
}

/// The problems of an operation with a body, a version, or an act.
pub(super) struct Refusals;

/// The problems of an operation that is open to strangers.
pub(super) struct LoginRefusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        problems(&[
            ("400", "输入无法读取 The input cannot be read"),
            ("401", "未登录或登录已失效 Not logged in"),
            ("403", "无此权限；已记入审计 Not allowed; in the audit list"),
            ("404", "没有此内容，或属于其他机构 Nothing here, or another institution's"),
            ("409", "编号已用于其他内容，或当前状态不允许 The id is used, or not in this state"),
            ("412", "已被他人修改 Changed meanwhile"),
            ("413", "请求内容过大 The body is too large"),
            ("415", "不支持的内容类型 Not JSON"),
            ("422", "输入不合理 The input makes no sense"),
            ("428", "缺少 If-Match 标头 If-Match is missing"),
            ("503", "暂不可用，请用同一编号重试 Away for now: ask again with the same id"),
        ])
    }
}

impl IntoResponses for LoginRefusals {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        problems(&[
            ("400", "输入无法读取 The input cannot be read"),
            ("401", "登录失败 Login refused"),
            ("403", "机构已退出，或请求来自其他网站 The institution has withdrawn, or another site asks"),
            ("413", "请求内容过大 The body is too large"),
            ("415", "不支持的内容类型 Not JSON"),
            ("422", "输入不合理 The input makes no sense"),
            ("429", "请求过于频繁，见 Retry-After Too many requests, see Retry-After"),
            ("503", "暂不可用 Away for now"),
        ])
    }
}

fn problems(list: &[(&str, &str)]) -> BTreeMap<String, RefOr<response::Response>> {
    let schema = Ref::from_schema_name(ProblemOut::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let media = PROBLEM_JSON;
    let media = media.to_str().unwrap_or_default();
    let response = |description: &str| {
        ResponseBuilder::new().description(description).content(media, content.clone()).build().into()
    };
    list.iter().map(|(status, description)| ((*status).to_owned(), response(description))).collect()
}
