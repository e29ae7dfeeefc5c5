//! Views of lists that people keep under names: filters, order and columns, for themselves or for all of the institution.

use super::App;
use crate::{
    auth::{Action, Caller},
    check::Check,
    error::Problem,
    input,
    store::{
        self, Put, Scope, creation_hash,
        journal::Record,
        saved_view::{SavedView, View},
    },
};
use domain::value::UserId;
use uuid::Uuid;

/// The most views that a person keeps of one list.
pub const MOST: u64 = 30;

/// The most columns, and the longest name of one.
const COLUMNS: (usize, usize) = (50, 40);

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
pub async fn keep(app: &App, caller: &Caller, id: Uuid, view: View) -> Result<Put<SavedView>, Problem> {
    let scope = app.open(caller, Action::SaveView).await?;
    let owner = hold_owner(&scope).await?;
    let hash = creation_hash(&(owner, &view))?;
    if let Some(known) = store::saved_view::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    check(&view).done()?;
    if !view.removed {
        leave_room(&scope, owner, &view.list).await?;
    }
    let record = Record::of("saved_view", Some(id)).with("list", view.list.clone());
    let kept = SavedView { id, owner, view, version: 1 };
    store::saved_view::insert(&scope, kept.clone(), hash).await?;
    scope.commit(record).await?;
    Ok(Put::Created(kept))
}

/// Changes a view, removes it or brings it back: its owner does.
pub async fn replace(app: &App, caller: &Caller, id: Uuid, version: i64, view: View) -> Result<SavedView, Problem> {
    let scope = app.open(caller, Action::SaveView).await?;
    let owner = hold_owner(&scope).await?;
    let present = store::saved_view::get(&scope, owner, id).await?;
    if present.owner != owner {
        return Err(Problem::forbidden());
    }
    let other_list = || input::field("list", "fixed", "视图所属的列表不能更改。", "A view stays one of its list.");
    check(&view).that(view.list == present.view.list, other_list).done()?;
    if present.view.removed && !view.removed {
        leave_room(&scope, owner, &view.list).await?;
    }
    let changed = SavedView { id, owner, view, version: version.saturating_add(1) };
    store::saved_view::replace(&scope, changed.clone(), version).await?;
    scope.commit(Record::of("saved_view", Some(id)).with("removed", changed.view.removed)).await?;
    Ok(changed)
}

fn check(view: &View) -> Check {
    let plain = |text: &str| !text.chars().any(char::is_control);
    let list = |view: &View| view.list.chars().all(|each| each.is_ascii_lowercase() || each == '-' || each == '/');
    let columns = |view: &View| {
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
}

/// The caller, whose own views change one after the other: what is counted of them stays as it is until this one is there.
async fn hold_owner(scope: &Scope) -> Result<UserId, Problem> {
    Ok(store::user::lock(scope, scope.person()?).await?.id)
}

/// Whether a person may keep one more of a list.
async fn leave_room(scope: &Scope, owner: UserId, list: &str) -> Result<(), Problem> {
    let kept = store::saved_view::count(scope, owner, list).await?;
    let full = || {
        let (zh, en) =
            ("每个列表最多保存30个视图，请先删除一个。", "At most 30 views of a list are kept: remove one first.");
        input::field("name", "too_many", zh, en)
    };
    Check::default().that(kept < MOST, full).done()
}
