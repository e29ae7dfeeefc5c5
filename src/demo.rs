//! The demo world: invented institutions of every layer with their people and two years of business, made through the same doors as
//! real ones.

mod agreements;
mod book;
mod clients;
mod dice;
mod filings;
mod rows;

use crate::{
    app::{App, institution, membership, password, user},
    auth::{Actor, Caller, InstitutionKind, Relation, Role, may_hold_parties, role_fits},
    clock::civil_day,
    error::Problem,
    store::{
        Put,
        institution::NewInstitution,
        membership::Membership,
        user::{NewUser, User},
    },
};
use book::Place;
use chrono::NaiveDate;
use domain::value::{AgreementId, InstitutionId, Money, UserId};
use tokio::{sync::mpsc, task::JoinSet};
use uuid::Uuid;

/// The day the invented memberships begin: before anything that will be booked under them.
const SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2019, 1, 22);

/// An invented institution.
struct Planned {
    code: &'static str,
    name: &'static str,
    kind: InstitutionKind,
    region: &'static str,
    /// The code of whoever onboards it.
    below: &'static str,
    /// Whether everybody who may work there does; elsewhere there is an administrator, a treasurer and an officer where there are
    /// guarantees, and an approver where there is business.
    staffed: bool,
}

const fn planned(
    code: &'static str,
    name: &'static str,
    kind: InstitutionKind,
    region: &'static str,
    below: &'static str,
    staffed: bool,
) -> Planned {
    Planned { code, name, kind, region, below, staffed }
}

impl Planned {
    /// Whether somebody with this role is hired.
    fn hires(&self, role: Role) -> bool {
        let guarantees = self.kind == InstitutionKind::GuaranteeInstitution;
        let works = guarantees && matches!(role, Role::Treasurer | Role::Officer);
        let agrees = may_hold_parties(self.kind) && role == Role::Approver;
        role != Role::Admin && role_fits(self.kind, role) && (self.staffed || works || agrees)
    }
}

/// The fund that everything begins with.
const FUND: Planned =
    planned("guojia", "示例国家融资担保基金", InstitutionKind::NationalFund, "110000", "guojia", true);

/// Everybody else, whoever onboards before whomever is onboarded. Names are invented and read as such.
const INSTITUTIONS: &[Planned] = &[
    planned("dongfang", "示例东方省再担保有限公司", InstitutionKind::ProvincialReguarantor, "330000", "guojia", true),
    planned("xishan", "示例西山省再担保有限公司", InstitutionKind::ProvincialReguarantor, "510000", "guojia", false),
    planned("nanwan", "示例南湾省再担保有限公司", InstitutionKind::ProvincialReguarantor, "440000", "guojia", false),
    planned("beiyuan", "示例北原省再担保有限公司", InstitutionKind::ProvincialReguarantor, "610000", "guojia", false),
    planned("linhu", "示例临湖市融资担保有限公司", InstitutionKind::GuaranteeInstitution, "330100", "dongfang", true),
    planned(
        "gangwan",
        "示例港湾市融资担保有限公司",
        InstitutionKind::GuaranteeInstitution,
        "330200",
        "dongfang",
        false,
    ),
    planned("chaxian", "示例茶县融资担保有限公司", InstitutionKind::GuaranteeInstitution, "330523", "dongfang", false),
    planned("jiangbei", "示例江北市融资担保有限公司", InstitutionKind::GuaranteeInstitution, "510100", "xishan", false),
    planned("meishan", "示例梅山市融资担保有限公司", InstitutionKind::GuaranteeInstitution, "511400", "xishan", false),
    planned("zhuxian", "示例竹县融资担保有限公司", InstitutionKind::GuaranteeInstitution, "511529", "xishan", false),
    planned("haizhou", "示例海洲市融资担保有限公司", InstitutionKind::GuaranteeInstitution, "440300", "nanwan", false),
    planned("gucheng", "示例古城市融资担保有限公司", InstitutionKind::GuaranteeInstitution, "610100", "beiyuan", false),
    planned("caizheng-zhongyang", "示例中央财政部门", InstitutionKind::FinanceBureau, "110000", "guojia", false),
    planned("caizheng-dongfang", "示例东方省财政厅", InstitutionKind::FinanceBureau, "330000", "guojia", true),
    planned("caizheng-linhu", "示例临湖市财政局", InstitutionKind::FinanceBureau, "330100", "dongfang", false),
    planned("jianguan", "示例金融监督管理部门", InstitutionKind::Supervisor, "110000", "guojia", false),
];

