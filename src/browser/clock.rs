//! The time of the page.

use wasm_bindgen::prelude::*;

use crate::core::{Duration, Instant};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// Now, on the page's monotonic clock (High Resolution Time, `performance.now()`).
pub(crate) fn now() -> Instant {
    Instant::from_micros(Duration::from_millis_f64(performance_now()).as_micros())
}
