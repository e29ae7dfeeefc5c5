//! Who cedes to the institution: the sums of each, ranked by any of them, and those of the provinces.

use super::{App, booking};
use crate::{
    auth::{Action, Caller, InstitutionKind, words},
    check::Check,
    error::Problem,
    store::{
        self, Scope,
        cedent::{Alike, Below, SliceDimension},
        drift_alert::Alert,
        place::{NoPlace, halves},
    },
};
use domain::{
    cession::{self, Begun, Ceded},
    finding::{Finding, Outcome},
    share,
    value::{Day, InstitutionId, Money, OutOfRange, Ratio},
};
use std::{cmp::Reverse, collections::BTreeMap, fmt, str::FromStr};
use uuid::Uuid;

words! {
    /// 排序依据。The figure that cedents are ranked by.
    Ranking {
        /// 笔数。
        Contracts = "contracts",
        /// 在保余额。
        Outstanding = "outstanding",
        /// 分出责任。
        Ceded = "ceded",
        /// 支小支农占比。
        SmallAgriShare = "small_agri_share",
        /// 本年放款合同中单户500万元及以下占比。
        SmallTicketShare = "small_ticket_share",
        /// 分出机构申报的再担保费。
        FeesStated = "fees_stated",
        /// 按协议条款复算的再担保费。
        FeesRecomputed = "fees_recomputed",
        /// 授信额度。
        QuotaGranted = "quota_granted",
        /// 已用额度。
        QuotaUsed = "quota_used",
        /// 额度使用率。
        QuotaUse = "quota_use",
        /// 未解除的占比预警。
        DriftAlerts = "drift_alerts",
    }
}

words! {
    /// 只列须关注的。Only those that need attention, and why.
    Attention {
        /// 占比低于下限。A share of what is ceded is below its limit.
        BelowLimit = "below_limit",
        /// 有未解除的占比预警。An alert of its shares is open.
        DriftAlert = "drift_alert",
    }
}

words! {
    /// 区划层级。How large the regions are.
    Level {
        /// 全部。Everything together.
        All = "all",
        /// 省级。
        Province = "province",
        /// 地市级。Counties are counted with their city.
        City = "city",
    }
}

words! {
    /// 汇总层级。Whose sums they are.
    Grouping {
        /// 分出机构。
        Cedent = "cedent",
        /// 省。
        Province = "province",
    }
}

/// A place in the ranking: the figure's whole units, and the id that parts equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The figure; below zero where there is none.
    pub value: i128,
    /// The institution.
    pub id: Uuid,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.value, self.id)
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (value, id) = halves(text)?;
        Ok(Self { value, id })
    }
}

/// Which cedents, and in which order.
#[derive(Clone, Debug)]
pub struct Sought {
    /// Whose sums.
    pub by: Grouping,
    /// Only cedents of this province.
    pub province: Option<InstitutionId>,
    /// Only those of regions whose code begins so.
    pub region: Option<String>,
    /// Only those whose code or name holds this.
    pub search: Option<String>,
    /// Only those that need attention.
    pub only: Option<Attention>,
    /// Ranked by this figure.
    pub ranking: Ranking,
    /// The smallest first.
    pub ascending: bool,
    /// The last of the page before.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: u64,
}

/// Re-guarantee fees of the contracts that began in the year, for their whole terms.
#[derive(Clone, Copy, Debug)]
pub struct Fees {
    /// As the cedents state them.
    pub stated: Money,
    /// As the agreements' terms have them; none when the terms of one of the contracts are not known.
    pub recomputed: Option<Money>,
}

impl Default for Fees {
    fn default() -> Self {
        Self { stated: Money::ZERO, recomputed: Some(Money::ZERO) }
    }
}

impl Fees {
    fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        let recomputed = self.recomputed.zip(other.recomputed).map(|(a, b)| a.plus(b)).transpose()?;
        Ok(Self { stated: self.stated.plus(other.stated)?, recomputed })
    }

    /// The fees of contracts that are alike: one by the terms, as often as they are.
    fn of(alike: &Alike) -> Result<Self, OutOfRange> {
        let one = |terms: &store::agreement_terms::Terms| {
            let fee = terms.decided.reguarantee_fee(alike.role, alike.amount, alike.term)?.unwrap_or_default();
            Money::from_wide(fee.wide().checked_mul(alike.contracts.into()).ok_or(OutOfRange)?)
        };
        Ok(Self { stated: alike.stated, recomputed: alike.terms.as_ref().map(one).transpose()? })
    }
}

