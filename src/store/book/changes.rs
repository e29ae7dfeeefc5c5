//! What an event changes in the rows of the book, gathered while it is decided and saved in one message.

use super::{ClientRow, QuotaKey};
use crate::{
    error::Problem,
    store::{
        Scope,
        book_many::{self, EventRow, FindingRow},
        contract::{Contract, e10_of},
        journal::{self, Outcome, Record},
        statement_of, violates, word_of,
    },
};
use domain::{
    exposure::{Book, ClientBook},
    portfolio::NewBusiness,
    risk::Role,
    value::{Day, InstitutionId, Money, PartyId, Rate},
    volume::Volume,
};
use sea_orm::{ConnectionTrait as _, DbErr};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What one event changes in the rows of the book; every list empty when it changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    contracts: Vec<Value>,
    events: Vec<EventRow>,
    findings: Vec<FindingRow>,
    pub(in crate::store) clients: Vec<ClientRow>,
    pub(in crate::store) positions: Vec<Value>,
    volumes: Vec<Value>,
    pub(in crate::store) segments: Vec<Value>,
    quotas: Vec<Value>,
    cessions: Vec<Value>,
    /// By the upper layer and its share in 10⁻¹⁰: a sum is named once, however many contracts come to it.
    uppers: BTreeMap<(Uuid, i64), Sums>,
}

/// By how much what an upper layer has at one share rises or falls.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    contracts: i64,
    outstanding: Money,
    small_agri: Money,
}

/// What began: for average fees, and for the shares by new business.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// The calendar year.
    pub year: i32,
    /// Amount × days, and the fee.
    pub volume: Volume,
    /// The guaranteed amount.
    pub amount: Money,
    /// Of which small-and-agri.
    pub small_agri: Money,
    /// Of which with a client of at most 500万.
    pub small_ticket: Money,
}

impl Changes {
    /// The contract as it stands now.
    pub fn contract(&mut self, contract: &Contract) -> Result<(), Problem> {
        let fixed = contract.fixed.as_ref();
        let share = |role: Role| fixed.map(|fixed| e10_of(fixed.shares.of(role))).transpose();
        self.contracts.push(json!({
            "id": contract.id.uuid(),
            "state": word_of(&contract.state)?,
            "version": contract.version,
            "client_id": contract.client.uuid(),
            "submitted_by": contract.submitted_by,
            "decided_by": contract.decided_by,
            "client_kind": fixed.map(|fixed| word_of(&fixed.client_kind)).transpose()?,
            "size_class": fixed.and_then(|fixed| fixed.size).map(|size| word_of(&size)).transpose()?,
            "region_code": fixed.map(|fixed| &fixed.region_code),
            "industry_code": fixed.and_then(|fixed| fixed.industry_code.as_ref()),
            "provincial_id": fixed.and_then(|fixed| fixed.provincial).map(InstitutionId::uuid),
            "national_id": fixed.and_then(|fixed| fixed.national).map(InstitutionId::uuid),
            "bank_share_e10": share(Role::Bank)?,
            "institution_share_e10": share(Role::Institution)?,
            "provincial_share_e10": share(Role::Provincial)?,
            "national_share_e10": share(Role::National)?,
            "local_finance_share_e10": share(Role::LocalFinance)?,
            "other_share_e10": share(Role::Other)?,
            "provincial_fee_fen": fixed.and_then(|fixed| fixed.provincial_fee).map(Money::fen),
            "national_fee_fen": fixed.and_then(|fixed| fixed.national_fee).map(Money::fen),
            "early_release": fixed.map(|fixed| word_of(&fixed.early_release)).transpose()?,
            "approved_on": fixed.map(|fixed| fixed.approved_on),
            "begun_on": contract.begun_on,
            "ended_on": contract.ended_on,
            "outstanding_fen": contract.outstanding.fen(),
        }));
        Ok(())
    }

    /// What a client has now.
    pub fn client(&mut self, client: PartyId, book: &ClientBook) {
        self.clients.push(ClientRow::of(client, book));
    }

