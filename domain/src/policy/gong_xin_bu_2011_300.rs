//! 工信部联企业〔2011〕300号: which enterprise is large, medium, small or micro. The thresholds stand in `size`.

use super::{Clause, Direction, Document, Required, Rule, Severity, Source, Version, readings};
use crate::value::Day;

/// 工信部联企业〔2011〕300号.
pub static DOCUMENT: Document = Document {
    number: "工信部联企业〔2011〕300号",
    title: "中小企业划型标准规定",
    title_en: "Provisions on the size classes of small and medium enterprises",
    issued: Some(Day::new(2011, 6, 18)),
    text: None,
};

/// The thresholds by industry, and the cascade through the classes.
pub static SIZE_CLASS: Rule<Required> = Rule {
    id: "size.class",
    title: "中小企业划型标准",
    title_en: "size classes of enterprises",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[Version {
        value: Required("thresholds_by_industry"),
        from: Day::new(2011, 6, 18),
        until: None,
        source: Source::Clause(Clause::memory(&DOCUMENT, "第四条")),
        see: &[],
    }],
    readings: &[&readings::SIZE_IS_FIXED_AT_APPROVAL],
    gaps: &[],
};
