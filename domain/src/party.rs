//! What may not be guaranteed because of who the party is or what the money is for, and what must be shown.

use crate::{
    client::ClientKind,
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        Prohibited, Rule,
        guo_ban_fa_2019_6::{INVEST_EQUITY, PURPOSE_BOND, PURPOSE_PLATFORM, SIZE_FOCUS, TRANSFER_BANK_LOAN},
        guo_wu_yuan_ling_683::{LIMIT_RELATED, PARTY_RELATED_TERMS},
        yin_fa_2018_162::PARTY_BLACKLIST,
    },
    value::{Day, Money, OutOfRange, Ratio, Term},
};

/// How a party is related to the institution (683号 art. 17).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relation {
    /// Not related.
    #[default]
    None,
    /// Its controlling shareholder or actual controller.
    Controller,
    /// Another related party (关联方).
    Other,
}

/// The flags of a party, each kept with its source and day where it is stored.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    /// 政府融资平台.
    pub government_platform: bool,
    /// On a blacklist or watch list of a government department.
    pub blacklisted: bool,
    /// How it is related to the institution.
    pub relation: Relation,
}

/// One sentence for a thing that is there, one for a thing that is not.
struct Words {
    broken: Text,
    fine: Text,
}

fn prohibited(rule: &'static Rule<Prohibited>, there: bool, words: Words, day: Day) -> Finding {
    rule.say(day, |broken| {
        let (outcome, text) = if there { (broken, words.broken) } else { (Outcome::Pass, words.fine) };
        Judgement::plain(outcome, text)
    })
}

/// `purpose.bond`: the issuance of government bonds is not guaranteed.
pub fn bond(government_bond: bool, day: Day) -> Finding {
    let words = Words {
        broken: Text::new(
            "用途为政府债券发行，不得提供担保。",
            "The purpose is the issuance of government bonds: it may not be guaranteed.",
        ),
        fine: Text::new("用途不是政府债券发行。", "The purpose is not the issuance of government bonds."),
    };
    prohibited(&PURPOSE_BOND, government_bond, words, day)
}

/// `purpose.platform`: a government financing platform gets no credit support.
pub fn platform(flags: Flags, day: Day) -> Finding {
    let words = Words {
        broken: Text::new(
            "被担保人是政府融资平台，不得提供增信。",
            "The party is a government financing platform: it may not be supported.",
        ),
        fine: Text::new("被担保人不是政府融资平台。", "The party is not a government financing platform."),
    };
    prohibited(&PURPOSE_PLATFORM, flags.government_platform, words, day)
}

/// `party.blacklist`: shown at booking; a subsidised business is refused where subsidies are decided.
pub fn blacklist(flags: Flags, day: Day) -> Finding {
    let words = Words {
        broken: Text::new(
            "被担保人列入黑名单或重点关注名单：可以办理，但本笔业务不得享受补贴等优惠政策。",
            "The party is on a blacklist or watch list: the contract may be booked, but no subsidy may be claimed for it.",
        ),
        fine: Text::new("被担保人未列入黑名单或重点关注名单。", "The party is on no blacklist or watch list."),
    };
    prohibited(&PARTY_BLACKLIST, flags.blacklisted, words, day)
}

/// Whether a blacklisted party's business may be subsidised: never (银发〔2018〕162号 八（二十二）).
pub const fn may_be_subsidised(flags: Flags) -> bool {
    !flags.blacklisted
}

/// What art. 17 says nothing of: it speaks of financing guarantees.
fn no_financing() -> Judgement {
    let text = Text::new(
        "非融资担保不适用本条（条例第十七条所称为融资担保）。",
        "The guarantee finances nothing: art. 17 speaks of financing guarantees.",
    );
    Judgement::plain(Outcome::NotApplicable, text)
}

/// `limit.related`: no financing guarantee for the controlling shareholder or actual controller.
pub fn controller(flags: Flags, financing: bool, day: Day) -> Finding {
    if !financing {
        return LIMIT_RELATED.say(day, |_| no_financing());
    }
    let words = Words {
        broken: Text::new(
            "被担保人是本机构的控股股东或实际控制人，不得为其提供融资担保。",
            "The party is the institution's controlling shareholder or actual controller: no guarantee may be given.",
        ),
        fine: Text::new(
            "被担保人不是本机构的控股股东或实际控制人。",
            "The party is not the institution's controlling shareholder or actual controller.",
        ),
    };
    prohibited(&LIMIT_RELATED, flags.relation == Relation::Controller, words, day)
}

/// An equity investment in a company that is no financing guarantor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EquityInvestment {
    /// Technology guarantee with equity linkage (财金〔2025〕11号 art. 8).
    pub technology_linkage: bool,
    /// The supervisor has confirmed the exception, with a day.
    pub confirmed_by_supervisor: bool,
}

