//! Asking whether a silent socket lives.

use super::time::{Duration, Instant};

/// Measures how long answers take. Whether one is overdue is for `Timer::ReplyTimeout` to say, which anything
/// that comes in clears: any frame proves life, but only the reply tells the round-trip time.
#[derive(Debug, Default)]
pub(crate) struct Heartbeat {
    asked_at: Option<Instant>,
}

impl Heartbeat {
    pub(crate) fn asked(&mut self, now: Instant) {
        self.asked_at = Some(now);
    }

    /// The round-trip time, if this answers a heartbeat.
    pub(crate) fn answered(&mut self, now: Instant) -> Option<Duration> {
        self.asked_at.take().map(|asked_at| now - asked_at)
    }
}
