//! The shares of an institution's book: small-and-agri, of which small tickets, and clients.

use std::{collections::HashMap, hash::Hash};

use crate::{
    client::ClientKind,
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        guo_ban_fa_2019_6::{SHARE_SMALL_AGRI, SHARE_SMALL_TICKET, SMALL_TICKET},
        guo_fa_2015_43::{SHARE_CLIENTS, SHARE_CLIENTS_DUE},
    },
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// The sums the shares are formed from. Every amount is principal at the full guaranteed amount, outstanding and
/// committed, non-financing guarantees included (reading `non_financing_stands_in_the_denominator`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// All guarantees.
    pub total: Money,
    /// Of which with small-and-agri clients.
    pub small_agri: Money,
    /// Of which with clients whose whole total here is at most 500万.
    pub small_ticket: Money,
    /// Clients with a guarantee.
    pub clients: u64,
    /// Of which small-and-agri.
    pub small_agri_clients: u64,
}

/// What one client has at the institution before a contract is booked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientExposure {
    /// All its guarantees, outstanding and committed.
    pub total: Money,
    /// Of which small-and-agri.
    pub small_agri: Money,
}

/// A contract about to be booked, as far as the shares are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whether it counts as small-and-agri.
    pub small_agri: bool,
    /// Its guaranteed amount.
    pub amount: Money,
}

impl ClientExposure {
    /// The exposure with a contract added.
    pub fn with(self, candidate: Candidate) -> Result<Self, OutOfRange> {
        let small_agri = if candidate.small_agri { candidate.amount } else { Money::ZERO };
        Ok(Self { total: self.total.plus(candidate.amount)?, small_agri: self.small_agri.plus(small_agri)? })
    }

    /// What the client adds to the small-ticket sum: its whole small-and-agri sum, or nothing above 500万.
    pub fn small_ticket(self) -> Money {
        if self.total <= SMALL_TICKET { self.small_agri } else { Money::ZERO }
    }
}

impl Position {
    /// The position recounted from every contract: client, kind and amount. A client's kind is that of each contract.
    pub fn of<C: Eq + Hash>(contracts: impl IntoIterator<Item = (C, ClientKind, Money)>) -> Result<Self, OutOfRange> {
        let mut exposures: HashMap<C, ClientExposure> = HashMap::new();
        for (client, kind, amount) in contracts {
            let exposure = exposures.entry(client).or_default();
            *exposure = exposure.with(Candidate { small_agri: kind.is_small_agri(), amount })?;
        }
        exposures.into_values().try_fold(Self::default(), Self::with_client)
    }

    fn with_client(self, client: ClientExposure) -> Result<Self, OutOfRange> {
        Ok(Self {
            total: self.total.plus(client.total)?,
            small_agri: self.small_agri.plus(client.small_agri)?,
            small_ticket: self.small_ticket.plus(client.small_ticket())?,
            clients: self.clients.saturating_add(u64::from(!client.total.is_zero())),
            small_agri_clients: self.small_agri_clients.saturating_add(u64::from(!client.small_agri.is_zero())),
        })
    }

    /// The position after a contract of a client that has `before`. A client whose total crosses 500万 moves out of the
    /// small tickets as a whole.
    pub fn after(self, before: ClientExposure, candidate: Candidate) -> Result<Self, OutOfRange> {
        let after = before.with(candidate)?;
        let joined = |was: Money, is: Money| u64::from(was.is_zero() && !is.is_zero());
        Ok(Self {
            total: self.total.plus(candidate.amount)?,
            small_agri: self.small_agri.minus(before.small_agri)?.plus(after.small_agri)?,
            small_ticket: self.small_ticket.minus(before.small_ticket())?.plus(after.small_ticket())?,
            clients: self.clients.saturating_add(joined(before.total, after.total)),
            small_agri_clients: self.small_agri_clients.saturating_add(joined(before.small_agri, after.small_agri)),
        })
    }

