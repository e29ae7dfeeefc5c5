//! What holds for every rule, written once.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{ALL, Grade, Source, VersionFacts, readings, source::COMPARED};
use crate::value::Day;

fn squeeze(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The texts word for word, when they stand beside the checkout.
fn texts() -> Option<PathBuf> {
    let texts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/texts");
    if texts.is_dir() {
        return Some(texts);
    }
    println!("skipped: ../shared/texts is absent, quotes cannot be compared");
    None
}

fn versions() -> impl Iterator<Item = (&'static str, VersionFacts)> {
    ALL.iter().flat_map(|rule| rule.versions().into_iter().map(|version| (rule.id(), version)))
}

#[test]
fn every_primary_quote_stands_word_for_word_in_its_document() {
    let Some(texts) = texts() else { return };
    let mut compared = 0;
    for (rule, version) in versions() {
        for clause in version.source.clause().into_iter().chain(version.see) {
            if clause.grade != Grade::Primary {
                continue;
            }
            let text = fs::read_to_string(texts.join(clause.document.text.unwrap())).unwrap();
            let quote = squeeze(clause.quote.unwrap());
            assert!(squeeze(&text).contains(&quote), "{rule}: {} {} {quote}", clause.document.number, clause.clause);
            assert!(
                squeeze(&text).contains(&squeeze(clause.document.number))
                    || clause.document.number.starts_with("国务院令")
            );
            compared += 1;
        }
    }
    assert!(compared > 40, "only {compared} quotes compared");
}

#[test]
fn a_quote_is_contiguous_and_without_ellipsis() {
    for (rule, version) in versions() {
        for clause in version.source.clause().into_iter().chain(version.see) {
            let quote = clause.quote.unwrap_or_default();
            assert!(!quote.contains('…') && !quote.contains("..."), "{rule}");
            assert!(clause.grade != Grade::Primary || !quote.is_empty(), "{rule}: a clause that was read is quoted");
        }
    }
}

#[test]
fn ids_are_unique_and_of_the_form_subject_dot_matter() {
    let ids: BTreeSet<_> = ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), ALL.len());
    for id in ids {
        let (subject, matter) = id.split_once('.').unwrap();
        let plain =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        assert!(plain(subject) && plain(matter), "{id}");
    }
}

#[test]
fn versions_are_in_order_and_never_overlap() {
    for rule in ALL {
        let versions = rule.versions();
        assert!(!versions.is_empty(), "{}", rule.id());
        for version in &versions {
            assert!(version.until.is_none_or(|until| version.from.unwrap_or(Day::MIN) < until), "{}", rule.id());
        }
        for pair in versions.windows(2) {
            let (earlier, later) = (&pair[0], &pair[1]);
            assert!(earlier.until.unwrap() <= later.from.unwrap(), "{}", rule.id());
        }
    }
}

#[test]
fn every_gap_in_time_is_listed_with_its_reason_and_every_listed_gap_is_real() {
    for rule in ALL {
        let versions = rule.versions();
        let mut found = vec![];
        for (index, version) in versions.iter().enumerate() {
            let next = versions.get(index + 1).and_then(|next| next.from);
            found.extend(version.until.filter(|until| next != Some(*until)));
        }
        let listed: Vec<_> = rule.gaps().iter().map(|(from, _)| *from).collect();
        assert_eq!(found, listed, "{}", rule.id());
        assert!(rule.gaps().iter().all(|(_, reason)| !reason.is_empty()), "{}", rule.id());
    }
}

#[test]
fn a_rule_is_found_on_its_first_day_and_not_on_the_day_before_nor_on_the_day_it_ends() {
    for rule in ALL {
        let versions = rule.versions();
        if let Some(from) = versions[0].from {
            assert!(rule.in_force(from).is_ok(), "{}", rule.id());
            let refused = rule.in_force(from.previous().unwrap()).unwrap_err();
            assert_eq!((refused.rule, refused.day), (rule.id(), from.previous().unwrap()));
        }
        for (from, _) in rule.gaps() {
            assert!(rule.in_force(*from).is_err(), "{}", rule.id());
            assert!(rule.in_force(from.previous().unwrap()).is_ok(), "{}", rule.id());
        }
    }
}

#[test]
fn every_rule_says_what_it_governs_in_both_languages() {
    for rule in ALL {
        let (zh, en) = rule.titles();
        assert!(!zh.is_ascii(), "{}", rule.id());
        assert!(!en.is_empty(), "{}", rule.id());
    }
}

#[test]
fn no_source_has_gone_two_years_without_being_verified() {
    let today = COMPARED;
    for (rule, version) in versions() {
        if let Source::Clause(clause) = version.source {
            let age = today.date().signed_duration_since(clause.last_verified.date()).num_days();
            assert!(
                age <= 730,
                "{rule}: {} {} was last verified {age} days ago",
                clause.document.number,
                clause.clause
            );
        }
    }
}

#[test]
fn every_rule_of_section_four_stands_in_the_rulebook() {
    let ids: BTreeSet<_> = ALL.iter().map(|rule| rule.id()).collect();
    for id in [
        "share.small_agri",
        "share.small_ticket",
        "share.clients",
        "fee.cap",
        "fee.average",
        "fee.only",
        "refee.cap",
        "refee.order",
        "risk.bank",
        "risk.national",
        "risk.provincial",
        "risk.whole",
        "purpose.bond",
        "purpose.platform",
        "party.blacklist",
        "limit.single",
        "limit.group",
        "limit.leverage",
        "limit.related",
        "party.related_terms",
        "invest.equity",
        "asset.strength",
        "asset.grade1",
        "asset.grade3",
        "asset.grade12",
        "transfer.bank_loan",
        "size.focus",
        "regulator.small_share",
        "startup.cap",
    ] {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn every_reading_has_both_languages_and_a_test_under_its_name() {
    let sources = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut code = String::new();
    let mut folders = vec![sources];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                code.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    for reading in readings::ALL {
        let stands_beside = |rule: &&&dyn super::AnyRule| rule.readings().iter().any(|other| other.id == reading.id);
        assert!(ALL.iter().any(|rule| stands_beside(&rule)), "no rule carries the reading {}", reading.id);
        assert!(!reading.zh.is_empty() && !reading.en.is_empty());
        let named = format!("fn {}", reading.id);
        assert!(code.contains(&named), "no test is named after the reading {}", reading.id);
    }
}
