//! `/v1/machine-clients`: the programs that work with the system for the caller's institution.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, Ids, Page, PageIn},
};
use crate::{
    app::machine_client,
    auth::{Grant, Grants},
    error::Problem,
    store::machine_client::MachineClient,
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(revoke))
}

/// 程序账户。A machine client as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MachineClientIn {
    /// What people call it.
    #[schema(min_length = 1, max_length = 100, example = "业务系统接口")]
    name: String,
    /// What it may do.
    #[schema(min_items = 1)]
    grants: Vec<Grant>,
}

/// 程序账户。A machine client.
#[derive(Serialize, ToSchema)]
pub(super) struct MachineClientOut {
    /// Its id.
    id: Uuid,
    /// What people call it.
    name: String,
    /// What it may do.
    grants: Vec<Grant>,
    /// The day it was revoked.
    revoked_on: Option<NaiveDate>,
}

impl From<MachineClient> for MachineClientOut {
    fn from(MachineClient { id, name, grants, revocation: _, revoked_on, version: _ }: MachineClient) -> Self {
        Self { id, name, grants: grants.list().to_vec(), revoked_on }
    }
}

/// 程序账户及密钥。A machine client with what it logs in with.
#[derive(Serialize, ToSchema)]
pub(super) struct MachineSecretOut {
    /// The machine client.
    client: MachineClientOut,
    /// The `client_id` of its login; it names the institution too.
    client_id: String,
    /// The `client_secret` of its login; only in the first answer, never shown again.
    client_secret: Option<String>,
}

impl From<(i64, MachineSecretOut)> for MachineSecretOut {
    fn from((_, out): (i64, MachineSecretOut)) -> Self {
        out
    }
}

/// 程序账户列表。The institution's machine clients.
#[utoipa::path(get, path = "/v1/machine-clients", tag = "machine-clients", operation_id = "list_machine_clients", security(("bearer" = [])), params(PageIn),
    responses((status = 200, description = "一页 A page", body = PageOut<MachineClientOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    page: Page<Uuid>,
) -> Result<Json<PageOut<MachineClientOut>>, Problem> {
    let clients = machine_client::list(&app, &caller, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, clients, |client| client.id.to_string()))
}

/// 程序账户。One machine client.
#[utoipa::path(get, path = "/v1/machine-clients/{id}", tag = "machine-clients", operation_id = "read_machine_client", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "程序账户 The client", body = MachineClientOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
) -> Result<Versioned<MachineClientOut>, Problem> {
    let client = machine_client::get(&app, &caller, id).await?;
    Ok(Versioned::present(client.version, client))
}

/// 新增程序账户。Adds a machine client; its secret is in this answer alone.
#[utoipa::path(put, path = "/v1/machine-clients/{id}", tag = "machine-clients", operation_id = "put_machine_client", security(("bearer" = [])),
    request_body = MachineClientIn, params(("id" = Uuid, Path)),
    responses((status = 200, description = "已有，密钥不再显示 Known, the secret is not shown again", body = MachineSecretOut),
        (status = 201, description = "已新增 Added", body = MachineSecretOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    Body(MachineClientIn { name, grants }): Body<MachineClientIn>,
) -> Result<Versioned<MachineSecretOut>, Problem> {
    let made = machine_client::create(&app, &caller, id, name, Grants::new(&grants)).await?;
    let client_id = format!("{}.{}", caller.institution.uuid().simple(), id.simple());
    let made = made.map(|(client, secret)| {
        let client_secret = secret.map(|secret| secret.to_text());
        (client.version, MachineSecretOut { client: client.into(), client_id, client_secret })
    });
    Ok(Versioned::put(made, |(version, _)| *version))
}

/// 撤销程序账户。Ends a machine client and its sessions.
#[utoipa::path(put, path = "/v1/machine-clients/{id}/revocations/{revocation_id}", tag = "machine-clients", operation_id = "revoke_machine_client", security(("bearer" = [])),
    params(("id" = Uuid, Path), ("revocation_id" = Uuid, Path)),
    responses((status = 200, description = "此前已撤销 Revoked before", body = MachineClientOut),
        (status = 201, description = "已撤销 Revoked", body = MachineClientOut), Refusals))]
async fn revoke(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(id, act): Ids,
) -> Result<Versioned<MachineClientOut>, Problem> {
    let client = machine_client::revoke(&app, &caller, id, act).await?;
    Ok(Versioned::put(client, |client| client.version))
}
