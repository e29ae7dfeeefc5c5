//! The errors callers meet, each with its stable code.

use crate::{
    error::{FieldError, Problem, Text},
    finding::{FindingOut, OutcomeOut},
    input,
};
use axum::http::StatusCode;
use domain::value::OutOfRange;
use std::borrow::Cow;

/// The sentences of the findings that matter, in both languages.
fn summary(findings: &[FindingOut], matters: impl Fn(&&FindingOut) -> bool) -> Text {
    let broken = || findings.iter().filter(&matters);
    let zh: Vec<&str> = broken().map(|finding| finding.explanation.as_str()).collect();
    let en: Vec<&str> = broken().map(|finding| finding.explanation_en.as_str()).collect();
    Text::new(zh.concat(), en.join(" "))
}

impl Problem {
    /// The service failed; the log says why.
    pub fn internal() -> Self {
        Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Somebody else holds what this needs; asking again helps.
    pub fn busy() -> Self {
        Self::unavailable(Text::new(
            "同一资料正由他人修改。请用同一编号重试，不会重复登记。",
            "Somebody else is changing the same data. Ask again with the same id: nothing is booked twice.",
        ))
    }

    /// No token, or one that is not accepted.
    pub fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            Text::new("未登录或登录已失效", "Not logged in"),
            Text::new(
                "请求没有有效的访问令牌，或令牌已过期、已注销。请重新登录，或用刷新令牌换取新的令牌。",
                "The request carries no valid access token, or it has expired or was revoked. Log in again, or exchange your refresh token.",
            ),
        )
    }

    /// A login that fails says no more than that.
    pub fn login_refused() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "login_refused",
            Text::new("登录失败", "Login refused"),
            Text::new(
                "机构代码、用户名或口令有误，或账户暂时锁定。多次失败后账户会锁定，请稍候再试或联系本机构管理员。",
                "Institution code, user name or password is wrong, or the account is locked for a while. Repeated failures lock it: wait, or ask your institution's administrator.",
            ),
        )
    }

    /// The password is right, and the account asks for a code too.
    pub fn code_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "code_needed",
            Text::new("需要验证码", "Code needed"),
            Text::new(
                "该账户已启用二次验证。请同时提交验证器上的六位验证码（code），或一个恢复码。",
                "The account has a second factor. Send the six digits of the authenticator app too (code), or a recovery code.",
            ),
        )
    }

    /// A browser's session is begun and continued by pages of this service alone.
    pub fn foreign_page() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign_page",
            Text::new("请求来自其他网站", "The request comes from another site"),
            Text::new(
                "浏览器会话只能由本系统的页面建立和延续。请直接打开本系统的地址登录。",
                "Only pages of this service begin and continue a browser's session. Open the service's own address and log in there.",
            ),
        )
    }

    /// The link was used, has expired, or never was.
    pub fn link_refused() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "link_refused",
            Text::new("链接无效", "Link refused"),
            Text::new(
                "一次性链接无效、已使用或已过期。请联系本机构管理员重新发放。",
                "The one-time link is unknown, used or expired. Ask your institution's administrator for a new one.",
            ),
        )
    }

    /// The caller is known and may not do this.
    pub fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            Text::new("无此权限", "Not allowed"),
            Text::new(
                "您的角色或权限不允许此操作，本次尝试已记入审计。需要时请联系本机构管理员。",
                "Your role or grants do not allow this; the attempt is in the audit list. Ask your institution's administrator if you need it.",
            ),
        )
    }

    /// The caller's institution is suspended or withdrawn.
    pub fn institution_not_active() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "institution_not_active",
            Text::new("机构已暂停或退出", "Institution suspended or withdrawn"),
            Text::new(
                "贵机构已暂停或退出，不能办理此业务。请联系批准贵机构加入的机构。",
                "Your institution is suspended or withdrawn and may not do this. Ask the institution that onboarded it.",
            ),
        )
    }

    /// The place in the tree does not allow it.
    pub fn outside_the_tree(detail: Text) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "outside_the_tree",
            Text::new("超出机构层级", "Not by this institution"),
            detail,
        )
    }

    /// The institution guarantees nobody.
    pub fn guarantees_nobody() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "guarantees_nobody",
            Text::new("本机构不办理担保", "Not a guarantor"),
            Text::new(
                "被担保人只由市县融资担保机构和省级再担保机构登记。",
                "Only guarantee institutions and provincial re-guarantors file guaranteed parties.",
            ),
        )
    }

    /// Another party has this identifier in these days.
    pub fn party_known(field: &'static str, party: uuid::Uuid) -> Self {
        let message =
            Text::new(format!("此号码已登记在被担保人 {party} 名下。"), format!("This identifier is party {party}'s."));
        let mut problem = Self::new(
            StatusCode::CONFLICT,
            "party_known",
            Text::new("被担保人已登记", "Party known"),
            Text::new(
                format!(
                    "此号码在该期间已登记在被担保人 {party} 名下。请使用该被担保人，勿重复登记；确属录入错误的，先终止原号码。"
                ),
                format!(
                    "In these days the identifier is party {party}'s. Use that party instead of filing it twice; if it was a mistake there, end it first."
                ),
            ),
        );
        problem.errors.push(FieldError { field: Cow::Borrowed(field), code: "party_known", message });
        problem
    }

    /// The id names something else already.
    pub fn id_taken() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "id_taken",
            Text::new("编号已用于其他内容", "Id already used"),
            Text::new(
                "此编号已登记过不同的内容。新的内容请用新的编号；修改请带 If-Match 标头。",
                "Something different was booked under this id. Use a new id for new content, or If-Match to change it.",
            ),
        )
    }

    /// A name or code that must be unique is in use.
    pub fn taken(field: &'static str) -> Self {
        let message = Text::new("已被使用，请另选。", "In use already: choose another.");
        let mut problem = Self::new(
            StatusCode::CONFLICT,
            "taken",
            Text::new("名称或代码已被使用", "Name or code in use"),
            Text::new("名称或代码已被使用，请另选。", "A name or code is in use already: choose another."),
        );
        problem.errors.push(FieldError { field: Cow::Borrowed(field), code: "taken", message });
        problem
    }

    /// The state the thing is in does not allow this.
    pub fn wrong_state(detail: Text) -> Self {
        Self::new(StatusCode::CONFLICT, "wrong_state", Text::new("当前状态不允许", "Not in this state"), detail)
    }

    /// The present content of the contract has an exception to the rule that has not expired.
    pub fn exception_stands(detail: Text) -> Self {
        Self::new(StatusCode::CONFLICT, "exception_stands", Text::new("书面例外仍有效", "An exception stands"), detail)
    }

    /// Somebody changed it since the caller read it.
    pub fn changed_meanwhile() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "changed_meanwhile",
            Text::new("已被他人修改", "Changed meanwhile"),
            Text::new(
                "内容在您读取之后已被修改。请重新读取，核对后再提交。",
                "It was changed after you read it. Read it again, compare, and send your change anew.",
            ),
        )
    }

    /// A figure of the request, or a sum it leads to, is beyond what can be kept.
    pub fn out_of_range() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "out_of_range",
            Text::new("数值超出范围", "Out of range"),
            Text::new(
                "金额或由其得出的合计超出可记录的范围。请核对金额与期限。",
                "An amount, or a sum it leads to, is beyond what can be kept. Check amounts and terms.",
            ),
        )
    }

    /// A rule that nobody can waive is broken; nothing was booked.
    pub fn refused_by_rule(findings: Vec<FindingOut>) -> Self {
        let problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "refused_by_rule",
            Text::new("按规定不得办理", "Refused by rule"),
            summary(&findings, |finding| finding.outcome == OutcomeOut::Refuse),
        );
        Self { findings, ..problem }
    }

    /// A rule of principle is broken, and no second person has granted an exception for this content.
    pub fn exception_needed(findings: Vec<FindingOut>) -> Self {
        let problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "exception_needed",
            Text::new("需要书面例外", "A written exception is needed"),
            summary(&findings, |finding| finding.needs_second_person()),
        );
        Self { findings, ..problem }
    }

    /// Whoever drafted or submitted something does not decide about it.
    pub fn second_person_needed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "second_person_needed",
            Text::new("须由另一人办理", "A second person is needed"),
            Text::new(
                "录入或提交的人不能审批自己的业务，也不能为其批准例外。请由另一名审批人员办理。",
                "Whoever drafted or submitted it does not approve it, nor grant its exceptions. Have another approver do it.",
            ),
        )
    }

    /// A mapping of an earlier book does not say what it must, or says it wrongly.
    pub fn invalid_mapping(why: &str, errors: Vec<FieldError>) -> Self {
        let problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_mapping",
            Text::new("映射文件有误", "Invalid mapping"),
            Text::new(
                format!("映射文件不能使用：{why}。请对照 examples/mappings 修改。"),
                format!("The mapping cannot be used: {why}. Compare it with examples/mappings."),
            ),
        );
        Self { errors, ..problem }
    }

    /// A file of an earlier book cannot be read, or is no CSV.
    pub fn unreadable_file(name: &str, why: &str) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unreadable_file",
            Text::new("文件无法读取", "The file cannot be read"),
            Text::new(format!("{name}：{why}。请检查文件。"), format!("{name}: {why}. Check the file.")),
        )
    }

    /// What was uploaded is no table that can be read.
    pub fn unfit_file(detail: Text) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unfit_file",
            Text::new("文件不能使用", "The file cannot be used"),
            detail,
        )
    }

    /// The file's content was forgotten, because it was not needed any more.
    pub fn file_forgotten() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "file_forgotten",
            Text::new("文件内容已清除", "The file was forgotten"),
            Text::new(
                "上传满30天的文件内容已清除。请重新上传。",
                "What was uploaded is forgotten after 30 days. Upload the file again.",
            ),
        )
    }

    /// More is wrong than anybody would read: the mapping does not fit the file.
    pub fn too_many_faults(most: usize) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "too_many_faults",
            Text::new("错误过多", "Too many faults"),
            Text::new(
                format!("已发现{most}处错误，映射很可能与文件不符。请修改映射后重试。"),
                format!("{most} faults were found: the mapping does not fit the file. Change it and try again."),
            ),
        )
    }

    /// The servers that were at it stopped each time.
    pub fn gave_up() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "gave_up",
            Text::new("多次中断", "Broken off several times"),
            Text::new(
                "此任务多次中断，未再重试。已承接的行仍有效，可重新开始，从中断处继续。请管理员查看服务日志。",
                "It broke off several times and is not tried again. Rows taken over stay; begin anew to go on from there. The log says more.",
            ),
        )
    }

    /// A change must say which version it changes.
    pub fn if_match_missing() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if_match_missing",
            Text::new("缺少 If-Match 标头", "If-Match missing"),
            Text::new(
                "修改须带 If-Match 标头，其值为读取时 ETag 标头的值。",
                "A change carries an If-Match header with the value of the ETag header you read.",
            ),
        )
    }

    /// Too many logins were tried from one address.
    pub fn too_many_requests() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            Text::new("请求过于频繁", "Too many requests"),
            Text::new(
                "短时间内请求过多。请在 Retry-After 标头所示秒数后重试。",
                "Too many requests in a short time. Try again after the seconds in the Retry-After header.",
            ),
        )
    }
}

