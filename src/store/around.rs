//! What stands around a contract on a day – client, group, agreement, product, statement, limits, quotas – read in one statement.

mod row;

pub(super) use row::{granted, shaped};

use super::{Scope, contract::ProductKey, party_flag::Standing, statement_of};
use crate::error::Problem;
use domain::{
    case::Terms,
    contract::EarlyRelease,
    finding::Row,
    liability::Leverage,
    party::EquityInvestment,
    product::ProductKind,
    stated::{ProductTerms, StatedLimit},
    supervision::Statement,
    value::{Day, InstitutionId, Money, PartyId},
};
use row::{
    ClientRow, GroupRow, ProductRow, StatementRow, TermsRow, limit_of, product_of, quota_of, shaped_list,
    shaped_or_none,
};
use sea_orm::FromQueryResult;
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The client of a contract on a day.
#[derive(Clone, Debug)]
pub struct ClientAround {
    /// Its name.
    pub name: String,
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
    /// Its members on the day, the client among them. Of parties that turned out to be one the one that stands for them.
    pub members: BTreeSet<PartyId>,
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
    /// Whether the national fund supports it: it takes part in an agreement of the day, whichever a contract is under
    /// (国家融资担保基金支持的融资担保公司, 银发〔2018〕162号 七（十八）).
    pub nationally_supported: bool,
}

/// Everything around a contract.
///
/// What the institution itself says of its clients, agreements, limits and figures changes under the lock of its book only, and the act
/// leaves its number at the end of the journal: who finds there, once it has the lock, the number that it read before knows that all of
/// this still holds, and that it does until the lock is let go. What others say – products, quotas, limits from above, confirmations,
/// memberships – is committed under locks of theirs: it holds as of the moment it was read.
#[derive(Clone, Debug)]
pub struct Around {
    /// The number of the last act of the institution that changed any of it.
    pub facts: i64,
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
            ") AS investments, \
            EXISTS (SELECT FROM zengxin.agreement a WHERE a.institution_id = $1 AND a.national_id IS NOT NULL AND ",
            in_force!("a", $day),
            ") AS nationally_supported"
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
    (SELECT jsonb_build_object('name', p.name, 'kind', p.kind, 'region_code', p.region_code, 'industry_code', p.industry_code, \
      'merged_into', p.merged_into, 'size_class', (SELECT s.size_class FROM zengxin.party_size_input s \
        WHERE s.institution_id = $1 AND s.party_id = $2 AND s.filed_on <= $6 ORDER BY s.financial_year DESC, s.seq DESC LIMIT 1), \
      'flags', coalesce((SELECT jsonb_agg(f.kind) FROM zengxin.party_flag f JOIN same s ON f.party_id = s.id WHERE f.institution_id = $1 \
        AND f.from_day <= $6 AND (f.until_day IS NULL OR f.until_day > $6)), '[]')) \
     FROM zengxin.party p WHERE p.institution_id = $1 AND p.id = $2) AS client, \
    (SELECT jsonb_build_object('name', (SELECT string_agg(g.name, '、' ORDER BY g.id) FROM zengxin.party_group g JOIN own_group o \
        ON g.id = o.id WHERE g.institution_id = $1), 'members', jsonb_agg(p.id)) \
     FROM member m CROSS JOIN LATERAL (SELECT r.id, r.merged_into FROM zengxin.party r \
        WHERE r.institution_id = $1 AND r.id = m.id OFFSET 0) p WHERE p.merged_into IS NULL HAVING count(*) > 0) AS related, \
    (SELECT to_jsonb(a) FROM zengxin.agreement a WHERE a.institution_id = $1 AND a.id = $3) AS agreement, \
    (SELECT to_jsonb(t) FROM zengxin.agreement_terms t \
      JOIN zengxin.agreement a ON a.institution_id = t.institution_id AND a.id = t.agreement_id \
      WHERE t.institution_id = $1 AND t.agreement_id = $3 \
      AND t.from_day <= $6 AND (t.until_day IS NULL OR t.until_day > $6) \
      AND a.from_day <= $6 AND (a.until_day IS NULL OR a.until_day > $6)) AS terms, \
    (SELECT to_jsonb(x) FROM zengxin.product x WHERE x.institution_id = $5 AND x.id = $4 \
      AND x.from_day <= $6 AND (x.until_day IS NULL OR x.until_day > $6)) AS product, \
    (SELECT jsonb_agg(to_jsonb(q)) FROM zengxin.quota_grant q WHERE q.cedent_id = $1 AND q.year = $7) AS quotas, \
    coalesce((SELECT h.facts_seq FROM zengxin.journal_head h WHERE h.institution_id = $1), 0) AS facts, ",
    of_institution!("$6")
);

/// $1 institution, $2 day.
const INSTITUTION: &str = concat!("SELECT ", of_institution!("$2"));

#[derive(Debug, FromQueryResult)]
struct Read {
    client: Option<Value>,
    related: Option<Value>,
    agreement: Option<Value>,
    terms: Option<Value>,
    product: Option<Value>,
    quotas: Option<Value>,
    facts: i64,
    #[sea_orm(nested)]
    institution: InstitutionRead,
}

#[derive(Debug, FromQueryResult)]
struct InstitutionRead {
    statement: Option<Value>,
    limits: Option<Value>,
    confirmed: Option<Value>,
    investments: Option<Value>,
    nationally_supported: bool,
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
            nationally_supported: read.nationally_supported,
        })
    }
}

/// What is known of the institution as a whole on a day.
pub async fn institution(scope: &Scope, day: Day) -> Result<InstitutionAround, Problem> {
    let values = [scope.tenant().uuid().into(), day.date().into()];
    let read = InstitutionRead::find_by_statement(statement_of(INSTITUTION, values)).one(scope.tx()).await?;
    read.ok_or_else(Problem::internal)?.try_into()
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
        facts: read.facts,
        client: shaped::<ClientRow>(client)?.try_into()?,
        group: group.map(|GroupRow { name, members }| GroupAround { name, members }),
        agreement,
        product: product.map(|product| product_of(product, grade)).transpose()?,
        institution: read.institution.try_into()?,
        quotas: shaped_list(read.quotas)?.into_iter().map(quota_of).collect::<Result<_, _>>()?,
    }))
}
