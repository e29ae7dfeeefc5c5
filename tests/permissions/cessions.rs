//! What is ceded to an upper layer, and its filing.

use super::{Foreign, Sample, Whose};
use serde_json::json;
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about a cession.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    let act = Uuid::now_v7();
    let of = |action, path: String| Sample::of(action, path, Foreign::NotFound(Whose::Contract));
    Some(match operation {
        "list_cedents" => Sample::of(Action::ReadCessions, "/v1/cedents".to_owned(), Foreign::None),
        "read_cedent" => {
            Sample::of(Action::ReadCessions, format!("/v1/cedents/{id}"), Foreign::NotFound(Whose::Institution))
        }
        "list_cedent_regions" => Sample::of(Action::ReadCessions, "/v1/cedent-regions".to_owned(), Foreign::None),
        "list_cessions" => Sample::of(Action::ReadCessions, "/v1/cessions".to_owned(), Foreign::None),
        "read_cession" => of(Action::ReadCessions, format!("/v1/cessions/{id}")),
        "decide_filing" => {
            of(Action::DecideFiling, format!("/v1/cessions/{id}/filings/{act}")).body(json!({"decision": "confirmed"}))
        }
        "list_filings" => Sample::of(Action::ReadContracts, "/v1/filings".to_owned(), Foreign::None),
        "list_contract_filings" => of(Action::ReadContracts, format!("/v1/contracts/{id}/filings")),
        "apply_filing" => of(Action::ApplyFiling, format!("/v1/contracts/{id}/filings/{act}/applications/{act}")),
        _ => return None,
    })
}
