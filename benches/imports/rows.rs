//! An invented ledger of any length, always the same.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

const PLACES: [&str; 8] = ["临湖", "港湾", "茶县", "江北", "梅山", "竹县", "东山", "西岭"];

const TRADES: [(&str, &str); 8] = [
    ("13", "食品"),
    ("17", "纺织"),
    ("18", "服饰"),
    ("21", "家具"),
    ("33", "五金"),
    ("34", "机械"),
    ("38", "电器"),
    ("39", "电子"),
];

/// Characters that names are made of: as many as make each name another, and pairs about as frequent as in a register of companies.
const SYLLABLES: &str = "嘉瑞恒泰丰顺和兴盛达宏源诚信义通安康宁福茂昌隆裕青禾云栖南塘晨光松涛白鹭石桥月湖竹溪梅岭东篱西畴北苑春山秋水长亭远帆金穗";

/// The characters of a credit code, each worth its place.
const CODE: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The code of the enterprise with this number, check digit and all (GB 32100).
fn credit_code(number: u64) -> String {
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let code = format!("91330100{number:09}");
    let sum: usize = code
        .bytes()
        .zip(WEIGHTS)
        .map(|(letter, weight)| CODE.iter().position(|known| *known == letter).unwrap() * weight)
        .sum();
    format!("{code}{}", char::from(CODE[(31 - sum % 31) % 31]))
}

fn name(client: u64, syllables: &[char]) -> String {
    let most = syllables.len() as u64;
    // A fixed walk over all numbers, so that neighbours do not look alike.
    let mut left = client.wrapping_mul(7_919) % (most * most * most * most);
    let given: String = (0..4)
        .map(|_| {
            let syllable = syllables[(left % most) as usize];
            left /= most;
            syllable
        })
        .collect();
    let trade = TRADES[(client % 8) as usize].1;
    format!("{}{given}{trade}有限公司", PLACES[(client / 8 % 8) as usize])
}

/// The name of the client with this number.
pub fn name_of(client: u64) -> String {
    name(client, &SYLLABLES.chars().collect::<Vec<char>>())
}

/// Writes a ledger of `rows` contracts of `clients` clients, begun on 2,000 days; every third is released, every ninth bears a bank's
/// share of 15 %.
pub fn write(path: &Path, rows: u64, clients: u64, mark: &str) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    writeln!(out, "编号,名称,代码,类型,地区,行业,金额,保费,起始日,到期日,状态,解保日,银行").unwrap();
    let first = chrono::NaiveDate::from_ymd_opt(2019, 3, 1).unwrap();
    let syllables: Vec<char> = SYLLABLES.chars().collect();
    for row in 0..rows {
        let client = row.wrapping_mul(48_271) % clients;
        let start = first + chrono::Days::new(row * 7_919 % 2_000);
        let end = start + chrono::Months::new(12);
        let (state, on) =
            if row.is_multiple_of(3) { ("已解保", end.to_string()) } else { ("在保", String::new()) };
        let kind = if client.is_multiple_of(9) { "中型" } else { "小微" };
        let (trade, region) = (TRADES[(client % 8) as usize].0, 330_100 + client % 60);
        let (amount, fee) = (10 + row % 290, 800 + row % 1_000);
        let bank = if row.is_multiple_of(9) { "15%" } else { "20%" };
        let (name, code) = (name(client, &syllables), credit_code(client));
        writeln!(
            out,
            "{mark}{row:07},{name},{code},{kind},{region},{trade},{amount}0000,{fee},{start},{end},{state},{on},{bank}"
        )
        .unwrap();
    }
    out.flush().unwrap();
}

/// How the ledger is read.
pub const MAPPING: &str = r#"
as_of = "2026-06-30"

[contract]
number = { column = "编号" }
amount = { column = "金额" }
fee = { column = "保费" }
start = { column = "起始日" }
end = { column = "到期日" }

[client]
name = { column = "名称" }
identifier = { scheme = "uscc", columns = ["代码"] }
legal_form = { constant = "enterprise" }
kind = { column = "类型", values = { "小微" = "small_micro_enterprise", "中型" = "medium" } }
region = { column = "地区" }
industry = { column = "行业" }

[shares]
bank = { column = "银行" }
institution = { rest = true }

[released]
column = "状态"
values = ["已解保"]
on = { column = "解保日" }
"#;
