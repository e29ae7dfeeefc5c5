//! What terms others get: contracts that one of a related party is compared with (683号 art. 17).

use super::Content;
use crate::{
    error::Problem,
    store::{Scope, statement_of, word_of},
};
use domain::{
    client::ClientKind,
    value::{Day, Money, OutOfRange, Ratio},
    volume::Volume,
};
use sea_orm::FromQueryResult;

#[derive(Debug, FromQueryResult)]
struct Comparable {
    amount_fen: i64,
    fee_fen: i64,
    days: i32,
}

/// Contracts of parties that are not related to the institution, of the same product, kind of guarantee, client kind and band of terms
/// (reading `related_terms_are_compared_within_bands_of_terms`), begun within the twelve months before a day. A client stands for whoever was merged into it: what relates one of them relates it.
const COMPARABLE: &str = "WITH RECURSIVE related AS (SELECT f.party_id AS id FROM zengxin.party_flag f \
      WHERE f.institution_id = $1 AND f.kind IN ('related_party', 'controlling_shareholder') \
      AND f.from_day <= $4 AND (f.until_day IS NULL OR f.until_day > $4) \
      UNION SELECT m.target_id FROM zengxin.party_merge m JOIN related r ON m.source_id = r.id \
      WHERE m.institution_id = $1 AND m.undone_on IS NULL) \
    SELECT c.amount_fen, c.fee_fen, (c.end_day - c.start_day) AS days FROM zengxin.contract c \
    WHERE c.institution_id = $1 AND c.client_kind = $2 AND c.begun_on > $3 AND c.begun_on <= $4 \
    AND c.fee_known AND c.product_id IS NOT DISTINCT FROM $5 AND (c.end_day - c.start_day) BETWEEN $6 AND $7 AND c.kind = $8 \
    AND c.client_id NOT IN (SELECT r.id FROM related r)";

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
        content.kind.word().into(),
    ];
    let rows = Comparable::find_by_statement(statement_of(COMPARABLE, values)).all(scope.tx()).await?;
    let rate = |row: Comparable| {
        let amount_days = i128::from(row.amount_fen).checked_mul(row.days.into()).ok_or(OutOfRange)?;
        Volume::of_sums(amount_days, Money::from_fen(row.fee_fen)).annual_rate()
    };
    let rates: Result<Vec<_>, OutOfRange> = rows.into_iter().map(rate).collect();
    Ok(rates?.into_iter().flatten().collect())
}
