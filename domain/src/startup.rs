//! Start-up guarantee loans (创业担保贷款): what a person or a hiring enterprise may borrow.

use crate::{
    finding::{Figure, Finding, Judgement, Outcome, Row, Text},
    policy::{Severity, guo_fa_2015_23::STARTUP_CAP},
    value::{Day, Money, OutOfRange, Ratio},
};

/// The id of the rule, by which a product replaces its amounts.
pub const RULE: &str = "startup.cap";

/// Who borrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borrower {
    /// A person who starts a business, an individual business among them.
    Person,
    /// A small or micro enterprise: qualifying hires of the year, each on a contract of at least a year, and its staff.
    Enterprise {
        /// Qualifying hires of the year.
        hires: u32,
        /// Staff in service; without any no share of hires is shown.
        staff: u32,
    },
    /// Neither: an enterprise that is not small or micro.
    Nobody,
}

/// The most of a product of its own: amounts of a later document that are entered as data (RULES.md section 4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnCaps {
    /// For a person.
    pub person: Option<Money>,
    /// For a small or micro enterprise.
    pub enterprise: Option<Money>,
}

impl OwnCaps {
    /// What binds a borrower, with who that is in both languages; none where the product says nothing.
    fn of(self, borrower: Borrower) -> Option<(Money, &'static str, &'static str)> {
        match borrower {
            Borrower::Person => self.person.map(|most| (most, PERSON.0, PERSON.1)),
            Borrower::Enterprise { .. } => self.enterprise.map(|most| (most, ENTERPRISE.0, ENTERPRISE.1)),
            Borrower::Nobody => None,
        }
    }

    /// Whether the product says how much a borrower may have.
    pub fn binds(self, borrower: Borrower) -> bool {
        self.of(borrower).is_some()
    }

    /// `product.startup_cap`: the loan held against the product's own amount; none where it says nothing.
    pub fn judge(self, borrower: Borrower, loan: Money, row: &Row) -> Option<Finding> {
        let (most, who, who_en) = self.of(borrower)?;
        let judgement = within(loan, most, (who, who_en), Outcome::Refuse);
        Some(Finding {
            rule: "product.startup_cap",
            outcome: judgement.outcome,
            measured: judgement.measured,
            limit: judgement.limit,
            severity: Severity::Forbid,
            basis: None,
            row: Some(row.clone()),
            explanation: judgement.explanation,
        })
    }
}

const PERSON: (&str, &str) = ("个人", "a person");
const ENTERPRISE: (&str, &str) = ("小微企业", "a small or micro enterprise");

/// A loan held against the most for whoever it is.
fn within(loan: Money, most: Money, (who, who_en): (&str, &str), broken: Outcome) -> Judgement {
    let within = loan <= most;
    let (shown, limit) = (loan.grouped(), most.grouped());
    let (zh, en) = if within { ("不超过", "within") } else { ("超过", "above") };
    let then = if within { ("", "") } else { ("，不得办理；请减少金额", ": reduce the amount") };
    Judgement {
        outcome: if within { Outcome::Pass } else { broken },
        measured: Some(Figure::Money(loan)),
        limit: Some(Figure::Money(most)),
        explanation: Text::new(
            format!("创业担保贷款{shown}元，{zh}{who}最高额度{limit}元{}。", then.0),
            format!(
                "The start-up guarantee loan of {shown} yuan is {en} the cap of {limit} yuan for {who_en}{}.",
                then.1
            ),
        ),
    }
}

