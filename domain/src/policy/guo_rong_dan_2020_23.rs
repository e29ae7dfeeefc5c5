//! 国融担〔2020〕23号: batch guarantee between the national fund and banks (总对总); its payout rate. Secondary sources.

use super::{Clause, Direction, Document, Required, Rule, Severity, Source, Version};
use crate::value::Day;

/// 国融担〔2020〕23号.
pub static DOCUMENT: Document = Document {
    number: "国融担〔2020〕23号",
    title: "银担“总对总”批量担保业务合作方案（试行）",
    title_en: "Trial scheme for batch guarantee between banks and the guarantee system",
    issued: Some(Day::new(2020, 4, 16)),
    text: None,
};

/// Payouts of principal and regular interest ÷ (annualised released principal × 80 %), definition `batch`.
pub static PAYOUT_RATE_BATCH: Rule<Required> = Rule {
    id: "payout.rate_batch",
    title: "担保代偿率（总对总批量担保）",
    title_en: "payout rate of batch guarantee",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[Version {
        value: Required("payouts_over_annualised_released_principal_times_0.8"),
        from: Day::new(2020, 4, 16),
        until: None,
        source: Source::Clause(Clause::secondary(&DOCUMENT, "代偿率", None)),
        see: &[],
    }],
    readings: &[],
    gaps: &[],
};
