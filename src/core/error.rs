//! What the caller did wrong.

use core::fmt;

/// An option with a value that is not allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfigError {
    /// The option, such as `backoff.min`.
    pub option: &'static str,
    /// The value it had.
    pub value: f64,
    /// What is allowed, in words.
    pub allowed: &'static str,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}; allowed: {}", self.option, self.value, self.allowed)
    }
}

impl core::error::Error for ConfigError {}

/// A message that the session did not take. It comes back with the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<P> {
    /// The message.
    pub payload: P,
    /// Why it was refused.
    pub kind: SendErrorKind,
}

/// Why a message was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// There is no open socket and, without an outbox, nowhere to wait for one.
    NotOpen,
    /// The outbox is full and its overflow policy is to refuse.
    QueueFull,
    /// The session is over, or about to be.
    Closed,
}

impl<P> fmt::Display for SendError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            SendErrorKind::NotOpen => "the session has no open socket and no queue",
            SendErrorKind::QueueFull => "the queue is full",
            SendErrorKind::Closed => "the session is closed",
        })
    }
}

impl<P: fmt::Debug> core::error::Error for SendError<P> {}
