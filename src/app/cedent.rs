//! Who cedes to the institution: the sums of each, ranked by any of them, and those of the provinces.

use super::{
    App,
    booking::{self, out_of_range},
};
use crate::{
    auth::{Action, Caller, InstitutionKind, words},
    error::Problem,
    store::{
        self, Scope,
        cedent::{Alike, Below},
    },
};
use domain::{
    cession::Ceded,
    value::{Day, InstitutionId, Money, OutOfRange, Ratio},
};
use std::{collections::BTreeMap, fmt, num::ParseIntError, str::FromStr};
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
        /// 分出机构申报的再担保费。
        FeesStated = "fees_stated",
        /// 按协议条款复算的再担保费。
        FeesRecomputed = "fees_recomputed",
        /// 授信额度。
        QuotaGranted = "quota_granted",
        /// 已用额度。
        QuotaUsed = "quota_used",
        /// 未解除的占比预警。
        DriftAlerts = "drift_alerts",
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

/// A text that is no place.
#[derive(Debug, thiserror::Error)]
pub enum NoPlace {
    /// The figure is no number.
    #[error(transparent)]
    Value(#[from] ParseIntError),
    /// The id is none.
    #[error(transparent)]
    Id(#[from] uuid::Error),
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (value, id) = text.split_once('.').unwrap_or((text, ""));
        Ok(Self { value: value.parse()?, id: id.parse()? })
    }
}

/// Which cedents, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    /// Whose sums.
    pub by: Grouping,
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

/// The sums of a cedent, or of those of a province.
#[derive(Clone, Debug)]
pub struct Cedent {
    /// Whose they are.
    pub institution: Below,
    /// The province it belongs to, with its name; none where it belongs to none.
    pub province: Option<(InstitutionId, String)>,
    /// What is ceded.
    pub ceded: Ceded,
    /// The calendar year of fees and quotas.
    pub year: i32,
    /// The re-guarantee fees of the year.
    pub fees: Fees,
    /// The quota of the year; none was granted without.
    pub quota_granted: Option<Money>,
    /// What of it is used.
    pub quota_used: Money,
    /// How many alerts of its shares are open.
    pub drift_alerts: i64,
}

/// A ratio in 10⁻¹⁰, which is how finely shares are ranked.
fn units(ratio: Ratio) -> Result<i128, OutOfRange> {
    domain::value::Rate::new(ratio.rounded(10)?).weight()
}

impl Cedent {
    /// Its place when it is ranked by a figure.
    pub fn place(&self, ranking: Ranking) -> Result<Place, OutOfRange> {
        let money = |money: Option<Money>| money.map_or(-1, Money::wide);
        let value = match ranking {
            Ranking::Contracts => self.ceded.contracts.into(),
            Ranking::Outstanding => self.ceded.outstanding.wide(),
            Ranking::Ceded => self.ceded.amount()?.wide(),
            Ranking::SmallAgriShare => self.ceded.small_agri_share()?.map(units).transpose()?.unwrap_or(-1),
            Ranking::FeesStated => self.fees.stated.wide(),
            Ranking::FeesRecomputed => money(self.fees.recomputed),
            Ranking::QuotaGranted => money(self.quota_granted),
            Ranking::QuotaUsed => self.quota_used.wide(),
            Ranking::DriftAlerts => self.drift_alerts.into(),
        };
        Ok(Place { value, id: self.institution.id.uuid() })
    }

    /// The sums with those of another of the same province.
    fn with(self, other: &Self) -> Result<Self, OutOfRange> {
        let granted = match (self.quota_granted, other.quota_granted) {
            (Some(a), Some(b)) => Some(a.plus(b)?),
            (a, b) => a.or(b),
        };
        Ok(Self {
            ceded: self.ceded.plus(other.ceded)?,
            fees: self.fees.plus(other.fees)?,
            quota_granted: granted,
            quota_used: self.quota_used.plus(other.quota_used)?,
            drift_alerts: self.drift_alerts.saturating_add(other.drift_alerts),
            ..self
        })
    }
}

/// The institutions that cede to the caller's, or their provinces, ranked.
pub async fn list(app: &App, caller: &Caller, sought: Sought) -> Result<Vec<Cedent>, Problem> {
    let scope = app.look(caller, Action::ReadCessions).await?;
    let today = booking::today(&scope)?;
    let granted = store::cedent::granted(&scope, today.year()).await?;
    let cedents = cedents(&scope, today, &granted).await?;
    let rows = match sought.by {
        Grouping::Cedent => cedents,
        Grouping::Province => of_provinces(&scope, today, cedents, &granted).await?,
    };
    let mut ranked = Vec::new();
    for row in rows {
        ranked.push((row.place(sought.ranking).map_err(out_of_range)?, row));
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

/// The sums of each cedent.
async fn cedents(scope: &Scope, today: Day, granted: &BTreeMap<InstitutionId, Money>) -> Result<Vec<Cedent>, Problem> {
    let mut ceded: BTreeMap<InstitutionId, Ceded> = BTreeMap::new();
    for (cedent, part) in store::cedent::parts(scope).await? {
        let sum = ceded.entry(cedent).or_default();
        *sum = sum.with(part).map_err(out_of_range)?;
    }
    let year = today.year();
    let mut fees: BTreeMap<InstitutionId, Fees> = BTreeMap::new();
    let first = Day::year_end(year.saturating_sub(1)).and_then(Day::next).ok_or_else(Problem::internal)?;
    for alike in store::cedent::begun(scope, first.date(), today.date()).await? {
        let sum = fees.entry(alike.cedent).or_default();
        *sum = Fees::of(&alike).and_then(|of| sum.plus(of)).map_err(out_of_range)?;
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
    let sums = institutions.map(|institution| {
        let id = institution.id;
        let province = institution.reguarantor.and_then(|id| provinces.get(&id));
        Cedent {
            province: province.map(|province| (province.id, province.name.clone())),
            institution,
            ceded: ceded.get(&id).copied().unwrap_or_default(),
            year,
            fees: fees.get(&id).copied().unwrap_or_default(),
            quota_granted: granted.get(&id).copied(),
            quota_used: used.get(&id).copied().unwrap_or_default(),
            drift_alerts: alerts.get(&id).copied().unwrap_or_default(),
        }
    });
    Ok(sums.collect())
}

/// The sums of each province: what its cedents have together, and the quota that was granted to it, or else to them.
async fn of_provinces(
    scope: &Scope,
    today: Day,
    cedents: Vec<Cedent>,
    granted: &BTreeMap<InstitutionId, Money>,
) -> Result<Vec<Cedent>, Problem> {
    let mut sums: BTreeMap<InstitutionId, Cedent> = BTreeMap::new();
    for cedent in cedents {
        let Some((province, _)) = cedent.province else { continue };
        let sum = match sums.remove(&province) {
            Some(sum) => sum.with(&cedent).map_err(out_of_range)?,
            None => cedent,
        };
        sums.insert(province, sum);
    }
    let provinces = store::cedent::below(scope, sums.keys().copied().collect(), today).await?;
    let named = sums.into_iter().filter_map(|(id, sum)| {
        let institution = provinces.get(&id)?.clone();
        let quota_granted = granted.get(&id).copied().or(sum.quota_granted);
        Some(Cedent { institution, quota_granted, ..sum })
    });
    Ok(named.collect())
}
