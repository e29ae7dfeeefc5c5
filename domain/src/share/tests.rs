use proptest::prelude::*;

use super::*;

const DAY: Day = Day::new(2024, 6, 1);

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn large(amount: &str) -> Booking {
    let candidate = Candidate { small_agri: false, amount: yuan(amount) };
    Booking { before: ClientExposure::default(), candidate }
}

fn outcomes(position: Position, booking: Booking, day: Day) -> [Outcome; 3] {
    let after = position.after(booking.before, booking.candidate).unwrap();
    judge(after, Some(booking), day).unwrap().map(|finding| finding.outcome)
}

/// Small-and-agri clients of at most 500万 each, and large ones.
fn book(small_agri: &str, total: &str) -> Position {
    Position {
        total: yuan(total),
        small_agri: yuan(small_agri),
        small_ticket: yuan(small_agri),
        clients: 10,
        small_agri_clients: 9,
    }
}

#[test]
fn a_share_that_is_reported_refuses_nothing() {
    let reported = |part: i128| reported_small_agri(Ratio::new(part, 10_000).unwrap(), DAY).unwrap();
    assert_eq!(reported(8_000).outcome, Outcome::Pass);
    let below = reported(7_999);
    assert_eq!((below.outcome, below.rule), (Outcome::Advise, "share.small_agri"));
    assert!(below.explanation.zh.contains("79.99%"), "{}", below.explanation.zh);
    assert_eq!(reported_small_agri(None, DAY).unwrap().outcome, Outcome::NotAssessed);
    let tickets = |part: i128| reported_small_ticket(Ratio::new(part, 10_000).unwrap(), DAY).unwrap().outcome;
    assert_eq!((tickets(5_000), tickets(4_999)), (Outcome::Pass, Outcome::Advise));
}

#[test]
fn a_large_client_may_take_the_room_to_the_fen_and_no_fen_more() {
    // 80万 of 100万: 80 ÷ 100.0001 < 0.80.
    assert_eq!(outcomes(book("800000.00", "1000000.00"), large("1.00"), DAY)[0], Outcome::Refuse);
    // 80.01万 ÷ 0.8 = 100.0125万: room for 125.00.
    let position = book("800100.00", "1000000.00");
    assert_eq!(outcomes(position, large("124.99"), DAY)[0], Outcome::Pass);
    assert_eq!(outcomes(position, large("125.00"), DAY)[0], Outcome::Pass);
    assert_eq!(outcomes(position, large("125.01"), DAY)[0], Outcome::Refuse);
}

#[test]
fn a_refusal_names_the_room_that_is_left() {
    let position = book("800100.00", "1000000.00");
    let booking = large("125.01");
    let after = position.after(booking.before, booking.candidate).unwrap();
    let finding = &judge(after, Some(booking), DAY).unwrap()[0];
    assert!(finding.explanation.zh.contains("最多还可办理125.00元"), "{}", finding.explanation.zh);
    assert!(finding.explanation.en.contains("at most 125.00 yuan"), "{}", finding.explanation.en);
}

#[test]
fn each_outcome_has_its_own_sentence() {
    let said = |position: Position, booking: Option<Booking>, index: usize| {
        judge(position, booking, DAY).unwrap().map(|finding| finding.explanation.zh)[index].clone()
    };
    let good = book("90.00", "100.00");
    assert!(said(good, None, 0).contains("不低于80%") && said(good, None, 1).contains("不低于50%"));
    let short = Position { small_agri: yuan("70.00"), small_ticket: yuan("20.00"), ..good };
    assert!(said(short, None, 0).contains("仍可办理") && said(short, None, 1).contains("仍可办理"));
    assert!(said(short, Some(large("1.00")), 0).contains("不得办理"));
    let over = Booking {
        before: ClientExposure { total: yuan("5000000.00"), small_agri: yuan("5000000.00") },
        candidate: Candidate { small_agri: true, amount: yuan("1.00") },
    };
    assert!(said(short, Some(over), 1).contains("不得办理"));
}

#[test]
fn a_contract_in_the_numerator_is_never_refused_even_below_the_limit() {
    let booking =
        Booking { before: ClientExposure::default(), candidate: Candidate { small_agri: true, amount: yuan("1.00") } };
    assert_eq!(outcomes(book("100.00", "1000000.00"), booking, DAY)[0], Outcome::Advise);
}

#[test]
fn non_financing_stands_in_the_denominator() {
    // A bid guarantee of 30 for a large client beside 80 small-and-agri: total 110, 72.7 %.
    let position = Position::of([("a", ClientKind::Farmer, yuan("80.00")), ("b", ClientKind::Large, yuan("30.00"))]);
    assert_eq!(position.unwrap().total, yuan("110.00"));
}

#[test]
fn of_which_means_of_the_small_agri_amount() {
    // 60 small-and-agri, of which 30 small tickets, in 100: 50 % of small-and-agri, 30 % of all.
    let position = Position {
        total: yuan("100.00"),
        small_agri: yuan("60.00"),
        small_ticket: yuan("30.00"),
        clients: 1,
        small_agri_clients: 1,
    };
    assert_eq!(position.small_ticket_share().unwrap().unwrap().percent().unwrap(), "50%");
    assert_eq!(position.small_ticket_share_of_all().unwrap().unwrap().percent().unwrap(), "30%");
    assert_eq!(judge(position, None, DAY).unwrap()[1].outcome, Outcome::Pass);
}

