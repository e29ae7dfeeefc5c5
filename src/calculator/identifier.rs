//! `identifier`: whether an identifier's characters and check character hold.

use super::{Calculate, wire::DayIn};
use crate::error::Problem;
use domain::value::{Day, IdentifierKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 证件号码核验输入。An identifier to check.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentifierIn {
    kind: IdentifierKindIn,
    #[schema(example = "91350100M000100Y43")]
    value: String,
    /// 核验日，缺省为今天。The day of the check; today when left out.
    on: Option<DayIn>,
}

/// 证件种类。The kind of an identifier.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKindIn {
    /// 统一社会信用代码
    Uscc,
    /// 公民身份号码
    ResidentId,
}

impl From<IdentifierKindIn> for IdentifierKind {
    fn from(kind: IdentifierKindIn) -> Self {
        match kind {
            IdentifierKindIn::Uscc => Self::Uscc,
            IdentifierKindIn::ResidentId => Self::ResidentId,
        }
    }
}

/// 证件号码核验结果。Whether it is valid, and why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CalculatorIdentifierOut)]
pub struct IdentifierOut {
    valid: bool,
    /// Why it is not valid, Chinese and English; null when it is.
    reason: Option<String>,
}

impl Calculate for IdentifierIn {
    type Out = IdentifierOut;

    fn calculate(self, today: Day) -> Result<IdentifierOut, Problem> {
        let Self { kind, value, on } = self;
        let checked = IdentifierKind::from(kind).check(&value, on.map_or(today, |on| on.0));
        let reason = checked.err().map(|error| format!("{}。{error}.", error.zh()));
        Ok(IdentifierOut { valid: reason.is_none(), reason })
    }
}
