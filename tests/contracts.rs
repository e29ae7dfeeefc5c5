//! The life of a contract: drafted by one person, approved by another, in force, released; refused where the law refuses.

use crate::harness::{Desk, PASSWORD, Person, created, desk, finding, outcome, wide};
use axum::http::{Method, StatusCode};
use chrono::{NaiveDate, TimeDelta};
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

#[tokio::test]
async fn a_contract_goes_from_draft_to_released_through_two_persons() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.draft(desk.content(client, "1000000.00")).await;
    assert_eq!(desk.contract(id).await["state"], "draft");
    created(&desk.submit(id).await);
    assert_eq!(desk.contract(id).await["state"], "submitted");
    let approval = desk.approve(id).await;
    created(&approval);
    let contract = desk.contract(id).await;
    assert_eq!((&contract["state"], &contract["outstanding"]), (&json!("approved"), &json!("1000000.00")));
    assert_eq!(contract["fixed"]["client_kind"], "small_micro_enterprise");
    // 100万 × 0.2 × 0.3 % for 365 days.
    assert_eq!(contract["fixed"]["provincial_fee"], "600.00");
    let today = zengxin::clock::today();
    created(&desk.act(&desk.officer, id, "disbursements", json!({"effective_on": today})).await);
    let part = json!({"amount": "400000.00", "effective_on": today});
    created(&desk.act(&desk.officer, id, "releases", part).await);
    let contract = desk.contract(id).await;
    assert_eq!((&contract["state"], &contract["outstanding"]), (&json!("in_force"), &json!("600000.00")));
    let rest = json!({"amount": "600000.00", "effective_on": today});
    created(&desk.act(&desk.officer, id, "releases", rest).await);
    assert_eq!(desk.contract(id).await["state"], "released");
    let events = desk.app.read(&desk.officer, &format!("/v1/contracts/{id}/events")).await.json();
    let kinds: Vec<&str> =
        events["items"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["submitted", "approved", "disbursed", "released", "released"]);
    assert_eq!(events["items"][1]["rulebook"].as_str().unwrap().len(), 64);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn nobody_approves_what_the_same_person_drafted_or_submitted() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.submitted(desk.content(client, "1000000.00")).await;
    // The officer becomes an approver, and is still the first person.
    let profile = json!({"name": desk.officer.name, "display_name": "某丙", "role": "approver"});
    let path = format!("/v1/users/{}", desk.officer.id);
    let ask = crate::harness::Ask { if_match: Some("\"1\""), ..desk.admin.with(profile) };
    assert_eq!(desk.app.ask(Method::PUT, &path, ask).await.status, StatusCode::OK);
    let tokens = desk.app.log_in(&desk.officer.code, &desk.officer.name, PASSWORD).await.json();
    let turned = Person { token: tokens["access_token"].as_str().unwrap().to_owned(), ..desk.officer.clone() };
    let answer = desk.act(&turned, id, "approvals", json!({"content_version": 1})).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::FORBIDDEN, Some("second_person_needed")));
    let audit = desk.app.read(&desk.admin, "/v1/audit-entries?limit=1").await.json();
    assert_eq!(
        (&audit["items"][0]["outcome"], &audit["items"][0]["action"]),
        (&json!("refused"), &json!("decide_contract"))
    );
    created(&desk.approve(id).await);
    desk.app.reconcile().await;
}

/// A book of 80万 small-and-agri of 100万, each client within 500万.
async fn at_eighty_per_cent() -> (Desk, Uuid) {
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    desk.book(desk.content(small, "800000.00")).await;
    desk.book(desk.content(large, "200000.00")).await;
    (desk, large)
}