#[test]
fn a_client_that_crosses_500_wan_leaves_the_small_tickets_as_a_whole() {
    let before = ClientExposure { total: yuan("4999999.99"), small_agri: yuan("4999999.99") };
    let position = Position {
        total: before.total,
        small_agri: before.small_agri,
        small_ticket: before.small_agri,
        clients: 1,
        small_agri_clients: 1,
    };
    let one_fen = Candidate { small_agri: true, amount: Money::from_fen(1) };
    let at = position.after(before, one_fen).unwrap();
    assert_eq!(at.small_ticket, yuan("5000000.00"));
    let over = Candidate { small_agri: true, amount: Money::from_fen(2) };
    assert_eq!(position.after(before, over).unwrap().small_ticket, Money::ZERO);
    assert_eq!(outcomes(position, Booking { before, candidate: one_fen }, DAY)[1], Outcome::Pass);
    assert_eq!(outcomes(position, Booking { before, candidate: over }, DAY)[1], Outcome::Refuse);
}

#[test]
fn a_large_client_is_not_touched_by_the_small_ticket_share() {
    // Small-and-agri 900 of 1000, of which 100 small tickets: 11.1 %, below 50 %; a large client is advised, not refused.
    let position = Position {
        total: yuan("1000.00"),
        small_agri: yuan("900.00"),
        small_ticket: yuan("100.00"),
        clients: 2,
        small_agri_clients: 2,
    };
    assert_eq!(outcomes(position, large("1.00"), DAY), [Outcome::Pass, Outcome::Advise, Outcome::Pass]);
}

#[test]
fn a_contract_outside_small_agri_that_takes_its_client_out_of_the_small_tickets_is_judged_by_the_state_after() {
    let before = ClientExposure { total: yuan("4000000.00"), small_agri: yuan("4000000.00") };
    let position = Position {
        total: yuan("90000000.00"),
        small_agri: yuan("90000000.00"),
        small_ticket: yuan("45000000.00"),
        clients: 30,
        small_agri_clients: 30,
    };
    let candidate = Candidate { small_agri: false, amount: yuan("2000000.00") };
    assert_eq!(outcomes(position, Booking { before, candidate }, DAY)[1], Outcome::Refuse);
}

#[test]
fn client_share_is_measured_per_institution() {
    let position = Position {
        total: yuan("10.00"),
        small_agri: yuan("10.00"),
        small_ticket: yuan("10.00"),
        clients: 5,
        small_agri_clients: 3,
    };
    assert_eq!(judge(position, None, DAY).unwrap()[2].outcome, Outcome::Pass);
    let short = Position { small_agri_clients: 2, ..position };
    for (day, word) in
        [(Day::new(2020, 8, 6), "正在推进"), (Day::new(2020, 8, 7), "未达到"), (Day::new(2020, 8, 8), "未达到")]
    {
        let finding = &judge(short, None, day).unwrap()[2];
        assert_eq!(finding.outcome, Outcome::Advise);
        assert!(finding.explanation.zh.contains(word), "{day}: {}", finding.explanation.zh);
    }
}

#[test]
fn nothing_booked_forms_no_share() {
    let findings = judge(Position::default(), None, DAY).unwrap();
    assert!(findings.iter().all(|finding| finding.outcome == Outcome::NotAssessed && finding.measured.is_none()));
}

#[test]
fn the_shares_bind_from_22_january_2019() {
    for (day, outcome) in [
        (Day::new(2019, 1, 21), Outcome::NotApplicable),
        (Day::new(2019, 1, 22), Outcome::Refuse),
        (Day::new(2025, 3, 1), Outcome::Refuse),
    ] {
        assert_eq!(outcomes(book("80.00", "100.00"), large("1.00"), day)[0], outcome, "{day}");
    }
}

fn contracts() -> impl Strategy<Value = Vec<(u8, bool, i64)>> {
    prop::collection::vec((0_u8..6, any::<bool>(), 1_i64..400_000_000), 0..30)
}

proptest! {
    #[test]
    fn booking_one_by_one_gives_the_position_of_a_recount(contracts in contracts()) {
        let mut position = Position::default();
        let mut exposures: HashMap<u8, ClientExposure> = HashMap::new();
        for (client, small_agri, fen) in &contracts {
            let candidate = Candidate { small_agri: *small_agri, amount: Money::from_fen(*fen) };
            let before = exposures.entry(*client).or_default();
            position = position.after(*before, candidate).unwrap();
            *before = before.with(candidate).unwrap();
        }
        let recount = Position::of(contracts.iter().map(|(client, small_agri, fen)| {
            let kind = if *small_agri { ClientKind::Farmer } else { ClientKind::Large };
            (*client, kind, Money::from_fen(*fen))
        }));
        prop_assert_eq!(position, recount.unwrap());
    }

    #[test]
    fn a_book_that_only_takes_what_is_not_refused_stays_at_eighty_per_cent_once_it_was(contracts in contracts()) {
        let mut position = book("1000000000.00", "1000000000.00");
        for (_, small_agri, fen) in contracts {
            let candidate = Candidate { small_agri, amount: Money::from_fen(fen) };
            let booking = Booking { before: ClientExposure::default(), candidate };
            let after = position.after(booking.before, candidate).unwrap();
            if judge(after, Some(booking), DAY).unwrap()[0].outcome != Outcome::Refuse {
                position = after;
            }
            prop_assert!(position.small_agri.wide() * 100 >= position.total.wide() * 80);
        }
    }
}
