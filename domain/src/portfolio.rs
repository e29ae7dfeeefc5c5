//! The portfolio of an institution on a day: every limit of a book, held against the book as it stands instead of a contract.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    client::ClientKind,
    exposure::{Book, ClientBook},
    fee,
    finding::Finding,
    liability::{self, Balances, Leverage, Weighted},
    local_limit::LocalRule,
    party::{self, EquityInvestment},
    share,
    stated::{Bears, Measure, StatedLimit, held},
    supervision::{self, Statement},
    value::{Day, Money, OutOfRange, Rate, Ratio},
    volume::Volume,
};

/// Within how many days from a day contracts are counted as ending: each span includes the one before.
pub const MATURITY_DAYS: [u64; 3] = [30, 90, 180];

/// What began in a calendar year: the second basis of the shares, reported beside the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewBusiness {
    /// How many contracts.
    pub contracts: u64,
    /// Their guaranteed amounts.
    pub amount: Money,
    /// Of which with small-and-agri clients.
    pub small_agri: Money,
    /// Of which with clients whose whole total was at most 500万 when the contract began.
    pub small_ticket: Money,
    /// Amount × days, and fees.
    pub volume: Volume,
}

/// Contracts that began, of one kind of client, all small tickets or none.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// Who the clients were.
    pub client_kind: ClientKind,
    /// Whether they were clients of at most 500万 then.
    pub small_ticket: bool,
    /// How many contracts.
    pub contracts: u64,
    /// Their guaranteed amounts.
    pub amount: Money,
    /// Amount × days, and fees.
    pub volume: Volume,
}

impl NewBusiness {
    /// The sum with these contracts added.
    pub fn with(self, begun: Begun) -> Result<Self, OutOfRange> {
        let counted = |counts: bool| if counts { begun.amount } else { Money::ZERO };
        let small_agri = begun.client_kind.is_small_agri();
        Ok(Self {
            contracts: self.contracts.checked_add(begun.contracts).ok_or(OutOfRange)?,
            amount: self.amount.plus(begun.amount)?,
            small_agri: self.small_agri.plus(counted(small_agri))?,
            small_ticket: self.small_ticket.plus(counted(small_agri && begun.small_ticket))?,
            volume: self.volume.plus(begun.volume)?,
        })
    }

    /// Small-and-agri over all; `None` of nothing.
    pub fn small_agri_share(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.small_agri, self.amount)
    }

    /// Small tickets over small-and-agri; `None` of nothing.
    pub fn small_ticket_share(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.small_ticket, self.small_agri)
    }

    /// Small tickets over all; `None` of nothing.
    pub fn small_ticket_share_of_all(self) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(self.small_ticket, self.amount)
    }
}

/// A place or a branch of trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// A region of GB/T 2260.
    Region,
    /// An industry of GB/T 4754.
    Industry,
}

/// What is outstanding with the clients of one region or industry code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Region or industry.
    pub kind: SegmentKind,
    /// Its code.
    pub code: String,
    /// The section that the industry's division belongs to.
    pub section: Option<String>,
    /// How much.
    pub outstanding: Money,
}

impl Segment {
    /// What a limit without a key is about here: the city, or the section.
    pub(crate) fn class(&self) -> &str {
        match self.kind {
            SegmentKind::Region => significant(self.code.get(..4).unwrap_or(&self.code)),
            SegmentKind::Industry => self.section.as_deref().unwrap_or(&self.code),
        }
    }

    /// Whether it lies in the region, section or division that `class` names.
    pub(crate) fn lies_in(&self, class: &str) -> bool {
        self.code.starts_with(class) || self.section.as_deref() == Some(class)
    }
}

/// A region code without the pairs of zeros behind it: a province's two digits, a city's four.
pub(crate) fn significant(mut code: &str) -> &str {
    while let Some(shorter) = code.strip_suffix("00").filter(|shorter| !shorter.is_empty()) {
        code = shorter;
    }
    code
}

