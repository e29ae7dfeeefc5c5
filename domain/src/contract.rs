//! The life of a guarantee contract up to its release: what can be done with it, from which state, on which day.
//!
//! Draft → submitted → approved → in force (disbursed) → released. Commitment counts from approval; a contract that is approved and not
//! disbursed in time lapses and frees it. Nothing here moves money: the sums of the book are moved by `exposure`.

use serde::{Deserialize, Serialize};

use crate::value::{Day, Money, OutOfRange, Term};

/// How many days after its approval a contract may be disbursed at the latest. Reading
/// `an_approval_lapses_after_90_days`: the texts set no term; a commitment that nobody uses must not hold up others for ever.
pub const DISBURSED_WITHIN_DAYS: u64 = 90;

/// What becomes of the guarantee fee when the loan is repaid early, by the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarlyRelease {
    /// Nothing is refunded.
    None,
    /// The part for the days that are left is refunded.
    ProRata,
    /// 结转: that part settles the fee of a following contract of the same client.
    CarryOver,
}

impl EarlyRelease {
    /// What of `fee`, charged for `amount` over `term`, is refunded when `released` of it is released on `day`.
    pub fn refund(self, fee: Money, amount: Money, released: Money, term: Term, day: Day) -> Result<Money, OutOfRange> {
        match self {
            Self::ProRata => unused(fee, amount, released, term, day),
            Self::None | Self::CarryOver => Ok(Money::ZERO),
        }
    }

    /// What of it is left for a following contract instead.
    pub fn left_to_carry(
        self,
        fee: Money,
        amount: Money,
        released: Money,
        term: Term,
        day: Day,
    ) -> Result<Money, OutOfRange> {
        match self {
            Self::CarryOver => unused(fee, amount, released, term, day),
            Self::None | Self::ProRata => Ok(Money::ZERO),
        }
    }
}

/// What of a fee is not used: fee × released ÷ amount × days left ÷ days, rounded down, so that no sum of parts is more than the whole.
fn unused(fee: Money, amount: Money, released: Money, term: Term, day: Day) -> Result<Money, OutOfRange> {
    let left = term.end().date().signed_duration_since(day.date().max(term.start().date())).num_days().max(0);
    let days = i128::from(term.days()).max(1);
    let part = fee.wide().checked_mul(released.wide()).and_then(|x| x.checked_mul(i128::from(left)));
    let whole = amount.wide().checked_mul(days).filter(|whole| *whole > 0);
    Money::from_wide(part.zip(whole).and_then(|(part, whole)| part.checked_div(whole)).ok_or(OutOfRange)?)
}

/// Where a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿. Its content may still change.
    Draft,
    /// 待审批. It waits for somebody else's decision.
    Submitted,
    /// 已审批. Its amount is committed.
    Approved,
    /// 在保. The loan was disbursed.
    InForce,
    /// 已解保. Nothing is outstanding.
    Released,
    /// 已退回. The approver has sent it back.
    Rejected,
    /// 已撤回. The officer has taken it back.
    Withdrawn,
    /// 已取消. It was approved and is not needed any more.
    Cancelled,
    /// 已失效. It was approved and not disbursed in time.
    Lapsed,
}

/// What can be done with a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Change its content.
    Revise,
    /// Put it before an approver.
    Submit,
    /// Take it back before a decision.
    Withdraw,
    /// Send it back.
    Reject,
    /// Approve it: its amount is committed from then on.
    Approve,
    /// Give up an approved contract.
    Cancel,
    /// Let an approval that was not used in time lapse.
    Lapse,
    /// The loan was disbursed: the guarantee is in force.
    Disburse,
    /// 解保. The principal has fallen by this amount.
    Release(Money),
    /// A release of this amount was recorded in error.
    ReverseRelease(Money),
}

