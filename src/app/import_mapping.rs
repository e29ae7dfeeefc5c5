//! Mappings of earlier books, kept by name: an officer states them, every state stays.

use super::App;
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::Problem,
    import::Mapping,
    store::{
        self, Put, creation_hash,
        import_mapping::{Kept, Version},
        journal::Record,
    },
};
use uuid::Uuid;

/// Some of the institution's mappings.
pub async fn list(app: &App, caller: &Caller, after: Option<Uuid>, limit: u64) -> Result<Vec<Kept>, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    store::import_mapping::list(&scope, after, limit).await
}

/// One of the institution's mappings.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Kept, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    store::import_mapping::get(&scope, id).await
}

/// The states that a mapping was in, newest first.
pub async fn versions(
    app: &App,
    caller: &Caller,
    id: Uuid,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Version>, Problem> {
    let scope = app.open(caller, Action::ReadImports).await?;
    store::import_mapping::get(&scope, id).await?;
    store::import_mapping::versions(&scope, id, before, limit).await
}

/// What a mapping's file says, for whoever goes on editing it; nothing is written.
pub async fn read(app: &App, caller: &Caller, text: &str) -> Result<Mapping, Problem> {
    app.open(caller, Action::PrepareImport).await?;
    Mapping::parse(text)
}

/// Keeps a mapping under a name.
pub async fn state(app: &App, caller: &Caller, id: Uuid, name: String, mapping: Mapping) -> Result<Put<Kept>, Problem> {
    let scope = app.open(caller, Action::PrepareImport).await?;
    let hash = creation_hash(&(&name, &mapping))?;
    if let Some(known) = store::import_mapping::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    check(&name, &mapping)?;
    let new = Kept { id, name, mapping, version: 1 };
    store::import_mapping::insert(&scope, &new, hash).await?;
    scope.commit(Record::of("import_mapping", Some(id)).with("version", 1)).await?;
    Ok(Put::Created(new))
}

/// Changes a mapping; what was started with it stays as it was.
pub async fn replace(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    name: String,
    mapping: Mapping,
) -> Result<Kept, Problem> {
    let scope = app.open(caller, Action::PrepareImport).await?;
    store::import_mapping::get(&scope, id).await?;
    check(&name, &mapping)?;
    let changed = store::import_mapping::replace(&scope, id, version, name, mapping).await?;
    scope.commit(Record::of("import_mapping", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}

fn check(name: &str, mapping: &Mapping) -> Result<(), Problem> {
    Check::default().text("name", name, 100).done()?;
    mapping.check()
}
