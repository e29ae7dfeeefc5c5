//! Files of earlier books, mappings, and what is done with them.

use super::{Foreign, Sample, Whose};
use crate::harness::{App, Person};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::{Action, Role};

/// The sample of an operation about imports.
pub fn sample(operation: &str, id: Uuid) -> Option<Sample> {
    use Action as A;
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    let import = |action, rest: &str| {
        let path = format!("/v1/imports/{id}{rest}");
        Sample::of(action, path, NotFound(Whose::Import))
    };
    let sample = match operation {
        "put_import_file" => {
            Sample::of(A::PrepareImport, format!("/v1/import-files/{id}?name=ledger.csv"), Foreign::Own)
        }
        "read_import_file" => Sample::of(A::ReadImports, format!("/v1/import-files/{id}"), NotFound(Whose::ImportFile)),
        "preview_import_file" => {
            let path = format!("/v1/import-files/{id}/previews");
            Sample::of(A::PrepareImport, path, NotFound(Whose::ImportFile)).body(mapping())
        }
        "list_import_mappings" => Sample::of(A::ReadImports, "/v1/import-mappings".to_owned(), Foreign::None),
        "read_import_mapping" => {
            Sample::of(A::ReadImports, format!("/v1/import-mappings/{id}"), NotFound(Whose::ImportMapping))
        }
        "list_import_mapping_versions" => {
            let path = format!("/v1/import-mappings/{id}/versions");
            Sample::of(A::ReadImports, path, NotFound(Whose::ImportMapping))
        }
        "put_import_mapping" => {
            let path = format!("/v1/import-mappings/{id}");
            let body = json!({"name": "某映射", "mapping": mapping()});
            Sample::of(A::PrepareImport, path, NotFound(Whose::ImportMapping)).body(body).version("\"1\"")
        }
        "read_import_mapping_file" => {
            let path = "/v1/import-mapping-readings".to_owned();
            Sample::of(A::PrepareImport, path, Foreign::None).body(json!({"text": mapping().to_string()}))
        }
        "list_imports" => Sample::of(A::ReadImports, "/v1/imports".to_owned(), Foreign::None),
        "put_import" => Sample::of(A::PrepareImport, format!("/v1/imports/{id}"), Foreign::Own)
            .body(json!({"file_id": act, "mapping": mapping()})),
        "read_import" => import(A::ReadImports, ""),
        "read_import_mapping_used" => import(A::ReadImports, "/mapping"),
        "take_over_import" => import(A::ImportBook, &format!("/takeovers/{act}")),
        "cancel_import" => import(A::CancelImport, &format!("/cancellations/{act}")),
        "list_import_faults" => import(A::ReadImports, "/faults"),
        "download_import_faults" => import(A::ReadImports, "/faults.csv"),
        "read_import_row" => import(A::ReadImports, "/rows/1"),
        "follow_import" => import(A::ReadImports, "/events"),
        _ => return None,
    };
    Some(sample)
}

/// A mapping of the file below.
pub fn mapping() -> Value {
    json!({
        "as_of": "2023-12-31",
        "contract": {
            "number": {"column": "no"}, "amount": {"column": "amount"}, "start": {"constant": "2023-01-01"},
            "months": {"constant": "12"},
        },
        "client": {
            "name": {"column": "name"}, "legal_form": {"constant": "enterprise"}, "region": {"constant": "330100"},
            "identifier": {"scheme": "other", "columns": ["name", "no"]}, "industry": {"constant": "13"},
            "kind": {"constant": "small_micro_enterprise"},
        },
        "shares": {"institution": {"constant": "1"}},
    })
}

/// A file, a mapping and an import of another institution.
pub async fn their_import(app: &App, admin: &Person) -> [Uuid; 3] {
    let officer = app.hire(admin, Role::Officer).await;
    let [file, kept, import] = std::array::from_fn(|_| Uuid::now_v7());
    let brought = app.upload(&officer, file, "theirs.csv", "no,name,amount\n甲-1,某某公司,1000\n".into()).await;
    assert_eq!(brought.status, StatusCode::CREATED, "{:?}", brought.body);
    let body = json!({"name": "某映射", "mapping": mapping()});
    let answer = app.put(&officer, &format!("/v1/import-mappings/{kept}"), body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    let body = json!({"file_id": file, "mapping_id": kept});
    let answer = app.put(&officer, &format!("/v1/imports/{import}"), body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    [file, kept, import]
}
