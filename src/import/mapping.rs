//! A mapping: which column says what, in which unit and form. TOML from a file, JSON from the interface; every word that is not known is
//! refused.

use super::mapping_check;
use crate::{
    error::{FieldError, Problem},
    input::{self, Reason},
    store::party_identifier::IdentifierScheme,
};
use domain::value::{Day, DayError};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How the rows of a file are read.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportMapping)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The file's characters.
    #[serde(default)]
    pub encoding: Encoding,
    /// The character between two columns.
    #[serde(default = "comma")]
    #[schema(value_type = String, default = ",", min_length = 1, max_length = 1)]
    pub delimiter: char,
    /// The unit of every amount that names none.
    #[serde(default)]
    pub unit: Unit,
    /// The form of every day that names none, as `%Y-%m-%d`.
    #[serde(default = "iso")]
    #[schema(default = "%Y-%m-%d", max_length = 50)]
    pub day_format: String,
    /// The day whose state the file tells; nothing in it lies later.
    #[serde(deserialize_with = "day")]
    #[schema(value_type = String, format = Date, example = "2023-12-31")]
    pub as_of: Day,
    /// The contract.
    pub contract: ContractMap,
    /// The client.
    pub client: ClientMap,
    /// Who bears how much; the terms of the agreement say it without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<SharesMap>,
    /// How it is known that a contract has ended; every one is in force without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<ReleasedMap>,
    /// What was charged off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charged_off: Option<ChargedOffMap>,
}

fn comma() -> char {
    ','
}

/// A day, with a reason that says what one looks like.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(|error| {
        let reason = match error {
            DayError::Malformed => Reason::DAY_MALFORMED,
            DayError::NoSuchDay => Reason::NO_SUCH_DAY,
        };
        D::Error::custom(format!("{reason}: {}", reason.text().en))
    })
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

/// The characters of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportEncoding)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8, with or without a mark at the beginning.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// GB 18030, which reads GBK and GB 2312 too.
    Gb18030,
}

/// The unit of an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportUnit)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// 元。
    #[default]
    Yuan,
    /// 万元。
    Wan,
    /// 分。
    Fen,
}

/// Where a value stands: in a column, in another one when that is empty, or in the mapping itself.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportField)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The column that is read when the first is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub or: Option<String>,
    /// The value itself, the same for every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Only so many characters of the beginning count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<usize>,
    /// What each value means; an empty one means that it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<BTreeMap<String, String>>,
    /// What a value means that `values` does not name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// The unit of an amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The form of a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

