//! What is ceded to an upper layer: its part of what is guaranteed, and what follows when it refuses to take a contract on its books (备案).

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Figure, Finding, Outcome, Row, Text},
    policy::Severity,
    value::{Money, OutOfRange, Rate, Ratio},
};

/// Where the filing (备案) of a ceded contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filing {
    /// 待备案. The upper layer has not decided.
    Pending,
    /// 已备案. The upper layer has taken it on its books.
    Confirmed,
    /// 不予备案. The upper layer does not take part in it.
    Refused,
    /// 无须备案. It came to nothing before anything was decided.
    NotNeeded,
}

/// What is ceded at one share of the risk.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The upper layer's share.
    pub share: Rate,
    /// How many contracts count.
    pub contracts: i64,
    /// What is outstanding of them, at the full guaranteed amount.
    pub outstanding: Money,
    /// Of which small-and-agri.
    pub small_agri: Money,
}

/// What is ceded, added up. Amounts of the ceded part are exact, in 10⁻¹⁰ fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ceded {
    /// How many contracts count.
    pub contracts: i64,
    /// What is outstanding of them, at the full guaranteed amount.
    pub outstanding: Money,
    exact: i128,
    small_agri: i128,
}

/// Contracts of a year that were alike when they began: at one share, with one kind of client.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// The upper layer's share.
    pub share: Rate,
    /// The guaranteed amount of them together.
    pub amount: Money,
    /// Whether the clients count as small-and-agri.
    pub small_agri: bool,
    /// Whether the clients had at most 500万 each; unknown of the oldest.
    pub small_ticket: Option<bool>,
}

/// What began in a year, as far as it is ceded: the part of small tickets in what is small-and-agri. Amounts of the ceded part are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    small_agri: i128,
    small_ticket: i128,
    unknown: bool,
}

impl Begun {
    /// The sum with more contracts.
    pub fn with(self, more: Beginning) -> Result<Self, OutOfRange> {
        if !more.small_agri {
            return Ok(self);
        }
        let exact = more.amount.wide().checked_mul(more.share.weight()?).ok_or(OutOfRange)?;
        let small_ticket = if more.small_ticket == Some(true) { exact } else { 0 };
        self.plus(Self { small_agri: exact, small_ticket, unknown: more.small_ticket.is_none() })
    }

    /// The sum of two.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        Ok(Self {
            small_agri: self.small_agri.checked_add(other.small_agri).ok_or(OutOfRange)?,
            small_ticket: self.small_ticket.checked_add(other.small_ticket).ok_or(OutOfRange)?,
            unknown: self.unknown || other.unknown,
        })
    }

    /// Small tickets over small-and-agri; `None` of nothing, and where it is not known of one.
    pub fn small_ticket_share(self) -> Result<Option<Ratio>, OutOfRange> {
        if self.unknown { Ok(None) } else { Ratio::new(self.small_ticket, self.small_agri) }
    }
}

impl Ceded {
    /// The sum with one more part.
    pub fn with(self, part: Part) -> Result<Self, OutOfRange> {
        let share = part.share.weight()?;
        let exact = |sum: i128, amount: Money| {
            amount.wide().checked_mul(share).and_then(|part| sum.checked_add(part)).ok_or(OutOfRange)
        };
        Ok(Self {
            contracts: self.contracts.checked_add(part.contracts).ok_or(OutOfRange)?,
            outstanding: self.outstanding.plus(part.outstanding)?,
            exact: exact(self.exact, part.outstanding)?,
            small_agri: exact(self.small_agri, part.small_agri)?,
        })
    }

