//! What holds on every day by arithmetic alone.

use super::{Direction, Rule, Severity, Source, Version};
use crate::value::{Day, Rate};

/// All shares of the risk add up to exactly one, each at least zero.
pub static RISK_WHOLE: Rule<Rate> = Rule {
    id: "risk.whole",
    title: "各方风险分担比例合计为百分之百",
    title_en: "all risk shares add up to the whole",
    severity: Severity::Forbid,
    direction: Direction::Exact,
    versions: &[Version { value: Rate::ONE, from: Day::MIN, until: None, source: Source::Arithmetic, see: &[] }],
    readings: &[],
    gaps: &[],
};
