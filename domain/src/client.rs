//! Who a client is, and which of the three numerators it stands in: three questions of law, never one shared flag.

use serde::{Deserialize, Serialize};

use crate::size::SizeClass;

/// The kind of a client (RULES.md section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// 小微企业: an enterprise of the class small or micro.
    SmallMicroEnterprise,
    /// 个体工商户.
    IndividualBusiness,
    /// 小微企业主.
    SmallBusinessOwner,
    /// 农户.
    Farmer,
    /// 新型农业经营主体: large grain growers, family farms, farmers' cooperatives.
    NewAgriEntity,
    /// 战略性新兴产业企业 that is neither small nor micro.
    StrategicEmerging,
    /// 中型企业.
    Medium,
    /// 大型企业.
    Large,
    /// Anybody else.
    Other,
}

impl ClientKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::SmallMicroEnterprise,
        Self::IndividualBusiness,
        Self::SmallBusinessOwner,
        Self::Farmer,
        Self::NewAgriEntity,
        Self::StrategicEmerging,
        Self::Medium,
        Self::Large,
        Self::Other,
    ];

    /// Numerator of the 80 % share: 小微企业、个体工商户、农户、新型农业经营主体等 (国办发〔2019〕6号 （三）).
    ///
    /// Reading `owners_count_as_small_agri`: small-business owners count, before 2025-03-01 by the 等, later by
    /// 财金〔2025〕11号 art. 2. Reading `strategic_emerging_is_supported_but_not_counted`: one that is also small or
    /// micro is filed as [`Self::SmallMicroEnterprise`].
    pub const fn is_small_agri(self) -> bool {
        matches!(
            self,
            Self::SmallMicroEnterprise
                | Self::IndividualBusiness
                | Self::SmallBusinessOwner
                | Self::Farmer
                | Self::NewAgriEntity
        )
    }

    /// Whose fees are exempt from value-added tax (财税〔2017〕90号 六): farmers, small and micro enterprises,
    /// individual businesses.
    pub const fn is_vat_exempt(self) -> bool {
        matches!(self, Self::SmallMicroEnterprise | Self::IndividualBusiness | Self::Farmer)
    }

    /// Small-micro clients of the liability balance: small and micro enterprises, individual businesses and owners.
    pub const fn is_small_micro_in_weights(self) -> bool {
        matches!(self, Self::SmallMicroEnterprise | Self::IndividualBusiness | Self::SmallBusinessOwner)
    }

    /// The term of the trade, in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::SmallMicroEnterprise => "小微企业",
            Self::IndividualBusiness => "个体工商户",
            Self::SmallBusinessOwner => "小微企业主",
            Self::Farmer => "农户",
            Self::NewAgriEntity => "新型农业经营主体",
            Self::StrategicEmerging => "战略性新兴产业企业",
            Self::Medium => "中型企业",
            Self::Large => "大型企业",
            Self::Other => "其他",
        }
    }

    /// The term of the trade, in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::SmallMicroEnterprise => "small or micro enterprise",
            Self::IndividualBusiness => "individual business",
            Self::SmallBusinessOwner => "small-business owner",
            Self::Farmer => "farmer",
            Self::NewAgriEntity => "new agricultural entity",
            Self::StrategicEmerging => "strategic emerging enterprise",
            Self::Medium => "medium enterprise",
            Self::Large => "large enterprise",
            Self::Other => "client of another kind",
        }
    }
}

/// What a client is by its legal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalForm {
    /// 企业.
    Enterprise,
    /// 个体工商户.
    IndividualBusiness,
    /// 自然人.
    NaturalPerson,
    /// 农民专业合作社.
    Cooperative,
    /// 其他组织.
    OtherOrganisation,
}

/// What a client has declared or was found to be, with a source, on the day in question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// 农户, by the tax rules on small-enterprise financing (国办发〔2019〕6号 （三）).
    pub farmer: bool,
    /// 小微企业主.
    pub small_business_owner: bool,
    /// 新型农业经营主体.
    pub new_agri_entity: bool,
    /// 战略性新兴产业企业.
    pub strategic_emerging: bool,
}

impl LegalForm {
    /// Whether a size class is given: to enterprises alone (Reading `individuals_are_outside_the_award_statistics`).
    pub const fn has_size_class(self) -> bool {
        matches!(self, Self::Enterprise)
    }

