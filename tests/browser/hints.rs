//! What the page and the network tell of themselves reaches the session, and nothing listens longer than it.

use steadysocket::core::{Cause, Event, Options, Reason, StateKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::client::{Client, beating, swift};
use crate::page::{ListenerWatch, fire, fire_persisted, inflict};
use crate::recorder::{Call, Place, Road};

/// Retries are too late for a test: only a hint brings the session back.
fn patient() -> Options {
    Options { backoff_min: 3_600_000.0, backoff_max: 3_600_000.0, ..Options::default() }
}

fn causes(client: &Client) -> Vec<Cause> {
    let cause = |event: &Event<JsValue>| match event {
        Event::Disconnected { cause, .. } => Some(*cause),
        _ => None,
    };
    client.events().iter().filter_map(cause).collect()
}

#[wasm_bindgen_test]
async fn offline_names_the_cause_and_online_looks_at_once() {
    let client = Client::connected(&patient()).await;
    fire("offline");
    assert_eq!(client.state(), StateKind::Open);
    inflict(&client.name, r#""fault": "drop""#).await;
    client.until(Place::RetryScheduled).await;
    assert_eq!(causes(&client), [Cause::Offline]);
    fire("online");
    client.until_nth(Place::Opened, 2).await;
    client.echo("back").await;
}

#[wasm_bindgen_test]
async fn leaves_with_the_page_and_comes_back_with_it() {
    for (leave, come_back) in [("pagehide", "pageshow"), ("freeze", "resume")] {
        let client = Client::connected(&patient()).await;
        fire_persisted(leave);
        assert_eq!(client.state(), StateKind::Suspended, "{leave}");
        assert_eq!(causes(&client), [Cause::PageHidden]);
        assert!(client.calls().iter().any(|call| matches!(call, Call::Reason(Reason::PageHide))));
        assert_eq!(client.recorder.live_sockets(), 0);

        for other in ["online", "visibilitychange"] {
            fire(other);
            assert_eq!(client.state(), StateKind::Suspended, "{leave}, then {other}");
        }
        fire_persisted(come_back);
        client.until_nth(Place::Opened, 2).await;
        assert!(matches!(client.events().last(), Some(Event::Opened { reconnected: true })));
        client.echo("back").await;
    }
}

#[wasm_bindgen_test]
async fn only_a_page_that_was_kept_has_reason_to_look() {
    let client = Client::over(&patient(), [Road::Fails]);
    client.driver().open();
    fire("pageshow");
    assert_eq!(client.state(), StateKind::Waiting);
    fire_persisted("pageshow");
    client.until(Place::Opened).await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_seen_again_asks_whether_the_connection_lives() {
    let client = Client::connected(&beating(3_600_000.0, 5_000.0)).await;
    fire("visibilitychange");
    assert_eq!(client.count(Place::Heartbeat), 1);
    client.until(Place::Latency).await;
}

#[wasm_bindgen_test]
async fn a_hint_reaches_every_session_and_may_end_one() {
    let clients = [Client::connected(&patient()).await, Client::connected(&patient()).await];
    for client in &clients {
        client.react(Place::StateChanged, Box::new(|recorder| drop(recorder.driver.take())));
    }
    fire_persisted("pagehide");
    for client in &clients {
        assert_eq!(client.count(Place::Disconnected), 1);
        assert_eq!(client.recorder.live_sockets(), 0);
    }
}

#[wasm_bindgen_test]
async fn no_hint_reopens_what_the_user_closed() {
    let client = Client::connected(&swift()).await;
    client.close();
    for hint in ["online", "visibilitychange", "resume"] {
        fire(hint);
    }
    fire_persisted("pageshow");
    client.until(Place::Closed).await;
    fire_persisted("pageshow");
    fire("online");
    assert_eq!(client.count(Place::ResolveUrl), 1);
    assert_eq!(client.state(), StateKind::Closed);
}

#[wasm_bindgen_test]
async fn nobody_listens_before_or_after() {
    let listeners = ListenerWatch::new();

    let client = Client::over(&swift(), [Road::Hangs]);
    assert_eq!(listeners.present(), 0, "not opened yet");
    client.driver().open();
    assert_eq!(listeners.present(), 8, "opened");
    client.driver().open();
    assert_eq!(listeners.present(), 8, "opened again");
    client.driver().release();
    assert_eq!(listeners.present(), 0, "released");
    let calls = client.calls().len();
    for hint in ["offline", "online", "pagehide", "freeze", "resume", "visibilitychange"] {
        fire(hint);
    }
    fire_persisted("pageshow");
    assert_eq!(client.calls().len(), calls);

    let client = Client::connected(&swift()).await;
    client.close();
    client.until(Place::Closed).await;
    assert_eq!(listeners.present(), 0, "closed");

    let client = Client::connected(&swift()).await;
    assert_eq!(listeners.present(), 8, "open");
    drop(client);
    assert_eq!(listeners.present(), 0, "dropped");

    listeners.end();
}
