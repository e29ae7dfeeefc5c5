//! What follows from a login that was tried: in or out, and when the account locks.

use chrono::{DateTime, TimeDelta, Utc};

/// Wrong passwords in a row before the account locks.
const FREE_TRIES: i32 = 5;

/// How long it locks the first time; doubles with each further wrong password.
const FIRST_LOCK_SECONDS: i64 = 60;

/// The longest it locks: a stranger who guesses must not keep the holder out for days.
const LONGEST_LOCK_SECONDS: i64 = 60 * 60;

/// What was shown besides the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// The account has no second factor.
    NotNeeded,
    /// It has one, and no code was shown.
    Missing,
    /// The code is right.
    Right,
    /// The code is wrong, or has served before.
    Wrong,
}

/// What is known about an account when a password is tried.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// Whether the password was right.
    pub right: bool,
    /// What was shown besides.
    pub factor: Factor,
    /// Whether the account is open at all.
    pub open: bool,
    /// Wrong passwords in a row so far.
    pub failures: i32,
    /// No password is right before then.
    pub locked_until: Option<DateTime<Utc>>,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In; the count starts anew.
    In,
    /// Out until a code is shown too; nothing changes, for the password was right.
    NeedsCode,
    /// Out, and nothing changes: the account is closed or locked, and a locked one is not locked longer.
    Out,
    /// Out; these wrong passwords in a row, locked until then if at all.
    Counted {
        /// Wrong passwords in a row, this one included.
        failures: i32,
        /// When the lock ends.
        locked_until: Option<DateTime<Utc>>,
    },
}

/// What follows from an attempt at `now`.
pub fn judge(attempt: Attempt, now: DateTime<Utc>) -> Verdict {
    if !attempt.open || attempt.locked_until.is_some_and(|until| now < until) {
        return Verdict::Out;
    }
    match (attempt.right, attempt.factor) {
        (true, Factor::NotNeeded | Factor::Right) => return Verdict::In,
        (true, Factor::Missing) => return Verdict::NeedsCode,
        (true, Factor::Wrong) | (false, _) => {}
    }
    let failures = attempt.failures.saturating_add(1);
    let beyond = failures.saturating_sub(FREE_TRIES);
    let seconds = u32::try_from(beyond)
        .ok()
        .map(|beyond| FIRST_LOCK_SECONDS.saturating_mul(2_i64.saturating_pow(beyond)).min(LONGEST_LOCK_SECONDS));
    let locked_until = seconds.and_then(|seconds| now.checked_add_signed(TimeDelta::seconds(seconds)));
    Verdict::Counted { failures, locked_until }
}

#[cfg(test)]
mod tests {
    use super::{Attempt, Factor, Verdict, judge};
    use chrono::{DateTime, TimeDelta, Utc};

    const NOW: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

    fn attempt(right: bool, failures: i32) -> Attempt {
        Attempt { right, factor: Factor::NotNeeded, open: true, failures, locked_until: None }
    }

    #[test]
    fn the_fifth_wrong_password_locks_for_a_minute_and_each_further_one_twice_as_long_up_to_an_hour() {
        for (failures, seconds) in
            [(3, None), (4, Some(60)), (5, Some(120)), (9, Some(1920)), (10, Some(3600)), (999, Some(3600))]
        {
            let locked_until = seconds.map(|seconds| NOW + TimeDelta::seconds(seconds));
            assert_eq!(judge(attempt(false, failures), NOW), Verdict::Counted { failures: failures + 1, locked_until });
        }
    }

    #[test]
    fn a_lock_refuses_the_right_password_until_it_ends_and_is_not_prolonged() {
        let locked = Attempt { locked_until: Some(NOW), ..attempt(true, 5) };
        assert_eq!(judge(locked, NOW - TimeDelta::seconds(1)), Verdict::Out);
        assert_eq!(judge(Attempt { right: false, ..locked }, NOW - TimeDelta::seconds(1)), Verdict::Out);
        assert_eq!(judge(locked, NOW), Verdict::In);
    }

    #[test]
    fn a_closed_account_stays_out() {
        assert_eq!(judge(Attempt { open: false, ..attempt(true, 0) }, NOW), Verdict::Out);
    }

    #[test]
    fn a_right_password_alone_is_not_enough_where_a_code_is_due_and_a_wrong_code_counts() {
        let shown = |right, factor| judge(Attempt { factor, ..attempt(right, 0) }, NOW);
        let counted = Verdict::Counted { failures: 1, locked_until: None };
        assert_eq!(shown(true, Factor::Missing), Verdict::NeedsCode);
        assert_eq!(shown(true, Factor::Wrong), counted);
        assert_eq!(shown(false, Factor::Right), counted);
        assert_eq!(shown(false, Factor::Missing), counted);
        assert_eq!(shown(true, Factor::Right), Verdict::In);
    }
}
