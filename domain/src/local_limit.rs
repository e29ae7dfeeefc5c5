//! Local limits: a province, a fund or an institution may be stricter than the law, never looser.
//!
//! A local limit is a dated row with a source. Whether it may be kept is decided here; what it does to a contract is
//! decided where the rule it tightens is applied.

use serde::{Deserialize, Serialize};

use crate::{
    policy::{
        Direction, Rule, Version,
        guo_ban_fa_2019_6::{FEE_CAP, REFEE_CAP, RISK_BANK, SHARE_SMALL_AGRI, SHARE_SMALL_TICKET},
        guo_wu_yuan_ling_683::{LIMIT_GROUP, LIMIT_LEVERAGE, LIMIT_SINGLE},
    },
    value::{Day, Rate},
};

/// What a local limit can tighten or, where the law is silent, set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalRule {
    /// `share.small_agri`: a higher minimum.
    SmallAgriShare,
    /// `share.small_ticket`: a higher minimum.
    SmallTicketShare,
    /// `fee.cap` for clients up to 500万: a lower maximum.
    FeeUpToSmallTicket,
    /// `fee.cap` for clients above 500万: a lower maximum.
    FeeAboveSmallTicket,
    /// `refee.cap` for clients up to 500万: a lower maximum.
    ReguaranteeFeeUpToSmallTicket,
    /// `refee.cap` for clients above 500万: a lower maximum.
    ReguaranteeFeeAboveSmallTicket,
    /// `risk.bank`: a higher minimum.
    BankShare,
    /// `limit.single`: a lower maximum.
    SingleClient,
    /// `limit.group`: a lower maximum.
    RelatedGroup,
    /// `limit.leverage`: a lower maximum than the general multiple.
    Leverage,
    /// The ten largest clients over the liability balance: the law is silent.
    TopTenClients,
    /// One region over the outstanding balance: the law is silent.
    Region,
    /// One industry over the outstanding balance: the law is silent.
    Industry,
}

/// What the key of a local limit names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKey {
    /// A region of GB/T 2260.
    Region,
    /// A section or division of GB/T 4754.
    Industry,
}

/// A local limit as it is entered: in force `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalLimit<'a> {
    /// What it limits.
    pub rule: LocalRule,
    /// The one region or industry it limits; every one without. Only for rules that have a [`LocalRule::key`].
    pub key: Option<&'a str>,
    /// The limit.
    pub value: Rate,
    /// The first day in force.
    pub from: Day,
    /// The first day no longer in force.
    pub until: Option<Day>,
}

/// Why a local limit cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocalLimitError {
    /// It ends before it begins.
    #[error("the limit ends before it begins")]
    EmptyTerm,
    /// Its rule is about no single region or industry.
    #[error("the rule has no key")]
    UnfitKey,
    /// A share above the whole.
    #[error("a share is at most 1")]
    AboveOne,
    /// The law of some day it covers is stricter.
    #[error("{0}")]
    LooserThanLaw(StricterLaw),
}

/// The law that a row is looser than.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the law ({rule}) is stricter from {day}: {value}")]
pub struct StricterLaw {
    /// The rule's id.
    pub rule: &'static str,
    /// The first day on which the row would be looser.
    pub day: Day,
    /// The law's value on that day.
    pub value: Rate,
    /// The number of the law's document, and the clause.
    pub clause: (&'static str, &'static str),
}

/// One version of the law, as far as a row that may only be stricter is concerned.
pub(crate) struct Law {
    rule: &'static str,
    direction: Direction,
    value: Rate,
    from: Day,
    until: Option<Day>,
    clause: (&'static str, &'static str),
}

/// Every version of a rule, each with the part of it that `value` takes.
pub(crate) fn laws<T>(rule: &'static Rule<T>, value: impl Fn(&'static T) -> Rate) -> Vec<Law> {
    let law = |version: &'static Version<T>| Law {
        rule: rule.id,
        direction: rule.direction,
        value: value(&version.value),
        from: version.from,
        until: version.until,
        clause: version.source.clause().map_or(("", ""), |clause| (clause.document.number, clause.clause)),
    };
    rule.versions.iter().map(law).collect()
}

