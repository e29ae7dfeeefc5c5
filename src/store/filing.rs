//! 备案: what upper layers have decided about contracts that are ceded to them, and what followed from it at the cedent.

use super::{
    Scope,
    cession::Key,
    contract::{e10_of, rate_of},
    dated::day,
    of_word,
    put::{insert_once, or_busy, repeated},
    statement_of, violates, word_of,
};
use crate::error::{Problem, Text};
use chrono::NaiveDate;
use domain::{
    cession::Filing,
    value::{ContractId, Day, InstitutionId, Rate},
};
use entity::{filing_application, filing_decision};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What an upper layer has decided.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: Uuid,
    /// The upper layer.
    pub upper: InstitutionId,
    /// The cedent and its contract.
    pub key: Key,
    /// Confirmed or refused.
    pub decision: Filing,
    /// Why, in words.
    pub reason: Option<String>,
    /// The day.
    pub decided_on: Day,
    /// person or machine.
    pub actor_kind: String,
    /// The user or machine client.
    pub actor_id: Uuid,
    /// The upper layer's share that it was decided about.
    pub share: Rate,
    /// Its number in the upper layer's journal.
    pub seq: i64,
}

/// What followed from a decision at the cedent.
#[derive(Clone, Copy, Debug)]
pub struct Application {
    /// The event of the contract.
    pub event: Uuid,
    /// What the cedent bears in the upper layer's place.
    pub borne: Rate,
    /// From which day.
    pub from: Day,
}

/// A decision as the cedent has it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The decision.
    pub decision: Decision,
    /// The upper layer's name.
    pub upper_name: String,
    /// The contract's number.
    pub number: String,
    /// What followed from it; none while it was not applied.
    pub application: Option<Application>,
}

fn of_row(row: filing_decision::Model) -> Result<Decision, Problem> {
    let (cedent, contract) = (InstitutionId::from_uuid(row.cedent_id), ContractId::from_uuid(row.contract_id));
    Ok(Decision {
        id: row.id,
        upper: InstitutionId::from_uuid(row.institution_id),
        key: Key { cedent, contract },
        decision: of_word(&row.decision)?,
        reason: row.reason,
        decided_on: day(row.decided_on)?,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        share: rate_of(row.share_e10),
        seq: row.seq,
    })
}

/// The decision that this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Decision>, Problem> {
    use filing_decision::Column;
    let rows = scope.rows::<filing_decision::Entity>(Column::InstitutionId).filter(Column::Id.eq(id));
    let row = rows.one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

/// Adds a decision of the institution.
pub async fn insert(scope: &Scope, new: &Decision, hash: Vec<u8>) -> Result<(), Problem> {
    let row = filing_decision::Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        cedent_id: new.key.cedent.uuid(),
        contract_id: new.key.contract.uuid(),
        decision: word_of(&new.decision)?,
        reason: new.reason.clone(),
        decided_on: new.decided_on.date(),
        actor_kind: new.actor_kind.clone(),
        actor_id: new.actor_id,
        share_e10: e10_of(new.share)?,
        seq: new.seq,
        creation_hash: hash,
    };
    or_busy(insert_once(scope, row.into_active_model().reset_all()).await?)
}

/// What the institution has decided about a contract, in the order it was decided.
pub async fn decided(scope: &Scope, key: Key) -> Result<Vec<Decision>, Problem> {
    use filing_decision::Column;
    let rows = scope.rows::<filing_decision::Entity>(Column::InstitutionId);
    let rows = rows.filter(Column::CedentId.eq(key.cedent.uuid())).filter(Column::ContractId.eq(key.contract.uuid()));
    rows.order_by_asc(Column::Seq).all(scope.tx()).await?.into_iter().map(of_row).collect()
}

/// What the institution has decided last about each of some contracts.
pub async fn latest(scope: &Scope, keys: &[Key]) -> Result<BTreeMap<Key, Decision>, Problem> {
    use filing_decision::Column;
    let contracts = keys.iter().map(|key| key.contract.uuid());
    let cedents: BTreeSet<Uuid> = keys.iter().map(|key| key.cedent.uuid()).collect();
    let rows = scope.rows::<filing_decision::Entity>(Column::InstitutionId);
    let rows = rows.filter(Column::CedentId.is_in(cedents)).filter(Column::ContractId.is_in(contracts));
    let rows = rows.order_by_asc(Column::Seq).all(scope.tx()).await?;
    let decisions = rows.into_iter().map(|row| of_row(row).map(|decision| (decision.key, decision)));
    decisions.collect()
}

#[derive(Debug, FromQueryResult)]
struct ReceivedRow {
    #[sea_orm(nested)]
    decision: filing_decision::Model,
    upper_name: String,
    number: String,
    event_id: Option<Uuid>,
    borne_share_e10: Option<i64>,
    from_day: Option<NaiveDate>,
}

