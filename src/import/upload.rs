//! A file as somebody brings it: what its characters are, what stands between its columns, and where it may be cut between its rows.

use super::mapping::Encoding;
use crate::error::{Problem, Text};
use csv::{ByteRecord, Position, Reader, ReaderBuilder};
use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8};
use sha2::{Digest as _, Sha256};
use std::{
    cell::Cell,
    collections::BTreeSet,
    io::{self, Read, Seek},
    rc::Rc,
};

/// The least length of a part, in bytes: a part ends with the row that reaches it.
const PART: u64 = 262_144;

/// The longest a row may be, in bytes: beyond it a quotation mark was not closed.
const LONGEST_ROW: u64 = 1_048_576;

/// The most columns.
const MOST_COLUMNS: usize = 500;

/// What may stand between two columns, the likelier first.
const BETWEEN: [char; 4] = [',', '\t', ';', '|'];

/// How workbooks of a spreadsheet begin, which are no CSV.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Reads bytes as characters until they are none.
struct Trial {
    decoder: Decoder,
    read: u64,
    wrong_at: Option<u64>,
}

impl Trial {
    fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        Self { decoder: encoding.new_decoder_without_bom_handling(), read: 0, wrong_at: None }
    }

    fn take(&mut self, mut piece: &[u8], last: bool) {
        let mut written = [0; 16_384];
        while self.wrong_at.is_none() {
            let (result, read, _) = self.decoder.decode_to_utf8_without_replacement(piece, &mut written, last);
            self.read = self.read.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            piece = piece.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.wrong_at = Some(self.read),
            }
        }
    }
}

/// A file as it comes in, piece by piece.
pub struct Intake {
    hash: Sha256,
    bytes: u64,
    beginning: Vec<u8>,
    has_nul: bool,
    utf_8: Trial,
    gb18030: Trial,
}

/// A file that is whole.
#[derive(Clone, Debug)]
pub struct Taken {
    /// SHA-256 of it.
    pub hash: Vec<u8>,
    /// How long it is.
    pub bytes: u64,
    /// Its characters.
    pub encoding: Encoding,
}

impl Default for Intake {
    fn default() -> Self {
        Self {
            hash: Sha256::new(),
            bytes: 0,
            beginning: Vec::new(),
            has_nul: false,
            utf_8: Trial::of(UTF_8),
            gb18030: Trial::of(GB18030),
        }
    }
}

impl Intake {
    /// Takes the next piece.
    pub fn take(&mut self, piece: &[u8]) {
        self.hash.update(piece);
        self.bytes = self.bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        let missing = 8_usize.saturating_sub(self.beginning.len());
        self.beginning.extend(piece.iter().take(missing));
        self.has_nul = self.has_nul || piece.contains(&0);
        self.utf_8.take(piece, false);
        self.gb18030.take(piece, false);
    }

    /// What the file is; 422 when it is empty, or no text in UTF-8 or GB 18030.
    pub fn finish(mut self) -> Result<Taken, Problem> {
        self.utf_8.take(&[], true);
        self.gb18030.take(&[], true);
        if self.bytes == 0 {
            return Err(unfit("文件是空的。", "The file is empty."));
        }
        if WORKBOOKS.iter().any(|workbook| self.beginning.starts_with(workbook)) {
            return Err(unfit(
                "这是电子表格工作簿，不是 CSV。请在表格软件中另存为 CSV（UTF-8）后再上传。",
                "This is a workbook of a spreadsheet and no CSV. Save it as CSV (UTF-8) there, and upload that.",
            ));
        }
        let encoding = match (self.utf_8.wrong_at, self.gb18030.wrong_at) {
            _ if self.has_nul => {
                return Err(unfit("文件含空字节，不是文本。", "The file has zero bytes: it is no text."));
            }
            (None, _) => Encoding::Utf8,
            (_, None) => Encoding::Gb18030,
            (Some(utf_8), Some(gb18030)) => {
                return Err(Problem::unfit_file(Text::new(
                    format!(
                        "文件既不是 UTF-8（第 {utf_8} 字节）也不是 GB18030（第 {gb18030} 字节）的文字，可能被截断。请重新导出。"
                    ),
                    format!(
                        "The file is text neither in UTF-8 (byte {utf_8}) nor in GB 18030 (byte {gb18030}); it may be cut off. Export it again."
                    ),
                )));
            }
        };
        Ok(Taken { hash: self.hash.finalize().to_vec(), bytes: self.bytes, encoding })
    }
}

fn unfit(zh: &'static str, en: &'static str) -> Problem {
    Problem::unfit_file(Text::new(zh, en))
}

