//! What a mapping cannot mean, and what it asks of a file's columns: everything at once.

use super::{
    field::{amount_of, share_of},
    mapping::{Field, Mapping, ShareMap, SharesMap, Unit},
};
use crate::{
    error::FieldError,
    input,
    store::{
        contract::{ContractKind, Purpose},
        party::PartyKind,
    },
};
use chrono::{
    NaiveDate,
    format::{Item, StrftimeItems},
};
use domain::{client::ClientKind, size};
use std::fmt::Write as _;

/// What a value of a field is to be.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Amount,
    Day,
    Months,
    Flag,
    Contract,
    Purpose,
    LegalForm,
    Client,
    Region,
    Industry,
}

/// Every field that a mapping states, with its place and what it is to be.
fn fields(mapping: &Mapping) -> Vec<(&'static str, &Field, Kind)> {
    let Mapping { contract, client, released, charged_off, .. } = mapping;
    let maybe = [
        ("contract.number", Some(&contract.number), Kind::Text),
        ("contract.kind", contract.kind.as_ref(), Kind::Contract),
        ("contract.amount", Some(&contract.amount), Kind::Amount),
        ("contract.principal", contract.principal.as_ref(), Kind::Amount),
        ("contract.credit_line", contract.credit_line.as_ref(), Kind::Amount),
        ("contract.operating_loan", contract.operating_loan.as_ref(), Kind::Flag),
        ("contract.purpose", contract.purpose.as_ref(), Kind::Purpose),
        ("contract.fee", contract.fee.as_ref(), Kind::Amount),
        ("contract.loan_number", contract.loan_number.as_ref(), Kind::Text),
        ("contract.agreement", contract.agreement.as_ref(), Kind::Text),
        ("contract.start", Some(&contract.start), Kind::Day),
        ("contract.end", contract.end.as_ref(), Kind::Day),
        ("contract.months", contract.months.as_ref(), Kind::Months),
        ("client.name", Some(&client.name), Kind::Text),
        ("client.legal_form", Some(&client.legal_form), Kind::LegalForm),
        ("client.kind", Some(&client.kind), Kind::Client),
        ("client.region", Some(&client.region), Kind::Region),
        ("client.industry", Some(&client.industry), Kind::Industry),
        ("released.on", released.as_ref().and_then(|released| released.on.as_ref()), Kind::Day),
        ("charged_off.amount", charged_off.as_ref().map(|charged_off| &charged_off.amount), Kind::Amount),
        ("charged_off.on", charged_off.as_ref().map(|charged_off| &charged_off.on), Kind::Day),
    ];
    maybe.into_iter().filter_map(|(place, field, kind)| Some((place, field?, kind))).collect()
}

/// Every share that a mapping states, with its place.
fn shares(mapping: &Mapping) -> impl Iterator<Item = (&'static str, &ShareMap)> {
    let places = [
        "shares.bank",
        "shares.institution",
        "shares.provincial",
        "shares.national",
        "shares.local_finance",
        "shares.other",
    ];
    let all = mapping.shares.as_ref().map(SharesMap::all).unwrap_or_default();
    places.into_iter().zip(all).filter_map(|(place, share)| Some((place, share?)))
}

/// Whether days are written and read in this form.
fn is_day_format(format: &str) -> bool {
    if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
        return false;
    }
    let (mut written, day) = (String::new(), NaiveDate::from_ymd_opt(2024, 2, 29).unwrap_or_default());
    // A form that asks for the time of the day cannot be written, one without a year cannot be read.
    write!(written, "{}", day.format(format)).is_ok() && NaiveDate::parse_from_str(&written, format).is_ok()
}

/// Whether a value that the mapping states is what its field is to be; an empty one means that it is unknown.
fn fits(value: &str, kind: Kind, format: &str, unit: Unit) -> bool {
    match kind {
        _ if value.is_empty() => true,
        Kind::Text => value.chars().count() <= 200 && !value.chars().any(char::is_control),
        Kind::Amount => amount_of(value, unit).is_some(),
        Kind::Day => NaiveDate::parse_from_str(value, format).is_ok(),
        Kind::Months => value.parse::<u32>().is_ok(),
        Kind::Flag => value.parse::<bool>().is_ok(),
        Kind::Contract => value.parse::<ContractKind>().is_ok(),
        Kind::Purpose => value.parse::<Purpose>().is_ok(),
        Kind::LegalForm => value.parse::<PartyKind>().is_ok(),
        Kind::Client => serde_json::from_value::<ClientKind>(value.into()).is_ok(),
        Kind::Region => value.len() == 6 && value.bytes().all(|digit| digit.is_ascii_digit()),
        Kind::Industry => size::is_gb4754(value),
    }
}

