//! Two parties that turned out to be one: when they are merged and parted again, and what that does to the book.
//!
//! A merge says who is who and books nothing, so no limit refuses it; a share that falls by it is an alert.

use crate::{
    exposure::{Book, ClientBook},
    value::OutOfRange,
};

/// The two parties of a merge that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Whether the one that goes over was merged before.
    pub source_is_merged: bool,
    /// Whether the one it goes over to was merged before.
    pub target_is_merged: bool,
}

/// A merge that is to be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// Whether it was undone before.
    pub is_undone: bool,
    /// Whether the party it led to was merged into another since.
    pub target_is_merged: bool,
    /// Whether another party was merged into the same one since, and that merge stands.
    pub is_followed: bool,
}

/// Why two parties cannot be merged, or a merge cannot be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// The party that goes over stands for itself no longer.
    #[error("the source was merged before")]
    SourceIsMerged,
    /// Another party stands for the one it is to go over to.
    #[error("the target was merged before")]
    TargetIsMerged,
    /// There is nothing left to undo.
    #[error("undone before")]
    IsUndone,
    /// What went over has gone on with the target.
    #[error("the target was merged since")]
    TargetWentOn,
    /// Merges into one party are undone from the last one back.
    #[error("another merge followed")]
    IsFollowed,
}

impl Pair {
    /// Whether the two can be merged.
    pub const fn may_merge(self) -> Result<(), Impossible> {
        match self {
            Self { source_is_merged: true, .. } => Err(Impossible::SourceIsMerged),
            Self { target_is_merged: true, .. } => Err(Impossible::TargetIsMerged),
            Self { source_is_merged: false, target_is_merged: false } => Ok(()),
        }
    }
}

impl Past {
    /// Whether the merge can be undone.
    pub const fn may_part(self) -> Result<(), Impossible> {
        match self {
            Self { is_undone: true, .. } => Err(Impossible::IsUndone),
            Self { target_is_merged: true, .. } => Err(Impossible::TargetWentOn),
            Self { is_followed: true, .. } => Err(Impossible::IsFollowed),
            Self { is_undone: false, target_is_merged: false, is_followed: false } => Ok(()),
        }
    }
}

/// The books of the two, and of the institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Books {
    /// Of the party that goes over.
    pub source: ClientBook,
    /// Of the one it goes over to.
    pub target: ClientBook,
    /// Of the institution.
    pub book: Book,
}

impl Books {
    /// Everything of the source has gone over: one client instead of two, small tickets or not by what it has together.
    pub fn merged(self) -> Result<Self, OutOfRange> {
        self.with(ClientBook::default(), self.target.plus(self.source)?)
    }

    /// `back`, what is left of the contracts that went over, is the source's again.
    pub fn parted(self, back: ClientBook) -> Result<Self, OutOfRange> {
        self.with(self.source.plus(back)?, self.target.minus(back)?)
    }

    fn with(self, source: ClientBook, target: ClientBook) -> Result<Self, OutOfRange> {
        let book = self.book.moved(&self.source, &source)?.moved(&self.target, &target)?;
        Ok(Self { source, target, book })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client::ClientKind,
        exposure::{Item, Kind},
        liability::GuaranteeKind,
        value::Money,
    };

    fn loan(client_kind: ClientKind, amount: Money) -> ClientBook {
        let kind = Kind::Financing(GuaranteeKind::Loan, false);
        Item { amount, client_kind, kind, credit_line: amount, operating_loan: true }.book().unwrap()
    }

    fn books(source: ClientBook, target: ClientBook) -> Books {
        Books { source, target, book: Book::of([&source, &target]).unwrap() }
    }

    fn small(amount: Money) -> ClientBook {
        loan(ClientKind::SmallMicroEnterprise, amount)
    }

    fn wan(wan: i64) -> Money {
        Money::from_wan(wan)
    }

