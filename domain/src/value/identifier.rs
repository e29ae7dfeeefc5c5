//! Identifiers of parties, and whether their check characters hold.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Day;

/// The kind of an identifier that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// 统一社会信用代码, unified social credit code (GB 32100-2015).
    Uscc,
    /// 公民身份号码, resident identity number (GB 11643).
    ResidentId,
    /// 全球法人识别编码, legal entity identifier (ISO 17442).
    Lei,
}

/// Why an identifier is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Wrong number of characters.
    #[error("{expected} characters are needed")]
    Length {
        /// The number of characters the standard asks for.
        expected: usize,
    },
    /// A character outside the standard's set (lower case and full width are outside).
    #[error("character {position} is not allowed there")]
    Character {
        /// Counted from 1.
        position: usize,
    },
    /// The birth date of a resident identity number does not exist.
    #[error("the birth date does not exist")]
    BirthDate,
    /// The birth date lies after the day of the check.
    #[error("the birth date lies after the day of the check")]
    NotYetBorn,
    /// The check character does not match.
    #[error("the check character does not match")]
    CheckCharacter,
}

impl IdentifierError {
    /// The reason in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length { expected } => format!("长度应为{expected}位"),
            Self::Character { position } => format!("第{position}位字符不符合标准（字母须大写）"),
            Self::BirthDate => "出生日期不存在".to_owned(),
            Self::NotYetBorn => "出生日期晚于核验日".to_owned(),
            Self::CheckCharacter => "校验位不符，请核对是否录入有误".to_owned(),
        }
    }
}

impl IdentifierKind {
    /// Checks characters, check character and, for a person, that the birth date exists and is not after `today`.
    pub fn check(self, value: &str, today: Day) -> Result<(), IdentifierError> {
        match self {
            Self::Uscc => check_uscc(value),
            Self::ResidentId => check_resident_id(value, today),
            Self::Lei => check_lei(value),
        }
    }
}

/// The 31 characters of GB 32100-2015, in the order of their values; no I, O, S, V, Z.
const USCC_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Weight of position i (1 to 17): 3^(i−1) mod 31.
const USCC_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const RESIDENT_WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS: [u8; 11] = *b"10X98765432";

fn weighted(values: &[usize], weights: &[usize]) -> usize {
    values.iter().zip(weights).fold(0, |sum, (value, weight)| sum.saturating_add(value.saturating_mul(*weight)))
}

fn values(text: &str, length: usize, value: impl Fn(u8) -> Option<usize>) -> Result<Vec<usize>, IdentifierError> {
    if text.chars().count() != length {
        return Err(IdentifierError::Length { expected: length });
    }
    text.chars()
        .enumerate()
        .map(|(index, character)| {
            let byte = u8::try_from(character).ok();
            byte.and_then(&value).ok_or(IdentifierError::Character { position: index.saturating_add(1) })
        })
        .collect()
}

/// GB 32100-2015: check = (31 − Σ mod 31) mod 31. Positions 1 and 2 may be letters; positions 3 to 8 are a region code.
/// The inner organisation code's own check character (position 17) is not verified.
fn check_uscc(text: &str) -> Result<(), IdentifierError> {
    let values = values(text, 18, |byte| USCC_CHARACTERS.bytes().position(|other| other == byte))?;
    let check = 31_usize.saturating_sub(weighted(&values, &USCC_WEIGHTS) % 31) % 31;
    if values.last() == Some(&check) { Ok(()) } else { Err(IdentifierError::CheckCharacter) }
}

/// GB 11643: MOD 11-2 with an upper-case X.
fn check_resident_id(text: &str, today: Day) -> Result<(), IdentifierError> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| usize::from(byte.saturating_sub(b'0')));
    let values = values(text, 18, |byte| if byte == b'X' { Some(10) } else { digit(byte) })?;
    if let Some(index) = values.iter().take(17).position(|value| *value == 10) {
        return Err(IdentifierError::Character { position: index.saturating_add(1) });
    }
    let birth = text.get(6..14).and_then(|digits| NaiveDate::parse_from_str(digits, "%Y%m%d").ok());
    let birth = birth.and_then(Day::from_date).ok_or(IdentifierError::BirthDate)?;
    if birth > today {
        return Err(IdentifierError::NotYetBorn);
    }
    let check = RESIDENT_CHECKS.get(weighted(&values, &RESIDENT_WEIGHTS) % 11);
    if text.as_bytes().last() == check { Ok(()) } else { Err(IdentifierError::CheckCharacter) }
}

