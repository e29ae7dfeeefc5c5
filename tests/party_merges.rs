//! Two parties that turn out to be one: their contracts count together until that is undone, and whatever happens meanwhile is kept.

use crate::harness::{Answer, Desk, TERMS, created, desk, finding, outcome};
use axum::http::StatusCode;
use domain::{
    client::ClientKind,
    exposure::{Book, ClientBook, Item},
    value::Money,
};
use entity::contract;
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;
use zengxin::store::contract::ContractKind;

/// Two small clients of an institution.
pub async fn two_small() -> (Desk, Uuid, Uuid) {
    let desk = desk().await;
    let (source, target) = (desk.client("small", "青禾食品").await, desk.client("small", "青禾食品厂").await);
    (desk, source, target)
}

pub fn merge_path(source: Uuid, act: Uuid) -> String {
    format!("/v1/parties/{source}/merges/{act}")
}

pub async fn merge(desk: &Desk, source: Uuid, target: Uuid, act: Uuid) -> Answer {
    let body = json!({"into": target, "reason": "同一企业重复登记"});
    desk.app.put(&desk.approver, &merge_path(source, act), body).await
}

async fn undo(desk: &Desk, source: Uuid, act: Uuid, undoing: Uuid) -> Answer {
    let path = format!("{}/undoings/{undoing}", merge_path(source, act));
    desk.app.put(&desk.approver, &path, json!({"reason": "核对后并非同一企业"})).await
}

/// Merges the one into the other, and gives the merge.
pub async fn merged(desk: &Desk, source: Uuid, target: Uuid) -> Uuid {
    let act = Uuid::now_v7();
    created(&merge(desk, source, target, act).await);
    act
}

/// Undoes a merge.
pub async fn undone(desk: &Desk, source: Uuid, act: Uuid) {
    created(&undo(desk, source, act, Uuid::now_v7()).await);
}

#[track_caller]
fn refused(answer: &Answer, status: StatusCode, code: &str) {
    let json = answer.json();
    assert_eq!((answer.status, json["code"].as_str()), (status, Some(code)), "{json}");
}

