//! Chance that falls the same way every time: a small generator of our own (splitmix64), so that a seed is a world.

/// Dice that a seed has loaded.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`; zero of no sides.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.next().checked_rem(sides).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub fn within(&mut self, least: i64, most: i64) -> i64 {
        let sides = most.saturating_sub(least).saturating_add(1);
        let more = self.below(u64::try_from(sides).unwrap_or(1));
        least.saturating_add(i64::try_from(more).unwrap_or(0))
    }

    /// Whether something happens that does so often in a thousand times.
    pub fn happens(&mut self, in_thousand: u64) -> bool {
        self.below(1000) < in_thousand
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(several.len()).unwrap_or(0);
        usize::try_from(self.below(count)).ok().and_then(|place| several.get(place))
    }

    /// One of several, each as likely as its weight.
    pub fn weighed<'a, T>(&mut self, several: &'a [(u64, T)]) -> Option<&'a T> {
        let whole = several.iter().fold(0_u64, |sum, (weight, _)| sum.saturating_add(*weight));
        let mut left = self.below(whole);
        for (weight, one) in several {
            if left < *weight {
                return Some(one);
            }
            left = left.saturating_sub(*weight);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn a_seed_falls_the_same_way_every_time_and_as_published() {
        // The first numbers of splitmix64 from seed 1234567, as its authors' program prints them.
        let mut dice = Dice::of(1_234_567);
        assert_eq!(
            [dice.next(), dice.next(), dice.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_roll_stays_within_its_bounds_and_reaches_both() {
        let mut dice = Dice::of(7);
        let rolls: Vec<i64> = (0..1000).map(|_| dice.within(-1, 2)).collect();
        assert_eq!((rolls.iter().min(), rolls.iter().max()), (Some(&-1), Some(&2)));
        assert_eq!((dice.below(0), dice.one_of::<u8>(&[])), (0, None));
    }
}
