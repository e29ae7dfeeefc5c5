//! One value of a row: found by the mapping, and read as what it is to be.

use super::{
    Fault,
    mapping::{Field, Mapping, Unit},
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::value::{Day, Money, Rate};
use std::collections::BTreeMap;

/// The columns of a file by their names.
pub(super) type Columns = BTreeMap<String, usize>;

/// A value's place, once the columns of the file are known.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    field: Field,
    column: Option<usize>,
    or: Option<usize>,
}

/// A row's values with what was found wrong with them.
pub(super) struct Reading<'a> {
    pub(super) values: &'a [String],
    pub(super) faults: Vec<Fault>,
}

/// The place of a column; a mapping that names one the file does not have cannot be used.
pub(super) fn column(columns: &Columns, name: &str) -> Result<usize, Problem> {
    let missing = || Problem::invalid_mapping(&format!("no column {name:?} in the file"), Vec::new());
    columns.get(name).copied().ok_or_else(missing)
}

impl Cell {
    pub(super) fn of(field: &Field, columns: &Columns) -> Result<Self, Problem> {
        let place = |name: &Option<String>| name.as_deref().map(|name| column(columns, name)).transpose();
        if field.column.is_some() == field.constant.is_some() {
            return Err(Problem::invalid_mapping("a value has either a column or a constant", Vec::new()));
        }
        Ok(Self { column: place(&field.column)?, or: place(&field.or)?, field: field.clone() })
    }

    /// The name by which a fault names it.
    pub(super) fn name(&self) -> &str {
        self.field.column.as_deref().unwrap_or("(constant)")
    }
}

impl Reading<'_> {
    pub(super) fn fault(
        &mut self,
        column: &str,
        code: &'static str,
        message: (&'static str, &'static str),
        value: &str,
    ) {
        self.faults.push(Fault::of(column, code, message, value));
    }

    fn at(&self, place: Option<usize>) -> Option<&str> {
        place.and_then(|place| self.values.get(place)).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// What stands there, before its meaning is looked up.
    fn found(&self, cell: &Cell) -> Option<String> {
        let found = self.at(cell.column).or_else(|| self.at(cell.or)).or(cell.field.constant.as_deref())?;
        Some(match cell.field.prefix {
            Some(prefix) => found.chars().take(prefix).collect(),
            None => found.to_owned(),
        })
    }

    /// The value after its meaning was looked up; none when it is empty or unknown.
    pub(super) fn optional(&mut self, cell: &Cell) -> Option<String> {
        let found = self.found(cell)?;
        let meaning = match &cell.field.values {
            None => Some(found.clone()),
            Some(values) => values.get(&found).or(cell.field.otherwise.as_ref()).cloned(),
        };
        if meaning.is_none() {
            let message = ("映射文件未说明此值的含义。", "The mapping does not say what this value means.");
            self.fault(cell.name(), "unmapped", message, &found);
        }
        meaning.filter(|meaning| !meaning.is_empty())
    }

    /// The value; a fault when it is empty.
    pub(super) fn text(&mut self, cell: &Cell) -> Option<String> {
        let faults = self.faults.len();
        let value = self.optional(cell);
        if value.is_none() && self.faults.len() == faults {
            self.fault(cell.name(), "empty", ("此栏为空。", "There is nothing here."), "");
        }
        value
    }

    /// A text of at most so many characters, none of them a control character.
    pub(super) fn short(&mut self, cell: &Cell, longest: usize) -> Option<String> {
        let value = self.text(cell)?;
        if value.chars().count() <= longest && !value.chars().any(char::is_control) {
            return Some(value);
        }
        let message = ("过长或含控制字符。", "It is too long or holds control characters.");
        self.fault(cell.name(), "text", message, &value);
        None
    }

    /// One of the words that a column of the book knows.
    pub(super) fn word<T>(&mut self, cell: &Cell, known: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = self.text(cell)?;
        let word = known(&value);
        if word.is_none() {
            self.fault(
                cell.name(),
                "unknown_word",
                ("不是本栏可用的词。", "This column does not know the word."),
                &value,
            );
        }
        word
    }

    /// An amount, not below zero.
    pub(super) fn amount(&mut self, cell: &Cell, mapping: &Mapping) -> Option<Money> {
        let value = self.text(cell)?;
        let unit = cell.field.unit.unwrap_or(mapping.unit);
        let amount = amount_of(&value, unit);
        if amount.is_none() {
            let message = ("不是金额，或小于分的零头无法记账。", "Not an amount, or one with parts of a fen.");
            self.fault(cell.name(), "amount", message, &value);
        }
        amount
    }

    /// A day.
    pub(super) fn day(&mut self, cell: &Cell, mapping: &Mapping) -> Option<Day> {
        let value = self.text(cell)?;
        self.day_of(cell, mapping, &value)
    }

    /// A day, or none where there is nothing.
    pub(super) fn optional_day(&mut self, cell: &Cell, mapping: &Mapping) -> Option<Day> {
        let value = self.optional(cell)?;
        self.day_of(cell, mapping, &value)
    }

    fn day_of(&mut self, cell: &Cell, mapping: &Mapping, value: &str) -> Option<Day> {
        let format = cell.field.format.as_deref().unwrap_or(&mapping.day_format);
        let day = NaiveDate::parse_from_str(value, format).ok().and_then(Day::from_date);
        if day.is_none() {
            self.fault(
                cell.name(),
                "day",
                ("不是所定格式的日期。", "Not a day in the form that the mapping says."),
                value,
            );
        }
        day
    }

    /// A whole number of months.
    pub(super) fn months(&mut self, cell: &Cell) -> Option<u32> {
        let value = self.text(cell)?;
        let months = value.parse().ok();
        if months.is_none() {
            self.fault(cell.name(), "number", ("应为整月数。", "Must be a whole number of months."), &value);
        }
        months
    }
}

