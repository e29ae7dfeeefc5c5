//! Alerts of shares that fell below their limits without a booking.

use super::{Scope, contract::Uppers, dated::day};
use crate::error::Problem;
use domain::value::{Day, InstitutionId};
use entity::drift_alert::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

/// An alert about to be raised.
#[derive(Clone, Debug)]
pub struct NewAlert {
    /// Who takes part above the institution, and reads it too.
    pub uppers: Uppers,
    /// The rule whose share fell.
    pub rule: &'static str,
    /// The day.
    pub raised_on: Day,
    /// The share.
    pub measured: String,
    /// Its limit.
    pub limit: String,
}

/// An alert.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Its id.
    pub id: Uuid,
    /// The institution whose share fell.
    pub institution: InstitutionId,
    /// The rule whose share fell.
    pub rule: String,
    /// The day.
    pub raised_on: Day,
    /// The share of that day.
    pub measured: String,
    /// Its limit.
    pub limit: String,
    /// The day it was back; open without.
    pub cleared_on: Option<Day>,
}

fn of_row(row: Model) -> Result<Alert, Problem> {
    Ok(Alert {
        id: row.id,
        institution: InstitutionId::from_uuid(row.institution_id),
        rule: row.rule,
        raised_on: day(row.raised_on)?,
        measured: row.measured,
        limit: row.limit_value,
        cleared_on: row.cleared_on.map(day).transpose()?,
    })
}

/// Raises an alert, numbered by the event that led to it.
pub async fn raise(scope: &Scope, new: NewAlert) -> Result<(), Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: Uuid::now_v7(),
        reguarantor_id: new.uppers.provincial.map(InstitutionId::uuid),
        national_id: new.uppers.national.map(InstitutionId::uuid),
        rule: new.rule.to_owned(),
        raised_on: new.raised_on.date(),
        raised_seq: scope.seq().await?,
        measured: new.measured,
        limit_value: new.limit,
        cleared_on: None,
        cleared_seq: None,
    };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(scope.tx()).await?;
    Ok(())
}

/// Ends the open alerts about a rule.
pub async fn clear(scope: &Scope, rule: &str, day: Day) -> Result<(), Problem> {
    let cleared = Entity::update_many()
        .col_expr(Column::ClearedOn, Expr::value(Some(day.date())))
        .col_expr(Column::ClearedSeq, Expr::value(Some(scope.seq().await?)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Rule.eq(rule))
        .filter(Column::ClearedOn.is_null());
    cleared.exec(scope.tx()).await?;
    Ok(())
}

/// The institution's own alerts that were open at the end of a day, newest first.
pub async fn open_on(scope: &Scope, on: Day) -> Result<Vec<Alert>, Problem> {
    let open = Condition::any().add(Column::ClearedOn.is_null()).add(Column::ClearedOn.gt(on.date()));
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::RaisedOn.lte(on.date())).filter(open);
    rows.order_by_desc(Column::Id).all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// The open alerts of an institution that cedes to this one, newest first.
pub async fn open_of(scope: &Scope, cedent: InstitutionId) -> Result<Vec<Alert>, Problem> {
    let own = scope.tenant().uuid();
    let concerned = Condition::any().add(Column::ReguarantorId.eq(own)).add(Column::NationalId.eq(own));
    let rows = Scope::shared_rows::<Entity>().filter(concerned).filter(Column::InstitutionId.eq(cedent.uuid()));
    let rows = rows.filter(Column::ClearedOn.is_null()).order_by_desc(Column::Id);
    rows.all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// The alerts of the institution and, for an upper layer, of those whose contracts it takes part in; newest first. Only the open ones or
/// only those that have ended, when that is said.
pub async fn list(scope: &Scope, open: Option<bool>, after: Option<Uuid>, limit: u64) -> Result<Vec<Alert>, Problem> {
    let own = scope.tenant().uuid();
    let concerned = [Column::InstitutionId, Column::ReguarantorId, Column::NationalId];
    let concerned = concerned.into_iter().fold(Condition::any(), |any, column| any.add(column.eq(own)));
    let mut wanted = Condition::all().add(concerned);
    match open {
        Some(true) => wanted = wanted.add(Column::ClearedOn.is_null()),
        Some(false) => wanted = wanted.add(Column::ClearedOn.is_not_null()),
        None => {}
    }
    if let Some(after) = after {
        wanted = wanted.add(Column::Id.lt(after));
    }
    let rows = Scope::shared_rows::<Entity>().filter(wanted).order_by_desc(Column::Id).limit(limit);
    rows.all(scope.tx()).await?.into_iter().map(of_row).collect()
}
