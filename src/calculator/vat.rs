//! `vat`: which guarantee fees are exempt from value-added tax.

use super::{
    Calculate, not_in_force, out_of_range,
    wire::{Amount, ClientKindIn, DayIn, nullable},
};
use crate::{error::Problem, finding::FindingOut, input};
use domain::{
    client::ClientKind,
    policy::cai_shui_2017_90::TAX_VAT_EXEMPT,
    value::Day,
    vat::{self, Item},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 担保费免征增值税输入。Fees and whose guarantees they are for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VatIn {
    on: DayIn,
    items: Vec<FeeLineIn>,
}

/// 一笔担保费或再担保费。One fee.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeLineIn {
    client_kind: ClientKindIn,
    fee: Amount,
    /// 再担保：全部原担保的客户类型；直接担保为 null。For a re-guarantee the kinds of all underlying clients, else null.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    underlying_kinds: Option<Vec<ClientKindIn>>,
}

/// 担保费免征增值税结果。Exempt and taxable fees.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VatOut {
    #[schema(example = "100.00")]
    exempt: String,
    #[schema(example = "50.00")]
    taxable: String,
    finding: FindingOut,
}

impl Calculate for VatIn {
    type Out = VatOut;

    fn calculate(self, _: Day) -> Result<VatOut, Problem> {
        TAX_VAT_EXEMPT.on(self.on.0).map_err(not_in_force("on"))?;
        let empty = |line: &FeeLineIn| line.underlying_kinds.as_ref().is_some_and(Vec::is_empty);
        if let Some(index) = self.items.iter().position(empty) {
            return Err(input::invalid(vec![input::field(
                format!("items[{index}].underlying_kinds"),
                "no_underlying",
                "再担保须列明原担保；直接担保请填null。",
                "A re-guarantee names its underlying guarantees; null for a direct guarantee.",
            )]));
        }
        let items: Vec<Item> = self.items.into_iter().map(Item::from).collect();
        let found = vat::split(&items, self.on.0).map_err(out_of_range("items"))?;
        Ok(VatOut {
            exempt: found.exempt.to_string(),
            taxable: found.taxable.to_string(),
            finding: found.finding.into(),
        })
    }
}

impl From<FeeLineIn> for Item {
    fn from(line: FeeLineIn) -> Self {
        let FeeLineIn { client_kind, fee, underlying_kinds } = line;
        let underlying = underlying_kinds.map(|kinds| kinds.into_iter().map(ClientKind::from).collect());
        Self { client_kind: client_kind.into(), fee: fee.0, underlying }
    }
}
