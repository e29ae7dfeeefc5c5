//! 担保费结转: where the agreement says so, what of a fee was not used when a loan was repaid early settles the fee of a following contract
//! of the same client. Nothing is paid out; the part of a release is carried once, and taken back whole.
//!
//! Reading `the_fee_of_the_following_contract_stays_what_was_agreed`: the carried part settles it, it does not lower it, so caps and
//! averages are formed from the whole fee, as they are where a part is refunded.

use crate::{
    contract::State,
    value::{ContractId, Day, Money, OutOfRange, PartyId},
};
use serde::{Deserialize, Serialize};

/// What became of an unused fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 未用: a release left it.
    Unused,
    /// The release was reversed.
    UnusedReversed,
    /// 结转: it settles the fee of a following contract.
    Carried,
    /// A carry was taken back.
    CarriedBack,
}

/// What is left to carry after these entries of one release.
pub fn left(entries: impl IntoIterator<Item = (Kind, Money)>) -> Result<Money, OutOfRange> {
    entries.into_iter().try_fold(Money::ZERO, |left, (kind, amount)| match kind {
        Kind::Unused | Kind::CarriedBack => left.plus(amount),
        Kind::UnusedReversed | Kind::Carried => left.minus(amount),
    })
}

/// What carried fees settle of one contract's fee, by the entries that name it as the following one.
pub fn settled(entries: impl IntoIterator<Item = (Kind, Money)>) -> Result<Money, OutOfRange> {
    entries.into_iter().try_fold(Money::ZERO, |settled, (kind, amount)| match kind {
        Kind::Carried => settled.plus(amount),
        Kind::CarriedBack => settled.minus(amount),
        Kind::Unused | Kind::UnusedReversed => Ok(settled),
    })
}

/// What a release left unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The released contract.
    pub contract: ContractId,
    /// In whose book the released contract counts.
    pub client: PartyId,
    /// The day of the release.
    pub released_on: Day,
    /// What of it is left to carry.
    pub left: Money,
}

/// The contract whose fee is to be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Following {
    /// It.
    pub contract: ContractId,
    /// In whose book it counts.
    pub client: PartyId,
    /// Where it stands.
    pub state: State,
    /// The day it came into force.
    pub begun_on: Option<Day>,
    /// Its fee for the whole term.
    pub fee: Money,
    /// What of it carried fees settle already.
    pub settled: Money,
}

/// Why nothing can be carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotCarry {
    /// It is the released contract itself.
    #[error("the same contract")]
    SameContract,
    /// The contract counts in another client's book.
    #[error("another client's")]
    AnotherClient,
    /// It is not in force.
    #[error("not while it is {0:?}")]
    State(State),
    /// It came into force before the release: it does not follow it.
    #[error("it began before {0}")]
    Before(Day),
    /// The release left nothing, or all of it was carried.
    #[error("nothing is left")]
    NothingLeft,
    /// The fee of the following contract is settled.
    #[error("nothing is due")]
    NothingDue,
    /// A figure is beyond what can be kept.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

