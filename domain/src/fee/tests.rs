use super::*;

const DAY: Day = Day::new(2024, 1, 1);

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn term(start: Day, end: Day) -> Term {
    Term::new(start, end).unwrap()
}

/// 366 days of the leap year 2024.
fn leap_year() -> Term {
    term(Day::new(2024, 1, 1), Day::new(2025, 1, 1))
}

fn outcome(fee: &str, client_total: &str) -> Outcome {
    let fee = Fee { amount: yuan("1000000.00"), term: leap_year(), fee: yuan(fee) };
    cap(fee, ClientKind::SmallMicroEnterprise, yuan(client_total), DAY).unwrap().outcome
}

#[test]
fn a_fee_is_held_against_the_cap_to_the_fen() {
    // 1 % of 100,000,000 fen for 366 of 365 days: 1,002,739.7… fen.
    assert_eq!(outcome("10000.00", "5000000.00"), Outcome::Pass);
    assert_eq!(outcome("10027.38", "5000000.00"), Outcome::Pass);
    assert_eq!(outcome("10027.39", "5000000.00"), Outcome::Pass);
    assert_eq!(outcome("10027.40", "5000000.00"), Outcome::NeedsException);
}

#[test]
fn above_500_wan_the_cap_is_one_and_a_half_per_cent() {
    // 1.5 % × 366 ÷ 365 of 1,000,000.00 is 15,041.09…
    assert_eq!(outcome("10027.40", "5000000.01"), Outcome::Pass);
    assert_eq!(outcome("15041.09", "5000000.01"), Outcome::Pass);
    assert_eq!(outcome("15041.10", "5000000.01"), Outcome::NeedsException);
}

#[test]
fn the_sentence_names_the_largest_fee_within_the_cap() {
    let fee = Fee { amount: yuan("1000000.00"), term: leap_year(), fee: yuan("10027.40") };
    let finding = cap(fee, ClientKind::Farmer, yuan("5000000.00"), DAY).unwrap();
    assert!(finding.explanation.zh.contains("最高10,027.39元"), "{}", finding.explanation.zh);
}

#[test]
fn the_cap_is_for_small_agri_clients_only_and_from_22_january_2019() {
    let fee = Fee { amount: yuan("100.00"), term: leap_year(), fee: yuan("50.00") };
    let found = |kind, day| cap(fee, kind, yuan("100.00"), day).unwrap().outcome;
    assert_eq!(found(ClientKind::Large, DAY), Outcome::NotApplicable);
    assert_eq!(found(ClientKind::Farmer, Day::new(2019, 1, 21)), Outcome::NotApplicable);
    assert_eq!(found(ClientKind::Farmer, Day::new(2019, 1, 22)), Outcome::NeedsException);
    assert_eq!(found(ClientKind::Farmer, Day::new(2019, 1, 23)), Outcome::NeedsException);
}

fn refee(fee: &str, share: &str, client_total: &str) -> Finding {
    let fee = ReguaranteeFee {
        amount: yuan("1000000.00"),
        share: share.parse().unwrap(),
        term: term(Day::new(2023, 1, 1), Day::new(2024, 1, 1)),
        fee: yuan(fee),
    };
    reguarantee_cap(fee, yuan(client_total), DAY).unwrap()
}

#[test]
fn reguarantee_fee_is_per_year() {
    // 20 % of 1,000,000.00 is 200,000.00; 0.3 % of it for 365 days is 600.00, 0.5 % is 1,000.00.
    assert_eq!(refee("599.99", "0.2", "5000000.00").outcome, Outcome::Pass);
    assert_eq!(refee("600.00", "0.2", "5000000.00").outcome, Outcome::Pass);
    assert_eq!(refee("600.01", "0.2", "5000000.00").outcome, Outcome::NeedsException);
    assert_eq!(refee("1000.00", "0.2", "5000000.01").outcome, Outcome::Pass);
    assert_eq!(refee("1000.01", "0.2", "5000000.01").outcome, Outcome::NeedsException);
}

#[test]
fn a_ceded_contracts_fee_is_judged_where_both_caps_say_the_same() {
    // A year of 365 days: 1,000,000 × 0.2 × 0.003 = 600 and × 0.005 = 1,000.
    let judged = |amount: &str, fee: &str| {
        let year = term(Day::new(2023, 1, 1), Day::new(2024, 1, 1));
        let fee = ReguaranteeFee { amount: yuan(amount), share: "0.2".parse().unwrap(), term: year, fee: yuan(fee) };
        reguarantee_cap_of_ceded(fee, DAY).unwrap()
    };
    assert_eq!(judged("1000000.00", "600.00").outcome, Outcome::Pass);
    let between = judged("1000000.00", "600.01");
    assert_eq!((between.outcome, between.limit), (Outcome::NotAssessed, None));
    assert!(between.explanation.zh.contains("0.3%还是0.5%"), "{}", between.explanation.zh);
    assert_eq!(judged("1000000.00", "1000.00").outcome, Outcome::NotAssessed);
    assert_eq!(judged("1000000.00", "1000.01").outcome, Outcome::NeedsException);
    // Above 5,000,000 yuan the amount alone says which cap is meant: 5,000,000.01 × 0.2 × 0.005 = 5,000.00001.
    assert_eq!(judged("5000000.01", "5000.00").outcome, Outcome::Pass);
    assert_eq!(judged("5000000.01", "5000.01").outcome, Outcome::NeedsException);
}

