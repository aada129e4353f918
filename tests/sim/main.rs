//! The core in virtual time: a simulated browser, a watchman who checks what must always hold, the rules of
//! behaviour one by one, and random stories.
//!
//! Written from the design (its section "Rules of behaviour"), not from the implementation.

#[macro_use]
mod watch;

mod browser;
mod corpus;
mod dice;
mod life;
mod lives;
mod log;
mod network;
mod noise;
mod page;
mod properties;
mod rules;
mod script;
mod timeline;
mod world;
