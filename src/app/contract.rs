//! Contracts up to their submission: drafted, changed, read, and put before the rules without booking anything.

use super::{
    App,
    booking::{self, Hold, Judged, Subject},
};
use crate::{
    auth::{Action, Caller, may_hold_parties},
    check::Check,
    error::{FieldError, Problem},
    input,
    store::{
        self, Put, Scope,
        contract::{Content, Contract, ContractKind},
        contract_event::{Event, Exception, Place},
        contract_list::{Paged, Sought},
        contract_version::Version,
        creation_hash,
        journal::Record,
    },
};
use axum::http::StatusCode;
use domain::{
    contract::{Act, State},
    value::{ContractId, Day, Money, PartyId},
};
use uuid::Uuid;

/// The longest a contract may run, in years: beyond it a day was mistyped.
const LONGEST_YEARS: i32 = 50;

/// Some of the institution's contracts, each with the name of the client in whose book it counts.
pub async fn list(
    app: &App,
    caller: &Caller,
    sought: &Sought,
    page: &Paged,
) -> Result<Vec<(Contract, String)>, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    let contracts = store::contract_list::list(&scope, sought, page).await?;
    let names = store::party::names(&scope, contracts.iter().map(|contract| contract.client).collect()).await?;
    let named = |contract: Contract| {
        let name = names.get(&contract.client).cloned().unwrap_or_default();
        (contract, name)
    };
    Ok(contracts.into_iter().map(named).collect())
}

/// How many of the institution's contracts are sought, as far as they are counted.
pub async fn count(app: &App, caller: &Caller, sought: &Sought) -> Result<u64, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    store::contract_list::count(&scope, sought).await
}

/// One contract.
pub async fn get(app: &App, caller: &Caller, id: ContractId) -> Result<Contract, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    store::contract::get(&scope, id).await
}

/// What happened to a contract.
pub async fn events(
    app: &App,
    caller: &Caller,
    id: ContractId,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Event>, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    store::contract::get(&scope, id).await?;
    store::contract_event::list(&scope, id, after, limit).await
}

/// The contents of a contract after one of them, oldest first: those that were replaced, and at the end the present one.
pub async fn versions(
    app: &App,
    caller: &Caller,
    id: ContractId,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<Version>, Problem> {
    let scope = app.look(caller, Action::ReadContracts).await?;
    let contract = store::contract::get(&scope, id).await?;
    let mut versions = store::contract_version::list(&scope, id, after, limit).await?;
    let fits = u64::try_from(versions.len()).is_ok_and(|read| read < limit);
    if fits && after.is_none_or(|after| after < contract.content_version) {
        versions.push(Version { version: contract.content_version, content: contract.content, replaced: None });
    }
    Ok(versions)
}

/// The exceptions of a contract.
pub async fn exceptions(app: &App, caller: &Caller, id: ContractId) -> Result<Vec<Exception>, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    store::contract::get(&scope, id).await?;
    store::contract_event::exceptions(&scope, id).await
}

/// What is plainly wrong with a content, every fault at once.
fn check(content: &Content) -> Result<(), Problem> {
    let empty_term = || input::field("end", "empty_term", "到期日应晚于起始日。", "The end lies after the first day.");
    let too_long = || input::field("end", "too_long", "期限不得超过50年。", "A term is at most 50 years.");
    let above_principal = || {
        let (zh, en) = ("担保金额不得超过贷款本金。", "The guaranteed amount is at most the loan's principal.");
        input::field("amount", "above_principal", zh, en)
    };
    let years = content.end.year().saturating_sub(content.start.year());
    let mut check = Check::default()
        .text("number", &content.number, 100)
        .that(content.start < content.end, empty_term)
        .that(years <= LONGEST_YEARS, too_long)
        .that(content.amount <= content.principal, above_principal)
        .that(content.amount > Money::ZERO, || zero("amount"));
    for (field, text, longest) in [
        ("loan_number", content.loan_number.as_deref(), 100),
        ("issuer_rating", content.issuer_rating.as_deref(), 20),
        ("client_grade", content.client_grade.as_deref(), 100),
        ("counter_guarantee", Some(content.counter_guarantee.as_str()).filter(|text| !text.is_empty()), 500),
    ] {
        if let Some(text) = text {
            check = check.text(field, text, longest);
        }
    }
    for (place, charge) in content.charges.iter().enumerate() {
        check = check.text_at(format!("charges[{place}].name"), &charge.name, 100);
    }
    for (place, tag) in content.tags.iter().enumerate() {
        let (zh, en) = ("标签为1至40个字符，不含空格。", "A tag has 1 to 40 characters and no spaces.");
        let plain = (1..=40).contains(&tag.chars().count())
            && !tag.chars().any(|each| each.is_whitespace() || each.is_control());
        check = check.that(plain, || input::field(format!("tags[{place}]"), "tag", zh, en));
    }
    let bank_missing = || input::field("bank_id", "missing_bank", "借款类担保须填写银行。", "A loan names its bank.");
    check.that(content.kind != ContractKind::Loan || content.bank.is_some(), bank_missing).done()
}

