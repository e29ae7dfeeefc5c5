//! The migrated schema keeps the walls, and what would let it run on Citus.

use crate::{golden::is_golden, harness};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Tables that everybody may read: on Citus copied to every node, so their keys need no tenant.
const SHARED: &str =
    "('institution', 'membership', 'region', 'industry', 'award_unit', 'local_limit', 'supervisor_confirmation',
  'bank', 'bank_branch', 'product', 'deadline')";

/// Of these, the ones that belong to no institution: the service only reads them.
const REFERENCE: &str = "('region', 'industry', 'award_unit')";

/// The house's own table; no institution has rows in it.
const LEDGER: &str = "('migration')";

/// The rows of a query, each as one line of text.
async fn lines(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
}

/// No row of the query: each would be a fault.
async fn none(sql: &str) {
    let database = harness::database().await;
    let faults = lines(&database.owner().await, sql).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Ours: tables of the schema but the ledger.
const OURS: &str = "SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
    WHERE c.relnamespace = 'zengxin'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT IN";

#[tokio::test]
async fn every_table_has_forced_row_security_and_a_primary_key() {
    none(&format!(
        "SELECT relname::text FROM ({OURS} {LEDGER}) t WHERE NOT relrowsecurity OR NOT relforcerowsecurity
         OR NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'p')"
    ))
    .await;
}

#[tokio::test]
async fn every_tenant_table_names_its_institution_and_no_row_can_be_without() {
    none(&format!(
        "SELECT relname::text FROM ({OURS} {LEDGER}) t WHERE relname <> 'institution' AND relname NOT IN {REFERENCE} AND NOT EXISTS (SELECT FROM pg_attribute a
         WHERE a.attrelid = t.oid AND a.attname = 'institution_id' AND a.atttypid = 'uuid'::regtype AND a.attnotnull)"
    ))
    .await;
}

#[tokio::test]
async fn every_key_of_a_tenant_table_contains_the_institution() {
    none(&format!(
        "SELECT t.relname || '.' || i.indexrelid::regclass::text FROM ({OURS} {LEDGER}) t
         JOIN pg_index i ON i.indrelid = t.oid AND (i.indisunique OR i.indisexclusion)
         WHERE t.relname NOT IN {SHARED} AND NOT EXISTS (SELECT FROM pg_attribute a
           WHERE a.attrelid = t.oid AND a.attname = 'institution_id' AND a.attnum = ANY (i.indkey))"
    ))
    .await;
}

#[tokio::test]
async fn every_policy_is_permissive_for_one_command_and_reads_no_table() {
    none(&format!(
        "SELECT t.relname || '.' || p.polname FROM ({OURS} {LEDGER}) t JOIN pg_policy p ON p.polrelid = t.oid
         WHERE NOT p.polpermissive OR p.polcmd = '*'
         OR concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~* '\\mselect\\M'
         OR (concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) NOT LIKE '%app.institution_id%'
             AND p.polname <> 'institution_read' AND t.relname NOT IN {REFERENCE})"
    ))
    .await;
}

#[tokio::test]
async fn no_table_has_a_trigger_of_ours() {
    none(&format!(
        "SELECT t.relname || '.' || g.tgname FROM ({OURS} {LEDGER}) t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal"
    ))
    .await;
}

#[tokio::test]
async fn a_foreign_key_carries_the_institution_or_points_to_a_shared_table_and_cascades_nothing() {
    none(&format!(
        "SELECT t.relname || '.' || k.conname FROM ({OURS} {LEDGER}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
         JOIN pg_class f ON f.oid = k.confrelid
         WHERE k.confupdtype <> 'a' OR k.confdeltype <> 'a' OR (f.relname NOT IN {SHARED} AND NOT EXISTS (
           SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'institution_id' AND a.attnum = ANY (k.conkey)))"
    ))
    .await;
}

#[tokio::test]
async fn names_are_short_enough_for_the_number_of_a_shard() {
    none(
        "SELECT name FROM (SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'zengxin'::regnamespace
           UNION ALL SELECT conname::text FROM pg_constraint WHERE connamespace = 'zengxin'::regnamespace
           UNION ALL SELECT polname::text FROM pg_policy) names WHERE length(name) > 48",
    )
    .await;
}

