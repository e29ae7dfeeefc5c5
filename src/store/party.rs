//! The guaranteed parties of an institution, and how one is found by its name.

use super::{
    HELD, Scope, known,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    statement_of,
};
use crate::{auth::words, error::Problem};
use domain::{
    client::LegalForm,
    value::{PartyId, grams, search_key},
};
use entity::{
    party::{ActiveModel, Column, Entity, Model},
    party_gram,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, FromQueryResult as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, sea_query::Expr,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

words! {
    /// 主体类型。What a party is by its legal form.
    PartyKind {
        /// 企业。
        Enterprise = "enterprise",
        /// 个体工商户。
        IndividualBusiness = "individual_business",
        /// 自然人。
        NaturalPerson = "natural_person",
        /// 农民专业合作社。
        Cooperative = "cooperative",
        /// 其他组织。
        OtherOrganisation = "other_organisation",
    }
}

impl From<PartyKind> for LegalForm {
    fn from(kind: PartyKind) -> Self {
        match kind {
            PartyKind::Enterprise => Self::Enterprise,
            PartyKind::IndividualBusiness => Self::IndividualBusiness,
            PartyKind::NaturalPerson => Self::NaturalPerson,
            PartyKind::Cooperative => Self::Cooperative,
            PartyKind::OtherOrganisation => Self::OtherOrganisation,
        }
    }
}

words! {
    /// 主体状态。Whether a party stands for itself.
    PartyStatus {
        /// 正常。It stands for itself.
        Active = "active",
        /// 已合并。Another one stands for it.
        Merged = "merged",
    }
}

/// A guaranteed party.
#[derive(Clone, Debug)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// Its name.
    pub name: String,
    /// What it is by its legal form; it does not change.
    pub kind: PartyKind,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// GB/T 4754: a section, or two to four digits; a natural person may have none.
    pub industry_code: Option<String>,
    /// Whether it stands for itself.
    pub status: PartyStatus,
    /// The party that stands for it.
    pub merged_into: Option<PartyId>,
    /// Counts up with every change.
    pub version: i64,
}

/// What a party is when it is filed.
#[derive(Clone, Debug)]
pub struct NewParty {
    /// Its id.
    pub id: PartyId,
    /// Its name.
    pub name: String,
    /// What it is by its legal form.
    pub kind: PartyKind,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// GB/T 4754: a section, or two to four digits.
    pub industry_code: Option<String>,
}

/// Which parties of a list.
#[derive(Clone, Debug)]
pub enum Sought {
    /// All of them.
    All,
    /// Those whose name contains this search key of two characters or more.
    Containing(String),
    /// Those whose name begins with this search key.
    Beginning(String),
}

fn of_row(row: Model) -> Result<Party, Problem> {
    Ok(Party {
        id: PartyId::from_uuid(row.id),
        kind: known(&row.kind)?,
        status: known(&row.status)?,
        merged_into: row.merged_into.map(PartyId::from_uuid),
        name: row.name,
        region_code: row.region_code,
        industry_code: row.industry_code,
        version: row.version,
    })
}

fn rows(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// A party, merged or not; 404 when there is none.
pub async fn get(scope: &Scope, id: PartyId) -> Result<Party, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// These parties, merged or not, in the order of their ids; 404 when one of them is missing.
pub async fn get_many(scope: &Scope, ids: &[PartyId]) -> Result<Vec<Party>, Problem> {
    let wanted: BTreeSet<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let count = wanted.len();
    let found = rows(scope).filter(Column::Id.is_in(wanted)).order_by_asc(Column::Id).all(scope.tx()).await?;
    if found.len() == count { found.into_iter().map(of_row).collect() } else { Err(Problem::not_found()) }
}

/// A party, locked until the scope ends; 404 when there is none. Several are locked in the order of their ids.
pub async fn lock(scope: &Scope, id: PartyId) -> Result<Party, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id.uuid())).lock(HELD).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Of these parties the ones that are there, merged or not, in the order of their ids: held against changes, and against drafts that name
/// them.
pub async fn lock_known(scope: &Scope, ids: &[PartyId]) -> Result<Vec<Party>, Problem> {
    let found = rows(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid()))).order_by_asc(Column::Id);
    found.lock(HELD).all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// A party, held against being changed or merged until the scope ends; 404 when there is none.
