//! What the contracts of others moved in the book while an earlier one is taken over: read page by page as its days advance, because there may
//! be millions.

use super::{
    Scope,
    contract::ContractKind,
    dated::day as day_of,
    known, of_word,
    portfolio::{MoveRow, client_before},
    statement_of,
};
use crate::error::Problem;
use chrono::{Datelike as _, NaiveDate};
use domain::{
    client::ClientKind,
    exposure::Item,
    history::{Code, Entry},
    value::{AgreementId, Day, InstitutionId, Money, PartyId},
    volume::Volume,
};
use sea_orm::FromQueryResult;
use std::collections::VecDeque;
use uuid::Uuid;

/// How many of them are held at once.
pub const AT_ONCE: i64 = 2_000;

/// What the contracts of others moved in the book: those that were booked, or came with another file.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The day it counts.
    pub on: Day,
    /// What rose, or fell where the amount is below zero.
    pub entry: Entry,
    /// Of a beginning, its part of average fees.
    pub began: Option<Volume>,
    /// What is used, or freed, of the quotas of the year of the approval.
    pub quotas: Vec<(InstitutionId, i32, Money)>,
}

#[derive(Debug, FromQueryResult)]
struct MovedRead {
    effective_on: NaiveDate,
    seq: i64,
    id: Uuid,
    contract_id: Uuid,
    client_id: Uuid,
    client_kind: String,
    kind: String,
    issuer_rating: Option<String>,
    credit_line_fen: i64,
    operating_loan: bool,
    moved_fen: i64,
    begins: bool,
    amount_fen: i64,
    fee_fen: i64,
    days: i32,
    fee_known: bool,
    region_code: Option<String>,
    industry_code: Option<String>,
    agreement_id: Option<Uuid>,
    provincial_id: Option<Uuid>,
    national_id: Option<Uuid>,
    approved_on: Option<NaiveDate>,
    quota_fen: i64,
}

/// In the order of the days: $1 institution, $2 import, $3 the last number of the journal that counts, $4 to $6 day, number and id of the last
/// one before, $7 how many.
const OTHERS: &str = "SELECT e.effective_on, e.seq, e.id, c.id AS contract_id, c.client_id, c.client_kind, c.kind, c.issuer_rating, \
      c.credit_line_fen, c.operating_loan, e.amount_fen AS moved_fen, e.small_ticket IS NOT NULL AS begins, c.amount_fen, c.fee_fen, \
      (c.end_day - c.start_day) AS days, c.fee_known, c.region_code, c.industry_code, c.agreement_id, c.provincial_id, c.national_id, \
      c.approved_on, CASE WHEN e.kind IN ('approved', 'taken_over', 'cancelled', 'lapsed') THEN e.amount_fen ELSE 0 END AS quota_fen \
    FROM zengxin.contract_event e JOIN zengxin.contract c ON c.institution_id = e.institution_id AND c.id = e.contract_id \
    WHERE e.institution_id = $1 AND c.import_id IS DISTINCT FROM $2 AND c.client_kind IS NOT NULL AND e.seq <= $3 \
      AND (e.amount_fen <> 0 OR e.small_ticket IS NOT NULL) AND (e.effective_on, e.seq, e.id) > ($4, $5, $6) \
    ORDER BY e.effective_on, e.seq, e.id LIMIT $7";

/// The number of the last merge or undoing, from the ends of two indexes: $1 institution.
const LAST_MOVE: &str = "SELECT greatest(0, (SELECT max(m.seq) FROM zengxin.party_merge m WHERE m.institution_id = $1), \
    (SELECT max(m.undone_seq) FROM zengxin.party_merge m WHERE m.institution_id = $1)) AS seq";

/// The contracts that went over from one party to another since a number of the journal: $1 institution, $2 the number.
const MOVES: &str = "SELECT m.seq, m.source_id AS from_id, m.target_id AS to_id, m.contract_ids \
      FROM zengxin.party_merge m WHERE m.institution_id = $1 AND m.seq > $2 \
    UNION ALL SELECT m.undone_seq, m.target_id, m.source_id, m.contract_ids \
      FROM zengxin.party_merge m WHERE m.institution_id = $1 AND m.undone_seq > $2 ORDER BY 1 DESC";

