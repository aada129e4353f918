//! One browser timer a session.

use gloo_timers::callback::Timeout;

use crate::core::Instant;

/// The longest a browser timer takes (HTML §8.7: a signed 32-bit number of milliseconds). A tick that comes too early is
/// harmless.
const LONGEST_MILLIS: u64 = i32::MAX as u64;

/// A timer that is armed for the earliest deadline. Later ones do not touch it: its tick comes early then and
/// looks again, which is cheaper than a new timer for each message.
#[derive(Debug, Default)]
pub(crate) struct Alarm {
    armed: Option<(Instant, Timeout)>,
}

impl Alarm {
    /// Makes sure that `tick` runs at `deadline` or before.
    pub(crate) fn arm(&mut self, deadline: Instant, now: Instant, tick: impl FnOnce() + 'static) {
        if self.armed.as_ref().is_some_and(|(armed, _)| *armed <= deadline) {
            return;
        }
        let millis = (deadline - now).as_micros().div_ceil(1_000).min(LONGEST_MILLIS);
        let millis = u32::try_from(millis).unwrap_or(u32::MAX);
        self.armed = Some((deadline, Timeout::new(millis, tick)));
    }

    /// Forgets the timer, because it has ticked or nothing waits for it.
    pub(crate) fn disarm(&mut self) {
        self.armed = None;
    }
}
