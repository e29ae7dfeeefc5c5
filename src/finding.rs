//! A finding as it stands on the wire and in a decision: flat, with its clause, quote and both sentences.

use domain::{
    finding::{Finding, Outcome},
    policy::Severity,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// 一条规则的评估结论。What an evaluation says about one rule.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingOut {
    /// The rule's id.
    #[schema(example = "fee.cap")]
    pub rule: Cow<'static, str>,
    /// How the rule judged.
    pub outcome: OutcomeOut,
    /// The figure measured; null when there is none or it cannot be formed.
    #[schema(example = "0.009973")]
    pub measured: Option<String>,
    /// The limit it is held against; null when the rule has none.
    #[schema(example = "0.010000")]
    pub limit: Option<String>,
    /// How hard the rule binds.
    pub severity: SeverityOut,
    /// The document's number, or what a local limit or product names; null for arithmetic, or when no version is in force.
    #[schema(example = "国办发〔2019〕6号")]
    pub document: Option<Cow<'static, str>>,
    /// The clause.
    #[schema(example = "（八）")]
    pub clause: Option<Cow<'static, str>>,
    /// The clause's words; null where they were not read.
    pub quote: Option<Cow<'static, str>>,
    /// The first day in force; null means always.
    #[schema(example = "2019-01-22")]
    pub from: Option<String>,
    /// The first day no longer in force; null while no end is known.
    pub until: Option<String>,
    /// Whether the clause itself was read; null when no version is in force.
    pub verified: Option<bool>,
    /// One sentence a clerk understands.
    pub explanation: String,
    /// The same in English.
    pub explanation_en: String,
}

/// 结论。How a rule judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeOut {
    /// 符合
    Pass,
    /// 不得办理
    Refuse,
    /// 需书面例外
    NeedsException,
    /// 提示
    Advise,
    /// 不适用
    NotApplicable,
    /// 无法评估
    NotAssessed,
}

/// 约束力。How hard a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeverityOut {
    /// 不得
    Forbid,
    /// 原则上
    Principle,
    /// 引导
    Advise,
}

impl FindingOut {
    /// Whether a second person must still write an exception or a declaration; see `domain::case::needs_second_person`.
    pub fn needs_second_person(&self) -> bool {
        match self.outcome {
            OutcomeOut::NeedsException => true,
            OutcomeOut::NotAssessed => self.rule == domain::case::DECLARED_RULE,
            OutcomeOut::Pass | OutcomeOut::Refuse | OutcomeOut::Advise | OutcomeOut::NotApplicable => false,
        }
    }
}

impl From<Outcome> for OutcomeOut {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass => Self::Pass,
            Outcome::Refuse => Self::Refuse,
            Outcome::NeedsException => Self::NeedsException,
            Outcome::Advise => Self::Advise,
            Outcome::NotApplicable => Self::NotApplicable,
            Outcome::NotAssessed => Self::NotAssessed,
        }
    }
}

impl From<Severity> for SeverityOut {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Forbid => Self::Forbid,
            Severity::Principle => Self::Principle,
            Severity::Advise => Self::Advise,
        }
    }
}

impl From<Finding> for FindingOut {
    fn from(finding: Finding) -> Self {
        let Finding { rule, outcome, measured, limit, severity, basis, row, explanation } = finding;
        let clause = basis.and_then(|basis| basis.source.clause().copied());
        let (from, until, verified) = match &row {
            Some(row) => (Some(row.from), row.until, Some(row.verified)),
            None => (
                basis.and_then(|basis| basis.from),
                basis.and_then(|basis| basis.until),
                basis.map(|basis| basis.source.verified()),
            ),
        };
        let (document, words) = match row {
            Some(row) => (Some(row.document.into()), row.clause.map(Cow::from)),
            None => (clause.map(|clause| clause.document.number.into()), clause.map(|clause| clause.clause.into())),
        };
        Self {
            rule: rule.into(),
            outcome: outcome.into(),
            measured: measured.map(|figure| figure.to_string()),
            limit: limit.map(|figure| figure.to_string()),
            severity: severity.into(),
            document,
            clause: words,
            quote: clause.and_then(|clause| clause.quote).map(Cow::from),
            from: from.map(|day| day.to_string()),
            until: until.map(|day| day.to_string()),
            verified,
            explanation: explanation.zh,
            explanation_en: explanation.en,
        }
    }
}
