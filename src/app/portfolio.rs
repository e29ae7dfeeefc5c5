//! The portfolio of the institution on a day, and the alerts of its shares.

use super::{App, booking};
use crate::{
    auth::{Action, Caller},
    error::Problem,
    input,
    store::{
        self, Scope,
        drift_alert::Alert,
        portfolio::{CLIENTS_AT_ONCE, Marks, Member, Past, Standing},
    },
};
use domain::{
    case,
    exposure::ClientBook,
    liability::Weighted,
    local_limit::LocalRule,
    portfolio::{self, Findings, Segment},
    value::{Day, Money, PartyGroupId, PartyId},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A client or a group with its liability balance.
#[derive(Clone, Debug)]
pub struct Largest {
    /// The party's id or the group's; of groups that count together, because parties turned out to be one, that of the first.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its liability balance.
    pub balance: Weighted,
}

/// A portfolio as it is shown.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// The day.
    pub day: Day,
    /// Its sums.
    pub standing: Standing,
    /// The liability balance.
    pub balance: Weighted,
    /// Net assets of the statement that counts on the day.
    pub net_assets: Option<Money>,
    /// The client with the largest liability balance.
    pub client: Option<Largest>,
    /// The group with the largest one; a client without a group is a group of its own.
    pub group: Option<Largest>,
    /// What the rules say.
    pub findings: Findings,
    /// Exceptions and open alerts.
    pub marks: Marks,
}

/// The clients of a day, as far as the limits look at them.
struct Clients {
    largest: Option<(PartyId, Weighted)>,
    top_ten: Money,
    members: Vec<Member>,
    segments: Vec<Segment>,
}

/// The portfolio of a day; of today without one, from the counters, and of a past day folded from the events.
pub async fn read(app: &App, caller: &Caller, on: Option<Day>) -> Result<Portfolio, Problem> {
    let scope = app.look(caller, Action::ReadPortfolio).await?;
    of(&scope, on, None).await
}

/// The same as a scope that looks at one moment sees it, judged and weighted by the rules of any day; by those of the day itself without
/// one.
pub(super) async fn of(scope: &Scope, on: Option<Day>, rules_on: Option<Day>) -> Result<Portfolio, Problem> {
    let today = booking::today(scope)?;
    let day = on.unwrap_or(today);
    if day > today {
        return Err(input::invalid(vec![booking::future("on")]));
    }
    let rules = rules_on.unwrap_or(day);
    let institution = store::around::institution(scope, day).await?;
    let by_segment = |rule: LocalRule| matches!(rule, LocalRule::Region | LocalRule::Industry);
    let needs_segments = institution.limits.iter().any(|limit| by_segment(limit.rule));
    let (standing, clients) = if day == today {
        (store::portfolio::today(scope, day).await?, clients_today(scope, (day, rules), needs_segments).await?)
    } else {
        let Past { standing, clients, segments } = store::portfolio::past(scope, day).await?;
        (standing, clients_past(scope, (day, rules), &clients, segments).await?)
    };
    let (client, group) = name(scope, rules, &clients).await?;
    let named = |largest: &Option<Largest>| largest.as_ref().map(|largest| (largest.name.clone(), largest.balance));
    let judged = portfolio::Portfolio {
        day: rules,
        book: standing.book,
        new_business: standing.new_business,
        largest_client: named(&client),
        largest_group: named(&group),
        top_ten: clients.top_ten,
        segments: &clients.segments,
        statement: institution.statement.as_ref(),
        leverage: institution.leverage,
        investments: &institution.investments,
        nationally_supported: institution.nationally_supported,
        limits: &institution.limits,
    };
    Ok(Portfolio {
        day,
        balance: judged.balance()?,
        net_assets: institution.statement.as_ref().map(|statement| statement.net_assets),
        findings: judged.judge()?,
        standing,
        client,
        group,
        marks: store::portfolio::marks(scope, day).await?,
    })
}

