//! The thread that keeps the private PostgreSQL running, and stops it last.

use super::process::{FAST_SHUTDOWN, LOOK, Server, send};
use crate::error::Failure;
use nix::sys::signal::Signal;
use std::{
    process::{Child, ExitStatus},
    sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How often a running server is looked at.
const WATCH: Duration = Duration::from_millis(100);

/// The pause before a server that ended is started again: the first, and the longest it doubles to.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// How long the first start is tried: the helpers of a killed server hold its shared memory for a moment.
const FIRST_START: Duration = Duration::from_secs(15);

/// How often a long recovery is mentioned in the log.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a server is not running.
enum Ended {
    /// We were told to stop, and it has stopped.
    Stopped,
    /// It ended by itself.
    Died(ExitStatus),
    /// It could not be started at all.
    Failed(Failure),
}

/// The running thread; dropped, it stops the server.
#[derive(Debug)]
pub(super) struct Supervisor {
    stop: SyncSender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Supervisor {
    /// Starts the server and returns when it takes connections.
    pub(super) fn start(server: Server) -> Result<Self, Failure> {
        let (stop, stopped) = mpsc::sync_channel(1);
        let (say_started, started) = mpsc::sync_channel(1);
        // A thread of its own, because the server stops with the thread that started it.
        let thread = thread::Builder::new().name("postgres".to_owned()).spawn(move || {
            let first = first_start(&server, &stopped);
            let child = match first {
                Ok(child) => child,
                Err(failure) => {
                    let _ = say_started.send(Err(failure));
                    return;
                }
            };
            let _ = say_started.send(Ok(()));
            keep_running(&server, child, &stopped);
        });
        let thread = thread.map_err(|error| {
            Failure::new(format!("无法启动线程：{error}"), format!("A thread cannot be started: {error}"))
        })?;
        let supervisor = Self { stop, thread: Some(thread) };
        started.recv().unwrap_or_else(|_| Err(does_not_start("")))?;
        Ok(supervisor)
    }

    /// Stops the server and waits for it.
    pub(super) fn stop(&mut self) {
        let _ = self.stop.try_send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The first start, tried again for a while, and then given up with PostgreSQL's own words.
fn first_start(server: &Server, stop: &Receiver<()>) -> Result<Child, Failure> {
    let started = Instant::now();
    loop {
        match launch(server, stop) {
            Ok(child) => return Ok(child),
            Err(Ended::Failed(failure)) => return Err(failure),
            Err(Ended::Died(_)) if started.elapsed() < FIRST_START => thread::sleep(PAUSE.0),
            Err(Ended::Died(_) | Ended::Stopped) => return Err(does_not_start(&server.last_words())),
        }
    }
}

/// Starts the server and waits until it takes connections: as long as it lives, because recovery takes what it takes.
fn launch(server: &Server, stop: &Receiver<()>) -> Result<Child, Ended> {
    let mut child = server.spawn().map_err(Ended::Failed)?;
    let mut mentioned = Instant::now();
    while !server.is_ready(child.id()) {
        if let Ok(Some(status)) = child.try_wait() {
            return Err(Ended::Died(status));
        }
        if told_to_stop(stop, LOOK) {
            shut_down(&mut child);
            return Err(Ended::Stopped);
        }
        if mentioned.elapsed() > PATIENCE {
            mentioned = Instant::now();
            tracing::info!("PostgreSQL is recovering what was written before it was cut off");
        }
    }
    Ok(child)
}

/// Watches the server, starts it again whenever it ends, and stops it when told to.
fn keep_running(server: &Server, mut child: Child, stop: &Receiver<()>) {
    while let Ended::Died(status) = watch(&mut child, stop) {
        tracing::error!(%status, "PostgreSQL ended by itself: starting it again");
        let mut pause = PAUSE.0;
        child = loop {
            if told_to_stop(stop, pause) {
                return;
            }
            match launch(server, stop) {
                Ok(child) => break child,
                Err(Ended::Stopped) => return,
                Err(Ended::Died(status)) => {
                    tracing::warn!(%status, said = server.last_words(), "PostgreSQL did not start")
                }
                Err(Ended::Failed(failure)) => tracing::error!(failure = %failure.0.en, "PostgreSQL did not start"),
            }
            pause = pause.saturating_mul(2).min(PAUSE.1);
        };
        tracing::info!("PostgreSQL runs again");
    }
}

/// Returns when the server has ended, by itself or because we were told to stop.
fn watch(child: &mut Child, stop: &Receiver<()>) -> Ended {
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Ended::Died(status);
        }
        if told_to_stop(stop, WATCH) {
            shut_down(child);
            return Ended::Stopped;
        }
    }
}

/// Waits for `time` at most; a supervisor that is gone means stop as well.
fn told_to_stop(stop: &Receiver<()>, time: Duration) -> bool {
    !matches!(stop.recv_timeout(time), Err(RecvTimeoutError::Timeout))
}

/// Fast shutdown; after a while, an immediate one.
fn shut_down(child: &mut Child) {
    let started = Instant::now();
    send(child.id(), Signal::SIGINT);
    while let Ok(None) = child.try_wait() {
        if started.elapsed() > FAST_SHUTDOWN {
            tracing::warn!("PostgreSQL did not stop in time: stopping it at once, it recovers at the next start");
            send(child.id(), Signal::SIGQUIT);
            let _ = child.wait();
        }
        thread::sleep(LOOK);
    }
    tracing::info!(elapsed = ?started.elapsed(), "PostgreSQL has stopped");
}

fn does_not_start(said: &str) -> Failure {
    Failure::new(
        format!("PostgreSQL 未能启动。它的日志（数据目录中的 postgresql.log）说：\n{said}"),
        format!("PostgreSQL does not start. Its log (postgresql.log in the data directory) says:\n{said}"),
    )
}
