//! The shell: drives a [`Session`](crate::core::Session) with the browser's sockets, timers and events.
//!
//! Everything hangs on the [`Driver`] of a session; there is no global state.

mod clock;
mod driver;
mod hints;
mod seed;
mod socket;
mod timeout;

pub use driver::{Driver, Host};
pub use socket::WebSocket;
pub use timeout::Timers;
