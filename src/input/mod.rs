//! Reading JSON from people and programs: one problem that names the field, in both languages, never a library's own words.

mod strict;

use crate::error::{FieldError, Problem, Text};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use strict::Strict;

/// Reads a document of type `T`; refuses with status 400 what is no JSON, has unknown, missing or repeated fields, or
/// values of the wrong form.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(Strict(&mut deserializer))
        .map_err(|error| unreadable(vec![explain(place(&error.path().to_string()), error.inner())]))?;
    deserializer.end().map_err(|error| unreadable(vec![explain(String::new(), &error)]))?;
    Ok(value)
}

/// The problem for a query that is not as described (400): serde's message, after the parameter's name where it knows one.
pub fn unreadable_query(message: &str) -> Problem {
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let (name, message) = message.split_once(": ").filter(|(name, _)| is_name(name)).unwrap_or(("", message));
    unreadable(vec![explain_message(shortened(name), message)])
}

/// The longest a name of the input's own is repeated, in characters.
const LONGEST_NAME: usize = 100;

/// A field's path as it is said: without what could not be read any more, and no longer than a reader needs.
fn place(path: &str) -> String {
    let known = path.split('.').filter(|part| !part.is_empty() && *part != "?");
    shortened(&known.collect::<Vec<_>>().join("."))
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

/// The problem for input that cannot be read (400).
fn unreadable(errors: Vec<FieldError>) -> Problem {
    refused(StatusCode::BAD_REQUEST, errors)
}

/// The problem for input that can be read and makes no sense (422); names every field at fault.
pub fn invalid(errors: Vec<FieldError>) -> Problem {
    refused(StatusCode::UNPROCESSABLE_ENTITY, errors)
}

fn refused(status: StatusCode, errors: Vec<FieldError>) -> Problem {
    let (zh, en) = errors.first().map_or((Cow::from("输入有误。"), Cow::from("The input is wrong.")), |first| {
        let more = errors.len().saturating_sub(1);
        let place = if first.field.is_empty() { String::new() } else { format!("{}：", first.field) };
        let place_en = if first.field.is_empty() { String::new() } else { format!("{}: ", first.field) };
        let (rest, rest_en) = if more == 0 {
            (String::new(), String::new())
        } else {
            (format!("（另有{more}处）"), format!(" (and {more} more)"))
        };
        (format!("{place}{}{rest}", first.message.zh).into(), format!("{place_en}{}{rest_en}", first.message.en).into())
    });
    Problem {
        errors, ..Problem::new(status, "invalid_input", Text::new("输入有误", "Invalid input"), Text { zh, en })
    }
}

/// What is wrong with one field.
pub fn field(
    field: impl Into<Cow<'static, str>>,
    code: &'static str,
    zh: impl Into<Cow<'static, str>>,
    en: impl Into<Cow<'static, str>>,
) -> FieldError {
    FieldError { field: field.into(), code, message: Text::new(zh, en) }
}

/// A reason a value's own reader gives: it travels through serde as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The stable code.
    pub code: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

macro_rules! reasons {
    ($($name:ident, $code:literal, $zh:literal, $en:literal;)*) => {
        impl Reason {
            $(#[doc = $en] pub const $name: Self = Self { code: $code, zh: $zh, en: $en };)*
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it says.
            pub fn text(self) -> Text {
                Text::new(self.zh, self.en)
            }
        }
    };
}

reasons! {
    MONEY_MALFORMED, "money_malformed",
        "金额应为以元为单位的十进制字符串，如\"1234.56\"，不带千分位、指数和正号。",
        "An amount is a decimal string in yuan, such as \"1234.56\", without separators, exponent or plus sign.";
    MONEY_THIRD_DECIMAL, "money_third_decimal",
        "金额最多两位小数：分是最小单位，不作舍入。", "An amount has at most two decimals: nothing is rounded.";
    MONEY_OUT_OF_RANGE, "money_out_of_range",
        "金额超出可记录的范围（92233720368547758.07元）。", "The amount is beyond what can be kept (92233720368547758.07 yuan).";
    MONEY_NEGATIVE, "money_negative", "此处金额不得为负，也不带负号。", "The amount may not be negative here, nor carry a sign.";
    MONEY_NOT_POSITIVE, "money_not_positive", "此处金额必须大于零。", "The amount must be above zero here.";
    RATE_MALFORMED, "rate_malformed",
        "比率应为不带符号的十进制字符串，如\"0.01\"表示1%。", "A rate is a decimal string without sign, such as \"0.01\" for one per cent.";
    RATE_ELEVENTH_DECIMAL, "rate_eleventh_decimal", "比率最多十位小数。", "A rate has at most ten decimals.";
    RATE_OUT_OF_RANGE, "rate_out_of_range", "比率超出可记录的范围。", "The rate is beyond what can be kept.";
    SHARE_ABOVE_ONE, "share_above_one", "比例应在0与1之间。", "A share is between 0 and 1.";
    DAY_MALFORMED, "day_malformed", "日期应写作YYYY-MM-DD，如\"2024-01-31\"。", "A day is written YYYY-MM-DD, such as \"2024-01-31\".";
    NO_SUCH_DAY, "no_such_day", "日历上没有这一天。", "The calendar has no such day.";
    NIL_ID, "nil_id", "编号不得全为零。", "An id is not all zeros.";
    TEXT_EMPTY, "text_empty", "不得为空。", "It may not be empty.";
}

/// The word between the first pair of backticks in a message of serde's.
fn quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

fn inside(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

/// Says in our words what serde found in JSON.
fn explain(path: String, error: &serde_json::Error) -> FieldError {
    if error.is_data() {
        return explain_message(path, &error.to_string());
    }
    let (line, column) = (error.line(), error.column());
    field(
        path,
        "malformed_json",
        format!("不是合法的JSON（第{line}行第{column}列）。"),
        format!("This is not valid JSON (line {line}, column {column})."),
    )
}

/// Says in our words what serde found.
fn explain_message(path: String, message: &str) -> FieldError {
    let is = |start: &str| message.starts_with(start);
    let code_of = |reason: &&Reason| {
        is(reason.code) && !message.as_bytes().get(reason.code.len()).is_some_and(u8::is_ascii_lowercase)
    };
    if let Some(reason) = Reason::ALL.iter().filter(code_of).max_by_key(|reason| reason.code.len()) {
        return field(path, reason.code, reason.zh, reason.en);
    }
    let name = shortened(quoted(message));
    if is("missing field") {
        return field(inside(&path, &name), "missing_field", "缺少此项。", "This field is missing.");
    }
    if is("unknown field") {
        let path = if path == name || path.ends_with(&format!(".{name}")) { path } else { inside(&path, &name) };
        return field(path, "unknown_field", "没有此项，请核对名称。", "There is no such field: check its name.");
    }
    if is("duplicate field") {
        let path = if path == name || path.ends_with(&format!(".{name}")) { path } else { inside(&path, &name) };
        return field(path, "duplicate_field", "此项出现了两次。", "This field is given twice.");
    }
    if is("unknown variant") {
        let allowed =
            message.split("expected ").nth(1).and_then(|rest| rest.split(" at line").next()).unwrap_or_default();
        let allowed = allowed.replace('`', "");
        let names = allowed.trim_start_matches("one of ").to_owned();
        return field(
            path,
            "unknown_value",
            format!("没有“{name}”；可用：{names}。"),
            format!("There is no “{name}”; known are {names}."),
        );
    }
    let (zh, en) = form_of(message);
    field(
        path,
        "wrong_type",
        format!("值的类型不对，应为{zh}。"),
        format!("The value is of the wrong type: it is {en}."),
    )
}

/// What was expected, in words that name none of our types.
fn form_of(message: &str) -> (&'static str, &'static str) {
    let expected = message.split("expected ").nth(1).unwrap_or_default();
    match expected.split([' ', ',']).next().unwrap_or_default() {
        "struct" => ("对象{…}", "an object {…}"),
        "u8" | "u16" | "u32" | "u64" | "usize" => {
            ("不带引号的非负整数", "a whole number, not negative, without quotes")
        }
        "i8" | "i16" | "i32" | "i64" => ("不带引号的整数", "a whole number without quotes"),
        "a" if expected.starts_with("a string") => ("字符串\"…\"", "a string \"…\""),
        "a" if expected.starts_with("a boolean") => ("true或false", "true or false"),
        "a" if expected.starts_with("a sequence") => ("数组[…]", "an array […]"),
        _ => ("另一种形式，请对照接口说明", "of another form: see the interface"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading is tested")]
    struct Outer {
        name: String,
        items: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading is tested")]
    struct Inner {
        count: u32,
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        First,
        Second,
    }

    fn found(json: &str) -> (String, &'static str) {
        let problem = read::<Outer>(json.as_bytes()).unwrap_err();
        assert_eq!(problem.status, StatusCode::BAD_REQUEST);
        let error = &problem.errors[0];
        assert!(!error.message.zh.is_ascii() && !error.message.en.is_empty());
        (error.field.to_string(), error.code)
    }

    #[test]
    fn every_refusal_names_the_field_and_has_a_stable_code() {
        for (json, field, code) in [
            (r#"{"name": "a"}"#, "items", "missing_field"),
            (r#"{"name": "a", "items": [{"count": 1}]}"#, "items[0].kind", "missing_field"),
            (r#"{"name": "a", "items": [], "more": 1}"#, "more", "unknown_field"),
            (r#"{"name": "a", "items": [{"count": 1, "kind": "first", "x": 2}]}"#, "items[0].x", "unknown_field"),
            (r#"{"name": "a", "name": "b", "items": []}"#, "name", "duplicate_field"),
            (r#"{"name": 5, "items": []}"#, "name", "wrong_type"),
            (r#"{"name": "a", "items": [{"count": -1, "kind": "first"}]}"#, "items[0].count", "wrong_type"),
            (r#"{"name": "a", "items": [{"count": 1, "kind": "third"}]}"#, "items[0].kind", "unknown_value"),
            (r#"{"name": "a", "items": []} x"#, "", "malformed_json"),
            (r#"{"name": "a", "items": ["#, "items", "malformed_json"),
            ("{", "", "malformed_json"),
            ("", "", "malformed_json"),
            ("[]", "", "wrong_type"),
            ("\u{0}\u{1}garbage", "", "malformed_json"),
        ] {
            let (found_field, found_code) = found(json);
            assert_eq!(found_code, code, "{json}");
            assert!(found_field.starts_with(field), "{json}: {found_field}");
        }
    }

    #[test]
    fn a_place_that_cannot_be_read_is_not_named_and_a_long_name_is_cut() {
        assert_eq!(found("{").0, "");
        assert_eq!(found(r#"{"name": "a", "items": [{"count": 1, "#).0, "items[0]");
        let long = format!(r#"{{"{}": 1}}"#, "a".repeat(100_000));
        let problem = read::<Outer>(long.as_bytes()).unwrap_err();
        assert!(problem.line().len() < 2_000, "{}", problem.line().len());
        assert!(problem.errors[0].field.ends_with('…'));
    }

    #[test]
    fn an_array_is_no_object_and_an_object_is_no_word() {
        for (json, field) in [
            (r#"["a", []]"#, ""),
            (r#"{"name": "a", "items": [[1, "first"]]}"#, "items[0]"),
            (r#"{"name": "a", "items": [{"count": 1, "kind": {"first": null}}]}"#, "items[0].kind"),
        ] {
            assert_eq!(found(json), (field.to_owned(), "wrong_type"), "{json}");
        }
        let right = br#"{"name": "a", "items": [{"count": 1, "kind": "second"}]}"#;
        assert_eq!(read::<Outer>(right).unwrap().items.len(), 1);
    }

    #[test]
    fn a_refusal_names_no_type_of_the_program() {
        for json in
            ["[]", r#"{"name": 5}"#, r#"{"name": "a", "items": 5}"#, r#"{"name": "a", "items": [{"count": "1"}]}"#]
        {
            let problem = read::<Outer>(json.as_bytes()).unwrap_err();
            let message = &problem.errors[0].message;
            for word in ["struct", "Outer", "Inner", "u32", "sequence"] {
                assert!(!message.zh.contains(word) && !message.en.contains(word), "{json}: {}", message.en);
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(read::<Outer>(&[0xff, 0xfe, 0x00]).is_err());
    }
}
