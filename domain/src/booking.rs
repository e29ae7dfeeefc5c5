//! One contract about to be booked, judged by every rule at once.

use crate::{
    client::ClientKind,
    fee::{self, Charge, Fee, ReguaranteeFee, ReguaranteeRates},
    finding::{Finding, Outcome},
    liability::{self, Balances, Leverage},
    party::{self, BankLoan, EquityInvestment, Flags},
    risk::{self, Shares},
    share,
    startup::{self, Borrower},
    supervision::{self, RegulatorPosition, Statement},
    value::{Day, Money, OutOfRange, Rate, Ratio, Term},
    volume::Volume,
};

/// Everything the rules look at: the contract, its client, and the institution's book around it.
///
/// Sums named `after` include the contract; the store loads them in one go, under the locks of the booking.
#[derive(Clone, Debug)]
pub struct Booking<'a> {
    /// The day the contract counts.
    pub day: Day,
    /// Its guaranteed amount, in full.
    pub amount: Money,
    /// The principal of the loan, of which the guaranteed amount may be a part.
    pub principal: Money,
    /// Whether it is a financing guarantee: of others 683号 arts 15 to 17 say nothing.
    pub financing: bool,
    /// Its term.
    pub term: Term,
    /// The whole guarantee fee; `None` when it is not known, as in a book that is taken over.
    pub fee: Option<Money>,
    /// Every charge beside interest and the guarantee fee; `None` when they are not known.
    pub charges: Option<&'a [Charge]>,
    /// Who bears how much of the risk.
    pub shares: &'a Shares,
    /// Whether a bank loan is guaranteed.
    pub is_bank_loan: bool,
    /// The provincial re-guarantee fee for the term, when the provincial re-guarantor takes part.
    pub provincial_fee: Option<Money>,
    /// The national re-guarantee fee for the term, when the national fund takes part.
    pub national_fee: Option<Money>,
    /// The re-guarantee fee rates that the agreement states; `None` of fees that an approval fixed.
    pub stated_rates: Option<ReguaranteeRates>,
    /// Whether the purpose is the issuance of government bonds.
    pub for_government_bond: bool,
    /// The borrower of a start-up guarantee loan, when the product is one.
    pub startup: Option<Borrower>,
    /// Whether the product says for that borrower how much may be lent, in place of the law.
    pub startup_cap_replaced: bool,
    /// Whether the client already borrows at the bank.
    pub bank_loan: BankLoan,
    /// Who the client is.
    pub client_kind: ClientKind,
    /// The client's flags.
    pub flags: Flags,
    /// The fee rates of comparable contracts of the last 12 months, for a related party; `None` where nobody has looked.
    pub comparables: Option<&'a [Ratio]>,
    /// What the client has here before the contract.
    pub client_before: share::ClientExposure,
    /// The institution's book before the contract.
    pub position: share::Position,
    /// The liability balance, its largest client and group, after the contract; client and group are this contract's.
    pub balances_after: &'a Balances,
    /// Net assets of the latest filed statement.
    pub net_assets: Option<Money>,
    /// Whether the supervisor has confirmed the higher multiple.
    pub leverage: Leverage,
    /// Contracts begun this calendar year, this one included.
    pub volume_after: Volume,
    /// The supervisor's sums after the contract; `None` when the national fund does not support the institution.
    pub regulator_after: Option<RegulatorPosition>,
    /// The register of equity investments.
    pub investments: &'a [EquityInvestment],
    /// The latest filed statement, for the asset ratios.
    pub statement: Option<&'a Statement>,
}

