//! The register of an institution's equity investments in companies that are no financing guarantors.

use super::{
    Scope,
    confirmation::{self, ConfirmationKind},
    dated::{self, Listing},
    put::{insert_once, or_busy},
};
use crate::error::Problem;
use domain::{
    party,
    value::{Day, Money},
};
use entity::equity_investment::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, QueryFilter as _, Select};
use uuid::Uuid;

/// An investment, from the day it was made until before the day it was given up.
#[derive(Clone, Debug)]
pub struct EquityInvestment {
    /// Its id.
    pub id: Uuid,
    /// The company.
    pub investee_name: String,
    /// What was invested; above zero.
    pub amount: Money,
    /// Whether it is technology guarantee with equity linkage.
    pub technology_linkage: bool,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> Result<EquityInvestment, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    Ok(EquityInvestment {
        id: row.id,
        investee_name: row.investee_name,
        amount: Money::from_fen(row.amount_fen),
        technology_linkage: row.technology_linkage,
        from,
        until,
        version: row.version,
    })
}

fn own(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// The institution's investment with this id; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<EquityInvestment, Problem> {
    dated::get_stated::<Entity>(scope, id).await.and_then(of_row)
}

/// The institution's investments in the order of their ids.
pub async fn list(scope: &Scope, listing: Listing<Uuid>) -> Result<Vec<EquityInvestment>, Problem> {
    dated::page(scope, own(scope), listing).await?.into_iter().map(of_row).collect()
}

/// The institution's investments of `day` as `invest.equity` judges them.
pub async fn judged(scope: &Scope, day: Day) -> Result<Vec<party::EquityInvestment>, Problem> {
    let confirmed_by_supervisor = confirmation::holds(scope, ConfirmationKind::TechnologyLinkage, day).await?;
    let rows = own(scope).filter(dated::in_force::<Entity>(day.date())).all(scope.tx()).await?;
    let judged =
        |row: Model| party::EquityInvestment { technology_linkage: row.technology_linkage, confirmed_by_supervisor };
    Ok(rows.into_iter().map(judged).collect())
}

/// The investment this request entered before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<EquityInvestment>, Problem> {
    dated::find_repeated::<Entity>(scope, id, hash).await?.map(of_row).transpose()
}

/// Enters an investment.
pub async fn insert(scope: &Scope, new: EquityInvestment, hash: Vec<u8>) -> Result<EquityInvestment, Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(new.id),
        investee_name: Set(new.investee_name.clone()),
        amount_fen: Set(new.amount.fen()),
        technology_linkage: Set(new.technology_linkage),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    or_busy(insert_once(scope, row).await?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now.
pub async fn replace_end(
    scope: &Scope,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<EquityInvestment, Problem> {
    dated::replace_end::<Entity>(scope, id, version, until).await.and_then(of_row)
}
