//! The liability balance (担保责任余额) and what it may be in relation to net assets.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    client::ClientKind,
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        Rule, Source, Weights,
        guo_wu_yuan_ling_683::{LIMIT_GROUP, LIMIT_LEVERAGE, LIMIT_SINGLE, MAINLY_SMALL},
        yin_bao_jian_fa_2018_1::LIABILITY_WEIGHTS,
    },
    value::{Day, Money, OutOfRange, Rate, Ratio},
};

/// What kind of financing guarantee it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuaranteeKind {
    /// 借款类担保.
    Loan,
    /// 发行债券担保.
    Bond,
    /// 住房置业担保.
    Housing,
    /// 其他融资担保.
    Other,
}

/// One guarantee in force.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The client's name or id.
    pub client: &'a str,
    /// Its related group, if it has one.
    pub group: Option<&'a str>,
    /// What is guaranteed.
    pub kind: GuaranteeKind,
    /// Who the client is.
    pub client_kind: ClientKind,
    /// The rating of a bond's issuer.
    pub issuer_rating: Option<&'a str>,
    /// The outstanding principal at the full guaranteed amount.
    pub outstanding: Money,
}

/// A weighted balance, exact to 10⁻¹⁰ fen; rounded only when shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weighted(i128);

impl Weighted {
    /// An amount at a weight.
    pub fn of(amount: Money, weight: Rate) -> Result<Self, OutOfRange> {
        amount.wide().checked_mul(weight.weight()?).map(Self).ok_or(OutOfRange)
    }

    /// The sum of two balances.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        self.0.checked_add(other.0).map(Self).ok_or(OutOfRange)
    }

    /// The balance half up to the fen.
    pub fn shown(self) -> Result<Money, OutOfRange> {
        Ratio::new(self.0, Rate::ONE.weight()?)?.ok_or(OutOfRange)?.to_money()
    }

    /// The balance over net assets, exactly; `None` over zero.
    pub fn over(self, net_assets: Money) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::new(self.0, net_assets.wide().checked_mul(Rate::ONE.weight()?).ok_or(OutOfRange)?)
    }
}

/// Whether an issuer's rating is AA or better.
pub fn rated_aa_or_better(rating: Option<&str>) -> bool {
    matches!(rating, Some("AA" | "AA+" | "AAA"))
}

/// The weight of a guarantee; `loan_balance` is the client's loan items together.
///
/// Reading `weighted_small_loans_include_individuals_and_owners`; 以下 includes the number.
fn weight(weights: &Weights, item: &Item<'_>, loan_balance: Money) -> Rate {
    match item.kind {
        GuaranteeKind::Loan => {
            let small = item.client_kind.is_small_micro_in_weights() && loan_balance <= weights.small_loan_up_to;
            let farmer = item.client_kind == ClientKind::Farmer && loan_balance <= weights.farmer_loan_up_to;
            match (small, farmer) {
                (true, _) => weights.small_loan,
                (_, true) => weights.farmer_loan,
                _ => weights.other_loan,
            }
        }
        GuaranteeKind::Bond if rated_aa_or_better(item.issuer_rating) => weights.rated_bond,
        GuaranteeKind::Bond => weights.other_bond,
        GuaranteeKind::Housing => weights.housing,
        GuaranteeKind::Other => weights.other,
    }
}

/// The liability balance of an institution, and the largest of a client and of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    /// Σ outstanding × weight.
    pub total: Weighted,
    /// The client with the largest balance.
    pub client: Option<(String, Weighted)>,
    /// The group with the largest balance; a client without a group is a group of its own.
    pub group: Option<(String, Weighted)>,
}

