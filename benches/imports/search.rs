//! How fast a client is found by its name, or a part of it, among those that came with a ledger.

use crate::{rows, world::World};
use std::time::Instant;
use zengxin::{
    app::party,
    auth::{Actor, Caller, Role},
    store::party::Sought,
};

/// How often each kind of search is measured.
const SEARCHES: u64 = 300;

/// The most that the slowest of a hundred may take, in milliseconds.
const P99: f64 = 50.0;

/// What an officer types: of which characters of a name, from which on and how many, and whether it is its beginning.
const KINDS: [(&str, usize, usize, bool); 5] = [
    ("first character", 0, 1, true),
    ("first 4 characters", 0, 4, true),
    ("2 characters", 2, 2, false),
    ("4 characters", 2, 4, false),
    ("whole name", 0, 20, false),
];

/// Searches by each kind; whether the slowest of a hundred of each is as fast as is claimed.
pub async fn measure(world: &World, operator: &Caller, clients: u64) -> bool {
    let user = domain::value::UserId::from_uuid(uuid::Uuid::now_v7());
    let officer = Caller { actor: Actor::Person { user, role: Role::Officer }, ..operator.clone() };
    let mut all = true;
    for (what, from, length, begins) in KINDS {
        let mut took = Vec::new();
        for search in 0..SEARCHES {
            let name = rows::name_of(search * 7_919 % clients);
            let typed: String = name.chars().skip(from).take(length).collect();
            let key = domain::value::search_key(&typed);
            let sought = if begins { Sought::Beginning(key) } else { Sought::Containing(key) };
            let began = Instant::now();
            let found = party::list(&world.app, &officer, sought, None, 50).await.unwrap();
            took.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert!(!found.is_empty(), "{typed}");
        }
        took.sort_by(f64::total_cmp);
        let (p50, p99) = (took[took.len() / 2], took[took.len() * 99 / 100]);
        let said = if p99 <= P99 { "holds" } else { "FAILS" };
        println!("search by {what:<18} p50 {p50:>7.1} ms   p99 {p99:>7.1} ms   claim {P99:.0} ms {said}");
        all &= p99 <= P99;
    }
    all
}
