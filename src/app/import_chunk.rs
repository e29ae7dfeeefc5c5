//! Some rows of an earlier book, in the order of their days: who their clients are, what the rules said on the day, and all of it saved
//! in one transaction.

use super::{
    App, booking, drift,
    import_case::{Around, Asked, counted},
    party_identifier,
};
use crate::{
    auth::{self, BlindIndex},
    error::Problem,
    finding::{FindingOut, OutcomeOut},
    import::{Fault, Row},
    store::{
        self, Scope,
        book::{self, Ceded, Changes, QuotaKey},
        contract::{Content, Contract, ExistingLoan, Fixed, TakenOver, Uppers},
        contract_event::{self, EventKind, NewEvent},
        creation_hash,
        import::{Counts, ImportedContract, ImportedParty, KnownContract, KnownParty},
        import_around::AgreementDays,
        import_others::Others,
        party_flag::FlagDays,
        party_identifier::{IdentifierScheme, NewIdentifier},
    },
};
use domain::{
    case::Terms,
    contract::{EarlyRelease, State},
    exposure::ClientBook,
    history::{Code, Entry, History},
    portfolio::{Begun, NewBusiness},
    value::{AgreementId, ContractId, Day, InstitutionId, Money, OutOfRange, PartyId, Rate},
    volume::Volume,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the book knows of a row before it is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standpoint {
    /// Nothing.
    New,
    /// This import took it over in an earlier attempt.
    Ours,
    /// It came another way, just as the file has it.
    Unchanged,
    /// It cannot be taken over.
    Bad,
}

struct Planned {
    what: Row,
    hash: Vec<u8>,
    standpoint: Standpoint,
    client: KnownParty,
    /// None of a row that cannot be taken over.
    under: Option<Under>,
}

/// A contract with its first event and whether it was a small ticket then.
struct Judged {
    imported: ImportedContract,
    findings: Vec<FindingOut>,
    small_ticket: bool,
    volume: Volume,
}

/// What is known of the clients of an import that was only tried, because nothing of it was saved.
pub(super) type Made = BTreeMap<Vec<u8>, KnownParty>;

/// Rows that are taken over together.
pub(super) struct Chunk {
    import: Uuid,
    planned: Vec<Planned>,
    parties: Vec<ImportedParty>,
    bad: Vec<(u64, Fault)>,
    flags: BTreeMap<PartyId, Vec<FlagDays>>,
    judged: Vec<Judged>,
}

/// The columns of a file that are at fault when the book does not know what a row names.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// The contracts' numbers.
    pub number: &'a str,
    /// The agreements' numbers.
    pub agreement: &'a str,
}

/// What is known of the rows of a chunk.
struct Found {
    contracts: BTreeMap<String, KnownContract>,
    clients: BTreeMap<Vec<u8>, KnownParty>,
}