/// Who stands above whom, and in what.
const TREE: &[(&str, Relation, &[&str])] = &[
    ("guojia", Relation::Reguarantees, &["dongfang", "xishan", "nanwan", "beiyuan"]),
    ("dongfang", Relation::Reguarantees, &["linhu", "gangwan", "chaxian"]),
    ("xishan", Relation::Reguarantees, &["jiangbei", "meishan", "zhuxian"]),
    ("nanwan", Relation::Reguarantees, &["haizhou"]),
    ("beiyuan", Relation::Reguarantees, &["gucheng"]),
    ("caizheng-zhongyang", Relation::Reviews, &["guojia"]),
    ("caizheng-dongfang", Relation::Reviews, &["dongfang", "linhu", "gangwan", "chaxian"]),
    ("caizheng-linhu", Relation::Reviews, &["linhu"]),
    (
        "jianguan",
        Relation::Supervises,
        &[
            "dongfang", "xishan", "nanwan", "beiyuan", "linhu", "gangwan", "chaxian", "jiangbei", "meishan", "zhuxian",
            "haizhou", "gucheng",
        ],
    ),
];

/// What all chance comes from: the same number, the same business.
const SEED: u64 = 20_190_122;

/// The invented net assets of each guarantee institution.
const NET_ASSETS: &[(&str, Money)] = &[
    ("linhu", Money::from_wan(60_000)),
    ("gangwan", Money::from_wan(45_000)),
    ("chaxian", Money::from_wan(20_000)),
    ("jiangbei", Money::from_wan(80_000)),
    ("meishan", Money::from_wan(30_000)),
    ("zhuxian", Money::from_wan(15_000)),
    ("haizhou", Money::from_wan(25_000)),
    ("gucheng", Money::from_wan(12_000)),
];

/// One login of the demo world; printed once and kept nowhere.
#[derive(Clone, Debug)]
pub struct Login {
    /// The institution's code.
    pub institution: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The user.
    pub user: String,
    /// What the user is.
    pub role: Role,
    /// The password, random.
    pub password: String,
}

/// A place of the world that stands already.
struct Settled {
    code: &'static str,
    kind: InstitutionKind,
    institution: InstitutionId,
    administrator: Caller,
    region: &'static str,
    officer: Option<Caller>,
    treasurer: Option<Caller>,
    approver: Option<Caller>,
}

impl Settled {
    /// Its approver; where there is no business, nobody approves.
    fn approver(&self) -> Result<Caller, Problem> {
        self.approver.clone().ok_or_else(Problem::not_found)
    }
}

/// Makes the demo world in an empty system, with so many contracts of the two years before today, and says how far it is; 409 when there
/// is any institution already.
pub async fn make(app: &App, contracts: usize, say: &mut dyn FnMut(&str)) -> Result<Vec<Login>, Problem> {
    let today = civil_day(app.clock.now());
    // Everybody was there before the first business.
    let early = book::moment(app, book::before(today, book::DAYS.saturating_add(30))?);
    let (settled, logins) = settle_all(&early, say).await?;
    let banks = rows::of_everybody(&early, &administrator(&settled, FUND.code)?).await?;
    rows::limit(&early, &administrator(&settled, "dongfang")?, place(&settled, "linhu")?.institution).await?;
    let agreed = agreements::make(&early, &settled, &banks, today).await?;
    let places = places(&settled, &agreed, contracts)?;
    live(app, &places, today, contracts, say).await?;
    for (upper, below) in [("dongfang", ["linhu", "gangwan", "chaxian"].as_slice()), ("guojia", &["linhu", "jiangbei"])]
    {
        let officer = place(&settled, upper)?.officer.clone().ok_or_else(Problem::not_found)?;
        let cedents: Vec<Place> = places.iter().filter(|place| below.contains(&place.code)).cloned().collect();
        filings::decide(app, &officer, &cedents).await?;
    }
    Ok(logins)
}