/// The client with the largest liability balance; of equal ones the first in order, and none of nothing.
pub fn largest<'a, K: Copy + Ord>(
    books: impl IntoIterator<Item = (K, &'a ClientBook)>,
    day: Day,
) -> Result<Option<(K, Weighted)>, OutOfRange> {
    let weighed = books.into_iter().map(|(key, book)| Ok((key, book.liabilities()?.weighted(day)?)));
    weighed.collect::<Result<Vec<_>, OutOfRange>>().map(largest_of)
}

/// The group with the largest liability balance, from the books of its members: each with its group and its party.
///
/// Judged as a booking of each member would be: one that is in several groups, because parties turned out to be one, counts with all the
/// members of all of them, each once, and these groups are named together in their order.
pub fn largest_group<'a, G: Copy + Ord, P: Copy + Ord>(
    members: impl IntoIterator<Item = (G, P, &'a ClientBook)>,
    day: Day,
) -> Result<Option<(Vec<G>, Weighted)>, OutOfRange> {
    let mut groups: BTreeMap<G, BTreeMap<P, Weighted>> = BTreeMap::new();
    let mut own: BTreeMap<P, BTreeSet<G>> = BTreeMap::new();
    for (group, party, book) in members {
        groups.entry(group).or_default().insert(party, book.liabilities()?.weighted(day)?);
        own.entry(party).or_default().insert(group);
    }
    let together: BTreeSet<BTreeSet<G>> = own.into_values().collect();
    let balances = together.into_iter().map(|together| {
        let members = together.iter().filter_map(|group| groups.get(group)).flatten();
        let members: BTreeMap<P, Weighted> = members.map(|(party, balance)| (*party, *balance)).collect();
        let balance = members.into_values().try_fold(Weighted::default(), Weighted::plus)?;
        Ok((together.into_iter().collect(), balance))
    });
    Ok(largest_of(balances.collect::<Result<Vec<_>, OutOfRange>>()?))
}

/// The larger of two; of equal ones the first in order.
pub fn larger<K: Ord>(one: Option<(K, Weighted)>, other: Option<(K, Weighted)>) -> Option<(K, Weighted)> {
    largest_of(one.into_iter().chain(other))
}

fn largest_of<K: Ord>(balances: impl IntoIterator<Item = (K, Weighted)>) -> Option<(K, Weighted)> {
    let some = balances.into_iter().filter(|(_, balance)| *balance > Weighted::default());
    some.reduce(|best, next| if (next.1, &best.0) > (best.1, &next.0) { next } else { best })
}

/// Whether no client whose total is at most `total` can have a larger balance than `best`, nor an equal one: no weight is above one.
pub fn is_settled(best: Option<Weighted>, total: Money) -> Result<bool, OutOfRange> {
    Ok(best.is_some_and(|best| Weighted::of(total, Rate::ONE).is_ok_and(|most| most < best)) || total.is_zero())
}

/// The book of an institution on a day, with everything its limits look at.
#[derive(Clone, Debug)]
pub struct Portfolio<'a> {
    /// The day.
    pub day: Day,
    /// Its sums.
    pub book: Book,
    /// What began in the year up to the day.
    pub new_business: NewBusiness,
    /// The client with the largest liability balance, by name.
    pub largest_client: Option<(String, Weighted)>,
    /// The group with the largest one; a client without a group is a group of its own.
    pub largest_group: Option<(String, Weighted)>,
    /// What the ten largest clients have.
    pub top_ten: Money,
    /// What is outstanding by region and industry; needed only where a limit asks for it.
    pub segments: &'a [Segment],
    /// The statement that counts on the day.
    pub statement: Option<&'a Statement>,
    /// Which multiple of net assets the institution may reach.
    pub leverage: Leverage,
    /// The register of equity investments.
    pub investments: &'a [EquityInvestment],
    /// Whether the national fund supports the institution.
    pub nationally_supported: bool,
    /// The local limits that bind.
    pub limits: &'a [StatedLimit],
}

/// What the rules say about a portfolio.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The three shares.
    pub shares: [Finding; 3],
    /// The average fee rate.
    pub fee_average: Finding,
    /// The multiple of net assets, the largest client, the largest group.
    pub limits: [Finding; 3],
    /// Whatever else holds of the institution as a whole.
    pub others: Vec<Finding>,
}

