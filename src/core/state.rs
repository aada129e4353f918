//! The states of a session. Each carries what only it needs, so none can hold another's leftovers. The socket's name is
//! not among that: it is the latest attempt's.

use super::close::{Cause, CloseDetails};
use super::flow::Flow;
use super::heartbeat::Heartbeat;
use super::time::{Duration, Instant};

#[derive(Debug)]
pub(crate) enum State<P> {
    Idle,
    Resolving(Resolving),
    Connecting(Connecting),
    Open(Open),
    Waiting(Waiting<P>),
    Suspended(Suspended),
    Closing(Closing),
    Closed,
}

#[derive(Debug)]
pub(crate) struct Resolving {
    pub(crate) replaceable: Replaceable,
}

#[derive(Debug)]
pub(crate) struct Connecting {
    pub(crate) since: Instant,
    pub(crate) replaceable: Replaceable,
}

/// Whether a hint may put another attempt in the place of one that hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replaceable {
    Yes,
    /// It is a replacement itself: hints that come often would let no slow handshake come to its end.
    No,
}

impl Connecting {
    const STALE_AFTER: Duration = Duration::from_millis(2_000);

    /// It takes longer than it should: if something has just changed for the better, begin again.
    pub(crate) fn is_stale(&self, now: Instant) -> bool {
        self.replaceable == Replaceable::Yes && now - self.since > Self::STALE_AFTER
    }
}

#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) heartbeat: Heartbeat,
    pub(crate) flow: Flow,
}

#[derive(Debug)]
pub(crate) enum Waiting<P> {
    /// For the user to judge this end, which is not announced yet.
    Verdict(SocketEnd<P>),
    /// For the next attempt; a hint brings it on.
    Delay,
    /// For the next attempt, after a delay that the server or the user asked for; a hint does not shorten it.
    FixedDelay,
}

#[derive(Debug)]
pub(crate) struct Suspended {
    /// No attempt before this, even if the page is back: the server or the user asked for it.
    pub(crate) not_before: Instant,
}

#[derive(Debug)]
pub(crate) struct Closing {
    /// The code with which the server's answer comes; `None` if the user closed the session between two sockets.
    pub(crate) answer: Option<u16>,
}

/// The end of a socket, or of an attempt that came to none.
#[derive(Debug)]
pub(crate) struct SocketEnd<P> {
    pub(crate) cause: Cause,
    pub(crate) details: CloseDetails<P>,
}

/// The name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateKind {
    /// Never opened.
    Idle,
    /// Asking for a URL.
    Resolving,
    /// In the handshake.
    Connecting,
    /// Connected.
    Open,
    /// Between two attempts.
    Waiting,
    /// The page is hidden away; the session comes back with it.
    Suspended,
    /// Closed by the user, waiting for the server's answer.
    Closing,
    /// Over.
    Closed,
}

/// What `WebSocket.readyState` says (the WHATWG standard, §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum ReadyState {
    /// No connection yet, or between two.
    Connecting = 0,
    /// Connected.
    Open = 1,
    /// Closed by the user, waiting for the server's answer.
    Closing = 2,
    /// Over, or not begun.
    Closed = 3,
}

impl<P> State<P> {
    pub(crate) fn kind(&self) -> StateKind {
        match self {
            Self::Idle => StateKind::Idle,
            Self::Resolving(_) => StateKind::Resolving,
            Self::Connecting(_) => StateKind::Connecting,
            Self::Open(_) => StateKind::Open,
            Self::Waiting(_) => StateKind::Waiting,
            Self::Suspended(_) => StateKind::Suspended,
            Self::Closing(_) => StateKind::Closing,
            Self::Closed => StateKind::Closed,
        }
    }

    /// Whether there is a live socket.
    pub(crate) fn has_socket(&self) -> bool {
        matches!(self, Self::Connecting(_) | Self::Open(_) | Self::Closing(Closing { answer: Some(_) }))
    }
}

impl StateKind {
    /// The state's name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Resolving => "resolving",
            Self::Connecting => "connecting",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Suspended => "suspended",
            Self::Closing => "closing",
            Self::Closed => "closed",
        }
    }

    /// What `WebSocket.readyState` says in this state.
    pub const fn ready_state(self) -> ReadyState {
        match self {
            Self::Resolving | Self::Connecting | Self::Waiting | Self::Suspended => ReadyState::Connecting,
            Self::Open => ReadyState::Open,
            Self::Closing => ReadyState::Closing,
            Self::Idle | Self::Closed => ReadyState::Closed,
        }
    }
}
