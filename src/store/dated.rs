//! What every dated row has in common: stated once under the caller's id, in force on some days, ended by whoever stated it.

use super::{
    Scope,
    put::{or_changed_meanwhile, repeated},
    refusal,
};
use crate::error::{Problem, Text};
use chrono::NaiveDate;
use domain::value::Day;
use entity::{
    agreement, agreement_terms, bank, bank_branch, deadline, equity_investment, local_limit, product,
    supervisor_confirmation,
};
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::Expr,
};
use uuid::Uuid;

/// Which rows of a list.
#[derive(Clone, Copy, Debug)]
pub struct Listing<K> {
    /// Only what is in force on this day; whatever its days without.
    pub on: Option<Day>,
    /// The key of the last row of the page before.
    pub after: Option<K>,
    /// At most so many rows.
    pub limit: u64,
}

/// The columns that every table of dated rows has.
pub(super) struct Columns<C> {
    owner: C,
    id: C,
    from: C,
    until: C,
    version: C,
}

/// A table of dated rows.
pub(super) trait Dated: EntityTrait {
    /// Its columns.
    fn columns() -> Columns<Self::Column>;

    /// Whether an id names one row of the whole table rather than one of each institution.
    const ID_ALONE: bool;

    /// SHA-256 of the request that made a row.
    fn creation_hash(row: &Self::Model) -> &[u8];
}

macro_rules! dated {
    ($($table:ident $id_alone:literal),* $(,)?) => {$(
        impl Dated for $table::Entity {
            fn columns() -> Columns<Self::Column> {
                use $table::Column as C;
                Columns { owner: C::InstitutionId, id: C::Id, from: C::FromDay, until: C::UntilDay, version: C::Version }
            }

            const ID_ALONE: bool = $id_alone;

            fn creation_hash(row: &Self::Model) -> &[u8] {
                &row.creation_hash
            }
        }
    )*};
}

dated! {
    bank true,
    bank_branch true,
    deadline true,
    equity_investment false,
    agreement false,
    agreement_terms false,
    local_limit false,
    product false,
    supervisor_confirmation false,
}

/// The rows that have `day` among their days.
pub(super) fn in_force<E: Dated>(day: NaiveDate) -> Condition {
    let Columns { from, until, .. } = E::columns();
    Condition::all().add(from.lte(day)).add(Condition::any().add(until.is_null()).add(until.gt(day)))
}

/// A page of `rows` in the order of their ids.
pub(super) async fn page<E: Dated>(
    scope: &Scope,
    rows: Select<E>,
    listing: Listing<Uuid>,
) -> Result<Vec<E::Model>, Problem> {
    let Listing { on, after, limit } = listing;
    let Columns { id, .. } = E::columns();
    let wanted = on.map(|day| in_force::<E>(day.date())).into_iter();
    let wanted = wanted.chain(after.map(|after| Condition::all().add(id.gt(after))));
    let rows = rows.filter(wanted.fold(Condition::all(), Condition::add));
    Ok(rows.order_by_asc(id).limit(limit).all(scope.tx()).await?)
}

/// A row that the institution has stated; 404 when there is none.
pub(super) async fn get_stated<E: Dated>(scope: &Scope, id: Uuid) -> Result<E::Model, Problem> {
    let columns = E::columns();
    let row = scope.rows::<E>(columns.owner).filter(columns.id.eq(id));
    row.one(scope.tx()).await?.ok_or_else(Problem::not_found)
}

/// One of `rows`, of equal ids the institution's own first; 404 when there is none.
pub(super) async fn get_among<E: Dated>(scope: &Scope, rows: Select<E>, id: Uuid) -> Result<E::Model, Problem> {
    let columns = E::columns();
    let own_first = columns.owner.eq(scope.tenant().uuid());
    let row = rows.filter(columns.id.eq(id)).order_by_desc(own_first).one(scope.tx());
    row.await?.ok_or_else(Problem::not_found)
}

/// The row that this request stated before; 409 when the id is another's.
pub(super) async fn find_repeated<E: Dated>(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<E::Model>, Problem> {
    let columns = E::columns();
    let rows = if E::ID_ALONE { Scope::shared_rows::<E>() } else { scope.rows::<E>(columns.owner) };
    let row = rows.filter(columns.id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (E::creation_hash(&row).to_vec(), row)), hash)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new term overlaps a row that stands.
pub(super) async fn replace_end<E: Dated>(
    scope: &Scope,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<E::Model, Problem> {
    let columns = E::columns();
    let changed = E::update_many()
        .col_expr(columns.until, Expr::value(until.map(Day::date)))
        .col_expr(columns.version, Expr::value(version.saturating_add(1)))
        .filter(columns.owner.eq(scope.tenant().uuid()))
        .filter(columns.id.eq(id))
        .filter(columns.version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await.map_err(or_overlap)?.rows_affected)?;
    get_stated::<E>(scope, id).await
}

/// What a table's exclusion constraint says: 409.
pub(super) fn or_overlap(error: DbErr) -> Problem {
    // exclusion_violation
    if refusal(&error).is_some_and(|(code, _)| code == "23P01") {
        return Problem::wrong_state(Text::new(
            "同一事项在此期间已有登记。请先填写前一项的终止日。",
            "The same matter is stated for days of that term already. End the earlier one first.",
        ));
    }
    error.into()
}

/// A date of a column or of the clock as a day.
pub(crate) fn day(date: NaiveDate) -> Result<Day, Problem> {
    Day::from_date(date).ok_or_else(|| {
        tracing::error!(%date, "a date is no day");
        Problem::internal()
    })
}

/// The days of a row: the first, and the day after the last.
pub(super) fn term(from: NaiveDate, until: Option<NaiveDate>) -> Result<(Day, Option<Day>), Problem> {
    Ok((day(from)?, until.map(day).transpose()?))
}
