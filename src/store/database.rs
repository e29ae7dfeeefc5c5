//! The connection pool as the serving role, its checks, and the migration as the owner.

use super::turns::{Turn, Turns};
use crate::error::Failure;
use domain::value::InstitutionId;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr, FromQueryResult, Statement};
use std::time::Duration;

/// How long a caller waits for a connection before it is told that the database is away.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How long a command of minutes waits for one: it has nobody to tell, and a busy machine is no reason to leave its work half-done.
const ACQUIRE_AT_WORK: Duration = Duration::from_secs(120);

/// How long a connection may have rested before it is asked whether it still answers.
const TESTED_AFTER: Duration = Duration::from_secs(1);

/// How long a readiness check may take: shorter than the usual interval of whoever asks.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// A pool of connections as the serving role, which can neither bypass row security nor change the schema.
#[derive(Clone, Debug)]
pub struct Database {
    pool: DatabaseConnection,
    turns: Turns,
}

/// Whether the database can be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It answers and its schema is the one this program needs.
    Ready,
    /// It does not answer.
    Away,
    /// It answers, but its schema is not the one this program needs.
    Behind,
}

/// What makes a role unfit to serve.
#[derive(Debug, FromQueryResult)]
struct Powers {
    name: String,
    superuser: bool,
    bypasses_row_security: bool,
    owns: bool,
}

const POWERS: &str = "SELECT rolname::text AS name, rolsuper AS superuser, rolbypassrls AS bypasses_row_security,
  EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('zengxin') AND pg_has_role(rolname, relowner, 'MEMBER'))
  OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'zengxin' AND pg_has_role(rolname, nspowner, 'MEMBER')) AS owns
  FROM pg_roles WHERE rolname = current_user";

const STEPS_TAKEN: &str = "SELECT version FROM zengxin.migration ORDER BY version";

impl Database {
    /// Connects as the serving role with at most `connections` connections; refuses a role that row security does not bind.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, Failure> {
        Self::connect_within(url, connections, ACQUIRE).await
    }

    /// The same for a command, which waits for the database where a service would tell whoever asks to come again.
    pub async fn connect_for_work(url: &str, connections: u32) -> Result<Self, Failure> {
        Self::connect_within(url, connections, ACQUIRE_AT_WORK).await
    }

    async fn connect_within(url: &str, connections: u32, wait: Duration) -> Result<Self, Failure> {
        let mut options = options(url);
        options.max_connections(connections).min_connections(1).acquire_timeout(wait);
        // One that has just answered is not asked whether it still does: that would be a message more for every request.
        options.test_before_acquire_if_idle_for(TESTED_AFTER);
        let pool = sea_orm::Database::connect(options).await.map_err(|error| cannot_connect("DATABASE_URL", &error))?;
        // Half of the connections are always left to the others.
        let database = Self { pool, turns: Turns::of(connections as usize / 2) };
        database.refuse_powers().await?;
        Ok(database)
    }

    /// The second wall between tenants is row security: a role that passes it by must not serve.
    async fn refuse_powers(&self) -> Result<(), Failure> {
        let powers = Powers::find_by_statement(statement(POWERS)).one(&self.pool).await;
        let powers = powers.map_err(|error| cannot_connect("DATABASE_URL", &error))?;
        let (zh, en) = match &powers {
            Some(Powers { superuser: true, .. }) => ("是超级用户", "is a superuser"),
            Some(Powers { bypasses_row_security: true, .. }) => {
                ("可绕过行级安全（BYPASSRLS）", "may bypass row security (BYPASSRLS)")
            }
            Some(Powers { owns: true, .. }) => (
                "是 zengxin 模式或其中表的属主（或其成员）",
                "owns the schema zengxin or tables in it, or is a member of its owner",
            ),
            Some(_) => return Ok(()),
            None => ("无法识别", "is unknown"),
        };
        let name = powers.map(|powers| powers.name).unwrap_or_default();
        Err(Failure::new(
            format!(
                "拒绝启动：数据库角色“{name}”{zh}，机构之间的隔离对它不起作用。请将 DATABASE_URL 改为服务角色 zengxin_app（见 docker/initdb/roles.sql）。"
            ),
            format!(
                "Refusing to start: the database role \"{name}\" {en}, so the wall between institutions would not hold. Let DATABASE_URL name the serving role zengxin_app (see docker/initdb/roles.sql)."
            ),
        ))
    }

    /// Whether the database answers in time and has taken exactly the steps this program knows.
    pub async fn readiness(&self) -> Readiness {
        match tokio::time::timeout(READY_WITHIN, self.pool.query_all_raw(statement(STEPS_TAKEN))).await {
            Ok(Ok(rows)) => {
                let taken: Result<Vec<String>, DbErr> = rows.iter().map(|row| row.try_get("", "version")).collect();
                let current = taken.is_ok_and(|taken| taken.iter().map(String::as_str).eq(migration::names()));
                if current { Readiness::Ready } else { Readiness::Behind }
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database does not answer as it should");
                if schema_is_missing(&error) { Readiness::Behind } else { Readiness::Away }
            }
            Err(_) => Readiness::Away,
        }
    }

    /// The same with room for so many of one institution at its book at once, as if each came from a process of its own: for tests of
    /// what the database's lock alone holds.
    #[must_use]
    pub fn with_turns(self, at_once: usize) -> Self {
        Self { turns: Turns::of(at_once), ..self }
    }

    /// Waits until few enough of an institution are at its book.
    pub(super) async fn turn(&self, institution: InstitutionId) -> Turn {
        self.turns.take(institution).await
    }

    /// The pool itself, for the store and for tests.
    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Waits for connections in use to come back and closes all.
    pub async fn close(self) {
        if let Err(error) = self.pool.close().await {
            tracing::warn!(%error, "the connections to the database did not close cleanly");
        }
    }
}

