//! Merges of parties: which party went over to which, with which contracts, and whether that was undone.

use super::{
    HELD, Scope,
    contract::{self, Contract},
    dated::day,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    statement_of,
};
use crate::error::Problem;
use domain::value::{ContractId, Day, PartyId};
use entity::{
    contract::{Column as ContractColumn, Entity as ContractEntity},
    party_merge::{Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, sea_query::Expr,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A merge.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Its id: that of the act.
    pub id: Uuid,
    /// The party that went over.
    pub source: PartyId,
    /// The party it went over to.
    pub target: PartyId,
    /// Why, in words.
    pub reason: String,
    /// The day.
    pub merged_on: Day,
    /// Its number in the institution's journal.
    pub seq: i64,
    /// The contracts that went over, in the order of their ids.
    pub contracts: Vec<ContractId>,
    /// How it was undone.
    pub undoing: Option<Undoing>,
}

/// How a merge was undone.
#[derive(Clone, Debug)]
pub struct Undoing {
    /// Its id: that of the act.
    pub id: Uuid,
    /// Why, in words.
    pub reason: String,
    /// The day.
    pub undone_on: Day,
    /// Its number in the institution's journal.
    pub seq: i64,
    hash: Vec<u8>,
}

/// A merge about to be kept.
#[derive(Clone, Debug)]
pub struct NewMerge {
    /// Its id.
    pub id: Uuid,
    /// The party that goes over.
    pub source: PartyId,
    /// The party it goes over to.
    pub target: PartyId,
    /// Why, in words.
    pub reason: String,
}

impl Merge {
    /// Whether this very act has undone it before; 409 when the act's id was used for another request.
    pub fn was_undone_by(&self, act: Uuid, hash: &[u8]) -> Result<bool, Problem> {
        let undoing = self.undoing.as_ref().filter(|undoing| undoing.id == act);
        Ok(repeated(undoing.map(|undoing| (undoing.hash.clone(), ())), hash)?.is_some())
    }
}

fn of_row(row: Model) -> Result<Merge, Problem> {
    let undoing = match (row.undoing_id, row.undoing_reason, row.undone_on, row.undone_seq, row.undoing_hash) {
        (Some(id), Some(reason), Some(on), Some(seq), Some(hash)) => {
            Some(Undoing { id, reason, undone_on: day(on)?, seq, hash })
        }
        _ => None,
    };
    Ok(Merge {
        id: row.id,
        source: PartyId::from_uuid(row.source_id),
        target: PartyId::from_uuid(row.target_id),
        reason: row.reason,
        merged_on: day(row.merged_on)?,
        seq: row.seq,
        contracts: row.contract_ids.into_iter().map(ContractId::from_uuid).collect(),
        undoing,
    })
}

fn rows(scope: &Scope) -> Select<Entity> {
    scope.rows::<Entity>(Column::InstitutionId)
}

/// The merge this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Merge>, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id)).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// The merge of a party into another; 404 when there is none with this id.
pub async fn get(scope: &Scope, source: PartyId, id: Uuid) -> Result<Merge, Problem> {
    let row = rows(scope).filter(Column::Id.eq(id)).filter(Column::SourceId.eq(source.uuid())).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// Whether a merge into the same party was made after this one and stands.
pub async fn is_followed(scope: &Scope, merge: &Merge) -> Result<bool, Problem> {
    let later = rows(scope).filter(Column::TargetId.eq(merge.target.uuid())).filter(Column::Seq.gt(merge.seq));
    Ok(later.filter(Column::UndoneOn.is_null()).one(scope.tx()).await?.is_some())
}

/// At most `limit` merges that the party went into or that led to it, undone ones too, in the order they were made, after the number
/// `after`.
pub async fn list(scope: &Scope, party: PartyId, after: Option<i64>, limit: u64) -> Result<Vec<Merge>, Problem> {
    let either = Condition::any().add(Column::SourceId.eq(party.uuid())).add(Column::TargetId.eq(party.uuid()));
    let found = rows(scope).filter(either).filter(Column::Seq.gt(after.unwrap_or_default()));
    let found = found.order_by_asc(Column::Seq).limit(limit).all(scope.tx()).await?;
    found.into_iter().map(of_row).collect()
}

#[derive(Debug, FromQueryResult)]
struct Same {
    id: Uuid,
}

/// $1 institution, $2 the party: itself and whoever was merged into it, however often.
const SAME: &str = "WITH RECURSIVE same AS (SELECT $2::uuid AS id \
      UNION SELECT m.source_id FROM zengxin.party_merge m JOIN same s ON m.target_id = s.id \
      WHERE m.institution_id = $1 AND m.undone_on IS NULL) \
    SELECT id FROM same ORDER BY id";

/// The party, and those it stands for.
pub async fn stood_for(scope: &Scope, party: PartyId) -> Result<BTreeSet<PartyId>, Problem> {
    let values = [scope.tenant().uuid().into(), party.uuid().into()];
    let rows = Same::find_by_statement(statement_of(SAME, values)).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| PartyId::from_uuid(row.id)).collect())
}

