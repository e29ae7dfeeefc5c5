//! Contracts as they stand: their content while it may change, and what was fixed when they were approved.

use super::{
    Scope,
    dated::day,
    known, of_word,
    put::{insert_once, or_busy, or_changed_meanwhile, repeated},
    statement_of, violates, word_of,
};
use crate::{auth::words, error::Problem};
use domain::{
    client::ClientKind,
    contract::{EarlyRelease, Life, State},
    exposure::{Item, Kind},
    fee::Charge,
    liability::GuaranteeKind,
    party::BankLoan,
    risk::{Role, Shares},
    size::SizeClass,
    value::{ContractId, Day, InstitutionId, Money, OutOfRange, PartyId, Rate, Ratio, Term},
    volume::Volume,
};
use entity::contract::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

words! {
    /// 担保品种。What is guaranteed.
    ContractKind {
        /// 借款类担保。
        Loan = "loan",
        /// 发行债券担保。
        Bond = "bond",
        /// 住房置业担保。
        Housing = "housing",
        /// 其他融资担保。
        Other = "other",
        /// 非融资担保。
        NonFinancing = "non_financing",
    }
}

words! {
    /// 资金用途。What the money is for.
    Purpose {
        /// 流动资金。
        WorkingCapital = "working_capital",
        /// 设备购置。
        Equipment = "equipment",
        /// 研发。
        Research = "research",
        /// 农业生产。
        Agriculture = "agriculture",
        /// 创业。
        StartUp = "start_up",
        /// 工程建设。
        Construction = "construction",
        /// 政府债券发行。
        GovernmentBond = "government_bond",
        /// 其他。
        Other = "other",
    }
}

words! {
    /// 同一银行的存量贷款。Whether the client borrows at the same bank already.
    ExistingLoan {
        /// 没有。
        None = "none",
        /// 有，已审核并留有记录。
        Examined = "examined",
        /// 有，未审核。
        NotExamined = "not_examined",
    }
}

words! {
    /// 收款方。Who receives a charge.
    Payee {
        /// 银行。
        Bank = "bank",
        /// 担保机构。
        Institution = "institution",
        /// 再担保机构。
        Reguarantor = "reguarantor",
        /// 第三方（评估、公证等）。
        ThirdParty = "third_party",
    }
}

/// A charge beside interest and the guarantee fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCharge {
    /// Who receives it.
    pub payee: Payee,
    /// What it is called.
    pub name: String,
    /// How much, in fen.
    pub amount_fen: i64,
}

/// A product, by who states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductKey {
    /// The institution that states it.
    pub stated_by: InstitutionId,
    /// Its id there.
    pub id: Uuid,
}

/// What a contract says: it may change until it is submitted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// Its number, unique at the institution.
    pub number: String,
    /// The guaranteed party that signs.
    pub party: PartyId,
    /// The agreement it is booked under; none of one that was taken over.
    pub agreement: Option<Uuid>,
    /// The product; an ordinary contract without.
    pub product: Option<ProductKey>,
    /// The client's grade under the product's terms.
    pub client_grade: Option<String>,
    /// What is guaranteed.
    pub kind: ContractKind,
    /// The rating of a bond's issuer.
    pub issuer_rating: Option<String>,
    /// The lending bank.
    pub bank: Option<Uuid>,
    /// Its branch.
    pub branch: Option<Uuid>,
    /// The loan contract's number.
    pub loan_number: Option<String>,
    /// The loan's principal.
    pub principal: Money,
    /// The loan's interest rate per year.
    pub loan_rate: Rate,
    /// The client's credit line at the bank.
    pub credit_line: Money,
    /// Whether it is an operating loan.
    pub operating_loan: bool,
    /// Whether the client borrows at the bank already.
    pub existing_loan: ExistingLoan,
    /// What the money is for.
    pub purpose: Purpose,
    /// The guaranteed amount.
    pub amount: Money,
    /// The guarantee fee for the whole term.
    pub fee: Money,
    /// Every other charge.
    pub charges: Vec<NamedCharge>,
    /// The day it was signed.
    pub signed_on: Day,
    /// The first day of its term.
    pub start: Day,
    /// The day after the last of its term; later than the first.
    pub end: Day,
    /// Qualifying hires of the year and staff, of a start-up loan to an enterprise.
    pub startup: Option<(u32, u32)>,
    /// The counter-guarantee in words; empty without.
    pub counter_guarantee: String,
    /// Policy tags, each one word.
    pub tags: Vec<String>,
}

