//! What counts of a contract, a client and an institution: the sums that every limit is formed from, kept exactly.
//!
//! A client's book is the sum of its contracts; an institution's book is the sum of what each client contributes. Whatever
//! happens to a contract changes one client's book, so the institution's book moves by the difference of two contributions:
//! the cost does not depend on the number of contracts, and a client that crosses a threshold moves as a whole.

use crate::{
    client::ClientKind,
    liability::{Balances, GuaranteeKind, Weighted},
    policy::yin_bao_jian_fa_2018_1::{FARMER_LOAN_UP_TO, LIABILITY_WEIGHTS, SMALL_LOAN_UP_TO},
    share,
    supervision::{RegulatorItem, RegulatorPosition},
    value::{Day, Money, OutOfRange, Rate},
};

/// Adds and takes away field by field.
macro_rules! sums {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $field:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$of])* pub $field: Money),*
        }

        impl $name {
            /// The sum, field by field.
            pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
                Ok(Self { $($field: self.$field.plus(other.$field)?),* })
            }

            /// The difference, field by field.
            pub fn minus(self, other: Self) -> Result<Self, OutOfRange> {
                Ok(Self { $($field: self.$field.minus(other.$field)?),* })
            }

            /// Whether any field is below zero: no book ever is.
            pub fn is_negative(&self) -> bool {
                [$(self.$field),*].iter().any(|amount| amount.is_negative())
            }
        }
    };
}

sums! {
    /// What a client's contracts come to, outstanding and committed, each at its full guaranteed amount.
    ClientBook {
        /// All of them, non-financing guarantees included.
        total,
        /// Of which booked with the client as small-and-agri.
        small_agri,
        /// Loans booked with the client as small or micro enterprise, individual business or owner.
        small_loan,
        /// Loans booked with the client as farmer.
        farmer_loan,
        /// Every other loan.
        other_loan,
        /// Bonds of an issuer rated AA or better.
        rated_bond,
        /// Every other bond.
        other_bond,
        /// Housing guarantees.
        housing,
        /// Every other financing guarantee.
        other,
        /// Small-micro clients of 162号 七（十八）.
        regulator_small,
        /// Of which loans that are small credits or operating loans.
        regulator_small_credit,
    }
}

sums! {
    /// Outstanding principal by what it weighs in the liability balance; a client's loans stand where its whole loan balance puts
    /// them.
    Liabilities {
        /// Loans of small-micro clients up to 500万.
        small_loan,
        /// Loans of farmers up to 200万.
        farmer_loan,
        /// Every other loan.
        other_loan,
        /// Bonds of an issuer rated AA or better.
        rated_bond,
        /// Every other bond.
        other_bond,
        /// Housing guarantees.
        housing,
        /// Every other financing guarantee.
        other,
    }
}

/// What kind of guarantee a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A financing guarantee; a bond with whether its issuer is rated AA or better.
    Financing(GuaranteeKind, bool),
    /// Another guarantee (683号 art. 12). Reading `non_financing_stands_in_the_denominator`: it counts in the shares, and not in
    /// the liability balance.
    NonFinancing,
}

impl Kind {
    /// Whether a bank lends what is guaranteed, and is to bear its part of the risk (国办发〔2019〕6号 （十一）): every loan, and housing and
    /// other guarantees towards a bank. Bonds have none, and what finances nothing has no lender.
    pub const fn is_bank_loan(self, names_bank: bool) -> bool {
        match self {
            Self::Financing(GuaranteeKind::Loan, _) => true,
            Self::Financing(GuaranteeKind::Housing | GuaranteeKind::Other, _) => names_bank,
            Self::Financing(GuaranteeKind::Bond, _) | Self::NonFinancing => false,
        }
    }
}

/// What of a contract counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is outstanding or committed.
    pub amount: Money,
    /// Who the client was when the contract was approved.
    pub client_kind: ClientKind,
    /// What is guaranteed.
    pub kind: Kind,
    /// The client's credit line at the bank.
    pub credit_line: Money,
    /// Whether it is an operating loan.
    pub operating_loan: bool,
}