/// Whether `value` is at least as strict as each of the laws on every day of `[from, until)`.
pub(crate) fn no_looser(value: Rate, laws: &[Law], from: Day, until: Option<Day>) -> Result<(), StricterLaw> {
    for law in laws {
        let looser = match law.direction {
            Direction::Minimum => value < law.value,
            _ => value > law.value,
        };
        if looser && overlap((from, until), (law.from, law.until)) {
            let Law { rule, value, from: begins, clause, .. } = *law;
            return Err(StricterLaw { rule, day: from.max(begins), value, clause });
        }
    }
    Ok(())
}

impl LocalRule {
    /// What a limit of this rule may name, to bind one of them rather than every one.
    pub const fn key(self) -> Option<LimitKey> {
        match self {
            Self::Region => Some(LimitKey::Region),
            Self::Industry => Some(LimitKey::Industry),
            _ => None,
        }
    }

    /// Whether its value is a share of a whole, rather than a rate or a multiple.
    const fn is_share(self) -> bool {
        use LocalRule as L;
        matches!(
            self,
            L::SmallAgriShare | L::SmallTicketShare | L::BankShare | L::TopTenClients | L::Region | L::Industry
        )
    }

    fn laws(self) -> Vec<Law> {
        match self {
            Self::SmallAgriShare => laws(&SHARE_SMALL_AGRI, |rate| *rate),
            Self::SmallTicketShare => laws(&SHARE_SMALL_TICKET, |rate| *rate),
            Self::FeeUpToSmallTicket => laws(&FEE_CAP, |cap| cap.up_to),
            Self::FeeAboveSmallTicket => laws(&FEE_CAP, |cap| cap.above),
            Self::ReguaranteeFeeUpToSmallTicket => laws(&REFEE_CAP, |cap| cap.up_to),
            Self::ReguaranteeFeeAboveSmallTicket => laws(&REFEE_CAP, |cap| cap.above),
            Self::BankShare => laws(&RISK_BANK, |rate| *rate),
            Self::SingleClient => laws(&LIMIT_SINGLE, |rate| *rate),
            Self::RelatedGroup => laws(&LIMIT_GROUP, |rate| *rate),
            // Reading unverified_values_never_loosen_verified_limits: a local row never reaches for the 15 times.
            Self::Leverage => laws(&LIMIT_LEVERAGE, |cap| cap.general),
            Self::TopTenClients | Self::Region | Self::Industry => Vec::new(),
        }
    }
}

/// Whether two half-open terms have a day in common.
pub(crate) fn overlap(a: (Day, Option<Day>), b: (Day, Option<Day>)) -> bool {
    b.1.is_none_or(|until| a.0 < until) && a.1.is_none_or(|until| b.0 < until)
}

