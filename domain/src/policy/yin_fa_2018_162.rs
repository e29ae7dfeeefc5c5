//! 银发〔2018〕162号: finance for small and micro enterprises.

use rust_decimal::dec;

use super::{Clause, Direction, Document, Prohibited, Rule, Severity, ShareOfWhich, Source, Version, readings};
use crate::value::{Day, Rate};

/// 银发〔2018〕162号.
pub static DOCUMENT: Document = Document {
    number: "银发〔2018〕162号",
    title: "关于进一步深化小微企业金融服务的意见",
    title_en: "Opinions on deepening financial services for small and micro enterprises",
    issued: Some(Day::new(2018, 6, 23)),
    text: Some("yin-fa-2018-162.txt"),
};

const FROM: Day = Day::new(2018, 6, 23);

/// 八（二十二）: who stands on a blacklist or watch list does not enjoy the preferential policies.
///
/// Forbids subsidies; at booking it is shown.
pub static PARTY_BLACKLIST: Rule<Prohibited> = Rule {
    id: "party.blacklist",
    title: "列入黑名单、重点关注名单的不得享受优惠政策",
    title_en: "blacklisted parties get no preferential policies",
    severity: Severity::Advise,
    direction: Direction::Prohibited,
    versions: &[Version {
        value: Prohibited("blacklisted_for_subsidy"),
        from: FROM,
        until: None,
        source: Source::Clause(Clause::primary(
            &DOCUMENT,
            "八（二十二）",
            "被政府有关部门列入黑名单、重点关注名单中的小微企业不得享受",
        )),
        see: &[],
    }],
    readings: &[],
    gaps: &[],
};

/// 七（十八）: companies supported by the national fund do at least 80 % for the small, of which 50 % in small credits.
pub static REGULATOR_SMALL_SHARE: Rule<ShareOfWhich> = Rule {
    id: "regulator.small_share",
    title: "国家融资担保基金支持的公司的小微担保金额占比（监管考核）",
    title_en: "small-micro share of companies supported by the national fund (supervisory)",
    severity: Severity::Advise,
    direction: Direction::Minimum,
    versions: &[Version {
        value: ShareOfWhich { share: Rate::new(dec!(0.80)), of_which: Rate::new(dec!(0.50)) },
        from: FROM,
        until: None,
        source: Source::Clause(Clause::primary(
            &DOCUMENT,
            "七（十八）",
            "支持小微企业融资的担保金额占比不低于 80%，其中支持单户授信 500 万元及以下小微企业贷款及个体工商户、小微企业主经营性贷款的担保金额占比不低于 50%",
        )),
        see: &[],
    }],
    readings: &[&readings::ONLY_ENTERPRISES_ARE_BOUND_BY_THE_CREDIT_LINE],
    gaps: &[],
};