/// What of several cedents is added up, or of one.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Of how many institutions.
    pub cedents: i64,
    /// What is ceded.
    pub ceded: Ceded,
    /// The calendar year of fees and quotas.
    pub year: i32,
    /// What began in the year, as far as small tickets go.
    pub begun: Begun,
    /// The re-guarantee fees of the year.
    pub fees: Fees,
    /// The quota of the year; none was granted without.
    pub quota_granted: Option<Money>,
    /// What of it is used.
    pub quota_used: Money,
    /// How many alerts of its shares are open.
    pub drift_alerts: i64,
}

/// The sums of a cedent, or of those of a province.
#[derive(Clone, Debug)]
pub struct Cedent {
    /// Whose they are.
    pub institution: Below,
    /// The province it belongs to, with its name; none where it belongs to none.
    pub province: Option<(InstitutionId, String)>,
    /// The sums.
    pub sums: Sums,
    /// What the rules of today say of what is ceded.
    pub findings: Vec<Finding>,
}

/// The sums of the cedents of a region.
#[derive(Clone, Debug)]
pub struct Region {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// Its name; none where the list of today has none.
    pub name: Option<String>,
    /// The sums.
    pub sums: Sums,
    /// What the rules of today say of what is ceded.
    pub findings: Vec<Finding>,
}

/// What a cedent has ceded of one kind of client, one region, industry or bank.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Told apart by.
    pub dimension: SliceDimension,
    /// The client kind, the city's code, the industry's code or the bank's id; none where it is not known.
    pub key: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The sum.
    pub ceded: Ceded,
}

/// A cedent with what its contracts are about.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its sums.
    pub cedent: Cedent,
    /// What is ceded, told apart by everything that the contracts say; the largest of each first.
    pub slices: Vec<Slice>,
    /// The open alerts of its shares.
    pub alerts: Vec<Alert>,
}

/// A ratio in 10⁻¹⁰, which is how finely shares are ranked.
fn units(ratio: Ratio) -> Result<i128, OutOfRange> {
    domain::value::Rate::new(ratio.rounded(10)?).weight()
}

impl Sums {
    /// The figure that is ranked by, in whole units; below zero where there is none.
    fn figure(&self, ranking: Ranking) -> Result<i128, OutOfRange> {
        let money = |money: Option<Money>| money.map_or(-1, Money::wide);
        let ratio = |ratio: Option<Ratio>| Ok(ratio.map(units).transpose()?.unwrap_or(-1));
        match ranking {
            Ranking::Contracts => Ok(self.ceded.contracts.into()),
            Ranking::Outstanding => Ok(self.ceded.outstanding.wide()),
            Ranking::Ceded => Ok(self.ceded.amount()?.wide()),
            Ranking::SmallAgriShare => ratio(self.ceded.small_agri_share()?),
            Ranking::SmallTicketShare => ratio(self.begun.small_ticket_share()?),
            Ranking::FeesStated => Ok(self.fees.stated.wide()),
            Ranking::FeesRecomputed => Ok(money(self.fees.recomputed)),
            Ranking::QuotaGranted => Ok(money(self.quota_granted)),
            Ranking::QuotaUsed => Ok(self.quota_used.wide()),
            Ranking::QuotaUse => ratio(self.quota_use()?),
            Ranking::DriftAlerts => Ok(self.drift_alerts.into()),
        }
    }

    /// What is used of the quota; none where nothing was granted.
    pub fn quota_use(&self) -> Result<Option<Ratio>, OutOfRange> {
        cession::quota_use(self.quota_used, self.quota_granted)
    }

    /// What the rules of a day say of what is ceded.
    fn findings(&self, day: Day) -> Result<Vec<Finding>, OutOfRange> {
        let small_agri = share::reported_small_agri(self.ceded.small_agri_share()?, day)?;
        Ok(vec![small_agri, share::reported_small_ticket(self.begun.small_ticket_share()?, day)?])
    }

    fn with(self, other: &Self) -> Result<Self, OutOfRange> {
        let granted = match (self.quota_granted, other.quota_granted) {
            (Some(a), Some(b)) => Some(a.plus(b)?),
            (a, b) => a.or(b),
        };
        Ok(Self {
            cedents: self.cedents.saturating_add(other.cedents),
            ceded: self.ceded.plus(other.ceded)?,
            year: self.year,
            begun: self.begun.plus(other.begun)?,
            fees: self.fees.plus(other.fees)?,
            quota_granted: granted,
            quota_used: self.quota_used.plus(other.quota_used)?,
            drift_alerts: self.drift_alerts.saturating_add(other.drift_alerts),
        })
    }
}