/// The only row of a query, as JSON.
pub async fn row(desk: &Desk, sql: &str) -> Value {
    let statement = Statement::from_string(DbBackend::Postgres, sql.to_owned());
    let row = desk.app.database.superuser().await.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// The institution's book: small tickets, clients, small-and-agri clients.
async fn position(desk: &Desk) -> (i64, i64, i64) {
    let row = row(desk, "SELECT to_jsonb(p) FROM zengxin.portfolio_position p").await;
    let of = |name: &str| row[name].as_i64().unwrap();
    (of("small_ticket_fen"), of("clients"), of("small_agri_clients"))
}

/// What a client's contracts come to, in fen.
async fn total(desk: &Desk, client: Uuid) -> i64 {
    let sql = format!("SELECT to_jsonb(e.total_fen) FROM zengxin.client_exposure e WHERE party_id = '{client}'");
    row(desk, &sql).await.as_i64().unwrap()
}

fn client_row(book: &ClientBook) -> Value {
    json!({
        "total_fen": book.total.fen(), "small_agri_fen": book.small_agri.fen(), "small_loan_fen": book.small_loan.fen(),
        "farmer_loan_fen": book.farmer_loan.fen(), "other_loan_fen": book.other_loan.fen(),
        "rated_bond_fen": book.rated_bond.fen(), "other_bond_fen": book.other_bond.fen(), "housing_fen": book.housing.fen(),
        "other_fen": book.other.fen(), "regulator_small_fen": book.regulator_small.fen(),
        "regulator_small_credit_fen": book.regulator_small_credit.fen(),
    })
}

fn position_row(book: &Book) -> Value {
    let (shares, liabilities) = (&book.shares, &book.liabilities);
    json!({
        "total_fen": shares.total.fen(), "small_agri_fen": shares.small_agri.fen(), "small_ticket_fen": shares.small_ticket.fen(),
        "clients": shares.clients, "small_agri_clients": shares.small_agri_clients, "small_loan_fen": liabilities.small_loan.fen(),
        "farmer_loan_fen": liabilities.farmer_loan.fen(), "other_loan_fen": liabilities.other_loan.fen(),
        "rated_bond_fen": liabilities.rated_bond.fen(), "other_bond_fen": liabilities.other_bond.fen(),
        "housing_fen": liabilities.housing.fen(), "other_fen": liabilities.other.fen(),
        "regulator_small_fen": book.regulator_small.fen(), "regulator_small_credit_fen": book.regulator_small_credit.fen(),
    })
}

/// The counters are what every contract that counts comes to, counted again one by one.
pub async fn recounted(desk: &Desk) {
    let rows = contract::Entity::find().all(&desk.app.database.superuser().await).await.unwrap();
    let mut clients: BTreeMap<Uuid, ClientBook> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.outstanding_fen > 0) {
        let client_kind: ClientKind = serde_json::from_value(json!(row.client_kind)).unwrap();
        let item = Item {
            amount: Money::from_fen(row.outstanding_fen),
            client_kind,
            kind: row.kind.parse::<ContractKind>().ok().unwrap().counted(row.issuer_rating.as_deref()),
            credit_line: Money::from_fen(row.credit_line_fen),
            operating_loan: row.operating_loan,
        };
        let book = clients.entry(row.client_id).or_default();
        *book = book.plus(item.book().unwrap()).unwrap();
    }
    let counted: BTreeMap<String, Value> =
        clients.iter().map(|(client, book)| (client.to_string(), client_row(book))).collect();
    let kept = row(
        desk,
        "SELECT coalesce(jsonb_object_agg(e.party_id, to_jsonb(e) - 'institution_id' - 'party_id'), '{}')
         FROM zengxin.client_exposure e WHERE e.total_fen <> 0",
    )
    .await;
    assert_eq!(json!(counted), kept);
    let kept = row(desk, "SELECT to_jsonb(p) - 'institution_id' FROM zengxin.portfolio_position p").await;
    assert_eq!(position_row(&Book::of(clients.values()).unwrap()), kept);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn two_clients_that_are_one_leave_the_small_tickets_together_and_come_back_when_it_is_undone() {
    let (desk, source, target) = two_small().await;
    let moved = desk.book(desk.content(source, "3000000.00")).await;
    desk.book(desk.content(target, "2500000.00")).await;
    // 300万 + 250万, each client at most 500万.
    assert_eq!(position(&desk).await, (550_000_000, 2, 2));
    let before = desk.contract(moved).await;
    let act = merged(&desk, source, target).await;
    // One client of 550万: no small ticket, and one client fewer. The share of small tickets fell to nothing, and nothing refused it.
    assert_eq!(position(&desk).await, (0, 1, 1));
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (0, 550_000_000));
    recounted(&desk).await;
    let after = desk.contract(moved).await;
    assert_eq!((&after["party_id"], &after["client_id"]), (&json!(source), &json!(target)));
    assert_eq!((&after["outstanding"], &after["fixed"]), (&before["outstanding"], &before["fixed"]));
    let party = desk.app.party(&desk.officer, source).await;
    assert_eq!((&party["status"], &party["merged_into"]), (&json!("merged"), &json!(target)));
    let alerts = "SELECT jsonb_agg(jsonb_build_array(a.rule, a.reguarantor_id, a.cleared_on IS NOT NULL)) FROM zengxin.drift_alert a";
    let province = desk.province.institution;
    assert_eq!(row(&desk, alerts).await, json!([["share.small_ticket", province, false]]));
    undone(&desk, source, act).await;
    assert_eq!(position(&desk).await, (550_000_000, 2, 2));
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (300_000_000, 250_000_000));
    recounted(&desk).await;
    assert_eq!(desk.contract(moved).await["client_id"], json!(source));
    let party = desk.app.party(&desk.officer, source).await;
    assert_eq!((&party["status"], &party["merged_into"]), (&json!("active"), &json!(null)));
    assert_eq!(row(&desk, alerts).await, json!([["share.small_ticket", province, true]]));
}

