//! 国办发〔2019〕6号: the government-backed guarantee funds serve small enterprises and agriculture.

use rust_decimal::dec;

use super::{
    Clause, ClientTotalCap, Direction, Document, NotAbove, NotBelow, Prohibited, Required, Rule, Severity, Source,
    Version, cai_jin_2025_11, readings,
};
use crate::value::{Day, Money, Rate};

/// 国办发〔2019〕6号.
pub static DOCUMENT: Document = Document {
    number: "国办发〔2019〕6号",
    title: "关于有效发挥政府性融资担保基金作用切实支持小微企业和“三农”发展的指导意见",
    title_en: "Guiding opinions on making government-backed financing guarantee funds serve small and micro enterprises and agriculture",
    issued: Some(Day::new(2019, 1, 22)),
    text: Some("guo-ban-fa-2019-6.txt"),
};

/// In force from the day it was issued.
const FROM: Day = Day::new(2019, 1, 22);

const fn clause(clause: &'static str, quote: &'static str) -> Source {
    Source::Clause(Clause::primary(&DOCUMENT, clause, quote))
}

const fn open<T>(value: T, source: Source) -> Version<T> {
    Version { value, from: FROM, until: None, source, see: &[] }
}

/// （六）, （五）: at least 80 % of the guarantee amount is for small enterprises and agriculture.
///
/// From 2025-03-01 财金〔2025〕11号 art. 6 says 原则上 (known from secondary sources): the stricter wording stays.
pub static SHARE_SMALL_AGRI: Rule<Rate> = Rule {
    id: "share.small_agri",
    title: "支小支农担保金额占比",
    title_en: "small-and-agri share of the guarantee amount",
    severity: Severity::Forbid,
    direction: Direction::Minimum,
    versions: &[Version {
        see: &[
            Clause::primary(&DOCUMENT, "（五）", "确保支小支农担保业务占比达到 80%以上"),
            cai_jin_2025_11::ARTICLE_6_SHARE,
        ],
        ..open(Rate::new(dec!(0.80)), clause("（六）", "合作机构支小支农担保金额占全部担保金额的比例不得低于 80%"))
    }],
    readings: &[&readings::NON_FINANCING_STANDS_IN_THE_DENOMINATOR],
    gaps: &[],
};

/// （六）: of which at least 50 % with clients of at most 500万.
pub static SHARE_SMALL_TICKET: Rule<Rate> = Rule {
    id: "share.small_ticket",
    title: "支小支农担保金额中单户500万元及以下的占比",
    title_en: "share of clients up to 5,000,000 yuan in the small-and-agri amount",
    severity: Severity::Forbid,
    direction: Direction::Minimum,
    versions: &[Version {
        see: &[cai_jin_2025_11::ARTICLE_6_SMALL_TICKET],
        ..open(Rate::new(dec!(0.50)), clause("（六）", "其中单户担保金额 500 万元及以下的占比不得低于 50%"))
    }],
    readings: &[&readings::OF_WHICH_MEANS_OF_THE_SMALL_AGRI_AMOUNT],
    gaps: &[],
};

/// （三）: who is small-and-agri. Strategic emerging enterprises are supported, which is not the same.
pub static CLIENT_SMALL_AGRI: Rule<Required> = Rule {
    id: "client.small_agri",
    title: "支小支农的范围",
    title_en: "who counts as small-and-agri",
    severity: Severity::Advise,
    direction: Direction::Method,
    versions: &[Version {
        see: &[cai_jin_2025_11::ARTICLE_2],
        ..open(
            Required("small_micro_individual_owner_farmer_new_agri"),
            clause(
                "（三）",
                "聚焦小微企业、个体工商户、农户、新型农业经营主体等小微企业和“三农”主体，以及符合条件的战略性新兴产业企业",
            ),
        )
    }],
    readings: &[
        &readings::OWNERS_COUNT_AS_SMALL_AGRI,
        &readings::STRATEGIC_EMERGING_IS_SUPPORTED_BUT_NOT_COUNTED,
        &readings::A_COOPERATIVE_IS_A_NEW_AGRI_ENTITY,
    ],
    gaps: &[],
};

/// A client's total up to and including this is a small ticket: 500万 (以下 includes the number).
pub const SMALL_TICKET: Money = Money::from_wan(500);

