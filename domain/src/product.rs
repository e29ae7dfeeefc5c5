//! Products: dated parameters that are data, and what of the law they may and may not touch (RULES.md section 4).

use serde::{Deserialize, Serialize};

use crate::{
    local_limit::{StricterLaw, laws, no_looser, overlap},
    policy::{
        ClientTotalCap, StartupCap,
        guo_ban_fa_2019_6::{FEE_CAP, REFEE_CAP, RISK_BANK},
        guo_fa_2015_23::STARTUP_CAP,
    },
    startup::{self, OwnCaps},
    value::{Day, Money, Rate},
};

/// What kind of product it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// 一般业务.
    Regular,
    /// 总对总批量担保业务.
    Batch,
    /// 专项担保计划.
    Plan,
    /// 创业担保贷款.
    Startup,
}

/// A product as it is entered: in force `[from, until)`. A parameter that is left out is none of the product's.
#[derive(Clone, Copy, Debug)]
pub struct Product<'a> {
    /// What kind it is.
    pub kind: ProductKind,
    /// Whether the national fund states it.
    pub national: bool,
    /// The most for one client.
    pub client_max: Option<Money>,
    /// The highest guarantee fee rate of a year.
    pub fee_max: Option<Rate>,
    /// The highest re-guarantee fee rate of a year.
    pub reguarantee_fee_max: Option<Rate>,
    /// The bank's least share.
    pub bank_min: Option<Rate>,
    /// The provincial re-guarantor's least share.
    pub provincial_min: Option<Rate>,
    /// The national fund's largest share, one for each grade of clients.
    pub national_max: &'a [Rate],
    /// The most a start-up loan may be; for that kind of product only.
    pub startup: OwnCaps,
    /// The ids of the general rules that it replaces for its own contracts.
    pub replaces: &'a [String],
    /// The first day in force.
    pub from: Day,
    /// The first day no longer in force.
    pub until: Option<Day>,
}

/// Why a product cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProductError {
    /// It ends before it begins.
    #[error("the product ends before it begins")]
    EmptyTerm,
    /// Only a plan of the national fund replaces a general rule.
    #[error("only the national fund replaces a general rule")]
    ReplacedByOthers,
    /// Nobody may replace this rule by a product: it binds without exception, or there is none of this id.
    #[error("rule {0} is not replaced by products")]
    NotReplaceable(String),
    /// The rule is replaced, and nothing stands in its place.
    #[error("rule {0} is replaced by nothing")]
    ReplacedByNothing(String),
    /// A parameter is looser than the law of some day that the product covers.
    #[error("{field}: {law}")]
    Looser {
        /// The parameter.
        field: &'static str,
        /// The stricter law.
        law: StricterLaw,
    },
    /// It has a cap of start-up loans, and is of another kind.
    #[error("{0}: for start-up loans only")]
    NoStartup(&'static str),
    /// A start-up loan would be larger than the law of some day allows to whoever it is about.
    #[error("{field}: startup.cap allows {law} from {day}")]
    LargerThanStartupCap {
        /// The parameter.
        field: &'static str,
        /// The first day on which it would be.
        day: Day,
        /// The most on that day.
        law: Money,
        /// The number of the law's document, and the clause.
        clause: (&'static str, &'static str),
    },
    /// The least shares of bank and province are more than the whole.
    #[error("the shares add up to more than the whole")]
    AboveWhole,
}

