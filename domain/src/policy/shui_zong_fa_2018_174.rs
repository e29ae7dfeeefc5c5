//! 税总发〔2018〕174号: the tax administration's service for private enterprises; speaks of 中小企业, wider than the exemption.

use super::{Clause, Document};
use crate::value::Day;

/// 税总发〔2018〕174号.
pub static DOCUMENT: Document = Document {
    number: "税总发〔2018〕174号",
    title: "关于实施进一步支持和服务民营经济发展若干措施的通知",
    title_en: "Notice on measures to support and serve the private economy",
    issued: Some(Day::new(2018, 11, 16)),
    text: Some("shui-zong-fa-2018-174.txt"),
};

/// 一（一）: guarantee income from 中小企业 is named among the exemptions: medium enterprises included.
pub const SME_GUARANTEE_INCOME: Clause =
    Clause::primary(&DOCUMENT, "一（一）", "担保机构向中小企业提供信用担保收入免征增值税");
