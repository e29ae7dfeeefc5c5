//! A guarantee institution at work: an officer, an approver, a bank, an agreement with both upper layers, clients and contracts.

use super::{Answer, App, Ask, Person, World, world};
use axum::http::{Method, StatusCode};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

/// A guarantee institution whose people can book.
pub struct Desk {
    /// The service.
    pub app: App,
    /// The national fund's administrator.
    pub fund: Person,
    /// The provincial re-guarantor's.
    pub province: Person,
    /// The institution's administrator.
    pub admin: Person,
    /// Who drafts and submits.
    pub officer: Person,
    /// Who approves.
    pub approver: Person,
    /// The bank.
    pub bank: Uuid,
    /// The agreement with the bank, the province and the fund: 0.2, 0.4, 0.2, 0.2.
    pub agreement: Uuid,
}

/// A guarantee institution whose people can book, with nothing in its book and no statement filed.
pub async fn desk() -> Desk {
    let World { app, fund, province, city: admin, .. } = world().await;
    app.join(&fund, &province, "reguarantees", "2019-01-22", None).await;
    app.join(&province, &admin, "reguarantees", "2019-01-22", None).await;
    let (officer, approver) = (app.hire(&admin, Role::Officer).await, app.hire(&admin, Role::Approver).await);
    let bank = Uuid::now_v7();
    let made = json!({"code": "DEMO1", "name": "示例银行", "from": "2019-01-22"});
    created(&app.put(&fund, &format!("/v1/banks/{bank}"), made).await);
    let desk = Desk { app, fund, province, admin, officer, approver, bank, agreement: Uuid::now_v7() };
    desk.agree(desk.agreement, "协-1", json!(null), &TERMS()).await;
    desk
}

/// The usual terms.
#[allow(non_snake_case, reason = "a constant, but for json!")]
pub fn TERMS() -> Value {
    json!({"shares": {"bank": "0.2", "institution": "0.4", "provincial": "0.2", "national": "0.2"},
        "provincial_fee_rate": "0.003", "national_fee_rate": "0.003", "early_release": "pro_rata", "from": "2019-01-22"})
}

/// The answer to something that was made now.
pub fn created(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
}

impl Desk {
    /// States an agreement with the bank and both upper layers, and its terms.
    pub async fn agree(&self, id: Uuid, number: &str, cap: Value, terms: &Value) {
        let body = json!({"number": number, "name": "分险协议", "bank_id": self.bank, "provincial_id": self.province.institution,
            "national_id": self.fund.institution, "product_ids": [], "cap": cap, "from": "2019-01-22"});
        created(&self.app.put(&self.approver, &format!("/v1/agreements/{id}"), body).await);
        let path = format!("/v1/agreements/{id}/terms/{}", Uuid::now_v7());
        created(&self.app.put(&self.approver, &path, terms.clone()).await);
    }

    /// A client of a kind: `small` is a micro enterprise, `large` one that has filed nothing, `farmer` a person.
    pub async fn client(&self, kind: &str, name: &str) -> Uuid {
        let form = if kind == "farmer" { "natural_person" } else { "enterprise" };
        let party = self.app.file_party(&self.officer, form, name).await;
        match kind {
            "small" => {
                let size = json!({"financial_year": 2025, "industry_code": "13", "employees": 5, "revenue": "1000000.00",
                    "total_assets": "1000000.00", "filed_on": zengxin::clock::today()});
                created(&self.app.add(&self.officer, party, "size-inputs", size).await);
            }
            "farmer" => {
                let flag = json!({"kind": "farmer", "source": "村委会证明", "from": "2020-01-01"});
                created(&self.app.add(&self.officer, party, "flags", flag).await);
            }
            _ => {}
        }
        party
    }

