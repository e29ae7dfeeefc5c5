//! A contract put before the rules: read or lock what stands around it, let `domain` decide, and say what that comes to.

use crate::{
    error::{FieldError, Problem, Text},
    finding::FindingOut,
    input,
    store::{
        self, Scope,
        around::{Around, Asked},
        book::{Counters, QuotaKey, Segment},
        contract::{Content, Contract, Fixed, Purpose},
    },
};
use domain::{
    booking::Verdict,
    case::{self, Case, Client, Decision, Institution, ReguaranteeFees, Terms, needs_second_person},
    contract::EarlyRelease,
    exposure::{Book, ClientBook},
    fee::Charge,
    finding::Finding,
    local_limit::LocalRule,
    party::{BankLoan, Relation},
    product::ProductKind,
    stated::{Concentration, ProductTerms, Quota, StatedLimit},
    value::{Day, InstitutionId, Money, PartyId, Rate, Ratio},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Whether what is read is locked too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// For a decision.
    Lock,
    /// For a look.
    Look,
}

/// A contract as it is to be judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    /// What it says.
    pub content: &'a Content,
    /// In whose book it counts.
    pub client: PartyId,
    /// The contract as it was approved, which is judged again: with what its approval fixed, and taken out of the book first where
    /// it counts. Reading `size_is_fixed_at_approval`: who the client was is never judged again.
    pub approved: Option<&'a Contract>,
    /// The day whose rules judge it.
    pub day: Day,
}

/// What was decided, with the facts that approval fixes.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    /// The findings, and what follows for the book.
    pub decision: Decision,
    /// What approval fixes.
    pub fixed: Fixed,
    /// The institution's book before.
    pub book_before: Book,
    /// What would be used of each quota.
    pub quotas: BTreeMap<QuotaKey, Money>,
}

impl Judged {
    /// The findings as they stand on the wire and in a decision.
    pub fn findings(&self) -> Vec<FindingOut> {
        self.decision.findings.iter().cloned().map(FindingOut::from).collect()
    }

    /// The findings that need a second person's written exception or declaration.
    pub fn need_second_person(&self) -> impl Iterator<Item = &Finding> {
        self.decision.findings.iter().filter(|finding| needs_second_person(finding))
    }

    /// Whether a rule that nobody can waive is broken.
    pub fn is_refused(&self) -> bool {
        self.decision.verdict == Verdict::Refused
    }
}

/// Puts a contract before every rule.
pub(super) async fn judge(scope: &Scope, subject: Subject<'_>, hold: Hold) -> Result<Judged, Problem> {
    let Subject { content, day, .. } = subject;
    let mut around = surroundings(scope, subject).await?;
    let mut counters = counters(scope, &around, subject, hold).await?;
    if hold == Hold::Lock && counters.facts != around.facts {
        // The institution changed a fact while this waited for its book. Now nobody does: what is read this time holds until the end.
        around = surroundings(scope, subject).await?;
        counters = self::counters(scope, &around, subject, hold).await?;
    }
    // The contract was read before its client was merged: it counts with another by now.
    if around.client.merged_into.is_some() {
        return Err(Problem::busy());
    }
    if let Some(approved) = subject.approved {
        take_out(&mut counters, approved, day)?;
    }
    let limits = concentrations(scope, &around, &counters, subject).await?;
    let comparables = comparables(scope, &around, content, day).await?;
    decide(subject, &around, &counters, &limits, &comparables)
}

/// What stands around a contract, when the contract fits in.
async fn surroundings(scope: &Scope, subject: Subject<'_>) -> Result<Around, Problem> {
    let Subject { content, client, day, .. } = subject;
    let asked = Asked {
        client,
        agreement: content.agreement,
        product: content.product,
        grade: content.client_grade.as_deref(),
        day,
    };
    let around = store::around::find(scope, asked).await?.ok_or_else(unknown_party_or_agreement)?;
    if subject.approved.is_none() {
        fits(content, &around)?;
    }
    Ok(around)
}

/// What the client, its group and the quotas come to, locked or only read.
async fn counters(
    scope: &Scope,
    around: &Around,
    Subject { content, client, day, .. }: Subject<'_>,
    hold: Hold,
) -> Result<Counters, Problem> {
    let keys = quota_keys(content, around, day);
    let mut clients = around.group.as_ref().map(|group| group.members.clone()).unwrap_or_default();
    clients.insert(client);
    let clients: Vec<PartyId> = clients.into_iter().collect();
    match hold {
        Hold::Lock => store::book::lock(scope, &clients, &keys, day.year()).await,
        Hold::Look => store::book::read(scope, &clients, &keys, day.year()).await,
    }
}