impl Cedent {
    /// Its place when it is ranked by a figure.
    pub fn place(&self, ranking: Ranking) -> Result<Place, OutOfRange> {
        Ok(Place { value: self.sums.figure(ranking)?, id: self.institution.id.uuid() })
    }

    fn is_wanted(&self, sought: &Sought) -> bool {
        let of_province =
            sought.province.is_none_or(|wanted| self.province.as_ref().is_some_and(|(id, _)| *id == wanted));
        let found = |words: &String| self.institution.name.contains(words) || self.institution.code.contains(words);
        let needed = match sought.only {
            None => true,
            Some(Attention::DriftAlert) => self.sums.drift_alerts > 0,
            Some(Attention::BelowLimit) => self.findings.iter().any(|finding| finding.outcome == Outcome::Advise),
        };
        let there = sought.region.as_ref().is_none_or(|region| self.institution.region.starts_with(region));
        of_province && there && sought.search.as_ref().is_none_or(found) && needed
    }
}

/// The institutions that cede to the caller's, or their provinces, ranked.
pub async fn list(app: &App, caller: &Caller, sought: Sought) -> Result<Vec<Cedent>, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    let check = sought.search.iter().fold(Check::default(), |check, words| check.text("search", words, 50));
    sought.region.iter().fold(check, |check, region| check.text("region", region, 6)).done()?;
    let today = booking::today(&scope)?;
    let granted = store::cedent::granted(&scope, today.year()).await?;
    let cedents = cedents(&scope, today, &granted).await?;
    let rows = match sought.by {
        Grouping::Cedent => cedents,
        Grouping::Province => of_provinces(&scope, today, cedents, &granted).await?,
    };
    let mut ranked = Vec::new();
    for row in rows.into_iter().filter(|row| row.is_wanted(&sought)) {
        ranked.push((row.place(sought.ranking)?, row));
    }
    ranked.sort_by_key(|(place, _)| *place);
    if !sought.ascending {
        ranked.reverse();
    }
    let follows = |place: &Place| match sought.after {
        Some(after) if sought.ascending => *place > after,
        Some(after) => *place < after,
        None => true,
    };
    let wanted = ranked.into_iter().filter(|(place, _)| follows(place)).map(|(_, row)| row);
    Ok(wanted.take(usize::try_from(sought.limit).unwrap_or(usize::MAX)).collect())
}

/// A cedent with what its contracts are about; 404 when it has ceded nothing to the caller's institution and has no quota of it.
pub async fn get(app: &App, caller: &Caller, id: InstitutionId) -> Result<Whole, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    let today = booking::today(&scope)?;
    let granted = store::cedent::granted(&scope, today.year()).await?;
    let all = cedents(&scope, today, &granted).await?;
    let cedent = all.into_iter().find(|cedent| cedent.institution.id == id).ok_or_else(Problem::not_found)?;
    let alerts = store::drift_alert::open_of(&scope, id).await?;
    Ok(Whole { cedent, slices: slices(&scope, id, today).await?, alerts })
}

async fn slices(scope: &Scope, cedent: InstitutionId, today: Day) -> Result<Vec<Slice>, Problem> {
    let mut slices: Vec<Slice> = Vec::new();
    for store::cedent::Slice { dimension, key, name, part } in store::cedent::slices(scope, cedent, today).await? {
        match slices.last_mut().filter(|last| last.dimension == dimension && last.key == key) {
            Some(last) => last.ceded = last.ceded.with(part)?,
            None => {
                let ceded = Ceded::default().with(part)?;
                slices.push(Slice { dimension, key, name, ceded });
            }
        }
    }
    let mut sized = Vec::new();
    for slice in slices {
        sized.push((slice.dimension.word(), Reverse(slice.ceded.amount()?), slice));
    }
    sized.sort_by(|(a, size, _), (b, other, _)| (a, size).cmp(&(b, other)));
    Ok(sized.into_iter().map(|(_, _, slice)| slice).collect())
}

/// The sums of the regions where the cedents are, in the order of their codes; of one province alone, when it is said.
pub async fn regions(
    app: &App,
    caller: &Caller,
    level: Level,
    province: Option<String>,
) -> Result<Vec<Region>, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    province.iter().fold(Check::default(), |check, code| check.region("province", code)).done()?;
    let today = booking::today(&scope)?;
    let granted = store::cedent::granted(&scope, today.year()).await?;
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for cedent in cedents(&scope, today, &granted).await? {
        let code = &cedent.institution.region;
        if province.as_ref().is_some_and(|province| province.get(..2) != code.get(..2)) {
            continue;
        }
        let digits = match level {
            Level::All => 0,
            Level::Province => 2,
            Level::City => 4,
        };
        let code = format!("{:0<6}", code.get(..digits).ok_or_else(Problem::internal)?);
        add(&mut sums, code, cedent.sums)?;
    }
    let mut names = store::cedent::region_names(&scope, sums.keys().cloned().collect(), today).await?;
    let region = |(code, sums): (String, Sums)| {
        let findings = sums.findings(today)?;
        Ok(Region { name: names.remove(&code), code, sums, findings })
    };
    sums.into_iter().map(region).collect()
}

