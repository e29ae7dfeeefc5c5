//! The book recounted: every counter of every institution from its contracts and their events.

use super::App;
use crate::{
    auth::{Action, Caller},
    error::Problem,
    store::{
        self, Scope,
        book::{QuotaKey, item_of},
        recount::{Counted, Figure, Figures},
    },
};
use domain::{
    contract::State,
    exposure::{Book, ClientBook},
    portfolio::{Begun, NewBusiness},
    risk::Role,
    value::{PartyId, Rate},
};
use std::{collections::BTreeMap, fmt};

/// How many contracts are read at once.
const AT_ONCE: u64 = 2000;

/// A figure that is kept as something else than its contracts and events come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The figure.
    pub figure: Figure,
    /// What is kept.
    pub kept: i128,
    /// What it is when it is recounted.
    pub recounted: i128,
}

impl fmt::Display for Difference {
    /// As `portfolio_position[].total_fen: 1 ≠ 2`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} ≠ {}", self.figure, self.kept, self.recounted)
    }
}

/// What an institution's contracts come to.
#[derive(Default)]
struct Recount {
    clients: BTreeMap<PartyId, ClientBook>,
    years: BTreeMap<i32, NewBusiness>,
    figures: Figures,
    contracts: Vec<Difference>,
}

/// Recounts every institution, in the order of their codes: its differences, none where everything fits.
pub async fn reconcile(app: &App) -> Result<Vec<(String, Vec<Difference>)>, Problem> {
    let mut reconciled = Vec::new();
    for (institution, code) in store::institution::all(&app.database).await? {
        let scope = app.look(&Caller::operator(institution), Action::Reconcile).await?;
        reconciled.push((code, differences(&scope).await?));
    }
    Ok(reconciled)
}

async fn differences(scope: &Scope) -> Result<Vec<Difference>, Problem> {
    let mut recount = Recount::default();
    let mut last = None;
    loop {
        let page = store::recount::contracts(scope, last, AT_ONCE).await?;
        for counted in &page {
            recount.count(counted)?;
        }
        last = page.last().map(|counted| counted.contract.id);
        if last.is_none() {
            break;
        }
    }
    let (recounted, mut differences) = recount.end()?;
    let kept = store::recount::kept(scope).await?;
    let of_counters = kept.differences(&recounted).into_iter();
    differences.extend(of_counters.map(|(figure, kept, recounted)| Difference { figure, kept, recounted }));
    differences.extend(of_carried_fees(scope).await?);
    Ok(differences)
}

/// Carried fees: what each release left by its contract's terms, no more carried than that, and no fee settled by more than it is.
async fn of_carried_fees(scope: &Scope) -> Result<Vec<Difference>, Problem> {
    let difference = |row: String, column: &str, kept: i64, recounted: i64| {
        let figure = Figure { table: "fee_carry", row, column: column.to_owned() };
        (kept != recounted).then(|| Difference { figure, kept: kept.into(), recounted: recounted.into() })
    };
    let mut differences = Vec::new();
    for kept in store::fee_carry::kept(scope).await? {
        let left = kept.early_release.left_to_carry(kept.fee, kept.amount, kept.released, kept.term, kept.on)?;
        let unused = if kept.is_reversed { 0 } else { left.fen() };
        let row = || kept.release.to_string();
        differences.extend(difference(row(), "unused_fen", kept.unused_fen, unused));
        let carried = kept.carried_fen.clamp(0, kept.unused_fen.max(0));
        differences.extend(difference(row(), "carried_fen", kept.carried_fen, carried));
    }
    for over in store::fee_carry::oversettled(scope).await? {
        let settled = over.settled_fen.clamp(0, over.fee_fen);
        differences.extend(difference(over.contract_id.to_string(), "settled_fen", over.settled_fen, settled));
    }
    Ok(differences)
}

impl Recount {
    /// Counts a contract by what its events come to.
    fn count(&mut self, counted: &Counted) -> Result<(), Problem> {
        let Counted { contract, outstanding, small_ticket } = counted;
        if contract.outstanding != *outstanding {
            let (row, column) = (contract.id.to_string(), "outstanding_fen".to_owned());
            let (kept, recounted) = (contract.outstanding.fen().into(), outstanding.fen().into());
            self.contracts.push(Difference { figure: Figure { table: "contract", row, column }, kept, recounted });
        }
        let (Some(fixed), Some(item)) = (&contract.fixed, item_of(contract, *outstanding)) else { return Ok(()) };
        if !outstanding.is_zero() {
            let client = self.clients.entry(contract.client).or_default();
            *client = client.plus(item.book()?)?;
            self.figures.segments(&fixed.region_code, fixed.industry_code.as_deref(), *outstanding);
        }
        if let Some(of) = contract.content.agreement {
            self.figures.quota(QuotaKey { of, year: 0 }, *outstanding);
        }
        let small_agri = fixed.client_kind.is_small_agri();
        let came_to_nothing = matches!(contract.state, State::Cancelled | State::Lapsed);
        for (upper, role) in [(fixed.provincial, Role::Provincial), (fixed.national, Role::National)] {
            let Some(upper) = upper else { continue };
            if !came_to_nothing {
                let key = QuotaKey { of: upper.uuid(), year: fixed.approved_on.year() };
                self.figures.quota(key, contract.content.amount);
            }
            let share = fixed.shares.of(role);
            if share > Rate::ZERO {
                self.figures.ceded((upper, share), *outstanding, small_agri)?;
            }
        }
        if let Some(begun_on) = contract.begun_on {
            let begun = Begun {
                client_kind: fixed.client_kind,
                small_ticket: *small_ticket,
                contracts: 1,
                amount: contract.content.amount,
                volume: contract.volume()?,
            };
            let year = self.years.entry(begun_on.year()).or_default();
            *year = year.with(begun)?;
        }
        Ok(())
    }

    /// The figures of all contracts together, and the contracts that are kept otherwise than their events come to.
    fn end(mut self) -> Result<(Figures, Vec<Difference>), Problem> {
        self.figures.book(&Book::of(self.clients.values())?);
        for (client, book) in &self.clients {
            self.figures.client(*client, book);
        }
        for (year, begun) in &self.years {
            self.figures.year(*year, begun)?;
        }
        Ok((self.figures, self.contracts))
    }
}
