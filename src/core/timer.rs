//! The deadlines of a session: at most one a timer.

use super::time::{Duration, Instant};

/// What a session may be waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timer {
    /// When to give up on the URL provider.
    UrlTimeout,
    /// When to give up on a handshake.
    ConnectTimeout,
    /// When to start the next attempt.
    Retry,
    /// When an open socket has lasted long enough to reset the backoff.
    StableAfter,
    /// When silence has lasted long enough to ask whether the socket lives.
    Heartbeat,
    /// When an unanswered heartbeat costs the socket.
    ReplyTimeout,
    /// When to stop waiting for the close of a socket that the user closed.
    CloseTimeout,
    /// When to look again how much the socket still has buffered.
    DrainPoll,
    /// When the next waiting message has waited too long.
    MessageTtl,
}

const ALL: [Timer; 9] = [
    Timer::UrlTimeout,
    Timer::ConnectTimeout,
    Timer::Retry,
    Timer::StableAfter,
    Timer::Heartbeat,
    Timer::ReplyTimeout,
    Timer::CloseTimeout,
    Timer::DrainPoll,
    Timer::MessageTtl,
];

/// A page that wakes is told of what came in once it has gone through the browser's other processes, which wake as well.
const WAKING: Duration = Duration::from_millis(200);

/// How much of a timeout is left, at least, for what came in while the page may have slept, before the session judges.
pub(crate) fn last_turn(timeout: Duration) -> Duration {
    WAKING.min(timeout.scaled(0.5))
}

/// What an expired timer says about the time since it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// The page was awake meanwhile, and was told what came in.
    Trusted,
    /// It came this much late: what came in meanwhile may lie in the page's queue behind it.
    Late(Duration),
    /// It came so late that the page may have slept: ask again before you judge.
    Doubtful,
}

/// Later than this, and more than the once-a-second throttling of a hidden page is at work.
pub(crate) const PUNCTUAL: Duration = Duration::from_millis(2_000);
/// Later than this, and more than the once-a-minute throttling is: the page slept.
const THROTTLED: Duration = Duration::from_millis(61_000);

/// One deadline a timer; [`Instant::NEVER`] if it is not set.
#[derive(Debug)]
pub(crate) struct TimerTable {
    deadlines: [Instant; ALL.len()],
    chances: [Chance; ALL.len()],
}

/// Which of its expiries a timer was set for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chance {
    First,
    /// The one after a doubtful expiry.
    Again,
    /// The one after a late expiry, when the page was told what waited in its queue.
    Last,
}

impl TimerTable {
    pub(crate) fn new() -> Self {
        Self { deadlines: [Instant::NEVER; ALL.len()], chances: [Chance::First; ALL.len()] }
    }

    /// The earliest deadline.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.deadlines.iter().copied().min().filter(|at| *at < Instant::NEVER)
    }

    /// Its deadline, if it is set.
    pub(crate) fn at(&self, timer: Timer) -> Instant {
        self.deadlines[timer as usize]
    }

    pub(crate) fn is_set(&self, timer: Timer) -> bool {
        self.deadlines[timer as usize] < Instant::NEVER
    }

    /// Sets a timer, in place of its former deadline if it had one.
    pub(crate) fn set(&mut self, timer: Timer, at: Instant) {
        self.deadlines[timer as usize] = at;
        self.chances[timer as usize] = Chance::First;
    }

    /// Sets a timer whose last expiry was doubtful: the next one is believed, unless the page clearly slept again.
    /// Without that, a page throttled to a tick a minute would never notice a dead socket.
    pub(crate) fn set_again(&mut self, timer: Timer, at: Instant) {
        self.set(timer, at);
        self.chances[timer as usize] = Chance::Again;
    }

    /// Sets a timer whose last expiry was late: the next one is believed, unless the page clearly slept again.
    pub(crate) fn set_last(&mut self, timer: Timer, at: Instant) {
        self.set(timer, at);
        self.chances[timer as usize] = Chance::Last;
    }

    /// Sets a timer unless it goes off earlier already.
    pub(crate) fn set_no_later(&mut self, timer: Timer, at: Instant) {
        let deadline = &mut self.deadlines[timer as usize];
        *deadline = at.min(*deadline);
    }

    pub(crate) fn clear(&mut self, timer: Timer) {
        self.set(timer, Instant::NEVER);
    }

    /// Clears the timers that belong to a state, which is all but the one of the outbox.
    pub(crate) fn clear_state(&mut self) {
        let message_ttl = self.deadlines[Timer::MessageTtl as usize];
        *self = Self::new();
        self.set(Timer::MessageTtl, message_ttl);
    }

    /// Takes out the earliest timer that is due.
    pub(crate) fn take_due(&mut self, now: Instant) -> Option<(Timer, Expiry)> {
        let timer = ALL.into_iter().min_by_key(|timer| self.deadlines[*timer as usize])?;
        let at = self.deadlines[timer as usize];
        if now < at {
            return None;
        }
        let late = now - at;
        let expiry = match self.chances[timer as usize] {
            Chance::Last if late <= THROTTLED => Expiry::Trusted,
            Chance::First if late <= PUNCTUAL => Expiry::Late(late),
            Chance::Again if late <= THROTTLED => Expiry::Late(late),
            _ => Expiry::Doubtful,
        };
        self.clear(timer);
        Some((timer, expiry))
    }
}
