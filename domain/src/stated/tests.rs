//! A local limit, a product's terms and a quota beside one contract: at the limit, a fen or a unit beside it.

use rust_decimal::dec;

use super::*;
use crate::{booking::tests::World, client::ClientKind, value::Day};

const FROM: Day = Day::new(2024, 1, 1);

fn wan(wan: i64) -> Money {
    Money::from_wan(wan)
}

fn stated(rule: LocalRule, value: rust_decimal::Decimal) -> StatedLimit {
    let document = "某某省再担保业务管理办法".to_owned();
    StatedLimit { rule, key: None, value: Rate::new(value), row: Row { document, verified: true, ..row() } }
}

fn row() -> Row {
    Row { document: "财金〔2024〕60号".to_owned(), clause: None, from: FROM, until: None, verified: false }
}

fn outcome(stated: &StatedLimit, booking: &Booking<'_>, around: Concentration) -> Option<Outcome> {
    stated.judge(booking, around).unwrap().map(|finding| finding.outcome)
}

#[test]
fn a_stricter_share_refuses_what_the_law_would_let_pass_to_the_fen() {
    // 9000万 of 1亿; at 85 % there is room for 9000 ÷ 0.85 − 10000 = 588.235294…万, at 80 % for 1250万.
    let world = World::new();
    let large = |fen: i64| Booking { client_kind: ClientKind::Large, amount: Money::from_fen(fen), ..world.booking() };
    let stated = stated(LocalRule::SmallAgriShare, dec!(0.85));
    for (fen, expected) in [(588_235_293, Outcome::Pass), (588_235_294, Outcome::Pass), (588_235_295, Outcome::Refuse)]
    {
        assert_eq!(outcome(&stated, &large(fen), Concentration::default()), Some(expected), "{fen}");
    }
}

#[test]
fn a_contract_in_the_numerator_is_not_refused_by_a_stricter_share_either() {
    let world = World::new();
    let stated = stated(LocalRule::SmallAgriShare, dec!(0.99));
    assert_eq!(outcome(&stated, &world.booking(), Concentration::default()), Some(Outcome::Advise));
}

#[test]
fn a_lower_fee_cap_binds_the_clients_it_is_about_and_needs_an_exception() {
    let world = World::new();
    // 1万 on 100万 for a year of 365 days is 1 %.
    let cap = |rule, value| outcome(&stated(rule, value), &world.booking(), Concentration::default());
    assert_eq!(cap(LocalRule::FeeUpToSmallTicket, dec!(0.0099999999)), Some(Outcome::NeedsException));
    assert_eq!(cap(LocalRule::FeeUpToSmallTicket, dec!(0.01)), Some(Outcome::Pass));
    assert_eq!(cap(LocalRule::FeeAboveSmallTicket, dec!(0.001)), None);
}

#[test]
fn a_cap_on_a_region_binds_only_contracts_in_it() {
    // 2500万 of 1亿 and 100万.
    let world = World::new();
    let around = |in_segment, wan_| Concentration { segment_after: wan(wan_), in_segment, ..Concentration::default() };
    let stated = stated(LocalRule::Region, dec!(0.25));
    assert_eq!(outcome(&stated, &world.booking(), around(true, 2525)), Some(Outcome::Pass));
    assert_eq!(outcome(&stated, &world.booking(), around(true, 2526)), Some(Outcome::Refuse));
    assert_eq!(outcome(&stated, &world.booking(), around(false, 9999)), None);
}

#[test]
fn a_local_finding_names_its_document_and_speaks_both_languages() {
    let world = World::new();
    let around = Concentration { top_ten_after: wan(9000), ..Concentration::default() };
    let finding = stated(LocalRule::TopTenClients, dec!(0.5)).judge(&world.booking(), around).unwrap().unwrap();
    assert_eq!((finding.rule, finding.outcome), ("local.top_ten_clients", Outcome::Refuse));
    assert!(
        finding.explanation.zh.contains("“某某省再担保业务管理办法”规定的50%，不得办理。"),
        "{}",
        finding.explanation.zh
    );
    assert!(finding.explanation.en.ends_with("it cannot be booked."), "{}", finding.explanation.en);
    assert_eq!(finding.row.unwrap().from, FROM);
}

#[test]
fn without_net_assets_a_stricter_concentration_is_not_assessed() {
    let world = World::new();
    let booking = Booking { net_assets: None, ..world.booking() };
    let stated = stated(LocalRule::SingleClient, dec!(0.05));
    assert_eq!(outcome(&stated, &booking, Concentration::default()), Some(Outcome::NotAssessed));
    // 100万 of 6000万 is 1.67 %.
    assert_eq!(outcome(&stated, &world.booking(), Concentration::default()), Some(Outcome::Pass));
}

#[test]
fn a_products_terms_bind_its_contracts_at_the_fen() {
    let world = World::new();
    let judged = |client_max| {
        let terms = ProductTerms { client_max: Some(client_max), row: Some(row()), ..ProductTerms::default() };
        terms.judge(&world.booking()).unwrap()[0].outcome
    };
    assert_eq!(judged(wan(100)), Outcome::Pass);
    assert_eq!(judged(wan(100).minus(Money::from_fen(1)).unwrap()), Outcome::Refuse);
}

#[test]
fn a_plan_takes_the_place_of_the_rules_it_names_and_of_no_other() {
    let world = World::new();
    let terms = ProductTerms {
        provincial_min: Some(Rate::new(dec!(0.20))),
        replaces: vec!["risk.provincial".to_owned()],
        row: Some(row()),
        ..ProductTerms::default()
    };
    assert_eq!(terms.judge(&world.booking()).unwrap()[0].outcome, Outcome::Pass);
    for finding in world.booking().evaluate().unwrap() {
        let (rule, before) = (finding.rule, finding.outcome);
        let after = terms.replaced(finding).outcome;
        assert_eq!(after, if rule == "risk.provincial" { Outcome::NotApplicable } else { before }, "{rule}");
    }
}

#[test]
fn a_quota_is_used_to_its_last_fen() {
    let judged = |used: i64| {
        let quota =
            Quota { kind: QuotaKind::Reguarantee, granted: wan(100), used_after: Money::from_fen(used), row: row() };
        quota.judge().unwrap().outcome
    };
    assert_eq!(
        (judged(99_999_999), judged(100_000_000), judged(100_000_001)),
        (Outcome::Pass, Outcome::Pass, Outcome::Refuse)
    );
}
