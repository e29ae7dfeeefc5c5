//! Institutions, the tree, and what is stated of them.

use super::{Foreign, Sample, Whose};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about institutions, the tree, or what is stated of them.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Action as A;
    use Foreign::{NotFound, Own, Shared};
    let act = Uuid::now_v7();
    let institution =
        json!({"code": "sample", "name": "某某", "kind": "guarantee_institution", "region_code": "330100"});
    let sample = match operation {
        "list_institutions" => Sample::of(A::ReadInstitutions, "/v1/institutions".to_owned(), Foreign::None),
        "read_institution" => Sample::of(A::ReadInstitutions, format!("/v1/institutions/{id}"), Shared),
        "put_institution" => {
            Sample::of(A::OnboardInstitution, format!("/v1/institutions/{id}"), NotFound(Whose::Institution))
                .body(institution)
                .version("\"1\"")
        }
        "decide_institution" => {
            let path = format!("/v1/institutions/{id}/decisions/{act}");
            Sample::of(A::DecideInstitution, path, NotFound(Whose::Institution))
                .body(json!({"decision": "suspended", "reason": "试"}))
        }
        "appoint_administrator" => {
            let path = format!("/v1/institutions/{id}/administrators/{act}");
            Sample::of(A::AppointAdministrator, path, NotFound(Whose::Institution))
                .body(json!({"name": "sample.admin", "display_name": "某人"}))
        }
        "list_memberships" => Sample::of(A::ReadMemberships, "/v1/memberships".to_owned(), Foreign::None),
        "read_membership" => {
            Sample::of(A::ReadMemberships, format!("/v1/memberships/{id}"), NotFound(Whose::Membership))
        }
        "state_membership" => Sample::of(A::StateMembership, format!("/v1/memberships/{id}"), Own)
            .body(json!({"member_id": act, "relation": "reviews", "from": "2026-01-01"})),
        "end_membership" => {
            Sample::of(A::StateMembership, format!("/v1/memberships/{id}/end"), NotFound(Whose::Membership))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_financial_statements" => {
            Sample::of(A::ReadFinancialStatements, "/v1/financial-statements".to_owned(), Foreign::None)
        }
        "read_financial_statement" => {
            let path = format!("/v1/financial-statements/{id}");
            Sample::of(A::ReadFinancialStatements, path, NotFound(Whose::Statement))
        }
        "file_financial_statement" => {
            Sample::of(A::FileFinancialStatement, format!("/v1/financial-statements/{id}"), Own).body(statement())
        }
        "list_local_limits" => Sample::of(A::ReadLocalLimits, "/v1/local-limits".to_owned(), Foreign::None),
        "read_local_limit" => Sample::of(A::ReadLocalLimits, format!("/v1/local-limits/{id}"), NotFound(Whose::Limit)),
        "state_local_limit" => {
            Sample::of(A::StateLocalLimit, format!("/v1/local-limits/{id}"), Own).body(local_limit(act))
        }
        "end_local_limit" => {
            Sample::of(A::StateLocalLimit, format!("/v1/local-limits/{id}/end"), NotFound(Whose::Limit))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_confirmations" => {
            Sample::of(A::ReadConfirmations, "/v1/supervisor-confirmations".to_owned(), Foreign::None)
        }
        "read_confirmation" => {
            let path = format!("/v1/supervisor-confirmations/{id}");
            Sample::of(A::ReadConfirmations, path, NotFound(Whose::Confirmation))
        }
        "state_confirmation" => {
            Sample::of(A::StateConfirmation, format!("/v1/supervisor-confirmations/{id}"), Own).body(confirmation(act))
        }
        "end_confirmation" => {
            let path = format!("/v1/supervisor-confirmations/{id}/end");
            Sample::of(A::StateConfirmation, path, NotFound(Whose::Confirmation))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_equity_investments" => Sample::of(A::ReadInvestments, "/v1/equity-investments".to_owned(), Foreign::None),
        "read_equity_investment" => {
            Sample::of(A::ReadInvestments, format!("/v1/equity-investments/{id}"), NotFound(Whose::Investment))
        }
        "register_equity_investment" => {
            Sample::of(A::RegisterInvestment, format!("/v1/equity-investments/{id}"), Own).body(investment())
        }
        "end_equity_investment" => {
            let path = format!("/v1/equity-investments/{id}/end");
            Sample::of(A::RegisterInvestment, path, NotFound(Whose::Investment))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        _ => return None,
    };
    Some(sample)
}

/// What one is stated with.
pub fn statement() -> Value {
    json!({
        "as_of": "2025-12-31", "net_assets": "1.00", "unearned_reserve": "0.00", "compensation_reserve": "0.00",
        "total_assets": "1.00", "payout_receivables": "0.00", "grade1": "1.00", "grade2": "0.00", "grade3": "0.00",
    })
}

/// What one is stated with.
pub fn local_limit(member: Uuid) -> Value {
    json!({"member_id": member, "rule": "leverage", "value": "8", "from": "2026-01-01", "document": "某办法"})
}

/// What one is stated with.
pub fn confirmation(member: Uuid) -> Value {
    json!({"member_id": member, "kind": "mainly_small", "from": "2026-01-01", "document": "某复函"})
}

/// What one is stated with.
pub fn investment() -> Value {
    json!({"investee_name": "某公司", "amount": "1.00", "technology_linkage": false, "from": "2026-01-01"})
}