/// `startup.cap`: binds contracts of that product only. `loan` is the whole loan, of which the guaranteed amount may be a part.
///
/// Where the product replaces the amount (`elsewhere`), who may borrow stays the law's matter.
pub fn cap(borrower: Borrower, loan: Money, day: Day, elsewhere: bool) -> Result<Finding, OutOfRange> {
    STARTUP_CAP.judge(day, |cap, broken| {
        let (most, who) = match borrower {
            Borrower::Person => (cap.person, PERSON),
            Borrower::Enterprise { hires, staff } => {
                let Some(enterprise) = cap.enterprise else {
                    let text = Text::new(
                        "当日政策只面向个人，企业创业担保贷款没有额度规定。",
                        "On this day the policy is for persons only: it sets no amount for enterprises.",
                    );
                    return Ok(Judgement::plain(Outcome::NotApplicable, text));
                };
                let needed =
                    if staff > enterprise.many_staff { enterprise.hires_to_many_staff } else { enterprise.hires_to_staff };
                let Some(share) = Ratio::new(i128::from(hires), i128::from(staff))? else {
                    let least = needed.percent();
                    let text = Text::new(
                        format!("未填写企业当年新招用人数和在职职工人数，不能证明占比达到{least}，不得办理企业创业担保贷款；请填写。"),
                        format!("This year's hires and the staff are not stated, so that {least} is not shown: no start-up guarantee loan for the enterprise. State them."),
                    );
                    return Ok(Judgement { limit: Some(Figure::Rate(needed)), ..Judgement::plain(broken, text) });
                };
                if !share.at_least(needed)? {
                    let (shown, least) = (share.percent()?, needed.percent());
                    return Ok(Judgement {
                        outcome: broken,
                        measured: Figure::ratio(Some(share))?,
                        limit: Some(Figure::Rate(needed)),
                        explanation: Text::new(
                            format!("当年新招用符合条件人员占在职职工{shown}，未达到{least}，不得办理企业创业担保贷款。"),
                            format!("This year's qualifying hires are {shown} of the staff, short of {least}: no start-up guarantee loan for the enterprise."),
                        ),
                    });
                }
                (enterprise.amount, ENTERPRISE)
            }
            Borrower::Nobody => {
                let text = Text::new(
                    "创业担保贷款面向自主创业的人员和小微企业，客户不在其中，不得办理。",
                    "Start-up guarantee loans are for persons who start a business and for small or micro enterprises: the client is neither.",
                );
                return Ok(Judgement::plain(broken, text));
            }
        };
        if elsewhere {
            let text = Text::new(
                format!("{}可以申请；额度按本产品专门的规定，本条的额度不适用。", who.0),
                format!("Open to {}; the amount follows terms of the product's own, and the one here does not apply.", who.1),
            );
            return Ok(Judgement::plain(Outcome::NotApplicable, text));
        }
        Ok(within(loan, most, who, broken))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(borrower: Borrower, amount: &str, day: Day) -> Outcome {
        cap(borrower, amount.parse().unwrap(), day, false).unwrap().outcome
    }

    const TODAY: Day = Day::new(2024, 1, 1);

    #[test]
    fn a_person_may_borrow_10_wan_and_from_16_november_2018_15_wan() {
        use Outcome::{NotApplicable, Pass, Refuse};
        for (day, at, over) in [
            (Day::new(2015, 4, 27), "100000.00", "100000.01"),
            (Day::new(2018, 11, 15), "100000.00", "100000.01"),
            (Day::new(2018, 11, 16), "150000.00", "150000.01"),
        ] {
            assert_eq!(
                (outcome(Borrower::Person, at, day), outcome(Borrower::Person, over, day)),
                (Pass, Refuse),
                "{day}"
            );
        }
        assert_eq!(outcome(Borrower::Person, "1.00", Day::new(2015, 4, 26)), NotApplicable);
    }

    #[test]
    fn an_enterprise_may_borrow_300_wan_if_it_hired_a_quarter_of_its_staff() {
        use Outcome::{NotApplicable, Pass, Refuse};
        let enterprise = |hires, staff| Borrower::Enterprise { hires, staff };
        assert_eq!(outcome(enterprise(25, 100), "3000000.00", TODAY), Pass);
        assert_eq!(outcome(enterprise(25, 100), "3000000.01", TODAY), Refuse);
        assert_eq!(outcome(enterprise(24, 100), "1.00", TODAY), Refuse);
        // Above 100 staff 15 % are enough: 16 of 101 is 15.8 %, 15 of 101 is 14.9 %.
        assert_eq!(outcome(enterprise(16, 101), "1.00", TODAY), Pass);
        assert_eq!(outcome(enterprise(15, 101), "1.00", TODAY), Refuse);
        // A hundred staff are not more than a hundred: a quarter of them, not 15 %.
        assert_eq!(outcome(enterprise(15, 100), "1.00", TODAY), Refuse);
        assert_eq!(outcome(enterprise(25, 100), "1.00", Day::new(2018, 11, 15)), NotApplicable);
    }

    #[test]
    fn an_enterprise_that_does_not_show_its_hires_and_one_that_is_not_small_get_no_start_up_loan() {
        let found = |borrower, day| cap(borrower, "1.00".parse().unwrap(), day, false).unwrap();
        let unstated = found(Borrower::Enterprise { hires: 0, staff: 0 }, TODAY);
        assert_eq!(unstated.outcome, Outcome::Refuse);
        assert!(unstated.explanation.zh.ends_with("不能证明占比达到25%，不得办理企业创业担保贷款；请填写。"));
        assert_eq!(found(Borrower::Nobody, TODAY).outcome, Outcome::Refuse);
        assert_eq!(found(Borrower::Nobody, Day::new(2015, 4, 26)).outcome, Outcome::NotApplicable);
    }

    #[test]
    fn a_product_replaces_the_amount_and_not_who_may_borrow() {
        let found = |borrower| cap(borrower, Money::from_wan(400), TODAY, true).unwrap();
        for borrower in [Borrower::Person, Borrower::Enterprise { hires: 25, staff: 100 }] {
            assert_eq!(found(borrower).outcome, Outcome::NotApplicable);
            assert!(found(borrower).basis.is_some());
        }
        for borrower in [Borrower::Enterprise { hires: 24, staff: 100 }, Borrower::Nobody] {
            assert_eq!(found(borrower).outcome, Outcome::Refuse);
        }
    }

    #[test]
    fn a_products_own_caps_bind_to_the_fen_and_name_their_document() {
        let row = Row {
            document: "某通知".to_owned(),
            clause: Some("第二条".to_owned()),
            from: Day::new(2020, 4, 15),
            until: None,
            verified: false,
        };
        let caps = OwnCaps { person: Some(Money::from_wan(30)), enterprise: Some(Money::from_wan(400)) };
        let hiring = Borrower::Enterprise { hires: 25, staff: 100 };
        let judged = |borrower, amount: &str| caps.judge(borrower, amount.parse().unwrap(), &row).unwrap();
        for (borrower, at, over) in [(Borrower::Person, "300000.00", "300000.01"), (hiring, "4000000.00", "4000000.01")]
        {
            assert_eq!(judged(borrower, at).outcome, Outcome::Pass);
            assert_eq!(judged(borrower, over).outcome, Outcome::Refuse);
            assert_eq!(judged(borrower, over).row.unwrap().document, "某通知");
        }
        assert!(caps.judge(Borrower::Nobody, Money::from_wan(1), &row).is_none());
        assert!(OwnCaps { person: None, ..caps }.judge(Borrower::Person, Money::from_wan(1), &row).is_none());
    }
}
