//! `/v1/parties/{id}/merges`: two parties that turned out to be one, and what was undone of it.

use super::{
    AppState,
    answer::{PageOut, Refusals, put_act},
    extract::{Body, Caller, Id, Ids, Ids3, Page, PageIn},
};
use crate::{
    app::party_merge,
    error::Problem,
    store::party_merge::{Merge, NewMerge, Undoing},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::value::{ContractId, PartyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The routes.
pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(merge)).routes(routes!(undo))
}

/// 合并。A merge as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyMergeIn {
    /// The party that stands for both from now on.
    into: Uuid,
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "同一企业重复登记")]
    reason: String,
}

/// 撤销合并。The undoing of a merge as put.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyMergeUndoingIn {
    /// Why, in words; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "核对后并非同一企业")]
    reason: String,
}

/// 合并。A merge.
#[derive(Serialize, ToSchema)]
pub(super) struct PartyMergeOut {
    /// Its id.
    id: Uuid,
    /// The party that went over.
    source_id: Uuid,
    /// The party it went over to.
    target_id: Uuid,
    /// Why, in words.
    reason: String,
    /// The day.
    merged_on: NaiveDate,
    /// Its number in the journal.
    seq: i64,
    /// The contracts that went over, drafts too.
    contract_ids: Vec<Uuid>,
    /// How it was undone; it stands without.
    undoing: Option<PartyMergeUndoingOut>,
}

/// 撤销合并。How a merge was undone.
#[derive(Serialize, ToSchema)]
pub(super) struct PartyMergeUndoingOut {
    /// Its id.
    id: Uuid,
    /// Why, in words.
    reason: String,
    /// The day.
    undone_on: NaiveDate,
    /// Its number in the journal.
    seq: i64,
}

impl From<Merge> for PartyMergeOut {
    fn from(merge: Merge) -> Self {
        let Merge { id, source, target, reason, merged_on, seq, contracts, undoing } = merge;
        Self {
            id,
            source_id: source.uuid(),
            target_id: target.uuid(),
            reason,
            merged_on: merged_on.date(),
            seq,
            contract_ids: contracts.into_iter().map(ContractId::uuid).collect(),
            undoing: undoing.map(PartyMergeUndoingOut::from),
        }
    }
}

impl From<Undoing> for PartyMergeUndoingOut {
    fn from(undoing: Undoing) -> Self {
        let Undoing { id, reason, undone_on, seq, .. } = undoing;
        Self { id, reason, undone_on: undone_on.date(), seq }
    }
}

/// 合并列表。The merges that a party went into or that led to it, undone ones too, in the order they were made.
#[utoipa::path(get, path = "/v1/parties/{id}/merges", tag = "parties", operation_id = "list_party_merges", security(("bearer" = [])),
    params(("id" = Uuid, Path), PageIn), responses((status = 200, description = "一页 A page", body = PageOut<PartyMergeOut>), Refusals))]
async fn list(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Id(party): Id,
    page: Page<i64>,
) -> Result<Json<PageOut<PartyMergeOut>>, Problem> {
    let party = PartyId::from_uuid(party);
    let found = party_merge::list(&app, &caller, party, page.after, page.and_one_more()).await?;
    Ok(PageOut::of(&page, found, |merge| merge.seq.to_string()))
}

/// 合并被担保人。Merges a party into another one: its contracts count with that one from now on. No limit refuses it; a share that falls by it
/// is an alert. 409 when one of the two was merged before.
#[utoipa::path(put, path = "/v1/parties/{id}/merges/{act}", tag = "parties", operation_id = "merge_party", security(("bearer" = [])),
    request_body = PartyMergeIn, params(("id" = Uuid, Path), ("act" = Uuid, Path)),
    responses((status = 200, description = "此前已合并 Merged before", body = PartyMergeOut),
        (status = 201, description = "已合并 Merged", body = PartyMergeOut), Refusals))]
async fn merge(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids(party, id): Ids,
    Body(PartyMergeIn { into, reason }): Body<PartyMergeIn>,
) -> Result<(StatusCode, Json<PartyMergeOut>), Problem> {
    let (source, target) = (PartyId::from_uuid(party), PartyId::from_uuid(into));
    party_merge::merge(&app, &caller, NewMerge { id, source, target, reason }).await.map(put_act)
}

/// 撤销合并。Undoes a merge: what went over and is still with the other party goes back, with what is outstanding now; what was booked since
/// stays. Merges into one party are undone from the last one back, otherwise 409.
#[utoipa::path(put, path = "/v1/parties/{id}/merges/{act}/undoings/{undoing_act}", tag = "parties", operation_id = "undo_party_merge", security(("bearer" = [])),
    request_body = PartyMergeUndoingIn, params(("id" = Uuid, Path), ("act" = Uuid, Path), ("undoing_act" = Uuid, Path)),
    responses((status = 200, description = "此前已撤销 Undone before", body = PartyMergeOut),
        (status = 201, description = "已撤销 Undone", body = PartyMergeOut), Refusals))]
async fn undo(
    State(app): State<AppState>,
    Caller(caller): Caller,
    Ids3(party, id, act): Ids3,
    Body(PartyMergeUndoingIn { reason }): Body<PartyMergeUndoingIn>,
) -> Result<(StatusCode, Json<PartyMergeOut>), Problem> {
    party_merge::undo(&app, &caller, PartyId::from_uuid(party), id, act, reason).await.map(put_act)
}
