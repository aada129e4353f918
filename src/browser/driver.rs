//! The pump: takes one output of the session at a time and carries it out.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, Event as DomEvent, MessageEvent};

use super::clock::now;
use super::hints::Hints;
use super::seed::seed;
use super::socket::{Endpoint, Socket, SocketEvent};
use super::timeout::Alarm;
use crate::core::{
    Attempt, Cause, CloseDetails, Config, Effect, Event, Input, Outgoing, Output, SendErrorKind, Session,
    SocketId, StateKind, Verdict,
};

/// The user's side of a session. Each method may call back into the [`Driver`] as it likes.
pub trait Host {
    /// A URL is needed; answer with [`Driver::url_resolved`] or [`Driver::url_failed`], now or later.
    fn resolve_url(&self, attempt: Attempt);
    /// A message came in. Returns whether it is the reply to a heartbeat.
    fn message(&self, event: MessageEvent) -> bool;
    /// The browser fired an `error` event. It decides nothing.
    fn error(&self, event: DomEvent);
    /// A heartbeat is due: the message to send, if there is one.
    fn heartbeat(&self) -> Option<JsValue>;
    /// An end is to be judged. Only with the option `judge`.
    fn judge(&self, cause: Cause, details: &CloseDetails, verdict: Verdict) -> Verdict;
    /// Something happened to the session.
    fn event(&self, event: Event<JsValue>);
}

/// Drives one session. Clones drive the same one; it lives until the last of them is dropped.
#[derive(Clone)]
pub struct Driver(Rc<Shared>);

struct Shared {
    session: RefCell<Session<JsValue>>,
    /// Outputs are being carried out further up the stack: whatever calls in now leaves its own to that.
    pumping: Cell<bool>,
    /// Present while the session is not over, which keeps the user's side alive.
    host: RefCell<Option<Rc<dyn Host>>>,
    hints: RefCell<Option<Hints>>,
    endpoint: RefCell<Option<Endpoint>>,
    socket: RefCell<Option<Rc<Socket>>>,
    binary_type: Cell<BinaryType>,
    alarm: RefCell<Alarm>,
}

impl Driver {
    /// A session that waits for [`Driver::open`].
    pub fn new(config: Config) -> Self {
        Self(Rc::new(Shared {
            session: RefCell::new(Session::new(config, seed(), now())),
            pumping: Cell::new(false),
            host: RefCell::default(),
            hints: RefCell::default(),
            endpoint: RefCell::default(),
            socket: RefCell::default(),
            binary_type: Cell::new(BinaryType::Blob),
            alarm: RefCell::default(),
        }))
    }

    /// Connects on a fresh socket, and tells `host` until the session is over.
    pub fn open(&self, host: Rc<dyn Host>) {
        self.0.host.replace(Some(host));
        if self.0.hints.borrow().is_none() {
            let shared = Rc::downgrade(&self.0);
            let hints = Hints::listen(move |input| with(&shared, |driver| driver.handle(input)));
            self.0.hints.replace(Some(hints));
        }
        self.handle(Input::Open);
    }

    /// Ends the session; `code` and `reason` must be what the browser takes.
    pub fn close(&self, code: Option<u16>, reason: String) {
        self.handle(Input::Close { code, reason });
    }

    /// Leaves everything at once and tells nobody.
    pub fn release(&self) {
        self.0.host.take();
        self.handle(Input::Close { code: None, reason: String::new() });
        self.0.hints.take();
        self.0.socket.take();
        self.0.endpoint.take();
        self.0.alarm.borrow_mut().disarm();
    }

    /// Sends a message.
    ///
    /// # Errors
    /// If nothing can take it.
    pub fn send(&self, outgoing: Outgoing<JsValue>) -> Result<(), SendErrorKind> {
        let sent = self.0.session.borrow_mut().send(outgoing, now());
        self.pump();
        sent.map(drop).map_err(|error| error.kind)
    }

    /// Whether a message sent now reaches the browser before [`Driver::send`] returns.
    pub fn sends_at_once(&self) -> bool {
        !self.0.pumping.get() && self.state() == StateKind::Open && self.is_drained()
    }

    /// Answers [`Host::resolve_url`].
    pub fn url_resolved(&self, attempt: Attempt, endpoint: Endpoint) {
        self.0.endpoint.replace(Some(endpoint));
        self.handle(Input::UrlResolved { attempt });
    }

    /// Answers [`Host::resolve_url`]: there is no URL.
    pub fn url_failed(&self, attempt: Attempt) {
        self.handle(Input::UrlFailed { attempt });
    }

    /// What binary messages arrive as, now and on every later socket.
    pub fn set_binary_type(&self, binary_type: BinaryType) {
        self.0.binary_type.set(binary_type);
        if let Some(socket) = self.socket() {
            socket.set_binary_type(binary_type);
        }
    }

    /// The session's state.
    pub fn state(&self) -> StateKind {
        self.0.session.borrow().state()
    }

    /// Reads the session.
    pub fn inspect<T>(&self, read: impl FnOnce(&Session<JsValue>) -> T) -> T {
        read(&self.0.session.borrow())
    }

    /// Whether nothing waits.
    pub fn is_drained(&self) -> bool {
        self.inspect(Session::is_drained)
    }

    /// Bytes sent but not transmitted yet, in the outbox and in the socket.
    pub fn buffered_amount(&self) -> u64 {
        self.inspect(Session::queued_bytes) + self.socket().map_or(0, |socket| socket.buffered_amount())
    }