/// Adds the sums of a cedent to those of where it belongs.
fn add<K: Ord>(sums: &mut BTreeMap<K, Sums>, key: K, cedent: Sums) -> Result<(), OutOfRange> {
    let sum = match sums.remove(&key) {
        Some(sum) => sum.with(&cedent)?,
        None => cedent,
    };
    sums.insert(key, sum);
    Ok(())
}

/// The sums of each cedent.
async fn cedents(scope: &Scope, today: Day, granted: &BTreeMap<InstitutionId, Money>) -> Result<Vec<Cedent>, Problem> {
    let mut ceded: BTreeMap<InstitutionId, Ceded> = BTreeMap::new();
    for (cedent, part) in store::cedent::parts(scope).await? {
        let sum = ceded.entry(cedent).or_default();
        *sum = sum.with(part)?;
    }
    let year = today.year();
    let mut fees: BTreeMap<InstitutionId, Fees> = BTreeMap::new();
    let mut begun: BTreeMap<InstitutionId, Begun> = BTreeMap::new();
    let first = Day::year_end(year.saturating_sub(1)).and_then(Day::next).ok_or_else(Problem::internal)?;
    for alike in store::cedent::begun(scope, first.date(), today.date()).await? {
        let sum = begun.entry(alike.cedent).or_default();
        *sum = sum.with(alike.beginning)?;
        let sum = fees.entry(alike.cedent).or_default();
        *sum = Fees::of(&alike).and_then(|of| sum.plus(of))?;
    }
    let (used, alerts) = (store::cedent::used(scope, year).await?, store::cedent::alerts(scope).await?);
    let mut ids: Vec<InstitutionId> =
        ceded.keys().chain(granted.keys()).chain(used.keys()).chain(alerts.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let below = store::cedent::below(scope, ids, today).await?;
    let provinces = below.values().filter_map(|institution| institution.reguarantor).collect();
    let provinces = store::cedent::below(scope, provinces, today).await?;
    // A quota of a province is no cedent: those below it cede.
    let institutions = below.into_values().filter(|one| one.kind == InstitutionKind::GuaranteeInstitution);
    let cedent = |institution: Below| {
        let id = institution.id;
        let province = institution.reguarantor.and_then(|id| provinces.get(&id));
        let sums = Sums {
            cedents: 1,
            ceded: ceded.get(&id).copied().unwrap_or_default(),
            year,
            begun: begun.get(&id).copied().unwrap_or_default(),
            fees: fees.get(&id).copied().unwrap_or_default(),
            quota_granted: granted.get(&id).copied(),
            quota_used: used.get(&id).copied().unwrap_or_default(),
            drift_alerts: alerts.get(&id).copied().unwrap_or_default(),
        };
        Ok(Cedent {
            province: province.map(|province| (province.id, province.name.clone())),
            institution,
            findings: sums.findings(today)?,
            sums,
        })
    };
    institutions.map(cedent).collect()
}

/// The sums of each province: what its cedents have together, and the quota that was granted to it, or else to them.
async fn of_provinces(
    scope: &Scope,
    today: Day,
    cedents: Vec<Cedent>,
    granted: &BTreeMap<InstitutionId, Money>,
) -> Result<Vec<Cedent>, Problem> {
    let mut sums: BTreeMap<InstitutionId, Sums> = BTreeMap::new();
    for cedent in cedents {
        let Some((province, _)) = cedent.province else { continue };
        add(&mut sums, province, cedent.sums)?;
    }
    let mut provinces = store::cedent::below(scope, sums.keys().copied().collect(), today).await?;
    let mut rows = Vec::new();
    for (id, sum) in sums {
        let Some(institution) = provinces.remove(&id) else { continue };
        let sums = Sums { quota_granted: granted.get(&id).copied().or(sum.quota_granted), ..sum };
        let province = Some((id, institution.name.clone()));
        rows.push(Cedent { province, institution, findings: sums.findings(today)?, sums });
    }
    Ok(rows)
}
