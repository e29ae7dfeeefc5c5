//! Who cedes to an upper layer, and the sums of it: folds of the (upper, cedent) rows, which the bookings of the cedents keep.

use super::{
    Scope,
    agreement_terms::{self, Terms},
    contract::rate_of,
    dated::day,
    known, of_word, statement_of,
};
use crate::{
    auth::{InstitutionKind, words},
    error::Problem,
};
use chrono::NaiveDate;
use domain::{
    cession::{Beginning, Part},
    client::ClientKind,
    risk::Role,
    value::{Day, InstitutionId, Money, Term},
};
use sea_orm::FromQueryResult;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is ceded at one share by one cedent.
#[derive(Debug, FromQueryResult)]
struct PartRow {
    institution_id: Uuid,
    share_e10: i64,
    contracts: i64,
    outstanding_fen: i64,
    small_agri_fen: i64,
}

const PARTS: &str = "SELECT p.institution_id, p.share_e10, p.contracts, p.outstanding_fen, p.small_agri_fen \
    FROM zengxin.cession_position p WHERE p.reguarantor_id = $1 ORDER BY p.institution_id, p.share_e10";

/// What each cedent has ceded to the institution, by shares.
pub async fn parts(scope: &Scope) -> Result<Vec<(InstitutionId, Part)>, Problem> {
    let rows = PartRow::find_by_statement(statement_of(PARTS, [scope.tenant().uuid().into()])).all(scope.tx()).await?;
    let part = |row: PartRow| Part {
        share: rate_of(row.share_e10),
        contracts: row.contracts,
        outstanding: Money::from_fen(row.outstanding_fen),
        small_agri: Money::from_fen(row.small_agri_fen),
    };
    Ok(rows.into_iter().map(|row| (InstitutionId::from_uuid(row.institution_id), part(row))).collect())
}

#[derive(Debug, FromQueryResult)]
struct AmountRow {
    institution_id: Uuid,
    amount: i64,
}

const GRANTED: &str = "SELECT q.cedent_id AS institution_id, q.granted_fen AS amount FROM zengxin.quota_grant q \
    WHERE q.institution_id = $1 AND q.year = $2";

const USED: &str =
    "SELECT u.institution_id, u.used_fen AS amount FROM zengxin.quota_use u WHERE u.of_id = $1 AND u.year = $2";

const ALERTS: &str = "SELECT a.institution_id, count(*) AS amount FROM zengxin.drift_alert a \
    WHERE (a.reguarantor_id = $1 OR a.national_id = $1) AND a.cleared_on IS NULL GROUP BY a.institution_id";

/// Amounts by institution. $1 the upper layer, $2 the year, where the statement asks for one.
async fn amounts(scope: &Scope, sql: &str, year: Option<i32>) -> Result<BTreeMap<InstitutionId, i64>, Problem> {
    let values = [Some(scope.tenant().uuid().into()), year.map(sea_orm::Value::from)].into_iter().flatten();
    let rows = AmountRow::find_by_statement(statement_of(sql, values)).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| (InstitutionId::from_uuid(row.institution_id), row.amount)).collect())
}

/// What the institution has granted to each below it for a year.
pub async fn granted(scope: &Scope, year: i32) -> Result<BTreeMap<InstitutionId, Money>, Problem> {
    Ok(amounts(scope, GRANTED, Some(year)).await?.into_iter().map(|(id, fen)| (id, Money::from_fen(fen))).collect())
}

/// What each cedent has used of the institution's quota of a year.
pub async fn used(scope: &Scope, year: i32) -> Result<BTreeMap<InstitutionId, Money>, Problem> {
    Ok(amounts(scope, USED, Some(year)).await?.into_iter().map(|(id, fen)| (id, Money::from_fen(fen))).collect())
}

/// How many alerts of each cedent's shares are open.
pub async fn alerts(scope: &Scope) -> Result<BTreeMap<InstitutionId, i64>, Problem> {
    amounts(scope, ALERTS, None).await
}

/// Contracts of a cedent that began in a year, alike in whatever a re-guarantee fee is computed from.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The cedent.
    pub cedent: InstitutionId,
    /// As what the institution takes part.
    pub role: Role,
    /// How many they are.
    pub contracts: i64,
    /// The guaranteed amount of each.
    pub amount: Money,
    /// As long as the term of each.
    pub term: Term,
    /// Their fees together, as the cedent states them.
    pub stated: Money,
    /// What they are of the small tickets that began.
    pub beginning: Beginning,
    /// The terms they were approved under, where these are known.
    pub terms: Option<Terms>,
}

