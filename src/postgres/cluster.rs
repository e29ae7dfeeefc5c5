//! Making the cluster: all of it, or nothing that a later start would take for a cluster.

use super::{
    DATABASE, OWNER, SERVING, SUPERUSER,
    binaries::Binaries,
    place::{Place, unusable},
    process,
    secrets::{Secrets, write_private},
};
use crate::error::Failure;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, chown},
    path::Path,
    process::{Output, Stdio},
    time::Instant,
};

/// The major version of PostgreSQL that made the cluster; nothing when there is none yet.
pub(super) fn version(place: &Place) -> Result<Option<u32>, Failure> {
    match fs::read_to_string(place.cluster().join("PG_VERSION")) {
        Ok(version) => Ok(version.trim().parse().ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(&place.cluster(), &error)),
    }
}

/// The passwords of the cluster, which is made first if it is not there.
pub(super) fn open_or_make(place: &Place, binaries: &Binaries) -> Result<Secrets, Failure> {
    clear_unfinished(place);
    if place.cluster().exists() {
        return Secrets::load(&place.secrets()).map_err(|error| passwords_are_gone(&place.secrets(), &error));
    }
    make(place, binaries)
}

/// Makes the cluster under another name and gives it its own name last: a kill at any moment leaves no half-made `cluster`.
fn make(place: &Place, binaries: &Binaries) -> Result<Secrets, Failure> {
    let started = Instant::now();
    let unfinished = place.new_unfinished();
    let or_unusable = |error: io::Error| unusable(&unfinished, &error);
    let secrets = Secrets::random()?;
    secrets.save(&place.secrets()).map_err(|error| unusable(&place.secrets(), &error))?;
    fs::DirBuilder::new().mode(0o700).create(&unfinished).map_err(or_unusable)?;
    give(place, &unfinished).map_err(or_unusable)?;
    initialise(place, binaries, &unfinished, &secrets)?;
    make_roles(place, binaries, &unfinished, &secrets)?;
    fs::rename(&unfinished, place.cluster())
        .and_then(|()| File::open(place.root())?.sync_all())
        .map_err(or_unusable)?;
    tracing::info!(elapsed = ?started.elapsed(), "made the private cluster");
    Ok(secrets)
}

/// Runs initdb. The password goes through a file because a trusting cluster would be open to every local user until it is changed.
fn initialise(place: &Place, binaries: &Binaries, unfinished: &Path, secrets: &Secrets) -> Result<(), Failure> {
    let password = place.root().join("initdb.password");
    let handed_over = write_private(&password, &secrets.superuser).and_then(|()| give(place, &password));
    handed_over.map_err(|error| unusable(&password, &error))?;
    let mut initdb = process::command(&binaries.program("initdb"), place.runner());
    initdb.arg("--pgdata").arg(unfinished).arg("--pwfile").arg(&password).args([
        "--username",
        SUPERUSER,
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--auth=scram-sha-256",
        "--data-checksums",
    ]);
    let output = initdb.output();
    fs::remove_file(&password).map_err(|error| unusable(&password, &error))?;
    succeeded("initdb", output).map(drop)
}

/// Makes the roles and the database in single-user mode: no other process can connect before passwords and rights are in place.
fn make_roles(place: &Place, binaries: &Binaries, unfinished: &Path, secrets: &Secrets) -> Result<(), Failure> {
    let role = |name: &str, password: &str| {
        format!(
            "CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD '{password}'"
        )
    };
    let statements = [
        role(OWNER, &secrets.owner),
        role(SERVING, &secrets.serving),
        format!("CREATE DATABASE {DATABASE} OWNER {OWNER}"),
        format!("REVOKE ALL ON DATABASE {DATABASE}, postgres, template1 FROM PUBLIC"),
        format!("GRANT CONNECT ON DATABASE {DATABASE} TO {SERVING}"),
    ];
    let mut single = process::command(&binaries.program("postgres"), place.runner());
    single.arg("--single").arg("-D").arg(unfinished).args(["-c", "log_min_error_statement=panic", "postgres"]);
    let output =
        single.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().and_then(|mut child| {
            if let Some(mut input) = child.stdin.take() {
                // One statement a line.
                input.write_all((statements.join("\n") + "\n").as_bytes())?;
            }
            child.wait_with_output()
        });
    let output = succeeded("postgres --single", output)?;
    // Single-user mode reports a failed statement, and succeeds.
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("ERROR:") || said.contains("FATAL:") { Err(failed("postgres --single", &said)) } else { Ok(()) }
}

/// Gives a file to the user who runs PostgreSQL, if that is another than ours.
fn give(place: &Place, path: &Path) -> io::Result<()> {
    place.runner().map_or(Ok(()), |runner| chown(path, Some(runner.uid), Some(runner.gid)))
}

/// Removes what killed starts left half-made. What cannot be removed yet, because its last helper is still writing, harms nobody
/// and goes at the next start.
fn clear_unfinished(place: &Place) {
    for path in place.unfinished().unwrap_or_default() {
        let removed = fs::remove_dir_all(&path);
        tracing::warn!(path = %path.display(), ?removed, "an earlier start was cut off while it made the cluster");
    }
}

fn succeeded(program: &str, output: io::Result<Output>) -> Result<Output, Failure> {
    match output {
        Ok(output) if output.status.success() => Ok(output),
        Ok(output) => Err(failed(program, &String::from_utf8_lossy(&output.stderr))),
        Err(error) => Err(failed(program, &error.to_string())),
    }
}

fn failed(program: &str, said: &str) -> Failure {
    let said = said.trim();
    Failure::new(
        format!("建立数据库失败（{program}）：{said}\n请排除上述原因后重新启动；未完成的文件会自动清除。"),
        format!(
            "Making the database failed ({program}): {said}\nRemove the cause above and start again; unfinished files are cleared by themselves."
        ),
    )
}

fn passwords_are_gone(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::new(
        format!("数据库存在，但无法读取其口令文件 {path}：{error}。请恢复该目录或更正其所有者。"),
        format!(
            "The database is there, but its password files in {path} cannot be read: {error}. Restore that directory or correct its owner."
        ),
    )
}
