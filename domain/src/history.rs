//! An earlier book told again: what every client, place, branch of trade, agreement and quota had on each day, as its contracts began and
//! ended.
//!
//! Days only go forward. What is judged of a contract is judged by the book of its own first day.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    exposure::{Book, ClientBook, Item},
    portfolio::{Segment, SegmentKind, significant},
    value::{AgreementId, Day, InstitutionId, Money, OutOfRange, PartyId},
    volume::Volume,
};

/// A code of a region or an industry, in no more room than the longest takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code([u8; 6]);

impl Code {
    /// A code of one to six ASCII characters; none of any other.
    pub fn new(code: &str) -> Option<Self> {
        let mut room = [0; 6];
        let place = room.get_mut(..code.len()).filter(|place| !place.is_empty() && code.is_ascii())?;
        place.copy_from_slice(code.as_bytes());
        Some(Self(room))
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }
}

/// A contract, as far as it counts.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// In whose book.
    pub client: PartyId,
    /// What of it counts.
    pub item: Item,
    /// The client's region.
    pub region: Option<Code>,
    /// Its industry, where it is known.
    pub industry: Option<Code>,
    /// The agreement, whose cap it uses while it is outstanding.
    pub agreement: Option<AgreementId>,
}

impl Entry {
    const fn with_amount(self, amount: Money) -> Self {
        Self { item: self.item.with_amount(amount), ..self }
    }

    fn segments(&self) -> impl Iterator<Item = (Kind, Code)> {
        let region = self.region.map(|code| (Kind::Region, code));
        region.into_iter().chain(self.industry.map(|code| (Kind::Industry, code)))
    }
}

/// The kinds of segments, in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Region,
    Industry,
}

impl From<SegmentKind> for Kind {
    fn from(kind: SegmentKind) -> Self {
        match kind {
            SegmentKind::Region => Self::Region,
            SegmentKind::Industry => Self::Industry,
        }
    }
}

/// The book as it was on the day it was brought to.
#[derive(Debug, Default)]
pub struct History {
    clients: BTreeMap<PartyId, ClientBook>,
    /// What each client has, the largest last.
    totals: BTreeSet<(Money, PartyId)>,
    book: Book,
    volumes: BTreeMap<i32, Volume>,
    segments: BTreeMap<(Kind, Code), Money>,
    /// The section of each division of GB/T 4754.
    sections: BTreeMap<String, String>,
    caps: BTreeMap<AgreementId, Money>,
    quotas: BTreeMap<(InstitutionId, i32), Money>,
    /// What will have ended, by the day and then in the order of the beginnings.
    endings: BTreeMap<(Day, u64), Entry>,
    begun: u64,
}

impl History {
    /// The beginning, with the sections of the divisions of GB/T 4754.
    pub fn new(sections: BTreeMap<String, String>) -> Self {
        Self { sections, ..Self::default() }
    }

    /// Goes on to `day`: what ended up to it, the day included, counts no longer.
    pub fn go_to(&mut self, day: Day) -> Result<(), OutOfRange> {
        while let Some(ending) = self.endings.first_entry().filter(|ending| ending.key().0 <= day) {
            let entry = ending.remove();
            self.shift(entry.with_amount(Money::ZERO.minus(entry.item.amount)?))?;
        }
        Ok(())
    }

    /// What a client has; nothing of one that is not known.
    pub fn client(&self, client: PartyId) -> ClientBook {
        self.clients.get(&client).copied().unwrap_or_default()
    }

    /// The totals of the ten largest clients but this one.
    pub fn largest_others(&self, client: PartyId) -> Vec<Money> {
        let others = self.totals.iter().rev().filter(|(_, of)| *of != client);
        others.take(10).map(|(total, _)| *total).collect()
    }

    /// What the institution has.
    pub const fn book(&self) -> Book {
        self.book
    }

    /// What has begun in a year so far, of which the fee is known.
    pub fn volume(&self, year: i32) -> Volume {
        self.volumes.get(&year).copied().unwrap_or_default()
    }

    /// What is outstanding in a region or an industry, and whether `own` lies in it: the one that `key` names, else the city or the section
    /// that `own` belongs to.
    pub fn segment(&self, kind: SegmentKind, key: Option<&str>, own: Code) -> Result<(Money, bool), OutOfRange> {
        let of = |code: Code| {
            let section = (kind == SegmentKind::Industry).then(|| code.as_str().get(..2)).flatten();
            let section = section.and_then(|division| self.sections.get(division)).cloned();
            Segment { kind, code: code.as_str().to_owned(), section, outstanding: Money::ZERO }
        };
        let own = of(own);
        let class = match (kind, key) {
            (_, None) => own.class(),
            (SegmentKind::Region, Some(key)) => significant(key),
            (SegmentKind::Industry, Some(key)) => key,
        };
        let mut sum = Money::ZERO;
        let of_kind = self.segments.iter().filter(|((of, _), _)| *of == Kind::from(kind));
        for (_, amount) in of_kind.filter(|((_, code), _)| of(*code).lies_in(class)) {
            sum = sum.plus(*amount)?;
        }
        Ok((sum, own.lies_in(class)))
    }

    /// What is outstanding under an agreement.
    pub fn under(&self, agreement: AgreementId) -> Money {
        self.caps.get(&agreement).copied().unwrap_or_default()
    }

    /// What is used of an upper layer's quota of a year.
    pub fn quota(&self, upper: InstitutionId, year: i32) -> Money {
        self.quotas.get(&(upper, year)).copied().unwrap_or_default()
    }

