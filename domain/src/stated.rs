//! Limits that are dated rows rather than law, put to one contract: stricter local limits, a product's own terms, a quota.
//!
//! Whether such a row may be kept at all is decided where it is entered (`local_limit`, `product`); here it is applied.

use crate::{
    booking::Booking,
    finding::{Figure, Finding, Outcome, Row, Text},
    local_limit::LocalRule,
    policy::{Severity, guo_ban_fa_2019_6::SMALL_TICKET},
    risk::Role,
    share,
    startup::{self, Borrower, OwnCaps},
    value::{Money, OutOfRange, Rate, Ratio},
};

/// A local limit that binds the institution, with what it was stated by.
#[derive(Clone, Debug)]
pub struct StatedLimit {
    /// What it limits.
    pub rule: LocalRule,
    /// The region or industry it is about; every one without.
    pub key: Option<String>,
    /// The limit.
    pub value: Rate,
    /// The document that states it, and its days.
    pub row: Row,
}

/// What the local limits look at beside the booking itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Concentration {
    /// What the ten largest clients have, after the contract.
    pub top_ten_after: Money,
    /// What is guaranteed in the region the limit is about, after the contract; zero where the contract lies elsewhere.
    pub segment_after: Money,
    /// Whether the contract lies in that region or industry.
    pub in_segment: bool,
}

/// The parameters of the product a contract is booked under, chosen for its client.
#[derive(Clone, Debug, Default)]
pub struct ProductTerms {
    /// The most a client may have under the product.
    pub client_max: Option<Money>,
    /// The most the guarantee fee may be, per year.
    pub fee_max: Option<Rate>,
    /// The most the re-guarantee fee may be, per year, on the risk borne.
    pub reguarantee_fee_max: Option<Rate>,
    /// The least the bank bears.
    pub bank_min: Option<Rate>,
    /// The least the provincial re-guarantor bears when the national fund takes part.
    pub provincial_min: Option<Rate>,
    /// The most the national fund bears.
    pub national_max: Option<Rate>,
    /// The most a start-up loan may be.
    pub startup: OwnCaps,
    /// The ids of the rules of law whose place these terms take, such as `risk.provincial`.
    pub replaces: Vec<String>,
    /// The row.
    pub row: Option<Row>,
}

/// Whose quota or cap it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotaKind {
    /// A re-guarantor's, for the year.
    Reguarantee,
    /// The agreement's, for all that is outstanding under it.
    Agreement,
}

impl QuotaKind {
    const fn rule(self) -> &'static str {
        match self {
            Self::Reguarantee => "quota.reguarantee",
            Self::Agreement => "quota.agreement",
        }
    }

    /// What it is called, and what helps when it is used up, in both languages.
    const fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Reguarantee => (
                "本年度再担保授信额度",
                "year's re-guarantee quota",
                "请向再担保机构申请增加额度",
                "Ask the re-guarantor for more",
            ),
            Self::Agreement => (
                "合作协议额度",
                "agreement's cap",
                "请先解保或修订协议",
                "Release contracts first, or amend the agreement",
            ),
        }
    }
}

/// A re-guarantor's credit quota for a year (授信额度): reserved at approval, freed by a cancellation.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Whose it is.
    pub kind: QuotaKind,
    /// What was granted.
    pub granted: Money,
    /// What is used with the contract.
    pub used_after: Money,
    /// The row.
    pub row: Row,
}

/// Who a figure is held against a limit for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bears {
    /// A contract that is refused for it.
    Contract,
    /// A contract that is not refused for it.
    Nobody,
    /// The book as it stands.
    Book,
}

/// A figure held against a limit.
pub(crate) struct Measure {
    /// What is measured, in both languages.
    pub what: (&'static str, &'static str),
    /// The figure; none when it cannot be formed.
    pub measured: Option<Ratio>,
    /// Whether the limit is the least allowed.
    pub minimum: bool,
    /// Who it is measured for.
    pub bears: Bears,
}

impl Measure {
    const fn of_contract(refused: bool) -> Bears {
        if refused { Bears::Contract } else { Bears::Nobody }
    }
}

