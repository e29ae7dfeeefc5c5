//! The size class of an enterprise (工信部联企业〔2011〕300号), with the floors met and missed as grounds.

use serde::{Deserialize, Serialize};

use crate::{
    policy::{NotInForce, gong_xin_bu_2011_300::SIZE_CLASS},
    value::{Day, Money},
};

/// The size class of an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeClass {
    /// 微型.
    Micro,
    /// 小型.
    Small,
    /// 中型.
    Medium,
    /// 大型.
    Large,
}

/// The industries of 300号, each with thresholds of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeIndustry {
    /// 农、林、牧、渔业.
    Agriculture,
    /// 工业.
    Industry,
    /// 建筑业.
    Construction,
    /// 批发业.
    Wholesale,
    /// 零售业.
    Retail,
    /// 交通运输业.
    Transport,
    /// 仓储业.
    Warehousing,
    /// 邮政业.
    Postal,
    /// 住宿业.
    Accommodation,
    /// 餐饮业.
    Catering,
    /// 信息传输业.
    InformationTransmission,
    /// 软件和信息技术服务业.
    Software,
    /// 房地产开发经营.
    RealEstate,
    /// 物业管理.
    PropertyManagement,
    /// 租赁和商务服务业.
    LeasingBusiness,
    /// 其他未列明行业.
    Other,
}

/// What a floor is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// 从业人员: persons.
    Employees,
    /// 营业收入: yuan.
    Revenue,
    /// 资产总额: yuan.
    TotalAssets,
}

impl Indicator {
    /// The term of the trade, in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Employees => "从业人员",
            Self::Revenue => "营业收入",
            Self::TotalAssets => "资产总额",
        }
    }
}

/// One floor of one class: whether it was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// The class the floor belongs to.
    pub class: SizeClass,
    /// What is measured.
    pub indicator: Indicator,
    /// The floor: persons, or fen.
    pub floor: i64,
    /// The figure: persons, or fen.
    pub measured: i64,
    /// Whether the figure reaches the floor.
    pub met: bool,
}

/// The class and the floors it rests on, from large downwards, as far as they were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified {
    /// The size class.
    pub size: SizeClass,
    /// The floors met and missed.
    pub grounds: Vec<Floor>,
}

/// What an enterprise files for its size class; what its industry does not use may be missing.
#[derive(Clone, Copy, Debug, Default)]
pub struct SizeInputs {
    /// Persons.
    pub employees: Option<u32>,
    /// Revenue of the year.
    pub revenue: Option<Money>,
    /// Total assets at year end.
    pub total_assets: Option<Money>,
}

/// Why a size class cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// The industry uses an indicator that was not filed.
    #[error("the industry is classed by {0:?}, which is missing")]
    Missing(Indicator),
    /// The standard is not in force on the day.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
}

/// Floors of large, medium and small; an indicator the industry does not use has none.
struct Thresholds {
    employees: Option<[i64; 3]>,
    /// In 万元.
    revenue: Option<[i64; 3]>,
    /// In 万元.
    total_assets: Option<[i64; 3]>,
}

const fn x_and_y(employees: [i64; 3], revenue: [i64; 3]) -> Thresholds {
    Thresholds { employees: Some(employees), revenue: Some(revenue), total_assets: None }
}

impl SizeIndustry {
    /// 300号 四: the floors of large, medium and small, in this order.
    const fn thresholds(self) -> Thresholds {
        match self {
            Self::Agriculture => Thresholds { employees: None, revenue: Some([20_000, 500, 50]), total_assets: None },
            Self::Industry => x_and_y([1000, 300, 20], [40_000, 2000, 300]),
            Self::Construction => Thresholds {
                employees: None,
                revenue: Some([80_000, 6000, 300]),
                total_assets: Some([80_000, 5000, 300]),
            },
            Self::Wholesale => x_and_y([200, 20, 5], [40_000, 5000, 1000]),
            Self::Retail => x_and_y([300, 50, 10], [20_000, 500, 100]),
            Self::Transport => x_and_y([1000, 300, 20], [30_000, 3000, 200]),
            Self::Warehousing => x_and_y([200, 100, 20], [30_000, 1000, 100]),
            Self::Postal => x_and_y([1000, 300, 20], [30_000, 2000, 100]),
            Self::Accommodation | Self::Catering => x_and_y([300, 100, 10], [10_000, 2000, 100]),
            Self::InformationTransmission => x_and_y([2000, 100, 10], [100_000, 1000, 100]),
            Self::Software => x_and_y([300, 100, 10], [10_000, 1000, 50]),
            Self::RealEstate => Thresholds {
                employees: None,
                revenue: Some([200_000, 1000, 100]),
                total_assets: Some([10_000, 5000, 2000]),
            },
            Self::PropertyManagement => x_and_y([1000, 300, 100], [5000, 1000, 500]),
            Self::LeasingBusiness => {
                Thresholds { employees: Some([300, 100, 10]), revenue: None, total_assets: Some([120_000, 8000, 100]) }
            }
            Self::Other => Thresholds { employees: Some([300, 100, 10]), revenue: None, total_assets: None },
        }
    }

