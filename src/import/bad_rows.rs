//! The list of the rows that cannot be taken over, as a file that opens in a spreadsheet.

use super::Fault;
use std::io::{self, Write};

/// Writes faults as lines of row, column, code, message, message_en and value.
pub struct BadRows<W: Write> {
    lines: csv::Writer<W>,
}

/// So that a spreadsheet takes the file for UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl<W: Write> BadRows<W> {
    /// A list with its heading.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut lines = csv::Writer::from_writer(out);
        lines.write_record(["row", "column", "code", "message", "message_en", "value"])?;
        Ok(Self { lines })
    }

    /// More lines of a list that has its heading.
    pub fn going_on(out: W) -> Self {
        Self { lines: csv::Writer::from_writer(out) }
    }

    /// Adds the faults of a row, counted from 1 without the heading.
    pub fn add(&mut self, row: u64, faults: &[Fault]) -> io::Result<()> {
        for Fault { column, code, message, value } in faults {
            self.line(row, [column, code, &message.zh, &message.en], value)?;
        }
        Ok(())
    }

    /// Adds a line: column, code, message and message_en, and the value.
    pub fn line(&mut self, row: u64, [column, code, zh, en]: [&str; 4], value: &str) -> io::Result<()> {
        Ok(self.lines.write_record([&*row.to_string(), column, code, zh, en, &*plain(value)])?)
    }

    /// What was written.
    pub fn into_inner(self) -> io::Result<W> {
        self.lines.into_inner().map_err(|error| error.into_error())
    }

    /// Writes what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.lines.flush()
    }
}

/// A value that a spreadsheet does not take for a formula.
fn plain(value: &str) -> String {
    if value.starts_with(['=', '+', '-', '@']) { format!("'{value}") } else { value.to_owned() }
}
