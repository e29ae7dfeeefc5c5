//! Some rows of an earlier book, in the order of their days: who their clients are, what the rules said on the day, and all of it saved
//! in one transaction.

use super::{App, booking::out_of_range, party_identifier};
use crate::{
    auth::{self, BlindIndex},
    error::Problem,
    finding::{FindingOut, OutcomeOut},
    import::Row,
    store::{
        self, Scope,
        around::InstitutionAround,
        book::{self, Changes},
        contract::{Content, Contract, ContractKind, ExistingLoan, Fixed, Purpose, TakenOver},
        contract_event::{self, EventKind, NewEvent},
        creation_hash,
        import::{Counts, ImportedContract, ImportedParty, KnownParty, Moved},
        party_flag::{FlagDays, Standing},
        party_identifier::{IdentifierScheme, NewIdentifier},
    },
};
use domain::{
    case::{self, Case, Client, Institution, Terms},
    client::LegalForm,
    contract::{EarlyRelease, State},
    exposure::{Book, ClientBook, Item},
    history::History,
    party::BankLoan,
    portfolio::{Begun, NewBusiness},
    stated::{Concentration, ProductTerms, StatedLimit},
    value::{ContractId, Day, Money, PartyId, Rate},
    volume::Volume,
};
use std::collections::BTreeMap;
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
    /// Another contract has its number.
    Taken,
}

struct Planned {
    row: u64,
    what: Row,
    hash: Vec<u8>,
    standpoint: Standpoint,
    client: KnownParty,
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
    flags: BTreeMap<PartyId, Vec<FlagDays>>,
    judged: Vec<Judged>,
}

/// The institution as a whole on a day.
struct Known {
    day: Day,
    institution: InstitutionAround,
    nationally_supported: bool,
    limits: Vec<(StatedLimit, Concentration)>,
}

/// The institution as a whole on the day judged last.
#[derive(Default)]
pub(super) struct Around(Option<Known>);

impl Around {
    /// What is known on `day`; asked once for all contracts of a day.
    async fn on(&mut self, scope: &Scope, day: Day) -> Result<&Known, Problem> {
        if self.0.as_ref().is_none_or(|known| known.day != day) {
            let (institution, nationally_supported) = store::around::institution(scope, day).await?;
            // What a limit on places, branches or the largest ten would have been held against is not told again.
            let whole = institution.limits.iter().filter(|limit| !limit.rule.is_of_a_part());
            let limits = whole.map(|limit| (limit.clone(), Concentration::default())).collect();
            self.0 = Some(Known { day, institution, nationally_supported, limits });
        }
        self.0.as_ref().ok_or_else(Problem::internal)
    }
}

impl Chunk {
    /// Finds what is known of some rows, and makes the clients that are not known.
    pub(super) async fn of(
        app: &App,
        scope: &Scope,
        import: Uuid,
        rows: Vec<(u64, Row)>,
        made: &Made,
    ) -> Result<Self, Problem> {
        let indexed = rows.into_iter().map(|(row, what)| {
            let index = auth::blind_index(&app.keys, what.client.scheme.word(), &what.client.identifier)?;
            let hash = creation_hash(&(&what, &index.hash))?;
            Ok((row, what, index, hash))
        });
        let indexed: Vec<(u64, Row, BlindIndex, Vec<u8>)> = indexed.collect::<Result<_, Problem>>()?;
        let numbers = indexed.iter().map(|(_, what, ..)| what.number.clone()).collect();
        let contracts = store::import::known_contracts(scope, numbers).await?;
        let scheme = indexed.first().map_or(IdentifierScheme::Other, |(_, what, ..)| what.client.scheme);
        let hashes: std::collections::BTreeSet<Vec<u8>> =
            indexed.iter().map(|(_, _, index, _)| index.hash.clone()).collect();
        let mut clients = store::import::known_parties(scope, hashes.into_iter().collect(), scheme.word()).await?;
        let there: Vec<PartyId> = clients.values().flat_map(|known| [known.party, known.client]).collect();
        let flags = store::party_flag::days_of(scope, &there).await?;
        let mut chunk = Self { import, planned: Vec::new(), parties: Vec::new(), flags, judged: Vec::new() };
        for (row, what, index, hash) in indexed {
            let standpoint = match contracts.get(&what.number) {
                None => Standpoint::New,
                Some(known) if known.import == Some(import) => Standpoint::Ours,
                Some(known) if known.hash == hash => Standpoint::Unchanged,
                Some(_) => Standpoint::Taken,
            };
            let known = clients.get(&index.hash).or_else(|| made.get(&index.hash)).copied();
            let client = match known {
                Some(known) => known,
                None => {
                    let party = PartyId::from_uuid(Uuid::now_v7());
                    let known = KnownParty { party, client: party };
                    if standpoint == Standpoint::New {
                        clients.insert(index.hash.clone(), known);
                        chunk.parties.push(new_party(app, scope, party, &what, index)?);
                    }
                    known
                }
            };
            chunk.planned.push(Planned { row, what, hash, standpoint, client });
        }
        Ok(chunk)
    }

