//! What a row of an earlier book says, once its columns are read.

use super::{
    Fault,
    field::{Cell, Columns, Reading, column, share_of},
    mapping::{Field, Mapping, ShareMap},
};
use crate::{
    error::Problem,
    store::{
        contract::{ContractKind, Purpose},
        party::PartyKind,
        party_identifier::IdentifierScheme,
    },
};
use chrono::Months;
use domain::{
    client::ClientKind,
    risk::{Role, Shares},
    size,
    value::{Day, Money, Rate, Ratio, search_key},
};
use serde::Serialize;

/// The longest a contract may run, in months: beyond it a figure was mistyped.
const LONGEST_MONTHS: u32 = 600;

/// The client of a row.
#[derive(Clone, Serialize)]
pub struct ClientRow {
    /// Its name.
    pub name: String,
    /// What it is by its legal form.
    pub form: PartyKind,
    /// What it is known by.
    pub scheme: IdentifierScheme,
    /// The identifier; it never stands in what is hashed, because few digits can be guessed.
    #[serde(skip)]
    pub identifier: String,
    /// Who it is, as it was declared.
    pub kind: ClientKind,
    /// Its region.
    pub region_code: String,
    /// Its industry, where it is known.
    pub industry_code: Option<String>,
}

impl std::fmt::Debug for ClientRow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ClientRow({})", self.name)
    }
}

/// A contract of an earlier book.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its number.
    pub number: String,
    /// Its client.
    pub client: ClientRow,
    /// What is guaranteed.
    pub kind: ContractKind,
    /// What the money is for.
    pub purpose: Purpose,
    /// The guaranteed amount.
    pub amount: Money,
    /// The loan's principal.
    pub principal: Money,
    /// The client's credit line.
    pub credit_line: Money,
    /// Whether it is an operating loan.
    pub operating_loan: bool,
    /// The fee, where it is known.
    pub fee: Option<Money>,
    /// The loan contract's number.
    pub loan_number: Option<String>,
    /// The first day.
    pub start: Day,
    /// The day after the last; later than the first.
    pub end: Day,
    /// Tags.
    pub tags: Vec<String>,
    /// The number of its agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<String>,
    /// Who bears how much, the whole; none where the terms of the agreement say it.
    #[serde(skip)]
    pub shares: Option<Shares>,
    /// The same in the order of the roles, for the hash.
    shares_in_words: Option<[String; 6]>,
    /// The day it ended, if it has.
    pub released_on: Option<Day>,
    /// What was charged off, and when.
    pub charged_off: Option<(Money, Option<Day>)>,
}

/// Where a share comes from.
enum ShareFrom {
    Value(Cell),
    OneMinus(Box<[Cell; 2]>),
    Rest,
}

/// Reads rows of one file by one mapping.
pub(super) struct RowReader {
    mapping: Mapping,
    today: Day,
    number: Cell,
    name: Cell,
    form: Cell,
    identifier: Vec<usize>,
    client_kind: Cell,
    region: Cell,
    industry: Cell,
    kind: Option<Cell>,
    purpose: Option<Cell>,
    amount: Cell,
    principal: Option<Cell>,
    credit_line: Option<Cell>,
    operating_loan: Option<Cell>,
    fee: Option<Cell>,
    loan_number: Option<Cell>,
    agreement: Option<Cell>,
    start: Cell,
    end: Option<Cell>,
    months: Option<Cell>,
    /// None where the terms of the agreement say it.
    shares: Option<Vec<(Role, ShareFrom)>>,
    released: Option<(usize, Option<Cell>)>,
    charged_off: Option<(Cell, Cell)>,
}

const ROLES: [Role; 6] =
    [Role::Bank, Role::Institution, Role::Provincial, Role::National, Role::LocalFinance, Role::Other];