impl Item {
    /// The same contract with another amount: what a release leaves of it, or takes away.
    pub const fn with_amount(self, amount: Money) -> Self {
        Self { amount, ..self }
    }

    /// What a client's book is with this contract alone.
    pub fn book(self) -> Result<ClientBook, OutOfRange> {
        use ClientKind::{Farmer, IndividualBusiness, SmallBusinessOwner, SmallMicroEnterprise};
        let Self { amount, client_kind, kind, credit_line, operating_loan } = self;
        let loan = matches!(kind, Kind::Financing(GuaranteeKind::Loan, _));
        let regulator = RegulatorPosition::default().with(RegulatorItem {
            client_kind,
            amount,
            loan,
            credit_line,
            operating_loan,
        })?;
        let small_agri = if client_kind.is_small_agri() { amount } else { Money::ZERO };
        let book = ClientBook {
            total: amount,
            small_agri,
            regulator_small: regulator.small,
            regulator_small_credit: regulator.small_credit,
            ..ClientBook::default()
        };
        Ok(match kind {
            Kind::NonFinancing => book,
            Kind::Financing(GuaranteeKind::Loan, _) => match client_kind {
                SmallMicroEnterprise | IndividualBusiness | SmallBusinessOwner => {
                    ClientBook { small_loan: amount, ..book }
                }
                Farmer => ClientBook { farmer_loan: amount, ..book },
                _ => ClientBook { other_loan: amount, ..book },
            },
            Kind::Financing(GuaranteeKind::Bond, true) => ClientBook { rated_bond: amount, ..book },
            Kind::Financing(GuaranteeKind::Bond, false) => ClientBook { other_bond: amount, ..book },
            Kind::Financing(GuaranteeKind::Housing, _) => ClientBook { housing: amount, ..book },
            Kind::Financing(GuaranteeKind::Other, _) => ClientBook { other: amount, ..book },
        })
    }
}

impl ClientBook {
    /// The client's loans together: what the small weights are held against.
    pub fn loans(&self) -> Result<Money, OutOfRange> {
        self.small_loan.plus(self.farmer_loan)?.plus(self.other_loan)
    }

    /// What the client adds to the liability balance, before the weights.
    ///
    /// Reading `weighted_small_loans_include_individuals_and_owners`; 以下 includes the number.
    pub fn liabilities(&self) -> Result<Liabilities, OutOfRange> {
        let loans = self.loans()?;
        let kept = |amount: Money, up_to: Money| {
            if loans <= up_to { (amount, Money::ZERO) } else { (Money::ZERO, amount) }
        };
        let (small_loan, above_small) = kept(self.small_loan, SMALL_LOAN_UP_TO);
        let (farmer_loan, above_farmer) = kept(self.farmer_loan, FARMER_LOAN_UP_TO);
        Ok(Liabilities {
            small_loan,
            farmer_loan,
            other_loan: self.other_loan.plus(above_small)?.plus(above_farmer)?,
            rated_bond: self.rated_bond,
            other_bond: self.other_bond,
            housing: self.housing,
            other: self.other,
        })
    }

    /// The client as the shares look at it.
    pub const fn exposure(&self) -> share::ClientExposure {
        share::ClientExposure { total: self.total, small_agri: self.small_agri }
    }
}