/// What of a contract its life depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Where it stands.
    pub state: State,
    /// The guaranteed amount.
    pub amount: Money,
    /// What of it is committed or outstanding.
    pub outstanding: Money,
    /// The day of its approval, once approved.
    pub approved_on: Option<Day>,
    /// The day it came into force, once disbursed.
    pub begun_on: Option<Day>,
    /// The agreed term.
    pub term: Term,
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// Not in this state.
    #[error("not from {0:?}")]
    State(State),
    /// The day lies before the one it follows.
    #[error("not before {0}")]
    Before(Day),
    /// The approval has run out.
    #[error("not after {0}")]
    After(Day),
    /// More than is outstanding.
    #[error("at most {0} is outstanding")]
    MoreThan(Money),
    /// The amount is zero or less.
    #[error("the amount is not above zero")]
    Nothing,
    /// A figure is beyond what can be kept.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

impl State {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::InForce,
        Self::Released,
        Self::Rejected,
        Self::Withdrawn,
        Self::Cancelled,
        Self::Lapsed,
    ];

    /// The word of the trade, in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::Submitted => "待审批",
            Self::Approved => "已审批",
            Self::InForce => "在保",
            Self::Released => "已解保",
            Self::Rejected => "已退回",
            Self::Withdrawn => "已撤回",
            Self::Cancelled => "已取消",
            Self::Lapsed => "已失效",
        }
    }

    /// The same in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::InForce => "in force",
            Self::Released => "released",
            Self::Rejected => "sent back",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
        }
    }

    /// Whether its amount counts in the book.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Approved | Self::InForce)
    }

    /// Whether an approval was given and came to nothing: what it used of a year's quota is free again.
    pub const fn came_to_nothing(self) -> bool {
        matches!(self, Self::Cancelled | Self::Lapsed)
    }
}

impl Life {
    /// The last day on which an approved contract may be disbursed; `None` before its approval, or at the end of time.
    pub fn disburse_by(&self) -> Option<Day> {
        let days = chrono::Days::new(DISBURSED_WITHIN_DAYS);
        self.approved_on.and_then(|day| day.date().checked_add_days(days)).and_then(Day::from_date)
    }

    /// The contract after `act`, which counts on `day`; whether `day` is not in the future is for the caller to see to.
    pub fn after(&self, act: Act, day: Day) -> Result<Self, Impossible> {
        use State as S;
        let to = |state| Ok(Self { state, ..*self });
        match (act, self.state) {
            (Act::Revise, S::Draft | S::Rejected | S::Withdrawn) => to(S::Draft),
            (Act::Submit, S::Draft) => to(S::Submitted),
            (Act::Withdraw, S::Draft | S::Submitted) => to(S::Withdrawn),
            (Act::Reject, S::Submitted) => to(S::Rejected),
            (Act::Approve, S::Submitted) => {
                Ok(Self { state: S::Approved, outstanding: self.amount, approved_on: Some(day), ..*self })
            }
            (Act::Cancel, S::Approved) => Ok(Self { state: S::Cancelled, outstanding: Money::ZERO, ..*self }),
            (Act::Lapse, S::Approved) => self.lapsed(day),
            (Act::Disburse, S::Approved) => self.disbursed(day),
            (Act::Release(amount), S::InForce) => self.released(amount, day),
            (Act::ReverseRelease(amount), S::InForce | S::Released) => self.release_reversed(amount),
            _ => Err(Impossible::State(self.state)),
        }
    }

    fn lapsed(&self, day: Day) -> Result<Self, Impossible> {
        match self.disburse_by() {
            Some(last) if day <= last => Err(Impossible::Before(last.next().unwrap_or(last))),
            Some(_) | None => Ok(Self { state: State::Lapsed, outstanding: Money::ZERO, ..*self }),
        }
    }

    fn disbursed(&self, day: Day) -> Result<Self, Impossible> {
        match (self.approved_on, self.disburse_by()) {
            (Some(approved), _) if day < approved => Err(Impossible::Before(approved)),
            (_, Some(last)) if day > last => Err(Impossible::After(last)),
            _ => Ok(Self { state: State::InForce, begun_on: Some(day), ..*self }),
        }
    }

