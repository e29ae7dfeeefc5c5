//! Local limits: stated, never looser than the law, for oneself or for those one re-guarantees.

use super::App;
use crate::{
    auth::{Action, Caller, Relation, bears_risk},
    check::Check,
    error::{FieldError, Problem, Text},
    input,
    store::{self, Put, creation_hash, dated::Listing, journal::Record, local_limit::LocalLimit},
};
use domain::{
    local_limit::{LimitKey, LocalLimitError, LocalRule, StricterLaw},
    value::Day,
};
use uuid::Uuid;

/// Some of the limits that the caller's institution has stated or is bound by.
pub async fn list(app: &App, caller: &Caller, listing: Listing<Uuid>) -> Result<Vec<LocalLimit>, Problem> {
    let scope = app.open(caller, Action::ReadLocalLimits).await?;
    store::local_limit::list(&scope, listing).await
}

/// One limit that the caller's institution has stated or is bound by.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<LocalLimit, Problem> {
    let scope = app.open(caller, Action::ReadLocalLimits).await?;
    store::local_limit::get(&scope, id).await
}

/// States a limit for the caller's institution, or for one that it re-guarantees today.
pub async fn state(app: &App, caller: &Caller, new: LocalLimit) -> Result<Put<LocalLimit>, Problem> {
    let scope = app.open(caller, Action::StateLocalLimit).await?;
    let hash = creation_hash(&(new.member, new.rule, &new.key, new.value, new.from, new.until, &new.document))?;
    if let Some(known) = store::local_limit::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    check(&new)?;
    let own = store::institution::own(&scope).await?;
    let below = store::membership::holds_today(&scope, Relation::Reguarantees, new.member).await?;
    if !bears_risk(own.kind) || (new.member != own.id && !below) {
        return Err(Problem::outside_the_tree(Text::new(
            "国家基金、省级再担保机构和担保机构可为本机构，或为当日由其再担保的机构设定限额。",
            "The fund, re-guarantors and guarantee institutions state limits for themselves, or for those they re-guarantee today.",
        )));
    }
    let stated = store::local_limit::insert(&scope, new, hash).await?;
    let record = Record::of("local_limit", Some(stated.id)).with("member", stated.member.to_string());
    let record = record.with("rule", stated.rule.word()).with("value", stated.value.to_string());
    scope.commit(record).await?;
    Ok(Put::Created(stated))
}

/// Changes the end of a limit that the caller's institution has stated.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<LocalLimit, Problem> {
    let scope = app.open(caller, Action::StateLocalLimit).await?;
    let present = store::local_limit::get_stated(&scope, id).await?;
    check(&LocalLimit { until, ..present })?;
    let changed = store::local_limit::replace_end(&scope, id, version, until).await?;
    scope.commit(Record::of("local_limit", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}

fn check(limit: &LocalLimit) -> Result<(), Problem> {
    let check = Check::default().text("document", &limit.document, 500);
    let check = match (LocalRule::from(limit.rule).key(), &limit.key) {
        (Some(LimitKey::Region), Some(code)) => check.region("key_code", code),
        (Some(LimitKey::Industry), Some(code)) => check.industry("key_code", code),
        _ => check,
    };
    check.and(limit.decided().check().err().map(fault)).done()
}

fn fault(error: LocalLimitError) -> FieldError {
    match error {
        LocalLimitError::EmptyTerm => crate::check::ends_too_early(),
        LocalLimitError::UnfitKey => input::field(
            "key_code",
            "unfit_key",
            "只有地区和行业限额可指定代码。",
            "Only a limit on regions or industries names one.",
        ),
        LocalLimitError::AboveOne => {
            input::field("value", "share_above_one", "比例应在0与1之间。", "A share is between 0 and 1.")
        }
        LocalLimitError::LooserThanLaw(law) => looser("value", &law),
    }
}

/// The fault of a value that is looser than the law: it names the law's value and clause.
pub(super) fn looser(field: &'static str, law: &StricterLaw) -> FieldError {
    let StricterLaw { rule, day, value, clause: (document, clause) } = law;
    input::field(
        field,
        "looser_than_law",
        format!("比法定要求宽松：{document}{clause}自{day}起为{value}（{rule}），只可更严。"),
        format!(
            "Looser than the law: {document} {clause} says {value} from {day} ({rule}); only a stricter value may be stated."
        ),
    )
}
