//! The shell in a real browser: that it drives sessions, lets every callback re-enter, outlives what throws and leaves
//! nothing behind.
//!
//! It needs the demo server: `node www/server.mjs --port 7357`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::panic, clippy::expect_used, reason = "clippy does not know these for tests")]

mod client;
mod driving;
mod hints;
// The npm package's allocator stands where the counting one has to.
#[cfg(not(feature = "js"))]
mod leaks;
mod page;
mod recorder;
mod reentry;
mod scene;
mod stand_in;
mod throwing;
mod timers;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
