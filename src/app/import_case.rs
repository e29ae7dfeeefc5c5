//! A contract of an earlier book put before the rules of its own first day, with everything that stood around it then.

use crate::{
    error::Problem,
    finding::{FindingOut, OutcomeOut},
    import::Row,
    store::{
        self, Scope,
        around::{Granted, InstitutionAround},
        contract::Purpose,
        import_around::{AgreementDays, Groups},
        party_flag::{FlagDays, Standing},
    },
};
use domain::{
    case::{self, Case, Client, Institution, ReguaranteeFees, Terms},
    client::LegalForm,
    exposure::ClientBook,
    history::{Entry, History},
    local_limit::LocalRule,
    party::BankLoan,
    portfolio::SegmentKind,
    stated::{Concentration, ProductTerms, Quota, QuotaKind, StatedLimit},
    value::{Day, Term},
};
use std::collections::{BTreeMap, BTreeSet};

/// What stands around the contracts of an import: read once, but for the institution as a whole, which is read for each stretch of days on
/// which it is the same.
pub(super) struct Around {
    /// The institution's agreements by their numbers.
    pub agreements: BTreeMap<String, AgreementDays>,
    quotas: BTreeMap<i32, Vec<Granted>>,
    groups: Groups,
    turns: BTreeSet<Day>,
    known: Option<Known>,
}

/// The institution as a whole, from a day until before the next on which it is another.
struct Known {
    since: Option<Day>,
    institution: InstitutionAround,
}

impl Around {
    /// Reads what is the same for all of them.
    pub(super) async fn of(scope: &Scope) -> Result<Self, Problem> {
        use store::import_around as stored;
        Ok(Self {
            agreements: stored::agreements(scope).await?,
            quotas: stored::quotas(scope).await?,
            groups: stored::groups(scope).await?,
            turns: stored::turns(scope).await?,
            known: None,
        })
    }

    /// Goes to a day: what is known of the institution is read again where it is another.
    pub(super) async fn go_to(&mut self, scope: &Scope, day: Day) -> Result<(), Problem> {
        let since = self.turns.range(..=day).next_back().copied();
        if self.known.as_ref().is_none_or(|known| known.since != since) {
            let institution = store::around::institution(scope, day).await?;
            self.known = Some(Known { since, institution });
        }
        Ok(())
    }
}

/// A contract with its client, as the day before left it.
pub(super) struct Asked<'a> {
    /// What the file says.
    pub what: &'a Row,
    /// What of it counts.
    pub entry: Entry,
    /// What its client had.
    pub before: ClientBook,
    /// What is said of the client.
    pub flags: &'a [FlagDays],
    /// The terms that count.
    pub terms: &'a Terms,
    /// The agreement, where there is one.
    pub agreement: Option<&'a AgreementDays>,
}

