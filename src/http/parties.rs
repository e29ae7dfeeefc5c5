//! `/v1/parties`: the guaranteed parties of the caller's institution.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals, Versioned},
    extract::{Body, Caller, Id, IfMatch, Page, page_of, query_of},
    first_loan::FirstLoanOut,
    party_facts::{FlagOut, JobsOut, SizeInputOut},
    party_groups::MemberOut,
    party_identifiers::{GivenIn, IdentifierOut},
};
use crate::{
    app::{
        party::{self, Known},
        party_identifier,
    },
    calculator::ClientKindIn,
    check::Check,
    error::Problem,
    input,
    store::party::{NewParty, Party, PartyKind, PartyStatus, Sought},
};
use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::request::Parts,
};
use chrono::NaiveDate;
use domain::{
    client::{ClientKind, in_award_statistics, in_tax_sme},
    value::{PartyId, search_key},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, put)).routes(routes!(search))
}

/// Which parties.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SoughtIn {
    /// 名称中的两个字以上。Two characters or more of the name; width, case and spaces do not matter.
    #[param(max_length = 50)]
    search: Option<String>,
    /// 名称的开头，按名称排序。The beginning of the name; the answer is in the order of the names. Not together with `search`.
    #[param(max_length = 50)]
    prefix: Option<String>,
    /// `next` of the page before; the first page without.
    after: Option<String>,
    /// At most so many items, 1 to 200; 50 when it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A checked request for parties.
struct Wanted {
    page: Page<Uuid>,
    sought: Sought,
}

impl FromRequestParts<AppState> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let SoughtIn { search, prefix, after, limit } = query_of(&parts.uri)?;
        let page = page_of(after, limit)?;
        let sought = match (search, prefix) {
            (None, None) => Sought::All,
            (Some(search), None) => Sought::Containing(key("search", &search, 2)?),
            (None, Some(prefix)) => Sought::Beginning(key("prefix", &prefix, 1)?),
            (Some(_), Some(_)) => {
                let fault = input::field(
                    "prefix",
                    "one_of_two",
                    "search 与 prefix 只能用其一。",
                    "Use `search` or `prefix`, not both.",
                );
                return Err(input::invalid(vec![fault]));
            }
        };
        Ok(Self { page, sought })
    }
}

/// What of a name is searched for: of at least `shortest` characters that count, and plain.
fn key(field: &'static str, text: &str, shortest: usize) -> Result<String, Problem> {
    Check::default().search(field, text).done()?;
    let key = search_key(text);
    if key.chars().count() < shortest {
        let fault = input::field(
            field,
            "too_short",
            "请至少输入名称中相连的两个字；只知第一个字的，用 prefix 按开头查找。",
            "Give two characters of the name that stand side by side; where only the first is known, look for it with `prefix`.",
        );
        return Err(input::invalid(vec![fault]));
    }
    Ok(key)
}

/// 被担保人。A party as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyIn {
    /// Its name.
    #[schema(min_length = 1, max_length = 200, example = "青禾家庭农场有限公司")]
    name: String,
    /// What it is by its legal form; it does not change.
    kind: PartyKind,
    /// GB/T 2260, six digits.
    #[schema(pattern = "^[0-9]{6}$", example = "330100")]
    region_code: String,
    /// GB/T 4754: a section, or two to four digits; only a natural person may have none.
    #[schema(pattern = "^([A-T]|[0-9]{2,4})$", example = "13")]
    industry_code: Option<String>,
}

impl PartyIn {
    fn into_new(self, id: Uuid) -> NewParty {
        let Self { name, kind, region_code, industry_code } = self;
        NewParty { id: PartyId::from_uuid(id), name, kind, region_code, industry_code }
    }
}

/// 被担保人。A party in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct PartySummaryOut {
    /// Its id.
    id: Uuid,
    /// Its name.
    name: String,
    /// What it is by its legal form.
    kind: PartyKind,
    /// GB/T 2260, six digits.
    region_code: String,
    /// GB/T 4754.
    industry_code: Option<String>,
    /// Whether it stands for itself.
    status: PartyStatus,
    /// The party that stands for it.
    merged_into: Option<Uuid>,
}

impl From<Party> for PartySummaryOut {
    fn from(party: Party) -> Self {
        let Party { id, name, kind, region_code, industry_code, status, merged_into, version: _ } = party;
        let merged_into = merged_into.map(PartyId::uuid);
        Self { id: id.uuid(), name, kind, region_code, industry_code, status, merged_into }
    }
}

