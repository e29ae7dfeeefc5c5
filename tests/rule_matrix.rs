//! Every rule that binds at booking, put to contracts just inside, at and just outside its limit through the interface. What each says
//! stands in `tests/golden/findings.txt`, to be read as a clerk would.

use crate::{
    golden::is_golden,
    harness::{Desk, TERMS, created, desk, finding},
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::auth::Role;

/// What the rules said, in the order of the matrix.
struct Said(String);

/// One row of the matrix: how the contract differs, and what the rule must make of it.
type Row<'a> = (&'a str, Value, &'a str);

impl Said {
    /// Puts each contract to the rules and holds what `rule` says against what it must.
    async fn rule(&mut self, desk: &Desk, rule: &str, rows: Vec<Row<'_>>) {
        self.0 += &format!("{rule}\n");
        for (case, content, expected) in rows {
            let answer = desk.check(content).await;
            let found = finding(&answer, rule);
            assert_eq!(found["outcome"], expected, "{rule}, {case}: {found}");
            let (zh, en) = (found["explanation"].as_str().unwrap(), found["explanation_en"].as_str().unwrap());
            assert!(zh.ends_with('。') && en.ends_with('.'), "{rule}: {found}");
            self.0 += &format!("  {case}: {expected}\n    {zh}\n    {en}\n");
        }
    }
}

/// The content with these fields changed.
fn with(mut content: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        content[field] = value.clone();
    }
    content
}

/// A flag on a party from 2020 on.
async fn flag(desk: &Desk, party: Uuid, kind: &str) {
    let flag = json!({"kind": kind, "source": "核查记录", "from": "2020-01-01"});
    created(&desk.app.add(&desk.officer, party, "flags", flag).await);
}

/// An agreement with other terms.
async fn agreed(desk: &Desk, number: &str, changes: Value) -> Uuid {
    let id = Uuid::now_v7();
    desk.agree(id, number, json!(null), &with(TERMS(), changes)).await;
    id
}

async fn shares(desk: &Desk, said: &mut Said) {
    // 80.01万 of 100万: 125.00 fit beside the large client.
    let (small, large) = (desk.client("farmer", "王某某").await, desk.client("large", "宏图集团").await);
    desk.book(desk.content(small, "800100.00")).await;
    desk.book(desk.content(large, "199900.00")).await;
    let rows = [("124.99", "pass"), ("125.00", "pass"), ("125.01", "refuse")];
    let rows = rows.map(|(amount, outcome)| (amount, desk.content(large, amount), outcome));
    said.rule(desk, "share.small_agri", rows.into()).await;
    let below = desk.content(small, "0.01");
    said.rule(desk, "share.small_agri", vec![("in the numerator", below, "pass")]).await;
    // One of two clients is 50 %; two of three are 66.67 %.
    let newcomer = desk.client("farmer", "李某某").await;
    let rows = vec![
        ("one of two", desk.content(small, "1.00"), "advise"),
        ("two of three", desk.content(newcomer, "1.00"), "pass"),
    ];
    said.rule(desk, "share.clients", rows).await;
}

async fn small_tickets(desk: &Desk, said: &mut Said) {
    // Two clients of 490万 each: one that leaves the small tickets leaves 490 of 990万, under half.
    let (one, two) = (desk.client("small", "青禾食品").await, desk.client("small", "蓝天机械").await);
    desk.book(desk.content(one, "4900000.00")).await;
    desk.book(desk.content(two, "4900000.00")).await;
    let rows = [("99999.99", "pass"), ("100000.00", "pass"), ("100000.01", "refuse")];
    let rows = rows.map(|(amount, outcome)| (amount, desk.content(two, amount), outcome));
    said.rule(desk, "share.small_ticket", rows.into()).await;
    // A small enterprise above 500万 stands in the denominator alone: beside small tickets of 980万 it may have 980万.
    let large = desk.client("small", "远航船舶").await;
    let rows = [("9799999.99", "pass"), ("9800000.00", "pass"), ("9800000.01", "refuse")];
    let rows = rows.map(|(amount, outcome)| (amount, desk.content(large, amount), outcome));
    said.rule(desk, "share.small_ticket", rows.into()).await;
}

