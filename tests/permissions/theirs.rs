//! What is another institution's, made for the walk.

use super::{
    business::{agreement, quota},
    contracts,
    institutions::{confirmation, investment, local_limit, statement},
    reference::{bank, branch, deadline, product},
};
use crate::harness::{self, Person};
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;
use zengxin::auth::Role;

/// Rows of the province and of its neighbour that nobody else may see or change, made for the walk.
pub struct Theirs {
    pub statement: Uuid,
    pub limit: Uuid,
    pub confirmation: Uuid,
    pub investment: Uuid,
    pub bank: Uuid,
    pub branch: Uuid,
    pub product: Uuid,
    pub deadline: Uuid,
}

pub async fn theirs(app: &harness::App, fund: &Person, province: &Person) -> Theirs {
    let [statement_id, limit, confirmation_id, investment_id, bank_id, branch_id, product_id, deadline_id] =
        std::array::from_fn(|_| Uuid::now_v7());
    let officer = app.hire(province, Role::Officer).await;
    let supervisor = app.onboard(fund, "supervisor", "supervisor", "330000").await;
    let neighbour = app.onboard(province, "neighbour", "guarantee_institution", "330200").await;
    app.join(&supervisor, province, "supervises", "2026-01-01", None).await;
    for (person, path, body) in [
        (&officer, format!("/v1/financial-statements/{statement_id}"), statement()),
        (province, format!("/v1/local-limits/{limit}"), local_limit(province.institution)),
        (&supervisor, format!("/v1/supervisor-confirmations/{confirmation_id}"), confirmation(province.institution)),
        (&officer, format!("/v1/equity-investments/{investment_id}"), investment()),
        (province, format!("/v1/banks/{bank_id}"), bank("THEIRS")),
        (province, format!("/v1/bank-branches/{branch_id}"), branch(bank_id, "THEIRS1")),
        (&neighbour, format!("/v1/products/{product_id}"), product()),
        (province, format!("/v1/deadlines/{deadline_id}"), deadline()),
    ] {
        let answer = app.put(person, &path, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{path}: {:?}", answer.body);
    }
    Theirs {
        statement: statement_id,
        limit,
        confirmation: confirmation_id,
        investment: investment_id,
        bank: bank_id,
        branch: branch_id,
        product: product_id,
        deadline: deadline_id,
    }
}

/// An agreement of the province and a quota that it has granted to somebody else, made for the walk.
pub async fn agreement_and_quota(app: &harness::App, province: &Person) -> (Uuid, Uuid) {
    let second = app.onboard(province, "second", "guarantee_institution", "330200").await;
    app.join(province, &second, "reguarantees", "2026-01-01", None).await;
    let (own, granted) = (Uuid::now_v7(), Uuid::now_v7());
    let approver = app.hire(province, Role::Approver).await;
    for (path, body) in [
        (format!("/v1/agreements/{own}"), agreement()),
        (format!("/v1/quota-grants/{granted}"), quota(second.institution)),
    ] {
        let answer = app.put(&approver, &path, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{path}: {:?}", answer.body);
    }
    (own, granted)
}

/// Another institution's draft, without a bank.
pub async fn their_contract(app: &harness::App, officer: &Person, party: Uuid, agreement: Uuid) -> Uuid {
    let mut content = contracts::sample("put_contract", Uuid::nil()).and_then(|sample| sample.body).unwrap();
    (content["party_id"], content["agreement_id"]) = (json!(party), json!(agreement));
    (content["kind"], content["bank_id"]) = (json!("other"), json!(null));
    let id = Uuid::now_v7();
    let answer = app.put(officer, &format!("/v1/contracts/{id}"), content).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    id
}
