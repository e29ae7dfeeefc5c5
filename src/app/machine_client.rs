//! The programs that work with the system for an institution.

use super::App;
use crate::{
    auth::{Action, Caller, Credential, Grants, Secret},
    check::Check,
    error::{Problem, Text},
    input,
    store::{
        self, Put, creation_hash,
        journal::Record,
        machine_client::MachineClient,
        session::{End, Holder},
    },
};
use uuid::Uuid;

/// Some of the institution's machine clients.
pub async fn list(app: &App, caller: &Caller, after: Option<Uuid>, limit: u64) -> Result<Vec<MachineClient>, Problem> {
    let scope = app.open(caller, Action::ReadMachineClients).await?;
    store::machine_client::list(&scope, after, limit).await
}

/// One of the institution's machine clients.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<MachineClient, Problem> {
    let scope = app.open(caller, Action::ReadMachineClients).await?;
    store::machine_client::get(&scope, id).await
}

/// A machine client with its secret, which is shown when it is made and never again.
pub type WithSecret = (MachineClient, Option<Secret>);

/// Adds a machine client.
pub async fn create(
    app: &App,
    caller: &Caller,
    id: Uuid,
    name: String,
    grants: Grants,
) -> Result<Put<WithSecret>, Problem> {
    let scope = app.open(caller, Action::ManageMachineClients).await?;
    let hash = creation_hash(&(&name, grants.list()))?;
    if let Some(known) = store::machine_client::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known((known, None)));
    }
    let fault = || input::field("grants", "empty", "至少给一项权限。", "Give it at least one grant.");
    Check::default().text("name", &name, 100).that(!grants.list().is_empty(), fault).done()?;
    let secret = Credential { institution: scope.tenant(), id, secret: Secret::random()? };
    let client = store::machine_client::insert(&scope, &secret, name, &grants, hash).await?;
    scope.commit(Record::of("machine_client", Some(id)).with("grants", grants.to_string())).await?;
    Ok(Put::Created((client, Some(secret.secret))))
}

/// Ends a machine client and its sessions.
pub async fn revoke(app: &App, caller: &Caller, id: Uuid, revocation: Uuid) -> Result<Put<MachineClient>, Problem> {
    let scope = app.open(caller, Action::ManageMachineClients).await?;
    let client = store::machine_client::lock(&scope, id).await?;
    match client.revocation {
        Some(known) if known == revocation => return Ok(Put::Known(client)),
        Some(_) => {
            return Err(Problem::wrong_state(Text::new("该程序已被撤销。", "The machine client was revoked already.")));
        }
        None => store::machine_client::never_revoked(&scope, revocation).await?,
    }
    let client = store::machine_client::revoke(&scope, &client, revocation).await?;
    store::session::end_all(&scope, Holder::Client(id), None, End::Revoked).await?;
    scope.commit(Record::of("machine_client", Some(id)).with("revocation", revocation.to_string())).await?;
    Ok(Put::Created(client))
}