async fn fees(desk: &Desk, said: &mut Said) {
    let (small, big) = (desk.client("small", "青禾食品").await, desk.client("small", "远航船舶").await);
    let at = |amount: &str, fee: &str| with(desk.content(small, amount), json!({"fee": fee}));
    let rows = vec![
        ("up to 500万, 9999.99", at("1000000.00", "9999.99"), "pass"),
        ("up to 500万, 10000.00", at("1000000.00", "10000.00"), "pass"),
        ("up to 500万, 10000.01", at("1000000.00", "10000.01"), "needs_exception"),
        ("above 500万, 90000.00", with(desk.content(big, "6000000.00"), json!({"fee": "90000.00"})), "pass"),
        ("above 500万, 90000.01", with(desk.content(big, "6000000.00"), json!({"fee": "90000.01"})), "needs_exception"),
    ];
    said.rule(desk, "fee.cap", rows).await;
    let rows = vec![("1 %", at("1000000.00", "10000.00"), "pass"), ("above", at("1000000.00", "10000.01"), "advise")];
    said.rule(desk, "fee.average", rows).await;
    let charge = |payee: &str, amount: &str| json!({"charges": [{"payee": payee, "name": "咨询费", "amount": amount}]});
    let plain = || desk.content(small, "1000000.00");
    let rows = vec![
        ("none", plain(), "pass"),
        ("a notary's", with(plain(), charge("third_party", "800.00")), "pass"),
        ("the bank's, one fen", with(plain(), charge("bank", "0.01")), "refuse"),
        ("the institution's", with(plain(), charge("institution", "0.01")), "refuse"),
        ("a re-guarantor's", with(plain(), charge("reguarantor", "0.01")), "refuse"),
    ];
    said.rule(desk, "fee.only", rows).await;
}

async fn reguarantee_fees_and_risk(desk: &Desk, said: &mut Said) {
    let client = desk.client("small", "青禾食品").await;
    // On 20万 of risk a rate of 0.300005 % is 600.01 a year.
    let above = agreed(desk, "协-2", json!({"provincial_fee_rate": "0.00300005"})).await;
    let dear = agreed(desk, "协-3", json!({"provincial_fee_rate": "0.0029", "national_fee_rate": "0.003"})).await;
    let under = |agreement: Uuid| with(desk.content(client, "1000000.00"), json!({"agreement_id": agreement}));
    let rows = vec![("0.3 %", under(desk.agreement), "pass"), ("one fen above", under(above), "needs_exception")];
    said.rule(desk, "refee.cap", rows).await;
    // Above 500万 the risk of 120万 may cost 6000.00 a year; a rate of 0.5000009 % is 6000.01.
    let big = desk.client("small", "远航船舶").await;
    let most = agreed(desk, "协-10", json!({"provincial_fee_rate": "0.005", "national_fee_rate": "0.005"})).await;
    let over = agreed(desk, "协-11", json!({"provincial_fee_rate": "0.005000009"})).await;
    let large = |agreement: Uuid| with(desk.content(big, "6000000.00"), json!({"agreement_id": agreement}));
    let rows = vec![("above 500万, 0.5 %", large(most), "pass"), ("one fen above", large(over), "needs_exception")];
    said.rule(desk, "refee.cap", rows).await;
    // Of equal rates on unequal shares the smaller fee loses less by rounding down: for 368 days 907.39 and 604.93.
    let unequal = json!({"shares": {"bank": "0.2", "institution": "0.3", "provincial": "0.3", "national": "0.2"}});
    let unequal = with(under(agreed(desk, "协-12", unequal).await), json!({"end": "2027-03-04"}));
    let rows = vec![
        ("equal", under(desk.agreement), "pass"),
        ("equal on unequal shares", unequal, "pass"),
        ("national above provincial", under(dear), "advise"),
    ];
    said.rule(desk, "refee.order", rows).await;
    let shares = |bank: &str, institution: &str, provincial: &str, national: &str| json!({"shares": {"bank": bank, "institution": institution, "provincial": provincial, "national": national}});
    let bank = agreed(desk, "协-4", shares("0.1999999999", "0.4000000001", "0.2", "0.2")).await;
    let national = agreed(desk, "协-5", shares("0.2", "0.4000000001", "0.2", "0.1999999999")).await;
    let provincial = agreed(desk, "协-6", shares("0.2", "0.3000000001", "0.1999999999", "0.3")).await;
    let alone = agreed(desk, "协-7", shares("0.2", "0.8", "0", "0")).await;
    let usual = || under(desk.agreement);
    said.rule(desk, "risk.bank", vec![("at 20 %", usual(), "pass"), ("10⁻¹⁰ under", under(bank), "needs_exception")])
        .await;
    let bond = with(usual(), json!({"kind": "bond", "issuer_rating": "AA"}));
    let housing = with(under(bank), json!({"kind": "housing"}));
    said.rule(
        desk,
        "risk.bank",
        vec![("a bond", bond, "not_applicable"), ("housing, 10⁻¹⁰ under", housing, "needs_exception")],
    )
    .await;
    let rows = vec![
        ("at 20 %", usual(), "pass"),
        ("10⁻¹⁰ under", under(national), "needs_exception"),
        ("takes no part", under(alone), "not_applicable"),
    ];
    said.rule(desk, "risk.national", rows).await;
    let rows = vec![("equal", usual(), "pass"), ("under the national share", under(provincial), "needs_exception")];
    said.rule(desk, "risk.provincial", rows).await;
    said.rule(desk, "risk.whole", vec![("exactly 1", usual(), "pass")]).await;
}

