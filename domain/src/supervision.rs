//! What is shown to the supervisor beside the limits: the small-micro share of 162号, and the asset ratios.

use crate::{
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        Direction, Rule,
        yin_bao_jian_fa_2018_1::{ASSET_GRADE1, ASSET_GRADE3, ASSET_GRADE12, ASSET_STRENGTH},
        yin_fa_2018_162::REGULATOR_SMALL_SHARE,
    },
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// The sums behind `regulator.small_share`: guarantees of a company that the national fund supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RegulatorPosition {
    /// All guarantees.
    pub total: Money,
    /// With small-micro enterprises, individual businesses and small-business owners.
    pub small: Money,
    /// Of which enterprises' loans with a credit line up to 500万, and operating loans of businesses and owners.
    ///
    /// Reading `only_enterprises_are_bound_by_the_credit_line`.
    pub small_credit: Money,
}

/// One guarantee as 162号 七（十八） looks at it.
#[derive(Clone, Copy, Debug)]
pub struct RegulatorItem {
    /// Who the client is.
    pub client_kind: crate::client::ClientKind,
    /// The guaranteed amount.
    pub amount: Money,
    /// Whether a loan is guaranteed (贷款): of bonds and of guarantees that finance nothing there is no small credit.
    pub loan: bool,
    /// The client's credit line (单户授信) at the bank.
    pub credit_line: Money,
    /// Whether the loan is an operating loan (经营性贷款).
    pub operating_loan: bool,
}

impl RegulatorPosition {
    /// The position with a guarantee added.
    pub fn with(self, item: RegulatorItem) -> Result<Self, OutOfRange> {
        use crate::client::ClientKind::{IndividualBusiness, SmallBusinessOwner, SmallMicroEnterprise};
        let (small, small_credit) = match item.client_kind {
            SmallMicroEnterprise => (true, item.credit_line <= crate::policy::guo_ban_fa_2019_6::SMALL_TICKET),
            IndividualBusiness | SmallBusinessOwner => (true, item.operating_loan),
            _ => (false, false),
        };
        let counted = |counts: bool| if counts { item.amount } else { Money::ZERO };
        Ok(Self {
            total: self.total.plus(item.amount)?,
            small: self.small.plus(counted(small))?,
            small_credit: self.small_credit.plus(counted(small_credit && item.loan))?,
        })
    }
}

/// `regulator.small_share`: at least 80 %, and of that at least 50 %; shown beside the shares of 6号, never merged.
pub fn small_share(position: RegulatorPosition, day: Day) -> Result<Finding, OutOfRange> {
    REGULATOR_SMALL_SHARE.judge(day, |limits, broken| {
        let share = Ratio::of(position.small, position.total)?;
        let Some(share) = share else {
            let text = Text::new("没有担保余额，无法形成占比。", "There is no guarantee yet: no share can be formed.");
            return Ok(Judgement::plain(Outcome::NotAssessed, text));
        };
        let of_which = Ratio::of(position.small_credit, position.small)?;
        let enough = of_which.map_or(Ok(true), |of_which| of_which.at_least(limits.of_which))?;
        let met = share.at_least(limits.share)? && enough;
        let beside = |of_which: Ratio| of_which.percent_beside(Ratio::from_rate(limits.of_which));
        let inner = of_which.map(beside).transpose()?.unwrap_or_else(|| "—".to_owned());
        let (outer, least, inner_least) = (share.percent_beside(Ratio::from_rate(limits.share))?, limits.share.percent(), limits.of_which.percent());
        let (zh, en) = if met { ("达到", "as asked for") } else { ("未达到", "short of what is asked for") };
        // Where the second half alone is missed, its figures are the ones to look at.
        let (measured, limit) = match of_which {
            Some(of_which) if !enough && share.at_least(limits.share)? => (of_which, limits.of_which),
            _ => (share, limits.share),
        };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(measured))?,
            limit: Some(Figure::Rate(limit)),
            explanation: Text::new(
                format!("支持小微企业融资的担保金额占{outer}，其中小额授信和经营性贷款占{inner}，{zh}监管考核的{least}和{inner_least}。"),
                format!("Small-micro guarantees are {outer}, of which small credits and operating loans {inner}: {en} ({least} and {inner_least})."),
            ),
        })
    })
}

/// The figures of a financial statement that the asset ratios are formed from.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// 净资产.
    pub net_assets: Money,
    /// 未到期责任准备金.
    pub unearned_reserve: Money,
    /// 担保赔偿准备金.
    pub compensation_reserve: Money,
    /// 资产总额.
    pub total_assets: Money,
    /// 应收代偿款.
    pub payout_receivables: Money,
    /// Ⅰ级资产.
    pub grade1: Money,
    /// Ⅱ级资产.
    pub grade2: Money,
    /// Ⅲ级资产.
    pub grade3: Money,
}

/// The four asset ratios: reported and unverified, they never refuse a booking.
pub fn assets(statement: &Statement, day: Day) -> Result<[Finding; 4], OutOfRange> {
    let own = statement.net_assets.plus(statement.unearned_reserve)?.plus(statement.compensation_reserve)?;
    let base = statement.total_assets.minus(statement.payout_receivables)?;
    let liquid = statement.grade1.plus(statement.grade2)?;
    Ok([
        asset_ratio(&ASSET_STRENGTH, own, statement.total_assets, day)?,
        asset_ratio(&ASSET_GRADE1, statement.grade1, base, day)?,
        asset_ratio(&ASSET_GRADE3, statement.grade3, base, day)?,
        asset_ratio(&ASSET_GRADE12, liquid, base, day)?,
    ])
}

