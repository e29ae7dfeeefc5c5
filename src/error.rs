//! What went wrong, said to people in Chinese with an English twin: `Problem` to a caller, `Failure` to whoever runs the service.

use crate::finding::FindingOut;
use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// The media type of every error answer (RFC 9457).
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The sentence in Chinese.
    pub zh: Cow<'static, str>,
    /// The same sentence in English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A sentence, Chinese first.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// The language a caller reads first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Chinese, unless the caller ranks English above it.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The language that `Accept-Language` ranks highest among ours; Chinese when it names neither or ranks them equal.
    pub fn preferred_by(headers: &HeaderMap) -> Self {
        let offered: Vec<(&str, u16)> = headers
            .get_all(header::ACCEPT_LANGUAGE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(language_range)
            .collect();
        let rank = |language: &str| {
            let of = |wanted: &str| {
                let weights = offered.iter().filter(|(range, _)| range.eq_ignore_ascii_case(wanted));
                weights.map(|(_, weight)| *weight).max()
            };
            of(language).or_else(|| of("*")).unwrap_or(0)
        };
        if rank("en") > rank("zh") { Self::English } else { Self::Chinese }
    }

    /// The value of `Content-Language`.
    pub fn tag(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        })
    }
}

/// The primary language of one range of `Accept-Language` and its weight in thousandths.
fn language_range(range: &str) -> Option<(&str, u16)> {
    let mut parts = range.split(';').map(str::trim);
    let primary = parts.next()?.split('-').next().filter(|language| !language.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1000), weight_in_thousandths)?;
    Some((primary, weight))
}

/// `"0.8"` as 800; at most three decimals, as HTTP allows.
fn weight_in_thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    Some(whole.saturating_mul(1000).saturating_add(thousandths).min(1000))
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// The path of the field, as `shares.bank`.
    pub field: Cow<'static, str>,
    /// A stable name of the error for programs.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub message: Text,
}

/// An error answer: what happened, why, and what to do, never how the program got there.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{code}: {}", detail.en)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// A stable name of the error for programs.
    pub code: &'static str,
    /// What kind of error this is; the same sentence for one `code`.
    pub title: Text,
    /// What went wrong this time and what to do about it.
    pub detail: Text,
    /// The fields at fault, all of them.
    pub errors: Vec<FieldError>,
    /// What every rule says, when rules refuse.
    pub findings: Vec<FindingOut>,
}

impl Problem {
    /// A problem without fields at fault.
    pub fn new(status: StatusCode, code: &'static str, title: Text, detail: Text) -> Self {
        Self { status, code, title, detail, errors: Vec::new(), findings: Vec::new() }
    }

    /// Whether asking again soon helps: somebody else was at it, or the service was not reached.
    pub fn passes(&self) -> bool {
        self.status == StatusCode::SERVICE_UNAVAILABLE
    }

