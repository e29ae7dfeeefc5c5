//! Financial statements as they were filed: only added to, a correction names what it takes the place of.

use super::{
    Scope,
    dated::{Listing, day},
    put::{insert_once, or_busy, repeated},
};
use crate::{auth::Actor, error::Problem};
use chrono::NaiveDate;
use domain::{
    supervision::Statement,
    value::{Day, Money},
};
use entity::financial_statement::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use uuid::Uuid;

/// A statement as it is to be filed.
#[derive(Clone, Copy, Debug)]
pub struct NewStatement {
    /// Its id.
    pub id: Uuid,
    /// The day whose figures these are.
    pub as_of: Day,
    /// The figures.
    pub figures: Statement,
    /// The statement of the same day that it takes the place of.
    pub corrects: Option<Uuid>,
}

/// A statement that was filed.
#[derive(Clone, Debug)]
pub struct FinancialStatement {
    /// Its id.
    pub id: Uuid,
    /// The day whose figures these are.
    pub as_of: Day,
    /// The figures.
    pub figures: Statement,
    /// The statement of the same day that it takes the place of.
    pub corrects: Option<Uuid>,
    /// The day it was filed.
    pub filed_on: NaiveDate,
    /// person or machine.
    pub filed_by_kind: String,
    /// The user or machine client.
    pub filed_by: Uuid,
    /// Its number in the institution's journal.
    pub seq: i64,
}

fn of_row(row: Model) -> Result<FinancialStatement, Problem> {
    let figures = Statement {
        net_assets: Money::from_fen(row.net_assets_fen),
        unearned_reserve: Money::from_fen(row.unearned_reserve_fen),
        compensation_reserve: Money::from_fen(row.compensation_reserve_fen),
        total_assets: Money::from_fen(row.total_assets_fen),
        payout_receivables: Money::from_fen(row.payout_receivables_fen),
        grade1: Money::from_fen(row.grade1_fen),
        grade2: Money::from_fen(row.grade2_fen),
        grade3: Money::from_fen(row.grade3_fen),
    };
    Ok(FinancialStatement {
        id: row.id,
        as_of: day(row.as_of)?,
        figures,
        corrects: row.corrects,
        filed_on: row.filed_on,
        filed_by_kind: row.filed_by_kind,
        filed_by: row.filed_by,
        seq: row.seq,
    })
}

fn own(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// The statement with this id; 404 when the institution has none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<FinancialStatement, Problem> {
    let row = own(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The institution's statements, filed last first; with a day, the one that booking on that day uses and no other.
pub async fn list(scope: &Scope, listing: Listing<i64>) -> Result<Vec<FinancialStatement>, Problem> {
    let Listing { on, after, limit } = listing;
    if let Some(day) = on {
        let used = latest_on(scope, day).await?;
        return Ok(used.into_iter().filter(|used| after.is_none_or(|after| used.seq < after)).collect());
    }
    let mut rows = own(scope);
    if let Some(after) = after {
        rows = rows.filter(Column::Seq.lt(after));
    }
    let rows = rows.order_by_desc(Column::Seq).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// The statement that booking on `day` uses: of the greatest day not after it, and of these the one filed last.
pub async fn latest_on(scope: &Scope, day: Day) -> Result<Option<FinancialStatement>, Problem> {
    let rows = own(scope).filter(Column::AsOf.lte(day.date()));
    let row = rows.order_by_desc(Column::AsOf).order_by_desc(Column::Seq).one(scope.tx()).await?;
    row.map(of_row).transpose()
}

/// The statement of `as_of` that was filed last. Locks the end of the journal, so that nobody files another meanwhile.
pub async fn lock_last_of(scope: &Scope, as_of: Day) -> Result<Option<FinancialStatement>, Problem> {
    scope.seq().await?;
    let rows = own(scope).filter(Column::AsOf.eq(as_of.date()));
    rows.order_by_desc(Column::Seq).one(scope.tx()).await?.map(of_row).transpose()
}

/// The statement this request filed before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<FinancialStatement>, Problem> {
    let row = own(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Files a statement today, as whoever asks.
pub async fn insert(scope: &Scope, new: NewStatement, hash: Vec<u8>) -> Result<FinancialStatement, Problem> {
    let NewStatement { id, as_of, figures, corrects } = new;
    let (filed_by_kind, filed_by) = match scope.actor() {
        Actor::Person { user, .. } => ("person", user.uuid()),
        Actor::Machine { client, .. } => ("machine", *client),
        Actor::Nobody | Actor::Operator => return Err(Problem::forbidden()),
    };
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id,
        as_of: as_of.date(),
        net_assets_fen: figures.net_assets.fen(),
        unearned_reserve_fen: figures.unearned_reserve.fen(),
        compensation_reserve_fen: figures.compensation_reserve.fen(),
        total_assets_fen: figures.total_assets.fen(),
        payout_receivables_fen: figures.payout_receivables.fen(),
        grade1_fen: figures.grade1.fen(),
        grade2_fen: figures.grade2.fen(),
        grade3_fen: figures.grade3.fen(),
        corrects,
        filed_on: scope.today(),
        filed_by_kind: filed_by_kind.to_owned(),
        filed_by,
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    of_row(row)
}
