//! Whether plain fields are as the schema has them; every fault is named, not the first alone.

use std::borrow::Cow;

use crate::{
    error::{FieldError, Problem},
    input,
};

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// A text of at most `longest` characters that says something and hides nothing.
    pub fn text(self, field: &'static str, text: &str, longest: usize) -> Self {
        self.text_at(field, text, longest)
    }

    /// The same of a place in a list.
    pub fn text_at(mut self, field: impl Into<Cow<'static, str>>, text: &str, longest: usize) -> Self {
        let fits = (1..=longest).contains(&text.chars().count());
        if !fits || text.trim() != text || text.chars().any(char::is_control) {
            self.0.push(input::field(
                field,
                "text",
                format!("应为 1 至 {longest} 个字符，首尾无空格，不含控制字符。"),
                format!("Must be 1 to {longest} characters without spaces at the ends or control characters."),
            ));
        }
        self
    }

    /// What is searched for: at most 50 characters, which hide nothing.
    pub fn search(self, field: &'static str, text: &str) -> Self {
        let plain = text.chars().count() <= 50 && !text.chars().any(char::is_control);
        self.that(plain, || {
            input::field(field, "text", "最多50个字符，不含控制字符。", "At most 50 characters, no control characters.")
        })
    }

    /// A name to log in with: an institution's code, or a user's name, which may hold dots and underscores.
    pub fn login_name(mut self, field: &'static str, name: &str, more: &[char]) -> Self {
        if !is_login_name(name, more) {
            self.0.push(input::field(
                field,
                "login_name",
                "应为 2 至 32 个小写字母、数字或连字符，以字母或数字开头；用户名还可含点和下划线。",
                "Must be 2 to 32 lower-case letters, digits or hyphens, a letter or digit first; a user's name may hold dots and underscores.",
            ));
        }
        self
    }

    /// A region of GB/T 2260.
    pub fn region(mut self, field: &'static str, code: &str) -> Self {
        if code.len() != 6 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            self.0.push(input::field(
                field,
                "region",
                "应为六位行政区划代码。",
                "Must be a region code of six digits.",
            ));
        }
        self
    }

    /// A section or division of GB/T 4754.
    pub fn industry(mut self, field: &'static str, code: &str) -> Self {
        let division = code.len() == 2 && code.bytes().all(|digit| digit.is_ascii_digit());
        let section = code.len() == 1 && code.bytes().all(|letter| (b'A'..=b'T').contains(&letter));
        if !(division || section) {
            self.0.push(input::field(
                field,
                "industry",
                "应为行业门类字母或两位大类代码。",
                "Must be the letter of a section or the two digits of a division.",
            ));
        }
        self
    }

    /// A code of lower-case letters, digits and hyphens, as a product has.
    pub fn product_code(mut self, field: &'static str, code: &str) -> Self {
        if !is_login_name(code, CODE) {
            self.0.push(input::field(
                field,
                "product_code",
                "应为 2 至 32 个小写字母、数字或连字符，以字母或数字开头。",
                "Must be 2 to 32 lower-case letters, digits or hyphens, a letter or digit first.",
            ));
        }
        self
    }

    /// A code of upper-case letters and digits, as a bank or a branch has.
    pub fn bank_code(mut self, field: &'static str, code: &str) -> Self {
        let letter = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit();
        if !(2..=20).contains(&code.len()) || !code.bytes().all(letter) {
            self.0.push(input::field(
                field,
                "bank_code",
                "应为 2 至 20 位大写字母或数字。",
                "Must be 2 to 20 upper-case letters or digits.",
            ));
        }
        self
    }

    /// Days of which the end, if there is one, lies after the first.
    pub fn term<D: PartialOrd>(self, from: D, until: Option<D>) -> Self {
        self.that(until.is_none_or(|until| from < until), ends_too_early)
    }

    /// Anything else that must hold.
    pub fn that(mut self, holds: bool, fault: impl FnOnce() -> FieldError) -> Self {
        if !holds {
            self.0.push(fault());
        }
        self
    }

    /// Faults that were found elsewhere.
    pub fn and(mut self, faults: impl IntoIterator<Item = FieldError>) -> Self {
        self.0.extend(faults);
        self
    }

    /// Nothing when all is well; 422 with every fault otherwise.
    pub fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(input::invalid(self.0)) }
    }
}

/// The fault of a term that ends before it begins.
pub fn ends_too_early() -> FieldError {
    input::field("until", "empty_term", "终止日应晚于起始日。", "The end lies after the first day.")
}

/// Whether a text can be a name to log in with: what cannot is nobody's.
pub fn is_login_name(name: &str, more: &[char]) -> bool {
    let letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    (2..=32).contains(&name.len())
        && name.starts_with(letter)
        && name.chars().all(|each| letter(each) || each == '-' || more.contains(&each))
}

/// What a user's name may hold besides letters, digits and hyphens.
pub const USER_NAME: &[char] = &['.', '_'];

/// An institution's code holds nothing else.
pub const CODE: &[char] = &[];

#[cfg(test)]
mod tests {
    use super::{CODE, Check, USER_NAME};

    #[test]
    fn every_fault_is_named_at_once() {
        let problem =
            Check::default().text("name", " ", 10).region("region_code", "33").login_name("code", "A", CODE).done();
        let fields: Vec<String> = problem.unwrap_err().errors.iter().map(|error| error.field.to_string()).collect();
        assert_eq!(fields, ["name", "region_code", "code"]);
    }

    #[test]
    fn what_could_break_a_log_line_or_a_row_is_no_text() {
        for bad in ["", "a\0b", "a\nb", "a\u{1b}[31m", " a", "a ", "12345678901"] {
            assert!(Check::default().text("name", bad, 10).done().is_err(), "{bad:?}");
        }
        assert!(Check::default().text("name", "某某 担保", 10).done().is_ok());
    }

    #[test]
    fn a_login_name_is_short_plain_and_lower_case() {
        for bad in ["", "a", "-a", "Ab", "a b", "a\0", "张三", "a.b", &"a".repeat(33)] {
            assert!(Check::default().login_name("code", bad, CODE).done().is_err(), "{bad:?}");
        }
        assert!(Check::default().login_name("name", "li.si_2", USER_NAME).done().is_ok());
    }
}
