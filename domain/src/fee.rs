//! What a guarantee and a re-guarantee may cost, and whether anything else is charged.

use crate::{
    client::ClientKind,
    finding::{Figure, Finding, Judgement, Outcome, Text},
    policy::{
        ClientTotalCap, Rule,
        guo_ban_fa_2019_6::{FEE_AVERAGE, FEE_CAP, FEE_ONLY, REFEE_CAP, REFEE_ORDER},
    },
    value::{Day, Money, OutOfRange, Rate, Ratio, Term},
    volume::Volume,
};

/// A fee for a guarantee over a term.
#[derive(Clone, Copy, Debug)]
pub struct Fee {
    /// The guaranteed amount.
    pub amount: Money,
    /// The term it is charged for.
    pub term: Term,
    /// The whole fee for the term.
    pub fee: Money,
}

impl Fee {
    /// fee × 365 ÷ (amount × days), exactly; `None` over zero days.
    pub fn annual_rate(self) -> Result<Option<Ratio>, OutOfRange> {
        Volume::of(self.amount, self.term, self.fee)?.annual_rate()
    }

    /// The largest fee that keeps within `cap`: floor(cap × amount × days ÷ 365).
    fn most(self, cap: Rate) -> Result<Money, OutOfRange> {
        let days = i128::from(self.term.days());
        let exact =
            cap.weight()?.checked_mul(self.amount.wide()).and_then(|x| x.checked_mul(days)).ok_or(OutOfRange)?;
        let unit = Rate::ONE.weight()?.checked_mul(365).ok_or(OutOfRange)?;
        Money::from_wide(exact.checked_div(unit).ok_or(OutOfRange)?)
    }
}

fn small_ticket_words(cap: &ClientTotalCap, client_total: Money) -> (&'static str, &'static str) {
    if client_total <= cap.small_ticket {
        ("单户500万元及以下", "client total up to 5,000,000 yuan")
    } else {
        ("单户500万元以上", "client total above 5,000,000 yuan")
    }
}

/// `fee.cap`: the guarantee fee rate of a small-and-agri client; `client_total` is its total with this contract.
pub fn cap(fee: Fee, kind: ClientKind, client_total: Money, day: Day) -> Result<Finding, OutOfRange> {
    FEE_CAP.judge(day, |caps, broken| {
        let rate = fee.annual_rate()?;
        let measured = Figure::ratio(rate)?;
        let cap = caps.for_total(client_total);
        if !kind.is_small_agri() {
            let text = Text::new(
                format!("客户类别为“{}”，不属于支小支农主体，本条担保费率上限不适用。", kind.zh()),
                format!("A {} is not a small-and-agri client: the cap does not apply.", kind.en()),
            );
            let limit = Some(Figure::Rate(cap));
            return Ok(Judgement { measured, limit, ..Judgement::plain(Outcome::NotApplicable, text) });
        }
        let Some(rate) = rate else {
            return Ok(no_days());
        };
        let (shown, most) = (rate.percent_beside(Ratio::from_rate(cap))?, cap.percent());
        let (who, who_en) = small_ticket_words(caps, client_total);
        let within = rate.at_most(cap)?;
        let explanation = if within {
            Text::new(
                format!("年化担保费率为{shown}，不超过{who}的上限{most}。"),
                format!("The annual fee rate is {shown}, within the cap of {most} for a {who_en}."),
            )
        } else {
            let largest = fee.most(cap)?.grouped();
            Text::new(
                format!("年化担保费率为{shown}，超过{who}原则上{most}的上限；本合同担保费最高{largest}元，或由另一人书面批准例外。"),
                format!("The annual fee rate is {shown}, above the cap of {most} for a {who_en}. The fee may be at most {largest} yuan, or a second person approves a written exception."),
            )
        };
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured,
            limit: Some(Figure::Rate(cap)),
            explanation,
        })
    })
}

fn no_days() -> Judgement {
    Judgement::plain(
        Outcome::NotAssessed,
        Text::new("担保期间为零天，无法形成年化费率。", "The term has no days: no annual rate can be formed."),
    )
}

