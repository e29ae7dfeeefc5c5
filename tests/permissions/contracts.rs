//! Contracts and what is done with them.

use super::{Foreign, Sample, Whose};
use serde_json::json;
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about a contract.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    let below = |what: &str| format!("/v1/contracts/{id}/{what}/{act}");
    let of = |action, what: &str| Sample::of(action, below(what), NotFound(Whose::Contract));
    let reason = json!({"reason": "试"});
    let content = json!({"number": "试-1", "party_id": act, "agreement_id": act, "kind": "loan", "bank_id": act, "principal": "1.00",
        "loan_rate": "0", "credit_line": "0.00", "operating_loan": true, "existing_loan": "none", "purpose": "other", "amount": "1.00",
        "fee": "0.00", "signed_on": "2026-01-01", "start": "2026-01-01", "end": "2027-01-01"});
    let sample = match operation {
        "count_contracts" => Sample::of(Action::ReadContracts, "/v1/contracts/count".to_owned(), Foreign::None),
        "list_contracts" => Sample::of(Action::ReadContracts, "/v1/contracts".to_owned(), Foreign::None),
        "check_contract" => {
            Sample::of(Action::ReadContracts, "/v1/contracts/check".to_owned(), Foreign::None).body(content)
        }
        "read_contract" => Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}"), NotFound(Whose::Contract)),
        "put_contract" => Sample::of(Action::DraftContract, format!("/v1/contracts/{id}"), NotFound(Whose::Contract))
            .body(content)
            .version("\"1\""),
        "list_contract_events" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/events"), NotFound(Whose::Contract))
        }
        "list_fee_carries" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/fee-carries"), NotFound(Whose::Contract))
        }
        "carry_fee" => of(Action::ReleaseContract, "fee-carries").body(json!({"release_id": act})),
        "take_fee_carry_back" => {
            of(Action::CorrectContract, "fee-carry-reversals").body(json!({"carry_id": act, "reason": "试"}))
        }
        "read_first_loan" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/first-loan"), NotFound(Whose::Contract))
        }
        "list_contract_contents" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/contents"), NotFound(Whose::Contract))
        }
        "list_contract_exceptions" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/exceptions"), NotFound(Whose::Contract))
        }
        "submit_contract" => of(Action::SubmitContract, "submissions"),
        "withdraw_contract" => of(Action::SubmitContract, "withdrawals").body(reason),
        "reject_contract" => of(Action::DecideContract, "rejections").body(reason),
        "approve_contract" => of(Action::DecideContract, "approvals").body(json!({"content_version": 1})),
        "cancel_contract" => of(Action::ReleaseContract, "cancellations").body(reason),
        "disburse_contract" => {
            of(Action::DisburseContract, "disbursements").body(json!({"effective_on": "2026-01-01"}))
        }
        "release_contract" => {
            of(Action::ReleaseContract, "releases").body(json!({"amount": "1.00", "effective_on": "2026-01-01"}))
        }
        "reverse_release" => {
            of(Action::CorrectContract, "release-reversals").body(json!({"release_id": act, "reason": "试"}))
        }
        "evaluate_contract" => of(Action::EvaluateContract, "evaluations").body(json!({"on": "2026-01-01"})),
        "grant_exception" => of(Action::GrantException, "exceptions")
            .body(json!({"rule": "fee.cap", "reason": "试", "expires_on": "2099-01-01"})),
        _ => return None,
    };
    Some(sample)
}
