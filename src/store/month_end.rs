//! The book at the ends of past months, as it was known when each was kept.

use super::{Scope, around::shaped, dated::day, put::insert_once, statement_of};
use crate::{error::Problem, finding::OutcomeOut};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    share::Position,
    value::{Day, Money},
};
use entity::month_end::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// 一项指标。What a rule measured of the book, beside its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Measure {
    /// 规则。The rule.
    #[schema(example = "share.small_agri")]
    pub rule: String,
    /// 数值。The figure measured.
    #[schema(example = "0.812500")]
    pub measured: String,
    /// 限额。The limit of that day; null when the rule had none.
    #[schema(example = "0.800000")]
    pub limit: Option<String>,
    /// 结论。How the rule judged.
    pub outcome: OutcomeOut,
}

/// The book on a day, as far as a trend shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub on: Day,
    /// What is outstanding and committed, as far as the shares are about it.
    pub shares: Position,
    /// Of which committed.
    pub committed: Money,
    /// The liability balance.
    pub liability: Money,
    /// Net assets of the statement that counted.
    pub net_assets: Option<Money>,
    /// What began in the year up to the day.
    pub new_amount: Money,
    /// What the rules measured.
    pub measures: Vec<Measure>,
    /// When it was kept; of today nothing is kept.
    pub kept_at: Option<DateTime<Utc>>,
}

/// What is known of the months that are kept.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// By month end the last edition, and when it was kept.
    pub months: BTreeMap<Day, (i32, DateTime<Utc>)>,
    /// The first day on which anything counted.
    pub first: Option<Day>,
    /// When the last earlier book was taken over.
    pub taken_over_at: Option<DateTime<Utc>>,
}

#[derive(Debug, FromQueryResult)]
struct KeptRow {
    months: serde_json::Value,
    first_day: Option<NaiveDate>,
    taken_over_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct MonthRow {
    month_end: NaiveDate,
    edition: i32,
    kept_at: DateTime<Utc>,
}

/// $1 institution.
const KEPT: &str = "SELECT (SELECT coalesce(jsonb_agg(to_jsonb(k)), '[]') FROM (SELECT m.month_end, max(m.edition) AS edition, \
      max(m.kept_at) AS kept_at FROM zengxin.month_end m WHERE m.institution_id = $1 GROUP BY m.month_end) k) AS months, \
    (SELECT min(e.effective_on) FROM zengxin.contract_event e WHERE e.institution_id = $1 AND e.amount_fen <> 0) AS first_day, \
    (SELECT max(r.finished_at) FROM zengxin.import_run r WHERE r.institution_id = $1) AS taken_over_at";

/// Which months are kept.
pub async fn kept(scope: &Scope) -> Result<Kept, Problem> {
    let read = KeptRow::find_by_statement(statement_of(KEPT, [scope.tenant().uuid().into()])).one(scope.tx()).await?;
    let read = read.ok_or_else(Problem::internal)?;
    let months: Vec<MonthRow> = shaped(read.months)?;
    let month = |row: MonthRow| Ok((day(row.month_end)?, (row.edition, row.kept_at)));
    Ok(Kept {
        months: months.into_iter().map(month).collect::<Result<_, Problem>>()?,
        first: read.first_day.map(day).transpose()?,
        taken_over_at: read.taken_over_at,
    })
}

/// Keeps a month, unless somebody did this very moment; says whether it did.
pub async fn keep(scope: &Scope, point: &Point, edition: i32, at: DateTime<Utc>) -> Result<bool, Problem> {
    let count = |count: u64| i64::try_from(count).map_err(|_| Problem::internal());
    let shares = point.shares;
    let row = Model {
        institution_id: scope.tenant().uuid(),
        month_end: point.on.date(),
        edition,
        total_fen: shares.total.fen(),
        committed_fen: point.committed.fen(),
        small_agri_fen: shares.small_agri.fen(),
        small_ticket_fen: shares.small_ticket.fen(),
        clients: count(shares.clients)?,
        small_agri_clients: count(shares.small_agri_clients)?,
        liability_fen: point.liability.fen(),
        net_assets_fen: point.net_assets.map(Money::fen),
        new_amount_fen: point.new_amount.fen(),
        measures: serde_json::to_value(&point.measures).map_err(|_| Problem::internal())?,
        kept_at: at,
    };
    Ok(insert_once(scope, row.into_active_model().reset_all()).await?)
}

/// The months that are kept from a day on, in their last editions, oldest first.
pub async fn list(scope: &Scope, from: Day) -> Result<Vec<Point>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::MonthEnd.gte(from.date()));
    let rows = rows.order_by_asc(Column::MonthEnd).order_by_asc(Column::Edition).all(scope.tx()).await?;
    let points = rows.into_iter().map(of_row).collect::<Result<Vec<_>, _>>()?;
    // Of one month the last edition stands.
    let last: BTreeMap<Day, Point> = points.into_iter().map(|point| (point.on, point)).collect();
    Ok(last.into_values().collect())
}

fn of_row(row: Model) -> Result<Point, Problem> {
    let count = |count: i64| u64::try_from(count).map_err(|_| Problem::internal());
    Ok(Point {
        on: day(row.month_end)?,
        shares: Position {
            total: Money::from_fen(row.total_fen),
            small_agri: Money::from_fen(row.small_agri_fen),
            small_ticket: Money::from_fen(row.small_ticket_fen),
            clients: count(row.clients)?,
            small_agri_clients: count(row.small_agri_clients)?,
        },
        committed: Money::from_fen(row.committed_fen),
        liability: Money::from_fen(row.liability_fen),
        net_assets: row.net_assets_fen.map(Money::from_fen),
        new_amount: Money::from_fen(row.new_amount_fen),
        measures: shaped(row.measures)?,
        kept_at: Some(row.kept_at),
    })
}
