//! `zengxin serve`: the database, the migration, the listening socket, and the way back down.

use super::{Stop, block_on, demo, reach::Reached, say};
use crate::{
    app::{App, import_work},
    config::{DatabaseConfig, HttpConfig, KeyConfig},
    daily,
    error::Failure,
    http,
};
use axum::Router;
use clap::Args;
use std::{io::Write, net::SocketAddr};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    http: HttpConfig,
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
    /// 若为自备的空数据库，先建立演示机构并打印其登录账户。
    /// In an empty private database, make the demo institutions first and print their logins.
    #[arg(long, env = "ZENGXIN_DEMO")]
    demo: bool,
    #[command(flatten)]
    size: demo::Size,
}

impl Serve {
    /// Serves until told to stop by SIGTERM or SIGINT, or until the private PostgreSQL cannot be kept running.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let reached = Reached::start(&self.database)?;
        let served = block_on(self.serve(&reached, out));
        // Only now: the last request has been answered and the last connection closed.
        reached.stop();
        served?
    }

    async fn serve(&self, reached: &Reached, out: &mut dyn Write) -> Result<Result<(), Stop>, Failure> {
        let stop = stop_on_signal()?;
        let (listener, address) = listen(self.http.listen).await?;
        let keys = self.keys.open(&self.database.data_dir)?;
        let database = reached.to_serve(self.database.database_connections).await?;
        let app = App { stopping: Some(stop.clone()), ..App::new(database.clone(), keys) };
        if self.demo && reached.is_private() && app.is_empty().await.unwrap_or(false) {
            let at_work = App { database: reached.at_work(demo::CONNECTIONS).await?, ..app.clone() };
            let loaded = demo::load(&at_work, self.size, out).await;
            at_work.database.close().await;
            if loaded.is_err() {
                database.close().await;
                return Ok(loaded);
            }
        }
        let days = tokio::spawn(daily::keep(app.clone(), stop.clone()));
        // Two, so that a long import of one institution does not hold up a short one of another.
        let mut imports = tokio::task::JoinSet::new();
        for _ in 0..2 {
            imports.spawn(import_work::keep(app.clone(), self.http.import_lease(), stop.clone()));
        }
        let router = self.with_metrics(http::router(app, &self.http), &stop).await?;
        tracing::info!(%address, "serving");
        say(
            out,
            &format!("增信已启动 Zengxin is running: http://{address}/ （接口 interface: /docs，Ctrl-C 停止 stops）"),
        )?;
        let served = http::serve(listener, router, stop, self.http.drain_time()).await;
        tracing::info!("stopping");
        // A transaction that is cut off never happened: tomorrow's turn, or another service, does it again.
        days.abort();
        // An import that is left now waits for nobody: the next service goes on with it at once.
        if tokio::time::timeout(self.http.drain_time(), imports.join_all()).await.is_err() {
            tracing::warn!("an import was cut off in the middle of a row; another service goes on with it");
        }
        database.close().await;
        served.map(Ok)
    }

    /// Has the router counted, and the figures served on the listener of their own, when there is to be one.
    async fn with_metrics(&self, router: Router, stop: &watch::Receiver<bool>) -> Result<Router, Failure> {
        let Some(address) = self.http.metrics_listen else { return Ok(router) };
        let (listener, address) = listen(address).await?;
        let (router, figures) = http::measured(router);
        tokio::spawn(http::serve(listener, http::metrics_page(figures), stop.clone(), self.http.drain_time()));
        tracing::info!(%address, "serving /metrics");
        Ok(router)
    }
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let listener = TcpListener::bind(address).await.map_err(|error| cannot_listen(address, &error))?;
    let address = listener.local_addr().map_err(|error| cannot_listen(address, &error))?;
    Ok((listener, address))
}

/// Turns true at the first SIGTERM or SIGINT.
fn stop_on_signal() -> Result<watch::Receiver<bool>, Failure> {
    let listen = |kind| {
        signal(kind).map_err(|error| {
            Failure::new(format!("无法接收停止信号：{error}"), format!("Signals cannot be received: {error}"))
        })
    };
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let (say_stop, stop) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        let _ = say_stop.send(true);
        // Kept open: a receiver takes a closed channel for a stop as well.
        say_stop.closed().await;
    });
    Ok(stop)
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Failure {
    Failure::new(
        format!(
            "无法监听 {address}：{error}。请停止占用该端口的程序，或以 ZENGXIN_LISTEN（指标为 ZENGXIN_METRICS_LISTEN）另设地址。"
        ),
        format!(
            "Cannot listen on {address}: {error}. Stop the program that holds the port, or set ZENGXIN_LISTEN (ZENGXIN_METRICS_LISTEN for the metrics) to another address."
        ),
    )
}
