//! How much of the reserves is deductible from income tax (财税〔2017〕22号), as a worksheet with one line per clause.

use crate::{
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        NotInForce, Required, Rule,
        cai_shui_2017_22::{
            PAPERS, TAX_COMPENSATION_CAP, TAX_LICENCE, TAX_MEASURES, TAX_OTHER, TAX_SME_FEE, TAX_SME_SHARE,
            TAX_UNEARNED_CAP,
        },
    },
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// The figures of a tax year.
#[derive(Clone, Copy, Debug)]
pub struct TaxYear {
    /// Complies with the measures of 2010 (四（一）).
    pub complies_with_measures: bool,
    /// Holds the supervisor's licence (四（一）).
    pub licensed: bool,
    /// The other conditions are confirmed (四（四）).
    pub other_conditions_met: bool,
    /// Guarantee and re-guarantee volume for small and medium enterprises, without rating, consulting and training.
    pub sme_volume: Money,
    /// The whole volume, likewise.
    pub total_volume: Money,
    /// Fees of the guarantees for small and medium enterprises.
    pub sme_fee: Money,
    /// Their annualised amount.
    pub sme_annualised: Money,
    /// The bank's benchmark lending rate of the same term.
    pub benchmark_rate: Rate,
    /// Year-end liability balance.
    pub liability_balance: Money,
    /// Fee income of the year.
    pub fee_income: Money,
    /// Compensation reserve accrued for the year.
    pub accrued_compensation: Money,
    /// Unearned premium reserve accrued for the year.
    pub accrued_unearned: Money,
    /// Last year's *deductible* compensation reserve: the excess was taxed then.
    pub prior_compensation: Money,
    /// Last year's *deductible* unearned premium reserve.
    pub prior_unearned: Money,
    /// Payout losses that meet the asset-loss rules, with evidence (三).
    pub payout_loss: Money,
}

/// One line of the worksheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The clause it follows.
    pub clause: &'static str,
    /// What it says.
    pub text: String,
    /// The amount; `None` for the papers to hand in.
    pub amount: Option<Money>,
}

/// What a tax year comes to.
#[derive(Clone, Debug)]
pub struct Deduction {
    /// Whether every condition holds.
    pub eligible: bool,
    /// The five conditions.
    pub conditions: [Finding; 5],
    /// Deductible compensation reserve.
    pub deductible_compensation: Money,
    /// Deductible unearned premium reserve.
    pub deductible_unearned: Money,
    /// The part of the loss that last year's compensation reserve takes.
    pub loss_offset: Money,
    /// The part of the loss deducted directly.
    pub loss_direct: Money,
    /// Last year's reserves that turn back into income.
    pub reversal_income: Money,
    /// Accrued compensation reserve that is not deductible.
    pub add_back_compensation: Money,
    /// Accrued unearned premium reserve that is not deductible.
    pub add_back_unearned: Money,
    /// One line per clause, and the papers of clause 五.
    pub worksheet: Vec<Line>,
}

/// Why a tax year cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxError {
    /// The rule was not in force at the end of the year.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// A figure left the range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// Computes a tax year with the version in force on its 31 December.
///
/// Offset first, then reverse the rest (reading `losses_offset_before_the_rest_reverses`). Not eligible: nothing is
/// deductible, everything accrued is added back, reversals and losses stand.
pub fn deduct(year: &TaxYear, year_end: Day) -> Result<Deduction, TaxError> {
    let compensation_cap = TAX_COMPENSATION_CAP.on(year_end)?.value.at_most(year.liability_balance)?;
    let unearned_cap = TAX_UNEARNED_CAP.on(year_end)?.value.at_most(year.fee_income)?;
    let conditions = conditions(year, year_end)?;
    let eligible = conditions.iter().all(|finding| finding.outcome == Outcome::Pass);
    let deductible = |accrued: Money, cap: Money| if eligible { accrued.min(cap) } else { Money::ZERO };
    let deductible_compensation = deductible(year.accrued_compensation, compensation_cap);
    let deductible_unearned = deductible(year.accrued_unearned, unearned_cap);
    let loss_offset = year.payout_loss.min(year.prior_compensation);
    let reversed_compensation = year.prior_compensation.minus(loss_offset)?;
    let mut found = Deduction {
        eligible,
        conditions,
        deductible_compensation,
        deductible_unearned,
        loss_offset,
        loss_direct: year.payout_loss.minus(loss_offset)?,
        reversal_income: reversed_compensation.plus(year.prior_unearned)?,
        add_back_compensation: year.accrued_compensation.minus(deductible_compensation)?,
        add_back_unearned: year.accrued_unearned.minus(deductible_unearned)?,
        worksheet: Vec::new(),
    };
    found.worksheet = worksheet(year, &found, compensation_cap, unearned_cap, reversed_compensation);
    Ok(found)
}

