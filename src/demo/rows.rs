//! The dated rows of the demo world: documented products and deadlines, and invented banks, figures and limits.

use crate::{
    app::{App, bank, deadline, financial_statement, local_limit, product},
    auth::{Caller, InstitutionKind},
    error::Problem,
    store::{
        bank::{Bank, Branch},
        dated,
        deadline::{Period, Terms as Deadline},
        financial_statement::NewStatement,
        local_limit::{LimitRule, LocalLimit},
        product::{Grade, PayoutDefinition, ProductKind, Terms},
    },
};
use chrono::Datelike as _;
use domain::{
    policy::{cai_jian_2018_547, guo_ban_fa_2019_6, guo_fa_2018_39, guo_rong_dan_2020_23},
    supervision::Statement,
    value::{Day, InstitutionId, Money, Rate},
};
use uuid::Uuid;

/// Invented banks: code and name.
const BANKS: &[(&str, &str)] = &[
    ("JIA", "示例甲银行"),
    ("YI", "示例乙银行"),
    ("BING", "示例丙农村商业银行"),
    ("DING", "示例丁城市商业银行"),
    ("WU", "示例戊村镇银行"),
];

/// Where each of them has a branch: the end of its code, the place, and its region.
const BRANCHES: &[(&str, &str, &str)] = &[("001", "临湖", "330100"), ("002", "江北", "510100")];

/// The day from which the invented rows stand: before anything that will be booked under them.
const SINCE: Day = Day::new(2019, 1, 22);

/// Has the national fund state what everybody reads: products, banks with their branches, and deadlines; the answer is the banks.
pub(super) async fn of_everybody(app: &App, fund: &Caller) -> Result<Vec<Bank>, Problem> {
    let mut banks = Vec::new();
    for terms in [regular(), batch(), technology(), private_investment(), startup()] {
        product::state(app, fund, Uuid::now_v7(), terms?).await?;
    }
    for (code, name) in BANKS {
        let (id, stater) = (Uuid::now_v7(), fund.institution);
        let (code, name) = ((*code).to_owned(), (*name).to_owned());
        let bank = Bank { id, stater, code, name, from: SINCE, until: None, version: 1 };
        bank::state(app, fund, bank.clone()).await?;
        for (end, place, region) in BRANCHES {
            let branch = Branch {
                id: Uuid::now_v7(),
                stater,
                bank: id,
                code: format!("{}{end}", bank.code),
                name: format!("{}{place}支行", bank.name),
                region_code: (*region).to_owned(),
                from: SINCE,
                until: None,
                version: 1,
            };
            bank::state_branch(app, fund, branch).await?;
        }
        banks.push(bank);
    }
    for terms in [annual_progress(), half_year_progress()] {
        deadline::state(app, fund, Uuid::now_v7(), terms).await?;
    }
    Ok(banks)
}

/// Has a treasurer file invented figures of the last year's end; every asset ratio is kept.
pub(super) async fn statement(app: &App, treasurer: &Caller, net_assets: Money) -> Result<(), Problem> {
    let today = dated::day(crate::clock::civil_day(app.clock.now()))?;
    let as_of = today.date().year().checked_sub(1).and_then(Day::year_end).ok_or_else(Problem::internal)?;
    let part = |of_net_assets| rate(of_net_assets)?.at_most(net_assets).map_err(|_| Problem::internal());
    let figures = Statement {
        net_assets,
        unearned_reserve: part("0.02")?,
        compensation_reserve: part("0.05")?,
        total_assets: part("1.30")?,
        payout_receivables: part("0.03")?,
        grade1: part("0.40")?,
        grade2: part("0.55")?,
        grade3: part("0.32")?,
    };
    let new = NewStatement { id: Uuid::now_v7(), as_of, figures, corrects: None };
    financial_statement::file(app, treasurer, new).await.map(drop)
}

/// Has a province hold one of its members to eight times net assets.
pub(super) async fn limit(app: &App, province: &Caller, member: InstitutionId) -> Result<(), Problem> {
    let new = LocalLimit {
        id: Uuid::now_v7(),
        stater: province.institution,
        member,
        rule: LimitRule::Leverage,
        key: None,
        value: rate("8")?,
        from: SINCE,
        until: None,
        document: "示例东方省再担保有限公司业务管理办法（虚构）".to_owned(),
        version: 1,
    };
    local_limit::state(app, province, new).await.map(drop)
}

/// A product with nothing but its name, the law alone being over it.
fn plain(code: &str, name: &str, kind: ProductKind, from: Day, (document, clause): (&str, &str)) -> Terms {
    Terms {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        from,
        until: None,
        client_max: None,
        payout_rate_cap: None,
        payout_definition: None,
        fee_max: None,
        reguarantee_fee_max: None,
        bank_min: None,
        provincial_min: None,
        grades: Vec::new(),
        startup_person_max: None,
        startup_enterprise_max: None,
        replaces: Vec::new(),
        document: document.to_owned(),
        clause: clause.to_owned(),
        // Known from secondary sources, or not as a whole from the document.
        verified: false,
    }
}

