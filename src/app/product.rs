//! Products: stated by whoever bears risk, no looser than the law but where the national fund replaces a rule by name.

use super::{App, local_limit::looser};
use crate::{
    auth::{Action, Caller, InstitutionKind, bears_risk, serves_everybody},
    check::{Check, ends_too_early},
    error::{FieldError, Problem, Text},
    input,
    store::{
        self, Put, creation_hash,
        dated::Listing,
        journal::Record,
        product::{Product, Terms},
    },
};
use domain::{
    product::{self, ProductError},
    startup::OwnCaps,
    value::{Day, Rate},
};
use uuid::Uuid;

/// The most grades of clients of a product; the names of their fields, for faults.
const GRADES: [&str; 3] = ["national_max[0].grade", "national_max[1].grade", "national_max[2].grade"];

/// Some of the products that are open, and of the institution's own.
pub async fn list(app: &App, caller: &Caller, listing: Listing<Uuid>) -> Result<Vec<Product>, Problem> {
    let scope = app.open(caller, Action::ReadProducts).await?;
    store::product::list(&scope, listing).await
}

/// One product that is open or the institution's own.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Product, Problem> {
    let scope = app.open(caller, Action::ReadProducts).await?;
    store::product::get(&scope, id).await
}

/// States a product; one of the national fund or of a province is open to everybody, an institution's is for itself.
pub async fn state(app: &App, caller: &Caller, id: Uuid, terms: Terms) -> Result<Put<Product>, Problem> {
    let scope = app.open(caller, Action::StateProduct).await?;
    let hash = creation_hash(&terms)?;
    if let Some(known) = store::product::find_repeated(&scope, id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let own = store::institution::own(&scope).await?;
    check(&terms, own.kind)?;
    if !bears_risk(own.kind) {
        return Err(Problem::outside_the_tree(Text::new(
            "产品由国家基金、省级再担保机构登记，或由担保机构为本机构登记。",
            "Products are stated by the national fund or a provincial re-guarantor, or by a guarantee institution for itself.",
        )));
    }
    let new = Product { id, stater: own.id, open: serves_everybody(own.kind), terms, version: 1 };
    let stated = store::product::insert(&scope, new, hash).await?;
    scope.commit(Record::of("product", Some(id)).with("code", stated.terms.code.clone())).await?;
    Ok(Put::Created(stated))
}

/// Changes the end of a product that the caller's institution has stated.
pub async fn replace_end(
    app: &App,
    caller: &Caller,
    id: Uuid,
    version: i64,
    until: Option<Day>,
) -> Result<Product, Problem> {
    let scope = app.open(caller, Action::StateProduct).await?;
    let present = store::product::get_stated(&scope, id).await?;
    let own = store::institution::own(&scope).await?;
    check(&Terms { until, ..present.terms }, own.kind)?;
    let changed = store::product::replace_end(&scope, id, version, until).await?;
    scope.commit(Record::of("product", Some(id)).with("version", changed.version)).await?;
    Ok(changed)
}

fn check(terms: &Terms, stater: InstitutionKind) -> Result<(), Problem> {
    let check = Check::default().product_code("code", &terms.code).text("name", &terms.name, 200);
    let check = check.text("document", &terms.document, 500).text("clause", &terms.clause, 100);
    let check = check.that(terms.payout_rate_cap.is_some() == terms.payout_definition.is_some(), || {
        let (zh, en) = ("代偿率上限与其口径应同时填写。", "The cap of the payout rate and its definition go together.");
        input::field("payout_definition", "incomplete", zh, en)
    });
    let check = check.that(terms.grades.len() <= GRADES.len(), || {
        let (zh, en) = ("最多分三档客户。", "There are at most three grades of clients.");
        input::field("national_max", "too_many", zh, en)
    });
    let names = GRADES.into_iter().zip(&terms.grades);
    let check = names.fold(check, |check, (field, grade)| check.text(field, &grade.name, 200));
    let mut names: Vec<&str> = terms.grades.iter().map(|grade| grade.name.as_str()).collect();
    names.sort_unstable();
    let check = check.that(names.windows(2).all(|pair| pair.first() != pair.last()), || {
        input::field("national_max", "repeated", "各档客户名称不得重复。", "Two grades of clients have the same name.")
    });
    let national_max: Vec<Rate> = terms.grades.iter().map(|grade| grade.national_max).collect();
    let decided = product::Product {
        kind: terms.kind.into(),
        national: stater == InstitutionKind::NationalFund,
        client_max: terms.client_max,
        fee_max: terms.fee_max,
        reguarantee_fee_max: terms.reguarantee_fee_max,
        bank_min: terms.bank_min,
        provincial_min: terms.provincial_min,
        national_max: &national_max,
        startup: OwnCaps { person: terms.startup_person_max, enterprise: terms.startup_enterprise_max },
        replaces: &terms.replaces,
        from: terms.from,
        until: terms.until,
    };
    check.and(decided.faults().into_iter().map(fault)).done()
}

fn fault(error: ProductError) -> FieldError {
    match error {
        ProductError::EmptyTerm => ends_too_early(),
        ProductError::ReplacedByOthers => input::field(
            "replaces_rules",
            "replaced_by_others",
            "只有国家基金的产品可以替代一般规则。",
            "Only a product of the national fund replaces a general rule.",
        ),
        ProductError::NotReplaceable(rule) => input::field(
            "replaces_rules",
            "not_replaceable",
            format!("规则“{rule}”不能由产品替代。"),
            format!("The rule “{rule}” is not replaced by products."),
        ),
        ProductError::ReplacedByNothing(rule) => input::field(
            "replaces_rules",
            "replaced_by_nothing",
            format!("替代规则“{rule}”时，应填写取代它的参数。"),
            format!("The rule “{rule}” is replaced: give the parameter that stands in its place."),
        ),
        ProductError::Looser { field, law } => looser(field, &law),
        ProductError::NoStartup(field) => input::field(
            field,
            "not_of_this_kind",
            "只有创业担保贷款产品填写此项。",
            "Only a product of start-up guarantee loans has this.",
        ),
        ProductError::LargerThanStartupCap { field, day, law, clause: (document, clause) } => {
            let law = law.grouped();
            input::field(
                field,
                "looser_than_law",
                format!("比法定要求宽松：{document}{clause}自{day}起为{law}元（startup.cap）。"),
                format!("Looser than the law: {document} {clause} says {law} yuan from {day} (startup.cap)."),
            )
        }
        ProductError::AboveWhole => input::field(
            "provincial_min",
            "above_whole",
            "银行与省级的最低比例合计超过1。",
            "The least shares of bank and province add up to more than 1.",
        ),
    }
}
