//! The life of a page: who sees it, whether it runs, and what that does to its timers.

use steadysocket::core::{Duration, Input, Instant, Page};

use crate::dice::Dice;
use crate::world::{minutes, seconds};

/// A page is hidden for this long before its timers are throttled to one a minute.
const PATIENCE: Duration = minutes(5);

/// Why nothing runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sleep {
    /// The machine sleeps.
    Machine,
    /// The browser froze the page.
    Frozen,
    /// The page is in the page cache.
    Cached,
}

#[derive(Debug, Default)]
pub(crate) struct PageLife {
    hidden: Option<Instant>,
    /// Nothing runs.
    pub(crate) asleep: Option<Sleep>,
    /// By its own events, it was left or frozen and did not come back.
    pub(crate) away: bool,
    /// Timers of a page that is seen are late by up to this.
    pub(crate) lateness: Duration,
    /// What the page wakes up to: messages before timers.
    pub(crate) messages_first: bool,
}

impl PageLife {
    pub(crate) fn told(&mut self, input: &Input<u64>, now: Instant) {
        match input {
            Input::Page(Page::Hidden) => self.hidden = self.hidden.or(Some(now)),
            Input::Page(Page::Visible) => self.hidden = None,
            Input::Page(Page::Hiding { .. } | Page::Frozen) => self.away = true,
            Input::Page(Page::Shown { .. } | Page::Resumed) => self.away = false,
            _ => {}
        }
    }

    /// It is seen and runs.
    pub(crate) fn is_well(&self) -> bool {
        self.hidden.is_none() && self.asleep.is_none() && !self.away
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden.is_some()
    }

    /// When a timer that is due at `at` goes off.
    pub(crate) fn goes_off(&self, at: Instant, tick: Duration) -> Instant {
        let tick = self.tick(at).max(tick);
        match tick.as_micros() {
            0 => at + Dice::new(at.as_micros()).within(self.lateness),
            tick => Instant::from_micros(at.as_micros().next_multiple_of(tick)),
        }
    }

    /// Timers go off at the multiples of this.
    pub(crate) fn tick(&self, at: Instant) -> Duration {
        match self.hidden {
            None => Duration::ZERO,
            Some(hidden) if at - hidden < PATIENCE => seconds(1),
            Some(_) => minutes(1),
        }
    }
}
