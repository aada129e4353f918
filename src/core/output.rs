//! What a session answers.

use super::close::{Cause, CloseDetails, Reason, Verdict};
use super::input::{Attempt, SocketId};
use super::outbox::Message;
use super::state::StateKind;
use super::time::Duration;

/// Something to do, or something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output<P> {
    /// For the driver to do.
    Effect(Effect<P>),
    /// For the user to know.
    Event(Event<P>),
}

/// Something for the driver to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect<P> {
    /// Ask the URL provider; answer with `UrlResolved` or `UrlFailed`.
    ResolveUrl {
        /// For which attempt.
        attempt: Attempt,
    },
    /// Open a socket to the URL of the attempt of the same number.
    OpenSocket {
        /// Its name from now on.
        id: SocketId,
    },
    /// Start the closing handshake.
    CloseSocket {
        /// Of which socket.
        id: SocketId,
        /// The close code; `None` sends none.
        code: Option<u16>,
        /// The close reason.
        reason: Reason<P>,
    },
    /// Close the socket and stop listening to it. Nobody waits for it.
    AbandonSocket {
        /// Which one.
        id: SocketId,
    },
    /// Hand a message to the socket; if that is closing already, answer with `Untransmitted`.
    Transmit {
        /// Which socket.
        id: SocketId,
        /// The message.
        message: Message<P>,
    },
    /// Send the heartbeat message.
    SendHeartbeat {
        /// On which socket.
        id: SocketId,
    },
    /// Read the socket's `bufferedAmount`; answer with `BufferedAmount`.
    ReadBufferedAmount {
        /// Of which socket.
        id: SocketId,
    },
    /// Ask the user what is to follow; answer with `Judged`. Only with the option `judge`.
    Judge {
        /// Whose end it is.
        attempt: Attempt,
        /// Why it ended.
        cause: Cause,
        /// What the close event would say.
        details: CloseDetails<P>,
        /// What follows if the user has no opinion.
        verdict: Verdict,
    },
}

/// Something for the user to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<P> {
    /// The state changed.
    StateChanged {
        /// What it was.
        from: StateKind,
        /// What it is.
        to: StateKind,
    },
    /// There is a connection.
    Opened {
        /// It is not the session's first.
        reconnected: bool,
    },
    /// An attempt or a connection ended.
    Disconnected {
        /// Why.
        cause: Cause,
        /// What the close event says.
        details: CloseDetails<P>,
        /// What follows.
        verdict: Verdict,
    },
    /// Another attempt will follow.
    RetryScheduled {
        /// Which one since the last stable connection, from 1.
        attempt: u32,
        /// In how long.
        delay: Duration,
        /// After what.
        cause: Cause,
    },
    /// A message will never be transmitted, or was and may be lost.
    Dropped {
        /// The message.
        payload: P,
        /// Why.
        reason: DropReason,
    },
    /// Nothing waits any more: the outbox is empty and the socket's buffer at the low watermark or below.
    Drained,
    /// A heartbeat was answered in time.
    Latency {
        /// How long that took.
        rtt: Duration,
    },
    /// The session is over. Nothing but [`Input::Open`](super::Input::Open) revives it.
    Closed {
        /// Why.
        cause: Cause,
    },
}

/// Why a message is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DropReason {
    /// The outbox was full.
    Overflow,
    /// It waited longer than it may.
    Expired,
    /// The session ended first.
    Closed,
    /// It was transmitted, and the connection ended before the server was known to have it.
    InFlightUnknown,
}

impl DropReason {
    /// The reason's name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overflow => "overflow",
            Self::Expired => "expired",
            Self::Closed => "closed",
            Self::InFlightUnknown => "in-flight-unknown",
        }
    }
}
