//! The program as a process: started, killed and asked as an operator would.

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

/// The longest any step of a fault may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The user and group `nobody`, on every Unix of today.
const NOBODY: u32 = 65_534;

/// A data directory that goes when this goes.
pub struct Home {
    path: PathBuf,
    nobody: bool,
}

impl Home {
    /// A new empty directory.
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("zengxin-faults-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self { path, nobody: false }
    }

    /// A new empty directory of user `nobody`, as whom the program then runs; only root can do that.
    pub fn of_nobody() -> Self {
        let mut home = Self::new();
        home.nobody = true;
        chown(&home.path, Some(NOBODY), Some(NOBODY)).unwrap();
        // The checkout may lie where only root can go.
        fs::copy(env!("CARGO_BIN_EXE_zengxin"), home.path.join("zengxin")).unwrap();
        home
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// PostgreSQL's own directory.
    pub fn cluster(&self) -> PathBuf {
        self.data().join("cluster")
    }

    /// The entries of the data directory whose names begin like this.
    pub fn files_beginning(&self, name: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data()).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(name))
            .map(|entry| entry.path())
            .collect()
    }

    /// The program, ready to run here with the settings' defaults.
    pub fn program(&self) -> Command {
        let mut command = match self.nobody {
            false => Command::new(env!("CARGO_BIN_EXE_zengxin")),
            true => Command::new(self.path.join("zengxin")),
        };
        if self.nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        for variable in ["DATABASE_URL", "DATABASE_OWNER_URL", "ZENGXIN_LOG", "ZENGXIN_POSTGRES_BIN"] {
            command.env_remove(variable);
        }
        command.env("ZENGXIN_LISTEN", "127.0.0.1:0").env("ZENGXIN_DATA_DIR", self.data()).current_dir("/");
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command of the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.program().args(arguments).output().unwrap()
    }

    /// Starts the service and returns when it says its address.
    pub fn serve(&self) -> Service {
        self.serve_saying(&[]).0
    }

    /// The same with more arguments, and all that it said up to its address.
    pub fn serve_saying(&self, arguments: &[&str]) -> (Service, String) {
        self.started(self.program(), arguments)
    }

    /// Starts a service on a database that somebody else runs, with these keys.
    pub fn serve_on(&self, database: &str, keys: &str) -> Service {
        let mut program = self.program();
        program.env("DATABASE_URL", database).env("ZENGXIN_KEYS", keys);
        self.started(program, &[]).0
    }

    /// The same with more settings.
    pub fn serve_with(&self, database: &str, keys: &str, settings: &[(&str, &str)]) -> Service {
        let mut program = self.program();
        program.env("DATABASE_URL", database).env("ZENGXIN_KEYS", keys).envs(settings.iter().copied());
        self.started(program, &[]).0
    }

    fn started(&self, mut program: Command, arguments: &[&str]) -> (Service, String) {
        let log = fs::File::options().create(true).append(true).open(self.path.join("service.log")).unwrap();
        let mut child = program.arg("serve").args(arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut answer = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let read = answer.read_line(&mut said).unwrap();
            let last = said.lines().last().unwrap_or_default();
            let address = last.split_once("http://").and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
            match address {
                Some(address) => break address,
                None if read == 0 => panic!("did not start: {}", self.log()),
                None => {}
            }
        };
        (Service { child, address }, said)
    }

    /// A URL into the private cluster, from the files an operator has.
    pub fn url(&self, role: &str) -> String {
        let read = |file: &str| fs::read_to_string(self.data().join(file)).unwrap();
        let secret = if role.ends_with("owner") { "secret/owner" } else { "secret/serving" };
        format!("postgres://{role}:{}@127.0.0.1:{}/zengxin?sslmode=disable", read(secret), read("port"))
    }

    /// The process id of the running PostgreSQL, if there is one.
    pub fn postgres(&self) -> Option<Pid> {
        let file = fs::read_to_string(self.cluster().join("postmaster.pid")).ok()?;
        let id = Pid::from_raw(file.lines().next()?.parse().ok()?);
        kill(id, None).is_ok().then_some(id)
    }

    /// What the service logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path.join("service.log")).unwrap_or_default()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A test that failed half-way leaves a server behind.
        if let Some(postgres) = self.postgres() {
            let _ = kill(postgres, Signal::SIGQUIT);
        }
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A running service; dropped, it is killed.
pub struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    /// The text of the page at `path` on another port of this machine.
    pub fn page_at(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The status the service answers to a JSON body at `path`.
    pub fn post(&self, path: &str, body: &str) -> u16 {
        let length = body.len();
        self.exchange(&format!(
            "POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Sends a JSON body to `path` as the holder of a token, and does not wait for the answer.
    pub fn begin_put(&self, path: &str, token: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "PUT {path} HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        stream
    }

    /// The status the service answers at `path`.
    pub fn get(&self, path: &str) -> u16 {
        self.exchange(&format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n"))
    }

    fn exchange(&self, request: &str) -> u16 {
        self.answer_to(request).split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// The whole answer to a request, which is sent as it is.
    pub fn answer_to(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Kills the service as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the service to stop and waits for it.
    pub fn stop(mut self) -> ExitStatus {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until `holds`, and fails with `what` when it never does.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Kills a process as a power cut would.
pub fn kill_9(id: Pid) {
    kill(id, Signal::SIGKILL).unwrap();
}

/// The user a process runs as.
pub fn user_of(id: Pid) -> u32 {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(Path::new("/proc").join(id.to_string())).unwrap().uid()
}