    /// Whether it is a person, whose identifiers are personal data; everybody else is known by public codes.
    pub const fn is_natural_person(self) -> bool {
        matches!(self, Self::NaturalPerson)
    }

    /// The kind of a client of this form with this size class, and what it declared (RULES.md section 3).
    ///
    /// Of several kinds the one counts to which the law gives most: small or micro before the others; a farmer before a
    /// new agricultural entity, and this before an owner. Reading `a_cooperative_is_a_new_agri_entity`: 农民合作社 are named among
    /// them. An enterprise that has filed nothing is other, unless it declared something.
    pub const fn client_kind(self, size: Option<SizeClass>, declared: Declared) -> ClientKind {
        match (self, size) {
            (Self::IndividualBusiness, _) => ClientKind::IndividualBusiness,
            (Self::Cooperative, _) => ClientKind::NewAgriEntity,
            (Self::Enterprise, Some(SizeClass::Small | SizeClass::Micro)) => ClientKind::SmallMicroEnterprise,
            (Self::NaturalPerson, _) if declared.farmer => ClientKind::Farmer,
            _ if declared.new_agri_entity => ClientKind::NewAgriEntity,
            (Self::NaturalPerson, _) if declared.small_business_owner => ClientKind::SmallBusinessOwner,
            (Self::Enterprise, _) if declared.strategic_emerging => ClientKind::StrategicEmerging,
            (Self::Enterprise, Some(SizeClass::Medium)) => ClientKind::Medium,
            (Self::Enterprise, Some(SizeClass::Large)) => ClientKind::Large,
            (Self::Enterprise | Self::NaturalPerson | Self::OtherOrganisation, _) => ClientKind::Other,
        }
    }
}

/// What keeps an enterprise out of the statistics of 财建〔2018〕547号 二（一）.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AwardExclusions {
    /// 房地产行业: GB/T 4754 section K.
    pub real_estate: bool,
    /// 金融服务行业: GB/T 4754 section J.
    pub financial_services: bool,
    /// 投资（资产）管理类.
    pub investment_management: bool,
    /// 地方政府投融资平台类.
    pub government_platform: bool,
    /// 地方国有企业资本运营平台类.
    pub state_capital_platform: bool,
}

/// Numerator of the fee-reduction award: small or micro enterprises, none of the exclusions.
///
/// Reading `individuals_are_outside_the_award_statistics`: individual businesses and farmers have no size class and
/// are not among them.
pub fn in_award_statistics(size: Option<SizeClass>, exclusions: AwardExclusions) -> bool {
    matches!(size, Some(SizeClass::Small | SizeClass::Micro)) && exclusions == AwardExclusions::default()
}