async fn prohibitions(desk: &Desk, said: &mut Said) {
    let client = desk.client("small", "青禾食品").await;
    let usual = || desk.content(client, "1000000.00");
    let bond = with(usual(), json!({"purpose": "government_bond"}));
    said.rule(desk, "purpose.bond", vec![("working capital", usual(), "pass"), ("government bonds", bond, "refuse")])
        .await;
    for (kind, rule, outcome) in [
        ("government_platform", "purpose.platform", "refuse"),
        ("blacklist", "party.blacklist", "advise"),
        ("controlling_shareholder", "limit.related", "refuse"),
    ] {
        let flagged = desk.client("small", &format!("被标识{kind}")).await;
        flag(desk, flagged, kind).await;
        let rows =
            vec![("without the flag", usual(), "pass"), ("with it", desk.content(flagged, "1000000.00"), outcome)];
        said.rule(desk, rule, rows).await;
    }
    let bid_bond = |client: Uuid| with(desk.content(client, "1000000.00"), json!({"kind": "non_financing"}));
    let controller = desk.client("small", "控股股东").await;
    flag(desk, controller, "controlling_shareholder").await;
    said.rule(desk, "limit.related", vec![("a bid bond for it", bid_bond(controller), "not_applicable")]).await;
    let loan = |state: &str| with(usual(), json!({"existing_loan": state}));
    let rows = vec![
        ("none", loan("none"), "pass"),
        ("examined", loan("examined"), "pass"),
        ("not examined", loan("not_examined"), "advise"),
    ];
    said.rule(desk, "transfer.bank_loan", rows).await;
    let rows = [("9999999.99", "pass"), ("10000000.00", "pass"), ("10000000.01", "advise")];
    let rows = rows.map(|(amount, outcome)| (amount, desk.content(client, amount), outcome));
    said.rule(desk, "size.focus", rows.into()).await;
    let line = |line: &str| with(usual(), json!({"credit_line": line}));
    let rows = vec![("line of 500万", line("5000000.00"), "pass"), ("one fen more", line("5000000.01"), "advise")];
    said.rule(desk, "regulator.small_share", rows).await;
    let bond = with(line("1000000.00"), json!({"kind": "bond", "issuer_rating": "AA", "credit_line": "1000000.00"}));
    said.rule(desk, "regulator.small_share", vec![("a bond is no small credit", bond, "advise")]).await;
    // The fund supports the institution, whichever agreement a contract is under.
    let alone = json!({"shares": {"bank": "0.2", "institution": "0.8", "provincial": "0", "national": "0"}});
    let alone = with(usual(), json!({"agreement_id": agreed(desk, "协-2", alone).await}));
    said.rule(desk, "regulator.small_share", vec![("under an agreement without the fund", alone, "pass")]).await;
}

