//! The kinds of institutions, and what each kind may have to do with the others.

use super::role::{Role, words};

words! {
    /// 机构类型。What an institution is in the system.
    InstitutionKind {
        /// 国家融资担保基金。
        NationalFund = "national_fund",
        /// 省级再担保机构。
        ProvincialReguarantor = "provincial_reguarantor",
        /// 市县融资担保机构。
        GuaranteeInstitution = "guarantee_institution",
        /// 财政局（部、厅）。
        FinanceBureau = "finance_bureau",
        /// 监管部门。
        Supervisor = "supervisor",
    }
}

words! {
    /// 隶属关系。What the upper institution has to do with the member.
    Relation {
        /// 再担保。It takes part of the member's risk.
        Reguarantees = "reguarantees",
        /// 审核。It reviews what the member claims from the treasury.
        Reviews = "reviews",
        /// 监管。It supervises the member.
        Supervises = "supervises",
    }
}

/// Whether an institution of kind `upper` in `upper_region` may onboard one of kind `new` in `new_region`: the national fund
/// everybody but another national fund, a provincial re-guarantor the institutions and bureaus of its own province.
pub fn may_onboard(upper: InstitutionKind, upper_region: &str, new: InstitutionKind, new_region: &str) -> bool {
    use InstitutionKind as K;
    match (upper, new) {
        (K::NationalFund, K::NationalFund) => false,
        (K::NationalFund, _) => true,
        (K::ProvincialReguarantor, K::GuaranteeInstitution | K::FinanceBureau) => {
            same_province(upper_region, new_region)
        }
        (K::ProvincialReguarantor | K::GuaranteeInstitution | K::FinanceBureau | K::Supervisor, _) => false,
    }
}

/// Whether `relation` can hold between an upper institution and a member of these kinds.
pub const fn may_state(relation: Relation, upper: InstitutionKind, member: InstitutionKind) -> bool {
    use InstitutionKind as K;
    match relation {
        Relation::Reguarantees => matches!(
            (upper, member),
            (K::NationalFund, K::ProvincialReguarantor) | (K::ProvincialReguarantor, K::GuaranteeInstitution)
        ),
        Relation::Reviews => matches!(upper, K::FinanceBureau) && !matches!(member, K::FinanceBureau | K::Supervisor),
        Relation::Supervises => matches!(upper, K::Supervisor) && !matches!(member, K::FinanceBureau | K::Supervisor),
    }
}

/// Whether an institution's claims reach one in `member_region`: the national fund's everywhere, everybody else's within the own province,
/// as they onboard. A bureau or supervisor that the national fund onboarded at its own seat (`at_the_funds_seat`) is one of the whole
/// country.
pub fn may_reach(kind: InstitutionKind, region: &str, at_the_funds_seat: bool, member_region: &str) -> bool {
    use InstitutionKind as K;
    match kind {
        K::NationalFund => true,
        K::FinanceBureau | K::Supervisor if at_the_funds_seat => true,
        K::ProvincialReguarantor | K::GuaranteeInstitution | K::FinanceBureau | K::Supervisor => {
            same_province(region, member_region)
        }
    }
}

/// GB/T 2260: the first two digits are the province.
fn same_province(one: &str, other: &str) -> bool {
    one.get(..2).is_some_and(|province| other.starts_with(province))
}

/// Whether an institution of this kind bears risk, and so may state limits, products and branches of banks.
pub const fn bears_risk(kind: InstitutionKind) -> bool {
    use InstitutionKind as K;
    match kind {
        K::NationalFund | K::ProvincialReguarantor | K::GuaranteeInstitution => true,
        K::FinanceBureau | K::Supervisor => false,
    }
}

/// Whether an institution of `kind` guarantees, and so has guaranteed parties and agreements of its own.
pub const fn may_hold_parties(kind: InstitutionKind) -> bool {
    matches!(kind, InstitutionKind::GuaranteeInstitution | InstitutionKind::ProvincialReguarantor)
}

/// Whether an institution of this kind states what everybody reads: banks, deadlines, and products open to all.
pub const fn serves_everybody(kind: InstitutionKind) -> bool {
    use InstitutionKind as K;
    match kind {
        K::NationalFund | K::ProvincialReguarantor => true,
        K::GuaranteeInstitution | K::FinanceBureau | K::Supervisor => false,
    }
}