#[tokio::test]
async fn a_large_clients_contract_that_would_take_the_share_under_80_per_cent_is_refused_with_its_clause() {
    let (desk, large) = at_eighty_per_cent().await;
    let id = desk.draft(desk.content(large, "1.00")).await;
    let answer = desk.submit(id).await;
    let problem = answer.json();
    assert_eq!((answer.status, problem["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("refused_by_rule")));
    let found = finding(&problem, "share.small_agri");
    assert_eq!((&found["outcome"], &found["clause"]), (&json!("refuse"), &json!("（六）")));
    assert!(found["explanation"].as_str().unwrap().contains("最多还可办理0.00元"), "{found}");
    assert!(problem["findings"].as_array().unwrap().len() > 20, "all findings at once");
    assert_eq!(desk.contract(id).await["state"], "draft");
    // What was refused is kept, and asked for again it is answered alike.
    let events = desk.app.read(&desk.officer, &format!("/v1/contracts/{id}/events")).await.json();
    let event = &events["items"][0];
    assert_eq!(event["kind"], "refused");
    let path = format!("/v1/contracts/{id}/submissions/{}", event["id"].as_str().unwrap());
    let again = desk.app.ask(Method::PUT, &path, desk.officer.ask()).await;
    assert_eq!((again.status, again.json()["findings"].clone()), (answer.status, problem["findings"].clone()));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn the_room_beside_80_per_cent_is_used_to_the_fen_and_no_fen_more() {
    // 80.01万 ÷ 0.8 = 100.0125万: room for 125.00 beside 20万.
    let desk = desk().await;
    let (small, large) = (desk.client("small", "青禾食品").await, desk.client("large", "宏图集团").await);
    desk.book(desk.content(small, "800100.00")).await;
    desk.book(desk.content(large, "199900.00")).await;
    assert_eq!(outcome(&desk.check(desk.content(large, "125.01")).await, "share.small_agri"), "refuse");
    assert_eq!(outcome(&desk.check(desk.content(large, "125.00")).await, "share.small_agri"), "pass");
    desk.book(desk.content(large, "125.00")).await;
    let one_more = desk.draft(desk.content(large, "0.01")).await;
    assert_eq!(desk.submit(one_more).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_fee_over_the_cap_needs_a_written_exception_of_a_second_person_for_this_content() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    content["fee"] = json!("10000.01");
    let id = desk.submitted(content.clone()).await;
    let refused = desk.approve(id).await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("exception_needed"))
    );
    let exception = |rule: &str, until: &str| json!({"rule": rule, "reason": "风险委员会同意", "expires_on": until});
    let not_waivable = desk.act(&desk.approver, id, "exceptions", exception("share.small_agri", "2099-01-01")).await;
    assert_eq!(not_waivable.json()["errors"][0]["code"], "not_waivable");
    let past = desk.act(&desk.approver, id, "exceptions", exception("fee.cap", "2020-01-01")).await;
    assert_eq!(past.json()["errors"][0]["code"], "past_day");
    created(&desk.act(&desk.approver, id, "exceptions", exception("fee.cap", "2099-01-01")).await);
    created(&desk.approve(id).await);
    let listed = desk.app.read(&desk.officer, &format!("/v1/contracts/{id}/exceptions")).await.json();
    assert_eq!(listed["items"][0]["rule"], "fee.cap");
    desk.app.reconcile().await;
}

/// Somebody of the desk logged in anew, as later days need.
async fn anew(desk: &Desk, person: &Person) -> Person {
    let tokens = desk.app.log_in(&person.code, &person.name, PASSWORD).await.json();
    Person { token: tokens["access_token"].as_str().unwrap().to_owned(), ..person.clone() }
}

#[tokio::test]
async fn an_exception_stands_until_its_last_day_and_is_granted_anew_the_day_after() {
    let mut desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    content["fee"] = json!("10000.01");
    let id = desk.submitted(content).await;
    let (now, last) = (zengxin::clock::now(), zengxin::clock::today() + TimeDelta::days(2));
    let exception = |until: NaiveDate| json!({"rule": "fee.cap", "reason": "风险委员会同意", "expires_on": until});
    created(&desk.act(&desk.approver, id, "exceptions", exception(last)).await);
    let other = desk.app.hire(&desk.admin, Role::Approver).await;
    for days in 0..=2 {
        desk.app.at(now + TimeDelta::days(days));
        for (person, who) in [(&desk.approver, "you"), (&other, "colleague")] {
            let person = anew(&desk, person).await;
            for until in [last, last + TimeDelta::days(30)] {
                let standing = desk.act(&person, id, "exceptions", exception(until)).await;
                let problem = standing.json();
                assert_eq!(
                    (standing.status, &problem["code"]),
                    (StatusCode::CONFLICT, &json!("exception_stands")),
                    "day {days}"
                );
                let said = problem["detail_en"].as_str().unwrap();
                assert!(said.contains(who) && said.contains(&last.to_string()), "{said}");
            }
        }
    }
    desk.app.at(now + TimeDelta::days(3));
    let approver = anew(&desk, &desk.approver).await;
    let expired = desk.act(&approver, id, "approvals", json!({"content_version": 1})).await;
    assert_eq!(expired.json()["code"], "exception_needed");
    created(&desk.act(&approver, id, "exceptions", exception(last + TimeDelta::days(30))).await);
    created(&desk.act(&approver, id, "approvals", json!({"content_version": 1})).await);
    let listed =
        desk.app.all(&anew(&desk, &desk.officer).await, &format!("/v1/contracts/{id}/exceptions"), "expires_on").await;
    assert_eq!(listed, [json!(last), json!(last + TimeDelta::days(30))]);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn of_exceptions_granted_at_once_one_stands() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    content["fee"] = json!("10000.01");
    let id = desk.submitted(content).await;
    let exception = |until: &str| json!({"rule": "fee.cap", "reason": "风险委员会同意", "expires_on": until});
    let answers = tokio::join!(
        desk.act(&desk.approver, id, "exceptions", exception("2099-01-01")),
        desk.act(&desk.approver, id, "exceptions", exception("2099-01-01")),
        desk.act(&desk.approver, id, "exceptions", exception("2099-01-02")),
    );
    let mut codes = [answers.0, answers.1, answers.2].map(|answer| answer.status.as_u16());
    codes.sort_unstable();
    assert_eq!(codes, [201, 409, 409]);
}

#[tokio::test]
async fn a_changed_content_voids_approval_and_exceptions_of_the_earlier_one() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    content["fee"] = json!("10000.01");
    let id = desk.submitted(content.clone()).await;
    let waived = json!({"rule": "fee.cap", "reason": "同意", "expires_on": "2099-01-01"});
    created(&desk.act(&desk.approver, id, "exceptions", waived).await);
    created(&desk.act(&desk.officer, id, "withdrawals", json!({"reason": "金额有误"})).await);
    content["fee"] = json!("10000.02");
    let version = desk.app.read(&desk.officer, &format!("/v1/contracts/{id}")).await.header("etag").to_owned();
    let ask = crate::harness::Ask { if_match: Some(&version), ..desk.officer.with(content) };
    assert_eq!(desk.app.ask(Method::PUT, &format!("/v1/contracts/{id}"), ask).await.status, StatusCode::OK);
    created(&desk.submit(id).await);
    assert_eq!(desk.approve(id).await.status, StatusCode::PRECONDITION_FAILED, "that was the first content");
    let second = desk.act(&desk.approver, id, "approvals", json!({"content_version": 2})).await;
    assert_eq!(second.json()["code"], "exception_needed");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn an_act_asked_for_again_is_answered_alike_and_another_under_its_id_is_refused() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.submitted(desk.content(client, "1000000.00")).await;
    let path = format!("/v1/contracts/{id}/approvals/{}", Uuid::now_v7());
    let body = json!({"content_version": 1});
    let first = desk.app.put(&desk.approver, &path, body.clone()).await;
    let again = desk.app.put(&desk.approver, &path, body).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
    let (first, again) = (first.json(), again.json());
    assert_eq!((&first["seq"], &first["findings"]), (&again["seq"], &again["findings"]));
    let other = desk.app.put(&desk.approver, &path, json!({"content_version": 2})).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert_eq!(desk.contract(id).await["outstanding"], "1000000.00", "it counts once");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn releases_and_cancellations_give_back_what_was_committed() {
    let (desk, large) = at_eighty_per_cent().await;
    let small = desk.client("farmer", "王某某").await;
    let id = desk.book(desk.content(small, "100000.00")).await;
    // 90万 ÷ 0.8 = 112.5万: room for 2.5万 beside 110万.
    let room = desk.book(desk.content(large, "25000.00")).await;
    assert_eq!(outcome(&desk.check(desk.content(large, "0.01")).await, "share.small_agri"), "refuse");
    created(&desk.act(&desk.officer, room, "cancellations", json!({"reason": "客户不再需要"})).await);
    assert_eq!(outcome(&desk.check(desk.content(large, "25000.00")).await, "share.small_agri"), "pass");
    // Never refused, although the share falls to 80 ÷ 100.
    created(&desk.act(&desk.officer, id, "cancellations", json!({"reason": "客户不再需要"})).await);
    assert_eq!(outcome(&desk.check(desk.content(large, "0.01")).await, "share.small_agri"), "refuse");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_reversed_release_is_outstanding_again_and_reversed_once() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.in_force(desk.content(client, "1000000.00")).await;
    let today = zengxin::clock::today();
    let release =
        desk.act(&desk.officer, id, "releases", json!({"amount": "1000000.00", "effective_on": today})).await.json();
    let reversal = json!({"release_id": release["id"], "reason": "重复录入"});
    assert_eq!(desk.act(&desk.officer, id, "release-reversals", reversal.clone()).await.status, StatusCode::FORBIDDEN);
    created(&desk.act(&desk.approver, id, "release-reversals", reversal.clone()).await);
    assert_eq!(desk.contract(id).await["outstanding"], "1000000.00");
    assert_eq!(desk.act(&desk.approver, id, "release-reversals", reversal).await.status, StatusCode::CONFLICT);
    let not_a_release = json!({"release_id": Uuid::now_v7(), "reason": "x"});
    assert_eq!(desk.act(&desk.approver, id, "release-reversals", not_a_release).await.status, StatusCode::NOT_FOUND);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn the_refund_of_an_early_release_follows_the_agreement() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    // 366 days from today, so that on the first day all of them are left: the whole fee of 10,000.00 for the whole amount.
    let today = zengxin::clock::today();
    content["start"] = json!(today);
    content["end"] = json!(today + chrono::Days::new(366));
    let id = desk.in_force(content).await;
    let release =
        desk.act(&desk.officer, id, "releases", json!({"amount": "250000.00", "effective_on": today})).await.json();
    assert_eq!(release["refund"], "2500.00");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn days_lie_between_approval_and_today() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.book(desk.content(client, "1000000.00")).await;
    let today = zengxin::clock::today();
    let on = |day: NaiveDate| json!({"effective_on": day});
    let tomorrow = desk.act(&desk.officer, id, "disbursements", on(today + chrono::Days::new(1))).await;
    assert_eq!(tomorrow.json()["errors"][0]["code"], "future_day");
    let yesterday = desk.act(&desk.officer, id, "disbursements", on(today - chrono::Days::new(1))).await;
    assert_eq!((yesterday.status, yesterday.json()["code"].as_str()), (StatusCode::CONFLICT, Some("wrong_state")));
    created(&desk.act(&desk.officer, id, "disbursements", on(today)).await);
    desk.app.reconcile().await;
}

#[tokio::test]
async fn an_approval_that_was_not_used_in_90_days_lapses_and_frees_its_commitment() {
    let mut desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.book(desk.content(client, "1000000.00")).await;
    let now = zengxin::clock::now();
    let lapsed = async |desk: &Desk| zengxin::daily::turn(&desk.app.state).await.unwrap().lapsed;
    desk.app.at(now + TimeDelta::days(90));
    assert_eq!(lapsed(&desk).await, 0);
    desk.app.at(now + TimeDelta::days(91));
    assert_eq!(lapsed(&desk).await, 1);
    assert_eq!(lapsed(&desk).await, 0, "safe to run twice");
    desk.app.at(now);
    let contract = desk.contract(id).await;
    assert_eq!((&contract["state"], &contract["outstanding"]), (&json!("lapsed"), &json!("0.00")));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn an_approval_that_somebody_holds_lapses_with_the_next_turn_and_holds_up_no_other() {
    let mut desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut approved = Vec::new();
    for _ in 0..3 {
        approved.push(desk.book(desk.content(client, "1000000.00")).await);
    }
    let outside = desk.app.database.superuser().await;
    let patience = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 100', current_database()); END $$";
    outside.execute_unprepared(patience).await.unwrap();
    let serving = wide(&desk.app.database, 5).await;
    desk.app.serve_from(serving);
    let now = zengxin::clock::now();
    desk.app.at(now + TimeDelta::days(91));
    let held = outside.begin().await.unwrap();
    let hold = format!("SELECT FROM zengxin.contract WHERE id = '{}' FOR UPDATE", approved[0]);
    held.execute_unprepared(&hold).await.unwrap();
    let turned = zengxin::daily::turn(&desk.app.state).await;
    assert_eq!(turned.unwrap_err().status, StatusCode::SERVICE_UNAVAILABLE, "one is left for the next turn");
    held.rollback().await.unwrap();
    assert_eq!(zengxin::daily::turn(&desk.app.state).await.unwrap().lapsed, 1, "the other two have lapsed");
    desk.app.at(now);
    for contract in approved {
        assert_eq!(desk.contract(contract).await["state"], "lapsed");
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn a_contract_is_judged_again_by_the_rules_of_another_day_and_nothing_changes() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let id = desk.book(desk.content(client, "1000000.00")).await;
    let before = desk.contract(id).await;
    let evaluated = desk.act(&desk.officer, id, "evaluations", json!({"on": "2019-01-22"})).await;
    created(&evaluated);
    assert_eq!(outcome(&evaluated.json(), "share.small_agri"), "pass");
    assert_eq!(finding(&evaluated.json(), "size.focus")["limit"], "5000000.00", "the focus of that day");
    assert_eq!(desk.contract(id).await, before);
    let earlier = desk.act(&desk.officer, id, "evaluations", json!({"on": "2019-01-21"})).await;
    assert_eq!(outcome(&earlier.json(), "share.small_agri"), "not_applicable", "the day before its first");
    let draft = desk.draft(desk.content(client, "1.00")).await;
    let before_the_agreement = desk.act(&desk.officer, draft, "evaluations", json!({"on": "2019-01-21"})).await;
    assert_eq!(before_the_agreement.json()["code"], "wrong_state", "a draft has no shares but those of its agreement");
    desk.app.reconcile().await;
}

#[tokio::test]
async fn all_that_is_plainly_wrong_with_a_content_is_named_at_once() {
    let desk = desk().await;
    let client = desk.client("small", "青禾食品").await;
    let mut content = desk.content(client, "1000000.00");
    content["number"] = json!(" ");
    content["principal"] = json!("999999.99");
    content["end"] = content["start"].clone();
    content["charges"] = json!([{"payee": "bank", "name": "", "amount": "1.00"}]);
    content["tags"] = json!(["a b"]);
    let answer = desk.app.put(&desk.officer, &format!("/v1/contracts/{}", Uuid::now_v7()), content).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<Value> =
        answer.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["number", "end", "amount", "charges[0].name", "tags[0]"].map(Value::from));
    desk.app.reconcile().await;
}

#[tokio::test]
async fn what_another_institution_has_cannot_be_named_in_a_contract() {
    let desk = desk().await;
    let theirs = desk.app.hire(&desk.province, Role::Officer).await;
    let their_party = desk.app.file_party(&theirs, "enterprise", "某某").await;
    let client = desk.client("small", "青禾食品").await;
    let refused = |content: Value| async {
        let answer = desk.app.put(&desk.officer, &format!("/v1/contracts/{}", Uuid::now_v7()), content).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.json()["errors"][0]["field"].clone()
    };
    assert_eq!(refused(desk.content(their_party, "1.00")).await, "party_id");
    for (field, expected) in [("agreement_id", "agreement_id"), ("bank_id", "bank_id"), ("branch_id", "branch_id")] {
        let mut content = desk.content(client, "1.00");
        content[field] = json!(Uuid::now_v7());
        assert_eq!(refused(content).await, expected);
    }
    desk.app.reconcile().await;
}

#[tokio::test]
async fn contracts_are_found_by_state_client_and_the_beginning_of_their_number() {
    let desk = desk().await;
    let (one, two) = (desk.client("small", "青禾食品").await, desk.client("small", "蓝天机械").await);
    let mut content = desk.content(one, "1000.00");
    content["number"] = json!("保%2026_1");
    let first = desk.draft(content).await;
    let second = desk.submitted(desk.content(two, "1000.00")).await;
    let ids = |query: &str| {
        let path = format!("/v1/contracts?{query}");
        let desk = &desk;
        async move {
            let answer = desk.app.read(&desk.officer, &path).await.json();
            answer["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].as_str().unwrap().parse().unwrap())
                .collect::<Vec<Uuid>>()
        }
    };
    assert_eq!(ids("state=draft").await, [first]);
    assert_eq!(ids(&format!("client_id={two}")).await, [second]);
    assert_eq!(ids("number=%E4%BF%9D%25").await, [first], "a wildcard is a character");
    assert_eq!(ids("").await, [first, second]);
    let all = desk.app.read(&desk.officer, "/v1/contracts").await.json();
    let names: Vec<&str> =
        all["items"].as_array().unwrap().iter().map(|item| item["client_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["青禾食品", "蓝天机械"], "each with the name of its client");
    let unknown = desk.app.read(&desk.officer, "/v1/contracts?state=gone").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    desk.app.reconcile().await;
}