impl Product<'_> {
    /// Every reason why the product cannot be kept; none when it may be.
    ///
    /// It is no looser than the law of any day it covers (RULES.md section 4), but for the rules that a product of the
    /// national fund replaces by name. What binds without exception (不得、必须) is replaced by nobody; of
    /// `startup.cap` alone the amounts are, because those of later documents are data (RULES.md section 4), and who may
    /// borrow is not.
    pub fn faults(&self) -> Vec<ProductError> {
        let mut faults = Vec::new();
        if self.until.is_some_and(|until| until <= self.from) {
            faults.push(ProductError::EmptyTerm);
        }
        if !self.replaces.is_empty() && !self.national {
            faults.push(ProductError::ReplacedByOthers);
        }
        faults.extend(self.replaces.iter().filter_map(|rule| self.wrongly_replaced(rule)));
        faults.extend(self.looser());
        faults.extend(self.startup_caps().filter_map(|cap| self.wrong_startup_cap(cap)));
        let least = [self.bank_min, self.provincial_min].into_iter().flatten();
        let sum = least.into_iter().try_fold(Rate::ZERO, Rate::plus);
        if sum.is_ok_and(|sum| sum > Rate::ONE) {
            faults.push(ProductError::AboveWhole);
        }
        faults
    }

    fn wrongly_replaced(&self, rule: &str) -> Option<ProductError> {
        let in_its_place = match rule {
            "fee.cap" => self.fee_max.is_some(),
            "refee.cap" => self.reguarantee_fee_max.is_some(),
            "risk.bank" => self.bank_min.is_some(),
            "risk.provincial" => self.provincial_min.is_some(),
            "risk.national" => !self.national_max.is_empty(),
            startup::RULE => self.startup != OwnCaps::default(),
            _ => return Some(ProductError::NotReplaceable(rule.to_owned())),
        };
        (!in_its_place).then(|| ProductError::ReplacedByNothing(rule.to_owned()))
    }

    /// The cap that binds the product's clients: of those above the small ticket only when it has such clients.
    fn cap_of(&self, cap: &ClientTotalCap) -> Rate {
        if self.client_max.is_some_and(|most| most <= cap.small_ticket) { cap.up_to } else { cap.above }
    }

    fn looser(&self) -> impl Iterator<Item = ProductError> {
        let parameters = [
            ("fee_max", "fee.cap", self.fee_max, laws(&FEE_CAP, |cap| self.cap_of(cap))),
            ("reguarantee_fee_max", "refee.cap", self.reguarantee_fee_max, laws(&REFEE_CAP, |cap| self.cap_of(cap))),
            ("bank_min", "risk.bank", self.bank_min, laws(&RISK_BANK, |rate| *rate)),
        ];
        parameters.into_iter().filter_map(|(field, rule, value, laws)| {
            let value = value.filter(|_| !self.replaces(rule))?;
            no_looser(value, &laws, self.from, self.until).err().map(|law| ProductError::Looser { field, law })
        })
    }

    fn replaces(&self, rule: &str) -> bool {
        self.replaces.iter().any(|replaced| replaced == rule)
    }

    /// What it says of the size of start-up loans: the most for one client is held against what an enterprise may have.
    fn startup_caps(&self) -> impl Iterator<Item = StatedCap> {
        let whole = self.client_max.filter(|_| self.kind == ProductKind::Startup);
        let person: fn(&StartupCap) -> Option<Money> = |law| Some(law.person);
        let enterprise: fn(&StartupCap) -> Option<Money> = |law| law.enterprise.map(|enterprise| enterprise.amount);
        [
            ("client_max", whole, enterprise),
            ("startup_person_max", self.startup.person, person),
            ("startup_enterprise_max", self.startup.enterprise, enterprise),
        ]
        .into_iter()
        .filter_map(|(field, most, law)| Some(StatedCap { field, most: most?, law }))
    }

    fn wrong_startup_cap(&self, StatedCap { field, most, law }: StatedCap) -> Option<ProductError> {
        if self.kind != ProductKind::Startup {
            return Some(ProductError::NoStartup(field));
        }
        if self.replaces(startup::RULE) {
            return None;
        }
        STARTUP_CAP.versions.iter().find_map(|version| {
            // Before enterprises were admitted no amount was set for them, and a person's binds at booking.
            let law = law(&version.value)?;
            let larger = most > law && overlap((self.from, self.until), (version.from, version.until));
            let clause = version.source.clause().map_or(("", ""), |clause| (clause.document.number, clause.clause));
            larger.then_some(ProductError::LargerThanStartupCap {
                field,
                day: self.from.max(version.from),
                law,
                clause,
            })
        })
    }
}

