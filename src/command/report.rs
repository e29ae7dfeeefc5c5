//! `zengxin report`: an institution's book on a day, by the rules of any day, with the lists behind its figures.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::{
        App,
        report::{self, BIGGEST, Report, Sum},
    },
    auth::Caller,
    config::{DatabaseConfig, KeyConfig},
    error::{Failure, Problem},
    finding::FindingOut,
    store::{self, report::Line},
};
use clap::{Args, Subcommand};
use domain::value::{Day, Rate, Ratio};
use serde_json::{Value, json};
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// Which report.
#[derive(Args, Debug)]
pub struct Reports {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// 在保组合：占比、余额、银行分担不足的贷款、最大客户、核销。Shares, balances, loans of which the bank bears too little, biggest clients, charge-offs.
    Portfolio(PortfolioReport),
}

/// The settings of the portfolio's report.
#[derive(Args, Debug)]
struct PortfolioReport {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
    /// 截至日。
    /// The day of the book.
    #[arg(long, value_name = "DAY")]
    as_of: Day,
    /// 按何日施行的规则评估；不设则为截至日。
    /// The day whose rules judge it; the day of the book when left out.
    #[arg(long, value_name = "DAY")]
    rules_on: Option<Day>,
    /// 机构代码；不设则逐一列出有业务的机构。
    /// The institution's code; every one that has a book when left out.
    #[arg(long, value_name = "CODE")]
    institution: Option<String>,
    /// 以 JSON 输出。
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// 将各项数字所依据的明细写入此目录（CSV）。
    /// The folder for the lists behind the figures, as CSV, one folder an institution.
    #[arg(long, value_name = "DIR")]
    lists: Option<PathBuf>,
}

impl Reports {
    /// Prints the report, and writes the lists where they are wanted.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let Which::Portfolio(settings) = self.which;
        let reached = Reached::start(&settings.database)?;
        let reports = block_on(async {
            let app = App::new(reached.database(2).await?, settings.keys.open(&settings.database.data_dir)?);
            let reports = settings.read(&app).await;
            app.database.close().await;
            Ok(reports)
        });
        reached.stop();
        let reports = reports??;
        if settings.json {
            let all: Vec<Value> =
                reports.iter().map(|(code, report)| document(code, report)).collect::<Result<_, _>>()?;
            say(out, &Value::Array(all).to_string())?;
        }
        for (code, report) in &reports {
            if !settings.json {
                print(out, code, report)?;
            }
            if let Some(folder) = &settings.lists {
                let folder = folder.join(code);
                list(&folder, report).map_err(|error| unwritable(&folder, &error))?;
            }
        }
        Ok(())
    }
}