/// Some rows of a file that lie together; the first part has the heading too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first row, counted from 1 without the heading.
    pub first_row: u64,
    /// Its first byte.
    pub from: u64,
    /// The byte after its last.
    pub until: u64,
}

/// What a file is made of.
#[derive(Clone, Debug)]
pub struct Survey {
    /// What stands between two columns.
    pub delimiter: char,
    /// The names of the columns.
    pub heading: Vec<String>,
    /// How many rows there are below the heading.
    pub rows: u64,
    /// Where it is cut.
    pub parts: Vec<Part>,
}

/// Ends a file in the middle of a row that is too long, so that no row fills the memory.
struct Guarded<R> {
    inner: R,
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(io::Error::other("a row is too long"));
        }
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get().saturating_add(u64::try_from(read).unwrap_or(u64::MAX)));
        Ok(read)
    }
}

fn too_long() -> Problem {
    unfit(
        "有一行长于 1 MiB，可能是引号未闭合。请检查引号后重新导出。",
        "A row is longer than 1 MiB: a quotation mark may not be closed. Check the quotation marks and export it again.",
    )
}

/// The character that stands most often in the first line outside of quotes.
fn delimiter_of(line: &[u8], encoding: Encoding) -> Option<char> {
    let mut quoted = false;
    let outside: Vec<u8> = line
        .iter()
        .copied()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted
        })
        .collect();
    let count = |between: &char| outside.iter().filter(|byte| char::from(**byte) == *between).count();
    // The second byte of a character of GB 18030 may be a bar.
    let possible = BETWEEN.iter().filter(|between| encoding == Encoding::Utf8 || **between != '|');
    // Of several the first counts that is as frequent as any.
    possible.rev().max_by_key(|between| count(between)).filter(|between| count(between) > 0).copied()
}

/// Looks through a whole file; 422 when it is no table with a heading.
pub fn survey(file: &mut (impl Read + Seek), taken: &Taken) -> Result<Survey, Problem> {
    let failed = |error: io::Error| {
        tracing::error!(%error, "an upload cannot be read back");
        Problem::internal()
    };
    let mut line = Vec::new();
    file.rewind().map_err(failed)?;
    file.by_ref().take(65_536).read_to_end(&mut line).map_err(failed)?;
    let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = delimiter_of(line, taken.encoding).ok_or_else(|| {
        unfit(
            "第一行只有一栏，不像 CSV。第一行应为各栏的名称，以逗号、制表符或分号分隔。",
            "The first line has one column, which is unlike CSV. It names the columns, with commas, tabs or semicolons between them.",
        )
    })?;
    file.rewind().map_err(failed)?;
    let since = Rc::new(Cell::new(0));
    let mut reader = reader_of(delimiter, true, Guarded { inner: file, since: Rc::clone(&since) });
    let heading: Vec<String> =
        reader.byte_headers().map_err(|_| too_long())?.iter().map(|name| said(taken.encoding, name)).collect();
    check_heading(&heading)?;
    let (mut rows, mut parts) = (0_u64, Vec::new());
    let mut open = Part { first_row: 1, from: 0, until: taken.bytes };
    let mut record = ByteRecord::new();
    loop {
        since.set(0);
        if !reader.read_byte_record(&mut record).map_err(|_| too_long())? {
            break;
        }
        rows = rows.saturating_add(1);
        let at = record.position().map_or(0, Position::byte);
        if rows > open.first_row && at.saturating_sub(open.from) >= PART {
            parts.push(Part { until: at, ..open });
            open = Part { first_row: rows, from: at, until: taken.bytes };
        }
    }
    if rows == 0 {
        return Err(unfit("文件只有标题行，没有数据。", "The file has a heading and no rows."));
    }
    parts.push(open);
    Ok(Survey { delimiter, heading, rows, parts })
}

fn check_heading(heading: &[String]) -> Result<(), Problem> {
    if heading.len() > MOST_COLUMNS {
        return Err(unfit("文件多于 500 栏。", "The file has more than 500 columns."));
    }
    let named: Vec<&String> = heading.iter().filter(|name| !name.is_empty()).collect();
    if named.iter().collect::<BTreeSet<_>>().len() < named.len() {
        return Err(unfit(
            "第一行有两栏同名，无从分辨。请改名后重新上传。",
            "Two columns have the same name in the first line. Rename one, and upload the file again.",
        ));
    }
    Ok(())
}

fn reader_of<R: Read>(delimiter: char, has_headers: bool, source: R) -> Reader<R> {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(has_headers).from_reader(source)
}

/// A value as it is said: what cannot be read is replaced.
fn said(encoding: Encoding, bytes: &[u8]) -> String {
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes),
        Encoding::Gb18030 => GB18030.decode_without_bom_handling(bytes).0,
    };
    text.trim().trim_start_matches('\u{feff}').to_owned()
}