    /// There is nothing at this address, or nothing the caller may see: both say the same.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            Text::new("未找到", "Not found"),
            Text::new(
                "此地址没有内容，或您无权查看。请核对地址；接口目录见 /docs。",
                "There is nothing at this address that you may see. Check the address; /docs lists the interface.",
            ),
        )
    }

    /// The service cannot answer for now; the caller may try again.
    pub fn unavailable(detail: Text) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            Text::new("服务暂不可用", "Service unavailable"),
            detail,
        )
    }

    /// The problem that stands for a bare status made by the framework.
    pub fn of_status(status: StatusCode) -> Self {
        let (code, title, detail) = match status {
            StatusCode::NOT_FOUND => return Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method_not_allowed",
                Text::new("不支持此方法", "Method not allowed"),
                Text::new(
                    "此地址不支持所用的 HTTP 方法。Allow 标头列出可用的方法。",
                    "This address does not take that HTTP method. The Allow header lists those it takes.",
                ),
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "body_too_large",
                Text::new("请求内容过大", "Request body too large"),
                Text::new("请求内容超过上限。请分批提交。", "The request body exceeds the limit. Send it in parts."),
            ),
            StatusCode::GATEWAY_TIMEOUT => (
                "timeout",
                Text::new("处理超时", "Timed out"),
                Text::new(
                    "处理时间超过上限，操作是否完成未知。请用同一编号重试，不会重复登记。",
                    "Handling took longer than the limit; whether it was done is unknown. Ask again with the same id: nothing is booked twice.",
                ),
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "unsupported_media_type",
                Text::new("不支持的内容类型", "Unsupported media type"),
                Text::new(
                    "请以 Content-Type: application/json 提交。",
                    "Send the body with Content-Type: application/json.",
                ),
            ),
            status if status.is_client_error() => (
                "bad_request",
                Text::new("请求有误", "Bad request"),
                Text::new(
                    "无法理解此请求。请对照 /docs 核对。",
                    "The request cannot be understood. Compare it with /docs.",
                ),
            ),
            _ => (
                "internal_error",
                Text::new("服务内部错误", "Internal error"),
                Text::new(
                    "服务出错，已记入日志。请重试；仍不成功时，请将 x-request-id 标头的值告知管理员。",
                    "The service failed and has logged why. Try again; if it fails again, give your administrator the value of the x-request-id header.",
                ),
            ),
        };
        Self::new(status, code, title, detail)
    }

    /// The wire form, with `title`, `detail` and `message` in `language` and their `_en` twins always in English.
    pub fn body(&self, language: Language) -> ProblemOut {
        let field = |error: &FieldError| FieldErrorOut {
            field: error.field.to_string(),
            code: error.code.to_owned(),
            message: error.message.in_language(language).to_owned(),
            message_en: error.message.en.to_string(),
        };
        ProblemOut {
            r#type: format!("urn:zengxin:problem:{}", self.code),
            title: self.title.in_language(language).to_owned(),
            title_en: self.title.en.to_string(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.detail.in_language(language).to_owned(),
            detail_en: self.detail.en.to_string(),
            errors: self.errors.iter().map(field).collect(),
            findings: self.findings.clone(),
        }
    }

    /// The problem as one line of JSON, Chinese first, for a terminal or another program.
    pub fn line(&self) -> String {
        // A document of plain text and numbers is always JSON; the code alone says the least that must be said.
        serde_json::to_string(&self.body(Language::Chinese)).unwrap_or_else(|_| self.code.to_owned())
    }

    /// The answer in `language`.
    pub fn answer(&self, language: Language) -> Response {
        let mut response = (self.status, Json(self.body(language))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
        headers.insert(header::CONTENT_LANGUAGE, language.tag());
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Problem {
    /// Chinese; the problem itself travels along, so that the outer layer can say it in the caller's language.
    fn into_response(self) -> Response {
        let mut response = self.answer(Language::Chinese);
        response.extensions_mut().insert(self);
        response
    }
}

/// 错误说明（RFC 9457）。An error (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemOut {
    /// A URI that names the kind of error.
    #[schema(example = "urn:zengxin:problem:not_found")]
    pub r#type: String,
    /// The kind of error, in the caller's language (Chinese unless `Accept-Language` ranks English higher).
    #[schema(example = "未找到")]
    pub title: String,
    /// The kind of error in English.
    #[schema(example = "Not found")]
    pub title_en: String,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// A stable name for programs.
    #[schema(example = "not_found")]
    pub code: String,
    /// What went wrong this time and what to do, in the caller's language.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    /// The fields at fault, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldErrorOut>,
    /// What every rule says, when rules refuse: each with its clause and its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub findings: Vec<FindingOut>,
}

/// 字段错误。What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorOut {
    /// The path of the field.
    #[schema(example = "shares.bank")]
    pub field: String,
    /// A stable name for programs.
    pub code: String,
    /// What is wrong, in the caller's language.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

/// Why the program cannot go on: what, why, and what to do, for the person who runs it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}\n{}", .0.zh, .0.en)]
pub struct Failure(pub Text);

impl Failure {
    /// A failure, Chinese first.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self(Text::new(zh, en))
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Problem};
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    fn preferred(accept: &'static str) -> Language {
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept))]);
        Language::preferred_by(&headers)
    }

    #[test]
    fn chinese_is_spoken_unless_english_is_ranked_higher() {
        for chinese in ["", "zh-CN", "zh;q=0.5, en;q=0.5", "fr", "*", "zh-CN,zh;q=0.9,en;q=0.8", "en;q=zero", "en;q=0"]
        {
            assert_eq!(preferred(chinese), Language::Chinese, "{chinese}");
        }
        for english in ["en", "en-GB", "EN-us,en;q=0.9,zh;q=0.8", "zh;q=0.1, en;q=0.123", "en, *;q=0.5"] {
            assert_eq!(preferred(english), Language::English, "{english}");
        }
    }

    #[test]
    fn every_status_has_a_problem_that_speaks_both_languages() {
        for status in (400..600).filter_map(|status| StatusCode::from_u16(status).ok()) {
            let problem = Problem::of_status(status).body(Language::Chinese);
            assert_eq!(problem.status, status.as_u16());
            assert!(!problem.title.is_ascii() && !problem.detail.is_ascii(), "{status} speaks Chinese");
            assert!(problem.title_en.is_ascii() && problem.detail_en.is_ascii(), "{status} speaks English");
        }
    }
}
