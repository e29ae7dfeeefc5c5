//! How many people parties employed on which day.

use super::{
    Scope,
    put::{insert_once, or_busy, repeated},
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::value::PartyId;
use entity::party_jobs::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

/// The jobs of a party on a day.
#[derive(Clone, Debug)]
pub struct Jobs {
    /// Its id.
    pub id: Uuid,
    /// The party.
    pub party: PartyId,
    /// The day of the count.
    pub on: NaiveDate,
    /// Persons employed.
    pub jobs: u32,
    /// Its number in the journal.
    pub seq: i64,
}

fn of_row(row: Model) -> Result<Jobs, Problem> {
    let jobs = u32::try_from(row.jobs).map_err(|_| Problem::internal())?;
    Ok(Jobs { id: row.id, party: PartyId::from_uuid(row.party_id), on: row.on_day, jobs, seq: row.seq })
}

/// At most `limit` counts of the party in the order of their ids, after `after`.
pub async fn list(scope: &Scope, party: PartyId, after: Option<Uuid>, limit: u64) -> Result<Vec<Jobs>, Problem> {
    let mut rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::PartyId.eq(party.uuid()));
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    let rows = rows.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// The last count up to a day; of two on one day the one filed later.
pub async fn find_on(scope: &Scope, party: PartyId, day: NaiveDate) -> Result<Option<Jobs>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::PartyId.eq(party.uuid()));
    let rows = rows.filter(Column::OnDay.lte(day)).order_by_desc(Column::OnDay).order_by_desc(Column::Seq);
    rows.one(scope.tx()).await?.map(of_row).transpose()
}

/// The count this request filed before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Jobs>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Files a count. Takes the journal's next number, whatever `new` carries.
pub async fn insert(scope: &Scope, new: Jobs, hash: Vec<u8>) -> Result<Jobs, Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        party_id: new.party.uuid(),
        on_day: new.on,
        jobs: i64::from(new.jobs),
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    of_row(row)
}