impl Chunk {
    /// Finds what is known of some rows, and makes the clients that are not known.
    pub(super) async fn of(
        app: &App,
        scope: &Scope,
        import: Uuid,
        rows: Vec<(u64, Row)>,
        (made, around, named): (&Made, &Around, Named<'_>),
    ) -> Result<Self, Problem> {
        let indexed = rows.into_iter().map(|(row, what)| {
            let index = auth::blind_index(&app.keys, what.client.scheme.word(), &what.client.identifier)?;
            let hash = creation_hash(&(&what, &index.hash))?;
            Ok((row, what, index, hash))
        });
        let indexed: Vec<(u64, Row, BlindIndex, Vec<u8>)> = indexed.collect::<Result<_, Problem>>()?;
        let numbers = indexed.iter().map(|(_, what, ..)| what.number.clone()).collect();
        let scheme = indexed.first().map_or(IdentifierScheme::Other, |(_, what, ..)| what.client.scheme);
        let indexes: Vec<&BlindIndex> = indexed.iter().map(|(_, _, index, _)| index).collect();
        let mut found = Found {
            contracts: store::import::known_contracts(scope, numbers).await?,
            clients: store::import::known_parties(scope, &indexes, scheme.word()).await?,
        };
        let there: BTreeSet<PartyId> = found.clients.values().map(|known| known.client).collect();
        let flags = store::party_flag::days_of(scope, &there).await?;
        let mut chunk =
            Self { import, planned: Vec::new(), parties: Vec::new(), bad: Vec::new(), flags, judged: Vec::new() };
        for (row, what, index, hash) in indexed {
            let standpoint = chunk.standpoint(&found, (row, &what, &hash), (around, named));
            let known = found.clients.get(&index.hash).or_else(|| made.get(&index.hash)).copied();
            let client = match known {
                Some(known) => known,
                None => {
                    let party = PartyId::from_uuid(Uuid::now_v7());
                    let known = KnownParty::made(party);
                    if standpoint == Standpoint::New {
                        found.clients.insert(index.hash.clone(), known);
                        chunk.parties.push(new_party(app, scope, party, &what, index)?);
                    }
                    known
                }
            };
            let under = what.agreement.as_ref().and_then(|number| around.agreements.get(number));
            let under = Under::of(under, &what);
            chunk.planned.push(Planned { what, hash, standpoint, client, under });
        }
        Ok(chunk)
    }

    /// What the book knows of a row; what is wrong with it beside.
    fn standpoint(
        &mut self,
        found: &Found,
        (row, what, hash): (u64, &Row, &[u8]),
        (around, named): (&Around, Named<'_>),
    ) -> Standpoint {
        let fault = match found.contracts.get(&what.number) {
            Some(known) if known.import == Some(self.import) => return Standpoint::Ours,
            Some(known) if known.hash == hash => return Standpoint::Unchanged,
            Some(_) => Fault::number_taken(named.number, &what.number),
            None => match what.agreement.as_ref().map(|number| (number, around.agreements.get(number))) {
                Some((number, None)) => Fault::unknown_agreement(named.agreement, number),
                Some((number, Some(of))) if what.shares.is_none() && of.terms(what.start).is_none() => {
                    Fault::no_terms(named.agreement, number)
                }
                Some(_) | None => return Standpoint::New,
            },
        };
        self.bad.push((row, fault));
        Standpoint::Bad
    }

    /// The clients that this chunk makes, by their blind indexes.
    pub(super) fn made(&self) -> impl Iterator<Item = (Vec<u8>, KnownParty)> {
        self.parties.iter().map(|party| (party.identifier.index.hash.clone(), KnownParty::made(party.id)))
    }

    /// The rows that cannot be taken over because of what the book has, or has not.
    pub(super) fn bad(&self) -> &[(u64, Fault)] {
        &self.bad
    }

    /// What became of the rows; what an earlier attempt took over counts as taken over.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for planned in &self.planned {
            let count = match planned.standpoint {
                Standpoint::New | Standpoint::Ours => &mut counts.imported,
                Standpoint::Unchanged => &mut counts.unchanged,
                Standpoint::Bad => &mut counts.bad,
            };
            *count = count.saturating_add(1);
        }
        counts
    }

    /// Whether an earlier attempt has saved all there is to save.
    pub(super) fn is_saved(&self) -> bool {
        self.planned.iter().any(|planned| planned.standpoint == Standpoint::Ours) && self.judged.is_empty()
    }

    /// How many findings do not pass, in the order refuse, needs_exception, advise, not_assessed.
    pub(super) fn findings(&self) -> [u64; 4] {
        counted(self.judged.iter().flat_map(|judged| &judged.findings))
    }

    /// Every rule that does not pass, once for each contract, with what it comes to.
    pub(super) fn rules(&self) -> Vec<(&str, OutcomeOut)> {
        let all = self.judged.iter().flat_map(|judged| &judged.findings);
        all.map(|finding| (&*finding.rule, finding.outcome)).collect()
    }

