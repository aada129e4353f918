//! What must hold at every step, whatever happens: a reference model in pieces, each as simple as can be, which knows
//! inputs and outputs alone.

#[macro_use]
pub(crate) mod must;
mod ends;
mod flight;
mod heartbeats;
mod liveness;
mod messages;
mod moves;
mod patience;
mod retries;
mod sockets;
mod states;

use steadysocket::core::{
    Duration, Effect, Event, Input, Instant, Network, Options, Output, Page, Session, StateKind,
};

use ends::EndWatch;
use flight::FlightWatch;
use heartbeats::HeartbeatWatch;
pub(crate) use liveness::LivenessWatch;
pub(crate) use messages::{Fate, MessageWatch};

use patience::PatienceWatch;
pub(crate) use retries::Draw;
use retries::RetryWatch;
pub(crate) use sockets::SocketWatch;
pub(crate) use states::StateWatch;

/// Looks on as a session is driven; asserts.
#[derive(Debug)]
pub(crate) struct Watch {
    pub(crate) sockets: SocketWatch,
    pub(crate) states: StateWatch,
    pub(crate) messages: MessageWatch,
    pub(crate) retries: RetryWatch,
    pub(crate) liveness: LivenessWatch,
    ends: EndWatch,
    pub(crate) flight: FlightWatch,
    heartbeats: HeartbeatWatch,
    patience: PatienceWatch,
    /// The state before the input at hand, and whether that is a timer.
    before: (StateKind, bool),
}

impl Watch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            sockets: SocketWatch::default(),
            states: StateWatch::new(options),
            messages: MessageWatch::new(options),
            retries: RetryWatch::new(options),
            liveness: LivenessWatch::new(options),
            ends: EndWatch::new(options),
            flight: FlightWatch::new(options),
            heartbeats: HeartbeatWatch::new(options),
            patience: PatienceWatch::new(options),
            before: (StateKind::Idle, false),
        }
    }

    /// The page is awake for a while, with timers that fire at multiples of `tick`, and all is well or not.
    pub(crate) fn awake(&mut self, span: Duration, tick: Duration) {
        self.patience.awake(span, tick);
        self.retries.awake(span, tick);
        self.heartbeats.awake(span);
    }

    /// The page slept.
    pub(crate) fn slept(&mut self) {
        self.patience.slept();
        self.heartbeats.slept();
        self.retries.slept();
    }

    /// Whether all is well with the world is known to the world.
    pub(crate) fn look(&mut self, well: bool, state: StateKind, now: Instant) {
        if well && self.states.wanted() {
            self.liveness.look(state, now);
        } else {
            self.liveness.trouble(now);
        }
    }

    /// An input is about to be handled, while outputs of earlier ones may still wait (`amid`).
    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind, amid: bool, now: Instant) {
        self.before = (state, matches!(input, Input::Timeout));
        if self.is_current(input) {
            if self.heartbeats.input(input, state, amid, now) {
                self.patience.renew(state, now);
            }
            self.ends.input(input, state, amid);
            self.retries.input(input, state, amid);
            self.flight.input(input, state);
            if matches!(input, Input::SocketFailed { .. }) {
                self.patience.failed(now);
            }
            if matches!(input, Input::Open | Input::SocketClosed { .. }) {
                self.liveness.trouble(now);
            }
        }
        self.states.input(input, state, &self.sockets, amid);
        self.sockets.input(input);
        self.messages.input(input, state);
    }

    /// It was handled.
    pub(crate) fn handled(&mut self, session: &Session<u64>, now: Instant) {
        let (before, timer) = self.before;
        let state = session.state();
        if timer && state != before {
            self.patience.gave_up(now);
            if before == StateKind::Open {
                self.heartbeats.gave_up(now);
            }
        }
        if state != before {
            self.patience.renew(state, now);
        }
        self.states.handled(session);
        self.messages.handled(session);
        self.flight.handled(session);
    }

    /// An output was taken, to be carried out right now.
    pub(crate) fn output(
        &mut self,
        output: &Output<u64>,
        buffered: u64,
        session: &Session<u64>,
        now: Instant,
    ) {
        match output {
            Output::Effect(effect) => {
                self.states.effect(effect);
                self.sockets.effect(effect);
                self.retries.effect(effect, now);
                self.ends.effect(effect, session.state());
                if let Effect::ResolveUrl { .. } = effect {
                    self.patience.renew(session.state(), now);
                }
                let mut bytes = 0;
                if let Effect::Transmit { message, .. } = effect {
                    self.messages.transmitted(message.payload, buffered, session.state(), now);
                    bytes = self.messages.bytes(message.payload);
                }
                self.flight.effect(effect);
                self.heartbeats.effect(effect, bytes, self.flight.may_ask(), now);
            }
            Output::Event(event) => {
                self.states.event(event);
                self.messages.event(event, now);
                self.flight.event(event);
                self.heartbeats.event(event, now);
                self.retries.event(event, now);
                self.ends.event(event);
                self.liveness.event(event, now);
                if let Event::RetryScheduled { delay, .. } = event {
                    self.patience.scheduled(*delay, now);
                }
            }
        }
    }

    /// There is no more output.
    pub(crate) fn drained(&mut self, session: &Session<u64>, now: Instant) {
        self.states.drained(session, now);
        self.sockets.drained(session.state());
        self.messages.drained(session);
        self.flight.drained(session);
        self.heartbeats.drained(session.state());
        self.retries.drained();
    }

    /// Whether it is for silence that an open socket is being left.
    pub(crate) fn left_for_silence(&self) -> bool {
        self.before == (StateKind::Open, true)
    }

    /// Whether the page slept just when the session was about to judge: no clock tells that.
    pub(crate) fn slept_last(&self) -> bool {
        self.heartbeats.slept_last()
    }

    pub(crate) fn reply_timeout(&self) -> Option<Duration> {
        self.heartbeats.timeout()
    }

    /// Whether an input is about the latest attempt and its socket, if it is about one. Any other changes nothing.
    fn is_current(&self, input: &Input<u64>) -> bool {
        match input {
            Input::UrlResolved { attempt } | Input::UrlFailed { attempt } | Input::Judged { attempt, .. } => {
                self.states.attempt() == Some(*attempt)
            }
            Input::SocketOpened { id }
            | Input::SocketHeard { id }
            | Input::ReplyHeard { id }
            | Input::SocketFailed { id }
            | Input::SocketClosed { id, .. }
            | Input::BufferedAmount { id, .. } => self.sockets.latest() == Some(*id),
            _ => true,
        }
    }
}

/// Reasons to look at once.
fn is_hint(input: &Input<u64>) -> bool {
    matches!(
        input,
        Input::Network(Network::Online)
            | Input::Page(Page::Visible | Page::Shown { persisted: true } | Page::Resumed)
    )
}
