//! `/v1/portfolio`: the institution's book as a whole, on a day.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{Refusals, shown},
    extract::{Asked, Caller, day_of},
};
use crate::{
    app::portfolio::{self, Largest, Portfolio},
    error::Problem,
    finding::FindingOut,
    store::{
        drift_alert::Alert,
        portfolio::{Ending, Maturities, Standing, Sum},
    },
};
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{
    finding::Finding,
    share::Position,
    value::{Day, Money},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The route.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get))
}

/// Of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OnIn {
    /// 日期，不晚于今天；不填为今天。The day; today when left out, and never a day to come.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
}

/// 余额合计。The sums of a book: outstanding and committed, and the parts that the limits are about.
#[derive(Serialize, ToSchema)]
#[schema(as = BookSums)]
pub(super) struct BookOut {
    /// 合计（元）。All of it, in yuan.
    #[schema(example = "100000000.00")]
    total: String,
    /// 在保余额（元）。Of which disbursed.
    #[schema(example = "98000000.00")]
    outstanding: String,
    /// 已审批未放款（元）。Of which approved and not disbursed yet.
    #[schema(example = "2000000.00")]
    committed: String,
    /// 支小支农（元）。Of which with small-and-agri clients.
    #[schema(example = "90000000.00")]
    small_agri: String,
    /// 单户500万元及以下（元）。Of that with clients whose whole total is at most 5,000,000 yuan.
    #[schema(example = "60000000.00")]
    small_ticket: String,
    /// 在保户数。Clients with a guarantee.
    clients: u64,
    /// 支小支农在保户数。Of which small-and-agri.
    small_agri_clients: u64,
}

impl BookOut {
    /// The sums, of which `committed` is not disbursed yet.
    pub(super) fn of(shares: Position, committed: Money) -> Result<Self, Problem> {
        Ok(Self {
            total: shares.total.to_string(),
            outstanding: shares.total.minus(committed)?.to_string(),
            committed: committed.to_string(),
            small_agri: shares.small_agri.to_string(),
            small_ticket: shares.small_ticket.to_string(),
            clients: shares.clients,
            small_agri_clients: shares.small_agri_clients,
        })
    }
}

/// 在保余额及占比。The book, outstanding and committed, and the shares that the limits are about.
#[derive(Serialize, ToSchema)]
pub(super) struct BalanceOut {
    /// The sums.
    #[serde(flatten)]
    sums: BookOut,
    /// 支小支农占比。Small-and-agri over all; null of nothing.
    #[schema(example = "0.900000")]
    small_agri_share: Option<String>,
    /// 其中单户500万元及以下占比。Small tickets over small-and-agri.
    #[schema(example = "0.666667")]
    small_ticket_share: Option<String>,
    /// 单户500万元及以下占全部的比例。Small tickets over all.
    #[schema(example = "0.600000")]
    small_ticket_share_of_all: Option<String>,
    /// 支小支农户数占比。Small-and-agri clients over clients.
    #[schema(example = "0.950000")]
    client_share: Option<String>,
}

/// 本年新增业务。What began in the calendar year, up to the day.
#[derive(Serialize, ToSchema)]
pub(super) struct NewBusinessOut {
    /// 年度。The calendar year.
    year: i32,
    /// 笔数。How many contracts.
    contracts: u64,
    /// 担保金额（元）。Their guaranteed amounts.
    #[schema(example = "50000000.00")]
    amount: String,
    /// 支小支农（元）。Of which with small-and-agri clients.
    #[schema(example = "45000000.00")]
    small_agri: String,
    /// 单户500万元及以下（元）。Of that with clients of at most 5,000,000 yuan when the contract began.
    #[schema(example = "30000000.00")]
    small_ticket: String,
    /// Small-and-agri over all; null of nothing.
    #[schema(example = "0.900000")]
    small_agri_share: Option<String>,
    /// Small tickets over small-and-agri.
    #[schema(example = "0.666667")]
    small_ticket_share: Option<String>,
    /// Small tickets over all.
    #[schema(example = "0.600000")]
    small_ticket_share_of_all: Option<String>,
    /// 担保费（元）。The fees for the whole terms.
    #[schema(example = "500000.00")]
    fee: String,
    /// 年化担保额（元）。Amount × days ÷ 365.
    #[schema(example = "50000000.00")]
    annualised_amount: String,
    /// 平均年化担保费率。The average fee rate of a year; null of nothing.
    #[schema(example = "0.010000")]
    average_fee_rate: Option<String>,
}

