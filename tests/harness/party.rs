//! Guaranteed parties to tell a story with.

use super::{Answer, App, Person};
use axum::http::{Method, StatusCode};
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

/// A resident number of somebody invented. The weight of a place is a power of two mod 11, another form of the standard's list.
pub fn resident_number(born: NaiveDate, serial: u32) -> String {
    let body = format!("330106{}{serial:03}", born.format("%Y%m%d"));
    let sum: u32 = body
        .bytes()
        .rev()
        .fold((0, 2), |(sum, power), digit| (sum + u32::from(digit - b'0') * power, power * 2 % 11))
        .0;
    // With its check digit the number is 1 mod 11, where X is ten.
    let check = (12 - sum % 11) % 11;
    if check == 10 { format!("{body}X") } else { format!("{body}{check}") }
}

/// Somebody born in 1985, the `serial`th of the day.
pub fn somebody(serial: u32) -> String {
    resident_number(NaiveDate::from_ymd_opt(1985, 6, 15).unwrap(), serial)
}

impl App {
    /// Files a party and gives its id.
    pub async fn file_party(&self, officer: &Person, kind: &str, name: &str) -> Uuid {
        let id = Uuid::now_v7();
        let body = json!({"name": name, "kind": kind, "region_code": "330100", "industry_code": "13"});
        let answer = self.ask(Method::PUT, &format!("/v1/parties/{id}"), officer.with(body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
        id
    }

    /// Puts something below a party, under an id of its own.
    pub async fn add(&self, officer: &Person, party: Uuid, what: &str, body: Value) -> Answer {
        let path = format!("/v1/parties/{party}/{what}/{}", Uuid::now_v7());
        self.ask(Method::PUT, &path, officer.with(body)).await
    }

    /// Files an identifier of a party, from the beginning of 2020 on.
    pub async fn identify(&self, officer: &Person, party: Uuid, scheme: &str, value: &str) -> Answer {
        let body = json!({"scheme": scheme, "value": value, "from": "2020-01-01"});
        self.add(officer, party, "identifiers", body).await
    }

    /// A party as this person sees it.
    pub async fn party(&self, reader: &Person, id: Uuid) -> Value {
        let answer = self.ask(Method::GET, &format!("/v1/parties/{id}"), reader.ask()).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
        answer.json()
    }
}
