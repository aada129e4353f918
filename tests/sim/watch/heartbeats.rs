//! Rule 4: only silence costs a heartbeat, only an unanswered heartbeat costs a socket; and a hint asks at once.

use std::collections::VecDeque;

use steadysocket::core::{Duration, Effect, Event, Input, Instant, Options, StateKind};

use super::is_hint;

/// Later than this, and a timer is late because the page slept.
const PUNCTUAL: Duration = Duration::from_millis(2_000);
/// The same of a timer that was late before.
const THROTTLED: Duration = Duration::from_millis(61_000);
/// The end of a timeout, which is left to what waits in the page's queue.
const LAST_TURN: Duration = Duration::from_millis(200);

/// The answer is all but overdue, and what waits in the page's queue has its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastTurn {
    ToCome,
    Begun,
    /// The page slept in it: what waits behind this timer too, nobody can tell.
    Slept,
}

#[derive(Debug)]
pub(crate) struct HeartbeatWatch {
    /// How much silence is a heartbeat worth, and how long may its answer take.
    spans: Option<(Duration, Duration)>,
    /// The last sign of life on this socket.
    heard: Instant,
    /// The last question, unless it was answered; and for how long the page was awake since.
    asked: Option<Instant>,
    awake: Duration,
    /// It was asked again, since the answer was overdue.
    again: bool,
    last_turn: LastTurn,
    /// When the questions without an answer were asked; answers come in their order.
    questions: VecDeque<Instant>,
    /// When that was asked which was answered last.
    answered: Option<Instant>,
    /// What `bufferedAmount` is at most.
    buffered: u64,
    hinted: bool,
    /// A hint came, nothing was asked yet, and it is to be asked before the step is over.
    must_ask: bool,
}

impl HeartbeatWatch {
    pub(crate) fn new(options: &Options) -> Self {
        let spans = options.heartbeat.map(|heartbeat| {
            (Duration::from_millis_f64(heartbeat.interval), Duration::from_millis_f64(heartbeat.timeout))
        });
        Self {
            spans,
            heard: Instant::default(),
            asked: None,
            awake: Duration::ZERO,
            again: false,
            last_turn: LastTurn::ToCome,
            questions: VecDeque::new(),
            answered: None,
            buffered: 0,
            hinted: false,
            must_ask: false,
        }
    }

    /// How long an answer may take.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.spans.map(|(_, timeout)| timeout)
    }

    /// Takes note of an input that is about the current socket if it is about one. Returns whether it is a sign of life.
    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind, amid: bool, now: Instant) -> bool {
        if is_hint(input) {
            self.hinted = true;
            self.must_ask = !amid && state == StateKind::Open && self.spans.is_some() && self.asked.is_none();
        }
        if let (Input::Timeout, Some((_, timeout)), Some(asked)) = (input, self.spans, self.asked)
            && now + LAST_TURN >= asked + timeout
            && self.last_turn == LastTurn::ToCome
        {
            self.last_turn = LastTurn::Begun;
        }
        let sign = match input {
            Input::SocketOpened { .. } => state == StateKind::Connecting,
            Input::SocketHeard { .. } | Input::ReplyHeard { .. } => state == StateKind::Open,
            // A full buffer that empties is one; whether the session took it for full is its own affair.
            Input::BufferedAmount { bytes, .. } => {
                state == StateKind::Open && core::mem::replace(&mut self.buffered, *bytes) > *bytes
            }
            _ => false,
        };
        match input {
            Input::BufferedAmount { .. } => {}
            _ if sign => (self.heard, self.asked, self.last_turn) = (now, None, LastTurn::ToCome),
            _ => {}
        }
        match input {
            Input::SocketOpened { .. } if sign => (self.questions, self.buffered) = (VecDeque::new(), 0),
            Input::ReplyHeard { .. } if sign => self.answered = self.questions.pop_front(),
            _ => {}
        }
        sign
    }

    pub(crate) fn slept(&mut self) {
        if self.last_turn == LastTurn::Begun {
            self.last_turn = LastTurn::Slept;
        }
    }

    /// Whether it slept when it was about to judge.
    pub(crate) fn slept_last(&self) -> bool {
        self.last_turn == LastTurn::Slept
    }

    /// The page was awake for a while.
    pub(crate) fn awake(&mut self, span: Duration) {
        self.awake = Duration::from_micros(self.awake.as_micros() + span.as_micros());
    }

    /// A timer made the session leave an open socket.
    pub(crate) fn gave_up(&self, now: Instant) {
        let Some((_, timeout)) = self.spans else {
            return must!(false, "left a socket for silence, and there is no heartbeat");
        };
        let Some(asked) = self.asked else {
            return must!(false, "left a socket without an unanswered question");
        };
        must!(now - asked >= timeout, "left a socket {:?} after it asked", now - asked);
        // What is no later than throttled timers are is no excuse: the first time once a second, then once a minute.
        let late = now - (asked + timeout);
        let most = if self.again { THROTTLED } else { PUNCTUAL };
        // And so may be the turn of what waits in the page's queue.
        let asleep = now > asked + timeout + most + THROTTLED;
        let excused = self.slept_last() || self.awake >= timeout;
        must!(excused || !asleep, "left a socket {late:?} late, having slept");
    }

    /// Takes note of what is to be done; with messages to be confirmed, there need not be silence for a heartbeat.
    pub(crate) fn effect(&mut self, effect: &Effect<u64>, bytes: u64, unconfirmed: bool, now: Instant) {
        match effect {
            Effect::SendHeartbeat { .. } => {
                let Some((interval, timeout)) = self.spans else {
                    return must!(false, "a heartbeat that nobody ordered");
                };
                let silent = now - self.heard >= interval;
                let overdue = self.asked.is_some_and(|asked| now - asked >= timeout);
                let due = self.hinted || silent || overdue || unconfirmed;
                must!(due, "a heartbeat {:?} after a word", now - self.heard);
                self.questions.push_back(now);
                (self.asked, self.must_ask) = (Some(now), false);
                (self.again, self.awake, self.last_turn) = (overdue, Duration::ZERO, LastTurn::ToCome);
            }
            Effect::Transmit { .. } => self.buffered = self.buffered.saturating_add(bytes),
            _ => {}
        }
    }

    pub(crate) fn event(&mut self, event: &Event<u64>, now: Instant) {
        if let Event::Latency { rtt } = event {
            let Some(asked) = self.answered.take() else {
                return must!(false, "the round trip of a question that was not asked");
            };
            must_eq!(*rtt, now - asked, "the round trip of the question that was answered");
            must!(self.timeout() >= Some(*rtt), "a round trip of {rtt:?}, in which the page slept");
        }
    }

    pub(crate) fn drained(&mut self, state: StateKind) {
        must!(!self.must_ask || state != StateKind::Open, "a hint came, and nothing was asked");
        (self.hinted, self.must_ask) = (false, false);
    }
}
