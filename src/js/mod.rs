//! The wasm-bindgen surface for the TypeScript façade. Methods take `&self` only, so that any callback may call any of them.
#![allow(clippy::float_cmp, reason = "in what wasm-bindgen generates for enums")]

mod host;
mod options;

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::browser::{BinaryType, Driver, Endpoint};
use crate::core::{Attempt, Config, Duration, Outgoing, SendErrorKind, Session};
use host::JsHost;
use options::JsOptions;

/// One session.
#[wasm_bindgen]
pub struct Connection {
    driver: Driver,
}

/// What became of a message handed to `Connection.send`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way or waits.
    Taken,
    /// There is no open socket and no queue.
    NotOpen,
    /// The queue is full.
    QueueFull,
}

#[wasm_bindgen]
impl Connection {
    /// Checks the options. What it throws is an array: the option's name and what is allowed.
    ///
    /// # Errors
    /// If an option's value is not allowed.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsOptions) -> Result<Self, JsValue> {
        let config = options::read(options)
            .and_then(|options| Config::new(&options))
            .map_err(|error| js_sys::Array::of2(&error.option.into(), &error.allowed.into()))?;
        Ok(Self { driver: Driver::new(config) })
    }

    /// Connects on a fresh socket.
    pub fn open(&self, host: JsHost) {
        self.driver.open(Rc::new(host));
    }

    /// Answers `host.resolve`.
    #[wasm_bindgen(js_name = urlResolved)]
    pub fn url_resolved(&self, attempt: u32, constructor: Function, url: JsValue, protocols: JsValue) {
        self.driver.url_resolved(Attempt::from_number(attempt), Endpoint { constructor, url, protocols });
    }

    /// Answers `host.resolve`: there is no URL.
    #[wasm_bindgen(js_name = urlFailed)]
    pub fn url_failed(&self, attempt: u32) {
        self.driver.url_failed(Attempt::from_number(attempt));
    }

    /// Sends a message of so many bytes, which may wait for `ttl` ms.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    pub fn send(&self, payload: JsValue, bytes: f64, ttl: Option<f64>) -> Sent {
        let ttl = ttl.map(Duration::from_millis_f64);
        match self.driver.send(Outgoing { payload, bytes: bytes as u64, ttl }) {
            Ok(()) => Sent::Taken,
            Err(SendErrorKind::NotOpen) => Sent::NotOpen,
            Err(SendErrorKind::QueueFull) => Sent::QueueFull,
        }
    }

    /// Ends the session.
    pub fn close(&self, code: Option<u16>, reason: String) {
        self.driver.close(code, reason);
    }

    /// Whether a message sent now reaches the browser before `send` returns.
    #[wasm_bindgen(getter, js_name = sendsAtOnce)]
    pub fn sends_at_once(&self) -> bool {
        self.driver.sends_at_once()
    }

    /// The name of the state.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> String {
        self.driver.state().name().into()
    }

    /// `WebSocket.readyState`.
    #[wasm_bindgen(getter, js_name = readyState)]
    pub fn ready_state(&self) -> u16 {
        self.driver.state().ready_state() as u16
    }

    /// Whether nothing waits.
    #[wasm_bindgen(getter, js_name = isDrained)]
    pub fn is_drained(&self) -> bool {
        self.driver.is_drained()
    }

    /// Bytes sent but not transmitted yet.
    #[wasm_bindgen(getter, js_name = bufferedAmount)]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 8 PiB")]
    pub fn buffered_amount(&self) -> f64 {
        self.driver.buffered_amount() as f64
    }

    /// The subprotocol of the socket, if there is one.
    #[wasm_bindgen(getter)]
    pub fn protocol(&self) -> JsValue {
        self.driver.protocol()
    }

    /// The extensions of the socket, if there is one.
    #[wasm_bindgen(getter)]
    pub fn extensions(&self) -> JsValue {
        self.driver.extensions()
    }

    /// Whether binary messages arrive as `ArrayBuffer`, or as `Blob`.
    #[wasm_bindgen(js_name = receiveArrayBuffers)]
    pub fn receive_array_buffers(&self, yes: bool) {
        self.driver.set_binary_type(if yes { BinaryType::Arraybuffer } else { BinaryType::Blob });
    }

    /// Messages in the outbox.
    #[wasm_bindgen(getter, js_name = queuedMessages)]
    #[expect(clippy::cast_possible_truncation, reason = "memory holds fewer")]
    pub fn queued_messages(&self) -> u32 {
        self.driver.inspect(Session::queued_messages) as u32
    }

    /// Bytes in the outbox.
    #[wasm_bindgen(getter, js_name = queuedBytes)]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 8 PiB")]
    pub fn queued_bytes(&self) -> f64 {
        self.driver.inspect(Session::queued_bytes) as f64
    }

    /// Attempts so far.
    #[wasm_bindgen(getter)]
    pub fn attempts(&self) -> u32 {
        self.driver.inspect(Session::attempts)
    }

    /// Sockets that opened so far.
    #[wasm_bindgen(getter)]
    pub fn opened(&self) -> u32 {
        self.driver.inspect(Session::opened)
    }
}
