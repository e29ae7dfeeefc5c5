//! What a Prometheus reads: how many requests of which kind, how long they took, how they ended. No tenant, no person, no id.

use axum::{Router, routing::get};
use axum_prometheus::{EndpointLabel, PrometheusMetricLayerBuilder, metrics_exporter_prometheus::PrometheusHandle};

/// The label of requests to addresses that are none: one for all, or a stranger could make labels without end.
const NOWHERE: &str = "nowhere";

/// Counts and times every request of `routes`; the handle has the figures. Once in a process.
pub fn measured(routes: Router) -> (Router, PrometheusHandle) {
    let (layer, figures) = PrometheusMetricLayerBuilder::new()
        .with_prefix("zengxin")
        .with_endpoint_label_type(EndpointLabel::MatchedPathWithFallbackFn(|_| NOWHERE.to_owned()))
        .with_default_metrics()
        .build_pair();
    (routes.layer(layer), figures)
}

/// `/metrics`, for a listener of its own that only the monitoring reaches.
pub fn page(figures: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(async move || figures.render()))
}
