//! `/v1/agreements/{id}/terms`: who bears how much under an agreement, for which fee, on which days.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, Ids, IfMatch, ListingIn, Rows},
    memberships::EndIn,
};
use crate::{
    app::agreement_terms::{self, Judged},
    calculator::{
        shares,
        wire::{DayIn, ShareIn, SharesIn},
    },
    error::Problem,
    finding::FindingOut,
    store::agreement_terms::{EarlyRelease, Terms},
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{
    case::Terms as Decided,
    risk::{Role, Shares},
    value::{AgreementId, Day},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(replace_end))
}

/// 协议条款。Terms as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsIn {
    /// 各方分险比例，合计恰为1。Who bears how much of the risk; the whole together.
    shares: SharesIn,
    /// 省级再担保费率（年，按承担风险责任）。The provincial re-guarantee fee per year on the risk borne.
    provincial_fee_rate: ShareIn,
    /// 国家融资担保基金再担保费率（年，按承担风险责任）。The national re-guarantee fee per year on the risk borne.
    national_fee_rate: ShareIn,
    /// What becomes of the guarantee fee on early release.
    early_release: EarlyRelease,
    /// The first day; one of the agreement's.
    from: DayIn,
    /// The day after the last; as long as the agreement without.
    until: Option<DayIn>,
}

/// 各方分险比例。Who bears how much of the risk.
#[derive(Serialize, ToSchema)]
pub(super) struct SharesOut {
    #[schema(example = "0.2")]
    bank: String,
    #[schema(example = "0.4")]
    institution: String,
    #[schema(example = "0.2")]
    provincial: String,
    #[schema(example = "0.2")]
    national: String,
    #[schema(example = "0")]
    local_finance: String,
    #[schema(example = "0")]
    other: String,
}

impl From<&Shares> for SharesOut {
    fn from(shares: &Shares) -> Self {
        let share = |role| shares.of(role).to_string();
        Self {
            bank: share(Role::Bank),
            institution: share(Role::Institution),
            provincial: share(Role::Provincial),
            national: share(Role::National),
            local_finance: share(Role::LocalFinance),
            other: share(Role::Other),
        }
    }
}

/// 协议条款。Terms of an agreement.
#[derive(Serialize, ToSchema)]
pub(super) struct TermsOut {
    /// Their id.
    id: Uuid,
    /// The agreement.
    agreement_id: Uuid,
    /// Who bears how much of the risk.
    shares: SharesOut,
    /// The provincial re-guarantee fee per year on the risk borne.
    #[schema(example = "0.003")]
    provincial_fee_rate: String,
    /// The national re-guarantee fee per year on the risk borne.
    #[schema(example = "0.003")]
    national_fee_rate: String,
    /// What becomes of the guarantee fee on early release.
    early_release: EarlyRelease,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; as long as the agreement without.
    until: Option<NaiveDate>,
    /// 起始日的规则评估：协议下每笔业务都会遇到。What the law says on the first day of every contract under these terms.
    findings: Vec<FindingOut>,
}

impl From<Judged> for TermsOut {
    fn from(Judged { terms, findings }: Judged) -> Self {
        let Terms { id, agreement, from, until, decided, early_release, version: _ } = terms;
        Self {
            id,
            agreement_id: agreement.uuid(),
            shares: SharesOut::from(&decided.shares),
            provincial_fee_rate: decided.provincial_fee_rate.to_string(),
            national_fee_rate: decided.national_fee_rate.to_string(),
            early_release,
            from: from.date(),
            until: until.map(Day::date),
            findings: findings.into_iter().map(FindingOut::from).collect(),
        }
    }
}

/// 协议条款列表。The terms of an agreement of the caller's institution.
#[utoipa::path(get, path = "/v1/agreements/{id}/terms", tag = "agreements", operation_id = "list_agreement_terms", security(("bearer" = [])),
    params(("id" = Uuid, Path), ListingIn), responses((status = 200, description = "一页 A page", body = PageOut<TermsOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    rows: Rows<Uuid>,
) -> Result<Json<PageOut<TermsOut>>, Problem> {
    let terms = agreement_terms::list(&app, &caller, AgreementId::from_uuid(id), rows.listing()).await?;
    Ok(PageOut::of(&rows.page, terms, |judged| judged.terms.id.to_string()))
}

/// 协议条款。Terms of an agreement of the caller's institution.
#[utoipa::path(get, path = "/v1/agreements/{id}/terms/{terms_id}", tag = "agreements", operation_id = "read_agreement_terms", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("terms_id" = Uuid, Path)),
    responses((status = 200, description = "条款 The terms", body = TermsOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, terms): Ids,
) -> Result<Versioned<TermsOut>, Problem> {
    let judged = agreement_terms::get(&app, &caller, AgreementId::from_uuid(id), terms).await?;
    Ok(Versioned::present(judged.terms.version, judged))
}

/// 登记协议条款。States terms of an agreement; the answer says what the law will say of every contract under them.
#[utoipa::path(put, path = "/v1/agreements/{id}/terms/{terms_id}", tag = "agreements", operation_id = "state_agreement_terms", security(("bearer" = [])),
    request_body = TermsIn, params(("id" = Uuid, Path), ("terms_id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Stated before", body = TermsOut),
        (status = 201, description = "已登记 Stated", body = TermsOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, terms): Ids,
    Body(new): Body<TermsIn>,
) -> Result<Versioned<TermsOut>, Problem> {
    let new = Terms {
        id: terms,
        agreement: AgreementId::from_uuid(id),
        from: new.from.0,
        until: new.until.map(|until| until.0),
        decided: Decided {
            shares: shares(&new.shares)?,
            provincial_fee_rate: new.provincial_fee_rate.0,
            national_fee_rate: new.national_fee_rate.0,
        },
        early_release: new.early_release,
        version: 1,
    };
    let stated = agreement_terms::state(&app, &caller, new).await?;
    Ok(Versioned::put(stated, |judged| judged.terms.version))
}

/// 修改终止日。Changes the end of terms of an agreement.
#[utoipa::path(put, path = "/v1/agreements/{id}/terms/{terms_id}/end", tag = "agreements", operation_id = "end_agreement_terms", security(("bearer" = [])),
    request_body = EndIn, params(("id" = Uuid, Path), ("terms_id" = Uuid, Path),
        ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已修改 Changed", body = TermsOut), Refusals))]
async fn replace_end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, terms): Ids,
    version: IfMatch,
    Body(EndIn { until }): Body<EndIn>,
) -> Result<Versioned<TermsOut>, Problem> {
    let terms = (AgreementId::from_uuid(id), terms);
    let changed = agreement_terms::replace_end(&app, &caller, terms, version.required()?, until).await?;
    Ok(Versioned::present(changed.terms.version, changed))
}
