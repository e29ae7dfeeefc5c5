//! Whose address a request comes from, also behind proxies.

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of whoever asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct CallerAddress(pub(super) IpAddr);

/// Finds the address of whoever asks, once for all that count by it.
pub(super) async fn find(State(trusted): State<Arc<[IpNet]>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(connection)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let address = asking(connection.ip(), request.headers(), &trusted);
        request.extensions_mut().insert(CallerAddress(address));
    }
    next.run(request).await
}

/// Every proxy appends whom it was asked by: from the end, the first who is none of ours. What stands before it is anybody's word,
/// as is the whole header when the connection itself is none of ours.
fn asking(connection: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let ours = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut asking = connection.to_canonical();
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let mut listed = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',').map(read));
    while ours(&asking) {
        let Some(Some(before)) = listed.next() else { break };
        asking = before;
    }
    asking
}

/// An address as proxies write it: with or without a port.
fn read(listed: &str) -> Option<IpAddr> {
    let listed = listed.trim();
    let address = listed.parse().or_else(|_| listed.parse().map(|socket: SocketAddr| socket.ip())).ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::{FORWARDED_FOR, asking};
    use axum::http::{HeaderMap, HeaderValue};

    fn found(connection: &str, lines: &[&'static str]) -> String {
        let lines = lines.iter().map(|line| (FORWARDED_FOR, HeaderValue::from_static(line)));
        let trusted = ["10.0.0.0/8".parse().unwrap(), "2001:db8::1/128".parse().unwrap()];
        asking(connection.parse().unwrap(), &lines.collect::<HeaderMap>(), &trusted).to_string()
    }

    #[test]
    fn a_header_counts_only_as_far_as_proxies_of_ours_wrote_it() {
        for (connection, lines, expected) in [
            // No proxy of ours: its word counts for nothing.
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("2001:db8::1", &["2001:db8::2"], "2001:db8::2"),
            // The stranger's own line stands before what the proxies append.
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            // Nothing that could be read: then the proxy itself.
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.2"], "10.0.0.2"),
        ] {
            assert_eq!(found(connection, lines), expected, "{connection} {lines:?}");
        }
    }
}
