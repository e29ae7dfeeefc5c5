//! 财金〔2020〕31号: performance evaluation of guarantee institutions; the payout rate. Its formulas were not read.

use super::{Clause, Direction, Document, Required, Rule, Severity, Source, Version, readings};
use crate::value::Day;

/// 财金〔2020〕31号.
pub static DOCUMENT: Document = Document {
    number: "财金〔2020〕31号",
    title: "政府性融资担保、再担保机构绩效评价指引",
    title_en: "Guidelines for the performance evaluation of government-backed guarantee and re-guarantee institutions",
    issued: Some(Day::new(2020, 5, 22)),
    text: None,
};

/// 附3: payouts ÷ guarantees released in the period, definition `institution`.
pub static PAYOUT_RATE_INSTITUTION: Rule<Required> = Rule {
    id: "payout.rate_institution",
    title: "担保代偿率（机构）",
    title_en: "payout rate of an institution",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[Version {
        value: Required("payouts_over_released"),
        from: Day::new(2020, 5, 22),
        until: None,
        source: Source::Clause(Clause::memory(&DOCUMENT, "附3")),
        see: &[],
    }],
    readings: &[&readings::RELEASE_BY_PAYOUT_IS_A_RELEASE],
    gaps: &[],
};