    fn released(&self, amount: Money, day: Day) -> Result<Self, Impossible> {
        if amount <= Money::ZERO {
            return Err(Impossible::Nothing);
        }
        if amount > self.outstanding {
            return Err(Impossible::MoreThan(self.outstanding));
        }
        if let Some(begun) = self.begun_on.filter(|begun| day < *begun) {
            return Err(Impossible::Before(begun));
        }
        let outstanding = self.outstanding.minus(amount)?;
        let state = if outstanding.is_zero() { State::Released } else { State::InForce };
        Ok(Self { state, outstanding, ..*self })
    }

    fn release_reversed(&self, amount: Money) -> Result<Self, Impossible> {
        let outstanding = self.outstanding.plus(amount)?;
        if amount <= Money::ZERO {
            return Err(Impossible::Nothing);
        }
        if outstanding > self.amount {
            return Err(Impossible::MoreThan(self.amount.minus(self.outstanding)?));
        }
        Ok(Self { state: State::InForce, outstanding, ..*self })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const APPROVED: Day = Day::new(2024, 3, 1);

    fn life(state: State) -> Life {
        let amount = Money::from_wan(100);
        let counts = state.counts();
        Life {
            state,
            amount,
            outstanding: if counts { amount } else { Money::ZERO },
            approved_on: counts.then_some(APPROVED),
            begun_on: (state == State::InForce).then_some(APPROVED),
            term: Term::new(APPROVED, Day::new(2025, 3, 1)).unwrap(),
        }
    }

    fn state_after(state: State, act: Act) -> Option<State> {
        life(state).after(act, APPROVED).ok().map(|life| life.state)
    }

    #[test]
    fn a_contract_goes_from_draft_to_released() {
        let mut contract = life(State::Draft);
        for (act, state) in [
            (Act::Submit, State::Submitted),
            (Act::Approve, State::Approved),
            (Act::Disburse, State::InForce),
            (Act::Release(Money::from_wan(40)), State::InForce),
            (Act::Release(Money::from_wan(60)), State::Released),
        ] {
            contract = contract.after(act, APPROVED).unwrap();
            assert_eq!(contract.state, state, "{act:?}");
        }
        assert_eq!(contract.outstanding, Money::ZERO);
    }

    #[test]
    fn what_is_decided_is_not_decided_again() {
        for state in State::ALL {
            assert_eq!(state_after(state, Act::Approve).is_some(), state == State::Submitted, "{state:?}");
            assert_eq!(state_after(state, Act::Reject).is_some(), state == State::Submitted, "{state:?}");
            assert_eq!(state_after(state, Act::Cancel).is_some(), state == State::Approved, "{state:?}");
            assert_eq!(state_after(state, Act::Disburse).is_some(), state == State::Approved, "{state:?}");
        }
    }

    #[test]
    fn content_changes_only_before_it_was_submitted_or_after_it_came_back() {
        for state in State::ALL {
            let changes = matches!(state, State::Draft | State::Rejected | State::Withdrawn);
            assert_eq!(state_after(state, Act::Revise).is_some(), changes, "{state:?}");
        }
    }

    #[test]
    fn an_approval_lapses_after_90_days() {
        // 1 March + 90 days = 30 May 2024.
        let (approved, last) = (life(State::Approved), Day::new(2024, 5, 30));
        assert_eq!(approved.disburse_by(), Some(last));
        let after = Day::new(2024, 5, 31);
        assert_eq!(approved.after(Act::Disburse, last).unwrap().state, State::InForce);
        assert_eq!(approved.after(Act::Disburse, after), Err(Impossible::After(last)));
        assert_eq!(approved.after(Act::Lapse, last), Err(Impossible::Before(after)));
        assert_eq!(approved.after(Act::Lapse, after).unwrap().state, State::Lapsed);
    }

    #[test]
    fn a_loan_is_not_disbursed_before_its_guarantee_was_approved() {
        let before = Day::new(2024, 2, 29);
        assert_eq!(life(State::Approved).after(Act::Disburse, before), Err(Impossible::Before(APPROVED)));
    }

    #[test]
    fn no_more_is_released_than_is_outstanding_and_nothing_is_no_release() {
        let (in_force, fen) = (life(State::InForce), Money::from_fen(1));
        let over = in_force.outstanding.plus(fen).unwrap();
        assert_eq!(in_force.after(Act::Release(over), APPROVED), Err(Impossible::MoreThan(in_force.outstanding)));
        assert_eq!(in_force.after(Act::Release(Money::ZERO), APPROVED), Err(Impossible::Nothing));
        let left = in_force.after(Act::Release(in_force.outstanding.minus(fen).unwrap()), APPROVED).unwrap();
        assert_eq!((left.state, left.outstanding), (State::InForce, fen));
        let before = Day::new(2024, 2, 29);
        assert_eq!(in_force.after(Act::Release(fen), before), Err(Impossible::Before(APPROVED)));
    }

    #[test]
    fn a_reversed_release_is_outstanding_again_and_never_more_than_was_guaranteed() {
        let released = life(State::InForce).after(Act::Release(Money::from_wan(100)), APPROVED).unwrap();
        let again = released.after(Act::ReverseRelease(Money::from_wan(100)), APPROVED).unwrap();
        assert_eq!((again.state, again.outstanding), (State::InForce, Money::from_wan(100)));
        assert_eq!(
            again.after(Act::ReverseRelease(Money::from_fen(1)), APPROVED),
            Err(Impossible::MoreThan(Money::ZERO))
        );
    }

    #[test]
    fn a_fee_is_refunded_for_the_days_that_are_left_and_the_part_that_is_released() {
        // 10,000.00 for 365 days; on 1 September 2024 181 days are left: 10,000 × 181 ÷ 365 = 4,958.904…, half of it 2,479.452….
        let (fee, amount) = (Money::from_fen(1_000_000), Money::from_wan(100));
        let term = Term::new(APPROVED, Day::new(2025, 3, 1)).unwrap();
        let refund = |released, day| EarlyRelease::ProRata.refund(fee, amount, released, term, day).unwrap().fen();
        let september = Day::new(2024, 9, 1);
        assert_eq!((refund(amount, september), refund(Money::from_wan(50), september)), (495_890, 247_945));
        assert_eq!((refund(amount, Day::new(2025, 3, 1)), refund(amount, Day::new(2026, 1, 1))), (0, 0));
        assert_eq!(refund(amount, Day::new(2024, 1, 1)), 1_000_000, "before it began the whole fee is refunded");
        assert_eq!(EarlyRelease::None.refund(fee, amount, amount, term, september), Ok(Money::ZERO));
        assert_eq!(EarlyRelease::CarryOver.refund(fee, amount, amount, term, september), Ok(Money::ZERO));
        let left = |rule: EarlyRelease| rule.left_to_carry(fee, amount, amount, term, september).unwrap().fen();
        assert_eq!(
            (left(EarlyRelease::CarryOver), left(EarlyRelease::ProRata), left(EarlyRelease::None)),
            (495_890, 0, 0)
        );
    }

    proptest! {
        #[test]
        fn whatever_is_done_a_contract_never_owes_less_than_nothing_or_more_than_its_amount(
            acts in prop::collection::vec((0_u8..10, 0_i64..150_000_000), 1..40),
        ) {
            let mut contract = life(State::Draft);
            for (which, fen) in acts {
                let amount = Money::from_fen(fen);
                let act = match which {
                    0 => Act::Revise, 1 => Act::Submit, 2 => Act::Withdraw, 3 => Act::Reject, 4 => Act::Approve,
                    5 => Act::Cancel, 6 => Act::Lapse, 7 => Act::Disburse, 8 => Act::Release(amount),
                    _ => Act::ReverseRelease(amount),
                };
                contract = contract.after(act, APPROVED).unwrap_or(contract);
                prop_assert!(contract.outstanding >= Money::ZERO && contract.outstanding <= contract.amount);
                prop_assert_eq!(contract.state.counts(), !contract.outstanding.is_zero());
            }
        }
    }
}
