//! The words of the calculators' documents: amounts, rates, days, clients and shares as they stand on the wire.

use crate::input::Reason;
use domain::{
    client::ClientKind,
    risk::{Role, Shares, SharesError},
    value::{Day, DayError, Money, MoneyError, Rate, RateError},
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::ToSchema;

/// A field that must be given and may be `null`.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

fn money(text: &str) -> Result<Money, Reason> {
    text.parse().map_err(|error| match error {
        MoneyError::Malformed => Reason::MONEY_MALFORMED,
        MoneyError::ThirdDecimal => Reason::MONEY_THIRD_DECIMAL,
        MoneyError::OutOfRange => Reason::MONEY_OUT_OF_RANGE,
    })
}

fn rate(text: &str) -> Result<Rate, Reason> {
    text.parse().map_err(|error| match error {
        RateError::Malformed => Reason::RATE_MALFORMED,
        RateError::EleventhDecimal => Reason::RATE_ELEVENTH_DECIMAL,
        RateError::OutOfRange => Reason::RATE_OUT_OF_RANGE,
    })
}

fn amount(text: &str) -> Result<Money, Reason> {
    if text.starts_with('-') && money(text).is_ok() {
        return Err(Reason::MONEY_NEGATIVE);
    }
    money(text)
}

macro_rules! wire {
    ($($(#[$doc:meta])* $name:ident($inner:ty), $read:expr, $pattern:literal, $example:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, ToSchema)]
        #[schema(value_type = String, pattern = $pattern, example = $example)]
        pub struct $name(
            /// The value read.
            pub $inner,
        );

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read: fn(&str) -> Result<$inner, Reason> = $read;
                read(&String::deserialize(deserializer)?).map(Self).map_err(D::Error::custom)
            }
        }
    )*};
}

wire! {
    /// 金额（元），可为负。An amount in yuan; may be negative.
    SignedAmount(Money), money, r"^-?\d+(\.\d{1,2})?$", "1234.56";
    /// 金额（元），不为负。An amount in yuan; not negative.
    Amount(Money), amount, r"^\d+(\.\d{1,2})?$", "1234.56";
    /// 金额（元），大于零。An amount in yuan; above zero.
    PositiveAmount(Money), |text| match amount(text)? {
        Money::ZERO => Err(Reason::MONEY_NOT_POSITIVE),
        money => Ok(money),
    }, r"^\d+(\.\d{1,2})?$", "1000000.00";
    /// 比率：0.01 为 1%。A rate: 0.01 is one per cent.
    RateIn(Rate), rate, r"^\d+(\.\d{1,10})?$", "0.0435";
    /// 比例，0 至 1。A share, from 0 to 1.
    ShareIn(Rate), |text| match rate(text)? {
        share if share > Rate::ONE => Err(Reason::SHARE_ABOVE_ONE),
        share => Ok(share),
    }, r"^\d+(\.\d{1,10})?$", "0.2";
    /// 日期（北京时间）。A civil date in Asia/Shanghai.
    DayIn(Day), |text| text.parse().map_err(|error| match error {
        DayError::Malformed => Reason::DAY_MALFORMED,
        DayError::NoSuchDay => Reason::NO_SUCH_DAY,
    }), r"^\d{4}-\d{2}-\d{2}$", "2024-01-31";
}

/// 名称，不得为空。A name; not empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, min_length = 1, example = "青禾家庭农场")]
pub struct Name(
    /// The name read.
    pub String,
);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if name.trim().is_empty() { Err(D::Error::custom(Reason::TEXT_EMPTY)) } else { Ok(Self(name)) }
    }
}

/// 客户类型。The kind of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientKindIn {
    /// 小微企业
    SmallMicroEnterprise,
    /// 个体工商户
    IndividualBusiness,
    /// 小微企业主
    SmallBusinessOwner,
    /// 农户
    Farmer,
    /// 新型农业经营主体
    NewAgriEntity,
    /// 战略性新兴产业企业（非小微）
    StrategicEmerging,
    /// 中型企业
    Medium,
    /// 大型企业
    Large,
    /// 其他
    Other,
}

impl From<ClientKindIn> for ClientKind {
    fn from(kind: ClientKindIn) -> Self {
        match kind {
            ClientKindIn::SmallMicroEnterprise => Self::SmallMicroEnterprise,
            ClientKindIn::IndividualBusiness => Self::IndividualBusiness,
            ClientKindIn::SmallBusinessOwner => Self::SmallBusinessOwner,
            ClientKindIn::Farmer => Self::Farmer,
            ClientKindIn::NewAgriEntity => Self::NewAgriEntity,
            ClientKindIn::StrategicEmerging => Self::StrategicEmerging,
            ClientKindIn::Medium => Self::Medium,
            ClientKindIn::Large => Self::Large,
            ClientKindIn::Other => Self::Other,
        }
    }
}

/// 各方风险分担比例。Who bears how much of the risk.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SharesIn {
    bank: ShareIn,
    institution: ShareIn,
    provincial: ShareIn,
    national: ShareIn,
    local_finance: Option<ShareIn>,
    other: Option<ShareIn>,
}

impl SharesIn {
    /// The shares given, in the order of the roles.
    pub fn shares(&self) -> Result<Shares, SharesError> {
        let Self { bank, institution, provincial, national, local_finance, other } = *self;
        let given = [
            (Role::Bank, Some(bank)),
            (Role::Institution, Some(institution)),
            (Role::Provincial, Some(provincial)),
            (Role::National, Some(national)),
            (Role::LocalFinance, local_finance),
            (Role::Other, other),
        ];
        Shares::new(given.into_iter().filter_map(|(role, share)| share.map(|share| (role, share.0))))
    }
}

/// 各方金额（元）。An amount for each party that has a share.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartsOut {
    #[schema(example = "20.00")]
    bank: String,
    #[schema(example = "40.01")]
    institution: String,
    #[schema(example = "20.00")]
    provincial: String,
    #[schema(example = "20.00")]
    national: String,
    /// Only when it was given a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    local_finance: Option<String>,
    /// Only when it was given a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<String>,
}

impl From<&domain::risk::Parts> for PartsOut {
    fn from(parts: &domain::risk::Parts) -> Self {
        let given = |role: Role| parts.iter().find(|(other, _)| *other == role).map(|(_, amount)| amount.to_string());
        let amount = |role: Role| domain::risk::part(parts, role).to_string();
        Self {
            bank: amount(Role::Bank),
            institution: amount(Role::Institution),
            provincial: amount(Role::Provincial),
            national: amount(Role::National),
            local_finance: given(Role::LocalFinance),
            other: given(Role::Other),
        }
    }
}