    /// The sum of two.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        let add = |a: i128, b: i128| a.checked_add(b).ok_or(OutOfRange);
        Ok(Self {
            contracts: self.contracts.checked_add(other.contracts).ok_or(OutOfRange)?,
            outstanding: self.outstanding.plus(other.outstanding)?,
            exact: add(self.exact, other.exact)?,
            small_agri: add(self.small_agri, other.small_agri)?,
        })
    }

    /// 分出责任: share × outstanding of every contract, half up once, at the end.
    pub fn amount(self) -> Result<Money, OutOfRange> {
        Ratio::new(self.exact, Rate::ONE.weight()?)?.ok_or(OutOfRange)?.to_money()
    }

    /// The small-and-agri part of what is ceded; `None` of nothing.
    pub fn small_agri_share(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::new(self.small_agri, self.exact)
    }
}

/// 额度使用率: used ÷ granted; `None` where nothing was granted.
pub fn quota_use(used: Money, granted: Option<Money>) -> Result<Option<Ratio>, OutOfRange> {
    granted.map_or(Ok(None), |granted| Ratio::of(used, granted))
}

impl Filing {
    /// Where it stands of a contract that came to nothing: what was decided stays, and nothing is left to decide.
    pub fn when_void(self) -> Self {
        if self == Self::Pending { Self::NotNeeded } else { self }
    }

    /// Whether a decision changes anything: the same one again does not.
    pub fn changes_to(self, decision: Self) -> bool {
        matches!(decision, Self::Confirmed | Self::Refused) && decision != self
    }

    /// What of the upper layer's `share` the cedent bears itself from this decision on. Reading `a_refused_share_is_borne_by_the_cedent`:
    /// the other parties have agreed to their own shares only, so nobody else can be left with it.
    pub fn borne(self, share: Rate) -> Rate {
        match self {
            Self::Refused => share,
            Self::Pending | Self::Confirmed | Self::NotNeeded => Rate::ZERO,
        }
    }

