//! The deployment's keys: 256 random bits a line, the newest first, in a file of its own that only the service's user reads.

use crate::error::Failure;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

/// The keys, newest first: the first signs and seals, all of them verify and open, so that a rotation ends no session. The last
/// one also makes the blind index of identifiers and is never removed (see `seal`).
#[derive(Clone)]
pub struct Keys(Vec<[u8; 32]>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Keys({})", self.0.len())
    }
}

impl Keys {
    /// One new random key.
    pub fn random() -> Result<Self, Failure> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| {
            Failure::new(format!("系统未能提供随机数：{error}"), format!("The system gave no random numbers: {error}"))
        })?;
        Ok(Self(vec![key]))
    }

    /// Reads the file, or makes it with one new key when there is none; refuses one that others can read.
    pub fn open_or_make(path: &Path) -> Result<Self, Failure> {
        match fs::metadata(path) {
            Ok(file) if file.permissions().mode() & 0o077 != 0 => Err(open_to_others(path)),
            Ok(_) => Self::parse(&fs::read_to_string(path).map_err(|error| unusable(path, &error))?)
                .ok_or_else(|| malformed(&path.display().to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(path),
            Err(error) => Err(unusable(path, &error)),
        }
    }

    /// Reads keys given as text, from a file or a variable: 64 hexadecimal digits each, separated by white space.
    pub fn parse(text: &str) -> Option<Self> {
        let key = |word: &str| HEXLOWER_PERMISSIVE.decode(word.as_bytes()).ok()?.try_into().ok();
        let keys: Option<Vec<[u8; 32]>> = text.split_whitespace().map(key).collect();
        keys.filter(|keys| !keys.is_empty()).map(Self)
    }

    /// The key that signs.
    pub(super) fn signing(&self) -> Option<&[u8]> {
        self.0.first().map(<[u8; 32]>::as_slice)
    }

    /// Every key that verifies.
    pub(super) fn verifying(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(<[u8; 32]>::as_slice)
    }

    /// The key that identifiers are found by, whatever was added since.
    pub(super) fn oldest(&self) -> Option<&[u8]> {
        self.0.last().map(<[u8; 32]>::as_slice)
    }

    fn make(path: &Path) -> Result<Self, Failure> {
        let keys = Self::random()?;
        let text: Vec<String> = keys.0.iter().map(|key| HEXLOWER_PERMISSIVE.encode(key)).collect();
        let write = || {
            // Under its own name only when whole: a start that is killed here leaves no half key.
            let unfinished = path.with_extension("unfinished");
            let _ = fs::remove_file(&unfinished);
            let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
            writeln!(file, "{}", text.join("\n"))?;
            file.sync_all()?;
            // A link, unlike a rename, does not replace the keys that another start made meanwhile.
            let linked = fs::hard_link(&unfinished, path);
            fs::remove_file(&unfinished)?;
            linked
        };
        match write() {
            Ok(()) => {
                tracing::info!(path = %path.display(), "made a new key file: keep a copy of it apart from the data");
                Ok(keys)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::open_or_make(path),
            Err(error) => Err(unusable(path, &error)),
        }
    }
}

/// The failure for keys that are not written as they should be; `from` names the file or variable.
pub fn malformed(from: &str) -> Failure {
    Failure::new(
        format!("密钥格式有误（{from}）：应为每行 64 位十六进制数，最新的在前。请恢复备份。"),
        format!("The keys in {from} are malformed: 64 hexadecimal digits a line, the newest first. Restore your copy."),
    )
}

fn open_to_others(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(
        format!("密钥文件 {path} 可被其他用户读取。请执行 chmod 600 {path}，如可能已泄露请更换密钥。"),
        format!(
            "Others can read the key file {path}. Run chmod 600 {path}, and replace the key if it may have leaked."
        ),
    )
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::new(
        format!("无法使用密钥文件 {path}：{error}。请检查其目录与权限，或以 ZENGXIN_KEY_FILE 另设位置。"),
        format!(
            "The key file {path} cannot be used: {error}. Check its directory and permissions, or set ZENGXIN_KEY_FILE."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use std::{fs, os::unix::fs::PermissionsExt as _};

    #[test]
    fn a_key_file_is_made_once_and_for_its_owner_alone() {
        let path = std::env::temp_dir().join(format!("zengxin-keys-{}", std::process::id()));
        let made = Keys::open_or_make(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Keys::open_or_make(&path).unwrap().signing(), made.signing());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(Keys::open_or_make(&path).unwrap_err().0.en.contains("chmod 600"));
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn what_is_not_a_list_of_keys_is_refused() {
        for bad in ["", "\n", "abc", &"g".repeat(64), &"a".repeat(63), &"a".repeat(66)] {
            assert!(Keys::parse(bad).is_none(), "{bad}");
        }
        assert!(Keys::parse(&format!("{}\n{}\n", "a".repeat(64), "0".repeat(64))).is_some());
    }
}
