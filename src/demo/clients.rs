//! The invented clients of a guarantee institution: of every kind, with figures, flags and groups. Their names read as invented.

use super::dice::Dice;
use crate::{
    app::{self, App, party_fact::NewSizeInput},
    auth::Caller,
    error::Problem,
    store::{
        party::{NewParty, PartyKind},
        party_flag::{Flag, FlagKind},
        party_group::Member,
    },
};
use domain::{
    client::ClientKind,
    size::SizeInputs,
    value::{Day, Money, PartyGroupId, PartyId},
};
use uuid::Uuid;

/// What a client is, how often of a hundred, and the least and the most it asks for, in 10,000 yuan.
const KINDS: &[(u64, (ClientKind, i64, i64))] = &[
    (42, (ClientKind::SmallMicroEnterprise, 20, 240)),
    (12, (ClientKind::IndividualBusiness, 5, 60)),
    (8, (ClientKind::SmallBusinessOwner, 20, 120)),
    (12, (ClientKind::Farmer, 3, 40)),
    (8, (ClientKind::NewAgriEntity, 20, 160)),
    (5, (ClientKind::StrategicEmerging, 150, 700)),
    (6, (ClientKind::Medium, 150, 800)),
    (5, (ClientKind::Large, 200, 900)),
    (2, (ClientKind::Other, 30, 150)),
];

const FIRST: &[&str] = &[
    "青禾", "云栖", "南塘", "晨光", "松涛", "白鹭", "石桥", "月湖", "竹溪", "梅岭", "东篱", "西畴", "北苑", "春山",
    "秋水", "长亭", "远帆", "金穗", "银杏", "红枫", "紫藤", "蓝湾", "绿洲", "星河", "朝阳", "和风", "清泉", "古渡",
    "新桥", "平湖",
];

const SECOND: &[&str] = &[
    "嘉", "瑞", "恒", "泰", "丰", "顺", "和", "兴", "盛", "达", "宏", "源", "诚", "信", "义", "通", "安", "康", "宁",
    "福", "茂", "昌", "隆", "裕",
];

/// Trades of enterprises that are classed by headcount and revenue of industry (工业): the division and its word.
const TRADES: &[(&str, &str)] = &[
    ("13", "食品"),
    ("14", "饮品"),
    ("17", "纺织"),
    ("18", "服饰"),
    ("21", "家具"),
    ("26", "化工"),
    ("33", "五金"),
    ("34", "机械"),
    ("38", "电器"),
    ("39", "电子"),
];

/// Trades of whoever has no size class.
const SHOPS: &[(&str, &str)] = &[("52", "百货店"), ("62", "面馆"), ("61", "客栈"), ("80", "修理铺"), ("51", "批发部")];

const CROPS: &[(&str, &str)] = &[("01", "水稻"), ("01", "茶叶"), ("02", "苗木"), ("03", "养殖"), ("04", "水产")];

/// A client that business is done with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    /// The party.
    pub party: PartyId,
    /// What it is.
    pub kind: ClientKind,
    /// What it asks for, in 10,000 yuan.
    pub wan: (i64, i64),
}

/// The desk of an institution on a day.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    /// The service at that moment.
    pub app: &'a App,
    /// Who files.
    pub officer: &'a Caller,
    /// The region of the institution.
    pub region: &'a str,
    /// The day.
    pub today: Day,
}

/// Files a new client with its figures and flags; the `place`th of the institution.
pub(super) async fn file(desk: Desk<'_>, dice: &mut Dice, place: usize) -> Result<Client, Problem> {
    let (kind, least, most) = *dice.weighed(KINDS).ok_or_else(Problem::internal)?;
    let (form, division, name) = described(dice, kind, place)?;
    let party = PartyId::from_uuid(Uuid::now_v7());
    let new = NewParty {
        id: party,
        name,
        kind: form,
        region_code: desk.region.to_owned(),
        industry_code: Some(division.to_owned()),
    };
    app::party::file(desk.app, desk.officer, new).await?;
    if let Some(inputs) = figures(dice, kind) {
        size(desk, party, division, inputs).await?;
    }
    let stated = match kind {
        ClientKind::Farmer => Some(FlagKind::Farmer),
        ClientKind::SmallBusinessOwner => Some(FlagKind::SmallBusinessOwner),
        ClientKind::NewAgriEntity => Some(FlagKind::NewAgriEntity),
        ClientKind::StrategicEmerging => Some(FlagKind::StrategicEmerging),
        _ => None,
    };
    if let Some(stated) = stated {
        flag(desk, party, stated, "经办人核实（示例）").await?;
    }
    let marked = dice.below(100);
    match marked {
        0 => flag(desk, party, FlagKind::Blacklist, "示例名单").await?,
        1 => flag(desk, party, FlagKind::RelatedParty, "示例股权结构表").await?,
        2 if form == PartyKind::Enterprise => flag(desk, party, FlagKind::GovernmentPlatform, "示例名录").await?,
        3..=12 => flag(desk, party, FlagKind::FirstLoanDeclared, "客户申明（示例）").await?,
        _ => {}
    }
    Ok(Client { party, kind, wan: (least, most) })
}

