//! One browser timer a session.

use wasm_bindgen::prelude::*;

use crate::core::Instant;

#[wasm_bindgen]
extern "C" {
    /// What sets timers: the page's global object, or what does it better.
    #[derive(Debug)]
    pub type Timers;
    // What names a timer is a number in browsers and an object in Node.
    #[wasm_bindgen(method, js_name = setTimeout)]
    fn set_timeout(this: &Timers, tick: &JsValue, millis: f64) -> JsValue;
    #[wasm_bindgen(method, js_name = clearTimeout)]
    fn clear_timeout(this: &Timers, name: &JsValue);
}

/// The longest a browser timer takes (HTML §8.7: a signed 32-bit number of milliseconds). A tick that comes too early
/// is harmless.
const LONGEST_MILLIS: f64 = i32::MAX as f64;

/// A timer that is armed for the earliest deadline. Later ones do not touch it: its tick comes early then and
/// looks again, which is cheaper than a new timer for each message.
#[derive(Debug)]
pub(crate) struct Alarm {
    timers: Timers,
    tick: Closure<dyn Fn()>,
    armed: Option<(Instant, JsValue)>,
}

impl Alarm {
    pub(crate) fn new(timers: Timers, tick: impl Fn() + 'static) -> Self {
        Self { timers, tick: Closure::new(tick), armed: None }
    }

    /// Makes sure that it ticks at `deadline` or before.
    pub(crate) fn arm(&mut self, deadline: Instant, now: Instant) {
        if self.armed.as_ref().is_some_and(|(armed, _)| *armed <= deadline) {
            return;
        }
        self.disarm();
        let millis = (deadline - now).as_millis_f64().ceil().min(LONGEST_MILLIS);
        self.armed = Some((deadline, self.timers.set_timeout(self.tick.as_ref(), millis)));
    }

    /// Forgets the timer, because it has ticked or nothing waits for it.
    pub(crate) fn disarm(&mut self) {
        if let Some((_, name)) = self.armed.take() {
            self.timers.clear_timeout(&name);
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.disarm();
    }
}