#[tokio::test]
async fn what_is_indexed_has_a_type_whose_operators_leak_nothing() {
    none(&format!(
        "SELECT i.indexrelid::regclass::text || ' ' || a.attname FROM ({OURS} {LEDGER}) t
         JOIN pg_index i ON i.indrelid = t.oid AND NOT i.indisexclusion
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
         WHERE a.atttypid::regtype::text NOT IN ('uuid', 'text', 'bigint', 'integer', 'date', 'timestamp with time zone', 'boolean', 'bytea')"
    ))
    .await;
}

#[tokio::test]
async fn the_serving_role_deletes_nothing_and_changes_no_key() {
    none(&format!(
        "SELECT t.relname::text FROM ({OURS} {LEDGER}) t
         WHERE has_table_privilege('zengxin_app', t.oid, 'DELETE') OR has_table_privilege('zengxin_app', t.oid, 'TRUNCATE')
         OR (t.relname <> 'journal_head' AND has_column_privilege('zengxin_app', t.oid,
             CASE WHEN t.relname = 'institution' THEN 'id' WHEN t.relname IN {REFERENCE} THEN 'code' ELSE 'institution_id' END, 'UPDATE'))
         OR (t.relname IN {REFERENCE} AND has_any_column_privilege('zengxin_app', t.oid, 'INSERT'))"
    ))
    .await;
}

#[tokio::test]
async fn the_audit_list_and_the_events_are_only_added_to() {
    none(
        "SELECT name FROM unnest(ARRAY['audit_entry', 'institution_event', 'financial_statement', 'party_gram', 'party_disclosure',
           'party_size_input', 'party_jobs', 'contract_event', 'contract_finding', 'contract_exception', 'contract_content',
           'month_end', 'fee_carry', 'filing_decision', 'filing_application', 'import_mapping_version', 'cession']) AS name
         WHERE has_any_column_privilege('zengxin_app', 'zengxin.' || name, 'UPDATE')",
    )
    .await;
}

#[tokio::test]
async fn of_a_dated_fact_only_its_end_is_written_later() {
    none(
        "SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a
         WHERE a.attrelid IN ('zengxin.party_identifier'::regclass, 'zengxin.party_flag'::regclass, 'zengxin.party_group_member'::regclass)
         AND a.attnum > 0 AND has_column_privilege('zengxin_app', a.attrelid, a.attnum, 'UPDATE')
         AND a.attname NOT IN ('until_day', 'ended_seq', 'version')",
    )
    .await;
}

/// What the schema is, in one text that does not depend on the order of its making.
const SCHEMA: &[(&str, &str)] = &[
    (
        "columns",
        "SELECT format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END)
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'zengxin'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname COLLATE \"C\", a.attnum",
    ),
    (
        "constraints",
        "SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
         WHERE connamespace = 'zengxin'::regnamespace AND conrelid <> 0
         ORDER BY conrelid::regclass::text COLLATE \"C\", conname COLLATE \"C\"",
    ),
    (
        "indexes",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'zengxin' ORDER BY indexname COLLATE \"C\"",
    ),
    (
        "policies",
        "SELECT format('%s %s %s USING (%s) WITH CHECK (%s)', tablename, policyname, cmd, qual, with_check) FROM pg_policies
         WHERE schemaname = 'zengxin' ORDER BY tablename COLLATE \"C\", policyname COLLATE \"C\"",
    ),
    (
        "grants",
        "SELECT format('%s %s', what, string_agg(privilege, ', ' ORDER BY privilege COLLATE \"C\")) FROM (
           SELECT table_name::text AS what, privilege_type::text AS privilege FROM information_schema.table_privileges
             WHERE table_schema = 'zengxin' AND grantee = 'zengxin_app'
           UNION SELECT p.table_name || '.' || p.column_name, p.privilege_type FROM information_schema.column_privileges p
             WHERE p.table_schema = 'zengxin' AND p.grantee = 'zengxin_app' AND p.privilege_type = 'UPDATE') granted
         GROUP BY what ORDER BY what COLLATE \"C\"",
    ),
    (
        "functions",
        "SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
         WHERE p.pronamespace = 'zengxin'::regnamespace AND l.lanname = 'plpgsql' ORDER BY p.proname COLLATE \"C\"",
    ),
];

#[tokio::test]
async fn the_schema_is_the_one_written_down_in_golden() {
    let database = harness::database().await;
    let owner = database.owner().await;
    let mut schema = String::new();
    for (heading, sql) in SCHEMA {
        schema += &format!("-- {heading}\n{}\n\n", lines(&owner, sql).await.join("\n"));
    }
    is_golden("schema.sql", &schema);
}