/// `invest.equity`. Reading `unverified_values_never_loosen_verified_limits`: the exception for technology guarantee
/// is known from secondary sources, so it needs the supervisor's confirmation.
pub fn equity(investments: &[EquityInvestment], day: Day) -> Finding {
    let excepted = |investment: &EquityInvestment| {
        investment.technology_linkage
            && investment.confirmed_by_supervisor
            && day >= crate::policy::cai_jin_2025_11::FROM
    };
    let words = Words {
        broken: Text::new(
            "机构持有非融资担保机构股权，不得办理；科技创新担保与股权投资联动须有监管部门注明日期的确认。",
            "The institution holds equity in a company that is no financing guarantor, which is not allowed; technology guarantee with equity linkage needs a dated confirmation of the supervisor.",
        ),
        fine: Text::new("机构没有不允许的股权投资。", "The institution holds no equity that is not allowed."),
    };
    let there = investments.iter().any(|investment| !excepted(investment));
    prohibited(&INVEST_EQUITY, there, words, day)
}

/// The shortest and the longest term, in days, of the band that a term is compared within: up to one year, up to three, longer.
///
/// Reading `related_terms_are_compared_within_bands_of_terms`: 同类担保 is read as the same product, client kind and band.
pub fn term_band(term: Term) -> (i32, i32) {
    match term.days() {
        ..=366 => (0, 366),
        367..=1096 => (367, 1096),
        _ => (1097, i32::MAX),
    }
}

/// The fewest comparable contracts whose median says anything.
pub const COMPARABLES_NEEDED: usize = 5;

/// What `party.related_terms` compares.
#[derive(Clone, Copy, Debug)]
pub struct Related<'a> {
    /// The party's flags.
    pub flags: Flags,
    /// Whether the guarantee is a financing one.
    pub financing: bool,
    /// The contract's annual fee rate; none while its fee is not known.
    pub rate: Option<Ratio>,
    /// The fee rates of comparable contracts; none where nobody has looked.
    pub comparables: Option<&'a [Ratio]>,
}

/// `party.related_terms`: another related party's fee rate against the median of the same product, kind of guarantee, client kind and
/// term band over the last 12 months.
///
/// Fewer than five comparables: not assessed, and a second person declares that the terms are not better. Not better
/// means that the fee rate is not below the median.
pub fn related_terms(related: Related<'_>, day: Day) -> Result<Finding, OutOfRange> {
    let Related { flags, financing, rate, comparables } = related;
    PARTY_RELATED_TERMS.judge(day, |_, broken| {
        if flags.relation != Relation::Other {
            let text = Text::new("被担保人不是本机构的其他关联方，本条不适用。", "The party is not another related party of the institution: the rule does not apply.");
            return Ok(Judgement::plain(Outcome::NotApplicable, text));
        }
        if !financing {
            return Ok(no_financing());
        }
        let Some(comparables) = comparables else {
            let text = Text::new("随既有业务承接，未与同类业务比较；请核对条件是否优于非关联方。", "Taken over with an earlier book and compared with no other contract: check whether the terms are better than others get.");
            return Ok(Judgement::plain(Outcome::NotAssessed, text));
        };
        let (Some(rate), Some(median)) = (rate, median(comparables)?) else {
            let text = Text::new(
                "近12个月同类业务不足5笔，无法比较；须由另一人书面声明条件不优于非关联方，并在30日内向监督管理部门报告。",
                "Fewer than five comparable contracts in the last 12 months: not assessed. A second person must declare that the terms are not better, and the contract is reported to the supervisor within 30 days.",
            );
            return Ok(Judgement::plain(Outcome::NotAssessed, text));
        };
        let fine = rate.compare(median)?.is_ge();
        let (shown, middle) = (rate.percent_beside(median)?, median.percent_beside(rate)?);
        let explanation = if fine {
            Text::new(
                format!("关联方担保费率{shown}，不低于同类业务中位数{middle}；须在30日内向监督管理部门报告。"),
                format!("The related party's fee rate of {shown} is not below the median of {middle}; report it to the supervisor within 30 days."),
            )
        } else {
            Text::new(
                format!("关联方担保费率{shown}，低于同类业务中位数{middle}，条件优于非关联方，不得办理。"),
                format!("The related party's fee rate of {shown} is below the median of {middle}: better terms than others get are not allowed."),
            )
        };
        Ok(Judgement {
            outcome: if fine { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(rate))?,
            limit: Figure::ratio(Some(median))?,
            explanation,
        })
    })
}

