//! 财税〔2017〕90号: guarantee fees for farmers, small and micro enterprises are exempt from value-added tax. Secondary sources.

use super::{
    Clause, Direction, Document, Required, Rule, Severity, Source, Version, gong_gao_2020_22, gong_gao_2023_18,
    readings, shui_zong_fa_2018_174,
};
use crate::value::Day;

/// 财税〔2017〕90号.
pub static DOCUMENT: Document = Document {
    number: "财税〔2017〕90号",
    title: "关于租入固定资产进项税额抵扣等增值税政策的通知",
    title_en: "Notice on input tax for leased fixed assets and other value-added tax policies",
    issued: None,
    text: None,
};

const EXEMPT: Required = Required("farmers_small_micro_and_individual_businesses");

const fn version(from: Day, until: Day, clause: Clause) -> Version<Required> {
    Version {
        value: EXEMPT,
        from,
        until: Some(until),
        source: Source::Clause(clause),
        see: &[shui_zong_fa_2018_174::SME_GUARANTEE_INCOME],
    }
}

/// 六, continued by 公告2020年第22号 and 公告2023年第18号: whose guarantee fees are exempt.
pub static TAX_VAT_EXEMPT: Rule<Required> = Rule {
    id: "tax.vat_exempt",
    title: "担保费收入免征增值税",
    title_en: "guarantee fee income exempt from value-added tax",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[
        version(Day::new(2018, 1, 1), gong_gao_2020_22::FROM, Clause::secondary(&DOCUMENT, "六", None)),
        version(gong_gao_2020_22::FROM, gong_gao_2023_18::FROM, gong_gao_2020_22::CONTINUED),
        version(gong_gao_2023_18::FROM, gong_gao_2023_18::UNTIL, gong_gao_2023_18::CONTINUED),
    ],
    readings: &[&readings::VAT_EXEMPTION_TAKES_THE_NARROWER_SCOPE],
    gaps: &[(gong_gao_2023_18::UNTIL, "公告2023年第18号 ends with 2027 and no successor has been published")],
};