    /// Files a statement with these net assets.
    pub async fn file_statement(&self, net_assets: &str) {
        let body = json!({"as_of": "2025-12-31", "net_assets": net_assets, "unearned_reserve": "0.00", "compensation_reserve": "0.00",
            "total_assets": "100000000.00", "payout_receivables": "0.00", "grade1": "50000000.00", "grade2": "30000000.00",
            "grade3": "20000000.00"});
        created(&self.app.put(&self.officer, &format!("/v1/financial-statements/{}", Uuid::now_v7()), body).await);
    }

    /// A contract of a client for a year of 365 days, at a fee of one per cent.
    pub fn content(&self, client: Uuid, amount: &str) -> Value {
        let fee: i64 = amount.replace('.', "").parse::<i64>().unwrap() / 100;
        json!({
            "number": format!("保-{}", Uuid::now_v7().simple()), "party_id": client, "agreement_id": self.agreement, "kind": "loan",
            "bank_id": self.bank, "principal": amount, "loan_rate": "0.0435", "credit_line": amount, "operating_loan": true,
            "existing_loan": "none", "purpose": "working_capital", "amount": amount, "fee": format!("{}.{:02}", fee / 100, fee % 100),
            "signed_on": "2026-03-01", "start": "2026-03-01", "end": "2027-03-01",
        })
    }

    /// Drafts a contract.
    pub async fn draft(&self, content: Value) -> Uuid {
        let id = Uuid::now_v7();
        created(&self.app.put(&self.officer, &format!("/v1/contracts/{id}"), content).await);
        id
    }

    /// Does something with a contract, under an id of its own.
    pub async fn act(&self, person: &Person, contract: Uuid, what: &str, body: Value) -> Answer {
        let path = format!("/v1/contracts/{contract}/{what}/{}", Uuid::now_v7());
        self.app.put(person, &path, body).await
    }

    /// Submits a contract.
    pub async fn submit(&self, contract: Uuid) -> Answer {
        let path = format!("/v1/contracts/{contract}/submissions/{}", Uuid::now_v7());
        self.app.ask(Method::PUT, &path, self.officer.ask()).await
    }

    /// Approves the first content of a contract.
    pub async fn approve(&self, contract: Uuid) -> Answer {
        self.act(&self.approver, contract, "approvals", json!({"content_version": 1})).await
    }

    /// Drafts and submits a contract.
    pub async fn submitted(&self, content: Value) -> Uuid {
        let id = self.draft(content).await;
        created(&self.submit(id).await);
        id
    }

    /// Drafts, submits and approves a contract.
    pub async fn book(&self, content: Value) -> Uuid {
        let id = self.submitted(content).await;
        created(&self.approve(id).await);
        id
    }

    /// Books a contract and has it disbursed.
    pub async fn in_force(&self, content: Value) -> Uuid {
        let id = self.book(content).await;
        let today = zengxin::clock::today();
        created(&self.act(&self.officer, id, "disbursements", json!({"effective_on": today})).await);
        id
    }

    /// What the rules say of a content, without booking it.
    pub async fn check(&self, content: Value) -> Value {
        let answer = self.app.ask(Method::POST, "/v1/contracts/check", self.officer.with(content)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    /// A contract as it stands.
    pub async fn contract(&self, id: Uuid) -> Value {
        self.app.ask(Method::GET, &format!("/v1/contracts/{id}"), Ask { ..self.officer.ask() }).await.json()
    }
}

/// An amount and a word of each row, of an institution's rows.
pub async fn book_of(connection: &DatabaseConnection, sql: &str, institution: Uuid) -> Vec<(i64, String)> {
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [institution.into()]);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

/// The finding of a rule among those of an answer.
pub fn finding<'a>(answer: &'a Value, rule: &str) -> &'a Value {
    let found = answer["findings"].as_array().and_then(|all| all.iter().find(|finding| finding["rule"] == rule));
    found.unwrap_or_else(|| panic!("no finding of {rule}"))
}

/// The outcome of a rule among the findings of an answer.
pub fn outcome(answer: &Value, rule: &str) -> String {
    finding(answer, rule)["outcome"].as_str().unwrap().to_owned()
}
