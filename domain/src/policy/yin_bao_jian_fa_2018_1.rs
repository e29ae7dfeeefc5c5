//! 银保监发〔2018〕1号: the four companion rules of the regulation – liability balance and asset ratios. Secondary sources.

use rust_decimal::dec;

use super::{
    Clause, Direction, Document, MainlySmall, Rule, Severity, Source, Version, Weights, readings,
    yin_bao_jian_fa_2019_37,
};
use crate::value::{Day, Money, Rate};

/// 银保监发〔2018〕1号, with 融资担保责任余额计量办法 and 融资担保公司资产比例管理办法.
pub static DOCUMENT: Document = Document {
    number: "银保监发〔2018〕1号",
    title: "关于印发《融资担保公司监督管理条例》四项配套制度的通知",
    title_en: "Notice issuing the four companion rules of the regulation on financing guarantee companies",
    issued: Some(Day::new(2018, 4, 2)),
    text: None,
};

/// The first day in force; before it every weight is 1.
pub const FROM: Day = Day::new(2018, 4, 2);

/// 计量办法 art. 6: a small-micro client's loan balance up to and including this is small. Every version so far has it, and the
/// counters of a book are kept by it.
pub const SMALL_LOAN_UP_TO: Money = Money::from_wan(500);

/// 计量办法 art. 6: the same for a farmer.
pub const FARMER_LOAN_UP_TO: Money = Money::from_wan(200);

const WEIGHTS_2018: Weights = Weights {
    small_loan: Rate::new(dec!(0.75)),
    small_loan_up_to: SMALL_LOAN_UP_TO,
    farmer_loan: Rate::new(dec!(0.75)),
    farmer_loan_up_to: FARMER_LOAN_UP_TO,
    other_loan: Rate::ONE,
    rated_bond: Rate::new(dec!(0.80)),
    other_bond: Rate::ONE,
    housing: Rate::ONE,
    other: Rate::ONE,
};

/// 计量办法 arts 3, 6–10: the balance is the sum of what is guaranteed, weighted.
pub const MEASURE: Clause = Clause::secondary(
    &DOCUMENT,
    "计量办法 第三、六至十条",
    Some("各项融资担保业务在保余额,按照本办法规定的对应权重加权之和"),
);

/// 计量办法 arts 3, 6–10: what each kind of guarantee weighs in the liability balance.
pub static LIABILITY_WEIGHTS: Rule<Weights> = Rule {
    id: "liability.weights",
    title: "融资担保责任余额的权重",
    title_en: "weights of the liability balance",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[
        Version {
            value: WEIGHTS_2018,
            from: FROM,
            until: Some(yin_bao_jian_fa_2019_37::FROM),
            source: Source::Clause(MEASURE),
            see: &[],
        },
        Version {
            value: Weights { housing: Rate::new(dec!(0.30)), ..WEIGHTS_2018 },
            from: yin_bao_jian_fa_2019_37::FROM,
            until: None,
            source: Source::Clause(MEASURE),
            see: &[yin_bao_jian_fa_2019_37::HOUSING_WEIGHT],
        },
    ],
    readings: &[&readings::WEIGHTED_SMALL_LOANS_INCLUDE_INDIVIDUALS_AND_OWNERS],
    gaps: &[],
};

/// 计量办法 ch. 4: who mainly serves the small – balance share and client share. From memory: it never opens the
/// 15 times by itself, a dated confirmation of the supervisor is required.
pub static LEVERAGE_TEST: Rule<MainlySmall> = Rule {
    id: "limit.leverage_test",
    title: "“主要为小微企业和农业、农村、农民服务”的认定",
    title_en: "the test for mainly serving small enterprises and agriculture",
    severity: Severity::Advise,
    direction: Direction::Minimum,
    versions: &[Version {
        value: MainlySmall { balance_share: Rate::new(dec!(0.50)), client_share: Rate::new(dec!(0.80)) },
        from: FROM,
        until: None,
        source: Source::Clause(Clause::memory(&DOCUMENT, "计量办法 第四章")),
        see: &[],
    }],
    readings: &[&readings::UNVERIFIED_VALUES_NEVER_LOOSEN_VERIFIED_LIMITS],
    gaps: &[],
};

const fn asset_ratio(value: Rate, clause: Clause) -> Version<Rate> {
    Version { value, from: FROM, until: None, source: Source::Clause(clause), see: &[] }
}

macro_rules! asset_rule {
    ($(#[$doc:meta])* $name:ident, $id:literal, $title:literal, $title_en:literal, $direction:ident, $value:expr, $clause:expr) => {
        $(#[$doc])*
        pub static $name: Rule<Rate> = Rule {
            id: $id,
            title: $title,
            title_en: $title_en,
            severity: Severity::Advise,
            direction: Direction::$direction,
            versions: &[asset_ratio(Rate::new($value), $clause)],
            readings: &[],
            gaps: &[],
        };
    };
}

asset_rule!(
    /// 资产比例办法 art. 8: net assets and the two reserves are at least 60 % of total assets. Reported only.
    ASSET_STRENGTH, "asset.strength", "净资产与两项准备金之和占资产总额的比例",
    "net assets and the two reserves over total assets", Minimum, dec!(0.60),
    Clause::secondary(&DOCUMENT, "资产比例办法 第八条", Some("净资产与未到期责任准备金、担保赔偿准备金之和不得低于资产总额的60%"))
);
asset_rule!(
    /// 资产比例办法 art. 9: grade Ⅰ assets are at least 20 % of total assets less payout receivables. Reported only.
    ASSET_GRADE1, "asset.grade1", "Ⅰ级资产占比", "share of grade Ⅰ assets", Minimum, dec!(0.20),
    Clause::secondary(&DOCUMENT, "资产比例办法 第九条", Some("Ⅰ级资产不得低于资产总额扣除应收代偿款后的20%"))
);
asset_rule!(
    /// 资产比例办法 art. 9: grade Ⅲ assets are at most 30 % of total assets less payout receivables. Reported only.
    ASSET_GRADE3, "asset.grade3", "Ⅲ级资产占比", "share of grade Ⅲ assets", Maximum, dec!(0.30),
    Clause::secondary(&DOCUMENT, "资产比例办法 第九条", Some("Ⅲ级资产不得高于资产总额扣除应收代偿款后的30%"))
);
asset_rule!(
    /// 资产比例办法 art. 9 (from memory): grades Ⅰ and Ⅱ are at least 70 %. Reported only.
    ASSET_GRADE12, "asset.grade12", "Ⅰ级、Ⅱ级资产合计占比", "share of grade Ⅰ and Ⅱ assets", Minimum, dec!(0.70),
    Clause::memory(&DOCUMENT, "资产比例办法 第九条")
);
