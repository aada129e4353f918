//! A socket whose every event the test decides.

use steadysocket::browser::WebSocket;
use steadysocket::core::Options;
use wasm_bindgen::prelude::*;

use crate::client::Client;
use crate::recorder::{Place, Road};

#[wasm_bindgen(module = "/tests/browser/stand_in.js")]
extern "C" {
    #[derive(Clone)]
    pub(crate) type StandIn;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> StandIn;
    /// What was sent, with commas in between.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn sent(this: &StandIn) -> String;
    /// How often it was closed.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn closes(this: &StandIn) -> u32;
    /// Whether a listener is left.
    #[wasm_bindgen(method, getter, js_name = isHeard)]
    pub(crate) fn is_heard(this: &StandIn) -> bool;
    #[wasm_bindgen(method, setter, js_name = bufferedAmount)]
    pub(crate) fn set_buffered_amount(this: &StandIn, bytes: u32);
    /// Has a method throw from now on.
    #[wasm_bindgen(method)]
    pub(crate) fn spoil(this: &StandIn, name: &str);
    /// Has it answer each message before `send` returns, from now on.
    #[wasm_bindgen(method, js_name = answerAtOnce)]
    pub(crate) fn answer_at_once(this: &StandIn);
    /// Has it fire `close` before `close()` returns, from now on.
    #[wasm_bindgen(method, js_name = closeAtOnce)]
    pub(crate) fn close_at_once(this: &StandIn);
    #[wasm_bindgen(method)]
    pub(crate) fn open(this: &StandIn);
    #[wasm_bindgen(method)]
    pub(crate) fn say(this: &StandIn, text: &str);
    #[wasm_bindgen(method, js_name = beginToClose)]
    pub(crate) fn begin_to_close(this: &StandIn);
    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &StandIn, code: u16);
}

impl StandIn {
    /// An attempt that meets it.
    pub(crate) fn road(&self) -> Road {
        Road::Over(self.clone().unchecked_into::<WebSocket>())
    }

    /// A session that it connects.
    pub(crate) fn connect(&self, options: &Options) -> Client {
        let client = Client::over(options, [self.road()]);
        client.driver().open();
        self.open();
        assert_eq!(client.count(Place::Opened), 1);
        client
    }
}
