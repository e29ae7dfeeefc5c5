//! `/v1/imports/{id}/events`: how far an import is, as server-sent events.

use super::{
    AppState,
    answer::Refusals,
    extract::{Caller, Id},
    imports::ImportOut,
};
use crate::{
    app::import_job::{self, Seen},
    auth,
    error::Problem,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{StreamExt as _, stream};
use std::{convert::Infallible, time::Duration};
use tokio::time::Instant;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// How often one looks how far it is.
const EVERY: Duration = Duration::from_millis(500);

/// How often something is sent when nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// How long one answer lasts at most: whoever still wants to know asks again, with a token that is still good.
const LONGEST: Duration = Duration::from_secs(600);

/// The number of the event that a caller has seen last.
const LAST_EVENT: HeaderName = HeaderName::from_static("last-event-id");

/// By which a proxy is asked to send on at once what it gets.
const UNBUFFERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(events))
}

/// 事件。An event of the stream.
#[derive(utoipa::ToSchema)]
#[schema(as = ImportEvent)]
#[expect(dead_code, reason = "it says what is in the stream, which is not written by it")]
struct EventOut {
    /// `state`, or `problem` when nothing more can be told.
    event: String,
    /// The import's version; a problem has none.
    #[schema(required = false)]
    id: String,
    /// The whole import, or the problem, as JSON.
    data: String,
}

/// Somebody who follows an import.
struct Following {
    app: AppState,
    caller: auth::Caller,
    id: Uuid,
    /// What is known before the first look.
    first: Option<Seen>,
    /// The version that was sent last.
    sent: Option<i64>,
    until: Instant,
    over: bool,
}

impl Following {
    /// The next event; none when it is over.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while !self.over {
            let seen = match self.first.take() {
                Some(seen) => Ok(seen),
                None => self.look().await?,
            };
            let event = match seen {
                Ok(seen) => self.state(seen),
                Err(problem) => {
                    self.over = true;
                    Some(Event::default().event("problem").data(problem.line()))
                }
            };
            if let Some(event) = event {
                return Some((Ok(event), self));
            }
        }
        None
    }

    /// Waits a while and looks again; none when the time is over, or the service stops.
    async fn look(&self) -> Option<Result<Seen, Problem>> {
        let stopping = || self.app.stopping.as_ref().is_some_and(|stopping| *stopping.borrow());
        if Instant::now() >= self.until || stopping() {
            return None;
        }
        tokio::time::sleep(EVERY).await;
        Some(import_job::get(&self.app, &self.caller, self.id).await)
    }

    fn state(&mut self, seen: Seen) -> Option<Event> {
        let version = seen.0.version;
        self.over = seen.0.state.has_ended();
        if self.sent == Some(version) {
            return None;
        }
        self.sent = Some(version);
        let event = Event::default().event("state").id(version.to_string());
        // What is always JSON.
        event.json_data(ImportOut::from(seen)).ok()
    }
}

/// 导入进度（SSE）。Events named `state`, each the whole import, with its version as id: the present one at once unless `Last-Event-ID`
/// names it, then every change; it ends when the import has ended. An event `problem` says why nothing more can be told.
#[utoipa::path(get, path = "/v1/imports/{id}/events", tag = "imports", operation_id = "follow_import", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("last-event-id" = Option<String>, Header, description = "最后收到的事件 The event seen last")),
    responses((status = 200, description = "事件流 The events", body = EventOut, content_type = "text/event-stream"), Refusals))]
async fn events(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let first = Some(import_job::get(&app, &caller, id).await?);
    let sent = headers.get(LAST_EVENT).and_then(|value| value.to_str().ok()?.parse().ok());
    let until = Instant::now().checked_add(LONGEST).unwrap_or_else(Instant::now);
    let following = Following { app, caller, id, first, sent, until, over: false };
    let events = Sse::new(stream::unfold(following, Following::next).fuse());
    Ok(([UNBUFFERED], events.keep_alive(KeepAlive::new().interval(HEARTBEAT))).into_response())
}
