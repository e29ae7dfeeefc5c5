//! A file of an earlier book: looked through once for what is wrong and for the order of its days, then read again row by row.
//!
//! Of each row only its first day and its place are kept, so that memory does not grow with what the rows say.

use super::{
    Fault, Mapping,
    field::Columns,
    mapping::Encoding,
    row::{Row, RowReader},
};
use crate::error::Problem;
use csv::{ByteRecord, Position, Reader, ReaderBuilder};
use domain::value::Day;
use encoding_rs::GB18030;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashSet,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Where a row stands, and the day it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The contract's first day.
    pub start: Day,
    /// The row, counted from 1 without the heading.
    pub row: u64,
    byte: u64,
}

/// What one look through the file has found.
#[derive(Debug)]
pub struct Order {
    /// The rows that can be read, in the order of their days and then of the file.
    pub places: Vec<Place>,
    /// How many rows there are.
    pub rows: u64,
    /// How many of them cannot be read.
    pub bad: u64,
    /// SHA-256 of the file.
    pub hash: Vec<u8>,
}

/// A file that is read by a mapping.
pub struct BookFile {
    path: PathBuf,
    encoding: Encoding,
    reader: Reader<File>,
    rows: RowReader,
    record: ByteRecord,
    values: Vec<String>,
}

/// The file cannot be read, or is no CSV.
fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Problem {
    Problem::unreadable_file(&path.display().to_string(), &error.to_string())
}

/// Hashes what is read through it.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

fn csv_of<R: Read>(mapping: &Mapping, source: R) -> Reader<R> {
    let delimiter = u8::try_from(mapping.delimiter).unwrap_or(b',');
    ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(true).from_reader(source)
}

/// A value of the file as text; none when its bytes are not of the encoding.
fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Encoding::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into),
    }
}

/// The columns by their names; one name twice is refused, because nobody could say which is meant.
fn columns_of(encoding: Encoding, heading: &ByteRecord) -> Result<Columns, Problem> {
    let mut columns = Columns::new();
    for (place, name) in heading.iter().enumerate() {
        let name = decoded(encoding, name)
            .ok_or_else(|| Problem::invalid_mapping("the heading is not in the file's encoding", Vec::new()))?;
        let name = name.trim().trim_start_matches('\u{feff}').to_owned();
        // A spreadsheet leaves commas behind its last column.
        if name.is_empty() {
            continue;
        }
        if columns.insert(name.clone(), place).is_some() {
            return Err(Problem::invalid_mapping(&format!("the file has two columns {name:?}"), Vec::new()));
        }
    }
    Ok(columns)
}

impl BookFile {
    /// Opens a file; 422 when it does not have the columns that the mapping names, or is to tell of a day that is yet to come.
    pub fn open(path: &Path, mapping: &Mapping, today: Day) -> Result<Self, Problem> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let mut reader = csv_of(mapping, file);
        let heading = reader.byte_headers().map_err(|error| unreadable(path, &error))?.clone();
        let columns = columns_of(mapping.encoding, &heading)?;
        Ok(Self {
            path: path.to_owned(),
            encoding: mapping.encoding,
            rows: RowReader::new(mapping, &columns, today)?,
            reader,
            record: ByteRecord::new(),
            values: Vec::with_capacity(columns.len()),
        })
    }

    /// The name of the column with the contracts' numbers.
    pub fn number_column(&self) -> &str {
        self.rows.number_column()
    }

    /// The name of the column with the numbers of the agreements.
    pub fn agreement_column(&self) -> &str {
        self.rows.agreement_column()
    }

    /// Looks through the whole file: the order of its days, and `bad` is told of each row that cannot be read.
    pub fn order(
        &mut self,
        mapping: &Mapping,
        mut bad: impl FnMut(u64, &[Fault]) -> io::Result<()>,
    ) -> Result<Order, Problem> {
        let path = self.path.clone();
        let failed = |error: &dyn std::fmt::Display| unreadable(&path, error);
        let file = File::open(&path).map_err(|error| failed(&error))?;
        let mut reader = csv_of(mapping, Hashed { inner: file, hash: Sha256::new() });
        let mut order = Order { places: Vec::new(), rows: 0, bad: 0, hash: Vec::new() };
        // Half of a hash of each number tells two of them apart.
        let mut numbers: HashSet<[u8; 16]> = HashSet::new();
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(|error| failed(&error))? {
            order.rows = order.rows.saturating_add(1);
            let byte = record.position().map_or(0, Position::byte);
            match self.read(&record) {
                Ok(row) if numbers.insert(half_hash(&row.number)) => {
                    order.places.push(Place { start: row.start, row: order.rows, byte });
                }
                Ok(row) => {
                    order.bad = order.bad.saturating_add(1);
                    let twice = (
                        "文件中此编号出现不止一次；以首次为准。",
                        "The file has the number more than once; the first counts.",
                    );
                    let fault = Fault::of(self.number_column(), "repeated_number", twice, &row.number);
                    bad(order.rows, &[fault]).map_err(|error| failed(&error))?;
                }
                Err(faults) => {
                    order.bad = order.bad.saturating_add(1);
                    bad(order.rows, &faults).map_err(|error| failed(&error))?;
                }
            }
        }
        order.places.sort_unstable();
        order.hash = reader.into_inner().hash.finalize().to_vec();
        Ok(order)
    }

    fn read(&mut self, record: &ByteRecord) -> Result<Row, Vec<Fault>> {
        self.values.clear();
        for bytes in record {
            match decoded(self.encoding, bytes) {
                Some(value) => self.values.push(value),
                None => {
                    let message = ("不是所定编码的文字。", "Not in the encoding that the mapping says.");
                    return Err(vec![Fault::of("", "encoding", message, &String::from_utf8_lossy(bytes))]);
                }
            }
        }
        self.rows.read(&self.values)
    }

    /// The row at a place of the order.
    pub fn at(&mut self, place: Place) -> Result<Row, Problem> {
        let mut position = Position::new();
        position.set_byte(place.byte).set_record(place.row);
        let path = self.path.clone();
        let mut record = std::mem::take(&mut self.record);
        self.reader.seek(position).map_err(|error| unreadable(&path, &error))?;
        let found = self.reader.read_byte_record(&mut record).map_err(|error| unreadable(&path, &error))?;
        let row = if found { self.read(&record).ok() } else { None };
        self.record = record;
        row.ok_or_else(|| unreadable(&path, &"it was changed while it was read"))
    }
}

fn half_hash(number: &str) -> [u8; 16] {
    let hash = Sha256::digest(number);
    std::array::from_fn(|place| hash.get(place).copied().unwrap_or_default())
}
