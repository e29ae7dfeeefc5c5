//! The walk: every operation of the document is closed to whoever has no token, the wrong role, or another institution's id.

use crate::harness::{self, Ask, Person, World};
use axum::http::{Method, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::{Action, Role, allows};

/// Open to strangers; every other operation needs a token.
const OPEN: &[&str] = &[
    "alive",
    "ready",
    "list_rules",
    "list_problem_codes",
    "list_regions",
    "list_industries",
    "log_in",
    "refresh_session",
    "log_in_machine",
    "redeem_link",
];

/// What an id of another institution leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Foreign {
    /// The same as an id of nothing.
    NotFound(Whose),
    /// The table is shared: everybody reads it.
    Shared,
    /// It makes a row of the caller's own, and leaves the other's alone.
    Own,
    /// There is no id in it.
    None,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    User,
    Client,
    Institution,
    Membership,
    Statement,
    Limit,
    Confirmation,
    Investment,
    Bank,
    Branch,
    Product,
    Party,
    PartyGroup,
    Agreement,
    Quota,
    Contract,
    Deadline,
}

/// How to ask for an operation, and what it needs.
struct Sample {
    action: Action,
    path: String,
    body: Option<Value>,
    if_match: Option<&'static str>,
    foreign: Foreign,
}

impl Sample {
    fn of(action: Action, path: String, foreign: Foreign) -> Self {
        Self { action, path, body: None, if_match: None, foreign }
    }

    fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    fn version(self, version: &'static str) -> Self {
        Self { if_match: Some(version), ..self }
    }

    fn ask<'a>(&'a self, token: Option<&'a str>) -> Ask<'a> {
        Ask { token, if_match: self.if_match, body: self.body.clone() }
    }
}

