//! What an evaluation says about one rule: the outcome, the figure, the limit, the clause, and a sentence a clerk understands.

use std::convert::Infallible;

use serde::Serialize;

use crate::{
    policy::{NotInForce, Rule, Severity, Source, Version},
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// How a rule judged what was put before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Within the limit.
    Pass,
    /// A `forbid` rule is broken.
    Refuse,
    /// A `principle` rule is broken: a second person may approve a written exception.
    NeedsException,
    /// Passes, and is shown.
    Advise,
    /// The rule does not touch this case, or is not in force on the day.
    NotApplicable,
    /// The figure cannot be formed: something it needs is missing.
    NotAssessed,
}

impl From<Severity> for Outcome {
    /// What a broken rule of this severity leads to.
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Forbid => Self::Refuse,
            Severity::Principle => Self::NeedsException,
            Severity::Advise => Self::Advise,
        }
    }
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// A figure measured, or the limit it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A rate, share or multiple, six decimals when shown.
    Rate(Rate),
    /// An amount in yuan.
    Money(Money),
}

impl Figure {
    /// A ratio as a figure; `None` stays `None`.
    pub fn ratio(ratio: Option<Ratio>) -> Result<Option<Self>, OutOfRange> {
        ratio.map(|ratio| ratio.six_decimals().map(Self::Rate)).transpose()
    }
}

impl std::fmt::Display for Figure {
    /// As an answer shows it: six decimals, or yuan with two.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rate(rate) => f.write_str(&rate.six_decimals()),
            Self::Money(money) => money.fmt(f),
        }
    }
}

/// The version a finding rests on.
#[derive(Clone, Copy, Debug)]
pub struct Basis {
    /// The first day in force; `None` means always.
    pub from: Option<Day>,
    /// The first day no longer in force.
    pub until: Option<Day>,
    /// The clause, or arithmetic.
    pub source: Source,
}

/// The dated row a finding rests on where it is not the law itself: a local limit, a product's parameter, a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The document that states it, as it was entered.
    pub document: String,
    /// The clause, where one was entered.
    pub clause: Option<String>,
    /// The first day in force.
    pub from: Day,
    /// The first day no longer in force.
    pub until: Option<Day>,
    /// Whether the document itself was read by whoever entered it.
    pub verified: bool,
}

/// A rule and the version a figure was computed under.
#[derive(Clone, Copy, Debug)]
pub struct Grounds {
    /// The rule's id.
    pub rule: &'static str,
    /// The version in force.
    pub basis: Basis,
}

/// What an evaluation says about one rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How it judged.
    pub outcome: Outcome,
    /// The figure measured; `None` when there is none or it cannot be formed.
    pub measured: Option<Figure>,
    /// The limit it is held against; `None` when the rule has none.
    pub limit: Option<Figure>,
    /// How hard the rule binds.
    pub severity: Severity,
    /// The version it rests on; `None` when none is in force.
    pub basis: Option<Basis>,
    /// The row it rests on instead of a version of the law.
    pub row: Option<Row>,
    /// One sentence a clerk understands, in both languages.
    pub explanation: Text,
}

/// How a rule judged a case, before it is joined with the rule's clause.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// How it judged.
    pub outcome: Outcome,
    /// The figure measured.
    pub measured: Option<Figure>,
    /// The limit it is held against.
    pub limit: Option<Figure>,
    /// The sentence for a clerk.
    pub explanation: Text,
}

impl Judgement {
    /// A judgement without figures.
    pub fn plain(outcome: Outcome, explanation: Text) -> Self {
        Self { outcome, measured: None, limit: None, explanation }
    }
}

impl Basis {
    fn of<T>(version: &Version<T>) -> Self {
        Self { from: (version.from > Day::MIN).then_some(version.from), until: version.until, source: version.source }
    }
}

impl<T> Rule<T> {
    /// The value in force on `day`, and the grounds to show beside what is computed with it.
    pub fn with_grounds(&'static self, day: Day) -> Result<(&'static T, Grounds), NotInForce> {
        let version = self.on(day)?;
        Ok((&version.value, Grounds { rule: self.id, basis: Basis::of(version) }))
    }

    /// Applies the version in force on `day`; when none is, the finding says so and the rule is not applicable.
    pub fn judge<E>(
        &'static self,
        day: Day,
        judge: impl FnOnce(&'static T, Outcome) -> Result<Judgement, E>,
    ) -> Result<Finding, E> {
        let Ok(version) = self.on(day) else {
            return Ok(self.not_in_force(day));
        };
        let Judgement { outcome, measured, limit, explanation } = judge(&version.value, self.severity.into())?;
        let basis = Basis::of(version);
        Ok(Finding {
            rule: self.id,
            outcome,
            measured,
            limit,
            severity: self.severity,
            basis: Some(basis),
            row: None,
            explanation,
        })
    }

    /// The same where no figure is formed, so that nothing can be out of range.
    pub fn say(&'static self, day: Day, judge: impl FnOnce(Outcome) -> Judgement) -> Finding {
        let Ok(finding) = self.judge(day, |_, broken| Ok::<_, Infallible>(judge(broken)));
        finding
    }

    fn not_in_force(&'static self, day: Day) -> Finding {
        let explanation = Text::new(
            format!("{day}当日没有施行中的“{}”规则，本条不适用。", self.title),
            format!("No version of “{}” is in force on {day}: the rule does not apply.", self.title_en),
        );
        Finding {
            rule: self.id,
            outcome: Outcome::NotApplicable,
            measured: None,
            limit: None,
            severity: self.severity,
            basis: None,
            row: None,
            explanation,
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::policy::{arithmetic::RISK_WHOLE, guo_ban_fa_2019_6::RISK_BANK};

    #[test]
    fn a_figure_is_shown_as_an_answer_shows_it() {
        assert_eq!(Figure::Rate(Rate::new(dec!(0.0099726))).to_string(), "0.009973");
        assert_eq!(Figure::Money(Money::from_fen(5)).to_string(), "0.05");
        let third = Figure::ratio(Ratio::new(1, 3).unwrap()).unwrap();
        assert_eq!(third.map(|figure| figure.to_string()).as_deref(), Some("0.333333"));
        assert_eq!(Figure::ratio(None), Ok(None));
    }

    #[test]
    fn a_finding_names_the_first_day_in_force_and_none_for_what_always_holds() {
        let judge = |_: &Rate, _| Ok::<_, OutOfRange>(Judgement::plain(Outcome::Pass, Text::new("好。", "Fine.")));
        let day = Day::new(2024, 1, 1);
        let bank = RISK_BANK.judge(day, judge).unwrap().basis.unwrap();
        assert_eq!((bank.from, bank.until), (Some(Day::new(2019, 1, 22)), None));
        assert_eq!(RISK_WHOLE.judge(day, judge).unwrap().basis.unwrap().from, None);
        assert!(RISK_BANK.judge(Day::new(2019, 1, 21), judge).unwrap().basis.is_none());
    }
}
