//! What one measurement came to, and the medians of several.

use std::time::Duration;

/// How long one measurement takes, and how much of its beginning is not counted: connections are made and statements are planned.
pub const LENGTH: Duration = Duration::from_secs(4);
pub const WARMING: Duration = Duration::from_secs(1);

/// One thing done: when it ended, counted from the beginning, and how long it took.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    pub at: Duration,
    pub took: Duration,
}

/// Figures of one measurement.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    pub per_second: f64,
    pub p50: f64,
    pub p99: f64,
    /// Bookings that a rule refused.
    pub refused: usize,
    /// Bookings that had to give way and were asked for again.
    pub again: usize,
}

impl Round {
    pub fn of(done: &[Done], refused: usize, again: usize) -> Self {
        let counted = done.iter().filter(|done| done.at > WARMING && done.at <= LENGTH);
        let mut took: Vec<f64> = counted.map(|done| done.took.as_secs_f64() * 1_000.0).collect();
        took.sort_by(f64::total_cmp);
        assert!(!took.is_empty(), "nothing was done");
        let at = |hundredth: usize| took[(took.len() * hundredth / 100).min(took.len() - 1)];
        let per_second = took.len() as f64 / (LENGTH - WARMING).as_secs_f64();
        Self { per_second, p50: at(50), p99: at(99), refused, again }
    }
}

/// The same measured several times.
#[derive(Debug, Default)]
pub struct Rounds(Vec<Round>);

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

impl Rounds {
    pub fn add(&mut self, round: Round) {
        self.0.push(round);
    }

    pub fn median(&self) -> Round {
        let of = |figure: fn(&Round) -> f64| median(self.0.iter().map(figure).collect());
        Round {
            per_second: of(|round| round.per_second),
            p50: of(|round| round.p50),
            p99: of(|round| round.p99),
            refused: self.0.iter().map(|round| round.refused).sum(),
            again: self.0.iter().map(|round| round.again).sum(),
        }
    }

    pub fn median_ratio(&self, against: &Self) -> f64 {
        median(self.0.iter().zip(&against.0).map(|(one, other)| one.per_second / other.per_second).collect())
    }
}