/// The sample of an operation about `id`. An operation without one fails the walk.
fn sample(operation: &str, id: Uuid) -> Sample {
    use Action as A;
    use Foreign::{NotFound, Own, Shared};
    let act = Uuid::now_v7();
    let user = json!({"name": "sample.user", "display_name": "某人", "role": "officer"});
    let institution =
        json!({"code": "sample", "name": "某某", "kind": "guarantee_institution", "region_code": "330100"});
    match operation {
        "log_out" => Sample::of(A::LogOut, "/v1/sessions/current".to_owned(), Foreign::None),
        "read_profile" => Sample::of(A::ReadProfile, "/v1/profile".to_owned(), Foreign::None),
        "change_profile" => Sample::of(A::ChangeProfile, "/v1/profile".to_owned(), Foreign::None)
            .body(json!({"display_name": "某人"}))
            .version("\"99\""),
        "change_password" => Sample::of(A::ChangePassword, "/v1/profile/password".to_owned(), Foreign::None)
            .body(json!({"present_password": "wrong", "new_password": "another-Kettle-94-harbour"})),
        "propose_second_factor" => {
            Sample::of(A::EnrolSecondFactor, "/v1/profile/second-factor".to_owned(), Foreign::None)
        }
        "confirm_second_factor" => {
            Sample::of(A::EnrolSecondFactor, "/v1/profile/second-factor/confirmation".to_owned(), Foreign::None)
                .body(json!({"code": "000000"}))
        }
        "remove_second_factor" => {
            Sample::of(A::ManageUsers, format!("/v1/users/{id}/second-factor"), NotFound(Whose::User))
        }
        "list_institutions" => Sample::of(A::ReadInstitutions, "/v1/institutions".to_owned(), Foreign::None),
        "read_institution" => Sample::of(A::ReadInstitutions, format!("/v1/institutions/{id}"), Shared),
        "put_institution" => {
            Sample::of(A::OnboardInstitution, format!("/v1/institutions/{id}"), NotFound(Whose::Institution))
                .body(institution)
                .version("\"1\"")
        }
        "decide_institution" => {
            let path = format!("/v1/institutions/{id}/decisions/{act}");
            Sample::of(A::DecideInstitution, path, NotFound(Whose::Institution))
                .body(json!({"decision": "suspended", "reason": "试"}))
        }
        "appoint_administrator" => {
            let path = format!("/v1/institutions/{id}/administrators/{act}");
            Sample::of(A::AppointAdministrator, path, NotFound(Whose::Institution))
                .body(json!({"name": "sample.admin", "display_name": "某人"}))
        }
        "list_memberships" => Sample::of(A::ReadMemberships, "/v1/memberships".to_owned(), Foreign::None),
        "read_membership" => {
            Sample::of(A::ReadMemberships, format!("/v1/memberships/{id}"), NotFound(Whose::Membership))
        }
        "state_membership" => Sample::of(A::StateMembership, format!("/v1/memberships/{id}"), Own)
            .body(json!({"member_id": act, "relation": "reviews", "from": "2026-01-01"})),
        "end_membership" => {
            Sample::of(A::StateMembership, format!("/v1/memberships/{id}/end"), NotFound(Whose::Membership))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_financial_statements" => {
            Sample::of(A::ReadFinancialStatements, "/v1/financial-statements".to_owned(), Foreign::None)
        }
        "read_financial_statement" => {
            let path = format!("/v1/financial-statements/{id}");
            Sample::of(A::ReadFinancialStatements, path, NotFound(Whose::Statement))
        }
        "file_financial_statement" => {
            Sample::of(A::FileFinancialStatement, format!("/v1/financial-statements/{id}"), Own).body(statement())
        }
        "list_local_limits" => Sample::of(A::ReadLocalLimits, "/v1/local-limits".to_owned(), Foreign::None),
        "read_local_limit" => Sample::of(A::ReadLocalLimits, format!("/v1/local-limits/{id}"), NotFound(Whose::Limit)),
        "state_local_limit" => {
            Sample::of(A::StateLocalLimit, format!("/v1/local-limits/{id}"), Own).body(local_limit(act))
        }
        "end_local_limit" => {
            Sample::of(A::StateLocalLimit, format!("/v1/local-limits/{id}/end"), NotFound(Whose::Limit))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_confirmations" => {
            Sample::of(A::ReadConfirmations, "/v1/supervisor-confirmations".to_owned(), Foreign::None)
        }
        "read_confirmation" => {
            let path = format!("/v1/supervisor-confirmations/{id}");
            Sample::of(A::ReadConfirmations, path, NotFound(Whose::Confirmation))
        }
        "state_confirmation" => {
            Sample::of(A::StateConfirmation, format!("/v1/supervisor-confirmations/{id}"), Own).body(confirmation(act))
        }
        "end_confirmation" => {
            let path = format!("/v1/supervisor-confirmations/{id}/end");
            Sample::of(A::StateConfirmation, path, NotFound(Whose::Confirmation))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_equity_investments" => Sample::of(A::ReadInvestments, "/v1/equity-investments".to_owned(), Foreign::None),
        "read_equity_investment" => {
            Sample::of(A::ReadInvestments, format!("/v1/equity-investments/{id}"), NotFound(Whose::Investment))
        }
        "register_equity_investment" => {
            Sample::of(A::RegisterInvestment, format!("/v1/equity-investments/{id}"), Own).body(investment())
        }
        "end_equity_investment" => {
            let path = format!("/v1/equity-investments/{id}/end");
            Sample::of(A::RegisterInvestment, path, NotFound(Whose::Investment))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_banks" => Sample::of(A::ReadBanks, "/v1/banks".to_owned(), Foreign::None),
        "read_bank" => Sample::of(A::ReadBanks, format!("/v1/banks/{id}"), Shared),
        "state_bank" => Sample::of(A::StateBank, format!("/v1/banks/{id}"), Own).body(bank("SAMPLE")),
        "end_bank" => Sample::of(A::StateBank, format!("/v1/banks/{id}/end"), NotFound(Whose::Bank))
            .body(json!({"until": "2099-01-01"}))
            .version("\"1\""),
        "list_bank_branches" => Sample::of(A::ReadBanks, "/v1/bank-branches".to_owned(), Foreign::None),
        "read_bank_branch" => Sample::of(A::ReadBanks, format!("/v1/bank-branches/{id}"), Shared),
        "state_bank_branch" => {
            Sample::of(A::StateBankBranch, format!("/v1/bank-branches/{id}"), Own).body(branch(act, "SAMPLE"))
        }
        "end_bank_branch" => {
            Sample::of(A::StateBankBranch, format!("/v1/bank-branches/{id}/end"), NotFound(Whose::Branch))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_products" => Sample::of(A::ReadProducts, "/v1/products".to_owned(), Foreign::None),
        "read_product" => Sample::of(A::ReadProducts, format!("/v1/products/{id}"), NotFound(Whose::Product)),
        "state_product" => Sample::of(A::StateProduct, format!("/v1/products/{id}"), Own).body(product()),
        "end_product" => Sample::of(A::StateProduct, format!("/v1/products/{id}/end"), NotFound(Whose::Product))
            .body(json!({"until": "2099-01-01"}))
            .version("\"1\""),
        "read_portfolio" => Sample::of(A::ReadPortfolio, "/v1/portfolio".to_owned(), Foreign::None),
        "list_drift_alerts" => Sample::of(A::ReadPortfolio, "/v1/drift-alerts".to_owned(), Foreign::None),
        "list_agreements" => Sample::of(A::ReadAgreements, "/v1/agreements".to_owned(), Foreign::None),
        "read_agreement" => Sample::of(A::ReadAgreements, format!("/v1/agreements/{id}"), NotFound(Whose::Agreement)),
        "put_agreement" => Sample::of(A::StateAgreement, format!("/v1/agreements/{id}"), NotFound(Whose::Agreement))
            .body(agreement())
            .version("\"1\""),
        "list_agreement_terms" => {
            Sample::of(A::ReadAgreements, format!("/v1/agreements/{id}/terms"), NotFound(Whose::Agreement))
        }
        "read_agreement_terms" => {
            Sample::of(A::ReadAgreements, format!("/v1/agreements/{id}/terms/{act}"), NotFound(Whose::Agreement))
        }
        "state_agreement_terms" => {
            let shares = json!({"bank": "0", "institution": "1", "provincial": "0", "national": "0"});
            Sample::of(A::StateAgreement, format!("/v1/agreements/{id}/terms/{act}"), NotFound(Whose::Agreement)).body(
                json!({"shares": shares, "provincial_fee_rate": "0", "national_fee_rate": "0", "early_release": "none", "from": "2026-01-01"}),
            )
        }
        "end_agreement_terms" => {
            let path = format!("/v1/agreements/{id}/terms/{act}/end");
            Sample::of(A::StateAgreement, path, NotFound(Whose::Agreement))
                .body(json!({"until": "2099-01-01"}))
                .version("\"1\"")
        }
        "list_quota_grants" => Sample::of(A::ReadQuotaGrants, "/v1/quota-grants".to_owned(), Foreign::None),
        "read_quota_grant" => Sample::of(A::ReadQuotaGrants, format!("/v1/quota-grants/{id}"), NotFound(Whose::Quota)),
        "put_quota_grant" => Sample::of(A::GrantQuota, format!("/v1/quota-grants/{id}"), NotFound(Whose::Quota))
            .body(quota(act))
            .version("\"1\""),
        "list_deadlines" => Sample::of(A::ReadDeadlines, "/v1/deadlines".to_owned(), Foreign::None),
        "read_deadline" => Sample::of(A::ReadDeadlines, format!("/v1/deadlines/{id}"), Shared),
        "state_deadline" => Sample::of(A::StateDeadline, format!("/v1/deadlines/{id}"), Own).body(deadline()),
        "end_deadline" => Sample::of(A::StateDeadline, format!("/v1/deadlines/{id}/end"), NotFound(Whose::Deadline))
            .body(json!({"until": "2099-01-01"}))
            .version("\"1\""),
        "list_users" => Sample::of(A::ReadUsers, "/v1/users".to_owned(), Foreign::None),
        "read_user" => Sample::of(A::ReadUsers, format!("/v1/users/{id}"), NotFound(Whose::User)),
        "put_user" => {
            Sample::of(A::ManageUsers, format!("/v1/users/{id}"), NotFound(Whose::User)).body(user).version("\"1\"")
        }
        "offboard_user" => {
            Sample::of(A::OffboardUser, format!("/v1/users/{id}/offboardings/{act}"), NotFound(Whose::User))
        }
        "issue_link" => Sample::of(A::ManageUsers, format!("/v1/users/{id}/links/{act}"), NotFound(Whose::User)),
        "list_machine_clients" => Sample::of(A::ReadMachineClients, "/v1/machine-clients".to_owned(), Foreign::None),
        "read_machine_client" => {
            Sample::of(A::ReadMachineClients, format!("/v1/machine-clients/{id}"), NotFound(Whose::Client))
        }
        "put_machine_client" => Sample::of(A::ManageMachineClients, format!("/v1/machine-clients/{id}"), Own)
            .body(json!({"name": format!("sample {id}"), "grants": ["audit:read"]})),
        "revoke_machine_client" => {
            let path = format!("/v1/machine-clients/{id}/revocations/{act}");
            Sample::of(A::ManageMachineClients, path, NotFound(Whose::Client))
        }
        "list_audit_entries" => Sample::of(A::ReadAudit, "/v1/audit-entries".to_owned(), Foreign::None),
        operation if ["cedent", "cession", "filing"].iter().any(|word| operation.contains(word)) => {
            cession_sample(operation, id)
        }
        operation if operation.contains("contract") || ["grant_exception", "reverse_release"].contains(&operation) => {
            contract_sample(operation, id)
        }
        operation if operation.contains("part") => party_sample(operation, id),
        unknown => panic!("{unknown} has no sample: how is it asked for, and who may?"),
    }
}

/// The sample of an operation about what is ceded, and its filing.
fn cession_sample(operation: &str, id: Uuid) -> Sample {
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    match operation {
        "list_cedents" => Sample::of(Action::ReadCessions, "/v1/cedents".to_owned(), Foreign::None),
        "list_cessions" => Sample::of(Action::ReadCessions, "/v1/cessions".to_owned(), Foreign::None),
        "read_cession" => Sample::of(Action::ReadCessions, format!("/v1/cessions/{id}"), NotFound(Whose::Contract)),
        "decide_filing" => {
            let path = format!("/v1/cessions/{id}/filings/{act}");
            Sample::of(Action::DecideFiling, path, NotFound(Whose::Contract)).body(json!({"decision": "confirmed"}))
        }
        "list_filings" => Sample::of(Action::ReadContracts, "/v1/filings".to_owned(), Foreign::None),
        "list_contract_filings" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/filings"), NotFound(Whose::Contract))
        }
        "apply_filing" => {
            let path = format!("/v1/contracts/{id}/filings/{act}/applications/{act}");
            Sample::of(Action::ApplyFiling, path, NotFound(Whose::Contract))
        }
        unknown => panic!("{unknown} has no sample: how is it asked for, and who may?"),
    }
}

/// The sample of an operation about a contract.
fn contract_sample(operation: &str, id: Uuid) -> Sample {
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    let below = |what: &str| format!("/v1/contracts/{id}/{what}/{act}");
    let of = |action, what: &str| Sample::of(action, below(what), NotFound(Whose::Contract));
    let reason = json!({"reason": "试"});
    let content = json!({"number": "试-1", "party_id": act, "agreement_id": act, "kind": "loan", "bank_id": act, "principal": "1.00",
        "loan_rate": "0", "credit_line": "0.00", "operating_loan": true, "existing_loan": "none", "purpose": "other", "amount": "1.00",
        "fee": "0.00", "signed_on": "2026-01-01", "start": "2026-01-01", "end": "2027-01-01"});
    match operation {
        "list_contracts" => Sample::of(Action::ReadContracts, "/v1/contracts".to_owned(), Foreign::None),
        "check_contract" => {
            Sample::of(Action::ReadContracts, "/v1/contracts/check".to_owned(), Foreign::None).body(content)
        }
        "read_contract" => Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}"), NotFound(Whose::Contract)),
        "put_contract" => Sample::of(Action::DraftContract, format!("/v1/contracts/{id}"), NotFound(Whose::Contract))
            .body(content)
            .version("\"1\""),
        "list_contract_events" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/events"), NotFound(Whose::Contract))
        }
        "list_contract_exceptions" => {
            Sample::of(Action::ReadContracts, format!("/v1/contracts/{id}/exceptions"), NotFound(Whose::Contract))
        }
        "submit_contract" => of(Action::SubmitContract, "submissions"),
        "withdraw_contract" => of(Action::SubmitContract, "withdrawals").body(reason),
        "reject_contract" => of(Action::DecideContract, "rejections").body(reason),
        "approve_contract" => of(Action::DecideContract, "approvals").body(json!({"content_version": 1})),
        "cancel_contract" => of(Action::ReleaseContract, "cancellations").body(reason),
        "disburse_contract" => {
            of(Action::DisburseContract, "disbursements").body(json!({"effective_on": "2026-01-01"}))
        }
        "release_contract" => {
            of(Action::ReleaseContract, "releases").body(json!({"amount": "1.00", "effective_on": "2026-01-01"}))
        }
        "reverse_release" => {
            of(Action::CorrectContract, "release-reversals").body(json!({"release_id": act, "reason": "试"}))
        }
        "evaluate_contract" => of(Action::EvaluateContract, "evaluations").body(json!({"on": "2026-01-01"})),
        "grant_exception" => of(Action::GrantException, "exceptions")
            .body(json!({"rule": "fee.cap", "reason": "试", "expires_on": "2099-01-01"})),
        unknown => panic!("{unknown} has no sample: how is it asked for, and who may?"),
    }
}

