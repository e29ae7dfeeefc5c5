//! A rule, its versions in time, and what every rule can tell about itself.

use serde::Serialize;

use super::{Clause, Source, readings::Reading};
use crate::value::Day;

/// How hard a rule binds (RULES.md section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 不得、确保、必须: refused, nobody can waive it.
    Forbid,
    /// 原则上: refused unless a second person approves a written exception.
    Principle,
    /// 一般、逐步、引导、重点、目标: passes, and is shown.
    Advise,
}

/// On which side of its value the law wants the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The value is the least that is allowed.
    Minimum,
    /// The value is the most that is allowed.
    Maximum,
    /// The figure must be exactly the value.
    Exact,
    /// Something must not be there at all.
    Prohibited,
    /// Something must be there, or must have been done.
    Required,
    /// Not a limit: the value says how something is computed.
    Method,
}

/// One value of a rule and the days it is in force: `from` counts, `until` does not.
#[derive(Debug)]
pub struct Version<T: 'static> {
    /// What the clause sets.
    pub value: T,
    /// The first day in force; [`Day::MIN`] means always.
    pub from: Day,
    /// The first day no longer in force; `None` while no end is known.
    pub until: Option<Day>,
    /// What the value rests on.
    pub source: Source,
    /// Further clauses on the same matter, such as a later and softer one that does not replace this one.
    pub see: &'static [Clause],
}

/// A rule that changes over time. Versions are in order and never overlap.
#[derive(Debug)]
pub struct Rule<T: 'static> {
    /// The stable id: `share.small_agri`.
    pub id: &'static str,
    /// What it governs, in Chinese.
    pub title: &'static str,
    /// What it governs, in English.
    pub title_en: &'static str,
    /// How hard it binds.
    pub severity: Severity,
    /// Which side of the value is allowed.
    pub direction: Direction,
    /// Its values in time.
    pub versions: &'static [Version<T>],
    /// How we read the clauses where they are silent.
    pub readings: &'static [&'static Reading],
    /// Why nothing is in force from a day on, for every gap and end.
    pub gaps: &'static [(Day, &'static str)],
}

/// No version of a rule is in force on the day asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no version of rule {rule} is in force on {day}")]
pub struct NotInForce {
    /// The rule's id.
    pub rule: &'static str,
    /// The day asked for.
    pub day: Day,
}

impl<T> Rule<T> {
    /// The version in force on `day`.
    pub fn on(&self, day: Day) -> Result<&'static Version<T>, NotInForce> {
        let in_force = |version: &&Version<T>| version.from <= day && version.until.is_none_or(|until| day < until);
        self.versions.iter().find(in_force).ok_or(NotInForce { rule: self.id, day })
    }
}

/// What one version of any rule tells about itself.
#[derive(Clone, Debug)]
pub struct VersionFacts {
    /// The value as data: a decimal string, or an object of them.
    pub value: serde_json::Value,
    /// The first day in force; `None` means always.
    pub from: Option<Day>,
    /// The first day no longer in force.
    pub until: Option<Day>,
    /// What the value rests on.
    pub source: Source,
    /// Further clauses on the same matter.
    pub see: &'static [Clause],
}

/// What every rule can tell about itself, whatever the type of its value.
pub trait AnyRule: Sync {
    /// The stable id.
    fn id(&self) -> &'static str;
    /// What it governs, Chinese and English.
    fn titles(&self) -> (&'static str, &'static str);
    /// How hard it binds.
    fn severity(&self) -> Severity;
    /// Which side of the value is allowed.
    fn direction(&self) -> Direction;
    /// How we read the clauses where they are silent.
    fn readings(&self) -> &'static [&'static Reading];
    /// Why nothing is in force from a day on.
    fn gaps(&self) -> &'static [(Day, &'static str)];
    /// Its versions, in order.
    fn versions(&self) -> Vec<VersionFacts>;
    /// Whether some version is in force on `day`.
    fn in_force(&self, day: Day) -> Result<(), NotInForce>;
}

impl<T: Serialize + Sync> AnyRule for Rule<T> {
    fn id(&self) -> &'static str {
        self.id
    }

    fn titles(&self) -> (&'static str, &'static str) {
        (self.title, self.title_en)
    }

    fn severity(&self) -> Severity {
        self.severity
    }

    fn direction(&self) -> Direction {
        self.direction
    }

    fn readings(&self) -> &'static [&'static Reading] {
        self.readings
    }

    fn gaps(&self) -> &'static [(Day, &'static str)] {
        self.gaps
    }

    fn versions(&self) -> Vec<VersionFacts> {
        let facts = |version: &Version<T>| VersionFacts {
            value: serde_json::to_value(&version.value).unwrap_or_default(),
            from: (version.from > Day::MIN).then_some(version.from),
            until: version.until,
            source: version.source,
            see: version.see,
        };
        self.versions.iter().map(facts).collect()
    }

    fn in_force(&self, day: Day) -> Result<(), NotInForce> {
        self.on(day).map(drop)
    }
}
