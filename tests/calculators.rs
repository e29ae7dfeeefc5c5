//! The calculators as their users meet them: `zengxin calc NAME` and `POST /v1/calculators/NAME` give the same answers,
//! and refuse the same documents in the same words.

use crate::harness;
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

fn calc(name: &str, document: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zengxin"))
        .args(["calc", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A calculator that refuses before it has read everything closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(document);
    child.wait_with_output().unwrap()
}

fn answer(name: &str, document: &Value) -> Value {
    let output = calc(name, document.to_string().as_bytes());
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refusal(name: &str, document: &[u8]) -> Value {
    let output = calc(name, document);
    assert_eq!(output.status.code(), Some(2), "{name}");
    assert!(output.stdout.is_empty(), "{name}: a refusal writes no answer");
    serde_json::from_slice(&output.stderr).unwrap()
}

/// The fields at fault and their codes.
fn faults(problem: &Value) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().unwrap();
    let word = |error: &Value, key: &str| error[key].as_str().unwrap().to_owned();
    errors.iter().map(|error| (word(error, "field"), word(error, "code"))).collect()
}

fn shares() -> Value {
    json!({"bank": "0.2", "institution": "0.4", "provincial": "0.2", "national": "0.2"})
}

fn fee() -> Value {
    json!({"on": "2024-01-01", "client_kind": "small_micro_enterprise", "client_total": "5000000.00",
        "amount": "1000000.00", "start": "2024-01-01", "end": "2025-01-01", "fee": "10000.00"})
}

fn reserves() -> Value {
    json!({"year": 2019, "complies_with_measures": true, "licensed": true, "other_conditions_met": true,
        "sme_volume": "700.00", "total_volume": "1000.00", "sme_fee": "217.50", "sme_annualised": "10000.00",
        "benchmark_rate": "0.0435", "liability_balance": "1234567890.12", "fee_income": "9876543.21",
        "accrued_compensation": "15000000.00", "accrued_unearned": "5000000.00",
        "prior_compensation": "10000000.00", "prior_unearned": "4000000.00", "payout_loss": "12500000.00"})
}

/// One document for each calculator.
fn documents() -> Vec<(&'static str, Value)> {
    let contract =
        |client: &str, kind: &str, amount: &str| json!({"client": client, "client_kind": kind, "amount": amount});
    vec![
        (
            "size",
            json!({"industry": "industry", "employees": 300, "revenue": "20000000.00", "total_assets": null, "on": "2024-01-01"}),
        ),
        ("identifier", json!({"kind": "uscc", "value": "91350100M000100Y43"})),
        ("fee", fee()),
        (
            "refee",
            json!({"on": "2024-01-01", "client_total": "5000000.00", "amount": "1000000.00", "share": "0.2",
            "start": "2023-01-01", "end": "2024-01-01", "fee": "600.00"}),
        ),
        ("risk", json!({"on": "2024-01-01", "shares": shares(), "bank_loan": true})),
        ("split", json!({"amount": "100.01", "shares": shares()})),
        ("payout", json!({"loss": "600000.00", "recoveries": ["100000.00"], "shares": shares()})),
        (
            "portfolio",
            json!({"on": "2024-01-01", "contracts": [contract("甲", "farmer", "800100.00"), contract("乙", "medium", "199900.00")],
            "candidate": contract("丙", "large", "125.00")}),
        ),
        (
            "liability",
            json!({"on": "2024-01-01", "items": [{"client": "甲", "group": null, "kind": "loan",
            "client_kind": "small_micro_enterprise", "issuer_rating": null, "outstanding": "5000000.00"}],
            "net_assets": "50000000.00", "mainly_small": false}),
        ),
        (
            "annualise",
            json!({"contracts": [{"amount": "1000000.00", "start": "2024-01-01", "end": "2025-01-01", "released_on": null, "fee": "10000.00"}]}),
        ),
        ("reserves", reserves()),
        (
            "award",
            json!({"year": 2018, "budget": "3000000000.00", "units": [
            {"code": "35", "region": "east", "annualised_amount": "2000000.00", "fee": "20000.00"},
            {"code": "36", "region": "central", "annualised_amount": "1000000.00", "fee": "20000.00"}]}),
        ),
        (
            "vat",
            json!({"on": "2024-06-01", "items": [{"client_kind": "farmer", "fee": "100.00", "underlying_kinds": null},
            {"client_kind": "other", "fee": "50.00", "underlying_kinds": ["farmer", "medium"]}]}),
        ),
    ]
}

#[test]
fn every_calculator_gives_the_figures_worked_by_hand() {
    let documents = documents();
    let of = |name: &str| answer(name, &documents.iter().find(|(other, _)| *other == name).unwrap().1);
    assert_eq!(of("size")["size"], "medium");
    assert_eq!(of("identifier"), json!({"valid": true, "reason": null}));
    // 10000 × 365 ÷ (1000000 × 366) = 0.99726… %
    assert_eq!((&of("fee")["annual_rate"], &of("fee")["finding"]["outcome"]), (&json!("0.009973"), &json!("pass")));
    assert_eq!(of("refee")["annual_rate"], "0.003000");
    assert_eq!(of("refee")["risk_borne"], "200000.00");
    assert_eq!(of("risk")["findings"].as_array().unwrap().len(), 4);
    assert_eq!(
        of("split")["parts"],
        json!({"bank": "20.00", "institution": "40.01", "provincial": "20.00", "national": "20.00"})
    );
    assert_eq!(of("payout")["institution_pays_bank"], "480000.00");
    assert_eq!(of("payout")["dues"], json!({"provincial": "120000.00", "national": "120000.00"}));
    // 800,100 ÷ 0.8 = 1,000,125: the candidate fits exactly.
    assert_eq!(of("portfolio")["findings"][0]["outcome"], "pass");
    assert_eq!(
        (&of("liability")["liability_balance"], &of("liability")["multiple"]),
        (&json!("3750000.00"), &json!("0.075000"))
    );
    // 1,000,000 × 366 ÷ 365
    assert_eq!(of("annualise")["annualised_amount"], "1002739.73");
    assert_eq!(of("reserves")["deductible_unearned"], "4938271.60");
    assert_eq!(of("award")["units"][0]["fixed"], "50000000.00");
    // pool 2,910,000,000 less … : both fixed parts are third and fourth tier, 5000万 and 4000万.
    assert_eq!(of("award")["fixed_total"], "90000000.00");
    assert_eq!((&of("vat")["exempt"], &of("vat")["taxable"]), (&json!("100.00"), &json!("50.00")));
}

#[tokio::test]
async fn the_service_answers_as_the_command_line_does() {
    let app = harness::app().await;
    for (name, document) in documents() {
        let path = format!("/v1/calculators/{name}");
        let request = |body: String| {
            Request::post(&path).header("content-type", "application/json").body(Body::from(body)).unwrap()
        };
        let served = app.send(request(document.to_string())).await;
        assert_eq!(served.status, StatusCode::OK, "{name}");
        assert_eq!(served.json(), answer(name, &document), "{name}");

        let refused = app.send(request("{}".to_owned())).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{name}");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert_eq!(refused.json()["errors"], refusal(name, b"{}")["errors"], "{name}");
    }
}

#[test]
fn a_missing_an_unknown_and_a_repeated_field_are_refused_by_name_in_every_calculator() {
    for (name, document) in documents() {
        for key in document.as_object().unwrap().keys() {
            let mut without = document.clone();
            without.as_object_mut().unwrap().remove(key);
            let problem = refusal(name, without.to_string().as_bytes());
            assert_eq!(faults(&problem), [(key.clone(), "missing_field".to_owned())], "{name} without {key}");
        }
        let mut with = document.clone();
        with["surplus"] = json!(1);
        assert_eq!(
            faults(&refusal(name, with.to_string().as_bytes())),
            [("surplus".to_owned(), "unknown_field".to_owned())],
            "{name}"
        );
        let text = document.to_string();
        let (key, value) = document.as_object().unwrap().iter().next().unwrap();
        let twice = format!("{{\"{key}\":{value},{}", &text[1..]);
        assert_eq!(faults(&refusal(name, twice.as_bytes())), [(key.clone(), "duplicate_field".to_owned())], "{name}");
    }
}

#[test]
fn garbage_is_refused_with_one_problem_and_no_answer() {
    for (name, _) in documents() {
        for garbage in
            [&b""[..], b"null", b"[]", b"5", b"\"text\"", b"{", b"\xff\xfe", b"\0\0\0", "{\"on\"：1}".as_bytes()]
        {
            let problem = refusal(name, garbage);
            assert_eq!(problem["status"], 400, "{name}");
            assert!(!faults(&problem).is_empty());
        }
    }
    let deep = "[".repeat(100_000);
    assert_eq!(refusal("portfolio", deep.as_bytes())["status"], 400);
    assert_eq!(faults(&refusal("nonsense", b"{}")), [("name".to_owned(), "unknown_calculator".to_owned())]);
}

#[test]
fn an_array_in_place_of_an_object_and_an_object_in_place_of_a_word_are_refused() {
    let by_position = json!(["uscc", "91350100M000100Y43", "2020-01-01"]);
    assert_eq!(refusal("identifier", by_position.to_string().as_bytes())["status"], 400);
    let mut document = fee();
    document["client_kind"] = json!({"farmer": null});
    let problem = refusal("fee", document.to_string().as_bytes());
    assert_eq!(faults(&problem), [("client_kind".to_owned(), "wrong_type".to_owned())]);
    let shares = json!({"amount": "1.00", "shares": ["0.2", "0.4", "0.2", "0.2", null, null]});
    assert_eq!(
        faults(&refusal("split", shares.to_string().as_bytes())),
        [("shares".to_owned(), "wrong_type".to_owned())]
    );
}

#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: this machine has no /dev/full");
        return;
    };
    let output =
        Command::new(env!("CARGO_BIN_EXE_zengxin")).args(["rulebook", "--json"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));
}

