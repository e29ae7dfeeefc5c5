//! 国发〔2015〕23号: employment and start-ups; start-up guarantee loans (创业担保贷款).

use super::{Clause, Direction, Document, Rule, Severity, Source, StartupCap, Version, guo_fa_2018_39};
use crate::value::{Day, Money};

/// 国发〔2015〕23号.
pub static DOCUMENT: Document = Document {
    number: "国发〔2015〕23号",
    title: "关于进一步做好新形势下就业创业工作的意见",
    title_en: "Opinions on employment and start-ups under the new circumstances",
    issued: Some(Day::new(2015, 4, 27)),
    text: Some("guo-fa-2015-23.txt"),
};

/// 二（八）, then 国发〔2018〕39号 二（三）: the most a start-up guarantee loan may amount to. Binds that product only.
pub static STARTUP_CAP: Rule<StartupCap> = Rule {
    id: "startup.cap",
    title: "创业担保贷款额度上限",
    title_en: "cap on start-up guarantee loans",
    severity: Severity::Forbid,
    direction: Direction::Maximum,
    versions: &[
        Version {
            value: StartupCap { person: Money::from_wan(10), enterprise: None },
            from: Day::new(2015, 4, 27),
            until: Some(guo_fa_2018_39::FROM),
            source: Source::Clause(Clause::primary(
                &DOCUMENT,
                "二（八）",
                "贷款最高额度由针对不同群体的 5万元、8 万元、10 万元不等统一调整为 10 万元",
            )),
            see: &[],
        },
        guo_fa_2018_39::STARTUP_CAP,
    ],
    readings: &[],
    gaps: &[],
};
