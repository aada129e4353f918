//! The core in virtual time: a simulated browser with a network and a server, a watch that checks what must always hold,
//! the rules of behaviour one by one, and lives by the thousand.
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
mod scenes;
mod script;
mod shrink;
mod timeline;
mod world;
