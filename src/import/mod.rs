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

    /// The institution has no agreement of this number.
    pub fn unknown_agreement(column: &str, number: &str) -> Self {
        let message = (
            "本机构没有此编号的协议。请先登记协议，再导入一次。",
            "The institution has no agreement of this number. State the agreement first, then import again.",
        );
        Self::of(column, "unknown_agreement", message, number)
    }

    /// No terms of the agreement say who bears how much on the first day.
    pub fn no_terms(column: &str, number: &str) -> Self {
        let message = (
            "协议在起始日没有有效的分险条款。请登记当时的条款，或在映射中列明分险比例。",
            "The agreement has no terms in force on the first day. State those of the time, or map the shares.",
        );
        Self::of(column, "no_terms", message, number)
    }

    /// The book has another contract of this number.
    pub fn number_taken(column: &str, number: &str) -> Self {
        let message = ("本机构已有此编号的另一合同。", "The institution has another contract of this number.");
        Self::of(column, "number_taken", message, number)
    }
}
