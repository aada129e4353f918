//! Why a socket ended, and what follows from it.

use super::time::Duration;

/// Why an attempt or a socket ended. The browser reports most of these alike, as code 1006.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The connection could not be established: refused, rejected, unreachable. The browser does not tell which.
    NeverOpened,
    /// The handshake was not answered in time, or not yet when a hint came.
    ConnectTimeout,
    /// A heartbeat was not answered in time.
    HeartbeatTimeout,
    /// It ended while the browser said that there is no network.
    Offline,
    /// The page was left or frozen, and the session closed the socket itself.
    PageHidden,
    /// An open connection broke without a close frame.
    ConnectionLost,
    /// The server closed, with this code (1005: it gave none).
    ServerClose(u16),
    /// The URL provider failed, or did not answer in time, or not yet when a hint came.
    UrlFailed,
    /// The user closed the session or asked for a fresh socket.
    User,
}

/// What a socket's end looks like to the user: the fields of a `CloseEvent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseDetails<P> {
    /// The close code (RFC 6455 §7.4).
    pub code: u16,
    /// The close reason.
    pub reason: Reason<P>,
    /// Whether the closing handshake was completed.
    pub was_clean: bool,
}

/// The reason of a close. The session never looks into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason<P> {
    /// None.
    Empty,
    /// The one that the user wants to be sent when the page is left.
    PageHide,
    /// One that somebody gave.
    Given(P),
}

impl<P> CloseDetails<P> {
    /// An end without a closing handshake.
    pub(crate) fn abnormal() -> Self {
        Self { code: ABNORMAL, reason: Reason::Empty, was_clean: false }
    }
}

/// What the session does after an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is over.
    Stop,
    /// Another attempt follows.
    Retry(Pace),
}

/// How soon the next attempt follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pace {
    /// At once.
    AtOnce,
    /// After the backoff's delay.
    Backoff,
    /// The server restarts (1012): spread over some seconds at least. No hint shortens it.
    Restart,
    /// The server is overloaded (1013): spread over the backoff's longest delay. No hint shortens it.
    Overload,
    /// After this delay, which the user chose. No hint shortens it.
    After(Duration),
}

/// RFC 6455 §7.4.1: the close frame had no code.
pub(crate) const NO_CODE: u16 = 1005;
/// RFC 6455 §7.4.1: the connection broke without a close frame.
pub(crate) const ABNORMAL: u16 = 1006;

impl Cause {
    /// The cause's name in lower case, without a code.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeverOpened => "never-opened",
            Self::ConnectTimeout => "connect-timeout",
            Self::HeartbeatTimeout => "heartbeat-timeout",
            Self::Offline => "offline",
            Self::PageHidden => "page-hidden",
            Self::ConnectionLost => "connection-lost",
            Self::ServerClose(_) => "server-close",
            Self::UrlFailed => "url-failed",
            Self::User => "user",
        }
    }

    /// The cause, if the browser said meanwhile that there is no network.
    pub(crate) fn while_offline(self) -> Self {
        match self {
            Self::NeverOpened | Self::ConnectTimeout | Self::HeartbeatTimeout | Self::ConnectionLost => {
                Self::Offline
            }
            known => known,
        }
    }

    /// What follows unless the user overrules it. The codes are of the IANA WebSocket Close Code Number Registry;
    /// 4400–4499 read like HTTP's 4xx, as refusals that trying again does not mend.
    pub(crate) fn verdict(self) -> Verdict {
        match self {
            Self::User | Self::ServerClose(1000 | 1002 | 1003 | 1007..=1010 | 4400..=4499) => Verdict::Stop,
            Self::ServerClose(1012) => Verdict::Retry(Pace::Restart),
            Self::ServerClose(1013) => Verdict::Retry(Pace::Overload),
            // No herd: clients notice at different moments, and no sooner than their heartbeat allows.
            Self::HeartbeatTimeout => Verdict::Retry(Pace::AtOnce),
            _ => Verdict::Retry(Pace::Backoff),
        }
    }
}
