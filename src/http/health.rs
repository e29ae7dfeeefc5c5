//! `/healthz`: the process lives; `/readyz`: it can do its work.

use super::AppState;
use crate::{
    clock,
    error::{Problem, ProblemOut, Text},
    store::Readiness,
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// 服务进程状态。The state of the process.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AliveOut {
    /// Always `alive`: a process that is not does not answer.
    #[schema(example = "alive")]
    status: &'static str,
    /// The version of the program.
    version: &'static str,
    /// Today's civil date in China, by which rules are chosen.
    today: NaiveDate,
}

/// 存活检查：进程在运行。The process is alive.
#[utoipa::path(get, path = "/healthz", tag = "house", operation_id = "alive",
    responses((status = 200, description = "进程在运行 The process is alive", body = AliveOut)))]
pub(super) async fn alive() -> Json<AliveOut> {
    Json(AliveOut { status: "alive", version: env!("CARGO_PKG_VERSION"), today: clock::today() })
}

/// 服务就绪状态。Whether the service can do its work.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReadyOut {
    /// Always `ready`; otherwise the answer is a problem.
    #[schema(example = "ready")]
    status: &'static str,
}

/// 就绪检查：数据库可用且结构为最新。The database answers and its schema is up to date.
#[utoipa::path(get, path = "/readyz", tag = "house", operation_id = "ready",
    responses(
        (status = 200, description = "就绪 Ready", body = ReadyOut),
        (status = 503, description = "数据库不可用或结构未更新 The database is away or its schema is behind",
            body = ProblemOut, content_type = "application/problem+json"),
    ))]
pub(super) async fn ready(State(state): State<AppState>) -> Result<Json<ReadyOut>, Problem> {
    let waiting_for = match state.database.readiness().await {
        Readiness::Ready => return Ok(Json(ReadyOut { status: "ready" })),
        Readiness::Away => Text::new(
            "数据库暂无应答。服务会自动重连，请稍候重试；持续出现时请查看日志。",
            "The database does not answer. The service reconnects by itself: try again shortly, and see the log if it lasts.",
        ),
        Readiness::Behind => Text::new(
            "数据库结构与程序版本不一致。请以属主角色运行 zengxin migrate。",
            "The database's schema is not the one this program needs. Run zengxin migrate as the owner.",
        ),
    };
    Err(Problem::unavailable(waiting_for))
}
