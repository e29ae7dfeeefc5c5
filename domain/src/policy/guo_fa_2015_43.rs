//! 国发〔2015〕43号: the guarantee sector grows with small enterprises and agriculture in view.

use rust_decimal::dec;

use super::{Clause, Direction, Document, Rule, Severity, Source, Version, readings};
use crate::value::{Day, Rate};

/// 国发〔2015〕43号.
pub static DOCUMENT: Document = Document {
    number: "国发〔2015〕43号",
    title: "关于促进融资担保行业加快发展的意见",
    title_en: "Opinions on speeding up the development of the financing guarantee sector",
    issued: Some(Day::new(2015, 8, 7)),
    text: Some("guo-fa-2015-43.txt"),
};

/// The day by which the target is to be met: five years after issue.
pub const SHARE_CLIENTS_DUE: Day = Day::new(2020, 8, 7);

/// 一（三）: 60 % of the clients in force are small enterprises and agriculture within five years.
pub static SHARE_CLIENTS: Rule<Rate> = Rule {
    id: "share.clients",
    title: "支小支农在保户数占比",
    title_en: "small-and-agri share of the clients in force",
    severity: Severity::Advise,
    direction: Direction::Minimum,
    versions: &[Version {
        value: Rate::new(dec!(0.60)),
        from: Day::new(2015, 8, 7),
        until: None,
        source: Source::Clause(Clause::primary(
            &DOCUMENT,
            "一（三）",
            "小微企业和“三农”融资担保在保户数占比五年内达到不低于 60%的目标",
        )),
        see: &[],
    }],
    readings: &[
        &readings::CLIENT_SHARE_IS_MEASURED_PER_INSTITUTION,
        &readings::COMMITMENTS_COUNT_IN_THE_LIABILITY_BALANCE,
    ],
    gaps: &[],
};
