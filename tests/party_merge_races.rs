//! Merges of parties beside everything else that goes on at the same time.

use crate::{
    harness::{Answer, Desk, Person, created},
    party_merges::{merge, merge_path, merged, recounted, row, two_small, undone},
};
use axum::http::StatusCode;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

/// Waits until so many transactions of the service wait for a lock.
pub async fn waiting(desk: &Desk, transactions: u64) {
    let sql = "SELECT to_jsonb(count(*)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..1000 {
        if row(desk, sql).await.as_u64() >= Some(transactions) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nobody waits");
}

#[tokio::test]
async fn a_merge_waits_for_the_draft_that_is_being_written_down_and_takes_it_along() {
    let (desk, source, target) = two_small().await;
    let desk = Arc::new(desk);
    let outside = desk.app.database.superuser().await;
    let held = outside.begin().await.unwrap();
    held.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let drafting = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { desk.draft(desk.content(source, "1000000.00")).await }
    });
    waiting(&desk, 1).await;
    let merging = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { merge(&desk, source, target, Uuid::now_v7()).await }
    });
    waiting(&desk, 2).await;
    held.commit().await.unwrap();
    let (draft, merge) = (drafting.await.unwrap(), merging.await.unwrap());
    created(&merge);
    assert_eq!(merge.json()["contract_ids"], json!([draft]));
    assert_eq!(desk.contract(draft).await["client_id"], json!(target));
}

#[tokio::test]
async fn a_merge_gives_way_to_a_chunk_of_an_import_that_gives_its_source_a_contract_and_takes_it_along_when_asked_again()
 {
    let (desk, source, target) = two_small().await;
    let first = desk.book(desk.content(source, "1000000.00")).await;
    let like = desk.draft(desk.content(source, "1000000.00")).await;
    let desk = Arc::new(desk);
    // An import saves under the lock of the book, and asks nobody for the parties that its contracts name.
    let outside = desk.app.database.superuser().await;
    let import = outside.begin().await.unwrap();
    import.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let another = Uuid::now_v7();
    let imported = format!(
        "INSERT INTO zengxin.contract SELECT (jsonb_populate_record(c, jsonb_build_object('id', '{another}', 'number', '保-旧'))).*
         FROM zengxin.contract c WHERE c.id = '{like}'"
    );
    import.execute_unprepared(&imported).await.unwrap();
    let act = Uuid::now_v7();
    let merging = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { merge(&desk, source, target, act).await }
    });
    waiting(&desk, 1).await;
    import.commit().await.unwrap();
    let merging = merging.await.unwrap();
    assert_eq!(merging.status, StatusCode::SERVICE_UNAVAILABLE, "the source has a contract that it did not see");
    let again = merge(&desk, source, target, act).await;
    created(&again);
    assert_eq!(again.json()["contract_ids"], json!([first, like, another]));
    assert_eq!(desk.contract(another).await["client_id"], json!(target));
    recounted(&desk).await;
}