#[tokio::test]
async fn together_at_500_wan_to_the_fen_they_stay_small_tickets_and_one_fen_more_takes_all_of_it_out() {
    let (desk, source, target) = two_small().await;
    let second = desk.client("small", "青禾食品二厂").await;
    // A re-guarantee fee well below its cap: rounded to the fen it stays below.
    let (cheap, mut terms) = (Uuid::now_v7(), TERMS());
    (terms["provincial_fee_rate"], terms["national_fee_rate"]) = (json!("0.001"), json!("0.001"));
    desk.agree(cheap, "协-2", json!(null), &terms).await;
    for (client, amount) in [(target, "4999999.99"), (source, "0.01"), (second, "0.01")] {
        let mut content = desk.content(client, amount);
        content["agreement_id"] = json!(cheap);
        desk.book(content).await;
    }
    assert_eq!(position(&desk).await, (500_000_001, 3, 3));
    let first_merge = merged(&desk, source, target).await;
    // 499 9999.99 + 0.01 = 500万 exactly: still small; the other client's fen beside it.
    assert_eq!(position(&desk).await, (500_000_001, 2, 2));
    let second_merge = merged(&desk, second, target).await;
    assert_eq!(position(&desk).await, (0, 1, 1));
    recounted(&desk).await;
    refused(&undo(&desk, source, first_merge, Uuid::now_v7()).await, StatusCode::CONFLICT, "wrong_state");
    undone(&desk, second, second_merge).await;
    assert_eq!(position(&desk).await, (500_000_001, 2, 2));
    undone(&desk, source, first_merge).await;
    assert_eq!(position(&desk).await, (500_000_001, 3, 3));
    recounted(&desk).await;
}

#[tokio::test]
async fn what_the_merged_party_had_drafted_or_submitted_is_approved_with_the_one_that_stands_for_it() {
    let (desk, source, target) = two_small().await;
    let drafted = desk.draft(desk.content(source, "1000000.00")).await;
    let submitted = desk.submitted(desk.content(source, "2000000.00")).await;
    let act = Uuid::now_v7();
    let answer = merge(&desk, source, target, act).await;
    created(&answer);
    assert_eq!(answer.json()["contract_ids"], json!([drafted, submitted]), "drafts too");
    created(&desk.submit(drafted).await);
    created(&desk.approve(drafted).await);
    created(&desk.approve(submitted).await);
    // Signed by the merged party later, it counts with the other too.
    let later = desk.book(desk.content(source, "500000.00")).await;
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (0, 350_000_000));
    assert_eq!(desk.contract(later).await["client_id"], json!(target));
    recounted(&desk).await;
    undone(&desk, source, act).await;
    // What went over goes back; what was booked since stays.
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (300_000_000, 50_000_000));
    assert_eq!(desk.contract(later).await["client_id"], json!(target));
    recounted(&desk).await;
}

#[tokio::test]
async fn releases_of_what_went_over_lower_the_book_of_the_one_that_stands_for_it_and_go_back_as_what_is_left() {
    let (desk, source, target) = two_small().await;
    let partly = desk.in_force(desk.content(source, "3000000.00")).await;
    let wholly = desk.in_force(desk.content(source, "1000000.00")).await;
    let given_up = desk.book(desk.content(source, "500000.00")).await;
    desk.book(desk.content(target, "2500000.00")).await;
    let act = merged(&desk, source, target).await;
    let today = zengxin::clock::today();
    let release = |amount: &str| json!({"amount": amount, "effective_on": today});
    created(&desk.act(&desk.officer, partly, "releases", release("2000000.00")).await);
    let whole = desk.act(&desk.officer, wholly, "releases", release("1000000.00")).await;
    created(&whole);
    created(&desk.act(&desk.officer, given_up, "cancellations", json!({"reason": "客户不再需要"})).await);
    // 250万 + 300万 − 200万 = 350万.
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (0, 350_000_000));
    recounted(&desk).await;
    undone(&desk, source, act).await;
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (100_000_000, 250_000_000));
    // What ended meanwhile has gone back as well: its release is reversed in the right book.
    assert_eq!(desk.contract(wholly).await["client_id"], json!(source));
    let reversal = json!({"release_id": whole.json()["id"], "reason": "重复录入"});
    created(&desk.act(&desk.approver, wholly, "release-reversals", reversal).await);
    assert_eq!((total(&desk, source).await, total(&desk, target).await), (200_000_000, 250_000_000));
    recounted(&desk).await;
}

#[tokio::test]
async fn a_draft_that_went_over_and_names_another_party_by_now_stays_where_it_is() {
    let (desk, source, target) = two_small().await;
    let content = desk.content(source, "1000000.00");
    let draft = desk.draft(content.clone()).await;
    let version = desk.app.read(&desk.officer, &format!("/v1/contracts/{draft}")).await.header("etag").to_owned();
    let act = merged(&desk, source, target).await;
    let path = format!("/v1/contracts/{draft}");
    let mut content = content;
    content["party_id"] = json!(target);
    let ask = |version: &str| crate::harness::Ask {
        if_match: Some(version.to_owned().leak()),
        ..desk.officer.with(content.clone())
    };
    let stale = desk.app.ask(axum::http::Method::PUT, &path, ask(&version)).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "it went over meanwhile");
    let version = desk.app.read(&desk.officer, &path).await.header("etag").to_owned();
    assert_eq!(desk.app.ask(axum::http::Method::PUT, &path, ask(&version)).await.status, StatusCode::OK);
    undone(&desk, source, act).await;
    assert_eq!(desk.contract(draft).await["client_id"], json!(target));
}

