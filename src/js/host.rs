//! The façade as the driver sees it.

use wasm_bindgen::prelude::*;
use web_sys::{Event as DomEvent, MessageEvent};

use crate::browser::{Host, report};
use crate::core::{Attempt, Cause, CloseDetails, Duration, Event, Pace, Verdict};

#[wasm_bindgen]
extern "C" {
    /// What the façade implements. `catch` on everything: each may run code of the user.
    pub type JsHost;
    #[wasm_bindgen(method, catch)]
    fn resolve(this: &JsHost, attempt: u32) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn message(this: &JsHost, event: MessageEvent) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn error(this: &JsHost) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn heartbeat(this: &JsHost) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn judge(
        this: &JsHost,
        cause: &str,
        code: u16,
        reason: &str,
        was_clean: bool,
        will_retry: bool,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = stateChanged)]
    fn state_changed(this: &JsHost, from: &str, to: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn opened(this: &JsHost, reconnected: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn disconnected(
        this: &JsHost,
        cause: &str,
        code: u16,
        reason: &str,
        was_clean: bool,
        will_reconnect: bool,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = retryScheduled)]
    fn retry_scheduled(this: &JsHost, attempt: u32, delay: f64, cause: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn dropped(this: &JsHost, payload: JsValue, reason: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn drained(this: &JsHost) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = latencyMeasured)]
    fn latency(this: &JsHost, rtt: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn closed(this: &JsHost) -> Result<(), JsValue>;
}

impl Host for JsHost {
    fn resolve_url(&self, attempt: Attempt) {
        report(self.resolve(attempt.number()));
    }

    fn message(&self, event: MessageEvent) -> bool {
        or_report(self.message(event)).unwrap_or(false)
    }

    fn error(&self, _event: DomEvent) {
        report(self.error());
    }

    fn heartbeat(&self) -> Option<JsValue> {
        or_report(self.heartbeat())
    }

    fn judge(&self, cause: Cause, details: &CloseDetails, verdict: Verdict) -> Verdict {
        let CloseDetails { code, reason, was_clean } = details;
        let will_retry = verdict != Verdict::Stop;
        let opinion = self.judge(cause.name(), *code, reason, *was_clean, will_retry);
        or_report(opinion).map_or(verdict, |opinion| overrule(verdict, &opinion))
    }

    fn event(&self, event: Event<JsValue>) {
        report(match event {
            Event::StateChanged { from, to } => self.state_changed(from.name(), to.name()),
            Event::Opened { reconnected } => self.opened(reconnected),
            Event::Disconnected { cause, details: CloseDetails { code, reason, was_clean }, verdict } => {
                let will_reconnect = verdict != Verdict::Stop;
                self.disconnected(cause.name(), code, &reason, was_clean, will_reconnect)
            }
            Event::RetryScheduled { attempt, delay, cause } => {
                self.retry_scheduled(attempt, delay.as_millis_f64(), cause.name())
            }
            Event::Dropped { payload, reason } => self.dropped(payload, reason.name()),
            Event::Drained => self.drained(),
            Event::Latency { rtt } => self.latency(rtt.as_millis_f64()),
            Event::Closed { .. } => self.closed(),
        });
    }
}

/// What the `retry` option's answer makes of a verdict: a boolean decides, a number is a delay in ms, anything else
/// leaves it.
fn overrule(verdict: Verdict, opinion: &JsValue) -> Verdict {
    match (opinion.as_bool(), opinion.as_f64(), verdict) {
        (Some(false), ..) => Verdict::Stop,
        (Some(true), _, Verdict::Stop) => Verdict::Retry(Pace::Backoff),
        (_, Some(delay), _) => Verdict::Retry(Pace::After(Duration::from_millis_f64(delay))),
        _ => verdict,
    }
}

fn or_report<T>(result: Result<T, JsValue>) -> Option<T> {
    result.map_err(|error| report(Err(error))).ok()
}
