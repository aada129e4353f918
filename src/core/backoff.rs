//! How long to wait before the next attempt.

use super::close::Pace;
use super::config::Config;
use super::rng::Rng;
use super::time::Duration;

/// A server that says it restarts gets its clients back over at least this long.
const RESTART_SPREAD: Duration = Duration::from_millis(5_000);

/// Exponential backoff with full jitter: each delay is drawn evenly from zero up to a ceiling that grows
/// from `min` by `factor` a failure up to `max`. The ceiling is capped, never the delay, so that clients
/// stay spread however long the server is away.
#[derive(Debug)]
pub(crate) struct Backoff {
    ceiling: Duration,
    failures: u32,
}

impl Backoff {
    pub(crate) fn new(config: &Config) -> Self {
        Self { ceiling: Duration::from_millis_f64(config.backoff_min), failures: 0 }
    }

    /// Attempts failed, or sockets lost, since the last stable connection.
    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }

    /// Counts a failure and draws the delay after it.
    pub(crate) fn next_delay(&mut self, pace: Pace, config: &Config, rng: &mut Rng) -> Duration {
        let max = Duration::from_millis_f64(config.backoff_max);
        let spread = match pace {
            Pace::AtOnce | Pace::After(_) | Pace::Backoff => self.ceiling,
            Pace::Restart => self.ceiling.max(RESTART_SPREAD).min(max),
            Pace::Overload => max,
        };
        self.failures = self.failures.saturating_add(1);
        self.ceiling = spread.scaled(config.backoff_factor).min(max);
        match pace {
            Pace::AtOnce => Duration::ZERO,
            Pace::After(delay) => delay,
            _ => spread.scaled(rng.fraction()),
        }
    }

    pub(crate) fn reset(&mut self, config: &Config) {
        *self = Self::new(config);
    }
}
