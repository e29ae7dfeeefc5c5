//! Every error answer in one form and in the caller's language, also those the framework makes.

use super::request_id;
use crate::error::{Language, PROBLEM_JSON, Problem};
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::any::Any;

/// Answers errors as problems in the language the caller prefers.
pub(super) async fn say_in_the_callers_language(request: Request, next: Next) -> Response {
    let language = Language::preferred_by(request.headers());
    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if response.headers().get(header::CONTENT_TYPE) == Some(&PROBLEM_JSON) => return response,
        None => Problem::of_status(status),
    };
    let mut answer = problem.answer(language);
    let kept = [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE];
    for kept in kept.into_iter().chain(super::limits::HEADERS) {
        if let Some(value) = response.headers_mut().remove(&kept) {
            answer.headers_mut().insert(kept, value);
        }
    }
    answer
}

/// Logs a panic of a handler; the caller learns only that the service failed.
pub(super) fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = message.unwrap_or("without a message"), "a handler panicked");
    Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// The span of one request: every line logged within carries these fields.
pub(super) fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    // The path without its query: a query may hold what a log must not.
    tracing::info_span!("request", id = request_id::of(request), method = %request.method(), path = request.uri().path())
}
