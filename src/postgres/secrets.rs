//! The passwords of the private cluster's roles: random, one file each, readable by the service's user alone.

use crate::error::Failure;
use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

/// One password per role.
#[derive(Clone)]
pub(super) struct Secrets {
    pub(super) superuser: String,
    pub(super) owner: String,
    pub(super) serving: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secrets")
    }
}

impl Secrets {
    /// New random passwords.
    pub(super) fn random() -> Result<Self, Failure> {
        Ok(Self { superuser: password()?, owner: password()?, serving: password()? })
    }

    /// Writes each password to its file in `directory`.
    pub(super) fn save(&self, directory: &Path) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        for (name, password) in [("superuser", &self.superuser), ("owner", &self.owner), ("serving", &self.serving)] {
            write_private(&directory.join(name), password)?;
        }
        // Their names too: a cluster whose passwords went with the power would be lost.
        fs::File::open(directory)?.sync_all()
    }

    /// Reads the passwords back.
    pub(super) fn load(directory: &Path) -> io::Result<Self> {
        let read = |name| fs::read_to_string(directory.join(name)).map(|password| password.trim().to_owned());
        Ok(Self { superuser: read("superuser")?, owner: read("owner")?, serving: read("serving")? })
    }
}

/// Writes a file that only its owner can read, replacing one of the same name, and waits until it is on the disk.
pub(super) fn write_private(path: &Path, content: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

/// 192 random bits in hexadecimal, which needs no quoting in SQL or in a URL.
fn password() -> Result<String, Failure> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| {
        Failure::new(format!("系统未能提供随机数：{error}"), format!("The system gave no random numbers: {error}"))
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