impl LocalRule {
    /// The id of its findings.
    pub const fn finding_id(self) -> &'static str {
        match self {
            Self::SmallAgriShare => "local.small_agri_share",
            Self::SmallTicketShare => "local.small_ticket_share",
            Self::FeeUpToSmallTicket => "local.fee_up_to_small_ticket",
            Self::FeeAboveSmallTicket => "local.fee_above_small_ticket",
            Self::ReguaranteeFeeUpToSmallTicket => "local.reguarantee_fee_up_to_small_ticket",
            Self::ReguaranteeFeeAboveSmallTicket => "local.reguarantee_fee_above_small_ticket",
            Self::BankShare => "local.bank_share",
            Self::SingleClient => "local.single_client",
            Self::RelatedGroup => "local.related_group",
            Self::Leverage => "local.leverage",
            Self::TopTenClients => "local.top_ten_clients",
            Self::Region => "local.region",
            Self::Industry => "local.industry",
        }
    }

    /// How hard it binds: as hard as the rule it tightens; a cap where the law is silent is a 不得 of whoever states it.
    pub const fn severity(self) -> Severity {
        match self {
            Self::FeeUpToSmallTicket
            | Self::FeeAboveSmallTicket
            | Self::ReguaranteeFeeUpToSmallTicket
            | Self::ReguaranteeFeeAboveSmallTicket
            | Self::BankShare => Severity::Principle,
            Self::SmallAgriShare
            | Self::SmallTicketShare
            | Self::SingleClient
            | Self::RelatedGroup
            | Self::Leverage
            | Self::TopTenClients
            | Self::Region
            | Self::Industry => Severity::Forbid,
        }
    }
}

/// The words for a limit that was broken or kept.
fn words(measure: &Measure, within: bool, shown: &str, limit: &str, document: &str, severity: Severity) -> Text {
    let (what, what_en) = measure.what;
    let (side, side_en) = match (within, measure.minimum) {
        (true, true) => ("不低于", "at or above"),
        (true, false) => ("不超过", "within"),
        (false, true) => ("低于", "below"),
        (false, false) => ("超过", "above"),
    };
    let (then, then_en) = match (within, measure.bears, severity) {
        (true, _, _) => ("。", "."),
        (false, Bears::Book, _) if measure.minimum => {
            ("；有助于恢复达标的业务仍可办理。", ": contracts that help to restore it may still be booked.")
        }
        (false, Bears::Book, _) => ("，不得再增加。", ": it may not rise further."),
        (false, Bears::Nobody, _) => ("；本合同不因此受限。", ": this contract is not refused for it."),
        (false, Bears::Contract, Severity::Principle) => (
            "；请调整，或由另一人书面批准例外。",
            ": change the contract, or have a second person approve a written exception.",
        ),
        (false, Bears::Contract, _) => ("，不得办理。", ": it cannot be booked."),
    };
    Text::new(
        format!("{what}为{shown}，{side}“{document}”规定的{limit}{then}"),
        format!("The {what_en} is {shown}, {side_en} the {limit} set by “{document}”{then_en}"),
    )
}

/// Holds an exact ratio against a stated limit.
pub(crate) fn held(
    rule: &'static str,
    measure: &Measure,
    limit: Rate,
    severity: Severity,
    row: Row,
) -> Result<Finding, OutOfRange> {
    let within = match measure.measured {
        None => None,
        Some(measured) if measure.minimum => Some(measured.at_least(limit)?),
        Some(measured) => Some(measured.at_most(limit)?),
    };
    let outcome = match (within, measure.bears) {
        (None, _) => Outcome::NotAssessed,
        (Some(true), _) => Outcome::Pass,
        // A share of the book that is too low is advised about, like the law's: whatever raises it may still be booked.
        (Some(false), Bears::Nobody) => Outcome::Advise,
        (Some(false), Bears::Book) if measure.minimum => Outcome::Advise,
        (Some(false), Bears::Contract | Bears::Book) => severity.into(),
    };
    let beside = Ratio::from_rate(limit);
    let shown = measure.measured.map(|measured| measured.percent_beside(beside)).transpose()?;
    let explanation = match shown {
        None => Text::new(
            format!("{}无法形成，未评估。", measure.what.0),
            format!("The {} cannot be formed: not assessed.", measure.what.1),
        ),
        Some(shown) => words(measure, within.unwrap_or(false), &shown, &limit.percent(), &row.document, severity),
    };
    Ok(Finding {
        rule,
        outcome,
        measured: Figure::ratio(measure.measured)?,
        limit: Some(Figure::Rate(limit)),
        severity,
        basis: None,
        row: Some(row),
        explanation,
    })
}

impl StatedLimit {
    /// What it says about a contract; `None` when it does not touch it.
    pub fn judge(&self, booking: &Booking<'_>, around: Concentration) -> Result<Option<Finding>, OutOfRange> {
        let Some(measure) = self.measure(booking, around)? else { return Ok(None) };
        held(self.rule.finding_id(), &measure, self.value, self.rule.severity(), self.row.clone()).map(Some)
    }

