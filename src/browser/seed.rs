//! The one source of randomness.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Math)]
    fn random() -> f64;
}

/// A number that differs from session to session. It spreads retries; nothing secret hangs on it.
pub(crate) fn seed() -> u64 {
    random().to_bits()
}
