//! What supervisors confirm: the supervisor owns the row, the institution it is about reads it.

use super::{
    Scope,
    dated::{self, Listing},
    known, membership,
    put::{insert_once, or_busy},
};
use crate::{
    auth::{Relation, words},
    error::Problem,
};
use domain::{
    liability::Leverage,
    value::{Day, InstitutionId},
};
use entity::supervisor_confirmation::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, QueryFilter as _, Select};
use uuid::Uuid;

words! {
    /// 监管确认事项。What a supervisor confirms.
    ConfirmationKind {
        /// 主要为小微企业和农业、农村、农民服务。It mainly serves small enterprises and agriculture: 15 times (683号 art. 15).
        MainlySmall = "mainly_small",
        /// 科技创新担保与股权投资联动。Its technology guarantee with equity linkage is excepted (财金〔2025〕11号 art. 8).
        TechnologyLinkage = "technology_linkage",
    }
}

/// A confirmation, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Its id.
    pub id: Uuid,
    /// The supervisor that states it.
    pub stater: InstitutionId,
    /// The institution it is about.
    pub member: InstitutionId,
    /// What is confirmed.
    pub kind: ConfirmationKind,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Its source, in words.
    pub document: String,
    /// Counts up with every change.
    pub version: i64,
}

fn of_row(row: Model) -> Result<Confirmation, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    Ok(Confirmation {
        id: row.id,
        stater: InstitutionId::from_uuid(row.institution_id),
        member: InstitutionId::from_uuid(row.member_id),
        kind: known(&row.kind)?,
        from,
        until,
        document: row.document,
        version: row.version,
    })
}

/// The confirmations that the institution has stated or that are about it.
fn concerning(scope: &Scope) -> Select<Entity> {
    let own = scope.tenant().uuid();
    Scope::shared_rows::<Entity>()
        .filter(Condition::any().add(Column::InstitutionId.eq(own)).add(Column::MemberId.eq(own)))
}

/// A confirmation that the institution has stated or that is about it; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Confirmation, Problem> {
    dated::get_among(scope, concerning(scope), id).await.and_then(of_row)
}

/// A confirmation that the institution has stated; 404 when there is none.
pub async fn get_stated(scope: &Scope, id: Uuid) -> Result<Confirmation, Problem> {
    dated::get_stated::<Entity>(scope, id).await.and_then(of_row)
}

/// The confirmations that the institution has stated or that are about it, in the order of their ids.
pub async fn list(scope: &Scope, listing: Listing<Uuid>) -> Result<Vec<Confirmation>, Problem> {
    dated::page(scope, concerning(scope), listing).await?.into_iter().map(of_row).collect()
}

/// Whether a confirmation of this kind is in force on `day` by somebody who supervises the institution on that day.
pub async fn holds(scope: &Scope, kind: ConfirmationKind, day: Day) -> Result<bool, Problem> {
    let above = Column::InstitutionId.in_subquery(membership::above(scope, Relation::Supervises, day.date()));
    let rows = Scope::shared_rows::<Entity>().filter(Column::MemberId.eq(scope.tenant().uuid())).filter(above);
    let rows = rows.filter(Column::Kind.eq(kind.word())).filter(dated::in_force::<Entity>(day.date()));
    Ok(rows.one(scope.tx()).await?.is_some())
}

/// The multiple of art. 15 that the institution may use on `day`.
pub async fn leverage(scope: &Scope, day: Day) -> Result<Leverage, Problem> {
    let confirmed = holds(scope, ConfirmationKind::MainlySmall, day).await?;
    Ok(if confirmed { Leverage::MainlySmall } else { Leverage::General })
}

/// The confirmation this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Confirmation>, Problem> {
    dated::find_repeated::<Entity>(scope, id, hash).await?.map(of_row).transpose()
}

/// States a confirmation; 409 when it overlaps one of the same kind.
pub async fn insert(scope: &Scope, new: Confirmation, hash: Vec<u8>) -> Result<Confirmation, Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(new.id),
        member_id: Set(new.member.uuid()),
        kind: Set(new.kind.word().to_owned()),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        document: Set(new.document.clone()),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    or_busy(insert_once(scope, row).await.map_err(dated::or_overlap)?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new term overlaps one of the same kind.
pub async fn replace_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<Confirmation, Problem> {
    dated::replace_end::<Entity>(scope, id, version, until).await.and_then(of_row)
}
