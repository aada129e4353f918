//! One browser `WebSocket` and its listeners.

use wasm_bindgen::prelude::*;

use crate::core::{CloseDetails, Reason, SocketId};

#[wasm_bindgen]
extern "C" {
    /// What a session needs of a `WebSocket`, whichever class it is of. Strings and messages stay JavaScript's: they never
    /// enter linear memory.
    #[derive(Clone, Debug)]
    pub type WebSocket;
    #[wasm_bindgen(method, getter, js_name = readyState)]
    fn ready_state(this: &WebSocket) -> u16;
    #[wasm_bindgen(method, getter, js_name = bufferedAmount)]
    fn buffered_amount(this: &WebSocket) -> f64;
    #[wasm_bindgen(method, catch)]
    fn send(this: &WebSocket, data: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &WebSocket, code: Option<u16>, reason: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_onopen(this: &WebSocket, listener: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &WebSocket, listener: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &WebSocket, listener: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_onclose(this: &WebSocket, listener: &JsValue);

    type CloseEvent;
    #[wasm_bindgen(method, getter)]
    fn code(this: &CloseEvent) -> u16;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &CloseEvent) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = wasClean)]
    fn was_clean(this: &CloseEvent) -> bool;
}

/// What a socket tells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SocketEvent {
    Open,
    Error,
    Close,
}

/// A browser socket. Dropping it detaches the listeners and closes it, and waits for nothing.
#[derive(Debug)]
pub(crate) struct Socket {
    id: SocketId,
    inner: WebSocket,
    on_open: Closure<dyn Fn(JsValue)>,
    on_error: Closure<dyn Fn(JsValue)>,
    on_close: Closure<dyn Fn(JsValue)>,
}

impl Socket {
    /// Listens to a socket that has just been opened. Messages go straight to `on_message`.
    pub(crate) fn new(
        id: SocketId,
        inner: WebSocket,
        on_message: &JsValue,
        tell: impl Fn((SocketEvent, JsValue)) + Clone + 'static,
    ) -> Self {
        let listener = |kind| {
            let tell = tell.clone();
            Closure::new(move |event| tell((kind, event)))
        };
        let socket = Self {
            id,
            inner,
            on_open: listener(SocketEvent::Open),
            on_error: listener(SocketEvent::Error),
            on_close: listener(SocketEvent::Close),
        };
        socket.inner.set_onopen(socket.on_open.as_ref());
        socket.inner.set_onmessage(on_message);
        socket.inner.set_onerror(socket.on_error.as_ref());
        socket.inner.set_onclose(socket.on_close.as_ref());
        socket
    }

    pub(crate) fn id(&self) -> SocketId {
        self.id
    }

    /// Whether it takes messages; when the server has begun to close, it loses them without a word.
    pub(crate) fn is_open(&self) -> bool {
        self.inner.ready_state() == 1
    }

    pub(crate) fn send(&self, payload: &JsValue) -> Result<(), JsValue> {
        self.inner.send(payload)
    }

    pub(crate) fn close(&self, code: Option<u16>, reason: &JsValue) -> Result<(), JsValue> {
        self.inner.close(code, reason)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    pub(crate) fn buffered_amount(&self) -> u64 {
        self.inner.buffered_amount() as u64
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(&JsValue::NULL);
        self.inner.set_onmessage(&JsValue::NULL);
        self.inner.set_onerror(&JsValue::NULL);
        self.inner.set_onclose(&JsValue::NULL);
        // Closing without a code cannot fail.
        let _ = self.inner.close(None, &JsValue::UNDEFINED);
    }
}

/// What a `CloseEvent` says.
pub(crate) fn close_details(event: &JsValue) -> CloseDetails<JsValue> {
    let event: &CloseEvent = event.unchecked_ref();
    CloseDetails { code: event.code(), reason: Reason::Given(event.reason()), was_clean: event.was_clean() }
}