    /// The industry of a GB/T 4754-2017 code, with or without its section letter and down to any depth: `01`, `C13`, `7020`.
    ///
    /// `None` for finance (66–69), which has no class here. Rail transport (53) and everything else not named is other.
    pub fn of_gb4754(code: &str) -> Result<Option<Self>, UnknownIndustry> {
        let digits = code.strip_prefix(|letter: char| letter.is_ascii_uppercase()).unwrap_or(code);
        if !(2..=4).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(UnknownIndustry);
        }
        let division: u32 = digits.get(..2).and_then(|two| two.parse().ok()).ok_or(UnknownIndustry)?;
        Ok(Some(match division {
            1..=5 => Self::Agriculture,
            6..=46 => Self::Industry,
            47..=50 => Self::Construction,
            51 => Self::Wholesale,
            52 => Self::Retail,
            54..=58 => Self::Transport,
            59 => Self::Warehousing,
            60 => Self::Postal,
            61 => Self::Accommodation,
            62 => Self::Catering,
            63..=64 => Self::InformationTransmission,
            65 => Self::Software,
            66..=69 => return Ok(None),
            70 if digits.starts_with("7020") || digits == "702" => Self::PropertyManagement,
            70 => Self::RealEstate,
            71..=72 => Self::LeasingBusiness,
            53 | 73..=97 => Self::Other,
            _ => return Err(UnknownIndustry),
        }))
    }

    /// The class of an enterprise of this industry.
    ///
    /// Large needs every floor of large; else medium if every floor of medium is met; else small; else micro (the note
    /// of the statistics method). Reading `size_is_fixed_at_approval`: the caller keeps the answer with the contract.
    pub fn classify(self, inputs: SizeInputs, day: Day) -> Result<Classified, SizeError> {
        SIZE_CLASS.on(day)?;
        let thresholds = self.thresholds();
        // 1 万元 is 1,000,000 fen.
        let columns = [
            (Indicator::Employees, thresholds.employees, 1, inputs.employees.map(i64::from)),
            (Indicator::Revenue, thresholds.revenue, 1_000_000, inputs.revenue.map(Money::fen)),
            (Indicator::TotalAssets, thresholds.total_assets, 1_000_000, inputs.total_assets.map(Money::fen)),
        ];
        let mut used = Vec::with_capacity(2);
        for (indicator, floors, unit, measured) in columns {
            if let Some(floors) = floors {
                used.push((indicator, floors, unit, measured.ok_or(SizeError::Missing(indicator))?));
            }
        }
        let mut grounds = Vec::with_capacity(6);
        for (index, class) in [SizeClass::Large, SizeClass::Medium, SizeClass::Small].into_iter().enumerate() {
            let mut all_met = true;
            for (indicator, floors, unit, measured) in &used {
                let floor = floors.get(index).copied().unwrap_or(i64::MAX).saturating_mul(*unit);
                let met = *measured >= floor;
                all_met &= met;
                grounds.push(Floor { class, indicator: *indicator, floor, measured: *measured, met });
            }
            if all_met {
                return Ok(Classified { size: class, grounds });
            }
        }
        Ok(Classified { size: SizeClass::Micro, grounds })
    }
}

/// Whether a text is a code of GB/T 4754-2017: a section (`A` to `T`), or two to four digits that begin with a division.
pub fn is_gb4754(code: &str) -> bool {
    let digits = code.starts_with(|first: char| first.is_ascii_digit()) && SizeIndustry::of_gb4754(code).is_ok();
    digits || matches!(code.as_bytes(), [b'A'..=b'T'])
}