/// Brings the schema up to date as its owner; waits while another migrator is at work.
pub async fn migrate(owner_url: &str) -> Result<(), Failure> {
    let mut options = options(owner_url);
    options.max_connections(1).min_connections(1);
    let owner =
        sea_orm::Database::connect(options).await.map_err(|error| cannot_connect("DATABASE_OWNER_URL", &error))?;
    let migrated = migration::run(&owner).await;
    // Closing also frees the lock that a failed migration still holds.
    let _ = owner.close().await;
    migrated.map_err(|error| {
        Failure::new(
            format!("数据库迁移失败，已完成的步骤保留，失败的步骤已回滚：{error}。请确认 DATABASE_OWNER_URL 为 zengxin 模式的属主，且角色 zengxin_app 已存在（见 docker/initdb/roles.sql）。"),
            format!("The migration failed; steps already taken stay, the failed one is rolled back: {error}. Check that DATABASE_OWNER_URL names the owner of the schema zengxin and that the role zengxin_app exists (see docker/initdb/roles.sql)."),
        )
    })
}

fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.set_application_name("zengxin").sqlx_logging(false);
    // As a start parameter of the connection it costs no message, and a DISCARD ALL falls back to it.
    options.map_sqlx_postgres_opts(|options| options.options([("search_path", migration::SCHEMA)]));
    options
}

fn statement(sql: &'static str) -> Statement {
    Statement::from_string(sea_orm::DbBackend::Postgres, sql)
}

/// `undefined_table`, `invalid_schema_name`, `insufficient_privilege`: the database is there, its schema is not.
fn schema_is_missing(error: &DbErr) -> bool {
    let (DbErr::Query(sea_orm::RuntimeErr::SqlxError(error)) | DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error))) =
        error
    else {
        return false;
    };
    let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
    code.is_some_and(|code| ["42P01", "3F000", "42501"].contains(&code.as_str()))
}

fn cannot_connect(variable: &str, error: &DbErr) -> Failure {
    Failure::new(
        format!("无法连接数据库：{error}。请检查 {variable} 以及数据库是否在运行。"),
        format!("The database cannot be reached: {error}. Check {variable} and that the database is running."),
    )
}
