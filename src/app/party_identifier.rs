//! The identifiers of parties: checked, sealed, found again, ended, and shown in full only with a reason.

use super::{
    App,
    party::{begun, check_end, lock_active},
};
use crate::{
    auth::{self, Action, BlindIndex, Caller, Purpose, View},
    check::Check,
    error::{FieldError, Problem, Text},
    input,
    store::{
        self, Put, Scope, creation_hash,
        journal::Record,
        party::Party,
        party_identifier::{Disclosure, Held, Identifier, IdentifierScheme, NewIdentifier},
    },
};
use chrono::NaiveDate;
use domain::{
    client::LegalForm,
    value::{Day, PartyId},
};
use uuid::Uuid;

/// An identifier as it is given.
#[derive(Clone)]
pub struct Given {
    /// What it is.
    pub scheme: IdentifierScheme,
    /// The value.
    pub value: String,
}

impl std::fmt::Debug for Given {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Given({})", self.scheme)
    }
}

/// The shortest document number of which four characters may be shown.
const SHORTEST_OTHER: usize = 8;

/// The longest document number.
const LONGEST_OTHER: usize = 40;

fn fault(given: &Given, today: NaiveDate) -> Option<FieldError> {
    let Given { scheme, value } = given;
    if let Some(kind) = scheme.kind() {
        let today = Day::from_date(today)?;
        let wrong = kind.check(value, today).err()?;
        return Some(input::field("value", "identifier", format!("{}。", wrong.zh()), format!("{wrong}.")));
    }
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = (SHORTEST_OTHER..=LONGEST_OTHER).contains(&value.len()) && value.bytes().all(plain);
    (!fits).then(|| {
        input::field(
            "value",
            "identifier",
            "应为8至40位大写字母、数字或连字符。",
            "Must be 8 to 40 upper-case letters, digits or hyphens.",
        )
    })
}

fn check(given: &Given, today: NaiveDate) -> Check {
    fault(given, today).into_iter().fold(Check::default(), |check, fault| check.that(false, || fault))
}

/// What a sealed identifier is bound to: in another row it cannot be opened.
fn bound_to(scope: &Scope, id: Uuid) -> Vec<u8> {
    [scope.tenant().uuid().as_bytes().as_slice(), id.as_bytes()].concat()
}

/// The days and the id of an identifier that is filed.
#[derive(Clone, Copy, Debug)]
pub struct Filing {
    /// Its id.
    pub id: Uuid,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; open without.
    pub until: Option<NaiveDate>,
}

/// Files an identifier of a party; 409 names the party that has it in these days.
pub async fn file(
    app: &App,
    caller: &Caller,
    party: PartyId,
    given: Given,
    filing: Filing,
) -> Result<Put<(Identifier, View)>, Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let view = scope.actor().view();
    let index = auth::blind_index(&app.keys, given.scheme.word(), &given.value)?;
    let hash = creation_hash(&(party, given.scheme, &index.hash, filing.from, filing.until))?;
    if let Some(known) = store::party_identifier::find_repeated(&scope, filing.id, &hash).await? {
        return Ok(Put::Known((known, view)));
    }
    let party = lock_active(&scope, party).await?;
    begun(check(&given, scope.today()), filing.from, filing.until, scope.today())
        .that(fits(&party, given.scheme), misfit)
        .done()?;
    unknown_in(&scope, &index, filing).await?;
    let held = held(app, &scope, filing.id, given.scheme, &given.value)?;
    let new = NewIdentifier {
        id: filing.id,
        party: party.id,
        scheme: given.scheme,
        held,
        index,
        last_four: last_four(&given.value),
        from: filing.from,
        until: filing.until,
    };
    let filed = store::party_identifier::insert(&scope, new, hash).await?;
    let record = Record::of("party_identifier", Some(filed.id)).with("party", party.id.to_string());
    scope.commit(record.with("scheme", filed.scheme.word())).await?;
    Ok(Put::Created((filed, view)))
}

/// An identifier as it rests in the row of this id.
pub(super) fn held(app: &App, scope: &Scope, id: Uuid, scheme: IdentifierScheme, value: &str) -> Result<Held, Problem> {
    if !scheme.is_personal() {
        return Ok(Held::Clear(value.to_owned()));
    }
    auth::seal(&app.keys, Purpose::PartyIdentifier, &bound_to(scope, id), value.as_bytes()).map(Held::Sealed)
}

/// Personal documents are persons', public codes everybody else's.
fn fits(party: &Party, scheme: IdentifierScheme) -> bool {
    LegalForm::from(party.kind).is_natural_person() == scheme.is_personal()
}

