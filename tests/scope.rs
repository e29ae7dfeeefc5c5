//! A scope: the one way to an institution's rows, and the journal that every lasting one writes.

use crate::harness::{self, TestDatabase};
use axum::http::StatusCode;
use domain::value::{InstitutionId, UserId};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _};
use uuid::Uuid;
use zengxin::{
    auth::{Action, Actor, Caller, InstitutionKind, Role},
    clock::Clock,
    store::{
        Database, Scope,
        institution::{self, NewInstitution},
        journal::{self, Broken, Record},
    },
};

struct Stage {
    database: TestDatabase,
    serving: Database,
    fund: InstitutionId,
}

/// A database with a national fund in it.
async fn stage() -> Stage {
    let database = harness::database().await;
    let serving = Database::connect(&database.serving_url(), 5).await.unwrap();
    let fund = InstitutionId::from_uuid(Uuid::now_v7());
    let caller = Caller::operator(fund);
    let scope = Scope::open(&serving, Clock::System, &caller, Action::Initialise).await.unwrap();
    let new = NewInstitution {
        id: fund,
        code: "fund".to_owned(),
        name: "某某融资担保基金".to_owned(),
        kind: InstitutionKind::NationalFund,
        region_code: "110000".to_owned(),
    };
    institution::insert(&scope, new, vec![1]).await.unwrap();
    scope.commit(Record::of("institution", Some(fund.uuid()))).await.unwrap();
    Stage { database, serving, fund }
}

fn person(institution: InstitutionId, role: Role) -> Caller {
    let actor = Actor::Person { user: UserId::from_uuid(Uuid::now_v7()), role };
    Caller { institution, actor, session: None }
}

impl Stage {
    async fn open(&self, caller: &Caller, action: Action) -> Scope {
        Scope::open(&self.serving, Clock::System, caller, action).await.unwrap()
    }