/// The heading of a first part, and at most `most` rows of it.
pub fn first_rows(part: &[u8], encoding: Encoding, delimiter: char, most: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let mut all = records(part, encoding, delimiter).take(most.saturating_add(1));
    (all.next().unwrap_or_default(), all.collect())
}

/// The row of a part that stands `place` rows behind its first.
pub fn row_of(part: &[u8], encoding: Encoding, delimiter: char, place: usize, is_first: bool) -> Option<Vec<String>> {
    records(part, encoding, delimiter).nth(place.saturating_add(usize::from(is_first)))
}

fn records(part: &[u8], encoding: Encoding, delimiter: char) -> impl Iterator<Item = Vec<String>> {
    let read = reader_of(delimiter, false, part).into_byte_records();
    read.map_while(Result::ok).map(move |record| record.iter().map(|value| said(encoding, value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn taken(bytes: &[u8]) -> Result<Taken, Problem> {
        let mut intake = Intake::default();
        // Cut within characters, as a network does.
        bytes.chunks(3).for_each(|piece| intake.take(piece));
        intake.finish()
    }

    fn surveyed(bytes: &[u8]) -> Result<Survey, Problem> {
        survey(&mut Cursor::new(bytes), &taken(bytes)?)
    }

    #[test]
    fn the_characters_of_a_file_are_found_whatever_its_pieces_are() {
        assert_eq!(taken("编号,金额\n".as_bytes()).unwrap().encoding, Encoding::Utf8);
        let (gb18030, ..) = GB18030.encode("编号,金额,𠮷\n");
        assert_eq!(taken(&gb18030).unwrap().encoding, Encoding::Gb18030);
    }

    #[test]
    fn what_is_no_text_is_refused_with_what_it_is() {
        let (gb18030, ..) = GB18030.encode("编号,金额,行业");
        for (bytes, says) in [
            (b"".as_slice(), "empty"),
            (b"PK\x03\x04 workbook", "workbook"),
            (b"a,b\n1,\0\n", "zero bytes"),
            (&gb18030[..gb18030.len() - 1], "cut off"),
            (&[b'a', b',', 0xff, 0xff], "byte 3"),
        ] {
            let problem = taken(bytes).unwrap_err();
            assert!(problem.code == "unfit_file" && problem.detail.en.contains(says), "{says}: {}", problem.detail.en);
        }
    }

    #[test]
    fn what_stands_between_columns_is_found_outside_of_quotes() {
        for (line, delimiter) in [("a,b,c\n1", ','), ("a\tb\n1", '\t'), ("\"a,b,c,d\";e;f\n1", ';'), ("a|b\n1", '|')] {
            assert_eq!(surveyed(line.as_bytes()).unwrap().delimiter, delimiter, "{line}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let long = format!("a,b\n1,\"{}", "x".repeat(2_000_000));
        let wide = vec!["a"; 600].join(",");
        for (text, says) in [
            ("only one column\n1\n", "one column"),
            ("a,b\n", "no rows"),
            ("a,a\n1,2\n", "same name"),
            (&long, "quotation mark"),
            (&wide, "500 columns"),
        ] {
            let problem = surveyed(text.as_bytes()).unwrap_err();
            assert!(problem.detail.en.contains(says), "{says}: {}", problem.detail.en);
        }
        assert_eq!(surveyed(b"a,b,,\n1,2,,\n").unwrap().heading, ["a", "b", "", ""], "commas behind the last column");
    }

    #[test]
    fn a_file_is_cut_between_rows_and_each_row_is_found_in_its_part() {
        let row = |row: u64| format!("{row},\"line one\r\nline two\",{}\r\n", "值".repeat(100));
        let text = "no,text,more\r\n".to_owned() + &(1..=2_000).map(row).collect::<String>();
        let survey = surveyed(text.as_bytes()).unwrap();
        assert_eq!((survey.rows, survey.parts.first().unwrap().from), (2_000, 0));
        assert!(survey.parts.len() > 2);
        let whole: u64 = survey.parts.iter().map(|part| part.until - part.from).sum();
        assert_eq!(whole, text.len() as u64);
        for wanted in [1, 2, 777, 1_999, 2_000] {
            let place = survey.parts.iter().rposition(|part| part.first_row <= wanted).unwrap();
            let part = survey.parts[place];
            let bytes = &text.as_bytes()[part.from as usize..part.until as usize];
            let found = row_of(bytes, Encoding::Utf8, ',', (wanted - part.first_row) as usize, place == 0).unwrap();
            assert_eq!(found[0], wanted.to_string());
            assert_eq!(found[1], "line one\r\nline two");
        }
    }
}
