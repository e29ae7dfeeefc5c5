//! `/v1/calculators/{name}`: policy arithmetic for anybody; nothing is read, kept or booked.

use super::AppState;
use crate::{
    calculator::{
        AnnualiseIn, AnnualiseOut, AwardIn, AwardOut, Calculate, FeeIn, FeeOut, IdentifierIn, IdentifierOut,
        LiabilityIn, LiabilityOut, PayoutIn, PayoutOut, PortfolioIn, PortfolioOut, RefeeIn, RefeeOut, ReservesIn,
        ReservesOut, RiskIn, RiskOut, SizeIn, SizeOut, SplitIn, SplitOut, VatIn, VatOut, calculate,
    },
    clock,
    error::{Problem, ProblemOut},
};
use axum::{Json, body::Bytes};
use domain::value::Day;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The thirteen calculators.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(size))
        .routes(routes!(identifier))
        .routes(routes!(fee))
        .routes(routes!(refee))
        .routes(routes!(risk))
        .routes(routes!(split))
        .routes(routes!(payout))
        .routes(routes!(portfolio))
        .routes(routes!(liability))
        .routes(routes!(annualise))
        .routes(routes!(reserves))
        .routes(routes!(award))
        .routes(routes!(vat))
}

fn answer<In: Calculate>(body: &Bytes) -> Result<Json<In::Out>, Problem> {
    let today = Day::from_date(clock::today()).unwrap_or(Day::MIN);
    calculate::<In>(body, today).map(Json)
}

/// 企业划型。The size class of an enterprise, with the floors met and missed.
#[utoipa::path(post, path = "/v1/calculators/size", tag = "calculators", operation_id = "calculate_size", request_body = SizeIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = SizeOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn size(body: Bytes) -> Result<Json<SizeOut>, Problem> {
    answer::<SizeIn>(&body)
}

/// 证件号码核验。Whether an identifier is valid.
#[utoipa::path(post, path = "/v1/calculators/identifier", tag = "calculators", operation_id = "calculate_identifier", request_body = IdentifierIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = IdentifierOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn identifier(body: Bytes) -> Result<Json<IdentifierOut>, Problem> {
    answer::<IdentifierIn>(&body)
}

/// 担保费率。The annual guarantee fee rate against its cap.
#[utoipa::path(post, path = "/v1/calculators/fee", tag = "calculators", operation_id = "calculate_fee", request_body = FeeIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = FeeOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn fee(body: Bytes) -> Result<Json<FeeOut>, Problem> {
    answer::<FeeIn>(&body)
}

/// 再担保费率。The annual re-guarantee fee rate against its cap.
#[utoipa::path(post, path = "/v1/calculators/refee", tag = "calculators", operation_id = "calculate_refee", request_body = RefeeIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = RefeeOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn refee(body: Bytes) -> Result<Json<RefeeOut>, Problem> {
    answer::<RefeeIn>(&body)
}

/// 风险分担比例。Who bears how much of the risk.
#[utoipa::path(post, path = "/v1/calculators/risk", tag = "calculators", operation_id = "calculate_risk", request_body = RiskIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = RiskOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn risk(body: Bytes) -> Result<Json<RiskOut>, Problem> {
    answer::<RiskIn>(&body)
}

/// 按比例分摊。An amount split by the shares.
#[utoipa::path(post, path = "/v1/calculators/split", tag = "calculators", operation_id = "calculate_split", request_body = SplitIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = SplitOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn split(body: Bytes) -> Result<Json<SplitOut>, Problem> {
    answer::<SplitIn>(&body)
}

/// 代偿与追偿。A loss and its recoveries settled over the shares.
#[utoipa::path(post, path = "/v1/calculators/payout", tag = "calculators", operation_id = "calculate_payout", request_body = PayoutIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = PayoutOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn payout(body: Bytes) -> Result<Json<PayoutOut>, Problem> {
    answer::<PayoutIn>(&body)
}

/// 业务占比。The shares of a book, with a candidate or without.
#[utoipa::path(post, path = "/v1/calculators/portfolio", tag = "calculators", operation_id = "calculate_portfolio", request_body = PortfolioIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = PortfolioOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn portfolio(body: Bytes) -> Result<Json<PortfolioOut>, Problem> {
    answer::<PortfolioIn>(&body)
}

/// 担保责任余额。The liability balance and its limits.
#[utoipa::path(post, path = "/v1/calculators/liability", tag = "calculators", operation_id = "calculate_liability", request_body = LiabilityIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = LiabilityOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn liability(body: Bytes) -> Result<Json<LiabilityOut>, Problem> {
    answer::<LiabilityIn>(&body)
}

/// 年化担保额与费率。The annualised amount and fee rate.
#[utoipa::path(post, path = "/v1/calculators/annualise", tag = "calculators", operation_id = "calculate_annualise", request_body = AnnualiseIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = AnnualiseOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn annualise(body: Bytes) -> Result<Json<AnnualiseOut>, Problem> {
    answer::<AnnualiseIn>(&body)
}

/// 准备金税前扣除。The deductible reserves with a worksheet.
#[utoipa::path(post, path = "/v1/calculators/reserves", tag = "calculators", operation_id = "calculate_reserves", request_body = ReservesIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = ReservesOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn reserves(body: Bytes) -> Result<Json<ReservesOut>, Problem> {
    answer::<ReservesIn>(&body)
}

/// 降费奖补。The fee-reduction award of 2018 to 2020.
#[utoipa::path(post, path = "/v1/calculators/award", tag = "calculators", operation_id = "calculate_award", request_body = AwardIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = AwardOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn award(body: Bytes) -> Result<Json<AwardOut>, Problem> {
    answer::<AwardIn>(&body)
}

/// 担保费免征增值税。Fees exempt from value-added tax.
#[utoipa::path(post, path = "/v1/calculators/vat", tag = "calculators", operation_id = "calculate_vat", request_body = VatIn,
    responses(
        (status = 200, description = "计算结果 The answer", body = VatOut),
        (status = 400, description = "输入无法读取 The input cannot be read", body = ProblemOut, content_type = "application/problem+json"),
        (status = 413, description = "请求内容过大 The body is too large", body = ProblemOut, content_type = "application/problem+json"),
        (status = 422, description = "输入不合理，或规则未施行 The input makes no sense, or no rule is in force", body = ProblemOut, content_type = "application/problem+json"),
    ))]
async fn vat(body: Bytes) -> Result<Json<VatOut>, Problem> {
    answer::<VatIn>(&body)
}
