//! A session with its user, as the tests hold it.

use std::cell::Ref;
use std::collections::VecDeque;
use std::rc::Rc;

use steadysocket::browser::Driver;
use steadysocket::core::{
    Config, Event, HeartbeatOptions, Options, Outgoing, Reason, SendErrorKind, Session, StateKind,
};
use wasm_bindgen::prelude::*;

use crate::page::{Bell, echo_url, fresh_name, take_mishaps};
use crate::recorder::{Call, Place, Recorder, Reflex, Road};

/// The default options with retries that follow at once.
pub(crate) fn swift() -> Options {
    Options { backoff_min: 1.0, backoff_max: 20.0, ..Options::default() }
}

/// With heartbeats, too.
pub(crate) fn beating(interval: f64, timeout: f64) -> Options {
    Options { heartbeat: Some(HeartbeatOptions { interval, timeout }), ..swift() }
}

/// Dropping it drops the session.
pub(crate) struct Client {
    /// The server's name for it.
    pub(crate) name: String,
    pub(crate) recorder: Rc<Recorder>,
}

impl Client {
    /// A session that was not opened yet, with the echo server.
    pub(crate) fn new(options: &Options) -> Self {
        Self::over(options, [])
    }

    /// A session whose first attempts meet these roads, and the later ones the echo server.
    pub(crate) fn over(options: &Options, roads: impl IntoIterator<Item = Road>) -> Self {
        let config = Config::new(options).expect("the tests' options are valid");
        let name = fresh_name();
        let mut roads: VecDeque<Road> = roads.into_iter().collect();
        roads.push_back(Road::To(echo_url(&name)));
        let recorder = Recorder::new(roads);
        let driver = Driver::new(config);
        driver.attach(Rc::clone(&recorder));
        recorder.driver.replace(Some(driver));
        Self { name, recorder }
    }

    /// A session with a connection.
    pub(crate) async fn connected(options: &Options) -> Self {
        let client = Self::new(options);
        client.driver().open();
        client.until(Place::Opened).await;
        client
    }

    pub(crate) fn driver(&self) -> Driver<Recorder> {
        self.recorder.driver().expect("the session is there")
    }

    pub(crate) fn state(&self) -> StateKind {
        self.driver().inspect(Session::state)
    }

    pub(crate) fn send(&self, text: &str) -> Result<(), SendErrorKind> {
        self.driver().send(outgoing(text))
    }

    pub(crate) fn close(&self) {
        self.driver().close(Some(1000), Reason::Given("bye".into()));
    }

    pub(crate) fn calls(&self) -> Ref<'_, Vec<Call>> {
        self.recorder.calls.borrow()
    }

    pub(crate) fn events(&self) -> Vec<Event<JsValue>> {
        let event = |call: &Call| if let Call::Event(event) = call { Some(event.clone()) } else { None };
        self.calls().iter().filter_map(event).collect()
    }

    pub(crate) fn messages(&self) -> Vec<String> {
        let text = |call: &Call| if let Call::Message(text) = call { Some(text.clone()) } else { None };
        self.calls().iter().filter_map(text).collect()
    }

    pub(crate) fn reports(&self) -> Vec<String> {
        let report = |call: &Call| if let Call::Report(error) = call { Some(error.clone()) } else { None };
        self.calls().iter().filter_map(report).collect()
    }

    pub(crate) fn count(&self, place: Place) -> usize {
        self.recorder.count(place)
    }

    /// Has something happen within the next call from there.
    pub(crate) fn react(&self, place: Place, reflex: Reflex) {
        self.recorder.reflex.replace(Some((place, reflex)));
    }

    /// Forgets what it was told so far.
    pub(crate) fn forget_calls(&self) {
        self.recorder.calls.take();
        self.recorder.sockets.take();
    }

    /// Waits until it was called there.
    pub(crate) async fn until(&self, place: Place) {
        self.until_nth(place, 1).await;
    }

    /// Waits until it was called there so often.
    pub(crate) async fn until_nth(&self, place: Place, times: usize) {
        self.wait(&format!("{place:?} × {times}"), || self.count(place) >= times).await;
    }

    /// Waits until `ready`, which is asked again after each call.
    pub(crate) async fn wait(&self, what: &str, ready: impl Fn() -> bool) {
        let bell: &Rc<Bell> = &self.recorder.bell;
        if let Err(why) = bell.until(ready).await {
            panic!("{why}, instead of {what} after {:#?}", self.calls());
        }
    }

    /// Sends a message and waits for it to come back.
    pub(crate) async fn echo(&self, text: &str) {
        assert_eq!(self.send(text), Ok(()));
        self.wait("an echo", || self.messages().iter().any(|message| message == text)).await;
    }

    /// Opens the session again, on behalf of a user who starts a new record.
    pub(crate) async fn revive(&mut self) {
        let driver = self.recorder.driver.take().expect("the session is there");
        let recorder = Recorder::new([Road::To(echo_url(&self.name))].into());
        driver.attach(Rc::clone(&recorder));
        recorder.driver.replace(Some(driver));
        self.recorder = recorder;
        self.driver().open();
        self.until(Place::Opened).await;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.recorder.driver.take();
        assert_eq!(take_mishaps(), "");
    }
}

pub(crate) fn outgoing(text: &str) -> Outgoing<JsValue> {
    Outgoing { payload: text.into(), bytes: text.len() as u64, ttl: None }
}
