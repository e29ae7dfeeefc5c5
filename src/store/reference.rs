//! Reference data: regions and industries as dated rows that belong to nobody and that everybody reads.

use super::{Database, Scope};
use crate::error::Problem;
use chrono::NaiveDate;
use entity::{industry, region};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select};

/// Which rows of a list.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The day whose rows are wanted.
    pub on: NaiveDate,
    /// Part of a name, or the beginning of a code.
    pub search: Option<String>,
    /// The code of the last row of the page before.
    pub after: Option<String>,
    /// At most so many rows.
    pub limit: u64,
}

/// A province or a city of GB/T 2260, in the days it has this name.
#[derive(Clone, Debug)]
pub struct Region {
    /// Six digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// province or city.
    pub level: String,
    /// The province it lies in; itself for a province.
    pub province_code: String,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
}

/// A section or a division of GB/T 4754-2017.
#[derive(Clone, Debug)]
pub struct Industry {
    /// A letter for a section, two digits for a division.
    pub code: String,
    /// The section of a division.
    pub section: Option<String>,
    /// Its name.
    pub name: String,
}

/// The columns that every table of reference data has.
pub(super) struct Columns<C> {
    pub(super) code: C,
    pub(super) name: C,
    pub(super) from: C,
    pub(super) until: C,
}

/// The rows of a day that are wanted, in the order of their codes.
pub(super) fn selected<E: EntityTrait>(wanted: Wanted, columns: Columns<E::Column>) -> Select<E> {
    let Wanted { on, search, after, limit } = wanted;
    let Columns { code, name, from, until } = columns;
    let open = Condition::any().add(until.is_null()).add(until.gt(on));
    let found = search
        .as_deref()
        .map(literal)
        .map(|search| Condition::any().add(name.contains(&search)).add(code.starts_with(&search)));
    let next = after.map(|after| Condition::all().add(code.gt(after)));
    let wanted = found.into_iter().chain(next).fold(Condition::all().add(from.lte(on)).add(open), Condition::add);
    Scope::shared_rows::<E>().filter(wanted).order_by_asc(code).limit(limit)
}

/// A text that LIKE takes as it is written: what is searched for holds no wildcards.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '%' | '_') {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal
}

/// Regions in the order of their codes.
pub async fn regions(database: &Database, wanted: Wanted) -> Result<Vec<Region>, Problem> {
    use region::Column as C;
    let columns = Columns { code: C::Code, name: C::Name, from: C::FromDay, until: C::UntilDay };
    let rows = selected::<region::Entity>(wanted, columns).all(database.pool()).await?;
    let region = |row: region::Model| {
        let region::Model { code, name, level, province_code, from_day, until_day } = row;
        Region { code, name, level, province_code, from: from_day, until: until_day }
    };
    Ok(rows.into_iter().map(region).collect())
}

/// Industries in the order of their codes: divisions, then sections.
pub async fn industries(database: &Database, wanted: Wanted) -> Result<Vec<Industry>, Problem> {
    use industry::Column as C;
    let columns = Columns { code: C::Code, name: C::Name, from: C::FromDay, until: C::UntilDay };
    let rows = selected::<industry::Entity>(wanted, columns).all(database.pool()).await?;
    let industry = |row: industry::Model| Industry { code: row.code, section: row.section, name: row.name };
    Ok(rows.into_iter().map(industry).collect())
}