const LAST: &str = "SELECT h.seq FROM zengxin.journal_head h WHERE h.institution_id = $1";

#[derive(Debug, FromQueryResult)]
struct Last {
    seq: i64,
}

/// What every contract that did not come with an import moved, as it was known when the import began: what others do meanwhile is theirs.
#[derive(Debug)]
pub struct Others {
    import: Uuid,
    /// The journal's last number then. Whoever takes a number keeps the next one waiting until its rows are there.
    known: i64,
    /// The last one that was read.
    after: (NaiveDate, i64, Uuid),
    page: VecDeque<Moved>,
    is_last: bool,
}

impl Others {
    /// From the beginning.
    pub async fn of(scope: &Scope, import: Uuid) -> Result<Self, Problem> {
        let last = Last::find_by_statement(statement_of(LAST, [scope.tenant().uuid().into()])).one(scope.tx()).await?;
        let known = last.map_or(0, |last| last.seq);
        let after = (Day::new(1, 1, 1).date(), 0, Uuid::nil());
        Ok(Self { import, known, after, page: VecDeque::new(), is_last: false })
    }

    /// The next one that counts up to a day; days only go forward.
    pub async fn next(&mut self, scope: &Scope, day: Day) -> Result<Option<Moved>, Problem> {
        if self.page.is_empty() && !self.is_last {
            self.read(scope).await?;
        }
        let is_due = self.page.front().is_some_and(|moved| moved.on <= day);
        Ok(if is_due { self.page.pop_front() } else { None })
    }

    async fn read(&mut self, scope: &Scope) -> Result<(), Problem> {
        let tenant = scope.tenant().uuid();
        let (on, seq, id) = self.after;
        let values =
            [tenant.into(), self.import.into(), self.known.into(), on.into(), seq.into(), id.into(), AT_ONCE.into()];
        let rows = MovedRead::find_by_statement(statement_of(OTHERS, values)).all(scope.tx()).await?;
        // A merge moves contracts from client to client: what is read later must fall where what was read before rose. Read after them, so
        // that none is missed which they have seen.
        let last = Last::find_by_statement(statement_of(LAST_MOVE, [tenant.into()])).one(scope.tx()).await?;
        let moves = if last.is_some_and(|last| last.seq > self.known) {
            let values = [tenant.into(), self.known.into()];
            MoveRow::find_by_statement(statement_of(MOVES, values)).all(scope.tx()).await?
        } else {
            Vec::new()
        };
        self.is_last = i64::try_from(rows.len()).is_ok_and(|read| read < AT_ONCE);
        for row in rows {
            self.after = (row.effective_on, row.seq, row.id);
            let client = client_before(&moves, row.contract_id, row.client_id);
            self.page.push_back(row.moved(PartyId::from_uuid(client))?);
        }
        Ok(())
    }
}

impl MovedRead {
    fn moved(self, client: PartyId) -> Result<Moved, Problem> {
        let counts = self.begins && self.fee_known;
        let amount_days = i128::from(self.amount_fen).saturating_mul(self.days.into());
        let item = Item {
            amount: Money::from_fen(self.moved_fen),
            client_kind: of_word::<ClientKind>(&self.client_kind)?,
            kind: known::<ContractKind>(&self.kind)?.counted(self.issuer_rating.as_deref()),
            credit_line: Money::from_fen(self.credit_line_fen),
            operating_loan: self.operating_loan,
        };
        let began = counts.then(|| Volume::of_sums(amount_days, Money::from_fen(self.fee_fen)));
        let code = |code: &Option<String>| code.as_deref().and_then(Code::new);
        let entry = Entry {
            client,
            item,
            region: code(&self.region_code),
            industry: code(&self.industry_code),
            agreement: self.agreement_id.map(AgreementId::from_uuid),
        };
        let year = self.approved_on.map(|approved_on| approved_on.year());
        let uppers = [self.provincial_id, self.national_id].into_iter().flatten().map(InstitutionId::from_uuid);
        let uses = uppers.zip(std::iter::repeat(year)).filter(|_| self.quota_fen != 0);
        let quotas = uses.filter_map(|(upper, year)| Some((upper, year?, Money::from_fen(self.quota_fen)))).collect();
        Ok(Moved { on: day_of(self.effective_on)?, entry, began, quotas })
    }
}
