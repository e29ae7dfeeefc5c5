//! Earlier books that are taken over: what a run has done, what is known already, and whole chunks of parties and contracts at once.

use super::{
    Scope,
    contract::{Contract, Fixed, e10_of},
    known,
    party::PartyKind,
    party_identifier::{self, Held, NewIdentifier},
    put::{insert_once, or_busy, or_changed_meanwhile},
    statement_of, violates, word_of,
};
use crate::{
    auth::{BlindIndex, words},
    error::Problem,
};
use chrono::{DateTime, Utc};
use domain::{
    risk::Role,
    value::{Day, InstitutionId, Money, PartyId, grams, search_key},
};
use entity::import_run::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, FromQueryResult,
    IntoActiveModel as _, QueryFilter as _, sea_query::Expr,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

words! {
    /// 导入状态。Where an import stands.
    RunState {
        /// 进行中，或中断后待续。Under way, or stopped and to be gone on with.
        Running = "running",
        /// 已完成。
        Done = "done",
    }
}

/// How many rows of a file became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Taken over.
    pub imported: u64,
    /// In the book already, just as the file has them.
    pub unchanged: u64,
    /// Cannot be taken over.
    pub bad: u64,
}

/// A file taken over under a mapping.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its id.
    pub id: Uuid,
    /// The file as its owner calls it.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: Vec<u8>,
    /// SHA-256 of the mapping.
    pub mapping_hash: Vec<u8>,
    /// Where it stands.
    pub state: RunState,
    /// How many rows the file has.
    pub rows: u64,
    /// What became of them so far.
    pub counts: Counts,
    /// When it began.
    pub started_at: DateTime<Utc>,
}

fn of_row(row: Model) -> Result<Run, Problem> {
    let count = |count: i64| u64::try_from(count).map_err(|_| Problem::internal());
    Ok(Run {
        id: row.id,
        state: known(&row.state)?,
        rows: count(row.rows)?,
        counts: Counts { imported: count(row.imported)?, unchanged: count(row.unchanged)?, bad: count(row.bad)? },
        file_name: row.file_name,
        file_hash: row.file_hash,
        mapping_hash: row.mapping_hash,
        started_at: row.started_at,
    })
}

fn kept(count: u64) -> Result<i64, Problem> {
    i64::try_from(count).map_err(|_| Problem::out_of_range())
}

/// The run of this file under this mapping, finished or not.
pub async fn find(scope: &Scope, file_hash: &[u8], mapping_hash: &[u8]) -> Result<Option<Run>, Problem> {
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::FileHash.eq(file_hash));
    let row = rows.filter(Column::MappingHash.eq(mapping_hash)).one(scope.tx()).await?;
    row.map(of_row).transpose()
}

/// Begins a run; takes the journal's next number.
pub async fn insert(scope: &Scope, run: &Run) -> Result<(), Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: run.id,
        file_name: run.file_name.clone(),
        file_hash: run.file_hash.clone(),
        mapping_hash: run.mapping_hash.clone(),
        state: run.state.word().to_owned(),
        rows: kept(run.rows)?,
        imported: kept(run.counts.imported)?,
        unchanged: kept(run.counts.unchanged)?,
        bad: kept(run.counts.bad)?,
        seq: scope.seq().await?,
        started_at: run.started_at,
        finished_at: None,
    };
    match insert_once(scope, row.into_active_model().reset_all()).await {
        // Somebody else began the same file this very moment.
        Err(error) if violates(&error, "import_run_once") => Err(Problem::busy()),
        inserted => or_busy(inserted?),
    }
}

/// Says how far a run is, or that it is done.
pub async fn set(scope: &Scope, id: Uuid, state: RunState, counts: Counts) -> Result<(), Problem> {
    let finished = (state == RunState::Done).then(|| scope.now());
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.word()))
        .col_expr(Column::Imported, Expr::value(kept(counts.imported)?))
        .col_expr(Column::Unchanged, Expr::value(kept(counts.unchanged)?))
        .col_expr(Column::Bad, Expr::value(kept(counts.bad)?))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(id));
    or_changed_meanwhile(update.exec(scope.tx()).await?.rows_affected)
}

