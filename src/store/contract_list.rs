//! Contracts as a list: which of them, in which order, page by page; every order is that of an index, so that the last page of a million
//! costs what the first does.

use super::{
    Scope,
    contract::{Contract, of_row},
    word_of,
};
use crate::{auth::words, error::Problem};
use domain::{
    contract::State,
    value::{Day, Money, PartyId},
};
use entity::contract::{Column, Entity};
use sea_orm::{
    ColumnTrait as _, Condition, DbBackend, FromQueryResult, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Alias, Asterisk, Expr, ExprTrait as _, Func, Query, SimpleExpr},
};
use std::str::FromStr as _;
use uuid::Uuid;

words! {
    /// 排序。The order of contracts; a minus turns it round. With a number's beginning, those by their making are by their number.
    ContractOrder {
        /// 录入先后。As they were made.
        Made = "made",
        /// 最近录入在前。The last one made first.
        LastMade = "-made",
        /// 合同编号。By their numbers.
        Number = "number",
        /// 合同编号，倒序。By their numbers, backwards.
        LastNumber = "-number",
        /// 到期日；只列已审批和在保的合同。By the end of the term; only contracts that are approved or in force.
        End = "end",
        /// 到期日，倒序；只列已审批和在保的合同。The same, backwards.
        LastEnd = "-end",
        /// 余额；只列已审批和在保的合同。By what is outstanding; only contracts that are approved or in force.
        Outstanding = "outstanding",
        /// 余额大者在前；只列已审批和在保的合同。The same, largest first.
        Largest = "-outstanding",
    }
}

/// The most contracts that are counted one by one.
pub const COUNTED: u64 = 10_000;

/// Which contracts.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this client.
    pub client: Option<PartyId>,
    /// Only whose number begins like this.
    pub number: Option<String>,
    /// Only what came with this import.
    pub import: Option<Uuid>,
    /// Only those that are approved or in force.
    pub counting: bool,
    /// Of those that are approved or in force only whose term ends on this day or later.
    pub due_from: Option<Day>,
    /// And on this day or earlier.
    pub due_until: Option<Day>,
}

/// The place of a contract in an order: what the next page comes after.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Id(Uuid),
    Number(String),
    End(Day, Uuid),
    Outstanding(i64, Uuid),
}

/// A page of contracts.
#[derive(Clone, Debug)]
pub struct Paged {
    order: ContractOrder,
    after: Option<Key>,
    limit: u64,
}

impl ContractOrder {
    /// The order that is followed: numbers that begin alike lie together in the order of numbers alone.
    const fn followed(self, by_number: bool) -> Self {
        match self {
            Self::Made if by_number => Self::Number,
            Self::LastMade if by_number => Self::LastNumber,
            order => order,
        }
    }

    const fn is_backwards(self) -> bool {
        matches!(self, Self::LastMade | Self::LastNumber | Self::LastEnd | Self::Largest)
    }

    const fn is_of_counting(self) -> bool {
        matches!(self, Self::End | Self::LastEnd | Self::Outstanding | Self::Largest)
    }

    const fn columns(self) -> &'static [Column] {
        match self {
            Self::Made | Self::LastMade => &[Column::Id],
            Self::Number | Self::LastNumber => &[Column::Number],
            Self::End | Self::LastEnd => &[Column::EndDay, Column::Id],
            Self::Outstanding | Self::Largest => &[Column::OutstandingFen, Column::Id],
        }
    }
}

impl Paged {
    /// The page of contracts `sought` after the key of the last one before; none when that is no key of this order.
    pub fn new(sought: &Sought, order: Option<ContractOrder>, after: Option<&str>, limit: u64) -> Option<Self> {
        let order = order.unwrap_or(ContractOrder::Made).followed(sought.number.is_some());
        let key = |text: &str| {
            let two = || text.split_once('/').and_then(|(first, id)| Some((first, Uuid::from_str(id).ok()?)));
            match order {
                ContractOrder::Made | ContractOrder::LastMade => Uuid::from_str(text).ok().map(Key::Id),
                ContractOrder::Number | ContractOrder::LastNumber => Some(Key::Number(text.to_owned())),
                ContractOrder::End | ContractOrder::LastEnd => {
                    two().and_then(|(day, id)| Some(Key::End(day.parse().ok()?, id)))
                }
                ContractOrder::Outstanding | ContractOrder::Largest => {
                    two().and_then(|(fen, id)| Some(Key::Outstanding(fen.parse().ok()?, id)))
                }
            }
        };
        let after = match after {
            None => None,
            Some(text) => Some(key(text)?),
        };
        Some(Self { order, after, limit })
    }

