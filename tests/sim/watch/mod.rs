//! What must hold at every step, whatever happens.

mod messages;
mod moves;
mod sockets;
mod states;

use steadysocket::core::{Effect, Input, Instant, Options, Output, Session, StateKind};

pub(crate) use messages::{Fate, MessageWatch};
pub(crate) use sockets::SocketWatch;
pub(crate) use states::StateWatch;

/// Looks on as a session is driven; asserts.
#[derive(Debug)]
pub(crate) struct Watch {
    pub(crate) sockets: SocketWatch,
    pub(crate) states: StateWatch,
    pub(crate) messages: MessageWatch,
}

impl Watch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            sockets: SocketWatch::default(),
            states: StateWatch::new(options),
            messages: MessageWatch::new(options),
        }
    }

    /// An input is about to be handled, while outputs of earlier ones may still wait (`amid`).
    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind, amid: bool) {
        self.states.input(input, state, &self.sockets, amid);
        self.sockets.input(input);
        self.messages.input(input);
    }

    /// It was handled.
    pub(crate) fn handled(&mut self, session: &Session<u64>) {
        self.states.handled(session);
        self.messages.handled(session);
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
                if let Effect::Transmit { message, .. } = effect {
                    self.messages.transmitted(message.payload, buffered, session.state(), now);
                }
            }
            Output::Event(event) => {
                self.states.event(event);
                self.messages.event(event, now);
            }
        }
    }

    /// There is no more output.
    pub(crate) fn drained(&mut self, session: &Session<u64>, now: Instant) {
        self.states.drained(session, now);
        self.sockets.drained(session.state());
        self.messages.drained(session);
    }
}