fn share_from(share: &ShareMap, columns: &Columns) -> Result<ShareFrom, Problem> {
    let cell = |column: &Option<String>, constant: &Option<String>| {
        let field = Field { column: column.clone(), constant: constant.clone(), ..Default::default() };
        Cell::of(&field, columns)
    };
    Ok(match &share.one_minus_ratio {
        _ if share.rest => ShareFrom::Rest,
        Some([part, whole]) => {
            ShareFrom::OneMinus(Box::new([cell(&Some(part.clone()), &None)?, cell(&Some(whole.clone()), &None)?]))
        }
        None => ShareFrom::Value(cell(&share.column, &share.constant)?),
    })
}

impl RowReader {
    /// A reader for a file of these columns; 422 when the mapping names one that it does not have, or a day that is yet to come.
    pub(super) fn new(mapping: &Mapping, columns: &Columns, today: Day) -> Result<Self, Problem> {
        mapping.check_day(today)?;
        let cell = |field: &Field| Cell::of(field, columns);
        let maybe = |field: &Option<Field>| field.as_ref().map(|field| Cell::of(field, columns)).transpose();
        let (contract, client) = (&mapping.contract, &mapping.client);
        let shares = mapping.shares.as_ref().map(|shares| {
            let shares = ROLES.into_iter().zip(shares.all()).filter_map(|(role, share)| Some((role, share?)));
            shares.map(|(role, share)| Ok((role, share_from(share, columns)?))).collect::<Result<_, Problem>>()
        });
        let released = mapping.released.as_ref().map(|map| Ok((column(columns, &map.column)?, maybe(&map.on)?)));
        let charged_off = mapping.charged_off.as_ref().map(|map| Ok((cell(&map.amount)?, cell(&map.on)?)));
        Ok(Self {
            number: cell(&contract.number)?,
            name: cell(&client.name)?,
            form: cell(&client.legal_form)?,
            identifier: client.identifier.columns.iter().map(|name| column(columns, name)).collect::<Result<_, _>>()?,
            client_kind: cell(&client.kind)?,
            region: cell(&client.region)?,
            industry: cell(&client.industry)?,
            kind: maybe(&contract.kind)?,
            purpose: maybe(&contract.purpose)?,
            amount: cell(&contract.amount)?,
            principal: maybe(&contract.principal)?,
            credit_line: maybe(&contract.credit_line)?,
            operating_loan: maybe(&contract.operating_loan)?,
            fee: maybe(&contract.fee)?,
            loan_number: maybe(&contract.loan_number)?,
            start: cell(&contract.start)?,
            end: maybe(&contract.end)?,
            months: maybe(&contract.months)?,
            agreement: maybe(&contract.agreement)?,
            shares: shares.transpose()?,
            released: released.transpose().map_err(|problem: Problem| problem)?,
            charged_off: charged_off.transpose().map_err(|problem: Problem| problem)?,
            mapping: mapping.clone(),
            today,
        })
    }

    /// The number's column.
    pub(super) fn number_column(&self) -> &str {
        self.number.name()
    }

    /// The agreement's column.
    pub(super) fn agreement_column(&self) -> &str {
        self.agreement.as_ref().map_or("(agreement)", Cell::name)
    }

    /// The row, or everything that is wrong with it.
    pub(super) fn read(&self, values: &[String]) -> Result<Row, Vec<Fault>> {
        let mut reading = Reading { values, faults: Vec::new() };
        let row = self.row(&mut reading);
        match row {
            Some(row) if reading.faults.is_empty() => Ok(row),
            Some(_) | None => Err(reading.faults),
        }
    }

