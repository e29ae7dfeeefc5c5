//! An earlier book taken over where parties turned out to be one, where others' contracts are many, and where somebody else is at it too.

use crate::{
    harness::{Desk, World, created, desk, world},
    imports_around::{Ledger, Said, mapping},
    party_merges::{merged, two_small, undone},
};
use domain::value::{Day, InstitutionId};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;
use zengxin::{
    app::import::{self, Report, Request},
    auth::{Action, Caller, Keys},
    error::Problem,
    http::AppState,
    store::{
        Scope,
        import::{Counts, Run, RunState},
        import_others::{AT_ONCE, Others},
        journal::Record,
    },
};

const SHARES: &str = "bank = { constant = \"0.2\" }\ninstitution = { rest = true }";

async fn lines(app: &crate::harness::App, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = app.database.superuser().await.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// What the rules have found about a contract, as `rule outcome`.
async fn findings(app: &crate::harness::App, number: &str) -> BTreeSet<String> {
    let sql = format!(
        "SELECT f.rule || ' ' || f.outcome FROM zengxin.contract_finding f JOIN zengxin.contract c ON c.id = f.contract_id \
         WHERE c.number = '{number}'"
    );
    lines(app, &sql).await.into_iter().collect()
}

/// Takes a ledger over, so many rows at once.
async fn try_over(app: &crate::harness::App, at: Uuid, ledger: &Ledger, at_once: usize) -> Result<Report, Problem> {
    let mapping = mapping(SHARES);
    let request = Request { path: &ledger.0, name: "ledger.csv", mapping: &mapping, at_once, check: false };
    import::run(&app.state, &Caller::operator(InstitutionId::from_uuid(at)), request, &mut Said::default()).await
}

async fn take_over(desk: &Desk, rows: &[&str]) -> Counts {
    try_over(&desk.app, desk.admin.institution, &Ledger::of(rows), 3).await.unwrap().counts
}

/// People whose numbers are KEHU-0001, KEHU-0002 and so on.
async fn people<const N: usize>(desk: &Desk) -> [Uuid; N] {
    let mut people = [Uuid::nil(); N];
    for (place, person) in people.iter_mut().enumerate() {
        let code = format!("KEHU-{:04}", place + 1);
        *person = desk.app.file_party(&desk.officer, "natural_person", &code).await;
        created(&desk.app.identify(&desk.officer, *person, "other", &code).await);
    }
    people
}

/// The first goes over to the second, and then that to the third.
async fn go_over(desk: &Desk, [first, second, third]: [Uuid; 3]) {
    merged(desk, first, second).await;
    merged(desk, second, third).await;
}

#[tokio::test]
async fn a_row_of_a_party_that_went_on_to_a_third_is_booked_with_whoever_stands_for_it_in_the_end() {
    let desk = desk().await;
    let [first, second, third] = people(&desk).await;
    go_over(&desk, [first, second, third]).await;
    let counts = take_over(
        &desk,
        &[
            "承-1,青禾食品,KEHU-0001,小,330100,13,600000,6000,2020-03-01,2099-03-01,,,",
            "承-2,青禾食品厂,KEHU-0002,小,330100,13,500000,5000,2020-03-02,2099-03-01,,,",
            "承-3,青禾食品有限公司,KEHU-0003,小,330100,13,400000,4000,2020-03-03,2099-03-01,,,",
            "承-4,青禾食品,KEHU-0001,小,330100,13,300000,3000,2020-03-04,2099-03-01,,,",
        ],
    )
    .await;
    assert_eq!(counts, Counts { imported: 4, unchanged: 0, bad: 0 });
    let clients = "SELECT number || ' ' || party_id || ' ' || client_id FROM zengxin.contract ORDER BY number";
    let expected =
        [(1, first), (2, second), (3, third), (4, first)].map(|(n, party)| format!("承-{n} {party} {third}"));
    assert_eq!(lines(&desk.app, clients).await, expected);
    let books = "SELECT party_id || ' ' || total_fen FROM zengxin.client_exposure WHERE total_fen > 0";
    assert_eq!(lines(&desk.app, books).await, [format!("{third} 180000000")]);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn whoever_stands_in_the_end_for_a_member_of_a_group_counts_in_it() {
    let desk = desk().await;
    let [first, second, third, other] = people(&desk).await;
    let body = json!({"as_of": "2019-12-31", "net_assets": "10000000.00", "unearned_reserve": "0.00", "compensation_reserve": "0.00",
        "total_assets": "100000000.00", "payout_receivables": "0.00", "grade1": "50000000.00", "grade2": "30000000.00",
        "grade3": "20000000.00"});
    created(&desk.app.put(&desk.officer, &format!("/v1/financial-statements/{}", Uuid::now_v7()), body).await);
    let group = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{group}"), json!({"name": "青禾系"})).await);
    for member in [first, other] {
        let days = json!({"group_id": group, "from": "2020-01-01"});
        created(&desk.app.add(&desk.officer, member, "group-memberships", days).await);
    }
    go_over(&desk, [first, second, third]).await;
    take_over(
        &desk,
        &[
            "承-1,青禾食品,KEHU-0003,大,330100,13,900000,9000,2020-02-01,2021-02-01,,,",
            "承-2,青禾物流,KEHU-0004,大,330100,13,600000,6000,2020-02-02,2021-02-01,,,",
            "承-3,青禾物流,KEHU-0004,大,330100,13,10000,100,2020-02-03,2021-02-01,,,",
        ],
    )
    .await;
    // 15 % of 10,000,000 are 1,500,000: 900,000 + 600,000 are at it, 10,000 more are above.
    for (number, above) in [("承-1", false), ("承-2", false), ("承-3", true)] {
        assert_eq!(findings(&desk.app, number).await.contains("limit.group refuse"), above, "{number}");
    }
}

#[tokio::test]
async fn a_merge_frees_nobody_of_a_ban_in_an_earlier_book_either() {
    let desk = desk().await;
    let [first, second, third] = people(&desk).await;
    for (party, kind, from) in [(first, "blacklist", "2020-03-02"), (second, "government_platform", "2020-03-03")] {
        let flag = json!({"kind": kind, "source": "监管名单", "from": from});
        created(&desk.app.add(&desk.officer, party, "flags", flag).await);
    }
    go_over(&desk, [first, second, third]).await;
    take_over(
        &desk,
        &[
            "承-1,青禾食品,KEHU-0003,小,330100,13,100000,1000,2020-03-01,2099-03-01,,,",
            "承-2,青禾食品,KEHU-0003,小,330100,13,100000,1000,2020-03-02,2099-03-01,,,",
            "承-3,青禾食品,KEHU-0003,小,330100,13,100000,1000,2020-03-03,2099-03-01,,,",
        ],
    )
    .await;
    let banned = async |number: &str| -> Vec<String> {
        let found = findings(&desk.app, number).await;
        found.into_iter().filter(|finding| finding.starts_with("purpose.") || finding.contains("blacklist")).collect()
    };
    assert!(banned("承-1").await.is_empty());
    assert_eq!(banned("承-2").await.len(), 1, "the blacklist of the first");
    let both = banned("承-3").await;
    assert!(both.len() == 2 && both.contains(&"purpose.platform refuse".to_owned()), "{both:?}");
}

#[tokio::test]
async fn an_identifier_is_that_of_whoever_held_it_last() {
    let desk = desk().await;
    // The later holder was filed first, so that its id is the smaller one.
    let [later, former] = people(&desk).await;
    let superuser = desk.app.database.superuser().await;
    for handed_over in [
        format!(
            "UPDATE zengxin.party_identifier SET from_day = '2018-01-01', until_day = '2020-01-01', ended_seq = seq WHERE party_id = '{former}'"
        ),
        format!(
            "UPDATE zengxin.party_identifier SET blind_index = (SELECT blind_index FROM zengxin.party_identifier WHERE party_id = '{former}') \
             WHERE party_id = '{later}'"
        ),
    ] {
        superuser.execute_unprepared(&handed_over).await.unwrap();
    }
    take_over(&desk, &["承-1,青禾食品,KEHU-0002,小,330100,13,600000,6000,2020-03-01,2099-03-01,,,"]).await;
    assert_eq!(lines(&desk.app, "SELECT client_id::text FROM zengxin.contract").await, [later.to_string()]);
}

#[tokio::test]
async fn with_a_lost_key_nothing_is_taken_over_because_every_client_would_be_filed_twice() {
    let World { mut app, city, .. } = world().await;
    let one = Ledger::of(&["承-1,青禾食品,KEHU-0001,小,330100,13,600000,6000,2020-03-01,2099-03-01,,,"]);
    try_over(&app, city.institution, &one, 3).await.unwrap();
    let keys = Arc::new(Keys::random().unwrap());
    app.become_state(AppState { keys, ..app.state.clone() });
    let other = Ledger::of(&["承-2,青禾食品,KEHU-0001,小,330100,13,500000,5000,2020-03-02,2099-03-01,,,"]);
    let refused = try_over(&app, city.institution, &other, 3).await.unwrap_err();
    assert_eq!(refused.code, Problem::internal().code);
    let kept = "SELECT count(*)::text FROM zengxin.party UNION ALL SELECT count(*)::text FROM zengxin.contract";
    assert_eq!(lines(&app, kept).await, ["1", "1"]);
}

#[tokio::test]
async fn what_others_moved_is_told_whole_however_many_pages_it_takes() {
    let World { app, city, .. } = world().await;
    let limit = json!({"member_id": city.institution, "rule": "region", "value": "0.5", "from": "2020-01-01", "document": "风险管理办法"});
    created(&app.put(&city, &format!("/v1/local-limits/{}", Uuid::now_v7()), limit).await);
    // More than two pages of 100 each, on 28 days, all of them under one number of the journal.
    let rows = usize::try_from(AT_ONCE).unwrap() * 2 + 100;
    let others: Vec<String> = (0..rows)
        .map(|row| format!("旧-{row},青禾食品,KEHU-0001,小,330106,13,100,1,2019-06-{:02},2099-06-01,,,", row % 28 + 1))
        .collect();
    let others = Ledger::of(&others.iter().map(String::as_str).collect::<Vec<_>>());
    let report = try_over(&app, city.institution, &others, rows).await.unwrap();
    assert_eq!(report.counts.imported, rows as u64);
    // As much again in another place is half of all; a fen more is above it. One told too little, and the first would be above; one told twice,
    // and the second would not.
    let as_much = rows * 100;
    let own = [
        format!("新-1,他人,KEHU-0002,小,330200,13,{as_much},1,2020-01-01,2099-06-01,,,"),
        "新-2,他人,KEHU-0002,小,330200,13,0.01,0,2020-01-02,2099-06-01,,,".to_owned(),
    ];
    let own = Ledger::of(&own.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(try_over(&app, city.institution, &own, 3).await.unwrap().counts.imported, 2);
    for (number, above) in [("新-1", false), ("新-2", true)] {
        assert_eq!(findings(&app, number).await.contains("local.region refuse"), above, "{number}");
    }
    app.reconcile().await;
}

/// Everything that others moved, as day, client, fen and whether something began.
async fn told(scope: &Scope, others: &mut Others) -> Vec<(Day, Uuid, i64, bool)> {
    let mut told = Vec::new();
    while let Some(moved) = others.next(scope, Day::new(2100, 1, 1)).await.unwrap() {
        told.push((moved.on, moved.entry.client.uuid(), moved.entry.item.amount.fen(), moved.began.is_some()));
    }
    told
}

#[tokio::test]
async fn what_others_do_while_an_import_runs_is_not_told_by_it() {
    let (desk, source, target) = two_small().await;
    desk.in_force(desk.content(source, "1000000.00")).await;
    desk.in_force(desk.content(target, "500000.00")).await;
    let caller = Caller::operator(InstitutionId::from_uuid(desk.admin.institution));
    let open = async || desk.app.state.open(&caller, Action::PrepareImport).await.unwrap();
    let others = async || Others::of(&open().await, Uuid::now_v7()).await.unwrap();
    let as_it_was = told(&open().await, &mut others().await).await;
    let of = |told: &[(Day, Uuid, i64, bool)], client| {
        told.iter().filter(|(_, of, ..)| *of == client).map(|(.., fen, _)| fen).sum::<i64>()
    };
    assert_eq!((of(&as_it_was, source), of(&as_it_was, target)), (100_000_000, 50_000_000));
    assert_eq!(as_it_was.iter().filter(|(.., began)| *began).count(), 2);

    // Under way, but nothing is read yet; then somebody merges the two and books another contract.
    let mut under_way = others().await;
    let act = merged(&desk, source, target).await;
    desk.in_force(desk.content(target, "300000.00")).await;
    let mut later = others().await;
    assert_eq!(told(&open().await, &mut under_way).await, as_it_was);
    // One that begins now tells of them as one, also when they are parted again meanwhile.
    undone(&desk, source, act).await;
    let merged = told(&open().await, &mut later).await;
    assert_eq!((of(&merged, source), of(&merged, target)), (0, 180_000_000));
    let parted = told(&open().await, &mut others().await).await;
    assert_eq!((of(&parted, source), of(&parted, target)), (100_000_000, 80_000_000));
}

#[tokio::test]
async fn of_two_that_begin_one_file_at_the_same_moment_one_gives_way() {
    let desk = desk().await;
    let caller = Caller::operator(InstitutionId::from_uuid(desk.admin.institution));
    let open = async || desk.app.state.open(&caller, Action::ImportBook).await.unwrap();
    let (one, other) = (open().await, open().await);
    let run = |scope: &Scope| Run {
        id: Uuid::now_v7(),
        file_name: "旧台账.csv".to_owned(),
        file_hash: vec![1; 32],
        mapping_hash: vec![2; 32],
        state: RunState::Running,
        rows: 1,
        counts: Counts::default(),
        started_at: scope.now(),
    };
    // Neither has found a run of the file.
    let first = run(&one);
    zengxin::store::import::insert(&one, &first).await.unwrap();
    one.commit(Record::of("import", Some(first.id))).await.unwrap();
    let refused = zengxin::store::import::insert(&other, &run(&other)).await.unwrap_err();
    assert_eq!(refused.code, Problem::busy().code);
}