fn conditions(year: &TaxYear, day: Day) -> Result<[Finding; 5], OutOfRange> {
    Ok([
        confirmed(&TAX_MEASURES, year.complies_with_measures, day)?,
        confirmed(&TAX_LICENCE, year.licensed, day)?,
        sme_share(year, day)?,
        sme_fee(year, day)?,
        confirmed(&TAX_OTHER, year.other_conditions_met, day)?,
    ])
}

fn confirmed(rule: &'static Rule<Required>, met: bool, day: Day) -> Result<Finding, OutOfRange> {
    rule.judge(day, |_, broken| {
        let (zh, en) = (rule.title, rule.title_en);
        Ok(if met {
            Judgement::plain(Outcome::Pass, Text::new(format!("条件已满足：{zh}。"), format!("Met: {en}.")))
        } else {
            let text = Text::new(
                format!("条件未满足：{zh}；准备金不得税前扣除。"),
                format!("Not met: {en}. The reserves are not deductible."),
            );
            Judgement::plain(broken, text)
        })
    })
}

fn no_ratio(zh: &str, en: &str) -> Judgement {
    Judgement::plain(
        Outcome::NotAssessed,
        Text::new(
            format!("{zh}为零，无法评估，视为不符合条件。"),
            format!("{en} is zero: not assessed, and not eligible."),
        ),
    )
}

fn sme_share(year: &TaxYear, day: Day) -> Result<Finding, OutOfRange> {
    TAX_SME_SHARE.judge(day, |limit, broken| {
        let Some(share) = Ratio::of(year.sme_volume, year.total_volume)? else {
            return Ok(no_ratio("当年担保业务发生总额", "The year's volume"));
        };
        let met = share.at_least(*limit)?;
        let (shown, least) = (share.percent_beside(Ratio::from_rate(*limit))?, limit.percent());
        let (zh, en) = if met { ("达到", "reaches") } else { ("未达到", "does not reach") };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(share))?,
            limit: Some(Figure::Rate(*limit)),
            explanation: Text::new(
                format!("中小企业担保和再担保业务发生额占{shown}，{zh}{least}。"),
                format!("Small and medium enterprises make up {shown} of the year's volume, which {en} {least}."),
            ),
        })
    })
}

fn sme_fee(year: &TaxYear, day: Day) -> Result<Finding, OutOfRange> {
    TAX_SME_FEE.judge(day, |of_benchmark, broken| {
        let Some(rate) = Ratio::of(year.sme_fee, year.sme_annualised)? else {
            return Ok(no_ratio("中小企业年化担保额", "The annualised amount for small and medium enterprises"));
        };
        let limit = Ratio::product(*of_benchmark, year.benchmark_rate)?;
        let met = rate.compare(limit)?.is_le();
        let (shown, most) = (rate.percent_beside(limit)?, limit.percent()?);
        let (zh, en) = if met { ("不超过", "within") } else { ("超过", "above") };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(rate))?,
            limit: Figure::ratio(Some(limit))?,
            explanation: Text::new(
                format!("中小企业平均年担保费率为{shown}，{zh}银行同期贷款基准利率的50%（{most}）。"),
                format!("The average annual fee rate for small and medium enterprises is {shown}, {en} half the benchmark lending rate ({most})."),
            ),
        })
    })
}

