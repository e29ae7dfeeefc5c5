//! Finding the PostgreSQL server programs, and saying how to get them when they are missing.

use crate::error::Failure;
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest PostgreSQL the schema and the tests are written for.
const OLDEST: u32 = 15;

/// The command that installs PostgreSQL on Debian and Ubuntu.
const INSTALL: &str = "apt-get install -y postgresql";

/// The programs of one PostgreSQL version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binaries {
    directory: PathBuf,
    major: u32,
}

/// Every version found on this machine, newest first.
#[derive(Debug)]
pub(super) struct Found(Vec<Binaries>);

impl Binaries {
    /// Every version in `given`, or, without it, in the places where distributions install them and on the PATH.
    pub(super) fn find(given: Option<&Path>) -> Result<Found, Failure> {
        let directories = match given {
            Some(directory) => vec![directory.to_owned()],
            None => usual_places(Path::new("/"), std::env::var_os("PATH").as_deref()),
        };
        let mut found: Vec<Binaries> = directories.iter().filter_map(|directory| Self::inspect(directory)).collect();
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        if found.is_empty() { Err(missing(given)) } else { Ok(Found(found)) }
    }

    /// The program `name`.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    fn inspect(directory: &Path) -> Option<Self> {
        // Clients alone are common: both server programs must be there.
        if !directory.join("initdb").is_file() {
            return None;
        }
        let said = Command::new(directory.join("postgres")).arg("--version").output().ok()?;
        let major = major(&String::from_utf8(said.stdout).ok()?)?;
        Some(Self { directory: directory.to_owned(), major })
    }
}

impl Found {
    /// The version that made the cluster, or the newest for a new cluster.
    pub(super) fn choose(self, made_by: Option<u32>) -> Result<Binaries, Failure> {
        let fits = |binaries: &Binaries| made_by.map_or(binaries.major >= OLDEST, |made_by| binaries.major == made_by);
        let there: Vec<String> = self.0.iter().map(|binaries| binaries.major.to_string()).collect();
        let there = there.join(", ");
        self.0.into_iter().find(fits).ok_or_else(|| match made_by {
            Some(made_by) => Failure::new(
                format!("数据由 PostgreSQL {made_by} 建立，本机只有 {there}。请安装原版本：apt-get install -y postgresql-{made_by}，或先用 pg_upgrade 升级。"),
                format!("The data was made by PostgreSQL {made_by}, this machine has {there}. Install that version: apt-get install -y postgresql-{made_by}, or upgrade with pg_upgrade first."),
            ),
            None => Failure::new(
                format!("需要 PostgreSQL {OLDEST} 或更新版本，本机只有 {there}。"),
                format!("PostgreSQL {OLDEST} or newer is needed, this machine has {there}."),
            ),
        })
    }
}

/// Where Debian, Ubuntu, Red Hat and their like put the server, below `root`, then the PATH.
fn usual_places(root: &Path, path: Option<&OsStr>) -> Vec<PathBuf> {
    let below = |directory: &str, prefix: &'static str| {
        let entries = fs::read_dir(root.join(directory)).into_iter().flatten().flatten();
        entries
            .filter(move |entry| entry.file_name().to_string_lossy().starts_with(prefix))
            .map(|entry| entry.path().join("bin"))
    };
    below("usr/lib/postgresql", "")
        .chain(below("usr", "pgsql-"))
        .chain(path.into_iter().flat_map(std::env::split_paths))
        .collect()
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` as 15.
fn major(version: &str) -> Option<u32> {
    version.split_once(") ")?.1.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn missing(given: Option<&Path>) -> Failure {
    let (zh, en) = match given {
        Some(given) => (
            format!("在 ZENGXIN_POSTGRES_BIN 所指的 {} 中未找到", given.display()),
            format!("No PostgreSQL server (initdb, postgres) in {}, named by ZENGXIN_POSTGRES_BIN", given.display()),
        ),
        None => ("本机未找到".to_owned(), "No PostgreSQL server (initdb, postgres) on this machine".to_owned()),
    };
    Failure::new(
        format!(
            "{zh} PostgreSQL 服务器程序（initdb、postgres）。请以 root 运行：{INSTALL} ，或设置 DATABASE_URL 使用已有的数据库。"
        ),
        format!("{en}. Run as root: {INSTALL} , or set DATABASE_URL to a database you have."),
    )
}

#[cfg(test)]
mod tests {
    use super::{Binaries, Found, major, missing, usual_places};
    use std::path::{Path, PathBuf};

    fn version(major: u32) -> Binaries {
        Binaries { directory: PathBuf::from("/"), major }
    }

    #[test]
    fn the_version_that_made_the_cluster_is_chosen_else_the_newest() {
        let found = || Found(vec![version(17), version(15)]);
        assert_eq!(found().choose(None), Ok(version(17)));
        assert_eq!(found().choose(Some(15)), Ok(version(15)));
        let refused = found().choose(Some(16)).unwrap_err();
        assert!(refused.0.en.contains("apt-get install -y postgresql-16"), "{refused}");
    }

    #[test]
    fn a_version_older_than_the_schema_needs_is_refused() {
        assert!(Found(vec![version(13)]).choose(None).unwrap_err().0.en.contains("PostgreSQL 15 or newer"));
    }

    #[test]
    fn the_version_is_read_from_what_the_server_says_of_itself() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major("sh: not found"), None);
    }

    #[test]
    fn a_machine_without_postgresql_is_told_the_command_in_both_languages() {
        assert!(usual_places(Path::new("/nonexistent"), None).is_empty());
        let said = missing(None).to_string();
        assert_eq!(said.matches("apt-get install -y postgresql").count(), 2, "{said}");
    }
}
