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
mod tests;
