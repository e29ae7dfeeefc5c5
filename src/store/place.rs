//! Places in lists that are ordered by two things, as the interface writes them: both, with a point between.

use std::str::FromStr;

/// A text that is no place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place in this list")]
pub struct NoPlace;

/// Both halves of a place.
pub fn halves<A: FromStr, B: FromStr>(text: &str) -> Result<(A, B), NoPlace> {
    let (first, second) = text.split_once('.').ok_or(NoPlace)?;
    Ok((half(first)?, half(second)?))
}

/// What stands alone, or on one side.
pub fn half<A: FromStr>(text: &str) -> Result<A, NoPlace> {
    text.parse().map_err(|_| NoPlace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_place_is_two_things_with_a_point_between() {
        assert_eq!(halves("17.0"), Ok((17_i64, 0_i32)));
        assert_eq!(halves(&format!("-1.{}", Uuid::nil())), Ok((-1_i128, Uuid::nil())));
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", ".", "17", "17.", ".0", "17.0.0", "1e3.0", " 17.0"] {
            assert_eq!(halves::<i64, i32>(text), Err(NoPlace), "{text}");
        }
    }
}
