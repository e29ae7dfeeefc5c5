//! The rulebook: every version of every rule with its clause, words, grade and our reading, as data and as a page of text.

use crate::finding::SeverityOut;
use data_encoding::HEXLOWER;
use domain::policy::{ALL, AnyRule, Clause, Direction, VersionFacts};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{fmt::Write as _, sync::LazyLock};
use utoipa::ToSchema;

/// 规则的一个版本。One version of one rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rule)]
pub struct RuleOut {
    /// The rule's id.
    #[schema(example = "share.small_agri")]
    pub rule: &'static str,
    /// What it governs.
    pub title: &'static str,
    /// What it governs, in English.
    pub title_en: &'static str,
    /// The value: a decimal string, or an object of them.
    #[schema(example = "0.8")]
    pub value: serde_json::Value,
    /// How hard it binds.
    pub severity: SeverityOut,
    /// Which side of the value is allowed.
    pub direction: DirectionOut,
    /// The first day in force; null means always.
    #[schema(example = "2019-01-22")]
    pub from: Option<String>,
    /// The first day no longer in force; null while no end is known.
    pub until: Option<String>,
    /// The document's bare number; null for arithmetic.
    #[schema(example = "国办发〔2019〕6号")]
    pub document: Option<&'static str>,
    /// The document's title.
    pub document_title: Option<&'static str>,
    /// The clause as the document numbers it.
    #[schema(example = "（六）")]
    pub clause: Option<&'static str>,
    /// The clause's words; null where they were not read.
    pub quote: Option<&'static str>,
    /// Whether the clause itself was read.
    pub verified: bool,
    /// How far it was verified.
    pub grade: GradeOut,
    /// The day on the document; null where it was not seen.
    pub issued: Option<String>,
    /// The day value and source were last compared.
    pub last_verified: Option<String>,
    /// How we read the clause where it is silent.
    pub reading: Option<String>,
    /// The same in English.
    pub reading_en: Option<String>,
    /// Further clauses on the same matter that do not replace this one.
    pub see: Vec<ClauseOut>,
}

/// 另一条款。A further clause.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Clause)]
pub struct ClauseOut {
    /// The document's bare number.
    pub document: &'static str,
    /// The clause.
    pub clause: &'static str,
    /// Its words; null where they were not read.
    pub quote: Option<&'static str>,
    /// Whether the clause itself was read.
    pub verified: bool,
}

/// 方向。Which side of the value is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectionOut {
    /// 不低于
    Minimum,
    /// 不超过
    Maximum,
    /// 恰为
    Exact,
    /// 禁止
    Prohibited,
    /// 要求
    Required,
    /// 计算方法
    Method,
}

/// 核实程度。How far a source was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SourceGradeOut)]
#[serde(rename_all = "snake_case")]
pub enum GradeOut {
    /// 已核对原文
    Primary,
    /// 仅二手来源
    Secondary,
    /// 凭记忆，未核实
    Memory,
    /// 算术
    Arithmetic,
}

impl From<Direction> for DirectionOut {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Minimum => Self::Minimum,
            Direction::Maximum => Self::Maximum,
            Direction::Exact => Self::Exact,
            Direction::Prohibited => Self::Prohibited,
            Direction::Required => Self::Required,
            Direction::Method => Self::Method,
        }
    }
}

impl From<domain::policy::Grade> for GradeOut {
    fn from(grade: domain::policy::Grade) -> Self {
        match grade {
            domain::policy::Grade::Primary => Self::Primary,
            domain::policy::Grade::Secondary => Self::Secondary,
            domain::policy::Grade::Memory => Self::Memory,
        }
    }
}

impl From<&Clause> for ClauseOut {
    fn from(clause: &Clause) -> Self {
        Self {
            document: clause.document.number,
            clause: clause.clause,
            quote: clause.quote,
            verified: clause.verified(),
        }
    }
}

/// Every version of every rule, in the order of the law.
pub fn rules() -> Vec<RuleOut> {
    ALL.iter().flat_map(|rule| rule.versions().into_iter().map(|version| entry(*rule, version))).collect()
}

