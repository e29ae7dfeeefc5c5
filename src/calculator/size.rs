//! `size`: the size class of an enterprise and the floors it rests on.

use super::{
    Calculate, not_in_force,
    wire::{Amount, DayIn, nullable},
};
use crate::{error::Problem, input};
use domain::{
    size::{Floor, Indicator, SizeClass, SizeError, SizeIndustry, SizeInputs},
    value::{Day, Money},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 企业划型输入。What an enterprise files for its size class.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SizeIn {
    industry: IndustryIn,
    /// 从业人员，人。Persons.
    #[serde(deserialize_with = "nullable")]
    #[schema(required, example = 120)]
    employees: Option<u32>,
    /// 营业收入，元。Revenue in yuan.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    revenue: Option<Amount>,
    /// 资产总额，元。Total assets in yuan.
    #[serde(deserialize_with = "nullable")]
    #[schema(required)]
    total_assets: Option<Amount>,
    on: DayIn,
}

/// 划型行业。The industries of 工信部联企业〔2011〕300号.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndustryIn {
    /// 农、林、牧、渔业
    Agriculture,
    /// 工业
    Industry,
    /// 建筑业
    Construction,
    /// 批发业
    Wholesale,
    /// 零售业
    Retail,
    /// 交通运输业
    Transport,
    /// 仓储业
    Warehousing,
    /// 邮政业
    Postal,
    /// 住宿业
    Accommodation,
    /// 餐饮业
    Catering,
    /// 信息传输业
    InformationTransmission,
    /// 软件和信息技术服务业
    Software,
    /// 房地产开发经营
    RealEstate,
    /// 物业管理
    PropertyManagement,
    /// 租赁和商务服务业
    LeasingBusiness,
    /// 其他未列明行业
    Other,
}

impl From<IndustryIn> for SizeIndustry {
    fn from(industry: IndustryIn) -> Self {
        match industry {
            IndustryIn::Agriculture => Self::Agriculture,
            IndustryIn::Industry => Self::Industry,
            IndustryIn::Construction => Self::Construction,
            IndustryIn::Wholesale => Self::Wholesale,
            IndustryIn::Retail => Self::Retail,
            IndustryIn::Transport => Self::Transport,
            IndustryIn::Warehousing => Self::Warehousing,
            IndustryIn::Postal => Self::Postal,
            IndustryIn::Accommodation => Self::Accommodation,
            IndustryIn::Catering => Self::Catering,
            IndustryIn::InformationTransmission => Self::InformationTransmission,
            IndustryIn::Software => Self::Software,
            IndustryIn::RealEstate => Self::RealEstate,
            IndustryIn::PropertyManagement => Self::PropertyManagement,
            IndustryIn::LeasingBusiness => Self::LeasingBusiness,
            IndustryIn::Other => Self::Other,
        }
    }
}

/// 企业划型结果。The size class and the floors met and missed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SizeOut {
    size: SizeOutClass,
    /// From large downwards, as far as they were looked at.
    grounds: Vec<GroundOut>,
}

/// 规模。A size class.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SizeOutClass {
    /// 微型
    Micro,
    /// 小型
    Small,
    /// 中型
    Medium,
    /// 大型
    Large,
}

impl From<SizeClass> for SizeOutClass {
    fn from(class: SizeClass) -> Self {
        match class {
            SizeClass::Micro => Self::Micro,
            SizeClass::Small => Self::Small,
            SizeClass::Medium => Self::Medium,
            SizeClass::Large => Self::Large,
        }
    }
}

/// 一项下限。One floor and whether it was reached.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroundOut {
    class: SizeOutClass,
    #[schema(example = "revenue")]
    indicator: &'static str,
    /// Persons, or yuan.
    #[schema(example = "20000000.00")]
    floor: String,
    /// Persons, or yuan.
    #[schema(example = "19999999.99")]
    measured: String,
    met: bool,
    #[schema(example = "营业收入19,999,999.99元，未达到中型企业下限20,000,000.00元")]
    text: String,
    text_en: String,
}

impl From<&Floor> for GroundOut {
    fn from(ground: &Floor) -> Self {
        let Floor { class, indicator, floor, measured, met } = *ground;
        let (name, name_en, unit, unit_en) = match indicator {
            Indicator::Employees => ("employees", "employees", "人", "persons"),
            Indicator::Revenue => ("revenue", "revenue", "元", "yuan"),
            Indicator::TotalAssets => ("total_assets", "total assets", "元", "yuan"),
        };
        let plain = |figure: i64| match indicator {
            Indicator::Employees => figure.to_string(),
            _ => Money::from_fen(figure).to_string(),
        };
        let grouped = |figure: i64| match indicator {
            Indicator::Employees => figure.to_string(),
            _ => Money::from_fen(figure).grouped(),
        };
        let (class_zh, class_en) = match class {
            SizeClass::Large => ("大型", "large"),
            SizeClass::Medium => ("中型", "medium"),
            SizeClass::Small => ("小型", "small"),
            SizeClass::Micro => ("微型", "micro"),
        };
        let (zh, en) = if met { ("达到", "at or above") } else { ("未达到", "below") };
        let (is, needed) = (grouped(measured), grouped(floor));
        Self {
            class: class.into(),
            indicator: name,
            floor: plain(floor),
            measured: plain(measured),
            met,
            text: format!("{}{is}{unit}，{zh}{class_zh}企业下限{needed}{unit}", indicator.zh()),
            text_en: format!(
                "{name_en}: {is} {unit_en}, {en} the floor of {needed} {unit_en} for a {class_en} enterprise"
            ),
        }
    }
}

impl Calculate for SizeIn {
    type Out = SizeOut;

    fn calculate(self, _: Day) -> Result<SizeOut, Problem> {
        let Self { industry, employees, revenue, total_assets, on } = self;
        let inputs = SizeInputs {
            employees,
            revenue: revenue.map(|amount| amount.0),
            total_assets: total_assets.map(|amount| amount.0),
        };
        let classified = SizeIndustry::from(industry).classify(inputs, on.0).map_err(|error| refused("on", error))?;
        let grounds = classified.grounds.iter().map(GroundOut::from).collect();
        Ok(SizeOut { size: classified.size.into(), grounds })
    }
}

/// Why a class cannot be given, as a caller is told; `day` is the field of the day in question.
pub(crate) fn refused(day: &'static str, error: SizeError) -> Problem {
    let indicator = match error {
        SizeError::NotInForce(refused) => return not_in_force(day)(refused),
        SizeError::Missing(indicator) => indicator,
    };
    let field = match indicator {
        Indicator::Employees => "employees",
        Indicator::Revenue => "revenue",
        Indicator::TotalAssets => "total_assets",
    };
    input::invalid(vec![input::field(
        field,
        "indicator_missing",
        format!("该行业按{}划型，不得为空。", indicator.zh()),
        "The industry is classed by this indicator: it cannot be null.",
    )])
}