/// The sample of an operation about a party or a group of parties.
fn party_sample(operation: &str, id: Uuid) -> Sample {
    use Action::{DiscloseIdentifier, MergeParties as Merge, ReadParties as Read, WriteParties as Write};
    use Foreign::NotFound;
    let act = Uuid::now_v7();
    let party = |action, rest: String| Sample::of(action, format!("/v1/parties/{id}{rest}"), NotFound(Whose::Party));
    let group =
        |action, rest: &str| Sample::of(action, format!("/v1/party-groups/{id}{rest}"), NotFound(Whose::PartyGroup));
    let end =
        |what: &str| party(Write, format!("/{what}/{act}/end")).body(json!({"until": "2099-01-01"})).version("\"1\"");
    match operation {
        "list_parties" => Sample::of(Read, "/v1/parties".to_owned(), Foreign::None),
        "search_parties" => Sample::of(Read, "/v1/parties/searches".to_owned(), Foreign::None)
            .body(json!({"scheme": "uscc", "value": "91350100M000100Y43"})),
        "read_party" => party(Read, String::new()),
        "put_party" => party(Write, String::new())
            .body(json!({"name": "某某", "kind": "enterprise", "region_code": "330100", "industry_code": "13"}))
            .version("\"1\""),
        "list_party_identifiers" => party(Read, "/identifiers".to_owned()),
        "file_party_identifier" => party(Write, format!("/identifiers/{act}"))
            .body(json!({"scheme": "uscc", "value": "91350100M000100Y43", "from": "2020-01-01"})),
        "end_party_identifier" => end("identifiers"),
        "disclose_party_identifier" => party(DiscloseIdentifier, format!("/disclosures/{act}"))
            .body(json!({"identifier_id": act, "reason": "核对"})),
        "list_party_size_inputs" => party(Read, "/size-inputs".to_owned()),
        "file_party_size_input" => party(Write, format!("/size-inputs/{act}")).body(
            json!({"financial_year": 2020, "industry_code": "13", "employees": 1, "revenue": "1", "filed_on": "2021-01-01"}),
        ),
        "list_party_flags" => party(Read, "/flags".to_owned()),
        "state_party_flag" => party(Write, format!("/flags/{act}"))
            .body(json!({"kind": "farmer", "source": "某", "from": "2020-01-01"})),
        "end_party_flag" => end("flags"),
        "list_party_jobs" => party(Read, "/jobs".to_owned()),
        "count_party_jobs" => party(Write, format!("/jobs/{act}")).body(json!({"on": "2020-01-01", "jobs": 1})),
        "join_party_group" => party(Write, format!("/group-memberships/{act}"))
            .body(json!({"group_id": act, "from": "2020-01-01"})),
        "leave_party_group" => end("group-memberships"),
        "list_party_merges" => party(Read, "/merges".to_owned()),
        "merge_party" => party(Merge, format!("/merges/{act}")).body(json!({"into": act, "reason": "重复登记"})),
        "undo_party_merge" => {
            party(Merge, format!("/merges/{act}/undoings/{act}")).body(json!({"reason": "并非同一主体"}))
        }
        "list_party_groups" => Sample::of(Read, "/v1/party-groups".to_owned(), Foreign::None),
        "read_party_group" => group(Read, ""),
        "put_party_group" => group(Write, "").body(json!({"name": "某系"})).version("\"1\""),
        "list_party_group_members" => group(Read, "/members"),
        unknown => panic!("{unknown} has no sample: how is it asked for, and who may?"),
    }
}