pub async fn hold(scope: &Scope, id: PartyId) -> Result<Party, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id.uuid())).lock_shared().one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Says which party stands for a locked one, or that it stands for itself, and counts its version up.
pub async fn set_merged(scope: &Scope, party: &Party, into: Option<PartyId>) -> Result<(), Problem> {
    let status = if into.is_some() { PartyStatus::Merged } else { PartyStatus::Active };
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(status.word()))
        .col_expr(Column::MergedInto, Expr::value(into.map(PartyId::uuid)))
        .col_expr(Column::Version, Expr::value(party.version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(party.id.uuid()));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)
}

/// The party this request filed before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: PartyId, hash: &[u8]) -> Result<Option<Party>, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Files a party.
pub async fn insert(scope: &Scope, new: NewParty, hash: Vec<u8>) -> Result<Party, Problem> {
    let NewParty { id, name, kind, region_code, industry_code } = new;
    let name_key = search_key(&name);
    let row = ActiveModel {
        institution_id: Set(scope.tenant().uuid()),
        id: Set(id.uuid()),
        name: Set(name),
        name_key: Set(name_key.clone()),
        kind: Set(kind.word().to_owned()),
        region_code: Set(region_code),
        industry_code: Set(industry_code),
        status: Set(PartyStatus::Active.word().to_owned()),
        merged_into: Set(None),
        version: Set(1),
        creation_hash: Set(hash),
        import_id: Set(None),
    };
    or_busy(insert_once(scope, row).await?)?;
    insert_grams(scope, id, &name_key).await?;
    get(scope, id).await
}

/// Makes a party findable by a name. What an earlier name left stays: a search holds what it finds against the present name.
async fn insert_grams(scope: &Scope, party: PartyId, name_key: &str) -> Result<(), Problem> {
    let grams: Vec<party_gram::ActiveModel> = grams(name_key)
        .into_iter()
        .map(|gram| party_gram::ActiveModel {
            institution_id: Set(scope.tenant().uuid()),
            gram: Set(gram),
            party_id: Set(party.uuid()),
        })
        .collect();
    if !grams.is_empty() {
        let inserted = party_gram::Entity::insert_many(grams).on_conflict_do_nothing();
        inserted.exec_without_returning(scope.tx()).await?;
    }
    Ok(())
}

/// Changes name, region and industry of the version named; 412 when it is another by now.
pub async fn replace(scope: &Scope, version: i64, new: NewParty) -> Result<Party, Problem> {
    let NewParty { id, name, kind: _, region_code, industry_code } = new;
    let name_key = search_key(&name);
    let changed = Entity::update_many()
        .col_expr(Column::Name, Expr::value(name))
        .col_expr(Column::NameKey, Expr::value(name_key.clone()))
        .col_expr(Column::RegionCode, Expr::value(region_code))
        .col_expr(Column::IndustryCode, Expr::value(industry_code))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::Version.eq(version));
    or_changed_meanwhile(changed.exec(scope.tx()).await?.rows_affected)?;
    insert_grams(scope, id, &name_key).await?;
    get(scope, id).await
}

/// How many other parties of one name are shown.
const NAMESAKES: u64 = 10;

/// Other parties that stand for themselves under the same name, as far as a search tells names apart.
pub async fn namesakes(scope: &Scope, party: &Party) -> Result<Vec<PartyId>, Problem> {
    let same = rows(scope)
        .filter(Column::NameKey.eq(search_key(&party.name)))
        .filter(Column::MergedInto.is_null())
        .filter(Column::Id.ne(party.id.uuid()));
    let found = same.order_by_asc(Column::Id).limit(NAMESAKES).all(scope.tx()).await?;
    Ok(found.into_iter().map(|row| PartyId::from_uuid(row.id)).collect())
}

/// The names of parties, by their ids.
pub async fn names(scope: &Scope, ids: BTreeSet<PartyId>) -> Result<BTreeMap<PartyId, String>, Problem> {
    let asked = rows(scope).filter(Column::Id.is_in(ids.into_iter().map(PartyId::uuid)));
    let found = asked.all(scope.tx()).await?;
    Ok(found.into_iter().map(|row| (PartyId::from_uuid(row.id), row.name)).collect())
}

