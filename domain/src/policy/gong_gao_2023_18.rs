//! 公告2023年第18号: the value-added tax exemption goes on to the end of 2027. Secondary sources.

use super::{Clause, Document};
use crate::value::Day;

/// 财政部 税务总局公告2023年第18号.
pub static DOCUMENT: Document = Document {
    number: "公告2023年第18号",
    title: "关于延续实施支持农户、小型企业、微型企业及个体工商户融资担保增值税政策的公告",
    title_en: "Announcement on continuing the value-added tax policy for guarantees of farmers, small and micro enterprises and individual businesses",
    issued: None,
    text: None,
};

/// The first day it carries the exemption on.
pub const FROM: Day = Day::new(2024, 1, 1);
/// The first day after its end.
pub const UNTIL: Day = Day::new(2028, 1, 1);

/// It carries the exemption on.
pub const CONTINUED: Clause = Clause::secondary(&DOCUMENT, "一", None);