fn unknown_party_or_agreement() -> Problem {
    let fault = |name, zh, en| input::field(name, "unknown", zh, en);
    input::invalid(vec![
        fault(
            "party_id",
            "被担保人或协议不在本机构。请核对。",
            "The party or the agreement is not this institution's. Check both.",
        ),
        fault(
            "agreement_id",
            "被担保人或协议不在本机构。请核对。",
            "The party or the agreement is not this institution's. Check both.",
        ),
    ])
}

/// What of the content does not go together with its agreement and product on the day; all of it at once.
fn fits(content: &Content, around: &Around) -> Result<(), Problem> {
    let mut faults: Vec<FieldError> = Vec::new();
    let mut fault = |field: &'static str, code, zh: &'static str, en: &'static str| {
        faults.push(input::field(field, code, zh, en));
    };
    let agreement = around.agreement.as_ref();
    if agreement.is_none_or(|agreement| agreement.terms.is_none()) {
        fault(
            "agreement_id",
            "no_terms",
            "协议当日没有有效的分险条款。请先登记分险比例。",
            "The agreement has no terms in force on the day. State its shares first.",
        );
    }
    let with_bank = agreement.and_then(|agreement| agreement.bank);
    if with_bank.is_some() && with_bank != content.bank {
        fault("bank_id", "another_bank", "与协议的银行不一致。", "The agreement is with another bank.");
    }
    if content.product.is_some() && around.product.is_none() {
        fault(
            "product_id",
            "no_such_product",
            "当日没有此产品，或未向本机构开放。",
            "There is no such product on the day, or it is not open to the institution.",
        );
    }
    let covered =
        |id: Uuid| agreement.is_none_or(|agreement| agreement.products.is_empty() || agreement.products.contains(&id));
    if content.product.is_some_and(|product| !covered(product.id)) {
        fault("product_id", "not_covered", "协议不适用于此产品。", "The agreement does not cover the product.");
    }
    if let Some(product) = &around.product {
        let known = content.client_grade.as_ref().is_none_or(|grade| product.grades.contains(grade));
        let given = product.grades.is_empty() || content.client_grade.is_some();
        if !known || !given {
            fault(
                "client_grade",
                "unknown_grade",
                "请选择本产品规定的客户类别。",
                "Name one of the product's grades of clients.",
            );
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(input::invalid(faults)) }
}

/// The quotas of the re-guarantors that take part, for the year, and the agreement's cap. What is used is kept whether or not a limit
/// is stated yet: one that is stated later is about all of it.
fn quota_keys(content: &Content, around: &Around, day: Day) -> Vec<QuotaKey> {
    let of_year = uppers(around).into_iter().flatten().map(|upper| QuotaKey { of: upper.uuid(), year: day.year() });
    let of_agreement = content.agreement.map(|of| QuotaKey { of, year: 0 });
    let mut keys: Vec<QuotaKey> = of_year.chain(of_agreement).collect();
    keys.sort_unstable();
    keys
}

/// The provincial re-guarantor and the national fund that are in the agreement.
fn uppers(around: &Around) -> [Option<InstitutionId>; 2] {
    around.agreement.as_ref().map_or([None, None], |agreement| [agreement.provincial, agreement.national])
}

fn takes_part(around: &Around, institution: InstitutionId) -> bool {
    uppers(around).contains(&Some(institution))
}

/// What the counters were without a contract that was approved: wherever it counts in them. `day` is the one whose year they are of.
fn take_out(counters: &mut Counters, approved: &Contract, day: Day) -> Result<(), Problem> {
    let Some(fixed) = &approved.fixed else { return Ok(()) };
    if approved.state.counts()
        && let Some(item) = store::book::item_of(approved, approved.outstanding)
    {
        let with = counters.clients.get(&approved.client).copied().unwrap_or_default();
        let without = with.minus(item.book()?)?;
        counters.book = counters.book.moved(&with, &without)?;
        counters.clients.insert(approved.client, without);
    }
    if approved.begun_on.is_some_and(|begun_on| begun_on.year() == day.year()) {
        counters.volume = counters.volume.minus(approved.volume()?)?;
    }
    // A year's quota is used up by what was approved in it, unless that came to nothing; an agreement's cap by what is outstanding.
    let of_year = if approved.state.came_to_nothing() { Money::ZERO } else { approved.content.amount };
    for (key, used) in &mut counters.quotas {
        let takes = match key.year {
            0 => approved.outstanding,
            year if year == fixed.approved_on.year() => of_year,
            _ => Money::ZERO,
        };
        *used = used.minus(takes)?;
    }
    Ok(())
}