/// What is fixed at approval and never judged again for the contract.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// Who the client was.
    pub client_kind: ClientKind,
    /// Its size class.
    pub size: Option<SizeClass>,
    /// Its region.
    pub region_code: String,
    /// Its industry.
    pub industry_code: Option<String>,
    /// The provincial re-guarantor that takes part.
    pub provincial: Option<InstitutionId>,
    /// The national fund, when it takes part.
    pub national: Option<InstitutionId>,
    /// Who bears how much.
    pub shares: Shares,
    /// The provincial re-guarantee fee for the term.
    pub provincial_fee: Option<Money>,
    /// The national one.
    pub national_fee: Option<Money>,
    /// What becomes of the fee on early release.
    pub early_release: EarlyRelease,
    /// The day of the approval.
    pub approved_on: Day,
}

/// What is known of a contract that came with an earlier book.
#[derive(Clone, Debug)]
pub struct TakenOver {
    /// The import.
    pub import: Uuid,
    /// Whether the fee and other charges are known.
    pub fee_known: bool,
    /// Whether the client's kind was declared and not judged from what the client filed.
    pub client_kind_declared: bool,
    /// What was charged off, and the day where it is known.
    pub charged_off: Option<(Money, Option<Day>)>,
}

/// Who takes part above the institution.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uppers {
    /// The provincial re-guarantor.
    pub provincial: Option<InstitutionId>,
    /// The national fund.
    pub national: Option<InstitutionId>,
}

impl Fixed {
    /// Who takes part above the institution.
    pub fn uppers(&self) -> Uppers {
        Uppers { provincial: self.provincial, national: self.national }
    }
}

/// A contract.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Its id.
    pub id: ContractId,
    /// What it says.
    pub content: Content,
    /// In whose book it counts: the party, or the one it was merged into.
    pub client: PartyId,
    /// Where it stands.
    pub state: State,
    /// Counts up with every change of its content.
    pub content_version: i64,
    /// SHA-256 of its content.
    pub content_hash: Vec<u8>,
    /// The user or machine client that drafted it.
    pub drafted_by: Uuid,
    /// Who submitted it last.
    pub submitted_by: Option<Uuid>,
    /// Who approved it or sent it back last.
    pub decided_by: Option<Uuid>,
    /// Counts up with every change.
    pub version: i64,
    /// What its approval fixed.
    pub fixed: Option<Fixed>,
    /// The day it came into force.
    pub begun_on: Option<Day>,
    /// The day it was wholly released, cancelled or lapsed.
    pub ended_on: Option<Day>,
    /// What is committed or outstanding.
    pub outstanding: Money,
    /// Of one that came with an earlier book.
    pub taken_over: Option<TakenOver>,
}

impl ContractKind {
    /// The kind as the book counts it; a bond by whether its issuer is rated AA or better.
    pub fn counted(self, issuer_rating: Option<&str>) -> Kind {
        match self {
            Self::Loan => Kind::Financing(GuaranteeKind::Loan, false),
            Self::Bond => Kind::Financing(GuaranteeKind::Bond, domain::liability::rated_aa_or_better(issuer_rating)),
            Self::Housing => Kind::Financing(GuaranteeKind::Housing, false),
            Self::Other => Kind::Financing(GuaranteeKind::Other, false),
            Self::NonFinancing => Kind::NonFinancing,
        }
    }
}

impl From<ExistingLoan> for BankLoan {
    fn from(loan: ExistingLoan) -> Self {
        match loan {
            ExistingLoan::None => Self::None,
            ExistingLoan::Examined => Self::Examined,
            ExistingLoan::NotExamined => Self::NotExamined,
        }
    }
}

