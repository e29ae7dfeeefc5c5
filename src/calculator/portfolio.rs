//! `portfolio`: the shares of a book, with a candidate or without.

use super::{
    Calculate, findings, one_kind_each, out_of_range, shown,
    wire::{ClientKindIn, DayIn, Name, PositiveAmount, nullable},
};
use crate::{error::Problem, finding::FindingOut};
use domain::{
    client::ClientKind,
    share::{self, Booking, Candidate, ClientExposure, Position},
    value::{Day, OutOfRange},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 业务占比输入。A book of contracts, and perhaps one more.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortfolioIn {
    on: DayIn,
    contracts: Vec<ContractIn>,
    /// 拟办理的合同，或 null。The contract about to be booked, or null.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    candidate: Option<ContractIn>,
}

/// 一份合同。One contract.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CalculatorContractIn)]
pub struct ContractIn {
    client: Name,
    client_kind: ClientKindIn,
    amount: PositiveAmount,
}

/// 业务占比结果。The sums, the shares and the findings; every line and the candidate counted.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CalculatorPortfolioOut)]
pub struct PortfolioOut {
    #[schema(example = "1000000.00")]
    total: String,
    #[schema(example = "800000.00")]
    small_agri: String,
    #[schema(example = "500000.00")]
    small_ticket: String,
    #[schema(example = "0.800000")]
    small_agri_share: Option<String>,
    #[schema(example = "0.625000")]
    small_ticket_share: Option<String>,
    #[schema(example = "0.900000")]
    client_share: Option<String>,
    findings: Vec<FindingOut>,
}

impl Calculate for PortfolioIn {
    type Out = PortfolioOut;

    fn calculate(self, _: Day) -> Result<PortfolioOut, Problem> {
        let Self { on, contracts, candidate } = self;
        let places = (0..contracts.len()).map(|index| format!("contracts[{index}].client_kind"));
        let places = places.chain(["candidate.client_kind".to_owned()]);
        let lines = contracts.iter().chain(&candidate).map(|line| (line.client.0.as_str(), line.client_kind));
        one_kind_each(places.zip(lines).map(|(place, (client, kind))| (place, client, kind)))?;
        let overflow = out_of_range("contracts");
        let lines = contracts.iter().chain(&candidate);
        let after = Position::of(lines.map(|line| (&line.client, line.client_kind.into(), line.amount.0)))
            .map_err(&overflow)?;
        let booking =
            candidate.as_ref().map(|candidate| booking(&contracts, candidate)).transpose().map_err(&overflow)?;
        let found = share::judge(after, booking, on.0).map_err(&overflow)?;
        Ok(PortfolioOut {
            total: after.total.to_string(),
            small_agri: after.small_agri.to_string(),
            small_ticket: after.small_ticket.to_string(),
            small_agri_share: after.small_agri_share().and_then(shown).map_err(&overflow)?,
            small_ticket_share: after.small_ticket_share().and_then(shown).map_err(&overflow)?,
            client_share: after.client_share().and_then(shown).map_err(&overflow)?,
            findings: findings(found, on.0)?,
        })
    }
}

fn booking(contracts: &[ContractIn], candidate: &ContractIn) -> Result<Booking, OutOfRange> {
    let counted = |line: &ContractIn| Candidate {
        small_agri: ClientKind::from(line.client_kind).is_small_agri(),
        amount: line.amount.0,
    };
    let own = contracts.iter().filter(|line| line.client == candidate.client);
    let before = own.map(counted).try_fold(ClientExposure::default(), ClientExposure::with)?;
    Ok(Booking { before, candidate: counted(candidate) })
}