/// The local limits, each with what it looks at beside the contract; nothing is asked where no limit asks for it.
async fn concentrations(
    scope: &Scope,
    around: &Around,
    counters: &Counters,
    subject: Subject<'_>,
) -> Result<Vec<(StatedLimit, Concentration)>, Problem> {
    let amount = subject.content.amount;
    let mut limits = Vec::with_capacity(around.institution.limits.len());
    for limit in &around.institution.limits {
        let mut seen = Concentration::default();
        match limit.rule {
            LocalRule::TopTenClients => {
                let others = store::book::largest_others(scope, subject.client).await?;
                let total = counters.clients.get(&subject.client).copied().unwrap_or_default().total;
                let total = total.plus(amount)?;
                seen.top_ten_after = case::top_ten(&others, total)?;
            }
            LocalRule::Region | LocalRule::Industry => {
                let (kind, own) = match limit.rule {
                    LocalRule::Region => ("region", Some(around.client.region_code.as_str())),
                    _ => ("industry", around.client.standing.industry_code.as_deref()),
                };
                if let Some(own) = own {
                    let segment = Segment { kind, key: limit.key.as_deref(), own };
                    let (outstanding, inside) = store::book::segment(scope, segment).await?;
                    let counted = subject.approved.filter(|_| inside).map(|approved| approved.outstanding);
                    seen.segment_after = outstanding.minus(counted.unwrap_or_default())?.plus(amount)?;
                    seen.in_segment = inside;
                }
            }
            _ => {}
        }
        limits.push((limit.clone(), seen));
    }
    Ok(limits)
}

/// The fee rates of comparable contracts; asked only for a related party.
async fn comparables(scope: &Scope, around: &Around, content: &Content, day: Day) -> Result<Vec<Ratio>, Problem> {
    if around.client.standing.flags().relation != Relation::Other {
        return Ok(Vec::new());
    }
    store::contract::comparable_rates(scope, content, around.client.standing.client_kind(), day).await
}

fn decide(
    subject: Subject<'_>,
    around: &Around,
    counters: &Counters,
    limits: &[(StatedLimit, Concentration)],
    comparables: &[Ratio],
) -> Result<Judged, Problem> {
    let Subject { content, client, day, .. } = subject;
    let was_fixed = subject.approved.and_then(|approved| approved.fixed.as_ref());
    let (terms, early_release) = terms_of(around, was_fixed)?;
    let client_kind = was_fixed.map_or_else(|| around.client.standing.client_kind(), |fixed| fixed.client_kind);
    let book_of = |client: &PartyId| counters.clients.get(client).copied().unwrap_or_default();
    let members = around.group.iter().flat_map(|group| &group.members);
    let others: Vec<ClientBook> = members.filter(|member| **member != client).map(book_of).collect();
    let charges: Vec<Charge> = content.charges.iter().map(Charge::from).collect();
    let (plain, product) = (ProductTerms::default(), around.product.as_ref());
    let used = used_after(content, counters)?;
    let quotas = quotas(around, &used, day);
    let is_taken_over = subject.approved.is_some_and(|approved| approved.taken_over.is_some());
    let item = content.item(client_kind);
    let is_startup = product.is_some_and(|product| product.kind == ProductKind::Startup);
    let decision = Case {
        day,
        contract: case::Contract {
            item,
            term: content.term()?,
            principal: content.principal,
            fee: subject.approved.is_none_or(Contract::fee_is_known).then_some(content.fee),
            charges: (!is_taken_over).then_some(&charges),
            is_bank_loan: item.kind.is_bank_loan(content.bank.is_some()),
            for_government_bond: content.purpose == Purpose::GovernmentBond,
            startup: is_startup
                .then(|| case::startup_borrower(around.client.standing.form, client_kind, content.startup)),
            bank_loan: if is_taken_over { BankLoan::Unknown } else { content.existing_loan.into() },
        },
        client: Client {
            name: &around.client.name,
            flags: around.client.standing.flags(),
            comparables: Some(comparables),
            before: book_of(&client),
            group: around.group.as_ref().map(|group| (group.name.as_str(), others.as_slice())),
        },
        institution: Institution {
            book: counters.book,
            volume: counters.volume,
            statement: around.institution.statement.as_ref(),
            leverage: around.institution.leverage,
            investments: &around.institution.investments,
            nationally_supported: around.institution.nationally_supported,
        },
        terms: &terms,
        limits,
        product: product.map_or(&plain, |product| &product.terms),
        quotas: &quotas,
        fixed_fees: was_fixed
            .map(|fixed| ReguaranteeFees { provincial: fixed.provincial_fee, national: fixed.national_fee }),
    }
    .decide()?;
    let fixed = was_fixed.cloned().unwrap_or_else(|| fixed(around, &decision, terms, early_release, day));
    Ok(Judged { decision, fixed, book_before: counters.book, quotas: used })
}