    /// Small-and-agri over all; `None` of nothing.
    pub fn small_agri_share(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.small_agri, self.total)
    }

    /// Small tickets over small-and-agri (reading `of_which_means_of_the_small_agri_amount`); `None` of nothing.
    pub fn small_ticket_share(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.small_ticket, self.small_agri)
    }

    /// Small tickets over all: reported beside the share the law asks for; `None` of nothing.
    pub fn small_ticket_share_of_all(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.small_ticket, self.total)
    }

    /// Small-and-agri clients over clients; `None` of nobody.
    pub fn client_share(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::new(i128::from(self.small_agri_clients), i128::from(self.clients))
    }

    /// The three shares, exactly, in the order of their findings in `judge`.
    pub fn measured(self) -> Result<[Option<Ratio>; 3], OutOfRange> {
        Ok([self.small_agri_share()?, self.small_ticket_share()?, self.client_share()?])
    }
}

/// What a contract does to a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// It counts in the numerator: never refused by this rule.
    Numerator,
    /// It counts in the denominator alone, or takes a client out of the numerator: refused when the share after it is
    /// below the limit.
    Lowers,
    /// It counts in neither.
    Neither,
}

/// A booking as the share rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Booking {
    /// The client before it.
    pub before: ClientExposure,
    /// The contract.
    pub candidate: Candidate,
}

impl Booking {
    /// Whether it counts in the denominator of the small-and-agri share alone, so that it can be refused for it.
    pub fn lowers_small_agri(self) -> bool {
        self.on_small_agri() == Effect::Lowers
    }

    /// Whether it lowers the small-ticket share, so that it can be refused for it.
    pub fn lowers_small_ticket(self) -> Result<bool, OutOfRange> {
        Ok(self.on_small_ticket()? == Effect::Lowers)
    }

    fn on_small_agri(self) -> Effect {
        if self.candidate.small_agri { Effect::Numerator } else { Effect::Lowers }
    }

    fn on_small_ticket(self) -> Result<Effect, OutOfRange> {
        let after = self.before.with(self.candidate)?;
        let leaves = after.small_ticket() < self.before.small_ticket();
        Ok(match (self.candidate.small_agri, after.total <= SMALL_TICKET) {
            (true, true) => Effect::Numerator,
            (true, false) => Effect::Lowers,
            (false, _) if leaves => Effect::Lowers,
            (false, _) => Effect::Neither,
        })
    }
}

/// Judges the three shares of a position; with a booking, the position is the one after it.
pub fn judge(after: Position, booking: Option<Booking>, day: Day) -> Result<[Finding; 3], OutOfRange> {
    Ok([small_agri(after, booking, day)?, small_ticket(after, booking, day)?, clients(after, day)?])
}

fn outcome_of(met: bool, effect: Option<Effect>, broken: Outcome) -> Outcome {
    match (met, effect) {
        (true, _) => Outcome::Pass,
        (false, Some(Effect::Lowers)) => broken,
        (false, _) => Outcome::Advise,
    }
}

/// The most that may still be added to the denominator alone: part ÷ limit − whole, never below zero.
fn room(part: Money, whole_before: Money, limit: Rate) -> Result<Money, OutOfRange> {
    let unit = Rate::ONE.weight()?;
    let most = part.wide().checked_mul(unit).and_then(|exact| exact.checked_div(limit.weight().ok()?));
    let room = most.and_then(|most| most.checked_sub(whole_before.wide())).ok_or(OutOfRange)?;
    Money::from_wide(room.max(0))
}

fn nothing_yet(limit: Rate, what_zh: &str, what_en: &str) -> Judgement {
    let explanation = Text::new(
        format!("没有{what_zh}，无法形成占比。"),
        format!("There is no {what_en} yet: no share can be formed."),
    );
    let limit = Some(Figure::Rate(limit));
    Judgement { limit, ..Judgement::plain(Outcome::NotAssessed, explanation) }
}

fn small_agri(after: Position, booking: Option<Booking>, day: Day) -> Result<Finding, OutOfRange> {
    small_agri_of(after.small_agri_share()?, booking.map(|booking| (after, booking)), day)
}

/// Judges the small-and-agri share of a book of which nothing but the share is known, such as what is ceded to an upper layer: it is
/// reported, and refuses nothing.
pub fn reported_small_agri(share: Option<Ratio>, day: Day) -> Result<Finding, OutOfRange> {
    small_agri_of(share, None, day)
}

