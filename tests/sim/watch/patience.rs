//! Detection: what does not come is given up when its time is up, counted while the page is awake; no later, no sooner.

use steadysocket::core::{Duration, Instant, Options, StateKind};

/// How late the timers of a page that is awake may be for other reasons.
const SLACK: Duration = Duration::from_millis(10);
/// How long a page that woke may take to be told of what came in meanwhile.
const SHORT_TURN: Duration = Duration::from_millis(200);
const LONG_TURN: Duration = Duration::from_millis(2_000);

#[derive(Debug)]
pub(crate) struct PatienceWatch {
    options: Options,
    state: StateKind,
    /// Since when it waits, and how long of that the page was awake.
    since: Instant,
    awake: Duration,
    /// How often it slept meanwhile: each time may cost a question more.
    naps: u32,
    /// The timers' worst throttling meanwhile.
    tick: Duration,
    /// The browser said that the handshake failed: its end is due.
    failed: bool,
    /// How long the retry at hand takes.
    delay: Option<Duration>,
}

impl PatienceWatch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            options: *options,
            state: StateKind::Idle,
            since: Instant::default(),
            awake: Duration::ZERO,
            naps: 0,
            tick: Duration::ZERO,
            failed: false,
            delay: None,
        }
    }

    /// Something came, or the state changed: the wait begins anew.
    pub(crate) fn renew(&mut self, state: StateKind, now: Instant) {
        if self.state != state {
            self.delay = None;
        }
        (self.state, self.since, self.awake, self.naps, self.tick, self.failed) =
            (state, now, Duration::ZERO, 0, Duration::ZERO, false);
    }

    /// The handshake failed, by the browser's account.
    pub(crate) fn failed(&mut self, now: Instant) {
        if self.state == StateKind::Connecting && self.options.retries > 0.0 {
            self.renew(self.state, now);
            self.failed = true;
        }
    }

    pub(crate) fn scheduled(&mut self, delay: Duration, now: Instant) {
        self.renew(self.state, now);
        self.delay = Some(delay);
    }

    /// The page was awake for a while, with such timers.
    pub(crate) fn awake(&mut self, span: Duration, tick: Duration) {
        self.awake = sum(self.awake, span);
        self.tick = self.tick.max(tick);
        if let Some(most) = self.most() {
            must!(
                self.awake <= most,
                "{:?} for {:?}, awake, and {most:?} is the most",
                self.state,
                self.awake
            );
        }
    }

    /// The page slept.
    pub(crate) fn slept(&mut self) {
        self.naps += 1;
    }

    /// A timer had the session leave its state.
    pub(crate) fn gave_up(&self, now: Instant) {
        let least = match self.state {
            StateKind::Resolving => self.options.url_timeout,
            StateKind::Connecting if self.failed => 0.0,
            StateKind::Connecting => self.options.connect_timeout,
            StateKind::Waiting => self.delay.map_or(0.0, Duration::as_millis_f64),
            _ => 0.0,
        };
        let least = Duration::from_millis_f64(least);
        must!(now - self.since >= least, "{:?} left after {:?}", self.state, now - self.since);
    }

    /// How long the page may be awake in this state.
    fn most(&self) -> Option<Duration> {
        // A late timer asks again: after each nap, and once if throttled to much more than a second.
        let again = self.naps + u32::from(self.tick > Duration::from_millis(2_000));
        let (once, each) = match self.state {
            StateKind::Resolving => (0.0, self.options.url_timeout),
            StateKind::Connecting if self.failed => (0.0, 1.0),
            StateKind::Connecting => (0.0, self.options.connect_timeout),
            StateKind::Open => {
                self.options.heartbeat.map(|heartbeat| (heartbeat.interval, heartbeat.timeout))?
            }
            StateKind::Waiting => (self.delay?.as_millis_f64(), 0.0),
            StateKind::Closing => (self.options.close_timeout, 0.0),
            _ => return None,
        };
        let most = Duration::from_millis_f64(once + each * f64::from(1 + again));
        // Late for the question, for the judgement, and for what waits in the page's queue, which has its turn.
        let turn = match self.naps {
            0 => self.tick.clamp(SHORT_TURN, LONG_TURN),
            _ => LONG_TURN,
        };
        let slack = sum(SLACK, turn.scaled(f64::from(1 + again)));
        Some(sum(sum(most, self.tick.scaled(f64::from(3 + again))), slack))
    }
}

fn sum(one: Duration, other: Duration) -> Duration {
    Duration::from_micros(one.as_micros().saturating_add(other.as_micros()))
}
