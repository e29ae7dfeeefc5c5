//! 财税〔2017〕22号: what a guarantee institution may deduct for its reserves from income tax.
//!
//! Issued in March 2017 and in force from January 2016 to the end of 2020; continued by 公告2021年第6号 (secondary).

use rust_decimal::dec;
use serde::Serialize;

use super::{Clause, Direction, Document, Required, Rule, Severity, Source, Version, gong_gao_2021_6, readings};
use crate::value::{Day, Rate};

/// 财税〔2017〕22号.
pub static DOCUMENT: Document = Document {
    number: "财税〔2017〕22号",
    title: "关于中小企业融资(信用)担保机构有关准备金企业所得税税前扣除政策的通知",
    title_en: "Notice on the deduction of reserves of financing (credit) guarantee institutions for small and medium enterprises",
    issued: Some(Day::new(2017, 3, 21)),
    text: Some("cai-shui-2017-22.txt"),
};

/// The first day in force (六); tax years before 2016 are refused.
pub const FROM: Day = Day::new(2016, 1, 1);

/// 五: the papers to hand in with the annual tax settlement.
pub const PAPERS: [&str; 5] = [
    "法人执照副本复印件",
    "融资性担保机构监管部门颁发的经营许可证复印件",
    "年度会计报表",
    "担保业务情况（包括担保业务明细和风险准备金提取等）",
    "财政、税务部门要求提供的其他材料",
];

const fn versions<T: Copy + Serialize>(value: T, clause: &'static str, quote: &'static str) -> [Version<T>; 2] {
    [
        Version {
            value,
            from: FROM,
            until: Some(gong_gao_2021_6::FROM),
            source: Source::Clause(Clause::primary(&DOCUMENT, clause, quote)),
            see: &[],
        },
        Version {
            value,
            from: gong_gao_2021_6::FROM,
            until: None,
            source: Source::Clause(gong_gao_2021_6::CONTINUED),
            see: &[],
        },
    ]
}

/// 一: the compensation reserve is deductible up to 1 % of the year-end liability balance.
pub static TAX_COMPENSATION_CAP: Rule<Rate> = Rule {
    id: "tax.compensation_cap",
    title: "担保赔偿准备税前扣除上限",
    title_en: "deductible compensation reserve",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &versions(
        Rate::new(dec!(0.01)),
        "一",
        "按照不超过当年年末担保责任余额 1%的比例计提的担保赔偿准备，允许在企业所得税税前扣除",
    ),
    readings: &[&readings::RESERVE_BALANCE_IS_WEIGHTED_FROM_2018],
    gaps: &[],
};

/// 二: the unearned premium reserve is deductible up to 50 % of the year's fee income.
pub static TAX_UNEARNED_CAP: Rule<Rate> = Rule {
    id: "tax.unearned_cap",
    title: "未到期责任准备税前扣除上限",
    title_en: "deductible unearned premium reserve",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &versions(
        Rate::new(dec!(0.50)),
        "二",
        "按照不超过当年担保费收入 50%的比例计提的未到期责任准备，允许在企业所得税税前扣除",
    ),
    readings: &[],
    gaps: &[],
};

/// 三: a payout loss is first offset against the deducted compensation reserve.
pub static TAX_LOSS_OFFSET: Rule<Required> = Rule {
    id: "tax.loss_offset",
    title: "代偿损失先冲减担保赔偿准备",
    title_en: "a payout loss is first offset against the compensation reserve",
    severity: Severity::Forbid,
    direction: Direction::Method,
    versions: &versions(
        Required("offset_first_then_deduct"),
        "三",
        "应冲减已在税前扣除的担保赔偿准备，不足冲减部分据实在企业所得税税前扣除",
    ),
    readings: &[&readings::LOSSES_OFFSET_BEFORE_THE_REST_REVERSES],
    gaps: &[],
};

/// 四（一）, first limb: the institution complies with the measures of 2010.
pub static TAX_MEASURES: Rule<Required> = Rule {
    id: "tax.measures",
    title: "符合《融资性担保公司管理暂行办法》",
    title_en: "complies with the measures of 2010",
    severity: Severity::Forbid,
    direction: Direction::Required,
    versions: &versions(
        Required("complies_with_measures"),
        "四（一）",
        "符合《融资性担保公司管理暂行办法》（银监会等七部委令 2010 年第 3 号）相关规定",
    ),
    readings: &[],
    gaps: &[],
};

/// 四（一）, second limb: the institution holds the supervisor's licence.
pub static TAX_LICENCE: Rule<Required> = Rule {
    id: "tax.licence",
    title: "具有监管部门颁发的经营许可证",
    title_en: "holds the supervisor's licence",
    severity: Severity::Forbid,
    direction: Direction::Required,
    versions: &versions(Required("licence"), "四（一）", "具有融资性担保机构监管部门颁发的经营许可证"),
    readings: &[],
    gaps: &[],
};

/// 四（二）: at least 70 % of the year's guarantee and re-guarantee volume is for small and medium enterprises.
pub static TAX_SME_SHARE: Rule<Rate> = Rule {
    id: "tax.sme_share",
    title: "中小企业担保业务发生额占比",
    title_en: "share of small and medium enterprises in the year's volume",
    severity: Severity::Forbid,
    direction: Direction::Minimum,
    versions: &versions(
        Rate::new(dec!(0.70)),
        "四（二）",
        "当年中小企业信用担保业务和再担保业务发生额占当年信用担保业务发生总额的 70%以上",
    ),
    readings: &[],
    gaps: &[],
};

/// 四（三）: the average fee rate for small and medium enterprises is at most half the benchmark lending rate.
pub static TAX_SME_FEE: Rule<Rate> = Rule {
    id: "tax.sme_fee",
    title: "中小企业平均年担保费率",
    title_en: "average annual fee rate for small and medium enterprises",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &versions(
        Rate::new(dec!(0.50)),
        "四（三）",
        "中小企业融资担保业务的平均年担保费率不超过银行同期贷款基准利率的 50%",
    ),
    readings: &[],
    gaps: &[],
};

/// 四（四）: other conditions of the finance and tax departments.
pub static TAX_OTHER: Rule<Required> = Rule {
    id: "tax.other",
    title: "财政、税务部门规定的其他条件",
    title_en: "other conditions of the finance and tax departments",
    severity: Severity::Forbid,
    direction: Direction::Required,
    versions: &versions(Required("other_conditions"), "四（四）", "财政、税务部门规定的其他条件"),
    readings: &[],
    gaps: &[],
};
