//! The book of an institution as a whole: from its counters as it is, and folded from the events as it was on a past day.

use super::{
    Scope,
    around::shaped,
    book::{ClientRow, PositionRow},
    contract::ContractKind,
    dated::day as day_of,
    drift_alert::Alert,
    known, of_word, statement_of,
};
use crate::error::Problem;
use chrono::{Days, NaiveDate};
use domain::{
    client::ClientKind,
    exposure::{Book, ClientBook, Item},
    portfolio::{Begun, MATURITY_DAYS, NewBusiness, Segment, SegmentKind},
    value::{ContractId, Day, Money, PartyGroupId, PartyId},
    volume::Volume,
};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many clients are read at once, largest first.
pub const CLIENTS_AT_ONCE: i64 = 200;

/// Some contracts: how many, and what is outstanding of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Sum {
    /// How many contracts.
    pub contracts: i64,
    /// What is outstanding of them, in fen.
    pub outstanding_fen: i64,
}

/// A contract that is going to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The contract.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// In whose book it counts.
    pub client: PartyId,
    /// Its agreed end.
    pub end: Day,
    /// What is outstanding of it.
    pub outstanding: Money,
}

/// Which contracts are going to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maturities {
    /// Those whose agreed end lies behind.
    pub overdue: Sum,
    /// Those that end on the day or within so many days after it: `domain::portfolio::MATURITY_DAYS`.
    pub within: [Sum; 3],
    /// The next twenty, soonest first.
    pub next: Vec<Ending>,
}

/// The sums of a book on a day.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Outstanding and committed.
    pub book: Book,
    /// Of which approved and not disbursed yet.
    pub committed: Money,
    /// What began in the year up to the day.
    pub new_business: NewBusiness,
    /// What is going to end.
    pub maturities: Maturities,
}

/// A past day's book, client by client.
#[derive(Clone, Debug)]
pub struct Past {
    /// Its sums.
    pub standing: Standing,
    /// What each client had.
    pub clients: BTreeMap<PartyId, ClientBook>,
    /// What was outstanding by region and industry.
    pub segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct DueRow {
    overdue: Sum,
    within: [Sum; 3],
}

#[derive(Deserialize)]
struct EndingRow {
    id: Uuid,
    number: String,
    client_id: Uuid,
    end_day: NaiveDate,
    outstanding_fen: i64,
}

#[derive(Deserialize)]
struct YearRow {
    contracts: u64,
    amount_fen: i64,
    small_agri_fen: i64,
    small_ticket_fen: i64,
    amount_days: i64,
    fee_fen: i64,
}

impl From<YearRow> for NewBusiness {
    fn from(row: YearRow) -> Self {
        Self {
            contracts: row.contracts,
            amount: Money::from_fen(row.amount_fen),
            small_agri: Money::from_fen(row.small_agri_fen),
            small_ticket: Money::from_fen(row.small_ticket_fen),
            volume: Volume::of_sums(row.amount_days.into(), Money::from_fen(row.fee_fen)),
        }
    }
}

impl TryFrom<(Value, Value)> for Maturities {
    type Error = Problem;

