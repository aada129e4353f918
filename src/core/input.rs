//! What a session is told.

use super::close::{CloseDetails, Reason, Verdict};
use super::outbox::Message;
use super::time::Duration;

/// Names an attempt: it asks for a URL, then opens one socket. They count up over a session's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub(crate) u32);

impl Attempt {
    /// The attempt of this number.
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// Its number, from 1.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// Names a socket: the one of the attempt of the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SocketId(pub(crate) u32);

/// Names a message, in the order sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageId(pub(crate) u64);

/// A message that the user hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outgoing<P> {
    /// What to send. The session never looks into it.
    pub payload: P,
    /// How many bytes it takes on the wire.
    pub bytes: u64,
    /// How long it may wait; `None` for the `queue.ttl` option's.
    pub ttl: Option<Duration>,
}

/// What happened. Whatever names a socket or an attempt that is not the current one changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input<P> {
    /// The user wants a connection now, on a fresh socket, even if the session is over.
    Open,
    /// The user wants no connection any more.
    Close {
        /// The close code; `None` sends none.
        code: Option<u16>,
        /// The close reason.
        reason: Reason<P>,
    },
    /// The URL that [`Effect::ResolveUrl`](super::Effect::ResolveUrl) asked for is there.
    UrlResolved {
        /// Whose it is.
        attempt: Attempt,
    },
    /// There is no URL.
    UrlFailed {
        /// Whose it was to be.
        attempt: Attempt,
    },
    /// The handshake is done.
    SocketOpened {
        /// Of which socket.
        id: SocketId,
    },
    /// Something came in.
    SocketHeard {
        /// On which socket.
        id: SocketId,
    },
    /// The answer to a heartbeat came in. Stands for [`Input::SocketHeard`] too. Answers come in the order of the
    /// heartbeats.
    ReplyHeard {
        /// On which socket.
        id: SocketId,
    },
    /// The socket says that it failed. [`Input::SocketClosed`] should follow at once.
    SocketFailed {
        /// Which one.
        id: SocketId,
    },
    /// The socket is closed.
    SocketClosed {
        /// Which one.
        id: SocketId,
        /// What its close event says.
        details: CloseDetails<P>,
    },
    /// The socket was closing already when it was to transmit: the message comes back.
    Untransmitted {
        /// Which socket.
        id: SocketId,
        /// The message.
        message: Message<P>,
    },
    /// How much the socket has buffered.
    BufferedAmount {
        /// Which one.
        id: SocketId,
        /// That much.
        bytes: u64,
    },
    /// The answer to [`Effect::Judge`](super::Effect::Judge).
    Judged {
        /// Whose end was to be judged.
        attempt: Attempt,
        /// What is to follow.
        verdict: Verdict,
    },
    /// What the browser believes of the network. A hint, not a fact.
    Network(Network),
    /// What happens to the page.
    Page(Page),
    /// The moment that [`Session::next_timeout`](super::Session::next_timeout) named has come, or passed.
    Timeout,
}

impl<P> Input<P> {
    /// The attempt it is about: what comes from another than the latest changes nothing. A message that comes back is
    /// welcome from any.
    pub(crate) fn attempt(&self) -> Option<u32> {
        match self {
            Self::UrlResolved { attempt } | Self::UrlFailed { attempt } | Self::Judged { attempt, .. } => {
                Some(attempt.0)
            }
            Self::SocketOpened { id }
            | Self::SocketHeard { id }
            | Self::ReplyHeard { id }
            | Self::SocketFailed { id }
            | Self::SocketClosed { id, .. }
            | Self::BufferedAmount { id, .. } => Some(id.0),
            _ => None,
        }
    }
}

/// What the browser believes of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Network {
    /// There is one.
    Online,
    /// There is none.
    Offline,
}

/// What happens to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Page {
    /// Nobody sees it any more.
    Hidden,
    /// It is seen again.
    Visible,
    /// `pagehide`: it is being left.
    Hiding {
        /// It may come back, from the page cache.
        persisted: bool,
    },
    /// `pageshow`: it is there.
    Shown {
        /// It comes back, from the page cache.
        persisted: bool,
    },
    /// It runs no more, until further notice.
    Frozen,
    /// It runs again.
    Resumed,
}
