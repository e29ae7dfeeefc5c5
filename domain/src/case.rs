//! One contract with everything around it: the law, the institution's own limits, the product's terms and the quotas decide at once, and
//! what follows for the book is part of the decision.

use crate::{
    booking::{self, Booking, Verdict},
    client::{ClientKind, LegalForm},
    exposure::{Book, ClientBook, Item, Kind},
    fee::{Charge, ReguaranteeRates},
    finding::{Finding, Outcome},
    liability::Leverage,
    party::{BankLoan, EquityInvestment, Flags},
    risk::{Role, Shares},
    startup::Borrower,
    stated::{Concentration, ProductTerms, Quota, StatedLimit},
    supervision::Statement,
    value::{Day, Money, OutOfRange, Rate, Ratio, Term},
    volume::Volume,
};

/// The contract itself.
#[derive(Clone, Copy, Debug)]
pub struct Contract<'a> {
    /// What of it counts; its client kind is the one of the day.
    pub item: Item,
    /// Its term.
    pub term: Term,
    /// The principal of the loan, of which the guaranteed amount may be a part.
    pub principal: Money,
    /// The guarantee fee for the whole term; `None` when it is not known.
    pub fee: Option<Money>,
    /// Every other charge; `None` when they are not known.
    pub charges: Option<&'a [Charge]>,
    /// Whether a bank loan is guaranteed.
    pub is_bank_loan: bool,
    /// Whether the purpose is the issuance of government bonds.
    pub for_government_bond: bool,
    /// The borrower of a start-up guarantee loan, when the product is one.
    pub startup: Option<Borrower>,
    /// Whether the client already borrows at the bank.
    pub bank_loan: BankLoan,
}

/// The client.
#[derive(Clone, Copy, Debug)]
pub struct Client<'a> {
    /// Its name, for the sentences.
    pub name: &'a str,
    /// Its flags on the day.
    pub flags: Flags,
    /// The fee rates of comparable contracts, for a related party; `None` where nobody has looked.
    pub comparables: Option<&'a [Ratio]>,
    /// What it has here before the contract.
    pub before: ClientBook,
    /// The name of its related group with what the other members have; none without a group.
    pub group: Option<(&'a str, &'a [ClientBook])>,
}

/// The institution.
#[derive(Clone, Copy, Debug)]
pub struct Institution<'a> {
    /// Its book before the contract.
    pub book: Book,
    /// What began this calendar year, without the contract.
    pub volume: Volume,
    /// Its latest filed statement.
    pub statement: Option<&'a Statement>,
    /// Whether its supervisor has confirmed the higher multiple.
    pub leverage: Leverage,
    /// Its register of equity investments.
    pub investments: &'a [EquityInvestment],
    /// Whether the national fund supports it.
    pub nationally_supported: bool,
}

/// The terms of the agreement on the day.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Who bears how much.
    pub shares: Shares,
    /// The provincial re-guarantee fee per year on the risk borne.
    pub provincial_fee_rate: Rate,
    /// The national re-guarantee fee per year on the risk borne.
    pub national_fee_rate: Rate,
}

/// Everything at once.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The day the contract counts.
    pub day: Day,
    /// The contract.
    pub contract: Contract<'a>,
    /// The client.
    pub client: Client<'a>,
    /// The institution.
    pub institution: Institution<'a>,
    /// The agreement's terms.
    pub terms: &'a Terms,
    /// The local limits that bind, each with what it looks at.
    pub limits: &'a [(StatedLimit, Concentration)],
    /// The product's terms; none without a product.
    pub product: &'a ProductTerms,
    /// The quotas and caps that would be used.
    pub quotas: &'a [Quota],
    /// The re-guarantee fees of a contract whose approval fixed them; computed from the terms without.
    pub fixed_fees: Option<ReguaranteeFees>,
}

/// What the upper layers receive for the whole term; none where nothing is borne.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReguaranteeFees {
    /// The provincial re-guarantor.
    pub provincial: Option<Money>,
    /// The national fund.
    pub national: Option<Money>,
}