/// A contract that the book has under a number.
#[derive(Clone, Debug)]
pub struct KnownContract {
    /// SHA-256 of what made it.
    pub hash: Vec<u8>,
    /// The import it came with.
    pub import: Option<Uuid>,
}

#[derive(Debug, FromQueryResult)]
struct ContractRead {
    number: String,
    creation_hash: Vec<u8>,
    import_id: Option<Uuid>,
}

const CONTRACTS: &str = "SELECT c.number, c.creation_hash, c.import_id FROM zengxin.contract c \
    WHERE c.institution_id = $1 AND c.number = ANY ($2)";

/// The contracts that the institution has of these numbers.
pub async fn known_contracts(scope: &Scope, numbers: Vec<String>) -> Result<BTreeMap<String, KnownContract>, Problem> {
    let values = [scope.tenant().uuid().into(), numbers.into()];
    let rows = ContractRead::find_by_statement(statement_of(CONTRACTS, values)).all(scope.tx()).await?;
    let known =
        rows.into_iter().map(|row| (row.number, KnownContract { hash: row.creation_hash, import: row.import_id }));
    Ok(known.collect())
}

/// A party that has an identifier.
#[derive(Clone, Copy, Debug)]
pub struct KnownParty {
    /// The party.
    pub party: PartyId,
    /// In whose book its contracts count: the party, or the one that stands for it.
    pub client: PartyId,
    /// The client's version. Of another version under the lock it was perhaps merged, or parted.
    pub version: i64,
}

impl KnownParty {
    /// One that an import makes: it stands for itself, in its first version.
    pub const fn made(party: PartyId) -> Self {
        Self { party, client: party, version: 1 }
    }
}

#[derive(Debug, FromQueryResult)]
struct PartyRead {
    blind_index: Vec<u8>,
    party_id: Uuid,
    client_id: Uuid,
    version: i64,
    is_merged: bool,
}

/// The party that had the identifier last. With a list to be contained in and no join, the index of hashes serves and
/// not that of the exclusion, which is ten times as slow; and each party is looked up by its id: in a join with two thousand identifiers
/// the server would read all parties.
const PARTIES: &str = "SELECT i.blind_index, i.party_id, c.id AS client_id, c.version, c.merged_into IS NOT NULL AS is_merged \
    FROM zengxin.party_identifier i CROSS JOIN LATERAL (SELECT coalesce(p.merged_into, p.id) AS id FROM zengxin.party p \
      WHERE p.institution_id = i.institution_id AND p.id = i.party_id OFFSET 0) s \
    CROSS JOIN LATERAL (SELECT o.id, o.version, o.merged_into FROM zengxin.party o \
      WHERE o.institution_id = i.institution_id AND o.id = s.id OFFSET 0) c \
    WHERE i.institution_id = $1 AND i.blind_index = ANY ($2) AND i.scheme = $3 ORDER BY i.from_day, i.id";

/// The institution's parties that have these identifiers, by their blind indexes; a later holder counts.
///
/// Fails when identifiers were indexed with another key: every client would be filed a second time.
pub async fn known_parties(
    scope: &Scope,
    indexes: &[&BlindIndex],
    scheme: &'static str,
) -> Result<BTreeMap<Vec<u8>, KnownParty>, Problem> {
    let keys: BTreeSet<&str> = indexes.iter().map(|index| index.key.as_str()).collect();
    for key in keys {
        party_identifier::must_be_of(scope, key).await?;
    }
    let hashes: BTreeSet<Vec<u8>> = indexes.iter().map(|index| index.hash.clone()).collect();
    let hashes: Vec<Vec<u8>> = hashes.into_iter().collect();
    let values = [scope.tenant().uuid().into(), hashes.into(), scheme.into()];
    let rows = PartyRead::find_by_statement(statement_of(PARTIES, values)).all(scope.tx()).await?;
    let merged = rows.iter().filter(|row| row.is_merged).map(|row| row.client_id);
    let ends = ends_of(scope, merged.collect()).await?;
    let known = rows.into_iter().map(|row| {
        let (client, version) = ends.get(&row.client_id).copied().unwrap_or((row.client_id, row.version));
        let (party, client) = (PartyId::from_uuid(row.party_id), PartyId::from_uuid(client));
        (row.blind_index, KnownParty { party, client, version })
    });
    Ok(known.collect())
}