impl PortfolioReport {
    async fn read(&self, app: &App) -> Result<Vec<(String, Report)>, Problem> {
        let all = store::institution::all(&app.database).await?;
        let wanted = |code: &str| self.institution.as_deref().is_none_or(|wanted| wanted == code);
        let mut reports = Vec::new();
        for (institution, code) in all.into_iter().filter(|(_, code)| wanted(code)) {
            let caller = Caller::operator(institution);
            let report = report::portfolio(app, &caller, self.as_of, self.rules_on.unwrap_or(self.as_of)).await?;
            if self.institution.is_some() || report.outstanding.contracts > 0 || !report.charged_off.is_empty() {
                reports.push((code, report));
            }
        }
        if reports.is_empty() && self.institution.is_some() { Err(Problem::not_found()) } else { Ok(reports) }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::new(format!("{path} 无法写出：{error}"), format!("{path} cannot be written: {error}"))
}

/// A share as an answer shows it; a dash of nothing.
fn share(share: Result<Option<Ratio>, domain::value::OutOfRange>) -> Result<String, Problem> {
    let share = share?.map(Ratio::six_decimals).transpose()?;
    Ok(share.map_or_else(|| "–".to_owned(), |share| share.percent()))
}

fn findings(report: &Report) -> Vec<FindingOut> {
    report.portfolio.findings.clone().into_list().into_iter().map(FindingOut::from).collect()
}

fn print(out: &mut dyn Write, code: &str, report: &Report) -> Result<(), Stop> {
    say(out, &format!("{code} 截至 as of {}，按 {} 施行的规则 by the rules of that day", report.on, report.rules_on))?;
    for line in book(report)? {
        say(out, &format!("  {line}"))?;
    }
    say(out, "  规则评估 findings:")?;
    for finding in findings(report) {
        let word = serde_json::to_value(finding.outcome).ok();
        let word = word.as_ref().and_then(Value::as_str).unwrap_or_default();
        let figure = |figure: &Option<String>| figure.clone().unwrap_or_else(|| "–".to_owned());
        let (measured, limit) = (figure(&finding.measured), figure(&finding.limit));
        say(out, &format!("    {:<24} {word:<16} {measured} / {limit}", finding.rule))?;
    }
    say(out, "  最大客户 biggest clients:")?;
    for (name, sum) in report.clients.iter().take(BIGGEST) {
        say(out, &format!("    {:>18}  {name}", sum.amount.grouped()))?;
    }
    say(out, "  核销 charged off, by year and industry:")?;
    for ((year, industry), sum) in &report.charged_off_by {
        let (year, industry) = (year.map_or_else(|| "–".to_owned(), |year| year.to_string()), industry.as_deref());
        let Sum { contracts, amount } = sum;
        say(out, &format!("    {year} {:<4} {contracts:>6} {:>18}", industry.unwrap_or("–"), amount.grouped()))?;
    }
    Ok(())
}

/// The sums of the book, its shares, and the loans of which the bank bears too little.
fn book(report: &Report) -> Result<[String; 4], Problem> {
    let (shares, Sum { contracts, amount }) = (report.portfolio.standing.book.shares, report.outstanding);
    let (total, clients) = (amount.grouped(), shares.clients);
    let (small_agri, small_agri_share) = (shares.small_agri.grouped(), share(shares.small_agri_share())?);
    let (tickets, ticket_share) = (shares.small_ticket.grouped(), share(shares.small_ticket_share())?);
    let (below, outstanding) = (report.bank_below.len(), bank_below_outstanding(report));
    let bank = |least: Rate| {
        format!(
            "银行分担低于{0} bank bears under {0}: {below} 笔 loans，其中在保 outstanding {outstanding}",
            least.percent()
        )
    };
    Ok([
        format!("在保余额 outstanding            {total} 元，{contracts} 笔 contracts，{clients} 户 clients"),
        format!("支小支农 small-and-agri         {small_agri} 元，{small_agri_share}"),
        format!("其中500万元及以下 small tickets {tickets} 元，{ticket_share}"),
        report.bank_least.map_or_else(|| "银行分担 bank's share: 当日无此规则 no rule in force".to_owned(), bank),
    ])
}

/// How many of the loans of which the bank bears too little are outstanding.
fn bank_below_outstanding(report: &Report) -> usize {
    report.bank_below.iter().filter(|line| !line.outstanding.is_zero()).count()
}

/// The report as a document: the same figures, amounts as decimals in yuan.
fn document(code: &str, report: &Report) -> Result<Value, Problem> {
    let shares = report.portfolio.standing.book.shares;
    let sum = |sum: &Sum| json!({"contracts": sum.contracts, "amount": sum.amount.to_string()});
    let clients =
        report.clients.iter().take(BIGGEST).map(|(name, total)| json!({"name": name, "outstanding": sum(total)}));
    let charged_off = report
        .charged_off_by
        .iter()
        .map(|((year, industry), total)| json!({"year": year, "industry_code": industry, "charged_off": sum(total)}));
    Ok(json!({
        "institution": code,
        "as_of": report.on,
        "rules_on": report.rules_on,
        "outstanding": sum(&report.outstanding),
        "clients": shares.clients,
        "small_agri": shares.small_agri.to_string(),
        "small_agri_share": share(shares.small_agri_share())?,
        "small_ticket": shares.small_ticket.to_string(),
        "small_ticket_share": share(shares.small_ticket_share())?,
        "bank_least": report.bank_least.map(|least| least.to_string()),
        "bank_below": report.bank_below.len(),
        "bank_below_outstanding": bank_below_outstanding(report),
        "findings": findings(report),
        "biggest_clients": clients.collect::<Vec<_>>(),
        "charged_off": charged_off.collect::<Vec<_>>(),
    }))
}

/// Writes the lists behind the figures.
fn list(folder: &Path, report: &Report) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    lines(&folder.join("contracts.csv"), &report.contracts)?;
    lines(&folder.join("bank-share-below.csv"), &report.bank_below)?;
    let mut clients = csv::Writer::from_path(folder.join("clients.csv"))?;
    clients.write_record(["client", "contracts", "outstanding"])?;
    for (name, Sum { contracts, amount }) in &report.clients {
        clients.write_record([name, &contracts.to_string(), &amount.to_string()])?;
    }
    clients.flush()?;
    let mut charged_off = csv::Writer::from_path(folder.join("charged-off.csv"))?;
    charged_off.write_record(["number", "client", "industry_code", "charged_off_on", "amount"])?;
    for charged in &report.charged_off {
        let on = charged.on.map(|on| on.to_string()).unwrap_or_default();
        let industry = charged.industry_code.clone().unwrap_or_default();
        charged_off.write_record([&charged.number, &charged.client, &industry, &on, &charged.amount.to_string()])?;
    }
    charged_off.flush()
}

fn lines(path: &Path, contracts: &[Line]) -> io::Result<()> {
    let mut list = csv::Writer::from_path(path)?;
    list.write_record([
        "number",
        "client",
        "kind",
        "client_kind",
        "region_code",
        "industry_code",
        "start",
        "end",
        "amount",
        "outstanding",
        "bank_share",
    ])?;
    for line in contracts {
        list.write_record([
            &line.number,
            &line.client,
            &line.kind,
            &line.client_kind,
            &line.region_code,
            line.industry_code.as_deref().unwrap_or_default(),
            &line.start.to_string(),
            &line.end.to_string(),
            &line.amount.to_string(),
            &line.outstanding.to_string(),
            &line.bank_share.to_string(),
        ])?;
    }
    list.flush()
}