    fn try_from((due, next): (Value, Value)) -> Result<Self, Problem> {
        let DueRow { overdue, within } = shaped(due)?;
        let next: Vec<EndingRow> = shaped(next)?;
        let ending = |row: EndingRow| -> Result<Ending, Problem> {
            Ok(Ending {
                contract: ContractId::from_uuid(row.id),
                number: row.number,
                client: PartyId::from_uuid(row.client_id),
                end: day_of(row.end_day)?,
                outstanding: Money::from_fen(row.outstanding_fen),
            })
        };
        Ok(Self { overdue, within, next: next.into_iter().map(ending).collect::<Result<_, _>>()? })
    }
}

/// The day, and the last days of the three spans that contracts are counted as ending in.
fn horizon(day: Day) -> Result<[NaiveDate; 4], Problem> {
    let [first, second, third] = MATURITY_DAYS;
    let after = |days| day.date().checked_add_days(Days::new(days)).ok_or_else(Problem::out_of_range);
    Ok([day.date(), after(first)?, after(second)?, after(third)?])
}

/// The sum of rows `c` that end in some days, as an object.
macro_rules! sum_of {
    ($days:literal) => {
        concat!(
            "jsonb_build_object('contracts', count(*) FILTER (WHERE ",
            $days,
            "), 'outstanding_fen', coalesce(sum(c.outstanding_fen) FILTER (WHERE ",
            $days,
            "), 0))"
        )
    };
}

/// What is going to end of rows `c`: $2 the day, $3 to $5 the last days of the spans.
macro_rules! due {
    () => {
        concat!(
            "SELECT jsonb_build_object('overdue', ",
            sum_of!("c.end_day < $2"),
            ", 'within', jsonb_build_array(",
            sum_of!("c.end_day BETWEEN $2 AND $3"),
            ", ",
            sum_of!("c.end_day BETWEEN $2 AND $4"),
            ", ",
            sum_of!("c.end_day BETWEEN $2 AND $5"),
            "))"
        )
    };
}

/// Twenty of these rows as a list.
macro_rules! twenty {
    ($rows:literal) => {
        concat!("SELECT coalesce(jsonb_agg(to_jsonb(n)), '[]') FROM (", $rows, " ORDER BY c.end_day, c.id LIMIT 20) n")
    };
}

/// What the counters say, and what ends: $1 institution, $2 to $5 days as in `due`, $6 year.
pub const TODAY: &str = concat!(
    "SELECT (SELECT to_jsonb(p) FROM zengxin.portfolio_position p WHERE p.institution_id = $1) AS position, \
    (SELECT coalesce(sum(c.outstanding_fen), 0)::bigint FROM zengxin.contract c \
      WHERE c.institution_id = $1 AND c.state = 'approved') AS committed_fen, \
    (SELECT to_jsonb(v) FROM zengxin.year_volume v WHERE v.institution_id = $1 AND v.year = $6) AS volume, (",
    due!(),
    " FROM zengxin.contract c WHERE c.institution_id = $1 AND c.outstanding_fen > 0 AND c.end_day <= $5) AS due, (",
    twenty!(
        "SELECT c.id, c.number, c.client_id, c.end_day, c.outstanding_fen FROM zengxin.contract c \
        WHERE c.institution_id = $1 AND c.outstanding_fen > 0 AND c.end_day >= $2"
    ),
    ") AS next"
);

#[derive(Debug, FromQueryResult)]
struct TodayRead {
    position: Option<Value>,
    committed_fen: i64,
    volume: Option<Value>,
    due: Value,
    next: Value,
}

/// The book of the day of the scope, from the counters: as much work for a million contracts as for ten.
pub async fn today(scope: &Scope, day: Day) -> Result<Standing, Problem> {
    let [on, first, second, third] = horizon(day)?;
    let values =
        [scope.tenant().uuid().into(), on.into(), first.into(), second.into(), third.into(), day.year().into()];
    let read = TodayRead::find_by_statement(statement_of(TODAY, values)).one(scope.tx()).await?;
    let read = read.ok_or_else(Problem::internal)?;
    let position: Option<PositionRow> = read.position.map(shaped).transpose()?;
    let volume: Option<YearRow> = read.volume.map(shaped).transpose()?;
    Ok(Standing {
        book: position.unwrap_or_default().into(),
        committed: Money::from_fen(read.committed_fen),
        new_business: volume.map(NewBusiness::from).unwrap_or_default(),
        maturities: (read.due, read.next).try_into()?,
    })
}

/// The events up to a day, folded: $1 institution, $2 to $5 days as in `due`, $6 the first day of its year.
///
/// What was fixed at approval never changes, so only the amounts, the client before a later merge and the day of the beginning are of the
/// day. A contract that was moved later is counted by itself, so that the moves can be taken back.
pub const PAST: &str = concat!(
    "WITH moves AS (SELECT m.seq, m.source_id AS from_id, m.target_id AS to_id, m.contract_ids \
      FROM zengxin.party_merge m WHERE m.institution_id = $1 AND m.merged_on > $2 \
      UNION ALL SELECT m.undone_seq, m.target_id, m.source_id, m.contract_ids \
      FROM zengxin.party_merge m WHERE m.institution_id = $1 AND m.undone_on > $2), \
    moved AS (SELECT DISTINCT u.contract_id FROM moves m, unnest(m.contract_ids) AS u (contract_id)), \
    outstanding AS (SELECT e.contract_id, sum(e.amount_fen)::bigint AS fen FROM zengxin.contract_event e \
      WHERE e.institution_id = $1 AND e.effective_on <= $2 AND e.amount_fen <> 0 GROUP BY e.contract_id \
      HAVING sum(e.amount_fen) <> 0), \
    standing AS MATERIALIZED (SELECT c.id, c.number, c.client_id, m.contract_id AS moved_id, c.client_kind, c.kind, c.issuer_rating, c.credit_line_fen, c.operating_loan, c.region_code, c.industry_code, c.begun_on, c.end_day, \
      o.fen AS outstanding_fen FROM outstanding o \
      JOIN zengxin.contract c ON c.institution_id = $1 AND c.id = o.contract_id LEFT JOIN moved m ON m.contract_id = c.id) \
    SELECT (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.seq DESC), '[]') FROM moves m) AS moves, \
      (SELECT coalesce(jsonb_agg(to_jsonb(i)), '[]') FROM (SELECT client_id, moved_id, client_kind, kind, issuer_rating, \
        credit_line_fen, operating_loan, sum(outstanding_fen)::bigint AS amount_fen FROM standing GROUP BY 1, 2, 3, 4, 5, 6, 7) i) AS items, \
      (SELECT coalesce(sum(outstanding_fen), 0)::bigint FROM standing WHERE begun_on IS NULL OR begun_on > $2) AS committed_fen, \
      (SELECT coalesce(jsonb_agg(to_jsonb(g)), '[]') FROM (SELECT s.kind, s.code, i.section, s.outstanding_fen FROM ( \
          SELECT 'region' AS kind, region_code AS code, sum(outstanding_fen)::bigint AS outstanding_fen FROM standing GROUP BY 2 \
          UNION ALL SELECT 'industry', industry_code, sum(outstanding_fen)::bigint FROM standing \
          WHERE industry_code IS NOT NULL GROUP BY 2) s \
        LEFT JOIN zengxin.industry i ON s.kind = 'industry' AND i.code = left(s.code, 2) AND i.until_day IS NULL \
        ORDER BY s.kind, s.code) g) AS segments, \
      (SELECT coalesce(jsonb_agg(to_jsonb(b)), '[]') FROM (SELECT c.client_kind, e.small_ticket, count(*) AS contracts, \
          sum(c.amount_fen)::bigint AS amount_fen, \
          sum(CASE WHEN c.fee_known THEN c.amount_fen::numeric * (c.end_day - c.start_day) ELSE 0 END)::bigint AS amount_days, \
          sum(c.fee_fen)::bigint AS fee_fen \
        FROM zengxin.contract c JOIN zengxin.contract_event e ON e.institution_id = $1 AND e.contract_id = c.id \
          AND e.small_ticket IS NOT NULL \
        WHERE c.institution_id = $1 AND c.begun_on BETWEEN $6 AND $2 GROUP BY 1, 2) b) AS begun, (",
    due!(),
    " FROM standing c) AS due, (",
    twenty!("SELECT c.id, c.number, c.client_id, c.end_day, c.outstanding_fen FROM standing c WHERE c.end_day >= $2"),
    ") AS next"
);

#[derive(Debug, FromQueryResult)]
struct PastRead {
    moves: Value,
    items: Value,
    committed_fen: i64,
    segments: Value,
    begun: Value,
    due: Value,
    next: Value,
}

/// Contracts that went over from one party to another after the day.
#[derive(Deserialize, FromQueryResult)]
pub(super) struct MoveRow {
    from_id: Uuid,
    to_id: Uuid,
    contract_ids: Vec<Uuid>,
}

/// In whose book a contract was before these moves, the last of which comes first: one that was somewhere else was not moved by it.
pub(super) fn client_before(moves: &[MoveRow], contract: Uuid, client: Uuid) -> Uuid {
    moves.iter().fold(client, |client, moved| {
        if client == moved.to_id && moved.contract_ids.contains(&contract) { moved.from_id } else { client }
    })
}

/// Contracts of one client that count alike, or one that was moved later.
#[derive(Deserialize)]
struct ItemRow {
    client_id: Uuid,
    moved_id: Option<Uuid>,
    client_kind: String,
    kind: String,
    issuer_rating: Option<String>,
    credit_line_fen: i64,
    operating_loan: bool,
    amount_fen: i64,
}

#[derive(Deserialize)]
struct BegunRow {
    client_kind: String,
    small_ticket: bool,
    contracts: u64,
    amount_fen: i64,
    amount_days: i64,
    fee_fen: i64,
}

#[derive(Deserialize)]
struct SegmentRow {
    kind: String,
    code: String,
    section: Option<String>,
    outstanding_fen: i64,
}

impl TryFrom<&ItemRow> for Item {
    type Error = Problem;