/// 担保责任余额与净资产。The liability balance beside net assets.
#[derive(Serialize, ToSchema)]
#[schema(as = PortfolioLiability)]
pub(super) struct LiabilityOut {
    /// 担保责任余额（元）。Outstanding × weight, half up to the fen.
    #[schema(example = "75000000.00")]
    balance: String,
    /// 净资产（元）。Of the statement that counts on the day; null without one.
    #[schema(example = "60000000.00")]
    net_assets: Option<String>,
    /// 放大倍数。The balance over net assets.
    #[schema(example = "1.250000")]
    multiple: Option<String>,
    /// 倍数上限。The most it may be.
    #[schema(example = "10.000000")]
    limit: Option<String>,
}

/// 集中度。The client or group with the largest liability balance.
#[derive(Serialize, ToSchema)]
pub(super) struct LargestOut {
    /// Its id; of a client without a group, the client's.
    id: Uuid,
    /// Its name.
    name: String,
    /// 担保责任余额（元）。Its liability balance.
    #[schema(example = "3750000.00")]
    balance: String,
    /// 占净资产的比例。Over net assets; null without a statement.
    #[schema(example = "0.062500")]
    share: Option<String>,
    /// 上限。The most it may be.
    #[schema(example = "0.100000")]
    limit: Option<String>,
}

/// 合计。Some contracts together.
#[derive(Serialize, ToSchema)]
pub(super) struct SumOut {
    /// 笔数。How many.
    contracts: i64,
    /// 余额（元）。What is outstanding of them.
    #[schema(example = "12000000.00")]
    outstanding: String,
}

/// 即将到期的合同。A contract that is going to end.
#[derive(Serialize, ToSchema)]
pub(super) struct EndingOut {
    /// The contract.
    contract_id: Uuid,
    /// Its number.
    number: String,
    /// In whose book it counts.
    client_id: Uuid,
    /// 到期日。Its agreed end.
    end: NaiveDate,
    /// 余额（元）。What is outstanding of it.
    #[schema(example = "1000000.00")]
    outstanding: String,
}

/// 到期情况。What is going to end; each span includes the one before.
#[derive(Serialize, ToSchema)]
pub(super) struct MaturitiesOut {
    /// 已到期未解保。Ended before the day and not released.
    overdue: SumOut,
    /// 30日内到期。Ends on the day or within 30 days.
    within_30_days: SumOut,
    /// 90日内到期。Within 90 days.
    within_90_days: SumOut,
    /// 180日内到期。Within 180 days.
    within_180_days: SumOut,
    /// 最近20笔。The next twenty, soonest first.
    #[schema(max_items = 20)]
    next: Vec<EndingOut>,
}

/// 未解除的预警。A share that fell below its limit and is not back.
#[derive(Serialize, ToSchema)]
pub(super) struct OpenAlertOut {
    /// Its id.
    id: Uuid,
    /// The rule.
    #[schema(example = "share.small_agri")]
    rule: String,
    /// The day it fell.
    raised_on: NaiveDate,
    /// The share of that day.
    #[schema(example = "0.799000")]
    measured: String,
    /// Its limit.
    #[schema(example = "0.800000")]
    limit: String,
}

/// 业务组合。The institution's book as a whole on a day.
#[derive(Serialize, ToSchema)]
#[schema(as = Portfolio)]
pub(super) struct PortfolioOut {
    /// 日期。The day.
    on: NaiveDate,
    /// 在保余额及占比。
    balance: BalanceOut,
    /// 本年新增业务。
    new_business: NewBusinessOut,
    /// 担保责任余额。
    liability: LiabilityOut,
    /// 最大单户。The client with the largest liability balance; null of nothing.
    largest_client: Option<LargestOut>,
    /// 最大关联方。The related group with the largest one; a client without a group is a group of its own.
    largest_group: Option<LargestOut>,
    /// 本年书面例外数。Written exceptions granted in the year, up to the day.
    exceptions_granted: i64,
    /// 未解除的预警。The alerts that are open at the end of the day, newest first.
    open_alerts: Vec<OpenAlertOut>,
    /// 到期情况。
    maturities: MaturitiesOut,
    /// 各项规则的结论。What every rule about a book says, each with its clause.
    findings: Vec<FindingOut>,
}

impl TryFrom<&Standing> for BalanceOut {
    type Error = Problem;

