//! The living book of an invented institution: two years of business, booked day by day through the doors that the interface uses.

use super::{
    clients::{self, Client, Desk},
    dice::Dice,
    rows,
};
use crate::{
    app::{self, App, contract_move},
    auth::Caller,
    clock::Clock,
    error::Problem,
    store::{
        contract::{Content, ContractKind, ExistingLoan, Purpose},
        contract_event::NewException,
        dated::day,
    },
};
use chrono::{Datelike as _, Days, NaiveDate, NaiveTime};
use domain::{
    client::ClientKind,
    value::{AgreementId, ContractId, Day, Money, PartyId, Rate},
};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

/// How many days of business there are before today.
pub(super) const DAYS: u64 = 730;

/// Beyond so many 10,000 yuan the higher cap of the guarantee fee is over a client.
const SMALL_TICKET_WAN: i64 = 500;

/// An institution at work.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its code, in the numbers of its contracts.
    pub code: &'static str,
    /// Its region.
    pub region: &'static str,
    /// Its net assets of the last year's end.
    pub net_assets: Money,
    /// Who drafts and submits.
    pub officer: Caller,
    /// Who approves.
    pub approver: Caller,
    /// Who files the statements.
    pub treasurer: Caller,
    /// Its agreements, each with its bank.
    pub agreements: Vec<(AgreementId, Uuid)>,
    /// How many contracts are drafted.
    pub contracts: usize,
    /// What its chance comes from.
    pub seed: u64,
}

/// What is to be done with a contract on a day.
enum Step {
    /// Somebody asks for a guarantee.
    Draft,
    /// The approver decides.
    Decide { id: ContractId, fate: Fate },
    /// The bank has paid out.
    Disburse { id: ContractId, repays: Vec<(NaiveDate, Money)> },
    /// The client does not need it any more.
    Cancel(ContractId),
    /// So much of the principal was repaid.
    Release { id: ContractId, amount: Money },
    /// A release is found to have been recorded in error, and recorded anew.
    Correct { id: ContractId, release: Uuid, amount: Money },
}

/// What becomes of a contract.
struct Fate {
    rejected: bool,
    cancelled_on: Option<NaiveDate>,
    disbursed_on: Option<NaiveDate>,
    repays: Vec<(NaiveDate, Money)>,
}

struct Living {
    app: App,
    place: Place,
    dice: Dice,
    clients: Vec<Client>,
    steps: BTreeMap<NaiveDate, Vec<Step>>,
    drafted: usize,
    unrelated: Vec<PartyId>,
    filed_in: BTreeSet<i32>,
    done: UnboundedSender<()>,
}

/// Lives through the days up to today; says once for every contract that it was drafted.
pub(super) async fn live(app: App, place: Place, today: NaiveDate, done: UnboundedSender<()>) -> Result<(), Problem> {
    let (dice, first) = (Dice::of(place.seed), before(today, DAYS)?);
    let (clients, unrelated, steps, filed_in) = (Vec::new(), Vec::new(), BTreeMap::new(), BTreeSet::new());
    let mut living = Living { app, place, dice, clients, steps, drafted: 0, unrelated, filed_in, done };
    for _ in 0..living.place.contracts {
        // A little more business every month: of two days the later one.
        let (one, other) = (living.dice.below(DAYS), living.dice.below(DAYS));
        let offset = if living.dice.happens(250) { one.max(other) } else { one };
        living.at(after(first, offset)?, Step::Draft);
    }
    let mut on = first;
    while on <= today {
        living.day(on, today).await?;
        on = after(on, 1)?;
    }
    Ok(())
}

/// The moment of a day at which its business is done: ten in the morning in China.
pub(super) fn moment(app: &App, on: NaiveDate) -> App {
    let morning = on.and_time(NaiveTime::MIN).and_utc();
    let morning = morning.checked_add_signed(chrono::TimeDelta::hours(2)).unwrap_or(morning);
    App { clock: Clock::At(morning), ..app.clone() }
}

