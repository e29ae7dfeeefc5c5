//! The portfolio of a day as a report, by the rules of any day, with the lists that its figures are counted from.

use super::{
    App,
    portfolio::{self, Portfolio},
};
use crate::{
    auth::{Action, Caller},
    error::Problem,
    store::{
        self,
        report::{ChargedOff, Line},
    },
};
use domain::{
    risk,
    value::{Day, Money, PartyId, Rate},
};
use std::collections::BTreeMap;

/// How many clients are shown as the biggest.
pub const BIGGEST: usize = 10;

/// Some contracts: how many, and their amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub contracts: u64,
    /// Their amounts.
    pub amount: Money,
}

impl Sum {
    fn with(self, amount: Money) -> Result<Self, Problem> {
        let amount = self.amount.plus(amount)?;
        Ok(Self { contracts: self.contracts.saturating_add(1), amount })
    }
}

/// A portfolio with what is behind it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The day.
    pub on: Day,
    /// The day whose rules judge it.
    pub rules_on: Day,
    /// The portfolio.
    pub portfolio: Portfolio,
    /// Every contract with something outstanding, by its number.
    pub contracts: Vec<Line>,
    /// What is outstanding, and its guaranteed amounts.
    pub outstanding: Sum,
    /// The least a bank bears by the rules of the day; none while no rule says so.
    pub bank_least: Option<Rate>,
    /// Every loan that had begun by the day and of which the bank bears less.
    pub bank_below: Vec<Line>,
    /// The clients with what is outstanding of them, the biggest first.
    pub clients: Vec<(String, Sum)>,
    /// What was charged off up to the day.
    pub charged_off: Vec<ChargedOff>,
    /// The same by year and industry; none where either is not known.
    pub charged_off_by: BTreeMap<(Option<i32>, Option<String>), Sum>,
}

/// The report of an institution on `on`, judged by the rules of `rules_on`.
pub async fn portfolio(app: &App, caller: &Caller, on: Day, rules_on: Day) -> Result<Report, Problem> {
    // One look at it all: the lists are those that the figures were counted from.
    let scope = app.look(caller, Action::ReadPortfolio).await?;
    let portfolio = portfolio::of(&scope, Some(on), Some(rules_on)).await?;
    let begun = store::report::lines(&scope, on, true).await?;
    let charged_off = store::report::charged_off(&scope, on).await?;
    let bank_least = risk::bank_least(rules_on);
    let below = |line: &&Line| line.kind == "loan" && bank_least.is_some_and(|least| line.bank_share < least);
    let bank_below: Vec<Line> = begun.iter().filter(below).cloned().collect();
    let contracts: Vec<Line> = begun.into_iter().filter(|line| !line.outstanding.is_zero()).collect();
    let mut outstanding = Sum::default();
    let mut clients: BTreeMap<PartyId, (&str, Sum)> = BTreeMap::new();
    for line in &contracts {
        outstanding = outstanding.with(line.outstanding)?;
        let (_, client) = clients.entry(line.client_id).or_insert((&line.client, Sum::default()));
        *client = client.with(line.outstanding)?;
    }
    let mut clients: Vec<(String, Sum)> = clients.into_values().map(|(name, sum)| (name.to_owned(), sum)).collect();
    clients.sort_by(|one, other| other.1.amount.cmp(&one.1.amount).then_with(|| one.0.cmp(&other.0)));
    let mut charged_off_by: BTreeMap<(Option<i32>, Option<String>), Sum> = BTreeMap::new();
    for charged in &charged_off {
        let sum = charged_off_by.entry((charged.on.map(Day::year), charged.industry_code.clone())).or_default();
        *sum = sum.with(charged.amount)?;
    }
    Ok(Report {
        on,
        rules_on,
        portfolio,
        contracts,
        outstanding,
        bank_least,
        bank_below,
        clients,
        charged_off,
        charged_off_by,
    })
}