/// A cap of start-up loans that a product states, and where the law's stands.
struct StatedCap {
    field: &'static str,
    most: Money,
    law: fn(&StartupCap) -> Option<Money>,
}

#[cfg(test)]
mod tests {
    use rust_decimal::{Decimal, dec};

    use super::*;

    const PLAIN: Product<'static> = Product {
        kind: ProductKind::Regular,
        national: false,
        client_max: None,
        fee_max: None,
        reguarantee_fee_max: None,
        bank_min: None,
        provincial_min: None,
        national_max: &[],
        startup: OwnCaps { person: None, enterprise: None },
        replaces: &[],
        from: Day::new(2024, 1, 1),
        until: None,
    };

    fn rate(rate: Decimal) -> Option<Rate> {
        Some(Rate::new(rate))
    }

    fn looser(product: Product<'_>) -> Option<(&'static str, Rate)> {
        product.faults().into_iter().find_map(|fault| match fault {
            ProductError::Looser { field, law } => Some((field, law.value)),
            _ => None,
        })
    }

    #[test]
    fn a_product_without_parameters_of_its_own_is_under_the_law_alone() {
        assert_eq!(PLAIN.faults(), []);
    }

    #[test]
    fn each_parameter_may_be_as_strict_as_the_law_and_not_one_ten_billionth_looser() {
        let small = Product { client_max: Some(Money::from_wan(500)), ..PLAIN };
        for (as_law, looser_by_a_hair) in [
            (Product { fee_max: rate(dec!(0.015)), ..PLAIN }, Product { fee_max: rate(dec!(0.0150000001)), ..PLAIN }),
            (Product { fee_max: rate(dec!(0.01)), ..small }, Product { fee_max: rate(dec!(0.0100000001)), ..small }),
            (
                Product { reguarantee_fee_max: rate(dec!(0.005)), ..PLAIN },
                Product { reguarantee_fee_max: rate(dec!(0.0050000001)), ..PLAIN },
            ),
            (
                Product { reguarantee_fee_max: rate(dec!(0.003)), ..small },
                Product { reguarantee_fee_max: rate(dec!(0.0030000001)), ..small },
            ),
            (Product { bank_min: rate(dec!(0.2)), ..PLAIN }, Product { bank_min: rate(dec!(0.1999999999)), ..PLAIN }),
        ] {
            assert_eq!(as_law.faults(), [], "{as_law:?}");
            assert_eq!(looser_by_a_hair.faults().len(), 1, "{looser_by_a_hair:?}");
            assert!(looser(looser_by_a_hair).is_some());
        }
    }

    #[test]
    fn one_fen_above_500_wan_brings_the_cap_of_the_larger_clients() {
        let fee = |client_max| looser(Product { client_max: Some(client_max), fee_max: rate(dec!(0.012)), ..PLAIN });
        assert_eq!(fee(Money::from_wan(500)), Some(("fee_max", Rate::new(dec!(0.01)))));
        assert_eq!(fee(Money::from_wan(500).plus(Money::from_fen(1)).unwrap()), None);
    }

    #[test]
    fn the_law_binds_from_its_first_day() {
        let bank = |from, until| looser(Product { bank_min: rate(dec!(0.1)), from, until, ..PLAIN });
        let begins = Day::new(2019, 1, 22);
        assert_eq!(bank(Day::new(2018, 1, 1), Some(begins)), None);
        assert!(bank(Day::new(2018, 1, 1), begins.next()).is_some());
    }

    #[test]
    fn only_the_national_fund_replaces_a_rule_and_puts_something_in_its_place() {
        let replaces = ["risk.provincial".to_owned()];
        let plan = Product {
            kind: ProductKind::Plan,
            national: true,
            provincial_min: rate(dec!(0.2)),
            national_max: &[Rate::new(dec!(0.4))],
            replaces: &replaces,
            ..PLAIN
        };
        assert_eq!(plan.faults(), []);
        assert_eq!(Product { national: false, ..plan }.faults(), [ProductError::ReplacedByOthers]);
        let nothing = [ProductError::ReplacedByNothing("risk.provincial".to_owned())];
        assert_eq!(Product { provincial_min: None, ..plan }.faults(), nothing);
    }

    #[test]
    fn a_replaced_rule_no_longer_holds_the_product_back() {
        let replaces = ["risk.bank".to_owned()];
        let plan = Product { national: true, bank_min: rate(dec!(0.1)), replaces: &replaces, ..PLAIN };
        assert_eq!(plan.faults(), []);
        assert!(looser(Product { replaces: &[], ..plan }).is_some());
    }

    #[test]
    fn what_binds_without_exception_is_replaced_by_nobody() {
        for rule in ["share.small_agri", "limit.single", "limit.leverage", "fee.only", "risk.whole", "no.rule"] {
            let replaces = [rule.to_owned()];
            let plan = Product { national: true, replaces: &replaces, ..PLAIN };
            assert_eq!(plan.faults(), [ProductError::NotReplaceable(rule.to_owned())]);
        }
    }

    #[test]
    fn a_start_up_loan_is_no_larger_than_300_wan_from_16_november_2018() {
        let startup = |fen, from, until| {
            let client_max = Money::from_wan(300).plus(Money::from_fen(fen)).unwrap();
            let kind = ProductKind::Startup;
            Product { kind, client_max: Some(client_max), from, until, ..PLAIN }.faults()
        };
        let begins = Day::new(2018, 11, 16);
        assert_eq!(startup(0, begins, None), []);
        assert_eq!(startup(1, Day::new(2016, 1, 1), Some(begins)), []);
        let law = Money::from_wan(300);
        let clause = ("国发〔2018〕39号", "二（三）");
        let larger = ProductError::LargerThanStartupCap { field: "client_max", day: begins, law, clause };
        assert_eq!(startup(1, begins, None), [larger]);
        assert_eq!(Product { client_max: Some(Money::from_wan(1000)), ..PLAIN }.faults(), []);
    }

    #[test]
    fn caps_of_start_up_loans_are_no_larger_than_the_law_until_the_national_fund_replaces_them() {
        let of = |person, enterprise| OwnCaps {
            person: Some(Money::from_wan(person)),
            enterprise: Some(Money::from_wan(enterprise)),
        };
        let product = |startup| Product { kind: ProductKind::Startup, startup, ..PLAIN };
        assert_eq!(product(of(15, 300)).faults(), []);
        let named = |faults: Vec<ProductError>| -> Vec<&'static str> {
            let field = |fault| match fault {
                ProductError::LargerThanStartupCap { field, .. } | ProductError::NoStartup(field) => field,
                _ => "",
            };
            faults.into_iter().map(field).collect()
        };
        assert_eq!(named(product(of(16, 301)).faults()), ["startup_person_max", "startup_enterprise_max"]);
        let replaces = ["startup.cap".to_owned()];
        let later = Product { national: true, replaces: &replaces, ..product(of(30, 400)) };
        assert_eq!(later.faults(), []);
        assert_eq!(Product { national: false, ..later }.faults(), [ProductError::ReplacedByOthers]);
        let nothing = Product { startup: OwnCaps::default(), ..later };
        assert_eq!(nothing.faults(), [ProductError::ReplacedByNothing("startup.cap".to_owned())]);
        assert_eq!(
            named(Product { startup: of(1, 1), ..PLAIN }.faults()),
            ["startup_person_max", "startup_enterprise_max"]
        );
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let until = Some(PLAIN.from);
        let product = Product { bank_min: rate(dec!(0.6)), provincial_min: rate(dec!(0.5)), until, ..PLAIN };
        assert_eq!(product.faults(), [ProductError::EmptyTerm, ProductError::AboveWhole]);
    }
}
