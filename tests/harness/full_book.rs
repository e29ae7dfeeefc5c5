//! A book that has grown: several thousand clients and contracts, so that PostgreSQL plans as it will after years.

use super::Desk;
use sea_orm::ConnectionTrait as _;
use uuid::Uuid;

/// Tables that grow with the business: none of them is read from end to end by what people do all day.
pub const GROWING: &[&str] = &[
    "audit_entry",
    "cession",
    "client_exposure",
    "contract",
    "contract_event",
    "contract_exception",
    "contract_finding",
    "drift_alert",
    "fee_carry",
    "filing_application",
    "filing_decision",
    "party",
    "party_flag",
    "party_gram",
    "party_identifier",
    "party_jobs",
    "party_merge",
    "party_size_input",
    "refresh_token",
    "session",
];

/// Rows written behind the service's back, each a copy of what the desk has done with one contract in force of `client`; only their number
/// matters. Nine of ten contracts are released; those that are not end within eight years; three clients of a thousand are in a group.
/// Alerts are other institutions': one seldom has any. Ids are hashes, so that two runs plan alike.
pub async fn fill(desk: &Desk, client: Uuid, clients: u32) {
    let superuser = desk.app.database.superuser().await;
    let (own, province, fund) = (desk.admin.institution, desk.province.institution, desk.fund.institution);
    let copies = format!("generate_series(1, {clients}) n");
    let id = |of: &str| format!("md5('{of}' || n)::uuid");
    let (party, contract, event) = (id("party"), id("contract"), id("event"));
    for sql in [
        format!("INSERT INTO zengxin.party (institution_id, id, name, name_key, kind, region_code, industry_code, status, version, creation_hash)
            SELECT institution_id, {party}, '客户' || n, '客户' || n, kind, region_code, industry_code, status, 1, creation_hash
            FROM zengxin.party, {copies} WHERE institution_id = '{own}' AND id = '{client}'"),
        format!("INSERT INTO zengxin.client_exposure (institution_id, party_id, total_fen) SELECT '{own}', {party}, n FROM {copies}"),
        copied("party_size_input", &format!("'id', {}, 'party_id', {party}", id("size")), &copies, &format!("t.party_id = '{client}'")),
        copied("contract", &format!("'id', {contract}, 'number', 'N' || n, 'party_id', {party}, 'client_id', {party},
            'begun_on', date '2026-06-30' - n % 2000, 'end_day', date '2027-06-30' + n % 3000,
            'state', CASE WHEN n % 10 = 0 THEN 'in_force' ELSE 'released' END, 'outstanding_fen', CASE WHEN n % 10 = 0 THEN t.outstanding_fen ELSE 0 END"),
            &copies, &format!("t.client_id = '{client}'")),
        copied("contract_event", &format!("'id', {event}, 'contract_id', {contract}, 'client_id', {party}, 'seq', 1000000 + n,
            'effective_on', date '2026-06-30' - n % 2000"), &copies, &format!("t.client_id = '{client}' AND t.kind = 'approved'")),
        copied("contract_finding", &format!("'event_id', {event}, 'contract_id', {contract}, 'seq', 1000000 + n"), &copies,
            "t.place = (SELECT min(place) FROM zengxin.contract_finding) AND t.event_id = (SELECT event_id FROM zengxin.contract_finding ORDER BY seq LIMIT 1)"),
        copied("cession", &format!("'event_id', {event}, 'contract_id', {contract}, 'number', 'N' || n, 'seq', 1000000 + n"), &copies, "t.kind = 'disbursed'"),
        format!("INSERT INTO zengxin.filing_decision SELECT '{province}', {}, '{own}', {contract}, 'confirmed', NULL, '2026-07-01', 'person', '{own}',
            2000000000, 1000000 + n, '\\x00' FROM {copies} WHERE n % 2 = 0", id("filing")),
        format!("INSERT INTO zengxin.filing_application SELECT '{own}', {event}, {contract}, '{province}', {}, 0, '2026-07-01', 1000000 + n
            FROM {copies} WHERE n % 2 = 0", id("filing")),
        format!("INSERT INTO zengxin.drift_alert (institution_id, id, reguarantor_id, rule, raised_on, raised_seq, measured, limit_value, cleared_on, cleared_seq)
            SELECT '{fund}', {}, md5('above' || n % 5)::uuid, 'share.clients', '2025-01-01', n, '0.5', '0.6', '2025-01-02', n
            FROM {copies}", id("alert")),
        format!("INSERT INTO zengxin.party_gram SELECT '{own}', g, {party} FROM {copies}, unnest(ARRAY['客户', '户' || left(n::text, 1)]) g ON CONFLICT DO NOTHING"),
        format!("INSERT INTO zengxin.party_flag SELECT '{own}', {}, {party}, 'farmer', '试', '2020-01-01', '2020-01-02', 1, 1, 1, '\\x00' FROM {copies}", id("flag")),
        format!("INSERT INTO zengxin.party_identifier SELECT '{own}', {}, {party}, 'uscc', '9133' || n, NULL,
            coalesce((SELECT min(blind_key) FROM zengxin.party_identifier), 'k'), sha256(n::text::bytea), 'LAST', '2020-01-01',
            NULL, 1, NULL, 1, '\\x00' FROM {copies}", id("identifier")),
        format!("INSERT INTO zengxin.party_jobs SELECT '{own}', {}, {party}, '2025-01-01', 5, n, '\\x00' FROM {copies}", id("jobs")),
        format!("INSERT INTO zengxin.party_group SELECT '{own}', {}, '集团' || n, 1, '\\x00' FROM {copies} WHERE n % 1000 = 0", id("group")),
        format!("INSERT INTO zengxin.party_group_member SELECT '{own}', {}, md5('group' || n - n % 1000)::uuid, {party}, '2020-01-01', NULL, 1, NULL, 1, '\\x00'
            FROM {copies} WHERE n >= 1000 AND n % 1000 < 3", id("member")),
        format!("INSERT INTO zengxin.party_merge SELECT '{own}', {}, {party}, md5('party' || n - 1)::uuid, '试', '2025-01-01', n, '{{}}', {}, '2025-01-02', n, '\\x00',
            '试', '\\x00' FROM {copies} WHERE n % 10 = 0", id("merge"), id("undoing")),
        format!("INSERT INTO zengxin.contract_exception SELECT '{own}', {}, {contract}, 'fee.cap', 1, '试', '2026-06-30', '{own}', date '2026-06-30' - n % 2000, n,
            '\\x00' FROM {copies} WHERE n % 10 = 0", id("exception")),
        copied("audit_entry", "'seq', 1000000 + n", &copies, &format!("t.institution_id = '{own}' AND t.seq = 1")),
        format!("INSERT INTO zengxin.session SELECT t.institution_id, {}, t.user_id, t.client_id, t.started_at, t.expires_at, t.started_at, 'logged_out'
            FROM (SELECT * FROM zengxin.session WHERE institution_id = '{own}' LIMIT 1) t, {copies}", id("session")),
        "ANALYZE".to_owned(),
    ] {
        superuser.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// Copies of the rows of a table that `chosen` names, each with other values.
fn copied(table: &str, changed: &str, copies: &str, chosen: &str) -> String {
    format!(
        "INSERT INTO zengxin.{table} SELECT (jsonb_populate_record(t, jsonb_build_object({changed}))).* FROM zengxin.{table} t, {copies} WHERE {chosen}"
    )
}
