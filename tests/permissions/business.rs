//! Agreements, quotas and the portfolio.

use super::{Foreign, Sample, Whose};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about agreements, quotas or the portfolio.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Action as A;
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    let sample = match operation {
        "read_portfolio" => Sample::of(A::ReadPortfolio, "/v1/portfolio".to_owned(), Foreign::None),
        "read_trend" => Sample::of(A::ReadPortfolio, "/v1/portfolio/trend".to_owned(), Foreign::None),
        "list_drift_alerts" => Sample::of(A::ReadPortfolio, "/v1/drift-alerts".to_owned(), Foreign::None),
        "list_agreements" => Sample::of(A::ReadAgreements, "/v1/agreements".to_owned(), Foreign::None),
        "read_agreement" => Sample::of(A::ReadAgreements, format!("/v1/agreements/{id}"), NotFound(Whose::Agreement)),
        "put_agreement" => Sample::of(A::StateAgreement, format!("/v1/agreements/{id}"), NotFound(Whose::Agreement))
            .body(agreement())
            .version("\"1\""),
        "list_agreement_terms" => {
            Sample::of(A::ReadAgreements, format!("/v1/agreements/{id}/terms"), NotFound(Whose::Agreement))
        }
        "read_agreement_terms" => {
            Sample::of(A::ReadAgreements, format!("/v1/agreements/{id}/terms/{act}"), NotFound(Whose::Agreement))
        }
        "state_agreement_terms" => {
            let shares = json!({"bank": "0", "institution": "1", "provincial": "0", "national": "0"});
            Sample::of(A::StateAgreement, format!("/v1/agreements/{id}/terms/{act}"), NotFound(Whose::Agreement)).body(
                json!({"shares": shares, "provincial_fee_rate": "0", "national_fee_rate": "0", "early_release": "none", "from": "2026-01-01"}),
            )
        }
        "end_agreement_terms" => {
            let path = format!("/v1/agreements/{id}/terms/{act}/end");
            Sample::of(A::StateAgreement, path, NotFound(Whose::Agreement))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_quota_grants" => Sample::of(A::ReadQuotaGrants, "/v1/quota-grants".to_owned(), Foreign::None),
        "read_quota_grant" => Sample::of(A::ReadQuotaGrants, format!("/v1/quota-grants/{id}"), NotFound(Whose::Quota)),
        "put_quota_grant" => Sample::of(A::GrantQuota, format!("/v1/quota-grants/{id}"), NotFound(Whose::Quota))
            .body(quota(act))
            .version("\"1\""),
        _ => return None,
    };
    Some(sample)
}

/// What one is stated with.
pub fn agreement() -> Value {
    json!({"number": "某协议1号", "name": "某协议", "product_ids": [], "from": "2026-01-01"})
}

/// What one is stated with.
pub fn quota(cedent: Uuid) -> Value {
    json!({"cedent_id": cedent, "year": 2026, "granted": "1.00", "document": "某通知"})
}