#[derive(Debug, FromQueryResult)]
struct AlikeRow {
    institution_id: Uuid,
    layer: String,
    terms_id: Option<Uuid>,
    amount_fen: i64,
    days: i32,
    start_day: NaiveDate,
    contracts: i64,
    fee_fen: i64,
    share_e10: i64,
    client_kind: String,
    small_ticket: Option<bool>,
}

/// $1 the upper layer, $2 and $3 the first and the last day.
const ALIKE: &str = "SELECT c.institution_id, c.layer, t.id AS terms_id, c.amount_fen, c.end_day - c.start_day AS days, \
      min(c.start_day) AS start_day, count(*) AS contracts, sum(c.fee_fen)::bigint AS fee_fen, \
      c.share_e10, c.client_kind, c.small_ticket \
    FROM zengxin.cession c LEFT JOIN zengxin.agreement_terms t ON t.institution_id = c.institution_id \
      AND t.agreement_id = c.agreement_id AND t.from_day <= c.approved_on AND (t.until_day IS NULL OR t.until_day > c.approved_on) \
    WHERE c.reguarantor_id = $1 AND c.kind IN ('disbursed', 'taken_over') AND c.effective_on BETWEEN $2 AND $3 \
    GROUP BY c.institution_id, c.layer, t.id, c.amount_fen, c.end_day - c.start_day, c.share_e10, c.client_kind, c.small_ticket \
    ORDER BY c.institution_id";

/// What began from a first day to a last, for the fees and the small tickets.
pub async fn begun(scope: &Scope, first: NaiveDate, last: NaiveDate) -> Result<Vec<Alike>, Problem> {
    let values = [scope.tenant().uuid().into(), first.into(), last.into()];
    let rows = AlikeRow::find_by_statement(statement_of(ALIKE, values)).all(scope.tx()).await?;
    let ids = rows.iter().filter_map(|row| row.terms_id.map(|terms| (row.institution_id, terms)));
    let terms = agreement_terms::of_cedents(scope, ids).await?;
    let alike = |row: AlikeRow| {
        let days = u64::try_from(row.days).map_err(|_| Problem::internal())?;
        let end = row.start_day.checked_add_days(chrono::Days::new(days)).ok_or_else(Problem::internal)?;
        let of_row = row.terms_id.and_then(|id| terms.get(&(row.institution_id, id)).cloned());
        Ok(Alike {
            cedent: InstitutionId::from_uuid(row.institution_id),
            role: of_word(&row.layer)?,
            contracts: row.contracts,
            amount: Money::from_fen(row.amount_fen),
            term: Term::new(day(row.start_day)?, day(end)?).map_err(|_| Problem::internal())?,
            stated: Money::from_fen(row.fee_fen),
            beginning: Beginning {
                share: rate_of(row.share_e10),
                amount: Money::from_wide(i128::from(row.amount_fen).saturating_mul(row.contracts.into()))?,
                small_agri: of_word::<ClientKind>(&row.client_kind)?.is_small_agri(),
                small_ticket: row.small_ticket,
            },
            terms: of_row,
        })
    };
    rows.into_iter().map(alike).collect()
}

/// An institution below, and the province it belongs to.
#[derive(Clone, Debug)]
pub struct Below {
    /// Its id.
    pub id: InstitutionId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: InstitutionKind,
    /// Where it is, six digits of GB/T 2260.
    pub region: String,
    /// Who re-guarantees it on the day.
    pub reguarantor: Option<InstitutionId>,
}

#[derive(Debug, FromQueryResult)]
struct BelowRow {
    id: Uuid,
    code: String,
    name: String,
    kind: String,
    region_code: String,
    reguarantor_id: Option<Uuid>,
}

/// $1 institutions, $2 day.
const BELOW: &str = "SELECT i.id, i.code, i.name, i.kind, i.region_code, m.institution_id AS reguarantor_id FROM zengxin.institution i \
    LEFT JOIN zengxin.membership m ON m.member_id = i.id AND m.relation = 'reguarantees' \
      AND m.from_day <= $2 AND (m.until_day IS NULL OR m.until_day > $2) WHERE i.id = ANY ($1) ORDER BY i.id";

/// Institutions by their ids, each with whoever re-guarantees it on a day.
pub async fn below(scope: &Scope, ids: Vec<InstitutionId>, on: Day) -> Result<BTreeMap<InstitutionId, Below>, Problem> {
    let ids: Vec<Uuid> = ids.into_iter().map(InstitutionId::uuid).collect();
    let rows = BelowRow::find_by_statement(statement_of(BELOW, [ids.into(), on.date().into()])).all(scope.tx()).await?;
    let below = |row: BelowRow| {
        let id = InstitutionId::from_uuid(row.id);
        let reguarantor = row.reguarantor_id.map(InstitutionId::from_uuid);
        Ok((
            id,
            Below { id, code: row.code, name: row.name, kind: known(&row.kind)?, region: row.region_code, reguarantor },
        ))
    };
    rows.into_iter().map(below).collect()
}

