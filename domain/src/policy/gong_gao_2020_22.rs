//! 公告2020年第22号: the value-added tax exemption goes on to the end of 2023. From memory.

use super::{Clause, Document};
use crate::value::Day;

/// 财政部 税务总局公告2020年第22号.
pub static DOCUMENT: Document = Document {
    number: "公告2020年第22号",
    title: "关于延续实施普惠金融有关税收优惠政策的公告",
    title_en: "Announcement on continuing tax policies for inclusive finance",
    issued: None,
    text: None,
};

/// The first day it carries the exemption on.
pub const FROM: Day = Day::new(2020, 1, 1);

/// It carries the exemption of 财税〔2017〕90号 on.
pub const CONTINUED: Clause = Clause::memory(&DOCUMENT, "延续实施");