impl Asked<'_> {
    /// What does not pass on the contract's own first day, and what the upper layers receive.
    pub(super) fn decide(
        &self,
        history: &History,
        around: &Around,
    ) -> Result<(Vec<FindingOut>, ReguaranteeFees), Problem> {
        let Self { what, entry, before, flags, terms, .. } = self;
        let Some(Known { institution, .. }) = &around.known else {
            return Err(Problem::internal());
        };
        let day = what.start;
        let in_force = flags.iter().filter(|flag| flag.holds_on(day)).map(|flag| flag.kind).collect();
        let standing =
            Standing { form: LegalForm::from(what.client.form), industry_code: None, size: None, flags: in_force };
        let group = around.groups.on(entry.client, day);
        let group = group.map(|(name, others)| {
            let books: Vec<ClientBook> = others.into_iter().map(|other| history.client(other)).collect();
            (name, books)
        });
        let limits = concentrations(&institution.limits, history, entry, before)?;
        let decision = Case {
            day,
            contract: case::Contract {
                item: entry.item,
                term: Term::new(what.start, what.end).map_err(|_| Problem::internal())?,
                principal: what.principal,
                fee: what.fee,
                charges: None,
                is_bank_loan: entry.item.kind.is_bank_loan(false),
                for_government_bond: what.purpose == Purpose::GovernmentBond,
                startup: None,
                bank_loan: BankLoan::Unknown,
            },
            client: Client {
                name: &what.client.name,
                flags: standing.flags(),
                comparables: None,
                before: *before,
                group: group.as_ref().map(|(name, books)| (name.as_str(), books.as_slice())),
            },
            institution: Institution {
                book: history.book(),
                volume: history.volume(day.year()),
                statement: institution.statement.as_ref(),
                leverage: institution.leverage,
                investments: &institution.investments,
                nationally_supported: institution.nationally_supported,
            },
            terms,
            limits: &limits,
            product: &ProductTerms::default(),
            quotas: &self.quotas(history, around)?,
            fixed_fees: None,
        }
        .decide()?;
        let open = decision.findings.into_iter().filter(|finding| {
            use domain::finding::Outcome as O;
            !matches!(finding.outcome, O::Pass | O::NotApplicable)
        });
        Ok((open.map(FindingOut::from).collect(), decision.fees))
    }

    /// The quotas of the day's year and the agreement's cap, each with what is used with the contract.
    fn quotas(&self, history: &History, around: &Around) -> Result<Vec<Quota>, Problem> {
        let Some(of) = self.agreement else { return Ok(Vec::new()) };
        let (year, amount) = (self.what.start.year(), self.what.amount);
        let uppers = [of.agreement.provincial, of.agreement.national];
        let granted = around.quotas.get(&year).into_iter().flatten();
        let mut quotas = Vec::new();
        for Granted { by, amount: granted, row } in granted.filter(|granted| uppers.contains(&Some(granted.by))) {
            let used_after = history.quota(*by, year).plus(amount)?;
            quotas.push(Quota { kind: QuotaKind::Reguarantee, granted: *granted, used_after, row: row.clone() });
        }
        if let Some(cap) = of.agreement.cap {
            let used_after = history.under(of.agreement.id).plus(amount)?;
            quotas.push(Quota { kind: QuotaKind::Agreement, granted: cap, used_after, row: of.row() });
        }
        Ok(quotas)
    }
}

/// The local limits, each with what it looks at beside the contract.
fn concentrations(
    limits: &[StatedLimit],
    history: &History,
    entry: &Entry,
    before: &ClientBook,
) -> Result<Vec<(StatedLimit, Concentration)>, Problem> {
    let amount = entry.item.amount;
    let seen = |limit: &StatedLimit| {
        let mut seen = Concentration::default();
        let segment = match limit.rule {
            LocalRule::TopTenClients => {
                seen.top_ten_after = case::top_ten(&history.largest_others(entry.client), before.total.plus(amount)?)?;
                None
            }
            LocalRule::Region => entry.region.map(|own| (SegmentKind::Region, own)),
            LocalRule::Industry => entry.industry.map(|own| (SegmentKind::Industry, own)),
            _ => None,
        };
        if let Some((kind, own)) = segment {
            let (outstanding, inside) = history.segment(kind, limit.key.as_deref(), own)?;
            seen.segment_after = outstanding.plus(amount)?;
            seen.in_segment = inside;
        }
        Ok::<_, Problem>(seen)
    };
    limits.iter().map(|limit| Ok((limit.clone(), seen(limit)?))).collect()
}

/// The outcomes that do not pass, counted: refuse, needs_exception, advise, not_assessed.
pub(super) fn counted<'a>(findings: impl Iterator<Item = &'a FindingOut>) -> [u64; 4] {
    findings.fold([0; 4], |[refuse, exception, advise, unknown], finding| match finding.outcome {
        OutcomeOut::Refuse => [refuse.saturating_add(1), exception, advise, unknown],
        OutcomeOut::NeedsException => [refuse, exception.saturating_add(1), advise, unknown],
        OutcomeOut::Advise => [refuse, exception, advise.saturating_add(1), unknown],
        OutcomeOut::NotAssessed => [refuse, exception, advise, unknown.saturating_add(1)],
        OutcomeOut::Pass | OutcomeOut::NotApplicable => [refuse, exception, advise, unknown],
    })
}