/// Takes a party into a group.
async fn join(desk: &Desk, group: Uuid, party: Uuid) -> Answer {
    desk.app.add(&desk.officer, party, "group-memberships", json!({"group_id": group, "from": "2026-01-01"})).await
}

async fn group(desk: &Desk, name: &str) -> Uuid {
    let id = Uuid::now_v7();
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{id}"), json!({"name": name})).await);
    id
}

/// What the related group of a client would weigh with a contract of 100万 more.
async fn group_with(desk: &Desk, client: Uuid) -> String {
    let answer = desk.check(desk.content(client, "1000000.00")).await;
    finding(&answer, "limit.group")["explanation"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_related_group_counts_a_merged_party_once() {
    let (desk, source, target) = two_small().await;
    desk.file_statement("100000000.00").await;
    let other = desk.client("small", "青禾物流").await;
    let one = group(&desk, "青禾系").await;
    for party in [source, target, other] {
        created(&join(&desk, one, party).await);
    }
    desk.book(desk.content(source, "2000000.00")).await;
    desk.book(desk.content(target, "1000000.00")).await;
    // (200万 + 100万 + 100万) × 0.75 = 300万, before and after.
    for client in [source, target, other] {
        let explanation = group_with(&desk, client).await;
        assert!(explanation.contains("3,000,000.00"), "{explanation}");
    }
    let act = merged(&desk, source, target).await;
    for client in [source, target, other] {
        let explanation = group_with(&desk, client).await;
        assert!(explanation.contains("3,000,000.00"), "{explanation}");
    }
    desk.book(desk.content(other, "1000000.00")).await;
    undone(&desk, source, act).await;
    // 75万 of the contract booked since, and 75万 of the one asked about.
    let explanation = group_with(&desk, target).await;
    assert!(explanation.contains("3,750,000.00"), "{explanation}");
    recounted(&desk).await;
}

#[tokio::test]
async fn whoever_stands_for_a_member_of_a_group_counts_in_it_until_it_leaves() {
    let (desk, source, target) = two_small().await;
    desk.file_statement("100000000.00").await;
    let (of_source, of_target) = (desk.client("small", "青禾物流").await, desk.client("small", "蓝天机械").await);
    let (one, two) = (group(&desk, "青禾系").await, group(&desk, "蓝天系").await);
    let membership = join(&desk, one, source).await;
    created(&membership);
    for (group, party) in [(one, of_source), (two, target), (two, of_target)] {
        created(&join(&desk, group, party).await);
    }
    desk.book(desk.content(source, "2000000.00")).await;
    desk.book(desk.content(target, "1000000.00")).await;
    desk.book(desk.content(of_target, "400000.00")).await;
    // (100万 asked about + 200万) × 0.75.
    assert!(group_with(&desk, of_source).await.contains("2,250,000.00"));
    let act = merged(&desk, source, target).await;
    // The whole of the one client of 300万 stands in the group: (100 + 300) × 0.75.
    let explanation = group_with(&desk, of_source).await;
    assert!(explanation.contains("3,000,000.00") && explanation.contains("青禾系"), "{explanation}");
    // It is related to both groups: (100 + 300 + 40) × 0.75.
    let explanation = group_with(&desk, target).await;
    assert!(explanation.contains("3,300,000.00"), "{explanation}");
    assert!(explanation.contains("青禾系、蓝天系"), "{explanation}");
    desk.book(desk.content(of_source, "100000.00")).await;
    // Its membership ends under its own name, also while another stands for it.
    let id = membership.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/parties/{source}/group-memberships/{id}");
    let today = zengxin::clock::today().to_string();
    assert_eq!(desk.app.end(&desk.officer, &path, Some("\"1\""), Some(&today)).await.status, StatusCode::OK);
    // (100 + 10) × 0.75 alone.
    let explanation = group_with(&desk, of_source).await;
    assert!(explanation.contains("825,000.00"), "{explanation}");
    undone(&desk, source, act).await;
    recounted(&desk).await;
}

#[tokio::test]
async fn a_merge_frees_nobody_of_a_ban() {
    let (desk, source, target) = two_small().await;
    let flag = json!({"kind": "government_platform", "source": "监管名单", "from": "2020-01-01"});
    let flagged = desk.app.add(&desk.officer, source, "flags", flag).await;
    created(&flagged);
    assert_eq!(outcome(&desk.check(desk.content(target, "1000000.00")).await, "purpose.platform"), "pass");
    let act = merged(&desk, source, target).await;
    assert_eq!(outcome(&desk.check(desk.content(target, "1000000.00")).await, "purpose.platform"), "refuse");
    let party = desk.app.party(&desk.officer, target).await;
    assert_eq!(party["flags"][0]["kind"], "government_platform", "and it is shown");
    let path = format!("/v1/parties/{source}/flags/{}", flagged.json()["id"].as_str().unwrap());
    let today = zengxin::clock::today().to_string();
    assert_eq!(desk.app.end(&desk.officer, &path, Some("\"1\""), Some(&today)).await.status, StatusCode::OK);
    assert_eq!(outcome(&desk.check(desk.content(target, "1000000.00")).await, "purpose.platform"), "pass");
    undone(&desk, source, act).await;
}

#[tokio::test]
async fn a_client_that_a_related_party_was_merged_into_is_nobody_to_compare_terms_with() {
    let (desk, source, target) = two_small().await;
    let flag = json!({"kind": "related_party", "source": "股东名册", "from": "2020-01-01"});
    created(&desk.app.add(&desk.officer, source, "flags", flag.clone()).await);
    // Four strangers and the target: five at one per cent each, enough to compare with.
    desk.in_force(desk.content(target, "1000000.00")).await;
    for place in 0..4 {
        let other = desk.client("small", &format!("同类{place}")).await;
        desk.in_force(desk.content(other, "1000000.00")).await;
    }
    let related = desk.client("small", "关联公司").await;
    created(&desk.app.add(&desk.officer, related, "flags", flag).await);
    let terms = async || outcome(&desk.check(desk.content(related, "1000000.00")).await, "party.related_terms");
    assert_eq!(terms().await, "pass");
    let further = desk.client("small", "青禾食品集团").await;
    let act = merged(&desk, source, target).await;
    assert_eq!(terms().await, "not_assessed", "the target is related by now: four are left");
    let again = merged(&desk, target, further).await;
    assert_eq!(terms().await, "not_assessed", "and so is whoever stands for the target");
    undone(&desk, target, again).await;
    undone(&desk, source, act).await;
    assert_eq!(terms().await, "pass", "parted, it is a stranger again");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn only_what_makes_no_sense_is_refused() {
    let (desk, source, target) = two_small().await;
    let theirs = desk.app.hire(&desk.province, zengxin::auth::Role::Officer).await;
    let their_party = desk.app.file_party(&theirs, "enterprise", "某某").await;
    for (into, code) in [(source, "itself"), (their_party, "unknown"), (Uuid::now_v7(), "unknown")] {
        let answer = merge(&desk, source, into, Uuid::now_v7()).await;
        refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, "invalid_input");
        assert_eq!(
            (&answer.json()["errors"][0]["field"], &answer.json()["errors"][0]["code"]),
            (&json!("into"), &json!(code))
        );
    }
    let path = merge_path(source, Uuid::now_v7());
    let silent = desk.app.put(&desk.approver, &path, json!({"into": source, "reason": ""})).await.json();
    let fields: Vec<&Value> = silent["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["reason", "into"], "all faults at once");
    refused(&merge(&desk, their_party, target, Uuid::now_v7()).await, StatusCode::NOT_FOUND, "not_found");
    let third = desk.client("small", "青禾食品三厂").await;
    merged(&desk, source, target).await;
    refused(&merge(&desk, source, third, Uuid::now_v7()).await, StatusCode::CONFLICT, "wrong_state");
    refused(&merge(&desk, third, source, Uuid::now_v7()).await, StatusCode::CONFLICT, "wrong_state");
    let officers =
        desk.app.put(&desk.officer, &merge_path(third, Uuid::now_v7()), json!({"into": target, "reason": "某"})).await;
    assert_eq!(officers.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_act_asked_for_again_is_answered_alike_and_another_under_its_id_is_refused() {
    let (desk, source, target) = two_small().await;
    desk.book(desk.content(source, "1000000.00")).await;
    let (act, undoing) = (Uuid::now_v7(), Uuid::now_v7());
    let first = merge(&desk, source, target, act).await;
    let again = merge(&desk, source, target, act).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(first.body, again.body);
    let body = json!({"into": target, "reason": "另一理由"});
    refused(&desk.app.put(&desk.approver, &merge_path(source, act), body).await, StatusCode::CONFLICT, "id_taken");
    let first = undo(&desk, source, act, undoing).await;
    let again = undo(&desk, source, act, undoing).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(first.body, again.body);
    assert_eq!(first.json()["undoing"]["reason"], "核对后并非同一企业");
    let path = format!("{}/undoings/{undoing}", merge_path(source, act));
    refused(
        &desk.app.put(&desk.approver, &path, json!({"reason": "另一理由"})).await,
        StatusCode::CONFLICT,
        "id_taken",
    );
    refused(&undo(&desk, source, act, Uuid::now_v7()).await, StatusCode::CONFLICT, "wrong_state");
    // The merge asked for again after its undoing is still the one that was made, and stays undone.
    let known = merge(&desk, source, target, act).await;
    assert_eq!((known.status, &known.json()["undoing"]["id"]), (StatusCode::OK, &json!(undoing)));
    assert_eq!(total(&desk, source).await, 100_000_000);
    // It can be found right after all, by another merge.
    merged(&desk, source, target).await;
    recounted(&desk).await;
}

#[tokio::test]
async fn merges_one_upon_another_are_undone_from_the_last_one_back() {
    let (desk, first, second) = two_small().await;
    let third = desk.client("small", "青禾食品三厂").await;
    let (of_first, of_second) =
        (desk.book(desk.content(first, "1000000.00")).await, desk.book(desk.content(second, "2000000.00")).await);
    let inner = merged(&desk, first, second).await;
    let outer = merged(&desk, second, third).await;
    assert_eq!(total(&desk, third).await, 300_000_000);
    // Signed by the first, it counts with the third, through the second.
    let later = desk.book(desk.content(first, "500000.00")).await;
    assert_eq!(desk.contract(later).await["client_id"], json!(third));
    let answer = undo(&desk, first, inner, Uuid::now_v7()).await;
    refused(&answer, StatusCode::CONFLICT, "wrong_state");
    assert!(answer.json()["detail"].as_str().unwrap().contains("请先撤销后一次合并"));
    undone(&desk, second, outer).await;
    for contract in [of_first, of_second] {
        assert_eq!(desk.contract(contract).await["client_id"], json!(second), "the first's too");
    }
    undone(&desk, first, inner).await;
    assert_eq!(desk.contract(of_first).await["client_id"], json!(first));
    let totals = (total(&desk, first).await, total(&desk, second).await, total(&desk, third).await);
    assert_eq!(totals, (100_000_000, 200_000_000, 50_000_000));
    recounted(&desk).await;
}

#[tokio::test]
async fn the_merges_of_a_party_are_listed_with_what_became_of_them_and_are_in_the_audit_list() {
    let (desk, source, target) = two_small().await;
    let contract = desk.book(desk.content(source, "1000000.00")).await;
    let act = merged(&desk, source, target).await;
    undone(&desk, source, act).await;
    let again = merged(&desk, source, target).await;
    for party in [source, target] {
        let path = format!("/v1/parties/{party}/merges");
        assert_eq!(desk.app.all(&desk.officer, &path, "id").await, [json!(act), json!(again)]);
        let paged = desk.app.all(&desk.officer, &format!("{path}?limit=1"), "contract_ids").await;
        assert_eq!(paged, [json!([contract]), json!([contract])]);
        let standing = desk.app.all(&desk.officer, &path, "undoing").await;
        assert_eq!((standing[0]["undone_on"].is_string(), &standing[1]), (true, &json!(null)));
    }
    let audit = desk.app.read(&desk.admin, "/v1/audit-entries?limit=2").await.json();
    let detail = |place: usize| audit["items"][place]["detail"].clone();
    assert_eq!(
        (&audit["items"][0]["action"], &audit["items"][0]["object_id"]),
        (&json!("merge_parties"), &json!(source))
    );
    assert_eq!(detail(0), json!({"merge": again, "into": target, "contracts": 1}));
    assert_eq!((&detail(1)["merge"], &detail(1)["contracts"]), (&json!(act), &json!(1)));
}