#[derive(Debug, FromQueryResult)]
struct EndRead {
    from_id: Uuid,
    id: Uuid,
    version: i64,
}

/// $1 institution, $2 parties. Each is looked up by its id (`OFFSET 0`), because of a recursion the planner expects many rows and would read
/// all parties.
const ENDS: &str = "WITH RECURSIVE chain AS (SELECT u.id AS from_id, u.id FROM unnest($2) AS u (id) \
      UNION SELECT c.from_id, p.merged_into FROM chain c CROSS JOIN LATERAL (SELECT r.merged_into FROM zengxin.party r \
        WHERE r.institution_id = $1 AND r.id = c.id OFFSET 0) p WHERE p.merged_into IS NOT NULL) \
    SELECT c.from_id, c.id, p.version FROM chain c CROSS JOIN LATERAL (SELECT r.version, r.merged_into FROM zengxin.party r \
      WHERE r.institution_id = $1 AND r.id = c.id OFFSET 0) p WHERE p.merged_into IS NULL";

/// Who stands for parties that were merged, however often that one went on into another, and its version.
async fn ends_of(scope: &Scope, parties: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, (Uuid, i64)>, Problem> {
    if parties.is_empty() {
        return Ok(BTreeMap::new());
    }
    let parties: Vec<Uuid> = parties.into_iter().collect();
    let values = [scope.tenant().uuid().into(), parties.into()];
    let rows = EndRead::find_by_statement(statement_of(ENDS, values)).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| (row.from_id, (row.id, row.version))).collect())
}

/// A party about to be filed with its contracts.
#[derive(Clone, Debug)]
pub struct ImportedParty {
    /// Its id.
    pub id: PartyId,
    /// Its name.
    pub name: String,
    /// What it is by its legal form.
    pub kind: PartyKind,
    /// Its region.
    pub region_code: String,
    /// Its industry, where it is known.
    pub industry_code: Option<String>,
    /// What it is known by.
    pub identifier: NewIdentifier,
    /// SHA-256 of what makes it.
    pub hash: Vec<u8>,
}

/// $1 institution, $2 import, then an array a column.
const INSERT_PARTIES: &str = "INSERT INTO zengxin.party (institution_id, id, name, name_key, kind, region_code, industry_code, status, \
      version, creation_hash, import_id) \
    SELECT r.institution_id, u.id, u.name, u.name_key, u.kind, u.region_code, nullif(u.industry_code, ''), 'active', 1, u.hash, r.id \
    FROM zengxin.import_run r, unnest($3, $4, $5, $6, $7, $8, $9) AS u (id, name, name_key, kind, region_code, industry_code, hash) \
    WHERE r.institution_id = $1 AND r.id = $2";