    /// What the institution has now.
    pub fn book(&mut self, book: &Book) {
        let Book { shares, liabilities, .. } = book;
        self.positions.push(json!({
            "total_fen": shares.total.fen(),
            "small_agri_fen": shares.small_agri.fen(),
            "small_ticket_fen": shares.small_ticket.fen(),
            "clients": shares.clients,
            "small_agri_clients": shares.small_agri_clients,
            "small_loan_fen": liabilities.small_loan.fen(),
            "farmer_loan_fen": liabilities.farmer_loan.fen(),
            "other_loan_fen": liabilities.other_loan.fen(),
            "rated_bond_fen": liabilities.rated_bond.fen(),
            "other_bond_fen": liabilities.other_bond.fen(),
            "housing_fen": liabilities.housing.fen(),
            "other_fen": liabilities.other.fen(),
            "regulator_small_fen": book.regulator_small.fen(),
            "regulator_small_credit_fen": book.regulator_small_credit.fen(),
        }));
    }

    /// An amount that comes to a region and an industry, or, below zero, leaves them.
    pub fn segments(&mut self, region: &str, industry: Option<&str>, amount: Money) {
        for (kind, code) in [("region", Some(region)), ("industry", industry)] {
            if let Some(code) = code {
                self.segment(kind, code, amount);
            }
        }
    }

    /// An amount that comes to one region or industry, each named once, or, below zero, leaves it.
    pub fn segment(&mut self, kind: &'static str, code: &str, amount: Money) {
        self.segments.push(json!({"kind": kind, "code": code, "outstanding_fen": amount.fen()}));
    }

    /// What is used of a quota now.
    pub fn quota(&mut self, key: QuotaKey, used: Money) {
        self.quotas.push(json!({"of_id": key.of, "year": key.year, "used_fen": used.fen()}));
    }

    /// A contract that began.
    pub fn begun(&mut self, begun: &Begun) -> Result<(), Problem> {
        let Begun { year, volume, amount, small_agri, small_ticket } = *begun;
        self.began(year, &NewBusiness { contracts: 1, amount, small_agri, small_ticket, volume })
    }

    /// What began in a year, each year named once.
    pub fn began(&mut self, year: i32, begun: &NewBusiness) -> Result<(), Problem> {
        let amount_days = i64::try_from(begun.volume.amount_days()).map_err(|_| Problem::out_of_range())?;
        self.volumes.push(json!({
            "year": year,
            "contracts": begun.contracts,
            "amount_fen": begun.amount.fen(),
            "small_agri_fen": begun.small_agri.fen(),
            "small_ticket_fen": begun.small_ticket.fen(),
            "amount_days": amount_days,
            "fee_fen": begun.volume.fee().fen(),
        }));
        Ok(())
    }

    /// An event row, made by `contract_event`.
    pub(in crate::store) fn event(&mut self, event: EventRow, findings: impl Iterator<Item = FindingRow>) {
        self.events.push(event);
        self.findings.extend(findings);
    }

    /// What an upper layer reads of the event: a fact for each that takes part, and its sums. `moved` rises or falls by `amount`.
    pub async fn ceded(&mut self, scope: &Scope, contract: &Contract, ceded: &Ceded<'_>) -> Result<(), Problem> {
        let Some(fixed) = &contract.fixed else { return Ok(()) };
        let small_agri = fixed.client_kind.is_small_agri();
        let (seq, head_hash) = (scope.seq().await?, scope.head_hash().await?);
        let layers = [
            ("provincial", Role::Provincial, fixed.provincial, fixed.provincial_fee),
            ("national", Role::National, fixed.national, fixed.national_fee),
        ];
        for (layer, role, upper, fee) in layers {
            let share = fixed.shares.of(role);
            let Some(upper) = upper.filter(|_| share > Rate::ZERO) else { continue };
            self.cessions.push(json!({
                "institution_id": scope.tenant().uuid(),
                "reguarantor_id": upper.uuid(),
                "event_id": ceded.event,
                "contract_id": contract.id.uuid(),
                "layer": layer,
                "kind": ceded.kind,
                "effective_on": ceded.effective_on,
                "number": contract.content.number,
                "client_kind": word_of(&fixed.client_kind)?,
                "region_code": fixed.region_code,
                "industry_code": fixed.industry_code,
                "bank_id": contract.content.bank,
                "loan_number": contract.content.loan_number,
                "start_day": contract.content.start,
                "end_day": contract.content.end,
                "amount_fen": contract.content.amount.fen(),
                "outstanding_fen": contract.outstanding.fen(),
                "fee_fen": fee.unwrap_or_default().fen(),
                "share_e10": e10_of(share)?,
                "seq": seq,
                "head_hash": format!("\\x{}", data_encoding::HEXLOWER.encode(&head_hash)),
                "agreement_id": contract.content.agreement,
                "approved_on": fixed.approved_on,
                "small_ticket": ceded.small_ticket,
            }));
            let sums = self.uppers.entry((upper.uuid(), e10_of(share)?)).or_default();
            let more = if small_agri { ceded.amount } else { Money::ZERO };
            *sums = Sums {
                contracts: sums.contracts.saturating_add(ceded.contracts),
                outstanding: sums.outstanding.plus(ceded.amount).map_err(|_| Problem::out_of_range())?,
                small_agri: sums.small_agri.plus(more).map_err(|_| Problem::out_of_range())?,
            };
        }
        Ok(())
    }
}

