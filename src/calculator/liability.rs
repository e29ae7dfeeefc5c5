//! `liability`: the liability balance, the multiple, and the limits on both.

use super::{
    Calculate, findings, one_kind_each, out_of_range, shown,
    wire::{Amount, ClientKindIn, DayIn, Name, SignedAmount, nullable},
};
use crate::{error::Problem, finding::FindingOut};
use domain::{
    liability::{self, GuaranteeKind, Item, Leverage},
    value::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 担保责任余额输入。The guarantees in force, and net assets.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LiabilityIn {
    on: DayIn,
    items: Vec<ItemIn>,
    /// 净资产，或 null。Net assets of the latest statement, or null.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    net_assets: Option<SignedAmount>,
    /// 监管部门已确认主要为小微企业和农业、农村、农民服务。The supervisor has confirmed the higher multiple.
    mainly_small: bool,
}

/// 一笔在保业务。One guarantee in force.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemIn {
    client: Name,
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    group: Option<Name>,
    kind: GuaranteeKindIn,
    client_kind: ClientKindIn,
    /// 发行人主体信用评级。The issuer's rating, of bonds.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, example = "AA+")]
    issuer_rating: Option<String>,
    outstanding: Amount,
}

/// 担保种类。What is guaranteed.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuaranteeKindIn {
    /// 借款类担保
    Loan,
    /// 发行债券担保
    Bond,
    /// 住房置业担保
    Housing,
    /// 其他融资担保
    Other,
}

impl From<GuaranteeKindIn> for GuaranteeKind {
    fn from(kind: GuaranteeKindIn) -> Self {
        match kind {
            GuaranteeKindIn::Loan => Self::Loan,
            GuaranteeKindIn::Bond => Self::Bond,
            GuaranteeKindIn::Housing => Self::Housing,
            GuaranteeKindIn::Other => Self::Other,
        }
    }
}

/// 担保责任余额结果。The balance, the multiple and the findings.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CalculatorLiabilityOut)]
pub struct LiabilityOut {
    /// Half up to the fen; the limits are compared exactly.
    #[schema(example = "3750000.00")]
    liability_balance: String,
    #[schema(example = "2.500000")]
    multiple: Option<String>,
    findings: Vec<FindingOut>,
}

impl Calculate for LiabilityIn {
    type Out = LiabilityOut;

    fn calculate(self, _: Day) -> Result<LiabilityOut, Problem> {
        let Self { on, items, net_assets, mainly_small } = self;
        one_kind_each(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("items[{index}].client_kind"), item.client.0.as_str(), item.client_kind)),
        )?;
        let overflow = out_of_range("items");
        let weighed: Vec<Item<'_>> = items.iter().map(ItemIn::item).collect();
        let balances = liability::balances(&weighed, on.0).map_err(&overflow)?;
        let net_assets = net_assets.map(|amount| amount.0);
        let leverage = if mainly_small { Leverage::MainlySmall } else { Leverage::General };
        let found = liability::judge(&balances, net_assets, leverage, on.0).map_err(&overflow)?;
        let multiple = net_assets.map(|assets| balances.total.over(assets)).transpose().map_err(&overflow)?.flatten();
        Ok(LiabilityOut {
            liability_balance: balances.total.shown().map_err(&overflow)?.to_string(),
            multiple: shown(multiple).map_err(&overflow)?,
            findings: findings(found, on.0)?,
        })
    }
}

impl ItemIn {
    fn item(&self) -> Item<'_> {
        Item {
            client: &self.client.0,
            group: self.group.as_ref().map(|group| group.0.as_str()),
            kind: self.kind.into(),
            client_kind: self.client_kind.into(),
            issuer_rating: self.issuer_rating.as_deref(),
            outstanding: self.outstanding.0,
        }
    }
}