    /// The subprotocol the server chose; `undefined` between sockets.
    pub fn protocol(&self) -> JsValue {
        self.socket().map_or(JsValue::UNDEFINED, |socket| socket.protocol())
    }

    /// The extensions the server chose; `undefined` between sockets.
    pub fn extensions(&self) -> JsValue {
        self.socket().map_or(JsValue::UNDEFINED, |socket| socket.extensions())
    }

    fn handle(&self, input: Input<JsValue>) {
        self.0.session.borrow_mut().handle(input, now());
        self.pump();
    }

    /// Carries out outputs until there are none, then arms the timer. No borrow is held while JavaScript runs.
    fn pump(&self) {
        if self.0.pumping.replace(true) {
            return;
        }
        loop {
            let output = self.0.session.borrow_mut().poll_output();
            match output {
                Some(Output::Effect(effect)) => self.carry_out(effect),
                Some(Output::Event(event)) => self.tell(event),
                None => {
                    let now = now();
                    let deadline = self.inspect(Session::next_timeout);
                    if deadline.is_some_and(|deadline| deadline <= now) {
                        self.0.session.borrow_mut().handle(Input::Timeout, now);
                        continue;
                    }
                    if let Some(deadline) = deadline {
                        let shared = Rc::downgrade(&self.0);
                        self.0.alarm.borrow_mut().arm(deadline, now, move || with(&shared, Self::tick));
                    }
                    break;
                }
            }
        }
        self.0.pumping.set(false);
    }

    fn tick(&self) {
        self.0.alarm.borrow_mut().disarm();
        self.pump();
    }

    fn carry_out(&self, effect: Effect<JsValue>) {
        match effect {
            Effect::ResolveUrl { attempt } => {
                if let Some(host) = self.host() {
                    host.resolve_url(attempt);
                }
            }
            Effect::OpenSocket { id } => self.open_socket(id),
            Effect::CloseSocket { id, code, reason } => {
                if let Some(socket) = self.socket_named(id) {
                    report(socket.close(code, &reason));
                }
            }
            Effect::AbandonSocket { id } => {
                if self.socket_named(id).is_some() {
                    self.0.socket.take();
                }
            }
            Effect::Transmit { id, message } => match self.socket_named(id) {
                Some(socket) if socket.is_open() => report(socket.send(&message.payload)),
                _ => self.handle(Input::Untransmitted { id, message }),
            },
            Effect::SendHeartbeat { id } => {
                if let (Some(socket), Some(host)) = (self.socket_named(id), self.host()) {
                    let message = host.heartbeat();
                    if let Some(message) = message.filter(|_| socket.is_open()) {
                        report(socket.send(&message));
                    }
                }
            }
            Effect::ReadBufferedAmount { id } => {
                if let Some(socket) = self.socket_named(id) {
                    self.handle(Input::BufferedAmount { id, bytes: socket.buffered_amount() });
                }
            }
            Effect::Judge { attempt, cause, details, verdict } => {
                let verdict = self.host().map_or(verdict, |host| host.judge(cause, &details, verdict));
                self.handle(Input::Judged { attempt, verdict });
            }
        }
    }

    fn tell(&self, event: Event<JsValue>) {
        let over = matches!(event, Event::Closed { .. });
        if let Some(host) = self.host() {
            host.event(event);
        }
        // Unless the user has reopened it meanwhile.
        if over && self.state() == StateKind::Closed {
            self.release();
        }
    }

    fn open_socket(&self, id: SocketId) {
        let endpoint = self.0.endpoint.borrow().clone();
        let Some(endpoint) = endpoint else { return };
        let shared = Rc::downgrade(&self.0);
        let tell = move |id, event| with(&shared, |driver| driver.hear(id, event));
        match Socket::open(id, &endpoint, self.0.binary_type.get(), tell) {
            Ok(socket) => {
                self.0.socket.replace(Some(Rc::new(socket)));
            }
            Err(error) => {
                report(Err(error));
                self.handle(Input::SocketClosed { id, details: CloseDetails::abnormal() });
            }
        }
    }

    fn hear(&self, id: SocketId, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.handle(Input::SocketOpened { id }),
            SocketEvent::Message(event) => {
                self.handle(Input::SocketHeard { id });
                if self.host().is_some_and(|host| host.message(event)) {
                    self.handle(Input::ReplyHeard { id });
                }
            }
            SocketEvent::Error(event) => {
                if let Some(host) = self.host() {
                    host.error(event);
                }
            }
            SocketEvent::Closed(details) => {
                if self.socket_named(id).is_some() {
                    self.0.socket.take();
                }
                self.handle(Input::SocketClosed { id, details });
            }
        }
    }

    fn host(&self) -> Option<Rc<dyn Host>> {
        self.0.host.borrow().clone()
    }

    fn socket(&self) -> Option<Rc<Socket>> {
        self.0.socket.borrow().clone()
    }

    fn socket_named(&self, id: SocketId) -> Option<Rc<Socket>> {
        self.socket().filter(|socket| socket.id() == id)
    }
}

/// Runs a listener's part unless the session is gone.
fn with(shared: &Weak<Shared>, run: impl FnOnce(&Driver)) {
    if let Some(shared) = shared.upgrade() {
        run(&Driver(shared));
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = reportError, catch)]
    fn report_error(error: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(error: &JsValue);
}

/// Tells the page of an error that nobody here can mend, as an uncaught one would be told.
pub(crate) fn report(result: Result<(), JsValue>) {
    if let Err(error) = result
        // Node has none.
        && report_error(&error).is_err()
    {
        console_error(&error);
    }
}