fn received_of(row: ReceivedRow) -> Result<Received, Problem> {
    let application = match (row.event_id, row.borne_share_e10, row.from_day) {
        (Some(event), Some(borne), Some(from)) => Some(Application { event, borne: rate_of(borne), from: day(from)? }),
        (..) => None,
    };
    let (upper_name, number) = (row.upper_name, row.number);
    Ok(Received { decision: of_row(row.decision)?, upper_name, number, application })
}

/// A decision with what followed from it, of the cedent $1. An application is found by its contract, so that no other is read.
macro_rules! received {
    ($decisions:literal, $rest:literal) => {
        concat!(
            "SELECT f.institution_id, f.id, f.cedent_id, f.contract_id, f.decision, f.reason, f.decided_on, f.actor_kind, f.actor_id, \
              f.share_e10, f.seq, f.creation_hash, i.name AS upper_name, c.number, a.event_id, a.borne_share_e10, a.from_day FROM ",
            $decisions,
            " f JOIN zengxin.institution i ON i.id = f.institution_id \
            JOIN zengxin.contract c ON c.institution_id = f.cedent_id AND c.id = f.contract_id \
            LEFT JOIN zengxin.filing_application a ON a.institution_id = f.cedent_id AND a.contract_id = f.contract_id \
              AND a.reguarantor_id = f.institution_id AND a.decision_id = f.id ",
            $rest
        )
    };
}

const OF_CONTRACT: &str = received!(
    "zengxin.filing_decision",
    "WHERE f.cedent_id = $1 AND f.contract_id = $2 ORDER BY f.decided_on, f.institution_id, f.seq"
);

/// What the upper layers have decided about a contract of the institution, in the order it was decided.
pub async fn received(scope: &Scope, contract: ContractId) -> Result<Vec<Received>, Problem> {
    let values = [scope.tenant().uuid().into(), contract.uuid().into()];
    let rows = ReceivedRow::find_by_statement(statement_of(OF_CONTRACT, values)).all(scope.tx()).await?;
    rows.into_iter().map(received_of).collect()
}

/// $2 the decision, $3 and $4 the contract and upper layer of the last of the page before, $5 how many, $6 whether it was applied. The
/// newest of each counts.
const OF_CEDENT: &str = received!(
    "(SELECT DISTINCT ON (d.contract_id, d.institution_id) d.* FROM zengxin.filing_decision d WHERE d.cedent_id = $1 \
      AND ($3 IS NULL OR (d.contract_id, d.institution_id) > ($3, $4)) ORDER BY d.contract_id, d.institution_id, d.seq DESC)",
    "WHERE ($2 IS NULL OR f.decision = $2) AND ($6 IS NULL OR (a.event_id IS NOT NULL) = $6) \
    ORDER BY f.contract_id, f.institution_id LIMIT $5"
);

/// What each upper layer has decided last about each of the institution's contracts, in the order of contracts and upper layers.
pub async fn list(
    scope: &Scope,
    (decision, applied): (Option<Filing>, Option<bool>),
    after: Option<(ContractId, InstitutionId)>,
    limit: u64,
) -> Result<Vec<Received>, Problem> {
    let values = [
        scope.tenant().uuid().into(),
        decision.as_ref().map(word_of).transpose()?.into(),
        after.map(|(contract, _)| contract.uuid()).into(),
        after.map(|(_, upper)| upper.uuid()).into(),
        i64::try_from(limit).unwrap_or(i64::MAX).into(),
        applied.into(),
    ];
    let rows = ReceivedRow::find_by_statement(statement_of(OF_CEDENT, values)).all(scope.tx()).await?;
    rows.into_iter().map(received_of).collect()
}

/// Keeps what follows from a decision; 409 when it was applied before.
pub async fn apply(scope: &Scope, decision: &Decision, application: Application) -> Result<(), Problem> {
    let row = filing_application::Model {
        institution_id: scope.tenant().uuid(),
        event_id: application.event,
        contract_id: decision.key.contract.uuid(),
        reguarantor_id: decision.upper.uuid(),
        decision_id: decision.id,
        borne_share_e10: e10_of(application.borne)?,
        from_day: application.from.date(),
        seq: scope.seq().await?,
    };
    let inserted = filing_application::Entity::insert(row.into_active_model().reset_all());
    match inserted.exec_without_returning(scope.tx()).await {
        Err(error) if violates(&error, "filing_application_once") => Err(applied()),
        inserted => Ok(inserted.map(drop)?),
    }
}

/// 409 for a decision that was applied already.
pub fn applied() -> Problem {
    Problem::wrong_state(Text::new("此备案决定已落实。", "The decision was applied already."))
}
