//! One transaction for one caller at one institution: the only way to a tenant's rows.

use super::{
    Database, institution,
    journal::{self, Head, Outcome, Record},
    turns::Turn,
};
use crate::{
    auth::{Action, Actor, Caller},
    clock::{self, Clock},
    error::Problem,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::{InstitutionId, UserId};
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, IsolationLevel, QueryFilter as _,
    Select, TransactionTrait as _,
};
use tokio::sync::OnceCell;
use tracing::Instrument as _;

/// A transaction that sees and writes the rows of one institution; dropped, it never happened.
pub struct Scope {
    tx: DatabaseTransaction,
    caller: Caller,
    action: Action,
    now: DateTime<Utc>,
    head: OnceCell<Head>,
    /// Given back after the transaction has ended.
    _turn: Option<Turn>,
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Scope").field("caller", &self.caller).field("action", &self.action).finish()
    }
}

/// What the entry function says about whoever enters.
#[derive(Debug, FromQueryResult)]
struct Entered {
    status: Option<String>,
    login_holds: bool,
}

const ENTER: &str = "SELECT status, login_holds FROM zengxin.enter_as($1, $2, $3)";

impl Scope {
    /// Opens a transaction in which `caller` does `action`.
    ///
    /// Fails with 401 when the login has ended, and with 403 when the caller or its institution may not do it; that is in the
    /// audit list then, by a transaction of its own.
    pub async fn open(database: &Database, clock: Clock, caller: &Caller, action: Action) -> Result<Self, Problem> {
        let (scope, status) = Self::enter(database, clock, caller, action, None).await?;
        match scope.refusal(status) {
            None => Ok(scope),
            Some(problem) => scope.refuse(status.is_some(), problem).await,
        }
    }

    /// The same, where everything that is read is as it was at one moment: for figures that must fit together. Nothing is written.
    pub async fn look(database: &Database, clock: Clock, caller: &Caller, action: Action) -> Result<Self, Problem> {
        let snapshot = Some(IsolationLevel::RepeatableRead);
        let (scope, status) = Self::enter(database, clock, caller, action, snapshot).await?;
        if scope.refusal(status).is_none() {
            return Ok(scope);
        }
        // What is refused is written down, and that is not done from a moment ago.
        drop(scope);
        Self::open(database, clock, caller, action).await
    }

    async fn enter(
        database: &Database,
        clock: Clock,
        caller: &Caller,
        action: Action,
        isolation: Option<IsolationLevel>,
    ) -> Result<(Self, Option<institution::Status>), Problem> {
        let turn = if action.moves_book() { Some(database.turn(caller.institution).await) } else { None };
        let now = clock.now();
        let tx = begin(database, isolation).await?;
        let values = [caller.institution.uuid().into(), caller.session.into(), now.into()];
        let entered = Entered::find_by_statement(super::statement_of(ENTER, values)).one(&tx).await?;
        let entered = entered.ok_or_else(Problem::internal)?;
        let scope = Self { tx, caller: caller.clone(), action, now, head: OnceCell::new(), _turn: turn };
        if !entered.login_holds {
            return Err(Problem::unauthenticated());
        }
        let status = entered.status.map(|status| super::known::<institution::Status>(&status)).transpose()?;
        Ok((scope, status))
    }

    /// Why the caller may not do it, if it may not.
    fn refusal(&self, status: Option<institution::Status>) -> Option<Problem> {
        if !self.caller.actor.may(self.action) {
            return Some(Problem::forbidden());
        }
        let allowed = match status {
            Some(status) => status.lets(self.action),
            // The first institution is made by a transaction of its own.
            None if self.action == Action::Initialise => true,
            None => return Some(Problem::unauthenticated()),
        };
        (!allowed).then(Problem::institution_not_active)
    }

    /// Records the refusal of somebody known; a stranger's is only logged.
    async fn refuse<T>(self, exists: bool, problem: Problem) -> Result<T, Problem> {
        let known = !matches!(self.caller.actor, Actor::Nobody);
        tracing::info!(action = self.action.word(), code = problem.code, "refused");
        if known && exists {
            self.end(Outcome::Refused, Record::of("action", None).with("code", problem.code)).await?;
        }
        Err(problem)
    }