impl Booking<'_> {
    /// The client's total here with the contract included.
    pub fn client_total(&self) -> Result<Money, OutOfRange> {
        self.client_before.total.plus(self.amount)
    }

    /// The institution's position with the contract included.
    pub fn position_after(&self) -> Result<share::Position, OutOfRange> {
        self.position.after(self.client_before, self.candidate())
    }

    /// The higher of the two annual re-guarantee fee rates; `None` when nobody takes part for a fee.
    pub fn highest_reguarantee_rate(&self) -> Result<Option<Ratio>, OutOfRange> {
        let mut highest: Option<Ratio> = None;
        for (role, fee) in [(risk::Role::Provincial, self.provincial_fee), (risk::Role::National, self.national_fee)] {
            let rate = self.reguarantee(role, fee).map_or(Ok(None), ReguaranteeFee::annual_rate)?;
            if let Some(rate) = rate
                && highest.map_or(Ok(true), |highest| rate.compare(highest).map(std::cmp::Ordering::is_gt))?
            {
                highest = Some(rate);
            }
        }
        Ok(highest)
    }

    /// The contract as the shares look at it.
    pub fn candidate(&self) -> share::Candidate {
        share::Candidate { small_agri: self.client_kind.is_small_agri(), amount: self.amount }
    }

    /// The annual guarantee fee rate; `None` while the fee is not known, or over zero days.
    pub fn annual_fee_rate(&self) -> Result<Option<Ratio>, OutOfRange> {
        self.known_fee().map_or(Ok(None), Fee::annual_rate)
    }

    fn known_fee(&self) -> Option<Fee> {
        self.fee.map(|fee| Fee { amount: self.amount, term: self.term, fee })
    }

    fn reguarantee(&self, role: risk::Role, fee: Option<Money>) -> Option<ReguaranteeFee> {
        let share = self.shares.of(role);
        fee.filter(|_| share > Rate::ZERO).map(|fee| ReguaranteeFee {
            amount: self.amount,
            share,
            term: self.term,
            fee,
        })
    }

    /// Every finding, one or more for each rule: all at once, never only the first.
    pub fn evaluate(&self) -> Result<Vec<Finding>, OutOfRange> {
        let mut findings = Vec::with_capacity(32);
        self.judge_shares(&mut findings)?;
        self.judge_fees(&mut findings)?;
        findings.extend(risk::judge(self.shares, self.is_bank_loan, self.day)?);
        self.judge_party(&mut findings)?;
        findings.extend(match self.financing {
            true => liability::judge(self.balances_after, self.net_assets, self.leverage, self.day)?,
            false => liability::of_no_financing(self.day),
        });
        if let Some(borrower) = self.startup {
            findings.push(startup::cap(borrower, self.principal, self.day, self.startup_cap_replaced)?);
        }
        if let Some(position) = self.regulator_after {
            findings.push(supervision::small_share(position, self.day)?);
        }
        if let Some(statement) = self.statement {
            findings.extend(supervision::assets(statement, self.day)?);
        }
        Ok(findings)
    }

    fn judge_shares(&self, findings: &mut Vec<Finding>) -> Result<(), OutOfRange> {
        let booking = share::Booking { before: self.client_before, candidate: self.candidate() };
        let after = self.position.after(booking.before, booking.candidate)?;
        findings.extend(share::judge(after, Some(booking), self.day)?);
        Ok(())
    }

    fn judge_fees(&self, findings: &mut Vec<Finding>) -> Result<(), OutOfRange> {
        let client_total = self.client_total()?;
        let provincial = self.reguarantee(risk::Role::Provincial, self.provincial_fee);
        let national = self.reguarantee(risk::Role::National, self.national_fee);
        match self.known_fee() {
            Some(fee) => findings.extend([
                fee::cap(fee, self.client_kind, client_total, self.day)?,
                fee::average(self.volume_after, self.day)?,
            ]),
            None => findings.extend(fee::unknown(self.day)),
        }
        findings.push(self.charges.map_or_else(|| Ok(fee::unknown_charges(self.day)), |all| fee::only(all, self.day))?);
        for reguarantee in [provincial, national].into_iter().flatten() {
            findings.push(fee::reguarantee_cap(reguarantee, client_total, self.day)?);
        }
        let rates = self.stated_rates.map_or_else(|| ReguaranteeRates::of_fees(national, provincial), Ok)?;
        findings.push(fee::reguarantee_order(rates.national, rates.provincial, self.day)?);
        Ok(())
    }

    fn judge_party(&self, findings: &mut Vec<Finding>) -> Result<(), OutOfRange> {
        let rate = self.annual_fee_rate()?;
        findings.push(party::bond(self.for_government_bond, self.day));
        findings.push(party::platform(self.flags, self.day));
        findings.push(party::blacklist(self.flags, self.day));
        findings.push(party::controller(self.flags, self.financing, self.day));
        let related =
            party::Related { flags: self.flags, financing: self.financing, rate, comparables: self.comparables };
        findings.push(party::related_terms(related, self.day)?);
        findings.push(party::equity(self.investments, self.day));
        findings.push(party::bank_loan(self.bank_loan, self.day)?);
        findings.push(party::focus(self.client_kind, self.client_total()?, self.day)?);
        Ok(())
    }
}

/// What the findings come to: whether the contract can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stands against it.
    Bookable,
    /// It needs a written exception for every `needs_exception`.
    NeedsException,
    /// A `forbid` rule is broken: nobody can waive it.
    Refused,
}