    fn measure(&self, booking: &Booking<'_>, around: Concentration) -> Result<Option<Measure>, OutOfRange> {
        use LocalRule as L;
        let over_net_assets = |balance: Option<&(String, crate::liability::Weighted)>| {
            let (balance, assets) = balance.map(|(_, balance)| *balance).zip(booking.net_assets)?;
            balance.over(assets).transpose()
        };
        let most = |what, measured| Some(Measure { what, measured, minimum: false, bears: Bears::Contract });
        let balances = booking.balances_after;
        Ok(match self.rule {
            L::SmallAgriShare | L::SmallTicketShare => Some(self.share_measure(booking)?),
            L::FeeUpToSmallTicket | L::FeeAboveSmallTicket => self.fee_measure(booking)?,
            L::ReguaranteeFeeUpToSmallTicket | L::ReguaranteeFeeAboveSmallTicket => {
                self.reguarantee_measure(booking)?
            }
            L::BankShare => booking.is_bank_loan.then(|| Measure {
                what: ("银行分担风险比例", "bank's share of the risk"),
                measured: Some(Ratio::from_rate(booking.shares.of(Role::Bank))),
                minimum: true,
                bears: Bears::Contract,
            }),
            L::SingleClient => most(
                ("单户担保责任余额占净资产的比例", "client's liability balance over net assets"),
                over_net_assets(balances.client.as_ref()).transpose()?,
            ),
            L::RelatedGroup => most(
                ("客户及其关联方担保责任余额占净资产的比例", "related group's liability balance over net assets"),
                over_net_assets(balances.group.as_ref()).transpose()?,
            ),
            L::Leverage => most(
                ("担保责任余额与净资产之比", "liability balance over net assets"),
                booking.net_assets.map(|assets| balances.total.over(assets)).transpose()?.flatten(),
            ),
            L::TopTenClients => most(
                ("前十大客户担保余额占比", "ten largest clients' share of the outstanding balance"),
                self.of_all(booking, around.top_ten_after)?,
            ),
            L::Region | L::Industry if !around.in_segment => None,
            L::Region => most(
                ("该地区担保余额占比", "region's share of the outstanding balance"),
                self.of_all(booking, around.segment_after)?,
            ),
            L::Industry => most(
                ("该行业担保余额占比", "industry's share of the outstanding balance"),
                self.of_all(booking, around.segment_after)?,
            ),
        })
    }

    fn of_all(&self, booking: &Booking<'_>, part: Money) -> Result<Option<Ratio>, OutOfRange> {
        Ratio::of(part, booking.position_after()?.total)
    }

    fn share_measure(&self, booking: &Booking<'_>) -> Result<Measure, OutOfRange> {
        let after = booking.position_after()?;
        let contract = share::Booking { before: booking.client_before, candidate: booking.candidate() };
        let minimum = true;
        Ok(if self.rule == LocalRule::SmallAgriShare {
            let what = ("支小支农担保金额占比", "small-and-agri share");
            let bears = Measure::of_contract(contract.lowers_small_agri());
            Measure { what, measured: after.small_agri_share()?, minimum, bears }
        } else {
            let what = ("支小支农担保金额中单户500万元及以下的占比", "small-ticket share of the small-and-agri amount");
            let bears = Measure::of_contract(contract.lowers_small_ticket()?);
            Measure { what, measured: after.small_ticket_share()?, minimum, bears }
        })
    }

    fn fee_measure(&self, booking: &Booking<'_>) -> Result<Option<Measure>, OutOfRange> {
        let above = booking.client_total()? > SMALL_TICKET;
        let about = self.rule == LocalRule::FeeAboveSmallTicket;
        if above != about || !booking.client_kind.is_small_agri() {
            return Ok(None);
        }
        let what = ("年化担保费率", "annual fee rate");
        Ok(Some(Measure { what, measured: booking.annual_fee_rate()?, minimum: false, bears: Bears::Contract }))
    }

    fn reguarantee_measure(&self, booking: &Booking<'_>) -> Result<Option<Measure>, OutOfRange> {
        let above = booking.client_total()? > SMALL_TICKET;
        let about = self.rule == LocalRule::ReguaranteeFeeAboveSmallTicket;
        let what = ("年化再担保费率", "annual re-guarantee fee rate");
        match booking.highest_reguarantee_rate()? {
            Some(rate) if above == about => {
                Ok(Some(Measure { what, measured: Some(rate), minimum: false, bears: Bears::Contract }))
            }
            Some(_) | None => Ok(None),
        }
    }
}

