//! 首贷: whether a contract, or the next one of a party, is for the client's first bank loan.

use super::{App, booking};
use crate::{
    auth::{Action, Caller},
    error::Problem,
    store::{
        self, Scope,
        contract::{ContractKind, ExistingLoan},
        first_loan::{Asked, Declaration},
    },
};
use domain::{
    first_loan::{Ground, Standing},
    value::{ContractId, Day, PartyId},
};

/// What is derived and what is declared, side by side.
#[derive(Clone, Debug)]
pub struct FirstLoan {
    /// The day it is asked about.
    pub on: Day,
    /// What both come to.
    pub standing: Standing,
    /// What speaks against it.
    pub grounds: Vec<Ground>,
    /// The declaration that counts on the day.
    pub declaration: Option<Declaration>,
}

impl FirstLoan {
    fn of(on: Day, grounds: Vec<Ground>, declaration: Option<Declaration>) -> Self {
        Self { on, standing: Standing::of(&grounds, declaration.is_some()), grounds, declaration }
    }
}

/// Of a contract, on the day it came into force or, before that, today.
pub async fn of_contract(app: &App, caller: &Caller, id: ContractId) -> Result<FirstLoan, Problem> {
    let scope = app.open(caller, Action::ReadContracts).await?;
    let contract = store::contract::get(&scope, id).await?;
    let on = contract.begun_on.map_or_else(|| booking::today(&scope), Ok)?;
    if !matches!(contract.content.kind, ContractKind::Loan | ContractKind::Housing) {
        return Ok(FirstLoan { on, standing: Standing::NotALoan, grounds: Vec::new(), declaration: None });
    }
    let asked = Asked { client: contract.client, contract: Some(id), before: on, declared_on: on };
    let known = store::first_loan::find(&scope, asked).await?;
    let borrows = (contract.content.existing_loan != ExistingLoan::None).then_some(Ground::BorrowsAtTheBank);
    let grounds = borrows.into_iter().chain(known.grounds).collect();
    Ok(FirstLoan::of(on, grounds, known.declaration))
}

/// Of the next loan of a party, by the book at the end of today.
pub(super) async fn of_next(scope: &Scope, party: PartyId) -> Result<FirstLoan, Problem> {
    let on = booking::today(scope)?;
    let client = super::contract::client_of(scope, party).await?;
    let asked = Asked { client, contract: None, before: on.next().unwrap_or(on), declared_on: on };
    let known = store::first_loan::find(scope, asked).await?;
    Ok(FirstLoan::of(on, known.grounds, known.declaration))
}
