//! The wasm-bindgen surface for the TypeScript façade. Methods take `&self` only, so that any callback may call any of them.
#![allow(clippy::float_cmp, reason = "the façade passes whole numbers")]

mod host;
mod options;

use std::rc::Rc;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::*;

use crate::browser::Driver;
use crate::core::{Attempt, Duration, Outgoing, Reason, SendErrorKind, Session};
use host::JsHost;
use options::JsOptions;

/// A fifth of the default one's size. Sessions allocate seldom, and messages never.
#[cfg(not(target_feature = "atomics"))]
#[global_allocator]
#[expect(unsafe_code, reason = "to promise what the condition above checks")]
// SAFETY: without atomics, WebAssembly has one thread.
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn array_of(option: &JsValue, allowed: &JsValue) -> JsValue;
}

/// One session.
#[wasm_bindgen]
pub struct Connection {
    driver: Driver<JsHost>,
}

#[wasm_bindgen]
impl Connection {
    /// Checks the options, and tells `host` of everything until the session is over. What it throws is an array: the
    /// option's name and what is allowed.
    ///
    /// # Errors
    /// If an option's value is not allowed.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsOptions, host: JsHost) -> Result<Self, JsValue> {
        let config =
            options::read(options).map_err(|error| array_of(&error.option.into(), &error.allowed.into()))?;
        let driver = Driver::new(config);
        driver.attach(Rc::new(host));
        Ok(Self { driver })
    }

    /// Connects on a fresh socket.
    pub fn open(&self, host: JsHost) {
        self.driver.attach(Rc::new(host));
        self.driver.open();
    }

    /// Answers `host.resolve`.
    #[wasm_bindgen(js_name = urlResolved)]
    pub fn url_resolved(&self, attempt: u32) {
        self.driver.url_resolved(Attempt::from_number(attempt));
    }

    /// Answers `host.resolve`: there is no URL.
    #[wasm_bindgen(js_name = urlFailed)]
    pub fn url_failed(&self, attempt: u32) {
        self.driver.url_failed(Attempt::from_number(attempt));
    }

    /// Sends a message of so many bytes, which may wait for `ttl` ms, or as long as the options say if that is not a
    /// number. Returns 0, or why it was not taken: 1, there is no open socket and no queue; 2, the queue is full; 3, the
    /// session is over.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    pub fn send(&self, payload: JsValue, bytes: f64, ttl: f64) -> u8 {
        let ttl = (!ttl.is_nan()).then(|| Duration::from_millis_f64(ttl));
        match self.driver.send(Outgoing { payload, bytes: bytes as u64, ttl }) {
            Ok(()) => 0,
            Err(SendErrorKind::NotOpen) => 1,
            Err(SendErrorKind::QueueFull) => 2,
            Err(SendErrorKind::Closed) => 3,
        }
    }

    /// Ends the session.
    pub fn close(&self, code: Option<u16>, reason: JsValue) {
        self.driver.close(code, Reason::Given(reason));
    }

    /// The name of the state.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> JsValue {
        self.driver.inspect(Session::state).name().into()
    }

    /// The socket brought something: the reply to a heartbeat, or anything else.
    pub fn heard(&self, reply: bool) {
        self.driver.heard(reply);
    }

    /// A figure of the session, by number, since each export costs a hundred bytes: 0, `WebSocket.readyState`; 1, messages
    /// in the outbox; 2, bytes in the outbox; 3, whether nothing waits; 4, messages in flight; 5, whether a message
    /// sent now reaches the browser before `send` returns, and is not kept.
    #[expect(clippy::cast_precision_loss, reason = "exact up to 8 PiB")]
    pub fn figure(&self, which: u8) -> f64 {
        self.driver.inspect(|session| match which {
            0 => f64::from(session.state().ready_state() as u8),
            1 => session.queued_messages() as f64,
            2 => session.queued_bytes() as f64,
            3 => f64::from(session.is_drained()),
            4 => session.messages_in_flight() as f64,
            _ => f64::from(self.driver.sends_at_once()),
        })
    }
}
