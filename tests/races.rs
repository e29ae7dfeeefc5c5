//! Many officers at once: no limit is passed whatever the order, and a book that is read before it is locked would pass it.

use crate::{
    harness::{Answer, Ask, Desk, Person, book_of, created, desk, wide},
    party_merge_races::{in_turn, waiting},
};
use axum::http::{Method, StatusCode};
use domain::value::Money;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::{Value, json};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;
use zengxin::store::Database;

/// The desk with so many connections, all of which may be at one book.
async fn wide_desk(connections: u32) -> Desk {
    let mut desk = desk().await;
    let wide = wide(&desk.app.database, connections).await;
    desk.app.serve_from(wide);
    desk
}

/// Approves all of them at once: how many were approved. Whoever has to give way asks again with the same id.
async fn approve_at_once(desk: &Desk, contracts: &[Uuid]) -> usize {
    let approved = AtomicUsize::new(0);
    let counted = &approved;
    let each = contracts.iter().map(|contract| async move {
        let path = format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7());
        loop {
            let answer = desk.app.put(&desk.approver, &path, json!({"content_version": 1})).await;
            match answer.status {
                StatusCode::SERVICE_UNAVAILABLE => continue,
                StatusCode::CREATED => _ = counted.fetch_add(1, Ordering::Relaxed),
                StatusCode::UNPROCESSABLE_ENTITY => {}
                other => panic!("{other}: {:?}", answer.body),
            }
            break;
        }
    });
    futures_join(each).await;
    approved.into_inner()
}

/// Awaits all of them, interleaved.
async fn futures_join(all: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        all.retain_mut(|each| each.as_mut().poll(context).is_pending());
        if all.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

/// What all of them come to, interleaved, in any order.
pub async fn all_of<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let done = std::sync::Mutex::new(Vec::new());
    let into = &done;
    futures_join(all.map(|each| async move {
        let each = each.await;
        into.lock().unwrap().push(each);
    }))
    .await;
    done.into_inner().unwrap()
}

/// Half of them with small clients, half with large ones, each 10,000 yuan and a client of its own.
async fn mixed(desk: &Desk, count: usize) -> Vec<Uuid> {
    let mut contracts = Vec::with_capacity(count);
    for place in 0..count {
        let kind = if place % 2 == 0 { "farmer" } else { "large" };
        let client = desk.client(kind, &format!("客户{place}")).await;
        contracts.push(desk.draft(desk.content(client, "10000.00")).await);
    }
    contracts
}

/// Submits them as if nothing were booked yet: what is refused at submission never reaches an approver.
pub async fn put_before_the_approver(desk: &Desk, contracts: &[Uuid]) {
    let owner = desk.app.database.superuser().await;
    let ids: Vec<String> = contracts.iter().map(|id| format!("'{id}'")).collect();
    let submitted = format!(
        "UPDATE zengxin.contract SET state = 'submitted', submitted_by = drafted_by WHERE id IN ({})",
        ids.join(", ")
    );
    owner.execute_unprepared(&submitted).await.unwrap();
}

/// Of every approval, in the order of the journal: after one outside small-and-agri the share is at least 80 %.
pub async fn breaches(desk: &Desk) -> usize {
    let superuser = desk.app.database.superuser().await;
    let events = book_of(
        &superuser,
        "SELECT e.amount_fen, c.client_kind FROM zengxin.contract_event e
         JOIN zengxin.contract c ON c.institution_id = e.institution_id AND c.id = e.contract_id
         WHERE e.amount_fen <> 0 AND c.institution_id = $1 ORDER BY e.seq",
        desk.admin.institution,
    )
    .await;
    let (mut small, mut total, mut breaches) = (0_i128, 0_i128, 0);
    for (amount, kind) in events {
        let counts = !matches!(kind.as_str(), "other" | "large" | "medium" | "strategic_emerging");
        total += i128::from(amount);
        small += if counts { i128::from(amount) } else { 0 };
        breaches += usize::from(amount > 0 && !counts && small * 5 < total * 4);
    }
    breaches
}

/// 80万 of 100万, exactly.
pub async fn from_exactly_eighty_per_cent(desk: &Desk) {
    let (small, large) = (desk.client("farmer", "王某某").await, desk.client("large", "宏图集团").await);
    desk.in_force(desk.content(small, "800000.00")).await;
    desk.book(desk.content(large, "200000.00")).await;
}

