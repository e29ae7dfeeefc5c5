//! Institutions, and what was decided about them. The table is shared: everybody reads it, whoever onboarded a row changes it.

use super::{
    Database, HELD, Scope, known,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    violates,
};
use crate::{
    auth::{Action, InstitutionKind, words},
    error::Problem,
};
use chrono::NaiveDate;
use domain::value::InstitutionId;
use entity::{institution, institution_event};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

words! {
    /// 机构状态。Whether an institution takes part.
    Status {
        /// 正常。It takes part.
        Active = "active",
        /// 暂停。Its people come in and read, but decide nothing.
        Suspended = "suspended",
        /// 退出。It has left for good.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// 机构事项。What was decided about an institution.
    Decision {
        /// It may decide nothing for now.
        Suspended = "suspended",
        /// It takes part again.
        Reinstated = "reinstated",
        /// It leaves for good.
        Withdrawn = "withdrawn",
    }
}

impl Status {
    /// Whether people of an institution in this status may do `action`.
    pub fn lets(self, action: Action) -> bool {
        match self {
            Self::Active => true,
            Self::Suspended => action.survives_suspension(),
            Self::Withdrawn => {
                matches!(action, Action::VerifyAudit | Action::Reconcile | Action::LapseContracts | Action::WorkImports)
            }
        }
    }
}

impl Decision {
    /// The status it leads to, from `status`; none when it cannot be decided then.
    pub const fn leads_to(self, status: Status) -> Option<Status> {
        match (self, status) {
            (Self::Suspended, Status::Active) => Some(Status::Suspended),
            (Self::Reinstated, Status::Suspended) => Some(Status::Active),
            (Self::Withdrawn, Status::Active | Status::Suspended) => Some(Status::Withdrawn),
            (Self::Suspended, Status::Suspended | Status::Withdrawn)
            | (Self::Reinstated, Status::Active | Status::Withdrawn)
            | (Self::Withdrawn, Status::Withdrawn) => None,
        }
    }
}

/// An institution.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Its id.
    pub id: InstitutionId,
    /// The short name its people log in with.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is in the system.
    pub kind: InstitutionKind,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// Whether it takes part.
    pub status: Status,
    /// The day the status began.
    pub status_since: NaiveDate,
    /// The day it was onboarded.
    pub joined_on: NaiveDate,
    /// Who onboarded it; itself for the first.
    pub onboarded_by: InstitutionId,
    /// Counts up with every change.
    pub version: i64,
}

/// What an institution is when it is onboarded.
#[derive(Clone, Debug)]
pub struct NewInstitution {
    /// Its id.
    pub id: InstitutionId,
    /// The short name its people log in with.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is in the system.
    pub kind: InstitutionKind,
    /// GB/T 2260, six digits.
    pub region_code: String,
}

fn of_row(row: institution::Model) -> Result<Institution, Problem> {
    Ok(Institution {
        id: InstitutionId::from_uuid(row.id),
        kind: known(&row.kind)?,
        status: known(&row.status)?,
        onboarded_by: InstitutionId::from_uuid(row.onboarded_by),
        code: row.code,
        name: row.name,
        region_code: row.region_code,
        status_since: row.status_since,
        joined_on: row.joined_on,
        version: row.version,
    })
}

/// Every institution's id and code, in the order of the codes: for work that goes from one to the next.
pub async fn all(database: &Database) -> Result<Vec<(InstitutionId, String)>, Problem> {
    let rows = Scope::shared_rows::<institution::Entity>().order_by_asc(institution::Column::Code);
    let rows = rows.all(database.pool()).await?;
    Ok(rows.into_iter().map(|row| (InstitutionId::from_uuid(row.id), row.code)).collect())
}

/// The institution with this code; asked before anybody has logged in.
pub async fn find_by_code(database: &Database, code: &str) -> Result<Option<InstitutionId>, Problem> {
    let rows = Scope::shared_rows::<institution::Entity>().filter(institution::Column::Code.eq(code));
    Ok(rows.one(database.pool()).await?.map(|row| InstitutionId::from_uuid(row.id)))
}

