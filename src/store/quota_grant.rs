//! Quota grants: what a re-guarantor lets a cedent use in a year. Who grants owns the row; the cedent reads it.

use super::{
    Scope,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::error::{Problem, Text};
use domain::value::{InstitutionId, Money};
use entity::quota_grant::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, sea_query::Expr,
};
use uuid::Uuid;

/// What a re-guarantor lets a cedent use in a year.
#[derive(Clone, Debug)]
pub struct QuotaGrant {
    /// Its id.
    pub id: Uuid,
    /// The re-guarantor, which grants it.
    pub reguarantor: InstitutionId,
    /// The institution below, whose contracts use it.
    pub cedent: InstitutionId,
    /// The calendar year.
    pub year: i32,
    /// What is granted.
    pub granted: Money,
    /// The document that states it, in words.
    pub document: String,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> QuotaGrant {
    QuotaGrant {
        id: row.id,
        reguarantor: InstitutionId::from_uuid(row.institution_id),
        cedent: InstitutionId::from_uuid(row.cedent_id),
        year: row.year,
        granted: Money::from_fen(row.granted_fen),
        document: row.document,
        version: row.version,
    }
}

/// The grants that the institution has made or may use.
fn concerning(scope: &Scope) -> Select<Entity> {
    let own = scope.tenant().uuid();
    Scope::shared_rows::<Entity>()
        .filter(Condition::any().add(Column::InstitutionId.eq(own)).add(Column::CedentId.eq(own)))
}

/// Every grant that the institution may use.
pub async fn used_by(scope: &Scope) -> Result<Vec<QuotaGrant>, Problem> {
    let rows = Scope::shared_rows::<Entity>().filter(Column::CedentId.eq(scope.tenant().uuid()));
    Ok(rows.all(scope.tx()).await?.into_iter().map(of_row).collect())
}

/// A grant that the institution has made or may use, of equal ids its own first; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<QuotaGrant, Problem> {
    let own_first = Column::InstitutionId.eq(scope.tenant().uuid());
    let row = concerning(scope).filter(Column::Id.eq(id)).order_by_desc(own_first).one(scope.tx()).await?;
    row.map(of_row).ok_or_else(Problem::not_found)
}

/// A grant that the institution has made; 404 when there is none.
pub async fn get_granted(scope: &Scope, id: Uuid) -> Result<QuotaGrant, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    row.map(of_row).ok_or_else(Problem::not_found)
}

/// At most `limit` grants that the institution has made or may use, in the order of their ids, after `after`.
pub async fn list(scope: &Scope, after: Option<Uuid>, limit: u64) -> Result<Vec<QuotaGrant>, Problem> {
    let mut rows = concerning(scope);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    Ok(rows.into_iter().map(of_row).collect())
}

/// The grant this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<QuotaGrant>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    Ok(repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row))
}

/// Makes a grant; 409 when the cedent has one of the year already.
pub async fn insert(scope: &Scope, new: QuotaGrant, hash: Vec<u8>) -> Result<QuotaGrant, Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(new.id),
        cedent_id: Set(new.cedent.uuid()),
        year: Set(new.year),
        granted_fen: Set(new.granted.fen()),
        document: Set(new.document.clone()),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "quota_grant_once_a_year") => return Err(twice()),
        inserted => or_busy(inserted?)?,
    }
    Ok(new)
}

fn twice() -> Problem {
    Problem::wrong_state(Text::new(
        "该机构本年度的授信额度已下达。调整额度请带 If-Match 修改原额度。",
        "The institution has its quota of this year already. Change that grant, with If-Match.",
    ))
}

/// Changes amount and document of the version named; 412 when it is another by now.
pub async fn replace(scope: &Scope, version: i64, new: QuotaGrant) -> Result<QuotaGrant, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::GrantedFen, Expr::value(new.granted.fen()))
        .col_expr(Column::Document, Expr::value(new.document))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(new.id))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get_granted(scope, new.id).await
}