fn misfit() -> FieldError {
    input::field(
        "scheme",
        "scheme_misfit",
        "自然人登记身份号码或其他个人证件；其他主体登记统一社会信用代码或LEI。",
        "A natural person has a resident number or another personal document, everybody else a credit code or an LEI.",
    )
}

/// Nobody has the identifier in these days.
async fn unknown_in(scope: &Scope, index: &BlindIndex, filing: Filing) -> Result<(), Problem> {
    let known = store::party_identifier::find(scope, index).await?;
    let overlaps = |known: &&Identifier| {
        known.until.is_none_or(|until| filing.from < until) && filing.until.is_none_or(|until| known.from < until)
    };
    known.iter().find(overlaps).map_or(Ok(()), |known| Err(Problem::party_known("value", known.party.uuid())))
}

/// What is shown of it.
pub(super) fn last_four(value: &str) -> String {
    let skipped = value.chars().count().saturating_sub(4);
    value.chars().skip(skipped).collect()
}

/// Ends an identifier that the party has no longer.
pub async fn end(
    app: &App,
    caller: &Caller,
    party: PartyId,
    id: Uuid,
    version: i64,
    until: NaiveDate,
) -> Result<(Identifier, View), Problem> {
    let scope = app.open(caller, Action::WriteParties).await?;
    let party = lock_active(&scope, party).await?;
    let present = store::party_identifier::get(&scope, party.id, id).await?;
    check_end(present.from, present.until, until)?;
    let ended = store::party_identifier::end(&scope, &present, version, until).await?;
    let view = scope.actor().view();
    let record = Record::of("party_identifier", Some(id)).with("party", party.id.to_string());
    scope.commit(record.with("version", ended.version)).await?;
    Ok((ended, view))
}

/// Some of the identifiers that a party has or had.
pub async fn list(
    app: &App,
    caller: &Caller,
    party: PartyId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(Identifier, View)>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    let party = store::party::get(&scope, party).await?;
    let view = scope.actor().view();
    let found = store::party_identifier::list(&scope, party.id, after, limit).await?;
    Ok(found.into_iter().map(|identifier| (identifier, view)).collect())
}

/// The parties that have or had an identifier, each once, in the order of their ids.
pub async fn search(app: &App, caller: &Caller, given: Given) -> Result<Vec<Party>, Problem> {
    let scope = app.open(caller, Action::ReadParties).await?;
    check(&given, scope.today()).done()?;
    let index = auth::blind_index(&app.keys, given.scheme.word(), &given.value)?;
    let found = store::party_identifier::find(&scope, &index).await?;
    let parties: Vec<PartyId> = found.into_iter().map(|identifier| identifier.party).collect();
    store::party::get_many(&scope, &parties).await
}

/// Shows a person's identifier in full, and writes down to whom and why; asked again by the same person it is shown again, and
/// written down again.
pub async fn disclose(
    app: &App,
    caller: &Caller,
    party: PartyId,
    id: Uuid,
    identifier: Uuid,
    reason: String,
) -> Result<Put<(Disclosure, String)>, Problem> {
    let scope = app.open(caller, Action::DiscloseIdentifier).await?;
    let hash = creation_hash(&(party, identifier, &reason, scope.person()?))?;
    let repeated = store::party_identifier::find_repeated_disclosure(&scope, id, &hash).await?;
    let present = store::party_identifier::get(&scope, party, identifier).await?;
    Check::default().text("reason", &reason, 500).done()?;
    let value = opened(app, &scope, &present)?;
    let shown = match repeated {
        Some(known) => Put::Known(known),
        None => Put::Created(store::party_identifier::insert_disclosure(&scope, id, &present, reason, hash).await?),
    };
    let record = Record::of("party_identifier", Some(identifier)).with("party", party.to_string());
    scope.commit(record.with("disclosure", id.to_string())).await?;
    Ok(shown.map(|disclosure| (disclosure, value)))
}

fn opened(app: &App, scope: &Scope, identifier: &Identifier) -> Result<String, Problem> {
    let sealed = match &identifier.held {
        Held::Sealed(sealed) => sealed,
        Held::Clear(_) => {
            return Err(Problem::wrong_state(Text::new(
                "该号码为公开信息，查询主体时已完整显示。",
                "The code is public: it is shown in full beside the party.",
            )));
        }
    };
    let opened = auth::open(&app.keys, Purpose::PartyIdentifier, &bound_to(scope, identifier.id), sealed);
    opened.and_then(|value| String::from_utf8(value).ok()).ok_or_else(|| {
        tracing::error!(identifier = %identifier.id, "no key of the key file opens an identifier: restore its key");
        Problem::internal()
    })
}