    /// Every column is read before any of them stops the row: all faults at once.
    fn row(&self, reading: &mut Reading<'_>) -> Option<Row> {
        let mapping = &self.mapping;
        let number = reading.short(&self.number, 100);
        let client = self.client(reading);
        let kind =
            self.kind.as_ref().map_or(Some(ContractKind::Loan), |cell| reading.word(cell, |word| word.parse().ok()));
        let purpose =
            self.purpose.as_ref().map_or(Some(Purpose::Other), |cell| reading.word(cell, |word| word.parse().ok()));
        let operating_loan = match &self.operating_loan {
            Some(cell) => reading.word(cell, |word| word.parse().ok()),
            None => Some(false),
        };
        let amount = self.guaranteed(reading);
        let principal = self.principal.as_ref().map_or(amount, |cell| reading.amount(cell, mapping));
        let credit_line = self.credit_line.as_ref().map_or(principal, |cell| reading.amount(cell, mapping));
        let fee = self.fee.as_ref().map(|cell| reading.amount(cell, mapping));
        let loan_number = self.loan_number.as_ref().map(|cell| reading.short(cell, 100));
        let term = self.term(reading);
        let agreement = self.agreement.as_ref().map(|cell| reading.optional(cell));
        let shares = self.shares.as_ref().map(|shares| self.shares(shares, reading));
        if let (Some(None), None, Some(cell)) = (&agreement, &shares, &self.agreement) {
            let message = ("未列分险比例，须有协议编号。", "No shares are given, so the agreement must be.");
            reading.fault(cell.name(), "empty", message, "");
        }
        let released_on = self.released_on(reading, term);
        let charged_off = self.charged_off(reading);
        if let (Some(amount), Some(principal)) = (amount, principal)
            && amount > principal
        {
            let message = ("担保金额大于贷款本金。", "The guaranteed amount is above the loan's principal.");
            reading.fault(self.amount.name(), "above_principal", message, &amount.to_string());
        }
        let (shares, shares_in_words) = match shares {
            Some(shares) => shares.map(|(shares, words)| (Some(shares), Some(words)))?,
            None => (None, None),
        };
        let (start, end) = term?;
        Some(Row {
            number: number?,
            client: client?,
            kind: kind?,
            purpose: purpose?,
            amount: amount?,
            principal: principal?,
            credit_line: credit_line?,
            operating_loan: operating_loan?,
            fee: match fee {
                Some(fee) => Some(fee?),
                None => None,
            },
            loan_number: match loan_number {
                Some(number) => Some(number?),
                None => None,
            },
            agreement: agreement.flatten(),
            start,
            end,
            tags: mapping.contract.tags.clone(),
            shares,
            shares_in_words,
            released_on,
            charged_off,
        })
    }