/// The same of the small tickets among it.
pub fn reported_small_ticket(share: Option<Ratio>, day: Day) -> Result<Finding, OutOfRange> {
    small_ticket_of(share, None, day)
}

fn small_agri_of(share: Option<Ratio>, booked: Option<(Position, Booking)>, day: Day) -> Result<Finding, OutOfRange> {
    SHARE_SMALL_AGRI.judge(day, |limit, broken| {
        let Some(share) = share else {
            return Ok(nothing_yet(*limit, "担保余额", "guarantee"));
        };
        let outcome = outcome_of(share.at_least(*limit)?, booked.map(|(_, booking)| booking.on_small_agri()), broken);
        let (shown, least) = (share.percent_beside(Ratio::from_rate(*limit))?, limit.percent());
        let explanation = match (outcome, booked) {
            (Outcome::Pass, _) => Text::new(
                format!("支小支农担保金额占比为{shown}，不低于{least}。"),
                format!("The small-and-agri share is {shown}, at or above {least}."),
            ),
            (Outcome::Refuse, Some((after, booking))) => {
                let before = after.total.minus(booking.candidate.amount)?;
                let room = room(after.small_agri, before, *limit)?.grouped();
                Text::new(
                    format!("办理后支小支农担保金额占比为{shown}，低于{least}，不得办理；目前非支小支农业务最多还可办理{room}元。"),
                    format!("After this contract the small-and-agri share would be {shown}, below {least}: it cannot be booked. At present at most {room} yuan may be booked for clients outside small-and-agri."),
                )
            }
            _ => Text::new(
                format!("支小支农担保金额占比为{shown}，低于{least}；支小支农业务仍可办理，有助于恢复达标。"),
                format!("The small-and-agri share is {shown}, below {least}. Small-and-agri contracts may still be booked and help to restore it."),
            ),
        };
        Ok(Judgement {
            outcome,
            measured: Figure::ratio(Some(share))?,
            limit: Some(Figure::Rate(*limit)),
            explanation,
        })
    })
}

fn small_ticket(after: Position, booking: Option<Booking>, day: Day) -> Result<Finding, OutOfRange> {
    small_ticket_of(after.small_ticket_share()?, booking, day)
}

fn small_ticket_of(share: Option<Ratio>, booking: Option<Booking>, day: Day) -> Result<Finding, OutOfRange> {
    SHARE_SMALL_TICKET.judge(day, |limit, broken| {
        let Some(share) = share else {
            return Ok(nothing_yet(*limit, "支小支农担保余额", "small-and-agri guarantee"));
        };
        let effect = booking.map(Booking::on_small_ticket).transpose()?;
        let outcome = outcome_of(share.at_least(*limit)?, effect, broken);
        let (shown, least) = (share.percent_beside(Ratio::from_rate(*limit))?, limit.percent());
        let explanation = match outcome {
            Outcome::Pass => Text::new(
                format!("支小支农担保金额中单户500万元及以下的占比为{shown}，不低于{least}。"),
                format!("Clients up to 5,000,000 yuan make up {shown} of the small-and-agri amount, at or above {least}."),
            ),
            Outcome::Refuse => Text::new(
                format!("办理后该客户在本机构的担保金额超过500万元，单户500万元及以下的占比为{shown}，低于{least}，不得办理；可减少金额使单户不超过500万元，或先增加小额业务。"),
                format!("After this contract the client's total is above 5,000,000 yuan and clients up to it make up {shown} of the small-and-agri amount, below {least}: it cannot be booked. Keep the client within 5,000,000 yuan, or book small tickets first."),
            ),
            _ => Text::new(
                format!("支小支农担保金额中单户500万元及以下的占比为{shown}，低于{least}；小额业务仍可办理，有助于恢复达标。"),
                format!("Clients up to 5,000,000 yuan make up {shown} of the small-and-agri amount, below {least}. Small tickets may still be booked and help to restore it."),
            ),
        };
        Ok(Judgement {
            outcome,
            measured: Figure::ratio(Some(share))?,
            limit: Some(Figure::Rate(*limit)),
            explanation,
        })
    })
}

