//! 2010年第3号令: interim measures for financing guarantee companies; the reserves. Secondary sources.

use rust_decimal::dec;

use super::{Clause, Direction, Document, Rule, Severity, Source, Version, readings};
use crate::value::{Day, Rate};

/// 中国银监会等七部委令2010年第3号.
pub static DOCUMENT: Document = Document {
    number: "2010年第3号令",
    title: "融资性担保公司管理暂行办法",
    title_en: "Interim measures for the administration of financing guarantee companies",
    issued: Some(Day::new(2010, 3, 8)),
    text: None,
};

const fn article_31(value: Rate, quote: &'static str) -> Version<Rate> {
    Version {
        value,
        from: Day::new(2010, 3, 8),
        until: None,
        source: Source::Clause(Clause::secondary(&DOCUMENT, "第三十一条", Some(quote))),
        see: &[],
    }
}

/// Art. 31: the unearned premium reserve is 50 % of the year's fee income.
pub static RESERVE_UNEARNED: Rule<Rate> = Rule {
    id: "reserve.unearned",
    title: "未到期责任准备金计提比例",
    title_en: "unearned premium reserve",
    severity: Severity::Advise,
    direction: Direction::Exact,
    versions: &[article_31(Rate::new(dec!(0.50)), "按照当年担保费收入的50%提取未到期责任准备金")],
    readings: &[],
    gaps: &[],
};

/// Art. 31: the compensation reserve is at least 1 % of the year-end liability balance.
pub static RESERVE_COMPENSATION: Rule<Rate> = Rule {
    id: "reserve.compensation",
    title: "担保赔偿准备金计提比例",
    title_en: "compensation reserve",
    severity: Severity::Advise,
    direction: Direction::Minimum,
    versions: &[article_31(Rate::new(dec!(0.01)), "按不低于当年年末担保责任余额1%的比例提取担保赔偿准备金")],
    readings: &[&readings::RESERVE_BALANCE_IS_WEIGHTED_FROM_2018],
    gaps: &[],
};

/// Art. 31: once the compensation reserve has reached 10 % of the liability balance, only the difference is accrued.
pub static RESERVE_COMPENSATION_ENOUGH: Rule<Rate> = Rule {
    id: "reserve.compensation_enough",
    title: "担保赔偿准备金实行差额提取的比例",
    title_en: "level at which only the difference is accrued",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[article_31(Rate::new(dec!(0.10)), "担保赔偿准备金累计达到当年担保责任余额10%的,实行差额提取")],
    readings: &[],
    gaps: &[],
};
