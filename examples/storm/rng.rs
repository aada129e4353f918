//! Randomness that a seed repeats: the same storm to the last attempt.

use steadysocket::core::Duration;

/// `SplitMix64` (Steele, Lea, Flood 2014).
#[derive(Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn seed(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// What `Math.random()` gives: 0 included, 1 excluded.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.seed() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Evenly between two spans.
    pub(crate) fn between(&mut self, from: Duration, to: Duration) -> Duration {
        let [from, to] = [from, to].map(Duration::as_millis_f64);
        Duration::from_millis_f64(from + (to - from) * self.fraction())
    }
}