/// （八）: at most 1 % a year up to 500万, at most 1.5 % above, for small enterprises and agriculture, 原则上.
pub static FEE_CAP: Rule<ClientTotalCap> = Rule {
    id: "fee.cap",
    title: "支小支农担保费率上限",
    title_en: "cap on the guarantee fee rate for small-and-agri clients",
    severity: Severity::Principle,
    direction: Direction::Maximum,
    versions: &[open(
        ClientTotalCap { small_ticket: SMALL_TICKET, up_to: Rate::new(dec!(0.01)), above: Rate::new(dec!(0.015)) },
        clause(
            "（八）",
            "对单户担保金额 500 万元及以下的小微企业和“三农”主体收取的担保费率原则上不超过 1%，对单户担保金额 500 万元以上的小微企业和“三农”主体收取的担保费率原则上不超过 1.5%",
        ),
    )],
    readings: &[],
    gaps: &[],
};

/// （八）: the institution's average fee rate goes down step by step to 1 % or less.
pub static FEE_AVERAGE: Rule<Rate> = Rule {
    id: "fee.average",
    title: "机构平均担保费率",
    title_en: "average guarantee fee rate of the institution",
    severity: Severity::Advise,
    direction: Direction::Maximum,
    versions: &[open(Rate::new(dec!(0.01)), clause("（八）", "逐步将平均担保费率降至 1%以下"))],
    readings: &[],
    gaps: &[],
};

/// （十）: nothing but interest and the guarantee fee may be charged.
pub static FEE_ONLY: Rule<Prohibited> = Rule {
    id: "fee.only",
    title: "除贷款利息和担保费外不得收取不合理费用",
    title_en: "no charge beside interest and the guarantee fee",
    severity: Severity::Forbid,
    direction: Direction::Prohibited,
    versions: &[open(
        Prohibited("other_charges"),
        clause(
            "（十）",
            "除贷款利息和担保费外，不得以保证金、承诺费、咨询费、顾问费、注册费、资料费等名义收取不合理费用",
        ),
    )],
    readings: &[],
    gaps: &[],
};

/// （九）: the re-guarantee fee is at most 0.3 % of the risk borne up to 500万, at most 0.5 % above, 原则上.
pub static REFEE_CAP: Rule<ClientTotalCap> = Rule {
    id: "refee.cap",
    title: "再担保费率上限",
    title_en: "cap on the re-guarantee fee rate",
    severity: Severity::Principle,
    direction: Direction::Maximum,
    versions: &[open(
        ClientTotalCap { small_ticket: SMALL_TICKET, up_to: Rate::new(dec!(0.003)), above: Rate::new(dec!(0.005)) },
        clause(
            "（九）",
            "单户担保金额 500 万元以上的再担保业务收费，原则上不高于承担风险责任的 0.5%，单户担保金额 500 万元及以下的再担保业务收费，原则上不高于承担风险责任的 0.3%",
        ),
    )],
    readings: &[&readings::REGUARANTEE_FEE_IS_PER_YEAR],
    gaps: &[],
};

/// （九）: the national fund generally charges no more than the provincial re-guarantor.
pub static REFEE_ORDER: Rule<NotAbove> = Rule {
    id: "refee.order",
    title: "国家融资担保基金再担保费率一般不高于省级",
    title_en: "the national re-guarantee fee rate is not above the provincial one",
    severity: Severity::Advise,
    direction: Direction::Maximum,
    versions: &[open(
        NotAbove("provincial"),
        clause("（九）", "国家融资担保基金再担保业务收费一般不高于省级担保、再担保基金（机构）"),
    )],
    readings: &[],
    gaps: &[],
};

const BANK_AND_NATIONAL: &str = "原则上国家融资担保基金和银行业金融机构承担的风险责任比例均不低于 20%";

/// （十一）: the bank bears at least 20 %, 原则上.
pub static RISK_BANK: Rule<Rate> = Rule {
    id: "risk.bank",
    title: "银行分担风险比例",
    title_en: "the bank's share of the risk",
    severity: Severity::Principle,
    direction: Direction::Minimum,
    versions: &[open(Rate::new(dec!(0.20)), clause("（十一）", BANK_AND_NATIONAL))],
    readings: &[],
    gaps: &[],
};

/// （十一）: the national fund bears at least 20 % when it takes part, 原则上.
pub static RISK_NATIONAL: Rule<Rate> = Rule {
    id: "risk.national",
    title: "国家融资担保基金分担风险比例",
    title_en: "the national fund's share of the risk",
    severity: Severity::Principle,
    direction: Direction::Minimum,
    versions: &[open(Rate::new(dec!(0.20)), clause("（十一）", BANK_AND_NATIONAL))],
    readings: &[],
    gaps: &[],
};

/// （十一）: the provincial share is not below the national one when the national fund takes part.
pub static RISK_PROVINCIAL: Rule<NotBelow> = Rule {
    id: "risk.provincial",
    title: "省级分担风险比例不低于国家融资担保基金",
    title_en: "the provincial share of the risk is not below the national one",
    severity: Severity::Principle,
    direction: Direction::Minimum,
    versions: &[open(
        NotBelow("national"),
        clause("（十一）", "省级担保、再担保基金（机构）承担的风险责任比例不低于国家融资担保基金承担的比例"),
    )],
    readings: &[],
    gaps: &[],
};

