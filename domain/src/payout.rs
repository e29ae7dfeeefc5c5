//! A payout and its recoveries, settled over the shares of the risk: 先代偿、后分险 (国办发〔2019〕6号 （十三）).

use crate::{
    risk::{Parts, Role, Shares, part},
    value::{Money, OutOfRange, Rate, Ratio},
};

/// What each party bears of a loss, and gets back of its recoveries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Each party's part of the loss.
    pub loss: Parts,
    /// What the institution pays the bank at once: the loss less the bank's part.
    pub institution_pays_bank: Money,
    /// Each recovery, split alone by the same shares.
    pub recovered: Vec<Parts>,
    /// Each party's part of the loss less its parts of the recoveries.
    pub net: Parts,
}

/// Why a payout cannot be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettlementError {
    /// The shares do not add up to one.
    #[error("the shares do not add up to one")]
    NotWhole,
    /// The recoveries exceed the loss.
    #[error("the recoveries exceed the loss")]
    RecoveriesAboveLoss,
    /// A figure left the range.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// Settles a loss and its recoveries: one split of the loss, each recovery split alone by the same shares.
pub fn settle(loss: Money, recoveries: &[Money], shares: &Shares) -> Result<Settlement, SettlementError> {
    if shares.sum()? != Rate::ONE {
        return Err(SettlementError::NotWhole);
    }
    if Money::total(recoveries.iter().copied())? > loss {
        return Err(SettlementError::RecoveriesAboveLoss);
    }
    let parts = shares.split(loss)?;
    let recovered: Vec<Parts> = recoveries.iter().map(|amount| shares.split(*amount)).collect::<Result<_, _>>()?;
    let mut net = parts.clone();
    for recovery in &recovered {
        for ((_, rest), (_, back)) in net.iter_mut().zip(recovery) {
            *rest = rest.minus(*back)?;
        }
    }
    let institution_pays_bank = loss.minus(part(&parts, Role::Bank))?;
    Ok(Settlement { loss: parts, institution_pays_bank, recovered, net })
}

/// How a payout rate is formed: the figure always carries the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayoutRateDefinition {
    /// (a): payouts ÷ guarantees released in the period.
    /// Reading `release_by_payout_is_a_release`: release by payout is included.
    Institution,
    /// (b): cumulative payouts of principal and regular interest ÷ (cumulative annualised released principal × 80 %).
    Batch,
}

impl PayoutRateDefinition {
    /// The stable id shown beside every figure.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Batch => "batch",
        }
    }

    /// The payout rate; `None` over a zero denominator. `released` is the released amount of (a), or the annualised
    /// released loan principal of (b).
    pub fn rate(self, payouts: Money, released: Money) -> Result<Option<Ratio>, OutOfRange> {
        let (numerator, denominator) = self.terms(payouts, released)?;
        Ratio::new(numerator, denominator)
    }

    fn terms(self, payouts: Money, released: Money) -> Result<(i128, i128), OutOfRange> {
        let (above, below) = match self {
            Self::Institution => (1, 1),
            Self::Batch => (10, 8),
        };
        let numerator = payouts.wide().checked_mul(above).ok_or(OutOfRange)?;
        let denominator = released.wide().checked_mul(below).ok_or(OutOfRange)?;
        Ok((numerator, denominator))
    }
}

/// How much of a payout the re-guarantors still share in under a product's payout-rate cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// max(0, floor(cap × denominator) − earlier payouts).
    pub allowance: Money,
    /// min(payout, allowance): dues arise on this.
    pub shared: Money,
    /// What stays with the institution.
    pub excess: Money,
}