    #[test]
    fn two_small_clients_that_are_one_above_500_wan_leave_the_small_tickets_as_a_whole_until_they_are_parted() {
        let apart = books(small(wan(300)), small(wan(250)));
        // 300万 + 250万, each at most 500万.
        assert_eq!((apart.book.shares.small_ticket, apart.book.shares.clients), (wan(550), 2));
        let one = apart.merged().unwrap();
        // 550万 of one client: above 500万, so nothing of it is a small ticket, and the loans weigh in full.
        assert_eq!((one.book.shares.small_ticket, one.book.shares.clients), (Money::ZERO, 1));
        assert_eq!((one.book.shares.small_agri, one.book.shares.small_agri_clients), (wan(550), 1));
        assert_eq!((one.book.liabilities.small_loan, one.book.liabilities.other_loan), (Money::ZERO, wan(550)));
        assert_eq!((one.source, one.target.total), (ClientBook::default(), wan(550)));
        assert_eq!(one.parted(small(wan(300))).unwrap(), apart);
    }

    #[test]
    fn together_at_500_wan_they_stay_small_tickets_and_one_fen_over_they_do_not() {
        // 499 9999.99 元 + 0.01 元 = 500万 exactly; with one fen more, 500 0000.01 元.
        for (fen, small_ticket) in [(1, wan(500)), (2, Money::ZERO)] {
            let target = small(Money::from_fen(499_999_999));
            let one = books(small(Money::from_fen(fen)), target).merged().unwrap();
            assert_eq!(one.book.shares.small_ticket, small_ticket, "{fen} fen");
        }
    }

    #[test]
    fn a_large_contract_that_goes_over_takes_the_small_ones_of_the_target_out_of_the_small_tickets() {
        let apart = books(loan(ClientKind::Large, wan(300)), small(wan(250)));
        assert_eq!((apart.book.shares.small_ticket, apart.book.shares.small_agri_clients), (wan(250), 1));
        let one = apart.merged().unwrap();
        assert_eq!((one.book.shares.small_ticket, one.book.shares.small_agri), (Money::ZERO, wan(250)));
        assert_eq!((one.book.shares.total, one.book.shares.clients), (wan(550), 1));
    }

    #[test]
    fn what_was_released_meanwhile_does_not_come_back() {
        let one = books(small(wan(300)), small(wan(250))).merged().unwrap();
        let target = small(wan(350));
        let released = Books { target, book: one.book.moved(&one.target, &target).unwrap(), ..one };
        // Of the 300万 that went over 100万 are left: 100万 go back, the 250万 stay.
        let parted = released.parted(small(wan(100))).unwrap();
        assert_eq!((parted.source.total, parted.target.total), (wan(100), wan(250)));
        assert_eq!((parted.book.shares.small_ticket, parted.book.shares.clients), (wan(350), 2));
    }

    #[test]
    fn a_party_that_has_nothing_changes_no_figure() {
        let apart = books(ClientBook::default(), small(wan(250)));
        assert_eq!(apart.merged().unwrap(), apart);
        assert_eq!(apart.parted(ClientBook::default()).unwrap(), apart);
    }

    #[test]
    fn only_parties_that_stand_for_themselves_are_merged() {
        let pair = |source_is_merged, target_is_merged| Pair { source_is_merged, target_is_merged }.may_merge();
        assert_eq!(pair(false, false), Ok(()));
        assert_eq!(pair(true, false), Err(Impossible::SourceIsMerged));
        assert_eq!(pair(false, true), Err(Impossible::TargetIsMerged));
    }

    #[test]
    fn only_the_last_standing_merge_into_a_party_that_stands_for_itself_is_undone() {
        let past = Past { is_undone: false, target_is_merged: false, is_followed: false };
        assert_eq!(past.may_part(), Ok(()));
        assert_eq!(Past { is_undone: true, ..past }.may_part(), Err(Impossible::IsUndone));
        assert_eq!(Past { target_is_merged: true, ..past }.may_part(), Err(Impossible::TargetWentOn));
        assert_eq!(Past { is_followed: true, ..past }.may_part(), Err(Impossible::IsFollowed));
    }
}