/// The code is not one of GB/T 4754-2017.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such industry code in GB/T 4754-2017")]
pub struct UnknownIndustry;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Day = Day::new(2024, 1, 1);

    fn inputs(employees: u32, revenue_wan: i64, assets_wan: i64) -> SizeInputs {
        SizeInputs {
            employees: Some(employees),
            revenue: Some(Money::from_wan(revenue_wan)),
            total_assets: Some(Money::from_wan(assets_wan)),
        }
    }

    fn size(industry: SizeIndustry, employees: u32, revenue_wan: i64, assets_wan: i64) -> SizeClass {
        industry.classify(inputs(employees, revenue_wan, assets_wan), DAY).unwrap().size
    }

    #[test]
    fn every_floor_of_the_table_is_included_and_one_below_falls_a_class() {
        use SizeClass::{Large, Medium, Micro, Small};
        use SizeIndustry as I;
        // industry, then X, Y, Z of large, medium and small as RULES.md section 3 prints them; 0 where unused.
        for (industry, floors) in [
            (I::Agriculture, [(0, 20000, 0), (0, 500, 0), (0, 50, 0)]),
            (I::Industry, [(1000, 40000, 0), (300, 2000, 0), (20, 300, 0)]),
            (I::Construction, [(0, 80000, 80000), (0, 6000, 5000), (0, 300, 300)]),
            (I::Wholesale, [(200, 40000, 0), (20, 5000, 0), (5, 1000, 0)]),
            (I::Retail, [(300, 20000, 0), (50, 500, 0), (10, 100, 0)]),
            (I::Transport, [(1000, 30000, 0), (300, 3000, 0), (20, 200, 0)]),
            (I::Warehousing, [(200, 30000, 0), (100, 1000, 0), (20, 100, 0)]),
            (I::Postal, [(1000, 30000, 0), (300, 2000, 0), (20, 100, 0)]),
            (I::Accommodation, [(300, 10000, 0), (100, 2000, 0), (10, 100, 0)]),
            (I::Catering, [(300, 10000, 0), (100, 2000, 0), (10, 100, 0)]),
            (I::InformationTransmission, [(2000, 100000, 0), (100, 1000, 0), (10, 100, 0)]),
            (I::Software, [(300, 10000, 0), (100, 1000, 0), (10, 50, 0)]),
            (I::RealEstate, [(0, 200000, 10000), (0, 1000, 5000), (0, 100, 2000)]),
            (I::PropertyManagement, [(1000, 5000, 0), (300, 1000, 0), (100, 500, 0)]),
            (I::LeasingBusiness, [(300, 0, 120000), (100, 0, 8000), (10, 0, 100)]),
            (I::Other, [(300, 0, 0), (100, 0, 0), (10, 0, 0)]),
        ] {
            for ((x, y, z), (class, below)) in
                floors.into_iter().zip([(Large, Medium), (Medium, Small), (Small, Micro)])
            {
                assert_eq!(size(industry, x, y, z), class, "{industry:?} at {x}, {y}, {z}");
                for (index, floor) in [i64::from(x), y, z].into_iter().enumerate() {
                    if floor == 0 {
                        continue;
                    }
                    // One person, or one fen, below one floor.
                    let mut under = inputs(x, y, z);
                    match index {
                        0 => under.employees = Some(x - 1),
                        1 => under.revenue = Some(Money::from_fen(y * 1_000_000 - 1)),
                        _ => under.total_assets = Some(Money::from_fen(z * 1_000_000 - 1)),
                    }
                    let found = industry.classify(under, DAY).unwrap().size;
                    assert!(found <= below, "{industry:?} just under {x}, {y}, {z} is {found:?}");
                }
            }
        }
    }

    #[test]
    fn size_is_fixed_at_approval() {
        // The class depends on what was filed and on nothing else: asked again on a later day it is the same.
        let filed = inputs(300, 2000, 0);
        let at_approval = SizeIndustry::Industry.classify(filed, Day::new(2020, 5, 1)).unwrap();
        assert_eq!(SizeIndustry::Industry.classify(filed, Day::new(2026, 5, 1)).unwrap(), at_approval);
    }

    #[test]
    fn a_missing_indicator_is_an_error_only_where_the_industry_uses_it() {
        let employees_only = SizeInputs { employees: Some(50), ..SizeInputs::default() };
        let other = SizeIndustry::Other.classify(employees_only, DAY).unwrap();
        assert_eq!(other.size, SizeClass::Small);
        let retail = SizeIndustry::Retail.classify(employees_only, DAY);
        assert_eq!(retail, Err(SizeError::Missing(Indicator::Revenue)));
    }

    #[test]
    fn the_grounds_name_the_floors_met_and_missed() {
        // 299 staff and 50,000万 revenue: large fails on staff, medium fails on staff, small is met.
        let found = SizeIndustry::Industry.classify(inputs(299, 50_000, 0), DAY).unwrap();
        assert_eq!(found.size, SizeClass::Small);
        let missed: Vec<_> =
            found.grounds.iter().filter(|floor| !floor.met).map(|floor| (floor.class, floor.indicator)).collect();
        assert_eq!(missed, [(SizeClass::Large, Indicator::Employees), (SizeClass::Medium, Indicator::Employees)]);
    }

    #[test]
    fn the_indicators_have_their_terms_of_the_trade() {
        let terms = [Indicator::Employees, Indicator::Revenue, Indicator::TotalAssets].map(Indicator::zh);
        assert_eq!(terms, ["从业人员", "营业收入", "资产总额"]);
    }

    #[test]
    fn the_standard_is_not_applied_before_it_is_in_force() {
        assert!(SizeIndustry::Other.classify(inputs(1, 1, 1), Day::new(2011, 6, 18)).is_ok());
        assert!(SizeIndustry::Other.classify(inputs(1, 1, 1), Day::new(2011, 6, 17)).is_err());
    }

    #[test]
    fn industry_codes_map_by_division() {
        for (code, industry) in [
            ("01", Some(SizeIndustry::Agriculture)),
            ("A0111", Some(SizeIndustry::Agriculture)),
            ("06", Some(SizeIndustry::Industry)),
            ("46", Some(SizeIndustry::Industry)),
            ("47", Some(SizeIndustry::Construction)),
            ("53", Some(SizeIndustry::Other)),
            ("54", Some(SizeIndustry::Transport)),
            ("58", Some(SizeIndustry::Transport)),
            ("51", Some(SizeIndustry::Wholesale)),
            ("F52", Some(SizeIndustry::Retail)),
            ("59", Some(SizeIndustry::Warehousing)),
            ("60", Some(SizeIndustry::Postal)),
            ("61", Some(SizeIndustry::Accommodation)),
            ("62", Some(SizeIndustry::Catering)),
            ("63", Some(SizeIndustry::InformationTransmission)),
            ("64", Some(SizeIndustry::InformationTransmission)),
            ("65", Some(SizeIndustry::Software)),
            ("66", None),
            ("69", None),
            ("7010", Some(SizeIndustry::RealEstate)),
            ("K7020", Some(SizeIndustry::PropertyManagement)),
            ("702", Some(SizeIndustry::PropertyManagement)),
            ("72", Some(SizeIndustry::LeasingBusiness)),
            ("97", Some(SizeIndustry::Other)),
        ] {
            assert_eq!(SizeIndustry::of_gb4754(code), Ok(industry), "{code}");
        }
        for code in ["", "1", "00", "98", "12345", "C", "0x", "制造"] {
            assert_eq!(SizeIndustry::of_gb4754(code), Err(UnknownIndustry), "{code}");
        }
    }

    #[test]
    fn an_industry_is_a_section_or_begins_with_a_division() {
        for code in ["A", "T", "01", "97", "7020"] {
            assert!(is_gb4754(code), "{code}");
        }
        for code in ["", "U", "a", "AA", "1", "00", "98", "C13", "12345", "制造"] {
            assert!(!is_gb4754(code), "{code}");
        }
    }

    proptest! {
        #[test]
        fn growing_never_makes_an_enterprise_smaller(x in 0_u32..3000, y in 0_i64..250_000, z in 0_i64..250_000, more in 0_u32..2000) {
            for industry in [SizeIndustry::Industry, SizeIndustry::Construction, SizeIndustry::LeasingBusiness] {
                prop_assert!(size(industry, x + more, y, z) >= size(industry, x, y, z));
                prop_assert!(size(industry, x, y + i64::from(more), z) >= size(industry, x, y, z));
                prop_assert!(size(industry, x, y, z + i64::from(more)) >= size(industry, x, y, z));
            }
        }
    }
}
