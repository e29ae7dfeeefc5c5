//! The terms of an agreement: who bears how much of the risk, and what the re-guarantors are paid for their parts.

use crate::{
    case::Terms,
    fee::reguarantee_order,
    finding::{Finding, Outcome},
    risk::{self, Role},
    value::{Day, OutOfRange, Rate},
};

/// Who takes part in an agreement beside the institution; local finance and others take part by their shares alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// A bank: loans are guaranteed under it.
    pub bank: bool,
    /// The provincial re-guarantor.
    pub provincial: bool,
    /// The national fund.
    pub national: bool,
}

impl Named {
    const fn names(self, role: Role) -> bool {
        match role {
            Role::Bank => self.bank,
            Role::Provincial => self.provincial,
            Role::National => self.national,
            Role::Institution | Role::LocalFinance | Role::Other => true,
        }
    }
}

/// Why terms cannot be stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// `risk.whole`: the shares add up to this.
    #[error("the shares add up to {0}")]
    NotWhole(Rate),
    /// A share of somebody whom the agreement does not name.
    #[error("a share of nobody: {0:?}")]
    ShareOfNobody(Role),
    /// A fee for somebody whom the agreement does not name.
    #[error("a fee for nobody: {0:?}")]
    FeeOfNobody(Role),
}

/// Every reason why the terms cannot be stated from `day` on under an agreement with these parties.
pub fn faults(terms: &Terms, named: Named, day: Day) -> Result<Vec<TermsError>, OutOfRange> {
    let [whole, ..] = risk::judge(&terms.shares, named.bank, day)?;
    let sum = terms.shares.sum()?;
    let of_nobody = |role: &Role| !named.names(*role);
    let shares = Role::ALL.into_iter().filter(|role| terms.shares.of(*role) > Rate::ZERO).filter(of_nobody);
    let fees = [(Role::Provincial, terms.provincial_fee_rate), (Role::National, terms.national_fee_rate)];
    let fees = fees.into_iter().filter(|(role, rate)| *rate > Rate::ZERO && of_nobody(role));
    let faults = (whole.outcome == Outcome::Refuse).then_some(TermsError::NotWhole(sum)).into_iter();
    let faults = faults.chain(shares.map(TermsError::ShareOfNobody));
    Ok(faults.chain(fees.map(|(role, _)| TermsError::FeeOfNobody(role))).collect())
}

/// What the law says on `day` of every contract under these terms: `risk.*` and `refee.order`, as at a booking.
///
/// Where a bank is named a loan is judged; otherwise business that no bank shares, such as bonds.
pub fn judge(terms: &Terms, named: Named, day: Day) -> Result<Vec<Finding>, OutOfRange> {
    let rates = terms.reguarantee_rates();
    let order = reguarantee_order(rates.national, rates.provincial, day)?;
    Ok(risk::judge(&terms.shares, named.bank, day)?.into_iter().chain([order]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::Shares;

    const DAY: Day = Day::new(2024, 1, 1);
    const ALL: Named = Named { bank: true, provincial: true, national: true };
    const NOBODY: Named = Named { bank: false, provincial: false, national: false };

    fn terms(shares: [&str; 6], provincial_fee_rate: &str, national_fee_rate: &str) -> Terms {
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        Terms {
            shares: Shares::new(Role::ALL.into_iter().zip(shares.map(rate))).unwrap(),
            provincial_fee_rate: rate(provincial_fee_rate),
            national_fee_rate: rate(national_fee_rate),
        }
    }

    fn outcomes(terms: &Terms, named: Named, day: Day) -> Vec<(&'static str, Outcome)> {
        judge(terms, named, day).unwrap().into_iter().map(|finding| (finding.rule, finding.outcome)).collect()
    }

    #[test]
    fn the_usual_terms_have_no_fault_and_pass() {
        let usual = terms(["0.2", "0.4", "0.2", "0.2", "0", "0"], "0.003", "0.003");
        assert_eq!(faults(&usual, ALL, DAY), Ok(vec![]));
        let passed = ["risk.whole", "risk.bank", "risk.national", "risk.provincial", "refee.order"];
        assert_eq!(outcomes(&usual, ALL, DAY), passed.map(|rule| (rule, Outcome::Pass)));
    }

    #[test]
    fn shares_that_are_one_unit_of_the_tenth_decimal_off_are_not_the_whole() {
        for (institution, sum) in [("0.3999999999", "0.9999999999"), ("0.4000000001", "1.0000000001")] {
            let off = terms(["0.2", institution, "0.2", "0.2", "0", "0"], "0", "0");
            assert_eq!(faults(&off, ALL, DAY), Ok(vec![TermsError::NotWhole(sum.parse().unwrap())]));
        }
    }

    #[test]
    fn whoever_is_not_named_has_neither_share_nor_fee_and_every_fault_is_found_at_once() {
        use TermsError::{FeeOfNobody, ShareOfNobody};
        let usual = terms(["0.2", "0.4", "0.2", "0.2", "0", "0"], "0.003", "0.0000000001");
        let (bank, provincial, national) = (Role::Bank, Role::Provincial, Role::National);
        let expected = [ShareOfNobody(bank), ShareOfNobody(provincial), ShareOfNobody(national)];
        let expected = [&expected[..], &[FeeOfNobody(provincial), FeeOfNobody(national)]].concat();
        assert_eq!(faults(&usual, NOBODY, DAY), Ok(expected));
        assert_eq!(faults(&terms(["0", "0.5", "0", "0", "0.3", "0.2"], "0", "0"), NOBODY, DAY), Ok(vec![]));
    }

    #[test]
    fn what_every_contract_will_need_an_exception_for_is_said_beforehand() {
        // The bank one unit under 20 %, the province under the fund's 20 %, the fund dearer than the province.
        let weak = terms(["0.1999999999", "0.4000000002", "0.1999999999", "0.2", "0", "0"], "0.003", "0.0030000001");
        use Outcome::{Advise, NeedsException, Pass};
        let found: Vec<Outcome> = outcomes(&weak, ALL, DAY).into_iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(found, [Pass, NeedsException, Pass, NeedsException, Advise]);
    }

    #[test]
    fn without_a_bank_or_the_fund_their_rules_do_not_apply_nor_any_but_arithmetic_before_22_january_2019() {
        use Outcome::{NotApplicable, Pass};
        let alone = terms(["0", "0.6", "0.4", "0", "0", "0"], "0.003", "0");
        let named = Named { bank: false, provincial: true, national: false };
        let not_applicable = [Pass, NotApplicable, NotApplicable, NotApplicable, NotApplicable];
        let found = |terms, named, day| -> Vec<Outcome> {
            outcomes(terms, named, day).into_iter().map(|(_, outcome)| outcome).collect()
        };
        assert_eq!(found(&alone, named, DAY), not_applicable);
        let weak = terms(["0.1", "0.9", "0", "0", "0", "0"], "0", "0");
        assert_eq!(found(&weak, ALL, Day::new(2019, 1, 21)), not_applicable);
        assert_eq!(found(&weak, ALL, Day::new(2019, 1, 22))[1], Outcome::NeedsException);
    }
}