fn zero(field: &'static str) -> FieldError {
    input::field(field, "money_not_positive", "此处金额必须大于零。", "The amount must be above zero here.")
}

/// The client of a contract about to be written down, held against being merged until it is.
async fn hold_client(scope: &Scope, party: PartyId) -> Result<PartyId, Problem> {
    let client = store::party::hold(scope, client_of(scope, party).await?).await?;
    if client.merged_into.is_some() { Err(Problem::busy()) } else { Ok(client.id) }
}

/// The party in whose book a contract of `party` counts: itself, or the one it was merged into, however often.
pub(super) async fn client_of(scope: &Scope, party: PartyId) -> Result<PartyId, Problem> {
    let mut client = party;
    while let Some(next) = find_party(scope, client).await?.merged_into {
        client = next;
    }
    Ok(client)
}

async fn find_party(scope: &Scope, id: PartyId) -> Result<store::party::Party, Problem> {
    let unknown = || {
        let (zh, en) = ("本机构没有此被担保人。", "The institution has no such party.");
        input::invalid(vec![input::field("party_id", "unknown", zh, en)])
    };
    match store::party::get(scope, id).await {
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Err(unknown()),
        found => found,
    }
}

/// Banks and branches that everybody reads; one that is not there is a fault of the field.
async fn check_banks(scope: &Scope, content: &Content) -> Result<(), Problem> {
    let known = store::contract::names_known_banks(scope, content).await?;
    let fault = |field, zh, en| move || input::field(field, "unknown", zh, en);
    Check::default()
        .that(known.bank, fault("bank_id", "没有此银行。", "There is no such bank."))
        .that(known.branch, fault("branch_id", "该银行没有此网点。", "The bank has no such branch."))
        .that(known.agreement, fault("agreement_id", "本机构没有此协议。", "The institution has no such agreement."))
        .done()
}

/// Drafts a contract.
pub async fn draft(app: &App, caller: &Caller, id: ContractId, content: Content) -> Result<Put<Contract>, Problem> {
    let scope = app.open(caller, Action::DraftContract).await?;
    let hash = creation_hash(&content)?;
    if let Some(known) = store::contract::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    check(&content)?;
    check_banks(&scope, &content).await?;
    let own = store::institution::own(&scope).await?;
    if !may_hold_parties(own.kind) {
        return Err(Problem::forbidden());
    }
    let draft = Contract {
        id,
        client: hold_client(&scope, content.party).await?,
        content,
        state: State::Draft,
        content_version: 1,
        content_hash: hash.clone(),
        drafted_by: author(&scope)?,
        submitted_by: None,
        decided_by: None,
        version: 1,
        fixed: None,
        begun_on: None,
        ended_on: None,
        outstanding: Money::ZERO,
        taken_over: None,
    };
    store::contract::insert(&scope, &draft, hash).await?;
    scope.commit(Record::of("contract", Some(id.uuid()))).await?;
    Ok(Put::Created(draft))
}

/// The account or machine client that acts.
pub(super) fn author(scope: &Scope) -> Result<Uuid, Problem> {
    scope.actor().id().ok_or_else(Problem::forbidden)
}

/// Changes the content of a draft, or of a contract that came back; earlier exceptions were for the earlier content.
pub async fn replace(
    app: &App,
    caller: &Caller,
    id: ContractId,
    version: i64,
    content: Content,
) -> Result<Contract, Problem> {
    let scope = app.open(caller, Action::DraftContract).await?;
    store::contract::get(&scope, id).await?;
    check(&content)?;
    check_banks(&scope, &content).await?;
    let client = hold_client(&scope, content.party).await?;
    let present = store::contract::lock(&scope, id).await?;
    let life = present.life()?.after(Act::Revise, booking::today(&scope)?).map_err(booking::impossible)?;
    let content_hash = creation_hash(&content)?;
    let changed = Contract {
        client,
        content,
        state: life.state,
        content_version: present.content_version.saturating_add(1),
        content_hash,
        submitted_by: None,
        decided_by: None,
        version: version.saturating_add(1),
        ..present.clone()
    };
    store::contract_version::keep(&scope, &present).await?;
    store::contract::replace_content(&scope, &changed, version).await?;
    scope.commit(Record::of("contract", Some(id.uuid())).with("content_version", changed.content_version)).await?;
    Ok(changed)
}

/// What an evaluation comes to.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// What was judged, and by what.
    pub(super) judged: Judged,
    /// The day whose rules judged.
    pub day: Day,
}

impl Evaluation {
    /// The findings, and what follows for the book.
    pub fn decision(&self) -> &domain::case::Decision {
        &self.judged.decision
    }

    /// What approval would fix.
    pub fn fixed(&self) -> &store::contract::Fixed {
        &self.judged.fixed
    }
}

/// Puts a content before the rules of today, without writing anything.
pub async fn evaluate(app: &App, caller: &Caller, content: Content) -> Result<Evaluation, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    check(&content)?;
    let client = client_of(&scope, content.party).await?;
    let day = booking::today(&scope)?;
    let judged = booking::judge(&scope, Subject { content: &content, client, approved: None, day }, Hold::Look).await?;
    Ok(Evaluation { judged, day })
}
