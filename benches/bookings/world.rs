//! A durable PostgreSQL of its own with 300 institutions and a hot one, whose contracts wait for an approval.
//!
//! One institution of the demo world books honestly; the others are copies of its rows, made behind the service's back, with ids that
//! pgbench can form too.

use chrono::{Days, TimeDelta};
use domain::{
    size::SizeInputs,
    value::{ContractId, Day, InstitutionId, Money, PartyId, UserId},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use std::{path::PathBuf, sync::Arc};
use uuid::Uuid;
use zengxin::{
    app::{App, approval, contract, party, party_fact},
    auth::{Access, Actor, Caller, Keys, Role},
    clock,
    config::DATABASE_CONNECTIONS,
    demo,
    postgres::{Durability, PrivatePostgres},
    store::{
        self, Database,
        contract::{Content, ContractKind, ExistingLoan, Purpose},
        party::{NewParty, PartyKind},
    },
};

/// Over how many institutions bookings are spread; the one after them is the hot one.
pub const SPREAD: i64 = 300;

/// The number of the hot institution's first contract.
const HOT_FROM: i64 = 1 << 32;

/// How many contracts wait at the beginning of a round: more than can be approved in it.
pub const STOCK: i64 = 12_000;

/// What the ids stand for that are formed from a number.
#[derive(Clone, Copy, Debug)]
pub enum Tag {
    Institution = 1,
    Approver,
    Officer,
    Session,
    Agreement,
    Client,
    Size,
    Contract,
    Act,
}

/// The id with this number; `public.made_id` forms the same.
fn made_id(tag: Tag, number: i64) -> Uuid {
    let number = u128::try_from(number).unwrap();
    Uuid::from_u128(((tag as u128) << 96) | (0x4000_8000 << 48) | number)
}

/// Where bookings happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Spread,
    Hot,
}

impl Place {
    /// Whose contract the one with this number is.
    pub fn institution(self, number: i64) -> usize {
        usize::try_from(if self == Self::Spread { number % SPREAD } else { SPREAD }).unwrap()
    }

    /// The same as an expression of pgbench and of SQL.
    pub fn institution_of(self, number: &str) -> String {
        if self == Self::Spread { format!("{number} % {SPREAD}") } else { SPREAD.to_string() }
    }

    pub fn contract(self, number: i64) -> Uuid {
        made_id(Tag::Contract, number)
    }
}

/// The number of the next contract of each place.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    spread: i64,
    hot: i64,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { spread: 0, hot: HOT_FROM }
    }
}

impl Numbers {
    pub fn of(&self, place: Place) -> i64 {
        if place == Place::Spread { self.spread } else { self.hot }
    }

    pub fn advance(&mut self, place: Place, booked: i64) {
        *(if place == Place::Spread { &mut self.spread } else { &mut self.hot }) = booked + 1;
    }
}

/// The honest booking, whose rows and messages the others are made from.
pub struct Pattern {
    pub institution: Uuid,
    pub agreement: Uuid,
    pub approver: Uuid,
    pub client: Uuid,
    pub contract: Uuid,
    pub act: Uuid,
    /// Every statement of an approval, as the server was given it.
    pub statements: Vec<String>,
}

pub struct World {
    pub app: App,
    pub approvers: Arc<Vec<Caller>>,
    pub tokens: Vec<String>,
    pub pattern: Pattern,
    pub superuser: DatabaseConnection,
    pub directory: PathBuf,
    made: Numbers,
    pub postgres: Option<PrivatePostgres>,
}

