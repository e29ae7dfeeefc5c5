//! The row of a contract and what it says.

use super::{Content, Contract, Fixed, ProductKey, TakenOver};
use crate::{
    error::Problem,
    store::{Scope, dated::day, known, of_word, word_of},
};
use domain::{
    risk::{Role, Shares},
    value::{ContractId, InstitutionId, Money, PartyId, Rate},
};
use entity::contract::Model;

/// A rate or share as a column holds it: whole 10⁻¹⁰.
pub(in crate::store) fn e10_of(rate: Rate) -> Result<i64, Problem> {
    rate.weight().ok().and_then(|weight| i64::try_from(weight).ok()).ok_or_else(Problem::internal)
}

/// A rate or share of a column.
pub(in crate::store) fn rate_of(e10: i64) -> Rate {
    Rate::of_weight(e10)
}

/// Six shares of columns, in the order of the roles.
pub(in crate::store) fn shares_of(e10: [i64; 6]) -> Result<Shares, Problem> {
    let roles = [Role::Bank, Role::Institution, Role::Provincial, Role::National, Role::LocalFinance, Role::Other];
    let shares = roles.into_iter().zip(e10).map(|(role, share)| (role, rate_of(share)));
    Shares::new(shares.filter(|(_, share)| *share > Rate::ZERO)).map_err(|_| Problem::internal())
}

fn content_of(row: &Model) -> Result<Content, Problem> {
    let count = |count: i32| u32::try_from(count).map_err(|_| Problem::internal());
    let startup = match (row.startup_hires, row.startup_staff) {
        (Some(hires), Some(staff)) => Some((count(hires)?, count(staff)?)),
        (Some(_) | None, _) => None,
    };
    let product = row.product_stated_by.zip(row.product_id);
    Ok(Content {
        number: row.number.clone(),
        party: PartyId::from_uuid(row.party_id),
        agreement: row.agreement_id,
        product: product.map(|(by, id)| ProductKey { stated_by: InstitutionId::from_uuid(by), id }),
        client_grade: row.client_grade.clone(),
        kind: known(&row.kind)?,
        issuer_rating: row.issuer_rating.clone(),
        bank: row.bank_id,
        branch: row.branch_id,
        loan_number: row.loan_number.clone(),
        principal: Money::from_fen(row.principal_fen),
        loan_rate: rate_of(row.loan_rate_e10),
        credit_line: Money::from_fen(row.credit_line_fen),
        operating_loan: row.operating_loan,
        existing_loan: known(&row.existing_loan)?,
        purpose: known(&row.purpose)?,
        amount: Money::from_fen(row.amount_fen),
        fee: Money::from_fen(row.fee_fen),
        charges: serde_json::from_value(row.charges.clone()).map_err(|_| Problem::internal())?,
        signed_on: day(row.signed_on)?,
        start: day(row.start_day)?,
        end: day(row.end_day)?,
        startup,
        counter_guarantee: row.counter_guarantee.clone(),
        tags: row.tags.split_whitespace().map(str::to_owned).collect(),
    })
}

fn fixed_of(row: &Model) -> Result<Option<Fixed>, Problem> {
    let (Some(approved_on), Some(client_kind), Some(region_code)) =
        (row.approved_on, &row.client_kind, &row.region_code)
    else {
        return Ok(None);
    };
    let share = |share: Option<i64>| share.ok_or_else(Problem::internal);
    Ok(Some(Fixed {
        client_kind: of_word(client_kind)?,
        size: row.size_class.as_deref().map(of_word).transpose()?,
        region_code: region_code.clone(),
        industry_code: row.industry_code.clone(),
        provincial: row.provincial_id.map(InstitutionId::from_uuid),
        national: row.national_id.map(InstitutionId::from_uuid),
        shares: shares_of([
            share(row.bank_share_e10)?,
            share(row.institution_share_e10)?,
            share(row.provincial_share_e10)?,
            share(row.national_share_e10)?,
            share(row.local_finance_share_e10)?,
            share(row.other_share_e10)?,
        ])?,
        provincial_fee: row.provincial_fee_fen.map(Money::from_fen),
        national_fee: row.national_fee_fen.map(Money::from_fen),
        early_release: of_word(row.early_release.as_deref().unwrap_or_default())?,
        approved_on: day(approved_on)?,
    }))
}

