//! Turns at an institution's book: who would only wait for its lock waits here, in order and without a connection.

use domain::value::InstitutionId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many of each institution may be at its book at once, in this process.
///
/// The lock itself is the database's, and other processes have turns of their own: this only keeps a burst at one institution from taking
/// every connection to stand in line for one lock. More than one has a turn, because what an act reads first needs no lock.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    at_once: usize,
    of: Arc<Mutex<HashMap<InstitutionId, Weak<Semaphore>>>>,
}

/// A turn; over when dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Turns {
    /// So many at once at each institution.
    pub(super) fn of(at_once: usize) -> Self {
        Self { at_once: at_once.max(1), of: Arc::default() }
    }

    /// Waits for a turn at an institution's book.
    pub(super) async fn take(&self, institution: InstitutionId) -> Turn {
        // Nobody closes the semaphore; were it closed, the lock would still hold.
        Turn { _permit: self.line(institution).acquire_owned().await.ok() }
    }

    fn line(&self, institution: InstitutionId) -> Arc<Semaphore> {
        let mut all = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = all.get(&institution).and_then(Weak::upgrade) {
            return line;
        }
        // Where nobody stands any more there is nothing to keep.
        all.retain(|_, line| line.strong_count() > 0);
        let line = Arc::new(Semaphore::new(self.at_once));
        all.insert(institution, Arc::downgrade(&line));
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{Duration, timeout};
    use uuid::Uuid;

    const SOON: Duration = Duration::from_millis(50);

    fn institution() -> InstitutionId {
        InstitutionId::from_uuid(Uuid::now_v7())
    }

    #[tokio::test]
    async fn a_third_waits_until_one_of_two_is_done_and_another_institution_waits_for_nobody() {
        let (turns, here, there) = (Turns::of(2), institution(), institution());
        let (first, _second) = (turns.take(here).await, turns.take(here).await);
        assert!(timeout(SOON, turns.take(here)).await.is_err());
        assert!(timeout(SOON, turns.take(there)).await.is_ok());
        drop(first);
        assert!(timeout(SOON, turns.take(here)).await.is_ok());
    }

    #[tokio::test]
    async fn who_gives_up_waiting_leaves_the_line() {
        let (turns, here) = (Turns::of(1), institution());
        let first = turns.take(here).await;
        assert!(timeout(SOON, turns.take(here)).await.is_err());
        drop(first);
        assert!(timeout(SOON, turns.take(here)).await.is_ok());
    }

    #[tokio::test]
    async fn a_line_in_which_nobody_stands_is_forgotten() {
        let turns = Turns::of(1);
        for _ in 0..1_000 {
            drop(turns.take(institution()).await);
        }
        assert_eq!(turns.of.lock().unwrap_or_else(PoisonError::into_inner).len(), 1);
    }
}