#[test]
fn the_risk_borne_is_shown_half_up() {
    let borne = |amount: &str, share: &str| {
        let fee =
            ReguaranteeFee { amount: yuan(amount), share: share.parse().unwrap(), term: leap_year(), fee: Money::ZERO };
        fee.risk_borne().unwrap().to_string()
    };
    assert_eq!(borne("1000000.00", "0.2"), "200000.00");
    assert_eq!(borne("0.05", "0.5"), "0.03"); // 2.5 fen
}

#[test]
fn a_finding_carries_the_rate_the_limit_and_the_words_of_its_ticket() {
    use crate::finding::Figure;
    let judged = |kind, client_total: &str| {
        let fee = Fee { amount: yuan("1000000.00"), term: leap_year(), fee: yuan("10000.00") };
        cap(fee, kind, yuan(client_total), DAY).unwrap()
    };
    // 10,000 × 365 ÷ (1,000,000 × 366) is 0.0099726…
    let rate = |text: &str| Some(Figure::Rate(text.parse().unwrap()));
    let small = judged(ClientKind::Farmer, "5000000.00");
    assert_eq!((small.measured, small.limit), (rate("0.009973"), rate("0.01")));
    assert!(small.explanation.zh.contains("单户500万元及以下"), "{}", small.explanation.zh);
    assert!(small.explanation.en.contains("up to 5,000,000"), "{}", small.explanation.en);
    let large = judged(ClientKind::Farmer, "5000000.01");
    assert_eq!(large.limit, rate("0.015"));
    assert!(large.explanation.zh.contains("单户500万元以上"), "{}", large.explanation.zh);
    let outside = judged(ClientKind::Medium, "5000000.00");
    assert_eq!(
        (outside.outcome, outside.measured, outside.limit),
        (Outcome::NotApplicable, rate("0.009973"), rate("0.01"))
    );
}

#[test]
fn where_no_risk_is_borne_no_fee_keeps_within_the_cap_but_none() {
    assert_eq!(refee("0.01", "0", "100.00").outcome, Outcome::NeedsException);
    let free = refee("0.00", "0", "100.00");
    assert_eq!((free.outcome, free.measured), (Outcome::Pass, None));
}

#[test]
fn the_national_rate_is_generally_not_above_the_provincial_one() {
    let rate = |fen: i128| Ratio::new(fen, 1000).unwrap();
    let found = |national, provincial| reguarantee_order(national, provincial, DAY).unwrap().outcome;
    assert_eq!(found(rate(3), rate(3)), Outcome::Pass);
    assert_eq!(found(rate(4), rate(3)), Outcome::Advise);
    assert_eq!(found(None, rate(3)), Outcome::NotApplicable);
}

#[test]
fn the_average_fee_rate_includes_one_per_cent() {
    let volume =
        |fee: &str| Volume::of(yuan("1000000.00"), term(Day::new(2023, 1, 1), Day::new(2024, 1, 1)), yuan(fee));
    let found = |fee: &str| average(volume(fee).unwrap(), DAY).unwrap().outcome;
    assert_eq!(found("9999.99"), Outcome::Pass);
    assert_eq!(found("10000.00"), Outcome::Pass);
    assert_eq!(found("10000.01"), Outcome::Advise);
    assert_eq!(average(Volume::default(), DAY).unwrap().outcome, Outcome::NotAssessed);
}

#[test]
fn any_charge_beside_interest_and_fee_is_refused_unless_a_third_party_takes_it() {
    for (payee, outcome) in [
        (Payee::Bank, Outcome::Refuse),
        (Payee::Institution, Outcome::Refuse),
        (Payee::Reguarantor, Outcome::Refuse),
        (Payee::ThirdParty, Outcome::Pass),
    ] {
        let charge = Charge { payee, amount: Money::from_fen(1) };
        assert_eq!(only(&[charge], DAY).unwrap().outcome, outcome, "{payee:?}");
    }
    assert_eq!(only(&[], DAY).unwrap().outcome, Outcome::Pass);
}
