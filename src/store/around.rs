//! What stands around a contract on a day – client, group, agreement, product, statement, limits, quotas – read in one statement.

use super::{
    Scope,
    contract::{ProductKey, rate_of, shares_of},
    dated::day,
    known, of_word,
    party_flag::Standing,
    statement_of,
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::{
    case::Terms,
    contract::EarlyRelease,
    finding::Row,
    liability::Leverage,
    local_limit::LocalRule,
    party::EquityInvestment,
    product::ProductKind,
    stated::{ProductTerms, StatedLimit},
    supervision::Statement,
    value::{Day, InstitutionId, Money, PartyId, Rate},
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The client of a contract on a day.
#[derive(Clone, Debug)]
pub struct ClientAround {
    /// Its name.
    pub name: String,
    /// The version that was read.
    pub version: i64,
    /// Its region.
    pub region_code: String,
    /// How it stands.
    pub standing: Standing,
    /// The party it was merged into.
    pub merged_into: Option<PartyId>,
}

/// The related group of the client.
#[derive(Clone, Debug)]
pub struct GroupAround {
    /// Its name; that of each, when parties of several groups turned out to be one.
    pub name: String,
    /// Its members on the day, the client among them, each with the version that was read. Of parties that turned out to be one the one
    /// that stands for them.
    pub members: BTreeMap<PartyId, i64>,
}

/// The agreement with its terms on the day.
#[derive(Clone, Debug)]
pub struct AgreementAround {
    /// Its id.
    pub id: Uuid,
    /// The bank it is with.
    pub bank: Option<Uuid>,
    /// The provincial re-guarantor it is with.
    pub provincial: Option<InstitutionId>,
    /// The national fund, when it is in it.
    pub national: Option<InstitutionId>,
    /// The products it covers; every one without.
    pub products: Vec<Uuid>,
    /// The most under it.
    pub cap: Option<Money>,
    /// Its days, and its number as the document they stand in.
    pub row: Row,
    /// The terms in force on the day; none outside the agreement's own days.
    pub terms: Option<(Terms, EarlyRelease)>,
}

/// The product on the day.
#[derive(Clone, Debug)]
pub struct ProductAround {
    /// What kind it is.
    pub kind: ProductKind,
    /// Its terms, chosen for the client's grade.
    pub terms: ProductTerms,
    /// Its grades of clients, when it has any.
    pub grades: Vec<String>,
}

/// What a re-guarantor has granted for the year.
#[derive(Clone, Debug)]
pub struct Granted {
    /// The re-guarantor.
    pub by: InstitutionId,
    /// How much.
    pub amount: Money,
    /// By which document.
    pub row: Row,
}

/// What is known of an institution as a whole on a day.
#[derive(Clone, Debug)]
pub struct InstitutionAround {
    /// The statement that counts on the day.
    pub statement: Option<Statement>,
    /// The local limits that bind on the day.
    pub limits: Vec<StatedLimit>,
    /// Which multiple of net assets the institution may reach.
    pub leverage: Leverage,
    /// The register of equity investments on the day.
    pub investments: Vec<EquityInvestment>,
}

/// Everything around a contract.
#[derive(Clone, Debug)]
pub struct Around {
    /// The client.
    pub client: ClientAround,
    /// Its related group.
    pub group: Option<GroupAround>,
    /// The agreement; none of a contract that was taken over.
    pub agreement: Option<AgreementAround>,
    /// The product, when the contract names one that is in force and open to the institution.
    pub product: Option<ProductAround>,
    /// The institution.
    pub institution: InstitutionAround,
    /// The quotas granted to the institution for the year.
    pub quotas: Vec<Granted>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The client.
    pub client: PartyId,
    /// The agreement; none of a contract that was taken over.
    pub agreement: Option<Uuid>,
    /// The product.
    pub product: Option<ProductKey>,
    /// The client's grade under the product.
    pub grade: Option<&'a str>,
    /// The day.
    pub day: Day,
}

/// In force on a day.
macro_rules! in_force {
    ($row:literal, $day:literal) => {
        concat!($row, ".from_day <= ", $day, " AND (", $row, ".until_day IS NULL OR ", $row, ".until_day > ", $day, ")")
    };
}

/// Stated by somebody who is above the institution, $1, on a day, in a relation.
macro_rules! stated_from_above {
    ($row:literal, $relation:literal, $day:literal) => {
        concat!(
            "EXISTS (SELECT FROM zengxin.membership m WHERE m.institution_id = ",
            $row,
            ".institution_id AND m.member_id = $1 AND m.relation = '",
            $relation,
            "' AND ",
            in_force!("m", $day),
            ")"
        )
    };
}

/// What is known of the institution, $1, on a day; see `local_limit::binding` and `confirmation::holds`.
macro_rules! of_institution {
    ($day:literal) => {
        concat!(
            "(SELECT to_jsonb(s) FROM zengxin.financial_statement s WHERE s.institution_id = $1 AND s.as_of <= ",
            $day,
            " ORDER BY s.as_of DESC, s.seq DESC LIMIT 1) AS statement, \
            (SELECT jsonb_agg(to_jsonb(l) ORDER BY l.id) FROM zengxin.local_limit l WHERE l.member_id = $1 AND ",
            in_force!("l", $day),
            " AND (l.institution_id = $1 OR ",
            stated_from_above!("l", "reguarantees", $day),
            ")) AS limits, \
            (SELECT jsonb_agg(c.kind) FROM zengxin.supervisor_confirmation c WHERE c.member_id = $1 AND ",
            in_force!("c", $day),
            " AND ",
            stated_from_above!("c", "supervises", $day),
            ") AS confirmed, \
            (SELECT jsonb_agg(e.technology_linkage) FROM zengxin.equity_investment e WHERE e.institution_id = $1 AND ",
            in_force!("e", $day),
            ") AS investments"
        )
    };
}

/// $1 institution, $2 client, $3 agreement, $4 product, $5 its stater, $6 day, $7 its year.
///
/// `same` is the client with those that were merged into it: what is said of one of them is said of it. `member` are the parties of their
/// groups, and whoever stands for one of these; each is looked up by its id (`OFFSET 0`), because of a recursion the planner expects many
/// rows and would read all parties at once.
const AROUND: &str = concat!(
    "WITH RECURSIVE same AS (SELECT $2::uuid AS id \
      UNION SELECT m.source_id FROM zengxin.party_merge m JOIN same s ON m.target_id = s.id \
      WHERE m.institution_id = $1 AND m.undone_on IS NULL), \
    own_group AS (SELECT DISTINCT m.group_id AS id FROM zengxin.party_group_member m JOIN same s ON m.party_id = s.id \
      WHERE m.institution_id = $1 AND m.from_day <= $6 AND (m.until_day IS NULL OR m.until_day > $6)), \
    member AS (SELECT m.party_id AS id FROM zengxin.party_group_member m JOIN own_group g ON m.group_id = g.id \
      WHERE m.institution_id = $1 AND m.from_day <= $6 AND (m.until_day IS NULL OR m.until_day > $6) \
      UNION SELECT p.merged_into FROM member m CROSS JOIN LATERAL (SELECT r.merged_into FROM zengxin.party r \
        WHERE r.institution_id = $1 AND r.id = m.id OFFSET 0) p WHERE p.merged_into IS NOT NULL) \
    SELECT \
    (SELECT jsonb_build_object('name', p.name, 'version', p.version, 'kind', p.kind, 'region_code', p.region_code, 'industry_code', p.industry_code, \
      'merged_into', p.merged_into, 'size_class', (SELECT s.size_class FROM zengxin.party_size_input s \
        WHERE s.institution_id = $1 AND s.party_id = $2 AND s.filed_on <= $6 ORDER BY s.financial_year DESC, s.seq DESC LIMIT 1), \
      'flags', coalesce((SELECT jsonb_agg(f.kind) FROM zengxin.party_flag f JOIN same s ON f.party_id = s.id WHERE f.institution_id = $1 \
        AND f.from_day <= $6 AND (f.until_day IS NULL OR f.until_day > $6)), '[]')) \
     FROM zengxin.party p WHERE p.institution_id = $1 AND p.id = $2) AS client, \
    (SELECT jsonb_build_object('name', (SELECT string_agg(g.name, '、' ORDER BY g.id) FROM zengxin.party_group g JOIN own_group o \
        ON g.id = o.id WHERE g.institution_id = $1), 'members', jsonb_object_agg(p.id, p.version)) \
     FROM member m CROSS JOIN LATERAL (SELECT r.id, r.version, r.merged_into FROM zengxin.party r \
        WHERE r.institution_id = $1 AND r.id = m.id OFFSET 0) p WHERE p.merged_into IS NULL HAVING count(*) > 0) AS related, \
    (SELECT to_jsonb(a) FROM zengxin.agreement a WHERE a.institution_id = $1 AND a.id = $3) AS agreement, \
    (SELECT to_jsonb(t) FROM zengxin.agreement_terms t \
      JOIN zengxin.agreement a ON a.institution_id = t.institution_id AND a.id = t.agreement_id \
      WHERE t.institution_id = $1 AND t.agreement_id = $3 \
      AND t.from_day <= $6 AND (t.until_day IS NULL OR t.until_day > $6) \
      AND a.from_day <= $6 AND (a.until_day IS NULL OR a.until_day > $6)) AS terms, \
    (SELECT to_jsonb(x) FROM zengxin.product x WHERE x.institution_id = $5 AND x.id = $4 \
      AND x.from_day <= $6 AND (x.until_day IS NULL OR x.until_day > $6)) AS product, \
    (SELECT jsonb_agg(to_jsonb(q)) FROM zengxin.quota_grant q WHERE q.cedent_id = $1 AND q.year = $7) AS quotas, ",
    of_institution!("$6")
);

/// $1 institution, $2 day.
const INSTITUTION: &str = concat!(
    "SELECT EXISTS (SELECT FROM zengxin.agreement a WHERE a.institution_id = $1 AND a.national_id IS NOT NULL \
      AND a.from_day <= $2 AND (a.until_day IS NULL OR a.until_day > $2)) AS nationally_supported, ",
    of_institution!("$2")
);

#[derive(Debug, FromQueryResult)]
struct Read {
    client: Option<Value>,
    related: Option<Value>,
    agreement: Option<Value>,
    terms: Option<Value>,
    product: Option<Value>,
    quotas: Option<Value>,
    #[sea_orm(nested)]
    institution: InstitutionRead,
}

#[derive(Debug, FromQueryResult)]
struct InstitutionRead {
    statement: Option<Value>,
    limits: Option<Value>,
    confirmed: Option<Value>,
    investments: Option<Value>,
}

#[derive(Debug, FromQueryResult)]
struct SupportedRead {
    nationally_supported: bool,
    #[sea_orm(nested)]
    institution: InstitutionRead,
}

#[derive(Deserialize)]
struct ClientRow {
    name: String,
    version: i64,
    kind: String,
    region_code: String,
    industry_code: Option<String>,
    merged_into: Option<Uuid>,
    size_class: Option<String>,
    flags: Vec<String>,
}

#[derive(Deserialize)]
struct GroupRow {
    name: String,
    members: BTreeMap<PartyId, i64>,
}

#[derive(Deserialize)]
struct AgreementRow {
    id: Uuid,
    number: String,
    bank_id: Option<Uuid>,
    provincial_id: Option<Uuid>,
    national_id: Option<Uuid>,
    product_ids: Vec<Uuid>,
    cap_fen: Option<i64>,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct TermsRow {
    bank_share_e10: i64,
    institution_share_e10: i64,
    provincial_share_e10: i64,
    national_share_e10: i64,
    local_finance_share_e10: i64,
    other_share_e10: i64,
    provincial_fee_rate_e10: i64,
    national_fee_rate_e10: i64,
    early_release: String,
}

#[derive(Deserialize)]
struct ProductRow {
    kind: String,
    client_max_fen: Option<i64>,
    fee_max: Option<String>,
    reguarantee_fee_max: Option<String>,
    bank_min: Option<String>,
    provincial_min: Option<String>,
    grade1_name: Option<String>,
    grade1_national_max: Option<String>,
    grade2_name: Option<String>,
    grade2_national_max: Option<String>,
    grade3_name: Option<String>,
    grade3_national_max: Option<String>,
    replaces_rules: String,
    document: String,
    clause: String,
    verified: bool,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct StatementRow {
    net_assets_fen: i64,
    unearned_reserve_fen: i64,
    compensation_reserve_fen: i64,
    total_assets_fen: i64,
    payout_receivables_fen: i64,
    grade1_fen: i64,
    grade2_fen: i64,
    grade3_fen: i64,
}

#[derive(Deserialize)]
struct LimitRow {
    rule: String,
    key_code: Option<String>,
    value: String,
    document: String,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct QuotaRow {
    institution_id: Uuid,
    granted_fen: i64,
    year: i32,
    document: String,
}

/// JSON of the database as one of the shapes above.
pub(super) fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|error| {
        tracing::error!(%error, "the database answered in a shape that this version does not know");
        Problem::internal()
    })
}

fn shaped_or_none<T: DeserializeOwned>(value: Option<Value>) -> Result<Option<T>, Problem> {
    value.map(shaped).transpose()
}

fn shaped_list<T: DeserializeOwned>(value: Option<Value>) -> Result<Vec<T>, Problem> {
    value.map_or_else(|| Ok(Vec::new()), shaped)
}

fn rate(text: &str) -> Result<Rate, Problem> {
    text.parse().map_err(|_| Problem::internal())
}

fn rate_or_none(text: Option<&str>) -> Result<Option<Rate>, Problem> {
    text.map(rate).transpose()
}

impl TryFrom<ClientRow> for ClientAround {
    type Error = Problem;

    fn try_from(row: ClientRow) -> Result<Self, Problem> {
        let ClientRow { name, version, kind, region_code, industry_code, merged_into, size_class, flags } = row;
        let standing = Standing {
            form: known::<super::party::PartyKind>(&kind)?.into(),
            industry_code,
            size: size_class.as_deref().map(of_word).transpose()?,
            flags: flags.iter().map(|flag| known(flag)).collect::<Result<_, _>>()?,
        };
        Ok(Self { name, version, region_code, standing, merged_into: merged_into.map(PartyId::from_uuid) })
    }
}

impl TryFrom<(AgreementRow, Option<TermsRow>)> for AgreementAround {
    type Error = Problem;

    fn try_from((row, terms): (AgreementRow, Option<TermsRow>)) -> Result<Self, Problem> {
        let terms = terms.map(|terms| -> Result<_, Problem> {
            let shares = shares_of([
                terms.bank_share_e10,
                terms.institution_share_e10,
                terms.provincial_share_e10,
                terms.national_share_e10,
                terms.local_finance_share_e10,
                terms.other_share_e10,
            ])?;
            let (provincial, national) = (rate_of(terms.provincial_fee_rate_e10), rate_of(terms.national_fee_rate_e10));
            let read = Terms { shares, provincial_fee_rate: provincial, national_fee_rate: national };
            Ok((read, of_word(&terms.early_release)?))
        });
        Ok(Self {
            id: row.id,
            bank: row.bank_id,
            provincial: row.provincial_id.map(InstitutionId::from_uuid),
            national: row.national_id.map(InstitutionId::from_uuid),
            products: row.product_ids,
            cap: row.cap_fen.map(Money::from_fen),
            row: Row {
                document: row.number,
                clause: None,
                from: day(row.from_day)?,
                until: row.until_day.map(day).transpose()?,
                verified: true,
            },
            terms: terms.transpose()?,
        })
    }
}

/// A product's terms for a client of `grade`; one of another grade, or of none, gets no national share from the grades.
fn product_of(row: ProductRow, grade: Option<&str>) -> Result<ProductAround, Problem> {
    let grades = [
        (row.grade1_name, row.grade1_national_max),
        (row.grade2_name, row.grade2_national_max),
        (row.grade3_name, row.grade3_national_max),
    ];
    let national_max = match grades.iter().find(|(name, _)| name.is_some() && name.as_deref() == grade) {
        Some((_, most)) => rate_or_none(most.as_deref())?,
        None => None,
    };
    let row_of = Row {
        document: row.document,
        clause: Some(row.clause),
        from: day(row.from_day)?,
        until: row.until_day.map(day).transpose()?,
        verified: row.verified,
    };
    Ok(ProductAround {
        kind: of_word(&row.kind)?,
        terms: ProductTerms {
            client_max: row.client_max_fen.map(Money::from_fen),
            fee_max: rate_or_none(row.fee_max.as_deref())?,
            reguarantee_fee_max: rate_or_none(row.reguarantee_fee_max.as_deref())?,
            bank_min: rate_or_none(row.bank_min.as_deref())?,
            provincial_min: rate_or_none(row.provincial_min.as_deref())?,
            national_max,
            replaces: row.replaces_rules.split_whitespace().map(str::to_owned).collect(),
            row: Some(row_of),
        },
        grades: grades.into_iter().filter_map(|(name, _)| name).collect(),
    })
}

impl From<StatementRow> for Statement {
    fn from(row: StatementRow) -> Self {
        Self {
            net_assets: Money::from_fen(row.net_assets_fen),
            unearned_reserve: Money::from_fen(row.unearned_reserve_fen),
            compensation_reserve: Money::from_fen(row.compensation_reserve_fen),
            total_assets: Money::from_fen(row.total_assets_fen),
            payout_receivables: Money::from_fen(row.payout_receivables_fen),
            grade1: Money::from_fen(row.grade1_fen),
            grade2: Money::from_fen(row.grade2_fen),
            grade3: Money::from_fen(row.grade3_fen),
        }
    }
}

fn limit_of(row: LimitRow) -> Result<StatedLimit, Problem> {
    let LimitRow { rule, key_code, value, document, from_day, until_day } = row;
    let (from, until) = (day(from_day)?, until_day.map(day).transpose()?);
    Ok(StatedLimit {
        rule: of_word::<LocalRule>(&rule)?,
        key: key_code,
        value: rate(&value)?,
        row: Row { document, clause: None, from, until, verified: true },
    })
}

fn quota_of(row: QuotaRow) -> Result<Granted, Problem> {
    let begins = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).and_then(Day::from_date).ok_or_else(Problem::internal);
    let (from, until) = (begins(row.year)?, begins(row.year.saturating_add(1))?);
    Ok(Granted {
        by: InstitutionId::from_uuid(row.institution_id),
        amount: Money::from_fen(row.granted_fen),
        row: Row { document: row.document, clause: None, from, until: Some(until), verified: true },
    })
}

impl TryFrom<InstitutionRead> for InstitutionAround {
    type Error = Problem;

    fn try_from(read: InstitutionRead) -> Result<Self, Problem> {
        let statement: Option<StatementRow> = shaped_or_none(read.statement)?;
        let confirmed: Vec<String> = shaped_list(read.confirmed)?;
        let is_confirmed = |kind: &str| confirmed.iter().any(|confirmed| confirmed == kind);
        let investments: Vec<bool> = shaped_list(read.investments)?;
        let confirmed_by_supervisor = is_confirmed("technology_linkage");
        Ok(Self {
            statement: statement.map(Statement::from),
            limits: shaped_list(read.limits)?.into_iter().map(limit_of).collect::<Result<_, _>>()?,
            leverage: if is_confirmed("mainly_small") { Leverage::MainlySmall } else { Leverage::General },
            investments: investments
                .into_iter()
                .map(|technology_linkage| EquityInvestment { technology_linkage, confirmed_by_supervisor })
                .collect(),
        })
    }
}

/// What is known of the institution as a whole on a day, and whether the national fund takes part in an agreement of that day.
pub async fn institution(scope: &Scope, day: Day) -> Result<(InstitutionAround, bool), Problem> {
    let values = [scope.tenant().uuid().into(), day.date().into()];
    let read = SupportedRead::find_by_statement(statement_of(INSTITUTION, values)).one(scope.tx()).await?;
    let SupportedRead { nationally_supported, institution } = read.ok_or_else(Problem::internal)?;
    Ok((institution.try_into()?, nationally_supported))
}

/// Everything around a contract; none when the client or the agreement is not the institution's.
pub async fn find(scope: &Scope, asked: Asked<'_>) -> Result<Option<Around>, Problem> {
    let Asked { client, agreement, product, grade, day } = asked;
    let values = [
        scope.tenant().uuid().into(),
        client.uuid().into(),
        agreement.into(),
        product.map(|product| product.id).into(),
        product.map(|product| product.stated_by.uuid()).into(),
        day.date().into(),
        day.year().into(),
    ];
    let read = Read::find_by_statement(statement_of(AROUND, values)).one(scope.tx()).await?;
    let read = read.ok_or_else(Problem::internal)?;
    let (Some(client), true) = (read.client, read.agreement.is_some() == agreement.is_some()) else { return Ok(None) };
    let terms: Option<TermsRow> = shaped_or_none(read.terms)?;
    let agreement = read.agreement.map(|agreement| (shaped(agreement)?, terms).try_into()).transpose()?;
    let group: Option<GroupRow> = shaped_or_none(read.related)?;
    let product: Option<ProductRow> = shaped_or_none(read.product)?;
    Ok(Some(Around {
        client: shaped::<ClientRow>(client)?.try_into()?,
        group: group.map(|GroupRow { name, members }| GroupAround { name, members }),
        agreement,
        product: product.map(|product| product_of(product, grade)).transpose()?,
        institution: read.institution.try_into()?,
        quotas: shaped_list(read.quotas)?.into_iter().map(quota_of).collect::<Result<_, _>>()?,
    }))
}
