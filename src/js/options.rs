//! Reads the user's options.

use wasm_bindgen::prelude::*;

use crate::core::{Config, ConfigError, IN_FLIGHT, NUMBERS, Options, OverflowPolicy};

#[wasm_bindgen]
extern "C" {
    /// The façade's view of the options, by paths such as `backoff.min`.
    pub type JsOptions;
    /// What stands there: a number as it is, a name by its place in the list of those allowed, anything else as −1,
    /// which is never allowed; not a number if nothing does.
    #[wasm_bindgen(method)]
    fn number(this: &JsOptions, path: &str) -> f64;
    /// Whether what stands there switches it on; if nothing does, `otherwise`.
    #[wasm_bindgen(method)]
    fn has(this: &JsOptions, path: &str, otherwise: bool) -> bool;
}

/// The options, with the defaults for what is left out.
pub(super) fn read(js: &JsOptions) -> Result<Config, ConfigError> {
    let mut options =
        Box::new(if js.number("retries") == 0.0 { Options::single() } else { Options::default() });
    options.heartbeat = js.has("heartbeat", false).then(Default::default);
    options.page_hide_close = js.has("pageHide.close", options.page_hide_close);
    options.judge = js.has("retry", false);
    if !js.has("queue", true) {
        options.queue = None;
    }
    for (index, (path, _)) in NUMBERS.iter().enumerate() {
        let value = js.number(path);
        if let Some(option) = options.number_mut(index)
            && !value.is_nan()
        {
            *option = value;
        }
    }
    if let Some(queue) = &mut options.queue {
        queue.in_flight = js.has("queue.inFlight", false);
        if queue.in_flight && !js.has("heartbeat.reply", false) {
            return Err(ConfigError { option: "queue.inFlight", value: 1.0, allowed: IN_FLIGHT });
        }
        let value = js.number("queue.overflow");
        queue.overflow = if value == 1.0 {
            OverflowPolicy::DropNewest
        } else if value == 2.0 {
            OverflowPolicy::Refuse
        } else if value < 0.0 {
            let allowed = "'drop-oldest', 'drop-newest' or 'throw'";
            return Err(ConfigError { option: "queue.overflow", value, allowed });
        } else {
            OverflowPolicy::DropOldest
        };
    }
    Config::from_box(options)
}
