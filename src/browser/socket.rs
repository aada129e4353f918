//! One browser `WebSocket` and its listeners.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

use crate::core::{CloseDetails, SocketId};

pub use web_sys::BinaryType;

#[wasm_bindgen]
extern "C" {
    /// A `WebSocket` as it suits the shell better than web-sys' view of it.
    #[wasm_bindgen(extends = WebSocket)]
    #[derive(Debug)]
    type RawSocket;
    /// Sends whatever the user handed over; web-sys has a method a type.
    #[wasm_bindgen(method, catch)]
    fn send(this: &RawSocket, data: &JsValue) -> Result<(), JsValue>;
    /// A number beyond 4 GiB too; web-sys' `u32` would wrap.
    #[wasm_bindgen(method, getter, js_name = bufferedAmount)]
    fn buffered_amount(this: &RawSocket) -> f64;
    /// A JavaScript string, which need not enter linear memory.
    #[wasm_bindgen(method, getter)]
    fn protocol(this: &RawSocket) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn extensions(this: &RawSocket) -> JsValue;
}

/// Where to connect to, and with what.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The class to construct: the browser's `WebSocket`, or one of the same interface.
    pub constructor: Function,
    /// The URL.
    pub url: JsValue,
    /// The subprotocols: a string, an array of strings, or `undefined`.
    pub protocols: JsValue,
}

/// What a socket tells.
#[derive(Debug)]
pub(crate) enum SocketEvent {
    Opened,
    Message(MessageEvent),
    Error(Event),
    Closed(CloseDetails),
}

/// A browser socket. Dropping it detaches the listeners and closes it, and waits for nothing.
#[derive(Debug)]
pub(crate) struct Socket {
    id: SocketId,
    inner: RawSocket,
    on_message: Closure<dyn FnMut(MessageEvent)>,
    on_change: Closure<dyn FnMut(Event)>,
}

impl Socket {
    pub(crate) fn open(
        id: SocketId,
        endpoint: &Endpoint,
        binary_type: BinaryType,
        tell: impl Fn(SocketId, SocketEvent) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let arguments = Array::of1(&endpoint.url);
        if !endpoint.protocols.is_undefined() {
            arguments.push(&endpoint.protocols);
        }
        let inner: RawSocket = Reflect::construct(&endpoint.constructor, &arguments)?.unchecked_into();
        inner.set_binary_type(binary_type);
        let tell_message = tell.clone();
        let socket = Self {
            id,
            inner,
            on_message: Closure::new(move |event| tell_message(id, SocketEvent::Message(event))),
            on_change: Closure::new(move |event: Event| tell(id, SocketEvent::from(event))),
        };
        let on_change = Some(socket.on_change.as_ref().unchecked_ref());
        socket.listen(Some(socket.on_message.as_ref().unchecked_ref()), on_change);
        Ok(socket)
    }

    pub(crate) fn id(&self) -> SocketId {
        self.id
    }

    /// Whether it takes messages; when the server has begun to close, it loses them without a word.
    pub(crate) fn is_open(&self) -> bool {
        self.inner.ready_state() == WebSocket::OPEN
    }

    pub(crate) fn send(&self, payload: &JsValue) -> Result<(), JsValue> {
        self.inner.send(payload)
    }

    pub(crate) fn close(&self, code: Option<u16>, reason: &str) -> Result<(), JsValue> {
        match code {
            Some(code) => self.inner.close_with_code_and_reason(code, reason),
            None => self.inner.close(),
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    pub(crate) fn buffered_amount(&self) -> u64 {
        self.inner.buffered_amount() as u64
    }

    pub(crate) fn protocol(&self) -> JsValue {
        self.inner.protocol()
    }

    pub(crate) fn extensions(&self) -> JsValue {
        self.inner.extensions()
    }

    pub(crate) fn set_binary_type(&self, binary_type: BinaryType) {
        self.inner.set_binary_type(binary_type);
    }

    fn listen(&self, on_message: Option<&Function>, on_change: Option<&Function>) {
        self.inner.set_onmessage(on_message);
        self.inner.set_onopen(on_change);
        self.inner.set_onerror(on_change);
        self.inner.set_onclose(on_change);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.listen(None, None);
        // Closing without a code cannot fail.
        let _ = self.inner.close();
    }
}

impl From<Event> for SocketEvent {
    /// Of `open`, `error` and `close`.
    fn from(event: Event) -> Self {
        match event.type_().as_str() {
            "open" => Self::Opened,
            "close" => {
                let event: CloseEvent = event.unchecked_into();
                let (code, reason, was_clean) = (event.code(), event.reason(), event.was_clean());
                Self::Closed(CloseDetails { code, reason, was_clean })
            }
            _ => Self::Error(event),
        }
    }
}
