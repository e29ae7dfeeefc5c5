//! 财建〔2018〕547号: the award for provinces that guarantee more small enterprises at lower fees, 2018 to 2020.

use rust_decimal::dec;

use super::{AwardTiers, ByRegion, Clause, Direction, Document, Required, Rule, Severity, Source, Version, readings};
use crate::value::{Day, Money, Rate};

/// 财建〔2018〕547号.
pub static DOCUMENT: Document = Document {
    number: "财建〔2018〕547号",
    title: "关于对小微企业融资担保业务实施降费奖补政策的通知",
    title_en: "Notice on the fee-reduction award for financing guarantees of small and micro enterprises",
    issued: Some(Day::new(2018, 10, 15)),
    text: Some("cai-jian-2018-547.txt"),
};

const FROM: Day = Day::new(2018, 1, 1);
const UNTIL: Day = Day::new(2021, 1, 1);
const ENDED: &[(Day, &str)] =
    &[(UNTIL, "the award ran for 2018, 2019 and 2020 only; 财建〔2021〕106号 follows with a method we have not read")];

const fn version<T>(value: T, from: Day, until: Day, clause: &'static str, quote: &'static str) -> Version<T> {
    Version {
        value,
        from,
        until: Some(until),
        source: Source::Clause(Clause::primary(&DOCUMENT, clause, quote)),
        see: &[],
    }
}

/// 二（一）: annualised amount and fee rate, and whose contracts count.
///
/// The same definitions carry the average fee rate and every annualised figure; in force as definitions since then.
pub static VOLUME_ANNUALISED: Rule<Required> = Rule {
    id: "volume.annualised",
    title: "年化担保额与年化担保费率",
    title_en: "annualised amount and fee rate",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[Version {
        value: Required("amount_times_days_over_365"),
        from: FROM,
        until: None,
        source: Source::Clause(Clause::primary(
            &DOCUMENT,
            "二（一）",
            "某省份小微企业年化担保额=∑（该省份每笔小微企业融资担保业务实际担保额*实际担保天数/365 天）",
        )),
        see: &[Clause::primary(
            &DOCUMENT,
            "二（一）",
            "某省份小微企业年化担保费率=∑该省份每笔小微企业融资担保业务担保费收入/∑该省份每笔小微企业融资担保业务年化担保额",
        )],
    }],
    readings: &[&readings::WHOLE_TERM_COUNTS],
    gaps: &[],
};

/// 二（一）: small and micro enterprises, without real estate, finance, investment management and platforms.
pub static AWARD_STATISTICS: Rule<Required> = Rule {
    id: "award.statistics",
    title: "降费奖补的小微企业口径",
    title_en: "whose contracts count for the award",
    severity: Severity::Forbid,
    direction: Direction::Method,
    versions: &[version(
        Required("small_and_micro_without_exclusions"),
        FROM,
        UNTIL,
        "二（一）",
        "小微企业是指符合工业和信息化部、国家统计局等部门联合制发的《中小企业划型标准规定》的小型企业、微型企业，不包括房地产行业、金融服务行业和投资（资产）管理类、地方政府投融资平台类、地方国有企业资本运营平台类企业",
    )],
    readings: &[&readings::INDIVIDUALS_ARE_OUTSIDE_THE_AWARD_STATISTICS],
    gaps: ENDED,
};

/// 二（一）: 3,000,000,000 yuan a year.
pub static AWARD_BUDGET: Rule<Money> = Rule {
    id: "award.budget",
    title: "降费奖补年度资金",
    title_en: "yearly budget of the fee-reduction award",
    severity: Severity::Advise,
    direction: Direction::Exact,
    versions: &[version(
        Money::from_wan(300_000),
        FROM,
        UNTIL,
        "二（一）",
        "中央财政在 2018-2020 年每年安排资金 30 亿元",
    )],
    readings: &[],
    gaps: ENDED,
};

/// 二（二）1: the first 9, 7 and 9 units of the regions are rewarded.
pub static AWARD_PLACES: Rule<ByRegion<u32>> = Rule {
    id: "award.places",
    title: "定额奖励名额",
    title_en: "rewarded places of each region",
    severity: Severity::Forbid,
    direction: Direction::Method,
    versions: &[version(
        ByRegion { east: 9, central: 7, west: 9 },
        FROM,
        UNTIL,
        "二（二）1",
        "对东部、中部、西部地区按上一年度新增小微企业年化担保额规模排名分别位于前 9 名、前 7名、前 9 名，共计 25 个省份进行定额奖励",
    )],
    readings: &[&readings::FEE_GATE_APPLIES_AFTER_RANKING],
    gaps: ENDED,
};

const fn tiers(raised: i64) -> AwardTiers {
    AwardTiers {
        first: Money::from_wan(9000_i64.saturating_add(raised)),
        second: Money::from_wan(7000_i64.saturating_add(raised)),
        third: Money::from_wan(5000_i64.saturating_add(raised)),
        fourth: Money::from_wan(4000_i64.saturating_add(raised)),
    }
}

const RAISED: &str = "提高奖励标准，每个年度在上一年度的基础上增加 1000 万元";

/// 二（二）1: the four fixed rewards, raised by 1000万 a year.
pub static AWARD_TIERS: Rule<AwardTiers> = Rule {
    id: "award.tiers",
    title: "分档定额奖励标准",
    title_en: "fixed rewards by tier",
    severity: Severity::Forbid,
    direction: Direction::Exact,
    versions: &[
        version(
            tiers(0),
            FROM,
            Day::new(2019, 1, 1),
            "二（二）1",
            "上一年度新增小微企业年化担保额位于所属区域中位数以上，且小微企业年化担保费率位于同期全国平均水平及以下，奖励 9000 万元",
        ),
        version(tiers(1000), Day::new(2019, 1, 1), Day::new(2020, 1, 1), "二（二）1", RAISED),
        version(tiers(2000), Day::new(2020, 1, 1), UNTIL, "二（二）1", RAISED),
    ],
    readings: &[&readings::MEDIAN_AND_AVERAGE_ARE_OVER_ALL_UNITS],
    gaps: ENDED,
};

/// 二（二）: in 2019 and 2020 only units with a fee rate of at most 2 % are rewarded and subsidised.
pub static AWARD_FEE_GATE: Rule<Rate> = Rule {
    id: "award.fee_gate",
    title: "年化担保费率不超过2%",
    title_en: "annualised fee rate of at most two per cent",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &[version(
        Rate::new(dec!(0.02)),
        Day::new(2019, 1, 1),
        UNTIL,
        "二（二）1",
        "2019 年和 2020 年，对按上述办法排名且上一年度小微企业年化担保费率不超过 2%的省份进行奖励",
    )],
    readings: &[&readings::FEE_GATE_APPLIES_AFTER_RANKING],
    gaps: ENDED,
};

/// 二（二）2: the regional coefficients of the factor part.
pub static AWARD_COEFFICIENTS: Rule<ByRegion<Rate>> = Rule {
    id: "award.coefficients",
    title: "因素法区域补助系数",
    title_en: "regional coefficients of the factor part",
    severity: Severity::Forbid,
    direction: Direction::Method,
    versions: &[version(
        ByRegion { east: Rate::ONE, central: Rate::new(dec!(1.2)), west: Rate::new(dec!(1.6)) },
        FROM,
        UNTIL,
        "二（二）2",
        "东部补助系数为 1，中部补助系数为 1.2，西部补助系数为 1.6",
    )],
    readings: &[],
    gaps: ENDED,
};
