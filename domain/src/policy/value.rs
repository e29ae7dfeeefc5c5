//! The shapes a rule's value can have, besides a plain rate or amount.

use serde::Serialize;

use crate::value::{Money, Rate};

/// A cap that depends on the client's total at the institution.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ClientTotalCap {
    /// A client's total up to and including this is a small ticket (单户担保金额500万元及以下).
    pub small_ticket: Money,
    /// The cap for clients up to the small ticket, per year.
    pub up_to: Rate,
    /// The cap for clients above it, per year.
    pub above: Rate,
}

impl ClientTotalCap {
    /// The cap that goes with a client's total.
    pub fn for_total(&self, client_total: Money) -> Rate {
        if client_total <= self.small_ticket { self.up_to } else { self.above }
    }
}

/// A share that must be reached, and of that amount a second one (其中).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ShareOfWhich {
    /// The share of all.
    pub share: Rate,
    /// The share of the amount that counts in the first.
    pub of_which: Rate,
}

/// Who counts as mainly serving the small: both shares must be reached.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MainlySmall {
    /// Share of the balance.
    pub balance_share: Rate,
    /// Share of the clients.
    pub client_share: Rate,
}

/// The most the liability balance may be, in multiples of net assets.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct LeverageCap {
    /// For every financing guarantee company.
    pub general: Rate,
    /// For those that mainly serve small and micro enterprises and agriculture.
    pub mainly_small: Rate,
}

/// The figure must not be below another party's.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NotBelow(
    /// Whose figure is the measure: `national`, `provincial`.
    pub &'static str,
);

/// The figure must not be above another party's.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NotAbove(
    /// Whose figure is the measure: `provincial`.
    pub &'static str,
);

/// Something that must not be there.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Prohibited(
    /// What it is, as a stable word.
    pub &'static str,
);

/// Something that must be there, or a method, as a stable word.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Required(
    /// What it is, as a stable word.
    pub &'static str,
);

/// What a start-up guarantee loan (创业担保贷款) may amount to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StartupCap {
    /// For a person.
    pub person: Money,
    /// For a small or micro enterprise; `None` before enterprises were admitted.
    pub enterprise: Option<StartupEnterpriseCap>,
}

/// What a small or micro enterprise needs for a start-up guarantee loan.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StartupEnterpriseCap {
    /// The most the loan may amount to.
    pub amount: Money,
    /// Qualifying hires of the year over staff, at least.
    pub hires_to_staff: Rate,
    /// Above this number of staff the lower share below is enough.
    pub many_staff: u32,
    /// Qualifying hires of the year over staff, at least, with many staff.
    pub hires_to_many_staff: Rate,
}

/// The weights of the liability balance.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Weights {
    /// Loans to small-micro clients up to the amount below.
    pub small_loan: Rate,
    /// A small-micro client's loan balance up to and including this is small.
    pub small_loan_up_to: Money,
    /// Loans to farmers up to the amount below.
    pub farmer_loan: Rate,
    /// A farmer's loan balance up to and including this is small.
    pub farmer_loan_up_to: Money,
    /// Every other loan.
    pub other_loan: Rate,
    /// Bonds of issuers rated AA or better.
    pub rated_bond: Rate,
    /// Every other bond.
    pub other_bond: Rate,
    /// Housing guarantees.
    pub housing: Rate,
    /// Every other financing guarantee.
    pub other: Rate,
}

/// One value for each of the three regions of the fee-reduction award.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ByRegion<T> {
    /// 东部.
    pub east: T,
    /// 中部.
    pub central: T,
    /// 西部.
    pub west: T,
}

/// The four fixed rewards of the fee-reduction award.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AwardTiers {
    /// 第一档: amount above the median, fee rate at or below the national average.
    pub first: Money,
    /// 第二档: amount above the median, fee rate above the average.
    pub second: Money,
    /// 第三档: amount not above the median, fee rate at or below the average.
    pub third: Money,
    /// 第四档: amount not above the median, fee rate above the average.
    pub fourth: Money,
}
