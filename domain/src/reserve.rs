//! The reserves an institution must form by regulation (2010年第3号令 art. 31).

use crate::{
    finding::Grounds,
    policy::{
        NotInForce, yin_bao_jian_fa_2018_1,
        yin_jian_ling_2010_3::{RESERVE_COMPENSATION, RESERVE_COMPENSATION_ENOUGH, RESERVE_UNEARNED},
    },
    value::{Day, Money, OutOfRange},
};

/// The year-end liability balance, weighted and not: both are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearEndBalance {
    /// With the weights of 银保监发〔2018〕1号.
    pub weighted: Money,
    /// Without weights.
    pub unweighted: Money,
}

impl YearEndBalance {
    /// The balance the reserves are formed on. Reading `reserve_balance_is_weighted_from_2018`.
    pub fn for_reserves(self, year_end: Day) -> Money {
        if year_end >= yin_bao_jian_fa_2018_1::FROM { self.weighted } else { self.unweighted }
    }
}

/// What must be formed for a year.
#[derive(Clone, Debug)]
pub struct Required {
    /// The balance the compensation reserve is formed on.
    pub balance: Money,
    /// 未到期责任准备金: half of the year's fee income, half up.
    pub unearned: Money,
    /// 担保赔偿准备金, at least; `None` once 10 % are reached: then the supervisor's method decides, which is data.
    pub compensation: Option<Money>,
    /// The rules it was computed under.
    pub grounds: [Grounds; 3],
}

/// Why the reserves cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReserveError {
    /// The day lies before the measures.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// A figure left the range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// The reserves of the year that ends on `year_end`; `accumulated` is the compensation reserve formed so far.
pub fn required(
    balance: YearEndBalance,
    fee_income: Money,
    accumulated: Money,
    year_end: Day,
) -> Result<Required, ReserveError> {
    let balance = balance.for_reserves(year_end);
    let (enough, of_enough) = RESERVE_COMPENSATION_ENOUGH.with_grounds(year_end)?;
    let (compensation, of_compensation) = RESERVE_COMPENSATION.with_grounds(year_end)?;
    let (unearned, of_unearned) = RESERVE_UNEARNED.with_grounds(year_end)?;
    let reached = accumulated >= enough.at_least(balance)?;
    let compensation = compensation.at_least(balance)?;
    Ok(Required {
        balance,
        unearned: unearned.half_up(fee_income)?,
        compensation: (!reached).then_some(compensation),
        grounds: [of_unearned, of_compensation, of_enough],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn found(accumulated: &str, year_end: Day) -> Required {
        let balance = YearEndBalance { weighted: yuan("750.01"), unweighted: yuan("1000.00") };
        required(balance, yuan("0.01"), yuan(accumulated), year_end).unwrap()
    }

    #[test]
    fn reserve_balance_is_weighted_from_2018() {
        assert_eq!(found("0.00", Day::new(2017, 12, 31)).compensation, Some(yuan("10.00")));
        // 1 % of 750.01 is 7.5001, at least 7.51.
        assert_eq!(found("0.00", Day::new(2018, 12, 31)).compensation, Some(yuan("7.51")));
    }

    #[test]
    fn from_ten_per_cent_on_the_supervisor_s_method_decides() {
        // 10 % of 750.01 is 75.001: reached with 75.01.
        let year_end = Day::new(2023, 12, 31);
        assert!(found("75.00", year_end).compensation.is_some());
        assert!(found("75.01", year_end).compensation.is_none());
    }

    #[test]
    fn the_figures_name_the_article_they_rest_on_and_that_it_was_not_verified() {
        for grounds in found("0.00", Day::new(2023, 12, 31)).grounds {
            let clause = grounds.basis.source.clause().unwrap();
            assert_eq!(
                (clause.document.number, clause.clause, clause.verified()),
                ("2010年第3号令", "第三十一条", false)
            );
        }
    }

    #[test]
    fn half_of_the_fee_income_rounds_half_up() {
        assert_eq!(found("0.00", Day::new(2023, 12, 31)).unearned.fen(), 1); // 0.5 fen
    }
}
