//! What the book and a client's declaration say about its first bank loan.

use super::{Scope, around::shaped, dated::day, statement_of};
use crate::error::Problem;
use chrono::NaiveDate;
use domain::{
    first_loan::{Earlier, Ground},
    value::{ContractId, Day, PartyId},
};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// Which loan is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The client in whose book it counts.
    pub client: PartyId,
    /// The contract; none when the next one is meant.
    pub contract: Option<ContractId>,
    /// What happened before this day counts.
    pub before: Day,
    /// The day whose declaration counts.
    pub declared_on: Day,
}

/// A declaration that the client never had a bank loan.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Who says so, in words.
    pub source: String,
    /// The first day.
    pub from: Day,
}

/// What is known.
#[derive(Clone, Debug)]
pub struct Known {
    /// What speaks against a first loan, the earliest of each kind; what the asked contract itself says is not in here.
    pub grounds: Vec<Ground>,
    /// The declaration that counts on the day.
    pub declaration: Option<Declaration>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    guaranteed: Option<Value>,
    borrowed: Option<Value>,
    declared: Option<Value>,
}

#[derive(Deserialize)]
struct EarlierRow {
    id: Uuid,
    number: String,
    on: NaiveDate,
}

#[derive(Deserialize)]
struct DeclaredRow {
    source: String,
    from_day: NaiveDate,
}

/// $1 institution, $2 client, $3 contract, $4 before this day, $5 the day of the declaration. A client stands for whoever was merged into
/// it: their contracts are in its book already, their declarations are looked up. Bonds and what is no financing are no bank loans.
const KNOWN: &str = "WITH RECURSIVE same AS (SELECT $2::uuid AS id \
      UNION SELECT m.source_id FROM zengxin.party_merge m JOIN same s ON m.target_id = s.id \
      WHERE m.institution_id = $1 AND m.undone_on IS NULL), \
    of_client AS (SELECT c.id, c.number, c.kind, c.begun_on, c.existing_loan, c.approved_on FROM zengxin.contract c \
      WHERE c.institution_id = $1 AND c.client_id = $2 AND ($3::uuid IS NULL OR c.id <> $3)) \
    SELECT (SELECT jsonb_build_object('id', c.id, 'number', c.number, 'on', c.begun_on) FROM of_client c \
      WHERE c.kind IN ('loan', 'housing') AND c.begun_on < $4 ORDER BY c.begun_on, c.id LIMIT 1) AS guaranteed, \
    (SELECT jsonb_build_object('id', c.id, 'number', c.number, 'on', c.approved_on) FROM of_client c \
      WHERE c.existing_loan <> 'none' AND c.approved_on < $4 ORDER BY c.approved_on, c.id LIMIT 1) AS borrowed, \
    (SELECT jsonb_build_object('source', f.source, 'from_day', f.from_day) FROM zengxin.party_flag f JOIN same s ON f.party_id = s.id \
      WHERE f.institution_id = $1 AND f.kind = 'first_loan_declared' AND f.from_day <= $5 AND (f.until_day IS NULL OR f.until_day > $5) \
      ORDER BY f.from_day, f.id LIMIT 1) AS declared";

fn earlier(row: Value) -> Result<Earlier, Problem> {
    let EarlierRow { id, number, on } = shaped(row)?;
    Ok(Earlier { contract: ContractId::from_uuid(id), number, on: day(on)? })
}

/// What is known about a client's first loan.
pub async fn find(scope: &Scope, asked: Asked) -> Result<Known, Problem> {
    let Asked { client, contract, before, declared_on } = asked;
    let values = [
        scope.tenant().uuid().into(),
        client.uuid().into(),
        contract.map(ContractId::uuid).into(),
        before.date().into(),
        declared_on.date().into(),
    ];
    let row = Row::find_by_statement(statement_of(KNOWN, values)).one(scope.tx()).await?;
    let Row { guaranteed, borrowed, declared } = row.ok_or_else(Problem::internal)?;
    let guaranteed = guaranteed.map(earlier).transpose()?.map(Ground::Guaranteed);
    let borrowed = borrowed.map(earlier).transpose()?.map(Ground::BorrowedAtABank);
    let declaration = declared.map(|row| {
        let DeclaredRow { source, from_day } = shaped(row)?;
        Ok::<_, Problem>(Declaration { source, from: day(from_day)? })
    });
    Ok(Known { grounds: guaranteed.into_iter().chain(borrowed).collect(), declaration: declaration.transpose()? })
}