/// Reading `client_share_is_measured_per_institution`: progress before 2020-08-07, shortfall from that day.
fn clients(after: Position, day: Day) -> Result<Finding, OutOfRange> {
    SHARE_CLIENTS.judge(day, |target, broken| {
        let Some(share) = after.client_share()? else {
            return Ok(nothing_yet(*target, "在保客户", "client in force"));
        };
        let (shown, least) = (share.percent_beside(Ratio::from_rate(*target))?, target.percent());
        let met = share.at_least(*target)?;
        let explanation = match (met, day < SHARE_CLIENTS_DUE) {
            (true, _) => Text::new(
                format!("支小支农在保户数占比为{shown}，达到{least}的行业目标。"),
                format!("Small-and-agri clients are {shown} of the clients in force: the sector's target of {least} is met."),
            ),
            (false, true) => Text::new(
                format!("支小支农在保户数占比为{shown}；行业目标为{SHARE_CLIENTS_DUE}前达到{least}，正在推进。"),
                format!("Small-and-agri clients are {shown} of the clients in force; the sector is to reach {least} by {SHARE_CLIENTS_DUE}."),
            ),
            (false, false) => Text::new(
                format!("支小支农在保户数占比为{shown}，未达到{least}的行业目标（期限{SHARE_CLIENTS_DUE}）。"),
                format!("Small-and-agri clients are {shown} of the clients in force, short of the sector's target of {least}, which was due on {SHARE_CLIENTS_DUE}."),
            ),
        };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(share))?,
            limit: Some(Figure::Rate(*target)),
            explanation,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Day = Day::new(2024, 6, 1);

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn large(amount: &str) -> Booking {
        let candidate = Candidate { small_agri: false, amount: yuan(amount) };
        Booking { before: ClientExposure::default(), candidate }
    }

    fn outcomes(position: Position, booking: Booking, day: Day) -> [Outcome; 3] {
        let after = position.after(booking.before, booking.candidate).unwrap();
        judge(after, Some(booking), day).unwrap().map(|finding| finding.outcome)
    }

    /// Small-and-agri clients of at most 500万 each, and large ones.
    fn book(small_agri: &str, total: &str) -> Position {
        Position {
            total: yuan(total),
            small_agri: yuan(small_agri),
            small_ticket: yuan(small_agri),
            clients: 10,
            small_agri_clients: 9,
        }
    }

    #[test]
    fn a_share_that_is_reported_refuses_nothing() {
        let reported = |part: i128| reported_small_agri(Ratio::new(part, 10_000).unwrap(), DAY).unwrap();
        assert_eq!(reported(8_000).outcome, Outcome::Pass);
        let below = reported(7_999);
        assert_eq!((below.outcome, below.rule), (Outcome::Advise, "share.small_agri"));
        assert!(below.explanation.zh.contains("79.99%"), "{}", below.explanation.zh);
        assert_eq!(reported_small_agri(None, DAY).unwrap().outcome, Outcome::NotAssessed);
        let tickets = |part: i128| reported_small_ticket(Ratio::new(part, 10_000).unwrap(), DAY).unwrap().outcome;
        assert_eq!((tickets(5_000), tickets(4_999)), (Outcome::Pass, Outcome::Advise));
    }

    #[test]
    fn a_large_client_may_take_the_room_to_the_fen_and_no_fen_more() {
        // 80万 of 100万: 80 ÷ 100.0001 < 0.80.
        assert_eq!(outcomes(book("800000.00", "1000000.00"), large("1.00"), DAY)[0], Outcome::Refuse);
        // 80.01万 ÷ 0.8 = 100.0125万: room for 125.00.
        let position = book("800100.00", "1000000.00");
        assert_eq!(outcomes(position, large("124.99"), DAY)[0], Outcome::Pass);
        assert_eq!(outcomes(position, large("125.00"), DAY)[0], Outcome::Pass);
        assert_eq!(outcomes(position, large("125.01"), DAY)[0], Outcome::Refuse);
    }

    #[test]
    fn a_refusal_names_the_room_that_is_left() {
        let position = book("800100.00", "1000000.00");
        let booking = large("125.01");
        let after = position.after(booking.before, booking.candidate).unwrap();
        let finding = &judge(after, Some(booking), DAY).unwrap()[0];
        assert!(finding.explanation.zh.contains("最多还可办理125.00元"), "{}", finding.explanation.zh);
        assert!(finding.explanation.en.contains("at most 125.00 yuan"), "{}", finding.explanation.en);
    }

    #[test]
    fn each_outcome_has_its_own_sentence() {
        let said = |position: Position, booking: Option<Booking>, index: usize| {
            judge(position, booking, DAY).unwrap().map(|finding| finding.explanation.zh)[index].clone()
        };
        let good = book("90.00", "100.00");
        assert!(said(good, None, 0).contains("不低于80%") && said(good, None, 1).contains("不低于50%"));
        let short = Position { small_agri: yuan("70.00"), small_ticket: yuan("20.00"), ..good };
        assert!(said(short, None, 0).contains("仍可办理") && said(short, None, 1).contains("仍可办理"));
        assert!(said(short, Some(large("1.00")), 0).contains("不得办理"));
        let over = Booking {
            before: ClientExposure { total: yuan("5000000.00"), small_agri: yuan("5000000.00") },
            candidate: Candidate { small_agri: true, amount: yuan("1.00") },
        };
        assert!(said(short, Some(over), 1).contains("不得办理"));
    }

    #[test]
    fn a_contract_in_the_numerator_is_never_refused_even_below_the_limit() {
        let booking = Booking {
            before: ClientExposure::default(),
            candidate: Candidate { small_agri: true, amount: yuan("1.00") },
        };
        assert_eq!(outcomes(book("100.00", "1000000.00"), booking, DAY)[0], Outcome::Advise);
    }

    #[test]
    fn non_financing_stands_in_the_denominator() {
        // A bid guarantee of 30 for a large client beside 80 small-and-agri: total 110, 72.7 %.
        let position =
            Position::of([("a", ClientKind::Farmer, yuan("80.00")), ("b", ClientKind::Large, yuan("30.00"))]);
        assert_eq!(position.unwrap().total, yuan("110.00"));
    }

    #[test]
    fn of_which_means_of_the_small_agri_amount() {
        // 60 small-and-agri, of which 30 small tickets, in 100: 50 % of small-and-agri, 30 % of all.
        let position = Position {
            total: yuan("100.00"),
            small_agri: yuan("60.00"),
            small_ticket: yuan("30.00"),
            clients: 1,
            small_agri_clients: 1,
        };
        assert_eq!(position.small_ticket_share().unwrap().unwrap().percent().unwrap(), "50%");
        assert_eq!(position.small_ticket_share_of_all().unwrap().unwrap().percent().unwrap(), "30%");
        assert_eq!(judge(position, None, DAY).unwrap()[1].outcome, Outcome::Pass);
    }

    #[test]
    fn a_client_that_crosses_500_wan_leaves_the_small_tickets_as_a_whole() {
        let before = ClientExposure { total: yuan("4999999.99"), small_agri: yuan("4999999.99") };
        let position = Position {
            total: before.total,
            small_agri: before.small_agri,
            small_ticket: before.small_agri,
            clients: 1,
            small_agri_clients: 1,
        };
        let one_fen = Candidate { small_agri: true, amount: Money::from_fen(1) };
        let at = position.after(before, one_fen).unwrap();
        assert_eq!(at.small_ticket, yuan("5000000.00"));
        let over = Candidate { small_agri: true, amount: Money::from_fen(2) };
        assert_eq!(position.after(before, over).unwrap().small_ticket, Money::ZERO);
        assert_eq!(outcomes(position, Booking { before, candidate: one_fen }, DAY)[1], Outcome::Pass);
        assert_eq!(outcomes(position, Booking { before, candidate: over }, DAY)[1], Outcome::Refuse);
    }

    #[test]
    fn a_large_client_is_not_touched_by_the_small_ticket_share() {
        // Small-and-agri 900 of 1000, of which 100 small tickets: 11.1 %, below 50 %; a large client is advised, not refused.
        let position = Position {
            total: yuan("1000.00"),
            small_agri: yuan("900.00"),
            small_ticket: yuan("100.00"),
            clients: 2,
            small_agri_clients: 2,
        };
        assert_eq!(outcomes(position, large("1.00"), DAY), [Outcome::Pass, Outcome::Advise, Outcome::Pass]);
    }

    #[test]
    fn a_contract_outside_small_agri_that_takes_its_client_out_of_the_small_tickets_is_judged_by_the_state_after() {
        let before = ClientExposure { total: yuan("4000000.00"), small_agri: yuan("4000000.00") };
        let position = Position {
            total: yuan("90000000.00"),
            small_agri: yuan("90000000.00"),
            small_ticket: yuan("45000000.00"),
            clients: 30,
            small_agri_clients: 30,
        };
        let candidate = Candidate { small_agri: false, amount: yuan("2000000.00") };
        assert_eq!(outcomes(position, Booking { before, candidate }, DAY)[1], Outcome::Refuse);
    }

    #[test]
    fn client_share_is_measured_per_institution() {
        let position = Position {
            total: yuan("10.00"),
            small_agri: yuan("10.00"),
            small_ticket: yuan("10.00"),
            clients: 5,
            small_agri_clients: 3,
        };
        assert_eq!(judge(position, None, DAY).unwrap()[2].outcome, Outcome::Pass);
        let short = Position { small_agri_clients: 2, ..position };
        for (day, word) in
            [(Day::new(2020, 8, 6), "正在推进"), (Day::new(2020, 8, 7), "未达到"), (Day::new(2020, 8, 8), "未达到")]
        {
            let finding = &judge(short, None, day).unwrap()[2];
            assert_eq!(finding.outcome, Outcome::Advise);
            assert!(finding.explanation.zh.contains(word), "{day}: {}", finding.explanation.zh);
        }
    }

    #[test]
    fn nothing_booked_forms_no_share() {
        let findings = judge(Position::default(), None, DAY).unwrap();
        assert!(findings.iter().all(|finding| finding.outcome == Outcome::NotAssessed && finding.measured.is_none()));
    }

    #[test]
    fn the_shares_bind_from_22_january_2019() {
        for (day, outcome) in [
            (Day::new(2019, 1, 21), Outcome::NotApplicable),
            (Day::new(2019, 1, 22), Outcome::Refuse),
            (Day::new(2025, 3, 1), Outcome::Refuse),
        ] {
            assert_eq!(outcomes(book("80.00", "100.00"), large("1.00"), day)[0], outcome, "{day}");
        }
    }

    fn contracts() -> impl Strategy<Value = Vec<(u8, bool, i64)>> {
        prop::collection::vec((0_u8..6, any::<bool>(), 1_i64..400_000_000), 0..30)
    }

    proptest! {
        #[test]
        fn booking_one_by_one_gives_the_position_of_a_recount(contracts in contracts()) {
            let mut position = Position::default();
            let mut exposures: HashMap<u8, ClientExposure> = HashMap::new();
            for (client, small_agri, fen) in &contracts {
                let candidate = Candidate { small_agri: *small_agri, amount: Money::from_fen(*fen) };
                let before = exposures.entry(*client).or_default();
                position = position.after(*before, candidate).unwrap();
                *before = before.with(candidate).unwrap();
            }
            let recount = Position::of(contracts.iter().map(|(client, small_agri, fen)| {
                let kind = if *small_agri { ClientKind::Farmer } else { ClientKind::Large };
                (*client, kind, Money::from_fen(*fen))
            }));
            prop_assert_eq!(position, recount.unwrap());
        }

        #[test]
        fn a_book_that_only_takes_what_is_not_refused_stays_at_eighty_per_cent_once_it_was(contracts in contracts()) {
            let mut position = book("1000000000.00", "1000000000.00");
            for (_, small_agri, fen) in contracts {
                let candidate = Candidate { small_agri, amount: Money::from_fen(fen) };
                let booking = Booking { before: ClientExposure::default(), candidate };
                let after = position.after(booking.before, candidate).unwrap();
                if judge(after, Some(booking), DAY).unwrap()[0].outcome != Outcome::Refuse {
                    position = after;
                }
                prop_assert!(position.small_agri.wide() * 100 >= position.total.wide() * 80);
            }
        }
    }
}