/// Numerator of the tax rule 财税〔2017〕22号: medium, small and micro enterprises.
pub const fn in_tax_sme(size: Option<SizeClass>) -> bool {
    matches!(size, Some(SizeClass::Medium | SizeClass::Small | SizeClass::Micro))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_count_as_small_agri() {
        assert!(ClientKind::SmallBusinessOwner.is_small_agri());
        assert!(!ClientKind::SmallBusinessOwner.is_vat_exempt(), "the tax exemption is narrower");
    }

    #[test]
    fn strategic_emerging_is_supported_but_not_counted() {
        assert!(!ClientKind::StrategicEmerging.is_small_agri());
        let declared = Declared { strategic_emerging: true, ..Declared::default() };
        for (size, kind) in [
            (Some(SizeClass::Micro), ClientKind::SmallMicroEnterprise),
            (Some(SizeClass::Small), ClientKind::SmallMicroEnterprise),
            (Some(SizeClass::Medium), ClientKind::StrategicEmerging),
            (Some(SizeClass::Large), ClientKind::StrategicEmerging),
            (None, ClientKind::StrategicEmerging),
        ] {
            assert_eq!(LegalForm::Enterprise.client_kind(size, declared), kind, "{size:?}");
        }
    }

    #[test]
    fn a_cooperative_is_a_new_agri_entity() {
        let plain = LegalForm::Cooperative.client_kind(None, Declared::default());
        assert_eq!(plain, ClientKind::NewAgriEntity);
    }

    #[test]
    fn the_kind_follows_from_form_class_and_declarations() {
        use LegalForm::{Enterprise, IndividualBusiness, NaturalPerson, OtherOrganisation};
        let none = Declared::default();
        let farmer = Declared { farmer: true, ..none };
        let owner = Declared { small_business_owner: true, ..none };
        let agri = Declared { new_agri_entity: true, ..none };
        let all =
            Declared { farmer: true, small_business_owner: true, new_agri_entity: true, strategic_emerging: true };
        for (form, size, declared, kind) in [
            (Enterprise, Some(SizeClass::Small), none, ClientKind::SmallMicroEnterprise),
            (Enterprise, Some(SizeClass::Medium), none, ClientKind::Medium),
            (Enterprise, Some(SizeClass::Large), none, ClientKind::Large),
            (Enterprise, None, none, ClientKind::Other),
            (Enterprise, Some(SizeClass::Medium), agri, ClientKind::NewAgriEntity),
            (Enterprise, Some(SizeClass::Micro), all, ClientKind::SmallMicroEnterprise),
            // Nobody farms as an enterprise, and an enterprise is no owner.
            (Enterprise, Some(SizeClass::Medium), farmer, ClientKind::Medium),
            (Enterprise, Some(SizeClass::Large), owner, ClientKind::Large),
            (IndividualBusiness, None, all, ClientKind::IndividualBusiness),
            (NaturalPerson, None, none, ClientKind::Other),
            (NaturalPerson, None, farmer, ClientKind::Farmer),
            (NaturalPerson, None, owner, ClientKind::SmallBusinessOwner),
            (NaturalPerson, None, agri, ClientKind::NewAgriEntity),
            (NaturalPerson, None, all, ClientKind::Farmer),
            (OtherOrganisation, None, none, ClientKind::Other),
            (OtherOrganisation, None, agri, ClientKind::NewAgriEntity),
            (OtherOrganisation, None, owner, ClientKind::Other),
        ] {
            assert_eq!(form.client_kind(size, declared), kind, "{form:?} {size:?} {declared:?}");
        }
        assert!(Enterprise.has_size_class() && !IndividualBusiness.has_size_class());
    }

    #[test]
    fn individuals_are_outside_the_award_statistics() {
        assert!(!in_award_statistics(None, AwardExclusions::default()));
        assert!(in_award_statistics(Some(SizeClass::Micro), AwardExclusions::default()));
    }

    #[test]
    fn each_exclusion_alone_keeps_an_enterprise_out_of_the_award() {
        let none = AwardExclusions::default();
        for exclusions in [
            AwardExclusions { real_estate: true, ..none },
            AwardExclusions { financial_services: true, ..none },
            AwardExclusions { investment_management: true, ..none },
            AwardExclusions { government_platform: true, ..none },
            AwardExclusions { state_capital_platform: true, ..none },
        ] {
            assert!(!in_award_statistics(Some(SizeClass::Small), exclusions), "{exclusions:?}");
        }
    }

    #[test]
    fn every_kind_has_a_term_of_the_trade_of_its_own_in_both_languages() {
        let zh: std::collections::BTreeSet<_> = ClientKind::ALL.iter().map(|kind| kind.zh()).collect();
        let en: std::collections::BTreeSet<_> = ClientKind::ALL.iter().map(|kind| kind.en()).collect();
        assert_eq!((zh.len(), en.len()), (ClientKind::ALL.len(), ClientKind::ALL.len()));
        assert_eq!((ClientKind::Farmer.zh(), ClientKind::Farmer.en()), ("农户", "farmer"));
        assert!(!zh.contains("") && !en.contains(""));
    }

    #[test]
    fn the_three_numerators_differ() {
        // A medium enterprise is an SME for the tax rule, and neither small-and-agri nor in the award.
        let medium = Some(SizeClass::Medium);
        assert_eq!(
            (
                in_tax_sme(medium),
                ClientKind::Medium.is_small_agri(),
                in_award_statistics(medium, AwardExclusions::default())
            ),
            (true, false, false),
        );
        // A farmer is small-and-agri, and neither of the others.
        assert_eq!(
            (
                in_tax_sme(None),
                ClientKind::Farmer.is_small_agri(),
                in_award_statistics(None, AwardExclusions::default())
            ),
            (false, true, false),
        );
        // A small real estate developer is small-and-agri and an SME, and outside the award.
        let estate = AwardExclusions { real_estate: true, ..AwardExclusions::default() };
        assert_eq!(
            (
                in_tax_sme(Some(SizeClass::Small)),
                ClientKind::SmallMicroEnterprise.is_small_agri(),
                in_award_statistics(Some(SizeClass::Small), estate),
            ),
            (true, true, false),
        );
    }
}
