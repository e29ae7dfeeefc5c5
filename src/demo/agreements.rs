//! What the invented institutions have agreed on: who bears the risk of their business, and how much of it they may cede in a year.

use super::{INSTITUTIONS, Settled, TREE, place};
use crate::{
    app::{self, App},
    auth::{InstitutionKind, Relation},
    error::Problem,
    store::{
        agreement::Agreement,
        agreement_terms::{EarlyRelease, Terms},
        bank::Bank,
        quota_grant::QuotaGrant,
    },
};
use chrono::{Datelike as _, NaiveDate};
use domain::{
    case::Terms as Decided,
    risk::{Role, Shares},
    value::{AgreementId, Day, InstitutionId, Money, Rate},
};
use uuid::Uuid;

/// With how many of the banks each guarantee institution has an agreement.
const BANKS: usize = 2;

/// The shares of the risk, in 10⁻¹⁰: 20 % the bank's, 40 % the institution's, 20 % each of the re-guarantors'.
const SHARES: [(Role, i64); 4] = [
    (Role::Bank, 2_000_000_000),
    (Role::Institution, 4_000_000_000),
    (Role::Provincial, 2_000_000_000),
    (Role::National, 2_000_000_000),
];

/// The re-guarantee fee of either per year on the risk borne, in 10⁻¹⁰: 0.3 %, the cap for a client of up to 5,000,000 yuan.
const FEE_RATE: i64 = 30_000_000;

/// What a guarantee institution may cede in a year: 500 million yuan.
const QUOTA_OF_AN_INSTITUTION: Money = Money::from_wan(50_000);

/// What a provincial re-guarantor may cede in a year: 2,000 million yuan.
const QUOTA_OF_A_PROVINCE: Money = Money::from_wan(200_000);

/// Every guarantee institution agrees with some of the banks and with those above it, and every re-guarantor grants quotas for every
/// year of business. The answer is whose agreement is with which bank.
pub(super) async fn make(
    app: &App,
    settled: &[Settled],
    banks: &[Bank],
    today: NaiveDate,
) -> Result<Vec<(&'static str, AgreementId, Uuid)>, Problem> {
    let first_year = super::book::before(today, super::book::DAYS)?.year();
    let mut agreed = Vec::new();
    for planned in INSTITUTIONS.iter().filter(|planned| planned.kind == InstitutionKind::GuaranteeInstitution) {
        for (place, bank) in banks.iter().take(BANKS).enumerate() {
            let agreement = agree(app, settled, planned.code, bank, (first_year, place.saturating_add(1))).await?;
            agreed.push((planned.code, agreement, bank.id));
        }
    }
    let cessions = TREE.iter().filter(|(_, relation, _)| *relation == Relation::Reguarantees);
    for (upper, cedent) in cessions.flat_map(|(upper, _, members)| members.iter().map(move |member| (upper, member))) {
        for year in first_year..=today.year() {
            grant(app, settled, upper, cedent, year).await?;
        }
    }
    Ok(agreed)
}

/// Whoever re-guarantees the institution with this code.
fn reguarantor_of(settled: &[Settled], code: &str) -> Result<(&'static str, InstitutionId), Problem> {
    let above =
        TREE.iter().find(|(_, relation, members)| *relation == Relation::Reguarantees && members.contains(&code));
    let (upper, ..) = above.ok_or_else(Problem::not_found)?;
    Ok((upper, place(settled, upper)?.institution))
}

/// The agreement of this year and number with a bank.
async fn agree(
    app: &App,
    settled: &[Settled],
    code: &str,
    bank: &Bank,
    (year, number): (i32, usize),
) -> Result<AgreementId, Problem> {
    let (province, provincial) = reguarantor_of(settled, code)?;
    let (_, national) = reguarantor_of(settled, province)?;
    let caller = place(settled, code)?.approver()?;
    let from = Day::year_end(year.saturating_sub(1)).and_then(Day::next).ok_or_else(Problem::internal)?;
    let id = AgreementId::from_uuid(Uuid::now_v7());
    let agreement = Agreement {
        id,
        number: format!("银担〔{year}〕{number}号"),
        name: format!("与{}的分险协议", bank.name),
        bank: Some(bank.id),
        provincial: Some(provincial),
        national: Some(national),
        products: Vec::new(),
        cap: None,
        from,
        until: None,
        version: 1,
    };
    app::agreement::state(app, &caller, agreement).await?;
    let shares = Shares::new(SHARES.map(|(role, units)| (role, Rate::of_weight(units)))).map_err(|error| {
        tracing::error!(%error, "the invented shares cannot be");
        Problem::internal()
    })?;
    let fee_rate = Rate::of_weight(FEE_RATE);
    let decided = Decided { shares, provincial_fee_rate: fee_rate, national_fee_rate: fee_rate };
    // With one bank an unused fee is paid back, with the other it settles the fee of a following contract.
    let early_release = if number == 1 { EarlyRelease::ProRata } else { EarlyRelease::CarryOver };
    let terms = Terms { id: Uuid::now_v7(), agreement: id, from, until: None, decided, early_release, version: 1 };
    app::agreement_terms::state(app, &caller, terms).await?;
    Ok(id)
}

async fn grant(app: &App, settled: &[Settled], upper: &str, cedent: &str, year: i32) -> Result<(), Problem> {
    let caller = place(settled, upper)?.approver()?;
    let cedent = place(settled, cedent)?;
    let granted = match cedent.kind {
        InstitutionKind::ProvincialReguarantor => QUOTA_OF_A_PROVINCE,
        _ => QUOTA_OF_AN_INSTITUTION,
    };
    let new = QuotaGrant {
        id: Uuid::now_v7(),
        reguarantor: caller.institution,
        cedent: cedent.institution,
        year,
        granted,
        document: format!("关于下达{year}年度授信额度的通知（示例）"),
        version: 1,
    };
    app::quota_grant::grant(app, &caller, new).await.map(drop)
}