    fn try_from(row: &ItemRow) -> Result<Self, Problem> {
        Ok(Self {
            amount: Money::from_fen(row.amount_fen),
            client_kind: of_word::<ClientKind>(&row.client_kind)?,
            kind: known::<ContractKind>(&row.kind)?.counted(row.issuer_rating.as_deref()),
            credit_line: Money::from_fen(row.credit_line_fen),
            operating_loan: row.operating_loan,
        })
    }
}

impl TryFrom<BegunRow> for Begun {
    type Error = Problem;

    fn try_from(row: BegunRow) -> Result<Self, Problem> {
        Ok(Self {
            client_kind: of_word(&row.client_kind)?,
            small_ticket: row.small_ticket,
            contracts: row.contracts,
            amount: Money::from_fen(row.amount_fen),
            volume: Volume::of_sums(row.amount_days.into(), Money::from_fen(row.fee_fen)),
        })
    }
}

impl From<SegmentRow> for Segment {
    fn from(row: SegmentRow) -> Self {
        let kind = if row.kind == "region" { SegmentKind::Region } else { SegmentKind::Industry };
        let outstanding = Money::from_fen(row.outstanding_fen);
        Self { kind, code: row.code, section: row.section, outstanding }
    }
}

/// What each client had, from its contracts.
fn clients_of(items: &[ItemRow], moves: &[MoveRow]) -> Result<BTreeMap<PartyId, ClientBook>, Problem> {
    let mut clients: BTreeMap<PartyId, ClientBook> = BTreeMap::new();
    for row in items {
        let of_item = Item::try_from(row)?.book()?;
        let client = row.moved_id.map_or(row.client_id, |contract| client_before(moves, contract, row.client_id));
        let book = clients.entry(PartyId::from_uuid(client)).or_default();
        *book = book.plus(of_item)?;
    }
    Ok(clients)
}

/// The book of a past day, from every event that counts up to it.
pub async fn past(scope: &Scope, day: Day) -> Result<Past, Problem> {
    let [on, first, second, third] = horizon(day)?;
    let new_year = NaiveDate::from_ymd_opt(day.year(), 1, 1).ok_or_else(Problem::internal)?;
    let values = [scope.tenant().uuid().into(), on.into(), first.into(), second.into(), third.into(), new_year.into()];
    let read = PastRead::find_by_statement(statement_of(PAST, values)).one(scope.tx()).await?;
    let read = read.ok_or_else(Problem::internal)?;
    let moves: Vec<MoveRow> = shaped(read.moves)?;
    let clients = clients_of(&shaped::<Vec<ItemRow>>(read.items)?, &moves)?;
    let mut maturities: Maturities = (read.due, read.next).try_into()?;
    for ending in &mut maturities.next {
        ending.client = PartyId::from_uuid(client_before(&moves, ending.contract.uuid(), ending.client.uuid()));
    }
    let mut new_business = NewBusiness::default();
    for row in shaped::<Vec<BegunRow>>(read.begun)? {
        new_business = new_business.with(row.try_into()?)?;
    }
    let standing = Standing {
        book: Book::of(clients.values())?,
        committed: Money::from_fen(read.committed_fen),
        new_business,
        maturities,
    };
    let segments = shaped::<Vec<SegmentRow>>(read.segments)?.into_iter().map(Segment::from).collect();
    Ok(Past { standing, clients, segments })
}

#[derive(Debug, FromQueryResult)]
struct Rows {
    rows: Value,
}

/// The largest clients by total: $1 institution, $2 and $3 total and id of the last one before, $4 limit.
pub const CLIENTS: &str = "SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') AS rows FROM ( \
    SELECT * FROM zengxin.client_exposure WHERE institution_id = $1 AND total_fen > 0 AND (total_fen, party_id) < ($2, $3) \
    ORDER BY total_fen DESC, party_id DESC LIMIT $4) e";

/// At most `CLIENTS_AT_ONCE` clients as they are, those with the largest totals first, after one of them.
pub async fn largest_clients(
    scope: &Scope,
    after: Option<(Money, PartyId)>,
) -> Result<Vec<(PartyId, ClientBook)>, Problem> {
    let (total, party) = after.map_or((i64::MAX, Uuid::max()), |(total, party)| (total.fen(), party.uuid()));
    let values = [scope.tenant().uuid().into(), total.into(), party.into(), CLIENTS_AT_ONCE.into()];
    let read = Rows::find_by_statement(statement_of(CLIENTS, values)).one(scope.tx()).await?;
    let rows: Vec<ClientRow> = shaped(read.ok_or_else(Problem::internal)?.rows)?;
    Ok(rows.iter().map(|row| (PartyId::from_uuid(row.party_id), row.into())).collect())
}

/// A member of a related group on a day.
#[derive(Clone, Debug)]
pub struct Member {
    /// The group.
    pub group: PartyGroupId,
    /// Its name.
    pub group_name: String,
    /// The member: the party that stands for it.
    pub party: PartyId,
    /// What it has now.
    pub book: ClientBook,
}

#[derive(Deserialize)]
struct MemberRow {
    group_id: Uuid,
    group_name: String,
    party_id: Uuid,
    book: Option<ClientRow>,
}

/// A merge of rows `r` that stood on the day $2.
macro_rules! stood {
    ($source:literal) => {
        concat!(
            "(SELECT r.target_id FROM zengxin.party_merge r WHERE r.institution_id = $1 AND r.source_id = ",
            $source,
            " AND r.merged_on <= $2 AND (r.undone_on IS NULL OR r.undone_on > $2) OFFSET 0)"
        )
    };
}

/// The members of every related group: $1 institution, $2 day. Each is the party that stood for it on the day, once in a group. Everything is
/// looked up member by member (`OFFSET 0`), because of a recursion the planner expects many rows and would read whole tables.
pub const MEMBERS: &str = concat!(
    "WITH RECURSIVE stands AS (SELECT m.group_id, m.party_id AS id FROM zengxin.party_group_member m \
      WHERE m.institution_id = $1 AND m.from_day <= $2 AND (m.until_day IS NULL OR m.until_day > $2) \
      UNION SELECT s.group_id, x.target_id FROM stands s CROSS JOIN LATERAL ",
    stood!("s.id"),
    " x) \
    SELECT coalesce(jsonb_agg(jsonb_build_object('group_id', s.group_id, 'group_name', g.name, 'party_id', s.id, 'book', e.book) \
      ORDER BY s.group_id, s.id), '[]') AS rows \
    FROM stands s JOIN zengxin.party_group g ON g.institution_id = $1 AND g.id = s.group_id LEFT JOIN LATERAL ",
    stood!("s.id"),
    " x ON true LEFT JOIN LATERAL (SELECT to_jsonb(c) AS book FROM zengxin.client_exposure c \
      WHERE c.institution_id = $1 AND c.party_id = s.id OFFSET 0) e ON true \
    WHERE x.target_id IS NULL"
);

/// The members of every related group on a day, each with what it has now.
pub async fn members(scope: &Scope, day: Day) -> Result<Vec<Member>, Problem> {
    let values = [scope.tenant().uuid().into(), day.date().into()];
    let read = Rows::find_by_statement(statement_of(MEMBERS, values)).one(scope.tx()).await?;
    let rows: Vec<MemberRow> = shaped(read.ok_or_else(Problem::internal)?.rows)?;
    let member = |row: MemberRow| Member {
        group: PartyGroupId::from_uuid(row.group_id),
        group_name: row.group_name,
        party: PartyId::from_uuid(row.party_id),
        book: row.book.as_ref().map(ClientBook::from).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(member).collect())
}

/// What is outstanding by region and industry: $1 institution.
pub const SEGMENTS: &str = "SELECT coalesce(jsonb_agg(to_jsonb(g)), '[]') AS rows FROM ( \
    SELECT s.kind, s.code, i.section, s.outstanding_fen FROM zengxin.segment_exposure s \
    LEFT JOIN zengxin.industry i ON s.kind = 'industry' AND i.code = left(s.code, 2) AND i.until_day IS NULL \
    WHERE s.institution_id = $1 AND s.outstanding_fen > 0 ORDER BY s.kind, s.code) g";

/// What is outstanding by region and industry as it is.
pub async fn segments(scope: &Scope) -> Result<Vec<Segment>, Problem> {
    let read = Rows::find_by_statement(statement_of(SEGMENTS, [scope.tenant().uuid().into()])).one(scope.tx()).await?;
    let rows: Vec<SegmentRow> = shaped(read.ok_or_else(Problem::internal)?.rows)?;
    Ok(rows.into_iter().map(Segment::from).collect())
}

/// What second persons and the book itself have said up to a day.
#[derive(Clone, Debug)]
pub struct Marks {
    /// How many exceptions were granted in the year up to the day.
    pub exceptions: i64,
    /// The alerts that were open at the end of the day, newest first.
    pub alerts: Vec<Alert>,
}

/// $1 institution, $2 day, $3 the first day of its year.
pub const EXCEPTIONS: &str = "SELECT count(*) AS exceptions FROM zengxin.contract_exception x \
    WHERE x.institution_id = $1 AND x.granted_on BETWEEN $3 AND $2";

#[derive(Debug, FromQueryResult)]
struct Exceptions {
    exceptions: i64,
}

/// The exceptions of the year up to a day, and the alerts that were open on it.
pub async fn marks(scope: &Scope, day: Day) -> Result<Marks, Problem> {
    let new_year = NaiveDate::from_ymd_opt(day.year(), 1, 1).ok_or_else(Problem::internal)?;
    let values = [scope.tenant().uuid().into(), day.date().into(), new_year.into()];
    let read = Exceptions::find_by_statement(statement_of(EXCEPTIONS, values)).one(scope.tx()).await?;
    let exceptions = read.ok_or_else(Problem::internal)?.exceptions;
    Ok(Marks { exceptions, alerts: super::drift_alert::open_on(scope, day).await? })
}