fn after(on: NaiveDate, days: u64) -> Result<NaiveDate, Problem> {
    on.checked_add_days(Days::new(days)).ok_or_else(Problem::internal)
}

/// A day so many days before another.
pub(super) fn before(on: NaiveDate, days: u64) -> Result<NaiveDate, Problem> {
    on.checked_sub_days(Days::new(days)).ok_or_else(Problem::internal)
}

/// Whether rules refuse, or a second person was needed for what nobody waived: that happens in life too.
fn is_refusal(problem: &Problem) -> bool {
    matches!(problem.code, "refused_by_rule" | "exception_needed")
}

impl Living {
    fn at(&mut self, on: NaiveDate, step: Step) {
        self.steps.entry(on).or_default().push(step);
    }

    /// A number of days from `least` to `most` after a day.
    fn soon(&mut self, on: NaiveDate, least: i64, most: i64) -> Result<NaiveDate, Problem> {
        let days = u64::try_from(self.dice.within(least, most)).unwrap_or(0);
        after(on, days)
    }

    async fn day(&mut self, on: NaiveDate, today: NaiveDate) -> Result<(), Problem> {
        // The figures of a year are filed at the end of the next April; on the first and the last day whatever is missing.
        let is_due = (on.month(), on.day()) == (4, 30) || on == today || self.filed_in.is_empty();
        if is_due && self.filed_in.insert(on.year()) {
            let app = moment(&self.app, on);
            rows::statement(&app, &self.place.treasurer, self.place.net_assets).await?;
        }
        if on.day() == 1 && on < today {
            contract_move::lapse(&moment(&self.app, on), self.place.officer.institution).await?;
        }
        // What a step leads to on the same day is done on it too.
        while let Some(steps) = self.steps.remove(&on) {
            let app = moment(&self.app, on);
            for step in steps {
                self.step(&app, on, step).await?;
            }
        }
        Ok(())
    }

    async fn step(&mut self, app: &App, on: NaiveDate, step: Step) -> Result<(), Problem> {
        let (officer, approver) = (self.place.officer.clone(), self.place.approver.clone());
        match step {
            Step::Draft => self.draft(app, on).await,
            Step::Decide { id, fate } => self.decide(app, on, id, fate).await,
            Step::Disburse { id, repays } => {
                contract_move::disburse(app, &officer, id, Uuid::now_v7(), day(on)?).await?;
                carry(app, &officer, id).await?;
                for (on, amount) in repays {
                    self.at(on, Step::Release { id, amount });
                }
                Ok(())
            }
            Step::Cancel(id) => {
                let reason = "客户不再需要（示例）".to_owned();
                contract_move::cancel(app, &officer, id, Uuid::now_v7(), reason).await.map(drop)
            }
            Step::Release { id, amount } => {
                let release = Uuid::now_v7();
                contract_move::release(app, &officer, id, release, amount, day(on)?).await?;
                if self.dice.happens(5) {
                    self.at(after(on, 1)?, Step::Correct { id, release, amount });
                }
                Ok(())
            }
            Step::Correct { id, release, amount } => {
                let reason = "还款回单日期有误（示例）".to_owned();
                contract_move::reverse_release(app, &approver, id, Uuid::now_v7(), release, reason).await?;
                contract_move::release(app, &officer, id, Uuid::now_v7(), amount, day(on)?).await.map(drop)
            }
        }
    }