impl From<&NamedCharge> for Charge {
    fn from(charge: &NamedCharge) -> Self {
        use domain::fee::Payee as P;
        let payee = match charge.payee {
            Payee::Bank => P::Bank,
            Payee::Institution => P::Institution,
            Payee::Reguarantor => P::Reguarantor,
            Payee::ThirdParty => P::ThirdParty,
        };
        Self { payee, amount: Money::from_fen(charge.amount_fen) }
    }
}

impl Content {
    /// The agreed term.
    pub fn term(&self) -> Result<Term, Problem> {
        Term::new(self.start, self.end).map_err(|_| Problem::internal())
    }

    /// What of it counts when the client is of this kind.
    pub fn item(&self, client_kind: ClientKind) -> Item {
        Item {
            amount: self.amount,
            client_kind,
            kind: self.kind.counted(self.issuer_rating.as_deref()),
            credit_line: self.credit_line,
            operating_loan: self.operating_loan,
        }
    }
}

impl Contract {
    /// What its life depends on.
    pub fn life(&self) -> Result<Life, Problem> {
        Ok(Life {
            state: self.state,
            amount: self.content.amount,
            outstanding: self.outstanding,
            approved_on: self.fixed.as_ref().map(|fixed| fixed.approved_on),
            begun_on: self.begun_on,
            term: self.content.term()?,
        })
    }

    /// Whether its fee and other charges are known: always, but of an earlier book.
    pub fn fee_is_known(&self) -> bool {
        self.taken_over.as_ref().is_none_or(|taken_over| taken_over.fee_known)
    }

    /// Its part of average fees: nothing while its fee is unknown, so that it does not stand in them as one without a fee.
    pub fn volume(&self) -> Result<Volume, Problem> {
        if !self.fee_is_known() {
            return Ok(Volume::default());
        }
        let Content { amount, fee, .. } = self.content;
        Volume::of(amount, self.content.term()?, fee).map_err(|_| Problem::out_of_range())
    }
}

/// A rate or share as a column holds it: whole 10⁻¹⁰.
pub(super) fn e10_of(rate: Rate) -> Result<i64, Problem> {
    rate.weight().ok().and_then(|weight| i64::try_from(weight).ok()).ok_or_else(Problem::internal)
}

/// A rate or share of a column.
pub(super) fn rate_of(e10: i64) -> Rate {
    Rate::of_weight(e10)
}

/// Six shares of columns, in the order of the roles.
pub(super) fn shares_of(e10: [i64; 6]) -> Result<Shares, Problem> {
    let roles = [Role::Bank, Role::Institution, Role::Provincial, Role::National, Role::LocalFinance, Role::Other];
    let shares = roles.into_iter().zip(e10).map(|(role, share)| (role, rate_of(share)));
    Shares::new(shares.filter(|(_, share)| *share > Rate::ZERO)).map_err(|_| Problem::internal())
}

fn content_of(row: &Model) -> Result<Content, Problem> {
    let count = |count: i32| u32::try_from(count).map_err(|_| Problem::internal());
    let startup = match (row.startup_hires, row.startup_staff) {
        (Some(hires), Some(staff)) => Some((count(hires)?, count(staff)?)),
        (Some(_) | None, _) => None,
    };
    let product = row.product_stated_by.zip(row.product_id);
    Ok(Content {
        number: row.number.clone(),
        party: PartyId::from_uuid(row.party_id),
        agreement: row.agreement_id,
        product: product.map(|(by, id)| ProductKey { stated_by: InstitutionId::from_uuid(by), id }),
        client_grade: row.client_grade.clone(),
        kind: known(&row.kind)?,
        issuer_rating: row.issuer_rating.clone(),
        bank: row.bank_id,
        branch: row.branch_id,
        loan_number: row.loan_number.clone(),
        principal: Money::from_fen(row.principal_fen),
        loan_rate: rate_of(row.loan_rate_e10),
        credit_line: Money::from_fen(row.credit_line_fen),
        operating_loan: row.operating_loan,
        existing_loan: known(&row.existing_loan)?,
        purpose: known(&row.purpose)?,
        amount: Money::from_fen(row.amount_fen),
        fee: Money::from_fen(row.fee_fen),
        charges: serde_json::from_value(row.charges.clone()).map_err(|_| Problem::internal())?,
        signed_on: day(row.signed_on)?,
        start: day(row.start_day)?,
        end: day(row.end_day)?,
        startup,
        counter_guarantee: row.counter_guarantee.clone(),
        tags: row.tags.split_whitespace().map(str::to_owned).collect(),
    })
}

