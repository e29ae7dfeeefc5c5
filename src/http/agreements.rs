//! `/v1/agreements`: whom the institution shares its risk with.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Asked, Body, Caller, Id, IfMatch, Rows, rows_of},
};
use crate::{
    app::agreement,
    calculator::wire::{DayIn, PositiveAmount},
    error::Problem,
    store::agreement::Agreement,
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::value::{AgreementId, Day, InstitutionId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put))
}

/// 分险协议。An agreement as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementIn {
    /// 协议编号。Its number, unique at the institution.
    #[schema(min_length = 1, max_length = 100, example = "银担〔2026〕3号")]
    number: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200, example = "银担合作分险协议")]
    name: String,
    /// 合作银行。The bank, if any; in business on the first day.
    bank_id: Option<Uuid>,
    /// 省级再担保机构。The provincial re-guarantor, if it takes part; it re-guarantees the institution on the first day.
    provincial_id: Option<Uuid>,
    /// 国家融资担保基金。The national fund, if it takes part; it re-guarantees that provincial re-guarantor on the first day.
    national_id: Option<Uuid>,
    /// 适用产品；空数组为不限产品。The products it covers; every one when empty.
    #[schema(max_items = 100)]
    product_ids: Vec<Uuid>,
    /// 担保额上限（元）；不填为不限。The most that may be guaranteed under it, in yuan; no limit when null.
    cap: Option<PositiveAmount>,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
}

impl AgreementIn {
    fn into_agreement(self, id: Uuid) -> Agreement {
        let Self { number, name, bank_id, provincial_id, national_id, product_ids, cap, from, until } = self;
        Agreement {
            id: AgreementId::from_uuid(id),
            number,
            name,
            bank: bank_id,
            provincial: provincial_id.map(InstitutionId::from_uuid),
            national: national_id.map(InstitutionId::from_uuid),
            products: product_ids,
            cap: cap.map(|cap| cap.0),
            from: from.0,
            until: until.map(|until| until.0),
            version: 1,
        }
    }
}

/// 分险协议。An agreement.
#[derive(Serialize, ToSchema)]
pub(super) struct AgreementOut {
    /// Its id.
    id: Uuid,
    /// Its number.
    number: String,
    /// Its name.
    name: String,
    /// The bank, if any.
    bank_id: Option<Uuid>,
    /// The provincial re-guarantor, if it takes part.
    provincial_id: Option<Uuid>,
    /// The national fund, if it takes part.
    national_id: Option<Uuid>,
    /// The products it covers; every one when empty.
    product_ids: Vec<Uuid>,
    /// The most that may be guaranteed under it, in yuan; no limit when null.
    #[schema(example = "100000000.00")]
    cap: Option<String>,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
}

impl From<Agreement> for AgreementOut {
    fn from(agreement: Agreement) -> Self {
        let Agreement { id, number, name, bank, provincial, national, products, cap, from, until, version: _ } =
            agreement;
        Self {
            id: id.uuid(),
            number,
            name,
            bank_id: bank,
            provincial_id: provincial.map(InstitutionId::uuid),
            national_id: national.map(InstitutionId::uuid),
            product_ids: products,
            cap: cap.map(|cap| cap.to_string()),
            from: from.date(),
            until: until.map(Day::date),
        }
    }
}

/// Which agreements, and of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AgreementsIn {
    /// 合作银行。Only those with this bank.
    bank_id: Option<Uuid>,
    /// 日期：只列当日有效的。Only what is in force on this day; whatever its days when left out.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// 分险协议列表。The agreements of the caller's institution.
#[utoipa::path(get, path = "/v1/agreements", tag = "agreements", operation_id = "list_agreements", security(("bearer" = [])), params(AgreementsIn),
    responses((status = 200, description = "一页 A page", body = PageOut<AgreementOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Asked(AgreementsIn { bank_id, on, after, limit }): Asked<AgreementsIn>,
) -> Result<Json<PageOut<AgreementOut>>, Problem> {
    let rows: Rows<Uuid> = rows_of(on, after, limit)?;
    let agreements = agreement::list(&app, &caller, bank_id, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, agreements, |agreement| agreement.id.to_string()))
}

/// 分险协议。One agreement of the caller's institution.
#[utoipa::path(get, path = "/v1/agreements/{id}", tag = "agreements", operation_id = "read_agreement", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "协议 The agreement", body = AgreementOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<AgreementOut>, Problem> {
    let agreement = agreement::get(&app, &caller, AgreementId::from_uuid(id)).await?;
    Ok(Versioned::present(agreement.version, agreement))
}

/// 登记或修改分险协议。States an agreement; with `If-Match`, changes its name, products, cap and end.
#[utoipa::path(put, path = "/v1/agreements/{id}", tag = "agreements", operation_id = "put_agreement", security(("bearer" = [])), request_body = AgreementIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已有或已修改 Known, or changed", body = AgreementOut),
        (status = 201, description = "已登记 Stated", body = AgreementOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Body(new): Body<AgreementIn>,
) -> Result<Versioned<AgreementOut>, Problem> {
    let new = new.into_agreement(id);
    match version {
        None => agreement::state(&app, &caller, new).await.map(|stated| Versioned::put(stated, |made| made.version)),
        Some(version) => agreement::replace(&app, &caller, version, new)
            .await
            .map(|changed| Versioned::present(changed.version, changed)),
    }
}