/// Every institution with its people, and the tree they stand in.
async fn settle_all(app: &App, say: &mut dyn FnMut(&str)) -> Result<(Vec<Settled>, Vec<Login>), Problem> {
    let mut logins = Vec::new();
    let mut settled: Vec<Settled> = Vec::new();
    let (fund, link) = begin(app).await?;
    settle(app, &FUND, fund, link, &mut settled, &mut logins).await?;
    say(FUND.name);
    for planned in INSTITUTIONS {
        let upper = administrator(&settled, planned.below)?;
        let institution = InstitutionId::from_uuid(Uuid::now_v7());
        institution::onboard(app, &upper, new_institution(planned, institution)).await?;
        let first = new_user("admin", Role::Admin);
        let (id, appointed) = (first.id, institution::appoint_administrator(app, &upper, institution, first).await?);
        let link = link_of(appointed)?;
        settle(app, planned, (institution, id), link, &mut settled, &mut logins).await?;
        say(planned.name);
    }
    for (upper, relation, members) in TREE {
        for member in *members {
            state(app, &settled, upper, *relation, member).await?;
        }
    }
    Ok((settled, logins))
}

/// The guarantee institutions at work, each with a part of the contracts by its net assets.
fn places(
    settled: &[Settled],
    agreed: &[(&'static str, AgreementId, Uuid)],
    contracts: usize,
) -> Result<Vec<Place>, Problem> {
    let weights: Vec<i128> = NET_ASSETS.iter().map(|(_, net_assets)| net_assets.wide()).collect();
    let whole = i64::try_from(contracts).map_err(|_| Problem::out_of_range())?;
    let parts = Money::from_fen(whole).split(&weights)?;
    let mut places = Vec::new();
    for ((seed, (code, net_assets)), part) in (SEED..).zip(NET_ASSETS).zip(parts) {
        let settled = place(settled, code)?;
        let hired = |person: &Option<Caller>| person.clone().ok_or_else(Problem::not_found);
        let of_place = agreed.iter().filter(|(of, ..)| of == code);
        places.push(Place {
            code,
            region: settled.region,
            net_assets: *net_assets,
            officer: hired(&settled.officer)?,
            approver: hired(&settled.approver)?,
            treasurer: hired(&settled.treasurer)?,
            agreements: of_place.map(|(_, agreement, bank)| (*agreement, *bank)).collect(),
            contracts: usize::try_from(part.fen()).map_err(|_| Problem::out_of_range())?,
            seed,
        });
    }
    Ok(places)
}

/// Has every institution live its two years, all of them at once: none waits for another.
async fn live(
    app: &App,
    places: &[Place],
    today: NaiveDate,
    contracts: usize,
    say: &mut dyn FnMut(&str),
) -> Result<(), Problem> {
    let (done, mut drafted) = mpsc::unbounded_channel();
    let mut lives = JoinSet::new();
    for place in places {
        lives.spawn(book::live(app.clone(), place.clone(), today, done.clone()));
    }
    drop(done);
    let step = contracts.div_ceil(10).max(1);
    let mut count = 0_usize;
    while drafted.recv().await.is_some() {
        count = count.saturating_add(1);
        if count.checked_rem(step) == Some(0) || count == contracts {
            say(&format!("担保合同 contracts {count}/{contracts}"));
        }
    }
    while let Some(lived) = lives.join_next().await {
        lived.map_err(|error| {
            tracing::error!(%error, "an invented institution did not live to this day");
            Problem::internal()
        })??;
    }
    Ok(())
}

async fn begin(app: &App) -> Result<((InstitutionId, UserId), String), Problem> {
    let institution = InstitutionId::from_uuid(Uuid::now_v7());
    let administrator = new_user("admin", Role::Admin);
    let id = administrator.id;
    let link = institution::initialise(app, new_institution(&FUND, institution), administrator).await?;
    Ok(((institution, id), link))
}

/// The administrator chooses a password and hires whoever works there.
async fn settle(
    app: &App,
    planned: &Planned,
    (institution, administrator): (InstitutionId, UserId),
    link: String,
    settled: &mut Vec<Settled>,
    logins: &mut Vec<Login>,
) -> Result<(), Problem> {
    logins.push(choose_password(app, planned, "admin", Role::Admin, &link).await?);
    let actor = Actor::Person { user: administrator, role: Role::Admin };
    let caller = Caller { institution, actor, session: None };
    let (mut officer, mut treasurer, mut approver) = (None, None, None);
    for role in Role::ALL.iter().copied().filter(|role| planned.hires(*role)) {
        let name = role.word().replace('_', "-");
        let new = new_user(&name, role);
        let id = new.id;
        user::create(app, &caller, new).await?;
        let link = link_text(password::issue_link(app, &caller, id, Uuid::now_v7()).await?)?;
        logins.push(choose_password(app, planned, &name, role, &link).await?);
        let hired = || Some(Caller { actor: Actor::Person { user: id, role }, ..caller.clone() });
        match role {
            Role::Officer => officer = hired(),
            Role::Treasurer => treasurer = hired(),
            Role::Approver => approver = hired(),
            _ => {}
        }
    }
    settled.push(Settled {
        code: planned.code,
        kind: planned.kind,
        institution,
        administrator: caller,
        region: planned.region,
        officer,
        treasurer,
        approver,
    });
    Ok(())
}

async fn choose_password(app: &App, planned: &Planned, user: &str, role: Role, link: &str) -> Result<Login, Problem> {
    let password = random_password()?;
    password::redeem_link(app, link, password.clone()).await?;
    Ok(Login { institution: planned.code, name: planned.name, user: user.to_owned(), role, password })
}

async fn state(app: &App, settled: &[Settled], upper: &str, relation: Relation, member: &str) -> Result<(), Problem> {
    let caller = administrator(settled, upper)?;
    let member = place(settled, member)?.institution;
    let new = Membership {
        id: Uuid::now_v7(),
        upper: caller.institution,
        member,
        relation,
        from: SINCE.ok_or_else(Problem::internal)?,
        until: None,
        version: 1,
    };
    membership::state(app, &caller, new).await.map(drop)
}

fn place<'a>(settled: &'a [Settled], code: &str) -> Result<&'a Settled, Problem> {
    settled.iter().find(|place| place.code == code).ok_or_else(Problem::not_found)
}

