//! Views of lists that people keep under names: filters, order and columns, for themselves or for all of the institution.

use super::App;
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::Problem,
    input,
    store::{self, Put, Scope, creation_hash, journal::Record, saved_view::SavedView},
};
use uuid::Uuid;

/// The most views that a person keeps of one list.
pub const MOST: u64 = 30;

/// The most columns, and the longest name of one.
const COLUMNS: (usize, usize) = (50, 40);

/// What a view is to say.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The list.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The filters and the order, as they stand in an address.
    pub query: String,
    /// The names of the columns; the list's own choice when empty.
    pub columns: Vec<String>,
    /// Whether everybody of the institution reads it.
    pub shared: bool,
    /// Whether it is removed.
    pub removed: bool,
}

/// The views of a list that the caller reads.
pub async fn list(
    app: &App,
    caller: &Caller,
    list: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SavedView>, Problem> {
    let scope = app.open(caller, Action::ReadViews).await?;
    Check::default().text("list", list, 60).done()?;
    store::saved_view::list(&scope, scope.person()?, list, after, limit).await
}

/// One view that the caller reads.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<SavedView, Problem> {
    let scope = app.open(caller, Action::ReadViews).await?;
    store::saved_view::get(&scope, scope.person()?, id).await
}

/// Keeps a view.
pub async fn keep(app: &App, caller: &Caller, id: Uuid, wanted: Wanted) -> Result<Put<SavedView>, Problem> {
    let scope = app.open(caller, Action::SaveView).await?;
    let owner = scope.person()?;
    let Wanted { list, name, query, columns, shared, removed } = wanted;
    let hash = creation_hash(&(owner, &list, &name, &query, &columns, shared, removed))?;
    if let Some(known) = store::saved_view::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let view = SavedView { id, owner, list, name, query, columns, shared, removed, version: 1 };
    check(&view)?;
    leave_room(&scope, &view).await?;
    store::saved_view::insert(&scope, view.clone(), hash).await?;
    scope.commit(Record::of("saved_view", Some(id)).with("list", view.list.clone())).await?;
    Ok(Put::Created(view))
}

/// Changes a view, removes it or brings it back: its owner does.
pub async fn replace(app: &App, caller: &Caller, id: Uuid, version: i64, wanted: Wanted) -> Result<SavedView, Problem> {
    let scope = app.open(caller, Action::SaveView).await?;
    let present = store::saved_view::get(&scope, scope.person()?, id).await?;
    if present.owner != scope.person()? {
        return Err(Problem::forbidden());
    }
    let other_list = || input::field("list", "fixed", "视图所属的列表不能更改。", "A view stays one of its list.");
    Check::default().that(wanted.list == present.list, other_list).done()?;
    let Wanted { list: _, name, query, columns, shared, removed } = wanted;
    let version_after = version.saturating_add(1);
    let view = SavedView { name, query, columns, shared, removed, version: version_after, ..present.clone() };
    check(&view)?;
    if present.removed {
        leave_room(&scope, &view).await?;
    }
    store::saved_view::replace(&scope, view.clone(), version).await?;
    scope.commit(Record::of("saved_view", Some(id)).with("removed", view.removed)).await?;
    Ok(view)
}

fn check(view: &SavedView) -> Result<(), Problem> {
    let plain = |text: &str| !text.chars().any(char::is_control);
    let list = |view: &SavedView| view.list.chars().all(|each| each.is_ascii_lowercase() || each == '-' || each == '/');
    let columns = |view: &SavedView| {
        let (most, longest) = COLUMNS;
        view.columns.len() <= most
            && view.columns.iter().all(|column| (1..=longest).contains(&column.chars().count()) && plain(column))
    };
    let no_list = || input::field("list", "text", "列表名为小写字母。", "A list is named by small letters.");
    let too_long =
        || input::field("query", "too_long", "条件最多2000个字符。", "The conditions have at most 2,000 characters.");
    let bad_columns = || input::field("columns", "too_many", "最多50列。", "At most 50 columns.");
    Check::default()
        .text("list", &view.list, 60)
        .text("name", &view.name, 60)
        .that(list(view), no_list)
        .that(view.query.chars().count() <= 2_000 && plain(&view.query), too_long)
        .that(columns(view), bad_columns)
        .done()
}

/// Whether its owner may keep one more; whoever keeps two at once waits for the other.
async fn leave_room(scope: &Scope, view: &SavedView) -> Result<(), Problem> {
    if view.removed {
        return Ok(());
    }
    store::user::lock(scope, view.owner).await?;
    let kept = store::saved_view::count(scope, view.owner, &view.list).await?;
    let full = || {
        let (zh, en) =
            ("每个列表最多保存30个视图，请先删除一个。", "At most 30 views of a list are kept: remove one first.");
        input::field("name", "too_many", zh, en)
    };
    Check::default().that(kept < MOST, full).done()
}
