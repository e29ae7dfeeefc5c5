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

/// A local limit as it is entered: in force `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalLimit {
    /// What it limits.
    pub rule: LocalRule,
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
    /// The law of some day it covers is stricter.
    #[error("the law ({rule}) is stricter from {day}: {law}")]
    LooserThanLaw {
        /// The rule's id.
        rule: &'static str,
        /// The first day on which it would be looser.
        day: Day,
        /// The law's value on that day.
        law: Rate,
    },
}

/// One version of the law, as far as a local limit is concerned.
struct Law {
    rule: &'static str,
    direction: Direction,
    value: Rate,
    from: Day,
    until: Option<Day>,
}

fn laws<T>(rule: &'static Rule<T>, value: impl Fn(&'static T) -> Rate) -> Vec<Law> {
    let law = |version: &'static Version<T>| Law {
        rule: rule.id,
        direction: rule.direction,
        value: value(&version.value),
        from: version.from,
        until: version.until,
    };
    rule.versions.iter().map(law).collect()
}

impl LocalRule {
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

fn overlap(a: (Day, Option<Day>), b: (Day, Option<Day>)) -> bool {
    b.1.is_none_or(|until| a.0 < until) && a.1.is_none_or(|until| b.0 < until)
}

impl LocalLimit {
    /// Whether the limit may be kept: on every day it covers it is at least as strict as the law of that day.
    pub fn check(&self) -> Result<(), LocalLimitError> {
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(LocalLimitError::EmptyTerm);
        }
        for law in self.rule.laws() {
            let looser = match law.direction {
                Direction::Minimum => self.value < law.value,
                _ => self.value > law.value,
            };
            if looser && overlap((self.from, self.until), (law.from, law.until)) {
                let day = self.from.max(law.from);
                return Err(LocalLimitError::LooserThanLaw { rule: law.rule, day, law: law.value });
            }
        }
        Ok(())
    }

    /// Whether both limit the same thing on some day: two limits at a time would leave open which one holds.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.rule == other.rule && overlap((self.from, self.until), (other.from, other.until))
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

    fn limit(rule: LocalRule, value: rust_decimal::Decimal, from: Day, until: Option<Day>) -> LocalLimit {
        LocalLimit { rule, value: Rate::new(value), from, until }
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
    fn a_limit_is_held_against_the_law_of_every_day_it_covers() {
        let lax = |from, until| limit(LocalRule::SmallAgriShare, dec!(0.6), from, until).check();
        let law_begins = Day::new(2019, 1, 22);
        assert_eq!(lax(Day::new(2018, 1, 1), Some(law_begins)), Ok(()));
        let over = lax(Day::new(2018, 1, 1), Some(Day::new(2019, 1, 23)));
        let expected =
            LocalLimitError::LooserThanLaw { rule: "share.small_agri", day: law_begins, law: Rate::new(dec!(0.80)) };
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
        assert!(first.in_force(Day::new(2024, 12, 31)) && !first.in_force(Day::new(2025, 1, 1)));
    }
}
