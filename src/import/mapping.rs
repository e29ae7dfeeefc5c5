//! A mapping: which column says what, in which unit and form. TOML; every word that is not known is refused.

use crate::{error::Problem, store::party_identifier::IdentifierScheme};
use domain::value::Day;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// How the rows of a file are read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The file's characters.
    #[serde(default)]
    pub encoding: Encoding,
    /// The character between two columns.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// The unit of every amount that names none.
    #[serde(default)]
    pub unit: Unit,
    /// The form of every day that names none, as `%Y-%m-%d`.
    #[serde(default = "iso")]
    pub day_format: String,
    /// The day whose state the file tells; nothing in it lies later.
    pub as_of: Day,
    /// The contract.
    pub contract: ContractMap,
    /// The client.
    pub client: ClientMap,
    /// Who bears how much; the terms of the agreement say it without.
    pub shares: Option<SharesMap>,
    /// How it is known that a contract has ended; every one is in force without.
    pub released: Option<ReleasedMap>,
    /// What was charged off.
    pub charged_off: Option<ChargedOffMap>,
}

fn comma() -> char {
    ','
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

/// The characters of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The column.
    pub column: Option<String>,
    /// The column that is read when the first is empty.
    pub or: Option<String>,
    /// The value itself, the same for every row.
    pub constant: Option<String>,
    /// Only so many characters of the beginning count.
    pub prefix: Option<usize>,
    /// What each value means; an empty one means that it is unknown.
    pub values: Option<BTreeMap<String, String>>,
    /// What a value means that `values` does not name.
    pub otherwise: Option<String>,
    /// The unit of an amount.
    pub unit: Option<Unit>,
    /// The form of a day.
    pub format: Option<String>,
}

/// The contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractMap {
    /// Its number: by it the row is known again.
    pub number: Field,
    /// 担保品种; a loan without.
    pub kind: Option<Field>,
    /// The guaranteed amount.
    pub amount: Field,
    /// The loan's principal; the guaranteed amount without.
    pub principal: Option<Field>,
    /// The client's credit line at the bank; the principal without.
    pub credit_line: Option<Field>,
    /// `true` or `false`; not without.
    pub operating_loan: Option<Field>,
    /// 资金用途; other without.
    pub purpose: Option<Field>,
    /// The fee for the whole term; unknown without, and so are other charges.
    pub fee: Option<Field>,
    /// The loan contract's number.
    pub loan_number: Option<Field>,
    /// The number of the agreement it was made under, which the book knows; none where it is empty, and without.
    pub agreement: Option<Field>,
    /// The first day.
    pub start: Field,
    /// The day after the last; either this or the term.
    pub end: Option<Field>,
    /// The term in months.
    pub months: Option<Field>,
    /// Tags for every contract, each one word.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// The client.
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharesMap {
    /// 银行.
    pub bank: Option<ShareMap>,
    /// 担保机构.
    pub institution: Option<ShareMap>,
    /// 省级再担保机构.
    pub provincial: Option<ShareMap>,
    /// 国家融资担保基金.
    pub national: Option<ShareMap>,
    /// 地方财政.
    pub local_finance: Option<ShareMap>,
    /// 其他.
    pub other: Option<ShareMap>,
}

/// One share: of exactly one of these forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareMap {
    /// A column of shares as `0.2` or `20%`.
    pub column: Option<String>,
    /// The same share for every row.
    pub constant: Option<String>,
    /// 1 − first column ÷ second column, the quotient half up at ten places.
    pub one_minus_ratio: Option<[String; 2]>,
    /// What the others leave of the whole.
    #[serde(default)]
    pub rest: bool,
}

/// How it is known that a contract has ended.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedMap {
    /// The column that says so.
    pub column: String,
    /// The values that say so.
    pub values: Vec<String>,
    /// The day; without, or where it is empty, the agreed end or `as_of`, whichever is earlier.
    pub on: Option<Field>,
}

/// What was charged off.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargedOffMap {
    /// How much; a row with neither amount nor day was not charged off.
    pub amount: Field,
    /// The day.
    pub on: Field,
}

impl Mapping {
    /// Reads a mapping; 422 says what it does not say, or says wrongly.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let mapping: Self = toml::from_str(text).map_err(|error| Problem::invalid_mapping(error.to_string().trim()))?;
        mapping.check().map_err(Problem::invalid_mapping)?;
        Ok(mapping)
    }

    /// SHA-256 of a mapping's text.
    pub fn hash(text: &str) -> Vec<u8> {
        Sha256::digest(text).to_vec()
    }

    fn check(&self) -> Result<(), &'static str> {
        let contract = &self.contract;
        let shares = self.shares.as_ref().map(SharesMap::all).unwrap_or_default();
        let rests = shares.iter().flatten().filter(|share| share.rest).count();
        let one_form = |share: &&ShareMap| {
            let forms = [share.column.is_some(), share.constant.is_some(), share.one_minus_ratio.is_some(), share.rest];
            forms.into_iter().filter(|given| *given).count() == 1
        };
        match () {
            () if contract.end.is_some() == contract.months.is_some() => Err("contract: either end or months"),
            () if self.client.identifier.columns.is_empty() => Err("client.identifier.columns is empty"),
            () if self.shares.is_none() && contract.agreement.is_none() => {
                Err("shares: name them, or in contract.agreement the agreement whose terms say them")
            }
            () if rests > 1 => Err("shares: only one can be the rest"),
            () if !shares.iter().flatten().all(one_form) => Err("shares: each has exactly one form"),
            () if !self.delimiter.is_ascii() => Err("delimiter: one ASCII character"),
            () if contract.tags.iter().any(|tag| tag.split_whitespace().count() != 1) => {
                Err("contract.tags: one word each")
            }
            () => Ok(()),
        }
    }
}

impl SharesMap {
    /// The shares in the order of the roles.
    pub(super) fn all(&self) -> [Option<&ShareMap>; 6] {
        [&self.bank, &self.institution, &self.provincial, &self.national, &self.local_finance, &self.other]
            .map(Option::as_ref)
    }
}