/// Files parties, and makes them findable by their names.
pub async fn insert_parties(scope: &Scope, import: Uuid, parties: &[ImportedParty]) -> Result<(), Problem> {
    let keys: Vec<String> = parties.iter().map(|party| search_key(&party.name)).collect();
    let found =
        parties.iter().zip(&keys).flat_map(|(party, key)| grams(key).into_iter().map(|gram| (gram, party.id.uuid())));
    let mut found: Vec<(String, Uuid)> = found.collect();
    // In the order of their index, which is then walked through once.
    found.sort_unstable();
    let (pairs, of): (Vec<String>, Vec<Uuid>) = found.into_iter().unzip();
    let values = [
        scope.tenant().uuid().into(),
        import.into(),
        column(parties, |party| party.id.uuid()).into(),
        column(parties, |party| party.name.clone()).into(),
        keys.into(),
        column(parties, |party| party.kind.word().to_owned()).into(),
        column(parties, |party| party.region_code.clone()).into(),
        column(parties, |party| party.industry_code.clone().unwrap_or_default()).into(),
        column(parties, |party| party.hash.clone()).into(),
    ];
    scope.tx().execute_raw(statement_of(INSERT_PARTIES, values)).await?;
    let values = [scope.tenant().uuid().into(), import.into(), pairs.into(), of.into()];
    scope.tx().execute_raw(statement_of(INSERT_GRAMS, values)).await?;
    Ok(())
}

const INSERT_GRAMS: &str = "INSERT INTO zengxin.party_gram (institution_id, gram, party_id) \
    SELECT r.institution_id, u.gram, u.id FROM zengxin.import_run r, unnest($3, $4) AS u (gram, id) \
    WHERE r.institution_id = $1 AND r.id = $2";

/// $1 institution, $2 import, $3 seq, then an array a column.
const INSERT_IDENTIFIERS: &str = "INSERT INTO zengxin.party_identifier (institution_id, id, party_id, scheme, clear_value, sealed_value, \
      blind_key, blind_index, last_four, from_day, seq, version, creation_hash) \
    SELECT r.institution_id, u.id, u.party_id, u.scheme, nullif(u.clear_value, ''), nullif(u.sealed_value, ''), u.blind_key, \
      u.blind_index, u.last_four, u.from_day, $3, 1, u.hash \
    FROM zengxin.import_run r, unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
      AS u (id, party_id, scheme, clear_value, sealed_value, blind_key, blind_index, last_four, from_day, hash) \
    WHERE r.institution_id = $1 AND r.id = $2";

/// Files the identifiers of parties. Takes the journal's next number, so it comes after the locks of the book.
pub async fn insert_identifiers(scope: &Scope, import: Uuid, parties: &[ImportedParty]) -> Result<(), Problem> {
    let of = |party: &ImportedParty| party.identifier.clone();
    let clear = |party: &ImportedParty| match of(party).held {
        Held::Clear(value) => value,
        Held::Sealed(_) => String::new(),
    };
    let sealed = |party: &ImportedParty| match of(party).held {
        Held::Clear(_) => Vec::new(),
        Held::Sealed(value) => value,
    };
    let values = [
        scope.tenant().uuid().into(),
        import.into(),
        scope.seq().await?.into(),
        column(parties, |party| party.identifier.id).into(),
        column(parties, |party| party.id.uuid()).into(),
        column(parties, |party| party.identifier.scheme.word().to_owned()).into(),
        column(parties, clear).into(),
        column(parties, sealed).into(),
        column(parties, |party| of(party).index.key).into(),
        column(parties, |party| of(party).index.hash).into(),
        column(parties, |party| of(party).last_four).into(),
        column(parties, |party| party.identifier.from).into(),
        column(parties, |party| party.hash.clone()).into(),
    ];
    match scope.tx().execute_raw(statement_of(INSERT_IDENTIFIERS, values)).await {
        // Somebody filed the client this very moment.
        Err(error) if violates(&error, "party_identifier_of_one") => Err(Problem::busy()),
        inserted => Ok(inserted.map(drop)?),
    }
}

