//! An earlier book told again: what every client and the institution had on each day, as its contracts began and ended.
//!
//! Days only go forward. What is judged of a contract is judged by the book of its own first day.

use std::collections::BTreeMap;

use crate::{
    exposure::{Book, ClientBook, Item},
    value::{Day, Money, OutOfRange, PartyId},
    volume::Volume,
};

/// The book as it was on the day it was brought to.
#[derive(Debug, Default)]
pub struct History {
    clients: BTreeMap<PartyId, ClientBook>,
    book: Book,
    volumes: BTreeMap<i32, Volume>,
    /// What will have ended, by the day and then in the order of the beginnings.
    endings: BTreeMap<(Day, u64), (PartyId, Item)>,
    begun: u64,
}

impl History {
    /// Goes on to `day`: what ended up to it, the day included, counts no longer.
    pub fn go_to(&mut self, day: Day) -> Result<(), OutOfRange> {
        while let Some(ending) = self.endings.first_entry().filter(|ending| ending.key().0 <= day) {
            let (client, item) = ending.remove();
            let amount = Money::ZERO.minus(item.amount)?;
            self.shift(client, item.with_amount(amount))?;
        }
        Ok(())
    }

    /// What a client has; nothing of one that is not known.
    pub fn client(&self, client: PartyId) -> ClientBook {
        self.clients.get(&client).copied().unwrap_or_default()
    }

    /// What the institution has.
    pub const fn book(&self) -> Book {
        self.book
    }

    /// What has begun in a year so far, of which the fee is known.
    pub fn volume(&self, year: i32) -> Volume {
        self.volumes.get(&year).copied().unwrap_or_default()
    }

    /// A contract begins with a client, and ends on `ends`, if it has ended.
    pub fn begin(&mut self, client: PartyId, item: Item, ends: Option<Day>) -> Result<(), OutOfRange> {
        self.shift(client, item)?;
        if let Some(on) = ends {
            self.begun = self.begun.checked_add(1).ok_or(OutOfRange)?;
            self.endings.insert((on, self.begun), (client, item));
        }
        Ok(())
    }

    /// What began in a year is more by `volume`.
    pub fn began(&mut self, year: i32, volume: Volume) -> Result<(), OutOfRange> {
        let sum = self.volume(year).plus(volume)?;
        self.volumes.insert(year, sum);
        Ok(())
    }

    /// What a client has rises, or falls where the amount is below zero.
    pub fn shift(&mut self, client: PartyId, item: Item) -> Result<(), OutOfRange> {
        let before = self.client(client);
        let after = before.plus(item.book()?)?;
        self.book = self.book.moved(&before, &after)?;
        if after == ClientBook::default() {
            self.clients.remove(&client);
        } else {
            self.clients.insert(client, after);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{client::ClientKind, exposure::Kind, liability::GuaranteeKind};

    fn loan(wan: i64) -> Item {
        Item {
            amount: Money::from_wan(wan),
            client_kind: ClientKind::SmallMicroEnterprise,
            kind: Kind::Financing(GuaranteeKind::Loan, false),
            credit_line: Money::from_wan(wan),
            operating_loan: true,
        }
    }

    fn party(number: u128) -> PartyId {
        PartyId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_contract_counts_from_its_first_day_and_until_the_day_before_it_ended() {
        let (mut history, client) = (History::default(), party(1));
        history.begin(client, loan(100), Some(Day::new(2020, 3, 1))).unwrap();
        history.begin(client, loan(30), None).unwrap();
        history.go_to(Day::new(2020, 2, 29)).unwrap();
        assert_eq!(
            (history.client(client).total, history.book().shares.total),
            (Money::from_wan(130), Money::from_wan(130))
        );
        history.go_to(Day::new(2020, 3, 1)).unwrap();
        assert_eq!((history.client(client).total, history.book().shares.clients), (Money::from_wan(30), 1));
    }

    #[test]
    fn a_client_whose_last_contract_ended_is_counted_no_longer_and_a_crossing_is_undone() {
        let mut history = History::default();
        history.begin(party(1), loan(300), None).unwrap();
        history.begin(party(1), loan(300), Some(Day::new(2020, 1, 2))).unwrap();
        history.begin(party(2), loan(10), Some(Day::new(2020, 1, 2))).unwrap();
        // 600万 of one client are no small tickets; with 300万 of them gone the rest is again.
        assert_eq!(history.book().shares.small_ticket, Money::from_wan(10));
        history.go_to(Day::new(2020, 1, 2)).unwrap();
        let shares = history.book().shares;
        assert_eq!((shares.small_ticket, shares.clients), (Money::from_wan(300), 1));
    }

    #[test]
    fn what_began_is_kept_year_by_year() {
        let mut history = History::default();
        let volume = |fee| Volume::of_sums(365, Money::from_fen(fee));
        history.began(2020, volume(5)).unwrap();
        history.began(2020, volume(7)).unwrap();
        assert_eq!((history.volume(2020).fee(), history.volume(2021)), (Money::from_fen(12), Volume::default()));
    }
}
