//! Agreements: stated by whoever guarantees, with a bank and with those who re-guarantee it.

use super::App;
use crate::{
    auth::{Action, Caller, InstitutionKind, Relation, may_hold_parties, may_state},
    check::Check,
    error::{FieldError, Problem, Text},
    input,
    store::{
        self, Put, Scope, agreement::Agreement, creation_hash, dated::Listing, institution::Institution,
        journal::Record,
    },
};
use domain::value::{AgreementId, InstitutionId};
use uuid::Uuid;

/// The most products that an agreement names one by one.
const MOST_PRODUCTS: usize = 100;

/// Some of the agreements of the caller's institution, of one bank or of all.
pub async fn list(
    app: &App,
    caller: &Caller,
    bank: Option<Uuid>,
    listing: Listing<Uuid>,
) -> Result<Vec<Agreement>, Problem> {
    let scope = app.open(caller, Action::ReadAgreements).await?;
    store::agreement::list(&scope, bank, listing).await
}

/// One agreement of the caller's institution.
pub async fn get(app: &App, caller: &Caller, id: AgreementId) -> Result<Agreement, Problem> {
    let scope = app.open(caller, Action::ReadAgreements).await?;
    store::agreement::get(&scope, id).await
}

/// States an agreement of the caller's institution with those who take part in its risk on the first day.
pub async fn state(app: &App, caller: &Caller, new: Agreement) -> Result<Put<Agreement>, Problem> {
    let scope = app.open(caller, Action::StateAgreement).await?;
    let parties = (new.bank, new.provincial, new.national);
    let content = (&new.number, &new.name, parties, &new.products, new.cap.map(|cap| cap.fen()), new.from, new.until);
    let hash = creation_hash(&content)?;
    if let Some(known) = store::agreement::find_repeated(&scope, new.id, &hash).await? {
        return Ok(Put::Known(known));
    }
    let own = store::institution::own(&scope).await?;
    if !may_hold_parties(own.kind) {
        return Err(Problem::outside_the_tree(Text::new(
            "只有担保机构，或开展自有担保业务的省级再担保机构，可登记分险协议。",
            "Only guarantee institutions, and provincial re-guarantors for business of their own, have agreements.",
        )));
    }
    let check = described(&scope, Check::default().text("number", &new.number, 100), &new).await?;
    parties_take_part(&scope, check, &own, &new).await?.done()?;
    let stated = store::agreement::insert(&scope, new, hash).await?;
    let record = Record::of("agreement", Some(stated.id.uuid())).with("number", stated.number.clone());
    scope.commit(record).await?;
    Ok(Put::Created(stated))
}

/// Changes name, products, cap and end of an agreement; the rest is fixed.
pub async fn replace(app: &App, caller: &Caller, version: i64, new: Agreement) -> Result<Agreement, Problem> {
    let scope = app.open(caller, Action::StateAgreement).await?;
    let present = store::agreement::get(&scope, new.id).await?;
    let check = described(&scope, Check::default(), &new).await?;
    let check = check.that(new.number == present.number, || fixed("number"));
    let check = check.that(new.bank == present.bank, || fixed("bank_id"));
    let check = check.that(new.provincial == present.provincial, || fixed("provincial_id"));
    let check = check.that(new.national == present.national, || fixed("national_id"));
    check.that(new.from == present.from, || fixed("from")).done()?;
    let changed = store::agreement::replace(&scope, version, new).await?;
    let record = Record::of("agreement", Some(changed.id.uuid())).with("version", changed.version);
    scope.commit(record).await?;
    Ok(changed)
}

/// The fault of a field that another value was given for.
pub(super) fn fixed(field: &'static str) -> FieldError {
    input::field(field, "fixed", "此项登记后不能修改。", "This does not change once it is stated.")
}

/// What may be changed is as it must be.
async fn described(scope: &Scope, check: Check, new: &Agreement) -> Result<Check, Problem> {
    let check = check.text("name", &new.name, 200).term(new.from, new.until);
    if new.products.len() > MOST_PRODUCTS {
        return Ok(check.that(false, too_many_products));
    }
    let known = store::product::known_among(scope, &new.products).await?;
    Ok(new.products.iter().enumerate().fold(check, |check, (place, id)| {
        let once = !new.products.iter().take(place).any(|earlier| earlier == id);
        check.that(once && known.contains(id), || no_such_product(place))
    }))
}

fn too_many_products() -> FieldError {
    input::field(
        "product_ids",
        "too_many",
        format!("最多逐项列出 {MOST_PRODUCTS} 个产品；不限产品时请留空数组。"),
        format!("At most {MOST_PRODUCTS} products are named one by one; an empty list covers every product."),
    )
}

fn no_such_product(place: usize) -> FieldError {
    let field = format!("product_ids[{place}]");
    input::field(
        field,
        "no_such_product",
        "没有此产品，或重复列出。",
        "There is no such product, or it is named twice.",
    )
}

/// Whoever is named takes part in the institution's risk on the first day.
async fn parties_take_part(scope: &Scope, check: Check, own: &Institution, new: &Agreement) -> Result<Check, Problem> {
    let bank = match new.bank {
        Some(bank) => store::bank::find(scope, bank).await?.is_some_and(|bank| bank.is_open(new.from)),
        None => true,
    };
    let own = (own.id, own.kind);
    let provincial = reguarantees(scope, InstitutionKind::ProvincialReguarantor, new.provincial, own, new).await?;
    let below = new.provincial.map_or(own, |provincial| (provincial, InstitutionKind::ProvincialReguarantor));
    let national = reguarantees(scope, InstitutionKind::NationalFund, new.national, below, new).await?;
    let check = check.that(bank, no_such_bank);
    Ok(check.that(provincial, no_provincial_reguarantor).that(national, no_national_fund))
}

/// Whether `upper`, where one is named, is of this kind and re-guarantees the member on the agreement's first day.
async fn reguarantees(
    scope: &Scope,
    kind: InstitutionKind,
    upper: Option<InstitutionId>,
    (member, member_kind): (InstitutionId, InstitutionKind),
    new: &Agreement,
) -> Result<bool, Problem> {
    match upper {
        None => Ok(true),
        // A membership of these kinds is never stated by an institution of another kind.
        Some(upper) if may_state(Relation::Reguarantees, kind, member_kind) => {
            store::membership::reguarantees(scope, upper, member, (new.from.date(), new.from.date())).await
        }
        Some(_) => Ok(false),
    }
}

fn no_such_bank() -> FieldError {
    input::field(
        "bank_id",
        "no_such_bank",
        "协议起始日没有登记此银行。",
        "There is no such bank on the agreement's first day.",
    )
}

fn no_provincial_reguarantor() -> FieldError {
    input::field(
        "provincial_id",
        "not_our_reguarantor",
        "应为协议起始日为本机构再担保的省级再担保机构；省级再担保机构的自有业务不填。",
        "It is the provincial re-guarantor that re-guarantees the institution on the first day; none for a re-guarantor's own business.",
    )
}

fn no_national_fund() -> FieldError {
    input::field(
        "national_id",
        "not_our_reguarantor",
        "应为协议起始日为所填省级再担保机构再担保的国家融资担保基金；省级再担保机构的自有业务由基金直接再担保。",
        "It is the national fund that on the first day re-guarantees the provincial re-guarantor named, or the own one for its own business.",
    )
}
