//! What the counters keep, and what they are recounted from: every contract with the sum of its events.

use super::{
    Scope,
    around::shaped,
    book::{Changes, ClientRow, QuotaKey},
    contract::{self, Contract},
    statement_of,
};
use crate::error::Problem;
use domain::{
    exposure::{Book, ClientBook},
    portfolio::NewBusiness,
    value::{ContractId, InstitutionId, Money, PartyId, Rate},
};
use entity::contract::{Column, Entity};
use sea_orm::{ColumnTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fmt};
use uuid::Uuid;

/// One figure that is kept: a column of a row of a table of counters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// The table.
    pub table: &'static str,
    /// What beside the institution names the row; empty where it has one.
    pub row: String,
    /// The column.
    pub column: String,
}

impl fmt::Display for Figure {
    /// As `client_exposure[…].total_fen`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}[{}].{}", self.table, self.row, self.column)
    }
}

/// The tables of counters, each with the columns that name a row.
const COUNTERS: [(&str, &[&str]); 6] = [
    ("client_exposure", &["party_id"]),
    ("portfolio_position", &[]),
    ("segment_exposure", &["kind", "code"]),
    ("year_volume", &["year"]),
    ("quota_use", &["of_id", "year"]),
    ("cession_position", &["reguarantor_id", "share_e10"]),
];

/// Figures by what they are; one that is not there is zero.
#[derive(Clone, Debug, Default)]
pub struct Figures(BTreeMap<Figure, i128>);

impl Figures {
    /// Adds the numbers of a row to the figures of the row of this name.
    fn add(&mut self, (table, keys): (&'static str, &[&str]), row: &Map<String, Value>) {
        let word = |key: &&str| match row.get(*key) {
            Some(Value::String(word)) => word.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let name = keys.iter().map(word).collect::<Vec<_>>().join(" ");
        let numbers = row.iter().filter(|(column, _)| !keys.contains(&column.as_str()));
        for (column, number) in numbers {
            let Some(number) = number.as_i64().filter(|number| *number != 0) else { continue };
            let figure = Figure { table, row: name.clone(), column: column.clone() };
            let sum = self.0.entry(figure).or_default();
            *sum = sum.saturating_add(number.into());
        }
    }

    fn add_json(&mut self, table: &str, row: &Value) {
        let counter = COUNTERS.iter().find(|(name, _)| *name == table);
        if let (Some(counter), Some(row)) = (counter, row.as_object()) {
            self.add(*counter, row);
        }
    }

    /// What a client has.
    pub fn client(&mut self, client: PartyId, book: &ClientBook) {
        let mut changes = Changes::default();
        changes.client(client, book);
        let rows = changes.clients.iter().filter_map(|row| serde_json::to_value(row).ok());
        rows.for_each(|row| self.add_json("client_exposure", &row));
    }

    /// What the institution has.
    pub fn book(&mut self, book: &Book) {
        let mut changes = Changes::default();
        changes.book(book);
        changes.positions.iter().for_each(|row| self.add_json("portfolio_position", row));
    }

    /// What is outstanding in a region and an industry.
    pub fn segments(&mut self, region: &str, industry: Option<&str>, outstanding: Money) {
        let mut changes = Changes::default();
        changes.segments(region, industry, outstanding);
        changes.segments.iter().for_each(|row| self.add_json("segment_exposure", row));
    }

    /// What began in a year.
    pub fn year(&mut self, year: i32, begun: &NewBusiness) -> Result<(), Problem> {
        let amount_days = i64::try_from(begun.volume.amount_days()).map_err(|_| Problem::out_of_range())?;
        let row = json!({
            "year": year,
            "contracts": begun.contracts,
            "amount_fen": begun.amount.fen(),
            "small_agri_fen": begun.small_agri.fen(),
            "small_ticket_fen": begun.small_ticket.fen(),
            "amount_days": amount_days,
            "fee_fen": begun.volume.fee().fen(),
        });
        self.add_json("year_volume", &row);
        Ok(())
    }

    /// What is used of a quota or cap.
    pub fn quota(&mut self, key: QuotaKey, used: Money) {
        self.add_json("quota_use", &json!({"of_id": key.of, "year": key.year, "used_fen": used.fen()}));
    }

    /// What is ceded to an upper layer at a share of the risk.
    pub fn ceded(
        &mut self,
        (upper, share): (InstitutionId, Rate),
        outstanding: Money,
        small_agri: bool,
    ) -> Result<(), Problem> {
        let fen = outstanding.fen();
        let row = json!({
            "reguarantor_id": upper.uuid(),
            "share_e10": contract::e10_of(share)?,
            "contracts": i64::from(fen > 0),
            "outstanding_fen": fen,
            "small_agri_fen": if small_agri { fen } else { 0 },
        });
        self.add_json("cession_position", &row);
        Ok(())
    }

    /// Where these figures and others do not say the same: the figure, what is here, and what is there.
    pub fn differences(&self, other: &Self) -> Vec<(Figure, i128, i128)> {
        let of = |figures: &Self, figure: &Figure| figures.0.get(figure).copied().unwrap_or_default();
        let mut all: Vec<&Figure> = self.0.keys().chain(other.0.keys()).collect();
        all.sort_unstable();
        all.dedup();
        let both = all.into_iter().map(|figure| (figure.clone(), of(self, figure), of(other, figure)));
        both.filter(|(_, here, there)| here != there).collect()
    }
}

/// A contract with what its events come to.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The contract.
    pub contract: Contract,
    /// The sum of what its events added and took away.
    pub outstanding: Money,
    /// Whether its client was one of at most 500万 when it began.
    pub small_ticket: bool,
}

#[derive(Debug, FromQueryResult)]
struct EventsRead {
    contract_id: Uuid,
    outstanding_fen: i64,
    small_ticket: bool,
}

const EVENTS: &str = "SELECT contract_id, sum(amount_fen)::bigint AS outstanding_fen, coalesce(bool_or(small_ticket), false) AS small_ticket \
    FROM zengxin.contract_event WHERE institution_id = $1 AND contract_id = ANY ($2) GROUP BY contract_id";

/// Contracts in the order of their ids, after one of them, each with what its events come to.
pub async fn contracts(scope: &Scope, after: Option<ContractId>, limit: u64) -> Result<Vec<Counted>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId);
    let rows = rows.filter(Column::Id.gt(after.map_or(Uuid::nil(), ContractId::uuid)));
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let values = [scope.tenant().uuid().into(), ids.into()];
    let events = EventsRead::find_by_statement(statement_of(EVENTS, values)).all(scope.tx()).await?;
    let events: BTreeMap<Uuid, EventsRead> = events.into_iter().map(|read| (read.contract_id, read)).collect();
    let counted = rows.into_iter().map(|row| {
        let of_contract = events.get(&row.id);
        Ok(Counted {
            outstanding: of_contract.map_or(Money::ZERO, |read| Money::from_fen(read.outstanding_fen)),
            small_ticket: of_contract.is_some_and(|read| read.small_ticket),
            contract: contract::of_row(row)?,
        })
    });
    counted.collect()
}

