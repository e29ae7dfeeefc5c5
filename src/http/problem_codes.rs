//! `/v1/problem-codes`: the catalogue of errors, for anybody.

use crate::{
    catalogue,
    error::{Language, Problem, ProblemOut},
    field_codes::{self, FieldCode},
};
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// 错误目录。Every error that an answer may state.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemCodes)]
pub(super) struct ProblemCodesOut {
    /// 错误。The values of `code`, by name.
    problems: Vec<ProblemCodeOut>,
    /// 字段错误。The values of `errors[].code`, by name.
    fields: Vec<FieldCodeOut>,
}

/// 一种错误。One kind of error.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemCode)]
pub(super) struct ProblemCodeOut {
    /// The stable name for programs.
    #[schema(example = "not_found")]
    code: String,
    /// The URI that names it, the `type` of the answer.
    #[schema(example = "urn:zengxin:problem:not_found")]
    r#type: String,
    /// The HTTP status; of input that can be read and makes no sense it is 422, of input that cannot be read 400.
    #[schema(example = 404)]
    status: u16,
    /// 名称。The kind of error.
    #[schema(example = "未找到")]
    title: String,
    /// The kind of error in English.
    #[schema(example = "Not found")]
    title_en: String,
    /// 说明与办法。What it means and what to do; an answer may be more exact.
    detail: String,
    /// The same in English.
    detail_en: String,
}

/// 一种字段错误。What may be wrong with a field.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldCode)]
pub(super) struct FieldCodeOut {
    /// The stable name for programs.
    #[schema(example = "missing_field")]
    code: &'static str,
    /// 含义。What it says; the message of an answer may be more exact.
    #[schema(example = "缺少此项。")]
    meaning: String,
    /// The same in English.
    #[schema(example = "The field is missing.")]
    meaning_en: String,
}

impl From<Problem> for ProblemCodeOut {
    fn from(problem: Problem) -> Self {
        let ProblemOut { r#type, title, title_en, status, code, detail, detail_en, .. } =
            problem.body(Language::Chinese);
        Self { code, r#type, status, title, title_en, detail, detail_en }
    }
}

impl From<FieldCode> for FieldCodeOut {
    fn from(FieldCode { code, meaning }: FieldCode) -> Self {
        Self { code, meaning: meaning.zh.into_owned(), meaning_en: meaning.en.into_owned() }
    }
}

/// 错误目录：每个稳定代码的状态、名称与说明。Every stable code with its status, title and detail, and the codes of fields.
#[utoipa::path(get, path = "/v1/problem-codes", tag = "reference", operation_id = "list_problem_codes",
    responses((status = 200, description = "错误目录 The catalogue of errors", body = ProblemCodesOut)))]
pub(super) async fn list() -> Json<ProblemCodesOut> {
    let problems = catalogue::problems().into_iter().map(Into::into).collect();
    let fields = field_codes::field_codes().into_iter().map(Into::into).collect();
    Json(ProblemCodesOut { problems, fields })
}
