//! What stands around the contracts of an earlier book: its agreements, quotas and groups with their days, and on which days the
//! institution as a whole changed. Read once for an import, because a book has thousands of days.

use super::{
    Scope, agreement, agreement_terms,
    around::{Granted, granted},
    dated::day,
    quota_grant, statement_of,
};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::{
    finding::Row,
    value::{AgreementId, Day, PartyId},
};
use sea_orm::FromQueryResult;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An agreement with all its terms.
#[derive(Clone, Debug)]
pub struct AgreementDays {
    /// The agreement.
    pub agreement: agreement::Agreement,
    terms: Vec<agreement_terms::Terms>,
}

impl AgreementDays {
    /// The terms in force on a day; none outside the agreement's own days.
    pub fn terms(&self, day: Day) -> Option<&agreement_terms::Terms> {
        let holds = |terms: &&agreement_terms::Terms| terms.from <= day && terms.until.is_none_or(|until| day < until);
        self.terms.iter().find(holds).filter(|_| self.agreement.covers(day))
    }

    /// Its days, and its number as the document they stand in.
    pub fn row(&self) -> Row {
        let agreement::Agreement { number, from, until, .. } = &self.agreement;
        Row { document: number.clone(), clause: None, from: *from, until: *until, verified: true }
    }
}

/// The agreements of the institution, by their numbers.
pub async fn agreements(scope: &Scope) -> Result<BTreeMap<String, AgreementDays>, Problem> {
    let mut terms: BTreeMap<AgreementId, Vec<agreement_terms::Terms>> = BTreeMap::new();
    for of in agreement_terms::all(scope).await? {
        terms.entry(of.agreement).or_default().push(of);
    }
    let all = agreement::all(scope).await?.into_iter();
    Ok(all
        .map(|agreement| {
            let terms = terms.remove(&agreement.id).unwrap_or_default();
            (agreement.number.clone(), AgreementDays { agreement, terms })
        })
        .collect())
}

/// What re-guarantors have granted to the institution, by year.
pub async fn quotas(scope: &Scope) -> Result<BTreeMap<i32, Vec<Granted>>, Problem> {
    let mut quotas: BTreeMap<i32, Vec<Granted>> = BTreeMap::new();
    for grant in quota_grant::used_by(scope).await? {
        quotas.entry(grant.year).or_default().push(granted(grant)?);
    }
    Ok(quotas)
}

/// Somebody's days in a group, as the party that stands for it.
#[derive(Debug, FromQueryResult)]
struct MemberRow {
    group_id: Uuid,
    name: String,
    client_id: Uuid,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
}

/// $1 institution. Whoever stands for a member is followed to the end; each is looked up by its id, as in `around`.
const MEMBERS: &str = "WITH RECURSIVE stands AS (SELECT m.party_id, m.party_id AS id FROM zengxin.party_group_member m \
      WHERE m.institution_id = $1 \
      UNION SELECT s.party_id, p.merged_into FROM stands s CROSS JOIN LATERAL (SELECT r.merged_into FROM zengxin.party r \
        WHERE r.institution_id = $1 AND r.id = s.id OFFSET 0) p WHERE p.merged_into IS NOT NULL) \
    SELECT m.group_id, g.name, s.id AS client_id, m.from_day, m.until_day \
    FROM zengxin.party_group_member m JOIN zengxin.party_group g ON g.institution_id = m.institution_id AND g.id = m.group_id \
    JOIN stands s ON s.party_id = m.party_id CROSS JOIN LATERAL (SELECT r.merged_into FROM zengxin.party r \
      WHERE r.institution_id = $1 AND r.id = s.id OFFSET 0) p \
    WHERE m.institution_id = $1 AND p.merged_into IS NULL ORDER BY m.group_id, m.id";

/// Somebody's days in a group.
#[derive(Clone, Copy, Debug)]
struct Days {
    of: PartyId,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl Days {
    fn has(&self, day: Day) -> bool {
        self.from <= day.date() && self.until.is_none_or(|until| day.date() < until)
    }
}

/// Every group of the institution with the days of its members.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    groups: BTreeMap<Uuid, (String, Vec<Days>)>,
    of: BTreeMap<PartyId, BTreeSet<Uuid>>,
}

impl Groups {
    /// The group that a client is in on a day, with the others in it then; of one that is in several, because parties turned out to be
    /// one, all of them.
    pub fn on(&self, client: PartyId, day: Day) -> Option<(String, BTreeSet<PartyId>)> {
        let all = self.of.get(&client)?.iter().filter_map(|id| self.groups.get(id));
        let own = all.filter(|(_, members)| members.iter().any(|days| days.of == client && days.has(day)));
        let (mut names, mut others) = (Vec::new(), BTreeSet::new());
        for (name, members) in own {
            names.push(name.as_str());
            others.extend(members.iter().filter(|days| days.of != client && days.has(day)).map(|days| days.of));
        }
        (!names.is_empty()).then(|| (names.join("、"), others))
    }
}

/// The groups of the institution.
pub async fn groups(scope: &Scope) -> Result<Groups, Problem> {
    let statement = statement_of(MEMBERS, [scope.tenant().uuid().into()]);
    let mut groups = Groups::default();
    for row in MemberRow::find_by_statement(statement).all(scope.tx()).await? {
        let of = PartyId::from_uuid(row.client_id);
        let (_, members) = groups.groups.entry(row.group_id).or_insert_with(|| (row.name, Vec::new()));
        members.push(Days { of, from: row.from_day, until: row.until_day });
        groups.of.entry(of).or_default().insert(row.group_id);
    }
    Ok(groups)
}

#[derive(Debug, FromQueryResult)]
struct SectionRow {
    code: String,
    section: String,
}

const SECTIONS: &str = "SELECT code, section FROM zengxin.industry WHERE until_day IS NULL AND section IS NOT NULL";

/// The section of each division of GB/T 4754.
pub async fn sections(scope: &Scope) -> Result<BTreeMap<String, String>, Problem> {
    let rows = SectionRow::find_by_statement(statement_of(SECTIONS, [])).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.section)).collect())
}

#[derive(Debug, FromQueryResult)]
struct DayRow {
    day: NaiveDate,
}

/// $1 institution: what `around::institution` reads is the same on every day between two of these.
const TURNS: &str = "SELECT DISTINCT d.day FROM ( \
      SELECT s.as_of FROM zengxin.financial_statement s WHERE s.institution_id = $1 \
      UNION ALL SELECT unnest(ARRAY[l.from_day, l.until_day]) FROM zengxin.local_limit l WHERE l.member_id = $1 \
      UNION ALL SELECT unnest(ARRAY[c.from_day, c.until_day]) FROM zengxin.supervisor_confirmation c WHERE c.member_id = $1 \
      UNION ALL SELECT unnest(ARRAY[m.from_day, m.until_day]) FROM zengxin.membership m WHERE m.member_id = $1 \
      UNION ALL SELECT unnest(ARRAY[e.from_day, e.until_day]) FROM zengxin.equity_investment e WHERE e.institution_id = $1 \
      UNION ALL SELECT unnest(ARRAY[a.from_day, a.until_day]) FROM zengxin.agreement a WHERE a.institution_id = $1 \
    ) AS d (day) WHERE d.day IS NOT NULL";

/// The days on which something that is known of the institution as a whole begins or ends.
pub async fn turns(scope: &Scope) -> Result<BTreeSet<Day>, Problem> {
    let rows = DayRow::find_by_statement(statement_of(TURNS, [scope.tenant().uuid().into()])).all(scope.tx()).await?;
    rows.into_iter().map(|row| day(row.day)).collect()
}