impl Findings {
    /// All of them.
    pub fn into_list(self) -> Vec<Finding> {
        let Self { shares, fee_average, limits, others } = self;
        shares.into_iter().chain([fee_average]).chain(limits).chain(others).collect()
    }
}

impl Portfolio<'_> {
    /// The liability balance of all, exactly.
    pub fn balance(&self) -> Result<Weighted, OutOfRange> {
        self.book.liabilities.weighted(self.day)
    }

    /// What every rule about a book says, by the same functions that judge a contract.
    pub fn judge(&self) -> Result<Findings, OutOfRange> {
        let balances =
            Balances { total: self.balance()?, client: self.largest_client.clone(), group: self.largest_group.clone() };
        let net_assets = self.statement.map(|statement| statement.net_assets);
        let mut others = vec![party::equity(self.investments, self.day)];
        if self.nationally_supported {
            others.push(supervision::small_share(self.book.regulator(), self.day)?);
        }
        if let Some(statement) = self.statement {
            others.extend(supervision::assets(statement, self.day)?);
        }
        for limit in self.limits {
            others.extend(self.held(limit, &balances, net_assets)?);
        }
        Ok(Findings {
            shares: share::judge(self.book.shares, None, self.day)?,
            fee_average: fee::average(self.new_business.volume, self.day)?,
            limits: liability::judge(&balances, net_assets, self.leverage, self.day)?,
            others,
        })
    }

    /// What a local limit says; `None` when it is about a single contract.
    fn held(
        &self,
        limit: &StatedLimit,
        balances: &Balances,
        net_assets: Option<Money>,
    ) -> Result<Option<Finding>, OutOfRange> {
        use LocalRule as L;
        let over = |balance: Option<Weighted>| match net_assets {
            Some(assets) => balance.unwrap_or_default().over(assets),
            None => Ok(None),
        };
        let balance_of = |of: &Option<(String, Weighted)>| of.as_ref().map(|(_, balance)| *balance);
        let (what, measured) = match limit.rule {
            L::SmallAgriShare => {
                (("支小支农担保金额占比", "small-and-agri share"), self.book.shares.small_agri_share()?)
            }
            L::SmallTicketShare => (
                ("支小支农担保金额中单户500万元及以下的占比", "small-ticket share of the small-and-agri amount"),
                self.book.shares.small_ticket_share()?,
            ),
            L::SingleClient => (
                ("最大单户担保责任余额占净资产的比例", "largest client's liability balance over net assets"),
                over(balance_of(&balances.client))?,
            ),
            L::RelatedGroup => (
                (
                    "最大客户及其关联方担保责任余额占净资产的比例",
                    "largest related group's liability balance over net assets",
                ),
                over(balance_of(&balances.group))?,
            ),
            L::Leverage => {
                (("担保责任余额与净资产之比", "liability balance over net assets"), over(Some(balances.total))?)
            }
            L::TopTenClients => (
                ("前十大客户担保余额占比", "ten largest clients' share of the outstanding balance"),
                Ratio::of(self.top_ten, self.book.shares.total)?,
            ),
            L::Region => (
                ("担保余额最大的地区占比", "largest region's share of the outstanding balance"),
                self.of_segment(SegmentKind::Region, limit.key.as_deref())?,
            ),
            L::Industry => (
                ("担保余额最大的行业占比", "largest industry's share of the outstanding balance"),
                self.of_segment(SegmentKind::Industry, limit.key.as_deref())?,
            ),
            L::FeeUpToSmallTicket
            | L::FeeAboveSmallTicket
            | L::ReguaranteeFeeUpToSmallTicket
            | L::ReguaranteeFeeAboveSmallTicket
            | L::BankShare => return Ok(None),
        };
        let what = match (limit.rule, &limit.key) {
            (L::Region, Some(_)) => ("该地区担保余额占比", "region's share of the outstanding balance"),
            (L::Industry, Some(_)) => ("该行业担保余额占比", "industry's share of the outstanding balance"),
            _ => what,
        };
        let minimum = matches!(limit.rule, L::SmallAgriShare | L::SmallTicketShare);
        let measure = Measure { what, measured, minimum, bears: Bears::Book };
        held(limit.rule.finding_id(), &measure, limit.value, limit.rule.severity(), limit.row.clone()).map(Some)
    }

    /// The share of one region or industry of all that is outstanding; of the one with most without a key.
    fn of_segment(&self, kind: SegmentKind, key: Option<&str>) -> Result<Option<Ratio>, OutOfRange> {
        let of_kind = || self.segments.iter().filter(|segment| segment.kind == kind);
        let sum = |class: &str| {
            Money::total(of_kind().filter(|segment| segment.lies_in(class)).map(|segment| segment.outstanding))
        };
        let most = match (kind, key) {
            (SegmentKind::Region, Some(key)) => sum(significant(key))?,
            (SegmentKind::Industry, Some(key)) => sum(key)?,
            (SegmentKind::Region | SegmentKind::Industry, None) => {
                let sums = of_kind().map(|segment| sum(segment.class()));
                sums.collect::<Result<Vec<_>, _>>()?.into_iter().max().unwrap_or_default()
            }
        };
        Ratio::of(most, self.book.shares.total)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::{
        exposure::{Item, Kind},
        finding::{Outcome, Row},
        liability::GuaranteeKind,
        value::Term,
    };

    const DAY: Day = Day::new(2024, 6, 1);

    fn wan(wan: i64) -> Money {
        Money::from_wan(wan)
    }

    fn loan(client_kind: ClientKind, amount: Money) -> ClientBook {
        let kind = Kind::Financing(GuaranteeKind::Loan, false);
        Item { amount, client_kind, kind, credit_line: amount, operating_loan: true }.book().unwrap()
    }

    fn segment(kind: SegmentKind, code: &str, section: Option<&str>, wan_: i64) -> Segment {
        Segment { kind, code: code.to_owned(), section: section.map(str::to_owned), outstanding: wan(wan_) }
    }

    fn limit(rule: LocalRule, key: Option<&str>, value: rust_decimal::Decimal) -> StatedLimit {
        let row = Row { document: "某办法".to_owned(), clause: None, from: DAY, until: None, verified: true };
        StatedLimit { rule, key: key.map(str::to_owned), value: Rate::new(value), row }
    }

    /// Small enterprises 800万 in loans of 400万 each, and a large client of 200万.
    fn portfolio<'a>(segments: &'a [Segment], limits: &'a [StatedLimit]) -> Portfolio<'a> {
        let small = loan(ClientKind::SmallMicroEnterprise, wan(400));
        let large = loan(ClientKind::Large, wan(200));
        Portfolio {
            day: DAY,
            book: Book::of([&small, &small, &large]).unwrap(),
            new_business: NewBusiness::default(),
            largest_client: Some(("甲".to_owned(), Weighted::of(wan(300), Rate::ONE).unwrap())),
            largest_group: Some(("甲".to_owned(), Weighted::of(wan(300), Rate::ONE).unwrap())),
            top_ten: wan(1000),
            segments,
            statement: None,
            leverage: Leverage::General,
            investments: &[],
            nationally_supported: false,
            limits,
        }
    }

    #[test]
    fn the_largest_client_is_the_one_with_the_largest_weighted_balance_and_not_with_the_largest_total() {
        // 400万 of a small enterprise weigh 300万; 350万 of a large one 350万.
        let (small, large) = (loan(ClientKind::SmallMicroEnterprise, wan(400)), loan(ClientKind::Large, wan(350)));
        let (key, balance) = largest([(1, &small), (2, &large)], DAY).unwrap().unwrap();
        assert_eq!((key, balance.shown().unwrap()), (2, wan(350)));
        // Of equal ones the first, in whichever order they come; of nothing none.
        assert_eq!(largest([(2, &large), (1, &large)], DAY).unwrap().unwrap().0, 1);
        assert_eq!(largest([(1, &large), (2, &large)], DAY).unwrap().unwrap().0, 1);
        assert!(largest([(1, &ClientBook::default())], DAY).unwrap().is_none());
    }

    #[test]
    fn a_client_whose_total_reaches_the_best_balance_may_still_be_it() {
        let best = Some(Weighted::of(wan(300), Rate::ONE).unwrap());
        let settled = |fen: i64| is_settled(best, Money::from_fen(fen)).unwrap();
        assert_eq!((settled(299_999_999), settled(300_000_000), settled(300_000_001)), (true, false, false));
        assert!(!is_settled(None, wan(1)).unwrap() && is_settled(None, Money::ZERO).unwrap());
    }

    #[test]
    fn a_groups_balance_is_the_sum_of_its_members() {
        let small = loan(ClientKind::SmallMicroEnterprise, wan(400));
        let large = loan(ClientKind::Large, wan(350));
        // Two of 300万 are more than one of 350万.
        let members = [(1, 'a', &large), (2, 'b', &small), (2, 'c', &small)];
        let (group, balance) = largest_group(members, DAY).unwrap().unwrap();
        assert_eq!((group, balance.shown().unwrap()), (vec![2], wan(600)));
        assert!(largest_group::<u8, char>([], DAY).unwrap().is_none());
    }

    #[test]
    fn a_client_in_several_groups_counts_with_all_of_their_members_each_once_and_ties_nobody_else() {
        // 400万 of a small enterprise weigh 300万, 200万 of it 150万; 350万 of a large one 350万.
        let small = loan(ClientKind::SmallMicroEnterprise, wan(400));
        let half = loan(ClientKind::SmallMicroEnterprise, wan(200));
        let (large, nothing) = (loan(ClientKind::Large, wan(350)), ClientBook::default());
        let found = |members: &[(u8, char, &ClientBook)]| {
            let (groups, balance) = largest_group(members.iter().copied(), DAY).unwrap().unwrap();
            (groups, balance.shown().unwrap())
        };
        // b is in both: 300 + 150 + 350, b once; a alone would be judged with 450, c with 500.
        let both = [(1, 'a', &small), (1, 'b', &half), (2, 'b', &half), (2, 'c', &large)];
        assert_eq!(found(&both), (vec![1, 2], wan(800)));
        // The same without a contract of its own: 300 + 350.
        let tied = [(1, 'a', &small), (1, 'b', &nothing), (2, 'b', &nothing), (2, 'c', &large)];
        assert_eq!(found(&tied), (vec![1, 2], wan(650)));
        // A chain ties only neighbours: b with a and c are 800, d with c and e 150 + 350 + 300 = 800 too, and all five nobody's group.
        let chain = [
            (1, 'a', &small),
            (1, 'b', &half),
            (2, 'b', &half),
            (2, 'c', &large),
            (2, 'd', &nothing),
            (3, 'd', &nothing),
            (3, 'e', &small),
        ];
        // With 2 = {b, c, d}: b is judged with {a, b, c, d}, d with {b, c, d, e}: 800 each, and the first in order is named.
        assert_eq!(found(&chain), (vec![1, 2], wan(800)));
        // The same party twice in one group counts once.
        assert_eq!(found(&[(1, 'a', &small), (1, 'a', &small)]), (vec![1], wan(300)));
    }

    #[test]
    fn new_business_counts_a_small_ticket_only_of_small_and_agri() {
        let term = Term::new(DAY, Day::new(2025, 6, 1)).unwrap();
        let begun = |client_kind, small_ticket, amount| Begun {
            client_kind,
            small_ticket,
            contracts: 1,
            amount,
            volume: Volume::of(amount, term, wan(1)).unwrap(),
        };
        let sum = [
            begun(ClientKind::Farmer, true, wan(300)),
            begun(ClientKind::Farmer, false, wan(300)),
            begun(ClientKind::Large, true, wan(400)),
        ];
        let sum = sum.into_iter().try_fold(NewBusiness::default(), NewBusiness::with).unwrap();
        assert_eq!((sum.contracts, sum.amount, sum.small_agri, sum.small_ticket), (3, wan(1000), wan(600), wan(300)));
        let shown = |ratio: Result<Option<Ratio>, OutOfRange>| ratio.unwrap().unwrap().percent().unwrap();
        assert_eq!(
            (shown(sum.small_agri_share()), shown(sum.small_ticket_share()), shown(sum.small_ticket_share_of_all())),
            ("60%".to_owned(), "50%".to_owned(), "30%".to_owned())
        );
        // 3万 × 365 ÷ (1000万 × 365) = 0.3 %.
        assert_eq!(sum.volume.annual_rate().unwrap().unwrap().percent().unwrap(), "0.3%");
    }

    #[test]
    fn a_stated_share_is_advised_about_and_a_stated_cap_is_broken() {
        for (rule, value, expected) in [
            // 800 of 1000 are 80 %; ten clients are all of it; without net assets no multiple can be formed.
            (LocalRule::SmallAgriShare, dec!(0.8), Outcome::Pass),
            (LocalRule::SmallAgriShare, dec!(0.8000000001), Outcome::Advise),
            (LocalRule::TopTenClients, dec!(1), Outcome::Pass),
            (LocalRule::TopTenClients, dec!(0.9999999999), Outcome::Refuse),
            (LocalRule::SingleClient, dec!(0.05), Outcome::NotAssessed),
        ] {
            let limits = [limit(rule, None, value)];
            let findings = portfolio(&[], &limits).judge().unwrap();
            assert_eq!(findings.others.last().unwrap().outcome, expected, "{rule:?} {value}");
        }
        let limits = [limit(LocalRule::TopTenClients, None, dec!(0.5))];
        let finding = portfolio(&[], &limits).judge().unwrap().others.pop().unwrap();
        assert!(finding.explanation.zh.ends_with("超过“某办法”规定的50%，不得再增加。"), "{}", finding.explanation.zh);
        assert!(finding.explanation.en.ends_with("it may not rise further."), "{}", finding.explanation.en);
        let limits = [limit(LocalRule::BankShare, None, dec!(0.3))];
        assert_eq!(portfolio(&[], &limits).judge().unwrap().others.len(), 1, "a contract's matter, not the book's");
    }

    #[test]
    fn a_region_is_measured_with_the_places_in_it_and_an_industry_with_its_section() {
        use SegmentKind::{Industry, Region};
        let segments = [
            segment(Region, "330106", None, 300),
            segment(Region, "330108", None, 200),
            segment(Region, "330203", None, 400),
            segment(Region, "320100", None, 100),
            segment(Industry, "13", Some("C"), 300),
            segment(Industry, "14", Some("C"), 200),
            segment(Industry, "51", Some("F"), 450),
        ];
        for (rule, key, expected) in [
            // Of 1000: 3301 has 500, 3302 has 400; the province 900; section C 500, division 13 alone 300.
            (LocalRule::Region, None, "0.500000"),
            (LocalRule::Region, Some("330000"), "0.900000"),
            (LocalRule::Region, Some("330200"), "0.400000"),
            (LocalRule::Region, Some("440000"), "0.000000"),
            (LocalRule::Industry, None, "0.500000"),
            (LocalRule::Industry, Some("F"), "0.450000"),
            (LocalRule::Industry, Some("13"), "0.300000"),
        ] {
            let limits = [limit(rule, key, dec!(0.5))];
            let finding = portfolio(&segments, &limits).judge().unwrap().others.pop().unwrap();
            assert_eq!(finding.measured.unwrap().to_string(), expected, "{rule:?} {key:?}");
        }
    }

    #[test]
    fn a_portfolio_is_judged_by_the_rules_of_a_booking() {
        let findings = portfolio(&[], &[]).judge().unwrap();
        // 800 of 1000 is 80 %, and all of it small tickets; two clients of three.
        assert!(findings.shares.iter().all(|finding| finding.outcome == Outcome::Pass));
        assert!(findings.limits.iter().all(|finding| finding.outcome == Outcome::NotAssessed), "no statement");
        assert_eq!(findings.fee_average.outcome, Outcome::NotAssessed, "nothing began");
        let rules: Vec<&str> = findings.into_list().iter().map(|finding| finding.rule).collect();
        assert_eq!(
            rules,
            [
                "share.small_agri",
                "share.small_ticket",
                "share.clients",
                "fee.average",
                "limit.leverage",
                "limit.single",
                "limit.group",
                "invest.equity"
            ]
        );
    }
}