    /// Tells the history on, and judges each contract that is new by its own first day.
    pub(super) async fn judge(
        &mut self,
        scope: &Scope,
        history: &mut History,
        others: &mut Others,
        around: &mut Around,
    ) -> Result<(), Problem> {
        for planned in &self.planned {
            let (what, day) = (&planned.what, planned.what.start);
            tell(scope, history, others, day).await?;
            if !matches!(planned.standpoint, Standpoint::New | Standpoint::Ours) {
                continue;
            }
            let under = planned.under.as_ref().ok_or_else(Problem::internal)?;
            let entry = planned.entry(under);
            let before = history.client(entry.client);
            let mut contract = contract(self.import, planned, under)?;
            let volume = contract.volume()?;
            if planned.standpoint == Standpoint::New {
                around.go_to(scope, day).await?;
                let agreement = what.agreement.as_ref().and_then(|number| around.agreements.get(number));
                let flags = self.flags.get(&entry.client).map(Vec::as_slice).unwrap_or_default();
                let asked = Asked { what, entry, before, flags, terms: &under.terms, agreement };
                let (findings, fees) = asked.decide(history, around)?;
                if let Some(fixed) = &mut contract.fixed {
                    fixed.provincial_fee = fees.provincial.filter(|_| fixed.provincial.is_some());
                    fixed.national_fee = fees.national.filter(|_| fixed.national.is_some());
                }
                let after = before.plus(entry.item.book()?)?;
                let small_ticket = entry.item.client_kind.is_small_agri() && !after.exposure().small_ticket().is_zero();
                let imported = ImportedContract { contract, hash: planned.hash.clone() };
                self.judged.push(Judged { imported, findings, small_ticket, volume });
            }
            history.begin(entry, what.released_on)?;
            history.began(day.year(), volume)?;
            for upper in under.uppers() {
                history.use_quota(upper, day.year(), what.amount)?;
            }
        }
        Ok(())
    }

    /// Saves everything with the counters of the book, and raises or ends alerts.
    pub(super) async fn save(self, scope: &Scope) -> Result<(), Problem> {
        let Self { import, planned, parties, judged, .. } = self;
        let uppers = drift::readers(judged.iter().map(|judged| &judged.imported.contract));
        let seen = planned.iter().filter(|planned| planned.standpoint == Standpoint::New);
        let seen: BTreeMap<PartyId, i64> =
            seen.map(|planned| (planned.client.client, planned.client.version)).collect();
        store::import::insert_parties(scope, import, &parties).await?;
        let mut came: BTreeMap<PartyId, ClientBook> = BTreeMap::new();
        for Judged { imported, .. } in &judged {
            let book = came.entry(imported.contract.client).or_default();
            let item =
                book::item_of(&imported.contract, imported.contract.outstanding).ok_or_else(Problem::internal)?;
            *book = book.plus(item.book()?)?;
        }
        let clients: Vec<PartyId> = came.keys().copied().collect();
        let year = chrono::Datelike::year(&scope.today());
        let quotas = quotas(&judged)?;
        let keys: Vec<QuotaKey> = quotas.keys().copied().collect();
        let locked = book::lock(scope, &clients, &keys, year).await?;
        // Who the clients are was read before the lock, or they came with the rows before these.
        if seen.iter().any(|(client, version)| locked.versions.get(client) != Some(version)) {
            return Err(Problem::busy());
        }
        let mut changes = Changes::default();
        for (key, more) in quotas {
            let used = locked.quotas.get(&key).copied().unwrap_or_default();
            changes.quota(key, used.plus(more)?);
        }
        let mut after = locked.book;
        for (client, came) in came {
            let before = locked.clients.get(&client).copied().unwrap_or_default();
            let now = before.plus(came)?;
            after = after.moved(&before, &now)?;
            changes.client(client, &now);
        }
        changes.book(&after);
        sums(&judged, &mut changes)?;
        store::import::insert_identifiers(scope, import, &parties).await?;
        let mut contracts = Vec::with_capacity(judged.len());
        for judged in judged {
            contracts.push(events(scope, &mut changes, judged).await?);
        }
        store::import::insert_contracts(scope, import, &contracts).await?;
        book::save(scope, changes).await?;
        drift::follow(scope, uppers, locked.book.shares, after.shares, booking::today(scope)?).await
    }
}

/// Tells what others moved up to a day, and what ended by it.
async fn tell(scope: &Scope, history: &mut History, others: &mut Others, day: Day) -> Result<(), Problem> {
    while let Some(moved) = others.next(scope, day).await? {
        history.go_to(moved.on)?;
        history.shift(moved.entry)?;
        if let Some(volume) = moved.began {
            history.began(moved.on.year(), volume)?;
        }
        for (upper, year, amount) in moved.quotas {
            history.use_quota(upper, year, amount)?;
        }
    }
    Ok(history.go_to(day)?)
}

