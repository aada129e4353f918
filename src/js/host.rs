//! The façade as the driver sees it.

use wasm_bindgen::prelude::*;

use crate::browser::{Host, Timers, WebSocket};
use crate::core::{Attempt, Cause, CloseDetails, Duration, Event, Pace, Reason, Verdict};

#[wasm_bindgen]
extern "C" {
    /// What the façade implements. What runs a function of the user's may throw; what dispatches an event does not,
    /// since listeners' errors go to the page.
    pub type JsHost;
    #[wasm_bindgen(method)]
    fn resolve(this: &JsHost, attempt: u32);
    #[wasm_bindgen(method, catch, js_name = openSocket)]
    fn open_socket(this: &JsHost) -> Result<WebSocket, JsValue>;
    #[wasm_bindgen(method, getter, js_name = receive)]
    fn on_message(this: &JsHost) -> JsValue;
    #[wasm_bindgen(method)]
    fn error(this: &JsHost);
    #[wasm_bindgen(method)]
    fn report(this: &JsHost, error: JsValue);
    #[wasm_bindgen(method, catch)]
    fn heartbeat(this: &JsHost) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn timers(this: &JsHost) -> Timers;
    #[wasm_bindgen(method, getter, js_name = pageHideReason)]
    fn page_hide_reason(this: &JsHost) -> JsValue;
    /// Returns the `retry` option's opinion: a delay in ms, [`RETRY`], [`STOP`], or not a number if it has
    /// none.
    #[wasm_bindgen(method, catch)]
    fn judge(
        this: &JsHost,
        cause: &str,
        code: u16,
        reason: &JsValue,
        was_clean: bool,
        will_retry: bool,
    ) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, js_name = stateChanged)]
    fn state_changed(this: &JsHost, from: &str, to: &str);
    #[wasm_bindgen(method)]
    fn opened(this: &JsHost, reconnected: bool);
    #[wasm_bindgen(method)]
    fn disconnected(
        this: &JsHost,
        cause: &str,
        code: u16,
        reason: &JsValue,
        was_clean: bool,
        will_reconnect: bool,
    );
    #[wasm_bindgen(method, js_name = retryScheduled)]
    fn retry_scheduled(this: &JsHost, attempt: u32, delay: f64, cause: &str);
    #[wasm_bindgen(method)]
    fn dropped(this: &JsHost, payload: JsValue, reason: &str);
    #[wasm_bindgen(method)]
    fn drained(this: &JsHost);
    #[wasm_bindgen(method, js_name = latencyMeasured)]
    fn latency(this: &JsHost, rtt: f64);
}

impl Host for JsHost {
    fn resolve_url(&self, attempt: Attempt) {
        self.resolve(attempt.number());
    }

    fn open_socket(&self) -> Result<WebSocket, JsValue> {
        self.open_socket()
    }

    fn on_message(&self) -> JsValue {
        self.on_message()
    }

    fn error(&self) {
        self.error();
    }

    fn report(&self, error: JsValue) {
        self.report(error);
    }

    fn timers(&self) -> Timers {
        self.timers()
    }

    fn heartbeat(&self) -> Option<JsValue> {
        self.or_report(self.heartbeat())
    }

    fn reason(&self, reason: Reason<JsValue>) -> JsValue {
        match reason {
            Reason::Empty => "".into(),
            Reason::PageHide => self.page_hide_reason(),
            Reason::Given(reason) => reason,
        }
    }

    fn judge(&self, cause: Cause, details: CloseDetails<JsValue>, verdict: Verdict) -> Verdict {
        let CloseDetails { code, reason, was_clean } = details;
        let will_retry = verdict != Verdict::Stop;
        let opinion = self.judge(cause.name(), code, &self.reason(reason), was_clean, will_retry);
        self.or_report(opinion).map_or(verdict, |opinion| overrule(verdict, opinion))
    }

    fn event(&self, event: Event<JsValue>) {
        match event {
            Event::StateChanged { from, to } => self.state_changed(from.name(), to.name()),
            Event::Opened { reconnected } => self.opened(reconnected),
            Event::Disconnected { cause, details: CloseDetails { code, reason, was_clean }, verdict } => {
                let will_reconnect = verdict != Verdict::Stop;
                self.disconnected(cause.name(), code, &self.reason(reason), was_clean, will_reconnect);
            }
            Event::RetryScheduled { attempt, delay, cause } => {
                self.retry_scheduled(attempt, delay.as_millis_f64(), cause.name());
            }
            Event::Dropped { payload, reason } => self.dropped(payload, reason.name()),
            Event::Drained => self.drained(),
            Event::Latency { rtt } => self.latency(rtt.as_millis_f64()),
            // The last `disconnected` has told.
            Event::Closed { .. } => {}
        }
    }
}

impl JsHost {
    fn or_report<T>(&self, result: Result<T, JsValue>) -> Option<T> {
        result.map_err(|error| self.report(error)).ok()
    }
}

/// What the `retry` option's answer makes of a verdict.
fn overrule(verdict: Verdict, opinion: f64) -> Verdict {
    match verdict {
        _ if opinion >= 0.0 => Verdict::Retry(Pace::After(Duration::from_millis_f64(opinion))),
        _ if opinion == STOP => Verdict::Stop,
        Verdict::Stop if opinion == RETRY => Verdict::Retry(Pace::Backoff),
        _ => verdict,
    }
}

const RETRY: f64 = -1.0;
const STOP: f64 = -2.0;
