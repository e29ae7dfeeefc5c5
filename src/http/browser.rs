//! A browser's session: the refresh token in a cookie that no script reads and no other site has sent along.

use super::AppState;
use crate::{app::login::Keeper, error::Problem};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, StatusCode, header, request::Parts},
};

/// The cookie's name.
const COOKIE: &str = "zengxin_refresh";

/// The only addresses it is sent to.
const PATH: &str = "/v1/sessions";

/// By which a page of ours asks for the cookie. Another site's page cannot send it: no answer of ours allows it to.
const HEADER: HeaderName = HeaderName::from_static("x-zengxin-session");

/// The only form of session that it asks for.
const FORM: &str = "cookie";

/// What a browser says of whoever made a request; a page cannot change it.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What the connection was on which the request reached the proxy before us.
const PROTOCOL: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// How the caller keeps its session.
#[derive(Debug)]
pub(super) struct Session {
    /// Who keeps the refresh token.
    pub(super) keeper: Keeper,
    /// The refresh token of the cookie.
    pub(super) kept: Option<String>,
    /// Whether the cookie may go over https alone.
    secure: bool,
}

impl FromRequestParts<AppState> for Session {
    type Rejection = Problem;

    /// 400 for a form that is not known, 403 when the page of another site asks.
    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let Some(form) = parts.headers.get(HEADER) else {
            return Ok(Self { keeper: Keeper::Program, kept: None, secure: false });
        };
        if form != FORM {
            return Err(Problem::of_status(StatusCode::BAD_REQUEST));
        }
        if parts.headers.get(SITE).is_some_and(|site| site != "same-origin") {
            return Err(Problem::foreign_page());
        }
        Ok(Self { keeper: Keeper::Browser, kept: kept(&parts.headers), secure: is_secure(&parts.headers) })
    }
}

impl Session {
    /// Has the browser keep this refresh token for so many seconds.
    pub(super) fn keep(&self, refresh: &str, seconds: i64) -> (HeaderName, String) {
        (header::SET_COOKIE, cookie(refresh, seconds, self.secure))
    }
}

/// Has the browser forget the refresh token, if it keeps one.
pub(super) fn forget(headers: &HeaderMap) -> Option<(HeaderName, String)> {
    kept(headers).map(|_| (header::SET_COOKIE, cookie("", 0, is_secure(headers))))
}

fn cookie(value: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path={PATH}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

fn kept(headers: &HeaderMap) -> Option<String> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| value.to_owned())
}

/// A chain of proxies lists what each saw; the first is the browser's own connection.
fn is_secure(headers: &HeaderMap) -> bool {
    let protocol = headers.get(PROTOCOL).and_then(|value| value.to_str().ok()).unwrap_or_default();
    protocol.split(',').next().is_some_and(|first| first.trim().eq_ignore_ascii_case("https"))
}
