//! "The WebSocket that stays connected": when the network is well and the page awake for long enough, there is a connection.

use steadysocket::core::{Duration, Event, Instant, Options, Pace, StateKind, Verdict};

/// No server that restarts asks for a longer wait than this, or the longest backoff.
const RESTART: f64 = 5_000.0;
/// What an attempt takes on a good road, and what timers are late.
const ATTEMPT: f64 = 5_000.0;

#[derive(Debug)]
pub(crate) struct LivenessWatch {
    bound: Duration,
    /// Since when all is well.
    since: Instant,
    /// The user asked for such a delay, and it ends then.
    postponed: Instant,
    after: Option<Duration>,
}

impl LivenessWatch {
    pub(crate) fn new(options: &Options) -> Self {
        let bound = Self::bound(options);
        Self { bound, since: Instant::default(), postponed: Instant::default(), after: None }
    }

    /// A last attempt in an ill world, the longest delay, an attempt in a good one.
    pub(crate) fn bound(options: &Options) -> Duration {
        let attempt = options.url_timeout + options.connect_timeout;
        Duration::from_millis_f64(attempt + options.backoff_max.max(RESTART) + ATTEMPT)
    }

    pub(crate) fn event(&mut self, event: &Event<u64>, now: Instant) {
        match event {
            Event::Disconnected { verdict, .. } => {
                self.after = match verdict {
                    Verdict::Retry(Pace::After(delay)) => Some(*delay),
                    _ => None,
                }
            }
            Event::RetryScheduled { .. } => {
                if let Some(delay) = self.after {
                    self.postponed = now + delay;
                }
            }
            _ => {}
        }
    }

    /// All is not well.
    pub(crate) fn trouble(&mut self, now: Instant) {
        self.since = now;
    }

    /// All is well, and a connection is wanted.
    pub(crate) fn look(&self, state: StateKind, now: Instant) {
        let well = now - self.since.max(self.postponed);
        let patient = self.bound == Duration::FOREVER;
        must!(
            patient || state == StateKind::Open || well <= self.bound,
            "{state:?}, and all is well for {well:?}"
        );
    }
}