#[tokio::test]
async fn an_approval_is_decided_with_a_merge_that_ends_while_it_waits_for_the_book() {
    let (desk, source, target) = two_small().await;
    desk.book(desk.content(source, "1000000.00")).await;
    let submitted = desk.submitted(desk.content(target, "4500000.00")).await;
    let desk = Arc::new(desk);
    let merging = {
        let desk = Arc::clone(&desk);
        async move { merge(&desk, source, target, Uuid::now_v7()).await }
    };
    let path = format!("/v1/contracts/{submitted}/approvals/{}", Uuid::now_v7());
    let approving = {
        let desk = Arc::clone(&desk);
        async move { desk.app.put(&desk.approver, &path, json!({"content_version": 1})).await }
    };
    let [merging, approving] = in_turn(&desk, merging, approving).await;
    created(&merging);
    // With what the other one had the client is above 500万: of the book nothing is a small ticket any more.
    let problem = approving.json();
    assert_eq!(
        (approving.status, problem["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("refused_by_rule"))
    );
    recounted(&desk).await;
}

/// Asks until somebody else's change is over, always under the same id.
async fn patiently(desk: &Desk, person: &Person, path: &str, body: Value) -> Answer {
    for _ in 0..200 {
        let answer = desk.app.put(person, path, body.clone()).await;
        match answer.status {
            StatusCode::SERVICE_UNAVAILABLE => tokio::time::sleep(Duration::from_millis(5)).await,
            status => {
                assert!(status.is_success(), "{path}: {}", String::from_utf8_lossy(&answer.body));
                return answer;
            }
        }
    }
    panic!("{path} was never answered");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_booked_while_two_parties_are_merged_and_parted_the_counters_hold() {
    let (desk, source, target) = two_small().await;
    // 4 × 450万 small tickets beside them: 960万 that cross 500万 together keep more than half small, so no rule refuses.
    for name in ["一", "二", "三", "四"] {
        let beside = desk.client("small", &format!("旁边{name}厂")).await;
        desk.book(desk.content(beside, "4500000.00")).await;
    }
    let mut submitted = Vec::new();
    for place in 0..16 {
        let client = if place % 2 == 0 { source } else { target };
        submitted.push(desk.submitted(desk.content(client, "600000.00")).await);
    }
    let desk = Arc::new(desk);
    // Six steps: merged and parted, three times. With every step a part of the contracts begins, so that each is raced by the next.
    let (step, steps) = tokio::sync::watch::channel(0_usize);
    let mut running = Vec::new();
    for (place, contract) in submitted.into_iter().enumerate() {
        let (desk, mut steps) = (Arc::clone(&desk), steps.clone());
        running.push(tokio::spawn(async move {
            steps.wait_for(|step| *step >= place * 6 / 16).await.unwrap();
            let path = format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7());
            patiently(&desk, &desk.approver, &path, json!({"content_version": 1})).await;
            let content = desk.content(source, "100000.00");
            patiently(&desk, &desk.officer, &format!("/v1/contracts/{}", Uuid::now_v7()), content).await;
            if place % 4 == 3 {
                let path = format!("/v1/contracts/{contract}/cancellations/{}", Uuid::now_v7());
                patiently(&desk, &desk.officer, &path, json!({"reason": "客户不再需要"})).await;
            }
        }));
    }
    for round in 0..3 {
        let path = merge_path(source, Uuid::now_v7());
        let body = json!({"into": target, "reason": "同一企业"});
        patiently(&desk, &desk.approver, &path, body).await;
        step.send(2 * round + 1).unwrap();
        let left = "SELECT to_jsonb(count(*)) FROM zengxin.contract c JOIN zengxin.party p ON p.id = c.client_id
                    WHERE p.merged_into IS NOT NULL";
        assert_eq!(row(&desk, left).await, json!(0), "no contract is left with a merged party");
        let path = format!("{path}/undoings/{}", Uuid::now_v7());
        patiently(&desk, &desk.approver, &path, json!({"reason": "并非同一企业"})).await;
        step.send(2 * round + 2).unwrap();
    }
    for task in running {
        task.await.unwrap();
    }
    recounted(&desk).await;
    let merged_between = format!(
        "SELECT to_jsonb(count(*)) FROM zengxin.party_merge m WHERE EXISTS (SELECT FROM zengxin.contract_event e
           WHERE e.kind = 'approved' AND e.client_id IN ('{source}', '{target}') AND e.seq BETWEEN m.seq AND m.undone_seq)"
    );
    assert_eq!(row(&desk, &merged_between).await, json!(3), "some were approved under every merge");
    let act = merged(&desk, source, target).await;
    recounted(&desk).await;
    undone(&desk, source, act).await;
    recounted(&desk).await;
    let chains = zengxin::app::audit::verify(&desk.app.state).await.unwrap();
    assert!(chains.iter().all(|(_, chain)| chain.is_ok()), "{chains:?}");
}

/// Lets `first` come to wait for the end of the journal, then `second` behind it, and answers what both are told once it is free.
pub async fn in_turn(
    desk: &Desk,
    first: impl Future<Output = Answer> + Send + 'static,
    second: impl Future<Output = Answer> + Send + 'static,
) -> [Answer; 2] {
    let outside = desk.app.database.superuser().await;
    let held = outside.begin().await.unwrap();
    held.execute_unprepared("SELECT FROM zengxin.journal_head FOR UPDATE").await.unwrap();
    let first = tokio::spawn(first);
    waiting(desk, 1).await;
    let second = tokio::spawn(second);
    waiting(desk, 2).await;
    held.commit().await.unwrap();
    [first.await.unwrap(), second.await.unwrap()]
}

#[tokio::test]
async fn the_first_contract_of_a_client_is_approved_while_a_fact_of_the_client_waits_behind_it() {
    let (desk, source, _) = two_small().await;
    let submitted = desk.submitted(desk.content(source, "1000000.00")).await;
    let desk = Arc::new(desk);
    let put = |person: &Person, path: String, body: Value| {
        let (desk, person) = (Arc::clone(&desk), person.clone());
        async move { desk.app.put(&person, &path, body).await }
    };
    // The approval writes the first row of what the client has, which names the client; the fact holds the client.
    let path = format!("/v1/contracts/{submitted}/approvals/{}", Uuid::now_v7());
    let approval = put(&desk.approver, path, json!({"content_version": 1}));
    let path = format!("/v1/parties/{source}/flags/{}", Uuid::now_v7());
    let fact =
        put(&desk.officer, path, json!({"kind": "first_loan_declared", "source": "客户声明", "from": "2024-03-01"}));
    in_turn(&desk, approval, fact).await.iter().for_each(|answer| {
        created(answer);
    });
    recounted(&desk).await;
}