impl Liabilities {
    /// Σ amount × weight with the weights in force on `day`; before 2018-04-02 every weight is 1.
    pub fn weighted(&self, day: Day) -> Result<Weighted, OutOfRange> {
        let one = Rate::ONE;
        let weights = LIABILITY_WEIGHTS.on(day).ok().map(|version| &version.value);
        let weigh = |amount: Money, weight: Option<Rate>| Weighted::of(amount, weight.unwrap_or(one));
        weigh(self.small_loan, weights.map(|weights| weights.small_loan))?
            .plus(weigh(self.farmer_loan, weights.map(|weights| weights.farmer_loan))?)?
            .plus(weigh(self.other_loan, weights.map(|weights| weights.other_loan))?)?
            .plus(weigh(self.rated_bond, weights.map(|weights| weights.rated_bond))?)?
            .plus(weigh(self.other_bond, weights.map(|weights| weights.other_bond))?)?
            .plus(weigh(self.housing, weights.map(|weights| weights.housing))?)?
            .plus(weigh(self.other, weights.map(|weights| weights.other))?)
    }
}

/// The sums of an institution: the contributions of all its clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// What the shares are formed from.
    pub shares: share::Position,
    /// What the liability balance is formed from.
    pub liabilities: Liabilities,
    /// Small-micro clients of 162号 七（十八）.
    pub regulator_small: Money,
    /// Of which small credits and operating loans.
    pub regulator_small_credit: Money,
}

/// One step of a counter of clients: whether the client joins, leaves or stays.
fn counted(clients: u64, was: Money, is: Money) -> Result<u64, OutOfRange> {
    match (was.is_zero(), is.is_zero()) {
        (true, false) => clients.checked_add(1).ok_or(OutOfRange),
        (false, true) => clients.checked_sub(1).ok_or(OutOfRange),
        (true, true) | (false, false) => Ok(clients),
    }
}

impl Book {
    /// The book after one client's book has gone from `was` to `is`.
    pub fn moved(self, was: &ClientBook, is: &ClientBook) -> Result<Self, OutOfRange> {
        let step = |sum: Money, was: Money, is: Money| sum.minus(was)?.plus(is);
        let (before, after) = (was.exposure(), is.exposure());
        Ok(Self {
            shares: share::Position {
                total: step(self.shares.total, was.total, is.total)?,
                small_agri: step(self.shares.small_agri, was.small_agri, is.small_agri)?,
                small_ticket: step(self.shares.small_ticket, before.small_ticket(), after.small_ticket())?,
                clients: counted(self.shares.clients, was.total, is.total)?,
                small_agri_clients: counted(self.shares.small_agri_clients, was.small_agri, is.small_agri)?,
            },
            liabilities: self.liabilities.minus(was.liabilities()?)?.plus(is.liabilities()?)?,
            regulator_small: step(self.regulator_small, was.regulator_small, is.regulator_small)?,
            regulator_small_credit: step(
                self.regulator_small_credit,
                was.regulator_small_credit,
                is.regulator_small_credit,
            )?,
        })
    }