/// The median of enough ratios, exactly; of an even number the mean of the middle two.
fn median(ratios: &[Ratio]) -> Result<Option<Ratio>, OutOfRange> {
    if ratios.len() < COMPARABLES_NEEDED {
        return Ok(None);
    }
    let mut failed = None;
    let mut sorted = ratios.to_vec();
    sorted.sort_by(|a, b| {
        a.compare(*b).unwrap_or_else(|out_of_range| {
            failed = Some(out_of_range);
            std::cmp::Ordering::Equal
        })
    });
    if let Some(out_of_range) = failed {
        return Err(out_of_range);
    }
    let upper = sorted.get(sorted.len() / 2).copied();
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2).copied();
    upper.zip(lower).map(|(upper, lower)| upper.mean(lower)).transpose()
}

/// Whether the client already has a loan at the bank, and whether that was examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankLoan {
    /// No loan at the same bank.
    None,
    /// A loan at the same bank, examined and recorded.
    Examined,
    /// A loan at the same bank, not examined.
    NotExamined,
    /// Nobody knows, as of a contract that came with an earlier book.
    Unknown,
}

/// `transfer.bank_loan`: the bank must not shift a risk that it bears already.
pub fn bank_loan(loan: BankLoan, day: Day) -> Result<Finding, OutOfRange> {
    TRANSFER_BANK_LOAN.judge(day, |_, broken| {
        Ok(match loan {
            BankLoan::None => Judgement::plain(
                Outcome::Pass,
                Text::new("客户在该银行没有存量贷款。", "The client has no loan at this bank."),
            ),
            BankLoan::Examined => Judgement::plain(
                Outcome::Pass,
                Text::new("客户在该银行有存量贷款，已审核并留有记录。", "The client has a loan at this bank; it was examined and recorded."),
            ),
            BankLoan::Unknown => Judgement::plain(
                Outcome::NotAssessed,
                Text::new("随既有业务承接，客户在该银行有无存量贷款不详，无法评估。", "Taken over with an earlier book: whether the client had a loan at the bank is not known."),
            ),
            BankLoan::NotExamined => Judgement::plain(
                broken,
                Text::new(
                    "客户在该银行有存量贷款，请严格审核是否转嫁风险，并录入征信核查记录。",
                    "The client has a loan at this bank: examine whether risk is being shifted, and record the credit check.",
                ),
            ),
        })
    })
}

