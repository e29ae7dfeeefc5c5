//! 银保监发〔2019〕37号: supplement to the regulation; housing guarantees become financing guarantees. Secondary sources.

use super::{Clause, Document};
use crate::value::Day;

/// 银保监发〔2019〕37号.
pub static DOCUMENT: Document = Document {
    number: "银保监发〔2019〕37号",
    title: "融资担保公司监督管理补充规定",
    title_en: "Supplementary provisions on the supervision of financing guarantee companies",
    issued: Some(Day::new(2019, 10, 9)),
    text: None,
};

/// The first day in force.
pub const FROM: Day = Day::new(2019, 10, 9);

/// Housing guarantees weigh 30 % in the liability balance.
pub const HOUSING_WEIGHT: Clause = Clause::secondary(&DOCUMENT, "住房置业担保权重", None);
