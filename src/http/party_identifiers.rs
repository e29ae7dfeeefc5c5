//! `/v1/parties/{id}/identifiers` and `…/disclosures`: who a party is by its documents.

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned, put_act},
    extract::{Body, Caller, Id, Ids, IfMatch, Page, PageIn},
};
use crate::{
    app::party_identifier::{self, Filing, Given},
    auth::View,
    error::Problem,
    store::party_identifier::{Disclosure, Held, Identifier, IdentifierScheme},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use domain::value::{Day, PartyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(put)).routes(routes!(end)).routes(routes!(disclose))
}

/// 证件号码。An identifier to look for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenIn {
    /// What it is.
    scheme: IdentifierScheme,
    /// The value; letters in upper case.
    #[schema(min_length = 1, max_length = 40, example = "91350100M000100Y43")]
    value: String,
}

impl From<GivenIn> for Given {
    fn from(GivenIn { scheme, value }: GivenIn) -> Self {
        Self { scheme, value }
    }
}

/// 证件号码。An identifier as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentifierFiledIn {
    /// What it is.
    scheme: IdentifierScheme,
    /// The value; letters in upper case.
    #[schema(min_length = 1, max_length = 40, example = "91350100M000100Y43")]
    value: String,
    /// The first day; today or earlier.
    #[schema(value_type = String, format = Date, example = "2026-01-01")]
    from: Day,
    /// The day after the last; open without.
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-01")]
    until: Option<Day>,
}

/// 终止日。The end of what is open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactEndIn {
    /// The day after the last.
    #[schema(value_type = String, format = Date, example = "2027-01-01")]
    pub(super) until: Day,
}

/// 证件号码。An identifier of a party; of a person's the last four characters, or nothing, by the caller's role.
#[derive(Serialize, ToSchema)]
#[schema(as = PartyIdentifier)]
pub(super) struct IdentifierOut {
    /// Its id.
    id: Uuid,
    /// What it is.
    scheme: IdentifierScheme,
    /// An organisation's public code; null for a person's document.
    #[schema(example = "91350100M000100Y43")]
    value: Option<String>,
    /// The last four characters; null where the caller's role sees nothing of it.
    #[schema(example = "0Y43")]
    last_four: Option<String>,
    /// The first day.
    from: NaiveDate,
    /// The day after the last; open without.
    until: Option<NaiveDate>,
    /// Its number in the journal.
    seq: i64,
    /// The number in the journal with which its end became known.
    ended_seq: Option<i64>,
    /// Counts up with every change; in quotes it is the `If-Match` of its end.
    version: i64,
}

impl From<(Identifier, View)> for IdentifierOut {
    fn from((identifier, view): (Identifier, View)) -> Self {
        let Identifier { id, party: _, scheme, held, last_four, from, until, seq, ended_seq, version } = identifier;
        let (value, last_four) = match (held, view) {
            (Held::Clear(value), _) => (Some(value), Some(last_four)),
            (Held::Sealed(_), View::LastFour) => (None, Some(last_four)),
            (Held::Sealed(_), View::Hidden) => (None, None),
        };
        Self { id, scheme, value, last_four, from, until, seq, ended_seq, version }
    }
}

/// 查看完整号码。Why a person's identifier must be seen in full.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DisclosureIn {
    /// Which of the party's identifiers.
    identifier_id: Uuid,
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "签订合同核对身份证原件")]
    reason: String,
}

/// 完整号码。A person's identifier in full; who saw it, when and why is kept.
#[derive(Serialize, ToSchema)]
pub(super) struct DisclosureOut {
    /// Its id.
    id: Uuid,
    /// The party.
    party_id: Uuid,
    /// Which identifier.
    identifier_id: Uuid,
    /// The value.
    #[schema(example = "11010519491231002X")]
    value: String,
    /// Why, in words.
    reason: String,
    /// When it was first shown.
    #[schema(value_type = String, format = DateTime)]
    disclosed_at: DateTime<Utc>,
}

impl From<(Disclosure, String)> for DisclosureOut {
    fn from((disclosure, value): (Disclosure, String)) -> Self {
        let Disclosure { id, party, identifier, reason, disclosed_at } = disclosure;
        Self { id, party_id: party.uuid(), identifier_id: identifier, value, reason, disclosed_at }
    }
}

/// 证件号码列表。The identifiers that a party has or had.
#[utoipa::path(get, path = "/v1/parties/{id}/identifiers", tag = "parties", operation_id = "list_party_identifiers", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<IdentifierOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    page: Page<Uuid>,
) -> Result<Json<PageOut<IdentifierOut>>, Problem> {
    let party = PartyId::from_uuid(id);
    let found = party_identifier::list(&app, &caller, party, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, found, |(identifier, _)| identifier.id.to_string()))
}

/// 登记证件号码。Files an identifier of a party; 409 `party_known` names the party that has it already.
#[utoipa::path(put, path = "/v1/parties/{id}/identifiers/{identifier_id}", tag = "parties", operation_id = "file_party_identifier", security(("bearer" = [])),
    request_body = IdentifierFiledIn, params(("id" = Uuid, Path), ("identifier_id" = Uuid, Path)),
    responses((status = 200, description = "此前已登记 Filed before", body = IdentifierOut),
        (status = 201, description = "已登记 Filed", body = IdentifierOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(IdentifierFiledIn { scheme, value, from, until }): Body<IdentifierFiledIn>,
) -> Result<Versioned<IdentifierOut>, Problem> {
    let filing = Filing { id, from: from.date(), until: until.map(Day::date) };
    let given = Given { scheme, value };
    let filed = party_identifier::file(&app, &caller, PartyId::from_uuid(party), given, filing).await?;
    Ok(Versioned::put(filed, |(identifier, _)| identifier.version))
}

/// 终止证件号码。Ends an identifier that the party has no longer.
#[utoipa::path(put, path = "/v1/parties/{id}/identifiers/{identifier_id}/end", tag = "parties", operation_id = "end_party_identifier", security(("bearer" = [])),
    request_body = FactEndIn, params(("id" = Uuid, Path), ("identifier_id" = Uuid, Path),
        ("if-match" = String, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已终止 Ended", body = IdentifierOut), Refusals))]
async fn end(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    version: IfMatch,
    Body(FactEndIn { until }): Body<FactEndIn>,
) -> Result<Versioned<IdentifierOut>, Problem> {
    let (party, version) = (PartyId::from_uuid(party), version.required()?);
    let ended = party_identifier::end(&app, &caller, party, id, version, until.date()).await?;
    Ok(Versioned::present(ended.0.version, ended))
}

/// 查看完整号码。Shows a person's identifier in full; every time is in the audit list.
#[utoipa::path(put, path = "/v1/parties/{id}/disclosures/{disclosure_id}", tag = "parties", operation_id = "disclose_party_identifier", security(("bearer" = [])),
    request_body = DisclosureIn, params(("id" = Uuid, Path), ("disclosure_id" = Uuid, Path)),
    responses((status = 200, description = "此前已查看 Shown before", body = DisclosureOut),
        (status = 201, description = "完整号码 The identifier", body = DisclosureOut), Refusals))]
async fn disclose(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(DisclosureIn { identifier_id, reason }): Body<DisclosureIn>,
) -> Result<(StatusCode, Json<DisclosureOut>), Problem> {
    let party = PartyId::from_uuid(party);
    party_identifier::disclose(&app, &caller, party, id, identifier_id, reason).await.map(put_act)
}