/// One column of rows.
fn column<R, T>(rows: &[R], of: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

/// A contract about to be taken over, with the hash of the row that made it.
#[derive(Clone, Debug)]
pub struct ImportedContract {
    /// The contract as it stands.
    pub contract: Contract,
    /// SHA-256 of its row.
    pub hash: Vec<u8>,
}

/// What no day of a book is, because an array leaves no place empty; the statement has it too.
const NO_DAY: Day = Day::new(1, 1, 1);

/// $1 institution, $2 import, then an array a column.
const INSERT_CONTRACTS: &str = "INSERT INTO zengxin.contract (institution_id, id, number, party_id, client_id, kind, loan_number, \
      principal_fen, loan_rate_e10, credit_line_fen, operating_loan, existing_loan, purpose, amount_fen, fee_fen, charges, signed_on, \
      start_day, end_day, counter_guarantee, tags, state, content_version, content_hash, drafted_by, version, creation_hash, \
      client_kind, region_code, industry_code, bank_share_e10, institution_share_e10, provincial_share_e10, national_share_e10, \
      local_finance_share_e10, other_share_e10, early_release, approved_on, begun_on, ended_on, outstanding_fen, import_id, fee_known, \
      client_kind_declared, charged_off_fen, charged_off_on, agreement_id, provincial_id, national_id, provincial_fee_fen, \
      national_fee_fen) \
    SELECT r.institution_id, u.id, u.number, u.party_id, u.client_id, u.kind, nullif(u.loan_number, ''), u.principal_fen, 0, \
      u.credit_line_fen, u.operating_loan, 'none', u.purpose, u.amount_fen, u.fee_fen, '[]'::jsonb, u.start_day, u.start_day, u.end_day, '', \
      u.tags, u.state, 1, u.content_hash, r.id, 1, u.hash, u.client_kind, u.region_code, nullif(u.industry_code, ''), u.bank, \
      u.institution, u.provincial, u.national, u.local_finance, u.other, u.early_release, u.start_day, u.start_day, \
      nullif(u.ended_on, DATE '0001-01-01'), u.outstanding_fen, r.id, u.fee_known, true, nullif(u.charged_off_fen, -1), \
      nullif(u.charged_off_on, DATE '0001-01-01'), nullif(u.agreement_id, '00000000-0000-0000-0000-000000000000'), \
      nullif(u.provincial_id, '00000000-0000-0000-0000-000000000000'), nullif(u.national_id, '00000000-0000-0000-0000-000000000000'), \
      nullif(u.provincial_fee, -1), nullif(u.national_fee, -1) \
    FROM zengxin.import_run r, unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
      $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40) AS u (id, number, party_id, client_id, kind, loan_number, \
      principal_fen, credit_line_fen, operating_loan, purpose, amount_fen, fee_fen, fee_known, start_day, end_day, tags, state, \
      content_hash, hash, client_kind, region_code, industry_code, bank, institution, provincial, national, local_finance, other, \
      ended_on, outstanding_fen, charged_off_fen, charged_off_on, agreement_id, provincial_id, national_id, provincial_fee, \
      national_fee, early_release) \
    WHERE r.institution_id = $1 AND r.id = $2";