/// The clients as they are, weighted by the rules of a day: the largest are read first, until none of the rest can be the one with the largest balance.
async fn clients_today(scope: &Scope, (day, rules): (Day, Day), needs_segments: bool) -> Result<Clients, Problem> {
    let mut largest: Option<(PartyId, Weighted)> = None;
    let mut top_ten = None;
    let mut last = None;
    loop {
        let page = store::portfolio::largest_clients(scope, last).await?;
        let totals: Vec<Money> = page.iter().take(10).map(|(_, book)| book.total).collect();
        top_ten = Some(top_ten.unwrap_or(case::top_ten(&totals, Money::ZERO)?));
        let of_page = portfolio::largest(books(&page), rules)?;
        largest = portfolio::larger(largest, of_page);
        last = page.last().map(|(party, book)| (book.total, *party));
        let rest = last.map_or(Money::ZERO, |(total, _)| total);
        let is_last = i64::try_from(page.len()).is_ok_and(|read| read < CLIENTS_AT_ONCE);
        if is_last || portfolio::is_settled(largest.map(|(_, balance)| balance), rest)? {
            break;
        }
    }
    let segments = if needs_segments { store::portfolio::segments(scope).await? } else { Vec::new() };
    let members = store::portfolio::members(scope, day).await?;
    Ok(Clients { largest, top_ten: top_ten.unwrap_or_default(), members, segments })
}

fn books(clients: &[(PartyId, ClientBook)]) -> impl Iterator<Item = (PartyId, &ClientBook)> {
    clients.iter().map(|(party, book)| (*party, book))
}

/// The clients of a past day, whose books are all there.
async fn clients_past(
    scope: &Scope,
    (day, rules): (Day, Day),
    clients: &std::collections::BTreeMap<PartyId, ClientBook>,
    segments: Vec<Segment>,
) -> Result<Clients, Problem> {
    let totals: Vec<Money> = clients.values().map(|book| book.total).collect();
    let mut members = store::portfolio::members(scope, day).await?;
    for member in &mut members {
        member.book = clients.get(&member.party).copied().unwrap_or_default();
    }
    Ok(Clients {
        largest: portfolio::largest(clients.iter().map(|(party, book)| (*party, book)), rules)?,
        top_ten: case::top_ten(&totals, Money::ZERO)?,
        members,
        segments,
    })
}

/// The largest client and the largest group, by name. A client of a group is part of one at least as large, so that only a client without
/// a group can be larger than every group.
async fn name(scope: &Scope, rules: Day, clients: &Clients) -> Result<(Option<Largest>, Option<Largest>), Problem> {
    let Clients { largest, members, .. } = clients;
    let client = match largest {
        None => None,
        Some((id, balance)) => {
            let party = store::party::get_many(scope, &[*id]).await?.into_iter().next();
            Some(Largest { id: id.uuid(), name: party.ok_or_else(Problem::internal)?.name, balance: *balance })
        }
    };
    let of_members = members.iter().map(|member| (member.group, member.party, &member.book));
    let group = portfolio::largest_group(of_members, rules)?;
    let grouped: BTreeSet<PartyId> = members.iter().map(|member| member.party).collect();
    let alone = client.clone().filter(|client| !grouped.contains(&PartyId::from_uuid(client.id)));
    let group = group.and_then(|(ids, balance)| {
        Some(Largest { id: ids.first()?.uuid(), name: group_names(members, &ids), balance })
    });
    Ok((
        client,
        match (group, alone) {
            (Some(group), Some(alone)) if group.balance >= alone.balance => Some(group),
            (group, None) => group,
            (_, alone) => alone,
        },
    ))
}

/// As a booking names them.
fn group_names(members: &[Member], groups: &[PartyGroupId]) -> String {
    let name = |group| members.iter().find(|member| member.group == group).map(|member| member.group_name.as_str());
    groups.iter().filter_map(|group| name(*group)).collect::<Vec<_>>().join("、")
}

/// The alerts of the institution's shares and, for a re-guarantor, of those whose contracts it takes part in; newest first.
pub async fn alerts(
    app: &App,
    caller: &Caller,
    open: Option<bool>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Alert>, Problem> {
    let scope = app.open(caller, Action::ReadPortfolio).await?;
    store::drift_alert::list(&scope, open, after, limit).await
}