async fn concentration(desk: &Desk, said: &mut Said) {
    let client = desk.client("large", "宏图集团").await;
    let at = |amount: &str| desk.content(client, amount);
    let rows = |inside: &'static str, limit: &'static str, outside: &'static str| {
        vec![(inside, at(inside), "pass"), (limit, at(limit), "pass"), (outside, at(outside), "refuse")]
    };
    said.rule(desk, "limit.single", vec![("no statement", at("1.00"), "not_assessed")]).await;
    desk.file_statement("10000000.00").await;
    said.rule(desk, "limit.single", rows("999999.99", "1000000.00", "1000000.01")).await;
    said.rule(desk, "limit.leverage", rows("99999999.99", "100000000.00", "100000000.01")).await;
    let bid_bond = with(at("100000000.01"), json!({"kind": "non_financing"}));
    for rule in ["limit.single", "limit.leverage"] {
        said.rule(desk, rule, vec![("a bid bond", bid_bond.clone(), "not_applicable")]).await;
    }
    // The other member of the group has 60万; together 15 % are 150万.
    let (other, group) = (desk.client("large", "宏图实业").await, Uuid::now_v7());
    let farmer = desk.client("farmer", "王某某").await;
    desk.book(desk.content(farmer, "1000000.00")).await;
    for _ in 0..2 {
        let farmer = desk.client("farmer", "某农户").await;
        desk.book(desk.content(farmer, "1000000.00")).await;
    }
    desk.book(desk.content(other, "600000.00")).await;
    created(&desk.app.put(&desk.officer, &format!("/v1/party-groups/{group}"), json!({"name": "宏图系"})).await);
    for party in [client, other] {
        let member = json!({"group_id": group, "from": "2020-01-01"});
        created(&desk.app.add(&desk.officer, party, "group-memberships", member).await);
    }
    said.rule(desk, "limit.group", rows("899999.99", "900000.00", "900000.01")).await;
    for rule in ["asset.strength", "asset.grade1", "asset.grade3", "asset.grade12"] {
        // Net assets of 1000万 in a whole of 1亿: 10 %; grades of 50, 30 and 20 %.
        let expected = if rule == "asset.strength" { "advise" } else { "pass" };
        said.rule(desk, rule, vec![("of the statement", at("1.00"), expected)]).await;
    }
}

async fn fifteen_times(desk: &Desk, said: &mut Said) {
    desk.file_statement("10000000.00").await;
    let supervisor = desk.app.onboard(&desk.fund, "jianguan", "supervisor", "330000").await;
    desk.app.join(&supervisor, &desk.admin, "supervises", "2019-01-22", None).await;
    let client = desk.client("large", "宏图集团").await;
    let at = |amount: &str| desk.content(client, amount);
    said.rule(desk, "limit.leverage", vec![("not confirmed, 10.0000001 times", at("100000001.00"), "refuse")]).await;
    let confirmation = json!({"member_id": desk.admin.institution, "kind": "mainly_small", "from": "2020-01-01", "document": "第1号复函"});
    let path = format!("/v1/supervisor-confirmations/{}", Uuid::now_v7());
    created(&desk.app.put(&supervisor, &path, confirmation).await);
    let rows = vec![
        ("confirmed, 15 times", at("150000000.00"), "pass"),
        ("confirmed, one fen more", at("150000000.01"), "refuse"),
    ];
    said.rule(desk, "limit.leverage", rows).await;
}

