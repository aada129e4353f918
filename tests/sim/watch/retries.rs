//! Rule 6: when attempts follow, and how their delays are drawn.

use steadysocket::core::{Duration, Effect, Event, Input, Instant, Options, Pace, StateKind, Verdict};

use super::is_hint;

#[derive(Debug)]
pub(crate) struct RetryWatch {
    options: Options,
    /// Failures since the last stable connection.
    failures: u32,
    /// What the next delay is drawn from, ms.
    ceiling: f64,
    uptime: Option<Uptime>,
    /// It may have been stable.
    either: bool,
    pace: Option<Pace>,
    /// When the next attempt is due, and whether a hint brings it on.
    due: Option<(Instant, bool)>,
    step: Step,
    /// A hint came that is to bring on the next attempt before the step is over.
    must_start: bool,
    /// The server asked for a longer wait, and the ceiling grows on from that.
    raised: bool,
    /// What came of the draws: fractions of their ranges.
    pub(crate) draws: Vec<(Draw, f64)>,
}

/// What a delay is drawn for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Draw {
    Ordinary,
    Restart,
    Overload,
    /// An ordinary end after one of these two.
    Raised,
}

/// What may bring on an attempt before its time.
#[derive(Debug, Default)]
struct Step {
    /// The user opened the session.
    opened: bool,
    hinted: bool,
    /// The page came back.
    returned: bool,
}

/// How long a connection lasted.
#[derive(Clone, Copy, Debug)]
struct Uptime {
    since: Instant,
    /// Awake, since the last nap.
    awake: Duration,
    tick: Duration,
}

impl RetryWatch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            options: *options,
            failures: 0,
            ceiling: 0.0,
            uptime: None,
            either: false,
            pace: None,
            due: None,
            step: Step::default(),
            must_start: false,
            raised: false,
            draws: Vec::new(),
        }
    }

    pub(crate) fn awake(&mut self, span: Duration, tick: Duration) {
        if let Some(uptime) = &mut self.uptime {
            uptime.awake = Duration::from_micros(uptime.awake.as_micros() + span.as_micros());
            uptime.tick = uptime.tick.max(tick);
        }
    }

    pub(crate) fn slept(&mut self) {
        if let Some(uptime) = &mut self.uptime {
            uptime.awake = Duration::ZERO;
        }
    }

    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind, amid: bool) {
        match input {
            Input::Open if state != StateKind::Suspended => self.step.opened = true,
            // When the page is back, at once.
            Input::Open => {
                self.failures = 0;
                self.due.iter_mut().for_each(|(_, movable)| *movable = true);
            }
            _ if is_hint(input) => {
                self.step.hinted = true;
                let can_start = self.due.is_some_and(|(_, movable)| movable);
                self.must_start |= !amid && state == StateKind::Waiting && can_start;
            }
            _ => {}
        }
        self.step.returned |= state == StateKind::Suspended;
    }

    pub(crate) fn effect(&mut self, effect: &Effect<u64>, now: Instant) {
        if !matches!(effect, Effect::ResolveUrl { .. }) {
            return;
        }
        if let Some((due, movable)) = self.due.take() {
            let free = self.step.opened || movable && (self.step.returned || self.step.hinted);
            must!(free || now >= due, "an attempt {:?} too early", due - now);
        }
        if core::mem::take(&mut self.step.opened) {
            (self.failures, self.uptime) = (0, None);
        }
        self.must_start = false;
    }

    pub(crate) fn event(&mut self, event: &Event<u64>, now: Instant) {
        match event {
            Event::Opened { .. } => {
                self.uptime = Some(Uptime { since: now, awake: Duration::ZERO, tick: Duration::ZERO });
            }
            Event::StateChanged { from: StateKind::Open, .. } => {
                if let Some(uptime) = self.uptime.take() {
                    self.judge(uptime, now);
                }
            }
            Event::Disconnected { verdict, .. } => {
                self.pace = match verdict {
                    Verdict::Stop => None,
                    Verdict::Retry(pace) => Some(*pace),
                };
            }
            Event::RetryScheduled { attempt, delay, .. } => self.scheduled(*attempt, *delay, now),
            _ => {}
        }
    }

    pub(crate) fn drained(&mut self) {
        must!(!self.must_start, "a hint came, and no attempt began");
        self.step = Step::default();
    }

    /// Whether the connection was stable; what could be either is settled by the next retry's number.
    fn judge(&mut self, uptime: Uptime, now: Instant) {
        let stable = self.options.stable_after;
        let surely = Duration::from_millis_f64(2.0 * stable + 3.0 * uptime.tick.as_millis_f64() + 100.0);
        let reset = uptime.awake > surely;
        let may_reset = now - uptime.since >= Duration::from_millis_f64(stable);
        must!(may_reset || !reset, "a connection is older awake than it is");
        self.failures = match (reset, may_reset) {
            (true, _) => 0,
            (_, false) => self.failures,
            _ => {
                self.either = true;
                self.failures
            }
        };
    }

    fn scheduled(&mut self, attempt: u32, delay: Duration, now: Instant) {
        let either = core::mem::take(&mut self.either);
        must!(
            attempt == self.failures + 1 || either && attempt == 1,
            "retry {attempt} after {} failures",
            self.failures
        );
        must!(f64::from(attempt) <= self.options.retries, "retry {attempt}, and no more were allowed");
        self.failures = attempt;
        let Some(pace) = self.pace else { return must!(false, "a retry that no verdict asked for") };
        let max = self.options.backoff_max;
        if attempt == 1 {
            (self.ceiling, self.raised) = (self.options.backoff_min, false);
        }
        let spread = match pace {
            Pace::Restart => self.ceiling.max(5_000.0).min(max),
            Pace::Overload => max,
            _ => self.ceiling,
        };
        self.ceiling = (spread * self.options.backoff_factor).min(max);
        let range = match pace {
            Pace::AtOnce => 0.0,
            Pace::After(wished) => {
                self.due = Some((now + wished, false));
                return must_eq!(delay, wished, "the delay that the user wished");
            }
            _ => spread,
        };
        let millis = delay.as_millis_f64();
        must!(millis < range || range == 0.0 && millis == 0.0, "{pace:?}: {millis} of {range} ms");
        if range > 0.0 {
            let draw = match pace {
                Pace::Restart => Draw::Restart,
                Pace::Overload => Draw::Overload,
                _ if self.raised => Draw::Raised,
                _ => Draw::Ordinary,
            };
            self.draws.push((draw, millis / range));
            self.raised |= matches!(pace, Pace::Restart | Pace::Overload);
        }
        let movable = matches!(pace, Pace::AtOnce | Pace::Backoff);
        self.due = Some((now + delay, movable));
    }
}
