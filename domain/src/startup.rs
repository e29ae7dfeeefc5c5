//! Start-up guarantee loans (创业担保贷款): what a person or a hiring enterprise may borrow.

use crate::{
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::guo_fa_2015_23::STARTUP_CAP,
    value::{Day, Money, OutOfRange, Ratio},
};

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

/// `startup.cap`: binds contracts of that product only. `loan` is the whole loan, of which the guaranteed amount may be a part.
pub fn cap(borrower: Borrower, loan: Money, day: Day) -> Result<Finding, OutOfRange> {
    STARTUP_CAP.judge(day, |cap, broken| {
        let (most, who, who_en) = match borrower {
            Borrower::Person => (cap.person, "个人", "a person"),
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
                (enterprise.amount, "小微企业", "a small or micro enterprise")
            }
            Borrower::Nobody => {
                let text = Text::new(
                    "创业担保贷款面向自主创业的人员和小微企业，客户不在其中，不得办理。",
                    "Start-up guarantee loans are for persons who start a business and for small or micro enterprises: the client is neither.",
                );
                return Ok(Judgement::plain(broken, text));
            }
        };
        let within = loan <= most;
        let (shown, limit) = (loan.grouped(), most.grouped());
        let (zh, en) = if within { ("不超过", "within") } else { ("超过", "above") };
        let then = if within { ("", "") } else { ("，不得办理；请减少金额", ": reduce the amount") };
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured: Some(Figure::Money(loan)),
            limit: Some(Figure::Money(most)),
            explanation: Text::new(
                format!("创业担保贷款{shown}元，{zh}{who}最高额度{limit}元{}。", then.0),
                format!("The start-up guarantee loan of {shown} yuan is {en} the cap of {limit} yuan for {who_en}{}.", then.1),
            ),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(borrower: Borrower, amount: &str, day: Day) -> Outcome {
        cap(borrower, amount.parse().unwrap(), day).unwrap().outcome
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
        let found = |borrower, day| cap(borrower, "1.00".parse().unwrap(), day).unwrap();
        let unstated = found(Borrower::Enterprise { hires: 0, staff: 0 }, TODAY);
        assert_eq!(unstated.outcome, Outcome::Refuse);
        assert!(unstated.explanation.zh.ends_with("不能证明占比达到25%，不得办理企业创业担保贷款；请填写。"));
        assert_eq!(found(Borrower::Nobody, TODAY).outcome, Outcome::Refuse);
        assert_eq!(found(Borrower::Nobody, Day::new(2015, 4, 26)).outcome, Outcome::NotApplicable);
    }
}
