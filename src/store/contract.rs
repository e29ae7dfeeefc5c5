//! Contracts as they stand: their content while it may change, and what was fixed when they were approved.

mod comparable;
mod row;

pub use comparable::comparable_rates;
pub(super) use row::{e10_of, of_row, rate_of, shares_of};

use super::{
    HELD, Scope,
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
    risk::Shares,
    size::SizeClass,
    value::{ContractId, Day, InstitutionId, Money, PartyId, Rate, Term},
    volume::Volume,
};
use entity::contract::{Column, Entity};
use row::draft_row;
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
        Ok(Volume::of(amount, self.content.term()?, fee)?)
    }
}

fn or_number_taken(error: sea_orm::DbErr) -> Problem {
    if violates(&error, "contract_number_key") { Problem::taken("number") } else { error.into() }
}

/// Waits for the end of the journal before a number is given: an import gives numbers too and holds it then, so that two who give the same
/// one wait for each other in one order.
async fn number_in_turn(scope: &Scope) -> Result<(), Problem> {
    scope.seq().await.map(drop)
}

/// Adds a draft; 409 when its number is used.
pub async fn insert(scope: &Scope, draft: &Contract, hash: Vec<u8>) -> Result<(), Problem> {
    number_in_turn(scope).await?;
    let row = draft_row(scope, draft, hash)?.into_active_model().reset_all();
    or_busy(insert_once(scope, row).await.map_err(or_number_taken)?)
}

/// What only a contract that was taken over has, and no draft ever gets.
const OF_IMPORTS: [Column; 5] =
    [Column::ImportId, Column::FeeKnown, Column::ClientKindDeclared, Column::ChargedOffFen, Column::ChargedOffOn];

/// Changes the content of a locked draft of the version named; 412 when it is another by now.
pub async fn replace_content(scope: &Scope, draft: &Contract, version: i64) -> Result<(), Problem> {
    number_in_turn(scope).await?;
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

/// A contract, locked: the first of all locks, before that of the book.
pub async fn lock(scope: &Scope, id: ContractId) -> Result<Contract, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid()));
    row.lock(HELD).one(scope.tx()).await?.ok_or_else(Problem::not_found).and_then(of_row)
}

/// The draft this request made before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: ContractId, hash: &[u8]) -> Result<Option<Contract>, Problem> {
    let row = scope.rows::<Entity>(Column::InstitutionId).filter(Column::Id.eq(id.uuid())).one(scope.tx()).await?;
    repeated(row.map(|row| (row.creation_hash.clone(), row)), hash)?.map(of_row).transpose()
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
