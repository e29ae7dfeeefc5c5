//! `/v1/rules`: the rulebook, for anybody.

use crate::rulebook::{self, RuleOut};
use axum::Json;

/// 规则手册：每项规则的每个版本。Every version of every rule, with its clause, words and our reading.
#[utoipa::path(get, path = "/v1/rules", tag = "rules", operation_id = "list_rules",
    responses((status = 200, description = "全部规则 Every rule", body = Vec<RuleOut>)))]
pub(super) async fn list() -> Json<Vec<RuleOut>> {
    Json(rulebook::rules())
}
