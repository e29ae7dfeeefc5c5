//! What the first rows of a file say by a mapping, before anything is done with it.

use super::{
    Fault,
    field::Columns,
    mapping::Mapping,
    row::{Row, RowReader},
};
use crate::error::Problem;
use domain::value::Day;

/// Reads rows as an import would; 422 when the mapping names a column that is not there, or a day that is yet to come.
pub fn preview(
    mapping: &Mapping,
    heading: &[String],
    rows: &[Vec<String>],
    today: Day,
) -> Result<Vec<Result<Row, Vec<Fault>>>, Problem> {
    let columns: Columns = heading.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
    let reader = RowReader::new(mapping, &columns, today)?;
    Ok(rows.iter().map(|values| reader.read(values)).collect())
}
