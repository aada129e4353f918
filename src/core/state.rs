//! The states of a session. Each carries what only it needs, so none can hold another's leftovers.

use super::close::{Cause, CloseDetails};
use super::flow::Flow;
use super::heartbeat::Heartbeat;
use super::input::{Attempt, SocketId};

#[derive(Debug)]
pub(crate) enum State {
    Idle,
    Resolving(Resolving),
    Connecting(Connecting),
    Open(Open),
    Waiting(Waiting),
    Suspended,
    Closing(Closing),
    Closed,
}

#[derive(Debug)]
pub(crate) struct Resolving {
    pub(crate) attempt: Attempt,
}

#[derive(Debug)]
pub(crate) struct Connecting {
    pub(crate) socket: SocketId,
}

#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) socket: SocketId,
    pub(crate) heartbeat: Heartbeat,
    pub(crate) flow: Flow,
}

#[derive(Debug)]
pub(crate) enum Waiting {
    /// For the user to judge this end, which is not announced yet.
    Verdict(SocketEnd),
    /// For the next attempt; a hint brings it on.
    Delay,
    /// For the next attempt, after a delay that the server or the user asked for; a hint does not shorten it.
    FixedDelay,
}

#[derive(Debug)]
pub(crate) struct Closing {
    /// `None` if the user closed the session between two sockets.
    pub(crate) socket: Option<SocketId>,
}

/// The end of a socket, or of an attempt that came to none.
#[derive(Debug)]
pub(crate) struct SocketEnd {
    pub(crate) attempt: Attempt,
    pub(crate) cause: Cause,
    pub(crate) details: CloseDetails,
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

impl State {
    pub(crate) fn kind(&self) -> StateKind {
        match self {
            Self::Idle => StateKind::Idle,
            Self::Resolving(_) => StateKind::Resolving,
            Self::Connecting(_) => StateKind::Connecting,
            Self::Open(_) => StateKind::Open,
            Self::Waiting(_) => StateKind::Waiting,
            Self::Suspended => StateKind::Suspended,
            Self::Closing(_) => StateKind::Closing,
            Self::Closed => StateKind::Closed,
        }
    }

    /// The one live socket.
    pub(crate) fn socket(&self) -> Option<SocketId> {
        match self {
            Self::Connecting(Connecting { socket }) | Self::Open(Open { socket, .. }) => Some(*socket),
            Self::Closing(Closing { socket }) => *socket,
            _ => None,
        }
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