/// What one field cannot mean.
fn field_faults(mapping: &Mapping, place: &str, field: &Field, kind: Kind) -> Vec<FieldError> {
    let mut found = Vec::new();
    if field.column.is_some() == field.constant.is_some() {
        let (zh, en) = ("应填写列名或固定值，且只填一项。", "A value has either a column or a constant.");
        found.push(input::field(place.to_owned(), "one_of_two", zh, en));
    }
    if field.or.is_some() && field.column.is_none() {
        let (zh, en) = ("有备用列而无首选列。", "There is a column to fall back on and no first one.");
        found.push(input::field(format!("{place}.or"), "incomplete", zh, en));
    }
    if field.prefix == Some(0) {
        let (zh, en) = ("至少取一个字符。", "At least one character counts.");
        found.push(input::field(format!("{place}.prefix"), "range", zh, en));
    }
    let format = field.format.as_deref().unwrap_or(&mapping.day_format);
    if field.format.is_some() && !is_day_format(format) {
        found.push(no_day_format(format!("{place}.format")));
    }
    let meanings = field.values.iter().flatten().map(|(value, meaning)| (format!("{place}.values.{value}"), meaning));
    let otherwise = field.otherwise.iter().map(|meaning| (format!("{place}.otherwise"), meaning));
    // A constant is looked up like a value of a column.
    let constant = field.constant.iter().filter(|_| field.values.is_none());
    let constant = constant.map(|constant| (format!("{place}.constant"), constant));
    for (place, meaning) in constant.chain(meanings).chain(otherwise) {
        if !fits(meaning, kind, format, field.unit.unwrap_or(mapping.unit)) {
            let (zh, en) =
                (format!("“{meaning}”不是此项可用的值。"), format!("{meaning:?} is no value of this field."));
            found.push(input::field(place, "unknown_value", zh, en));
        }
    }
    found
}

fn no_day_format(place: String) -> FieldError {
    let (zh, en) = ("不是日期的格式，例如 %Y-%m-%d。", "It is no form of a day, such as %Y-%m-%d.");
    input::field(place, "day_format", zh, en)
}

/// What the shares cannot mean.
fn share_faults(mapping: &Mapping) -> Vec<FieldError> {
    let mut found = Vec::new();
    if shares(mapping).next().is_none() && (mapping.shares.is_some() || mapping.contract.agreement.is_none()) {
        let (zh, en) = ("至少一方分担风险。", "Somebody bears the risk.");
        found.push(input::field("shares", "empty", zh, en));
    }
    if shares(mapping).filter(|(_, share)| share.rest).count() > 1 {
        found.push(input::field("shares", "repeated", "只能有一方承担其余。", "Only one can be the rest."));
    }
    for (place, share) in shares(mapping) {
        let forms = [share.column.is_some(), share.constant.is_some(), share.one_minus_ratio.is_some(), share.rest];
        if forms.into_iter().filter(|given| *given).count() != 1 {
            let (zh, en) = ("应填写且只填写一种取法。", "Each has exactly one form.");
            found.push(input::field(place, "one_form", zh, en));
        }
        if share.constant.as_deref().is_some_and(|constant| share_of(constant).is_none()) {
            let (zh, en) = ("应为如 0.2 或 20% 的比例。", "A share is like 0.2 or 20%.");
            found.push(input::field(format!("{place}.constant"), "unknown_value", zh, en));
        }
    }
    found
}

/// Everything that a mapping cannot mean.
pub(super) fn faults(mapping: &Mapping) -> Vec<FieldError> {
    let contract = &mapping.contract;
    let mut found = Vec::new();
    let between = mapping.delimiter;
    if !between.is_ascii() || matches!(between, '"' | '\r' | '\n' | '\0') {
        found.push(input::field("delimiter", "range", "应为一个 ASCII 字符。", "It is one ASCII character."));
    }
    if !is_day_format(&mapping.day_format) {
        found.push(no_day_format("day_format".to_owned()));
    }
    for (place, field, kind) in fields(mapping) {
        found.extend(field_faults(mapping, place, field, kind));
    }
    if contract.end.is_some() == contract.months.is_some() {
        let (zh, en) = ("到期日与期限应填且只填一项。", "It has either end or months.");
        found.push(input::field("contract.end", "one_of_two", zh, en));
    }
    if mapping.client.identifier.columns.is_empty() {
        let (zh, en) = ("至少要有一列。", "There must be at least one column.");
        found.push(input::field("client.identifier.columns", "empty", zh, en));
    }
    if contract.tags.iter().any(|tag| tag.split_whitespace().count() != 1 || tag.chars().any(char::is_control)) {
        found.push(input::field("contract.tags", "tag", "每个标签为一个词。", "Each is one word."));
    }
    if mapping.released.as_ref().is_some_and(|released| released.values.is_empty()) {
        let (zh, en) = ("至少要有一个表示已解保的值。", "At least one value says that it has ended.");
        found.push(input::field("released.values", "empty", zh, en));
    }
    found.extend(share_faults(mapping));
    found
}