    /// What the page after a contract comes after.
    pub fn key(&self, contract: &Contract) -> String {
        let id = contract.id.uuid();
        match self.order {
            ContractOrder::Made | ContractOrder::LastMade => id.to_string(),
            ContractOrder::Number | ContractOrder::LastNumber => contract.content.number.clone(),
            ContractOrder::End | ContractOrder::LastEnd => format!("{}/{id}", contract.content.end),
            ContractOrder::Outstanding | ContractOrder::Largest => format!("{}/{id}", contract.outstanding.fen()),
        }
    }
}

impl Key {
    fn values(&self) -> Vec<SimpleExpr> {
        match self {
            Self::Id(id) => vec![Expr::val(*id)],
            Self::Number(number) => vec![Expr::val(number.clone())],
            Self::End(day, id) => vec![Expr::val(day.date()), Expr::val(*id)],
            Self::Outstanding(fen, id) => vec![Expr::val(*fen), Expr::val(*id)],
        }
    }
}

/// The rows of the contracts sought.
fn rows(scope: &Scope, sought: &Sought, counting: bool) -> Result<Select<Entity>, Problem> {
    let mut wanted = Condition::all();
    if let Some(state) = sought.state {
        wanted = wanted.add(Column::State.eq(word_of(&state)?));
    }
    if let Some(client) = sought.client {
        wanted = wanted.add(Column::ClientId.eq(client.uuid()));
    }
    if let Some(number) = &sought.number {
        // A range rather than LIKE, which no index serves under row security.
        wanted = wanted.add(Column::Number.gte(number.clone())).add(Column::Number.lt(format!("{number}\u{10ffff}")));
    }
    if let Some(import) = sought.import {
        wanted = wanted.add(Column::ImportId.eq(import));
    }
    if counting || sought.counting || sought.due_from.is_some() || sought.due_until.is_some() {
        wanted = wanted.add(Column::OutstandingFen.gt(Money::ZERO.fen()));
    }
    if let Some(from) = sought.due_from {
        wanted = wanted.add(Column::EndDay.gte(from.date()));
    }
    if let Some(until) = sought.due_until {
        wanted = wanted.add(Column::EndDay.lte(until.date()));
    }
    Ok(scope.rows::<Entity>(Column::InstitutionId).filter(wanted))
}

/// A page of the contracts sought.
pub async fn list(scope: &Scope, sought: &Sought, page: &Paged) -> Result<Vec<Contract>, Problem> {
    let Paged { order, after, limit } = page;
    let mut rows = rows(scope, sought, order.is_of_counting())?;
    if let Some(after) = after {
        let place = Expr::tuple(order.columns().iter().map(|column| Expr::col((Entity, *column))));
        let key = Expr::tuple(after.values());
        rows = rows.filter(if order.is_backwards() { place.lt(key) } else { place.gt(key) });
    }
    let direction = || if order.is_backwards() { Order::Desc } else { Order::Asc };
    for column in order.columns() {
        rows = rows.order_by(*column, direction());
    }
    rows.limit(*limit).all(scope.tx()).await?.into_iter().map(of_row).collect()
}

#[derive(Debug, FromQueryResult)]
struct Counted {
    count: i64,
}

/// How many contracts are sought, as far as `COUNTED`; one more when there are more.
pub async fn count(scope: &Scope, sought: &Sought) -> Result<u64, Problem> {
    let rows = rows(scope, sought, false)?.select_only().column(Column::Id).limit(COUNTED.saturating_add(1));
    let mut counted = Query::select();
    counted.expr_as(Func::count(Expr::col(Asterisk)), Alias::new("count"));
    counted.from_subquery(rows.into_query(), Alias::new("found"));
    let statement = DbBackend::Postgres.build(&counted);
    let row = Counted::find_by_statement(statement).one(scope.tx()).await?.ok_or_else(Problem::internal)?;
    u64::try_from(row.count).map_err(|_| Problem::internal())
}
