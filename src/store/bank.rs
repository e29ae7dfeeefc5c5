//! Banks and their branches: rows that everybody logged in reads, and that whoever stated them ends.

use super::{
    Scope,
    dated::{self, day},
    put::{insert_once, or_busy},
    reference::{self, Wanted},
    violates,
};
use crate::error::Problem;
use domain::value::{Day, InstitutionId};
use entity::{bank, bank_branch};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// A bank, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Bank {
    /// Its id.
    pub id: Uuid,
    /// The institution that states it.
    pub stater: InstitutionId,
    /// Its code, unique in the system.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Counts up with every change.
    pub version: i64,
}

impl Bank {
    /// Whether it is in business on `day`.
    pub fn is_open(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// A branch of a bank, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its id.
    pub id: Uuid,
    /// The institution that states it.
    pub stater: InstitutionId,
    /// The bank.
    pub bank: Uuid,
    /// Its code, unique in the system.
    pub code: String,
    /// Its name.
    pub name: String,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// Counts up with every change.
    pub version: i64,
}

fn bank_of(row: bank::Model) -> Result<Bank, Problem> {
    let bank::Model { id, institution_id, code, name, from_day, until_day, version, creation_hash: _ } = row;
    let (from, until) = (day(from_day)?, until_day.map(day).transpose()?);
    Ok(Bank { id, stater: InstitutionId::from_uuid(institution_id), code, name, from, until, version })
}

fn branch_of(row: bank_branch::Model) -> Result<Branch, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    Ok(Branch {
        id: row.id,
        stater: InstitutionId::from_uuid(row.institution_id),
        bank: row.bank_id,
        code: row.code,
        name: row.name,
        region_code: row.region_code,
        from,
        until,
        version: row.version,
    })
}

/// The bank with this id; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Bank, Problem> {
    dated::get_among(scope, Scope::shared_rows::<bank::Entity>(), id).await.and_then(bank_of)
}

/// The bank with this id, if there is one.
pub async fn find(scope: &Scope, id: Uuid) -> Result<Option<Bank>, Problem> {
    let row = Scope::shared_rows::<bank::Entity>().filter(bank::Column::Id.eq(id)).one(scope.tx()).await?;
    row.map(bank_of).transpose()
}

/// A bank that the institution has stated; 404 when there is none.
pub async fn get_stated(scope: &Scope, id: Uuid) -> Result<Bank, Problem> {
    dated::get_stated::<bank::Entity>(scope, id).await.and_then(bank_of)
}

/// Banks of a day in the order of their codes.
pub async fn list(scope: &Scope, wanted: Wanted) -> Result<Vec<Bank>, Problem> {
    use bank::Column as C;
    let columns = reference::Columns { code: C::Code, name: C::Name, from: C::FromDay, until: C::UntilDay };
    let rows = reference::selected::<bank::Entity>(wanted, columns).all(scope.tx()).await?;
    rows.into_iter().map(bank_of).collect()
}

/// The bank this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Bank>, Problem> {
    dated::find_repeated::<bank::Entity>(scope, id, hash).await?.map(bank_of).transpose()
}

/// States a bank; 409 when its code is in use.
pub async fn insert(scope: &Scope, new: Bank, hash: Vec<u8>) -> Result<Bank, Problem> {
    let row = bank::ActiveModel {
        id: Set(new.id),
        institution_id: Set(scope.tenant().uuid()),
        code: Set(new.code.clone()),
        name: Set(new.name.clone()),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "bank_code_key") => return Err(Problem::taken("code")),
        inserted => or_busy(inserted?)?,
    }
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now.
pub async fn replace_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<Bank, Problem> {
    dated::replace_end::<bank::Entity>(scope, id, version, until).await.and_then(bank_of)
}

/// The branch with this id; 404 when there is none.
pub async fn get_branch(scope: &Scope, id: Uuid) -> Result<Branch, Problem> {
    dated::get_among(scope, Scope::shared_rows::<bank_branch::Entity>(), id).await.and_then(branch_of)
}

/// A branch that the institution has stated; 404 when there is none.
pub async fn get_stated_branch(scope: &Scope, id: Uuid) -> Result<Branch, Problem> {
    dated::get_stated::<bank_branch::Entity>(scope, id).await.and_then(branch_of)
}

/// Branches of a day in the order of their codes, of one bank when it is named.
pub async fn list_branches(scope: &Scope, bank: Option<Uuid>, wanted: Wanted) -> Result<Vec<Branch>, Problem> {
    use bank_branch::Column as C;
    let columns = reference::Columns { code: C::Code, name: C::Name, from: C::FromDay, until: C::UntilDay };
    let mut rows = reference::selected::<bank_branch::Entity>(wanted, columns);
    if let Some(bank) = bank {
        rows = rows.filter(C::BankId.eq(bank));
    }
    rows.all(scope.tx()).await?.into_iter().map(branch_of).collect()
}

/// The branch this request stated before; 409 when the id is another's.
pub async fn find_repeated_branch(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Branch>, Problem> {
    dated::find_repeated::<bank_branch::Entity>(scope, id, hash).await?.map(branch_of).transpose()
}

/// States a branch; 409 when its code is in use.
pub async fn insert_branch(scope: &Scope, new: Branch, hash: Vec<u8>) -> Result<Branch, Problem> {
    let row = bank_branch::ActiveModel {
        id: Set(new.id),
        institution_id: Set(scope.tenant().uuid()),
        bank_id: Set(new.bank),
        code: Set(new.code.clone()),
        name: Set(new.name.clone()),
        region_code: Set(new.region_code.clone()),
        from_day: Set(new.from.date()),
        until_day: Set(new.until.map(Day::date)),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "bank_branch_code_key") => return Err(Problem::taken("code")),
        inserted => or_busy(inserted?)?,
    }
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now.
pub async fn replace_branch_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<Branch, Problem> {
    dated::replace_end::<bank_branch::Entity>(scope, id, version, until).await.and_then(branch_of)
}
