//! The page that the tests run in, and the demo server behind it.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use steadysocket::browser::WebSocket;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = takeMishaps)]
    pub(crate) fn take_mishaps() -> String;

    type Patience;
    #[wasm_bindgen(constructor)]
    fn new(millis: f64, complain: &Closure<dyn FnMut(String)>) -> Patience;
    #[wasm_bindgen(method)]
    fn end(this: &Patience);

    pub(crate) async fn turn();
    #[wasm_bindgen(js_name = askForFault)]
    async fn ask_for_fault(fault: &str);

    #[wasm_bindgen(catch, js_name = openWebSocket)]
    pub(crate) fn open_web_socket(url: &str) -> Result<WebSocket, JsValue>;
    #[wasm_bindgen(js_name = readyState)]
    fn ready_state(socket: &WebSocket) -> u16;
    pub(crate) fn describe(message: &JsValue) -> String;
    #[wasm_bindgen(js_name = fire)]
    fn fire_with(name: &str, persisted: bool);

    pub(crate) type TimerWatch;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> TimerWatch;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn pending(this: &TimerWatch) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn started(this: &TimerWatch) -> u32;
    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &TimerWatch);

    pub(crate) type ListenerWatch;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> ListenerWatch;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn present(this: &ListenerWatch) -> i32;
    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &ListenerWatch);
}

const SERVER: &str = "127.0.0.1:7357";

/// Longer than anything here takes on a busy machine.
const PATIENCE_MILLIS: f64 = 8_000.0;

thread_local! {
    /// Runs of two browsers may share a server.
    static NUMBER: Cell<f64> = Cell::new((js_sys::Math::random() * 1e12).floor());
}

/// A client id that the server has not heard yet.
pub(crate) fn fresh_name() -> String {
    NUMBER.set(NUMBER.get() + 1.0);
    format!("browser-{}", NUMBER.get())
}

/// Where the server sends back what comes.
pub(crate) fn echo_url(client: &str) -> String {
    format!("ws://{SERVER}/echo?client={client}")
}

/// Where the server refuses handshakes. Firefox takes its time over the next connection after one.
pub(crate) fn refused_url() -> String {
    format!("ws://{SERVER}/nowhere")
}

/// Has the server do something to a client. `fault` is the rest of the request, such as `"fault": "drop"`.
pub(crate) async fn inflict(client: &str, fault: &str) {
    ask_for_fault(&format!(r#"{{ "client": "{client}", {fault} }}"#)).await;
}

/// Fires an event at the window or the document as the browser would.
pub(crate) fn fire(name: &str) {
    fire_with(name, false);
}

/// Fires a page transition of a page that may be kept.
pub(crate) fn fire_persisted(name: &str) {
    fire_with(name, true);
}

/// Whether a socket is connecting or open.
pub(crate) fn is_live(socket: &WebSocket) -> bool {
    ready_state(socket) < 2
}

/// Wakes a test that waits.
#[derive(Default)]
pub(crate) struct Bell {
    waker: RefCell<Option<Waker>>,
}

impl Bell {
    pub(crate) fn ring(&self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Waits until `ready`, which is asked again at each ring.
    ///
    /// # Errors
    /// What happened instead.
    pub(crate) async fn until(self: &Rc<Self>, ready: impl Fn() -> bool) -> Result<(), String> {
        let trouble = Rc::new(RefCell::new(None));
        let (bell, complaint) = (Rc::clone(self), Rc::clone(&trouble));
        let complain = Closure::new(move |why| {
            complaint.replace(Some(why));
            bell.ring();
        });
        let patience = Patience::new(PATIENCE_MILLIS, &complain);
        let outcome = poll_fn(|context| {
            self.waker.replace(Some(context.waker().clone()));
            match trouble.take() {
                Some(why) => Poll::Ready(Err(why)),
                None if ready() => Poll::Ready(Ok(())),
                None => Poll::Pending,
            }
        })
        .await;
        patience.end();
        outcome
    }
}
