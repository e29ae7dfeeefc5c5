//! Banks, products and deadlines.

use super::{Foreign, Sample, Whose};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about banks, products or deadlines.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Action as A;
    use Foreign::{NotFound, Own, Shared};
    let act = Uuid::now_v7();
    let sample = match operation {
        "list_banks" => Sample::of(A::ReadBanks, "/v1/banks".to_owned(), Foreign::None),
        "read_bank" => Sample::of(A::ReadBanks, format!("/v1/banks/{id}"), Shared),
        "state_bank" => Sample::of(A::StateBank, format!("/v1/banks/{id}"), Own).body(bank("SAMPLE")),
        "end_bank" => Sample::of(A::StateBank, format!("/v1/banks/{id}/end"), NotFound(Whose::Bank))
            .body(json!({"until": "2099-01-01"}))
            .version("\"1\""),
        "list_bank_branches" => Sample::of(A::ReadBanks, "/v1/bank-branches".to_owned(), Foreign::None),
        "read_bank_branch" => Sample::of(A::ReadBanks, format!("/v1/bank-branches/{id}"), Shared),
        "state_bank_branch" => {
            Sample::of(A::StateBankBranch, format!("/v1/bank-branches/{id}"), Own).body(branch(act, "SAMPLE"))
        }
        "end_bank_branch" => {
            Sample::of(A::StateBankBranch, format!("/v1/bank-branches/{id}/end"), NotFound(Whose::Branch))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_products" => Sample::of(A::ReadProducts, "/v1/products".to_owned(), Foreign::None),
        "read_product" => Sample::of(A::ReadProducts, format!("/v1/products/{id}"), NotFound(Whose::Product)),
        "state_product" => Sample::of(A::StateProduct, format!("/v1/products/{id}"), Own).body(product()),
        "end_product" => Sample::of(A::StateProduct, format!("/v1/products/{id}/end"), NotFound(Whose::Product))
            .body(json!({"until": "2099-01-01"}))
            .version("\"1\""),
        "list_deadlines" => Sample::of(A::ReadDeadlines, "/v1/deadlines".to_owned(), Foreign::None),
        "read_deadline" => Sample::of(A::ReadDeadlines, format!("/v1/deadlines/{id}"), Shared),
        "state_deadline" => Sample::of(A::StateDeadline, format!("/v1/deadlines/{id}"), Own).body(deadline()),
        "end_deadline" => Sample::of(A::StateDeadline, format!("/v1/deadlines/{id}/end"), NotFound(Whose::Deadline))
            .body(json!({"until": "2099-01-01"}))
            .version("\"1\""),
        _ => return None,
    };
    Some(sample)
}

/// What one is stated with.
pub fn bank(code: &str) -> Value {
    json!({"code": code, "name": "某银行", "from": "2026-01-01"})
}

/// What one is stated with.
pub fn branch(bank: Uuid, code: &str) -> Value {
    json!({"bank_id": bank, "code": code, "name": "某支行", "region_code": "330100", "from": "2026-01-01"})
}

/// What one is stated with.
pub fn product() -> Value {
    json!({
        "code": "sample", "name": "某产品", "kind": "regular", "from": "2026-01-01",
        "document": "某办法", "clause": "第一条", "verified": false,
    })
}

/// What one is stated with.
pub fn deadline() -> Value {
    json!({
        "report_code": "sample", "reporter_kind": "finance_bureau", "recipient": "某部门", "period": "yearly",
        "month_offset": 2, "day_of_month": 31, "from": "2026-01-01", "document": "某办法", "clause": "第一条", "verified": false,
    })
}