impl From<OutOfRange> for Problem {
    fn from(_: OutOfRange) -> Self {
        Self::out_of_range()
    }
}

/// Every problem a caller may meet, each once: as it is, or where the details differ from case to case, with what they all have
/// in common.
pub fn problems() -> Vec<Problem> {
    let statuses = [400, 404, 405, 413, 415, 500, 504];
    let of_status = statuses.iter().filter_map(|status| StatusCode::from_u16(*status).ok()).map(Problem::of_status);
    let stated = [
        Problem::unauthenticated(),
        Problem::login_refused(),
        Problem::code_needed(),
        Problem::foreign_page(),
        Problem::link_refused(),
        Problem::forbidden(),
        Problem::institution_not_active(),
        Problem::second_person_needed(),
        Problem::guarantees_nobody(),
        Problem::id_taken(),
        Problem::taken("name"),
        Problem::changed_meanwhile(),
        Problem::if_match_missing(),
        Problem::out_of_range(),
        Problem::too_many_requests(),
        Problem {
            detail: Text::new(
                "号码在该期间已登记在另一被担保人名下。请使用该被担保人，勿重复登记。",
                "In these days the identifier is another party's. Use that party instead of filing it twice.",
            ),
            ..Problem::party_known("value", uuid::Uuid::nil())
        },
        Problem::outside_the_tree(Text::new(
            "机构之间的层级或隶属关系不允许此操作；说明中有具体原因。",
            "The kinds of the institutions, or how they stand to each other, do not allow it; the detail says why.",
        )),
        Problem::wrong_state(Text::new(
            "对象的当前状态不允许此操作；说明中有具体原因。",
            "The state that the thing is in does not allow it; the detail says why.",
        )),
        Problem::exception_stands(Text::new(
            "该合同现有内容已有此规则的书面例外且未到期；说明中有批准人和有效期。",
            "The contract's present content has an exception to this rule that has not expired; the detail says whose and until when.",
        )),
        Problem::unavailable(Text::new(
            "服务或数据库暂不可用，或同一资料正由他人修改。请用同一编号重试，不会重复登记。",
            "The service or its database is away, or somebody else is changing the same data. Ask again with the same id: nothing is booked twice.",
        )),
        Problem::unfit_file(Text::new(
            "上传的文件不是带标题行的 CSV，或其文字无法识别；说明中有具体原因。",
            "What was uploaded is no CSV with a heading, or its characters cannot be read; the detail says why.",
        )),
        Problem::file_forgotten(),
        Problem::too_many_faults(100_000),
        Problem::gave_up(),
        Problem::invalid_mapping("released.column", Vec::new()),
        Problem::unreadable_file("book.csv", "No such file"),
        with_findings(Problem::refused_by_rule(Vec::new())),
        with_findings(Problem::exception_needed(Vec::new())),
        Problem {
            detail: Text::new(
                "输入无法读取（400），或可读取但内容不合要求（422）；errors 列出全部有误的字段及其代码。",
                "The input cannot be read (400), or can be and makes no sense (422); errors names every field at fault with its code.",
            ),
            ..input::invalid(Vec::new())
        },
    ];
    let mut all: Vec<Problem> = of_status.chain(stated).collect();
    all.sort_by_key(|problem| problem.code);
    all
}

/// What a rule says is in the answer's findings.
fn with_findings(problem: Problem) -> Problem {
    let detail = Text::new(
        "findings 列出每项规则的结论，各附条款与原文。",
        "The findings say what every rule comes to, each with its clause and its words.",
    );
    Problem { detail, ..problem }
}