/// （二）: no guarantee for the issuance of government bonds.
pub static PURPOSE_BOND: Rule<Prohibited> = Rule {
    id: "purpose.bond",
    title: "不得为政府债券发行提供担保",
    title_en: "no guarantee for the issuance of government bonds",
    severity: Severity::Forbid,
    direction: Direction::Prohibited,
    versions: &[Version {
        see: &[cai_jin_2025_11::ARTICLE_8_BOND],
        ..open(Prohibited("government_bond"), clause("（二）", "不得为政府债券发行提供担保"))
    }],
    readings: &[],
    gaps: &[],
};

/// （二）: no credit support for government financing platforms.
pub static PURPOSE_PLATFORM: Rule<Prohibited> = Rule {
    id: "purpose.platform",
    title: "不得为政府融资平台融资提供增信",
    title_en: "no credit support for government financing platforms",
    severity: Severity::Forbid,
    direction: Direction::Prohibited,
    versions: &[Version {
        see: &[cai_jin_2025_11::ARTICLE_8_PLATFORM],
        ..open(Prohibited("government_platform"), clause("（二）", "不得为政府融资平台融资提供增信"))
    }],
    readings: &[],
    gaps: &[],
};

/// （二）, （五）: no equity investment in institutions that are not financing guarantors.
///
/// 财金〔2025〕11号 art. 8 (secondary) excepts technology guarantee with equity linkage: an unverified value does not
/// loosen a verified limit, so the exception needs a dated confirmation of the supervisor.
pub static INVEST_EQUITY: Rule<Prohibited> = Rule {
    id: "invest.equity",
    title: "不得向非融资担保机构进行股权投资",
    title_en: "no equity investment in institutions other than financing guarantors",
    severity: Severity::Forbid,
    direction: Direction::Prohibited,
    versions: &[Version {
        see: &[
            Clause::primary(&DOCUMENT, "（五）", "不得向非融资担保机构进行股权投资"),
            cai_jin_2025_11::ARTICLE_8_EQUITY,
        ],
        ..open(Prohibited("equity_in_non_guarantor"), clause("（二）", "不得向非融资担保机构进行股权投资"))
    }],
    readings: &[&readings::UNVERIFIED_VALUES_NEVER_LOOSEN_VERIFIED_LIMITS],
    gaps: &[],
};

/// （十三）: the institution pays first, then the others bear their parts.
pub static PAYOUT_FIRST: Rule<Required> = Rule {
    id: "payout.first",
    title: "先代偿、后分险",
    title_en: "pay first, share afterwards",
    severity: Severity::Forbid,
    direction: Direction::Method,
    versions: &[open(
        Required("institution_pays_then_dues"),
        clause("（十三）", "各级政府性融资担保机构要按照“先代偿、后分险”原则，落实代偿和分险责任"),
    )],
    readings: &[],
    gaps: &[],
};

/// （二十三）: applications of clients with a bank loan are examined strictly, lest the bank shift its risk.
pub static TRANSFER_BANK_LOAN: Rule<Required> = Rule {
    id: "transfer.bank_loan",
    title: "有银行贷款记录的须严格审核",
    title_en: "a client with a bank loan is examined for shifted risk",
    severity: Severity::Advise,
    direction: Direction::Required,
    versions: &[open(
        Required("credit_check"),
        clause("（二十三）", "严格审核有银行贷款记录的小微企业和“三农”主体的担保申请"),
    )],
    readings: &[],
    gaps: &[],
};

/// （四）, then 财金〔2025〕11号 art. 6: the focus is on clients up to 500万, later 1000万.
pub static SIZE_FOCUS: Rule<Money> = Rule {
    id: "size.focus",
    title: "重点支持的单户担保金额",
    title_en: "the client total the policy focuses on",
    severity: Severity::Advise,
    direction: Direction::Maximum,
    versions: &[
        Version {
            value: SMALL_TICKET,
            from: FROM,
            until: Some(cai_jin_2025_11::FROM),
            source: clause("（四）", "重点支持单户担保金额 500 万元及以下的小微企业和“三农”主体"),
            see: &[],
        },
        Version {
            value: Money::from_wan(1000),
            from: cai_jin_2025_11::FROM,
            until: None,
            source: Source::Clause(cai_jin_2025_11::ARTICLE_6_FOCUS),
            see: &[],
        },
    ],
    readings: &[],
    gaps: &[],
};