    fn client(&self, reading: &mut Reading<'_>) -> Option<ClientRow> {
        let name = reading.short(&self.name, 200).filter(|name| {
            let says_something = !search_key(name).is_empty();
            if !says_something {
                let message = ("名称应含可见字符。", "The name must have characters that can be seen.");
                reading.fault(self.name.name(), "text", message, name);
            }
            says_something
        });
        let form: Option<PartyKind> = reading.word(&self.form, |word| word.parse().ok());
        let kind = reading.word(&self.client_kind, |word| serde_json::from_value(word.into()).ok());
        let region_code = reading.word(&self.region, |code| {
            (code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())).then(|| code.to_owned())
        });
        let industry = reading.optional(&self.industry);
        if let Some(code) = industry.as_deref().filter(|code| !size::is_gb4754(code)) {
            let message = ("不是国民经济行业代码。", "Not an industry code of GB/T 4754.");
            reading.fault(self.industry.name(), "industry", message, code);
        }
        let identifier = self.identifier(reading);
        let scheme = self.mapping.client.identifier.scheme;
        Some(ClientRow {
            name: name?,
            form: form?,
            scheme,
            identifier: identifier?,
            kind: kind?,
            region_code: region_code?,
            industry_code: industry,
        })
    }

    /// The identifier of the client, put together of its columns.
    fn identifier(&self, reading: &mut Reading<'_>) -> Option<String> {
        let map = &self.mapping.client.identifier;
        let parts: Vec<&str> =
            self.identifier.iter().filter_map(|place| reading.values.get(*place)).map(|part| part.trim()).collect();
        let value = parts.join(&map.separator);
        let wrong = match map.scheme.kind() {
            Some(kind) => kind.check(&value, self.today).is_err(),
            None => !(4..=300).contains(&value.chars().count()) || parts.iter().any(|part| part.is_empty()),
        };
        if wrong {
            let skipped = value.chars().count().saturating_sub(4);
            let end: String = value.chars().skip(skipped).collect();
            let shown = if map.scheme.is_personal() { format!("…{end}") } else { value.clone() };
            let message = ("证件号码有误。", "The identifier is wrong.");
            reading.fault(&map.columns.join(" "), "identifier", message, &shown);
        }
        (!wrong).then_some(value)
    }

    fn guaranteed(&self, reading: &mut Reading<'_>) -> Option<Money> {
        let amount = reading.amount(&self.amount, &self.mapping)?;
        if amount.is_zero() {
            reading.fault(self.amount.name(), "amount", ("担保金额应大于零。", "The amount must be above zero."), "0");
            return None;
        }
        Some(amount)
    }

    /// The first day, and the day after the last.
    fn term(&self, reading: &mut Reading<'_>) -> Option<(Day, Day)> {
        let start = reading.day(&self.start, &self.mapping);
        let (end, end_cell) = match (&self.end, &self.months) {
            (Some(cell), _) => (reading.day(cell, &self.mapping), cell),
            (None, Some(cell)) => {
                let months = reading.months(cell).filter(|months| *months <= LONGEST_MONTHS);
                let end =
                    start.zip(months).and_then(|(start, months)| start.date().checked_add_months(Months::new(months)));
                (end.and_then(Day::from_date), cell)
            }
            (None, None) => return None,
        };
        let (start, end) = (start?, end?);
        if end <= start {
            let message = ("担保期间没有一天。", "The term has not a single day.");
            reading.fault(end_cell.name(), "empty_term", message, &end.to_string());
        }
        if start > self.mapping.as_of || start > self.today {
            let message =
                ("起始日晚于账目所述之日或今天。", "It begins after the day that the file tells of, or after today.");
            reading.fault(self.start.name(), "future_day", message, &start.to_string());
        }
        Some((start, end))
    }

    fn shares(&self, shares: &[(Role, ShareFrom)], reading: &mut Reading<'_>) -> Option<(Shares, [String; 6])> {
        const WHOLE: i128 = 10_000_000_000;
        let mut weights = [0_i128; 6];
        let mut rest = None;
        for (role, from) in shares {
            let place = ROLES.iter().position(|of| of == role)?;
            let weight = match from {
                ShareFrom::Rest => {
                    rest = Some(place);
                    continue;
                }
                ShareFrom::Value(cell) => reading.word(cell, share_of)?.weight().ok()?,
                ShareFrom::OneMinus(cells) => {
                    let [part, whole] = &**cells;
                    let (part, whole) = (reading.amount(part, &self.mapping), reading.amount(whole, &self.mapping));
                    WHOLE.checked_sub(tenth_place(part?, whole?)?)?
                }
            };
            *weights.get_mut(place)? = weight;
        }
        let sum: i128 = weights.iter().sum();
        if let Some(weight) = rest.and_then(|place| weights.get_mut(place)) {
            *weight = WHOLE.checked_sub(sum)?;
        }
        let whole = weights.iter().sum::<i128>() == WHOLE && weights.iter().all(|weight| *weight >= 0);
        if !whole {
            let message =
                ("分险比例之和不为1，或有一方小于零。", "The shares do not add up to one, or one is below zero.");
            reading.fault("shares", "shares", message, &format!("{weights:?} × 10⁻¹⁰"));
            return None;
        }
        let rates: Vec<Rate> =
            weights.iter().map(|weight| i64::try_from(*weight).map(Rate::of_weight)).collect::<Result<_, _>>().ok()?;
        let borne = ROLES.into_iter().zip(rates.iter().copied()).filter(|(_, rate)| *rate > Rate::ZERO);
        let words = std::array::from_fn(|place| rates.get(place).map(Rate::to_string).unwrap_or_default());
        Some((Shares::new(borne).ok()?, words))
    }

    /// The day it ended: what the file says, else its agreed end or the day that the file tells of.
    fn released_on(&self, reading: &mut Reading<'_>, term: Option<(Day, Day)>) -> Option<Day> {
        let ((place, cell), map) = self.released.as_ref().zip(self.mapping.released.as_ref())?;
        let says = reading.values.get(*place).map(|value| value.trim());
        says.filter(|value| map.values.iter().any(|known| known == value))?;
        let told = cell.as_ref().and_then(|cell| reading.optional_day(cell, &self.mapping));
        let (start, end) = term?;
        let on = told.unwrap_or_else(|| end.min(self.mapping.as_of));
        if on < start || on > self.mapping.as_of || on > self.today {
            let message = (
                "解保日早于起始日，或晚于账目所述之日或今天。",
                "Released before it began, after the day that the file tells of, or after today.",
            );
            reading.fault(&map.column, "released_on", message, &on.to_string());
        }
        Some(on)
    }

    fn charged_off(&self, reading: &mut Reading<'_>) -> Option<(Money, Option<Day>)> {
        let (amount, cell) = self.charged_off.as_ref()?;
        let amount = match reading.optional(amount) {
            Some(_) => reading.amount(amount, &self.mapping)?,
            None => Money::ZERO,
        };
        let on = reading.optional_day(cell, &self.mapping);
        if let Some(on) = on.filter(|on| *on > self.today) {
            let message = ("核销日晚于今天。", "It was charged off after today.");
            reading.fault(cell.name(), "future_day", message, &on.to_string());
        }
        (!amount.is_zero() || on.is_some()).then_some((amount, on))
    }
}