    /// The clients that this chunk makes, by their blind indexes.
    pub(super) fn made(&self) -> impl Iterator<Item = (Vec<u8>, KnownParty)> {
        let of = |party: &ImportedParty| KnownParty { party: party.id, client: party.id };
        self.parties.iter().map(move |party| (party.identifier.index.hash.clone(), of(party)))
    }

    /// The rows whose number another contract has, each with the number.
    pub(super) fn taken(&self) -> impl Iterator<Item = (u64, &str)> {
        let taken = self.planned.iter().filter(|planned| planned.standpoint == Standpoint::Taken);
        taken.map(|planned| (planned.row, planned.what.number.as_str()))
    }

    /// What became of the rows; what an earlier attempt took over counts as taken over.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for planned in &self.planned {
            let count = match planned.standpoint {
                Standpoint::New | Standpoint::Ours => &mut counts.imported,
                Standpoint::Unchanged => &mut counts.unchanged,
                Standpoint::Taken => &mut counts.bad,
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
        let all = self.judged.iter().flat_map(|judged| &judged.findings);
        all.fold([0; 4], |[refuse, exception, advise, unknown], finding| match finding.outcome {
            OutcomeOut::Refuse => [refuse.saturating_add(1), exception, advise, unknown],
            OutcomeOut::NeedsException => [refuse, exception.saturating_add(1), advise, unknown],
            OutcomeOut::Advise => [refuse, exception, advise.saturating_add(1), unknown],
            OutcomeOut::NotAssessed => [refuse, exception, advise, unknown.saturating_add(1)],
            OutcomeOut::Pass | OutcomeOut::NotApplicable => [refuse, exception, advise, unknown],
        })
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
        others: &mut Vec<Moved>,
        around: &mut Around,
    ) -> Result<(), Problem> {
        for planned in &self.planned {
            let (what, day) = (&planned.what, planned.what.start);
            tell(history, others, day).map_err(out_of_range)?;
            if !matches!(planned.standpoint, Standpoint::New | Standpoint::Ours) {
                continue;
            }
            let client = planned.client.client;
            let item = content(planned).item(what.client.kind);
            let before = history.client(client);
            let after = before.plus(item.book().map_err(out_of_range)?).map_err(out_of_range)?;
            let contract = contract(self.import, planned)?;
            let volume = contract.volume()?;
            if planned.standpoint == Standpoint::New {
                let flags = self.flags.get(&client).map(Vec::as_slice).unwrap_or_default();
                let findings = Asked { what, item, before, flags }.findings(history, around.on(scope, day).await?)?;
                let small_ticket = item.client_kind.is_small_agri() && !after.exposure().small_ticket().is_zero();
                let imported = ImportedContract { contract, hash: planned.hash.clone() };
                self.judged.push(Judged { imported, findings, small_ticket, volume });
            }
            history.begin(client, item, what.released_on).map_err(out_of_range)?;
            history.began(day.year(), volume).map_err(out_of_range)?;
        }
        Ok(())
    }

