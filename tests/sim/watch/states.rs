//! The states: an unbroken chain, moved only by what may move it, in line with what the user wants, never wedged.

use steadysocket::core::{
    Attempt, Cause, Effect, Event, Input, Instant, Options, ReadyState, Session, StateKind, Verdict,
};

use super::SocketWatch;
use super::moves::{Current, Move, Moves};

#[derive(Debug)]
pub(crate) struct StateWatch {
    told: StateKind,
    wish: Wish,
    moves: Moves,
    /// The state before the input at hand, and where that may lead to; `None` amid outputs, where a name may be
    /// current though nobody has heard it yet.
    expected: Option<(StateKind, Move)>,
    attempt: Option<Attempt>,
    /// An attempt began, and its end was not told.
    under_way: bool,
    /// `Disconnected` said that it is over, and `Closed` did not say so yet.
    stopping: bool,
    /// Why the last attempt or connection ended.
    cause: Option<Cause>,
    attempts: u32,
    opened: u32,
    /// Some time-out is infinite.
    patient: bool,
}

/// Whether there is to be a connection: the user wants one, and the session has not given up.
#[derive(Debug, Default)]
struct Wish {
    /// For the outputs at hand.
    now: bool,
    /// When they are done.
    next: bool,
    /// A listener asked for a connection amid outputs.
    renewed: bool,
}

impl StateWatch {
    pub(crate) fn new(options: &Options) -> Self {
        let limits = [options.url_timeout, options.connect_timeout, options.close_timeout];
        Self {
            told: StateKind::Idle,
            wish: Wish::default(),
            moves: Moves::new(options.page_hide_close),
            expected: None,
            attempt: None,
            under_way: false,
            stopping: false,
            cause: None,
            attempts: 0,
            opened: 0,
            patient: limits.contains(&f64::INFINITY),
        }
    }

    /// Whether there is to be a connection.
    pub(crate) fn wanted(&self) -> bool {
        self.wish.now
    }

    /// The latest attempt.
    pub(crate) fn attempt(&self) -> Option<Attempt> {
        self.attempt
    }

    pub(crate) fn input(&mut self, input: &Input<u64>, state: StateKind, sockets: &SocketWatch, amid: bool) {
        match input {
            Input::Open => self.wish = Wish { now: true, next: true, renewed: amid },
            // What was on its way already may still come out.
            Input::Close { .. } => (self.wish.now, self.wish.next) = (self.wish.now && amid, false),
            _ => {}
        }
        self.moves.note(input);
        let current = Current { attempt: self.attempt, socket: sockets.latest() };
        self.expected = (!amid).then(|| (state, self.moves.follow(input, state, current)));
    }

    pub(crate) fn handled(&self, session: &Session<u64>) {
        let state = session.state();
        let fine = match self.expected {
            Some((_, Move::Must(next))) => next.contains(&state),
            Some((before, Move::May(next))) => before == state || next.contains(&state),
            None => true,
        };
        must!(fine, "{state:?}, though {:?}", self.expected);
    }

    pub(crate) fn effect(&mut self, effect: &Effect<u64>) {
        match effect {
            Effect::ResolveUrl { attempt } => {
                must!(self.wish.now, "an attempt that nobody wants");
                must!(!self.under_way, "an attempt before the end of the last one was told");
                must!(self.attempt.is_none_or(|last| last < *attempt), "{attempt:?} comes again");
                (self.under_way, self.attempt, self.attempts) = (true, Some(*attempt), self.attempts + 1);
            }
            Effect::OpenSocket { .. } => {
                must!(self.wish.now, "a socket that nobody wants");
                must!(self.under_way, "a socket without an attempt");
            }
            _ => {}
        }
    }

    pub(crate) fn event(&mut self, event: &Event<u64>) {
        match event {
            Event::StateChanged { from, to } => {
                must_eq!(*from, self.told, "the chain of states breaks on the way to {to:?}");
                must_ne!(from, to, "a change that is none");
                self.told = *to;
            }
            Event::Opened { reconnected } => {
                must_eq!(*reconnected, self.opened > 0, "whether it is the first connection");
                self.opened += 1;
            }
            Event::Disconnected { cause, verdict, .. } => {
                // A close between two attempts ends neither, and yet has its close event.
                must!(self.under_way || *cause == Cause::User, "the end of what never began");
                (self.under_way, self.cause) = (false, Some(*cause));
                self.stopping = *verdict == Verdict::Stop;
            }
            Event::RetryScheduled { cause, .. } => {
                must!(!self.stopping, "a retry after the end");
                must_eq!(Some(*cause), self.cause, "the cause of the retry, and of the end before it");
            }
            Event::Closed { cause } => {
                must!(!self.under_way, "closed before the end of the connection was told");
                must_eq!(Some(*cause), self.cause, "the cause of the end, and of the last connection's end");
                (self.stopping, self.wish.now) = (false, self.wish.renewed);
            }
            _ => {}
        }
    }

    pub(crate) fn drained(&mut self, session: &Session<u64>, now: Instant) {
        let state = session.state();
        must_eq!(state, self.told, "the state, and the last one told");
        must!(!self.stopping, "it was to stop, and goes on");
        // It may have given up.
        let wanted = self.wish.next && state != StateKind::Closed;
        self.wish = Wish { now: wanted, next: wanted, renewed: false };
        let over = matches!(state, StateKind::Idle | StateKind::Closing | StateKind::Closed);
        must_eq!(wanted, !over, "whether a connection is wanted in {state:?}");
        let ready = match state {
            StateKind::Open => ReadyState::Open,
            StateKind::Closing => ReadyState::Closing,
            StateKind::Idle | StateKind::Closed => ReadyState::Closed,
            _ => ReadyState::Connecting,
        };
        must_eq!(state.ready_state(), ready, "{state:?}");
        must_eq!(session.attempts(), self.attempts, "attempts, counted along");
        must_eq!(session.opened(), self.opened, "connections, counted along");

        let wake = session.next_timeout();
        must_ne!(wake, Some(Instant::NEVER), "a moment that never comes, at {now:?}");
        match state {
            StateKind::Closed => must_eq!(wake, None, "a timer in a session that is over"),
            // It may be the user who is to say what follows.
            StateKind::Waiting => must!(wake.is_some() || self.under_way, "waiting for nothing"),
            StateKind::Resolving | StateKind::Connecting | StateKind::Closing => {
                must!(self.patient || wake.is_some(), "{state:?} for ever");
            }
            _ => {}
        }
    }
}