async fn eighty_per_cent_holds_under(officers: usize) {
    let desk = wide_desk(u32::try_from(officers).unwrap()).await;
    from_exactly_eighty_per_cent(&desk).await;
    let contracts = mixed(&desk, officers).await;
    put_before_the_approver(&desk, &contracts).await;
    let approved = approve_at_once(&desk, &contracts).await;
    assert!(approved >= officers / 2, "what counts in the numerator is never refused: {approved}");
    assert!(approved < officers, "not all of the others fit");
    assert_eq!(breaches(&desk).await, 0);
    desk.app.reconcile().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_two_officers_at_once_book_nothing_outside_small_agri_under_80_per_cent() {
    eighty_per_cent_holds_under(32).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_officers_at_once_book_nothing_outside_small_agri_under_80_per_cent() {
    eighty_per_cent_holds_under(64).await;
}

/// Read, check, write: what would go wrong without the locks. The same rows, the same decision of the law, the same isolation.
async fn naive(desk: &Desk, officers: usize) -> usize {
    let url = desk.app.database.superuser_url();
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(u32::try_from(officers).unwrap()).sqlx_logging(false);
    let pool = sea_orm::Database::connect(options).await.unwrap();
    pool.execute_unprepared(
        "CREATE TABLE public.naive (small_fen bigint NOT NULL, total_fen bigint NOT NULL, breaches int NOT NULL)",
    )
    .await
    .unwrap();
    pool.execute_unprepared("INSERT INTO public.naive VALUES (81000000, 100000000, 0)").await.unwrap();
    let (mut all, all_have_read) = (JoinSet::new(), Arc::new(Barrier::new(officers)));
    for place in 0..officers {
        let (pool, all_have_read) = (pool.clone(), all_have_read.clone());
        all.spawn(async move {
            let tx = pool.begin().await.unwrap();
            let (small, total) = naive_position(&tx).await;
            let (mine, amount) = (if place % 2 == 0 { 1_000_000 } else { 0 }, 1_000_000);
            let position = domain::share::Position {
                total: Money::from_fen(total + amount),
                small_agri: Money::from_fen(small + mine),
                ..domain::share::Position::default()
            };
            let least = domain::value::Rate::of_weight(8_000_000_000);
            let fits = mine > 0 || position.small_agri_share().unwrap().unwrap().at_least(least).unwrap();
            // At worst all have read before the first one writes, and nothing here prevents it.
            all_have_read.wait().await;
            if fits {
                let write = format!("UPDATE public.naive SET small_fen = small_fen + {mine}, total_fen = total_fen + {amount},
                    breaches = breaches + CASE WHEN {mine} = 0 AND (small_fen + {mine}) * 5 < (total_fen + {amount}) * 4 THEN 1 ELSE 0 END");
                tx.execute_unprepared(&write).await.unwrap();
            }
            tx.commit().await.unwrap();
        });
    }
    while all.join_next().await.is_some() {}
    let (_, _, breaches) = naive_row(&pool).await;
    usize::try_from(breaches).unwrap()
}

async fn naive_position(connection: &impl sea_orm::ConnectionTrait) -> (i64, i64) {
    let (small, total, _) = naive_row(connection).await;
    (small, total)
}

async fn naive_row(connection: &impl sea_orm::ConnectionTrait) -> (i64, i64, i32) {
    let statement = sea_orm::Statement::from_string(
        sea_orm::DbBackend::Postgres,
        "SELECT small_fen, total_fen, breaches FROM public.naive",
    );
    let row = connection.query_one_raw(statement).await.unwrap().unwrap();
    let get = |column| row.try_get_by_index::<i64>(column).unwrap();
    (get(0), get(1), row.try_get_by_index(2).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_book_that_is_read_before_it_is_locked_would_be_breached() {
    let desk = desk().await;
    assert!(naive(&desk, 32).await > 0, "the control must breach, or the race tests prove nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn releases_among_the_bookings_are_never_refused_and_nothing_is_booked_on_what_they_gave_back() {
    let desk = wide_desk(32).await;
    from_exactly_eighty_per_cent(&desk).await;
    let contracts = mixed(&desk, 24).await;
    let farmer = desk.client("farmer", "李某某").await;
    let released = desk.in_force(desk.content(farmer, "100000.00")).await;
    put_before_the_approver(&desk, &contracts).await;
    let today = zengxin::clock::today();
    let release = async {
        for _ in 0..10 {
            let part = json!({"amount": "10000.00", "effective_on": today});
            let path = format!("/v1/contracts/{released}/releases/{}", Uuid::now_v7());
            loop {
                let answer = desk.app.put(&desk.officer, &path, part.clone()).await;
                if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                    created(&answer);
                    break;
                }
            }
        }
    };
    let (approved, ()) = tokio::join!(approve_at_once(&desk, &contracts), release);
    assert!(approved >= 12, "{approved}");
    assert_eq!(breaches(&desk).await, 0);
    desk.app.reconcile().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_quota_with_room_for_one_contract_exactly_one_is_booked() {
    let desk = wide_desk(16).await;
    let granter = desk.app.hire(&desk.province, zengxin::auth::Role::Approver).await;
    let year = zengxin::clock::today().format("%Y").to_string().parse::<i32>().unwrap();
    let grant =
        json!({"cedent_id": desk.admin.institution, "year": year, "granted": "10000.00", "document": "授信批复1号"});
    created(&desk.app.put(&granter, &format!("/v1/quota-grants/{}", Uuid::now_v7()), grant).await);
    let mut contracts = Vec::new();
    for place in 0..16 {
        let client = desk.client("farmer", &format!("客户{place}")).await;
        contracts.push(desk.submitted(desk.content(client, "10000.00")).await);
    }
    assert_eq!(approve_at_once(&desk, &contracts).await, 1);
    // What was cancelled frees the quota for exactly one more.
    let mut first = None;
    for contract in &contracts {
        if desk.contract(*contract).await["state"] == "approved" {
            first = Some(*contract);
        }
    }
    created(&desk.act(&desk.officer, first.unwrap(), "cancellations", json!({"reason": "不再需要"})).await);
    let waiting: Vec<Uuid> = contracts.into_iter().filter(|contract| Some(*contract) != first).collect();
    assert_eq!(approve_at_once(&desk, &waiting).await, 1);
    desk.app.reconcile().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_and_its_group_are_held_to_their_limits_by_officers_at_once() {
    // Net assets of 1000万: a client up to 100万, a group up to 150万. Large loans weigh in full; the farmers fill the book.
    let desk = wide_desk(16).await;
    desk.file_statement("10000000.00").await;
    for place in 0..10 {
        let farmer = desk.client("farmer", &format!("农户{place}")).await;
        desk.book(desk.content(farmer, "1000000.00")).await;
    }
    let (one, two) = (desk.client("large", "甲公司").await, desk.client("large", "乙公司").await);
    let group = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{group}"), json!({"name": "甲乙集团"})).await);
    for party in [one, two] {
        let member = json!({"group_id": group, "from": "2020-01-01"});
        created(&desk.app.add(&desk.officer, party, "group-memberships", member).await);
    }
    let mut contracts = Vec::new();
    for place in 0..16 {
        let client = if place % 2 == 0 { one } else { two };
        contracts.push(desk.submitted(desk.content(client, "250000.00")).await);
    }
    // 150万 ÷ 25万 = 6 of the group, at most 4 of either.
    assert_eq!(approve_at_once(&desk, &contracts).await, 6);
    let superuser = desk.app.database.superuser().await;
    let totals = book_of(
        &superuser,
        "SELECT sum(c.outstanding_fen)::bigint, c.client_id::text FROM zengxin.contract c
         WHERE c.institution_id = $1 AND c.state = 'approved' AND c.client_kind = 'other' GROUP BY c.client_id",
        desk.admin.institution,
    )
    .await;
    assert!(totals.iter().all(|(total, _)| *total <= 100_000_000), "{totals:?}");
    desk.app.reconcile().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_crosses_500_wan_and_comes_back_leaves_the_counters_as_they_would_be_recounted() {
    let desk = wide_desk(16).await;
    let client = desk.client("small", "青禾食品").await;
    desk.in_force(desk.content(client, "4900000.00")).await;
    let mut contracts = Vec::new();
    for _ in 0..8 {
        contracts.push(desk.submitted(desk.content(client, "50000.00")).await);
    }
    // Another small ticket twice as large, so that the crossing is never refused for the 50 %.
    for place in 0..3 {
        let other = desk.client("small", &format!("小微{place}")).await;
        desk.book(desk.content(other, "4900000.00")).await;
    }
    assert_eq!(approve_at_once(&desk, &contracts).await, 8);
    let position = |column: &'static str| {
        let desk = &desk;
        async move {
            let superuser = desk.app.database.superuser().await;
            let sql = format!("SELECT {column}, '' FROM zengxin.portfolio_position WHERE institution_id = $1");
            book_of(&superuser, &sql, desk.admin.institution).await[0].0
        }
    };
    // 490万 + 8 × 5万 = 530万: the client is no small ticket; the other three are 1470万.
    assert_eq!((position("total_fen").await, position("small_ticket_fen").await), (2_000_000_000, 1_470_000_000));
    let desk_ref = &desk;
    let cancel = contracts.iter().map(|contract| async move {
        let desk = desk_ref;
        created(&desk.act(&desk.officer, *contract, "cancellations", json!({"reason": "不再需要"})).await);
    });
    futures_join(cancel).await;
    assert_eq!((position("total_fen").await, position("small_ticket_fen").await), (1_960_000_000, 1_960_000_000));
    desk.app.reconcile().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_asked_for_by_sixteen_at_once_under_one_id_is_done_once() {
    let desk = wide_desk(16).await;
    let client = desk.client("farmer", "王某某").await;
    let contract = desk.submitted(desk.content(client, "10000.00")).await;
    let path = format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7());
    let answers = std::sync::Mutex::new(Vec::<(StatusCode, Value)>::new());
    let ask = (0..16).map(|_| async {
        // On a busy machine somebody may be told to come again, with the same id.
        let answer = loop {
            let answer = desk.app.put(&desk.approver, &path, json!({"content_version": 1})).await;
            if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                break answer;
            }
        };
        answers.lock().unwrap().push((answer.status, answer.json()["seq"].clone()));
    });
    futures_join(ask).await;
    let answers = answers.into_inner().unwrap();
    assert_eq!(answers.iter().filter(|(status, _)| *status == StatusCode::CREATED).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|(status, seq)| status.is_success() && *seq == answers[0].1), "{answers:?}");
    assert_eq!(desk.contract(contract).await["outstanding"], "10000.00");
    desk.app.reconcile().await;
}

/// What the fund is answered with four connections, while four officers of an institution wait for its book: so many of them at once.
async fn answer_beside_a_burst(at_once: usize) -> (Answer, Desk) {
    let mut desk = desk().await;
    let contracts = mixed(&desk, 4).await;
    put_before_the_approver(&desk, &contracts).await;
    let four = Database::connect(&desk.app.database.serving_url(), 4).await.unwrap();
    desk.app.serve_from(if at_once == 2 { four } else { four.with_turns(at_once) });
    let outside = desk.app.database.superuser().await;
    let held = outside.begin().await.unwrap();
    held.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let mut answer = None;
    let approvals: Pin<Box<dyn Future<Output = ()> + Send + '_>> = Box::pin(async {
        assert_eq!(approve_at_once(&desk, &contracts).await, 2, "of the large clients none fits");
    });
    let beside: Pin<Box<dyn Future<Output = ()> + Send + '_>> = Box::pin(async {
        waiting(&desk, at_once as u64).await;
        answer = Some(desk.app.read(&desk.fund, "/v1/institutions").await);
        held.commit().await.unwrap();
    });
    futures_join([approvals, beside].into_iter()).await;
    (answer.unwrap(), desk)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_at_one_book_leaves_the_others_half_of_the_connections() {
    let (answer, desk) = answer_beside_a_burst(2).await;
    assert_eq!(answer.status, StatusCode::OK);
    desk.app.reconcile().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_turns_a_burst_at_one_book_would_leave_nobody_a_connection() {
    let (answer, _) = answer_beside_a_burst(4).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// Gives a number to a contract of its own as an import does, holding the end of the journal, while `ask` gives it to another: what `ask`
/// is answered.
async fn beside_an_import(desk: &Desk, like: Uuid, number: &str, ask: impl Future<Output = Answer> + Send) -> Answer {
    let outside = desk.app.database.superuser().await;
    let import = outside.begin().await.unwrap();
    import.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let mut answer = None;
    let asking: Pin<Box<dyn Future<Output = ()> + Send + '_>> = Box::pin(async { answer = Some(ask.await) });
    let importing: Pin<Box<dyn Future<Output = ()> + Send + '_>> = Box::pin(async {
        waiting(desk, 1).await;
        let another = format!(
            "INSERT INTO zengxin.contract SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', '{number}'))).* \
             FROM zengxin.contract c WHERE c.id = '{like}'"
        );
        import.execute_unprepared(&another).await.unwrap();
        import.commit().await.unwrap();
    });
    futures_join([asking, importing].into_iter()).await;
    answer.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_that_an_import_gives_this_very_moment_is_taken_and_neither_ends_the_other() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let first = desk.draft(desk.content(client, "10000.00")).await;
    let numbered = |number: &str| {
        let mut content = desk.content(client, "10000.00");
        content["number"] = json!(number);
        content
    };
    let path = format!("/v1/contracts/{}", Uuid::now_v7());
    let drafted = beside_an_import(&desk, first, "保-甲", desk.app.put(&desk.officer, &path, numbered("保-甲"))).await;
    assert_eq!((drafted.status, drafted.json()["code"].as_str()), (StatusCode::CONFLICT, Some("taken")));
    let revision = Ask { if_match: Some("\"1\""), ..desk.officer.with(numbered("保-乙")) };
    let path = format!("/v1/contracts/{first}");
    let revised = beside_an_import(&desk, first, "保-乙", desk.app.ask(Method::PUT, &path, revision)).await;
    assert_eq!((revised.status, revised.json()["code"].as_str()), (StatusCode::CONFLICT, Some("taken")));
    assert_ne!(desk.contract(first).await["number"], "保-乙", "nothing is half done");
}

/// What `person` is answered to the same act put to these contracts under one id, each waiting for the book behind the one before.
async fn under_one_id(desk: &Arc<Desk>, person: &Person, contracts: [Uuid; 2], what: &str, body: Value) -> [Answer; 2] {
    let act = Uuid::now_v7();
    let [first, second] = contracts.map(|contract| {
        let (desk, person, body) = (Arc::clone(desk), person.clone(), body.clone());
        let path = format!("/v1/contracts/{contract}/{what}/{act}");
        async move {
            let ask = if body.is_null() { person.ask() } else { person.with(body) };
            desk.app.ask(Method::PUT, &path, ask).await
        }
    });
    in_turn(desk, first, second).await
}

#[tokio::test]
async fn of_two_submissions_put_at_once_under_one_id_to_two_contracts_one_is_done_and_the_other_is_told_so() {
    let desk = desk().await;
    let client = desk.client("farmer", "王某某").await;
    let both = [desk.draft(desk.content(client, "10000.00")).await, desk.draft(desk.content(client, "10000.00")).await];
    let desk = Arc::new(desk);
    let answers = under_one_id(&desk, &desk.officer, both, "submissions", Value::Null).await;
    created(&answers[0]);
    let problem = answers[1].json();
    assert_eq!((answers[1].status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")), "{problem}");
    created(&desk.submit(both[1]).await);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn of_two_approvals_put_at_once_under_one_id_to_two_contracts_one_is_done_and_the_other_is_told_so() {
    let desk = desk().await;
    let client = desk.client("farmer", "王某某").await;
    let both = [
        desk.submitted(desk.content(client, "10000.00")).await,
        desk.submitted(desk.content(client, "10000.00")).await,
    ];
    let desk = Arc::new(desk);
    let answers = under_one_id(&desk, &desk.approver, both, "approvals", json!({"content_version": 1})).await;
    created(&answers[0]);
    let problem = answers[1].json();
    assert_eq!((answers[1].status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("id_taken")), "{problem}");
    assert_eq!(desk.contract(both[1]).await["state"], "submitted");
    created(&desk.approve(both[1]).await);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn an_evaluation_asked_for_twice_at_once_under_one_id_is_done_once_and_both_are_answered_with_it() {
    let desk = desk().await;
    let client = desk.client("farmer", "王某某").await;
    let contract = desk.draft(desk.content(client, "10000.00")).await;
    let desk = Arc::new(desk);
    let body = json!({"on": zengxin::clock::today()});
    let answers = under_one_id(&desk, &desk.officer, [contract; 2], "evaluations", body).await;
    assert_eq!(answers.each_ref().map(|answer| answer.status), [StatusCode::CREATED, StatusCode::OK]);
    assert_eq!(answers[0].json()["seq"], answers[1].json()["seq"]);
    desk.app.reconcile().await;
}