impl ProductTerms {
    /// The findings of the product's own terms.
    pub fn judge(&self, booking: &Booking<'_>) -> Result<Vec<Finding>, OutOfRange> {
        let Some(row) = &self.row else { return Ok(Vec::new()) };
        let mut findings = Vec::new();
        if let Some(most) = self.client_max {
            findings.push(client_max(booking.client_total()?, most, row.clone()));
        }
        findings.extend(booking.startup.and_then(|borrower| self.startup.judge(borrower, booking.principal, row)));
        let fee = booking.annual_fee_rate()?;
        let share = |role| Some(Ratio::from_rate(booking.shares.of(role)));
        let national = booking.shares.of(Role::National) > Rate::ZERO;
        for (rule, limit, what, measured, minimum) in [
            ("product.fee", self.fee_max, ("年化担保费率", "annual fee rate"), fee, false),
            (
                "product.reguarantee_fee",
                self.reguarantee_fee_max,
                ("年化再担保费率", "annual re-guarantee fee rate"),
                booking.highest_reguarantee_rate()?,
                false,
            ),
            (
                "product.bank_share",
                self.bank_min,
                ("银行分担风险比例", "bank's share of the risk"),
                share(Role::Bank),
                true,
            ),
            (
                "product.provincial_share",
                self.provincial_min.filter(|_| national),
                ("省级再担保机构分担风险比例", "provincial re-guarantor's share of the risk"),
                share(Role::Provincial),
                true,
            ),
            (
                "product.national_share",
                self.national_max,
                ("国家融资担保基金分担风险比例", "national fund's share of the risk"),
                share(Role::National),
                false,
            ),
        ] {
            if let (Some(limit), Some(_)) = (limit, measured) {
                let measure = Measure { what, measured, minimum, bears: Bears::Contract };
                findings.push(held(rule, &measure, limit, Severity::Forbid, row.clone())?);
            }
        }
        Ok(findings)
    }

    fn replaces(&self, rule: &str) -> bool {
        self.replaces.iter().any(|replaced| replaced == rule)
    }

    /// Whether how much a borrower may have is the product's matter.
    pub fn replaces_startup_cap(&self, borrower: Borrower) -> bool {
        self.replaces(startup::RULE) && self.startup.binds(borrower)
    }

    /// A finding of a rule whose place the product's terms take.
    ///
    /// Of `startup.cap` they take the amount alone, which the rule itself knows.
    pub fn replaced(&self, mut finding: Finding) -> Finding {
        let whole = finding.rule != startup::RULE && self.replaces(finding.rule);
        let Some(row) = self.row.as_ref().filter(|_| whole) else {
            return finding;
        };
        finding.outcome = Outcome::NotApplicable;
        finding.explanation = Text::new(
            format!("本产品按“{}”执行专门的规定，本条不适用。", row.document),
            format!("The product follows terms of its own by “{}”: the rule does not apply.", row.document),
        );
        finding
    }
}

fn client_max(total: Money, most: Money, row: Row) -> Finding {
    let within = total <= most;
    let (shown, limit) = (total.grouped(), most.grouped());
    let (zh, en) = if within { ("不超过", "within") } else { ("超过", "above") };
    let (then, then_en) =
        if within { ("。", ".") } else { ("，不得以本产品办理。", ": it cannot be booked under it.") };
    Finding {
        rule: "product.client_max",
        outcome: if within { Outcome::Pass } else { Outcome::Refuse },
        measured: Some(Figure::Money(total)),
        limit: Some(Figure::Money(most)),
        severity: Severity::Forbid,
        basis: None,
        explanation: Text::new(
            format!("客户在本机构的担保金额为{shown}元，{zh}本产品单户上限{limit}元{then}"),
            format!("The client's total of {shown} yuan is {en} the product's limit of {limit} yuan{then_en}"),
        ),
        row: Some(row),
    }
}

impl Quota {
    /// Whether the contract fits into what was granted.
    pub fn judge(self) -> Result<Finding, OutOfRange> {
        let within = self.used_after <= self.granted;
        let (used, granted) = (self.used_after.grouped(), self.granted.grouped());
        let (what, what_en, remedy, remedy_en) = self.kind.words();
        let explanation = if within {
            let left = self.granted.minus(self.used_after)?.grouped();
            Text::new(
                format!("{what}{granted}元，办理后已用{used}元，剩余{left}元。"),
                format!("Of the {what_en} of {granted} yuan {used} are used with this contract, {left} are left."),
            )
        } else {
            Text::new(
                format!("{what}{granted}元，办理后将用{used}元，额度不足，不得办理；{remedy}。"),
                format!(
                    "The {what_en} is {granted} yuan; with this contract {used} would be used: it cannot be booked. {remedy_en}."
                ),
            )
        };
        Ok(Finding {
            rule: self.kind.rule(),
            outcome: if within { Outcome::Pass } else { Outcome::Refuse },
            measured: Some(Figure::Money(self.used_after)),
            limit: Some(Figure::Money(self.granted)),
            severity: Severity::Forbid,
            basis: None,
            row: Some(self.row),
            explanation,
        })
    }
}

#[cfg(test)]
mod tests;
