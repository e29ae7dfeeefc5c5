//! What bookings are held against: scripts of pgbench on the same server.

use crate::{
    CLIENTS,
    round::{Done, LENGTH, Round},
    world::{Pattern, Place, Tag, World, texts},
};
use chrono::Datelike as _;
use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use uuid::Uuid;
use zengxin::{clock, postgres::DATABASE};

/// Where TPC-B has its tables.
const TPC_B: &str = "tpc_b";

/// The size of TPC-B: as many branches as clients.
const SCALE: &str = "32";

/// What pgbench can be asked for.
#[derive(Clone, Copy, Debug)]
pub enum Script {
    TpcB,
    /// One statement that books unless the rule would be broken.
    Guard(Place),
    /// Reads, decides, writes; nothing is locked in between.
    Naive,
    /// The messages of an approval, from the contract with this number on.
    Replay(Place, i64),
}

/// pgbench, and what its scripts are made of.
pub struct Pgbench {
    program: PathBuf,
    directory: PathBuf,
    superuser_url: String,
    tpc_b_url: String,
    serving_url: String,
    replay: Replay,
}

/// The columns of a contract that an approval saves.
const SAVED: &str = "id,state,version,client_id,submitted_by,decided_by,client_kind,size_class,region_code,industry_code,provincial_id,\
    national_id,bank_share_e10,institution_share_e10,provincial_share_e10,national_share_e10,local_finance_share_e10,other_share_e10,\
    provincial_fee_fen,national_fee_fen,early_release,approved_on,begun_on,ended_on,outstanding_fen";

/// An approval as text: its statements, and what does not change in them.
struct Replay {
    statements: Vec<String>,
    /// The arguments of `save_book` after the first, as expressions.
    saved: Vec<String>,
    /// Names and values that pgbench is given.
    given: Vec<(String, String)>,
}

impl Pgbench {
    /// Fills the tables of the comparators.
    pub async fn ready(world: &World) -> Self {
        let superuser = &world.superuser;
        let [[bindir]] =
            texts(superuser, "SELECT setting FROM pg_config WHERE name = 'BINDIR'").await.try_into().unwrap();
        for sql in [
            format!("CREATE DATABASE {TPC_B}"),
            "CREATE TABLE public.guard (id integer PRIMARY KEY, small bigint NOT NULL, total bigint NOT NULL) WITH (fillfactor = 50)".to_owned(),
            "INSERT INTO public.guard SELECT k, 100000, 100000 FROM generate_series(0, 300) k".to_owned(),
            "CREATE TABLE public.naive (small bigint NOT NULL, total bigint NOT NULL, breaches bigint NOT NULL) WITH (fillfactor = 50)".to_owned(),
            "INSERT INTO public.naive VALUES (80, 100, 0)".to_owned(),
        ] {
            superuser.execute_unprepared(&sql).await.unwrap();
        }
        let postgres = world.postgres.as_ref().unwrap();
        let pgbench = Self {
            program: Path::new(&bindir).join("pgbench"),
            directory: world.directory.clone(),
            superuser_url: postgres.url("postgres", DATABASE),
            tpc_b_url: postgres.url("postgres", TPC_B),
            serving_url: postgres.serving_url(),
            replay: Replay::of(world).await,
        };
        let made =
            Command::new(&pgbench.program).args(["-i", "-q", "-s", SCALE]).arg(&pgbench.tpc_b_url).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        pgbench
    }

    /// Runs a script; of a replay also how long each message took on average, in milliseconds.
    pub fn run(&self, script: Script) -> (Round, Vec<f64>) {
        let log = self.directory.join("transactions");
        let mut command = Command::new(&self.program);
        command.args([
            "-n",
            "-j",
            "2",
            "-M",
            "prepared",
            "-c",
            &CLIENTS.to_string(),
            "-T",
            &LENGTH.as_secs().to_string(),
        ]);
        command.args(["-l", "--log-prefix"]).arg(&log);
        let file = self.directory.join("script.sql");
        let url = match script {
            Script::TpcB => &self.tpc_b_url,
            Script::Guard(_) | Script::Naive => &self.superuser_url,
            Script::Replay(..) => &self.serving_url,
        };
        let text = match script {
            Script::TpcB => None,
            Script::Guard(place) => Some(guard(place)),
            Script::Naive => Some(NAIVE.to_owned()),
            Script::Replay(place, first) => Some(self.replay.script(place, first)),
        };
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
            command.arg("-f").arg(&file);
            for (name, value) in &self.replay.given {
                command.arg("-D").arg(format!("{name}={value}"));
            }
        }
        if matches!(script, Script::Replay(..)) {
            // At its best: statements are planned once, not anew for each of the first five bookings of a connection.
            command.arg("-r").env("PGOPTIONS", "-c plan_cache_mode=force_generic_plan");
        }
        let output = command.arg(url).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("aborted"), "{said}");
        (Round::of(&transactions(&self.directory), 0, 0), messages(&String::from_utf8_lossy(&output.stdout)))
    }
}