/// Whether an institution of `kind` has people with `role`.
pub const fn role_fits(kind: InstitutionKind, role: Role) -> bool {
    use InstitutionKind as K;
    match role {
        Role::Auditor | Role::Admin => true,
        Role::Officer | Role::Approver => !matches!(kind, K::FinanceBureau),
        Role::Treasurer => !matches!(kind, K::FinanceBureau | K::Supervisor),
        Role::Reviewer | Role::BureauApprover => matches!(kind, K::FinanceBureau),
        Role::Client => matches!(kind, K::GuaranteeInstitution),
    }
}

#[cfg(test)]
mod tests {
    use super::{InstitutionKind as K, Relation, Role, may_hold_parties, may_onboard, may_reach, may_state, role_fits};

    #[test]
    fn only_guarantors_and_provincial_reguarantors_have_parties() {
        let holders: Vec<K> = K::ALL.iter().copied().filter(|kind| may_hold_parties(*kind)).collect();
        assert_eq!(holders, [K::ProvincialReguarantor, K::GuaranteeInstitution]);
    }

    #[test]
    fn a_provincial_reguarantor_onboards_within_its_province_only() {
        assert!(may_onboard(K::ProvincialReguarantor, "330000", K::GuaranteeInstitution, "330100"));
        assert!(!may_onboard(K::ProvincialReguarantor, "330000", K::GuaranteeInstitution, "320100"));
        assert!(!may_onboard(K::ProvincialReguarantor, "330000", K::ProvincialReguarantor, "330000"));
    }

    #[test]
    fn the_national_fund_onboards_every_other_kind_and_nobody_else_does() {
        for new in K::ALL {
            assert_eq!(may_onboard(K::NationalFund, "110000", *new, "650000"), *new != K::NationalFund, "{new}");
            for upper in [K::GuaranteeInstitution, K::FinanceBureau, K::Supervisor] {
                assert!(!may_onboard(upper, "110000", *new, "110000"), "{upper} {new}");
            }
        }
    }

    #[test]
    fn risk_is_taken_over_one_layer_at_a_time() {
        assert!(may_state(Relation::Reguarantees, K::NationalFund, K::ProvincialReguarantor));
        assert!(may_state(Relation::Reguarantees, K::ProvincialReguarantor, K::GuaranteeInstitution));
        assert!(!may_state(Relation::Reguarantees, K::NationalFund, K::GuaranteeInstitution));
        assert!(!may_state(Relation::Reguarantees, K::FinanceBureau, K::GuaranteeInstitution));
    }

    #[test]
    fn claims_stay_within_the_province_but_for_the_funds_and_those_at_its_seat() {
        for kind in K::ALL {
            assert!(may_reach(*kind, "330100", false, "330200"), "{kind}");
            assert_eq!(may_reach(*kind, "330100", false, "320100"), *kind == K::NationalFund, "{kind}");
            let central = matches!(kind, K::NationalFund | K::FinanceBureau | K::Supervisor);
            assert_eq!(may_reach(*kind, "110000", true, "330100"), central, "{kind}");
        }
    }

    #[test]
    fn only_bureaus_review_and_only_supervisors_supervise() {
        for upper in K::ALL {
            let reviews = may_state(Relation::Reviews, *upper, K::GuaranteeInstitution);
            let supervises = may_state(Relation::Supervises, *upper, K::GuaranteeInstitution);
            assert_eq!((reviews, supervises), (*upper == K::FinanceBureau, *upper == K::Supervisor), "{upper}");
        }
    }

    #[test]
    fn reviewers_work_at_bureaus_and_clients_belong_to_guarantee_institutions() {
        for kind in K::ALL {
            assert!(role_fits(*kind, Role::Admin) && role_fits(*kind, Role::Auditor));
            assert_eq!(role_fits(*kind, Role::Reviewer), *kind == K::FinanceBureau);
            assert_eq!(role_fits(*kind, Role::Client), *kind == K::GuaranteeInstitution);
        }
    }
}
