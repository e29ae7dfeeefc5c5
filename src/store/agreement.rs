//! Agreements: whom the institution shares its risk with, for which products and up to which amount.

use super::{
    Scope,
    dated::{self, Listing},
    put::{insert_once, or_busy, or_changed_meanwhile},
    violates,
};
use crate::error::Problem;
use domain::{
    agreement::Named,
    value::{AgreementId, Day, InstitutionId, Money},
};
use entity::agreement::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

/// An agreement, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Its number, unique at the institution.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The bank, if any.
    pub bank: Option<Uuid>,
    /// The provincial re-guarantor, if it takes part.
    pub provincial: Option<InstitutionId>,
    /// The national fund, if it takes part.
    pub national: Option<InstitutionId>,
    /// The products it covers; every one when empty.
    pub products: Vec<Uuid>,
    /// The most that may be guaranteed under it; no limit without.
    pub cap: Option<Money>,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Counts up with every change.
    pub version: i64,
}

impl Agreement {
    /// Whether it is in force on `day`.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Who takes part beside the institution.
    pub const fn named(&self) -> Named {
        Named { bank: self.bank.is_some(), provincial: self.provincial.is_some(), national: self.national.is_some() }
    }
}

fn of_row(row: Model) -> Result<Agreement, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    Ok(Agreement {
        id: AgreementId::from_uuid(row.id),
        number: row.number,
        name: row.name,
        bank: row.bank_id,
        provincial: row.provincial_id.map(InstitutionId::from_uuid),
        national: row.national_id.map(InstitutionId::from_uuid),
        products: row.product_ids,
        cap: row.cap_fen.map(Money::from_fen),
        from,
        until,
        version: row.version,
    })
}

/// An agreement of the institution; 404 when there is none.
pub async fn get(scope: &Scope, id: AgreementId) -> Result<Agreement, Problem> {
    dated::get_stated::<Entity>(scope, id.uuid()).await.and_then(of_row)
}

/// Every agreement of the institution.
pub async fn all(scope: &Scope) -> Result<Vec<Agreement>, Problem> {
    scope.rows::<Entity>(Column::InstitutionId).all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// The institution's agreements, of one bank or of all, in the order of their ids.
pub async fn list(scope: &Scope, bank: Option<Uuid>, listing: Listing<Uuid>) -> Result<Vec<Agreement>, Problem> {
    let of_bank = bank.map_or_else(Condition::all, |bank| Condition::all().add(Column::BankId.eq(bank)));
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(of_bank);
    dated::page(scope, rows, listing).await?.into_iter().map(of_row).collect()
}

/// The agreement this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: AgreementId, hash: &[u8]) -> Result<Option<Agreement>, Problem> {
    dated::find_repeated::<Entity>(scope, id.uuid(), hash).await?.map(of_row).transpose()
}

/// States an agreement; 409 when the institution has one of this number.
pub async fn insert(scope: &Scope, new: Agreement, hash: Vec<u8>) -> Result<Agreement, Problem> {
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(new.id.uuid()),
        number: Set(new.number.clone()),
        name: Set(new.name.clone()),
        bank_id: Set(new.bank),
        provincial_id: Set(new.provincial.map(InstitutionId::uuid)),
        national_id: Set(new.national.map(InstitutionId::uuid)),
        product_ids: Set(new.products.clone()),
        cap_fen: Set(new.cap.map(Money::fen)),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "agreement_number_key") => return Err(Problem::taken("number")),
        inserted => or_busy(inserted?)?,
    }
    Ok(new)
}

/// Changes name, products, cap and end of the version named; 412 when it is another by now.
pub async fn replace(scope: &Scope, version: i64, new: Agreement) -> Result<Agreement, Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::Name, Expr::value(new.name))
        .col_expr(Column::ProductIds, Expr::value(new.products))
        .col_expr(Column::CapFen, Expr::value(new.cap.map(Money::fen)))
        .col_expr(Column::UntilDay, Expr::value(new.until.map(Day::date)))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(new.id.uuid()))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, new.id).await
}
