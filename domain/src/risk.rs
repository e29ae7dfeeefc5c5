//! Who bears how much of the risk, and how a sum of money is split among them.

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        arithmetic::RISK_WHOLE,
        guo_ban_fa_2019_6::{RISK_BANK, RISK_NATIONAL, RISK_PROVINCIAL},
    },
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// The part a party plays in sharing the risk; ties of a split go to the earlier role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The lending bank.
    Bank,
    /// The guarantee institution.
    Institution,
    /// The provincial re-guarantor.
    Provincial,
    /// The national fund.
    National,
    /// Local finance.
    LocalFinance,
    /// Anybody else.
    Other,
}

impl Role {
    /// Every role, in the order of a split.
    pub const ALL: [Self; 6] =
        [Self::Bank, Self::Institution, Self::Provincial, Self::National, Self::LocalFinance, Self::Other];
}

/// The shares of the risk, at most one for each role, in the order of the roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares(Vec<(Role, Rate)>);

/// An amount for each role of some shares, in the order of the roles.
pub type Parts = Vec<(Role, Money)>;

/// Shares that cannot be: above one, or two for the same role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharesError {
    /// A share is above one.
    #[error("a share is between 0 and 1")]
    AboveOne(Role),
    /// Two shares for one role.
    #[error("one role has two shares")]
    Twice(Role),
}

impl Shares {
    /// The shares of some roles; each between 0 and 1. Whether they add up to one is for [`judge`] to say.
    pub fn new(shares: impl IntoIterator<Item = (Role, Rate)>) -> Result<Self, SharesError> {
        let mut shares: Vec<_> = shares.into_iter().collect();
        shares.sort_by_key(|(role, _)| *role);
        for pair in shares.windows(2) {
            if let [(first, _), (second, _)] = pair
                && first == second
            {
                return Err(SharesError::Twice(*first));
            }
        }
        match shares.iter().find(|(_, share)| *share > Rate::ONE || *share < Rate::ZERO) {
            Some((role, _)) => Err(SharesError::AboveOne(*role)),
            None => Ok(Self(shares)),
        }
    }

    /// The share of a role; zero when it takes no part.
    pub fn of(&self, role: Role) -> Rate {
        self.0.iter().find(|(other, _)| *other == role).map_or(Rate::ZERO, |(_, share)| *share)
    }

    /// The sum of all shares.
    pub fn sum(&self) -> Result<Rate, OutOfRange> {
        self.0.iter().try_fold(Rate::ZERO, |sum, (_, share)| sum.plus(*share))
    }

    /// Splits an amount by the shares: largest remainder, ties to the earlier role; the parts add up to the whole.
    pub fn split(&self, amount: Money) -> Result<Parts, OutOfRange> {
        let weights: Vec<i128> = self.0.iter().map(|(_, share)| share.weight()).collect::<Result<_, _>>()?;
        let parts = amount.split(&weights)?;
        Ok(self.0.iter().map(|(role, _)| *role).zip(parts).collect())
    }
}

/// The part of one role.
pub fn part(parts: &Parts, role: Role) -> Money {
    parts.iter().find(|(other, _)| *other == role).map_or(Money::ZERO, |(_, amount)| *amount)
}

/// Judges the shares: they are the whole, and bank, national and provincial bear what the law wants of them.
///
/// `bank_loan` is false for bonds, where no bank shares the risk.
pub fn judge(shares: &Shares, bank_loan: bool, day: Day) -> Result<[Finding; 4], OutOfRange> {
    Ok([whole(shares, day)?, bank(shares, bank_loan, day)?, national(shares, day)?, provincial(shares, day)?])
}

/// The least share of the risk that a bank bears by the rules of `day`; none while no rule says so.
pub fn bank_least(day: Day) -> Option<Rate> {
    RISK_BANK.on(day).ok().map(|version| version.value)
}

fn whole(shares: &Shares, day: Day) -> Result<Finding, OutOfRange> {
    RISK_WHOLE.judge(day, |one, broken| {
        let sum = shares.sum()?;
        let exact = sum == *one;
        let shown = sum.percent();
        let explanation = if exact {
            Text::new("各方风险分担比例合计为100%。", "The risk shares add up to 100%.")
        } else {
            Text::new(
                format!("各方风险分担比例合计为{shown}，应当恰为100%；请调整各方比例。"),
                format!("The risk shares add up to {shown}, not to 100%: correct them."),
            )
        };
        Ok(Judgement {
            outcome: if exact { Outcome::Pass } else { broken },
            measured: Some(Figure::Rate(sum)),
            limit: Some(Figure::Rate(*one)),
            explanation,
        })
    })
}