async fn related_terms(desk: &Desk, said: &mut Said) {
    let related = desk.client("small", "关联公司").await;
    flag(desk, related, "related_party").await;
    let at = |fee: &str| with(desk.content(related, "1000000.00"), json!({"fee": fee}));
    for place in 0..4 {
        let other = desk.client("small", &format!("同类{place}")).await;
        desk.in_force(desk.content(other, "1000000.00")).await;
    }
    said.rule(desk, "party.related_terms", vec![("four to compare with", at("1.00"), "not_assessed")]).await;
    let fifth = desk.client("small", "同类第五").await;
    desk.in_force(desk.content(fifth, "1000000.00")).await;
    let rows = vec![
        ("a fen under the median", at("9999.99"), "refuse"),
        ("at the median", at("10000.00"), "pass"),
        ("above", at("10000.01"), "pass"),
    ];
    said.rule(desk, "party.related_terms", rows).await;
}

async fn equity(desk: &Desk, said: &mut Said) {
    let client = desk.client("small", "青禾食品").await;
    let usual = || desk.content(client, "1000000.00");
    said.rule(desk, "invest.equity", vec![("no investment", usual(), "pass")]).await;
    let treasurer = desk.app.hire(&desk.admin, Role::Treasurer).await;
    let investment =
        json!({"investee_name": "某某酒店", "amount": "1.00", "technology_linkage": true, "from": "2025-03-01"});
    let path = format!("/v1/equity-investments/{}", Uuid::now_v7());
    let registered = desk.app.put(&treasurer, &path, investment).await;
    created(&registered);
    said.rule(desk, "invest.equity", vec![("linked to technology, not confirmed", usual(), "refuse")]).await;
    let supervisor = desk.app.onboard(&desk.fund, "jianguan", "supervisor", "330000").await;
    desk.app.join(&supervisor, &desk.admin, "supervises", "2019-01-22", None).await;
    let confirmation = json!({"member_id": desk.admin.institution, "kind": "technology_linkage", "from": "2025-03-01", "document": "第2号复函"});
    let path = format!("/v1/supervisor-confirmations/{}", Uuid::now_v7());
    created(&desk.app.put(&supervisor, &path, confirmation).await);
    said.rule(desk, "invest.equity", vec![("confirmed by the supervisor", usual(), "pass")]).await;
}

