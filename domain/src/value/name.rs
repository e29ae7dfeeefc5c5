//! Names as they are searched: one form for what is written in several, and the pairs of characters it is found by.

use std::collections::BTreeSet;

/// How far a full-width form lies from its half-width one: U+FF01 to U+FF5E mirror U+0021 to U+007E.
const FULL_WIDTH: u32 = 0xFEE0;

/// A name as it is searched and compared: half width, lower case, without white space and characters of no width.
pub fn search_key(name: &str) -> String {
    name.chars().map(half_width).filter(|character| is_seen(*character)).flat_map(char::to_lowercase).collect()
}

fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            u32::from(character).checked_sub(FULL_WIDTH).and_then(char::from_u32).unwrap_or(character)
        }
        other => other,
    }
}

/// Whether a character is part of the name: a space or a joiner of no width is not, however often it was typed.
fn is_seen(character: char) -> bool {
    let no_width = matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}');
    !character.is_whitespace() && !character.is_control() && !no_width
}

/// Every two characters that stand side by side in a search key.
pub fn grams(key: &str) -> BTreeSet<String> {
    let following = key.chars().skip(1);
    key.chars().zip(following).map(|(first, second)| String::from_iter([first, second])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,40}") {
            let key = search_key(&name);
            prop_assert_eq!(search_key(&key), key.clone());
            prop_assert!(grams(&key).iter().all(|gram| gram.chars().count() == 2 && key.contains(gram.as_str())));
        }
    }

    #[test]
    fn one_name_written_in_several_ways_has_one_key() {
        for written in ["ＡＢＣ（青禾）", "abc(青禾)", " a b\u{3000}c （青 禾）", "A\u{200B}BC(青禾)"] {
            assert_eq!(search_key(written), "abc(青禾)", "{written}");
        }
        assert_eq!(search_key("\u{200B} \u{3000}"), "");
        // The last full-width form is ～; what lies behind it is left alone.
        assert_eq!(search_key("～｟"), "~｟");
    }

    #[test]
    fn a_key_of_n_characters_has_at_most_n_minus_one_grams() {
        let found: Vec<String> = grams("青禾农青禾").into_iter().collect();
        // 青禾, 禾农, 农青 and 青禾 again.
        assert_eq!(found, ["农青", "禾农", "青禾"]);
        assert!(grams("青").is_empty() && grams("").is_empty());
    }
}
