//! The one source of randomness.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// An unpredictable number. Where there is no `crypto`, `Math.random()` spreads retries well enough.
pub(crate) fn seed() -> u64 {
    let mut bytes = [0; 8];
    match get_random_values(&mut bytes) {
        Ok(_) => u64::from_le_bytes(bytes),
        Err(_) => js_sys::Math::random().to_bits(),
    }
}