impl Drop for World {
    fn drop(&mut self) {
        let Some(postgres) = self.postgres.take() else { return };
        let home = postgres.home().to_owned();
        postgres.stop();
        for directory in [&self.directory, &home] {
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

async fn connect(url: String) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

/// The rows of a query, each a list of texts.
pub async fn texts<const N: usize>(database: &DatabaseConnection, sql: &str) -> Vec<[String; N]> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| std::array::from_fn(|place| row.try_get_by_index(place).unwrap())).collect()
}

async fn do_all(superuser: &DatabaseConnection, statements: &[String]) {
    for sql in statements {
        superuser.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
}

impl World {
    pub async fn make() -> Self {
        let directory = std::env::temp_dir().join(format!("zengxin-bench-{}", std::process::id()));
        let postgres = PrivatePostgres::start_in(&directory, None, Durability::Durable).unwrap();
        store::migrate(&postgres.owner_url()).await.unwrap();
        let database = Database::connect(&postgres.serving_url(), DATABASE_CONNECTIONS).await.unwrap();
        let app = App::new(database, Keys::random().unwrap());
        demo::make(&app, 0, &mut |_| {}).await.unwrap();
        let superuser = connect(postgres.url("postgres", zengxin::postgres::DATABASE)).await;
        let alone = Database::connect(&postgres.serving_url(), 1).await.unwrap();
        let pattern = book_honestly(App { database: alone, ..app.clone() }, &superuser).await;
        copy_the_institution(&superuser, &pattern).await;
        let approvers: Vec<Caller> = (0..=SPREAD).map(approver).collect();
        let signed = |caller| Access::sign(&app.keys, caller, clock::now()).unwrap().token;
        let tokens = approvers.iter().map(signed).collect();
        let (made, approvers) = (Numbers::default(), Arc::new(approvers));
        Self { app, approvers, tokens, pattern, superuser, directory, made, postgres: Some(postgres) }
    }

    /// Has enough contracts wait at a place, from the one with this number on; the planner knows of them.
    pub async fn stock(&mut self, place: Place, first: i64) {
        let (from, until) = (self.made.of(place), first + STOCK);
        do_all(&self.superuser, &contracts(&self.pattern, place, from, until)).await;
        do_all(&self.superuser, &["VACUUM (ANALYZE)".to_owned()]).await;
        self.made.advance(place, until - 1);
    }

    /// Begins a round from the same state: nothing is waiting to be written.
    pub async fn settle(&self) {
        do_all(&self.superuser, &["CHECKPOINT".to_owned()]).await;
    }

    /// The number of the last contract that was approved at a place.
    pub async fn last_booked(&self, place: Place) -> i64 {
        let sql = format!(
            "SELECT max(number) FROM zengxin.contract WHERE approved_on IS NOT NULL AND number LIKE '{}%'",
            prefix(place)
        );
        let [[number]] = texts(&self.superuser, &sql).await.try_into().unwrap();
        number[1..].parse().unwrap()
    }

    /// How many bookings of the naive control broke the rule.
    pub async fn naive_breaches(&self) -> i64 {
        let [[breaches]] = texts(&self.superuser, "SELECT breaches::text FROM public.naive").await.try_into().unwrap();
        breaches.parse().unwrap()
    }
}

fn prefix(place: Place) -> char {
    if place == Place::Spread { 'S' } else { 'H' }
}

/// Somebody who approves at the institution with this number, logged in.
fn approver(number: i64) -> Caller {
    let user = UserId::from_uuid(made_id(Tag::Approver, number));
    Caller {
        institution: InstitutionId::from_uuid(made_id(Tag::Institution, number)),
        actor: Actor::Person { user, role: Role::Approver },
        session: Some(made_id(Tag::Session, number)),
    }
}

/// Has one contract drafted, submitted and approved at an institution of the demo world; `waiting` keeps its row before the approval.
async fn book_honestly(app: App, superuser: &DatabaseConnection) -> Pattern {
    let sql = "SELECT i.id::text, o.id::text, a.id::text, g.id::text, g.bank_id::text FROM zengxin.institution i
        JOIN zengxin.user_account o ON o.institution_id = i.id AND o.role = 'officer'
        JOIN zengxin.user_account a ON a.institution_id = i.id AND a.role = 'approver'
        JOIN zengxin.agreement g ON g.institution_id = i.id WHERE i.code = 'linhu' LIMIT 1";
    let [row]: [[String; 5]; 1] = texts(superuser, sql).await.try_into().unwrap();
    let [institution, officer, approver, agreement, bank] = row.map(|id| id.parse::<Uuid>().unwrap());
    let person = |user, role| Caller {
        institution: InstitutionId::from_uuid(institution),
        actor: Actor::Person { user: UserId::from_uuid(user), role },
        session: None,
    };
    let (officer, deciding) = (person(officer, Role::Officer), person(approver, Role::Approver));
    let today = Day::from_date(clock::today()).unwrap();
    let client = PartyId::from_uuid(Uuid::now_v7());
    let new = NewParty {
        id: client,
        name: "青禾食品有限公司".to_owned(),
        kind: PartyKind::Enterprise,
        region_code: "330100".to_owned(),
        industry_code: Some("13".to_owned()),
    };
    party::file(&app, &officer, new).await.unwrap();
    let inputs = SizeInputs {
        employees: Some(5),
        revenue: Some(Money::from_wan(100)),
        total_assets: Some(Money::from_wan(100)),
    };
    let (id, industry_code) = (Uuid::now_v7(), "13".to_owned());
    let size = party_fact::NewSizeInput {
        id,
        party: client,
        financial_year: today.year() - 1,
        industry_code,
        inputs,
        filed_on: today,
    };
    party_fact::file_size(&app, &officer, size).await.unwrap();
    let (contract, act) = (ContractId::from_uuid(Uuid::now_v7()), Uuid::now_v7());
    contract::draft(&app, &officer, contract, content(client, agreement, bank, today)).await.unwrap();
    approval::submit(&app, &officer, contract, Uuid::now_v7()).await.unwrap();
    let waiting =
        format!("CREATE TABLE public.waiting AS SELECT * FROM zengxin.contract WHERE id = '{}'", contract.uuid());
    do_all(superuser, &[waiting]).await;
    approval::approve(&app, &deciding, contract, act, 1).await.unwrap();
    let statements = texts(app.database.pool(), "SELECT statement FROM pg_prepared_statements").await;
    let statements = statements.into_iter().map(|[statement]| statement).collect();
    app.database.close().await;
    let (client, contract) = (client.uuid(), contract.uuid());
    Pattern { institution, agreement, approver, client, contract, act, statements }
}

fn content(party: PartyId, agreement: Uuid, bank: Uuid, today: Day) -> Content {
    let amount = Money::from_wan(1);
    Content {
        number: "保-1".to_owned(),
        party,
        agreement: Some(agreement),
        product: None,
        client_grade: None,
        kind: ContractKind::Loan,
        issuer_rating: None,
        bank: Some(bank),
        branch: None,
        loan_number: Some("借-1".to_owned()),
        principal: amount,
        loan_rate: "0.0435".parse().unwrap(),
        credit_line: amount,
        operating_loan: true,
        existing_loan: ExistingLoan::None,
        purpose: Purpose::WorkingCapital,
        amount,
        fee: Money::from_fen(amount.fen() / 100),
        charges: Vec::new(),
        signed_on: today,
        start: today,
        end: Day::from_date(today.date() + Days::new(365)).unwrap(),
        startup: None,
        counter_guarantee: String::new(),
        tags: Vec::new(),
    }
}

/// Makes 300 institutions and the hot one of the rows of the honest one. Each begins with a book of 50 million, all small: no share
/// comes near its limit.
async fn copy_the_institution(superuser: &DatabaseConnection, pattern: &Pattern) {
    let Pattern { institution, agreement, .. } = pattern;
    let id = |tag: Tag| format!("public.made_id({}, k)", tag as u8);
    let own = id(Tag::Institution);
    let copy = |table: &str, filter: String, changes: String| {
        format!(
            "INSERT INTO zengxin.{table} SELECT n.* FROM zengxin.{table} o, generate_series(0, {SPREAD}) k,
             LATERAL jsonb_populate_record(o, jsonb_build_object({changes})) n WHERE {filter}"
        )
    };
    let of_it = format!("o.institution_id = '{institution}'");
    let (agreed, random) = (id(Tag::Agreement), "'id', gen_random_uuid()");
    let person = |tag: Tag, role: &str| {
        let filter = format!("{of_it} AND o.role = '{role}'");
        copy("user_account", filter, format!("'institution_id', {own}, 'id', {}", id(tag)))
    };
    let expires = clock::now() + TimeDelta::days(1);
    do_all(
        superuser,
        &[
            "CREATE FUNCTION public.made_id(tag integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
         $$ SELECT (lpad(to_hex(tag), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$"
                .to_owned(),
            format!(
                "UPDATE zengxin.portfolio_position SET total_fen = 5000000000, small_agri_fen = 5000000000,
            small_ticket_fen = 5000000000, small_loan_fen = 5000000000 WHERE institution_id = '{institution}'"
            ),
            copy(
                "institution",
                format!("o.id = '{institution}'"),
                format!("'id', {own}, 'code', 'bench-' || k, 'name', '示例' || k"),
            ),
            copy("membership", format!("o.member_id = '{institution}'"), format!("{random}, 'member_id', {own}")),
            person(Tag::Approver, "approver"),
            person(Tag::Officer, "officer"),
            format!(
                "INSERT INTO zengxin.session SELECT {own}, {}, {}, NULL, now(), '{expires}', NULL, NULL
            FROM generate_series(0, {SPREAD}) k",
                id(Tag::Session),
                id(Tag::Approver)
            ),
            copy("agreement", format!("o.id = '{agreement}'"), format!("'institution_id', {own}, 'id', {agreed}")),
            copy(
                "agreement_terms",
                format!("o.agreement_id = '{agreement}'"),
                format!("'institution_id', {own}, {random}, 'agreement_id', {agreed}"),
            ),
            copy("financial_statement", of_it.clone(), format!("'institution_id', {own}, {random}")),
            copy("quota_grant", format!("o.cedent_id = '{institution}'"), format!("{random}, 'cedent_id', {own}")),
            copy("local_limit", format!("o.member_id = '{institution}'"), format!("{random}, 'member_id', {own}")),
            copy("portfolio_position", of_it.clone(), format!("'institution_id', {own}")),
        ],
    )
    .await;
}

/// Contracts with these numbers, each with a client of its own; of ten of an institution nine are small and one is not.
fn contracts(pattern: &Pattern, place: Place, from: i64, until: i64) -> Vec<String> {
    let Pattern { institution, client, .. } = pattern;
    let id = |tag: Tag| format!("public.made_id({}, n)", tag as u8);
    let at = |tag: Tag| format!("public.made_id({}, {})", tag as u8, place.institution_of("n"));
    let (own, party) = (at(Tag::Institution), id(Tag::Client));
    let turn = if place == Place::Spread { format!("n / {SPREAD}") } else { "n".to_owned() };
    let copy = |table: &str, from_table: &str, filter: &str, changes: String| {
        format!(
            "INSERT INTO zengxin.{table} SELECT r.* FROM {from_table} o, generate_series({from}::bigint, {until} - 1) n,
             LATERAL jsonb_populate_record(NULL::zengxin.{table}, to_jsonb(o) || jsonb_build_object('institution_id', {own}, {changes})) r
             WHERE {filter}"
        )
    };
    let is_its = format!("o.institution_id = '{institution}' AND o.party_id = '{client}' AND {turn} % 10 <> 9");
    let number = format!("'{}' || lpad(n::text, 12, '0')", prefix(place));
    vec![
        copy("party", "zengxin.party", &format!("o.id = '{client}'"), format!("'id', {party}, 'name', '客户' || n")),
        copy("party_size_input", "zengxin.party_size_input", &is_its, format!("'id', {}, 'party_id', {party}", id(Tag::Size))),
        copy("contract", "public.waiting", "true", format!(
            "'id', {}, 'number', {number}, 'party_id', {party}, 'client_id', {party}, 'agreement_id', {}, 'drafted_by', {officer},
             'submitted_by', {officer}", id(Tag::Contract), at(Tag::Agreement), officer = at(Tag::Officer))),
    ]
}