fn fixed_of(row: &Model) -> Result<Option<Fixed>, Problem> {
    let (Some(approved_on), Some(client_kind), Some(region_code)) =
        (row.approved_on, &row.client_kind, &row.region_code)
    else {
        return Ok(None);
    };
    let share = |share: Option<i64>| share.ok_or_else(Problem::internal);
    Ok(Some(Fixed {
        client_kind: of_word(client_kind)?,
        size: row.size_class.as_deref().map(of_word).transpose()?,
        region_code: region_code.clone(),
        industry_code: row.industry_code.clone(),
        provincial: row.provincial_id.map(InstitutionId::from_uuid),
        national: row.national_id.map(InstitutionId::from_uuid),
        shares: shares_of([
            share(row.bank_share_e10)?,
            share(row.institution_share_e10)?,
            share(row.provincial_share_e10)?,
            share(row.national_share_e10)?,
            share(row.local_finance_share_e10)?,
            share(row.other_share_e10)?,
        ])?,
        provincial_fee: row.provincial_fee_fen.map(Money::from_fen),
        national_fee: row.national_fee_fen.map(Money::from_fen),
        early_release: of_word(row.early_release.as_deref().unwrap_or_default())?,
        approved_on: day(approved_on)?,
    }))
}

fn taken_over_of(row: &Model) -> Result<Option<TakenOver>, Problem> {
    let Some(import) = row.import_id else { return Ok(None) };
    let charged_off_on = row.charged_off_on.map(day).transpose()?;
    Ok(Some(TakenOver {
        import,
        fee_known: row.fee_known,
        client_kind_declared: row.client_kind_declared,
        charged_off: row.charged_off_fen.map(|fen| (Money::from_fen(fen), charged_off_on)),
    }))
}

pub(super) fn of_row(row: Model) -> Result<Contract, Problem> {
    Ok(Contract {
        id: ContractId::from_uuid(row.id),
        content: content_of(&row)?,
        client: PartyId::from_uuid(row.client_id),
        state: of_word(&row.state)?,
        content_version: row.content_version,
        fixed: fixed_of(&row)?,
        taken_over: taken_over_of(&row)?,
        drafted_by: row.drafted_by,
        submitted_by: row.submitted_by,
        decided_by: row.decided_by,
        version: row.version,
        begun_on: row.begun_on.map(day).transpose()?,
        ended_on: row.ended_on.map(day).transpose()?,
        outstanding: Money::from_fen(row.outstanding_fen),
        content_hash: row.content_hash,
    })
}