/// part ÷ whole in 10⁻¹⁰, half up.
fn tenth_place(part: Money, whole: Money) -> Option<i128> {
    Rate::new(Ratio::of(part, whole).ok()??.rounded(10).ok()?).weight().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEDGER: &str = include_str!("../../examples/mappings/ledger.toml");
    const BOOK: &str = include_str!("../../examples/books/ledger.csv");

    /// A reader of the example by its mapping, as of a day, on another.
    fn reader(as_of: &str, today: &str) -> Result<RowReader, Problem> {
        let mapping = Mapping::read(&LEDGER.replace("2023-12-31", as_of)).unwrap();
        let heading = BOOK.lines().next().unwrap().trim_start_matches('\u{feff}');
        let columns = heading.split(',').enumerate().map(|(place, name)| (name.to_owned(), place)).collect();
        RowReader::new(&mapping, &columns, today.parse().unwrap())
    }

    /// The columns of a row of the example that are at fault, with the codes, after something in it is put for something else.
    fn faults(reader: &RowReader, row: usize, from: &str, to: &str) -> Vec<(String, &'static str)> {
        let line = BOOK.lines().nth(row).unwrap();
        assert!(line.contains(from), "{line}");
        let values: Vec<String> = line.replace(from, to).split(',').map(str::to_owned).collect();
        let faults = reader.read(&values).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.column, fault.code)).collect()
    }

    #[test]
    fn a_file_tells_of_no_day_that_is_yet_to_come() {
        for (today, taken) in [("2023-12-30", false), ("2023-12-31", true), ("2024-01-01", true)] {
            let problem = reader("2023-12-31", today).err();
            assert_eq!(problem.is_none(), taken, "{today}");
            if let Some(problem) = problem {
                assert_eq!(problem.code, "invalid_mapping");
                assert!(problem.detail.en.contains("as_of"), "{}", problem.detail.en);
            }
        }
    }

    #[test]
    fn nothing_was_released_or_charged_off_after_the_day_of_the_file_or_today() {
        let reader = reader("2023-12-30", "2023-12-31").unwrap();
        let released = |on: &str| faults(&reader, 1, "已解保,2019/3/1", &format!("已解保,{on}"));
        assert_eq!(released("2023/12/29"), []);
        assert_eq!(released("2023/12/30"), []);
        for later in ["2023/12/31", "2024/1/1"] {
            assert_eq!(released(later), [("状态".to_owned(), "released_on")], "{later}");
        }
        // A charging off may be known that came after the state which the file tells, but none that is yet to come.
        let charged_off = |on: &str| faults(&reader, 8, "2021/6/30", on);
        assert_eq!(charged_off("2023/12/30"), []);
        assert_eq!(charged_off("2023/12/31"), []);
        assert_eq!(charged_off("2024/1/1"), [("核销日".to_owned(), "future_day")]);
    }
}
