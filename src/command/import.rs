//! `zengxin import`: an earlier book taken over as it is, from a CSV file by a mapping.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::{
        App,
        import::{self, Progress, Report, Request, Watch},
    },
    auth::Caller,
    config::{DatabaseConfig, KeyConfig},
    error::{Failure, Problem},
    import::{BadRows, Fault},
    store,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs::{self, File},
    io::{self, BufWriter, IsTerminal as _, Write},
    path::{Path, PathBuf},
};

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Import {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
    /// 承接业务的机构代码。
    /// The code of the institution that takes the book over.
    #[arg(long, value_name = "CODE")]
    institution: String,
    /// 输出已导入内容的摘要，与行的顺序、标识和时间无关；不读取文件，不写入。
    /// Prints a digest of what imports have made, whatever the order, ids and moments of its rows; reads no file and writes nothing.
    #[arg(long)]
    digest: bool,
    /// 映射文件：各栏的含义、单位和格式（见 examples/mappings）。
    /// The mapping: what each column says, in which unit and form (see examples/mappings).
    #[arg(long, value_name = "FILE", required_unless_present = "digest")]
    mapping: Option<PathBuf>,
    /// 试运行：核对全部行并按规则评估，不写入。
    /// A dry run: reads every row and judges it, and writes nothing to the book.
    #[arg(long)]
    check: bool,
    /// 未能导入的行的清单；不设则在当前目录，名为“文件名.bad-rows.csv”，没有此类行时不生成。
    /// Where the rows that cannot be taken over are listed. Unset: in the current directory, named after the book; made only when there is one.
    #[arg(long, value_name = "FILE")]
    bad_rows: Option<PathBuf>,
    /// 每次提交的行数。
    /// How many rows are saved at once.
    #[arg(long, default_value_t = 2000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    rows_at_once: u32,
    /// 账簿文件（CSV）。
    /// The book, as CSV.
    #[arg(value_name = "BOOK", required_unless_present = "digest", conflicts_with = "digest")]
    book: Option<PathBuf>,
}

impl Import {
    /// Takes the book over and says what became of its rows, or digests what was taken over before.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        match (&self.mapping, &self.book) {
            (Some(mapping), Some(book)) => self.take_over(mapping, book, out),
            // Nothing else is asked for without them.
            _ => self.print_digest(out),
        }
    }

    fn take_over(&self, mapping: &Path, book: &Path, out: &mut dyn Write) -> Result<(), Stop> {
        let text = fs::read_to_string(mapping).map_err(|error| unreadable(mapping, &error))?;
        let mut watch = Watching::new(self.bad_rows.clone().unwrap_or_else(|| beside(book)));
        let at_once = usize::try_from(self.rows_at_once).unwrap_or(1);
        let name = book.file_name().unwrap_or_default().to_string_lossy();
        let request = Request { path: book, name: &name, mapping: &text, at_once, check: self.check };
        let report = self.at_institution(async |app, caller| import::run(app, caller, request, &mut watch).await)?;
        let listed = watch.finish()?;
        print(out, &report, self.check, listed.as_deref())?;
        Ok(())
    }

    fn print_digest(&self, out: &mut dyn Write) -> Result<(), Stop> {
        let (parts, digest) = self.at_institution(async |app, caller| import::digest(app, caller).await)?;
        let hex = |digest: &[u8]| data_encoding::HEXLOWER.encode(digest);
        for part in parts {
            say(out, &format!("{:<10} {:>9} {}", part.name, part.rows, hex(&part.digest)))?;
        }
        say(out, &format!("摘要 digest {}", hex(&digest)))?;
        Ok(())
    }

    /// Does something as whoever runs the program, at the institution.
    fn at_institution<T>(&self, act: impl AsyncFnOnce(&App, &Caller) -> Result<T, Problem>) -> Result<T, Stop> {
        let reached = Reached::start(&self.database)?;
        let done = block_on(async {
            let app = App::new(reached.database(2).await?, self.keys.open(&self.database.data_dir)?);
            let institution = store::institution::find_by_code(&app.database, &self.institution).await;
            let done = match institution.and_then(|found| found.ok_or_else(Problem::not_found)) {
                Ok(institution) => act(&app, &Caller::operator(institution)).await,
                Err(problem) => Err(problem),
            };
            app.database.close().await;
            Ok(done)
        });
        reached.stop();
        Ok(done??)
    }
}

/// The list of bad rows of a book, in the current directory: the book may lie where nothing can be written.
fn beside(book: &Path) -> PathBuf {
    let mut name = book.file_stem().unwrap_or_default().to_owned();
    name.push(".bad-rows.csv");
    name.into()
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::new(format!("{path} 无法读取：{error}"), format!("{path} cannot be read: {error}"))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::new(format!("{path} 无法写出：{error}"), format!("{path} cannot be written: {error}"))
}

/// Lists bad rows, and shows how far the import is: a bar on a terminal, else a line for every tenth part.
struct Watching {
    path: PathBuf,
    list: Option<BadRows<BufWriter<File>>>,
    bar: Option<ProgressBar>,
    tenths: u64,
}

impl Watching {
    fn new(path: PathBuf) -> Self {
        let style = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} {per_sec} {eta}");
        let bar = style.ok().filter(|_| io::stderr().is_terminal()).map(|style| ProgressBar::new(0).with_style(style));
        Self { path, list: None, bar, tenths: 0 }
    }

    /// Where the bad rows are listed, if there are any.
    fn finish(self) -> Result<Option<PathBuf>, Failure> {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        let Some(list) = self.list else { return Ok(None) };
        list.finish().map_err(|error| unwritable(&self.path, &error))?;
        Ok(Some(self.path))
    }
}

impl Watch for Watching {
    fn bad(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        if self.list.is_none() {
            self.list = Some(BadRows::new(BufWriter::new(File::create(&self.path)?))?);
        }
        self.list.as_mut().map_or(Ok(()), |list| list.add(row, faults))
    }

    fn progress(&mut self, progress: Progress) {
        let Progress { rows, done } = progress;
        if let Some(bar) = &self.bar {
            bar.set_length(rows);
            bar.set_position(done);
            return;
        }
        let tenths = done.saturating_mul(10).checked_div(rows).unwrap_or(10);
        if tenths > self.tenths {
            self.tenths = tenths;
            tracing::info!(rows, done, "importing");
        }
    }
}

fn print(out: &mut dyn Write, report: &Report, check: bool, listed: Option<&Path>) -> Result<(), Failure> {
    let store::import::Counts { imported, unchanged, bad } = report.counts;
    let [refuse, exception, advise, not_assessed] = report.findings;
    if check {
        say(out, "试运行，未写入 a dry run: nothing was written")?;
    }
    if let Some(run) = report.run {
        say(out, &format!("导入批次 import {run}"))?;
    }
    say(out, &format!("共 {} 行 rows", report.rows))?;
    say(out, &format!("  承接 taken over    {imported}"))?;
    say(out, &format!("  未变 unchanged     {unchanged}"))?;
    say(out, &format!("  未导入 bad         {bad}"))?;
    say(out, "按各合同起始日的规则评估 judged by the rules of each first day:")?;
    say(out, &format!("  不得办理 refuse          {refuse}"))?;
    say(out, &format!("  需书面例外 exception     {exception}"))?;
    say(out, &format!("  提示 advise              {advise}"))?;
    say(out, &format!("  无法评估 not assessed    {not_assessed}"))?;
    match listed {
        Some(path) => say(out, &format!("未导入的行 bad rows: {}", path.display())),
        None => Ok(()),
    }
}
