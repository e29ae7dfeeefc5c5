//! The listening socket, from the first connection to the last answer.

use crate::error::Failure;
use axum::Router;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::watch};

/// Answers requests until `stop` turns true, then lets those under way finish for at most `drain`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    mut stop: watch::Receiver<bool>,
    drain: Duration,
) -> Result<(), Failure> {
    let mut stopped = stop.clone();
    let draining = async move {
        // An error means that nobody is left who could say stop: then stop.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(draining);
    let too_late = async move {
        let _ = stop.wait_for(|stop| *stop).await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        ended = server => ended.map_err(|error| {
            Failure::new(format!("服务中断：{error}"), format!("The service broke off: {error}"))
        }),
        () = too_late => {
            tracing::warn!(seconds = drain.as_secs(), "requests still under way were cut off");
            Ok(())
        }
    }
}
