//! The stage for a test: the whole service on a database of its own, reached without a socket.

mod answer;
mod book;
mod cluster;
mod full_book;
mod messages;
mod party;
pub mod process;

mod world;

pub use answer::Answer;
pub use book::{Desk, TERMS, book_of, created, desk, finding, outcome};
pub use cluster::{TestDatabase, database, empty_database};
pub use full_book::{GROWING, fill};
pub use messages::Counter;
pub use party::{resident_number, somebody};
pub use world::{PASSWORD, Person, World, fund, fund_with, world};

use axum::{
    Router,
    body::Body,
    http::{Method, Request},
    routing::get,
};
use chrono::{DateTime, Utc};
use clap::Parser;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt as _;
use zengxin::{
    app::reconcile::Difference,
    auth::Keys,
    clock::Clock,
    config::HttpConfig,
    http::{self, AppState},
    store::Database,
};

/// The service with its own migrated database, which goes when this goes.
pub struct App {
    /// The database behind the service.
    pub database: Arc<TestDatabase>,
    /// What its handlers reach.
    pub state: AppState,
    router: Router,
}

/// What a request may carry.
#[derive(Clone, Default)]
pub struct Ask<'a> {
    /// The access token.
    pub token: Option<&'a str>,
    /// The version the caller knows.
    pub if_match: Option<&'a str>,
    /// The JSON body.
    pub body: Option<Value>,
}

/// A service nobody has used yet.
pub async fn app() -> App {
    app_with(Keys::random().unwrap()).await
}

/// A service nobody has used yet, with these keys.
pub async fn app_with(keys: Keys) -> App {
    let database = database().await;
    let serving = wide(&database, 5).await;
    on(Arc::new(database), AppState::new(serving, keys))
}

/// So many connections, all of which may be at one book: what holds is the database's lock alone.
///
/// On a machine that runs a hundred tests at once nobody is told to come again for want of a connection: tests of that connect for
/// themselves.
pub async fn wide(database: &TestDatabase, connections: u32) -> Database {
    let serving = Database::connect_for_work(&database.serving_url(), connections).await.unwrap();
    serving.with_turns(connections as usize)
}

/// The service as `state` has it.
fn on(database: Arc<TestDatabase>, state: AppState) -> App {
    App { router: http::router(state.clone(), &http_config()), state, database }
}

/// The settings of the service when nothing is set.
pub fn http_config() -> HttpConfig {
    #[derive(Parser)]
    struct Defaults {
        #[command(flatten)]
        http: HttpConfig,
    }
    Defaults::parse_from(["zengxin"]).http
}

impl App {
    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a request without a body.
    pub async fn call(&self, method: Method, path: &str) -> Answer {
        self.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a request with a body, as the holder of a token, for a version.
    pub async fn ask(&self, method: Method, path: &str, ask: Ask<'_>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = ask.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(version) = ask.if_match {
            request = request.header("if-match", version);
        }
        let body = match ask.body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// Brings a file of an earlier book as somebody.
    pub async fn upload(&self, person: &Person, id: uuid::Uuid, name: &str, bytes: Vec<u8>) -> Answer {
        let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let request = Request::put(format!("/v1/import-files/{id}?name={name}")).header("content-type", "text/csv");
        let request = request.header("authorization", format!("Bearer {}", person.token));
        self.send(request.body(Body::from(bytes)).unwrap()).await
    }

    /// Has everything done that waits of imports.
    pub async fn work(&self) {
        let lease = std::time::Duration::from_secs(20);
        while zengxin::app::import_work::work(&self.state, lease).await.unwrap() > 0 {}
    }

    /// Nothing is kept otherwise than contracts and their events come to, at any institution: what every story ends with.
    pub async fn reconcile(&self) {
        let reconciled = zengxin::app::reconcile::reconcile(&self.state).await.unwrap();
        assert!(!reconciled.is_empty());
        let shown = |(code, differences): (String, Vec<Difference>)| {
            differences.into_iter().map(move |difference| format!("{code}: {difference}"))
        };
        let differences: Vec<String> = reconciled.into_iter().flat_map(shown).collect();
        assert!(differences.is_empty(), "{differences:#?}");
    }

    /// Waits until so many transactions of the service wait for a lock.
    pub async fn waiting(&self, transactions: usize) {
        let outside = self.database.superuser().await;
        let sql = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        for _ in 0..1000 {
            let found = outside.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
            if found.len() >= transactions {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("nobody waits");
    }

    /// A second service on the same database with the same keys.
    pub async fn second(&self) -> Self {
        let serving = wide(&self.database, 5).await;
        on(Arc::clone(&self.database), AppState { database: serving, ..self.state.clone() })
    }

    /// The same service with another pool of connections.
    pub fn serve_from(&mut self, database: Database) {
        self.state.database = database;
        self.router = http::router(self.state.clone(), &http_config());
    }

    /// The same service with other settings.
    pub fn configure(&mut self, config: &HttpConfig) {
        self.router = http::router(self.state.clone(), config);
    }

    /// The same service at another moment.
    pub fn at(&mut self, moment: DateTime<Utc>) {
        self.become_state(AppState { clock: Clock::At(moment), ..self.state.clone() });
    }

    /// The same database behind a service of another state.
    pub fn become_state(&mut self, state: AppState) {
        self.state = state;
        self.router = http::router(self.state.clone(), &http_config());
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        answer(&self.router, request).await
    }
}

/// What `router` answers.
pub async fn answer(router: &Router, request: Request<Body>) -> Answer {
    Answer::read(router.clone().oneshot(request).await.unwrap()).await
}

/// The service's layers around handlers that fail.
pub fn around_faulty_handlers() -> Router {
    let panics = async || -> () { panic!("the secret of the house") };
    let sleeps = async || tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    let routes = Router::new().route("/panic", get(panics)).route("/slow", get(sleeps));
    http::with_layers(routes, &HttpConfig { request_seconds: 1, ..http_config() })
}
