//! `/docs` and `/openapi.json`: the interface, readable by people and programs, from assets in the binary.

use axum::{
    Router,
    http::{HeaderValue, header},
};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Swagger UI sets styles on its elements and draws its icons from `data:`; nothing may come from elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The two pages.
pub(super) fn router(openapi: OpenApi) -> Router {
    // Without this the page would send the document's address to a validator on the internet.
    let config = Config::default().validator_url("none");
    Router::from(SwaggerUi::new("/docs").url("/openapi.json", openapi).config(config))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, POLICY))
}
