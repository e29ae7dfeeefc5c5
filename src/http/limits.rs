//! How often one address may try to come in.

use super::{AppState, caller_address::CallerAddress};
use crate::error::Problem;
use axum::{
    body::Body,
    http::{HeaderName, Request},
    response::{IntoResponse as _, Response},
};
use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
    time::Duration,
};
use tower_governor::{GovernorError, GovernorLayer, governor::GovernorConfigBuilder, key_extractor::KeyExtractor};
use utoipa_axum::router::OpenApiRouter;

/// Tries at once from one address.
const BURST: u32 = 60;

/// How soon one more may follow, in milliseconds.
const EVERY_MILLISECONDS: u64 = 1_000;

/// What the limit says of itself in an answer.
pub(super) const HEADERS: [HeaderName; 3] = [
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-after"),
];

/// The address of whoever asks.
#[derive(Clone, Copy, Debug)]
struct Address;

impl KeyExtractor for Address {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let asking = request.extensions().get::<CallerAddress>();
        Ok(asking.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |CallerAddress(address)| *address))
    }
}

/// Limits how often one address may ask for these.
pub(super) fn limited(routes: OpenApiRouter<AppState>) -> OpenApiRouter<AppState> {
    let mut config = GovernorConfigBuilder::default().key_extractor(Address).use_headers();
    config.burst_size(BURST).period(Duration::from_millis(EVERY_MILLISECONDS));
    match config.finish() {
        Some(config) => {
            let layer: GovernorLayer<_, _, Body> = GovernorLayer::new(Arc::new(config)).error_handler(refuse);
            routes.layer(layer)
        }
        // Unreachable: neither number is zero.
        None => routes,
    }
}

fn refuse(error: GovernorError) -> Response {
    let mut response = Problem::too_many_requests().into_response();
    if let GovernorError::TooManyRequests { headers: Some(headers), .. } = error {
        response.headers_mut().extend(headers);
    }
    response
}
