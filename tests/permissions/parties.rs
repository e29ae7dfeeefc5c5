//! Parties, their facts and groups.

use super::{Foreign, Sample, Whose};
use serde_json::json;
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about a party or a group of parties.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Action::{DiscloseIdentifier, MergeParties as Merge, ReadParties as Read, WriteParties as Write};
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    let party = |action, rest: String| Sample::of(action, format!("/v1/parties/{id}{rest}"), NotFound(Whose::Party));
    let group =
        |action, rest: &str| Sample::of(action, format!("/v1/party-groups/{id}{rest}"), NotFound(Whose::PartyGroup));
    let end =
        |what: &str| party(Write, format!("/{what}/{act}/end")).body(json!({"until": "2099-01-01"})).version("\"1\"");
    let sample = match operation {
        "list_parties" => Sample::of(Read, "/v1/parties".to_owned(), Foreign::None),
        "search_parties" => Sample::of(Read, "/v1/parties/searches".to_owned(), Foreign::None)
            .body(json!({"scheme": "uscc", "value": "91350100M000100Y43"})),
        "read_party" => party(Read, String::new()),
        "put_party" => party(Write, String::new())
            .body(json!({"name": "某某", "kind": "enterprise", "region_code": "330100", "industry_code": "13"}))
            .version("\"1\""),
        "list_party_identifiers" => party(Read, "/identifiers".to_owned()),
        "file_party_identifier" => party(Write, format!("/identifiers/{act}"))
            .body(json!({"scheme": "uscc", "value": "91350100M000100Y43", "from": "2020-01-01"})),
        "end_party_identifier" => end("identifiers"),
        "disclose_party_identifier" => party(DiscloseIdentifier, format!("/disclosures/{act}"))
            .body(json!({"identifier_id": act, "reason": "核对"})),
        "list_party_size_inputs" => party(Read, "/size-inputs".to_owned()),
        "file_party_size_input" => party(Write, format!("/size-inputs/{act}")).body(
            json!({"financial_year": 2020, "industry_code": "13", "employees": 1, "revenue": "1", "filed_on": "2021-01-01"}),
        ),
        "list_party_flags" => party(Read, "/flags".to_owned()),
        "state_party_flag" => party(Write, format!("/flags/{act}"))
            .body(json!({"kind": "farmer", "source": "某", "from": "2020-01-01"})),
        "end_party_flag" => end("flags"),
        "list_party_jobs" => party(Read, "/jobs".to_owned()),
        "count_party_jobs" => party(Write, format!("/jobs/{act}")).body(json!({"on": "2020-01-01", "jobs": 1})),
        "join_party_group" => party(Write, format!("/group-memberships/{act}"))
            .body(json!({"group_id": act, "from": "2020-01-01"})),
        "leave_party_group" => end("group-memberships"),
        "list_party_merges" => party(Read, "/merges".to_owned()),
        "merge_party" => party(Merge, format!("/merges/{act}")).body(json!({"into": act, "reason": "重复登记"})),
        "undo_party_merge" => {
            party(Merge, format!("/merges/{act}/undoings/{act}")).body(json!({"reason": "并非同一主体"}))
        }
        "list_party_groups" => Sample::of(Read, "/v1/party-groups".to_owned(), Foreign::None),
        "read_party_group" => group(Read, ""),
        "put_party_group" => group(Write, "").body(json!({"name": "某系"})).version("\"1\""),
        "list_party_group_members" => group(Read, "/members"),
        _ => return None,
    };
    Some(sample)
}