/// A re-guarantee fee over a term.
#[derive(Clone, Copy, Debug)]
pub struct ReguaranteeFee {
    /// The guaranteed amount, the whole of it.
    pub amount: Money,
    /// The share of the risk the re-guarantor bears.
    pub share: Rate,
    /// The term it is charged for.
    pub term: Term,
    /// The whole re-guarantee fee for the term.
    pub fee: Money,
}

impl ReguaranteeFee {
    /// amount × share, half up: shown only, every comparison is exact.
    pub fn risk_borne(self) -> Result<Money, OutOfRange> {
        self.share.half_up(self.amount)
    }

    /// fee × 365 ÷ (amount × share × days), exactly; `None` when no risk is borne or over zero days.
    pub fn annual_rate(self) -> Result<Option<Ratio>, OutOfRange> {
        let (numerator, denominator) = self.terms()?;
        Ratio::new(numerator, denominator)
    }

    fn terms(self) -> Result<(i128, i128), OutOfRange> {
        let unit = Rate::ONE.weight()?;
        let numerator = self.fee.wide().checked_mul(365).and_then(|x| x.checked_mul(unit)).ok_or(OutOfRange)?;
        let borne = self.amount.wide().checked_mul(self.share.weight()?);
        let denominator = borne.and_then(|x| x.checked_mul(i128::from(self.term.days()))).ok_or(OutOfRange)?;
        Ok((numerator, denominator))
    }
}

/// `refee.cap`: the re-guarantee fee on the risk borne (reading `reguarantee_fee_is_per_year`).
///
/// Where no risk is borne, no fee keeps within the cap but none.
pub fn reguarantee_cap(fee: ReguaranteeFee, client_total: Money, day: Day) -> Result<Finding, OutOfRange> {
    REFEE_CAP.judge(day, |caps, broken| {
        let cap = caps.for_total(client_total);
        let rate = fee.annual_rate()?;
        let within = match rate {
            Some(rate) => rate.at_most(cap)?,
            None => fee.fee.is_zero(),
        };
        let explanation = match rate {
            Some(rate) => reguarantee_words(rate, cap, small_ticket_words(caps, client_total), within)?,
            None => no_risk_borne_words(fee.fee),
        };
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured: Figure::ratio(rate)?,
            limit: Some(Figure::Rate(cap)),
            explanation,
        })
    })
}

/// `refee.cap` as an upper layer can judge it: it knows the contract that is ceded to it and not the client's whole total, which decides
/// which of the two caps is meant. It is judged where both say the same, and where the amount alone is above the bound.
pub fn reguarantee_cap_of_ceded(fee: ReguaranteeFee, day: Day) -> Result<Finding, OutOfRange> {
    let (least, most) = (reguarantee_cap(fee, fee.amount, day)?, reguarantee_cap(fee, Money::MAX, day)?);
    if least.outcome == Outcome::Pass {
        return Ok(least);
    }
    if least.outcome == most.outcome {
        return Ok(most);
    }
    REFEE_CAP.judge(day, |caps, _| {
        let rate = fee.annual_rate()?;
        let [small, large] = [fee.amount, Money::MAX].map(|total| caps.for_total(total));
        let shown = rate.map(|rate| rate.percent_beside(Ratio::from_rate(small))).transpose()?.unwrap_or_default();
        let (small, large) = (small.percent(), large.percent());
        Ok(Judgement {
            outcome: Outcome::NotAssessed,
            measured: Figure::ratio(rate)?,
            limit: None,
            explanation: Text::new(
                format!("年化再担保费率为{shown}；上限是{small}还是{large}取决于客户在分出机构的担保总额，分出资料中没有。"),
                format!("The annual re-guarantee fee rate is {shown}. Whether the cap is {small} or {large} depends on the client's total at the cedent, which is not ceded."),
            ),
        })
    })
}