/// What was decided.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Every finding.
    pub findings: Vec<Finding>,
    /// What they come to.
    pub verdict: Verdict,
    /// What the client has with the contract.
    pub client_after: ClientBook,
    /// The institution's book with the contract.
    pub book_after: Book,
    /// What the upper layers receive for the term.
    pub fees: ReguaranteeFees,
}

impl Terms {
    /// The re-guarantee fee rates as the agreement states them.
    pub(crate) fn reguarantee_rates(&self) -> ReguaranteeRates {
        let charged = |role, rate| (self.shares.of(role) > Rate::ZERO).then(|| Ratio::from_rate(rate));
        ReguaranteeRates {
            provincial: charged(Role::Provincial, self.provincial_fee_rate),
            national: charged(Role::National, self.national_fee_rate),
        }
    }

    /// The re-guarantee fee of a role for a term: amount × share × rate × days ÷ 365, rounded down once, so that a rate at its cap never
    /// leads to a fee above it (不高于); none when it bears nothing.
    pub fn reguarantee_fee(&self, role: Role, amount: Money, term: Term) -> Result<Option<Money>, OutOfRange> {
        let rate = match role {
            Role::Provincial => self.provincial_fee_rate,
            Role::National => self.national_fee_rate,
            Role::Bank | Role::Institution | Role::LocalFinance | Role::Other => return Ok(None),
        };
        let share = self.shares.of(role);
        if share == Rate::ZERO {
            return Ok(None);
        }
        let unit = Rate::ONE.weight()?;
        let part = amount.wide().checked_mul(share.weight()?).ok_or(OutOfRange)?;
        // The share has ten decimals and so has the rate: reduced in between, so that no amount of a country overflows.
        let borne = Ratio::new(part, unit)?.ok_or(OutOfRange)?;
        let yearly = Ratio::product(rate, Rate::ONE)?;
        let days = Ratio::new(i128::from(term.days()), 365)?.ok_or(OutOfRange)?;
        borne.times(yearly)?.times(days)?.whole_fen().map(Some)
    }
}

impl Case<'_> {
    /// Every finding, what they come to, and what follows for the book.
    pub fn decide(&self) -> Result<Decision, OutOfRange> {
        let Contract { item, term, fee, .. } = self.contract;
        let client_after = self.client.before.plus(item.book()?)?;
        let book_after = self.institution.book.moved(&self.client.before, &client_after)?;
        let fees = match self.fixed_fees {
            Some(fixed) => fixed,
            None => ReguaranteeFees {
                provincial: self.terms.reguarantee_fee(Role::Provincial, item.amount, term)?,
                national: self.terms.reguarantee_fee(Role::National, item.amount, term)?,
            },
        };
        let members = self.client.group.map(|(name, others)| {
            let all: Vec<ClientBook> = others.iter().copied().chain([client_after]).collect();
            (name, all)
        });
        let group = members.as_ref().map(|(name, all)| (*name, all.as_slice()));
        let balances_after = book_after.balances((self.client.name, &client_after), group, self.day)?;
        let booking = Booking {
            day: self.day,
            amount: item.amount,
            principal: self.contract.principal,
            financing: item.kind != Kind::NonFinancing,
            term,
            fee,
            charges: self.contract.charges,
            shares: &self.terms.shares,
            is_bank_loan: self.contract.is_bank_loan,
            provincial_fee: fees.provincial,
            national_fee: fees.national,
            stated_rates: self.fixed_fees.is_none().then(|| self.terms.reguarantee_rates()),
            for_government_bond: self.contract.for_government_bond,
            startup: self.contract.startup,
            startup_cap_replaced: self
                .contract
                .startup
                .is_some_and(|borrower| self.product.replaces_startup_cap(borrower)),
            bank_loan: self.contract.bank_loan,
            client_kind: item.client_kind,
            flags: self.client.flags,
            comparables: self.client.comparables,
            client_before: self.client.before.exposure(),
            position: self.institution.book.shares,
            balances_after: &balances_after,
            net_assets: self.institution.statement.map(|statement| statement.net_assets),
            leverage: self.institution.leverage,
            volume_after: match fee {
                Some(fee) => self.institution.volume.plus(Volume::of(item.amount, term, fee)?)?,
                None => self.institution.volume,
            },
            regulator_after: self.institution.nationally_supported.then(|| book_after.regulator()),
            investments: self.institution.investments,
            statement: self.institution.statement,
        };
        let findings = self.findings(&booking)?;
        let verdict = booking::verdict(&findings);
        Ok(Decision { findings, verdict, client_after, book_after, fees })
    }

    fn findings(&self, booking: &Booking<'_>) -> Result<Vec<Finding>, OutOfRange> {
        let law = booking.evaluate()?.into_iter().map(|finding| self.product.replaced(finding));
        let mut findings: Vec<Finding> = law.collect();
        for (limit, around) in self.limits {
            findings.extend(limit.judge(booking, *around)?);
        }
        findings.extend(self.product.judge(booking)?);
        for quota in self.quotas {
            findings.push(quota.clone().judge()?);
        }
        Ok(findings)
    }
}

