//! What throws is reported, and the session lives on.

use steadysocket::core::{Cause, Event, Options, StateKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::client::{Client, beating, swift};
use crate::recorder::{Place, Road};
use crate::stand_in::StandIn;

#[wasm_bindgen_test]
async fn a_constructor_that_throws_is_a_failed_attempt() {
    let client = Client::over(&swift(), [Road::Throws, Road::Throws]);
    client.driver().open();
    client.until(Place::Opened).await;
    assert_eq!(client.reports(), ["no socket", "no socket"]);
    let never_opened =
        |event: &&Event<_>| matches!(event, Event::Disconnected { cause: Cause::NeverOpened, .. });
    assert_eq!(client.events().iter().filter(never_opened).count(), 2);
    client.echo("after all").await;
}

#[wasm_bindgen_test]
async fn a_constructor_of_the_browser_that_throws() {
    let client = Client::over(&swift(), [Road::To("ws://:".into())]);
    client.driver().open();
    client.until(Place::Opened).await;
    assert_eq!(client.count(Place::Report), 1);
    client.echo("after all").await;
}

#[wasm_bindgen_test]
async fn send_throws() {
    let socket = StandIn::new();
    let client = socket.connect(&swift());
    socket.spoil("send");
    assert_eq!(client.send("one"), Ok(()));
    assert_eq!(client.send("two"), Ok(()));
    assert_eq!(client.reports(), ["no send", "no send"]);
    assert_eq!(client.state(), StateKind::Open);
    socket.say("still here");
    socket.end(1006);
    client.until_nth(Place::Opened, 2).await;
    client.echo("three").await;
}

#[wasm_bindgen_test]
async fn send_throws_for_waiting_messages_and_the_next_ones_follow() {
    let socket = StandIn::new();
    socket.spoil("send");
    let client = Client::over(&swift(), [socket.road()]);
    client.driver().open();
    assert_eq!(client.send("one"), Ok(()));
    assert_eq!(client.send("two"), Ok(()));
    socket.open();
    assert_eq!(client.reports(), ["no send", "no send"]);
    assert_eq!(client.count(Place::Drained), 1);
}

#[wasm_bindgen_test]
async fn send_throws_for_a_heartbeat() {
    let socket = StandIn::new();
    let client = socket.connect(&beating(5.0, 5_000.0));
    socket.spoil("send");
    client.until(Place::Report).await;
    assert_eq!(client.reports(), ["no send"]);
    assert_eq!(client.state(), StateKind::Open);
    socket.end(1006);
    client.until_nth(Place::Opened, 2).await;
    client.echo("on a fresh socket").await;
}

#[wasm_bindgen_test]
async fn close_throws() {
    let socket = StandIn::new();
    let client = socket.connect(&Options { close_timeout: 5.0, ..swift() });
    socket.spoil("close");
    client.close();
    assert_eq!(client.reports(), ["no close"]);
    assert_eq!(client.state(), StateKind::Closing);
    client.until(Place::Closed).await;
    assert!(!socket.is_heard());
}

#[wasm_bindgen_test]
async fn close_throws_while_a_socket_is_abandoned() {
    let socket = StandIn::new();
    let client = socket.connect(&swift());
    socket.spoil("close");
    client.recorder.sockets.take();
    client.driver().open();
    client.until_nth(Place::Opened, 2).await;
    assert!(!socket.is_heard());
    client.echo("on a fresh socket").await;
}