    /// The institution whose rows these are.
    pub fn tenant(&self) -> InstitutionId {
        self.caller.institution
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.caller.actor
    }

    /// The person who asks; 403 for a machine, which has no account of its own.
    pub fn person(&self) -> Result<UserId, Problem> {
        match self.caller.actor {
            Actor::Person { user, .. } => Ok(user),
            Actor::Machine { .. } | Actor::Nobody | Actor::Operator => Err(Problem::forbidden()),
        }
    }

    /// Who asks, and where.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What is being done.
    pub fn action(&self) -> Action {
        self.action
    }

    /// The moment the scope was opened, in whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The civil date in China when the scope was opened.
    pub fn today(&self) -> NaiveDate {
        clock::civil_day(self.now)
    }

    /// The number that the facts of this transaction carry. Locks the end of the journal: ask for it after every other lock.
    pub async fn seq(&self) -> Result<i64, Problem> {
        self.head().await.map(Head::next)
    }

    /// The hash that ends the audit chain so far; locks the end of the journal like `seq`.
    pub(super) async fn head_hash(&self) -> Result<[u8; 32], Problem> {
        self.head().await.map(Head::hash)
    }

    /// The end of the journal was locked together with other rows.
    pub(super) fn hold(&self, head: Head) {
        // Locked before in this transaction: then it is the same.
        let _ = self.head.set(head);
    }

    /// Makes lasting that something was refused to a known caller: nothing else was done.
    pub async fn commit_refusal(self, record: Record) -> Result<(), Problem> {
        self.end(Outcome::Refused, record).await
    }

    /// Makes what was done lasting, with its audit entry.
    pub async fn commit(self, record: Record) -> Result<(), Problem> {
        self.end(Outcome::Done, record).await
    }

    /// Makes lasting what needs no audit entry: counters and the exchange of tokens.
    pub async fn commit_unrecorded(self) -> Result<(), Problem> {
        commit(self.tx).await
    }

    /// Makes lasting what was written together with its audit entry.
    pub(super) async fn commit_recorded(self) -> Result<(), Problem> {
        commit(self.tx).await
    }

    async fn end(self, outcome: Outcome, record: Record) -> Result<(), Problem> {
        let head = *self.head().await?;
        journal::append(&self, &head, outcome, record).await?;
        commit(self.tx).await
    }

    /// The locked end of the journal.
    pub(super) async fn head(&self) -> Result<&Head, Problem> {
        self.head.get_or_try_init(|| journal::lock(self)).await
    }

    /// The transaction, for the store alone.
    pub(super) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// The tenant's rows of a table.
    pub(super) fn rows<E: EntityTrait>(&self, institution_id: E::Column) -> Select<E> {
        Self::shared_rows().filter(institution_id.eq(self.tenant().uuid()))
    }

    /// The rows of a table that several institutions read.
    #[allow(clippy::disallowed_methods, reason = "this is the store's way to a table")]
    pub(super) fn shared_rows<E: EntityTrait>() -> Select<E> {
        E::find()
    }
}

/// Begins a transaction, whether or not the caller stays to see it: cut off between BEGIN and its answer, the connection would go
/// back to the pool inside a transaction that sqlx does not know of, and the next caller would inherit it.
async fn begin(database: &Database, isolation: Option<IsolationLevel>) -> Result<DatabaseTransaction, Problem> {
    let pool = database.pool().clone();
    #[allow(clippy::disallowed_methods, reason = "this is where a scope begins")]
    whole(async move { pool.begin_with_config(isolation, None).await }).await
}

/// Commits, whether or not the caller stays to see it: what was asked for is done, and no ROLLBACK is sent after it.
async fn commit(tx: DatabaseTransaction) -> Result<(), Problem> {
    whole(tx.commit()).await
}

/// Does a step to its end in a task of its own, which a dropped request does not take along.
async fn whole<T: Send + 'static>(step: impl Future<Output = Result<T, DbErr>> + Send + 'static) -> Result<T, Problem> {
    let done = tokio::spawn(step.in_current_span()).await.map_err(|error| {
        tracing::error!(%error, "a transaction neither began nor ended");
        Problem::internal()
    })?;
    Ok(done?)
}
