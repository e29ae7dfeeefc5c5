//! 财金〔2025〕11号: administrative measures for government-backed financing guarantees, known from secondary sources.
//!
//! No rule starts here: its clauses stand beside the rules of 国办发〔2019〕6号 that they repeat, soften or widen.

use super::{Clause, Document};
use crate::value::Day;

/// 财金〔2025〕11号.
pub static DOCUMENT: Document = Document {
    number: "财金〔2025〕11号",
    title: "政府性融资担保发展管理办法",
    title_en: "Administrative measures for the development of government-backed financing guarantees",
    issued: Some(Day::new(2025, 2, 19)),
    text: None,
};

/// The first day in force.
pub const FROM: Day = Day::new(2025, 3, 1);

/// Art. 2: small-micro means small and micro enterprises, individual businesses and small-business owners.
pub const ARTICLE_2: Clause =
    Clause::secondary(&DOCUMENT, "第二条", Some("符合中小企业划型标准规定的小型、微型企业以及个体工商户、小微企业主"));

/// Art. 6: 80 %, but 原则上.
pub const ARTICLE_6_SHARE: Clause =
    Clause::secondary(&DOCUMENT, "第六条", Some("支小支农担保金额占全部担保金额的比例原则上不得低于80%"));

/// Art. 6: of which 50 %, but 原则上.
pub const ARTICLE_6_SMALL_TICKET: Clause =
    Clause::secondary(&DOCUMENT, "第六条", Some("其中单户担保金额500万元及以下的占比原则上不得低于50%"));

/// Art. 6: the focus moves to 1000万.
pub const ARTICLE_6_FOCUS: Clause = Clause::secondary(
    &DOCUMENT,
    "第六条",
    Some("重点为单户担保金额1000万元及以下的小微企业和“三农”主体等提供融资担保服务"),
);

/// Art. 8: no guarantee for the issuance of government bonds.
pub const ARTICLE_8_BOND: Clause = Clause::secondary(&DOCUMENT, "第八条", Some("不得为政府债券发行提供担保"));

/// Art. 8: no credit support for local government financing platforms.
pub const ARTICLE_8_PLATFORM: Clause =
    Clause::secondary(&DOCUMENT, "第八条", Some("不得为地方政府融资平台融资提供增信"));

/// Art. 8: no equity investment, and the exception for technology guarantee with equity linkage.
pub const ARTICLE_8_EQUITY: Clause = Clause::secondary(
    &DOCUMENT,
    "第八条",
    Some("不得向非融资担保机构进行股权投资,国家政策鼓励开展的科技创新担保与股权投资机构联动模式除外"),
);