/// Applies a payout-rate cap: `denominator` is that of the product's definition as known on the day, `earlier` the
/// guarantee payouts before this one. Later releases reopen nothing.
pub fn allowance(cap: Rate, denominator: Money, earlier: Money, payout: Money) -> Result<Allowance, OutOfRange> {
    let most = cap.at_most(denominator)?;
    let allowance = most.minus(earlier)?.max(Money::ZERO);
    let shared = payout.min(allowance);
    Ok(Allowance { allowance, shared, excess: payout.minus(shared)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn shares() -> Shares {
        Shares::new([
            (Role::Bank, Rate::new(dec!(0.2))),
            (Role::Institution, Rate::new(dec!(0.4))),
            (Role::Provincial, Rate::new(dec!(0.2))),
            (Role::National, Rate::new(dec!(0.2))),
        ])
        .unwrap()
    }

    fn amounts(parts: &Parts) -> Vec<String> {
        parts.iter().map(|(_, amount)| amount.to_string()).collect()
    }

    #[test]
    fn the_institution_pays_first_and_the_others_owe_their_parts() {
        // 60万 lost of 100万 at 2/4/2/2: the bank keeps 12万, the institution pays 48万 and is owed 12万 twice.
        let settled = settle(yuan("600000.00"), &[yuan("100000.00")], &shares()).unwrap();
        assert_eq!(settled.institution_pays_bank, yuan("480000.00"));
        assert_eq!(amounts(&settled.loss), ["120000.00", "240000.00", "120000.00", "120000.00"]);
        assert_eq!(amounts(&settled.recovered[0]), ["20000.00", "40000.00", "20000.00", "20000.00"]);
        assert_eq!(amounts(&settled.net), ["100000.00", "200000.00", "100000.00", "100000.00"]);
    }

    #[test]
    fn two_fen_left_go_to_the_institution_and_then_to_the_bank() {
        // 95,496.57: exact fen 1909931.4, 3819862.8, 1909931.4, 1909931.4.
        let settled = settle(yuan("95496.57"), &[], &shares()).unwrap();
        assert_eq!(amounts(&settled.loss), ["19099.32", "38198.63", "19099.31", "19099.31"]);
        assert_eq!(settled.institution_pays_bank, yuan("76397.25"));
    }

    #[test]
    fn recoveries_may_reach_the_loss_and_not_pass_it() {
        let settled = |recovery: &str| settle(yuan("100.00"), &[yuan("50.00"), yuan(recovery)], &shares());
        assert!(settled("49.99").is_ok());
        assert!(settled("50.00").is_ok());
        assert_eq!(settled("50.01"), Err(SettlementError::RecoveriesAboveLoss));
    }

    #[test]
    fn shares_that_are_not_the_whole_settle_nothing() {
        let short = Shares::new([(Role::Bank, Rate::new(dec!(0.9)))]).unwrap();
        assert_eq!(settle(yuan("1.00"), &[], &short), Err(SettlementError::NotWhole));
    }

    #[test]
    fn release_by_payout_is_a_release() {
        // 40万 paid out; 960万 released by repayment and 40万 by payout: 4 %.
        let rate = PayoutRateDefinition::Institution.rate(yuan("400000.00"), yuan("10000000.00")).unwrap().unwrap();
        assert_eq!(rate.percent().unwrap(), "4%");
        assert!(PayoutRateDefinition::Institution.rate(yuan("1.00"), Money::ZERO).unwrap().is_none());
    }

    #[test]
    fn a_payout_rate_carries_the_id_of_its_definition() {
        assert_eq!(PayoutRateDefinition::Institution.id(), "institution");
        assert_eq!(PayoutRateDefinition::Batch.id(), "batch");
    }

    #[test]
    fn the_batch_rate_is_over_eighty_per_cent_of_the_annualised_released_principal() {
        // 24万 ÷ (1000万 × 80 %) = 3 %.
        let rate = PayoutRateDefinition::Batch.rate(yuan("240000.00"), yuan("10000000.00")).unwrap().unwrap();
        assert_eq!(rate.percent().unwrap(), "3%");
    }

    #[test]
    fn beyond_the_cap_the_institution_stays_alone() {
        let cap = Rate::new(dec!(0.04));
        // 4 % of 1000万 is 40万; 35万 were paid out before: 5万 are shared.
        let found = allowance(cap, yuan("10000000.00"), yuan("350000.00"), yuan("80000.00")).unwrap();
        assert_eq!(
            (found.allowance, found.shared, found.excess),
            (yuan("50000.00"), yuan("50000.00"), yuan("30000.00"))
        );
        // Nothing is left, and never less than nothing.
        let found = allowance(cap, yuan("10000000.00"), yuan("400000.01"), yuan("1.00")).unwrap();
        assert_eq!((found.allowance, found.shared, found.excess), (Money::ZERO, Money::ZERO, yuan("1.00")));
        // The allowance rounds down: 4 % of 0.99 is 3.96 fen.
        assert_eq!(allowance(cap, yuan("0.99"), Money::ZERO, yuan("1.00")).unwrap().allowance.fen(), 3);
    }

    proptest! {
        #[test]
        fn what_is_paid_recovered_and_borne_adds_up(loss in 0_i64..1_000_000_000_000, parts in prop::collection::vec(0_i64..1_000_000_000, 0..12)) {
            let recoveries: Vec<Money> = parts.into_iter().map(Money::from_fen).collect();
            let back = Money::total(recoveries.iter().copied()).unwrap();
            prop_assume!(back.fen() <= loss);
            let settled = settle(Money::from_fen(loss), &recoveries, &shares()).unwrap();
            let total = |parts: &Parts| Money::total(parts.iter().map(|(_, amount)| *amount)).unwrap().fen();
            prop_assert_eq!(total(&settled.loss), loss);
            prop_assert_eq!(total(&settled.net), loss - back.fen());
            prop_assert_eq!(settled.institution_pays_bank.fen() + part(&settled.loss, Role::Bank).fen(), loss);
        }
    }
}