/// Which contracts are in a client's book, drafts too, in the order of their ids; nothing is locked.
pub async fn contracts_of(scope: &Scope, client: PartyId) -> Result<Vec<ContractId>, Problem> {
    let found = scope.rows::<ContractEntity>(ContractColumn::InstitutionId);
    let found = found.filter(ContractColumn::ClientId.eq(client.uuid())).order_by_asc(ContractColumn::Id);
    let ids: Vec<Uuid> = found.select_only().column(ContractColumn::Id).into_tuple().all(scope.tx()).await?;
    Ok(ids.into_iter().map(ContractId::from_uuid).collect())
}

/// Every contract in a client's book, drafts too, locked in the order of their ids.
pub async fn lock_contracts_of(scope: &Scope, client: PartyId) -> Result<Vec<Contract>, Problem> {
    lock(scope, client, Condition::all()).await
}

/// Of these contracts the ones that are in a client's book now and were signed by one of `parties`, locked in the order of their ids.
pub async fn lock_contracts_among(
    scope: &Scope,
    client: PartyId,
    ids: &[ContractId],
    parties: &BTreeSet<PartyId>,
) -> Result<Vec<Contract>, Problem> {
    let ids = ContractColumn::Id.is_in(ids.iter().map(|id| id.uuid()));
    let signed = ContractColumn::PartyId.is_in(parties.iter().map(|party| party.uuid()));
    lock(scope, client, Condition::all().add(ids).add(signed)).await
}

async fn lock(scope: &Scope, client: PartyId, wanted: Condition) -> Result<Vec<Contract>, Problem> {
    let found = scope.rows::<ContractEntity>(ContractColumn::InstitutionId);
    let found = found.filter(ContractColumn::ClientId.eq(client.uuid())).filter(wanted);
    let found = found.order_by_asc(ContractColumn::Id).lock(HELD).all(scope.tx()).await?;
    found.into_iter().map(contract::of_row).collect()
}

/// Keeps a merge with the contracts that went over; numbered like everything else of the transaction.
pub async fn insert(scope: &Scope, new: NewMerge, contracts: &[Contract], hash: Vec<u8>) -> Result<Merge, Problem> {
    let row = Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        source_id: new.source.uuid(),
        target_id: new.target.uuid(),
        reason: new.reason,
        merged_on: scope.today(),
        seq: scope.seq().await?,
        contract_ids: contracts.iter().map(|contract| contract.id.uuid()).collect(),
        undoing_id: None,
        undone_on: None,
        undone_seq: None,
        creation_hash: hash,
        undoing_reason: None,
        undoing_hash: None,
    };
    or_busy(insert_once(scope, row.clone().into_active_model().reset_all()).await?)?;
    of_row(row)
}

/// Keeps that a merge was undone.
pub async fn undo(scope: &Scope, merge: Merge, act: Uuid, reason: String, hash: Vec<u8>) -> Result<Merge, Problem> {
    let seq = scope.seq().await?;
    let undone = Entity::update_many()
        .col_expr(Column::UndoingId, Expr::value(act))
        .col_expr(Column::UndoingReason, Expr::value(reason))
        .col_expr(Column::UndoingHash, Expr::value(hash))
        .col_expr(Column::UndoneOn, Expr::value(scope.today()))
        .col_expr(Column::UndoneSeq, Expr::value(seq))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(merge.id))
        .filter(Column::UndoneOn.is_null());
    or_changed_meanwhile(undone.exec(scope.tx()).await?.rows_affected)?;
    get(scope, merge.source, merge.id).await
}