/// The legal form, the division of trade and the name.
fn described(dice: &mut Dice, kind: ClientKind, place: usize) -> Result<(PartyKind, &'static str, String), Problem> {
    let (first, second) = (FIRST.get(place.checked_rem(FIRST.len()).unwrap_or(0)), dice.one_of(SECOND));
    let (first, second) = first.zip(second).ok_or_else(Problem::internal)?;
    let round = place.checked_div(FIRST.len()).unwrap_or(0);
    let mark = format!("{first}{second}");
    let trade = |dice: &mut Dice, trades: &'static [(&'static str, &'static str)]| {
        dice.one_of(trades).copied().ok_or_else(Problem::internal)
    };
    Ok(match kind {
        ClientKind::IndividualBusiness => {
            let (division, word) = trade(dice, SHOPS)?;
            (PartyKind::IndividualBusiness, division, format!("示例{mark}{word}（{round}号）"))
        }
        ClientKind::SmallBusinessOwner => {
            let (division, word) = trade(dice, TRADES)?;
            (PartyKind::NaturalPerson, division, format!("示例{word}业主{mark}（{round}号）"))
        }
        ClientKind::Farmer => {
            let (division, word) = trade(dice, CROPS)?;
            (PartyKind::NaturalPerson, division, format!("示例{word}农户{mark}（{round}号）"))
        }
        ClientKind::NewAgriEntity => {
            let (division, word) = trade(dice, CROPS)?;
            (PartyKind::Cooperative, division, format!("示例{mark}{word}专业合作社（{round}号）"))
        }
        ClientKind::Other => (PartyKind::OtherOrganisation, "83", format!("示例{mark}民办学校（{round}号）")),
        _ => {
            let (division, word) = trade(dice, TRADES)?;
            let form = if kind == ClientKind::Large { "集团股份有限公司" } else { "有限公司" };
            (PartyKind::Enterprise, division, format!("示例{mark}{word}{form}（{round}号）"))
        }
    })
}

/// The figures that make an enterprise of industry what it is to be: persons and revenue.
fn figures(dice: &mut Dice, kind: ClientKind) -> Option<SizeInputs> {
    let (persons, wan) = match kind {
        ClientKind::SmallMicroEnterprise if dice.happens(500) => (dice.within(5, 19), dice.within(60, 290)),
        ClientKind::SmallMicroEnterprise => (dice.within(25, 280), dice.within(400, 1900)),
        ClientKind::StrategicEmerging | ClientKind::Medium => (dice.within(320, 900), dice.within(2500, 35_000)),
        ClientKind::Large => (dice.within(1100, 4000), dice.within(45_000, 90_000)),
        _ => return None,
    };
    Some(SizeInputs {
        employees: u32::try_from(persons).ok(),
        revenue: Some(Money::from_wan(wan)),
        total_assets: Some(Money::from_wan(wan)),
    })
}

async fn size(desk: Desk<'_>, party: PartyId, division: &str, inputs: SizeInputs) -> Result<(), Problem> {
    let new = NewSizeInput {
        id: Uuid::now_v7(),
        party,
        financial_year: desk.today.year().saturating_sub(1),
        industry_code: division.to_owned(),
        inputs,
        filed_on: desk.today,
    };
    app::party_fact::file_size(desk.app, desk.officer, new).await.map(drop)
}

async fn flag(desk: Desk<'_>, party: PartyId, kind: FlagKind, source: &str) -> Result<(), Problem> {
    let (from, source) = (desk.today.date(), source.to_owned());
    let new = Flag { id: Uuid::now_v7(), party, kind, source, from, until: None, seq: 0, ended_seq: None, version: 1 };
    app::party_fact::flag(desk.app, desk.officer, new).await.map(drop)
}

/// Joins clients into a group of related ones.
pub(super) async fn relate(desk: Desk<'_>, name: String, members: &[PartyId]) -> Result<(), Problem> {
    let group = PartyGroupId::from_uuid(Uuid::now_v7());
    app::party_group::make(desk.app, desk.officer, group, name).await?;
    for party in members {
        let (id, from) = (Uuid::now_v7(), desk.today.date());
        let new = Member { id, group, party: *party, from, until: None, seq: 0, ended_seq: None, version: 1 };
        app::party_group::join(desk.app, desk.officer, new).await?;
    }
    Ok(())
}
