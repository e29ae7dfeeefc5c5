//! People and machines, their sessions, and the audit list.

use super::{Foreign, Sample, Whose};
use serde_json::json;
use uuid::Uuid;
use zengxin::auth::Action;

/// The sample of an operation about people, machines, their sessions or the audit list.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Action as A;
    use Foreign::{NotFound, Own};
    let act = Uuid::now_v7();
    let user = json!({"name": "sample.user", "display_name": "某人", "role": "officer"});
    let sample = match operation {
        "log_out" => Sample::of(A::LogOut, "/v1/sessions/current".to_owned(), Foreign::None),
        "read_profile" => Sample::of(A::ReadProfile, "/v1/profile".to_owned(), Foreign::None),
        "change_profile" => Sample::of(A::ChangeProfile, "/v1/profile".to_owned(), Foreign::None)
            .body(json!({"display_name": "某人"}))
            .version("\"99\""),
        "change_password" => Sample::of(A::ChangePassword, "/v1/profile/password".to_owned(), Foreign::None)
            .body(json!({"present_password": "wrong", "new_password": "another-Kettle-94-harbour"})),
        "propose_second_factor" => {
            Sample::of(A::EnrolSecondFactor, "/v1/profile/second-factor".to_owned(), Foreign::None)
        }
        "confirm_second_factor" => {
            Sample::of(A::EnrolSecondFactor, "/v1/profile/second-factor/confirmation".to_owned(), Foreign::None)
                .body(json!({"code": "000000"}))
        }
        "remove_second_factor" => {
            Sample::of(A::ManageUsers, format!("/v1/users/{id}/second-factor"), NotFound(Whose::User))
        }
        "list_saved_views" => Sample::of(A::ReadViews, "/v1/saved-views?list=contracts".to_owned(), Foreign::None),
        "read_saved_view" => Sample::of(A::ReadViews, format!("/v1/saved-views/{id}"), NotFound(Whose::User)),
        "put_saved_view" => Sample::of(A::SaveView, format!("/v1/saved-views/{id}"), Own)
            .body(json!({"list": "contracts", "name": format!("sample {id}"), "query": ""})),
        "list_users" => Sample::of(A::ReadUsers, "/v1/users".to_owned(), Foreign::None),
        "read_user" => Sample::of(A::ReadUsers, format!("/v1/users/{id}"), NotFound(Whose::User)),
        "put_user" => {
            Sample::of(A::ManageUsers, format!("/v1/users/{id}"), NotFound(Whose::User)).body(user).version("\"1\"")
        }
        "offboard_user" => {
            Sample::of(A::OffboardUser, format!("/v1/users/{id}/offboardings/{act}"), NotFound(Whose::User))
        }
        "issue_link" => Sample::of(A::ManageUsers, format!("/v1/users/{id}/links/{act}"), NotFound(Whose::User)),
        "list_machine_clients" => Sample::of(A::ReadMachineClients, "/v1/machine-clients".to_owned(), Foreign::None),
        "read_machine_client" => {
            Sample::of(A::ReadMachineClients, format!("/v1/machine-clients/{id}"), NotFound(Whose::Client))
        }
        "put_machine_client" => Sample::of(A::ManageMachineClients, format!("/v1/machine-clients/{id}"), Own)
            .body(json!({"name": format!("sample {id}"), "grants": ["audit:read"]})),
        "revoke_machine_client" => {
            let path = format!("/v1/machine-clients/{id}/revocations/{act}");
            Sample::of(A::ManageMachineClients, path, NotFound(Whose::Client))
        }
        "list_audit_entries" => Sample::of(A::ReadAudit, "/v1/audit-entries".to_owned(), Foreign::None),
        _ => return None,
    };
    Some(sample)
}