/// The row of a draft.
fn draft_row(scope: &Scope, draft: &Contract, creation_hash: Vec<u8>) -> Result<Model, Problem> {
    let content = &draft.content;
    let count = |count: u32| i32::try_from(count).map_err(|_| Problem::internal());
    Ok(Model {
        institution_id: scope.tenant().uuid(),
        id: draft.id.uuid(),
        number: content.number.clone(),
        party_id: content.party.uuid(),
        client_id: draft.client.uuid(),
        agreement_id: content.agreement,
        product_id: content.product.map(|product| product.id),
        product_stated_by: content.product.map(|product| product.stated_by.uuid()),
        client_grade: content.client_grade.clone(),
        kind: content.kind.word().to_owned(),
        issuer_rating: content.issuer_rating.clone(),
        bank_id: content.bank,
        branch_id: content.branch,
        loan_number: content.loan_number.clone(),
        principal_fen: content.principal.fen(),
        loan_rate_e10: e10_of(content.loan_rate)?,
        credit_line_fen: content.credit_line.fen(),
        operating_loan: content.operating_loan,
        existing_loan: content.existing_loan.word().to_owned(),
        purpose: content.purpose.word().to_owned(),
        amount_fen: content.amount.fen(),
        fee_fen: content.fee.fen(),
        charges: serde_json::to_value(&content.charges).map_err(|_| Problem::internal())?,
        signed_on: content.signed_on.date(),
        start_day: content.start.date(),
        end_day: content.end.date(),
        startup_hires: content.startup.map(|(hires, _)| count(hires)).transpose()?,
        startup_staff: content.startup.map(|(_, staff)| count(staff)).transpose()?,
        counter_guarantee: content.counter_guarantee.clone(),
        tags: content.tags.join(" "),
        state: word_of(&draft.state)?,
        content_version: draft.content_version,
        content_hash: draft.content_hash.clone(),
        drafted_by: draft.drafted_by,
        submitted_by: None,
        decided_by: None,
        version: draft.version,
        creation_hash,
        client_kind: None,
        size_class: None,
        region_code: None,
        industry_code: None,
        provincial_id: None,
        national_id: None,
        bank_share_e10: None,
        institution_share_e10: None,
        provincial_share_e10: None,
        national_share_e10: None,
        local_finance_share_e10: None,
        other_share_e10: None,
        provincial_fee_fen: None,
        national_fee_fen: None,
        early_release: None,
        approved_on: None,
        begun_on: None,
        ended_on: None,
        outstanding_fen: 0,
        import_id: None,
        fee_known: true,
        client_kind_declared: false,
        charged_off_fen: None,
        charged_off_on: None,
    })
}

fn or_number_taken(error: sea_orm::DbErr) -> Problem {
    if violates(&error, "contract_number_key") { Problem::taken("number") } else { error.into() }
}

/// Adds a draft; 409 when its number is used.
pub async fn insert(scope: &Scope, draft: &Contract, hash: Vec<u8>) -> Result<(), Problem> {
    let row = draft_row(scope, draft, hash)?.into_active_model().reset_all();
    or_busy(insert_once(scope, row).await.map_err(or_number_taken)?)
}

/// What only a contract that was taken over has, and no draft ever gets.
const OF_IMPORTS: [Column; 5] =
    [Column::ImportId, Column::FeeKnown, Column::ClientKindDeclared, Column::ChargedOffFen, Column::ChargedOffOn];

/// Changes the content of a locked draft of the version named; 412 when it is another by now.
pub async fn replace_content(scope: &Scope, draft: &Contract, version: i64) -> Result<(), Problem> {
    let row = draft_row(scope, draft, Vec::new())?;
    let (institution, id) = (row.institution_id, row.id);
    let mut changed = row.into_active_model().reset_all();
    let made_with_it = [Column::InstitutionId, Column::Id, Column::CreationHash, Column::DraftedBy];
    for kept in made_with_it.into_iter().chain(OF_IMPORTS) {
        changed.not_set(kept);
    }
    let update = Entity::update_many().set(changed).filter(Column::InstitutionId.eq(institution));
    let update = update.filter(Column::Id.eq(id)).filter(Column::Version.eq(version));
    or_changed_meanwhile(update.exec(scope.tx()).await.map_err(or_number_taken)?.rows_affected)
}

/// A move that touches neither content nor book: a submission, a withdrawal, a rejection.
pub async fn set_state(scope: &Scope, contract: &Contract) -> Result<(), Problem> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(word_of(&contract.state)?))
        .col_expr(Column::SubmittedBy, Expr::value(contract.submitted_by))
        .col_expr(Column::DecidedBy, Expr::value(contract.decided_by))
        .col_expr(Column::Version, Expr::value(contract.version))
        .filter(Column::InstitutionId.eq(scope.tenant().uuid()))
        .filter(Column::Id.eq(contract.id.uuid()));
    or_changed_meanwhile(update.exec(scope.tx()).await?.rows_affected)
}

/// A contract; 404 when the institution has none with this id.
pub async fn get(scope: &Scope, id: ContractId) -> Result<Contract, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    row.ok_or_else(Problem::not_found).and_then(of_row)
}

/// A contract, locked: the first of all locks, before those of the book.
pub async fn lock(scope: &Scope, id: ContractId) -> Result<Contract, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid()));
    row.lock_exclusive().one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The draft this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: ContractId, hash: &[u8]) -> Result<Option<Contract>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
}

