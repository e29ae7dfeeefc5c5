//! Where a value comes from: a document, a clause, its words, and how far they were verified.

use serde::Serialize;

use crate::value::Day;

/// How far the words of a clause were verified (RULES.md, head).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// P: the clause itself was read.
    Primary,
    /// S: secondary sources only.
    Secondary,
    /// M: from memory, unconfirmed.
    Memory,
}

/// A published document.
#[derive(Debug)]
pub struct Document {
    /// The bare number: `国办发〔2019〕6号`.
    pub number: &'static str,
    /// The title as published.
    pub title: &'static str,
    /// The title in English, ours.
    pub title_en: &'static str,
    /// The day on the document; `None` where we have not seen it.
    pub issued: Option<Day>,
    /// The file that holds the text word for word, among the texts the rules are checked against.
    pub text: Option<&'static str>,
}

/// A clause, its words and their grade.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// The document it stands in.
    pub document: &'static Document,
    /// The clause as the document numbers it: `（六）`, `第十六条`.
    pub clause: &'static str,
    /// Its words, contiguous and without ellipsis; `None` only where the words were not read.
    pub quote: Option<&'static str>,
    /// How far the words were verified.
    pub grade: Grade,
    /// The day somebody last compared value and source.
    pub last_verified: Day,
}

/// The day the texts at hand were compared with the rules of this crate.
pub(super) const COMPARED: Day = Day::new(2026, 11, 23);

impl Clause {
    /// A clause that was read: its words are required.
    pub const fn primary(document: &'static Document, clause: &'static str, quote: &'static str) -> Self {
        assert!(!quote.is_empty(), "a clause that was read is quoted");
        assert!(document.text.is_some(), "a clause that was read stands in a text");
        Self { document, clause, quote: Some(quote), grade: Grade::Primary, last_verified: COMPARED }
    }

    /// A clause known from secondary sources.
    pub const fn secondary(document: &'static Document, clause: &'static str, quote: Option<&'static str>) -> Self {
        Self { document, clause, quote, grade: Grade::Secondary, last_verified: COMPARED }
    }

    /// A clause remembered and not confirmed.
    pub const fn memory(document: &'static Document, clause: &'static str) -> Self {
        Self { document, clause, quote: None, grade: Grade::Memory, last_verified: COMPARED }
    }

    /// Whether the clause itself was read.
    pub const fn verified(&self) -> bool {
        matches!(self.grade, Grade::Primary)
    }
}

/// What a value rests on.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A clause of a document.
    Clause(Clause),
    /// Arithmetic: true on every day, by no document.
    Arithmetic,
}

impl Source {
    /// The clause, if it is one.
    pub const fn clause(&self) -> Option<&Clause> {
        match self {
            Self::Clause(clause) => Some(clause),
            Self::Arithmetic => None,
        }
    }

    /// Whether the value may be relied on without a person checking the official text first.
    pub const fn verified(&self) -> bool {
        match self {
            Self::Clause(clause) => clause.verified(),
            Self::Arithmetic => true,
        }
    }
}
