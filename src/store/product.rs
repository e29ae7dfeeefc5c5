//! Products: whoever states one owns it; those of the fund and of the provinces are open to everybody.

use super::{
    Scope,
    dated::{self, Listing},
    known,
    put::{insert_once, or_busy},
};
use crate::{auth::words, error::Problem};
use domain::{
    product,
    value::{Day, InstitutionId, Money, Rate},
};
use entity::product::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, Condition, IntoActiveModel as _, QueryFilter as _, Select};
use serde::Serialize;
use uuid::Uuid;

words! {
    /// 产品类别。What kind of product it is.
    ProductKind {
        /// 一般业务。The regular business.
        Regular = "regular",
        /// 总对总批量担保业务。The batch guarantee.
        Batch = "batch",
        /// 专项担保计划。A special plan.
        Plan = "plan",
        /// 创业担保贷款。Start-up guarantee loans.
        Startup = "startup",
    }
}

impl From<ProductKind> for product::ProductKind {
    fn from(kind: ProductKind) -> Self {
        match kind {
            ProductKind::Regular => Self::Regular,
            ProductKind::Batch => Self::Batch,
            ProductKind::Plan => Self::Plan,
            ProductKind::Startup => Self::Startup,
        }
    }
}

words! {
    /// 代偿率口径。How the payout rate is measured (RULES.md section 5.5).
    PayoutDefinition {
        /// 代偿额与解除担保额之比。Payouts over guarantees released.
        Institution = "institution",
        /// 批量业务口径。Cumulative payouts over the annualised released principal borne.
        Batch = "batch",
    }
}

/// The national fund's largest share for one grade of clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// Which clients.
    pub name: String,
    /// The largest share.
    pub national_max: Rate,
}

/// What a product says. A parameter that is left out is none of the product's.
#[derive(Clone, Debug, Serialize)]
pub struct Terms {
    /// Its code; one row of a day has it at the institution.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: ProductKind,
    /// The first day.
    pub from: Day,
    /// The day after the last; open without.
    pub until: Option<Day>,
    /// The most for one client.
    pub client_max: Option<Money>,
    /// The most payout rate that is shared.
    pub payout_rate_cap: Option<Rate>,
    /// How that rate is measured.
    pub payout_definition: Option<PayoutDefinition>,
    /// The highest guarantee fee rate of a year.
    pub fee_max: Option<Rate>,
    /// The highest re-guarantee fee rate of a year.
    pub reguarantee_fee_max: Option<Rate>,
    /// The bank's least share.
    pub bank_min: Option<Rate>,
    /// The provincial re-guarantor's least share.
    pub provincial_min: Option<Rate>,
    /// The national fund's largest share, at most three grades of clients.
    pub grades: Vec<Grade>,
    /// The most a start-up loan to a person may be. Left out of the hash where there is none: products stated before it was asked keep
    /// theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub startup_person_max: Option<Money>,
    /// The same for a small or micro enterprise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub startup_enterprise_max: Option<Money>,
    /// The ids of the general rules that it replaces for its own contracts.
    pub replaces: Vec<String>,
    /// The document it rests on.
    pub document: String,
    /// The clause of the document.
    pub clause: String,
    /// Whether the clause has been read in the document itself.
    pub verified: bool,
}

/// A product, from its first day until before its last.
#[derive(Clone, Debug)]
pub struct Product {
    /// Its id.
    pub id: Uuid,
    /// The institution that states it.
    pub stater: InstitutionId,
    /// Whether everybody may read it.
    pub open: bool,
    /// What it says.
    pub terms: Terms,
    /// Counts up with every change.
    pub version: i64,
}

fn rate(column: Option<String>) -> Result<Option<Rate>, Problem> {
    column.map(|rate| known(&rate)).transpose()
}

fn of_row(row: Model) -> Result<Product, Problem> {
    let (from, until) = dated::term(row.from_day, row.until_day)?;
    let grades = [
        (row.grade1_name, row.grade1_national_max),
        (row.grade2_name, row.grade2_national_max),
        (row.grade3_name, row.grade3_national_max),
    ];
    let grade = |(name, max): (String, String)| Ok(Grade { name, national_max: known(&max)? });
    let grades = grades.into_iter().filter_map(|(name, max)| name.zip(max)).map(grade);
    let terms = Terms {
        code: row.code,
        name: row.name,
        kind: known(&row.kind)?,
        from,
        until,
        client_max: row.client_max_fen.map(Money::from_fen),
        payout_rate_cap: rate(row.payout_rate_cap)?,
        payout_definition: row.payout_definition.map(|definition| known(&definition)).transpose()?,
        fee_max: rate(row.fee_max)?,
        reguarantee_fee_max: rate(row.reguarantee_fee_max)?,
        bank_min: rate(row.bank_min)?,
        provincial_min: rate(row.provincial_min)?,
        grades: grades.collect::<Result<_, Problem>>()?,
        startup_person_max: row.startup_person_max_fen.map(Money::from_fen),
        startup_enterprise_max: row.startup_enterprise_max_fen.map(Money::from_fen),
        replaces: row.replaces_rules.split_whitespace().map(ToOwned::to_owned).collect(),
        document: row.document,
        clause: row.clause,
        verified: row.verified,
    };
    let stater = InstitutionId::from_uuid(row.institution_id);
    Ok(Product { id: row.id, stater, open: row.open, terms, version: row.version })
}

