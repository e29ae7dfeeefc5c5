//! Facts that change while an approval waits for the book: it decides on what holds once it has the book, not on what it had read before.

use crate::{
    harness::{Answer, Ask, Desk, Person, created, desk},
    party_merge_races::in_turn,
    party_merges::{merge_path, row, two_small},
    races::from_exactly_eighty_per_cent,
};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// Puts a body as somebody, for the version named.
fn put(
    desk: &Arc<Desk>,
    person: &Person,
    path: String,
    version: Option<&'static str>,
    body: Value,
) -> impl Future<Output = Answer> + Send + 'static {
    let (desk, person) = (Arc::clone(desk), person.clone());
    async move { desk.app.ask(Method::PUT, &path, Ask { if_match: version, ..person.with(body) }).await }
}

/// What the approval of a contract is answered which comes to wait for the book behind an act: it has read what the act has not yet changed.
async fn approved_behind(
    desk: &Arc<Desk>,
    contract: Uuid,
    act: impl Future<Output = Answer> + Send + 'static,
) -> Answer {
    let path = format!("/v1/contracts/{contract}/approvals/{}", Uuid::now_v7());
    let approval = put(desk, &desk.approver, path, None, json!({"content_version": 1}));
    let [act, approval] = in_turn(desk, act, approval).await;
    assert!(act.status.is_success(), "{}", act.json());
    approval
}