fn taken_over_of(row: &Model) -> Result<Option<TakenOver>, Problem> {
    let Some(import) = row.import_id else { return Ok(None) };
    let charged_off_on = row.charged_off_on.map(day).transpose()?;
    Ok(Some(TakenOver {
        import,
        fee_known: row.fee_known,
        client_kind_declared: row.client_kind_declared,
        charged_off: row.charged_off_fen.map(|fen| (Money::from_fen(fen), charged_off_on)),
    }))
}

pub(in crate::store) fn of_row(row: Model) -> Result<Contract, Problem> {
    Ok(Contract {
        id: ContractId::from_uuid(row.id),
        content: content_of(&row)?,
        client: PartyId::from_uuid(row.client_id),
        state: of_word(&row.state)?,
        content_version: row.content_version,
        fixed: fixed_of(&row)?,
        taken_over: taken_over_of(&row)?,
        drafted_by: row.drafted_by,
        submitted_by: row.submitted_by,
        decided_by: row.decided_by,
        version: row.version,
        begun_on: row.begun_on.map(day).transpose()?,
        ended_on: row.ended_on.map(day).transpose()?,
        outstanding: Money::from_fen(row.outstanding_fen),
        content_hash: row.content_hash,
    })
}

/// The row of a draft.
pub(super) fn draft_row(scope: &Scope, draft: &Contract, creation_hash: Vec<u8>) -> Result<Model, Problem> {
    let content = &draft.content;
    let count = |count: u32| i32::try_from(count).map_err(|_| Problem::internal());
    Ok(Model {
        institution_id: scope.tenant().uuid(),
        id: draft.id.uuid(),
        number: content.number.clone(),
        party_id: content.party.uuid(),
        client_id: draft.client.uuid(),
        agreement_id: content.agreement,
        product_id: content.product.map(|product| product.id),
        product_stated_by: content.product.map(|product| product.stated_by.uuid()),
        client_grade: content.client_grade.clone(),
        kind: content.kind.word().to_owned(),
        issuer_rating: content.issuer_rating.clone(),
        bank_id: content.bank,
        branch_id: content.branch,
        loan_number: content.loan_number.clone(),
        principal_fen: content.principal.fen(),
        loan_rate_e10: e10_of(content.loan_rate)?,
        credit_line_fen: content.credit_line.fen(),
        operating_loan: content.operating_loan,
        existing_loan: content.existing_loan.word().to_owned(),
        purpose: content.purpose.word().to_owned(),
        amount_fen: content.amount.fen(),
        fee_fen: content.fee.fen(),
        charges: serde_json::to_value(&content.charges).map_err(|_| Problem::internal())?,
        signed_on: content.signed_on.date(),
        start_day: content.start.date(),
        end_day: content.end.date(),
        startup_hires: content.startup.map(|(hires, _)| count(hires)).transpose()?,
        startup_staff: content.startup.map(|(_, staff)| count(staff)).transpose()?,
        counter_guarantee: content.counter_guarantee.clone(),
        tags: content.tags.join(" "),
        state: word_of(&draft.state)?,
        content_version: draft.content_version,
        content_hash: draft.content_hash.clone(),
        drafted_by: draft.drafted_by,
        submitted_by: None,
        decided_by: None,
        version: draft.version,
        creation_hash,
        client_kind: None,
        size_class: None,
        region_code: None,
        industry_code: None,
        provincial_id: None,
        national_id: None,
        bank_share_e10: None,
        institution_share_e10: None,
        provincial_share_e10: None,
        national_share_e10: None,
        local_finance_share_e10: None,
        other_share_e10: None,
        provincial_fee_fen: None,
        national_fee_fen: None,
        early_release: None,
        approved_on: None,
        begun_on: None,
        ended_on: None,
        outstanding_fen: 0,
        import_id: None,
        fee_known: true,
        client_kind_declared: false,
        charged_off_fen: None,
        charged_off_on: None,
    })
}