fn reguarantee_words(rate: Ratio, cap: Rate, who: (&str, &str), within: bool) -> Result<Text, OutOfRange> {
    let (shown, most) = (rate.percent_beside(Ratio::from_rate(cap))?, cap.percent());
    let (who, who_en) = who;
    Ok(if within {
        Text::new(
            format!("按承担风险责任计算的年化再担保费率为{shown}，不高于{who}的上限{most}。"),
            format!(
                "The annual re-guarantee fee rate on the risk borne is {shown}, within the cap of {most} for a {who_en}."
            ),
        )
    } else {
        Text::new(
            format!(
                "按承担风险责任计算的年化再担保费率为{shown}，高于{who}原则上{most}的上限；请调降再担保费，或由另一人书面批准例外。"
            ),
            format!(
                "The annual re-guarantee fee rate on the risk borne is {shown}, above the cap of {most} for a {who_en}. Lower the fee, or have a second person approve a written exception."
            ),
        )
    })
}

fn no_risk_borne_words(fee: Money) -> Text {
    let shown = fee.grouped();
    if fee.is_zero() {
        Text::new("未承担风险，也未收取再担保费。", "No risk is borne and no re-guarantee fee is charged.")
    } else {
        Text::new(
            format!("未承担风险而收取再担保费{shown}元；请取消该费用，或由另一人书面批准例外。"),
            format!(
                "A re-guarantee fee of {shown} yuan is charged although no risk is borne: remove it, or have a second person approve a written exception."
            ),
        )
    }
}

/// What the two upper layers charge a year on the risk they bear; none for one that takes no part.
#[derive(Clone, Copy, Debug)]
pub struct ReguaranteeRates {
    /// The provincial re-guarantor.
    pub provincial: Option<Ratio>,
    /// The national fund.
    pub national: Option<Ratio>,
}

impl ReguaranteeRates {
    /// The rates that two fees come to, where no rates are stated. The fees were rounded down to the fen: a national rate that is above the
    /// provincial one by no more than that explains is not above it.
    pub fn of_fees(national: Option<ReguaranteeFee>, provincial: Option<ReguaranteeFee>) -> Result<Self, OutOfRange> {
        let rate = |fee: Option<ReguaranteeFee>| fee.map_or(Ok(None), ReguaranteeFee::annual_rate);
        let more = |fee: ReguaranteeFee| Ok(ReguaranteeFee { fee: fee.fee.plus(Money::from_fen(1))?, ..fee });
        let (found, below) = (rate(national)?, rate(provincial)?);
        let (Some(national), Some(provincial), Some(bound)) = (found, below, rate(provincial.map(more).transpose()?)?)
        else {
            return Ok(Self { provincial: below, national: found });
        };
        let explained = national.compare(provincial)?.is_gt() && national.compare(bound)?.is_lt();
        Ok(Self { provincial: below, national: Some(if explained { provincial } else { national }) })
    }
}

/// `refee.order`: the national fund's rate against the provincial one; `None` when either takes no part.
pub fn reguarantee_order(national: Option<Ratio>, provincial: Option<Ratio>, day: Day) -> Result<Finding, OutOfRange> {
    REFEE_ORDER.judge(day, |_, broken| {
        let (Some(national), Some(provincial)) = (national, provincial) else {
            let text = Text::new(
                "国家融资担保基金与省级再担保机构未同时收取再担保费，本条不适用。",
                "The national fund and the provincial re-guarantor do not both charge a re-guarantee fee: the rule does not apply.",
            );
            return Ok(Judgement::plain(Outcome::NotApplicable, text));
        };
        let within = national.compare(provincial)?.is_le();
        let (zh, en) = if within { ("不高于", "not above") } else { ("高于", "above") };
        let (of_nation, of_province) = (national.percent_beside(provincial)?, provincial.percent_beside(national)?);
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(national))?,
            limit: Figure::ratio(Some(provincial))?,
            explanation: Text::new(
                format!("国家融资担保基金再担保费率{of_nation}，{zh}省级的{of_province}。"),
                format!("The national re-guarantee fee rate of {of_nation} is {en} the provincial {of_province}."),
            ),
        })
    })
}

