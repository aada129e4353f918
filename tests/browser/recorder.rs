//! The user's side of a session: writes down each call, and may call back from within.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use steadysocket::browser::{Driver, Host, Timers, WebSocket};
use steadysocket::core::{Attempt, Cause, CloseDetails, Event, Reason, Verdict};
use wasm_bindgen::prelude::*;

use crate::page::{Bell, describe, is_live, open_web_socket};

/// Where a session calls its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    ResolveUrl,
    OpenSocket,
    Message,
    Error,
    Report,
    Heartbeat,
    Reason,
    Judge,
    StateChanged,
    Opened,
    Disconnected,
    RetryScheduled,
    Dropped,
    Drained,
    Latency,
    Closed,
}

/// A call, with what the tests ask about.
#[derive(Clone, Debug)]
pub(crate) enum Call {
    ResolveUrl,
    OpenSocket,
    Message(String),
    Error,
    Report(String),
    Heartbeat,
    Reason(Reason<JsValue>),
    Judge(Cause),
    Event(Event<JsValue>),
}

impl Call {
    pub(crate) fn place(&self) -> Place {
        match self {
            Self::ResolveUrl => Place::ResolveUrl,
            Self::OpenSocket => Place::OpenSocket,
            Self::Message(_) => Place::Message,
            Self::Error => Place::Error,
            Self::Report(_) => Place::Report,
            Self::Heartbeat => Place::Heartbeat,
            Self::Reason(_) => Place::Reason,
            Self::Judge(_) => Place::Judge,
            Self::Event(Event::StateChanged { .. }) => Place::StateChanged,
            Self::Event(Event::Opened { .. }) => Place::Opened,
            Self::Event(Event::Disconnected { .. }) => Place::Disconnected,
            Self::Event(Event::RetryScheduled { .. }) => Place::RetryScheduled,
            Self::Event(Event::Dropped { .. }) => Place::Dropped,
            Self::Event(Event::Drained) => Place::Drained,
            Self::Event(Event::Latency { .. }) => Place::Latency,
            Self::Event(Event::Closed { .. }) => Place::Closed,
            Self::Event(event) => unreachable!("{event:?} is new: give it a place"),
        }
    }
}

/// What an attempt meets.
#[derive(Clone, Debug)]
pub(crate) enum Road {
    /// This URL.
    To(String),
    /// This socket instead of the browser's.
    Over(WebSocket),
    /// A constructor that throws.
    Throws,
    /// A URL provider that fails.
    Fails,
    /// A URL provider that does not answer.
    Hangs,
}

pub(crate) type Reflex = Box<dyn FnOnce(&Recorder)>;

/// Holds the only handle of its session, as the façade does.
pub(crate) struct Recorder {
    pub(crate) driver: RefCell<Option<Driver<Self>>>,
    pub(crate) bell: Rc<Bell>,
    /// For the next attempts; the last one stays.
    pub(crate) roads: RefCell<VecDeque<Road>>,
    road: RefCell<Road>,
    pub(crate) calls: RefCell<Vec<Call>>,
    pub(crate) sockets: RefCell<Vec<WebSocket>>,
    /// The user's opinion of every end, if there is one.
    pub(crate) verdict: Cell<Option<Verdict>>,
    /// What happens within the next call from this place.
    pub(crate) reflex: RefCell<Option<(Place, Reflex)>>,
    on_message: Closure<dyn Fn(JsValue)>,
}

impl Recorder {
    pub(crate) fn new(roads: VecDeque<Road>) -> Rc<Self> {
        Rc::new_cyclic(|recorder: &Weak<Self>| Self {
            on_message: Closure::new({
                let recorder = recorder.clone();
                move |event| recorder.upgrade().expect("it is listened to").hear(&event)
            }),
            driver: RefCell::default(),
            bell: Rc::default(),
            roads: RefCell::new(roads),
            road: RefCell::new(Road::Hangs),
            calls: RefCell::default(),
            sockets: RefCell::default(),
            verdict: Cell::default(),
            reflex: RefCell::default(),
        })
    }

    pub(crate) fn driver(&self) -> Option<Driver<Self>> {
        self.driver.borrow().clone()
    }

    pub(crate) fn count(&self, place: Place) -> usize {
        self.calls.borrow().iter().filter(|call| call.place() == place).count()
    }

    pub(crate) fn live_sockets(&self) -> usize {
        self.sockets.borrow().iter().filter(|socket| is_live(socket)).count()
    }

    fn hear(&self, event: &JsValue) {
        let driver = self.driver().expect("the session is there");
        let text = describe(event);
        let is_reply = text == "pong";
        driver.heard(false);
        self.note(Call::Message(text));
        if is_reply {
            driver.heard(true);
        }
    }

    fn note(&self, call: Call) {
        let place = call.place();
        self.calls.borrow_mut().push(call);
        self.bell.ring();
        let due = self.reflex.borrow().as_ref().is_some_and(|(awaited, _)| *awaited == place);
        // Taken out before it runs: it calls back.
        let reflex = if due { self.reflex.take() } else { None };
        if let Some((_, reflex)) = reflex {
            reflex(self);
        }
    }
}

impl Host for Recorder {
    fn resolve_url(&self, attempt: Attempt) {
        let next = self.roads.borrow_mut().pop_front();
        if let Some(next) = next {
            self.road.replace(next);
        }
        self.note(Call::ResolveUrl);
        let road = self.road.borrow().clone();
        match (self.driver(), road) {
            (None, _) | (_, Road::Hangs) => {}
            (Some(driver), Road::Fails) => driver.url_failed(attempt),
            (Some(driver), _) => driver.url_resolved(attempt),
        }
    }

    fn open_socket(&self) -> Result<WebSocket, JsValue> {
        self.note(Call::OpenSocket);
        assert_eq!(self.live_sockets(), 0, "two live sockets");
        let road = self.road.borrow().clone();
        let socket = match road {
            Road::To(url) => open_web_socket(&url)?,
            Road::Over(socket) => socket,
            Road::Throws | Road::Fails | Road::Hangs => return Err("no socket".into()),
        };
        self.sockets.borrow_mut().push(socket.clone());
        Ok(socket)
    }

    fn on_message(&self) -> JsValue {
        self.on_message.as_ref().clone()
    }

    fn error(&self) {
        self.note(Call::Error);
    }

    fn report(&self, error: JsValue) {
        self.note(Call::Report(error.as_string().unwrap_or_else(|| format!("{error:?}"))));
    }

    fn timers(&self) -> Timers {
        js_sys::global().unchecked_into()
    }

    fn heartbeat(&self) -> Option<JsValue> {
        self.note(Call::Heartbeat);
        Some("ping".into())
    }

    fn reason(&self, reason: Reason<JsValue>) -> JsValue {
        self.note(Call::Reason(reason.clone()));
        match reason {
            Reason::Given(reason) => reason,
            Reason::PageHide => "page hidden".into(),
            Reason::Empty => "".into(),
        }
    }

    fn judge(&self, cause: Cause, _details: CloseDetails<JsValue>, verdict: Verdict) -> Verdict {
        self.note(Call::Judge(cause));
        self.verdict.get().unwrap_or(verdict)
    }

    fn event(&self, event: Event<JsValue>) {
        self.note(Call::Event(event));
    }
}