    /// A client asks for a guarantee: an old one as often as a new one.
    async fn draft(&mut self, app: &App, on: NaiveDate) -> Result<(), Problem> {
        let officer = self.place.officer.clone();
        let desk = Desk { app, officer: &officer, region: self.place.region, today: day(on)? };
        let known = self.dice.one_of(&self.clients).copied().filter(|_| self.drafted >= 10);
        let client = match known.filter(|_| self.dice.happens(500)) {
            Some(client) => client,
            None => {
                let client = clients::file(desk, &mut self.dice, self.clients.len()).await?;
                self.clients.push(client);
                self.relate(desk, client).await?;
                client
            }
        };
        self.drafted = self.drafted.saturating_add(1);
        let content = self.content(client, on)?;
        let fate = self.fate(&content, on)?;
        let id = ContractId::from_uuid(Uuid::now_v7());
        app::contract::draft(app, &officer, id, content).await?;
        let _ = self.done.send(());
        match app::approval::submit(app, &officer, id, Uuid::now_v7()).await {
            Err(problem) if is_refusal(&problem) => return Ok(()),
            submitted => drop(submitted?),
        }
        if self.dice.happens(10) {
            let reason = "客户另行筹资（示例）".to_owned();
            return app::approval::withdraw(app, &officer, id, Uuid::now_v7(), reason).await.map(drop);
        }
        let decided_on = self.soon(on, 0, 4)?;
        self.at(decided_on, Step::Decide { id, fate });
        Ok(())
    }

    /// Now and then two enterprises turn out to belong together.
    async fn relate(&mut self, desk: Desk<'_>, client: Client) -> Result<(), Problem> {
        if client.kind == ClientKind::SmallMicroEnterprise && self.dice.happens(60) {
            self.unrelated.push(client.party);
        }
        if self.unrelated.len() < 2 {
            return Ok(());
        }
        let members = std::mem::take(&mut self.unrelated);
        clients::relate(desk, format!("示例第{}关联客户组", self.clients.len()), &members).await
    }

    fn content(&mut self, client: Client, on: NaiveDate) -> Result<Content, Problem> {
        let (agreement, bank) = self.dice.one_of(&self.place.agreements).copied().ok_or_else(Problem::internal)?;
        let wan = self.dice.within(client.wan.0, client.wan.1);
        let days = *self.dice.weighed(&[(20, 180), (62, 365), (14, 730), (4, 1095)]).ok_or_else(Problem::internal)?;
        // 10⁻⁴ a year: up to one per cent for small tickets, now and then above what is the rule.
        let above = self.dice.happens(30);
        let yearly = match (wan <= SMALL_TICKET_WAN, above) {
            (true, false) => self.dice.within(50, 100),
            (true, true) => self.dice.within(105, 130),
            (false, false) => self.dice.within(100, 150),
            (false, true) => self.dice.within(155, 180),
        };
        let amount = Money::from_wan(wan);
        let fee = i128::from(yearly).checked_mul(days.into()).and_then(|part| amount.wide().checked_mul(part));
        let fee = fee.and_then(|fee| fee.checked_div(3_650_000)).ok_or_else(Problem::internal)?;
        let rural = matches!(client.kind, ClientKind::Farmer | ClientKind::NewAgriEntity);
        let spends = [Purpose::WorkingCapital, Purpose::WorkingCapital, Purpose::Equipment, Purpose::Research];
        let purpose = self.dice.one_of(&spends).copied().filter(|_| !rural).unwrap_or(Purpose::Agriculture);
        let kinds = [(96, ContractKind::Loan), (3, ContractKind::Other), (1, ContractKind::NonFinancing)];
        let loans = [(70, ExistingLoan::None), (29, ExistingLoan::Examined), (1, ExistingLoan::NotExamined)];
        let number = format!("示{}-{:05}", self.place.code, self.drafted);
        let start = day(on)?;
        Ok(Content {
            loan_number: Some(format!("借{number}")),
            number,
            party: client.party,
            agreement: Some(agreement.uuid()),
            product: None,
            client_grade: None,
            kind: *self.dice.weighed(&kinds).ok_or_else(Problem::internal)?,
            issuer_rating: None,
            bank: Some(bank),
            branch: None,
            principal: amount,
            loan_rate: Rate::of_weight(self.dice.within(345, 550).saturating_mul(1_000_000)),
            credit_line: amount,
            operating_loan: !rural || self.dice.happens(800),
            existing_loan: *self.dice.weighed(&loans).ok_or_else(Problem::internal)?,
            purpose,
            amount,
            fee: Money::from_wide(fee).map_err(|_| Problem::internal())?,
            charges: Vec::new(),
            signed_on: start,
            start,
            end: day(after(on, days)?)?,
            startup: None,
            counter_guarantee: if wan > 100 { "实际控制人保证（示例）".to_owned() } else { String::new() },
            tags: Vec::new(),
        })
    }

