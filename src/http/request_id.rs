//! A name for every request, in its log lines and in the `x-request-id` header of its answer.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use uuid::Uuid;

/// The header that names a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest name taken over from a caller.
const LONGEST: usize = 64;

/// Takes over the caller's name for the request when it is short and plain, else makes one; puts it on request and answer.
pub(super) async fn name_request(mut request: Request, next: Next) -> Response {
    let id = match request.headers().get(REQUEST_ID).filter(|id| is_plain(id)) {
        Some(id) => id.clone(),
        None => new_id(),
    };
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The request's name, for a log line.
pub(super) fn of<B>(request: &axum::http::Request<B>) -> &str {
    request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default()
}

/// Letters, digits, `-`, `_` and `.` only: nothing that could forge a log line.
fn is_plain(id: &HeaderValue) -> bool {
    let bytes = id.as_bytes();
    (1..=LONGEST).contains(&bytes.len())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

fn new_id() -> HeaderValue {
    let mut buffer = Uuid::encode_buffer();
    let id = Uuid::now_v7().hyphenated().encode_lower(&mut buffer);
    // A UUID is always a valid header value.
    HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("unnamed"))
}