    async fn entries(&self) -> i64 {
        let count = Statement::from_string(DbBackend::Postgres, "SELECT count(*) FROM zengxin.audit_entry");
        let row = self.database.superuser().await.query_one_raw(count).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    async fn verify(&self) -> Result<i64, Broken> {
        let scope = self.open(&Caller::operator(self.fund), Action::VerifyAudit).await;
        journal::verify(&scope).await.unwrap()
    }

    async fn tamper(&self, sql: &str) {
        self.database.superuser().await.execute_unprepared(sql).await.unwrap();
    }
}

#[tokio::test]
async fn a_dropped_scope_leaves_nothing_behind() {
    let stage = stage().await;
    let before = stage.entries().await;
    let scope = stage.open(&person(stage.fund, Role::Admin), Action::OnboardInstitution).await;
    let id = InstitutionId::from_uuid(Uuid::now_v7());
    let new = NewInstitution {
        id,
        code: "bureau".to_owned(),
        name: "某某财政局".to_owned(),
        kind: InstitutionKind::FinanceBureau,
        region_code: "110000".to_owned(),
    };
    institution::insert(&scope, new, vec![1]).await.unwrap();
    drop(scope);
    assert_eq!(institution::all(&stage.serving).await.unwrap().len(), 1);
    assert_eq!(stage.entries().await, before);
}

#[tokio::test]
async fn a_refusal_by_role_is_in_the_audit_list_although_nothing_was_done() {
    let stage = stage().await;
    let before = stage.entries().await;
    let refused =
        Scope::open(&stage.serving, Clock::System, &person(stage.fund, Role::Officer), Action::ManageUsers).await;
    assert_eq!(refused.unwrap_err().status, StatusCode::FORBIDDEN);
    assert_eq!(stage.entries().await, before + 1);
    let scope = stage.open(&person(stage.fund, Role::Auditor), Action::ReadAudit).await;
    let last = journal::list(&scope, journal::Wanted::default(), None, 1).await.unwrap().remove(0);
    assert_eq!((last.outcome.as_str(), last.action.as_str()), ("refused", "manage_users"));
    assert_eq!(stage.verify().await, Ok(before + 1));
}

#[tokio::test]
async fn a_scope_of_an_institution_that_does_not_exist_is_refused() {
    let stage = stage().await;
    let nowhere = person(InstitutionId::from_uuid(Uuid::now_v7()), Role::Admin);
    let refused = Scope::open(&stage.serving, Clock::System, &nowhere, Action::ReadUsers).await;
    assert_eq!(refused.unwrap_err().status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_login_that_has_ended_or_never_was_opens_no_scope() {
    let stage = stage().await;
    let stale = Caller { session: Some(Uuid::now_v7()), ..person(stage.fund, Role::Admin) };
    let refused = Scope::open(&stage.serving, Clock::System, &stale, Action::ReadUsers).await;
    assert_eq!(refused.unwrap_err().status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_select_without_a_scope_reads_nothing_of_any_institution() {
    let stage = stage().await;
    assert!(stage.entries().await > 0);
    let serving = stage.database.serving().await;
    for table in ["audit_entry", "journal_head", "membership", "user_account", "session", "credential"] {
        let count = Statement::from_string(DbBackend::Postgres, format!("SELECT count(*) FROM zengxin.{table}"));
        let row = serving.query_one_raw(count).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0, "{table}");
    }
}

#[tokio::test]
async fn the_serving_role_can_rewrite_no_history() {
    let stage = stage().await;
    let serving = stage.database.serving().await;
    for refused in [
        "UPDATE zengxin.audit_entry SET detail = ''",
        "DELETE FROM zengxin.audit_entry",
        "UPDATE zengxin.institution SET onboarded_by = id",
        "UPDATE zengxin.institution SET code = 'mine'",
        "DELETE FROM zengxin.institution",
        "SET row_security = off; SELECT 1 FROM zengxin.audit_entry",
    ] {
        assert!(serving.execute_unprepared(refused).await.is_err(), "{refused}");
    }
}

/// Three entries more, one committed transaction each.
async fn three_more(stage: &Stage) {
    for _ in 0..3 {
        let scope = stage.open(&person(stage.fund, Role::Admin), Action::ManageUsers).await;
        scope.commit(Record::of("user", None).with("role", "officer")).await.unwrap();
    }
}

#[tokio::test]
async fn an_untouched_chain_holds_to_its_last_entry() {
    let stage = stage().await;
    three_more(&stage).await;
    assert_eq!(stage.verify().await, Ok(4));
}

#[tokio::test]
async fn one_flipped_bit_in_the_audit_chain_is_named() {
    for change in [
        "detail = overlay(detail placing '0' from 3)",
        "at = at + interval '1 microsecond'",
        "actor_id = '00000000-0000-0000-0000-000000000000'",
        "outcome = 'refused'",
        "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)",
        "object_id = institution_id",
    ] {
        let stage = stage().await;
        three_more(&stage).await;
        stage.tamper(&format!("UPDATE zengxin.audit_entry SET {change} WHERE seq = 3")).await;
        assert_eq!(stage.verify().await, Err(Broken::Changed(3)), "{change}");
    }
}

#[tokio::test]
async fn a_removed_entry_is_named_in_the_middle_and_at_the_end() {
    for seq in [2, 4] {
        let stage = stage().await;
        three_more(&stage).await;
        stage.tamper(&format!("DELETE FROM zengxin.audit_entry WHERE seq = {seq}")).await;
        assert_eq!(stage.verify().await, Err(Broken::Missing(seq)));
    }
}

#[tokio::test]
async fn a_head_that_was_changed_is_named() {
    let stage = stage().await;
    three_more(&stage).await;
    stage.tamper("UPDATE zengxin.journal_head SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1)").await;
    assert_eq!(stage.verify().await, Err(Broken::Head(4)));
}

#[tokio::test]
async fn writers_at_once_number_their_entries_without_gap_or_repeat() {
    let stage = stage().await;
    let writers = (0..20).map(|_| async {
        let scope = stage.open(&person(stage.fund, Role::Admin), Action::ManageUsers).await;
        scope.commit(Record::of("user", None)).await.unwrap();
    });
    futures_join(writers).await;
    assert_eq!(stage.verify().await, Ok(21));
}

async fn futures_join(all: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        all.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if all.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[tokio::test]
async fn a_scope_writes_only_its_own_institutions_rows() {
    let stage = stage().await;
    let serving = stage.database.serving().await;
    let other = Uuid::now_v7();
    for foreign in [
        format!("INSERT INTO zengxin.journal_head VALUES ('{}', 0, decode(repeat('00', 32), 'hex'))", stage.fund),
        format!(
            "SELECT zengxin.append_audit('{}', 99, now(), 'person', NULL, 'a', 'done', 'a', NULL, '', decode(repeat('00', 32), 'hex'), false)",
            stage.fund
        ),
    ] {
        let tx = serving.begin().await.unwrap();
        tx.execute_unprepared(&format!("SELECT zengxin.enter('{other}')")).await.unwrap();
        let refused = tx.execute_unprepared(&foreign).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("row-level security")), "{foreign}");
    }
}