/// The institution with this id; 404 when there is none.
pub async fn get(scope: &Scope, id: InstitutionId) -> Result<Institution, Problem> {
    let row = Scope::shared_rows::<institution::Entity>().filter(institution::Column::Id.eq(id.uuid()));
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The scope's own institution.
pub async fn own(scope: &Scope) -> Result<Institution, Problem> {
    get(scope, scope.tenant()).await
}

/// An institution that the scope's own has onboarded, locked; 404 for any other, and for itself.
pub async fn lock_onboarded(scope: &Scope, id: InstitutionId) -> Result<Institution, Problem> {
    let own = scope.tenant().uuid();
    let row = scope.rows::<institution::Entity>(institution::Column::OnboardedBy);
    let row = row.filter(institution::Column::Id.eq(id.uuid())).filter(institution::Column::Id.ne(own));
    row.lock(HELD).one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Which institutions are wanted: all that are as every field says.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Part of the name, or the beginning of the code.
    pub search: Option<String>,
    /// What it is in the system.
    pub kind: Option<InstitutionKind>,
    /// Whether it takes part.
    pub status: Option<Status>,
}

/// At most `limit` of the institutions wanted in the order of their codes, from the code after `after` on.
pub async fn list(
    scope: &Scope,
    wanted: Wanted,
    after: Option<String>,
    limit: u64,
) -> Result<Vec<Institution>, Problem> {
    let Wanted { search, kind, status } = wanted;
    let mut rows = Scope::shared_rows::<institution::Entity>();
    if let Some(search) = search {
        // A few thousand rows in all: no index is needed, and no pattern whose signs would have to be escaped.
        let found = Expr::cust_with_values("strpos(name, $1) > 0 OR starts_with(code, $2)", [search.clone(), search]);
        rows = rows.filter(found);
    }
    if let Some(kind) = kind {
        rows = rows.filter(institution::Column::Kind.eq(kind.word()));
    }
    if let Some(status) = status {
        rows = rows.filter(institution::Column::Status.eq(status.word()));
    }
    if let Some(after) = after {
        rows = rows.filter(institution::Column::Code.gt(after));
    }
    let rows = rows.order_by_asc(institution::Column::Code).limit(limit).all(scope.tx()).await?;
    rows.into_iter().map(of_row).collect()
}

/// The institution this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: InstitutionId, hash: &[u8]) -> Result<Option<Institution>, Problem> {
    let row = Scope::shared_rows::<institution::Entity>().filter(institution::Column::Id.eq(id.uuid()));
    let row = row.one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Adds an institution, onboarded by the scope's own; 409 when the code is in use.
pub async fn insert(scope: &Scope, new: NewInstitution, hash: Vec<u8>) -> Result<Institution, Problem> {
    let NewInstitution { id, code, name, kind, region_code } = new;
    let row = institution::ActiveModel {
        id: Set(id.uuid()),
        code: Set(code),
        name: Set(name),
        kind: Set(kind.word().to_owned()),
        region_code: Set(region_code),
        status: Set(Status::Active.word().to_owned()),
        status_since: Set(scope.today()),
        joined_on: Set(scope.today()),
        onboarded_by: Set(scope.tenant().uuid()),
        version: Set(1),
        creation_hash: Set(hash),
    };
    match insert_once(scope, row).await {
        Err(error) if violates(&error, "institution_code_key") => return Err(Problem::taken("code")),
        inserted => or_busy(inserted?)?,
    }
    get(scope, id).await
}

/// Corrects name and region of the version named; 412 when it is another by now.
pub async fn replace(
    scope: &Scope,
    id: InstitutionId,
    version: i64,
    name: String,
    region_code: String,
) -> Result<Institution, Problem> {
    let changed = institution::Entity::update_many()
        .col_expr(institution::Column::Name, Expr::value(name))
        .col_expr(institution::Column::RegionCode, Expr::value(region_code))
        .col_expr(institution::Column::Version, Expr::value(version.saturating_add(1)))
        .filter(institution::Column::Id.eq(id.uuid()))
        .filter(institution::Column::OnboardedBy.eq(scope.tenant().uuid()))
        .filter(institution::Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    get(scope, id).await
}

/// Sets the status of a locked institution.
pub async fn set_status(scope: &Scope, institution: &Institution, status: Status) -> Result<(), Problem> {
    let changed = institution::Entity::update_many()
        .col_expr(institution::Column::Status, Expr::value(status.word()))
        .col_expr(institution::Column::StatusSince, Expr::value(scope.today()))
        .col_expr(institution::Column::Version, Expr::value(institution.version.saturating_add(1)))
        .filter(institution::Column::Id.eq(institution.id.uuid()))
        .filter(institution::Column::OnboardedBy.eq(scope.tenant().uuid()))
        .filter(institution::Column::Version.eq(institution.version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)
}

/// A decision about an institution.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: Uuid,
    /// The institution it is about.
    pub subject: InstitutionId,
    /// What was decided.
    pub decision: Decision,
    /// The day it counts.
    pub effective_on: NaiveDate,
    /// Why, in words.
    pub reason: String,
    /// Its number in the journal of whoever decided.
    pub seq: i64,
}

fn event_of(row: institution_event::Model) -> Result<Event, Problem> {
    Ok(Event {
        id: row.id,
        subject: InstitutionId::from_uuid(row.subject_id),
        decision: known(&row.kind)?,
        effective_on: row.effective_on,
        reason: row.reason,
        seq: row.seq,
    })
}

/// The decision this request made before; 409 when the id is another's.
pub async fn find_repeated_event(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Event>, Problem> {
    let row = scope.rows::<institution_event::Entity>(institution_event::Column::InstitutionId);
    let row = row.filter(institution_event::Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(event_of).transpose()
}

/// Books a decision of today; takes the journal's next number, so it comes after every other lock.
pub async fn insert_event(
    scope: &Scope,
    id: Uuid,
    subject: InstitutionId,
    decision: Decision,
    reason: String,
    hash: Vec<u8>,
) -> Result<Event, Problem> {
    let row = institution_event::Model {
        institution_id: scope.tenant().uuid(),
        id,
        subject_id: subject.uuid(),
        kind: decision.word().to_owned(),
        effective_on: scope.today(),
        reason,
        seq: scope.seq().await?,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    event_of(row)
}

#[cfg(test)]
mod tests {
    use super::{Decision, Status};

    #[test]
    fn an_institution_that_has_withdrawn_stays_out() {
        for decision in Decision::ALL {
            assert_eq!(decision.leads_to(Status::Withdrawn), None, "{decision}");
        }
    }

    #[test]
    fn a_suspension_can_be_lifted_and_only_a_suspension() {
        assert_eq!(Decision::Suspended.leads_to(Status::Active), Some(Status::Suspended));
        assert_eq!(Decision::Reinstated.leads_to(Status::Suspended), Some(Status::Active));
        assert_eq!(Decision::Reinstated.leads_to(Status::Active), None);
        assert_eq!(Decision::Suspended.leads_to(Status::Suspended), None);
    }
}
