//! The settings, each an environment variable and a flag, with defaults that run on a bare machine.

use crate::{
    auth::{self, Keys},
    error::Failure,
};
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

/// The most connections the service opens when nothing is said: a few for each processor of the database. More only take turns there.
pub const DATABASE_CONNECTIONS: u32 = 8;

/// Where the database is.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "数据库 Database")]
pub struct DatabaseConfig {
    /// 服务角色的连接地址；不设则在数据目录内自备 PostgreSQL。
    /// Where the service connects, as the serving role. Unset: a private PostgreSQL in the data directory.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// 属主角色的连接地址，仅用于迁移；设置后 serve 启动时也会迁移。
    /// Where migrations connect, as the owner of the schema. When set, `serve` migrates at its start too.
    #[arg(long, env = "DATABASE_OWNER_URL", hide_env_values = true, value_name = "URL")]
    pub database_owner_url: Option<String>,
    /// 最多数据库连接数。
    /// The most connections the service opens.
    #[arg(long, env = "ZENGXIN_DATABASE_CONNECTIONS", default_value_t = DATABASE_CONNECTIONS, value_name = "N",
          value_parser = clap::value_parser!(u32).range(2..=80))]
    pub database_connections: u32,
    /// 自备 PostgreSQL 的目录。
    /// The directory of the private PostgreSQL.
    #[arg(long, env = "ZENGXIN_DATA_DIR", default_value = "data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// PostgreSQL 服务器程序所在目录；不设则自动查找。
    /// Where the PostgreSQL server binaries are. Unset: found.
    #[arg(long, env = "ZENGXIN_POSTGRES_BIN", value_name = "DIR")]
    pub postgres_bin: Option<PathBuf>,
}

/// Where the keys are.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "密钥 Keys")]
pub struct KeyConfig {
    /// 密钥文件；不设则在数据目录旁，名为“数据目录名.keys”，首次启动时生成。
    /// The key file. Unset: beside the data directory, named after it with .keys; made at the first start.
    #[arg(long, env = "ZENGXIN_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// 密钥本身，代替文件：每个 64 位十六进制数，最新的在前，以空格分隔。
    /// The keys themselves instead of a file: 64 hexadecimal digits each, the newest first, separated by spaces.
    #[arg(long, env = "ZENGXIN_KEYS", hide_env_values = true, value_name = "KEYS")]
    pub keys: Option<String>,
}

impl KeyConfig {
    /// The keys: those given, else those of the file, which is made when there is none.
    pub fn open(&self, data_dir: &Path) -> Result<Keys, Failure> {
        match self.keys.as_deref().filter(|keys| !keys.trim().is_empty()) {
            Some(keys) => Keys::parse(keys).ok_or_else(|| auth::malformed("ZENGXIN_KEYS")),
            None => Keys::open_or_make(&self.file(data_dir)),
        }
    }

    fn file(&self, data_dir: &Path) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| {
            let mut name = data_dir.file_name().unwrap_or_default().to_owned();
            name.push(".keys");
            data_dir.with_file_name(name)
        })
    }
}

/// Which database is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseChoice {
    /// A private cluster in the data directory.
    Private,
    /// A database somebody else runs.
    External {
        /// The serving role's URL.
        serving: Option<String>,
        /// The owner's URL.
        owner: Option<String>,
    },
}

impl DatabaseConfig {
    /// The database that the settings choose: a URL for either role means an external one. An empty variable counts as unset.
    pub fn choice(&self) -> DatabaseChoice {
        let given = |url: &Option<String>| url.clone().filter(|url| !url.trim().is_empty());
        match (given(&self.database_url), given(&self.database_owner_url)) {
            (None, None) => DatabaseChoice::Private,
            (serving, owner) => DatabaseChoice::External { serving, owner },
        }
    }
}

