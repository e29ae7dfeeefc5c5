//! `GET /v1/contracts`: the institution's contracts, filtered, in an order, page by page; and how many there are.
#![allow(unused_qualifications, reason = "utoipa writes the path of a parameter type that stands in the same file")]

use super::{
    AppState,
    answer::{PageOut, Refusals},
    contracts::{ContractLineOut, StateOut},
    extract::{Asked, Caller, Page, day_of, page_of, query_of},
};
use crate::{
    app::contract,
    error::Problem,
    input,
    store::contract_list::{COUNTED, ContractOrder, Paged, Sought},
};
use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
};
use domain::{contract::State as ContractState, value::PartyId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count))
}

macro_rules! sought {
    ($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Debug, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        struct $name {
            /// 状态。Only contracts in this state.
            #[param(inline)]
            state: Option<StateOut>,
            /// 客户。Only contracts in the book of this party.
            client_id: Option<Uuid>,
            /// 合同编号的开头。Only contracts whose number begins like this.
            #[param(max_length = 100)]
            number: Option<String>,
            /// 导入批次。Only what was taken over with this import's run.
            import_id: Option<Uuid>,
            /// 只列已审批和在保的合同。Only contracts that are approved or in force.
            counting: Option<bool>,
            /// 已审批和在保的合同中到期日不早于此日的。Of contracts approved or in force, whose term ends on this day or later.
            #[param(value_type = Option<String>, format = Date)]
            due_from: Option<String>,
            /// 不晚于此日的。And on this day or earlier.
            #[param(value_type = Option<String>, format = Date)]
            due_until: Option<String>,
            $($(#[$field_about])* $field: $kind,)*
        }

        impl $name {
            fn sought(&self) -> Result<Sought, Problem> {
                if self.number.as_ref().is_some_and(|number| number.chars().count() > 100) {
                    return Err(Problem::of_status(StatusCode::BAD_REQUEST));
                }
                Ok(Sought {
                    state: self.state.map(ContractState::from),
                    client: self.client_id.map(PartyId::from_uuid),
                    number: self.number.clone(),
                    import: self.import_id,
                    counting: self.counting.unwrap_or_default(),
                    due_from: self.due_from.as_deref().map(|day| day_of("due_from", day)).transpose()?,
                    due_until: self.due_until.as_deref().map(|day| day_of("due_until", day)).transpose()?,
                })
            }
        }
    };
}

sought! {
    /// Which contracts, and which page of them.
    ListedIn {
        /// 排序。In which order; as they were made when it is not said.
        #[param(inline)]
        sort: Option<ContractOrder>,
        /// `next` of the page before; the first page without.
        after: Option<String>,
        /// At most so many items, 1 to 200; 50 when it is not said.
        #[param(minimum = 1, maximum = 200)]
        limit: Option<u64>,
    }
}

sought! {
    /// Which contracts.
    CountedIn {}
}

/// A checked request for contracts.
struct Wanted {
    page: Page<String>,
    sought: Sought,
    paged: Paged,
}

impl FromRequestParts<AppState> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let wanted: ListedIn = query_of(&parts.uri)?;
        let sought = wanted.sought()?;
        let page: Page<String> = page_of(wanted.after, wanted.limit)?;
        let paged = Paged::new(&sought, wanted.sort, page.after.as_deref(), page.and_one_more()).ok_or_else(|| {
            let fault = input::field("after", "page", "应为上一页的 next。", "Must be `next` of the page before.");
            input::invalid(vec![fault])
        })?;
        Ok(Self { page, sought, paged })
    }
}

/// 合同数。How many contracts there are.
#[derive(Serialize, ToSchema)]
pub(super) struct ContractCountOut {
    /// 笔数，最多数到10000。How many, counted up to 10,000.
    #[schema(maximum = 10_000)]
    count: u64,
    /// 是否还有更多。Whether there are more.
    more: bool,
}

/// 合同列表。The institution's contracts.
#[utoipa::path(get, path = "/v1/contracts", tag = "contracts", operation_id = "list_contracts", security(("bearer" = [])), params(ListedIn),
    responses((status = 200, description = "一页 A page", body = PageOut<ContractLineOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Wanted { page, sought, paged }: Wanted,
) -> Result<Json<PageOut<ContractLineOut>>, Problem> {
    let contracts = contract::list(&app, &caller, &sought, &paged).await?;
    Ok(PageOut::of(&page, contracts, |(contract, _)| paged.key(contract)))
}

/// 合同数。How many of the institution's contracts there are, as far as 10,000.
#[utoipa::path(get, path = "/v1/contracts/count", tag = "contracts", operation_id = "count_contracts", security(("bearer" = [])), params(CountedIn),
    responses((status = 200, description = "笔数 The count", body = ContractCountOut), Refusals))]
async fn count(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Asked(counted): Asked<CountedIn>,
) -> Result<Json<ContractCountOut>, Problem> {
    let found = contract::count(&app, &caller, &counted.sought()?).await?;
    Ok(Json(ContractCountOut { count: found.min(COUNTED), more: found > COUNTED }))
}