/// Weighs every guarantee with the weights in force on `day`; before 2018-04-02 every weight is 1.
///
/// A client belongs to every group that one of its items names, with its whole balance.
pub fn balances(items: &[Item<'_>], day: Day) -> Result<Balances, OutOfRange> {
    let weights = LIABILITY_WEIGHTS.on(day).ok().map(|version| &version.value);
    let mut loans: BTreeMap<&str, Money> = BTreeMap::new();
    for item in items.iter().filter(|item| item.kind == GuaranteeKind::Loan) {
        let balance = loans.entry(item.client).or_default();
        *balance = balance.plus(item.outstanding)?;
    }
    let mut total = Weighted::default();
    let mut clients: BTreeMap<&str, Weighted> = BTreeMap::new();
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut grouped: BTreeSet<&str> = BTreeSet::new();
    for item in items {
        let loan_balance = loans.get(item.client).copied().unwrap_or_default();
        let weight = weights.map_or(Rate::ONE, |weights| weight(weights, item, loan_balance));
        let weighted = Weighted::of(item.outstanding, weight)?;
        total = total.plus(weighted)?;
        let client = clients.entry(item.client).or_default();
        *client = client.plus(weighted)?;
        if let Some(group) = item.group {
            groups.entry(group).or_default().insert(item.client);
            grouped.insert(item.client);
        }
    }
    let mut by_group = Vec::with_capacity(clients.len());
    for (group, members) in &groups {
        let balances = members.iter().filter_map(|member| clients.get(member));
        by_group.push((*group, balances.copied().try_fold(Weighted::default(), Weighted::plus)?));
    }
    by_group
        .extend(clients.iter().filter(|(client, _)| !grouped.contains(*client)).map(|(client, sum)| (*client, *sum)));
    Ok(Balances { total, client: largest(clients), group: largest(by_group) })
}

/// The largest balance; of equal ones the first by name.
fn largest<'a>(balances: impl IntoIterator<Item = (&'a str, Weighted)>) -> Option<(String, Weighted)> {
    let larger = |best: (&'a str, Weighted), next: (&'a str, Weighted)| match next.1.cmp(&best.1) {
        std::cmp::Ordering::Greater => next,
        std::cmp::Ordering::Equal if next.0 < best.0 => next,
        _ => best,
    };
    balances.into_iter().reduce(larger).map(|(name, balance)| (name.to_owned(), balance))
}

/// Whether an institution may use the higher multiple of art. 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leverage {
    /// 10 times net assets.
    General,
    /// 15 times: it mainly serves small enterprises and agriculture, by a dated confirmation of the supervisor.
    MainlySmall,
}

/// Judges `limit.leverage`, `limit.single` and `limit.group` against net assets of the latest filed statement.
pub fn judge(
    balances: &Balances,
    net_assets: Option<Money>,
    leverage: Leverage,
    day: Day,
) -> Result<[Finding; 3], OutOfRange> {
    let none = (String::new(), Weighted::default());
    let (client, of_client) = balances.client.as_ref().unwrap_or(&none);
    let (group, of_group) = balances.group.as_ref().unwrap_or(&none);
    Ok([
        leverage_limit(balances.total, net_assets, leverage, day)?,
        concentration(&LIMIT_SINGLE, ("客户", "client", client), *of_client, net_assets, day)?,
        concentration(&LIMIT_GROUP, ("客户及其关联方", "client and related group", group), *of_group, net_assets, day)?,
    ])
}

/// The same of a guarantee that finances nothing: it adds to no liability balance (683号 art. 12), so no limit of one is about it.
pub fn of_no_financing(day: Day) -> [Finding; 3] {
    let outside = |_| {
        let (zh, en) = (
            "非融资担保不计入融资担保责任余额，本条不适用。",
            "The guarantee finances nothing and stands outside the liability balance: the rule does not apply.",
        );
        Judgement::plain(Outcome::NotApplicable, Text::new(zh, en))
    };
    [LIMIT_LEVERAGE.say(day, outside), LIMIT_SINGLE.say(day, outside), LIMIT_GROUP.say(day, outside)]
}

fn no_statement(limit: Rate) -> Judgement {
    let explanation = Text::new(
        "没有已报送的财务报表，净资产未知，无法评估；请先录入最近一期财务报表。",
        "No financial statement has been filed and net assets are unknown: not assessed. File the latest statement first.",
    );
    let limit = Some(Figure::Rate(limit));
    Judgement { limit, ..Judgement::plain(Outcome::NotAssessed, explanation) }
}

