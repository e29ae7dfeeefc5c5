//! The HTTP interface: one file per resource, and the layers every request passes.

mod agreement_terms;
mod agreements;
mod answer;
mod audit_entries;
mod bank_branches;
mod banks;
mod browser;
mod calculators;
mod caller_address;
mod cedents;
mod cessions;
mod confirmations;
mod console;
mod contract_acts;
mod contract_content;
mod contract_list;
mod contract_versions;
mod contracts;
mod deadlines;
mod docs;
mod drift_alerts;
mod equity_investments;
mod extract;
mod fee_carries;
mod filings;
mod financial_statements;
mod first_loan;
mod health;
mod import_events;
mod import_faults;
mod import_files;
mod import_mappings;
mod imports;
mod institutions;
mod layers;
mod limits;
mod local_limits;
mod machine_clients;
mod memberships;
mod metrics;
mod parties;
mod party_facts;
mod party_groups;
mod party_identifiers;
mod party_merges;
mod portfolio;
mod problem_codes;
mod problems;
mod products;
mod profile;
mod quota_grants;
mod reference;
mod request_id;
mod rules;
mod saved_views;
mod second_factor;
mod server;
mod sessions;
mod trend;
mod users;

pub use crate::app::App as AppState;
pub use metrics::{measured, page as metrics_page};
pub use request_id::REQUEST_ID;
pub use server::serve;

use crate::config::HttpConfig;
use axum::Router;
use utoipa::{
    Modify, OpenApi as _,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "增信 Zengxin",
        description = "政府性融资担保体系的账簿：规则在登记时执行，每项决定注明所依据的条款。错误以 application/problem+json 返回，\
            默认中文，附英文（*_en）；Accept-Language 可选英文为先；全部代码见 [错误目录](/problem-codes)（GET /v1/problem-codes）。\
            每个回答都带 x-request-id 标头。\n\n\
            The book of a government-backed financing guarantee system: rules are enforced at booking, every decision names its \
            clause. Errors are application/problem+json, Chinese first with English twins (*_en); Accept-Language may rank English \
            first; all codes are in the [catalogue of errors](/problem-codes) (GET /v1/problem-codes). Every answer carries an x-request-id header.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "house", description = "运行状态 Running"),
        (name = "rules", description = "规则手册 The rulebook"),
        (name = "reference", description = "行政区划与行业 Regions and industries"),
        (name = "calculators", description = "计算器：任何人可用，不登记任何业务 Calculators for anybody; nothing is booked"),
        (name = "sessions", description = "登录与退出 Coming in and leaving"),
        (name = "profile", description = "本人账户 The own account"),
        (name = "institutions", description = "机构 Institutions"),
        (name = "memberships", description = "隶属关系 The tree of institutions"),
        (name = "financial-statements", description = "财务报表 Financial statements"),
        (name = "banks", description = "银行与网点 Banks and their branches"),
        (name = "products", description = "产品 Products"),
        (name = "deadlines", description = "报送期限 Deadlines of reports"),
        (name = "local-limits", description = "地方限额 Local limits"),
        (name = "supervision", description = "监管确认与股权投资 Confirmations of supervisors, and equity investments"),
        (name = "contracts", description = "担保合同 Guarantee contracts"),
        (name = "imports", description = "既有业务导入 Earlier books that are taken over"),
        (name = "portfolio", description = "业务组合与占比预警 The book as a whole, and shares that fell below their limits"),
        (name = "cessions", description = "分出业务与备案 What is ceded to an upper layer, and what it decides about it"),
        (name = "agreements", description = "分险协议及其条款 Agreements on who bears the risk, and their terms"),
        (name = "quota-grants", description = "授信额度 What a re-guarantor lets a cedent use in a year"),
        (name = "users", description = "用户 The institution's people"),
        (name = "machine-clients", description = "程序账户 The institution's programs"),
        (name = "parties", description = "被担保人 The guaranteed parties"),
        (name = "audit", description = "审计 The audit list"),
    ),
    modifiers(&Bearer)
)]
struct Document;

/// The access token in the `Authorization` header.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
        let scheme =
            scheme.description(Some("POST /v1/sessions 所给的访问令牌 The access token of POST /v1/sessions")).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Every resource with its documentation.
fn resources() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(rules::list))
        .routes(routes!(problem_codes::list))
        .merge(reference::router())
        .merge(calculators::router())
        .merge(sessions::router())
        .merge(profile::router())
        .merge(second_factor::router())
        .merge(saved_views::router())
        .merge(institutions::router())
        .merge(memberships::router())
        .merge(financial_statements::router())
        .merge(banks::router())
        .merge(bank_branches::router())
        .merge(products::router())
        .merge(deadlines::router())
        .merge(local_limits::router())
        .merge(confirmations::router())
        .merge(equity_investments::router())
        .merge(contract_list::router())
        .merge(contracts::router())
        .merge(first_loan::router())
        .merge(fee_carries::router())
        .merge(contract_acts::router())
        .merge(contract_versions::router())
        .merge(portfolio::router())
        .merge(trend::router())
        .merge(drift_alerts::router())
        .merge(filings::router())
        .merge(cedents::router())
        .merge(cessions::router())
        .merge(agreements::router())
        .merge(agreement_terms::router())
        .merge(quota_grants::router())
        .merge(users::router())
        .merge(machine_clients::router())
        .merge(parties::router())
        .merge(party_identifiers::router())
        .merge(party_facts::router())
        .merge(party_groups::router())
        .merge(party_merges::router())
        .merge(audit_entries::router())
        .merge(import_files::router())
        .merge(import_mappings::router())
        .merge(imports::router())
        .merge(import_faults::router())
        .merge(import_events::router())
}

/// The OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    resources().merge(import_files::uploads()).into_openapi()
}

/// Routes of no resource in the layers of the service.
pub fn with_layers(routes: Router, config: &HttpConfig) -> Router {
    layers::around(routes, Router::new(), config)
}

/// The whole interface: resources, documentation, and the layers around them.
pub fn router(state: AppState, config: &HttpConfig) -> Router {
    let resources = Router::from(resources()).merge(console::router());
    let uploads = Router::from(import_files::uploads()).with_state(state.clone());
    layers::around(resources.with_state(state).merge(docs::router(openapi())), uploads, config)
}
