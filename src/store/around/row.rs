//! What the statement answers, as JSON, and what it says.

use super::{AgreementAround, ClientAround, Granted, ProductAround};
use crate::{
    error::Problem,
    store::{
        contract::{rate_of, shares_of},
        dated::day,
        known, of_word,
        party::PartyKind,
        party_flag::Standing,
        quota_grant::QuotaGrant,
    },
};
use chrono::NaiveDate;
use domain::{
    case::Terms,
    finding::Row,
    local_limit::LocalRule,
    startup::OwnCaps,
    stated::{ProductTerms, StatedLimit},
    supervision::Statement,
    value::{Day, InstitutionId, Money, PartyId, Rate},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(Deserialize)]
pub(super) struct ClientRow {
    name: String,
    kind: String,
    region_code: String,
    industry_code: Option<String>,
    merged_into: Option<Uuid>,
    size_class: Option<String>,
    flags: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct GroupRow {
    pub(super) name: String,
    pub(super) members: BTreeSet<PartyId>,
}

#[derive(Deserialize)]
pub(super) struct AgreementRow {
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
pub(super) struct TermsRow {
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
pub(super) struct ProductRow {
    kind: String,
    client_max_fen: Option<i64>,
    startup_person_max_fen: Option<i64>,
    startup_enterprise_max_fen: Option<i64>,
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
pub(super) struct StatementRow {
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
pub(super) struct LimitRow {
    rule: String,
    key_code: Option<String>,
    value: String,
    document: String,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
}

#[derive(Deserialize)]
pub(super) struct QuotaRow {
    institution_id: Uuid,
    granted_fen: i64,
    year: i32,
    document: String,
}

/// JSON of the database as one of the shapes above.
pub(in crate::store) fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|error| {
        tracing::error!(%error, "the database answered in a shape that this version does not know");
        Problem::internal()
    })
}

pub(super) fn shaped_or_none<T: DeserializeOwned>(value: Option<Value>) -> Result<Option<T>, Problem> {
    value.map(shaped).transpose()
}

pub(super) fn shaped_list<T: DeserializeOwned>(value: Option<Value>) -> Result<Vec<T>, Problem> {
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
        let ClientRow { name, kind, region_code, industry_code, merged_into, size_class, flags } = row;
        let standing = Standing {
            form: known::<PartyKind>(&kind)?.into(),
            industry_code,
            size: size_class.as_deref().map(of_word).transpose()?,
            flags: flags.iter().map(|flag| known(flag)).collect::<Result<_, _>>()?,
        };
        Ok(Self { name, region_code, standing, merged_into: merged_into.map(PartyId::from_uuid) })
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
pub(super) fn product_of(row: ProductRow, grade: Option<&str>) -> Result<ProductAround, Problem> {
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
            startup: OwnCaps {
                person: row.startup_person_max_fen.map(Money::from_fen),
                enterprise: row.startup_enterprise_max_fen.map(Money::from_fen),
            },
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

pub(super) fn limit_of(row: LimitRow) -> Result<StatedLimit, Problem> {
    let LimitRow { rule, key_code, value, document, from_day, until_day } = row;
    let (from, until) = (day(from_day)?, until_day.map(day).transpose()?);
    Ok(StatedLimit {
        rule: of_word::<LocalRule>(&rule)?,
        key: key_code,
        value: rate(&value)?,
        row: Row { document, clause: None, from, until, verified: true },
    })
}

pub(super) fn quota_of(row: QuotaRow) -> Result<Granted, Problem> {
    let QuotaRow { institution_id, granted_fen, year, document } = row;
    granted_for(InstitutionId::from_uuid(institution_id), year, Money::from_fen(granted_fen), document)
}

/// A grant, as it is held against what is used.
pub(in crate::store) fn granted(grant: QuotaGrant) -> Result<Granted, Problem> {
    granted_for(grant.reguarantor, grant.year, grant.granted, grant.document)
}

fn granted_for(by: InstitutionId, year: i32, amount: Money, document: String) -> Result<Granted, Problem> {
    let begins = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).and_then(Day::from_date).ok_or_else(Problem::internal);
    let (from, until) = (begins(year)?, begins(year.saturating_add(1))?);
    Ok(Granted { by, amount, row: Row { document, clause: None, from, until: Some(until), verified: true } })
}
