//! The codes that `errors[].code` of a problem may have: what each says of its field, whatever the field.

use crate::{error::Text, input::Reason};

/// What one code says of a field.
#[derive(Clone, Debug)]
pub struct FieldCode {
    /// The stable name.
    pub code: &'static str,
    /// What it says; the message of an answer is more exact where it can be.
    pub meaning: Text,
}

macro_rules! codes {
    ($($code:literal, $zh:literal, $en:literal;)*) => {
        const STATED: &[(&str, &str, &str)] = &[$(($code, $zh, $en)),*];
    };
}

codes! {
    "above_principal", "担保金额超过贷款本金。", "More is guaranteed than the loan's principal.";
    "above_whole", "各部分超过整体。", "The parts exceed the whole.";
    "ahead", "日期在今天之后。", "The day is yet to come.";
    "ambiguous", "所指不止一项，请写明是哪一项。", "It names more than one thing: say which.";
    "another_bank", "与协议的银行不一致。", "The agreement is with another bank.";
    "bank_code", "不是银行或网点代码的格式。", "It is not of the form of a bank's or branch's code.";
    "budget_below_fixed_part", "预算低于固定部分。", "The budget is below its fixed part.";
    "client_total_below_amount", "客户合计低于本笔金额。", "The client's total is below this amount.";
    "client_with_two_kinds", "同一客户被归入两类。", "One client is given two kinds.";
    "day", "日期的格式不对。", "It is not of the form of a day.";
    "day_format", "不是日期的写法。", "It is no form in which days are written.";
    "duplicate_code", "代码重复。", "A code is given twice.";
    "duplicate_field", "此项出现了两次。", "The field is given twice.";
    "empty", "至少要有一项。", "There must be at least one.";
    "empty_term", "终止日不晚于起始日。", "The end does not lie after the first day.";
    "end_not_after_start", "到期日不晚于起始日。", "The end does not lie after the start.";
    "fee_without_amount", "有担保费而无担保金额。", "There is a fee without an amount.";
    "figure_out_of_range", "由此得出的数值超出可记录的范围。", "A figure it leads to is beyond what can be kept.";
    "fixed", "登记后不能修改。", "It does not change once it is filed.";
    "future_day", "日期在今天之后。", "The day is yet to come.";
    "guessable", "口令太容易被猜到。", "The password is guessed too soon.";
    "identifier", "号码的格式或校验位不对。", "The identifier is of the wrong form, or its check digit is wrong.";
    "incomplete", "应同时填写的项目不全。", "Of what belongs together a part is missing.";
    "indicator_missing", "缺少该行业划型所用的指标。", "An indicator that the industry's size needs is missing.";
    "industry", "不是行业门类或大类代码。", "It is no section or division of the industries.";
    "itself", "不能指向自己。", "It may not name itself.";
    "login_name", "不是机构代码或用户名的格式。", "It is not of the form of an institution's code or a user's name.";
    "looser_than_law", "比法规宽松。", "It is looser than the law.";
    "malformed_json", "不是合法的 JSON。", "It is not valid JSON.";
    "missing_bank", "此类合同须有银行。", "A contract of this kind has a bank.";
    "missing_field", "缺少此项。", "The field is missing.";
    "no_amount", "没有金额。", "There is no amount.";
    "no_enterprise", "不是企业。", "It is no enterprise.";
    "no_such_bank", "没有此银行，或当日无效。", "There is no such bank, or not on the day.";
    "no_such_column", "文件中没有这一列。", "The file has no such column.";
    "no_such_product", "没有此产品，或当日无效。", "There is no such product, or not on the day.";
    "no_such_year", "该年度不在可计算的范围。", "The year cannot be computed.";
    "no_terms", "协议当日没有有效的条款。", "The agreement has no terms in force on the day.";
    "no_underlying", "缺少所依据的业务。", "What it is based on is missing.";
    "not_covered", "协议不适用于此产品。", "The agreement does not cover the product.";
    "not_in_the_agreement", "协议中没有此方，却有其比例或费率。", "There is a share or a fee of somebody who is not in the agreement.";
    "not_of_this_kind", "此类别没有这一项。", "What is of this kind has no such field.";
    "not_our_reguarantor", "不是本机构的再担保机构。", "It does not re-guarantee the institution.";
    "not_replaceable", "此项规则不能由产品替代。", "A product may not replace the rule.";
    "not_waivable", "此项规则不能例外。", "The rule cannot be waived.";
    "one_form", "应填写且只填写一种取法。", "Of several forms exactly one is given.";
    "one_of_two", "两项应填且只填一项。", "Of two fields exactly one is given.";
    "outside_the_agreement", "不在协议期间之内。", "It lies outside the days of the agreement.";
    "page", "不是上一页给出的 next。", "It is not `next` of a page before.";
    "part_above_whole", "部分大于整体。", "A part is larger than its whole.";
    "party_known", "号码已登记在另一被担保人名下。", "The identifier is another party's.";
    "past_day", "日期已过。", "The day has passed.";
    "product_code", "不是产品代码的格式。", "It is not of the form of a product's code.";
    "range", "不在允许的范围。", "It is outside the range.";
    "recoveries_above_loss", "追偿收回大于损失。", "More was recovered than was lost.";
    "region", "不是行政区划代码。", "It is no region's code.";
    "released_before_start", "解除日早于起始日。", "It was released before it began.";
    "repeated", "同一内容出现了两次。", "The same is given twice.";
    "replaced_by_nothing", "被替代的规则没有替代值。", "A rule is replaced by nothing.";
    "replaced_by_others", "被替代的规则与给出的值不对应。", "Other rules are replaced than values are given for.";
    "report_code", "不是报表代码的格式。", "It is not of the form of a report's code.";
    "required", "应填写此项。", "It is required here.";
    "role", "此类机构没有这个角色。", "Institutions of this kind have no such role.";
    "rule_not_in_force", "规则当日未施行。", "The rule is not in force on the day.";
    "scheme_misfit", "号码种类与被担保人类型不符。", "The scheme does not fit the kind of party.";
    "shares_not_whole", "各方比例之和不等于 1。", "The shares do not add up to 1.";
    "tag", "标签的格式不对。", "A tag is of the wrong form.";
    "taken", "名称或代码已被使用。", "The name or code is in use.";
    "text", "长度、首尾空格或控制字符不合要求。", "It is too long or empty, has spaces at an end, or control characters.";
    "too_long", "过长。", "It is too long.";
    "too_many", "项目过多。", "There are too many.";
    "too_many_units", "单位过多。", "There are too many units.";
    "too_short", "过短。", "It is too short.";
    "unfit_key", "该规则不适用所给的对象。", "The rule takes no such key.";
    "unknown", "本机构没有所指的内容。", "The institution has nothing of this id.";
    "unknown_calculator", "没有这个计算器。", "There is no such calculator.";
    "unknown_field", "没有此项。", "There is no such field.";
    "unknown_grade", "不是该产品规定的客户类别。", "It is none of the product's grades of clients.";
    "unknown_group", "没有这个关联组。", "There is no such group.";
    "unknown_value", "不在可用的值之中。", "It is none of the known values.";
    "wrong_code", "验证码有误。", "The code of the second factor is wrong.";
    "wrong_password", "原口令有误。", "The present password is wrong.";
    "wrong_type", "值的类型不对。", "The value is of the wrong type.";
    "year", "年度不在允许的范围。", "The year is outside the range.";
}

/// Every code a field's error may have, by its name.
pub fn field_codes() -> Vec<FieldCode> {
    let stated = STATED.iter().map(|&(code, zh, en)| FieldCode { code, meaning: Text::new(zh, en) });
    let mut all: Vec<FieldCode> = stated
        .chain(Reason::ALL.iter().map(|reason| FieldCode { code: reason.code, meaning: reason.text() }))
        .collect();
    all.sort_by_key(|each| each.code);
    all
}