fn to_row(scope: &Scope, new: &Product, hash: Vec<u8>) -> Model {
    let text = |rate: Option<Rate>| rate.map(|rate| rate.to_string());
    let terms = &new.terms;
    let grade = |index: usize| {
        let grade = terms.grades.get(index);
        (grade.map(|grade| grade.name.clone()), grade.map(|grade| grade.national_max.to_string()))
    };
    let [(grade1_name, grade1_national_max), (grade2_name, grade2_national_max), (grade3_name, grade3_national_max)] =
        [0, 1, 2].map(grade);
    Model {
        institution_id: scope.tenant().uuid(),
        id: new.id,
        code: terms.code.clone(),
        name: terms.name.clone(),
        kind: terms.kind.word().to_owned(),
        open: new.open,
        from_day: terms.from.date(),
        until_day: terms.until.map(Day::date),
        client_max_fen: terms.client_max.map(Money::fen),
        payout_rate_cap: text(terms.payout_rate_cap),
        payout_definition: terms.payout_definition.map(|definition| definition.word().to_owned()),
        fee_max: text(terms.fee_max),
        reguarantee_fee_max: text(terms.reguarantee_fee_max),
        bank_min: text(terms.bank_min),
        provincial_min: text(terms.provincial_min),
        grade1_name,
        grade1_national_max,
        grade2_name,
        grade2_national_max,
        grade3_name,
        grade3_national_max,
        replaces_rules: terms.replaces.join(" "),
        document: terms.document.clone(),
        clause: terms.clause.clone(),
        verified: terms.verified,
        version: new.version,
        creation_hash: hash,
        startup_person_max_fen: terms.startup_person_max.map(Money::fen),
        startup_enterprise_max_fen: terms.startup_enterprise_max.map(Money::fen),
    }
}

/// The products that are open, and the institution's own.
fn readable(scope: &Scope) -> Select<Entity> {
    let own = Column::InstitutionId.eq(scope.tenant().uuid());
    Scope::shared_rows::<Entity>().filter(Condition::any().add(own).add(Column::Open.eq(true)))
}

/// A product that is open or the institution's own; 404 when there is none.
pub async fn get(scope: &Scope, id: Uuid) -> Result<Product, Problem> {
    dated::get_among(scope, readable(scope), id).await.and_then(of_row)
}

/// Those of `ids` that name a product which is open or the institution's own.
pub async fn known_among(scope: &Scope, ids: &[Uuid]) -> Result<Vec<Uuid>, Problem> {
    let rows = readable(scope).filter(Column::Id.is_in(ids.iter().copied())).all(scope.tx()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A product that the institution has stated; 404 when there is none.
pub async fn get_stated(scope: &Scope, id: Uuid) -> Result<Product, Problem> {
    dated::get_stated::<Entity>(scope, id).await.and_then(of_row)
}

/// The products that are open and the institution's own, in the order of their ids.
pub async fn list(scope: &Scope, listing: Listing<Uuid>) -> Result<Vec<Product>, Problem> {
    dated::page(scope, readable(scope), listing).await?.into_iter().map(of_row).collect()
}

/// The product this request stated before; 409 when the id is another's.
pub async fn find_repeated(scope: &Scope, id: Uuid, hash: &[u8]) -> Result<Option<Product>, Problem> {
    dated::find_repeated::<Entity>(scope, id, hash).await?.map(of_row).transpose()
}

/// States a product; 409 when one of the institution's has its code on some of its days.
pub async fn insert(scope: &Scope, new: Product, hash: Vec<u8>) -> Result<Product, Problem> {
    let row = to_row(scope, &new, hash).into_active_model().reset_all();
    or_busy(insert_once(scope, row).await.map_err(dated::or_overlap)?)?;
    Ok(new)
}

/// Changes the end of the version named; 412 when it is another by now, 409 when the new term overlaps one of the same code.
pub async fn replace_end(scope: &Scope, id: Uuid, version: i64, until: Option<Day>) -> Result<Product, Problem> {
    dated::replace_end::<Entity>(scope, id, version, until).await.and_then(of_row)
}