    /// What the decision means for the cedent's contract: it refuses nothing, and is shown. `row` is the decision.
    pub fn finding(self, upper: &str, share: Rate, row: Row) -> Finding {
        let percent = share.percent();
        let (outcome, zh, en) = match self {
            Self::Refused => (
                Outcome::Advise,
                format!("{upper}不予备案：其原分担的{percent}风险自{}起由本机构自行承担。", row.from),
                format!(
                    "{upper} has refused the filing: from {} on the institution bears its {percent} itself.",
                    row.from
                ),
            ),
            Self::Pending | Self::Confirmed | Self::NotNeeded => (
                Outcome::Pass,
                format!("{upper}已予备案，自{}起按协议分担{percent}的风险。", row.from),
                format!("{upper} has confirmed the filing and bears {percent} by the agreement from {} on.", row.from),
            ),
        };
        Finding {
            rule: "filing.refused",
            outcome,
            measured: Some(Figure::Rate(self.borne(share))),
            limit: None,
            severity: Severity::Advise,
            basis: None,
            row: Some(row),
            explanation: Text::new(zh, en),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Day;

    fn part(share: &str, contracts: i64, outstanding: i64, small_agri: i64) -> Part {
        let (outstanding, small_agri) = (Money::from_fen(outstanding), Money::from_fen(small_agri));
        Part { share: share.parse().unwrap(), contracts, outstanding, small_agri }
    }

    fn sum(parts: &[Part]) -> Ceded {
        parts.iter().try_fold(Ceded::default(), |sum, part| sum.with(*part)).unwrap()
    }

    #[test]
    fn what_is_ceded_is_rounded_once_at_the_end() {
        // 0.2 × 0.02 = 0.004 yuan each: half up of each would be nothing, of both together it is 0.008, one fen.
        let ceded = sum(&[part("0.2", 1, 2, 2), part("0.2", 1, 2, 0)]);
        assert_eq!((ceded.contracts, ceded.outstanding.fen(), ceded.amount().unwrap().fen()), (2, 4, 1));
        // 0.2 × 0.02 = 0.004 alone is nothing.
        assert_eq!(sum(&[part("0.2", 1, 2, 2)]).amount().unwrap().fen(), 0);
        // 0.25 × 0.02 = 0.005, exactly half a fen, is one.
        assert_eq!(sum(&[part("0.25", 1, 2, 2)]).amount().unwrap().fen(), 1);
    }

    #[test]
    fn the_small_and_agri_part_is_weighed_by_the_shares() {
        // (0.2 × 100) ÷ (0.2 × 100 + 0.4 × 100) = 20 ÷ 60, though half of what is guaranteed is small-and-agri.
        let ceded = sum(&[part("0.2", 1, 100, 100), part("0.4", 1, 100, 0)]);
        assert_eq!(ceded.small_agri_share().unwrap().unwrap().six_decimals().unwrap().to_string(), "0.333333");
        assert!(Ceded::default().small_agri_share().unwrap().is_none());
        assert_eq!(ceded.plus(Ceded::default()).unwrap(), ceded);
    }

    #[test]
    fn small_tickets_are_a_part_of_what_is_small_and_agri_and_began() {
        let began = |share: &str, fen: i64, small_agri: bool, small_ticket: Option<bool>| Beginning {
            share: share.parse().unwrap(),
            amount: Money::from_fen(fen),
            small_agri,
            small_ticket,
        };
        let of = |all: &[Beginning]| all.iter().try_fold(Begun::default(), |sum, more| sum.with(*more)).unwrap();
        let share = |all: &[Beginning]| {
            of(all).small_ticket_share().unwrap().map(|share| share.six_decimals().unwrap().to_string())
        };
        // (0.2 × 100) ÷ (0.2 × 100 + 0.4 × 100): a third; what is not small-and-agri counts on neither side.
        let (ticket, larger) = (began("0.2", 100, true, Some(true)), began("0.4", 100, true, Some(false)));
        let other = began("0.2", 500, false, Some(true));
        assert_eq!(share(&[ticket, larger, other]).as_deref(), Some("0.333333"));
        assert_eq!(share(&[other]), None);
        assert_eq!(share(&[ticket, began("0.2", 1, true, None)]), None);
        assert_eq!(share(&[ticket, began("0.2", 1, false, None)]).as_deref(), Some("1"));
    }

    #[test]
    fn a_refused_share_is_borne_by_the_cedent_and_a_confirmed_one_is_not() {
        let share: Rate = "0.2".parse().unwrap();
        let (document, from) = ("不予备案".to_owned(), Day::new(2026, 3, 1));
        let row = Row { document, clause: None, from, until: None, verified: true };
        let refused = Filing::Refused.finding("某某公司", share, row.clone());
        assert_eq!((refused.outcome, refused.measured), (Outcome::Advise, Some(Figure::Rate(share))));
        assert!(refused.explanation.zh.contains("20%") && refused.explanation.zh.contains("2026-03-01"));
        let confirmed = Filing::Confirmed.finding("某某公司", share, row);
        assert_eq!((confirmed.outcome, confirmed.measured), (Outcome::Pass, Some(Figure::Rate(Rate::ZERO))));
    }

    #[test]
    fn a_decision_may_be_turned_but_not_repeated() {
        use Filing::{Confirmed, NotNeeded, Pending, Refused};
        for (is, decision, changes) in [
            (Pending, Confirmed, true),
            (Pending, Refused, true),
            (Confirmed, Refused, true),
            (Refused, Confirmed, true),
            (Confirmed, Confirmed, false),
            (Refused, Refused, false),
            (Confirmed, Pending, false),
            (Confirmed, NotNeeded, false),
        ] {
            assert_eq!(is.changes_to(decision), changes, "{is:?} {decision:?}");
        }
        assert_eq!([Pending, Confirmed, Refused].map(Filing::when_void), [NotNeeded, Confirmed, Refused]);
    }

    #[test]
    fn what_is_used_of_a_quota_is_a_ratio_where_one_was_granted() {
        let (used, granted) = (Money::from_fen(2), Some(Money::from_fen(3)));
        assert_eq!(quota_use(used, granted).unwrap().unwrap().six_decimals().unwrap().to_string(), "0.666667");
        assert!(quota_use(used, None).unwrap().is_none() && quota_use(used, Some(Money::ZERO)).unwrap().is_none());
    }
}