/// Takes contracts over as they are: their first event and what they move is saved with the book.
pub async fn insert_contracts(scope: &Scope, import: Uuid, contracts: &[ImportedContract]) -> Result<(), Problem> {
    let of = |what: fn(&Contract) -> String| column(contracts, |row| what(&row.contract));
    let fen = |what: fn(&Contract) -> Money| column(contracts, |row| what(&row.contract).fen());
    let date =
        |what: fn(&Contract) -> Option<Day>| column(contracts, |row| what(&row.contract).unwrap_or(NO_DAY).date());
    let id = |what: fn(&Fixed) -> Option<InstitutionId>| {
        let of = |row: &ImportedContract| row.contract.fixed.as_ref().and_then(what);
        column(contracts, |row| of(row).map_or(Uuid::nil(), InstitutionId::uuid))
    };
    let fee = |what: fn(&Fixed) -> Option<Money>| {
        let of = |row: &ImportedContract| row.contract.fixed.as_ref().and_then(what);
        column(contracts, |row| of(row).map_or(-1, Money::fen))
    };
    let taken_over = |row: &ImportedContract| row.contract.taken_over.clone();
    let charged_off = |row: &ImportedContract| taken_over(row).and_then(|taken_over| taken_over.charged_off);
    let values = [
        scope.tenant().uuid().into(),
        import.into(),
        column(contracts, |row| row.contract.id.uuid()).into(),
        of(|contract| contract.content.number.clone()).into(),
        column(contracts, |row| row.contract.content.party.uuid()).into(),
        column(contracts, |row| row.contract.client.uuid()).into(),
        of(|contract| contract.content.kind.word().to_owned()).into(),
        of(|contract| contract.content.loan_number.clone().unwrap_or_default()).into(),
        fen(|contract| contract.content.principal).into(),
        fen(|contract| contract.content.credit_line).into(),
        column(contracts, |row| row.contract.content.operating_loan).into(),
        of(|contract| contract.content.purpose.word().to_owned()).into(),
        fen(|contract| contract.content.amount).into(),
        fen(|contract| contract.content.fee).into(),
        column(contracts, |row| row.contract.fee_is_known()).into(),
        date(|contract| Some(contract.content.start)).into(),
        date(|contract| Some(contract.content.end)).into(),
        of(|contract| contract.content.tags.join(" ")).into(),
        words(contracts, |contract| word_of(&contract.state))?.into(),
        column(contracts, |row| row.contract.content_hash.clone()).into(),
        column(contracts, |row| row.hash.clone()).into(),
        words(contracts, |contract| fixed(contract).and_then(|fixed| word_of(&fixed.client_kind)))?.into(),
        words(contracts, |contract| Ok(fixed(contract)?.region_code.clone()))?.into(),
        words(contracts, |contract| Ok(fixed(contract)?.industry_code.clone().unwrap_or_default()))?.into(),
        shares(contracts, Role::Bank)?.into(),
        shares(contracts, Role::Institution)?.into(),
        shares(contracts, Role::Provincial)?.into(),
        shares(contracts, Role::National)?.into(),
        shares(contracts, Role::LocalFinance)?.into(),
        shares(contracts, Role::Other)?.into(),
        date(|contract| contract.ended_on).into(),
        fen(|contract| contract.outstanding).into(),
        column(contracts, |row| charged_off(row).map_or(-1, |(amount, _)| amount.fen())).into(),
        column(contracts, |row| charged_off(row).and_then(|(_, on)| on).unwrap_or(NO_DAY).date()).into(),
        column(contracts, |row| row.contract.content.agreement.unwrap_or(Uuid::nil())).into(),
        id(|fixed| fixed.provincial).into(),
        id(|fixed| fixed.national).into(),
        fee(|fixed| fixed.provincial_fee).into(),
        fee(|fixed| fixed.national_fee).into(),
        words(contracts, |contract| fixed(contract).and_then(|fixed| word_of(&fixed.early_release)))?.into(),
    ];
    match scope.tx().execute_raw(statement_of(INSERT_CONTRACTS, values)).await {
        // Somebody gave the number to another contract this very moment.
        Err(error) if violates(&error, "contract_number_key") => Err(Problem::busy()),
        inserted => Ok(inserted.map(drop)?),
    }
}

fn fixed(contract: &Contract) -> Result<&Fixed, Problem> {
    contract.fixed.as_ref().ok_or_else(Problem::internal)
}

fn words(
    contracts: &[ImportedContract],
    of: impl Fn(&Contract) -> Result<String, Problem>,
) -> Result<Vec<String>, Problem> {
    contracts.iter().map(|row| of(&row.contract)).collect()
}

fn shares(contracts: &[ImportedContract], role: Role) -> Result<Vec<i64>, Problem> {
    contracts.iter().map(|row| e10_of(fixed(&row.contract)?.shares.of(role))).collect()
}
