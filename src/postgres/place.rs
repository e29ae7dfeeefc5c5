//! Where the private cluster lives, whose user runs it, on which port, and the lock that keeps a second service out.

use super::secrets::write_private;
use crate::error::Failure;
use nix::unistd::{Uid, User, getgrouplist};
use std::{
    ffi::CString,
    fs::{self, File, TryLockError},
    io,
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// Where root keeps clusters whose own data directory the server's user cannot reach.
const ELSEWHERE: &str = "/var/lib/zengxin";

/// The user PostgreSQL runs as when the service is root, whom PostgreSQL refuses.
const SERVER_USER: &str = "postgres";

/// How the name of a half-made cluster begins.
const UNFINISHED: &str = "cluster.unfinished";

/// Who runs PostgreSQL when the service is root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runner {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The directory of one private cluster.
#[derive(Clone, Debug)]
pub(super) struct Place {
    root: PathBuf,
    runner: Option<Runner>,
}

impl Place {
    /// The data directory itself; for root, if user `postgres` cannot reach it, a directory of its own below `/var/lib/zengxin`.
    pub(super) fn choose(data: &Path) -> Result<Self, Failure> {
        let data =
            make_directory(data).and_then(|()| fs::canonicalize(data)).map_err(|error| unusable(data, &error))?;
        if !Uid::effective().is_root() {
            return Ok(Self { root: data, runner: None });
        }
        let user = User::from_name(SERVER_USER).ok().flatten().ok_or_else(no_server_user)?;
        let runner = Some(Runner { uid: user.uid.as_raw(), gid: user.gid.as_raw() });
        if may_enter(&user, &data).map_err(|error| unusable(&data, &error))? {
            return Ok(Self { root: data, runner });
        }
        let root = Path::new(ELSEWHERE).join(name_of(&data));
        let root =
            make_directory(&root).and_then(|()| fs::canonicalize(&root)).map_err(|error| unusable(&root, &error))?;
        tracing::info!(data = %data.display(), instead = %root.display(), "user postgres cannot reach the data directory");
        Ok(Self { root, runner })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn runner(&self) -> Option<Runner> {
        self.runner
    }

    /// PostgreSQL's own directory: it exists only once it is complete.
    pub(super) fn cluster(&self) -> PathBuf {
        self.root.join("cluster")
    }

    /// Where a cluster is made: never the same place twice, because the helpers of a killed start may still be writing to theirs.
    pub(super) fn new_unfinished(&self) -> PathBuf {
        self.root.join(format!("{UNFINISHED}.{}", uuid::Uuid::now_v7().simple()))
    }

    /// What killed starts have left half-made.
    pub(super) fn unfinished(&self) -> io::Result<Vec<PathBuf>> {
        let of_ours = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(UNFINISHED);
        let entries = fs::read_dir(&self.root)?.collect::<io::Result<Vec<_>>>()?;
        Ok(entries.into_iter().filter(|entry| of_ours(&entry.file_name())).map(|entry| entry.path()).collect())
    }

    pub(super) fn secrets(&self) -> PathBuf {
        self.root.join("secret")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.root.join("postgresql.log")
    }

    /// The port used last time if it is still free, so that tools left open find the database again; else any free one.
    pub(super) fn choose_port(&self) -> Result<u16, Failure> {
        let file = self.root.join("port");
        let last = fs::read_to_string(&file).ok().and_then(|port| port.trim().parse().ok());
        let bound = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|socket| socket.local_addr());
        let address = match last.map(bound) {
            Some(Ok(address)) => address,
            _ => bound(0).map_err(|error| unusable(&self.root, &error))?,
        };
        write_private(&file, &address.port().to_string()).map_err(|error| unusable(&self.root, &error))?;
        Ok(address.port())
    }
}

/// The right to use a place; the system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Lock {
    /// Takes the right, or refuses because another service has it.
    pub(super) fn take(place: &Place) -> Result<Self, Failure> {
        let path = place.root.join("lock");
        let file = fs::OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = file.map_err(|error| unusable(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(in_use(&place.root)),
            Err(TryLockError::Error(error)) => Err(unusable(&path, &error)),
        }
    }
}

/// Makes a directory that others may pass through but not list: the server's user goes on into `cluster`, which is its own.
fn make_directory(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o711).create(path)
}

/// Whether `user` may pass through every directory down to `path`.
fn may_enter(user: &User, path: &Path) -> io::Result<bool> {
    let name = CString::new(user.name.as_str())?;
    let groups: Vec<u32> = getgrouplist(&name, user.gid)?.iter().map(|group| group.as_raw()).collect();
    for directory in path.ancestors() {
        let metadata = fs::metadata(directory)?;
        let needed = if metadata.uid() == user.uid.as_raw() {
            0o100
        } else if groups.contains(&metadata.gid()) {
            0o010
        } else {
            0o001
        };
        if metadata.permissions().mode() & needed == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A stable name for a path (FNV-1a, 64 bits): the standard hasher may change between versions of Rust.
fn name_of(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt as _;
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:016x}", path.as_os_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step))
}

fn in_use(root: &Path) -> Failure {
    let root = root.display();
    Failure::new(
        format!("数据目录 {root} 正由另一个增信进程使用。请先停止它，或以 ZENGXIN_DATA_DIR 另设目录。"),
        format!(
            "Another Zengxin process is using the data directory {root}. Stop it first, or set ZENGXIN_DATA_DIR to another."
        ),
    )
}

pub(super) fn unusable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::new(
        format!("无法使用 {path}：{error}。请检查其所有者、权限与磁盘空间，或以 ZENGXIN_DATA_DIR 另设目录。"),
        format!(
            "{path} cannot be used: {error}. Check its owner, its permissions and the space on the disk, or set ZENGXIN_DATA_DIR to another directory."
        ),
    )
}

fn no_server_user() -> Failure {
    Failure::new(
        "PostgreSQL 不以 root 运行，而本机没有用户 postgres。请运行：useradd --system postgres ，或以普通用户启动。",
        "PostgreSQL refuses to run as root and this machine has no user postgres. Run: useradd --system postgres , or start as an ordinary user.",
    )
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use std::path::Path;

    #[test]
    fn a_path_keeps_its_name() {
        // The published FNV-1a value of "a".
        assert_eq!(name_of(Path::new("a")), "af63dc4c8601ec8c");
    }
}
