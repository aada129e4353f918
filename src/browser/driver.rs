//! The pump: takes one output of the session at a time and carries it out.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;

use super::clock::now;
use super::hints::Hints;
use super::seed::seed;
use super::socket::{Socket, SocketEvent, WebSocket, close_details};
use super::timeout::{Alarm, Timers};
use crate::core::{
    Attempt, Cause, CloseDetails, Config, Effect, Event, Input, Outgoing, Output, Reason, SendErrorKind,
    Session, SocketId, StateKind, Verdict,
};

/// The user's side of a session. Each method may call back into the [`Driver`] as it likes.
pub trait Host {
    /// A URL is needed; answer with [`Driver::url_resolved`] or [`Driver::url_failed`], now or later.
    fn resolve_url(&self, attempt: Attempt);
    /// A socket is to be opened, to the URL of the latest attempt.
    ///
    /// # Errors
    /// What the constructor throws.
    fn open_socket(&self) -> Result<WebSocket, JsValue>;
    /// What the browser's socket calls with each `MessageEvent`. It tells [`Driver::heard`], if there are heartbeats.
    fn on_message(&self) -> JsValue;
    /// The browser fired an `error` event. It decides nothing.
    fn error(&self);
    /// Something was thrown that nobody here can mend: tell the page, as of an uncaught error.
    fn report(&self, error: JsValue);
    /// What sets the session's timer.
    fn timers(&self) -> Timers;
    /// A heartbeat is due: the message to send, if there is one.
    fn heartbeat(&self) -> Option<JsValue>;
    /// The text of a close reason.
    fn reason(&self, reason: Reason<JsValue>) -> JsValue;
    /// An end is to be judged. Only with the option `judge`.
    fn judge(&self, cause: Cause, details: CloseDetails<JsValue>, verdict: Verdict) -> Verdict;
    /// Something happened to the session.
    fn event(&self, event: Event<JsValue>);
}

/// Drives one session. Clones drive the same one; it lives until the last of them is dropped.
pub struct Driver<H>(Rc<Shared<H>>);

struct Shared<H> {
    session: RefCell<Session<JsValue>>,
    /// Outputs are being carried out further up the stack: whatever calls in now leaves its own to that.
    pumping: Cell<bool>,
    /// Present while the session is not over, which keeps the user's side alive.
    host: RefCell<Option<Rc<H>>>,
    hints: RefCell<Option<Hints>>,
    socket: RefCell<Option<Rc<Socket>>>,
    alarm: RefCell<Option<Alarm>>,
}

