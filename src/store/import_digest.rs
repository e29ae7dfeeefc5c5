//! A digest of everything that imports have made at an institution, the same for the same rows whatever their order, their ids, the moments
//! they were made at and the numbers of the journal: with it two books that were taken over are held against each other.

use super::{Scope, statement_of};
use crate::error::Problem;
use sea_orm::FromQueryResult;
use sha2::{Digest as _, Sha256};

/// What one kind of rows comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What the rows are.
    pub name: &'static str,
    /// How many there are.
    pub rows: i64,
    /// SHA-256 over their number and the sum of their digests.
    pub digest: [u8; 32],
}

#[derive(Debug, FromQueryResult)]
struct SumRow {
    rows: i64,
    sums: String,
}

/// Each row as a line of what it says; its digest in four parts of 64 bits, which are added up.
macro_rules! sums {
    ($line:literal, $from:literal) => {
        concat!(
            "SELECT count(*) AS rows, concat_ws(' ', \
             coalesce(sum(('x' || substr(d.hex, 1, 16))::bit(64)::bigint::numeric), 0), \
             coalesce(sum(('x' || substr(d.hex, 17, 16))::bit(64)::bigint::numeric), 0), \
             coalesce(sum(('x' || substr(d.hex, 33, 16))::bit(64)::bigint::numeric), 0), \
             coalesce(sum(('x' || substr(d.hex, 49, 16))::bit(64)::bigint::numeric), 0)) AS sums \
             FROM (SELECT encode(sha256(convert_to(jsonb_build_array(",
            $line,
            ")::text, 'UTF8')), 'hex') AS hex FROM ",
            $from,
            ") d"
        )
    };
}

/// What is looked at, each in its own statement; $1 institution. Ids of others are told by their code or number.
const PARTS: [(&str, &str); 12] = [
    (
        "run",
        sums!(
            "encode(r.file_hash, 'hex'), encode(r.mapping_hash, 'hex'), r.state, r.rows, r.imported, r.unchanged, r.bad",
            "zengxin.import_run r WHERE r.institution_id = $1"
        ),
    ),
    (
        "party",
        sums!(
            "p.name, p.name_key, p.kind, p.region_code, p.industry_code, p.status",
            "zengxin.party p WHERE p.institution_id = $1 AND p.import_id IS NOT NULL"
        ),
    ),
    (
        "identifier",
        sums!(
            "p.name, i.scheme, i.clear_value, i.last_four, i.from_day, i.until_day",
            "zengxin.party_identifier i JOIN zengxin.party p ON p.institution_id = i.institution_id AND p.id = i.party_id \
             WHERE i.institution_id = $1 AND p.import_id IS NOT NULL"
        ),
    ),
    (
        "gram",
        sums!(
            "p.name, g.gram",
            "zengxin.party_gram g JOIN zengxin.party p ON p.institution_id = g.institution_id AND p.id = g.party_id \
             WHERE g.institution_id = $1 AND p.import_id IS NOT NULL"
        ),
    ),
    (
        "contract",
        sums!(
            "p.name, a.number, u.code, n.code, to_jsonb(c) - ARRAY['institution_id', 'id', 'party_id', 'client_id', 'agreement_id', \
             'provincial_id', 'national_id', 'import_id', 'drafted_by', 'content_hash', 'creation_hash']",
            "zengxin.contract c JOIN zengxin.party p ON p.institution_id = c.institution_id AND p.id = c.client_id \
             LEFT JOIN zengxin.agreement a ON a.institution_id = c.institution_id AND a.id = c.agreement_id \
             LEFT JOIN zengxin.institution u ON u.id = c.provincial_id LEFT JOIN zengxin.institution n ON n.id = c.national_id \
             WHERE c.institution_id = $1 AND c.import_id IS NOT NULL"
        ),
    ),
    (
        "event",
        sums!(
            "c.number, e.kind, e.effective_on, e.amount_fen, e.outstanding_fen, e.refund_fen, e.reason, e.rulebook, e.findings::text, \
             e.small_ticket",
            "zengxin.contract_event e JOIN zengxin.contract c ON c.institution_id = e.institution_id AND c.id = e.contract_id \
             WHERE e.institution_id = $1 AND c.import_id IS NOT NULL"
        ),
    ),
    (
        "finding",
        sums!(
            "c.number, f.place, f.rule, f.outcome",
            "zengxin.contract_finding f JOIN zengxin.contract c ON c.institution_id = f.institution_id AND c.id = f.contract_id \
             WHERE f.institution_id = $1 AND c.import_id IS NOT NULL"
        ),
    ),
    (
        "cession",
        sums!(
            "u.code, c.layer, c.kind, c.effective_on, c.number, c.client_kind, c.region_code, c.industry_code, c.amount_fen, \
             c.outstanding_fen, c.fee_fen, c.share_e10, c.approved_on",
            "zengxin.cession c JOIN zengxin.contract o ON o.institution_id = c.institution_id AND o.id = c.contract_id \
             LEFT JOIN zengxin.institution u ON u.id = c.reguarantor_id WHERE c.institution_id = $1 AND o.import_id IS NOT NULL"
        ),
    ),
    (
        "client",
        sums!(
            "p.name, to_jsonb(x) - ARRAY['institution_id', 'party_id']",
            "zengxin.client_exposure x JOIN zengxin.party p ON p.institution_id = x.institution_id AND p.id = x.party_id \
             WHERE x.institution_id = $1"
        ),
    ),
    (
        "book",
        sums!(
            "x.kind, x.says",
            "(SELECT 'position' AS kind, to_jsonb(x) - 'institution_id' AS says FROM zengxin.portfolio_position x WHERE x.institution_id = $1 \
             UNION ALL SELECT 'year', to_jsonb(x) - 'institution_id' FROM zengxin.year_volume x WHERE x.institution_id = $1 \
             UNION ALL SELECT 'segment', to_jsonb(x) - 'institution_id' FROM zengxin.segment_exposure x WHERE x.institution_id = $1) x"
        ),
    ),
    (
        "quota",
        sums!(
            "coalesce(u.code, a.number), q.year, q.used_fen",
            "zengxin.quota_use q LEFT JOIN zengxin.institution u ON u.id = q.of_id \
             LEFT JOIN zengxin.agreement a ON a.institution_id = q.institution_id AND a.id = q.of_id WHERE q.institution_id = $1"
        ),
    ),
    (
        "ceded",
        sums!(
            "u.code, x.share_e10, x.contracts, x.outstanding_fen, x.small_agri_fen",
            "zengxin.cession_position x LEFT JOIN zengxin.institution u ON u.id = x.reguarantor_id WHERE x.institution_id = $1"
        ),
    ),
];

/// What imports have made at the institution, kind by kind, with the counters of its book as they stand.
pub async fn parts(scope: &Scope) -> Result<Vec<Part>, Problem> {
    let mut parts = Vec::with_capacity(PARTS.len());
    for (name, sql) in PARTS {
        let statement = statement_of(sql, [scope.tenant().uuid().into()]);
        let row = SumRow::find_by_statement(statement).one(scope.tx()).await?.ok_or_else(Problem::internal)?;
        let digest = Sha256::digest(format!("{name} {} {}", row.rows, row.sums)).into();
        parts.push(Part { name, rows: row.rows, digest });
    }
    Ok(parts)
}