/// The average of each message, from the table that ends what pgbench says: milliseconds, failures, and the command.
fn messages(said: &str) -> Vec<f64> {
    let table = said.split_once("statement latencies").map_or("", |(_, table)| table);
    let rows = table.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    let sent = rows.filter(|row| row.get(2).is_some_and(|command| !command.starts_with('\\')));
    sent.map(|row| row[0].parse().unwrap()).collect()
}

/// What pgbench logged: of each transaction client, number, microseconds, script, second and microsecond of its end.
fn transactions(directory: &Path) -> Vec<Done> {
    let mut ends = Vec::new();
    for entry in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with("transactions.")) {
            for line in fs::read_to_string(&entry).unwrap().lines() {
                let fields: Vec<u64> = line.split(' ').map(|field| field.parse().unwrap()).collect();
                ends.push((Duration::new(fields[4], u32::try_from(fields[5]).unwrap() * 1_000), fields[2]));
            }
            fs::remove_file(&entry).unwrap();
        }
    }
    let start = ends.iter().map(|(end, _)| *end).min().unwrap();
    ends.into_iter().map(|(end, took)| Done { at: end - start, took: Duration::from_micros(took) }).collect()
}

/// Nine of ten bookings are small, as in the others.
fn guard(place: Place) -> String {
    let rows = if place == Place::Hot { "\\set id 0" } else { "\\set id random(1, 300)" };
    format!(
        "{rows}\n\\set mine random(1, 10) > 1\n\\set small case when :mine then 1 else 0 end\n\
         UPDATE public.guard SET small = small + :small, total = total + 1\n\
         WHERE id = :id AND (:small = 1 OR (small + :small) * 5 >= (total + 1) * 4);\n"
    )
}

/// Half of the bookings are small, from exactly 80 %; what breaks the rule is counted by the row itself.
const NAIVE: &str = "\\set mine random(0, 1)\nBEGIN;\nSELECT small, total FROM public.naive \\gset\n\
    \\set fits :mine = 1 or :small * 5 >= (:total + 1) * 4\n\\if :fits\n\
    UPDATE public.naive SET small = small + :mine, total = total + 1,\n\
    breaches = breaches + CASE WHEN :mine = 0 AND small * 5 < (total + 1) * 4 THEN 1 ELSE 0 END;\n\\endif\nCOMMIT;\n";

