//! What handlers take from a request; what is wrong with it is one of our problems, never the framework's own.

use super::AppState;
use crate::{
    auth::{self, Access},
    error::Problem,
    input,
    store::dated::Listing,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, Uri, header, request::Parts},
};
use domain::value::Day;
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::IntoParams;
use uuid::Uuid;

/// The most items of one page.
const LONGEST_PAGE: u64 = 200;

/// The items of a page when nothing is said.
const USUAL_PAGE: u64 = 50;

/// The caller whom the access token names; 401 without a valid one.
#[derive(Debug)]
pub(super) struct Caller(pub(super) auth::Caller);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let token = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = token.and_then(|value| value.split_once(' ')).ok_or_else(Problem::unauthenticated)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Problem::unauthenticated());
        }
        let caller = Access::read(&state.keys, token.trim(), state.clock.now());
        caller.map(Self).map_err(|_| Problem::unauthenticated())
    }
}

/// A JSON body; 415 for another media type, 400 with the field's path for one that is not as described.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let media =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if media != "application/json" {
            return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| Problem::of_status(rejection.status()))?;
        input::read(&bytes).map(Self)
    }
}

/// 422 with the names of those ids of the path that name nothing: the nil UUID stands for none in arrays, and searches begin behind it.
async fn no_nil(parts: &mut Parts, state: &AppState) -> Result<(), Problem> {
    use axum::extract::RawPathParams;
    let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
    let nil = path.iter().filter(|(_, value)| value.parse::<Uuid>().is_ok_and(|id| id.is_nil()));
    let reason = input::Reason::NIL_ID;
    let fault = |name: &str| input::field(name.to_owned(), reason.code, reason.text().zh, reason.text().en);
    let faults: Vec<_> = nil.map(|(name, _)| fault(name)).collect();
    if faults.is_empty() { Ok(()) } else { Err(input::invalid(faults)) }
}

/// A UUID of the path; what is none names nothing.
#[derive(Debug)]
pub(super) struct Id(pub(super) Uuid);

impl FromRequestParts<AppState> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        use axum::extract::Path;
        let path = Path::<Uuid>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        no_nil(parts, state).await?;
        Ok(Self(path.0))
    }
}

/// Two UUIDs of the path: the thing, and the act done to it.
#[derive(Debug)]
pub(super) struct Ids(pub(super) Uuid, pub(super) Uuid);

impl FromRequestParts<AppState> for Ids {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        use axum::extract::Path;
        let path = Path::<(Uuid, Uuid)>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        let Path((thing, act)) = path;
        no_nil(parts, state).await?;
        Ok(Self(thing, act))
    }
}

/// Three UUIDs of the path: the thing, the act done to it, and the act done to that.
#[derive(Debug)]
pub(super) struct Ids3(pub(super) Uuid, pub(super) Uuid, pub(super) Uuid);

impl FromRequestParts<AppState> for Ids3 {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        use axum::extract::Path;
        let path = Path::<(Uuid, Uuid, Uuid)>::from_request_parts(parts, state).await;
        let Path((thing, act, upon)) = path.map_err(|_| Problem::not_found())?;
        no_nil(parts, state).await?;
        Ok(Self(thing, act, upon))
    }
}

/// The version that `If-Match` names; none without the header, 400 for what was never an `ETag` of ours.
#[derive(Debug)]
pub(super) struct IfMatch(pub(super) Option<i64>);

impl IfMatch {
    /// The version; 428 without one.
    pub(super) fn required(&self) -> Result<i64, Problem> {
        self.0.ok_or_else(Problem::if_match_missing)
    }
}

impl FromRequestParts<AppState> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let version = value.to_str().ok().and_then(|value| value.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        version.map(|version| Self(Some(version))).ok_or_else(|| Problem::of_status(StatusCode::BAD_REQUEST))
    }
}

/// Reads what the query of an address asks for; 400 for a query that is not as described, 422 for one with a control character.
///
/// No row has such a character in what is searched for, and PostgreSQL has no text with a NUL: a query is refused here, before any handler
/// sees it.
pub(super) fn query_of<T: DeserializeOwned>(uri: &Uri) -> Result<T, Problem> {
    use axum::extract::{Query, rejection::QueryRejection};
    let unreadable = |rejection: QueryRejection| {
        let found = std::error::Error::source(&rejection).map_or_else(|| rejection.body_text(), ToString::to_string);
        input::unreadable_query(&found)
    };
    let Query(asked) = Query::<T>::try_from_uri(uri).map_err(unreadable)?;
    let Query(values) = Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(unreadable)?;
    let hidden = values.into_iter().filter(|(_, value)| value.chars().any(char::is_control));
    let fault = |(name, _): (String, String)| input::field(name, "text", "不得含控制字符。", "No control characters.");
    let faults: Vec<_> = hidden.map(fault).collect();
    if faults.is_empty() { Ok(asked) } else { Err(input::invalid(faults)) }
}

