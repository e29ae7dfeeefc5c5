//! What the upper layers of the demo world have decided about the filing of what is ceded to them, and what the cedents made of it.

use super::book::Place;
use crate::{
    app::{
        self, App,
        cession::{Named, NewDecision},
    },
    auth::Caller,
    error::Problem,
    store::cession::Sought,
};
use domain::cession::Filing;
use uuid::Uuid;

/// Of how many contracts of each cedent the filing is decided.
const DECIDED: u64 = 24;

/// Has an upper layer decide about the oldest contracts of each cedent, and refuse every eighth; the cedent applies every other refusal.
pub(super) async fn decide(app: &App, officer: &Caller, places: &[Place]) -> Result<(), Problem> {
    for place in places {
        let cedent = Some(place.officer.institution);
        let sought = Sought { cedent, filing: Some(Filing::Pending), limit: DECIDED, ..Sought::default() };
        let open = app::cession::list(app, officer, sought).await?;
        for (number, cession) in open.into_iter().enumerate() {
            let refused = number.checked_rem(8) == Some(7);
            let (decision, reason) = match refused {
                true => (Filing::Refused, Some("贷款用途与备案要求不符（示例）".to_owned())),
                false => (Filing::Confirmed, None),
            };
            let (id, contract) = (Uuid::now_v7(), cession.fact.key.contract);
            let new = NewDecision { id, named: Named { contract, cedent }, decision, reason };
            app::cession::decide(app, officer, new).await?;
            if number.checked_rem(16) == Some(7) {
                app::filing::apply(app, &place.officer, contract, id, Uuid::now_v7()).await?;
            }
        }
    }
    Ok(())
}
