//! `/v1/products`: what contracts are booked under, with dated parameters.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, ListingIn, Rows},
    memberships::EndIn,
};
use crate::{
    app::product,
    calculator::wire::{DayIn, PositiveAmount, ShareIn},
    error::Problem,
    store::product::{Grade, PayoutDefinition, Product, ProductKind, Terms},
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::value::{Day, Rate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(replace_end))
}

/// 客户档次与国家基金分险上限。The national fund's largest share for one grade of clients.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GradeIn {
    /// Which clients.
    #[schema(min_length = 1, max_length = 200, example = "高新技术企业")]
    grade: String,
    /// The largest share.
    share: ShareIn,
}

/// 产品。A product as put: a parameter that is left out is none of the product's, and the law alone binds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductIn {
    /// 代码，同一日在本机构唯一。Its code; one product of a day has it at the institution.
    #[schema(pattern = "^[a-z0-9][a-z0-9-]{1,31}$", example = "yiban")]
    code: String,
    /// Its name.
    #[schema(min_length = 1, max_length = 200, example = "一般业务")]
    name: String,
    /// What kind it is.
    kind: ProductKind,
    /// The first day.
    from: DayIn,
    /// The day after the last; open without.
    until: Option<DayIn>,
    /// 单户上限（元）。The most for one client.
    client_max: Option<PositiveAmount>,
    /// 代偿率上限。The most payout rate that is shared.
    payout_rate_cap: Option<ShareIn>,
    /// 代偿率口径，与上限同时填写。How that rate is measured.
    payout_definition: Option<PayoutDefinition>,
    /// 年化担保费率上限。The highest guarantee fee rate of a year.
    fee_max: Option<ShareIn>,
    /// 年化再担保费率上限。The highest re-guarantee fee rate of a year.
    reguarantee_fee_max: Option<ShareIn>,
    /// 银行最低分险比例。The bank's least share.
    bank_min: Option<ShareIn>,
    /// 省级最低分险比例。The provincial re-guarantor's least share.
    provincial_min: Option<ShareIn>,
    /// 国家基金分险上限，至多三档客户。The national fund's largest share, at most three grades of clients.
    #[serde(default)]
    #[schema(max_items = 3)]
    national_max: Vec<GradeIn>,
    /// 创业担保贷款个人最高额度（元）。The most a start-up loan to a person may be; who may borrow stays the law's matter (`startup.cap`).
    startup_person_max: Option<PositiveAmount>,
    /// 创业担保贷款小微企业最高额度（元）。The same for a small or micro enterprise.
    startup_enterprise_max: Option<PositiveAmount>,
    /// 本产品替代的一般规则；仅国家基金可填。The general rules that it replaces; the national fund alone may.
    #[serde(default)]
    #[schema(example = json!(["risk.provincial"]))]
    replaces_rules: Vec<String>,
    /// 依据文件。The document it rests on.
    #[schema(min_length = 1, max_length = 500, example = "财金〔2024〕60号")]
    document: String,
    /// 条款。The clause of the document.
    #[schema(min_length = 1, max_length = 100, example = "第三条")]
    clause: String,
    /// 是否已核对原文。Whether the clause has been read in the document itself.
    verified: bool,
}

impl ProductIn {
    fn into_terms(self) -> Terms {
        let share = |share: Option<ShareIn>| share.map(|share| share.0);
        let grade = |GradeIn { grade, share }| Grade { name: grade, national_max: share.0 };
        Terms {
            code: self.code,
            name: self.name,
            kind: self.kind,
            from: self.from.0,
            until: self.until.map(|until| until.0),
            client_max: self.client_max.map(|most| most.0),
            payout_rate_cap: share(self.payout_rate_cap),
            payout_definition: self.payout_definition,
            fee_max: share(self.fee_max),
            reguarantee_fee_max: share(self.reguarantee_fee_max),
            bank_min: share(self.bank_min),
            provincial_min: share(self.provincial_min),
            grades: self.national_max.into_iter().map(grade).collect(),
            startup_person_max: self.startup_person_max.map(|most| most.0),
            startup_enterprise_max: self.startup_enterprise_max.map(|most| most.0),
            replaces: self.replaces_rules,
            document: self.document,
            clause: self.clause,
            verified: self.verified,
        }
    }
}

/// 客户档次与国家基金分险上限。The national fund's largest share for one grade of clients.
#[derive(Serialize, ToSchema)]
#[schema(as = ProductGrade)]
pub(super) struct GradeOut {
    /// Which clients.
    #[schema(example = "高新技术企业")]
    grade: String,
    /// The largest share.
    #[schema(example = "0.35")]
    share: String,
}