/// Whether a balance keeps within a multiple of net assets; without net assets only nothing does.
fn within(balance: Weighted, net_assets: Money, ratio: Option<Ratio>, limit: Rate) -> Result<bool, OutOfRange> {
    match ratio {
        _ if balance == Weighted::default() => Ok(true),
        Some(ratio) if net_assets > Money::ZERO => ratio.at_most(limit),
        _ => Ok(false),
    }
}

fn leverage_limit(
    balance: Weighted,
    net_assets: Option<Money>,
    leverage: Leverage,
    day: Day,
) -> Result<Finding, OutOfRange> {
    let mut finding = LIMIT_LEVERAGE.judge(day, |caps, broken| {
        let limit = match leverage {
            Leverage::General => caps.general,
            Leverage::MainlySmall => caps.mainly_small,
        };
        let Some(net_assets) = net_assets else { return Ok(no_statement(limit)) };
        let multiple = balance.over(net_assets)?;
        let met = within(balance, net_assets, multiple, limit)?;
        let (shown, assets, most) = (balance.shown()?.grouped(), net_assets.grouped(), limit.to_string());
        let beside = Ratio::from_rate(limit);
        let times = multiple.map(|multiple| multiple.multiple_beside(beside)).transpose()?;
        let times = times.unwrap_or_else(|| "—".to_owned());
        let explanation = if !met && net_assets <= Money::ZERO {
            nothing_to_stand_on(net_assets, balance)?
        } else if met {
            Text::new(
                format!("担保责任余额{shown}元，为净资产{assets}元的{times}倍，不超过{most}倍。"),
                format!("The liability balance of {shown} yuan is {times} times the net assets of {assets} yuan, within {most} times."),
            )
        } else {
            Text::new(
                format!("担保责任余额{shown}元，为净资产{assets}元的{times}倍，超过{most}倍的上限，不得新增；请先解保或补充净资产。"),
                format!("The liability balance of {shown} yuan is {times} times the net assets of {assets} yuan, above the limit of {most} times: nothing may be added. Release guarantees or raise net assets first."),
            )
        };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(multiple)?,
            limit: Some(Figure::Rate(limit)),
            explanation,
        })
    })?;
    // The higher multiple stands in a paragraph of its own.
    if let (Leverage::MainlySmall, Some(basis)) = (leverage, &mut finding.basis) {
        basis.source = Source::Clause(MAINLY_SMALL);
    }
    Ok(finding)
}

/// The words for a balance over net assets that are zero or below.
fn nothing_to_stand_on(net_assets: Money, balance: Weighted) -> Result<Text, OutOfRange> {
    let (assets, shown) = (net_assets.grouped(), balance.shown()?.grouped());
    Ok(Text::new(
        format!("净资产为{assets}元，不为正，不得有担保责任余额（现为{shown}元），不得新增；请先补充净资产。"),
        format!(
            "Net assets are {assets} yuan, not above zero: there may be no liability balance (it is {shown} yuan), and nothing may be added. Raise net assets first."
        ),
    ))
}

fn nothing_guaranteed(limit: Rate, net_assets: Money) -> Result<Judgement, OutOfRange> {
    Ok(Judgement {
        outcome: Outcome::Pass,
        measured: Figure::ratio(Weighted::default().over(net_assets)?)?,
        limit: Some(Figure::Rate(limit)),
        explanation: Text::new("没有在保余额。", "Nothing is guaranteed."),
    })
}

