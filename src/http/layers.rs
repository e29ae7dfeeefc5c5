//! The layers every request passes, outermost last.

use super::{caller_address, problems, request_id};
use crate::{config::HttpConfig, error::Problem};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
};
use std::{sync::Arc, time::Duration};
use tower_http::{
    LatencyUnit,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    limit::RequestBodyLimitLayer,
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::{DefaultOnResponse, TraceLayer},
};
use tracing::Level;

/// Headers of every answer that do not set them themselves: content is what it says it is, framed by nobody, kept by no cache.
const DEFAULT_HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Limits in size and time.
fn limited(routes: Router, bytes: usize, time: Duration) -> Router {
    routes
        // One limit, ours: axum's own would refuse at 2 MB whatever is configured.
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, time))
}

/// Puts the layers around `routes`, and around `uploads`, which have limits of their own.
pub fn around(routes: Router, uploads: Router, config: &HttpConfig) -> Router {
    let routes = limited(routes, config.body_bytes, config.request_time());
    let mut router = routes
        .merge(limited(uploads, config.upload_bytes, config.upload_time()))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::of_status(StatusCode::METHOD_NOT_ALLOWED))
        .layer(CatchPanicLayer::custom(problems::after_panic))
        .layer(middleware::from_fn(problems::say_in_the_callers_language))
        .layer(CompressionLayer::new());
    for (name, value) in DEFAULT_HEADERS {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    router
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(problems::span)
                .on_response(DefaultOnResponse::new().level(Level::INFO).latency_unit(LatencyUnit::Micros)),
        )
        .layer(middleware::from_fn_with_state(Arc::from(config.trusted_proxies.as_slice()), caller_address::find))
        .layer(middleware::from_fn(request_id::name_request))
}