    fn try_from(standing: &Standing) -> Result<Self, Problem> {
        let shares = standing.book.shares;
        Ok(Self {
            sums: BookOut::of(shares, standing.committed)?,
            small_agri_share: shown(shares.small_agri_share())?,
            small_ticket_share: shown(shares.small_ticket_share())?,
            small_ticket_share_of_all: shown(shares.small_ticket_share_of_all())?,
            client_share: shown(shares.client_share())?,
        })
    }
}

impl TryFrom<(Day, &Standing)> for NewBusinessOut {
    type Error = Problem;

    fn try_from((day, standing): (Day, &Standing)) -> Result<Self, Problem> {
        let new = standing.new_business;
        Ok(Self {
            year: day.year(),
            contracts: new.contracts,
            amount: new.amount.to_string(),
            small_agri: new.small_agri.to_string(),
            small_ticket: new.small_ticket.to_string(),
            small_agri_share: shown(new.small_agri_share())?,
            small_ticket_share: shown(new.small_ticket_share())?,
            small_ticket_share_of_all: shown(new.small_ticket_share_of_all())?,
            fee: new.volume.fee().to_string(),
            annualised_amount: new.volume.annualised_amount()?.to_string(),
            average_fee_rate: shown(new.volume.annual_rate())?,
        })
    }
}

impl LargestOut {
    /// With its share and limit as the finding has them.
    fn of(largest: Largest, finding: &Finding) -> Result<Self, Problem> {
        Ok(Self {
            id: largest.id,
            name: largest.name,
            balance: largest.balance.shown()?.to_string(),
            share: finding.measured.map(|figure| figure.to_string()),
            limit: finding.limit.map(|figure| figure.to_string()),
        })
    }
}

impl From<Sum> for SumOut {
    fn from(Sum { contracts, outstanding_fen }: Sum) -> Self {
        Self { contracts, outstanding: Money::from_fen(outstanding_fen).to_string() }
    }
}

impl From<Ending> for EndingOut {
    fn from(Ending { contract, number, client, end, outstanding }: Ending) -> Self {
        Self {
            contract_id: contract.uuid(),
            number,
            client_id: client.uuid(),
            end: end.date(),
            outstanding: outstanding.to_string(),
        }
    }
}

impl From<Maturities> for MaturitiesOut {
    fn from(Maturities { overdue, within: [first, second, third], next }: Maturities) -> Self {
        Self {
            overdue: overdue.into(),
            within_30_days: first.into(),
            within_90_days: second.into(),
            within_180_days: third.into(),
            next: next.into_iter().map(EndingOut::from).collect(),
        }
    }
}

impl From<Alert> for OpenAlertOut {
    fn from(Alert { id, rule, raised_on, measured, limit, institution: _, cleared_on: _ }: Alert) -> Self {
        Self { id, rule, raised_on: raised_on.date(), measured, limit }
    }
}

impl TryFrom<Portfolio> for PortfolioOut {
    type Error = Problem;

    fn try_from(portfolio: Portfolio) -> Result<Self, Problem> {
        let Portfolio { day, standing, balance, net_assets, client, group, findings, marks } = portfolio;
        let [leverage, single, related] = &findings.limits;
        Ok(Self {
            on: day.date(),
            balance: (&standing).try_into()?,
            new_business: (day, &standing).try_into()?,
            liability: LiabilityOut {
                balance: balance.shown()?.to_string(),
                net_assets: net_assets.map(|assets| assets.to_string()),
                multiple: leverage.measured.map(|figure| figure.to_string()),
                limit: leverage.limit.map(|figure| figure.to_string()),
            },
            largest_client: client.map(|client| LargestOut::of(client, single)).transpose()?,
            largest_group: group.map(|group| LargestOut::of(group, related)).transpose()?,
            exceptions_granted: marks.exceptions,
            open_alerts: marks.alerts.into_iter().map(OpenAlertOut::from).collect(),
            maturities: standing.maturities.into(),
            findings: findings.into_list().into_iter().map(FindingOut::from).collect(),
        })
    }
}

/// 业务组合。The institution's book as a whole: today's from what is kept, a past day's folded from what happened up to it.
#[utoipa::path(get, path = "/v1/portfolio", tag = "portfolio", operation_id = "read_portfolio", security(("bearer" = [])), params(OnIn),
    responses((status = 200, description = "业务组合 The portfolio", body = PortfolioOut), Refusals))]
async fn get(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Asked(OnIn { on }): Asked<OnIn>,
) -> Result<Json<PortfolioOut>, Problem> {
    let on = on.as_deref().map(|on| day_of("on", on)).transpose()?;
    portfolio::read(&app, &caller, on).await?.try_into().map(Json)
}
