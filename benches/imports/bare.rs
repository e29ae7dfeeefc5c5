//! What an import is held against: the rows that it made, inserted again at another institution, set by set and with nothing thought.
//!
//! The same tables with the same indexes, checks and foreign keys, as many contracts in a transaction, from tables in the server's
//! memory, by a superuser whom row security does not bind. The counters come once as they are at the end.

use crate::world::{Cost, World, do_all, texts};
use sea_orm::DatabaseConnection;
use std::time::{Duration, Instant};

/// The tables of an import in the order of their keys, each with what puts its row into a chunk.
const TABLES: [(&str, &str); 7] = [
    ("party", "(SELECT p.chunk FROM public.bare_party_place p WHERE p.id = t.id)"),
    ("party_gram", "(SELECT p.chunk FROM public.bare_party_place p WHERE p.id = t.party_id)"),
    ("party_identifier", "(SELECT p.chunk FROM public.bare_party_place p WHERE p.id = t.party_id)"),
    ("contract", "(SELECT p.chunk FROM public.bare_place p WHERE p.id = t.id)"),
    ("contract_event", "(SELECT p.chunk FROM public.bare_place p WHERE p.id = t.contract_id)"),
    ("contract_finding", "(SELECT p.chunk FROM public.bare_place p WHERE p.id = t.contract_id)"),
    ("client_exposure", "(SELECT p.chunk FROM public.bare_party_place p WHERE p.id = t.party_id)"),
];

/// The tables of an import that have a row or some for the whole of it.
const WHOLE: [&str; 4] = ["import_run", "portfolio_position", "year_volume", "segment_exposure"];

async fn columns(superuser: &DatabaseConnection, table: &str) -> String {
    let sql = format!(
        "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
         WHERE table_schema = 'zengxin' AND table_name = '{table}'"
    );
    let [[columns]] = texts(superuser, &sql).await.try_into().unwrap();
    columns
}

/// Inserts what `from` has again as the rows of `to`; how long that took.
pub async fn insert(world: &World, from: &str, to: &str, at_once: u64) -> (Duration, Cost) {
    let superuser = &world.superuser;
    let own = |code: &str| format!("(SELECT id FROM zengxin.institution WHERE code = '{code}')");
    let place = |of: &str, by: &str| {
        format!(
            "CREATE UNLOGGED TABLE public.bare_{of} AS SELECT id, (row_number() OVER (ORDER BY {by}) - 1) / {at_once} AS chunk
             FROM zengxin.contract WHERE institution_id = {}",
            own(from)
        )
    };
    do_all(
        superuser,
        &[
            place("place", "id"),
            "CREATE UNIQUE INDEX ON public.bare_place (id)".to_owned(),
            format!(
                "CREATE UNLOGGED TABLE public.bare_party_place AS SELECT c.party_id AS id, min(p.chunk) AS chunk
                 FROM zengxin.contract c JOIN public.bare_place p ON p.id = c.id WHERE c.institution_id = {} GROUP BY c.party_id",
                own(from)
            ),
            "CREATE UNIQUE INDEX ON public.bare_party_place (id)".to_owned(),
            "ANALYZE public.bare_place, public.bare_party_place".to_owned(),
        ],
    )
    .await;
    let mut inserts = Vec::new();
    for (table, place) in TABLES {
        let columns = columns(superuser, table).await;
        do_all(
            superuser,
            &[
                format!(
                    "CREATE UNLOGGED TABLE public.bare_{table} AS SELECT t.*, {place} AS chunk FROM zengxin.{table} t
                     WHERE t.institution_id = {} ORDER BY chunk",
                    own(from)
                ),
                format!("UPDATE public.bare_{table} SET institution_id = {}", own(to)),
                format!("CREATE INDEX ON public.bare_{table} (chunk)"),
                format!("VACUUM ANALYZE public.bare_{table}"),
            ],
        )
        .await;
        inserts.push(format!("INSERT INTO zengxin.{table} SELECT {columns} FROM public.bare_{table} WHERE chunk = "));
    }
    let mut whole = Vec::new();
    for table in WHOLE {
        let columns = columns(superuser, table).await.replacen("institution_id", &own(to), 1);
        let rows = format!("SELECT {columns} FROM zengxin.{table} WHERE institution_id = {}", own(from));
        whole.push(format!("INSERT INTO zengxin.{table} {rows} ON CONFLICT DO NOTHING"));
    }
    let [[last]] = texts(superuser, "SELECT max(chunk)::text FROM public.bare_place").await.try_into().unwrap();
    let last: u64 = last.parse().unwrap();
    do_all(superuser, &["VACUUM".to_owned(), "CHECKPOINT".to_owned()]).await;
    let (before, began) = (world.cost().await, Instant::now());
    do_all(superuser, &whole).await;
    for place in 0..=last {
        let mut transaction = vec!["BEGIN".to_owned()];
        transaction.extend(inserts.iter().map(|insert| format!("{insert}{place}")));
        transaction.push("COMMIT".to_owned());
        do_all(superuser, &transaction).await;
    }
    let (took, cost) = (began.elapsed(), world.cost().await - before);
    let made: Vec<String> = TABLES.iter().map(|(table, _)| format!("public.bare_{table}")).collect();
    let made = format!("DROP TABLE {}, public.bare_place, public.bare_party_place", made.join(", "));
    do_all(superuser, &[made]).await;
    (took, cost)
}