fn concentration(
    rule: &'static Rule<Rate>,
    (whom, whom_en, name): (&str, &str, &str),
    balance: Weighted,
    net_assets: Option<Money>,
    day: Day,
) -> Result<Finding, OutOfRange> {
    rule.judge(day, |limit, broken| {
        let Some(net_assets) = net_assets else { return Ok(no_statement(*limit)) };
        if balance == Weighted::default() {
            return nothing_guaranteed(*limit, net_assets);
        }
        let share = balance.over(net_assets)?;
        let met = within(balance, net_assets, share, *limit)?;
        let (shown, most) = (balance.shown()?.grouped(), limit.percent());
        let beside = Ratio::from_rate(*limit);
        let percent = share.map(|share| share.percent_beside(beside)).transpose()?.unwrap_or_else(|| "—".to_owned());
        let explanation = if !met && net_assets <= Money::ZERO {
            nothing_to_stand_on(net_assets, balance)?
        } else if met {
            Text::new(
                format!("{whom}“{name}”的担保责任余额为{shown}元，占净资产{percent}，不超过{most}。"),
                format!("The {whom_en} “{name}” has a liability balance of {shown} yuan, {percent} of net assets, within {most}."),
            )
        } else {
            let room = limit.at_most(net_assets.max(Money::ZERO))?.grouped();
            Text::new(
                format!("{whom}“{name}”的担保责任余额为{shown}元，占净资产{percent}，超过{most}的上限（{room}元），不得新增。"),
                format!("The {whom_en} “{name}” has a liability balance of {shown} yuan, {percent} of net assets, above the limit of {most} ({room} yuan): nothing may be added."),
            )
        };
        Ok(Judgement {
            outcome: if met { Outcome::Pass } else { broken },
            measured: Figure::ratio(share)?,
            limit: Some(Figure::Rate(*limit)),
            explanation,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Day = Day::new(2024, 1, 1);

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn loan<'a>(client: &'a str, kind: ClientKind, outstanding: &str) -> Item<'a> {
        Item {
            client,
            group: None,
            kind: GuaranteeKind::Loan,
            client_kind: kind,
            issuer_rating: None,
            outstanding: yuan(outstanding),
        }
    }

    fn total(items: &[Item<'_>], day: Day) -> String {
        balances(items, day).unwrap().total.shown().unwrap().to_string()
    }

    #[test]
    fn weighted_small_loans_include_individuals_and_owners() {
        for kind in [ClientKind::SmallMicroEnterprise, ClientKind::IndividualBusiness, ClientKind::SmallBusinessOwner] {
            assert_eq!(total(&[loan("a", kind, "100.00")], DAY), "75.00", "{kind:?}");
        }
        for kind in [ClientKind::NewAgriEntity, ClientKind::StrategicEmerging, ClientKind::Medium, ClientKind::Large] {
            assert_eq!(total(&[loan("a", kind, "100.00")], DAY), "100.00", "{kind:?}");
        }
    }

    #[test]
    fn a_small_loan_is_small_up_to_and_including_500_wan_and_a_farmer_s_200_wan() {
        for (kind, amount, balance) in [
            (ClientKind::SmallMicroEnterprise, "5000000.00", "3750000.00"),
            (ClientKind::SmallMicroEnterprise, "5000000.01", "5000000.01"),
            (ClientKind::Farmer, "2000000.00", "1500000.00"),
            (ClientKind::Farmer, "2000000.01", "2000000.01"),
        ] {
            assert_eq!(total(&[loan("a", kind, amount)], DAY), balance, "{kind:?} {amount}");
        }
    }

    #[test]
    fn only_loan_items_count_towards_a_client_s_loan_balance() {
        let enterprise = ClientKind::SmallMicroEnterprise;
        let bond = Item { kind: GuaranteeKind::Bond, ..loan("a", enterprise, "1.00") };
        // 500万 × 0.75 + 1.
        assert_eq!(total(&[loan("a", enterprise, "5000000.00"), bond], DAY), "3750001.00");
        // 500万 and one more yuan of loan: everything at full weight.
        assert_eq!(total(&[loan("a", enterprise, "5000000.00"), loan("a", enterprise, "1.00")], DAY), "5000001.00");
    }

    #[test]
    fn bonds_weigh_by_their_issuer_s_rating() {
        for (rating, balance) in [
            (Some("AAA"), "80.00"),
            (Some("AA+"), "80.00"),
            (Some("AA"), "80.00"),
            (Some("AA-"), "100.00"),
            (Some("A"), "100.00"),
            (None, "100.00"),
        ] {
            let bond =
                Item { kind: GuaranteeKind::Bond, issuer_rating: rating, ..loan("a", ClientKind::Large, "100.00") };
            assert_eq!(total(&[bond], DAY), balance, "{rating:?}");
        }
    }

    #[test]
    fn the_weights_begin_on_2_april_2018_and_housing_on_9_october_2019() {
        let small = loan("a", ClientKind::SmallMicroEnterprise, "100.00");
        let housing = Item { kind: GuaranteeKind::Housing, ..loan("a", ClientKind::Other, "100.00") };
        for (day, of_small, of_housing) in [
            (Day::new(2018, 4, 1), "100.00", "100.00"),
            (Day::new(2018, 4, 2), "75.00", "100.00"),
            (Day::new(2019, 10, 8), "75.00", "100.00"),
            (Day::new(2019, 10, 9), "75.00", "30.00"),
        ] {
            assert_eq!(
                (total(&[small], day).as_str(), total(&[housing], day).as_str()),
                (of_small, of_housing),
                "{day}"
            );
        }
    }

    #[test]
    fn the_sum_is_exact_and_rounded_once() {
        // 0.01 × 0.75 = 0.75 fen each: four of them are 3 fen, not 4.
        let item = loan("a", ClientKind::Farmer, "0.01");
        assert_eq!(total(&[item, item, item, item], DAY), "0.03");
        assert_eq!(total(&[item, item], DAY), "0.02"); // 1.5 fen, half up
    }

    fn outcomes(items: &[Item<'_>], net_assets: Option<&str>, leverage: Leverage) -> [Outcome; 3] {
        let balances = balances(items, DAY).unwrap();
        judge(&balances, net_assets.map(yuan), leverage, DAY).unwrap().map(|finding| finding.outcome)
    }

    #[test]
    fn one_client_may_reach_ten_per_cent_and_its_group_fifteen() {
        use Outcome::{Pass, Refuse};
        let large = |client, group, outstanding| Item { group, ..loan(client, ClientKind::Large, outstanding) };
        for (amount, outcome) in [("99.99", Pass), ("100.00", Pass), ("100.01", Refuse)] {
            assert_eq!(
                outcomes(&[large("a", None, amount)], Some("1000.00"), Leverage::General)[1],
                outcome,
                "{amount}"
            );
        }
        for (amount, outcome) in [("49.99", Pass), ("50.00", Pass), ("50.01", Refuse)] {
            let items = [large("a", Some("g"), "100.00"), large("b", Some("g"), amount)];
            assert_eq!(outcomes(&items, Some("1000.00"), Leverage::General)[2], outcome, "{amount}");
        }
    }

    #[test]
    fn a_client_belongs_to_its_group_with_all_its_items() {
        let named = Item { group: Some("g"), ..loan("a", ClientKind::Large, "10.00") };
        let unnamed = loan("a", ClientKind::Large, "5.00");
        let found = balances(&[named, unnamed], DAY).unwrap();
        assert_eq!(found.group.unwrap().1, Weighted::of(yuan("15.00"), Rate::ONE).unwrap());
    }

    #[test]
    fn the_multiple_may_reach_ten_and_with_the_supervisor_s_confirmation_fifteen() {
        use Outcome::{Pass, Refuse};
        // Twenty clients, so that concentration does not matter here.
        for (leverage, at, over) in
            [(Leverage::General, "1000.00", "1000.01"), (Leverage::MainlySmall, "1500.00", "1500.01")]
        {
            assert_eq!(outcomes(&[loan("a", ClientKind::Large, at)], Some("100.00"), leverage)[0], Pass);
            assert_eq!(outcomes(&[loan("a", ClientKind::Large, over)], Some("100.00"), leverage)[0], Refuse);
        }
    }

    #[test]
    fn the_finding_quotes_the_paragraph_its_multiple_stands_in() {
        let quote = |leverage| {
            let findings = judge(&Balances::default(), Some(yuan("1.00")), leverage, DAY).unwrap();
            findings[0].basis.unwrap().source.clause().unwrap().quote.unwrap()
        };
        assert!(quote(Leverage::General).ends_with("10倍"));
        assert!(quote(Leverage::MainlySmall).ends_with("15倍"));
    }

    #[test]
    fn unverified_values_never_loosen_verified_limits() {
        // The test for 15 times is from memory: a book wholly of small clients still has 10 without a confirmation.
        let items = [loan("a", ClientKind::Farmer, "1000.00"), loan("b", ClientKind::Farmer, "1000.00")];
        assert_eq!(outcomes(&items, Some("149.99"), Leverage::General)[0], Outcome::Refuse);
        assert_eq!(outcomes(&items, Some("149.99"), Leverage::MainlySmall)[0], Outcome::Pass);
        let test = crate::policy::yin_bao_jian_fa_2018_1::LEVERAGE_TEST.on(DAY).unwrap();
        assert!(!test.source.verified());
    }

    #[test]
    fn without_a_statement_nothing_is_assessed_and_without_assets_nothing_may_be_guaranteed() {
        let items = [loan("a", ClientKind::Large, "0.01")];
        assert_eq!(outcomes(&items, None, Leverage::General), [Outcome::NotAssessed; 3]);
        assert_eq!(outcomes(&items, Some("0.00"), Leverage::General), [Outcome::Refuse; 3]);
        assert_eq!(outcomes(&items, Some("-5.00"), Leverage::General), [Outcome::Refuse; 3]);
        assert_eq!(outcomes(&[], Some("0.00"), Leverage::General), [Outcome::Pass; 3]);
        assert_eq!(outcomes(&[], Some("-5.00"), Leverage::General), [Outcome::Pass; 3]);
    }

    #[test]
    fn of_equal_balances_the_first_by_name_is_named_whatever_the_order() {
        let one = |client| loan(client, ClientKind::Large, "10.00");
        for items in [[one("甲"), one("乙"), one("丙")], [one("丙"), one("乙"), one("甲")]] {
            assert_eq!(balances(&items, DAY).unwrap().client.unwrap().0, "丙");
        }
        let of_groups = |group| Item { group: Some(group), ..one("a") };
        for items in [[of_groups("h"), of_groups("g")], [of_groups("g"), of_groups("h")]] {
            assert_eq!(balances(&items, DAY).unwrap().group.unwrap().0, "g");
        }
    }

    #[test]
    fn the_limits_bind_from_1_october_2017() {
        let balances = balances(&[loan("a", ClientKind::Large, "100.00")], DAY).unwrap();
        let found =
            |day| judge(&balances, Some(yuan("1.00")), Leverage::General, day).unwrap().map(|finding| finding.outcome);
        assert_eq!(found(Day::new(2017, 9, 30)), [Outcome::NotApplicable; 3]);
        assert_eq!(found(Day::new(2017, 10, 1)), [Outcome::Refuse; 3]);
    }

    #[test]
    fn over_net_assets_that_are_not_positive_no_figure_is_said_to_be_above_a_limit() {
        let balance = Weighted::of(yuan("80.00"), Rate::ONE).unwrap();
        let all =
            Balances { total: balance, client: Some(("甲".into(), balance)), group: Some(("甲".into(), balance)) };
        for finding in judge(&all, Some(yuan("-5.00")), Leverage::MainlySmall, DAY).unwrap() {
            assert_eq!(finding.outcome, Outcome::Refuse);
            assert!(
                finding.explanation.zh.contains("不为正") && !finding.explanation.zh.contains("超过"),
                "{}",
                finding.rule
            );
        }
    }

    proptest! {
        #[test]
        fn clients_and_groups_never_exceed_the_whole(items in prop::collection::vec((0_u8..4, 0_u8..3, 1_i64..1_000_000_000), 1..20)) {
            let names = ["a", "b", "c", "d"];
            let groups = [None, Some("g"), Some("h")];
            let items: Vec<Item<'_>> = items.iter().map(|(client, group, fen)| Item {
                client: names[usize::from(*client)],
                group: groups[usize::from(*group)],
                kind: GuaranteeKind::Loan,
                client_kind: ClientKind::SmallMicroEnterprise,
                issuer_rating: None,
                outstanding: Money::from_fen(*fen),
            }).collect();
            let found = balances(&items, DAY).unwrap();
            let (client, group) = (found.client.unwrap().1, found.group.unwrap().1);
            prop_assert!(client <= group && group <= found.total);
        }
    }
}
