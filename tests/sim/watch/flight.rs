//! Rule 7, for those who ask: what was transmitted and may be lost is told. Here each question is matched with its answer.

use std::collections::VecDeque;

use steadysocket::core::{DropReason, Effect, Event, Input, Options, QueueOptions, Session, StateKind};

#[derive(Debug)]
pub(crate) struct FlightWatch {
    limits: Option<QueueOptions>,
    /// What the present socket transmitted, and how much of that has arrived.
    transmitted: Vec<u64>,
    arrived: usize,
    /// What it gave back: when it had been left by then, that is told as well.
    given_back: Vec<u64>,
    /// How much was transmitted at each question without an answer.
    questions: VecDeque<usize>,
    /// What of it was told to be unknown.
    told: Vec<u64>,
    /// The code with which an answer to the user's close comes.
    answer: Option<u16>,
}

impl FlightWatch {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            limits: options.queue.filter(|queue| queue.in_flight),
            transmitted: Vec::new(),
            arrived: 0,
            given_back: Vec::new(),
            questions: VecDeque::new(),
            told: Vec::new(),
            answer: None,
        }
    }

    /// Takes note of an input about the present socket.
    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind) {
        match input {
            Input::ReplyHeard { .. } if state == StateKind::Open => {
                self.arrived = self.questions.pop_front().unwrap_or(self.arrived);
            }
            Input::Untransmitted { message, .. } => {
                self.transmitted.retain(|number| *number != message.payload);
                self.given_back.push(message.payload);
            }
            Input::SocketClosed { details, .. }
                if state == StateKind::Closing && details.was_clean && Some(details.code) == self.answer =>
            {
                self.arrived = self.transmitted.len();
            }
            _ => {}
        }
    }

    /// Whether there is something to be confirmed, for which a server is asked though it is not silent.
    pub(crate) fn may_ask(&self) -> bool {
        self.limits.is_some() && !(self.transmitted.is_empty() && self.given_back.is_empty())
    }

    /// Whether each question had its answer, if that matters.
    pub(crate) fn is_answered(&self) -> bool {
        self.limits.is_none() || self.questions.is_empty()
    }

    pub(crate) fn handled(&self, session: &Session<u64>) {
        let in_flight = session.messages_in_flight();
        let Some(limits) = self.limits else {
            return must_eq!(in_flight, 0, "nobody wants to know");
        };
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let fits = in_flight as f64 <= limits.max_messages.max(1.0);
        // Who closes has all go out that waits.
        must!(fits || session.state() != StateKind::Open, "{in_flight} messages are in flight");
    }

    pub(crate) fn effect(&mut self, effect: &Effect<u64>) {
        match effect {
            Effect::OpenSocket { .. } => {
                (self.transmitted, self.arrived, self.questions) = (Vec::new(), 0, VecDeque::new());
                (self.given_back, self.told, self.answer) = (Vec::new(), Vec::new(), None);
            }
            Effect::Transmit { message, .. } => self.transmitted.push(message.payload),
            Effect::SendHeartbeat { .. } => self.questions.push_back(self.transmitted.len()),
            Effect::CloseSocket { code, .. } => self.answer = Some(code.unwrap_or(1005)),
            _ => {}
        }
    }

    pub(crate) fn event(&mut self, event: &Event<u64>) {
        if let Event::Dropped { payload, reason: DropReason::InFlightUnknown } = event {
            must!(self.limits.is_some(), "nobody wants to know");
            let known = self.transmitted.contains(payload) || self.given_back.contains(payload);
            must!(known, "{payload} was not in flight");
            must!(self.told.last().is_none_or(|last| last < payload), "{payload} is told out of order");
            self.told.push(*payload);
        }
    }

    pub(crate) fn drained(&mut self, session: &Session<u64>) {
        if self.limits.is_none() {
            return;
        }
        let flying = self.transmitted.get(self.arrived..).unwrap_or_default();
        let silent: Vec<_> = flying.iter().filter(|number| !self.told.contains(number)).collect();
        must!(session.messages_in_flight() >= silent.len(), "{silent:?} may be lost, and nobody is told");
    }
}