/// A share that must reach a limit: who bears it, and what the limit is, in both languages.
fn at_least(
    who: (&str, &str),
    share: Rate,
    limit: Rate,
    of: (&str, &str),
    broken: Outcome,
) -> Result<Judgement, OutOfRange> {
    let met = share >= limit;
    let shown = Ratio::from_rate(share).percent_beside(Ratio::from_rate(limit))?;
    let ((zh, en), (of_zh, of_en), least) = (who, of, limit.percent());
    let explanation = if met {
        Text::new(
            format!("{zh}分担风险{shown}，不低于{of_zh}{least}。"),
            format!("The {en} bears {shown} of the risk, at or above {of_en}{least}."),
        )
    } else {
        Text::new(
            format!("{zh}分担风险{shown}，原则上不得低于{of_zh}{least}；请提高其比例，或由另一人书面批准例外。"),
            format!(
                "The {en} bears {shown} of the risk, below {of_en}{least}: raise its share, or have a second person approve a written exception."
            ),
        )
    };
    Ok(Judgement {
        outcome: if met { Outcome::Pass } else { broken },
        measured: Some(Figure::Rate(share)),
        limit: Some(Figure::Rate(limit)),
        explanation,
    })
}

/// A limit that the law states as a number.
const NUMBER: (&str, &str) = ("", "");

fn bank(shares: &Shares, bank_loan: bool, day: Day) -> Result<Finding, OutOfRange> {
    RISK_BANK.judge(day, |limit, broken| {
        let share = shares.of(Role::Bank);
        if bank_loan {
            return at_least(("银行", "bank"), share, *limit, NUMBER, broken);
        }
        let text = Text::new(
            "本业务不是银行贷款担保，银行分险比例不适用。",
            "This is no guarantee of a bank loan: the bank's share does not apply.",
        );
        Ok(Judgement {
            outcome: Outcome::NotApplicable,
            measured: Some(Figure::Rate(share)),
            limit: Some(Figure::Rate(*limit)),
            explanation: text,
        })
    })
}

fn national_takes_no_part(share: Rate, limit: Rate) -> Judgement {
    Judgement {
        outcome: Outcome::NotApplicable,
        measured: Some(Figure::Rate(share)),
        limit: Some(Figure::Rate(limit)),
        explanation: Text::new(
            "国家融资担保基金未参与分险，本条不适用。",
            "The national fund takes no part: the rule does not apply.",
        ),
    }
}

fn national(shares: &Shares, day: Day) -> Result<Finding, OutOfRange> {
    RISK_NATIONAL.judge(day, |limit, broken| {
        let share = shares.of(Role::National);
        if share == Rate::ZERO {
            return Ok(national_takes_no_part(share, *limit));
        }
        at_least(("国家融资担保基金", "national fund"), share, *limit, NUMBER, broken)
    })
}

