//! How we read a clause where the text is silent or ambiguous: each reading has a name, and a test under that name.

/// One decision of ours about a text that does not decide.
#[derive(Debug, PartialEq, Eq)]
pub struct Reading {
    /// The stable name; a test of the same name proves it.
    pub id: &'static str,
    /// The reading in Chinese.
    pub zh: &'static str,
    /// The reading in English.
    pub en: &'static str,
}

macro_rules! readings {
    ($($name:ident, $id:literal, $zh:literal, $en:literal;)*) => {
        $(#[doc = $en] pub static $name: Reading = Reading { id: $id, zh: $zh, en: $en };)*
        /// Every reading there is.
        pub static ALL: &[&Reading] = &[$(&$name),*];
    };
}

readings! {
    NON_FINANCING_STANDS_IN_THE_DENOMINATOR, "non_financing_stands_in_the_denominator",
    "非融资担保（条例第十二条）计入占比的分母，不计入融资担保责任余额。",
    "Non-financing guarantees (regulation art. 12) stand in the denominator of the shares and outside the liability balance.";

    OF_WHICH_MEANS_OF_THE_SMALL_AGRI_AMOUNT, "of_which_means_of_the_small_agri_amount",
    "“其中”指支小支农担保金额之中：以支小支农担保金额为分母；占全部担保金额的比例另行列示。",
    "其中 means of the small-and-agri amount; the share of all guarantee amount is reported beside it.";

    CLIENT_SHARE_IS_MEASURED_PER_INSTITUTION, "client_share_is_measured_per_institution",
    "行业目标按机构分别计量：2020年8月7日前显示进度，之后显示差距。",
    "The sector's target is measured per institution: shown as progress before 2020-08-07, as shortfall from that day.";

    REGUARANTEE_FEE_IS_PER_YEAR, "reguarantee_fee_is_per_year",
    "再担保费率上限按年计算：费用按365天折算，分母为承担的风险责任。",
    "The cap on the re-guarantee fee is per year, on the risk borne.";

    OWNERS_COUNT_AS_SMALL_AGRI, "owners_count_as_small_agri",
    "小微企业主自始计入支小支农：2025年3月1日前依6号文（三）之“等”，其后依财金〔2025〕11号第二条。",
    "Small-business owners count as small-and-agri: by the 等 of clause （三） until 2025-03-01, by 财金〔2025〕11号 art. 2 from then.";

    STRATEGIC_EMERGING_IS_SUPPORTED_BUT_NOT_COUNTED, "strategic_emerging_is_supported_but_not_counted",
    "战略性新兴产业企业属支持范围，但除非同时为小型、微型企业，不计入支小支农占比的分子。",
    "A strategic emerging enterprise may be guaranteed, and is in the numerator only if it is also small or micro.";

    A_COOPERATIVE_IS_A_NEW_AGRI_ENTITY, "a_cooperative_is_a_new_agri_entity",
    "农民专业合作社属新型农业经营主体，无须另行申报，不按企业划型。",
    "A farmers' cooperative is a new agricultural entity without further declaration, and is given no size class.";

    SIZE_IS_FIXED_AT_APPROVAL, "size_is_fixed_at_approval",
    "企业规模按合同批准时报送的指标认定，对该合同不再重新认定。",
    "The size class is fixed when the contract is approved, from the inputs filed then, and not judged again for that contract.";

    ONLY_ENTERPRISES_ARE_BOUND_BY_THE_CREDIT_LINE, "only_enterprises_are_bound_by_the_credit_line",
    "“单户授信500万元及以下”只限定小微企业贷款；个体工商户、小微企业主经营性贷款不受此限；“其中”指前一分子之中。",
    "The 500万 credit line bounds only the enterprises' loans, not the operating loans of individual businesses and owners; 其中 means of the first numerator.";

    WEIGHTED_SMALL_LOANS_INCLUDE_INDIVIDUALS_AND_OWNERS, "weighted_small_loans_include_individuals_and_owners",
    "责任余额0.75权重中的小微企业包括个体工商户和小微企业主（从统计报表口径）；农户另按200万元。单户以借款类在保余额计，含本数。",
    "The 0.75 weight for small-micro loans includes individual businesses and owners, after the statistics template; only the client's loan items count towards its balance, and the limit includes the number.";

    RELATED_TERMS_ARE_COMPARED_WITHIN_BANDS_OF_TERMS, "related_terms_are_compared_within_bands_of_terms",
    "“同类担保”指产品、担保品种、客户类别相同且期限同档（一年以内、三年以内、三年以上）的业务，以近12个月费率的中位数比较。",
    "同类担保 means the same product, kind of guarantee, client kind and band of terms (up to a year, up to three, longer); compared is the median fee rate of the last 12 months.";

    COMMITMENTS_COUNT_IN_THE_LIABILITY_BALANCE, "commitments_count_in_the_liability_balance",
    "已审批未放款的合同自审批之日起计入担保责任余额和户数：限额在审批时即须守住，取消或失效后转出。",
    "A contract counts in the liability balance and among the clients from its approval on: the limits hold when it is approved, and what is cancelled or lapses leaves again.";

    UNVERIFIED_VALUES_NEVER_LOOSEN_VERIFIED_LIMITS, "unverified_values_never_loosen_verified_limits",
    "未核实的参数不得放宽已核实的限制：需有监管部门注明日期的确认。",
    "A value that was not verified never loosens a verified limit: a dated confirmation by the supervisor is required.";

    WHOLE_TERM_COUNTS, "whole_term_counts",
    "实际担保天数按整个担保期间计算，不在12月31日截断：担保费按整个期间收取。",
    "The days of a contract are its whole term, not cut at 31 December, because the fee is charged for the whole term.";

    RESERVE_BALANCE_IS_WEIGHTED_FROM_2018, "reserve_balance_is_weighted_from_2018",
    "计提准备金的担保责任余额自2018年末起按权重计量，之前不加权；两者均列示。",
    "The liability balance behind the reserves is weighted from year-end 2018 and unweighted before; both are shown.";

    LOSSES_OFFSET_BEFORE_THE_REST_REVERSES, "losses_offset_before_the_rest_reverses",
    "代偿损失先冲减上年已在税前扣除的担保赔偿准备，余额再转为当期收入；两种顺序的净额相同。",
    "A payout loss is offset first against last year's deducted compensation reserve, and the rest reverses into income; the net is the same either way.";

    INDIVIDUALS_ARE_OUTSIDE_THE_AWARD_STATISTICS, "individuals_are_outside_the_award_statistics",
    "降费奖补的小微企业指小型、微型企业，不含个体工商户和农户。",
    "The award counts small and micro enterprises; individual businesses and farmers are not among them.";

    MEDIAN_AND_AVERAGE_ARE_OVER_ALL_UNITS, "median_and_average_are_over_all_units",
    "区域中位数按区域内全部省份计算（偶数取中间两数平均）；全国平均费率为全部省份担保费之和除以年化担保额之和。",
    "The median is over all units of the region (mean of the middle two), the national average is Σ fee ÷ Σ amount over all units.";

    FEE_GATE_APPLIES_AFTER_RANKING, "fee_gate_applies_after_ranking",
    "2019、2020年费率不超过2%的条件在排名之后适用，不由后位递补。",
    "The gate of two per cent in 2019 and 2020 applies after ranking: nobody moves up.";

    RELEASE_BY_PAYOUT_IS_A_RELEASE, "release_by_payout_is_a_release",
    "机构代偿率的分母为期内解除的担保额，含代偿解除。",
    "The institution's payout rate is measured over guarantees released in the period, release by payout included.";

    VAT_EXEMPTION_TAKES_THE_NARROWER_SCOPE, "vat_exemption_takes_the_narrower_scope",
    "税总发〔2018〕174号称“中小企业”，范围较宽；按财税文件的较窄范围（农户、小型企业、微型企业、个体工商户）免税，差额列示。",
    "税总发〔2018〕174号 speaks of 中小企业, medium ones included; the narrower scope of the tax rules is applied and the difference shown.";
}
