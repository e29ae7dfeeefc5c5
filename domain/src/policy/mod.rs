//! The rules of law and policy: dated, quoted, graded. One file per published document.
//!
//! A rule is data: a value, the days it is in force, and the clause that says so. How a rule is applied stands in the
//! module of its subject (`share`, `fee`, `risk` …); which text it comes from stands in the file named after the document.

mod rule;
mod source;
mod value;

pub mod arithmetic;
pub mod cai_jian_2018_547;
pub mod cai_jin_2020_31;
pub mod cai_jin_2025_11;
pub mod cai_shui_2017_22;
pub mod cai_shui_2017_90;
pub mod gong_gao_2020_22;
pub mod gong_gao_2021_6;
pub mod gong_gao_2023_18;
pub mod gong_xin_bu_2011_300;
pub mod guo_ban_fa_2019_6;
pub mod guo_fa_2015_23;
pub mod guo_fa_2015_43;
pub mod guo_fa_2018_39;
pub mod guo_rong_dan_2020_23;
pub mod guo_wu_yuan_ling_683;
pub mod readings;
pub mod shui_zong_fa_2018_174;
pub mod yin_bao_jian_fa_2018_1;
pub mod yin_bao_jian_fa_2019_37;
pub mod yin_fa_2018_162;
pub mod yin_jian_ling_2010_3;

#[cfg(test)]
mod tests;

pub use rule::{AnyRule, Direction, NotInForce, Rule, Severity, Version, VersionFacts};
pub use source::{Clause, Document, Grade, Source};
pub use value::{
    AwardTiers, ByRegion, ClientTotalCap, LeverageCap, MainlySmall, NotAbove, NotBelow, Prohibited, Required,
    ShareOfWhich, StartupCap, StartupEnterpriseCap, Weights,
};

/// Every rule there is: the rulebook, the console's rule page and the tests written once for all rules read this list.
pub static ALL: &[&dyn AnyRule] = &[
    &guo_ban_fa_2019_6::CLIENT_SMALL_AGRI,
    &guo_ban_fa_2019_6::SHARE_SMALL_AGRI,
    &guo_ban_fa_2019_6::SHARE_SMALL_TICKET,
    &guo_fa_2015_43::SHARE_CLIENTS,
    &guo_ban_fa_2019_6::FEE_CAP,
    &guo_ban_fa_2019_6::FEE_AVERAGE,
    &guo_ban_fa_2019_6::FEE_ONLY,
    &guo_ban_fa_2019_6::REFEE_CAP,
    &guo_ban_fa_2019_6::REFEE_ORDER,
    &guo_ban_fa_2019_6::RISK_BANK,
    &guo_ban_fa_2019_6::RISK_NATIONAL,
    &guo_ban_fa_2019_6::RISK_PROVINCIAL,
    &arithmetic::RISK_WHOLE,
    &guo_ban_fa_2019_6::PURPOSE_BOND,
    &guo_ban_fa_2019_6::PURPOSE_PLATFORM,
    &yin_fa_2018_162::PARTY_BLACKLIST,
    &guo_wu_yuan_ling_683::LIMIT_SINGLE,
    &guo_wu_yuan_ling_683::LIMIT_GROUP,
    &guo_wu_yuan_ling_683::LIMIT_LEVERAGE,
    &yin_bao_jian_fa_2018_1::LEVERAGE_TEST,
    &guo_wu_yuan_ling_683::LIMIT_RELATED,
    &guo_wu_yuan_ling_683::PARTY_RELATED_TERMS,
    &guo_ban_fa_2019_6::INVEST_EQUITY,
    &yin_bao_jian_fa_2018_1::ASSET_STRENGTH,
    &yin_bao_jian_fa_2018_1::ASSET_GRADE1,
    &yin_bao_jian_fa_2018_1::ASSET_GRADE3,
    &yin_bao_jian_fa_2018_1::ASSET_GRADE12,
    &yin_bao_jian_fa_2018_1::LIABILITY_WEIGHTS,
    &guo_ban_fa_2019_6::TRANSFER_BANK_LOAN,
    &guo_ban_fa_2019_6::SIZE_FOCUS,
    &yin_fa_2018_162::REGULATOR_SMALL_SHARE,
    &guo_fa_2015_23::STARTUP_CAP,
    &gong_xin_bu_2011_300::SIZE_CLASS,
    &cai_jian_2018_547::VOLUME_ANNUALISED,
    &guo_ban_fa_2019_6::PAYOUT_FIRST,
    &cai_jin_2020_31::PAYOUT_RATE_INSTITUTION,
    &guo_rong_dan_2020_23::PAYOUT_RATE_BATCH,
    &yin_jian_ling_2010_3::RESERVE_UNEARNED,
    &yin_jian_ling_2010_3::RESERVE_COMPENSATION,
    &yin_jian_ling_2010_3::RESERVE_COMPENSATION_ENOUGH,
    &cai_shui_2017_22::TAX_COMPENSATION_CAP,
    &cai_shui_2017_22::TAX_UNEARNED_CAP,
    &cai_shui_2017_22::TAX_LOSS_OFFSET,
    &cai_shui_2017_22::TAX_MEASURES,
    &cai_shui_2017_22::TAX_LICENCE,
    &cai_shui_2017_22::TAX_SME_SHARE,
    &cai_shui_2017_22::TAX_SME_FEE,
    &cai_shui_2017_22::TAX_OTHER,
    &cai_shui_2017_90::TAX_VAT_EXEMPT,
    &cai_jian_2018_547::AWARD_STATISTICS,
    &cai_jian_2018_547::AWARD_BUDGET,
    &cai_jian_2018_547::AWARD_PLACES,
    &cai_jian_2018_547::AWARD_TIERS,
    &cai_jian_2018_547::AWARD_FEE_GATE,
    &cai_jian_2018_547::AWARD_COEFFICIENTS,
];