async fn products(desk: &Desk, said: &mut Said) {
    let state = |body: Value| {
        let id = Uuid::now_v7();
        async move {
            created(&desk.app.put(&desk.fund, &format!("/v1/products/{id}"), body).await);
            json!({"stated_by": desk.fund.institution, "id": id})
        }
    };
    let startup = state(json!({"code": "startup", "name": "创业担保贷款", "kind": "startup", "from": "2020-01-01",
        "document": "国发〔2018〕39号", "clause": "二（三）", "verified": true}))
    .await;
    let (person, firm) = (desk.client("farmer", "王某某").await, desk.client("small", "青禾食品").await);
    let large = desk.client("large", "宏图集团").await;
    let lent = |client: Uuid, amount: &str, hires: Value| {
        with(desk.content(client, amount), json!({"product": startup, "startup": hires}))
    };
    let staff = |hires: u32, staff: u32| json!({"hires": hires, "staff": staff});
    let rows = vec![
        ("a person, 15万", lent(person, "150000.00", json!(null)), "pass"),
        ("a person, one fen more", lent(person, "150000.01", json!(null)), "refuse"),
        ("an enterprise, 25 % hired", lent(firm, "3000000.00", staff(25, 100)), "pass"),
        ("an enterprise, 24 % hired", lent(firm, "3000000.00", staff(24, 100)), "refuse"),
        ("above 100 staff, 15 %", lent(firm, "3000000.00", staff(30, 200)), "pass"),
        ("an enterprise, one fen more", lent(firm, "3000000.01", staff(25, 100)), "refuse"),
        ("exactly 100 staff, 15 %", lent(firm, "3000000.00", staff(15, 100)), "refuse"),
        ("an enterprise that does not say", lent(firm, "1.00", json!(null)), "refuse"),
        ("an enterprise without staff", lent(firm, "1.00", staff(0, 0)), "refuse"),
        ("an enterprise that is not small", lent(large, "1.00", staff(25, 100)), "refuse"),
        (
            "15万 of a loan of a fen more",
            with(lent(person, "150000.00", json!(null)), json!({"principal": "150000.01"})),
            "refuse",
        ),
    ];
    said.rule(desk, "startup.cap", rows).await;
    let later = state(
        json!({"code": "startup-later", "name": "创业担保贷款（后续文件）", "kind": "startup", "from": "2020-01-01",
        "startup_person_max": "300000.00", "startup_enterprise_max": "4000000.00", "replaces_rules": ["startup.cap"],
        "document": "后续文件（未核对原文）", "clause": "第二条", "verified": false}),
    )
    .await;
    let more = |client: Uuid, amount: &str, hires: Value| {
        with(desk.content(client, amount), json!({"product": later, "startup": hires}))
    };
    let rows = vec![
        ("a person, 30万 by a later document", more(person, "300000.00", json!(null)), "not_applicable"),
        ("an enterprise, 400万, 24 % hired", more(firm, "4000000.00", staff(24, 100)), "refuse"),
        ("400万, and no small enterprise", more(large, "4000000.00", staff(25, 100)), "refuse"),
    ];
    said.rule(desk, "startup.cap", rows).await;
    let rows = vec![
        ("a person, 30万", more(person, "300000.00", json!(null)), "pass"),
        ("a person, one fen more", more(person, "300000.01", json!(null)), "refuse"),
        ("an enterprise, 400万, 25 % hired", more(firm, "4000000.00", staff(25, 100)), "pass"),
        ("an enterprise, one fen more", more(firm, "4000000.01", staff(25, 100)), "refuse"),
    ];
    said.rule(desk, "product.startup_cap", rows).await;
    let plan = state(json!({"code": "plan", "name": "科技创新专项担保计划", "kind": "plan", "from": "2020-01-01", "client_max": "30000000.00",
        "bank_min": "0.2", "provincial_min": "0.2", "national_max": [{"grade": "高新技术企业", "share": "0.35"}],
        "replaces_rules": ["risk.provincial"], "document": "财金〔2024〕60号", "clause": "（四）", "verified": false})).await;
    let planned = agreed(
        desk,
        "协-8",
        json!({"shares": {"bank": "0.2", "institution": "0.25", "provincial": "0.2", "national": "0.35"}}),
    )
    .await;
    let over = agreed(desk, "协-9", json!({"shares": {"bank": "0.2", "institution": "0.2499999999", "provincial": "0.2", "national": "0.3500000001"}})).await;
    let under = |agreement: Uuid, amount: &str| {
        let plan = json!({"product": plan, "client_grade": "高新技术企业", "agreement_id": agreement});
        with(desk.content(firm, amount), plan)
    };
    said.rule(desk, "risk.provincial", vec![("replaced by the plan", under(planned, "1000000.00"), "not_applicable")])
        .await;
    let rows =
        vec![("at 35 %", under(planned, "1000000.00"), "pass"), ("10⁻¹⁰ over", under(over, "1000000.00"), "refuse")];
    said.rule(desk, "product.national_share", rows).await;
    let rows = vec![
        ("3000万", under(planned, "30000000.00"), "pass"),
        ("one fen more", under(planned, "30000000.01"), "refuse"),
    ];
    said.rule(desk, "product.client_max", rows).await;
}

