//! Starting and stopping the PostgreSQL server process.

use super::{
    Durability,
    binaries::Binaries,
    place::{Place, Runner, unusable},
};
use crate::error::Failure;
use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs, io,
    os::unix::{fs::OpenOptionsExt as _, process::CommandExt as _},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a fast shutdown may take before PostgreSQL is told to drop everything; it recovers from its log at the next start.
pub(super) const FAST_SHUTDOWN: Duration = Duration::from_secs(30);

/// How often a process is looked at.
pub(super) const LOOK: Duration = Duration::from_millis(10);

/// The size at which PostgreSQL's log is set aside at a start, in bytes.
const LOG_SIZE: u64 = 16 * 1024 * 1024;

/// Settings that do not depend on the machine. No Unix socket: loopback with passwords is the only way in.
const SETTINGS: [&str; 8] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "password_encryption=scram-sha-256",
    "max_connections=100",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    "timezone=UTC",
    "log_timezone=UTC",
];

/// What is needed to start one server again and again.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) place: Place,
    pub(super) binaries: Binaries,
    pub(super) port: u16,
    pub(super) durability: Durability,
}

impl Server {
    /// Starts the server. Call it from a thread that lives as long as the process: the server stops with that thread.
    pub(super) fn spawn(&self) -> Result<Child, Failure> {
        let log = self.open_log().map_err(|error| unusable(&self.place.log(), &error))?;
        let errors = log.try_clone().map_err(|error| unusable(&self.place.log(), &error))?;
        let mut postgres = command(&self.binaries.program("postgres"), self.place.runner());
        postgres.arg("-D").arg(self.place.cluster()).args(["-p", &self.port.to_string()]);
        let durability: &[&str] = match self.durability {
            Durability::Durable => &["fsync=on", "synchronous_commit=on", "full_page_writes=on"],
            Durability::Throwaway => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        };
        for setting in SETTINGS.iter().chain(durability) {
            postgres.args(["-c", setting]);
        }
        postgres
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|error| unusable(&self.binaries.program("postgres"), &error))
    }

    /// Whether the server of process `id` takes connections: PostgreSQL says so in its pid file.
    pub(super) fn is_ready(&self, id: u32) -> bool {
        let file = fs::read_to_string(self.place.cluster().join("postmaster.pid")).unwrap_or_default();
        let lines: Vec<&str> = file.lines().map(str::trim).collect();
        lines.first() == Some(&id.to_string().as_str()) && lines.get(7) == Some(&"ready")
    }

    /// The end of PostgreSQL's log, which says why it did not start.
    pub(super) fn last_words(&self) -> String {
        let log = fs::read(self.place.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n")
    }

    fn open_log(&self) -> io::Result<fs::File> {
        let path = self.place.log();
        if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_SIZE) {
            fs::rename(&path, path.with_extension("log.1"))?;
        }
        fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)
    }
}

/// A program of PostgreSQL as the user who runs it, with nothing of our environment, in its own process group (a Ctrl-C in the
/// terminal is for us alone: we drain first), and told to stop when we are gone.
pub(super) fn command(program: &Path, runner: Option<Runner>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null()).process_group(0);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
    if let Some(runner) = runner {
        // The standard library also drops root's supplementary groups here.
        command.uid(runner.uid).gid(runner.gid);
    }
    stop_with_us(&mut command);
    command
}

/// Has the kernel send SIGINT, PostgreSQL's fast shutdown, when the thread that starts the command ends: also after kill -9.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "the standard library has no safe way to run code between fork and exec")]
fn stop_with_us(command: &mut Command) {
    let us = nix::unistd::getpid();
    // SAFETY: between fork and exec only async-signal-safe calls are allowed. prctl and getppid are, and nothing allocates.
    // It runs after the change of user, which would have cleared the setting.
    unsafe {
        command.pre_exec(move || {
            nix::sys::prctl::set_pdeathsig(Signal::SIGINT)?;
            // We may have died before the setting was made; then nobody will send the signal.
            if nix::unistd::getppid() == us { Ok(()) } else { Err(io::Error::from(Errno::ESRCH)) }
        });
    }
}

/// Elsewhere than on Linux a killed service leaves its server behind, and the next start stops it (`stop_orphan`).
#[cfg(not(target_os = "linux"))]
fn stop_with_us(_command: &mut Command) {}

/// Sends `signal` to a server of ours.
pub(super) fn send(id: u32, signal: Signal) {
    if let Ok(id) = i32::try_from(id)
        && let Err(error) = kill(Pid::from_raw(id), signal)
    {
        tracing::warn!(id, %signal, %error, "PostgreSQL could not be signalled");
    }
}

/// Stops a server that a killed service left behind and waits for it. The caller holds the lock, so nobody is using it.
pub(super) fn stop_orphan(cluster: &Path) -> Result<(), Failure> {
    let started = Instant::now();
    while let Some(orphan) = orphan(cluster) {
        let waited = started.elapsed();
        let signal = if waited < FAST_SHUTDOWN { Signal::SIGINT } else { Signal::SIGQUIT };
        if waited > FAST_SHUTDOWN.saturating_mul(2) {
            return Err(does_not_stop(orphan));
        }
        tracing::warn!(id = orphan.as_raw(), "stopping the PostgreSQL that a killed service left behind");
        match kill(orphan, signal) {
            Ok(()) | Err(Errno::ESRCH) => thread::sleep(Duration::from_millis(100)),
            Err(_) => return Err(does_not_stop(orphan)),
        }
    }
    Ok(())
}

/// The server still running in `cluster`: the process its pid file names, if that process really works there.
fn orphan(cluster: &Path) -> Option<Pid> {
    let file = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
    let id: i32 = file.lines().next()?.trim().parse().ok().filter(|id| *id > 1)?;
    // The server changes into its data directory. After a restart of the machine the number may be anybody's.
    let works_in = fs::read_link(format!("/proc/{id}/cwd")).ok()?;
    (works_in == cluster).then(|| Pid::from_raw(id))
}

fn does_not_stop(orphan: Pid) -> Failure {
    Failure::new(
        format!("上次遗留的 PostgreSQL（进程 {orphan}）无法停止。请运行：kill -QUIT {orphan} ，然后重新启动。"),
        format!(
            "The PostgreSQL left from last time (process {orphan}) does not stop. Run: kill -QUIT {orphan} , then start again."
        ),
    )
}