fn provincial(shares: &Shares, day: Day) -> Result<Finding, OutOfRange> {
    RISK_PROVINCIAL.judge(day, |_, broken| {
        let (share, national) = (shares.of(Role::Provincial), shares.of(Role::National));
        if national == Rate::ZERO {
            return Ok(national_takes_no_part(share, national));
        }
        let of = ("国家融资担保基金承担的", "the national fund's ");
        at_least(("省级再担保机构", "provincial re-guarantor"), share, national, of, broken)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Day = Day::new(2024, 1, 1);

    fn shares(bank: &str, institution: &str, provincial: &str, national: &str) -> Shares {
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        Shares::new([
            (Role::Bank, rate(bank)),
            (Role::Institution, rate(institution)),
            (Role::Provincial, rate(provincial)),
            (Role::National, rate(national)),
        ])
        .unwrap()
    }

    fn outcomes(shares: &Shares) -> [Outcome; 4] {
        judge(shares, true, DAY).unwrap().map(|finding| finding.outcome)
    }

    #[test]
    fn four_two_two_two_passes() {
        assert_eq!(outcomes(&shares("0.2", "0.4", "0.2", "0.2")), [Outcome::Pass; 4]);
    }

    #[test]
    fn the_shares_are_the_whole_to_the_tenth_decimal() {
        use Outcome::{Pass, Refuse};
        assert_eq!(outcomes(&shares("0.2", "0.3999999999", "0.2", "0.2"))[0], Refuse);
        assert_eq!(outcomes(&shares("0.2", "0.4", "0.2", "0.2"))[0], Pass);
        assert_eq!(outcomes(&shares("0.2", "0.4000000001", "0.2", "0.2"))[0], Refuse);
    }

    #[test]
    fn each_share_just_under_its_limit_needs_an_exception() {
        use Outcome::{NeedsException, Pass};
        assert_eq!(outcomes(&shares("0.1999999999", "0.4000000001", "0.2", "0.2")), [Pass, NeedsException, Pass, Pass]);
        assert_eq!(outcomes(&shares("0.2", "0.4000000001", "0.2", "0.1999999999")), [Pass, Pass, NeedsException, Pass]);
        assert_eq!(outcomes(&shares("0.2", "0.4000000001", "0.1999999999", "0.2")), [Pass, Pass, Pass, NeedsException]);
    }

    #[test]
    fn without_the_national_fund_its_two_rules_do_not_apply() {
        use Outcome::{NotApplicable, Pass};
        assert_eq!(outcomes(&shares("0.2", "0.8", "0", "0")), [Pass, Pass, NotApplicable, NotApplicable]);
    }

    #[test]
    fn a_bond_has_no_bank_to_share_with() {
        let findings = judge(&shares("0", "1", "0", "0"), false, DAY).unwrap();
        assert_eq!(findings[1].outcome, Outcome::NotApplicable);
    }

    #[test]
    fn before_22_january_2019_only_arithmetic_holds() {
        let findings = judge(&shares("0", "0.9", "0", "0"), true, Day::new(2019, 1, 21)).unwrap();
        let outcomes = findings.map(|finding| finding.outcome);
        assert_eq!(outcomes, [Outcome::Refuse, Outcome::NotApplicable, Outcome::NotApplicable, Outcome::NotApplicable]);
    }

    #[test]
    fn a_share_above_one_and_a_role_named_twice_are_refused() {
        let above = Shares::new([(Role::Bank, "1.0000000001".parse().unwrap())]);
        assert_eq!(above, Err(SharesError::AboveOne(Role::Bank)));
        let twice = Shares::new([(Role::Other, Rate::ZERO), (Role::Other, Rate::ONE)]);
        assert_eq!(twice, Err(SharesError::Twice(Role::Other)));
    }

    #[test]
    fn an_amount_is_split_by_largest_remainder_and_ties_go_to_the_earlier_role() {
        // 100.01 by 0.2/0.4/0.2/0.2: 20.002, 40.004, 20.002, 20.002; the fen left goes to the institution.
        let parts = shares("0.2", "0.4", "0.2", "0.2").split(Money::from_fen(10_001)).unwrap();
        let fen: Vec<i64> = parts.iter().map(|(_, amount)| amount.fen()).collect();
        assert_eq!(fen, [2000, 4001, 2000, 2000]);
    }

    proptest! {
        #[test]
        fn parts_add_up_for_any_shares_that_are_the_whole(fen in 0_i64.., cuts in prop::array::uniform3(0_i64..=10_000_000_000)) {
            let mut cuts = cuts;
            cuts.sort_unstable();
            let rate = |units: i64| Rate::new(rust_decimal::Decimal::new(units, 10));
            let shares = Shares::new([
                (Role::Bank, rate(cuts[0])),
                (Role::Institution, rate(cuts[1] - cuts[0])),
                (Role::Provincial, rate(cuts[2] - cuts[1])),
                (Role::National, rate(10_000_000_000 - cuts[2])),
            ]).unwrap();
            let parts = shares.split(Money::from_fen(fen)).unwrap();
            prop_assert_eq!(Money::total(parts.iter().map(|(_, part)| *part)).unwrap().fen(), fen);
            prop_assert_eq!(judge(&shares, true, DAY).unwrap()[0].outcome, Outcome::Pass);
        }
    }
}