/// ISO 17442: 18 characters and two check digits; letters as 10 to 35, the whole number mod 97 is 1 (ISO 7064 MOD 97-10).
fn check_lei(text: &str) -> Result<(), IdentifierError> {
    let values = values(text, 20, |byte| match byte {
        b'0'..=b'9' => Some(usize::from(byte.saturating_sub(b'0'))),
        b'A'..=b'Z' => Some(usize::from(byte.saturating_sub(b'A')).saturating_add(10)),
        _ => None,
    })?;
    if let Some(index) = values.iter().skip(18).position(|value| *value > 9) {
        return Err(IdentifierError::Character { position: index.saturating_add(19) });
    }
    let remainder = values.iter().fold(0_usize, |rest, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        rest.saturating_mul(shift).saturating_add(*value) % 97
    });
    if remainder == 1 { Ok(()) } else { Err(IdentifierError::CheckCharacter) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TODAY: Day = Day::new(2026, 11, 23);

    fn uscc(text: &str) -> Result<(), IdentifierError> {
        IdentifierKind::Uscc.check(text, TODAY)
    }

    fn resident(text: &str) -> Result<(), IdentifierError> {
        IdentifierKind::ResidentId.check(text, TODAY)
    }

    #[test]
    fn a_credit_code_is_verified_by_its_eighteenth_character() {
        assert_eq!(uscc("91350100M000100Y43"), Ok(()));
        assert_eq!(uscc("91350100M000100Y44"), Err(IdentifierError::CheckCharacter));
        assert_eq!(uscc("91350100M000100Y4"), Err(IdentifierError::Length { expected: 18 }));
        assert_eq!(uscc("91350100m000100Y43"), Err(IdentifierError::Character { position: 9 }));
        assert_eq!(uscc("9135010０M000100Y4"), Err(IdentifierError::Length { expected: 18 }));
        assert_eq!(uscc("I1350100M000100Y43"), Err(IdentifierError::Character { position: 1 }));
    }

    /// The body with its check character, worked with the standard's formula in another form (sum of powers of three).
    fn with_check(body: &str) -> String {
        let set: Vec<char> = USCC_CHARACTERS.chars().collect();
        let mut power = 1;
        let mut sum = 0;
        for character in body.chars() {
            sum += set.iter().position(|other| *other == character).unwrap() * power;
            power = power * 3 % 31;
        }
        format!("{body}{}", set[(31 - sum % 31) % 31])
    }

    #[test]
    fn letters_may_stand_in_the_first_two_places_of_a_credit_code() {
        assert_eq!(uscc(&with_check("N2350100M000100Y4")), Ok(()));
        assert_eq!(uscc(&with_check("A1350100M000100Y4")), Ok(()));
    }

    #[test]
    fn a_resident_number_needs_a_real_birth_date_not_after_the_day_of_the_check() {
        // 11010519491231002X is the standard's own specimen.
        assert_eq!(resident("11010519491231002X"), Ok(()));
        assert_eq!(resident("11010519491231002x"), Err(IdentifierError::Character { position: 18 }));
        assert_eq!(resident("110105194912310021"), Err(IdentifierError::CheckCharacter));
        assert_eq!(resident("11010519490231002X"), Err(IdentifierError::BirthDate));
        assert_eq!(resident("1101051949123100X2"), Err(IdentifierError::Character { position: 17 }));
        let born = IdentifierKind::ResidentId.check("11010519491231002X", Day::new(1949, 12, 31));
        let unborn = IdentifierKind::ResidentId.check("11010519491231002X", Day::new(1949, 12, 30));
        assert_eq!((born, unborn), (Ok(()), Err(IdentifierError::NotYetBorn)));
    }

    #[test]
    fn a_legal_entity_identifier_is_one_modulo_97() {
        assert_eq!(IdentifierKind::Lei.check("529900T8BM49AURSDO55", TODAY), Ok(()));
        assert_eq!(IdentifierKind::Lei.check("529900T8BM49AURSDO56", TODAY), Err(IdentifierError::CheckCharacter));
        let letter_check = IdentifierKind::Lei.check("529900T8BM49AURSDO5A", TODAY);
        assert_eq!(letter_check, Err(IdentifierError::Character { position: 20 }));
    }

    #[test]
    fn a_nine_among_the_check_digits_of_a_legal_entity_identifier_is_a_digit() {
        // 98 − body × 100 mod 97 has a nine.
        assert_eq!(IdentifierKind::Lei.check("529900T8BM49AUR00529", TODAY), Ok(()));
    }

    #[test]
    fn every_reason_is_said_in_chinese_too() {
        assert_eq!(IdentifierError::Length { expected: 18 }.zh(), "长度应为18位");
        assert!(IdentifierError::Character { position: 3 }.zh().starts_with("第3位"));
        for error in [IdentifierError::BirthDate, IdentifierError::NotYetBorn, IdentifierError::CheckCharacter] {
            assert!(!error.zh().is_empty() && !error.zh().is_ascii(), "{error:?}");
        }
    }

    proptest! {
        #[test]
        fn one_changed_character_never_passes(place in 0_usize..17, other in 0_usize..31) {
            let code = "91350100M000100Y43";
            let replacement = USCC_CHARACTERS.as_bytes()[other];
            prop_assume!(code.as_bytes()[place] != replacement);
            let mut bytes = code.as_bytes().to_vec();
            bytes[place] = replacement;
            // 31 is prime and no weight is a multiple of it: every single error is found.
            prop_assert_eq!(uscc(std::str::from_utf8(&bytes).unwrap()), Err(IdentifierError::CheckCharacter));
        }

        #[test]
        fn no_text_makes_a_check_panic(text in "\\PC{0,24}") {
            for kind in [IdentifierKind::Uscc, IdentifierKind::ResidentId, IdentifierKind::Lei] {
                let _ = kind.check(&text, TODAY);
            }
        }
    }
}