/// At most `limit` parties that stand for themselves, after the party `after`: by the beginning of the name in the order of the
/// names, otherwise in the order of the ids.
pub async fn list(scope: &Scope, sought: Sought, after: Option<Uuid>, limit: u64) -> Result<Vec<Party>, Problem> {
    let found = match sought {
        Sought::All => in_order_of_ids(scope, after, limit).await?,
        Sought::Containing(key) => containing(scope, &key, after, limit).await?,
        Sought::Beginning(key) => beginning(scope, &key, after, limit).await?,
    };
    found.into_iter().map(of_row).collect()
}

async fn in_order_of_ids(scope: &Scope, after: Option<Uuid>, limit: u64) -> Result<Vec<Model>, Problem> {
    let mut found = rows(scope).filter(Column::MergedInto.is_null());
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after));
    }
    Ok(found.order_by_asc(Column::Id).limit(limit).all(scope.tx()).await?)
}

/// By what the name contains: $1 institution, $2 key, $3 after, $4 limit, $5 the key's pairs of characters.
///
/// A pair that many names have reaches its 200th party soon, a rare one late or never: so the rarest two are found with some hundred
/// entries of the index, and the names with the rarest are walked through in the order of the ids. The second pair and the name are
/// asked for by subqueries that the server does not make joins of: in a join it would be free to begin with the pair that every name has.
/// The party is looked up by its id alone: of an institution that has just come the server knows of no parties, and would as soon
/// read them all in the order of their names, an index of those that stand for themselves.
pub const CONTAINING: &str = "WITH pairs AS MATERIALIZED ( \
      SELECT array_agg(r.gram ORDER BY r.reached DESC NULLS FIRST, r.gram) AS grams FROM (SELECT u.gram, \
        (SELECT g.party_id FROM zengxin.party_gram g WHERE g.institution_id = $1 AND g.gram = u.gram AND g.party_id > $3 \
         ORDER BY g.party_id OFFSET 199 LIMIT 1) AS reached FROM unnest($5) AS u (gram)) r) \
    SELECT p.* FROM zengxin.party_gram g, \
      LATERAL (SELECT n.* FROM zengxin.party n WHERE n.institution_id = $1 AND n.id = g.party_id OFFSET 0) p \
    WHERE g.institution_id = $1 AND g.gram = (SELECT grams[1] FROM pairs) AND g.party_id > $3 \
      AND ((SELECT grams[2] FROM pairs) IS NULL OR (SELECT true FROM zengxin.party_gram o \
        WHERE o.institution_id = $1 AND o.gram = (SELECT grams[2] FROM pairs) AND o.party_id = g.party_id)) \
      AND p.merged_into IS NULL AND strpos(p.name_key, $2) > 0 \
    ORDER BY g.party_id LIMIT $4";

async fn containing(scope: &Scope, key: &str, after: Option<Uuid>, limit: u64) -> Result<Vec<Model>, Problem> {
    let pairs: Vec<String> = grams(key).into_iter().collect();
    let (after, limit) = (after.unwrap_or(Uuid::nil()), i64::try_from(limit).unwrap_or(i64::MAX));
    let values = [scope.tenant().uuid().into(), key.into(), after.into(), limit.into(), pairs.into()];
    Ok(Model::find_by_statement(statement_of(CONTAINING, values)).all(scope.tx()).await?)
}

/// By the beginning: $1 institution, $2 key, $3 the first text behind everything that begins with it, $4 and $5 name and id before, $6 limit.
pub const BEGINNING: &str = "SELECT * FROM zengxin.party WHERE institution_id = $1 AND merged_into IS NULL \
    AND name_key >= $2 AND name_key < $3 AND (name_key, id) > ($4, $5) ORDER BY name_key, id LIMIT $6";

async fn beginning(scope: &Scope, key: &str, after: Option<Uuid>, limit: u64) -> Result<Vec<Model>, Problem> {
    let before = match after {
        None => None,
        Some(after) => {
            let row = rows(scope).filter(Column::Id.eq(after)).one(scope.tx()).await?;
            Some((row.ok_or_else(Problem::not_found)?.name_key, after))
        }
    };
    // The walk through the index begins there, whatever else is asked for.
    let before = before.filter(|(name, _)| name.as_str() >= key).unwrap_or_else(|| (key.to_owned(), Uuid::nil()));
    // No character is above the last one, so what begins with the key lies before the key followed by it.
    let end = format!("{key}{}", char::MAX);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [scope.tenant().uuid().into(), key.into(), end.into(), before.0.into(), before.1.into(), limit.into()];
    Ok(Model::find_by_statement(statement_of(BEGINNING, values)).all(scope.tx()).await?)
}