#[derive(Debug, FromQueryResult)]
struct Comparable {
    amount_fen: i64,
    fee_fen: i64,
    days: i32,
}

/// Contracts of parties that are not related to the institution, of the same product, client kind and band of terms, begun within the
/// twelve months before a day.
const COMPARABLE: &str = "SELECT c.amount_fen, c.fee_fen, (c.end_day - c.start_day) AS days FROM zengxin.contract c \
    WHERE c.institution_id = $1 AND c.client_kind = $2 AND c.begun_on > $3 AND c.begun_on <= $4 \
    AND c.fee_known AND c.product_id IS NOT DISTINCT FROM $5 AND (c.end_day - c.start_day) BETWEEN $6 AND $7 \
    AND NOT EXISTS (SELECT FROM zengxin.party_flag f WHERE f.institution_id = $1 AND f.party_id = c.client_id \
      AND f.kind IN ('related_party', 'controlling_shareholder') AND f.from_day <= $4 AND (f.until_day IS NULL OR f.until_day > $4))";

/// The annual fee rates of contracts that can be compared with this one (683号 art. 17).
pub async fn comparable_rates(
    scope: &Scope,
    content: &Content,
    client_kind: ClientKind,
    day: Day,
) -> Result<Vec<Ratio>, Problem> {
    let (shortest, longest) = domain::party::term_band(content.term()?);
    let since = day.date().checked_sub_months(chrono::Months::new(12)).ok_or_else(Problem::internal)?;
    let values = [
        scope.tenant().uuid().into(),
        word_of(&client_kind)?.into(),
        since.into(),
        day.date().into(),
        content.product.map(|product| product.id).into(),
        shortest.into(),
        longest.into(),
    ];
    let rows = Comparable::find_by_statement(statement_of(COMPARABLE, values)).all(scope.tx()).await?;
    let rate = |row: Comparable| {
        let amount_days = i128::from(row.amount_fen).checked_mul(row.days.into()).ok_or(OutOfRange)?;
        Volume::of_sums(amount_days, Money::from_fen(row.fee_fen)).annual_rate()
    };
    let rates: Result<Vec<_>, OutOfRange> = rows.into_iter().map(rate).collect();
    Ok(rates.map_err(|_| Problem::out_of_range())?.into_iter().flatten().collect())
}

/// Whether the bank, the branch and the agreement of a content are known.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Known {
    /// The bank is there, or none is named.
    pub bank: bool,
    /// The branch is the bank's, or none is named.
    pub branch: bool,
    /// The agreement is the institution's.
    pub agreement: bool,
}

const KNOWN: &str = "SELECT ($2 IS NULL OR EXISTS (SELECT FROM zengxin.bank b WHERE b.id = $2)) AS bank, \
    ($3 IS NULL OR EXISTS (SELECT FROM zengxin.bank_branch r WHERE r.id = $3 AND r.bank_id = $2)) AS branch, \
    EXISTS (SELECT FROM zengxin.agreement a WHERE a.institution_id = $1 AND a.id = $4) AS agreement";

/// Which of what a content names is known.
pub async fn names_known_banks(scope: &Scope, content: &Content) -> Result<Known, Problem> {
    let values = [scope.tenant().uuid().into(), content.bank.into(), content.branch.into(), content.agreement.into()];
    Known::find_by_statement(statement_of(KNOWN, values)).one(scope.tx()).await?.ok_or_else(Problem::internal)
}

/// The approved contracts whose approval ran out before `day`, in the order of their ids.
pub async fn approved_before(scope: &Scope, day: Day) -> Result<Vec<ContractId>, Problem> {
    let days = chrono::Days::new(domain::contract::DISBURSED_WITHIN_DAYS);
    let last = day.date().checked_sub_days(days).ok_or_else(Problem::internal)?;
    let rows = scope.rows::<Entity>(Column::InstitutionId).filter(Column::State.eq(word_of(&State::Approved)?));
    let rows = rows.filter(Column::ApprovedOn.lt(last)).order_by_asc(Column::Id).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| ContractId::from_uuid(row.id)).collect())
}
