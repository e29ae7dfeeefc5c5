//! 国发〔2018〕39号: employment; start-up guarantee loans for persons and for small enterprises that hire.

use rust_decimal::dec;

use super::{Clause, Document, Source, StartupCap, StartupEnterpriseCap, Version};
use crate::value::{Day, Money, Rate};

/// 国发〔2018〕39号.
pub static DOCUMENT: Document = Document {
    number: "国发〔2018〕39号",
    title: "关于做好当前和今后一个时期促进就业工作的若干意见",
    title_en: "Opinions on promoting employment now and in the time to come",
    issued: Some(Day::new(2018, 11, 16)),
    text: Some("guo-fa-2018-39.txt"),
};

/// The first day in force.
pub const FROM: Day = Day::new(2018, 11, 16);

/// 二（三）: the version of `startup.cap` that this document sets.
pub const STARTUP_CAP: Version<StartupCap> = Version {
    value: StartupCap {
        person: Money::from_wan(15),
        enterprise: Some(StartupEnterpriseCap {
            amount: Money::from_wan(300),
            hires_to_staff: Rate::new(dec!(0.25)),
            many_staff: 100,
            hires_to_many_staff: Rate::new(dec!(0.15)),
        }),
    },
    from: FROM,
    until: None,
    source: Source::Clause(Clause::primary(
        &DOCUMENT,
        "二（三）",
        "可申请最高不超过 15 万元的创业担保贷款。小微企业当年新招用符合创业担保贷款申请条件的人员数量达到企业现有在职职工人数 25%（超过 100 人的企业达到 15%）并与其签订 1 年以上劳动合同的，可申请最高不超过 300 万元的创业担保贷款",
    )),
    see: &[],
};