    /// What is used of an upper layer's quota of a year is more by `amount`.
    pub fn use_quota(&mut self, upper: InstitutionId, year: i32, amount: Money) -> Result<(), OutOfRange> {
        let used = self.quotas.entry((upper, year)).or_default();
        *used = used.plus(amount)?;
        Ok(())
    }

    /// A contract begins, and ends on `ends`, if it has ended.
    pub fn begin(&mut self, entry: Entry, ends: Option<Day>) -> Result<(), OutOfRange> {
        self.shift(entry)?;
        if let Some(on) = ends {
            self.begun = self.begun.checked_add(1).ok_or(OutOfRange)?;
            self.endings.insert((on, self.begun), entry);
        }
        Ok(())
    }

    /// What began in a year is more by `volume`.
    pub fn began(&mut self, year: i32, volume: Volume) -> Result<(), OutOfRange> {
        let sum = self.volume(year).plus(volume)?;
        self.volumes.insert(year, sum);
        Ok(())
    }

    /// What is outstanding rises, or falls where the amount is below zero.
    pub fn shift(&mut self, entry: Entry) -> Result<(), OutOfRange> {
        let (client, amount) = (entry.client, entry.item.amount);
        let before = self.client(client);
        let after = before.plus(entry.item.book()?)?;
        self.book = self.book.moved(&before, &after)?;
        self.totals.remove(&(before.total, client));
        if after == ClientBook::default() {
            self.clients.remove(&client);
        } else {
            self.totals.insert((after.total, client));
            self.clients.insert(client, after);
        }
        for segment in entry.segments() {
            let sum = self.segments.entry(segment).or_default();
            *sum = sum.plus(amount)?;
        }
        if let Some(agreement) = entry.agreement {
            let sum = self.caps.entry(agreement).or_default();
            *sum = sum.plus(amount)?;
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

    fn with(client: PartyId, item: Item) -> Entry {
        Entry { client, item, region: Code::new("330106"), industry: Code::new("1310"), agreement: None }
    }

    #[test]
    fn a_contract_counts_from_its_first_day_and_until_the_day_before_it_ended() {
        let (mut history, client) = (History::default(), party(1));
        history.begin(with(client, loan(100)), Some(Day::new(2020, 3, 1))).unwrap();
        history.begin(with(client, loan(30)), None).unwrap();
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
        history.begin(with(party(1), loan(300)), None).unwrap();
        history.begin(with(party(1), loan(300)), Some(Day::new(2020, 1, 2))).unwrap();
        history.begin(with(party(2), loan(10)), Some(Day::new(2020, 1, 2))).unwrap();
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

    #[test]
    fn a_place_or_a_branch_of_trade_has_what_is_outstanding_in_it_on_the_day() {
        let sections = [("13", "C"), ("51", "F")].map(|(division, section)| (division.to_owned(), section.to_owned()));
        let mut history = History::new(sections.into());
        let at = |region: &str, industry: Option<&str>, wan: i64| Entry {
            region: Code::new(region),
            industry: industry.and_then(Code::new),
            ..with(party(wan.unsigned_abs().into()), loan(wan))
        };
        history.begin(at("330106", Some("1310"), 100), None).unwrap();
        history.begin(at("330108", Some("51"), 30), Some(Day::new(2020, 3, 1))).unwrap();
        history.begin(at("330200", Some("C"), 7), None).unwrap();
        history.begin(at("510100", None, 2), None).unwrap();
        let region =
            |history: &History, key, own| history.segment(SegmentKind::Region, key, Code::new(own).unwrap()).unwrap();
        let industry = |key, own| history.segment(SegmentKind::Industry, key, Code::new(own).unwrap()).unwrap();
        // Without a key the city: 3301. With one of a province, all that begins with 33.
        assert_eq!(region(&history, None, "330100"), (Money::from_wan(130), true));
        assert_eq!(region(&history, Some("330000"), "510100"), (Money::from_wan(137), false));
        // Of section C are division 13 and what names no division; a code's own section is meant without a key.
        assert_eq!(industry(None, "1310"), (Money::from_wan(107), true));
        assert_eq!(industry(Some("51"), "1310"), (Money::from_wan(30), false));
        history.go_to(Day::new(2020, 3, 1)).unwrap();
        assert_eq!(region(&history, None, "330108"), (Money::from_wan(100), true));
    }

    #[test]
    fn the_ten_largest_others_an_agreements_use_and_a_quotas_use_are_told_too() {
        let (mut history, upper) = (History::default(), InstitutionId::from_uuid(uuid::Uuid::from_u128(9)));
        let agreement = AgreementId::from_uuid(uuid::Uuid::from_u128(8));
        for wan in 1..=12 {
            let entry = Entry { agreement: Some(agreement), ..with(party(wan), loan(i64::try_from(wan).unwrap())) };
            history.begin(entry, (wan == 11).then(|| Day::new(2020, 3, 1))).unwrap();
            history.use_quota(upper, 2020, entry.item.amount).unwrap();
        }
        let others = history.largest_others(party(12));
        assert_eq!(others, (2..=11).rev().map(Money::from_wan).collect::<Vec<_>>());
        assert_eq!((history.under(agreement), history.quota(upper, 2020)), (Money::from_wan(78), Money::from_wan(78)));
        // What has ended is no longer outstanding; the year's quota stays used.
        history.go_to(Day::new(2020, 3, 1)).unwrap();
        assert_eq!(history.largest_others(party(12)).first(), Some(&Money::from_wan(10)));
        assert_eq!((history.under(agreement), history.quota(upper, 2020)), (Money::from_wan(67), Money::from_wan(78)));
        assert_eq!(history.quota(upper, 2021), Money::ZERO);
    }
}
