//! The dated tree: which upper institution has which member, in which relation, from when until when.

use super::{
    Scope, known,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::{
    auth::Relation,
    error::{Problem, Text},
};
use chrono::NaiveDate;
use domain::value::InstitutionId;
use entity::membership::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

/// A place in the tree, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Its id.
    pub id: Uuid,
    /// The institution above, which states it.
    pub upper: InstitutionId,
    /// The institution below.
    pub member: InstitutionId,
    /// What the upper one has to do with the member.
    pub relation: Relation,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> Result<Membership, Problem> {
    Ok(Membership {
        id: row.id,
        upper: InstitutionId::from_uuid(row.institution_id),
        member: InstitutionId::from_uuid(row.member_id),
        relation: known(&row.relation)?,
        from: row.from_day,
        until: row.until_day,
        version: row.version,
    })
}

/// The memberships in which the institution is above or below.
fn concerning(scope: &Scope) -> sea_orm::Select<Entity> {
    let own = scope.tenant().uuid();
    Scope::shared_rows::<Entity>()
        .filter(Condition::any().add(Column::InstitutionId.eq(own)).add(Column::MemberId.eq(own)))
}

/// A membership that concerns the institution; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Membership, Problem> {
    concerning(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// A membership that the institution has stated; 404 when there is none.
pub async fn get_stated(scope: &Scope, id: Uuid) -> Result<Membership, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Whether `upper` re-guarantees `member` on a day from `first` to `last`; everybody may ask about everybody.
pub async fn reguarantees(
    scope: &Scope,
    upper: InstitutionId,
    member: InstitutionId,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<bool, Problem> {
    let open = Condition::any().add(Column::UntilDay.is_null()).add(Column::UntilDay.gt(first));
    let rows = Scope::shared_rows::<Entity>().filter(Column::InstitutionId.eq(upper.uuid()));
    let rows = rows.filter(Column::MemberId.eq(member.uuid()));
    let rows = rows.filter(Column::Relation.eq(Relation::Reguarantees.word()));
    let row = rows.filter(Column::FromDay.lte(last)).filter(open).one(scope.tx()).await?;
    Ok(row.is_some())
}

/// At most `limit` memberships that concern the institution, in the order of their ids, after `after`.
pub async fn list(scope: &Scope, after: Option<Uuid>, limit: u64) -> Result<Vec<Membership>, Problem> {
    let mut rows = concerning(scope);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// In this relation, on this day.
fn holding(relation: Relation, day: NaiveDate) -> Condition {
    let open = Condition::any().add(Column::UntilDay.is_null()).add(Column::UntilDay.gt(day));
    Condition::all().add(Column::Relation.eq(relation.word())).add(Column::FromDay.lte(day)).add(open)
}

/// Whether the institution has stated that `member` is below it today in this relation.
pub async fn holds_today(scope: &Scope, relation: Relation, member: InstitutionId) -> Result<bool, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::MemberId.eq(member.uuid()));
    Ok(rows.filter(holding(relation, scope.today())).one(scope.tx()).await?.is_some())
}

/// A query for the ids of those that are above the institution on `day` in this relation.
pub(super) fn above(scope: &Scope, relation: Relation, day: NaiveDate) -> SelectStatement {
    let rows = Scope::shared_rows::<Entity>().select_only().column(Column::InstitutionId);
    rows.filter(Column::MemberId.eq(scope.tenant().uuid())).filter(holding(relation, day)).into_query()
}

/// The membership this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Membership>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// States a membership; 409 when it overlaps one that stands.
pub async fn insert(scope: &Scope, new: Membership, hash: Vec<u8>) -> Result<Membership, Problem> {
    let row = ActiveModel {
        id: Set(new.id),
        institution_id: Set(scope.tenant().uuid()),
        member_id: Set(new.member.uuid()),
        relation: Set(new.relation.word().to_owned()),
        from_day: Set(new.from),
        until_day: Set(new.until),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    or_busy(insert_once(scope, row).await.map_err(or_overlap)?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new term overlaps one that stands.
pub async fn replace_end(
    scope: &Scope,
    id: Uuid,
    version: i64,
    until: Option<NaiveDate>,
) -> Result<Membership, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::UntilDay, Expr::value(until))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await.map_err(or_overlap)?.rows_affected)?;
    get(scope, id).await
}

fn or_overlap(error: sea_orm::DbErr) -> Problem {
    if violates(&error, "membership_stated_once") || violates(&error, "membership_one_reguarantor") {
        return Problem::wrong_state(Text::new(
            "该成员在此期间已有同类隶属关系（再担保同一时间只能有一家）。请先填写前一关系的终止日。",
            "The member has such a relation within that term already (one re-guarantor at a time). End the earlier one first.",
        ));
    }
    error.into()
}