fn administrator(settled: &[Settled], code: &str) -> Result<Caller, Problem> {
    place(settled, code).map(|place| place.administrator.clone())
}

fn new_institution(planned: &Planned, id: InstitutionId) -> NewInstitution {
    NewInstitution {
        id,
        code: planned.code.to_owned(),
        name: planned.name.to_owned(),
        kind: planned.kind,
        region_code: planned.region.to_owned(),
    }
}

fn new_user(name: &str, role: Role) -> NewUser {
    let display_name = match role {
        Role::Officer => "经办人甲",
        Role::Approver => "审批人乙",
        Role::Treasurer => "财务丙",
        Role::Auditor => "审计丁",
        Role::Admin => "管理员",
        Role::Reviewer => "审核人戊",
        Role::BureauApprover => "批准人己",
        Role::Client => "被担保人庚",
    };
    NewUser {
        id: UserId::from_uuid(Uuid::now_v7()),
        name: name.to_owned(),
        display_name: display_name.to_owned(),
        role,
    }
}

fn link_of(appointed: Put<(User, Option<String>)>) -> Result<String, Problem> {
    match appointed {
        Put::Created((_, Some(link))) => Ok(link),
        _ => Err(Problem::internal()),
    }
}

fn link_text(issued: Put<Option<String>>) -> Result<String, Problem> {
    match issued {
        Put::Created(Some(link)) => Ok(link),
        _ => Err(Problem::internal()),
    }
}

/// 79 random bits as four groups of letters and digits that are not taken for one another when read aloud.
fn random_password() -> Result<String, Problem> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    const LENGTH: usize = 19;
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gave no random numbers");
        Problem::internal()
    })?;
    let letter = |(index, byte): (usize, &u8)| {
        // 31 letters, so that the hyphen only separates: a byte above the last whole multiple counts a little more often.
        let letter = usize::from(*byte) % (LETTERS.len() - 1);
        if index % 5 == 4 { '-' } else { char::from(LETTERS[letter]) }
    };
    Ok(bytes.iter().enumerate().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::check_strength;

    #[test]
    fn a_random_password_is_four_groups_and_good_enough() {
        for _ in 0..50 {
            let password = random_password().unwrap();
            assert_eq!(password.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4], "{password}");
            assert_eq!(check_strength(&password, &["admin", "zengxin"]), Ok(()), "{password}");
        }
    }

    #[test]
    fn everybody_is_onboarded_by_somebody_who_stands_already() {
        let mut standing = vec![FUND.code];
        for planned in INSTITUTIONS {
            assert!(standing.contains(&planned.below), "{}", planned.code);
            standing.push(planned.code);
        }
        for (upper, _, members) in TREE {
            assert!(standing.contains(upper) && members.iter().all(|member| standing.contains(member)));
        }
        for planned in INSTITUTIONS {
            let files = NET_ASSETS.iter().any(|(code, _)| *code == planned.code);
            assert_eq!(files, planned.kind == InstitutionKind::GuaranteeInstitution, "{}", planned.code);
        }
    }
}