words! {
    /// 构成维度。By what the sums of what is ceded are told apart.
    SliceDimension {
        /// 客户类型。
        ClientKind = "client_kind",
        /// 地市。
        Region = "region",
        /// 行业。
        Industry = "industry",
        /// 银行。
        Bank = "bank",
    }
}

/// What is ceded at one share with one kind of client, of one region, industry or bank.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Told apart by.
    pub dimension: SliceDimension,
    /// The client kind, the city's code, the industry's code or the bank's id; none where it is not known.
    pub key: Option<String>,
    /// Its name; none where the key says it, or where nobody named it.
    pub name: Option<String>,
    /// The sum.
    pub part: Part,
}

#[derive(Debug, FromQueryResult)]
struct SliceRow {
    dimension: String,
    key: Option<String>,
    name: Option<String>,
    share_e10: i64,
    client_kind: String,
    contracts: i64,
    outstanding_fen: i64,
}

/// $1 the upper layer, $2 cedent, $3 day. Counties are counted with their city.
const SLICES: &str = "WITH latest AS (SELECT DISTINCT ON (c.contract_id) c.* FROM zengxin.cession c \
      WHERE c.reguarantor_id = $1 AND c.institution_id = $2 ORDER BY c.contract_id, c.seq DESC, c.event_id DESC), \
    keyed AS (SELECT k.dimension, k.key, l.share_e10, l.client_kind, l.outstanding_fen FROM latest l, LATERAL (VALUES \
      ('client_kind', l.client_kind), ('region', left(l.region_code, 4) || '00'), ('industry', l.industry_code), \
      ('bank', l.bank_id::text)) k (dimension, key) WHERE l.outstanding_fen > 0), \
    summed AS (SELECT k.dimension, k.key, k.share_e10, k.client_kind, count(*) AS contracts, \
      sum(k.outstanding_fen)::bigint AS outstanding_fen FROM keyed k GROUP BY k.dimension, k.key, k.share_e10, k.client_kind) \
    SELECT s.dimension, s.key, coalesce(r.name, n.name, b.name) AS name, s.share_e10, s.client_kind, s.contracts, s.outstanding_fen \
    FROM summed s LEFT JOIN zengxin.region r ON s.dimension = 'region' AND r.code = s.key \
        AND r.from_day <= $3 AND (r.until_day IS NULL OR r.until_day > $3) \
      LEFT JOIN zengxin.industry n ON s.dimension = 'industry' AND n.code = s.key \
        AND n.from_day <= $3 AND (n.until_day IS NULL OR n.until_day > $3) \
      LEFT JOIN zengxin.bank b ON s.dimension = 'bank' AND b.id::text = s.key \
    ORDER BY s.dimension, s.key";

/// What a cedent has ceded to the institution, told apart by everything that the contracts say.
pub async fn slices(scope: &Scope, cedent: InstitutionId, on: Day) -> Result<Vec<Slice>, Problem> {
    let values = [scope.tenant().uuid().into(), cedent.uuid().into(), on.date().into()];
    let rows = SliceRow::find_by_statement(statement_of(SLICES, values)).all(scope.tx()).await?;
    let slice = |row: SliceRow| {
        let outstanding = Money::from_fen(row.outstanding_fen);
        let small_agri = of_word::<ClientKind>(&row.client_kind)?.is_small_agri();
        let small_agri = if small_agri { outstanding } else { Money::ZERO };
        let part = Part { share: rate_of(row.share_e10), contracts: row.contracts, outstanding, small_agri };
        Ok(Slice { dimension: known(&row.dimension)?, key: row.key, name: row.name, part })
    };
    rows.into_iter().map(slice).collect()
}

#[derive(Debug, FromQueryResult)]
struct NameRow {
    code: String,
    name: String,
}

const REGIONS: &str = "SELECT r.code, r.name FROM zengxin.region r \
    WHERE r.code = ANY ($1) AND r.from_day <= $2 AND (r.until_day IS NULL OR r.until_day > $2)";

/// The names of regions on a day.
pub async fn region_names(scope: &Scope, codes: Vec<String>, on: Day) -> Result<BTreeMap<String, String>, Problem> {
    let statement = statement_of(REGIONS, [codes.into(), on.date().into()]);
    let rows = NameRow::find_by_statement(statement).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}