fn worksheet(
    year: &TaxYear,
    found: &Deduction,
    compensation_cap: Money,
    unearned_cap: Money,
    reversed: Money,
) -> Vec<Line> {
    let amount = |clause, text: &str, amount| Line { clause, text: text.to_owned(), amount: Some(amount) };
    let verdict = if found.eligible { "符合" } else { "不符合" };
    let mut lines = vec![
        Line {
            clause: "四", text: format!("{verdict}税前扣除条件（五项条件见所附结论）"), amount: None
        },
        amount("一", "当年年末担保责任余额", year.liability_balance),
        amount("一", "担保赔偿准备扣除限额（不超过年末担保责任余额的1%）", compensation_cap),
        amount("一", "当年计提的担保赔偿准备", year.accrued_compensation),
        amount("一", "允许税前扣除的担保赔偿准备", found.deductible_compensation),
        amount("一", "担保赔偿准备纳税调增额", found.add_back_compensation),
        amount("二", "当年担保费收入", year.fee_income),
        amount("二", "未到期责任准备扣除限额（不超过担保费收入的50%）", unearned_cap),
        amount("二", "当年计提的未到期责任准备", year.accrued_unearned),
        amount("二", "允许税前扣除的未到期责任准备", found.deductible_unearned),
        amount("二", "未到期责任准备纳税调增额", found.add_back_unearned),
        amount("三", "符合资产损失税前扣除规定的代偿损失", year.payout_loss),
        amount("三", "冲减上年已在税前扣除的担保赔偿准备", found.loss_offset),
        amount("三", "不足冲减、据实在税前扣除的代偿损失", found.loss_direct),
        amount("一", "上年度担保赔偿准备余额转为当期收入", reversed),
        amount("二", "上年度未到期责任准备余额转为当期收入", year.prior_unearned),
        amount("一、二", "转为当期收入合计", found.reversal_income),
    ];
    lines.extend(PAPERS.map(|paper| Line { clause: "五", text: format!("汇算清缴报送：{paper}"), amount: None }));
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    /// The worked figures of RULES.md section 7, eligible.
    fn year() -> TaxYear {
        TaxYear {
            complies_with_measures: true,
            licensed: true,
            other_conditions_met: true,
            sme_volume: yuan("700.00"),
            total_volume: yuan("1000.00"),
            sme_fee: yuan("21750.00"),
            sme_annualised: yuan("1000000.00"),
            benchmark_rate: Rate::new(dec!(0.0435)),
            liability_balance: yuan("1234567890.12"),
            fee_income: yuan("9876543.21"),
            accrued_compensation: yuan("15000000.00"),
            accrued_unearned: yuan("5000000.00"),
            prior_compensation: yuan("10000000.00"),
            prior_unearned: yuan("4000000.00"),
            payout_loss: yuan("12500000.00"),
        }
    }

    const YEAR_END: Day = Day::new(2019, 12, 31);

    #[test]
    fn losses_offset_before_the_rest_reverses() {
        let found = deduct(&year(), YEAR_END).unwrap();
        assert!(found.eligible);
        assert_eq!(found.deductible_compensation, yuan("12345678.90"));
        assert_eq!(found.deductible_unearned, yuan("4938271.60")); // floor of 4,938,271.605
        assert_eq!((found.loss_offset, found.loss_direct), (yuan("10000000.00"), yuan("2500000.00")));
        assert_eq!(found.reversal_income, yuan("4000000.00"));
        assert_eq!((found.add_back_compensation, found.add_back_unearned), (yuan("2654321.10"), yuan("61728.40")));
    }

    #[test]
    fn a_loss_below_last_year_s_reserve_lets_the_rest_reverse() {
        let found = deduct(&TaxYear { payout_loss: yuan("9999999.99"), ..year() }, YEAR_END).unwrap();
        assert_eq!((found.loss_offset, found.loss_direct), (yuan("9999999.99"), Money::ZERO));
        assert_eq!(found.reversal_income, yuan("4000000.01"));
    }

    fn condition(year: TaxYear, index: usize) -> (Outcome, bool) {
        let found = deduct(&year, YEAR_END).unwrap();
        (found.conditions[index].outcome, found.eligible)
    }

    #[test]
    fn seventy_per_cent_of_the_volume_includes_seventy() {
        assert_eq!(condition(TaxYear { sme_volume: yuan("699.99"), ..year() }, 2), (Outcome::Refuse, false));
        assert_eq!(condition(TaxYear { sme_volume: yuan("700.00"), ..year() }, 2), (Outcome::Pass, true));
        assert_eq!(condition(TaxYear { sme_volume: yuan("700.01"), ..year() }, 2), (Outcome::Pass, true));
        let nothing = TaxYear { sme_volume: Money::ZERO, total_volume: Money::ZERO, ..year() };
        assert_eq!(condition(nothing, 2), (Outcome::NotAssessed, false));
    }

    #[test]
    fn the_fee_rate_may_reach_half_the_benchmark() {
        // 0.5 × 4.35 % of 1,000,000.00 is 21,750.00.
        assert_eq!(condition(TaxYear { sme_fee: yuan("21749.99"), ..year() }, 3), (Outcome::Pass, true));
        assert_eq!(condition(TaxYear { sme_fee: yuan("21750.00"), ..year() }, 3), (Outcome::Pass, true));
        assert_eq!(condition(TaxYear { sme_fee: yuan("21750.01"), ..year() }, 3), (Outcome::Refuse, false));
        let nothing = TaxYear { sme_fee: Money::ZERO, sme_annualised: Money::ZERO, ..year() };
        assert_eq!(condition(nothing, 3), (Outcome::NotAssessed, false));
    }

    #[test]
    fn without_eligibility_everything_accrued_is_added_back_and_losses_stand() {
        for year in [
            TaxYear { complies_with_measures: false, ..year() },
            TaxYear { licensed: false, ..year() },
            TaxYear { other_conditions_met: false, ..year() },
        ] {
            let found = deduct(&year, YEAR_END).unwrap();
            assert!(!found.eligible);
            assert_eq!((found.deductible_compensation, found.deductible_unearned), (Money::ZERO, Money::ZERO));
            assert_eq!(found.add_back_compensation, year.accrued_compensation);
            assert_eq!(found.add_back_unearned, year.accrued_unearned);
            assert_eq!((found.loss_offset, found.loss_direct), (yuan("10000000.00"), yuan("2500000.00")));
            assert_eq!(found.reversal_income, yuan("4000000.00"));
        }
    }

    #[test]
    fn years_before_2016_are_refused_and_from_2021_the_source_is_secondary() {
        assert!(matches!(deduct(&year(), Day::new(2015, 12, 31)), Err(TaxError::NotInForce(_))));
        for (year_end, verified) in
            [(Day::new(2016, 12, 31), true), (Day::new(2020, 12, 31), true), (Day::new(2021, 12, 31), false)]
        {
            let found = deduct(&year(), year_end).unwrap();
            let verified_now = found.conditions[0].basis.unwrap().source.verified();
            assert_eq!(verified_now, verified, "{year_end}");
        }
    }

    #[test]
    fn the_worksheet_has_a_line_for_every_clause_and_names_the_papers() {
        let found = deduct(&year(), YEAR_END).unwrap();
        for clause in ["一", "二", "三", "四", "五"] {
            assert!(found.worksheet.iter().any(|line| line.clause == clause), "{clause}");
        }
        assert_eq!(found.worksheet.iter().filter(|line| line.clause == "五").count(), 5);
    }

    proptest! {
        #[test]
        fn deducted_and_added_back_are_what_was_accrued(accrued in 0_i64..1_000_000_000_000, balance in 0_i64..1_000_000_000_000, loss in 0_i64..1_000_000_000_000, prior in 0_i64..1_000_000_000_000) {
            let year = TaxYear {
                accrued_compensation: Money::from_fen(accrued),
                liability_balance: Money::from_fen(balance),
                payout_loss: Money::from_fen(loss),
                prior_compensation: Money::from_fen(prior),
                ..year()
            };
            let found = deduct(&year, YEAR_END).unwrap();
            prop_assert_eq!(found.deductible_compensation.fen() + found.add_back_compensation.fen(), accrued);
            prop_assert!(found.deductible_compensation.fen() * 100 <= balance);
            prop_assert_eq!(found.loss_offset.fen() + found.loss_direct.fen(), loss);
            // Net income is the same as reversing everything and deducting the whole loss.
            let net = found.reversal_income.fen() - found.loss_direct.fen();
            prop_assert_eq!(net, prior + year.prior_unearned.fen() - loss);
        }
    }
}