fn entry(rule: &dyn AnyRule, version: VersionFacts) -> RuleOut {
    let (title, title_en) = rule.titles();
    let clause = version.source.clause();
    let readings = rule.readings();
    let said = |words: Vec<&str>, between: &str| (!words.is_empty()).then(|| words.join(between));
    RuleOut {
        rule: rule.id(),
        title,
        title_en,
        severity: rule.severity().into(),
        direction: rule.direction().into(),
        from: version.from.map(|day| day.to_string()),
        until: version.until.map(|day| day.to_string()),
        document: clause.map(|clause| clause.document.number),
        document_title: clause.map(|clause| clause.document.title),
        clause: clause.map(|clause| clause.clause),
        quote: clause.and_then(|clause| clause.quote),
        verified: version.source.verified(),
        grade: clause.map_or(GradeOut::Arithmetic, |clause| clause.grade.into()),
        issued: clause.and_then(|clause| clause.document.issued).map(|day| day.to_string()),
        last_verified: clause.map(|clause| clause.last_verified.to_string()),
        reading: said(readings.iter().map(|reading| reading.zh).collect(), ""),
        reading_en: said(readings.iter().map(|reading| reading.en).collect(), " "),
        see: version.see.iter().map(ClauseOut::from).collect(),
        value: version.value,
    }
}

/// SHA-256 of the whole rulebook, in hexadecimal: what a decision was judged by.
pub fn digest() -> &'static str {
    static DIGEST: LazyLock<String> = LazyLock::new(|| {
        // Rules are plain data: they can always be written down.
        let rules = serde_json::to_vec(&rules()).unwrap_or_default();
        HEXLOWER.encode(&Sha256::digest(rules))
    });
    &DIGEST
}

/// The rulebook as a page of text: a paragraph for each rule, its versions in time below each other.
pub fn text() -> String {
    let mut page = String::new();
    let mut last = "";
    for rule in rules() {
        if rule.rule != last {
            last = rule.rule;
            heading(&mut page, &rule);
        }
        version(&mut page, &rule);
    }
    page
}

fn heading(page: &mut String, rule: &RuleOut) {
    let severity = match rule.severity {
        SeverityOut::Forbid => "不得 forbid",
        SeverityOut::Principle => "原则上 principle",
        SeverityOut::Advise => "引导 advise",
    };
    let direction = match rule.direction {
        DirectionOut::Minimum => "不低于 minimum",
        DirectionOut::Maximum => "不超过 maximum",
        DirectionOut::Exact => "恰为 exact",
        DirectionOut::Prohibited => "禁止 prohibited",
        DirectionOut::Required => "要求 required",
        DirectionOut::Method => "方法 method",
    };
    // Writing into a String cannot fail.
    let _ = writeln!(page, "\n{}  {} / {}", rule.rule, rule.title, rule.title_en);
    let _ = writeln!(page, "  {severity} · {direction}");
    if let (Some(reading), Some(reading_en)) = (&rule.reading, &rule.reading_en) {
        let _ = writeln!(page, "  解读 reading：{reading}\n    {reading_en}");
    }
}

fn version(page: &mut String, rule: &RuleOut) {
    let from = rule.from.as_deref().unwrap_or("始终 always");
    let until = rule.until.as_deref().unwrap_or("…");
    let value = rule.value.as_str().map_or_else(|| rule.value.to_string(), ToOwned::to_owned);
    let grade = match rule.grade {
        GradeOut::Primary => "已核对原文 verified",
        GradeOut::Secondary => "二手来源，未核实 not verified (secondary)",
        GradeOut::Memory => "凭记忆，未核实 not verified (memory)",
        GradeOut::Arithmetic => "算术 arithmetic",
    };
    let source =
        rule.document.zip(rule.clause).map_or_else(String::new, |(document, clause)| format!("{document} {clause}  "));
    let _ = writeln!(page, "  [{from}, {until})  {value}\n    {source}{grade}");
    if let Some(quote) = rule.quote {
        let _ = writeln!(page, "    “{quote}”");
    }
    for clause in &rule.see {
        let quote = clause.quote.map_or_else(String::new, |quote| format!("：“{quote}”"));
        let mark = if clause.verified { "" } else { "（未核实 not verified）" };
        let _ = writeln!(page, "    另见 see also {} {}{mark}{quote}", clause.document, clause.clause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_carries_the_keys_the_rulebook_promises() {
        for rule in rules() {
            let entry = serde_json::to_value(&rule).unwrap();
            for key in [
                "rule",
                "value",
                "severity",
                "direction",
                "from",
                "until",
                "document",
                "clause",
                "quote",
                "verified",
                "issued",
                "last_verified",
                "reading",
            ] {
                assert!(entry.get(key).is_some(), "{}: {key}", rule.rule);
            }
            assert!(!entry["value"].is_null(), "{}", rule.rule);
        }
    }

    #[test]
    fn every_version_and_every_clause_appears_in_the_text() {
        let text = text();
        for rule in rules() {
            assert!(text.contains(rule.rule) && text.contains(rule.title));
            assert!(rule.quote.is_none_or(|quote| text.contains(quote)), "{}", rule.rule);
        }
    }
}