/// What a query asks for, as it is described.
#[derive(Debug)]
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        query_of(&parts.uri).map(Self)
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageIn {
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// Which page of a list: after which key, and how long.
#[derive(Debug)]
pub(super) struct Page<K> {
    /// The key of the last item of the page before.
    pub(super) after: Option<K>,
    /// At most so many items.
    pub(super) limit: u64,
}

impl<K> Page<K> {
    /// One more than fits: it tells whether another page follows.
    pub(super) fn and_one_more(&self) -> u64 {
        self.limit.saturating_add(1)
    }
}

impl<K: std::str::FromStr> FromRequestParts<AppState> for Page<K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let PageIn { after, limit } = query_of(&parts.uri)?;
        page_of(after, limit)
    }
}

/// Which page of dated rows, and of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListingIn {
    /// 日期：只列当日有效的。Only what is in force on this day; whatever its days when left out.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A checked request for a page of dated rows.
#[derive(Debug)]
pub(super) struct Rows<K> {
    /// Which page.
    pub(super) page: Page<K>,
    /// Of which day.
    pub(super) on: Option<Day>,
}

impl<K: Clone> Rows<K> {
    /// What is asked of the store: one more than fits.
    pub(super) fn listing(&self) -> Listing<K> {
        Listing { on: self.on, after: self.page.after.clone(), limit: self.page.and_one_more() }
    }
}

impl<K: std::str::FromStr> FromRequestParts<AppState> for Rows<K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let ListingIn { on, after, limit } = query_of(&parts.uri)?;
        rows_of(on, after, limit)
    }
}

/// Checks which page of dated rows is asked for, and of which day.
pub(super) fn rows_of<K: std::str::FromStr>(
    on: Option<String>,
    after: Option<String>,
    limit: Option<u64>,
) -> Result<Rows<K>, Problem> {
    Ok(Rows { page: page_of(after, limit)?, on: on.as_deref().map(|on| day_of("on", on)).transpose()? })
}

/// Reads the day that is asked about.
pub(super) fn day_of(field: &'static str, text: &str) -> Result<Day, Problem> {
    text.parse().map_err(|_| {
        let fault = input::field(field, "day", "日期应写作YYYY-MM-DD。", "A day is written YYYY-MM-DD.");
        input::invalid(vec![fault])
    })
}

/// A list's query: which page, and which of the rows.
pub(super) trait ListIn: DeserializeOwned {
    /// Which of the rows.
    type Wanted;

    /// The page's `after` and `limit`, and which of the rows.
    fn split(self) -> (Option<String>, Option<u64>, Self::Wanted);
}

/// A page of those rows of a list that are wanted.
#[derive(Debug)]
pub(super) struct Listed<K, I: ListIn> {
    /// Which page.
    pub(super) page: Page<K>,
    /// Which of the rows.
    pub(super) wanted: I::Wanted,
}

impl<K: std::str::FromStr, I: ListIn> FromRequestParts<AppState> for Listed<K, I> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let (after, limit, wanted) = query_of::<I>(&parts.uri)?.split();
        Ok(Self { page: page_of(after, limit)?, wanted })
    }
}

/// Checks which page is asked for.
pub(super) fn page_of<K: std::str::FromStr>(after: Option<String>, limit: Option<u64>) -> Result<Page<K>, Problem> {
    let limit = limit.unwrap_or(USUAL_PAGE);
    if !(1..=LONGEST_PAGE).contains(&limit) {
        let fault = input::field("limit", "range", "应为 1 至 200。", "Must be 1 to 200.");
        return Err(input::invalid(vec![fault]));
    }
    let after = after.map(|after| after.parse()).transpose().map_err(|_| {
        let fault = input::field("after", "page", "应为上一页的 next。", "Must be `next` of the page before.");
        input::invalid(vec![fault])
    })?;
    Ok(Page { after, limit })
}