    /// What will become of a contract, if it is approved.
    fn fate(&mut self, content: &Content, on: NaiveDate) -> Result<Fate, Problem> {
        let approved_by = after(on, 4)?;
        let turn = self.dice.below(100);
        let cancelled_on = if turn < 2 { Some(self.soon(approved_by, 5, 40)?) } else { None };
        let lies_idle = turn == 2;
        let disbursed_on =
            if cancelled_on.is_none() && !lies_idle { Some(self.soon(approved_by, 0, 12)?) } else { None };
        let end = content.end.date();
        let days = end.signed_duration_since(on).num_days();
        let half = Money::from_fen(content.amount.fen().checked_div(2).unwrap_or(0));
        let rest = content.amount.minus(half).map_err(|_| Problem::internal())?;
        let repays = match self.dice.below(100) {
            // Still outstanding after its end.
            0..=1 => Vec::new(),
            2..=21 => vec![(self.soon(on, days.div_euclid(2), days.div_euclid(2))?, half), (end, rest)],
            22..=29 => vec![(self.soon(on, days.div_euclid(3), days)?.min(end), content.amount)],
            _ => vec![(end, content.amount)],
        };
        Ok(Fate { rejected: self.dice.happens(20), cancelled_on, disbursed_on, repays })
    }

    async fn decide(&mut self, app: &App, on: NaiveDate, id: ContractId, fate: Fate) -> Result<(), Problem> {
        let approver = self.place.approver.clone();
        let send_back = async |reason: &str| {
            app::approval::reject(app, &approver, id, Uuid::now_v7(), reason.to_owned()).await.map(drop)
        };
        if fate.rejected {
            return send_back("材料不全，请补充（示例）").await;
        }
        if !approve(app, &approver, id, day(on)?).await? {
            return send_back("按规定不得办理（示例）").await;
        }
        if let Some(cancelled_on) = fate.cancelled_on {
            self.at(cancelled_on, Step::Cancel(id));
        }
        if let Some(disbursed_on) = fate.disbursed_on {
            self.at(disbursed_on, Step::Disburse { id, repays: fate.repays });
        }
        Ok(())
    }
}

/// What an earlier contract of the client left settles the fee of the one that was disbursed.
async fn carry(app: &App, officer: &Caller, id: ContractId) -> Result<(), Problem> {
    let carries = app::fee_carry::of_contract(app, officer, id).await?;
    if let Some(open) = carries.open.first().filter(|_| carries.due > Money::ZERO) {
        app::fee_carry::carry(app, officer, id, Uuid::now_v7(), open.release).await?;
    }
    Ok(())
}

/// Approves a contract, with the exceptions that it needs; says whether rules let it.
async fn approve(app: &App, approver: &Caller, id: ContractId, today: Day) -> Result<bool, Problem> {
    let needed = match app::approval::approve(app, approver, id, Uuid::now_v7(), 1).await {
        Ok(_) => return Ok(true),
        Err(problem) if problem.code == "exception_needed" => problem.findings,
        Err(problem) if is_refusal(&problem) => return Ok(false),
        Err(problem) => return Err(problem),
    };
    for finding in needed.iter().filter(|finding| finding.needs_second_person()) {
        let (rule, reason) = (finding.rule.clone().into_owned(), "经集体审议同意（示例）".to_owned());
        let new = NewException { id: Uuid::now_v7(), rule, reason, expires_on: today };
        app::approval::grant_exception(app, approver, id, new).await?;
    }
    match app::approval::approve(app, approver, id, Uuid::now_v7(), 1).await {
        Err(problem) if is_refusal(&problem) => Ok(false),
        approved => approved.map(|_| true),
    }
}
