//! The first institution of an empty system, and the audit chains verified from the command line.

use crate::harness::{
    self,
    process::{Home, Service},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use std::{os::unix::fs::PermissionsExt as _, process::Command};
use tokio::runtime::Builder;
use zengxin::{auth::Role, postgres::OWNER};

const INIT: &[&str] = &["init", "--code", "guojia-jijin", "--name", "某某融资担保基金"];

/// Lets the owner past row security for one change: what an intruder with its password could do.
fn tamper(home: &Home, sql: &str) {
    let service = home.serve();
    Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let mut options = ConnectOptions::new(home.url(OWNER));
        options.max_connections(1).sqlx_logging(false);
        let owner = Database::connect(options).await.unwrap();
        let past = "ALTER TABLE zengxin.audit_entry NO FORCE ROW LEVEL SECURITY";
        owner.execute_unprepared(&format!("{past}; {sql}; {}", past.replace("NO FORCE", "FORCE"))).await.unwrap();
    });
    assert!(service.stop().success());
}

#[test]
fn the_first_institution_is_made_once_and_its_link_again_until_a_password_is_chosen() {
    let home = Home::new();
    let made = home.run(INIT);
    assert!(made.status.success(), "{made:?}");
    let said = String::from_utf8(made.stdout).unwrap();
    let link = said.lines().last().unwrap();
    assert_eq!(link.split('.').count(), 3, "{said}");
    assert!(!String::from_utf8(made.stderr).unwrap().contains(link), "no link in the log");
    let keys = home.data().with_file_name("data.keys");
    assert_eq!(std::fs::metadata(keys).unwrap().permissions().mode() & 0o777, 0o600);
    let refused = |arguments: &[&str]| {
        let again = home.run(arguments);
        assert_eq!(again.status.code(), Some(2), "{arguments:?}");
        assert!(again.stdout.is_empty());
        assert!(String::from_utf8(again.stderr).unwrap().contains("wrong_state"));
    };
    refused(&["init", "--code", "another", "--name", "某某融资担保基金"]);
    refused(&[INIT, &["--administrator", "another"]].concat());
    // The first link was lost: it ends, and another one serves.
    let again = home.run(INIT);
    assert!(again.status.success(), "{again:?}");
    let said = String::from_utf8(again.stdout).unwrap();
    let another = said.lines().last().unwrap();
    let service = home.serve();
    let chosen = |link: &str| {
        service.post("/v1/passwords", &format!(r#"{{"link": "{link}", "password": "{}"}}"#, harness::PASSWORD))
    };
    assert_eq!((chosen(link), chosen(another)), (401, 204));
    assert!(service.stop().success());
    refused(INIT);
}

#[test]
fn verify_audit_says_that_every_chain_holds_or_names_the_first_entry_that_does_not() {
    let home = Home::new();
    assert!(home.run(INIT).status.success());
    let whole = home.run(&["verify-audit"]);
    assert!(whole.status.success(), "{whole:?}");
    assert_eq!(String::from_utf8(whole.stdout).unwrap(), "guojia-jijin: 1 条完整 entries hold\n");
    tamper(&home, "UPDATE zengxin.audit_entry SET detail = replace(detail, 'kind', 'kinD')");
    let broken = home.run(&["verify-audit"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(String::from_utf8(broken.stdout).unwrap().contains("entry 1 was changed"));
}

#[test]
fn reconcile_says_that_everything_fits_or_names_every_difference() {
    let home = Home::new();
    assert!(home.run(INIT).status.success());
    let whole = home.run(&["reconcile"]);
    assert!(whole.status.success(), "{whole:?}");
    assert_eq!(String::from_utf8(whole.stdout).unwrap(), "guojia-jijin: 账目相符 everything fits\n");
    tamper(
        &home,
        "ALTER TABLE zengxin.portfolio_position NO FORCE ROW LEVEL SECURITY; \
         INSERT INTO zengxin.portfolio_position (institution_id, total_fen) SELECT id, 1 FROM zengxin.institution; \
         ALTER TABLE zengxin.portfolio_position FORCE ROW LEVEL SECURITY",
    );
    let different = home.run(&["reconcile"]);
    assert_eq!(different.status.code(), Some(1));
    let said = String::from_utf8(different.stdout).unwrap();
    assert_eq!(said, "guojia-jijin: 账目不符 differences:\n  portfolio_position[].total_fen: 1 ≠ 0\n");
    assert!(String::from_utf8(different.stderr).unwrap().contains("1 figures differ"));
}

#[test]
fn keys_of_the_wrong_form_stop_the_start_with_the_reason() {
    let home = Home::new();
    let mut program: Command = home.program();
    let output = program.arg("serve").env("ZENGXIN_KEYS", "short").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("64 hexadecimal digits"));
}

/// The logins of a demo's answer: institution, user and password.
fn logins(said: &str) -> Vec<(String, String, String)> {
    let lines = said.lines().skip_while(|line| !line.contains("password ")).skip(1);
    let words = lines.map_while(|line| {
        let mut words = line.strip_prefix("  ")?.split_whitespace().map(ToOwned::to_owned);
        Some((words.next()?, words.next()?, words.next()?))
    });
    words.collect()
}

#[test]
fn the_demo_world_has_every_layer_and_every_role_and_its_logins_are_shown_once() {
    let home = Home::new();
    let made = home.run(&["demo", "--demo-contracts", "12"]);
    assert!(made.status.success(), "{made:?}");
    let said = String::from_utf8(made.stdout).unwrap();
    let logins = logins(&said);
    let institutions: std::collections::BTreeSet<_> =
        logins.iter().map(|(institution, ..)| institution.as_str()).collect();
    let users: std::collections::BTreeSet<_> = logins.iter().map(|(_, user, _)| user.as_str()).collect();
    assert_eq!(institutions.len(), 17);
    assert_eq!(
        users.into_iter().collect::<Vec<_>>(),
        ["admin", "approver", "auditor", "bureau-approver", "client", "officer", "reviewer", "treasurer"]
    );
    let log = String::from_utf8(made.stderr).unwrap();
    assert!(logins.iter().all(|(_, _, password)| !log.contains(password)), "no password in the log");
    let again = home.run(&["demo", "--demo-contracts", "12"]);
    assert_eq!((again.status.code(), again.stdout.is_empty()), (Some(2), true));
    let verified = home.run(&["verify-audit"]);
    assert!(verified.status.success(), "{verified:?}");
}

#[tokio::test]
async fn in_the_demo_world_business_is_agreed_on_with_two_banks_within_the_law_and_quotas_are_granted_for_three_years()
{
    let app = harness::app().await;
    let logins = zengxin::demo::make(&app.state, 0, &mut |_| ()).await.unwrap();
    for code in ["linhu", "gangwan", "chaxian", "jiangbei", "meishan", "zhuxian"] {
        let approver = logins.iter().find(|login| login.institution == code && login.role == Role::Approver).unwrap();
        let tokens = app.log_in(code, &approver.user, &approver.password).await.json();
        let token = tokens["access_token"].as_str();
        let read = async |path: String| {
            app.ask(axum::http::Method::GET, &path, harness::Ask { token, ..harness::Ask::default() }).await.json()
        };
        let agreements = read("/v1/agreements".to_owned()).await["items"].as_array().unwrap().clone();
        let banks: std::collections::BTreeSet<&str> =
            agreements.iter().map(|agreement| agreement["bank_id"].as_str().unwrap()).collect();
        assert_eq!((agreements.len(), banks.len()), (2, 2), "{code}");
        for agreement in &agreements {
            let terms = read(format!("/v1/agreements/{}/terms", agreement["id"].as_str().unwrap())).await;
            let findings = terms["items"][0]["findings"].as_array().unwrap();
            assert!(findings.iter().all(|finding| finding["outcome"] == "pass"), "{code}: {findings:?}");
        }
        assert_eq!(read("/v1/quota-grants".to_owned()).await["items"].as_array().unwrap().len(), 3, "{code}");
    }
}

#[test]
fn a_served_demo_lets_its_people_in_and_is_not_made_again() {
    let home = Home::new();
    let (service, said) = home.serve_saying(&["--demo", "--demo-contracts", "12"]);
    let (institution, user, password) = logins(&said).into_iter().find(|(_, user, _)| user == "officer").unwrap();
    let body = format!(r#"{{"institution_code":"{institution}","user":"{user}","password":"{password}"}}"#);
    assert_eq!(service.post("/v1/sessions", &body), 201);
    assert_eq!(service.post("/v1/sessions", &body.replace(&password, "wrong-wrong-wrong")), 401);
    assert!(service.stop().success());
    let (service, said) = home.serve_saying(&["--demo", "--demo-contracts", "12"]);
    assert!(logins(&said).is_empty(), "{said}");
    assert!(service.stop().success());
}

#[test]
fn metrics_count_by_route_on_a_listener_of_their_own_and_name_no_address_a_stranger_made_up() {
    let home = Home::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (service, _) = home.serve_saying(&["--metrics-listen", &free.to_string()]);
    assert_eq!(service.get("/healthz"), 200);
    assert_eq!(service.get("/v1/users/01890000-0000-7000-8000-000000000000"), 401);
    assert_eq!(service.get("/made-up/secret"), 404);
    assert_eq!(service.get("/metrics"), 404, "not where everybody comes");
    let page = Service::page_at(free, "/metrics");
    assert!(page.contains(r#"zengxin_http_requests_total{method="GET",status="200",endpoint="/healthz"} 1"#), "{page}");
    assert!(page.contains(r#"endpoint="/v1/users/{id}""#) && page.contains(r#"endpoint="/{*path}""#), "{page}");
    assert!(!page.contains("secret") && !page.contains("01890000"), "{page}");
    assert!(service.stop().success());
}