fn statement() -> Value {
    json!({
        "as_of": "2025-12-31", "net_assets": "1.00", "unearned_reserve": "0.00", "compensation_reserve": "0.00",
        "total_assets": "1.00", "payout_receivables": "0.00", "grade1": "1.00", "grade2": "0.00", "grade3": "0.00",
    })
}

fn local_limit(member: Uuid) -> Value {
    json!({"member_id": member, "rule": "leverage", "value": "8", "from": "2026-01-01", "document": "某办法"})
}

fn confirmation(member: Uuid) -> Value {
    json!({"member_id": member, "kind": "mainly_small", "from": "2026-01-01", "document": "某复函"})
}

fn investment() -> Value {
    json!({"investee_name": "某公司", "amount": "1.00", "technology_linkage": false, "from": "2026-01-01"})
}

fn bank(code: &str) -> Value {
    json!({"code": code, "name": "某银行", "from": "2026-01-01"})
}

fn branch(bank: Uuid, code: &str) -> Value {
    json!({"bank_id": bank, "code": code, "name": "某支行", "region_code": "330100", "from": "2026-01-01"})
}

fn product() -> Value {
    json!({
        "code": "sample", "name": "某产品", "kind": "regular", "from": "2026-01-01",
        "document": "某办法", "clause": "第一条", "verified": false,
    })
}

