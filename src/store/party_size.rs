//! What enterprises file for their size class, with the class and its grounds as judged that day.

use super::{
    Scope, of_word,
    put::{insert_once, or_busy, repeated},
    word_of,
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::{
    size::{Floor, SizeClass, SizeIndustry, SizeInputs},
    value::{Money, PartyId},
};
use entity::party_size_input::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

/// The figures of one financial year, and the class they give.
#[derive(Clone, Debug)]
pub struct SizeInput {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// The year of the figures.
    pub financial_year: i32,
    /// GB/T 4754, two to four digits.
    pub industry_code: String,
    /// The industry of 工信部联企业〔2011〕300号.
    pub industry: SizeIndustry,
    /// The figures.
    pub inputs: SizeInputs,
    /// The class.
    pub size: SizeClass,
    /// The floors met and missed.
    pub grounds: Vec<Floor>,
    /// The day it was filed; the standard of this day applies.
    pub filed_on: NaiveDate,
    /// Its number in the journal.
    pub seq: i64,
}

fn of_row(row: Model) -> Result<SizeInput, Problem> {
    let grounds = serde_json::from_value(row.grounds).map_err(|error| {
        tracing::error!(%error, "the grounds of a size class cannot be read");
        Problem::internal()
    })?;
    Ok(SizeInput {
        id: row.id,
        party: PartyId::from_uuid(row.party_id),
        financial_year: row.financial_year,
        industry_code: row.industry_code,
        industry: of_word(&row.size_industry)?,
        inputs: SizeInputs {
            employees: row.employees.and_then(|persons| u32::try_from(persons).ok()),
            revenue: row.revenue_fen.map(Money::from_fen),
            total_assets: row.total_assets_fen.map(Money::from_fen),
        },
        size: of_word(&row.size_class)?,
        grounds,
        filed_on: row.filed_on,
        seq: row.seq,
    })
}

/// At most `limit` filings of the party in the order of their ids, after `after`.
pub async fn list(scope: &Scope, party: PartyId, after: Option<Uuid>, limit: u64) -> Result<Vec<SizeInput>, Problem> {
    let mut rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::PartyId.eq(party.uuid()));
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// What counts on a day: the last filing for the latest year, of those filed by then.
pub async fn find_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Option<SizeInput>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::PartyId.eq(party.uuid()));
    let rows = rows.filter(Column::FiledOn.lte(day)).order_by_desc(Column::FinancialYear).order_by_desc(Column::Seq);
    rows.one(scope.tx()).await?.map(of_row).transpose()
}

/// The filing this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<SizeInput>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Files the figures with their class. Takes the journal's next number, whatever `new` carries.
pub async fn insert(scope: &Scope, new: SizeInput, hash: Vec<u8>) -> Result<SizeInput, Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        party_id: new.party.uuid(),
        financial_year: new.financial_year,
        industry_code: new.industry_code,
        size_industry: word_of(&new.industry)?,
        employees: new.inputs.employees.map(i64::from),
        revenue_fen: new.inputs.revenue.map(Money::fen),
        total_assets_fen: new.inputs.total_assets.map(Money::fen),
        size_class: word_of(&new.size)?,
        grounds: serde_json::to_value(&new.grounds).map_err(|_| Problem::internal())?,
        filed_on: new.filed_on,
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    of_row(row)
}