#[test]
fn values_of_the_wrong_form_are_refused_with_their_code() {
    for (key, value, code) in [
        ("amount", json!("1000000.001"), "money_third_decimal"),
        ("amount", json!("-1.00"), "money_negative"),
        ("amount", json!("0.00"), "money_not_positive"),
        ("amount", json!("1e6"), "money_malformed"),
        ("amount", json!("+1"), "money_malformed"),
        ("amount", json!("１"), "money_malformed"),
        ("amount", json!("92233720368547758.08"), "money_out_of_range"),
        ("amount", json!(1_000_000), "wrong_type"),
        ("amount", json!(null), "wrong_type"),
        ("fee", json!("-0.00"), "money_negative"),
        ("on", json!("2024-02-30"), "no_such_day"),
        ("on", json!("2024-2-1"), "day_malformed"),
        ("on", json!("10000-01-01"), "day_malformed"),
        ("on", json!("2019-01-21"), "rule_not_in_force"),
        ("client_kind", json!("bank"), "unknown_value"),
        ("client_total", json!("999999.99"), "client_total_below_amount"),
        ("end", json!("2024-01-01"), "end_not_after_start"),
    ] {
        let mut document = fee();
        document[key] = value.clone();
        let problem = refusal("fee", document.to_string().as_bytes());
        assert_eq!(faults(&problem), [(key.to_owned(), code.to_owned())], "{key} = {value}");
    }
}