/// The terms that count: those that an approval fixed, or those of the day; re-guarantee fees that were fixed need no rates.
fn terms_of(around: &Around, was_fixed: Option<&Fixed>) -> Result<(Terms, EarlyRelease), Problem> {
    match (was_fixed, around.agreement.as_ref().and_then(|agreement| agreement.terms.as_ref())) {
        (Some(fixed), _) => {
            let none = Rate::ZERO;
            let terms = Terms { shares: fixed.shares.clone(), provincial_fee_rate: none, national_fee_rate: none };
            Ok((terms, fixed.early_release))
        }
        (None, Some((terms, early_release))) => Ok((terms.clone(), *early_release)),
        (None, None) => Err(Problem::internal()),
    }
}

fn fixed(around: &Around, decision: &Decision, terms: Terms, early_release: EarlyRelease, day: Day) -> Fixed {
    let standing = &around.client.standing;
    let [provincial, national] = uppers(around);
    Fixed {
        client_kind: standing.client_kind(),
        size: standing.size,
        region_code: around.client.region_code.clone(),
        industry_code: standing.industry_code.clone(),
        provincial,
        national,
        shares: terms.shares,
        provincial_fee: decision.fees.provincial,
        national_fee: decision.fees.national,
        early_release,
        approved_on: day,
    }
}

/// What would be used of each quota with the contract.
fn used_after(content: &Content, counters: &Counters) -> Result<BTreeMap<QuotaKey, Money>, domain::value::OutOfRange> {
    counters.quotas.iter().map(|(key, used)| Ok((*key, used.plus(content.amount)?))).collect()
}

fn quotas(around: &Around, used: &BTreeMap<QuotaKey, Money>, day: Day) -> Vec<Quota> {
    let zero = Money::ZERO;
    let mut quotas = Vec::new();
    for quota in around.quotas.iter().filter(|quota| takes_part(around, quota.by)) {
        let key = QuotaKey { of: quota.by.uuid(), year: day.year() };
        let used_after = used.get(&key).copied().unwrap_or(zero);
        quotas.push(Quota {
            kind: domain::stated::QuotaKind::Reguarantee,
            granted: quota.amount,
            used_after,
            row: quota.row.clone(),
        });
    }
    if let Some((agreement, cap)) = around.agreement.as_ref().and_then(|agreement| Some((agreement, agreement.cap?))) {
        let key = QuotaKey { of: agreement.id, year: 0 };
        let used_after = used.get(&key).copied().unwrap_or(zero);
        let row = agreement.row.clone();
        quotas.push(Quota { kind: domain::stated::QuotaKind::Agreement, granted: cap, used_after, row });
    }
    quotas
}

/// The day a scope was opened, as a day of the rules.
pub(super) fn today(scope: &Scope) -> Result<Day, Problem> {
    Day::from_date(scope.today()).ok_or_else(Problem::internal)
}

/// Today by the service's clock.
pub(super) fn today_of(app: &super::App) -> Result<Day, Problem> {
    Day::from_date(super::reference::today(app)).ok_or_else(Problem::internal)
}

/// A day that lies in the future: acts of the future are not recorded.
pub(super) fn future(field: &'static str) -> FieldError {
    input::field(field, "future_day", "日期不得晚于今天。", "The day does not lie in the future.")
}

/// 409 for what cannot be done with a contract now.
pub(super) fn impossible(why: domain::contract::Impossible) -> Problem {
    use domain::contract::Impossible as I;
    Problem::wrong_state(match why {
        I::State(state) => Text::new(
            format!("合同当前为“{}”，不能作此操作。", state.zh()),
            format!("The contract is {}: this cannot be done now.", state.en()),
        ),
        I::Before(day) => Text::new(format!("日期不得早于{day}。"), format!("The day may not lie before {day}.")),
        I::After(day) => Text::new(
            format!("审批后90日内（至{day}）未放款，审批已失效，请重新提交。"),
            format!("The approval ran out on {day}, 90 days after it was given: submit the contract anew."),
        ),
        I::MoreThan(most) => Text::new(
            format!("金额超过可解保余额{}元。", most.grouped()),
            format!("The amount is above the {} yuan that it can be.", most.grouped()),
        ),
        I::Nothing => Text::new("金额必须大于零。", "The amount must be above zero."),
        I::OutOfRange(_) => return Problem::out_of_range(),
    })
}
