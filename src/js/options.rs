//! Reads the user's options object, section by section.

use wasm_bindgen::prelude::*;

use crate::core::{ConfigError, HeartbeatOptions, Options, OverflowPolicy, QueueOptions};

#[wasm_bindgen]
extern "C" {
    /// The options as the façade passes them on: what the user left out is `undefined`.
    pub type JsOptions;
    #[wasm_bindgen(method, getter)]
    fn backoff(this: &JsOptions) -> Option<JsBackoff>;
    #[wasm_bindgen(method, getter)]
    fn retries(this: &JsOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn retry(this: &JsOptions) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = connectTimeout)]
    fn connect_timeout(this: &JsOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = urlTimeout)]
    fn url_timeout(this: &JsOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = closeTimeout)]
    fn close_timeout(this: &JsOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn heartbeat(this: &JsOptions) -> Option<JsHeartbeat>;
    #[wasm_bindgen(method, getter)]
    fn queue(this: &JsOptions) -> Option<JsQueue>;
    #[wasm_bindgen(method, getter)]
    fn backpressure(this: &JsOptions) -> Option<JsBackpressure>;
    #[wasm_bindgen(method, getter, js_name = pageHide)]
    fn page_hide(this: &JsOptions) -> Option<JsPageHide>;

    type JsBackoff;
    #[wasm_bindgen(method, getter)]
    fn min(this: &JsBackoff) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn max(this: &JsBackoff) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn factor(this: &JsBackoff) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = stableAfter)]
    fn stable_after(this: &JsBackoff) -> Option<f64>;

    type JsHeartbeat;
    #[wasm_bindgen(method, getter)]
    fn interval(this: &JsHeartbeat) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn timeout(this: &JsHeartbeat) -> Option<f64>;

    type JsQueue;
    #[wasm_bindgen(method, getter, js_name = maxMessages)]
    fn max_messages(this: &JsQueue) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = maxBytes)]
    fn max_bytes(this: &JsQueue) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn ttl(this: &JsQueue) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn overflow(this: &JsQueue) -> JsValue;

    type JsBackpressure;
    #[wasm_bindgen(method, getter, js_name = highWaterMark)]
    fn high_water_mark(this: &JsBackpressure) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = lowWaterMark)]
    fn low_water_mark(this: &JsBackpressure) -> Option<f64>;

    type JsPageHide;
    #[wasm_bindgen(method, getter)]
    fn close(this: &JsPageHide) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    fn code(this: &JsPageHide) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &JsPageHide) -> Option<String>;
}

/// The options, with the defaults for what is left out.
pub(super) fn read(js: &JsOptions) -> Result<Options, ConfigError> {
    let mut options = Options::default();
    if let Some(backoff) = js.backoff() {
        set(&mut options.backoff_min, backoff.min());
        set(&mut options.backoff_max, backoff.max());
        set(&mut options.backoff_factor, backoff.factor());
        set(&mut options.stable_after, backoff.stable_after());
    }
    set(&mut options.retries, js.retries());
    set(&mut options.connect_timeout, js.connect_timeout());
    set(&mut options.url_timeout, js.url_timeout());
    set(&mut options.close_timeout, js.close_timeout());
    if let Some(backpressure) = js.backpressure() {
        set(&mut options.high_water_mark, backpressure.high_water_mark());
        set(&mut options.low_water_mark, backpressure.low_water_mark());
    }
    if let Some(page_hide) = js.page_hide() {
        set(&mut options.page_hide_close, page_hide.close());
        set(&mut options.page_hide_code, page_hide.code());
        set(&mut options.page_hide_reason, page_hide.reason());
    }
    options.heartbeat = js.heartbeat().map(|heartbeat| {
        let mut options = HeartbeatOptions::default();
        set(&mut options.interval, heartbeat.interval());
        set(&mut options.timeout, heartbeat.timeout());
        options
    });
    options.queue = match js.queue() {
        Some(queue) if *queue == JsValue::FALSE => None,
        Some(queue) => Some(read_queue(&queue)?),
        None => options.queue,
    };
    options.judge = js.retry().is_function();
    Ok(options)
}

fn read_queue(queue: &JsQueue) -> Result<QueueOptions, ConfigError> {
    let mut options = QueueOptions::default();
    set(&mut options.max_messages, queue.max_messages());
    set(&mut options.max_bytes, queue.max_bytes());
    set(&mut options.ttl, queue.ttl());
    let overflow = queue.overflow();
    if !overflow.is_undefined() {
        options.overflow = match overflow.as_string().as_deref() {
            Some("drop-oldest") => OverflowPolicy::DropOldest,
            Some("drop-newest") => OverflowPolicy::DropNewest,
            Some("throw") => OverflowPolicy::Refuse,
            _ => {
                let allowed = "'drop-oldest', 'drop-newest' or 'throw'";
                return Err(ConfigError { option: "queue.overflow", value: f64::NAN, allowed });
            }
        };
    }
    Ok(options)
}

fn set<T>(option: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *option = value;
    }
}
