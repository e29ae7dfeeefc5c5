//! The commands of the program, one file each.

mod calc;
mod daily;
mod demo;
mod import;
mod init;
mod migrate;
mod openapi;
mod reach;
mod reconcile;
mod report;
mod rulebook;
mod serve;
mod verify_audit;

use crate::{
    config::LogConfig,
    error::{Failure, Problem},
};
use clap::{Parser, Subcommand};
use std::io::Write;

/// 增信：政府性融资担保体系的账簿。
/// Zengxin: the book of a government-backed financing guarantee system.
#[derive(Debug, Parser)]
#[command(name = "zengxin", version)]
pub struct CommandLine {
    #[command(flatten)]
    log: LogConfig,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动服务。Runs the service.
    Serve(serve::Serve),
    /// 执行数据库迁移。Brings the database's schema up to date.
    Migrate(migrate::Migrate),
    /// 建立首家机构及其管理员的一次性链接。Makes the first institution and a one-time link for its administrator.
    Init(init::Init),
    /// 在空系统中建立演示机构，并打印其登录账户。Makes the demo institutions in an empty system and prints their logins.
    Demo(demo::Demo),
    /// 承接既有业务：按映射文件导入 CSV 账簿，按原样记录。Takes an earlier book over as it is, from CSV by a mapping.
    Import(import::Import),
    /// 核验审计链。Recomputes every audit chain and names the first entry that does not hold.
    VerifyAudit(verify_audit::VerifyAudit),
    /// 核对账目：由合同及其事项重新汇总。Recounts every counter from contracts and their events and names every difference.
    Reconcile(reconcile::Reconcile),
    /// 日切：使逾期未放款的审批失效；服务运行时自行执行。Does the work of the turn of a day; the service does it by itself.
    Daily(daily::Daily),
    /// 报表：截至某日的在保组合，可按任一日的规则评估。Reports: the book on a day, by the rules of any day.
    Report(report::Reports),
    /// 输出 OpenAPI 文档。Prints the OpenAPI document.
    Openapi,
    /// 计算：从标准输入读取 JSON，结果写到标准输出。Calculates: reads JSON from standard input, writes the answer.
    Calc(calc::Calc),
    /// 输出规则手册。Prints every rule with its versions, clauses and quotes.
    Rulebook(rulebook::Rulebook),
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Stop {
    /// The program cannot go on: exit status 1.
    Failed(Failure),
    /// The input was refused: exit status 2, one problem object on standard error.
    Refused(Box<Problem>),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl CommandLine {
    /// Runs the command; its answer goes to `out`, the log to standard error.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        self.log.start()?;
        match self.command {
            Command::Calc(calc) => {
                return calc.run(&mut std::io::stdin().lock(), out);
            }
            Command::Init(init) => return init.run(out),
            Command::Demo(demo) => return demo.run(out),
            Command::Import(import) => return import.run(out),
            Command::VerifyAudit(verify) => return verify.run(out),
            Command::Reconcile(reconcile) => return reconcile.run(out),
            Command::Report(report) => return report.run(out),
            Command::Daily(daily) => return daily.run(out),
            Command::Rulebook(rulebook) => rulebook.run(out),
            Command::Serve(serve) => return serve.run(out),
            Command::Migrate(migrate) => migrate.run(out),
            Command::Openapi => openapi::run(out),
        }?;
        Ok(())
    }
}

/// Runs `work` on a runtime with a thread per core.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| {
        Failure::new(format!("无法启动运行环境：{error}"), format!("The runtime cannot be started: {error}"))
    })?;
    let result = runtime.block_on(work);
    // A stop does not wait for what it has already given up on.
    runtime.shutdown_background();
    result
}

/// Writes one line of a command's answer; a reader who closed the pipe has had enough, which is no error. An answer that
/// could not be written is one: a full disk must not pass for an empty answer.
fn say(out: &mut dyn Write, line: &str) -> Result<(), Failure> {
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(
            format!("结果无法写出：{error}。请检查磁盘空间和输出位置后重试。"),
            format!(
                "The answer cannot be written: {error}. Check the space on the disk and where the output goes, then try again."
            ),
        )),
        _ => Ok(()),
    }
}