/// 被担保人及其资料。A party with what is known of it today.
#[derive(Serialize, ToSchema)]
pub(super) struct PartyOut {
    #[serde(flatten)]
    party: PartySummaryOut,
    /// The day of everything below.
    on: NaiveDate,
    /// Its identifiers, a person's masked.
    identifiers: Vec<IdentifierOut>,
    /// What kind of client it is, from form, size class and flags.
    #[schema(value_type = ClientKindIn)]
    client_kind: ClientKind,
    /// Whether it counts as small-and-agri (国办发〔2019〕6号 （三）).
    small_agri: bool,
    /// Whether it counts in the fee-reduction award (财建〔2018〕547号).
    award_statistics: bool,
    /// Whether it counts as an SME for the tax rule (财税〔2017〕22号).
    tax_sme: bool,
    /// The figures that count, with the size class and its grounds.
    size: Option<SizeInputOut>,
    /// Its flags in force.
    flags: Vec<FlagOut>,
    /// 首贷。Whether its next bank loan would be its first.
    first_loan: FirstLoanOut,
    /// Its place in a group of related clients.
    group: Option<MemberOut>,
    /// The last count of its jobs.
    jobs: Option<JobsOut>,
    /// Other parties of the same name, at most ten: perhaps the same one, filed twice.
    namesakes: Vec<Uuid>,
}

impl From<Known> for PartyOut {
    fn from(known: Known) -> Self {
        let Known { party, on, view, identifiers, standing, size, flags, membership, jobs, first_loan, namesakes } =
            known;
        let client_kind = standing.client_kind();
        Self {
            on,
            identifiers: identifiers.into_iter().map(|identifier| (identifier, view).into()).collect(),
            client_kind,
            small_agri: client_kind.is_small_agri(),
            award_statistics: in_award_statistics(standing.size, standing.award_exclusions()),
            tax_sme: in_tax_sme(standing.size),
            size: size.map(SizeInputOut::from),
            flags: flags.into_iter().map(FlagOut::from).collect(),
            first_loan: first_loan.into(),
            group: membership.map(MemberOut::from),
            jobs: jobs.map(JobsOut::from),
            namesakes: namesakes.into_iter().map(PartyId::uuid).collect(),
            party: party.into(),
        }
    }
}

/// 被担保人列表。The parties that stand for themselves, or those whose name is like the one given.
#[utoipa::path(get, path = "/v1/parties", tag = "parties", operation_id = "list_parties", security(("bearer" = [])), params(SoughtIn),
    responses((status = 200, description = "一页 A page", body = PageOut<PartySummaryOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Wanted { page, sought }: Wanted,
) -> Result<Json<PageOut<PartySummaryOut>>, Problem> {
    let parties = party::list(&app, &caller, sought, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, parties, |party| party.id.to_string()))
}

/// 被担保人。One party with what is known of it today.
#[utoipa::path(get, path = "/v1/parties/{id}", tag = "parties", operation_id = "read_party", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, description = "被担保人 The party", body = PartyOut), Refusals))]
async fn get(State(app): State<AppState>, Caller(caller): Caller, Id(id): Id) -> Result<Versioned<PartyOut>, Problem> {
    let known = party::get(&app, &caller, PartyId::from_uuid(id)).await?;
    Ok(Versioned::present(known.party.version, known))
}

/// 登记或更正被担保人。Files a party; with `If-Match`, corrects name, region and industry.
#[utoipa::path(put, path = "/v1/parties/{id}", tag = "parties", operation_id = "put_party", security(("bearer" = [])), request_body = PartyIn,
    params(("id" = Uuid, Path), ("if-match" = Option<String>, Header, description = "所读版本的 ETag The ETag read")),
    responses((status = 200, description = "已有或已更正 Known, or corrected", body = PartyOut),
        (status = 201, description = "已登记 Filed", body = PartyOut), Refusals))]
async fn put(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(id): Id,
    IfMatch(version): IfMatch,
    Body(new): Body<PartyIn>,
) -> Result<Versioned<PartyOut>, Problem> {
    let new = new.into_new(id);
    match version {
        None => party::file(&app, &caller, new).await.map(|filed| Versioned::put(filed, |known| known.party.version)),
        Some(version) => party::replace(&app, &caller, version, new)
            .await
            .map(|known| Versioned::present(known.party.version, known)),
    }
}

/// 按证件号码查找被担保人。The parties that have or had an identifier, in one page; the identifier is in the body, never in an address. One that was merged is
/// shown too, with the party that stands for it.
#[utoipa::path(post, path = "/v1/parties/searches", tag = "parties", operation_id = "search_parties", security(("bearer" = [])), request_body = GivenIn,
    responses((status = 200, description = "一页 A page", body = PageOut<PartySummaryOut>), Refusals))]
async fn search(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Body(given): Body<GivenIn>,
) -> Result<Json<PageOut<PartySummaryOut>>, Problem> {
    let found = party_identifier::search(&app, &caller, given.into()).await?;
    Ok(PageOut::whole(found))
}