/// 产品。A product.
#[derive(Serialize, ToSchema)]
pub(super) struct ProductOut {
    /// Its id.
    id: Uuid,
    /// The institution that states it.
    institution_id: Uuid,
    /// Whether everybody may read it.
    open: bool,
    /// Its code.
    #[schema(example = "yiban")]
    code: String,
    /// Its name.
    #[schema(example = "一般业务")]
    name: String,
    /// What kind it is.
    kind: ProductKind,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
    /// The most for one client, in yuan.
    #[schema(example = "10000000.00")]
    client_max: Option<String>,
    /// The most payout rate that is shared.
    #[schema(example = "0.04")]
    payout_rate_cap: Option<String>,
    /// How that rate is measured.
    payout_definition: Option<PayoutDefinition>,
    /// The highest guarantee fee rate of a year.
    #[schema(example = "0.01")]
    fee_max: Option<String>,
    /// The highest re-guarantee fee rate of a year.
    #[schema(example = "0.003")]
    reguarantee_fee_max: Option<String>,
    /// The bank's least share.
    #[schema(example = "0.2")]
    bank_min: Option<String>,
    /// The provincial re-guarantor's least share.
    #[schema(example = "0.2")]
    provincial_min: Option<String>,
    /// The national fund's largest share, by grade of clients.
    national_max: Vec<GradeOut>,
    /// The most a start-up loan to a person may be, in yuan.
    #[schema(example = "300000.00")]
    startup_person_max: Option<String>,
    /// The same for a small or micro enterprise.
    #[schema(example = "4000000.00")]
    startup_enterprise_max: Option<String>,
    /// The general rules that it replaces.
    #[schema(example = json!(["risk.provincial"]))]
    replaces_rules: Vec<String>,
    /// The document it rests on.
    document: String,
    /// The clause of the document.
    clause: String,
    /// Whether the clause has been read in the document itself.
    verified: bool,
}

impl From<Product> for ProductOut {
    fn from(Product { id, stater, open, terms, version: _ }: Product) -> Self {
        let text = |rate: Option<Rate>| rate.map(|rate| rate.to_string());
        let grade = |Grade { name, national_max }| GradeOut { grade: name, share: national_max.to_string() };
        Self {
            id,
            institution_id: stater.uuid(),
            open,
            code: terms.code,
            name: terms.name,
            kind: terms.kind,
            from: terms.from.date(),
            until: terms.until.map(Day::date),
            client_max: terms.client_max.map(|most| most.to_string()),
            payout_rate_cap: text(terms.payout_rate_cap),
            payout_definition: terms.payout_definition,
            fee_max: text(terms.fee_max),
            reguarantee_fee_max: text(terms.reguarantee_fee_max),
            bank_min: text(terms.bank_min),
            provincial_min: text(terms.provincial_min),
            national_max: terms.grades.into_iter().map(grade).collect(),
            startup_person_max: terms.startup_person_max.map(|most| most.to_string()),
            startup_enterprise_max: terms.startup_enterprise_max.map(|most| most.to_string()),
            replaces_rules: terms.replaces,
            document: terms.document,
            clause: terms.clause,
            verified: terms.verified,
        }
    }
}

/// 产品列表。The products of the fund and of the provinces, and the institution's own.
#[utoipa::path(get, path = "/v1/products", tag = "products", operation_id = "list_products", security(("bearer" = [])), params(ListingIn),
    responses((status = 200, description = "一页 A page", body = PageOut<ProductOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    rows: Rows<Uuid>,
) -> Result<Json<PageOut<ProductOut>>, Problem> {
    let products = product::list(&app, &caller, rows.listing()).await?;
    Ok(PageOut::of(&rows.page, products, |product| product.id.to_string()))
}

/// 产品。One product that is open or the institution's own.
#[utoipa::path(get, path = "/v1/products/{id}", tag = "products", operation_id = "read_product", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "产品 The product", body = ProductOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<ProductOut>, Problem> {
    let product = product::get(&app, &caller, id).await?;
    Ok(Versioned::present(product.version, product))
}

/// 登记产品。States a product: no looser than the law, but where the national fund replaces a rule by name.
#[utoipa::path(put, path = "/v1/products/{id}", tag = "products", operation_id = "state_product", security(("bearer" = [])),
    request_body = ProductIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = ProductOut),
        (status = 201, description = "已登记 Stated", body = ProductOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(new): Body<ProductIn>,
) -> Result<Versioned<ProductOut>, Problem> {
    let stated = product::state(&app, &caller, id, new.into_terms()).await?;
    Ok(Versioned::put(stated, |product| product.version))
}

/// 修改终止日。Changes the end of a product that the caller's institution has stated.
#[utoipa::path(put, path = "/v1/products/{id}/end", tag = "products", operation_id = "end_product", security(("bearer" = [])), request_body = EndIn,
    params(("id" = Uuid, Path), ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = ProductOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<ProductOut>, Problem> {
    let changed = product::replace_end(&app, &caller, id, version.required()?, until).await?;
    Ok(Versioned::present(changed.version, changed))
}
