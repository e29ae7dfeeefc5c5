//! Which guarantee fees are exempt from value-added tax (财税〔2017〕90号 六 and what carries it on).

use crate::{
    client::ClientKind,
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::cai_shui_2017_90::TAX_VAT_EXEMPT,
    value::{Day, Money, OutOfRange},
};

/// One fee: of a guarantee, or of a re-guarantee with the kinds of all its underlying guarantees.
#[derive(Clone, Debug)]
pub struct Item {
    /// The client, as of the day the guarantee takes effect.
    pub client_kind: ClientKind,
    /// The fee.
    pub fee: Money,
    /// For a re-guarantee the clients of the underlying guarantees.
    pub underlying: Option<Vec<ClientKind>>,
}

impl Item {
    fn all(&self, counts: impl Fn(ClientKind) -> bool) -> bool {
        match &self.underlying {
            None => counts(self.client_kind),
            Some(kinds) => !kinds.is_empty() && kinds.iter().all(|kind| counts(*kind)),
        }
    }

    /// Whether the fee is exempt; a re-guarantee only if **all** its underlying guarantees are.
    pub fn is_exempt(&self) -> bool {
        self.all(ClientKind::is_vat_exempt)
    }
}

/// Fees split into exempt and taxable.
#[derive(Clone, Debug)]
pub struct Exemption {
    /// Exempt fees.
    pub exempt: Money,
    /// Taxable fees.
    pub taxable: Money,
    /// What the wider words of 税总发〔2018〕174号 (中小企业) would exempt besides.
    pub wider: Money,
    /// The rule, its clause and the difference.
    pub finding: Finding,
}

/// Splits the fees. Reading `vat_exemption_takes_the_narrower_scope`: the difference to 中小企业 is shown.
pub fn split(items: &[Item], day: Day) -> Result<Exemption, OutOfRange> {
    let sum =
        |counts: &dyn Fn(&Item) -> bool| Money::total(items.iter().filter(|item| counts(item)).map(|item| item.fee));
    let exempt = sum(&Item::is_exempt)?;
    let taxable = sum(&|item| !item.is_exempt())?;
    let or_medium = |kind: ClientKind| kind.is_vat_exempt() || kind == ClientKind::Medium;
    let wider = sum(&|item| !item.is_exempt() && item.all(or_medium))?;
    // All fees together must be a sum that can be kept, or the two parts would not add up to anything.
    exempt.plus(taxable)?;
    let finding = TAX_VAT_EXEMPT.judge(day, |_, broken| {
        let (free, taxed, more) = (exempt.grouped(), taxable.grouped(), wider.grouped());
        Ok(Judgement {
            outcome: if taxable.is_zero() { Outcome::Pass } else { broken },
            measured: Some(Figure::Money(exempt)),
            limit: None,
            explanation: Text::new(
                format!("农户、小型企业、微型企业及个体工商户的担保费{free}元免征增值税，其余{taxed}元应税；若按税总发〔2018〕174号“中小企业”的较宽口径，另有{more}元。"),
                format!("Fees of {free} yuan for farmers, small and micro enterprises and individual businesses are exempt, the other {taxed} yuan are taxable; the wider words of 税总发〔2018〕174号 would add {more} yuan."),
            ),
        })
    })?;
    Ok(Exemption { exempt, taxable, wider, finding })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Day = Day::new(2025, 6, 1);

    fn item(kind: ClientKind, underlying: Option<Vec<ClientKind>>) -> Item {
        Item { client_kind: kind, fee: Money::from_fen(10_000), underlying }
    }

    #[test]
    fn farmers_small_and_micro_enterprises_and_individual_businesses_are_exempt_and_nobody_else() {
        let exempt: Vec<_> = ClientKind::ALL.into_iter().filter(|kind| item(*kind, None).is_exempt()).collect();
        assert_eq!(exempt, [ClientKind::SmallMicroEnterprise, ClientKind::IndividualBusiness, ClientKind::Farmer]);
    }

    #[test]
    fn a_reguarantee_is_exempt_only_if_all_underlying_guarantees_are() {
        let farmer = ClientKind::Farmer;
        assert!(item(ClientKind::Other, Some(vec![farmer, ClientKind::IndividualBusiness])).is_exempt());
        assert!(!item(ClientKind::Other, Some(vec![farmer, ClientKind::Medium])).is_exempt());
        assert!(!item(farmer, Some(vec![])).is_exempt());
    }

    #[test]
    fn vat_exemption_takes_the_narrower_scope() {
        // 1, 2 and 4 yuan: every sum tells which lines are in it.
        let fee = |kind, fen| Item { fee: Money::from_fen(fen), ..item(kind, None) };
        let items = [fee(ClientKind::Farmer, 100), fee(ClientKind::Medium, 200), fee(ClientKind::Large, 400)];
        let found = split(&items, DAY).unwrap();
        assert_eq!((found.exempt.fen(), found.taxable.fen(), found.wider.fen()), (100, 600, 200));
        assert!(found.finding.explanation.zh.contains("另有2.00元"));
    }

    #[test]
    fn the_exemption_runs_from_2018_through_2027_under_three_documents() {
        for (day, document) in [
            (Day::new(2017, 12, 31), None),
            (Day::new(2018, 1, 1), Some("财税〔2017〕90号")),
            (Day::new(2019, 12, 31), Some("财税〔2017〕90号")),
            (Day::new(2020, 1, 1), Some("公告2020年第22号")),
            (Day::new(2023, 12, 31), Some("公告2020年第22号")),
            (Day::new(2024, 1, 1), Some("公告2023年第18号")),
            (Day::new(2027, 12, 31), Some("公告2023年第18号")),
            (Day::new(2028, 1, 1), None),
        ] {
            let finding = split(&[], day).unwrap().finding;
            let found = finding.basis.and_then(|basis| basis.source.clause().map(|clause| clause.document.number));
            assert_eq!(found, document, "{day}");
        }
    }
}