    /// Saves everything with the counters of the book; answers the book before and after.
    pub(super) async fn save(self, scope: &Scope) -> Result<(Book, Book), Problem> {
        let Self { import, parties, judged, .. } = self;
        store::import::insert_parties(scope, import, &parties).await?;
        let mut came: BTreeMap<PartyId, ClientBook> = BTreeMap::new();
        for Judged { imported, .. } in &judged {
            let book = came.entry(imported.contract.client).or_default();
            let item =
                book::item_of(&imported.contract, imported.contract.outstanding).ok_or_else(Problem::internal)?;
            *book = book.plus(item.book().map_err(out_of_range)?).map_err(out_of_range)?;
        }
        let clients: Vec<PartyId> = came.keys().copied().collect();
        let year = chrono::Datelike::year(&scope.today());
        let locked = book::lock(scope, &clients, &[], year).await?;
        let mut changes = Changes::default();
        let mut after = locked.book;
        for (client, came) in came {
            let before = locked.clients.get(&client).copied().unwrap_or_default();
            let now = before.plus(came).map_err(out_of_range)?;
            after = after.moved(&before, &now).map_err(out_of_range)?;
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
        Ok((locked.book, after))
    }
}

/// Tells what others moved up to a day, and what ended by it.
fn tell(history: &mut History, others: &mut Vec<Moved>, day: Day) -> Result<(), domain::value::OutOfRange> {
    while let Some(moved) = others.pop_if(|moved| moved.on <= day) {
        history.go_to(moved.on)?;
        history.shift(moved.client, moved.item)?;
        if let Some(volume) = moved.began {
            history.began(moved.on.year(), volume)?;
        }
    }
    history.go_to(day)
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
            *sum = sum.plus(contract.outstanding).map_err(out_of_range)?;
        }
        let begun = Begun {
            client_kind: fixed.client_kind,
            small_ticket: *small_ticket,
            contracts: 1,
            amount: contract.content.amount,
            volume: *volume,
        };
        let year = years.entry(contract.content.start.year()).or_default();
        *year = year.with(begun).map_err(out_of_range)?;
    }
    for ((kind, code), amount) in segments {
        changes.segment(kind, code, amount);
    }
    years.iter().try_for_each(|(year, begun)| changes.began(*year, begun))
}

/// The first event of a contract, and the last one of what has ended.
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
    contract_event::record(scope, changes, &begun, began).await?;
    let contract = Contract { outstanding, ..begun };
    if let Some(day) = contract.ended_on {
        let amount = Money::ZERO.minus(amount).map_err(out_of_range)?;
        let released = NewEvent { amount, ..plain(EventKind::Released, day) };
        contract_event::record(scope, changes, &contract, released).await?;
    }
    Ok(ImportedContract { contract, hash })
}

/// A contract with what stood around it.
struct Asked<'a> {
    what: &'a Row,
    item: Item,
    before: ClientBook,
    flags: &'a [FlagDays],
}

impl Asked<'_> {
    /// What does not pass on the contract's own first day.
    fn findings(&self, history: &History, around: &Known) -> Result<Vec<FindingOut>, Problem> {
        let Self { what, item, before, flags } = self;
        let Known { institution, nationally_supported, limits, .. } = around;
        let day = what.start;
        let in_force = flags.iter().filter(|flag| flag.holds_on(day)).map(|flag| flag.kind).collect();
        let standing =
            Standing { form: LegalForm::from(what.client.form), industry_code: None, size: None, flags: in_force };
        let none = Rate::ZERO;
        let terms = Terms { shares: what.shares.clone(), provincial_fee_rate: none, national_fee_rate: none };
        let decision = Case {
            day,
            contract: case::Contract {
                item: *item,
                term: domain::value::Term::new(what.start, what.end).map_err(|_| Problem::internal())?,
                fee: what.fee,
                charges: &[],
                is_bank_loan: what.kind == ContractKind::Loan,
                for_government_bond: what.purpose == Purpose::GovernmentBond,
                startup: None,
                bank_loan: BankLoan::None,
            },
            client: Client {
                name: &what.client.name,
                flags: standing.flags(),
                comparables: &[],
                before: *before,
                group: None,
            },
            institution: Institution {
                book: history.book(),
                volume: history.volume(day.year()),
                statement: institution.statement.as_ref(),
                leverage: institution.leverage,
                investments: &institution.investments,
                nationally_supported: *nationally_supported,
            },
            terms: &terms,
            limits,
            product: &ProductTerms::default(),
            quotas: &[],
            fixed_fees: None,
        }
        .decide()
        .map_err(out_of_range)?;
        let open = decision.findings.into_iter().map(FindingOut::from);
        Ok(open.filter(|finding| !matches!(finding.outcome, OutcomeOut::Pass | OutcomeOut::NotApplicable)).collect())
    }
}

fn content(planned: &Planned) -> Content {
    let what = &planned.what;
    Content {
        number: what.number.clone(),
        party: planned.client.party,
        agreement: None,
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
fn contract(import: Uuid, planned: &Planned) -> Result<Contract, Problem> {
    let what = &planned.what;
    let content = content(planned);
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
            provincial: None,
            national: None,
            shares: what.shares.clone(),
            provincial_fee: None,
            national_fee: None,
            early_release: EarlyRelease::None,
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