impl Replay {
    async fn of(world: &World) -> Self {
        let Pattern { institution, contract, act, .. } = world.pattern;
        let of_event =
            |table: &str| format!("SELECT to_jsonb(r) AS row FROM zengxin.{table} r WHERE r.event_id = '{act}'");
        let own = |table: &str| {
            format!("SELECT to_jsonb(r) AS row FROM zengxin.{table} r WHERE r.institution_id = '{institution}'")
        };
        let saved = SAVED.split(',').map(|column| format!("'{column}'")).collect::<Vec<_>>().join(",");
        let arguments = [
            format!("SELECT (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(to_jsonb(r)) f WHERE f.key IN ({saved})) AS row
                FROM zengxin.contract r WHERE r.id = '{contract}'"),
            format!("SELECT to_jsonb(r) AS row FROM zengxin.contract_event r WHERE r.id = '{act}'"),
            of_event("contract_finding"),
            own("client_exposure"),
            own("portfolio_position"),
            own("year_volume"),
            own("segment_exposure"),
            own("quota_use"),
            of_event("cession"),
            own("cession_position"),
        ];
        let today = clock::today();
        let mut given: Vec<(String, String)> = [
            ("turn", "0".to_owned()),
            ("day", today.to_string()),
            ("year", today.year().to_string()),
            ("nothing", Uuid::nil().to_string()),
            ("at", clock::now().to_rfc3339()),
            ("detail", format!(r#"{{"event":"{act}","kind":"approved"}}"#)),
            ("hash", format!("\\x{}", "00".repeat(32))),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let [[provincial, national]] = texts(
            &world.superuser,
            &format!("SELECT provincial_id::text, national_id::text FROM zengxin.contract WHERE id = '{contract}'"),
        )
        .await
        .try_into()
        .unwrap();
        given.extend([("provincial".to_owned(), provincial), ("national".to_owned(), national)]);
        let mut expressions = Vec::new();
        for sql in arguments {
            let all = format!("SELECT coalesce(jsonb_agg(t.row), '[]')::text FROM ({sql}) t");
            let [[rows]] = texts(&world.superuser, &all).await.try_into().unwrap();
            let rows: Value = serde_json::from_str(&rows).unwrap();
            expressions.push(with_holes(&world.pattern, rows, &mut given));
        }
        Self { statements: world.pattern.statements.clone(), saved: expressions, given }
    }

    /// The statement that contains all of these words, with its parameters replaced.
    fn message(&self, words: &[&str], values: &[&str]) -> String {
        let fits = |statement: &&String| words.iter().all(|word| statement.contains(word));
        let mut found: String = self
            .statements
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("no {words:?} in {:#?}", self.statements))
            .clone();
        for (place, value) in values.iter().enumerate().rev() {
            found = found.replace(&format!("${}", place + 1), value);
        }
        found
    }

    /// Begin, entry, contract, repetition, surroundings, lock, save, commit: the order and the number of an approval's messages.
    fn script(&self, place: Place, first: i64) -> String {
        let id = |tag: Tag, number: &str, name: &str| format!("public.made_id({}, {number}) AS {name}", tag as u8);
        let names = [
            id(Tag::Institution, ":place", "institution"),
            id(Tag::Approver, ":place", "approver"),
            id(Tag::Session, ":place", "login"),
            id(Tag::Agreement, ":place", "agreement"),
            id(Tag::Client, ":number", "client"),
            id(Tag::Contract, ":number", "contract"),
            id(Tag::Act, ":number", "act"),
        ];
        let enter = self.message(&["enter_as"], &["x.institution", "x.login", ":at::timestamptz"]);
        let (columns, function) = enter.strip_prefix("SELECT ").unwrap().split_once(" FROM ").unwrap();
        let one = [":institution", ":contract", "1"];
        let contract = self.message(&["FROM \"zengxin\".\"contract\" ", "FOR NO KEY UPDATE"], &one);
        let repeated = self.message(&["FROM \"zengxin\".\"contract_event\" "], &[":institution", ":act", "1"]);
        let asked = [":institution", ":client", ":agreement", ":nothing", ":nothing", ":day", ":year"];
        let around = self.message(&["own_group"], &asked);
        let quotas = "ARRAY[:provincial, :national, :agreement]::uuid[]";
        let locked = [":institution", "ARRAY[:client]::uuid[]", quotas, "ARRAY[:year, :year, 0]::integer[]", ":year"];
        let lock = self.message(&["lock_book"], &locked);
        let entry = [
            ":seq",
            ":at",
            "'person'",
            ":approver",
            "'decide_contract'",
            "'done'",
            "'contract'",
            ":contract",
            ":detail",
            ":hash",
            "false",
        ];
        let saved = [":institution"].into_iter().chain(self.saved.iter().map(String::as_str)).chain(entry);
        let save = self.message(&["save_book", "append_audit"], &saved.collect::<Vec<&str>>());
        format!(
            "\\set number {first} + :turn * {CLIENTS} + :client_id\n\\set turn :turn + 1\n\\set place {}\nBEGIN;\n\
             SELECT {columns}, x.* FROM (SELECT {}) x, LATERAL {function} \\gset\n\
             {contract};\n{repeated};\n{around};\n\
             SELECT (l.row -> 'head' ->> 'seq')::bigint + 1 AS seq FROM ({lock}) l \\gset\n\
             {save};\nCOMMIT;\n",
            place.institution_of(":number"),
            names.join(", ")
        )
    }
}

/// JSON as an expression of the replay: what is the same in every booking is given once, the ids and the journal's number come between.
fn with_holes(pattern: &Pattern, mut rows: Value, given: &mut Vec<(String, String)>) -> String {
    const HOLE: char = '\u{1}';
    for row in rows.as_array_mut().unwrap() {
        if let Some(seq) = row.get_mut("seq") {
            *seq = Value::String(format!("{HOLE}seq{HOLE}"));
        }
    }
    // A quoted number is a number to PostgreSQL too.
    let mut text = rows.to_string().replace("\\u0001", &HOLE.to_string());
    for (id, name) in [
        (pattern.institution, "institution"),
        (pattern.agreement, "agreement"),
        (pattern.approver, "approver"),
        (pattern.client, "client"),
        (pattern.contract, "contract"),
        (pattern.act, "act"),
    ] {
        text = text.replace(&id.to_string(), &format!("{HOLE}{name}{HOLE}"));
    }
    let parts: Vec<String> = text
        .split(HOLE)
        .enumerate()
        .map(|(place, part)| {
            if place % 2 == 1 {
                return format!(":{part}::text");
            }
            let name = format!("part{}", given.len());
            given.push((name.clone(), part.to_owned()));
            format!(":{name}::text")
        })
        .collect();
    format!("({})", parts.join(" || "))
}