/// What is used of the quotas of the years in which the contracts began, and of the caps of their agreements by what is outstanding.
fn quotas(judged: &[Judged]) -> Result<BTreeMap<QuotaKey, Money>, OutOfRange> {
    let mut quotas: BTreeMap<QuotaKey, Money> = BTreeMap::new();
    for Judged { imported: ImportedContract { contract, .. }, .. } in judged {
        let Some(fixed) = &contract.fixed else { continue };
        let uppers = [fixed.provincial, fixed.national].into_iter().flatten();
        let of_year = uppers.map(|upper| QuotaKey { of: upper.uuid(), year: fixed.approved_on.year() });
        let of_year = of_year.map(|key| (key, contract.content.amount));
        let of_cap = contract.content.agreement.map(|of| (QuotaKey { of, year: 0 }, contract.outstanding));
        for (key, amount) in of_year.chain(of_cap) {
            let used = quotas.entry(key).or_default();
            *used = used.plus(amount)?;
        }
    }
    Ok(quotas)
}

/// What comes to segments and years, each named once.
fn sums(judged: &[Judged], changes: &mut Changes) -> Result<(), Problem> {
    let mut segments: BTreeMap<(&'static str, &str), Money> = BTreeMap::new();
    let mut years: BTreeMap<i32, NewBusiness> = BTreeMap::new();
    for Judged { imported: ImportedContract { contract, .. }, small_ticket, volume, .. } in judged {
        let Some(fixed) = &contract.fixed else { continue };
        let places = [("region", Some(fixed.region_code.as_str())), ("industry", fixed.industry_code.as_deref())];
        for (kind, code) in places {
            let Some(code) = code else { continue };
            let sum = segments.entry((kind, code)).or_default();
            *sum = sum.plus(contract.outstanding)?;
        }
        let begun = Begun {
            client_kind: fixed.client_kind,
            small_ticket: *small_ticket,
            contracts: 1,
            amount: contract.content.amount,
            volume: *volume,
        };
        let year = years.entry(contract.content.start.year()).or_default();
        *year = year.with(begun)?;
    }
    for ((kind, code), amount) in segments {
        changes.segment(kind, code, amount);
    }
    years.iter().try_for_each(|(year, begun)| changes.began(*year, begun))
}

/// The first event of a contract, and the last one of what has ended; each is told to the upper layers.
async fn events(scope: &Scope, changes: &mut Changes, judged: Judged) -> Result<ImportedContract, Problem> {
    let Judged { imported, findings, small_ticket, .. } = judged;
    let ImportedContract { contract, hash } = imported;
    let (amount, outstanding) = (contract.content.amount, contract.outstanding);
    let begun = Contract { outstanding: amount, ..contract };
    let plain = |kind, day| NewEvent::plain(Uuid::now_v7(), kind, day, hash.clone());
    let began = NewEvent {
        amount,
        findings: Some(findings),
        small_ticket: Some(small_ticket),
        ..plain(EventKind::TakenOver, begun.content.start)
    };
    cede(scope, changes, &begun, &began, 1).await?;
    contract_event::record(scope, changes, &begun, began).await?;
    let contract = Contract { outstanding, ..begun };
    if let Some(day) = contract.ended_on {
        let amount = Money::ZERO.minus(amount)?;
        let released = NewEvent { amount, ..plain(EventKind::Released, day) };
        cede(scope, changes, &contract, &released, -1).await?;
        contract_event::record(scope, changes, &contract, released).await?;
    }
    Ok(ImportedContract { contract, hash })
}

async fn cede(
    scope: &Scope,
    changes: &mut Changes,
    contract: &Contract,
    new: &NewEvent,
    contracts: i64,
) -> Result<(), Problem> {
    let NewEvent { id: event, effective_on, amount, small_ticket, .. } = *new;
    let ceded = Ceded { event, kind: new.kind.word(), effective_on, amount, contracts, small_ticket };
    changes.ceded(scope, contract, &ceded).await
}

/// What a contract was made under.
struct Under {
    agreement: Option<AgreementId>,
    uppers: Uppers,
    terms: Terms,
    early_release: EarlyRelease,
}

impl Under {
    /// The shares that the file says, else those of the agreement's terms on the first day; the fees of the upper layers are those of the terms.
    ///
    /// None where neither says any.
    fn of(agreement: Option<&AgreementDays>, what: &Row) -> Option<Self> {
        let terms = agreement.and_then(|agreement| agreement.terms(what.start));
        let (none, decided) = (Rate::ZERO, terms.map(|terms| &terms.decided));
        let shares = what.shares.as_ref().or(decided.map(|terms| &terms.shares));
        let of = agreement.map(|agreement| &agreement.agreement);
        Some(Self {
            agreement: of.map(|of| of.id),
            uppers: of.map_or_else(Uppers::default, |of| Uppers { provincial: of.provincial, national: of.national }),
            early_release: terms.map_or(EarlyRelease::None, |terms| terms.early_release.into()),
            terms: Terms {
                shares: shares?.clone(),
                provincial_fee_rate: decided.map_or(none, |terms| terms.provincial_fee_rate),
                national_fee_rate: decided.map_or(none, |terms| terms.national_fee_rate),
            },
        })
    }

    fn uppers(&self) -> impl Iterator<Item = InstitutionId> {
        [self.uppers.provincial, self.uppers.national].into_iter().flatten()
    }
}

impl Planned {
    /// What of the contract counts.
    fn entry(&self, under: &Under) -> Entry {
        let client = &self.what.client;
        Entry {
            client: self.client.client,
            item: content(self, under).item(client.kind),
            region: Code::new(&client.region_code),
            industry: client.industry_code.as_deref().and_then(Code::new),
            agreement: under.agreement,
        }
    }
}

fn content(planned: &Planned, under: &Under) -> Content {
    let what = &planned.what;
    Content {
        number: what.number.clone(),
        party: planned.client.party,
        agreement: under.agreement.map(AgreementId::uuid),
        product: None,
        client_grade: None,
        kind: what.kind,
        issuer_rating: None,
        bank: None,
        branch: None,
        loan_number: what.loan_number.clone(),
        principal: what.principal,
        loan_rate: Rate::ZERO,
        credit_line: what.credit_line,
        operating_loan: what.operating_loan,
        existing_loan: ExistingLoan::None,
        purpose: what.purpose,
        amount: what.amount,
        fee: what.fee.unwrap_or_default(),
        charges: Vec::new(),
        signed_on: what.start,
        start: what.start,
        end: what.end,
        startup: None,
        counter_guarantee: String::new(),
        tags: what.tags.clone(),
    }
}

/// The contract as it stands, approved and begun on its first day.
fn contract(import: Uuid, planned: &Planned, under: &Under) -> Result<Contract, Problem> {
    let what = &planned.what;
    let content = content(planned, under);
    let content_hash = creation_hash(&content)?;
    let (state, outstanding) = match what.released_on {
        Some(_) => (State::Released, Money::ZERO),
        None => (State::InForce, what.amount),
    };
    Ok(Contract {
        id: ContractId::from_uuid(Uuid::now_v7()),
        content,
        client: planned.client.client,
        state,
        content_version: 1,
        content_hash,
        drafted_by: import,
        submitted_by: None,
        decided_by: None,
        version: 1,
        fixed: Some(Fixed {
            client_kind: what.client.kind,
            size: None,
            region_code: what.client.region_code.clone(),
            industry_code: what.client.industry_code.clone(),
            provincial: under.uppers.provincial,
            national: under.uppers.national,
            shares: under.terms.shares.clone(),
            provincial_fee: None,
            national_fee: None,
            early_release: under.early_release,
            approved_on: what.start,
        }),
        begun_on: Some(what.start),
        ended_on: what.released_on,
        outstanding,
        taken_over: Some(TakenOver {
            import,
            fee_known: what.fee.is_some(),
            client_kind_declared: true,
            charged_off: what.charged_off,
        }),
    })
}

/// A party with its identifier, from the contract's first day on.
fn new_party(app: &App, scope: &Scope, id: PartyId, what: &Row, index: BlindIndex) -> Result<ImportedParty, Problem> {
    let client = &what.client;
    let hash = creation_hash(&(&client.name, client.form, &client.region_code, &client.industry_code, &index.hash))?;
    let identifier = Uuid::now_v7();
    Ok(ImportedParty {
        id,
        name: client.name.clone(),
        kind: client.form,
        region_code: client.region_code.clone(),
        industry_code: client.industry_code.clone(),
        identifier: NewIdentifier {
            id: identifier,
            party: id,
            scheme: client.scheme,
            held: party_identifier::held(app, scope, identifier, client.scheme, &client.identifier)?,
            index,
            last_four: party_identifier::last_four(&client.identifier),
            from: what.start.date(),
            until: None,
        },
        hash,
    })
}