fn asset_ratio(rule: &'static Rule<Rate>, part: Money, base: Money, day: Day) -> Result<Finding, OutOfRange> {
    rule.judge(day, |limit, broken| {
        let ratio = if base > Money::ZERO { Ratio::of(part, base)? } else { None };
        let Some(ratio) = ratio else {
            let text = Text::new(
                format!("{}：分母为零，无法评估。", rule.title),
                format!("The {}: nothing to divide by, not assessed.", rule.title_en),
            );
            return Ok(Judgement::plain(Outcome::NotAssessed, text));
        };
        let maximum = rule.direction == Direction::Maximum;
        let met = if maximum { ratio.at_most(*limit)? } else { ratio.at_least(*limit)? };
        let (shown, bound) = (ratio.percent_beside(Ratio::from_rate(*limit))?, limit.percent());
        let (zh, en) = if maximum { ("上限", "at most") } else { ("下限", "at least") };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(ratio))?,
            limit: Some(Figure::Rate(*limit)),
            explanation: Text::new(
                format!("{}为{shown}（{zh}{bound}，依据未核实）。", rule.title),
                format!("The {}: {shown} ({en} {bound}, source not verified).", rule.title_en),
            ),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::ClientKind;

    const DAY: Day = Day::new(2024, 1, 1);

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn item(client_kind: ClientKind, amount: &str, credit_line: &str, operating_loan: bool) -> RegulatorItem {
        RegulatorItem { client_kind, amount: yuan(amount), loan: true, credit_line: yuan(credit_line), operating_loan }
    }

    #[test]
    fn only_enterprises_are_bound_by_the_credit_line() {
        let counted = |item: RegulatorItem| RegulatorPosition::default().with(item).unwrap().small_credit;
        let enterprise = ClientKind::SmallMicroEnterprise;
        assert_eq!(counted(item(enterprise, "10.00", "5000000.00", false)), yuan("10.00"));
        assert_eq!(counted(item(enterprise, "10.00", "5000000.01", true)), Money::ZERO);
        assert_eq!(counted(item(ClientKind::IndividualBusiness, "10.00", "9000000.00", true)), yuan("10.00"));
        assert_eq!(counted(item(ClientKind::SmallBusinessOwner, "10.00", "1.00", false)), Money::ZERO);
        let farmer = RegulatorPosition::default().with(item(ClientKind::Farmer, "10.00", "1.00", true)).unwrap();
        assert_eq!(farmer.small, Money::ZERO, "the supervisor's share speaks of the small, not of farmers");
    }

    #[test]
    fn only_loans_are_small_credits_and_whatever_is_guaranteed_for_the_small_is_theirs() {
        for kind in [ClientKind::SmallMicroEnterprise, ClientKind::IndividualBusiness] {
            let bond = RegulatorItem { loan: false, ..item(kind, "10.00", "10.00", true) };
            let counted = RegulatorPosition::default().with(bond).unwrap();
            assert_eq!((counted.small, counted.small_credit), (yuan("10.00"), Money::ZERO));
        }
    }

    #[test]
    fn both_halves_of_the_supervisor_s_share_are_asked_for() {
        let found = |total: &str, small: &str, small_credit: &str| {
            let position =
                RegulatorPosition { total: yuan(total), small: yuan(small), small_credit: yuan(small_credit) };
            small_share(position, DAY).unwrap().outcome
        };
        assert_eq!(found("100.00", "80.00", "40.00"), Outcome::Pass);
        assert_eq!(found("100.00", "79.99", "79.99"), Outcome::Advise);
        assert_eq!(found("100.00", "80.00", "39.99"), Outcome::Advise);
        assert_eq!(found("0.00", "0.00", "0.00"), Outcome::NotAssessed);
    }

    #[test]
    fn where_the_second_half_alone_is_missed_it_is_the_one_that_is_shown_and_does_not_look_like_its_limit() {
        let found = |small: &str, small_credit: &str| {
            let position =
                RegulatorPosition { total: yuan("1000000.00"), small: yuan(small), small_credit: yuan(small_credit) };
            small_share(position, DAY).unwrap()
        };
        let inner = found("1000000.00", "499999.99");
        assert_eq!(inner.limit, Some(Figure::Rate(Rate::new(rust_decimal::dec!(0.5)))));
        assert!(inner.explanation.zh.contains("占49.999999%"), "{}", inner.explanation.zh);
        // Both missed, and both kept: the first half is shown.
        for (small, small_credit) in [("799999.99", "0.00"), ("800000.00", "400000.00")] {
            assert_eq!(found(small, small_credit).limit, Some(Figure::Rate(Rate::new(rust_decimal::dec!(0.8)))));
        }
    }

    #[test]
    fn asset_ratios_are_reported_at_under_and_over_and_never_refuse() {
        let statement = Statement {
            net_assets: yuan("50.00"),
            unearned_reserve: yuan("5.00"),
            compensation_reserve: yuan("5.00"),
            total_assets: yuan("100.00"),
            payout_receivables: yuan("0.00"),
            grade1: yuan("20.00"),
            grade2: yuan("50.00"),
            grade3: yuan("30.00"),
        };
        let outcomes = |statement: &Statement| assets(statement, DAY).unwrap().map(|finding| finding.outcome);
        assert_eq!(outcomes(&statement), [Outcome::Pass; 4]);
        let worse = Statement { net_assets: yuan("49.99"), grade1: yuan("19.99"), grade3: yuan("30.01"), ..statement };
        assert_eq!(outcomes(&worse), [Outcome::Advise; 4]);
        let empty = Statement { total_assets: Money::ZERO, ..statement };
        assert_eq!(outcomes(&empty), [Outcome::NotAssessed; 4]);
        assert!(assets(&statement, DAY).unwrap().iter().all(|finding| !finding.basis.unwrap().source.verified()));
    }
}
