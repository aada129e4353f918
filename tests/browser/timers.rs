//! One browser timer a session.

use steadysocket::core::{Attempt, Options, StateKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::client::{Client, beating, swift};
use crate::page::{TimerWatch, turn};
use crate::recorder::{Place, Road};

/// With timers that no test waits for.
fn busy() -> Options {
    Options { stable_after: 20_000.0, ..beating(25_000.0, 10_000.0) }
}

#[wasm_bindgen_test]
async fn an_idle_session_costs_one_timer() {
    let timers = TimerWatch::new();
    let client = Client::connected(&busy()).await;
    client.echo("hello").await;
    assert_eq!(timers.pending(), 1);
    let another = Client::connected(&busy()).await;
    assert_eq!(timers.pending(), 2);
    drop(another);
    assert_eq!(timers.pending(), 1);
    drop(client);
    assert_eq!(timers.pending(), 0);
    timers.end();
}

#[wasm_bindgen_test]
async fn messages_start_no_timers() {
    let client = Client::connected(&busy()).await;
    let timers = TimerWatch::new();
    for round in 0..100 {
        client.echo(&round.to_string()).await;
    }
    assert_eq!(timers.started(), 0);
    timers.end();
}

#[wasm_bindgen_test]
async fn a_session_that_is_over_costs_none() {
    let timers = TimerWatch::new();
    let closed = Client::connected(&busy()).await;
    closed.close();
    closed.until(Place::Closed).await;
    assert_eq!(timers.pending(), 0, "closed");

    let released = Client::connected(&busy()).await;
    released.driver().release();
    assert_eq!(timers.pending(), 0, "released");

    let dropped = Client::over(&swift(), [Road::Hangs]);
    dropped.driver().open();
    assert_eq!(timers.pending(), 1, "resolving");
    dropped.recorder.driver.take();
    assert_eq!(timers.pending(), 0, "dropped");
    timers.end();
}

#[wasm_bindgen_test]
async fn a_deadline_beyond_what_a_browser_timer_takes() {
    // Browsers take a timer's milliseconds modulo this.
    let wrap = f64::from(u32::MAX) + 1.0;
    let timers = TimerWatch::new();
    let client = Client::over(&Options { url_timeout: wrap, ..swift() }, [Road::Hangs]);
    client.driver().open();
    for _ in 0..5 {
        turn().await;
    }
    assert_eq!(client.state(), StateKind::Resolving);
    assert_eq!((timers.pending(), timers.started()), (1, 1));
    timers.end();
}

#[wasm_bindgen_test]
async fn a_close_without_a_socket_is_told_in_a_task_of_its_own() {
    let client = Client::over(&swift(), [Road::Hangs]);
    client.driver().open();
    client.close();
    assert_eq!(client.count(Place::Closed), 0);
    client.until(Place::Closed).await;
}

#[wasm_bindgen_test]
async fn a_url_that_never_comes_is_given_up() {
    let client = Client::over(&Options { url_timeout: 5.0, ..swift() }, [Road::Hangs]);
    client.driver().open();
    client.until(Place::Opened).await;
    assert_eq!(client.count(Place::Disconnected), 1);

    let late = Attempt::from_number(1);
    client.driver().url_failed(late);
    client.driver().url_resolved(late);
    client.echo("undisturbed").await;
    assert_eq!(client.count(Place::OpenSocket), 1);
}