/// What an event means to the upper layers.
#[derive(Clone, Copy, Debug)]
pub struct Ceded<'a> {
    /// The event.
    pub event: Uuid,
    /// Its kind.
    pub kind: &'a str,
    /// The day it counts.
    pub effective_on: Day,
    /// By how much the outstanding amount rose or fell.
    pub amount: Money,
    /// By how many the contracts in force rose or fell.
    pub contracts: i64,
    /// Of a contract that begins, whether its client has at most 500万 then.
    pub small_ticket: Option<bool>,
}

/// The arguments are texts: they are taken apart once, where they are written.
macro_rules! save_book {
    () => {
        "zengxin.save_book($1, $2::json, $3::json, $4::json, $5::json, $6::json, $7::json, $8::json, $9::json, $10::json, $11::json)"
    };
}

const SAVE: &str = concat!("SELECT ", save_book!());

const SAVE_AND_APPEND: &str = concat!(
    "SELECT ",
    save_book!(),
    ", zengxin.append_audit($1, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"
);

fn arguments(scope: &Scope, changes: Changes) -> Result<[sea_orm::Value; 11], Problem> {
    let uppers = changes.uppers.into_iter().map(|((upper, share), sums)| {
        json!({
            "reguarantor_id": upper,
            "share_e10": share,
            "contracts": sums.contracts,
            "outstanding_fen": sums.outstanding.fen(),
            "small_agri_fen": sums.small_agri.fen(),
        })
    });
    Ok([
        scope.tenant().uuid().into(),
        rows(&changes.contracts)?,
        rows(&changes.events)?,
        rows(&changes.findings)?,
        rows(&changes.clients)?,
        rows(&changes.positions)?,
        rows(&changes.volumes)?,
        rows(&changes.segments)?,
        rows(&changes.quotas)?,
        rows(&changes.cessions)?,
        rows(&uppers.collect::<Vec<_>>())?,
    ])
}

fn rows(rows: &[impl Serialize]) -> Result<sea_orm::Value, Problem> {
    let json = serde_json::to_string(rows).map_err(|error| {
        tracing::error!(%error, "a row could not be written down");
        Problem::internal()
    })?;
    Ok(json.into())
}

/// Saves what an event changes, in one message; what many change, in one a table.
pub async fn save(scope: &Scope, mut changes: Changes) -> Result<(), Problem> {
    if changes.events.len() >= book_many::MANY {
        book_many::insert_events(scope, &std::mem::take(&mut changes.events)).await?;
        book_many::insert_findings(scope, &std::mem::take(&mut changes.findings)).await?;
    }
    if changes.clients.len() >= book_many::MANY {
        book_many::set_clients(scope, &std::mem::take(&mut changes.clients)).await?;
    }
    scope.tx().execute_raw(statement_of(SAVE, arguments(scope, changes)?)).await.map_err(or_id_taken)?;
    Ok(())
}

/// Saves what an event changes together with its audit entry, in one message, and makes both lasting: others wait for the lock until then.
pub async fn save_and_commit(scope: Scope, changes: Changes, record: Record) -> Result<(), Problem> {
    let head = scope.head().await?;
    let [_, entry @ ..] = journal::entry(&scope, head, Outcome::Done, record);
    let values = arguments(&scope, changes)?.into_iter().chain(entry);
    scope.tx().execute_raw(statement_of(SAVE_AND_APPEND, values)).await.map_err(or_id_taken)?;
    scope.commit_recorded().await
}

/// The same act on the same contract waits for the contract and is known then: the event under this id came this very moment, of another
/// contract.
fn or_id_taken(error: DbErr) -> Problem {
    if violates(&error, "contract_event_pk") { Problem::id_taken() } else { error.into() }
}