impl LocalLimit<'_> {
    /// Whether the limit may be kept: on every day it covers it is at least as strict as the law of that day.
    pub fn check(&self) -> Result<(), LocalLimitError> {
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(LocalLimitError::EmptyTerm);
        }
        if self.key.is_some() && self.rule.key().is_none() {
            return Err(LocalLimitError::UnfitKey);
        }
        if self.rule.is_share() && self.value > Rate::ONE {
            return Err(LocalLimitError::AboveOne);
        }
        no_looser(self.value, &self.rule.laws(), self.from, self.until).map_err(LocalLimitError::LooserThanLaw)
    }

    /// Whether both limit the same thing on some day: two limits at a time would leave open which one holds.
    pub fn overlaps(&self, other: &Self) -> bool {
        (self.rule, self.key) == (other.rule, other.key) && overlap((self.from, self.until), (other.from, other.until))
    }

    /// Whether it is in force on `day`.
    pub fn in_force(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn limit(rule: LocalRule, value: rust_decimal::Decimal, from: Day, until: Option<Day>) -> LocalLimit<'static> {
        LocalLimit { rule, key: None, value: Rate::new(value), from, until }
    }

    fn refused(rule: LocalRule, value: rust_decimal::Decimal) -> bool {
        limit(rule, value, Day::new(2024, 1, 1), None).check().is_err()
    }

    #[test]
    fn a_minimum_may_be_higher_and_a_maximum_lower_than_the_law_and_neither_the_other_way() {
        use LocalRule as L;
        for (rule, looser, same, stricter) in [
            (L::SmallAgriShare, dec!(0.7999999999), dec!(0.80), dec!(0.85)),
            (L::SmallTicketShare, dec!(0.49), dec!(0.50), dec!(0.60)),
            (L::FeeUpToSmallTicket, dec!(0.0100000001), dec!(0.01), dec!(0.008)),
            (L::FeeAboveSmallTicket, dec!(0.016), dec!(0.015), dec!(0.012)),
            (L::ReguaranteeFeeUpToSmallTicket, dec!(0.004), dec!(0.003), dec!(0.002)),
            (L::ReguaranteeFeeAboveSmallTicket, dec!(0.006), dec!(0.005), dec!(0.004)),
            (L::BankShare, dec!(0.19), dec!(0.20), dec!(0.30)),
            (L::SingleClient, dec!(0.11), dec!(0.10), dec!(0.05)),
            (L::RelatedGroup, dec!(0.16), dec!(0.15), dec!(0.10)),
            (L::Leverage, dec!(10.01), dec!(10), dec!(8)),
        ] {
            assert!(refused(rule, looser), "{rule:?}");
            assert!(!refused(rule, same) && !refused(rule, stricter), "{rule:?}");
        }
    }

    #[test]
    fn where_the_law_is_silent_any_limit_may_be_set() {
        assert!(!refused(LocalRule::TopTenClients, dec!(0.9)));
        assert!(!refused(LocalRule::Region, dec!(0.5)));
        assert!(!refused(LocalRule::Industry, dec!(0.01)));
    }

    #[test]
    fn only_a_region_or_an_industry_has_a_key_and_no_share_is_above_the_whole() {
        let keyed = |rule, key| LocalLimit { key, ..limit(rule, dec!(0.05), Day::new(2024, 1, 1), None) }.check();
        assert_eq!(keyed(LocalRule::Region, Some("330100")), Ok(()));
        assert_eq!(keyed(LocalRule::Industry, Some("47")), Ok(()));
        assert_eq!(keyed(LocalRule::SingleClient, Some("330100")), Err(LocalLimitError::UnfitKey));
        assert_eq!(keyed(LocalRule::TopTenClients, Some("330100")), Err(LocalLimitError::UnfitKey));
        assert!(!refused(LocalRule::Region, dec!(1)) && refused(LocalRule::Region, dec!(1.0000000001)));
        assert!(!refused(LocalRule::SmallAgriShare, dec!(1)) && refused(LocalRule::SmallAgriShare, dec!(1.0000000001)));
    }

    #[test]
    fn a_limit_is_held_against_the_law_of_every_day_it_covers() {
        let lax = |from, until| limit(LocalRule::SmallAgriShare, dec!(0.6), from, until).check();
        let law_begins = Day::new(2019, 1, 22);
        assert_eq!(lax(Day::new(2018, 1, 1), Some(law_begins)), Ok(()));
        let over = lax(Day::new(2018, 1, 1), Some(Day::new(2019, 1, 23)));
        let expected = LocalLimitError::LooserThanLaw(StricterLaw {
            rule: "share.small_agri",
            day: law_begins,
            value: Rate::new(dec!(0.80)),
            clause: ("国办发〔2019〕6号", "（六）"),
        });
        assert_eq!(over, Err(expected));
        assert_eq!(lax(Day::new(2024, 1, 1), Some(Day::new(2024, 1, 1))), Err(LocalLimitError::EmptyTerm));
    }

    #[test]
    fn two_limits_on_the_same_matter_may_follow_each_other_and_not_overlap() {
        let first = limit(LocalRule::SingleClient, dec!(0.08), Day::new(2024, 1, 1), Some(Day::new(2025, 1, 1)));
        let next = limit(LocalRule::SingleClient, dec!(0.05), Day::new(2025, 1, 1), None);
        assert!(!first.overlaps(&next) && !next.overlaps(&first));
        let early = LocalLimit { from: Day::new(2024, 12, 31), ..next };
        assert!(first.overlaps(&early) && early.overlaps(&first));
        assert!(!first.overlaps(&LocalLimit { rule: LocalRule::RelatedGroup, ..early }));
        let city = LocalLimit { rule: LocalRule::Region, key: Some("330100"), ..first };
        assert!(city.overlaps(&city) && !city.overlaps(&LocalLimit { key: Some("330200"), ..city }));
        assert!(first.in_force(Day::new(2024, 12, 31)) && !first.in_force(Day::new(2025, 1, 1)));
    }
}
