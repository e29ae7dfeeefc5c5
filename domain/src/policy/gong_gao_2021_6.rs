//! 公告2021年第6号: continues tax rules beyond their end, the reserves of guarantee institutions among them. Secondary sources.

use super::{Clause, Document};
use crate::value::Day;

/// 财政部 税务总局公告2021年第6号.
pub static DOCUMENT: Document = Document {
    number: "公告2021年第6号",
    title: "关于延长部分税收优惠政策执行期限的公告",
    title_en: "Announcement on extending certain preferential tax policies",
    issued: Some(Day::new(2021, 3, 15)),
    text: None,
};

/// The first day on which it carries 财税〔2017〕22号 on.
pub const FROM: Day = Day::new(2021, 1, 1);

/// Art. 4: the reserve rules go on after their end, without a new one.
pub const CONTINUED: Clause = Clause::secondary(&DOCUMENT, "第四条", None);
