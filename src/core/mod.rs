//! The connection logic: a state machine without input or output of its own.
//!
//! [`Session`] is told what happened ([`Input`]) and when ([`Instant`]), and answers what to do and what
//! to tell ([`Output`]). It has no clock, no timers, no randomness and no browser, so a test drives a
//! day of its life in a millisecond and the same seed always gives the same story.
#![forbid(unsafe_code)]

mod backoff;
mod close;
mod config;
mod error;
mod flow;
mod heartbeat;
mod input;
mod lifecycle;
mod messages;
mod outbox;
mod output;
mod rng;
mod session;
mod state;
mod time;
mod timer;

pub use close::{Cause, CloseDetails, Pace, Reason, Verdict};
pub use config::{Config, HeartbeatOptions, Options, OverflowPolicy, QueueOptions};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use config::{IN_FLIGHT, NUMBERS};
pub use error::{ConfigError, SendError, SendErrorKind};
pub use input::{Attempt, Input, MessageId, Network, Outgoing, Page, SocketId};
pub use outbox::Message;
pub use output::{DropReason, Effect, Event, Output};
pub use session::Session;
pub use state::{ReadyState, StateKind};
pub use time::{Duration, Instant};
pub use timer::Timer;
