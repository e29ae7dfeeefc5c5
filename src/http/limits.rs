//! How often one address, or one IPv6 network, may try to come in.

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

/// Tries at once from one subscriber.
const BURST: u32 = 60;

/// How soon one more may follow, in milliseconds.
const EVERY_MILLISECONDS: u64 = 1_000;

/// What the limit says of itself in an answer.
pub(super) const HEADERS: [HeaderName; 3] = [
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-after"),
];

/// Whoever asks, as far as an address tells: of IPv6 the network of 64 bits, because that is what one subscriber is given, and whoever
/// has it could ask under another address of it each time.
#[derive(Clone, Copy, Debug)]
struct Subscriber;

/// The bits of an IPv6 address that say which network it lies in.
const NETWORK: u128 = u128::MAX << 64;

fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
        single => single,
    }
}

impl KeyExtractor for Subscriber {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let asking = request.extensions().get::<CallerAddress>();
        Ok(asking.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |CallerAddress(address)| subscriber(*address)))
    }
}

/// Limits how often one subscriber may ask for these.
pub(super) fn limited(routes: OpenApiRouter<AppState>) -> OpenApiRouter<AppState> {
    let mut config = GovernorConfigBuilder::default().key_extractor(Subscriber).use_headers();
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

#[cfg(test)]
mod tests {
    use super::subscriber;
    use std::net::IpAddr;

    #[test]
    fn an_ipv6_network_of_64_bits_counts_as_one_and_every_ipv4_address_for_itself() {
        let same = |a: &str, b: &str| subscriber(a.parse().unwrap()) == subscriber(b.parse::<IpAddr>().unwrap());
        assert!(same("2001:db8:0:1::", "2001:db8:0:1:ffff:ffff:ffff:ffff"));
        assert!(!same("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:2::"));
        assert!(!same("203.0.113.7", "203.0.113.8"));
        assert!(same("203.0.113.7", "::ffff:203.0.113.7"), "the same address, written as IPv6");
        assert!(!same("::ffff:203.0.113.7", "::ffff:203.0.113.8"));
    }
}