/// Limits that the institution states for itself, stricter than the law or where it is silent.
async fn local_limits(desk: &Desk, said: &mut Said) {
    let (small, large) = (desk.client("farmer", "王某某").await, desk.client("large", "宏图集团").await);
    desk.book(desk.content(small, "1800000.00")).await;
    desk.book(desk.content(large, "200000.00")).await;
    let state = |rule: &'static str, key: Value, value: &'static str| async move {
        let body = json!({"member_id": desk.admin.institution, "rule": rule, "key_code": key, "value": value, "from": "2020-01-01",
            "document": "风险管理办法"});
        created(&desk.app.put(&desk.admin, &format!("/v1/local-limits/{}", Uuid::now_v7()), body).await);
    };
    // 180 ÷ 0.85 − 200 = 11.764705…万.
    state("small_agri_share", json!(null), "0.85").await;
    let rows = [("117647.05", "pass"), ("117647.06", "refuse")];
    let rows = rows.map(|(amount, outcome)| (amount, desk.content(large, amount), outcome));
    said.rule(desk, "local.small_agri_share", rows.into()).await;
    state("fee_up_to_small_ticket", json!(null), "0.008").await;
    let fee = |fee: &str| with(desk.content(small, "1000000.00"), json!({"fee": fee}));
    let rows = vec![("0.8 %", fee("8000.00"), "pass"), ("one fen more", fee("8000.01"), "needs_exception")];
    said.rule(desk, "local.fee_up_to_small_ticket", rows).await;
    // Both clients are all of the book, and lie in the same city and division.
    state("top_ten_clients", json!(null), "0.999").await;
    said.rule(desk, "local.top_ten_clients", vec![("the whole book", desk.content(small, "1.00"), "refuse")]).await;
    state("region", json!("330100"), "0.5").await;
    said.rule(desk, "local.region", vec![("the whole book in the city", desk.content(small, "1.00"), "refuse")]).await;
    state("industry", json!("C"), "1").await;
    said.rule(desk, "local.industry", vec![("a section at its limit", desk.content(small, "1.00"), "pass")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_rule_says_what_it_must_just_inside_at_and_just_outside_its_limit() {
    let mut said = Said(String::new());
    shares(&desk().await, &mut said).await;
    small_tickets(&desk().await, &mut said).await;
    fees(&desk().await, &mut said).await;
    reguarantee_fees_and_risk(&desk().await, &mut said).await;
    prohibitions(&desk().await, &mut said).await;
    concentration(&desk().await, &mut said).await;
    fifteen_times(&desk().await, &mut said).await;
    related_terms(&desk().await, &mut said).await;
    equity(&desk().await, &mut said).await;
    products(&desk().await, &mut said).await;
    local_limits(&desk().await, &mut said).await;
    is_golden("findings.txt", &said.0);
}

#[tokio::test]
async fn the_matrix_leaves_out_no_rule_that_a_booking_evaluates() {
    let desk = desk().await;
    desk.file_statement("10000000.00").await;
    let client = desk.client("small", "青禾食品").await;
    let answer = desk.check(desk.content(client, "1.00")).await;
    let golden = include_str!("golden/findings.txt");
    for found in answer["findings"].as_array().unwrap() {
        let rule = found["rule"].as_str().unwrap();
        assert!(golden.lines().any(|line| line == rule), "{rule} is not in the matrix");
    }
}

#[tokio::test]
async fn a_related_partys_contract_that_cannot_be_compared_needs_a_second_persons_declaration() {
    let desk = desk().await;
    let related = desk.client("small", "关联公司").await;
    flag(&desk, related, "related_party").await;
    let contract = desk.submitted(desk.content(related, "1000000.00")).await;
    let answer = desk.approve(contract).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("exception_needed"))
    );
    assert!(answer.json()["detail"].as_str().unwrap().contains("书面声明"), "{}", answer.json()["detail"]);
    let declared = json!({"rule": "party.related_terms", "reason": "条件不优于非关联方", "expires_on": "2099-01-01"});
    created(&desk.act(&desk.approver, contract, "exceptions", declared).await);
    created(&desk.approve(contract).await);
    desk.app.reconcile().await;
}
