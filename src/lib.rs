//! **steadysocket**: the WebSocket that stays connected.
//!
//! The connection logic is a state machine without input or output of its own, in [`core`]. In the browser,
//! `browser::Driver` drives it.
//!
//! # The run loop
//!
//! What happened and when goes in, what to do and what to tell comes out:
//!
//! ```
//! use steadysocket::core::{Config, Effect, Input, Instant, Output, Session};
//!
//! let mut now = Instant::from_micros(0);
//! let mut session: Session<&str> = Session::new(Config::default(), 42, now);
//! session.handle(Input::Open, now);
//! while let Some(output) = session.poll_output() {
//!     match output {
//!         Output::Effect(Effect::ResolveUrl { attempt }) => {
//!             session.handle(Input::UrlResolved { attempt }, now);
//!         }
//!         Output::Effect(effect) => println!("to do: {effect:?}"),
//!         Output::Event(event) => println!("to tell: {event:?}"),
//!     }
//! }
//! // Nothing happens for ten seconds: the handshake has taken too long.
//! now = session.next_timeout().expect("a handshake does not last for ever");
//! session.handle(Input::Timeout, now);
//! ```
//!
//! # The drain rule
//!
//! One input, then [`poll_output`](core::Session::poll_output) until it returns `None`, then
//! [`next_timeout`](core::Session::next_timeout), then the next input.

pub mod core;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod js;