/// The rule that a second person's declaration answers where it cannot be assessed.
pub const DECLARED_RULE: &str = "party.related_terms";

/// What a finding still needs from a second person before the contract can be approved: a written exception to a rule of principle, or
/// the declaration that a related party's terms are not better where too few contracts can be compared (683号 art. 17).
pub fn needs_second_person(finding: &Finding) -> bool {
    match finding.outcome {
        Outcome::NeedsException => true,
        Outcome::NotAssessed => finding.rule == DECLARED_RULE,
        Outcome::Pass | Outcome::Refuse | Outcome::Advise | Outcome::NotApplicable => false,
    }
}

/// The ten largest of the clients' totals, this client's among them.
pub fn top_ten(others: &[Money], client: Money) -> Result<Money, OutOfRange> {
    let mut all: Vec<Money> = others.iter().copied().chain([client]).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    Money::total(all.into_iter().take(10))
}

/// Whose start-up loan it is: a person's, or a small or micro enterprise's with its hires and staff (国发〔2018〕39号 二（三））.
pub fn startup_borrower(form: LegalForm, kind: ClientKind, hires_and_staff: Option<(u32, u32)>) -> Borrower {
    match (form, kind) {
        (LegalForm::NaturalPerson | LegalForm::IndividualBusiness, _) => Borrower::Person,
        (_, ClientKind::SmallMicroEnterprise) => {
            let (hires, staff) = hires_and_staff.unwrap_or_default();
            Borrower::Enterprise { hires, staff }
        }
        _ => Borrower::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::{exposure::Kind, liability::GuaranteeKind};

    const DAY: Day = Day::new(2024, 6, 1);

    fn wan(wan: i64) -> Money {
        Money::from_wan(wan)
    }

    fn terms() -> Terms {
        let shares = [
            (Role::Bank, dec!(0.2)),
            (Role::Institution, dec!(0.4)),
            (Role::Provincial, dec!(0.2)),
            (Role::National, dec!(0.2)),
        ];
        Terms {
            shares: Shares::new(shares.map(|(role, share)| (role, Rate::new(share)))).unwrap(),
            provincial_fee_rate: Rate::new(dec!(0.003)),
            national_fee_rate: Rate::new(dec!(0.003)),
        }
    }

    fn item(client_kind: ClientKind, amount: Money) -> Item {
        let kind = Kind::Financing(GuaranteeKind::Loan, false);
        Item { amount, client_kind, kind, credit_line: amount, operating_loan: true }
    }

    fn case<'a>(terms: &'a Terms, product: &'a ProductTerms, amount: Money) -> Case<'a> {
        let term = Term::new(DAY, Day::new(2025, 6, 1)).unwrap();
        Case {
            day: DAY,
            contract: Contract {
                item: item(ClientKind::SmallMicroEnterprise, amount),
                term,
                principal: amount,
                fee: Some(Money::ZERO),
                charges: Some(&[]),
                is_bank_loan: true,
                for_government_bond: false,
                startup: None,
                bank_loan: BankLoan::None,
            },
            client: Client {
                name: "甲",
                flags: Flags::default(),
                comparables: Some(&[]),
                before: ClientBook::default(),
                group: None,
            },
            institution: Institution {
                book: Book::default(),
                volume: Volume::default(),
                statement: None,
                leverage: Leverage::General,
                investments: &[],
                nationally_supported: true,
            },
            terms,
            limits: &[],
            product,
            quotas: &[],
            fixed_fees: None,
        }
    }

    #[test]
    fn the_reguarantee_fee_is_the_rate_on_the_risk_borne_for_the_days_of_the_term() {
        // 100万 × 0.2 × 0.003 × 365 ÷ 365 = 600.00; for 366 days 601.643…, for 368 604.931…: 601.64 and 604.93.
        let terms = terms();
        let fee = |end| terms.reguarantee_fee(Role::National, wan(100), Term::new(DAY, end).unwrap()).unwrap().unwrap();
        assert_eq!(fee(Day::new(2025, 6, 1)).to_string(), "600.00");
        assert_eq!(fee(Day::new(2025, 6, 2)).to_string(), "601.64");
        assert_eq!(fee(Day::new(2025, 6, 4)).to_string(), "604.93");
        // 125.00 × 0.2 × 0.003 = 0.075: half up it would be above 0.3 %.
        let small = terms.reguarantee_fee(
            Role::National,
            Money::from_fen(12_500),
            Term::new(DAY, Day::new(2025, 6, 1)).unwrap(),
        );
        assert_eq!(small, Ok(Some(Money::from_fen(7))));
        let of_bank = terms.reguarantee_fee(Role::Bank, wan(100), Term::new(DAY, Day::new(2025, 6, 1)).unwrap());
        assert_eq!(of_bank, Ok(None));
    }

    #[test]
    fn equal_rates_are_no_breach_of_their_order_though_the_fees_are_rounded_down() {
        // 100万 for 368 days at 0.3 %: on 0.3 of the risk 907.397…, on 0.2 604.931…. Of 907.39 and 604.93 the second is the dearer.
        let shares = [
            (Role::Bank, dec!(0.2)),
            (Role::Institution, dec!(0.3)),
            (Role::Provincial, dec!(0.3)),
            (Role::National, dec!(0.2)),
        ];
        let shares = Shares::new(shares.map(|(role, share)| (role, Rate::new(share)))).unwrap();
        let (terms, product) = (Terms { shares, ..terms() }, ProductTerms::default());
        let mut case = case(&terms, &product, wan(100));
        case.contract.term = Term::new(DAY, Day::new(2025, 6, 4)).unwrap();
        let order = |case: &Case<'_>| {
            let decision = case.decide().unwrap();
            (
                decision.findings.into_iter().find(|finding| finding.rule == "refee.order").unwrap().outcome,
                decision.fees,
            )
        };
        let (outcome, fees) = order(&case);
        assert_eq!(fees.provincial.zip(fees.national), Some((Money::from_fen(90_739), Money::from_fen(60_493))));
        assert_eq!(outcome, Outcome::Pass);
        // Of fees that an approval fixed the rates are not kept: what rounding explains is none either, and a fen more is.
        case.fixed_fees = Some(fees);
        assert_eq!(order(&case).0, Outcome::Pass);
        case.fixed_fees = Some(ReguaranteeFees { national: Some(Money::from_fen(60_494)), ..fees });
        assert_eq!(order(&case).0, Outcome::Advise);
        let dearer = Terms { national_fee_rate: Rate::new(dec!(0.0030000001)), ..terms.clone() };
        assert_eq!(order(&Case { terms: &dearer, fixed_fees: None, ..case }).0, Outcome::Advise);
    }

    #[test]
    fn a_start_up_loan_is_a_persons_or_a_small_enterprises() {
        use LegalForm::{Cooperative, Enterprise, IndividualBusiness, NaturalPerson, OtherOrganisation};
        let of = |form, kind| startup_borrower(form, kind, Some((25, 100)));
        for (form, kind) in [
            (NaturalPerson, ClientKind::Other),
            (NaturalPerson, ClientKind::Farmer),
            (IndividualBusiness, ClientKind::IndividualBusiness),
        ] {
            assert_eq!(of(form, kind), Borrower::Person);
        }
        assert_eq!(of(Enterprise, ClientKind::SmallMicroEnterprise), Borrower::Enterprise { hires: 25, staff: 100 });
        assert_eq!(
            startup_borrower(Enterprise, ClientKind::SmallMicroEnterprise, None),
            Borrower::Enterprise { hires: 0, staff: 0 }
        );
        for (form, kind) in [
            (Enterprise, ClientKind::Medium),
            (Enterprise, ClientKind::StrategicEmerging),
            (Enterprise, ClientKind::Other),
            (Cooperative, ClientKind::NewAgriEntity),
            (OtherOrganisation, ClientKind::Other),
        ] {
            assert_eq!(of(form, kind), Borrower::Nobody);
        }
    }

    #[test]
    fn of_a_start_up_loan_the_whole_loan_counts_and_not_the_guaranteed_part() {
        let (terms, product) = (terms(), ProductTerms::default());
        let mut case = case(&terms, &product, wan(15));
        case.contract.startup = Some(Borrower::Person);
        let outcome = |case: &Case<'_>| case.decide().unwrap().verdict;
        assert_eq!(outcome(&case), Verdict::Bookable);
        case.contract.principal = Money::from_fen(15_000_001);
        assert_eq!(outcome(&case), Verdict::Refused);
    }

    #[test]
    fn a_decision_carries_the_book_that_follows_from_it() {
        let (terms, product) = (terms(), ProductTerms::default());
        let decision = case(&terms, &product, wan(100)).decide().unwrap();
        assert_eq!(decision.verdict, Verdict::Bookable);
        assert_eq!((decision.client_after.total, decision.book_after.shares.clients), (wan(100), 1));
        assert_eq!(decision.book_after.regulator_small_credit, wan(100));
    }

    #[test]
    fn commitments_count_in_the_liability_balance() {
        let (terms, product) = (terms(), ProductTerms::default());
        let decision = case(&terms, &product, wan(100)).decide().unwrap();
        // Approved and not disbursed: 100万 × 0.75, and one client.
        let balance = decision.book_after.liabilities.weighted(DAY).unwrap().shown();
        assert_eq!((balance, decision.book_after.shares.clients), (Ok(wan(75)), 1));
    }

    #[test]
    fn law_limits_product_and_quota_are_all_heard() {
        let terms = terms();
        let row =
            crate::finding::Row { document: "某文".to_owned(), clause: None, from: DAY, until: None, verified: true };
        let product = ProductTerms { client_max: Some(wan(50)), row: Some(row.clone()), ..ProductTerms::default() };
        let limit = StatedLimit {
            rule: crate::local_limit::LocalRule::BankShare,
            key: None,
            value: Rate::new(dec!(0.3)),
            row: row.clone(),
        };
        let quotas =
            [Quota { kind: crate::stated::QuotaKind::Reguarantee, granted: wan(99), used_after: wan(100), row }];
        let limits = [(limit, Concentration::default())];
        let decision = Case { limits: &limits, quotas: &quotas, ..case(&terms, &product, wan(100)) }.decide().unwrap();
        let outcome =
            |rule| decision.findings.iter().find(|finding| finding.rule == rule).map(|finding| finding.outcome);
        assert_eq!(outcome("local.bank_share"), Some(Outcome::NeedsException));
        assert_eq!(outcome("product.client_max"), Some(Outcome::Refuse));
        assert_eq!(outcome("quota.reguarantee"), Some(Outcome::Refuse));
        assert_eq!(outcome("risk.bank"), Some(Outcome::Pass));
        assert_eq!(decision.verdict, Verdict::Refused);
    }

    #[test]
    fn the_ten_largest_clients_are_ten_with_this_one_among_them() {
        let others: Vec<Money> = (1..=12).map(wan).collect();
        // 12 + 11 + … + 4 are nine of them, 72, and this one's 100.
        assert_eq!(top_ten(&others, wan(100)), Ok(wan(172)));
        assert_eq!(top_ten(&[], wan(1)), Ok(wan(1)));
    }
}