/// Every column that the mapping names, with the place where it does.
fn columns(mapping: &Mapping) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    for (place, field, _) in fields(mapping) {
        found.extend(field.column.as_deref().map(|column| (format!("{place}.column"), column)));
        found.extend(field.or.as_deref().map(|column| (format!("{place}.or"), column)));
    }
    for (place, share) in shares(mapping) {
        found.extend(share.column.as_deref().map(|column| (format!("{place}.column"), column)));
        let both = share.one_minus_ratio.iter().flatten();
        found.extend(both.map(|column| (format!("{place}.one_minus_ratio"), column.as_str())));
    }
    let identifier = mapping.client.identifier.columns.iter();
    found.extend(identifier.map(|column| ("client.identifier.columns".to_owned(), column.as_str())));
    found.extend(mapping.released.iter().map(|released| ("released.column".to_owned(), released.column.as_str())));
    found
}

/// Every column that the mapping names and a file of this heading does not have.
pub(super) fn missing_columns(mapping: &Mapping, heading: &[String]) -> Vec<FieldError> {
    let missing = columns(mapping).into_iter().filter(|(_, column)| !heading.iter().any(|name| name == column));
    let fault = |(place, column): (String, &str)| {
        let (zh, en) = (format!("文件中没有“{column}”这一列。"), format!("The file has no column {column:?}."));
        input::field(place, "no_such_column", zh, en)
    };
    missing.map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEDGER: &str = include_str!("../../examples/mappings/ledger.toml");

    fn faults_of(changes: &[(&str, &str)]) -> Vec<(String, &'static str)> {
        let changed = changes.iter().fold(LEDGER.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        let mapping: Mapping = toml::from_str(&changed).unwrap();
        faults(&mapping).into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
    }

    #[test]
    fn everything_that_cannot_be_meant_is_said_at_once() {
        assert_eq!(faults_of(&[]), []);
        let found = faults_of(&[
            ("day_format = \"%Y/%m/%d\"", "day_format = \"%Y/%m/%d %H\""),
            ("number = { column = \"合同编号\" }", "number = { column = \"合同编号\", constant = \"1\" }"),
            ("\"小微企业\" = \"small_micro_enterprise\"", "\"小微企业\" = \"small\""),
            ("tags = [\"旧台账\"]", "tags = [\"旧 台账\"]"),
            ("bank = { column = \"银行分担比例\" }", "bank = { constant = \"一半\", rest = true }"),
            ("values = [\"已解保\"]", "values = []"),
        ]);
        let expected = [
            ("day_format", "day_format"),
            ("contract.number", "one_of_two"),
            ("client.kind.values.小微企业", "unknown_value"),
            ("contract.tags", "tag"),
            ("released.values", "empty"),
            ("shares", "repeated"),
            ("shares.bank", "one_form"),
            ("shares.bank.constant", "unknown_value"),
        ];
        assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn a_form_of_days_has_a_year_a_month_and_a_day_and_nothing_of_the_clock() {
        for right in ["%Y-%m-%d", "%d-%b-%y", "%Y年%m月%d日", "%Y%m%d", "%D"] {
            assert!(is_day_format(right), "{right}");
        }
        for wrong in ["", "%", "%Q", "%Y-%m", "%H:%M", "%Y-%m-%d %H:%M", "plain"] {
            assert!(!is_day_format(wrong), "{wrong}");
        }
    }

    #[test]
    fn every_column_that_is_not_there_is_named_with_its_place() {
        let mapping: Mapping = toml::from_str(LEDGER).unwrap();
        let heading = "合同编号,客户名称,主体类型,统一社会信用代码,客户类型,地区,行业大类,担保金额（万元）,贷款本金（万元）,担保费（元）,\
            起始日,到期日,状态,解保日,银行分担比例,核销本金（元）,核销日";
        let heading: Vec<String> = heading.split(',').map(|name| name.trim().to_owned()).collect();
        assert!(missing_columns(&mapping, &heading).is_empty());
        let missing = missing_columns(&mapping, &heading[2..]);
        let places: Vec<&str> = missing.iter().map(|fault| fault.field.as_ref()).collect();
        assert_eq!(places, ["contract.number.column", "client.name.column"]);
    }

    #[test]
    fn a_mapping_read_back_from_its_text_is_the_same() {
        let mapping = Mapping::read(LEDGER).unwrap();
        let text = mapping.text().unwrap();
        assert_eq!(Mapping::read(&text).unwrap().text().unwrap(), text);
        assert!(!text.contains("null"), "{text}");
    }

    #[test]
    fn a_mapping_taken_home_as_a_file_reads_as_it_was() {
        for written in [LEDGER, include_str!("../../examples/mappings/sba-7a.toml")] {
            let mapping = Mapping::read(written).unwrap();
            let file = mapping.file().unwrap();
            assert_eq!(Mapping::read(&file).unwrap().text().unwrap(), mapping.text().unwrap(), "{file}");
        }
    }
}