impl<H: Host + 'static> Driver<H> {
    /// A session that waits for [`Driver::open`].
    pub fn new(config: Config) -> Self {
        Self(Rc::new(Shared {
            session: RefCell::new(Session::new(config, seed(), now())),
            pumping: Cell::new(false),
            host: RefCell::default(),
            hints: RefCell::default(),
            socket: RefCell::default(),
            alarm: RefCell::default(),
        }))
    }

    /// Tells `host` of everything until the session is over.
    pub fn attach(&self, host: Rc<H>) {
        self.0.host.replace(Some(host));
    }

    /// Connects on a fresh socket.
    pub fn open(&self) {
        let host = self.0.host.borrow().clone();
        if let Some(host) = host
            && self.0.hints.borrow().is_none()
        {
            self.0.hints.replace(Some(Hints::listen(self.listener(Self::handle))));
            let tick = self.listener(|driver, ()| driver.tick());
            self.0.alarm.replace(Some(Alarm::new(host.timers(), move || tick(()))));
        }
        self.handle(Input::Open);
    }

    /// Ends the session; `code` and `reason` must be what the browser takes.
    pub fn close(&self, code: Option<u16>, reason: Reason<JsValue>) {
        self.handle(Input::Close { code, reason });
    }

    /// Leaves everything at once and tells nobody.
    pub fn release(&self) {
        self.0.host.take();
        self.0.hints.take();
        self.0.socket.take();
        self.0.alarm.take();
        self.handle(Input::Close { code: None, reason: Reason::Empty });
        // Nobody is left to do it or to tell it for.
        while self.poll_output().is_some() {}
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

    /// Whether a message sent now reaches the browser before [`Driver::send`] returns, and is not kept.
    pub fn sends_at_once(&self) -> bool {
        !self.0.pumping.get()
            && self.inspect(|session| {
                session.state() == StateKind::Open && session.is_drained() && !session.keeps_in_flight()
            })
    }

    /// The present socket brought something: the reply to a heartbeat, or anything else.
    pub fn heard(&self, reply: bool) {
        if let Some(id) = self.socket().map(|socket| socket.id()) {
            self.handle(if reply { Input::ReplyHeard { id } } else { Input::SocketHeard { id } });
        }
    }

    /// Answers [`Host::resolve_url`].
    pub fn url_resolved(&self, attempt: Attempt) {
        self.handle(Input::UrlResolved { attempt });
    }

    /// Answers [`Host::resolve_url`]: there is no URL.
    pub fn url_failed(&self, attempt: Attempt) {
        self.handle(Input::UrlFailed { attempt });
    }

    /// Reads the session.
    pub fn inspect<T>(&self, read: impl FnOnce(&Session<JsValue>) -> T) -> T {
        read(&self.0.session.borrow())
    }

    fn handle(&self, input: Input<JsValue>) {
        self.0.session.borrow_mut().handle(input, now());
        self.pump();
    }

    /// Carries out outputs until there are none, then arms the timer. No borrow is held while JavaScript runs.
    fn pump(&self) {
        if self.0.pumping.get() {
            return;
        }
        let host = self.0.host.borrow().clone();
        let Some(host) = host else { return };
        self.0.pumping.set(true);
        loop {
            match self.poll_output() {
                // Released meanwhile: nobody is left to do it or to tell it for.
                Some(_) if self.0.host.borrow().is_none() => {}
                Some(Output::Effect(effect)) => self.carry_out(effect, &host),
                Some(Output::Event(event)) => self.tell(event, &host),
                None => {
                    let now = now();
                    let Some(deadline) = self.inspect(Session::next_timeout) else { break };
                    if deadline > now {
                        if let Some(alarm) = &mut *self.0.alarm.borrow_mut() {
                            alarm.arm(deadline, now);
                        }
                        break;
                    }
                    self.0.session.borrow_mut().handle(Input::Timeout, now);
                }
            }
        }
        self.0.pumping.set(false);
    }

    fn poll_output(&self) -> Option<Output<JsValue>> {
        self.0.session.borrow_mut().poll_output()
    }

    fn tick(&self) {
        if let Some(alarm) = &mut *self.0.alarm.borrow_mut() {
            alarm.disarm();
        }
        self.pump();
    }

    fn carry_out(&self, effect: Effect<JsValue>, host: &Rc<H>) {
        let report = |result: Result<(), JsValue>| {
            if let Err(error) = result {
                host.report(error);
            }
        };
        match effect {
            Effect::ResolveUrl { attempt } => host.resolve_url(attempt),
            Effect::OpenSocket { id } => match host.open_socket() {
                Ok(socket) => {
                    let listener = self.listener(move |driver, (kind, event)| driver.hear(id, kind, &event));
                    let socket = Socket::new(id, socket, &host.on_message(), listener);
                    // Unless it was released meanwhile.
                    if self.0.host.borrow().is_some() {
                        self.0.socket.replace(Some(Rc::new(socket)));
                    }
                }
                Err(error) => {
                    host.report(error);
                    self.handle(Input::SocketClosed { id, details: CloseDetails::abnormal() });
                }
            },
            Effect::CloseSocket { id, code, reason } => {
                if let Some(socket) = self.socket_named(id) {
                    // Chromium takes a reason without a code amiss, an empty one too.
                    let reason = Some(host.reason(reason)).filter(|_| code.is_some()).unwrap_or_default();
                    report(socket.close(code, &reason));
                }
            }
            Effect::AbandonSocket { id } => self.drop_socket(id),
            Effect::Transmit { id, message } => match self.socket_named(id) {
                Some(socket) if socket.is_open() => report(socket.send(&message.payload)),
                _ => self.handle(Input::Untransmitted { id, message }),
            },
            Effect::SendHeartbeat { id } => {
                let message = host.heartbeat();
                if let (Some(socket), Some(message)) = (self.socket_named(id), message)
                    && socket.is_open()
                {
                    report(socket.send(&message));
                }
            }
            Effect::ReadBufferedAmount { id } => {
                if let Some(socket) = self.socket_named(id) {
                    self.handle(Input::BufferedAmount { id, bytes: socket.buffered_amount() });
                }
            }
            Effect::Judge { attempt, cause, details, verdict } => {
                let verdict = host.judge(cause, details, verdict);
                self.handle(Input::Judged { attempt, verdict });
            }
        }
    }

    fn tell(&self, event: Event<JsValue>, host: &Rc<H>) {
        let over = matches!(event, Event::Closed { .. });
        host.event(event);
        // Unless the user has reopened it meanwhile.
        if over && self.inspect(Session::state) == StateKind::Closed {
            self.release();
        }
    }

    fn hear(&self, id: SocketId, kind: SocketEvent, event: &JsValue) {
        let host = self.0.host.borrow().clone();
        let Some(host) = host else { return };
        match kind {
            SocketEvent::Open => self.handle(Input::SocketOpened { id }),
            SocketEvent::Error => host.error(),
            SocketEvent::Close => {
                self.drop_socket(id);
                self.handle(Input::SocketClosed { id, details: close_details(event) });
            }
        }
    }

    /// What a browser object calls. It does not keep the session alive, and does nothing once that is gone.
    fn listener<T>(&self, run: impl Fn(&Self, T) + Clone + 'static) -> impl Fn(T) + Clone + 'static {
        let shared: Weak<Shared<H>> = Rc::downgrade(&self.0);
        move |event| {
            if let Some(shared) = shared.upgrade() {
                run(&Self(shared), event);
            }
        }
    }

    fn socket(&self) -> Option<Rc<Socket>> {
        self.0.socket.borrow().clone()
    }

    fn socket_named(&self, id: SocketId) -> Option<Rc<Socket>> {
        self.socket().filter(|socket| socket.id() == id)
    }

    fn drop_socket(&self, id: SocketId) {
        if self.socket_named(id).is_some() {
            self.0.socket.take();
        }
    }
}

impl<H> Clone for Driver<H> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}