#[derive(Debug, FromQueryResult)]
struct Kept {
    row: Value,
}

/// The rows of each table of counters but that of the clients. $1 institution.
const KEPT: [(&str, &str); 5] = [
    ("portfolio_position", "SELECT to_jsonb(t) AS row FROM zengxin.portfolio_position t WHERE t.institution_id = $1"),
    ("segment_exposure", "SELECT to_jsonb(t) AS row FROM zengxin.segment_exposure t WHERE t.institution_id = $1"),
    ("year_volume", "SELECT to_jsonb(t) AS row FROM zengxin.year_volume t WHERE t.institution_id = $1"),
    ("quota_use", "SELECT to_jsonb(t) AS row FROM zengxin.quota_use t WHERE t.institution_id = $1"),
    ("cession_position", "SELECT to_jsonb(t) AS row FROM zengxin.cession_position t WHERE t.institution_id = $1"),
];

/// The clients after one of them, because all of a large book are more than is held at once. $1 institution, $2 the one before.
const KEPT_OF_CLIENTS: &str = "SELECT to_jsonb(t) AS row FROM zengxin.client_exposure t WHERE t.institution_id = $1 AND t.party_id > $2 \
    ORDER BY t.party_id LIMIT 10000";

/// What the counters keep.
pub async fn kept(scope: &Scope) -> Result<Figures, Problem> {
    let mut figures = Figures::default();
    for (table, sql) in KEPT {
        let rows = Kept::find_by_statement(statement_of(sql, [scope.tenant().uuid().into()])).all(scope.tx()).await?;
        rows.iter().for_each(|kept| figures.add_json(table, &kept.row));
    }
    let mut after = Uuid::nil();
    loop {
        let values = [scope.tenant().uuid().into(), after.into()];
        let rows = Kept::find_by_statement(statement_of(KEPT_OF_CLIENTS, values)).all(scope.tx()).await?;
        rows.iter().for_each(|kept| figures.add_json("client_exposure", &kept.row));
        let Some(last) = rows.last() else { return Ok(figures) };
        after = shaped::<ClientRow>(last.row.clone())?.party_id;
    }
}