    /// The book of these clients.
    pub fn of<'a>(clients: impl IntoIterator<Item = &'a ClientBook>) -> Result<Self, OutOfRange> {
        clients.into_iter().try_fold(Self::default(), |book, client| book.moved(&ClientBook::default(), client))
    }

    /// The position of 162号 七（十八）.
    pub const fn regulator(&self) -> RegulatorPosition {
        RegulatorPosition {
            total: self.shares.total,
            small: self.regulator_small,
            small_credit: self.regulator_small_credit,
        }
    }

    /// The liability balance, with the balances of one client and of its related group, on `day`.
    ///
    /// `group` are the books of the group's members, the client among them; a client without a group is a group of its own.
    pub fn balances(
        &self,
        client: (&str, &ClientBook),
        group: Option<(&str, &[ClientBook])>,
        day: Day,
    ) -> Result<Balances, OutOfRange> {
        let (name, book) = client;
        let of_client = book.liabilities()?.weighted(day)?;
        let (group_name, of_group) = match group {
            None => (name, of_client),
            Some((group_name, members)) => {
                let sum = |sum: Weighted, member: &ClientBook| sum.plus(member.liabilities()?.weighted(day)?);
                (group_name, members.iter().try_fold(Weighted::default(), sum)?)
            }
        };
        Ok(Balances {
            total: self.liabilities.weighted(day)?,
            client: Some((name.to_owned(), of_client)),
            group: Some((group_name.to_owned(), of_group)),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::liability;

    const DAY: Day = Day::new(2024, 1, 1);

    fn wan(wan: i64) -> Money {
        Money::from_wan(wan)
    }

    fn loan(client_kind: ClientKind, amount: Money) -> Item {
        Item {
            amount,
            client_kind,
            kind: Kind::Financing(GuaranteeKind::Loan, false),
            credit_line: amount,
            operating_loan: true,
        }
    }

    fn book(items: &[Item]) -> ClientBook {
        items.iter().fold(ClientBook::default(), |sum, item| sum.plus(item.book().unwrap()).unwrap())
    }

    #[test]
    fn a_client_that_crosses_500_wan_leaves_the_small_tickets_as_a_whole_and_comes_back_as_a_whole() {
        let kind = ClientKind::SmallMicroEnterprise;
        let at = book(&[loan(kind, wan(500))]);
        let over = at.plus(loan(kind, Money::from_fen(1)).book().unwrap()).unwrap();
        let begun = Book::default().moved(&ClientBook::default(), &at).unwrap();
        assert_eq!((begun.shares.small_ticket, begun.liabilities.small_loan), (wan(500), wan(500)));
        let crossed = begun.moved(&at, &over).unwrap();
        assert_eq!((crossed.shares.small_ticket, crossed.liabilities.small_loan), (Money::ZERO, Money::ZERO));
        assert_eq!(crossed.liabilities.other_loan, wan(500).plus(Money::from_fen(1)).unwrap());
        assert_eq!(crossed.moved(&over, &at).unwrap(), begun);
    }

    #[test]
    fn a_farmers_loans_up_to_200_wan_weigh_three_quarters() {
        // 200万 × 0.75 = 150万; one fen more weighs in full.
        let weighed = |fen: i64| {
            let loan = loan(ClientKind::Farmer, wan(200).plus(Money::from_fen(fen)).unwrap());
            book(&[loan]).liabilities().unwrap().weighted(DAY).unwrap().shown().unwrap()
        };
        assert_eq!((weighed(0), weighed(1)), (wan(150), wan(200).plus(Money::from_fen(1)).unwrap()));
    }

    #[test]
    fn before_2018_04_02_everything_weighs_its_whole_amount() {
        let liabilities = book(&[loan(ClientKind::Farmer, wan(100))]).liabilities().unwrap();
        let shown = |day| liabilities.weighted(day).unwrap().shown().unwrap();
        assert_eq!((shown(Day::new(2018, 4, 1)), shown(Day::new(2018, 4, 2))), (wan(100), wan(75)));
    }

    #[test]
    fn a_bank_bears_its_part_of_loans_and_of_whatever_else_is_guaranteed_towards_it() {
        let of = |kind| [true, false].map(|names_bank| Kind::Financing(kind, false).is_bank_loan(names_bank));
        assert_eq!(of(GuaranteeKind::Loan), [true, true]);
        assert_eq!((of(GuaranteeKind::Housing), of(GuaranteeKind::Other)), ([true, false], [true, false]));
        assert_eq!(of(GuaranteeKind::Bond), [false, false]);
        assert!(!Kind::NonFinancing.is_bank_loan(true));
    }

    #[test]
    fn non_financing_stands_in_the_denominator() {
        let item = Item { kind: Kind::NonFinancing, ..loan(ClientKind::Large, wan(10)) };
        let book = Book::default().moved(&ClientBook::default(), &item.book().unwrap()).unwrap();
        assert_eq!((book.shares.total, book.liabilities), (wan(10), Liabilities::default()));
    }

    #[test]
    fn a_client_is_counted_while_it_has_anything_and_no_longer() {
        let one = book(&[loan(ClientKind::Farmer, wan(1))]);
        let joined = Book::default().moved(&ClientBook::default(), &one).unwrap();
        assert_eq!((joined.shares.clients, joined.shares.small_agri_clients), (1, 1));
        assert_eq!(joined.moved(&one, &ClientBook::default()).unwrap(), Book::default());
        assert_eq!(Book::default().moved(&one, &ClientBook::default()), Err(OutOfRange));
    }

    #[test]
    fn a_group_weighs_what_its_members_weigh_together() {
        let (a, b) = (book(&[loan(ClientKind::Large, wan(300))]), book(&[loan(ClientKind::Farmer, wan(100))]));
        let all = Book::of([&a, &b]).unwrap();
        let balances = all.balances(("甲", &a), Some(("甲集团", &[a, b])), DAY).unwrap();
        // 300万, and 300万 + 100万 × 0.75.
        assert_eq!(balances.client.unwrap().1.shown().unwrap(), wan(300));
        assert_eq!(balances.group.unwrap().1.shown().unwrap(), wan(375));
        let alone = all.balances(("甲", &a), None, DAY).unwrap();
        assert_eq!(alone.group, alone.client);
    }

    /// A contract of one of a few clients, large and small around every threshold.
    fn contract() -> impl Strategy<Value = (u8, Item)> {
        let kinds = prop::sample::select(ClientKind::ALL.to_vec());
        let what = prop::sample::select(vec![
            Kind::Financing(GuaranteeKind::Loan, false),
            Kind::Financing(GuaranteeKind::Bond, true),
            Kind::Financing(GuaranteeKind::Bond, false),
            Kind::Financing(GuaranteeKind::Housing, false),
            Kind::Financing(GuaranteeKind::Other, false),
        ]);
        (0_u8..4, 1_i64..60_000_000_000, kinds, what, any::<bool>()).prop_map(|(client, fen, kind, what, operating)| {
            let amount = Money::from_fen(fen);
            let item = Item { amount, client_kind: kind, kind: what, credit_line: amount, operating_loan: operating };
            (client, item)
        })
    }

    proptest! {
        #[test]
        fn moved_one_by_one_the_book_is_the_one_recounted_from_every_contract(
            contracts in prop::collection::vec(contract(), 1..30),
            released in prop::collection::vec(any::<bool>(), 30),
        ) {
            let mut clients: BTreeMap<u8, ClientBook> = BTreeMap::new();
            let mut moved = Book::default();
            let mut step = |client: u8, change: &dyn Fn(ClientBook) -> ClientBook| {
                let was = clients.get(&client).copied().unwrap_or_default();
                let is = change(was);
                moved = moved.moved(&was, &is).unwrap();
                clients.insert(client, is);
            };
            for (client, item) in &contracts {
                step(*client, &|was| was.plus(item.book().unwrap()).unwrap());
            }
            for ((client, item), _) in contracts.iter().zip(&released).filter(|(_, released)| **released) {
                step(*client, &|was| was.minus(item.book().unwrap()).unwrap());
            }
            let kept: Vec<_> = contracts.iter().zip(&released).filter(|(_, released)| !**released).map(|(kept, _)| kept).collect();
            prop_assert_eq!(moved.shares, share::Position::of(kept.iter().map(|(client, item)| (client, item.client_kind, item.amount))).unwrap());
            let names = ["a", "b", "c", "d"];
            let items: Vec<liability::Item<'_>> = kept.iter().map(|(client, item)| {
                let Kind::Financing(kind, rated) = item.kind else { unreachable!() };
                liability::Item {
                    client: names[usize::from(*client)],
                    group: None,
                    kind,
                    client_kind: item.client_kind,
                    issuer_rating: rated.then_some("AA"),
                    outstanding: item.amount,
                }
            }).collect();
            let recounted = liability::balances(&items, DAY).unwrap().total;
            prop_assert_eq!(moved.liabilities.weighted(DAY).unwrap(), recounted);
            prop_assert_eq!(moved, Book::of(clients.values()).unwrap());
        }
    }
}