/// An amount in fen of a decimal in a unit, thousands separated or not; none with parts of a fen, or below zero.
pub(super) fn amount_of(text: &str, unit: Unit) -> Option<Money> {
    let places = match unit {
        Unit::Yuan => 2,
        Unit::Wan => 6,
        Unit::Fen => 0,
    };
    let plain: String = text.chars().filter(|letter| !matches!(letter, ',' | '，' | ' ')).collect();
    scaled(&plain, places).map(Money::from_fen)
}

/// A share as `0.2` or `20%`, at most ten places.
pub(super) fn share_of(text: &str) -> Option<Rate> {
    match text.strip_suffix('%') {
        Some(percent) => scaled(percent.trim(), 8),
        None => scaled(text, 10),
    }
    .map(Rate::of_weight)
}

/// A decimal with at most `places` decimals as a whole number of its last place; zeros behind them do not count.
fn scaled(decimal: &str, places: usize) -> Option<i64> {
    let (whole, decimals) = decimal.split_once('.').unwrap_or((decimal, ""));
    let decimals = if decimals.len() > places { decimals.trim_end_matches('0') } else { decimals };
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || decimals.len() > places || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<places$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_taken_to_the_fen_and_never_rounded() {
        let fen = |text: &str, unit| amount_of(text, unit).map(Money::fen);
        assert_eq!(fen("60000", Unit::Yuan), Some(6_000_000));
        assert_eq!(fen("1,234.56", Unit::Yuan), Some(123_456));
        assert_eq!(fen("1234.560", Unit::Yuan), Some(123_456));
        assert_eq!(fen("1234.567", Unit::Yuan), None);
        assert_eq!(fen("12.345678", Unit::Wan), Some(12_345_678));
        assert_eq!(fen("12.3456789", Unit::Wan), None);
        assert_eq!((fen("7", Unit::Fen), fen("7.5", Unit::Fen)), (Some(7), None));
        for wrong in ["", ".5", "-1", "1e3", "1.2.3", "九", "99999999999999999999"] {
            assert_eq!(fen(wrong, Unit::Yuan), None, "{wrong}");
        }
    }

    #[test]
    fn a_share_is_a_decimal_or_per_cent() {
        assert_eq!(share_of("0.2"), share_of("20%"));
        assert_eq!(share_of("12.5%").map(|share| share.to_string()).as_deref(), Some("0.125"));
        assert_eq!(share_of("0.00000000001"), None);
    }
}