#[track_caller]
fn refused_by(answer: &Answer, rule: &str) {
    let problem = answer.json();
    assert_eq!((answer.status, problem["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("refused_by_rule")));
    let refuses = |finding: &&Value| finding["outcome"] == "refuse";
    let refusing: Vec<&Value> = problem["findings"].as_array().unwrap().iter().filter(refuses).collect();
    assert!(refusing.iter().any(|finding| finding["rule"] == rule), "{refusing:?}");
}

fn below(party: Uuid, what: &str) -> String {
    format!("/v1/parties/{party}/{what}/{}", Uuid::now_v7())
}

fn flag(kind: &str) -> Value {
    json!({"kind": kind, "source": "核查记录", "from": "2020-01-01"})
}

#[tokio::test]
async fn a_client_that_stops_being_small_while_its_approval_waits_is_not_booked_below_80_per_cent() {
    let desk = Arc::new(desk().await);
    from_exactly_eighty_per_cent(&desk).await;
    let farmer = desk.app.file_party(&desk.officer, "natural_person", "李某某").await;
    let farming = below(farmer, "flags");
    created(&desk.app.put(&desk.officer, &farming, flag("farmer")).await);
    let small = desk.client("small", "青禾食品").await;
    let of_farmer = desk.submitted(desk.content(farmer, "10000.00")).await;
    let of_small = desk.submitted(desk.content(small, "10000.00")).await;
    let end = json!({"until": zengxin::clock::today()});
    let ended = put(&desk, &desk.officer, format!("{farming}/end"), Some("\"1\""), end);
    refused_by(&approved_behind(&desk, of_farmer, ended).await, "share.small_agri");
    let size = json!({"financial_year": 2025, "industry_code": "13", "employees": 5000, "revenue": "900000000.00",
        "filed_on": zengxin::clock::today()});
    let large = put(&desk, &desk.officer, below(small, "size-inputs"), None, size);
    refused_by(&approved_behind(&desk, of_small, large).await, "share.small_agri");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_flag_and_a_group_that_come_while_an_approval_waits_count() {
    let desk = Arc::new(desk().await);
    desk.file_statement("1000000.00").await;
    for place in 0..10 {
        let farmer = desk.client("farmer", &format!("农户{place}")).await;
        desk.book(desk.content(farmer, "100000.00")).await;
    }
    // Each up to 10万, both as one group up to 15万.
    let (one, two) = (desk.client("large", "甲公司").await, desk.client("large", "乙公司").await);
    let group = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{group}"), json!({"name": "甲乙集团"})).await);
    let member = json!({"group_id": group, "from": "2020-01-01"});
    created(&desk.app.add(&desk.officer, one, "group-memberships", member.clone()).await);
    desk.book(desk.content(one, "80000.00")).await;
    let of_two = desk.submitted(desk.content(two, "80000.00")).await;
    let joined = put(&desk, &desk.officer, below(two, "group-memberships"), None, member);
    refused_by(&approved_behind(&desk, of_two, joined).await, "limit.group");
    let small = desk.client("small", "青禾食品").await;
    let of_small = desk.submitted(desk.content(small, "10000.00")).await;
    let platform = put(&desk, &desk.officer, below(small, "flags"), None, flag("government_platform"));
    refused_by(&approved_behind(&desk, of_small, platform).await, "purpose.platform");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_statement_a_limit_and_the_end_of_an_agreement_that_come_while_an_approval_waits_count() {
    let desk = Arc::new(desk().await);
    desk.file_statement("100000000.00").await;
    let client = desk.client("farmer", "王某某").await;
    let mut submitted = Vec::new();
    for _ in 0..3 {
        submitted.push(desk.submitted(desk.content(client, "100000.00")).await);
    }
    let limit = json!({"member_id": desk.admin.institution, "rule": "single_client", "value": "0.0001", "document": "风控制度",
        "from": "2020-01-01"});
    let path = format!("/v1/local-limits/{}", Uuid::now_v7());
    let limited = put(&desk, &desk.admin, path.clone(), None, limit);
    refused_by(&approved_behind(&desk, submitted[0], limited).await, "local.single_client");
    let end = json!({"until": zengxin::clock::today()});
    assert!(put(&desk, &desk.admin, format!("{path}/end"), Some("\"1\""), end).await.status.is_success());
    let poor = json!({"as_of": "2026-01-31", "net_assets": "100000.00", "unearned_reserve": "0.00", "compensation_reserve": "0.00",
        "total_assets": "100000000.00", "payout_receivables": "0.00", "grade1": "50000000.00", "grade2": "30000000.00",
        "grade3": "20000000.00"});
    let filed = put(&desk, &desk.officer, format!("/v1/financial-statements/{}", Uuid::now_v7()), None, poor);
    refused_by(&approved_behind(&desk, submitted[1], filed).await, "limit.single");
    let agreement = json!({"number": "协-1", "name": "分险协议", "bank_id": desk.bank, "provincial_id": desk.province.institution,
        "national_id": desk.fund.institution, "product_ids": [], "cap": null, "from": "2019-01-22", "until": zengxin::clock::today()});
    let path = format!("/v1/agreements/{}", desk.agreement);
    let ended = put(&desk, &desk.approver, path, Some("\"1\""), agreement);
    let answer = approved_behind(&desk, submitted[2], ended).await;
    assert_eq!(
        (answer.status, answer.json()["errors"][0]["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("no_terms"))
    );
    desk.app.reconcile().await;
}

#[tokio::test]
async fn what_is_said_of_a_party_that_is_merged_while_an_approval_waits_counts_for_the_one_it_went_over_to() {
    let (desk, source, target) = two_small().await;
    created(&desk.app.add(&desk.officer, source, "flags", flag("government_platform")).await);
    let submitted = desk.submitted(desk.content(target, "10000.00")).await;
    let desk = Arc::new(desk);
    let body = json!({"into": target, "reason": "同一企业重复登记"});
    let merging = put(&desk, &desk.approver, merge_path(source, Uuid::now_v7()), None, body);
    refused_by(&approved_behind(&desk, submitted, merging).await, "purpose.platform");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn what_changes_no_fact_that_counts_leaves_an_approval_behind_it_as_it_is() {
    let desk = Arc::new(desk().await);
    let (one, two) = (desk.client("small", "青禾食品").await, desk.client("small", "宏图食品").await);
    let contracts =
        [desk.submitted(desk.content(one, "10000.00")).await, desk.submitted(desk.content(two, "10000.00")).await];
    let path = format!("/v1/contracts/{}/approvals/{}", contracts[0], Uuid::now_v7());
    let before = put(&desk, &desk.approver, path, None, json!({"content_version": 1}));
    created(&approved_behind(&desk, contracts[1], before).await);
    desk.app.reconcile().await;
}

/// The numbers of the last act of the desk's institution, and of the last of them that changed facts.
async fn last(desk: &Desk) -> (i64, i64) {
    let sql =
        format!("SELECT to_jsonb(h) FROM zengxin.journal_head h WHERE institution_id = '{}'", desk.admin.institution);
    let head = row(desk, &sql).await;
    (head["seq"].as_i64().unwrap(), head["facts_seq"].as_i64().unwrap())
}

#[tokio::test]
async fn an_act_that_changes_facts_leaves_its_number_and_a_booking_does_not() {
    let desk = desk().await;
    let moved = async |what: &str| {
        let (last, facts) = last(&desk).await;
        assert_eq!(facts, last, "{what}");
    };
    moved("terms").await;
    let client = desk.client("small", "青禾食品").await;
    moved("a size").await;
    created(&desk.app.add(&desk.officer, client, "flags", flag("blacklist")).await);
    moved("a flag").await;
    desk.file_statement("100000000.00").await;
    moved("a statement").await;
    let limit = json!({"member_id": desk.admin.institution, "rule": "single_client", "value": "0.09", "document": "风控制度",
        "from": "2020-01-01"});
    created(&desk.app.put(&desk.admin, &format!("/v1/local-limits/{}", Uuid::now_v7()), limit).await);
    moved("a limit").await;
    let (before, facts) = last(&desk).await;
    let contract = desk.in_force(desk.content(client, "10000.00")).await;
    let today = zengxin::clock::today();
    created(&desk.act(&desk.officer, contract, "releases", json!({"amount": "1.00", "effective_on": today})).await);
    // Who may not do it has changed nothing.
    let foreign = desk.app.add(&desk.approver, client, "flags", flag("farmer")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert_eq!(last(&desk).await, (before + 6, facts));
}
