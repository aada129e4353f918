//! What the page and the network tell of themselves.

use wasm_bindgen::prelude::*;

use crate::core::{Input, Network, Page};

#[wasm_bindgen]
extern "C" {
    // They fail where nothing can be listened to, as in Node.
    #[wasm_bindgen(catch, js_name = addEventListener)]
    fn add_event_listener(name: &str, listener: &JsValue, capture: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = removeEventListener)]
    fn remove_event_listener(name: &str, listener: &JsValue, capture: bool) -> Result<(), JsValue>;

    /// A `PageTransitionEvent`, or one whose target is the document.
    type Event;
    #[wasm_bindgen(method, getter)]
    fn persisted(this: &Event) -> bool;
    #[wasm_bindgen(method, getter)]
    fn target(this: &Event) -> Document;
    type Document;
    #[wasm_bindgen(method, getter)]
    fn hidden(this: &Document) -> bool;
}

/// What is listened to. The last three are fired at the document, where the window sees them in the capture phase;
/// workers have but `online` and `offline`.
const NAMES: [&str; 8] =
    ["focus", "online", "offline", "pagehide", "pageshow", "freeze", "resume", "visibilitychange"];

/// What the event of that place in [`NAMES`] tells.
fn hint(place: usize, event: &Event) -> Input<JsValue> {
    match place {
        1 => Input::Network(Network::Online),
        2 => Input::Network(Network::Offline),
        3 => Input::Page(Page::Hiding { persisted: event.persisted() }),
        4 => Input::Page(Page::Shown { persisted: event.persisted() }),
        5 => Input::Page(Page::Frozen),
        6 => Input::Page(Page::Resumed),
        7 if event.target().hidden() => Input::Page(Page::Hidden),
        _ => Input::Page(Page::Visible),
    }
}

/// Of `focus`, the window's own counts and not those of what is in it, which it would see in the capture phase.
fn captures(place: usize) -> bool {
    place > 0
}

/// Listens to the page until dropped.
#[derive(Debug)]
pub(crate) struct Hints {
    listeners: [Closure<dyn Fn(JsValue)>; NAMES.len()],
}

impl Hints {
    pub(crate) fn listen(hear: impl Fn(Input<JsValue>) + Clone + 'static) -> Self {
        let listeners = std::array::from_fn(|place| {
            let hear = hear.clone();
            let listener = Closure::new(move |event: JsValue| hear(hint(place, event.unchecked_ref())));
            let _ = add_event_listener(NAMES[place], listener.as_ref(), captures(place));
            listener
        });
        Self { listeners }
    }
}

impl Drop for Hints {
    fn drop(&mut self) {
        for (place, listener) in self.listeners.iter().enumerate() {
            let _ = remove_event_listener(NAMES[place], listener.as_ref(), captures(place));
        }
    }
}