/// The verdict of all findings together.
pub fn verdict(findings: &[Finding]) -> Verdict {
    let any = |outcome: Outcome| findings.iter().any(|finding| finding.outcome == outcome);
    match (any(Outcome::Refuse), any(Outcome::NeedsException)) {
        (true, _) => Verdict::Refused,
        (false, true) => Verdict::NeedsException,
        (false, false) => Verdict::Bookable,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeSet;

    use rust_decimal::dec;

    use super::*;
    use crate::{fee::Payee, liability::Weighted, party::Relation, policy, risk::Role, value::Rate};

    fn wan(wan: i64) -> Money {
        Money::from_wan(wan)
    }

    /// What an ordinary contract stands in.
    pub(crate) struct World {
        shares: Shares,
        balances: Balances,
        statement: Statement,
    }

    impl World {
        pub(crate) fn new() -> Self {
            let weighted = |wan_: i64| Weighted::of(wan(wan_), Rate::ONE).unwrap();
            Self {
                shares: Shares::new([
                    (Role::Bank, Rate::new(dec!(0.2))),
                    (Role::Institution, Rate::new(dec!(0.4))),
                    (Role::Provincial, Rate::new(dec!(0.2))),
                    (Role::National, Rate::new(dec!(0.2))),
                ])
                .unwrap(),
                balances: Balances {
                    total: weighted(20_000),
                    client: Some(("甲".to_owned(), weighted(100))),
                    group: Some(("甲".to_owned(), weighted(100))),
                },
                statement: Statement {
                    net_assets: wan(6000),
                    unearned_reserve: wan(100),
                    compensation_reserve: wan(200),
                    total_assets: wan(8000),
                    payout_receivables: wan(0),
                    grade1: wan(4000),
                    grade2: wan(2000),
                    grade3: wan(2000),
                },
            }
        }

        /// A small enterprise's first contract of 100万 at 1 %, in a book of 1亿 with 90 % small-and-agri.
        pub(crate) fn booking(&self) -> Booking<'_> {
            let day = Day::new(2024, 6, 1);
            let term = Term::new(day, Day::new(2025, 6, 1)).unwrap();
            Booking {
                day,
                amount: wan(100),
                principal: wan(100),
                financing: true,
                term,
                fee: Some(wan(1)),
                charges: Some(&[]),
                shares: &self.shares,
                is_bank_loan: true,
                provincial_fee: Some(Money::from_fen(60_000)),
                national_fee: Some(Money::from_fen(60_000)),
                stated_rates: None,
                for_government_bond: false,
                startup: None,
                startup_cap_replaced: false,
                bank_loan: BankLoan::None,
                client_kind: ClientKind::SmallMicroEnterprise,
                flags: Flags::default(),
                comparables: Some(&[]),
                client_before: share::ClientExposure::default(),
                position: share::Position {
                    total: wan(10_000),
                    small_agri: wan(9000),
                    small_ticket: wan(6000),
                    clients: 50,
                    small_agri_clients: 48,
                },
                balances_after: &self.balances,
                net_assets: Some(wan(6000)),
                leverage: Leverage::General,
                volume_after: Volume::of(wan(100), term, wan(1)).unwrap(),
                regulator_after: Some(RegulatorPosition { total: wan(100), small: wan(90), small_credit: wan(60) }),
                investments: &[],
                statement: Some(&self.statement),
            }
        }
    }

    fn outcome(booking: &Booking<'_>, rule: &str) -> Outcome {
        let findings = booking.evaluate().unwrap();
        findings.iter().find(|finding| finding.rule == rule).map(|finding| finding.outcome).unwrap()
    }

    #[test]
    fn an_ordinary_contract_of_a_small_enterprise_can_be_booked() {
        let world = World::new();
        let findings = world.booking().evaluate().unwrap();
        assert_eq!(verdict(&findings), Verdict::Bookable);
    }

    #[test]
    fn every_rule_that_binds_at_booking_is_evaluated() {
        let world = World::new();
        let booking = Booking { startup: Some(Borrower::Enterprise { hires: 30, staff: 100 }), ..world.booking() };
        let judged: BTreeSet<_> = booking.evaluate().unwrap().into_iter().map(|finding| finding.rule).collect();
        let elsewhere = [
            "size.",
            "client.",
            "volume.",
            "payout.",
            "reserve.",
            "tax.",
            "award.",
            "liability.weights",
            "limit.leverage_test",
        ];
        for rule in policy::ALL {
            let expected = !elsewhere.iter().any(|prefix| rule.id().starts_with(prefix)) || rule.id() == "size.focus";
            assert_eq!(judged.contains(rule.id()), expected, "{}", rule.id());
        }
    }

    #[test]
    fn every_finding_has_a_sentence_in_both_languages_that_ends() {
        let world = World::new();
        for finding in world.booking().evaluate().unwrap() {
            assert!(finding.explanation.zh.ends_with('。'), "{}: {}", finding.rule, finding.explanation.zh);
            assert!(finding.explanation.en.ends_with('.'), "{}: {}", finding.rule, finding.explanation.en);
        }
    }

    #[test]
    fn all_breaches_are_reported_at_once() {
        let world = World::new();
        let charges = [Charge { payee: Payee::Bank, amount: wan(1) }];
        let booking = Booking {
            client_kind: ClientKind::Large,
            amount: wan(5000),
            charges: Some(&charges),
            for_government_bond: true,
            flags: Flags { government_platform: true, blacklisted: true, relation: Relation::Controller },
            ..world.booking()
        };
        for rule in ["share.small_agri", "fee.only", "purpose.bond", "purpose.platform", "limit.related"] {
            assert_eq!(outcome(&booking, rule), Outcome::Refuse, "{rule}");
        }
        assert_eq!(verdict(&booking.evaluate().unwrap()), Verdict::Refused);
    }

    #[test]
    fn a_guarantee_that_finances_nothing_is_outside_articles_15_to_17() {
        let world = World::new();
        let flags = Flags { relation: Relation::Controller, ..Flags::default() };
        let related = Flags { relation: Relation::Other, ..Flags::default() };
        let broke = |financing, flags| Booking { financing, flags, net_assets: Some(Money::ZERO), ..world.booking() };
        for (rule, flags) in [
            ("limit.single", flags),
            ("limit.group", flags),
            ("limit.leverage", flags),
            ("limit.related", flags),
            ("party.related_terms", related),
        ] {
            let financing = outcome(&broke(true, flags), rule);
            assert!(matches!(financing, Outcome::Refuse | Outcome::NotAssessed), "{rule}");
            assert_eq!(outcome(&broke(false, flags), rule), Outcome::NotApplicable, "{rule}");
        }
    }

    #[test]
    fn charges_that_nobody_knows_are_not_said_to_be_none() {
        let world = World::new();
        assert_eq!(outcome(&Booking { charges: None, ..world.booking() }, "fee.only"), Outcome::NotAssessed);
        assert_eq!(outcome(&Booking { charges: None, ..world.booking() }, "fee.cap"), Outcome::Pass);
    }

    #[test]
    fn a_fee_over_the_cap_alone_needs_an_exception() {
        let world = World::new();
        let booking = Booking { fee: Some(Money::from_fen(1_000_001)), ..world.booking() };
        assert_eq!(outcome(&booking, "fee.cap"), Outcome::NeedsException);
        assert_eq!(verdict(&booking.evaluate().unwrap()), Verdict::NeedsException);
    }

    #[test]
    fn the_same_contract_is_judged_by_the_law_of_its_day() {
        let world = World::new();
        let booking = |day| Booking { day, client_kind: ClientKind::Large, amount: wan(5000), ..world.booking() };
        assert_eq!(outcome(&booking(Day::new(2019, 1, 21)), "share.small_agri"), Outcome::NotApplicable);
        assert_eq!(outcome(&booking(Day::new(2019, 1, 22)), "share.small_agri"), Outcome::Refuse);
    }

    #[test]
    fn the_client_s_total_includes_what_it_has_and_this_contract() {
        let world = World::new();
        let before = |fen_over: i64| share::ClientExposure {
            total: wan(400).plus(Money::from_fen(fen_over)).unwrap(),
            small_agri: wan(400),
        };
        // 400万 and 100万 are 500万: one per cent. A fen more, and one and a half are allowed.
        let fee = Money::from_fen(1_000_001);
        let at = Booking { client_before: before(0), fee: Some(fee), ..world.booking() };
        assert_eq!(outcome(&at, "fee.cap"), Outcome::NeedsException);
        let over = Booking { client_before: before(1), fee: Some(fee), ..world.booking() };
        assert_eq!(outcome(&over, "fee.cap"), Outcome::Pass);
    }

    #[test]
    fn a_party_without_a_share_has_no_re_guarantee_fee_to_judge() {
        let world = World::new();
        let alone =
            Shares::new([(Role::Bank, Rate::new(dec!(0.2))), (Role::Institution, Rate::new(dec!(0.8)))]).unwrap();
        let findings = Booking { shares: &alone, ..world.booking() }.evaluate().unwrap();
        assert!(findings.iter().all(|finding| finding.rule != "refee.cap"));
        assert_eq!(world.booking().evaluate().unwrap().iter().filter(|finding| finding.rule == "refee.cap").count(), 2);
    }

    #[test]
    fn a_figure_out_of_range_is_an_error_and_not_a_verdict() {
        let world = World::new();
        let position = share::Position { total: Money::MAX, ..world.booking().position };
        assert!(Booking { position, ..world.booking() }.evaluate().is_err());
    }
}
