//! What a session answered, and when.

use steadysocket::core::{
    Cause, CloseDetails, DropReason, Duration, Effect, Event, Instant, Output, Reason, SocketId, StateKind,
    Verdict,
};

/// Outputs in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Log(pub(crate) Vec<(Instant, Output<u64>)>);

impl Log {
    /// What `choose` makes of each effect.
    pub(crate) fn effects<T>(&self, choose: impl Fn(Instant, &Effect<u64>) -> Option<T>) -> Vec<T> {
        self.pick(|at, output| match output {
            Output::Effect(effect) => choose(at, effect),
            Output::Event(_) => None,
        })
    }

    /// What `choose` makes of each event.
    pub(crate) fn events<T>(&self, choose: impl Fn(Instant, &Event<u64>) -> Option<T>) -> Vec<T> {
        self.pick(|at, output| match output {
            Output::Event(event) => choose(at, event),
            Output::Effect(_) => None,
        })
    }

    /// When the attempts began.
    pub(crate) fn attempts(&self) -> Vec<Instant> {
        self.effects(|at, effect| matches!(effect, Effect::ResolveUrl { .. }).then_some(at))
    }

    /// The sockets that were to be opened.
    pub(crate) fn sockets(&self) -> Vec<SocketId> {
        self.effects(|_, effect| if let Effect::OpenSocket { id } = effect { Some(*id) } else { None })
    }

    /// The sockets that were abandoned.
    pub(crate) fn abandoned(&self) -> Vec<SocketId> {
        self.effects(|_, effect| if let Effect::AbandonSocket { id } = effect { Some(*id) } else { None })
    }

    /// The code and reason of each closing handshake begun.
    pub(crate) fn closes(&self) -> Vec<(Option<u16>, Reason<u64>)> {
        self.effects(|_, effect| match effect {
            Effect::CloseSocket { code, reason, .. } => Some((*code, reason.clone())),
            _ => None,
        })
    }

    /// When heartbeats were sent.
    pub(crate) fn heartbeats(&self) -> Vec<Instant> {
        self.effects(|at, effect| matches!(effect, Effect::SendHeartbeat { .. }).then_some(at))
    }

    /// The messages handed to a socket.
    pub(crate) fn transmitted(&self) -> Vec<u64> {
        self.effects(|_, effect| match effect {
            Effect::Transmit { message, .. } => Some(message.payload),
            _ => None,
        })
    }

    /// Why attempts and connections ended.
    pub(crate) fn causes(&self) -> Vec<Cause> {
        self.disconnects().into_iter().map(|(_, cause, _, _)| cause).collect()
    }

    /// What followed from the ends.
    pub(crate) fn verdicts(&self) -> Vec<Verdict> {
        self.disconnects().into_iter().map(|(_, _, _, verdict)| verdict).collect()
    }

    /// Each end in full.
    pub(crate) fn disconnects(&self) -> Vec<(Instant, Cause, CloseDetails<u64>, Verdict)> {
        self.events(|at, event| match event {
            Event::Disconnected { cause, details, verdict } => Some((at, *cause, details.clone(), *verdict)),
            _ => None,
        })
    }

    /// The retries announced: which one, and in how long.
    pub(crate) fn retries(&self) -> Vec<(u32, Duration)> {
        self.events(|_, event| match event {
            Event::RetryScheduled { attempt, delay, .. } => Some((*attempt, *delay)),
            _ => None,
        })
    }

    /// When connections came about, and whether they were announced as not the first.
    pub(crate) fn opened(&self) -> Vec<(Instant, bool)> {
        self.events(|at, event| match event {
            Event::Opened { reconnected } => Some((at, *reconnected)),
            _ => None,
        })
    }

    /// Why the session was over.
    pub(crate) fn closed(&self) -> Vec<Cause> {
        self.events(|_, event| if let Event::Closed { cause } = event { Some(*cause) } else { None })
    }

    /// The messages given up, and why.
    pub(crate) fn drops(&self) -> Vec<(u64, DropReason)> {
        self.events(|_, event| match event {
            Event::Dropped { payload, reason } => Some((*payload, *reason)),
            _ => None,
        })
    }

    /// When nothing waited any more.
    pub(crate) fn drained(&self) -> Vec<Instant> {
        self.events(|at, event| matches!(event, Event::Drained).then_some(at))
    }

    /// The round-trip times told.
    pub(crate) fn latencies(&self) -> Vec<Duration> {
        self.events(|_, event| if let Event::Latency { rtt } = event { Some(*rtt) } else { None })
    }

    /// The states entered.
    pub(crate) fn states(&self) -> Vec<StateKind> {
        self.events(|_, event| if let Event::StateChanged { to, .. } = event { Some(*to) } else { None })
    }

    fn pick<T>(&self, choose: impl Fn(Instant, &Output<u64>) -> Option<T>) -> Vec<T> {
        self.0.iter().filter_map(|(at, output)| choose(*at, output)).collect()
    }
}