/// `size.focus`: whether the client's total lies within what the policy focuses on; of others than small-and-agri clients only the amount is
/// said to.
pub fn focus(kind: ClientKind, client_total: Money, day: Day) -> Result<Finding, OutOfRange> {
    SIZE_FOCUS.judge(day, |most, broken| {
        let within = client_total <= *most;
        let (shown, limit) = (client_total.grouped(), most.grouped());
        let (zh, en) = match (within, kind.is_small_agri()) {
            (true, true) => ("属于", "within"),
            (true, false) => ("金额未超出（但客户不属于支小支农主体）", "(a client that is not small-and-agri) within"),
            (false, _) => ("超出", "beyond"),
        };
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured: Some(Figure::Money(client_total)),
            limit: Some(Figure::Money(*most)),
            explanation: Text::new(
                format!("单户担保金额{shown}元，{zh}重点支持的{limit}元及以下。"),
                format!("The client's total of {shown} yuan is {en} the focus of up to {limit} yuan."),
            ),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Day = Day::new(2024, 1, 1);

    fn rates(per_mille: &[i128]) -> Vec<Ratio> {
        per_mille.iter().map(|rate| Ratio::new(*rate, 1000).unwrap().unwrap()).collect()
    }

    fn other() -> Related<'static> {
        let flags = Flags { relation: Relation::Other, ..Flags::default() };
        Related { flags, financing: true, rate: Ratio::new(1, 1000).unwrap(), comparables: Some(&[]) }
    }

    fn related(rate: i128, comparables: &[i128]) -> Outcome {
        let comparables = rates(comparables);
        let related = Related { rate: Ratio::new(rate, 1000).unwrap(), comparables: Some(&comparables), ..other() };
        related_terms(related, DAY).unwrap().outcome
    }

    #[test]
    fn related_terms_are_compared_within_bands_of_terms() {
        // A year with its leap day and one more; three years with theirs and one more.
        let from = Day::new(2023, 6, 1);
        let band = |year, month, day| term_band(Term::new(from, Day::new(year, month, day)).unwrap());
        assert_eq!((band(2024, 6, 1), band(2024, 6, 2)), ((0, 366), (367, 1096)));
        assert_eq!((band(2026, 6, 1), band(2026, 6, 2)), ((367, 1096), (1097, i32::MAX)));
    }

    #[test]
    fn terms_that_nobody_compared_are_not_said_to_lack_comparables() {
        let found = related_terms(Related { comparables: None, ..other() }, DAY).unwrap();
        assert_eq!(found.outcome, Outcome::NotAssessed);
        assert!(found.explanation.zh.starts_with("随既有业务承接"));
    }

    #[test]
    fn a_related_party_pays_at_least_the_median() {
        use Outcome::{NotAssessed, Pass, Refuse};
        assert_eq!(related(9, &[8, 12, 10, 9, 11]), Refuse);
        assert_eq!(related(10, &[8, 12, 10, 9, 11]), Pass);
        assert_eq!(related(11, &[8, 12, 10, 9, 11]), Pass);
        // Six: the median of 8, 9, 10, 11, 12, 13 is 10.5.
        assert_eq!(related(10, &[8, 9, 10, 11, 12, 13]), Refuse);
        assert_eq!(related(11, &[8, 9, 10, 11, 12, 13]), Pass);
        assert_eq!(related(1, &[8, 9, 10, 11]), NotAssessed);
    }

    #[test]
    fn only_other_related_parties_are_compared_and_controllers_are_refused() {
        let controller_flags = Flags { relation: Relation::Controller, ..Flags::default() };
        let compared = related_terms(Related { flags: controller_flags, ..other() }, DAY).unwrap().outcome;
        assert_eq!(
            (compared, controller(controller_flags, true, DAY).outcome),
            (Outcome::NotApplicable, Outcome::Refuse)
        );
        assert_eq!(controller(Flags::default(), true, DAY).outcome, Outcome::Pass);
    }

    #[test]
    fn each_prohibition_binds_from_its_first_day() {
        let platform_flags = Flags { government_platform: true, ..Flags::default() };
        for (day, outcome) in [
            (Day::new(2019, 1, 21), Outcome::NotApplicable),
            (Day::new(2019, 1, 22), Outcome::Refuse),
            (Day::new(2019, 1, 23), Outcome::Refuse),
        ] {
            assert_eq!(bond(true, day).outcome, outcome);
            assert_eq!(platform(platform_flags, day).outcome, outcome);
        }
        let controller_flags = Flags { relation: Relation::Controller, ..Flags::default() };
        assert_eq!(controller(controller_flags, true, Day::new(2017, 9, 30)).outcome, Outcome::NotApplicable);
        assert_eq!(controller(controller_flags, true, Day::new(2017, 10, 1)).outcome, Outcome::Refuse);
    }

    #[test]
    fn a_blacklisted_party_may_be_guaranteed_and_not_subsidised() {
        let flags = Flags { blacklisted: true, ..Flags::default() };
        assert_eq!(blacklist(flags, Day::new(2018, 6, 22)).outcome, Outcome::NotApplicable);
        assert_eq!(blacklist(flags, Day::new(2018, 6, 23)).outcome, Outcome::Advise);
        assert!(!may_be_subsidised(flags));
        assert!(may_be_subsidised(Flags::default()));
    }

    #[test]
    fn technology_equity_needs_the_supervisor_s_confirmation_and_the_day() {
        let investment = |technology_linkage, confirmed_by_supervisor| {
            [EquityInvestment { technology_linkage, confirmed_by_supervisor }]
        };
        let after = Day::new(2025, 3, 1);
        assert_eq!(equity(&investment(true, true), after).outcome, Outcome::Pass);
        assert_eq!(equity(&investment(true, true), Day::new(2025, 2, 28)).outcome, Outcome::Refuse);
        assert_eq!(equity(&investment(true, false), after).outcome, Outcome::Refuse);
        assert_eq!(equity(&investment(false, true), after).outcome, Outcome::Refuse);
        assert_eq!(equity(&[], after).outcome, Outcome::Pass);
    }

    #[test]
    fn an_unexamined_loan_at_the_same_bank_is_shown() {
        let found = |loan| bank_loan(loan, DAY).unwrap().outcome;
        assert_eq!(found(BankLoan::None), Outcome::Pass);
        assert_eq!(found(BankLoan::Examined), Outcome::Pass);
        assert_eq!(found(BankLoan::NotExamined), Outcome::Advise);
        assert_eq!(found(BankLoan::Unknown), Outcome::NotAssessed);
    }

    #[test]
    fn the_focus_moves_from_500_to_1000_wan_on_1_march_2025() {
        let found = |wan: i64, over: i64, day| {
            let total = Money::from_wan(wan).plus(Money::from_fen(over)).unwrap();
            focus(ClientKind::Farmer, total, day).unwrap().outcome
        };
        let (before, from) = (Day::new(2025, 2, 28), Day::new(2025, 3, 1));
        assert_eq!((found(500, 0, before), found(500, 1, before)), (Outcome::Pass, Outcome::Advise));
        assert_eq!((found(1000, 0, from), found(1000, 1, from)), (Outcome::Pass, Outcome::Advise));
    }
}