/// How the service answers.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "服务 Service")]
pub struct HttpConfig {
    /// 监听地址。
    /// The address to listen on.
    #[arg(long, env = "ZENGXIN_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Prometheus 指标（/metrics）的监听地址；不设则不提供。只应让监控系统访问。
    /// The address to serve /metrics on for Prometheus; not served when unset. Let only the monitoring reach it.
    #[arg(long, env = "ZENGXIN_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// 可信反向代理的地址或网段，以逗号分隔；仅来自这些地址的 X-Forwarded-For 才被采信。
    /// Addresses or networks of reverse proxies, separated by commas: only what these say in X-Forwarded-For is believed.
    #[arg(long, env = "ZENGXIN_TRUSTED_PROXIES", value_name = "ADDRESSES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// 单个请求的处理时限（秒）。
    /// The longest a request may take, in seconds.
    #[arg(long, env = "ZENGXIN_REQUEST_SECONDS", default_value_t = 30, value_name = "N",
          value_parser = clap::value_parser!(u64).range(1..=600))]
    pub request_seconds: u64,
    /// 请求内容上限（字节）。
    /// The largest request body, in bytes.
    #[arg(long, env = "ZENGXIN_BODY_BYTES", default_value_t = 1_048_576, value_name = "N")]
    pub body_bytes: usize,
    /// 上传文件上限（字节）。
    /// The largest file that is uploaded, in bytes.
    #[arg(long, env = "ZENGXIN_UPLOAD_BYTES", default_value_t = 268_435_456, value_name = "N")]
    pub upload_bytes: usize,
    /// 上传文件的时限（秒）。
    /// The longest an upload may take, in seconds.
    #[arg(long, env = "ZENGXIN_UPLOAD_SECONDS", default_value_t = 900, value_name = "N",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub upload_seconds: u64,
    /// 执行导入的服务无响应后，由其他服务接手的时间（秒）。
    /// After how many seconds another service goes on with an import whose own is not heard of.
    #[arg(long, env = "ZENGXIN_IMPORT_LEASE_SECONDS", default_value_t = 20, value_name = "N",
          value_parser = clap::value_parser!(u64).range(3..=600))]
    pub import_lease_seconds: u64,
    /// 停止时等待未完请求的时限（秒）。
    /// How long a stop waits for requests under way, in seconds.
    #[arg(long, env = "ZENGXIN_DRAIN_SECONDS", default_value_t = 20, value_name = "N",
          value_parser = clap::value_parser!(u64).range(0..=600))]
    pub drain_seconds: u64,
}

/// Reads an address, or a network such as 10.0.0.0/8.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| {
        format!("“{text}”应为地址或网段，如 10.0.0.0/8。\n“{text}” is no address and no network such as 10.0.0.0/8.")
    })
}

impl HttpConfig {
    /// The longest a request may take.
    pub fn request_time(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }

    /// The longest an upload may take.
    pub fn upload_time(&self) -> Duration {
        Duration::from_secs(self.upload_seconds)
    }

    /// For how long a service that is not heard of keeps its import.
    pub fn import_lease(&self) -> Duration {
        Duration::from_secs(self.import_lease_seconds)
    }

    /// How long a stop waits for requests under way.
    pub fn drain_time(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }
}

/// The usual log: PostgreSQL's notices ("already exists, skipping") tell nobody anything.
const QUIET: &str = "info,sqlx::postgres::notice=warn,sea_orm_migration=warn";

/// What is written to the log.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "日志 Log")]
pub struct LogConfig {
    /// 日志级别，如 info 或 zengxin=debug,warn。
    /// What is logged, such as info or zengxin=debug,warn.
    #[arg(long, env = "ZENGXIN_LOG", default_value = QUIET, value_name = "FILTER", global = true)]
    pub log: String,
    /// 日志格式。
    /// The form of the log; auto is text on a terminal and JSON elsewhere.
    #[arg(long, env = "ZENGXIN_LOG_FORMAT", default_value = "auto", value_enum, global = true)]
    pub log_format: LogFormat,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// Lines for people.
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

impl LogConfig {
    /// Starts logging to standard error, so that standard output stays a command's answer.
    pub fn start(&self) -> Result<(), Failure> {
        use std::io::IsTerminal as _;
        let filter = tracing_subscriber::EnvFilter::try_new(&self.log).map_err(|error| {
            Failure::new(
                format!("日志级别“{}”无法识别：{error}。请改用如 ZENGXIN_LOG=info。", self.log),
                format!(
                    "The log filter \"{}\" is not understood: {error}. Use for example ZENGXIN_LOG=info.",
                    self.log
                ),
            )
        })?;
        let terminal = std::io::stderr().is_terminal();
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        let started = match self.log_format {
            LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
            LogFormat::Auto if !terminal => log.json().flatten_event(true).with_span_list(false).try_init(),
            LogFormat::Text | LogFormat::Auto => log.with_ansi(terminal).try_init(),
        };
        started.map_err(|error| {
            Failure::new(format!("日志无法启动：{error}"), format!("The log cannot be started: {error}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{DatabaseChoice, DatabaseConfig};
    use clap::Parser;

    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        database: DatabaseConfig,
    }

    fn choice(serving: &str, owner: &str) -> DatabaseChoice {
        let arguments = ["zengxin", "--database-url", serving, "--database-owner-url", owner];
        Arguments::parse_from(arguments).database.choice()
    }

    #[test]
    fn a_url_means_an_external_database_and_an_empty_one_counts_as_unset() {
        assert_eq!(choice("", " "), DatabaseChoice::Private);
        let url = Some("postgres://db/zengxin".to_owned());
        assert_eq!(choice("postgres://db/zengxin", ""), DatabaseChoice::External { serving: url.clone(), owner: None });
        assert_eq!(choice("", "postgres://db/zengxin"), DatabaseChoice::External { serving: None, owner: url });
    }
}