#[test]
fn all_faults_are_named_at_once() {
    let mut document = fee();
    document["end"] = json!("2023-01-01");
    document["client_total"] = json!("1.00");
    let found: Vec<String> =
        faults(&refusal("fee", document.to_string().as_bytes())).into_iter().map(|(field, _)| field).collect();
    assert_eq!(found, ["end", "client_total"]);
}

#[test]
fn documents_that_make_no_sense_are_refused() {
    let changed = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut document = documents().into_iter().find(|(other, _)| *other == name).unwrap().1;
        change(&mut document);
        faults(&refusal(name, document.to_string().as_bytes())).remove(0)
    };
    for (name, change, field, code) in [
        (
            "split",
            (|document| document["shares"]["bank"] = json!("0.2000000001")) as fn(&mut Value),
            "shares",
            "shares_not_whole",
        ),
        ("payout", |document| document["shares"]["bank"] = json!("0.19"), "shares", "shares_not_whole"),
        ("payout", |document| document["recoveries"] = json!(["600000.01"]), "recoveries", "recoveries_above_loss"),
        ("risk", |document| document["shares"]["bank"] = json!("1.1"), "shares.bank", "share_above_one"),
        (
            "risk",
            |document| document["shares"]["bank"] = json!("0.00000000001"),
            "shares.bank",
            "rate_eleventh_decimal",
        ),
        (
            "portfolio",
            |document| document["candidate"]["client"] = json!("甲"),
            "candidate.client_kind",
            "client_with_two_kinds",
        ),
        ("portfolio", |document| document["on"] = json!("2015-08-06"), "on", "rule_not_in_force"),
        (
            "portfolio",
            |document| document["contracts"][0]["amount"] = json!("92233720368547758.07"),
            "contracts",
            "figure_out_of_range",
        ),
        ("liability", |document| document["on"] = json!("2017-09-30"), "on", "rule_not_in_force"),
        ("reserves", |document| document["year"] = json!(2015), "year", "rule_not_in_force"),
        ("award", |document| document["year"] = json!(2021), "year", "rule_not_in_force"),
        ("award", |document| document["budget"] = json!("89999999.99"), "budget", "budget_below_fixed_part"),
        ("award", |document| document["units"][1]["code"] = json!("35"), "units[1].code", "duplicate_code"),
        (
            "award",
            |document| document["units"][1]["annualised_amount"] = json!("0.00"),
            "units[1].fee",
            "fee_without_amount",
        ),
        ("award", |document| document["units"] = json!([]), "units", "no_amount"),
        ("vat", |document| document["on"] = json!("2028-01-01"), "on", "rule_not_in_force"),
        (
            "vat",
            |document| document["items"][1]["underlying_kinds"] = json!([]),
            "items[1].underlying_kinds",
            "no_underlying",
        ),
        (
            "annualise",
            |document| document["contracts"][0]["released_on"] = json!("2023-12-31"),
            "contracts[0].released_on",
            "released_before_start",
        ),
        ("size", |document| document["employees"] = json!(null), "employees", "indicator_missing"),
        ("size", |document| document["on"] = json!("2011-06-17"), "on", "rule_not_in_force"),
    ] {
        assert_eq!(changed(name, &change), (field.to_owned(), code.to_owned()), "{name}");
    }
}

#[test]
fn a_finding_has_exactly_the_keys_of_the_interface() {
    let mut keys: Vec<String> = answer("fee", &fee())["finding"].as_object().unwrap().keys().cloned().collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "clause",
            "document",
            "explanation",
            "explanation_en",
            "from",
            "limit",
            "measured",
            "outcome",
            "quote",
            "rule",
            "severity",
            "until",
            "verified"
        ]
    );
}

#[tokio::test]
async fn the_rulebook_is_served_and_printed_alike() {
    let app = harness::app().await;
    let served = app.get("/v1/rules").await;
    let output = Command::new(env!("CARGO_BIN_EXE_zengxin")).args(["rulebook", "--json"]).output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(served.json(), printed);
    assert!(printed.as_array().unwrap().len() > 45);
}