/// A rate as this file writes it.
fn rate(text: &str) -> Result<Rate, Problem> {
    text.parse().map_err(|_| Problem::internal())
}

fn grade(name: &str, national_max: &str) -> Result<Grade, Problem> {
    Ok(Grade { name: name.to_owned(), national_max: rate(national_max)? })
}

/// 一般业务: what the plans say they raise, so it is inferred from them.
fn regular() -> Result<Terms, Problem> {
    let source = ("财金〔2024〕60号、财金〔2026〕6号", "代偿率上限、单户上限由其提高前的数值推知");
    Ok(Terms {
        client_max: Some(Money::from_wan(1000)),
        payout_rate_cap: Some(rate("0.04")?),
        payout_definition: Some(PayoutDefinition::Institution),
        ..plain("yiban", "一般业务", ProductKind::Regular, SINCE, source)
    })
}

/// 总对总批量担保业务.
fn batch() -> Result<Terms, Problem> {
    let source = (guo_rong_dan_2020_23::DOCUMENT.number, "合作方案");
    Ok(Terms {
        client_max: Some(Money::from_wan(1000)),
        payout_rate_cap: Some(rate("0.03")?),
        payout_definition: Some(PayoutDefinition::Batch),
        fee_max: Some(rate("0.01")?),
        reguarantee_fee_max: Some(rate("0.003")?),
        ..plain("zongduizong", "银担“总对总”批量担保业务", ProductKind::Batch, Day::new(2020, 4, 16), source)
    })
}

/// 科技创新专项担保计划: a provincial share of 20 % in place of one not below the national.
fn technology() -> Result<Terms, Problem> {
    let source = ("财金〔2024〕60号", "分险比例、代偿率上限、单户上限");
    Ok(Terms {
        client_max: Some(Money::from_wan(3000)),
        payout_rate_cap: Some(rate("0.05")?),
        payout_definition: Some(PayoutDefinition::Institution),
        bank_min: Some(rate("0.2")?),
        provincial_min: Some(rate("0.2")?),
        grades: vec![
            grade("专精特新“小巨人”企业、专精特新中小企业、承担国家科技项目的企业", "0.4")?,
            grade("高新技术企业、“创新积分制”企业", "0.35")?,
            grade("科技型中小企业、创新型中小企业", "0.3")?,
        ],
        replaces: vec![guo_ban_fa_2019_6::RISK_PROVINCIAL.id.to_owned()],
        ..plain("keji-chuangxin", "科技创新专项担保计划", ProductKind::Plan, Day::new(2024, 7, 24), source)
    })
}

/// 民间投资专项担保计划: two years. The re-guarantee fee is halved: half of the higher cap, the lower binds by law.
fn private_investment() -> Result<Terms, Problem> {
    let source = ("财金〔2026〕6号", "分险比例、代偿率上限、单户上限、费率");
    Ok(Terms {
        until: Some(Day::new(2028, 1, 1)),
        client_max: Some(Money::from_wan(2000)),
        payout_rate_cap: Some(rate("0.05")?),
        payout_definition: Some(PayoutDefinition::Institution),
        fee_max: Some(rate("0.01")?),
        reguarantee_fee_max: Some(rate("0.0025")?),
        grades: vec![grade("全部客户", "0.4")?],
        ..plain("minjian-touzi", "民间投资专项担保计划", ProductKind::Plan, Day::new(2026, 1, 1), source)
    })
}

/// 创业担保贷款: the most for an enterprise; what a person may borrow is `startup.cap`'s matter.
fn startup() -> Result<Terms, Problem> {
    let source = (guo_fa_2018_39::DOCUMENT.number, "二（三）");
    Ok(Terms {
        client_max: Some(Money::from_wan(300)),
        ..plain("chuangye", "创业担保贷款", ProductKind::Startup, Day::new(2018, 11, 16), source)
    })
}

fn progress(report_code: &str, period: Period, month_offset: u32) -> Deadline {
    Deadline {
        report_code: report_code.to_owned(),
        reporter: InstitutionKind::FinanceBureau,
        recipient: "工业和信息化部、财政部".to_owned(),
        period,
        month_offset,
        day_of_month: 31,
        region_code: None,
        from: Day::new(2018, 11, 1),
        until: None,
        document: cai_jian_2018_547::DOCUMENT.number.to_owned(),
        clause: "三（一）".to_owned(),
        verified: true,
    }
}

/// 每年2月底前: the report on the year before.
fn annual_progress() -> Deadline {
    progress("annual_progress", Period::Yearly, 2)
}

/// 每年7月底前: the report on the first half; on the second there is the annual one.
fn half_year_progress() -> Deadline {
    progress("half_year_progress", Period::HalfYear, 1)
}
