//! What the page and the network tell of themselves.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, EventTarget, PageTransitionEvent};

use crate::core::{Input, Network, Page};

const OF_WINDOW: [&str; 4] = ["online", "offline", "pagehide", "pageshow"];
const OF_DOCUMENT: [&str; 3] = ["visibilitychange", "freeze", "resume"];

/// Listens until dropped, to as much as there is: workers have no page, Node has no network events.
#[derive(Debug)]
pub(crate) struct Hints {
    listener: Closure<dyn FnMut(Event)>,
    window: Option<EventTarget>,
    document: Option<EventTarget>,
}

impl Hints {
    pub(crate) fn listen(mut hear: impl FnMut(Input<JsValue>) + 'static) -> Self {
        let global: JsValue = js_sys::global().into();
        let hints = Self {
            listener: Closure::new(move |event: Event| {
                if let Some(input) = interpret(&event) {
                    hear(input);
                }
            }),
            document: Reflect::get(&global, &"document".into()).ok().and_then(event_target),
            window: event_target(global),
        };
        hints.each(EventTarget::add_event_listener_with_callback);
        hints
    }

    fn each(&self, apply: impl Fn(&EventTarget, &str, &js_sys::Function) -> Result<(), JsValue>) {
        let listener = self.listener.as_ref().unchecked_ref();
        for (target, names) in [(&self.window, &OF_WINDOW[..]), (&self.document, &OF_DOCUMENT[..])] {
            for name in target.iter().flat_map(|_| names) {
                if let Some(target) = target {
                    // It fails for no reason that a session could mend.
                    let _ = apply(target, name, listener);
                }
            }
        }
    }
}

impl Drop for Hints {
    fn drop(&mut self) {
        self.each(EventTarget::remove_event_listener_with_callback);
    }
}

/// `Some` if the value can be listened to. By its method, since Node's global is no `EventTarget` and the `document` of a
/// test may be another realm's.
fn event_target(value: JsValue) -> Option<EventTarget> {
    let method = Reflect::get(&value, &"addEventListener".into()).ok()?;
    method.is_function().then(|| value.unchecked_into())
}

fn interpret(event: &Event) -> Option<Input<JsValue>> {
    let persisted = || event.unchecked_ref::<PageTransitionEvent>().persisted();
    Some(match event.type_().as_str() {
        "online" => Input::Network(Network::Online),
        "offline" => Input::Network(Network::Offline),
        "pagehide" => Input::Page(Page::Hiding { persisted: persisted() }),
        "pageshow" => Input::Page(Page::Shown { persisted: persisted() }),
        "visibilitychange" => {
            let document = event.current_target()?.unchecked_into::<Document>();
            Input::Page(if document.hidden() { Page::Hidden } else { Page::Visible })
        }
        "freeze" => Input::Page(Page::Frozen),
        "resume" => Input::Page(Page::Resumed),
        _ => return None,
    })
}