impl Unused {
    /// What is carried to `following`: all that is left, or as much as its fee still needs.
    ///
    /// A contract that came into force on the day of the release follows it: the old loan is repaid from the new one.
    pub fn carried_to(&self, following: &Following) -> Result<Money, CannotCarry> {
        if following.contract == self.contract {
            return Err(CannotCarry::SameContract);
        }
        if following.client != self.client {
            return Err(CannotCarry::AnotherClient);
        }
        let begun_on = following.begun_on.filter(|_| following.state == State::InForce);
        let begun_on = begun_on.ok_or(CannotCarry::State(following.state))?;
        if begun_on < self.released_on {
            return Err(CannotCarry::Before(self.released_on));
        }
        let due = following.fee.minus(following.settled)?;
        match (self.left > Money::ZERO, due > Money::ZERO) {
            (false, _) => Err(CannotCarry::NothingLeft),
            (true, false) => Err(CannotCarry::NothingDue),
            (true, true) => Ok(self.left.min(due)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASED: Day = Day::new(2026, 9, 1);

    fn client(last: u8) -> PartyId {
        PartyId::from_uuid(uuid::Uuid::from_bytes([last; 16]))
    }

    fn contract(last: u8) -> ContractId {
        ContractId::from_uuid(uuid::Uuid::from_bytes([last; 16]))
    }

    fn unused(fen: i64) -> Unused {
        Unused { contract: contract(1), client: client(1), released_on: RELEASED, left: Money::from_fen(fen) }
    }

    fn following(fee: i64, settled: i64) -> Following {
        let (fee, settled) = (Money::from_fen(fee), Money::from_fen(settled));
        Following {
            contract: contract(2),
            client: client(1),
            state: State::InForce,
            begun_on: Some(RELEASED),
            fee,
            settled,
        }
    }

    #[test]
    fn all_that_is_left_is_carried_or_as_much_as_is_due() {
        for (left, fee, settled, carried) in [
            (495_890, 1_000_000, 0, Ok(495_890)),
            (495_890, 495_890, 0, Ok(495_890)),
            (495_890, 495_889, 0, Ok(495_889)),
            (495_890, 1_000_000, 999_999, Ok(1)),
            (495_890, 1_000_000, 1_000_000, Err(CannotCarry::NothingDue)),
            (1, 1_000_000, 0, Ok(1)),
            (0, 1_000_000, 0, Err(CannotCarry::NothingLeft)),
            (495_890, 0, 0, Err(CannotCarry::NothingDue)),
        ] {
            assert_eq!(unused(left).carried_to(&following(fee, settled)), carried.map(Money::from_fen), "{left} {fee}");
        }
    }

    #[test]
    fn a_contract_follows_from_the_day_of_the_release_on() {
        let begun = |day| unused(100).carried_to(&Following { begun_on: Some(day), ..following(1000, 0) });
        assert_eq!(begun(Day::new(2026, 8, 31)), Err(CannotCarry::Before(RELEASED)));
        assert_eq!(begun(RELEASED), Ok(Money::from_fen(100)));
        assert_eq!(begun(Day::new(2026, 9, 2)), Ok(Money::from_fen(100)));
    }

    #[test]
    fn only_a_contract_of_the_same_client_that_is_in_force_is_settled() {
        let other = Following { client: client(2), ..following(1000, 0) };
        assert_eq!(unused(100).carried_to(&other), Err(CannotCarry::AnotherClient));
        for state in State::ALL {
            let carried = unused(100).carried_to(&Following { state, ..following(1000, 0) });
            assert_eq!(carried.is_ok(), state == State::InForce, "{state:?}");
        }
        let itself = Following { contract: contract(1), ..following(1000, 0) };
        assert_eq!(unused(100).carried_to(&itself), Err(CannotCarry::SameContract));
        let approved = Following { state: State::Approved, begun_on: None, ..following(1000, 0) };
        assert_eq!(unused(100).carried_to(&approved), Err(CannotCarry::State(State::Approved)));
    }

    #[test]
    fn what_is_left_and_what_is_settled_are_sums_of_what_happened() {
        use Kind::{Carried, CarriedBack, Unused, UnusedReversed};
        let fen = |entries: &[(Kind, i64)]| -> Vec<(Kind, Money)> {
            entries.iter().map(|(kind, fen)| (*kind, Money::from_fen(*fen))).collect()
        };
        let story = fen(&[(Unused, 495_890), (Carried, 300_000), (CarriedBack, 300_000), (Carried, 100_000)]);
        assert_eq!(left(story.clone()), Ok(Money::from_fen(395_890)));
        assert_eq!(settled(story), Ok(Money::from_fen(100_000)));
        assert_eq!(left(fen(&[(Unused, 1), (UnusedReversed, 1)])), Ok(Money::ZERO));
    }
}