/// The contract.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportContractMap)]
#[serde(deny_unknown_fields)]
pub struct ContractMap {
    /// Its number: by it the row is known again.
    pub number: Field,
    /// 担保品种; a loan without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Field>,
    /// The guaranteed amount.
    pub amount: Field,
    /// The loan's principal; the guaranteed amount without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<Field>,
    /// The client's credit line at the bank; the principal without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_line: Option<Field>,
    /// `true` or `false`; not without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operating_loan: Option<Field>,
    /// 资金用途; other without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Field>,
    /// The fee for the whole term; unknown without, and so are other charges.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Field>,
    /// The loan contract's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_number: Option<Field>,
    /// The number of the agreement it was made under, which the book knows; none where it is empty, and without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Field>,
    /// The first day.
    pub start: Field,
    /// The day after the last; either this or the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Field>,
    /// The term in months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<Field>,
    /// Tags for every contract, each one word.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// The client.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportClientMap)]
#[serde(deny_unknown_fields)]
pub struct ClientMap {
    /// Its name.
    pub name: Field,
    /// 主体类型.
    pub legal_form: Field,
    /// By what it is known again.
    pub identifier: IdentifierMap,
    /// 客户类型, as it is declared.
    pub kind: Field,
    /// Its region, six digits.
    pub region: Field,
    /// Its industry; empty when it is not known.
    pub industry: Field,
}

/// An identifier, of one column or several.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportIdentifierMap)]
#[serde(deny_unknown_fields)]
pub struct IdentifierMap {
    /// What it is.
    pub scheme: IdentifierScheme,
    /// The columns that make it up, in order.
    pub columns: Vec<String>,
    /// What stands between them.
    #[serde(default)]
    pub separator: String,
}

/// Who bears how much of the risk; roles that are not named bear nothing.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportSharesMap)]
#[serde(deny_unknown_fields)]
pub struct SharesMap {
    /// 银行.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<ShareMap>,
    /// 担保机构.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<ShareMap>,
    /// 省级再担保机构.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provincial: Option<ShareMap>,
    /// 国家融资担保基金.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national: Option<ShareMap>,
    /// 地方财政.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_finance: Option<ShareMap>,
    /// 其他.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<ShareMap>,
}

/// One share: of exactly one of these forms.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportShareMap)]
#[serde(deny_unknown_fields)]
pub struct ShareMap {
    /// A column of shares as `0.2` or `20%`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The same share for every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// 1 − first column ÷ second column, the quotient half up at ten places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_minus_ratio: Option<[String; 2]>,
    /// What the others leave of the whole.
    #[serde(default)]
    pub rest: bool,
}

/// How it is known that a contract has ended.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportReleasedMap)]
#[serde(deny_unknown_fields)]
pub struct ReleasedMap {
    /// The column that says so.
    pub column: String,
    /// The values that say so.
    pub values: Vec<String>,
    /// The day; without, or where it is empty, the agreed end or `as_of`, whichever is earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Field>,
}

/// What was charged off.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = ImportChargedOffMap)]
#[serde(deny_unknown_fields)]
pub struct ChargedOffMap {
    /// How much; a row with neither amount nor day was not charged off.
    pub amount: Field,
    /// The day.
    pub on: Field,
}

impl Mapping {
    /// Reads a mapping; 422 says everything that it does not say, or says wrongly.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let mapping = Self::parse(text)?;
        mapping.check()?;
        Ok(mapping)
    }

    /// A mapping as it is written, whether it can be meant or not; 422 with the place of the first word that is not understood.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let broken = |why: &dyn std::fmt::Display| Problem::invalid_mapping(why.to_string().trim(), Vec::new());
        // Nothing in TOML begins so.
        match text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).map_err(|error| broken(&error)),
            false => toml::from_str(text).map_err(|error| broken(&error)),
        }
    }

    /// 422 with everything that cannot be meant.
    pub fn check(&self) -> Result<(), Problem> {
        refused(mapping_check::faults(self))
    }

    /// 422 when the day whose state the file tells is yet to come: nothing that has happened could be told from what has not.
    pub fn check_day(&self, today: Day) -> Result<(), Problem> {
        let (zh, en) = ("账目所述之日不得晚于今天。", "The day that the file tells of does not lie in the future.");
        refused((self.as_of > today).then(|| input::field("as_of", "future_day", zh, en)).into_iter().collect())
    }

    /// 422 with every column that the mapping names and the file does not have.
    pub fn check_columns(&self, heading: &[String]) -> Result<(), Problem> {
        refused(mapping_check::missing_columns(self, heading))
    }

    /// The mapping's text, the same for the same mapping.
    pub fn text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|error| {
            tracing::error!(%error, "a mapping could not be written down");
            Problem::internal()
        })
    }

    /// The mapping as a file that people read and change, TOML: read again it is the same.
    pub fn file(&self) -> Result<String, Problem> {
        toml::to_string_pretty(self).map_err(|error| {
            tracing::error!(%error, "a mapping could not be written as a file");
            Problem::internal()
        })
    }

    /// SHA-256 of a mapping's text.
    pub fn hash(text: &str) -> Vec<u8> {
        Sha256::digest(text).to_vec()
    }
}

fn refused(faults: Vec<FieldError>) -> Result<(), Problem> {
    if faults.is_empty() {
        return Ok(());
    }
    let said: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message.en)).collect();
    Err(Problem::invalid_mapping(&said.join("; "), faults))
}

impl SharesMap {
    /// The shares in the order of the roles.
    pub(super) fn all(&self) -> [Option<&ShareMap>; 6] {
        [&self.bank, &self.institution, &self.provincial, &self.national, &self.local_finance, &self.other]
            .map(Option::as_ref)
    }
}
