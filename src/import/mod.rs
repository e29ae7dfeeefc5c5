//! An earlier book as a file: how it is read by a mapping, what each row says, and what cannot be read.

mod bad_rows;
mod field;
mod file;
mod mapping;
mod mapping_check;
mod preview;
mod row;
pub mod upload;

pub use bad_rows::BadRows;
pub use file::{BookFile, Order, Place};
pub use mapping::{Encoding, Mapping};
pub use preview::preview;
pub use row::{ClientRow, Row};

use crate::error::Text;

/// What is wrong with one column of a row.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The column's name in the file; a part of the mapping where no column is at fault.
    pub column: String,
    /// A stable name of the fault for programs.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub message: Text,
    /// What stands there; of a person's identifier only its end.
    pub value: String,
}

impl Fault {
    fn of(column: &str, code: &'static str, (zh, en): (&'static str, &'static str), value: &str) -> Self {
        Self { column: column.to_owned(), code, message: Text::new(zh, en), value: value.to_owned() }
    }

    /// The book has another contract of this number.
    pub fn number_taken(column: &str, number: &str) -> Self {
        let message = ("本机构已有此编号的另一合同。", "The institution has another contract of this number.");
        Self::of(column, "number_taken", message, number)
    }
}
