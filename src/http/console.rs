//! The web console, from files in the binary: its pages, its assets, and what a browser may load for them.

use super::AppState;
use crate::error::{Problem, Text};
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    response::{IntoResponse as _, Response},
    routing::any,
};
use rust_embed::RustEmbed;

/// What `vite build` made of `web/`.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Files;

/// The page every address of the console begins with; the addresses themselves are the client's.
const INDEX: &str = "index.html";

/// Scripts, styles and requests go to this service alone, and nothing is written into the page from outside its files.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The first words of addresses which answer to programs: a page never stands in for them.
const NOT_PAGES: [&str; 5] = ["v1", "docs", "openapi.json", "healthz", "readyz"];

/// Every address that nothing else answers.
pub(super) fn router() -> Router<AppState> {
    Router::new().route("/", any(answer)).route("/{*path}", any(answer))
}

async fn answer(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found().into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    if path != INDEX
        && let Some(file) = Files::get(path)
    {
        // Vite puts a hash of the content into the names below assets/: such a file never changes.
        let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return served(file.data.into_owned(), path, cache);
    }
    let first = path.split('/').next().unwrap_or_default();
    if first == "assets" || NOT_PAGES.contains(&first) || !wants_a_page(request.headers()) {
        return Problem::not_found().into_response();
    }
    match Files::get(INDEX) {
        Some(file) => served(file.data.into_owned(), INDEX, "no-store"),
        None => Problem::unavailable(Text::new(
            "此程序构建时未包含网页控制台。请运行 make web 后重新构建；接口目录见 /docs。",
            "This program was built without the web console. Run make web and build again; /docs lists the interface.",
        ))
        .into_response(),
    }
}

/// A person's browser asks for pages by name; programs do not.
fn wants_a_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|range| range.trim_start().starts_with("text/html"))
}

fn served(body: Vec<u8>, path: &str, cache: &'static str) -> Response {
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(path))),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The same address answers programs with a problem.
        (header::VARY, HeaderValue::from_static("accept")),
    ];
    (headers, body).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
