//! The shell does what the session says, with the browser's sockets.

use std::cell::Cell;
use std::rc::Rc;

use steadysocket::core::{
    Cause, CloseDetails, Event, Options, Outgoing, Pace, Reason, SendErrorKind, StateKind, Verdict,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::client::{Client, beating, swift};
use crate::page::{inflict, refused_url};
use crate::recorder::{Call, Place, Road};
use crate::stand_in::StandIn;

/// The ends that were told.
fn ends(client: &Client) -> Vec<(Cause, CloseDetails<JsValue>)> {
    let end = |event: Event<JsValue>| match event {
        Event::Disconnected { cause, details, .. } => Some((cause, details)),
        _ => None,
    };
    client.events().into_iter().filter_map(end).collect()
}

#[wasm_bindgen_test]
async fn text_and_bytes_there_and_back() {
    let client = Client::connected(&swift()).await;
    client.echo("").await;
    client.echo("grüße ☃ 🦀").await;
    let bytes = js_sys::Uint8Array::from([0, 255, 7].as_slice());
    let outgoing = Outgoing { payload: bytes.into(), bytes: 3, ttl: None };
    assert_eq!(client.driver().send(outgoing), Ok(()));
    client.until_nth(Place::Message, 3).await;
    assert_eq!(client.messages(), ["", "grüße ☃ 🦀", "bytes 0,255,7"]);
}

#[wasm_bindgen_test]
async fn what_waits_keeps_its_order() {
    let client = Client::new(&swift());
    let numbers: Vec<String> = (0..200).map(|number: u32| number.to_string()).collect();
    let (before, after) = numbers.split_at(100);
    for number in before {
        assert_eq!(client.send(number), Ok(()));
    }
    client.driver().open();
    client.until(Place::Opened).await;
    for number in after {
        assert_eq!(client.send(number), Ok(()));
    }
    client.until_nth(Place::Message, numbers.len()).await;
    assert_eq!(client.messages(), numbers);
    assert_eq!(client.count(Place::Drained), 1);
}

#[wasm_bindgen_test]
async fn sends_at_once_when_open_and_drained() {
    let socket = StandIn::new();
    let client = Client::over(&swift(), [socket.road()]);
    assert!(!client.driver().sends_at_once());
    client.driver().open();
    assert!(!client.driver().sends_at_once());
    let within = Rc::new(Cell::new(None));
    let answer = Rc::clone(&within);
    client.react(
        Place::Opened,
        Box::new(move |recorder| answer.set(recorder.driver().map(|driver| driver.sends_at_once()))),
    );
    socket.open();
    assert_eq!(within.get(), Some(false), "what a callback sends has to wait for it");
    assert!(client.driver().sends_at_once());
    assert_eq!(client.send("now"), Ok(()));
    assert_eq!(socket.sent(), "now");
    client.close();
    assert!(!client.driver().sends_at_once());
    assert_eq!(client.send("too late"), Err(SendErrorKind::Closed));
}

#[wasm_bindgen_test]
async fn waits_while_the_buffer_is_full() {
    let socket = StandIn::new();
    let client = socket.connect(&Options { high_water_mark: 10.0, low_water_mark: 5.0, ..swift() });
    socket.set_buffered_amount(12);
    assert_eq!(client.send("twelve bytes"), Ok(()));
    assert!(!client.driver().sends_at_once());
    assert_eq!(client.send("the rest"), Ok(()));
    assert_eq!(socket.sent(), "twelve bytes");
    socket.set_buffered_amount(0);
    client.until(Place::Drained).await;
    assert_eq!(socket.sent(), "twelve bytes,the rest");
    assert!(client.driver().sends_at_once());
}

#[wasm_bindgen_test]
async fn a_socket_that_begins_to_close_takes_nothing() {
    let socket = StandIn::new();
    let client = socket.connect(&swift());
    socket.begin_to_close();
    assert_eq!(client.send("over the next one"), Ok(()));
    assert_eq!(socket.sent(), "");
    socket.end(1001);
    assert!(!socket.is_heard());
    client.until(Place::Message).await;
    assert_eq!(client.messages(), ["over the next one"]);
}

#[wasm_bindgen_test]
async fn close_says_goodbye() {
    let client = Client::connected(&swift()).await;
    client.driver().close(Some(3001), Reason::Given("see you".into()));
    assert_eq!(client.state(), StateKind::Closing);
    client.until(Place::Closed).await;
    let reason = Reason::Given("see you".into());
    assert_eq!(ends(&client), [(Cause::User, CloseDetails { code: 3001, reason, was_clean: true })]);
    assert_eq!(client.recorder.live_sockets(), 0);

    let client = Client::connected(&swift()).await;
    client.driver().close(None, Reason::Empty);
    client.until(Place::Closed).await;
    let reason = Reason::Given("".into());
    assert_eq!(ends(&client), [(Cause::User, CloseDetails { code: 1005, reason, was_clean: true })]);
}

#[wasm_bindgen_test]
async fn what_the_server_says_with_its_close() {
    let client = Client::connected(&swift()).await;
    inflict(&client.name, r#""fault": "close", "code": 4001, "reason": "again""#).await;
    client.until_nth(Place::Opened, 2).await;
    inflict(&client.name, r#""fault": "close", "code": 4401, "reason": "never""#).await;
    client.until(Place::Closed).await;
    let end = |code, reason: &str| {
        let reason = Reason::Given(reason.into());
        (Cause::ServerClose(code), CloseDetails { code, reason, was_clean: true })
    };
    assert_eq!(ends(&client), [end(4001, "again"), end(4401, "never")]);
}

#[wasm_bindgen_test]
async fn the_user_judges() {
    let client = Client::connected(&Options { judge: true, ..swift() }).await;
    client.recorder.verdict.set(Some(Verdict::Retry(Pace::AtOnce)));
    inflict(&client.name, r#""fault": "close", "code": 4400"#).await;
    client.until_nth(Place::Opened, 2).await;
    let judged = |call: &Call| matches!(call, Call::Judge(Cause::ServerClose(4400)));
    assert!(client.calls().iter().any(judged));
    client.recorder.verdict.set(Some(Verdict::Stop));
    inflict(&client.name, r#""fault": "drop""#).await;
    client.until(Place::Closed).await;
}

#[wasm_bindgen_test]
async fn a_url_that_fails_is_a_failed_attempt() {
    let client = Client::over(&swift(), [Road::Fails, Road::Fails]);
    client.driver().open();
    client.until(Place::Opened).await;
    assert!(ends(&client).iter().map(|(cause, _)| *cause).eq([Cause::UrlFailed; 2]));
    client.echo("after all").await;
}

#[wasm_bindgen_test]
async fn a_refused_port_is_tried_again_with_backoff() {
    let nobody = Road::To("ws://127.0.0.1:65533/".into());
    let options = Options { backoff_min: 2.0, backoff_max: 1_000.0, ..swift() };
    let client = Client::over(&options, [nobody.clone(), nobody.clone(), nobody]);
    client.driver().open();
    client.until(Place::Opened).await;
    let mut ceiling = 2.0;
    let mut retries = 0;
    for event in client.events() {
        if let Event::RetryScheduled { attempt, delay, cause } = event {
            retries += 1;
            assert_eq!((attempt, cause), (retries, Cause::NeverOpened));
            assert!(delay.as_millis_f64() <= ceiling, "{delay:?} > {ceiling} ms");
            ceiling *= 2.0;
        }
    }
    assert_eq!(retries, 3);
}

#[wasm_bindgen_test]
fn each_session_draws_its_own_delays() {
    let delay = || {
        let client = Client::over(&Options::default(), [Road::Fails]);
        client.driver().open();
        let delay = |event| if let Event::RetryScheduled { delay, .. } = event { Some(delay) } else { None };
        client.events().into_iter().find_map(delay)
    };
    let delays = [delay(), delay(), delay()];
    assert!(delays.iter().all(Option::is_some));
    assert!(delays[0] != delays[1] || delays[1] != delays[2], "{delays:?}");
}

#[wasm_bindgen_test]
async fn a_handshake_that_is_refused_tells_of_the_error() {
    let client = Client::over(&swift(), [Road::To(refused_url())]);
    client.driver().open();
    client.until(Place::Opened).await;
    assert_eq!(client.count(Place::Error), 1);
    assert_eq!(client.reports(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_handshake_that_hangs_is_given_up() {
    let client = Client::new(&Options { connect_timeout: 100.0, ..swift() });
    inflict(&client.name, r#""fault": "refuse", "ms": 60000, "mode": "hang""#).await;
    client.driver().open();
    client.until_nth(Place::OpenSocket, 2).await;
    inflict(&client.name, r#""fault": "clear""#).await;
    client.until(Place::Opened).await;
    assert!(ends(&client).iter().all(|(cause, _)| *cause == Cause::ConnectTimeout));
    client.echo("after all").await;
}

#[wasm_bindgen_test]
async fn heartbeats_are_answered() {
    let client = Client::connected(&beating(200.0, 5_000.0)).await;
    client.until_nth(Place::Latency, 2).await;
    assert_eq!(client.messages(), ["pong", "pong"]);
    assert_eq!(client.count(Place::Disconnected), 0);
    let calls = client.calls();
    let latency = calls.iter().position(|call| call.place() == Place::Latency);
    let before = latency.and_then(|place| calls.get(place - 1));
    assert!(matches!(before, Some(Call::Message(text)) if text == "pong"));
}

#[wasm_bindgen_test]
async fn anything_heard_is_a_sign_of_life() {
    let socket = StandIn::new();
    let client = socket.connect(&beating(5.0, 7_000.0));
    for asked in 1..=3 {
        // Without a sign of life there would be no second one.
        client.until_nth(Place::Heartbeat, asked).await;
        socket.say("by the way");
    }
    assert_eq!(client.count(Place::Latency), 0);
    assert_eq!(client.count(Place::Disconnected), 0);
}

#[wasm_bindgen_test]
async fn a_silent_server_costs_the_socket() {
    let client = Client::connected(&beating(20.0, 500.0)).await;
    inflict(&client.name, r#""fault": "silent""#).await;
    client.until_nth(Place::Opened, 2).await;
    assert_eq!(ends(&client)[0].0, Cause::HeartbeatTimeout);
    assert_eq!(client.recorder.live_sockets(), 1);
    client.echo("on a fresh socket").await;
}

#[wasm_bindgen_test]
async fn an_abandoned_socket_is_not_heard() {
    let socket = StandIn::new();
    let client = socket.connect(&swift());
    assert!(socket.is_heard());
    client.driver().open();
    assert!(!socket.is_heard());
    assert_eq!(socket.closes(), 1);
    client.until_nth(Place::Opened, 2).await;
    socket.say("late");
    socket.end(1000);
    client.echo("on time").await;
    assert_eq!(client.messages(), ["on time"]);
}