/// `fee.average`: the average over the contracts begun in the calendar year, all clients.
pub fn average(begun_this_year: Volume, day: Day) -> Result<Finding, OutOfRange> {
    FEE_AVERAGE.judge(day, |target, broken| {
        let Some(rate) = begun_this_year.annual_rate()? else {
            let text = Text::new(
                "本年尚无已生效的担保业务，无法形成平均担保费率。",
                "No contract has begun this year: no average fee rate can be formed.",
            );
            return Ok(Judgement::plain(Outcome::NotAssessed, text));
        };
        let within = rate.at_most(*target)?;
        let (shown, most) = (rate.percent_beside(Ratio::from_rate(*target))?, target.percent());
        let explanation = if within {
            Text::new(
                format!("本年平均担保费率为{shown}，不高于{most}。"),
                format!("This year's average fee rate is {shown}, at or below {most}."),
            )
        } else {
            Text::new(
                format!("本年平均担保费率为{shown}，应逐步降至{most}以下。"),
                format!("This year's average fee rate is {shown}; it is to come down step by step to {most}."),
            )
        };
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured: Figure::ratio(Some(rate))?,
            limit: Some(Figure::Rate(*target)),
            explanation,
        })
    })
}

/// `fee.cap` and `fee.average` of a contract that came with an earlier book and of whose fee nothing is known: not assessed where they are
/// in force.
pub fn unknown(day: Day) -> [Finding; 2] {
    [of_unknown_fee(&FEE_CAP, day), of_unknown_fee(&FEE_AVERAGE, day)]
}

/// The same of `fee.only` where nothing is known of charges beside the fee.
pub fn unknown_charges(day: Day) -> Finding {
    of_unknown_fee(&FEE_ONLY, day)
}

fn of_unknown_fee<T>(rule: &'static Rule<T>, day: Day) -> Finding {
    rule.say(day, |_| {
        let (zh, en) = (
            "随既有业务承接，收费情况不详，无法评估。",
            "Taken over with an earlier book: what was charged is not known.",
        );
        Judgement::plain(Outcome::NotAssessed, Text::new(zh, en))
    })
}

/// Who receives a charge beside interest and the guarantee fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// The lending bank.
    Bank,
    /// The guarantee institution.
    Institution,
    /// A re-guarantor.
    Reguarantor,
    /// A third party, such as an appraiser or a notary: recorded and reported (银发〔2018〕162号 七（十九）).
    ThirdParty,
}

/// A charge beside interest and the guarantee fee.
#[derive(Clone, Copy, Debug)]
pub struct Charge {
    /// Who receives it.
    pub payee: Payee,
    /// How much.
    pub amount: Money,
}

/// `fee.only`: nothing beside interest and guarantee fee by bank, institution or re-guarantor.
pub fn only(charges: &[Charge], day: Day) -> Result<Finding, OutOfRange> {
    FEE_ONLY.judge(day, |_, broken| {
        let sum = |third_party: bool| {
            let of_interest = charges.iter().filter(|charge| (charge.payee == Payee::ThirdParty) == third_party);
            Money::total(of_interest.map(|charge| charge.amount))
        };
        let (forbidden, third_party) = (sum(false)?, sum(true)?);
        let within = forbidden.is_zero();
        let (shown, aside) = (forbidden.grouped(), third_party.grouped());
        let explanation = if within {
            Text::new(
                format!("银行、担保机构和再担保机构未收取贷款利息和担保费以外的费用；第三方收费{aside}元，予以记录。"),
                format!("Bank, institution and re-guarantor charge nothing beside interest and guarantee fee; third parties' charges of {aside} yuan are recorded."),
            )
        } else {
            Text::new(
                format!("在贷款利息和担保费之外收取{shown}元，不得收取；请删除该费用并退还已收款项。"),
                format!("{shown} yuan are charged beside interest and guarantee fee, which is not allowed: remove the charge and return what was paid."),
            )
        };
        Ok(Judgement {
            outcome: if within { Outcome::Pass } else { broken },
            measured: Some(Figure::Money(forbidden)),
            limit: Some(Figure::Money(Money::ZERO)),
            explanation,
        })
    })
}

#[cfg(test)]
mod tests;
