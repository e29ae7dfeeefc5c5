//! Deadlines of reports: rows that everybody logged in reads, and that whoever stated them ends.

use super::{
    Scope,
    dated::{self, Listing},
    known,
    put::{insert_once, or_busy},
};
use crate::{
    auth::{InstitutionKind, words},
    error::Problem,
};
use domain::{
    deadline::{self, DueRule},
    value::{Day, InstitutionId},
};
use entity::deadline::{ActiveModel, Entity, Model};
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use uuid::Uuid;

words! {
    /// 报告期。What one report covers.
    Period {
        /// 月。A month.
        Monthly = "monthly",
        /// 季。A quarter.
        Quarterly = "quarterly",
        /// 半年。Half a year.
        HalfYear = "half_year",
        /// 年。A year.
        Yearly = "yearly",
    }
}

impl From<Period> for deadline::Period {
    fn from(period: Period) -> Self {
        match period {
            Period::Monthly => Self::Monthly,
            Period::Quarterly => Self::Quarterly,
            Period::HalfYear => Self::HalfYear,
            Period::Yearly => Self::Yearly,
        }
    }
}

/// What a deadline says.
#[derive(Clone, Debug, Serialize)]
pub struct Terms {
    /// Which report.
    pub report_code: String,
    /// What kind of institution reports.
    pub reporter: InstitutionKind,
    /// To whom, in words.
    pub recipient: String,
    /// What one report covers.
    pub period: Period,
    /// So many months after the last month of the period, 0 to 24.
    pub month_offset: u32,
    /// The day of that month, 1 to 31; its last day when it is shorter.
    pub day_of_month: u32,
    /// Where, six digits of GB/T 2260; everywhere without.
    pub region_code: Option<String>,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// The document it rests on.
    pub document: String,
    /// The clause of the document.
    pub clause: String,
    /// Whether the clause has been read in the document itself.
    pub verified: bool,
}

impl Terms {
    /// When the report of a period is due.
    pub const fn rule(&self) -> DueRule {
        DueRule { month_offset: self.month_offset, day_of_month: self.day_of_month }
    }
}

/// A deadline, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Its id.
    pub id: Uuid,
    /// The institution that states it.
    pub stater: InstitutionId,
    /// What it says.
    pub terms: Terms,
    /// Counts up with every change.
    pub version: i64,
}

/// A small number of a column.
fn small(number: i32) -> Result<u32, Problem> {
    u32::try_from(number).map_err(|_| Problem::internal())
}

fn of_row(row: Model) -> Result<Deadline, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    let terms = Terms {
        report_code: row.report_code,
        reporter: known(&row.reporter_kind)?,
        recipient: row.recipient,
        period: known(&row.period)?,
        month_offset: small(row.month_offset)?,
        day_of_month: small(row.day_of_month)?,
        region_code: row.region_code,
        from,
        until,
        document: row.document,
        clause: row.clause,
        verified: row.verified,
    };
    Ok(Deadline { id: row.id, stater: InstitutionId::from_uuid(row.institution_id), terms, version: row.version })
}

/// The deadline with this id; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Deadline, Problem> {
    dated::get_among(scope, Scope::shared_rows::<Entity>(), id).await.and_then(of_row)
}

/// A deadline that the institution has stated; 404 when there is none.
pub async fn get_stated(scope: &Scope, id: Uuid) -> Result<Deadline, Problem> {
    dated::get_stated::<Entity>(scope, id).await.and_then(of_row)
}

/// Deadlines in the order of their ids.
pub async fn list(scope: &Scope, listing: Listing<Uuid>) -> Result<Vec<Deadline>, Problem> {
    dated::page(scope, Scope::shared_rows::<Entity>(), listing).await?.into_iter().map(of_row).collect()
}

/// The deadline this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Deadline>, Problem> {
    dated::find_repeated::<Entity>(scope, id, hash).await?.map(of_row).transpose()
}

/// States a deadline; 409 when the institution's for the same report, reporter and region overlaps it.
pub async fn insert(scope: &Scope, new: Deadline, hash: Vec<u8>) -> Result<Deadline, Problem> {
    let column = |number: u32| i32::try_from(number).map_err(|_| Problem::internal());
    let terms = &new.terms;
    let row = ActiveModel {
        id: Set(new.id),
        institution_id: Set(scope.tenant().uuid()),
        report_code: Set(terms.report_code.clone()),
        reporter_kind: Set(terms.reporter.word().to_owned()),
        recipient: Set(terms.recipient.clone()),
        period: Set(terms.period.word().to_owned()),
        month_offset: Set(column(terms.month_offset)?),
        day_of_month: Set(column(terms.day_of_month)?),
        region_code: Set(terms.region_code.clone()),
        from_day: Set(terms.from.date()),
        until_day: Set(terms.until.map(Day::date)),
        document: Set(terms.document.clone()),
        clause: Set(terms.clause.clone()),
        verified: Set(terms.verified),
        version: Set(new.version),
        creation_hash: Set(hash),
    };
    or_busy(insert_once(scope, row).await.map_err(dated::or_overlap)?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new term overlaps another.
pub async fn replace_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<Deadline, Problem> {
    dated::replace_end::<Entity>(scope, id, version, until).await.and_then(of_row)
}
