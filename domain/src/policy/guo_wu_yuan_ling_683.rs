//! 国务院令第683号: the regulation on the supervision of financing guarantee companies.

use rust_decimal::dec;

use super::{
    Clause, Direction, Document, LeverageCap, Prohibited, Required, Rule, Severity, Source, Version, readings,
    yin_bao_jian_fa_2018_1::MEASURE,
};
use crate::value::{Day, Rate};

/// 国务院令第683号.
pub static DOCUMENT: Document = Document {
    number: "国务院令第683号",
    title: "融资担保公司监督管理条例",
    title_en: "Regulation on the supervision and administration of financing guarantee companies",
    issued: Some(Day::new(2017, 8, 2)),
    text: Some("guo-wu-yuan-ling-683.txt"),
};

/// The first day in force (art. 49).
pub const FROM: Day = Day::new(2017, 10, 1);

const fn article<T>(value: T, article: &'static str, quote: &'static str) -> Version<T> {
    Version {
        value,
        from: FROM,
        until: None,
        source: Source::Clause(Clause::primary(&DOCUMENT, article, quote)),
        see: &[],
    }
}

/// Art. 16: one guaranteed party at most 10 % of net assets.
pub static LIMIT_SINGLE: Rule<Rate> = Rule {
    id: "limit.single",
    title: "单一被担保人集中度",
    title_en: "concentration on a single client",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &[Version {
        see: &[MEASURE],
        ..article(
            Rate::new(dec!(0.10)),
            "第十六条",
            "融资担保公司对同一被担保人的担保责任余额与融资担保公司净资产的比例不得超过10%",
        )
    }],
    readings: &[&readings::COMMITMENTS_COUNT_IN_THE_LIABILITY_BALANCE],
    gaps: &[],
};

/// Art. 16: one guaranteed party and its related group at most 15 % of net assets.
pub static LIMIT_GROUP: Rule<Rate> = Rule {
    id: "limit.group",
    title: "被担保人及其关联方集中度",
    title_en: "concentration on a client and its related group",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &[Version {
        see: &[MEASURE],
        ..article(
            Rate::new(dec!(0.15)),
            "第十六条",
            "对同一被担保人及其关联方的担保责任余额与融资担保公司净资产的比例不得超过15%",
        )
    }],
    readings: &[&readings::COMMITMENTS_COUNT_IN_THE_LIABILITY_BALANCE],
    gaps: &[],
};

/// Art. 15, second paragraph: up to 15 times for those that mainly serve small enterprises and agriculture.
pub const MAINLY_SMALL: Clause = Clause::primary(
    &DOCUMENT,
    "第十五条",
    "对主要为小微企业和农业、农村、农民服务的融资担保公司，前款规定的倍数上限可以提高至15倍",
);

/// Art. 15: the liability balance is at most 10 times net assets, 15 times for those that mainly serve the small.
pub static LIMIT_LEVERAGE: Rule<LeverageCap> = Rule {
    id: "limit.leverage",
    title: "融资担保责任余额放大倍数",
    title_en: "leverage multiple of the liability balance",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &[Version {
        see: &[MAINLY_SMALL, MEASURE],
        ..article(
            LeverageCap { general: Rate::new(dec!(10)), mainly_small: Rate::new(dec!(15)) },
            "第十五条",
            "融资担保公司的担保责任余额不得超过其净资产的10倍",
        )
    }],
    readings: &[
        &readings::COMMITMENTS_COUNT_IN_THE_LIABILITY_BALANCE,
        &readings::UNVERIFIED_VALUES_NEVER_LOOSEN_VERIFIED_LIMITS,
    ],
    gaps: &[],
};

/// Art. 17: no guarantee for the controlling shareholder or the actual controller.
pub static LIMIT_RELATED: Rule<Prohibited> = Rule {
    id: "limit.related",
    title: "不得为控股股东、实际控制人提供融资担保",
    title_en: "no guarantee for the controlling shareholder or actual controller",
    severity: Severity::Forbid,
    direction: Direction::Prohibited,
    versions: &[article(
        Prohibited("controlling_shareholder"),
        "第十七条",
        "融资担保公司不得为其控股股东、实际控制人提供融资担保",
    )],
    readings: &[],
    gaps: &[],
};

/// Art. 17: another related party gets no better terms than others, and is reported within 30 days.
pub static PARTY_RELATED_TERMS: Rule<Required> = Rule {
    id: "party.related_terms",
    title: "为其他关联方担保的条件不得更优",
    title_en: "no better terms for other related parties",
    severity: Severity::Forbid,
    direction: Direction::Required,
    versions: &[Version {
        see: &[Clause::primary(
            &DOCUMENT,
            "第十七条",
            "融资担保公司为关联方提供融资担保的，应当自提供担保之日起30日内向监督管理部门报告",
        )],
        ..article(
            Required("terms_not_better_than_for_others"),
            "第十七条",
            "为其他关联方提供融资担保的条件不得优于为非关联方提供同类担保的条件",
        )
    }],
    readings: &[&readings::RELATED_TERMS_ARE_COMPARED_WITHIN_BANDS_OF_TERMS],
    gaps: &[],
};