fn deadline() -> Value {
    json!({
        "report_code": "sample", "reporter_kind": "finance_bureau", "recipient": "某部门", "period": "yearly",
        "month_offset": 2, "day_of_month": 31, "from": "2026-01-01", "document": "某办法", "clause": "第一条", "verified": false,
    })
}

/// Rows of the province and of its neighbour that nobody else may see or change, made for the walk.
struct Theirs {
    statement: Uuid,
    limit: Uuid,
    confirmation: Uuid,
    investment: Uuid,
    bank: Uuid,
    branch: Uuid,
    product: Uuid,
    deadline: Uuid,
}

async fn theirs(app: &harness::App, fund: &Person, province: &Person) -> Theirs {
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

fn agreement() -> Value {
    json!({"number": "某协议1号", "name": "某协议", "product_ids": [], "from": "2026-01-01"})
}

fn quota(cedent: Uuid) -> Value {
    json!({"cedent_id": cedent, "year": 2026, "granted": "1.00", "document": "某通知"})
}

/// An agreement of the province and a quota that it has granted to somebody else, made for the walk.
async fn agreement_and_quota(app: &harness::App, province: &Person) -> (Uuid, Uuid) {
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
async fn their_contract(app: &harness::App, officer: &Person, party: Uuid, agreement: Uuid) -> Uuid {
    let mut content = contract_sample("put_contract", Uuid::nil()).body.unwrap();
    (content["party_id"], content["agreement_id"]) = (json!(party), json!(agreement));
    (content["kind"], content["bank_id"]) = (json!("other"), json!(null));
    let id = Uuid::now_v7();
    let answer = app.put(officer, &format!("/v1/contracts/{id}"), content).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    id
}

/// Every closed operation of the document.
fn closed() -> Vec<(Method, String)> {
    let document = serde_json::to_value(zengxin::http::openapi()).unwrap();
    let mut found = Vec::new();
    for (_, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            if OPEN.contains(&id.as_str()) || id.starts_with("calculate_") {
                continue;
            }
            assert_eq!(operation["security"][0]["bearer"], json!([]), "{id} tells nobody that it needs a token");
            found.push((method.to_uppercase().parse().unwrap(), id));
        }
    }
    // Whoever logs out is asked nothing more.
    found.sort_by_key(|(_, id)| id == "log_out");
    assert!(found.len() > 20);
    found
}

#[tokio::test]
async fn no_operation_is_open_but_those_named() {
    let (app, _) = harness::fund().await;
    for (method, operation) in closed() {
        let sample = sample(&operation, Uuid::now_v7());
        let answer = app.ask(method, &sample.path, sample.ask(None)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{operation}");
        assert_eq!(
            (answer.json()["code"].as_str(), answer.header("www-authenticate")),
            (Some("unauthenticated"), "Bearer")
        );
    }
}

/// Tokens that are not ours, or no longer.
fn worthless(admin: &Person, key: &[u8]) -> Vec<(&'static str, String)> {
    let claims: Vec<u8> =
        data_encoding::BASE64URL_NOPAD.decode(admin.token.split('.').nth(1).unwrap().as_bytes()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    let sign = |algorithm, key: &[u8], change: &dyn Fn(&mut Value)| {
        let mut claims = claims.clone();
        change(&mut claims);
        jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(key)).unwrap()
    };
    let claims_alone = admin.token.split('.').nth(1).unwrap();
    vec![
        ("no token", "x".to_owned()),
        ("forged", sign(Algorithm::HS256, &[7; 32], &|_| ())),
        ("expired", sign(Algorithm::HS256, key, &|claims| claims["exp"] = json!(1))),
        ("another audience", sign(Algorithm::HS256, key, &|claims| claims["aud"] = json!("another"))),
        ("another issuer", sign(Algorithm::HS256, key, &|claims| claims["iss"] = json!("another"))),
        ("another algorithm", sign(Algorithm::HS512, key, &|_| ())),
        ("no algorithm", format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims_alone}.")),
        ("a session that never was", sign(Algorithm::HS256, key, &|claims| claims["session"] = json!(Uuid::now_v7()))),
        (
            "another institution's session",
            sign(Algorithm::HS256, key, &|claims| claims["institution"] = json!(Uuid::now_v7())),
        ),
        ("a refresh token", admin.refresh.clone()),
    ]
}

#[tokio::test]
async fn no_operation_takes_a_token_that_is_worthless() {
    let key = [42; 32];
    let keys = zengxin::auth::Keys::parse(&"2a".repeat(32)).unwrap();
    let (mut app, admin) = harness::fund_with(keys).await;
    app.at(zengxin::clock::now());
    for (method, operation) in closed() {
        let sample = sample(&operation, Uuid::now_v7());
        for (which, token) in worthless(&admin, &key) {
            let answer = app.ask(method.clone(), &sample.path, sample.ask(Some(&token))).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{operation} with {which}");
        }
    }
    let genuine = app.ask(Method::GET, "/v1/profile", admin.ask()).await;
    assert_eq!(genuine.status, StatusCode::OK, "the same key signs what is taken");
}

#[tokio::test]
async fn every_operation_is_allowed_to_exactly_the_roles_that_the_table_names() {
    let World { app, city, bureau, .. } = harness::world().await;
    for role in Role::ALL {
        let employer = if matches!(role, Role::Reviewer | Role::BureauApprover) { &bureau } else { &city };
        let person = app.hire(employer, *role).await;
        for (method, operation) in closed() {
            let sample = sample(&operation, Uuid::now_v7());
            let answer = app.ask(method, &sample.path, sample.ask(Some(&person.token))).await;
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{operation} as {role}");
            assert_eq!(answer.status != StatusCode::FORBIDDEN, allows(*role, sample.action), "{operation} as {role}");
            assert!(!answer.status.is_server_error(), "{operation} as {role}");
        }
    }
}

#[tokio::test]
async fn another_institutions_id_is_answered_like_one_of_nothing() {
    let World { app, fund, province, city, .. } = harness::world().await;
    let client = Uuid::now_v7();
    let made = json!({"name": "省再担接口", "grants": ["audit:read"]});
    let path = format!("/v1/machine-clients/{client}");
    assert_eq!(app.ask(Method::PUT, &path, province.with(made)).await.status, StatusCode::CREATED);
    let membership = Uuid::now_v7();
    let stated = json!({"member_id": province.institution, "relation": "reguarantees", "from": "2026-01-01"});
    let path = format!("/v1/memberships/{membership}");
    assert_eq!(app.ask(Method::PUT, &path, fund.with(stated)).await.status, StatusCode::CREATED);
    let theirs_too = theirs(&app, &fund, &province).await;
    let their_officer = app.hire(&province, Role::Officer).await;
    let party = app.file_party(&their_officer, "enterprise", "某某").await;
    let group = Uuid::now_v7();
    let made = their_officer.with(json!({"name": "某系"}));
    let made = app.ask(Method::PUT, &format!("/v1/party-groups/{group}"), made).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let (officer, approver) = (app.hire(&city, Role::Officer).await, app.hire(&city, Role::Approver).await);
    let (agreement, quota) = agreement_and_quota(&app, &province).await;
    let contract = their_contract(&app, &their_officer, party, agreement).await;
    for (method, operation) in closed() {
        let foreign = match sample(&operation, Uuid::nil()).foreign {
            Foreign::NotFound(Whose::User) => province.id,
            Foreign::NotFound(Whose::Client) => client,
            Foreign::NotFound(Whose::Institution) => province.institution,
            Foreign::NotFound(Whose::Membership) => membership,
            Foreign::NotFound(Whose::Statement) => theirs_too.statement,
            Foreign::NotFound(Whose::Limit) => theirs_too.limit,
            Foreign::NotFound(Whose::Confirmation) => theirs_too.confirmation,
            Foreign::NotFound(Whose::Investment) => theirs_too.investment,
            Foreign::NotFound(Whose::Bank) => theirs_too.bank,
            Foreign::NotFound(Whose::Branch) => theirs_too.branch,
            Foreign::NotFound(Whose::Product) => theirs_too.product,
            Foreign::NotFound(Whose::Party) => party,
            Foreign::NotFound(Whose::PartyGroup) => group,
            Foreign::NotFound(Whose::Agreement) => agreement,
            Foreign::NotFound(Whose::Quota) => quota,
            Foreign::NotFound(Whose::Contract) => contract,
            Foreign::NotFound(Whose::Deadline) => theirs_too.deadline,
            Foreign::Shared | Foreign::Own | Foreign::None => continue,
        };
        let (theirs, nothing) = (sample(&operation, foreign), sample(&operation, Uuid::now_v7()));
        // Whoever may: what is refused by role says nothing about the id.
        let roles = [(Role::Admin, &city), (Role::Officer, &officer), (Role::Approver, &approver)];
        let (_, asker) = roles.into_iter().find(|(role, _)| allows(*role, theirs.action)).unwrap();
        let theirs = app.ask(method.clone(), &theirs.path, theirs.ask(Some(&asker.token))).await;
        let nothing = app.ask(method, &nothing.path, nothing.ask(Some(&asker.token))).await;
        assert_eq!((theirs.status, nothing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{operation}");
        assert_eq!(theirs.body, nothing.body, "{operation}");
    }
}

#[tokio::test]
async fn an_id_that_another_institution_uses_makes_a_row_of_ones_own_and_leaves_theirs_alone() {
    let World { app, province, city, .. } = harness::world().await;
    let path = format!("/v1/users/{}", province.id);
    let body = json!({"name": "mine", "display_name": "某人", "role": "officer"});
    assert_eq!(app.ask(Method::PUT, &path, city.with(body)).await.status, StatusCode::CREATED);
    assert_eq!(app.ask(Method::GET, &path, province.ask()).await.json()["name"], "admin");
    assert_eq!(app.ask(Method::GET, &path, city.ask()).await.json()["name"], "mine");
}

#[tokio::test]
async fn a_refusal_is_in_the_audit_list_of_the_callers_institution() {
    let (app, admin) = harness::fund().await;
    let officer = app.hire(&admin, Role::Officer).await;
    assert_eq!(app.ask(Method::GET, "/v1/audit-entries", officer.ask()).await.status, StatusCode::FORBIDDEN);
    let list = app.ask(Method::GET, "/v1/audit-entries?limit=1", admin.ask()).await.json();
    let last = &list["items"][0];
    assert_eq!((&last["action"], &last["outcome"]), (&json!("read_audit"), &json!("refused")));
    assert_eq!((&last["actor_id"], &last["actor_kind"]), (&json!(officer.id), &json!("person")));
}
