//! The session: what happened and when goes in, what to do and what to tell comes out.

use std::collections::VecDeque;

use super::backoff::Backoff;
use super::close::Cause;
use super::config::{Config, OverflowPolicy};
use super::error::{SendError, SendErrorKind};
use super::input::{Input, MessageId, Network, Outgoing, Page, SocketId};
use super::outbox::{Message, Outbox};
use super::output::{DropReason, Effect, Event, Output};
use super::rng::Rng;
use super::state::{Replaceable, State, StateKind, Waiting};
use super::time::{Duration, Instant};
use super::timer::{Expiry, PUNCTUAL, Timer, TimerTable, last_turn};

/// A connection that lives until the user closes it or it gives up, over as many sockets as that takes.
///
/// `P` is the payload of a message, which the session never looks into.
///
/// The caller must drain it: one [`Input`] (or [`Session::send`]), then [`Session::poll_output`] until it returns
/// `None`, then [`Session::next_timeout`], then the next input. Handling an output may bring the next
/// input on early: outputs keep their order.
#[derive(Debug)]
pub struct Session<P> {
    pub(super) config: Config,
    pub(super) state: State<P>,
    pub(super) timers: TimerTable,
    pub(super) backoff: Backoff,
    pub(super) rng: Rng,
    pub(super) now: Instant,
    pub(super) outputs: VecDeque<Output<P>>,
    pub(super) outbox: Option<Outbox<P>>,
    /// What the present socket transmitted and the server is not known to have, with the option `queue.inFlight`.
    pub(super) in_flight: Option<Outbox<P>>,
    /// Attempts made so far, which is the latest one's name and its socket's.
    pub(super) attempts: u32,
    /// Sockets that opened.
    pub(super) opened: u32,
    pub(super) messages: u64,
    pub(super) offline: bool,
}

impl<P: Clone> Session<P> {
    /// A session that waits for [`Input::Open`]. The seed should differ from session to session: retries are spread by it.
    pub fn new(config: Config, seed: u64, now: Instant) -> Self {
        Self {
            state: State::Idle,
            timers: TimerTable::new(),
            backoff: Backoff::new(&config),
            rng: Rng::new(seed),
            now,
            outputs: VecDeque::new(),
            outbox: config.queue.map(Outbox::new),
            in_flight: config.queue.filter(|queue| queue.in_flight).map(Outbox::new),
            attempts: 0,
            opened: 0,
            messages: 0,
            offline: false,
            config,
        }
    }

    /// The present state.
    pub fn state(&self) -> StateKind {
        self.state.kind()
    }

    /// How many attempts were made, this one included.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How many sockets opened.
    pub fn opened(&self) -> u32 {
        self.opened
    }

    /// How many messages wait in the outbox.
    pub fn queued_messages(&self) -> usize {
        self.outbox.as_ref().map_or(0, Outbox::len)
    }

    /// How many bytes wait in the outbox.
    pub fn queued_bytes(&self) -> u64 {
        self.outbox.as_ref().map_or(0, Outbox::bytes)
    }

    /// How many messages were transmitted and are not known to have arrived. Always 0 without the option `queue.inFlight`.
    pub fn messages_in_flight(&self) -> usize {
        self.in_flight.as_ref().map_or(0, Outbox::len)
    }

    /// Whether messages are kept after they were transmitted.
    pub fn keeps_in_flight(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Whether messages go straight to the browser: nothing waits, and [`Event::Drained`] has nothing to announce.
    pub fn is_drained(&self) -> bool {
        match &self.state {
            State::Open(open) => open.flow.is_clear(),
            _ => self.queued_messages() == 0,
        }
    }

    /// Tells the session what happened.
    pub fn handle(&mut self, input: Input<P>, now: Instant) {
        self.advance(now);
        if input.attempt().is_some_and(|attempt| attempt != self.attempts) {
            return;
        }
        match input {
            Input::Open => self.open(),
            Input::Close { code, reason } => self.close(code, reason),
            Input::UrlResolved { .. } => self.handle_url_resolved(),
            Input::UrlFailed { .. } => self.handle_url_failed(),
            Input::SocketOpened { .. } => self.handle_socket_opened(),
            Input::SocketHeard { .. } => self.handle_heard(),
            Input::ReplyHeard { .. } => self.handle_reply(),
            Input::SocketFailed { .. } => self.handle_socket_failed(),
            Input::SocketClosed { details, .. } => self.handle_socket_closed(details),
            Input::Untransmitted { id, message } => self.handle_untransmitted(id, message),
            Input::BufferedAmount { bytes, .. } => self.handle_buffered_amount(bytes),
            Input::Judged { verdict, .. } => self.handle_judged(verdict),
            Input::Network(Network::Online) => {
                self.look_at_once();
                self.offline = false;
            }
            Input::Network(Network::Offline) => self.offline = true,
            Input::Page(Page::Hiding { .. } | Page::Frozen) => self.suspend(),
            Input::Page(Page::Shown { .. } | Page::Resumed) if matches!(self.state, State::Suspended(_)) => {
                self.come_back();
            }
            Input::Page(Page::Visible | Page::Shown { persisted: true } | Page::Resumed) => {
                self.look_at_once();
            }
            Input::Page(Page::Hidden | Page::Shown { persisted: false }) => {}
            Input::Timeout => {
                if let Some((timer, expiry)) = self.timers.take_due(self.now) {
                    self.handle_timer(timer, expiry);
                }
            }
        }
    }

    /// Sends a message: at once if the connection takes it, else it waits in the outbox. Every message that is
    /// taken has one outcome, [`Effect::Transmit`] or [`Event::Dropped`]; with the option `queue.inFlight`, the latter may
    /// follow the former, with the reason [`DropReason::InFlightUnknown`].
    ///
    /// # Errors
    /// If nothing can take the message it comes back: the session is closed, there is no open socket and no outbox, or the
    /// outbox is full and its policy is to refuse.
    pub fn send(&mut self, outgoing: Outgoing<P>, now: Instant) -> Result<MessageId, SendError<P>> {
        self.advance(now);
        let id = MessageId(self.messages);
        let default_ttl = || Some(Duration::from_millis_f64(self.outbox.as_ref()?.limits().ttl));
        let ttl = outgoing.ttl.or_else(default_ttl);
        let message = Message {
            id,
            payload: outgoing.payload,
            bytes: outgoing.bytes,
            expires_at: ttl.map_or(Instant::NEVER, |ttl| self.now + ttl),
        };
        let room = !self.is_flight_full();
        match (&self.state, &mut self.outbox) {
            (State::Closing(_) | State::Closed, _) => {
                return Err(SendError { payload: message.payload, kind: SendErrorKind::Closed });
            }
            (State::Open(open), outbox) if outbox.is_none() || (open.flow.is_clear() && room) => {
                self.transmit(message);
            }
            (_, None) => {
                return Err(SendError { payload: message.payload, kind: SendErrorKind::NotOpen });
            }
            (_, Some(outbox)) => {
                let room = outbox.has_room(message.bytes);
                match outbox.limits().overflow {
                    OverflowPolicy::Refuse if !room => {
                        return Err(SendError { payload: message.payload, kind: SendErrorKind::QueueFull });
                    }
                    OverflowPolicy::DropOldest if outbox.could_hold(message.bytes) => self.enqueue(message),
                    _ if room => self.enqueue(message),
                    _ => self.drop_message(message, DropReason::Overflow),
                }
            }
        }
        self.messages += 1;
        Ok(id)
    }

    /// The next thing to do or to tell. Call it until it returns `None`.
    pub fn poll_output(&mut self) -> Option<Output<P>> {
        if self.outputs.is_empty() {
            self.transmit_backlog();
        }
        self.outputs.pop_front()
    }

    /// Whether something is to be done or told.
    pub fn has_outputs(&self) -> bool {
        !self.outputs.is_empty()
    }

    /// When to call [`Session::handle`] with [`Input::Timeout`] at the latest.
    pub fn next_timeout(&self) -> Option<Instant> {
        self.timers.next()
    }

    pub(super) fn effect(&mut self, effect: Effect<P>) {
        self.outputs.push_back(Output::Effect(effect));
    }

    pub(super) fn event(&mut self, event: Event<P>) {
        self.outputs.push_back(Output::Event(event));
    }

    fn advance(&mut self, now: Instant) {
        self.now = self.now.max(now);
    }

    fn handle_heard(&mut self) {
        if matches!(self.state, State::Open(_)) {
            self.prove_alive();
        }
    }

    fn handle_reply(&mut self) {
        let State::Open(open) = &mut self.state else { return };
        let question = open.heartbeat.answered();
        self.prove_alive();
        let Some(question) = question else { return };
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.pop_many(question.in_flight);
        }
        let rtt = question.rtt(self.now);
        // Later than that, and it tells of the page's sleep rather than of the network.
        if rtt <= self.config.span(Timer::ReplyTimeout) {
            self.event(Event::Latency { rtt });
        }
        self.confirm_flight();
    }

    fn handle_timer(&mut self, timer: Timer, expiry: Expiry) {
        match (timer, expiry) {
            (
                Timer::UrlTimeout | Timer::ConnectTimeout | Timer::StableAfter | Timer::ReplyTimeout,
                Expiry::Doubtful,
            ) => {
                if timer == Timer::ReplyTimeout {
                    self.ask();
                }
                self.timers.set_again(timer, self.deadline(timer));
            }
            (Timer::UrlTimeout | Timer::ConnectTimeout | Timer::ReplyTimeout, Expiry::Late(late)) => {
                let turn = late.clamp(last_turn(self.config.span(timer)), PUNCTUAL);
                self.timers.set_last(timer, self.now + turn);
            }
            (Timer::UrlTimeout, _) => self.give_up(Cause::UrlFailed),
            (Timer::ConnectTimeout, _) => self.give_up(Cause::ConnectTimeout),
            (Timer::ReplyTimeout, _) => self.give_up(Cause::HeartbeatTimeout),
            (Timer::StableAfter, _) => self.backoff.reset(&self.config),
            (Timer::Retry, _) => self.start_attempt(Replaceable::Yes),
            (Timer::Heartbeat, _) => self.ask(),
            (Timer::CloseTimeout, _) => self.give_up_on_close(),
            (Timer::DrainPoll, _) => self.measure(),
            (Timer::MessageTtl, _) => self.expire_messages(),
        }
    }

    /// Sets a timer for as long as the options say.
    pub(super) fn start(&mut self, timer: Timer) {
        self.timers.set(timer, self.deadline(timer));
    }

    /// When a timer is to go off. Those that judge leave a last turn to what waits in the page's queue.
    fn deadline(&self, timer: Timer) -> Instant {
        let span = self.config.span(timer);
        match timer {
            Timer::UrlTimeout | Timer::ConnectTimeout | Timer::ReplyTimeout if span < Duration::FOREVER => {
                self.now + (span - last_turn(span))
            }
            _ => self.now + span,
        }
    }

    /// Asks the server for a sign of life and waits for it for the full timeout.
    pub(super) fn ask(&mut self) {
        let State::Open(open) = &mut self.state else { return };
        if self.config.heartbeat.is_none() {
            return;
        }
        open.heartbeat.asked(self.now, self.in_flight.as_ref().map_or(0, Outbox::len));
        self.timers.clear(Timer::Heartbeat);
        self.start(Timer::ReplyTimeout);
        self.effect(Effect::SendHeartbeat { id: SocketId(self.attempts) });
        // The session does not know how large it was.
        self.measure();
    }

    /// The server gave a sign of life: only silence from now on costs a heartbeat, unless messages are to be confirmed.
    pub(super) fn prove_alive(&mut self) {
        self.timers.clear(Timer::ReplyTimeout);
        if self.messages_in_flight() == 0 || !self.timers.is_set(Timer::Heartbeat) {
            self.start(Timer::Heartbeat);
        }
    }

    /// A hint came that things may be better, or worse, than they look.
    fn look_at_once(&mut self) {
        match &self.state {
            State::Waiting(Waiting::Delay) => self.start_attempt(Replaceable::Yes),
            State::Connecting(connecting) if connecting.is_stale(self.now) && self.may_retry() => {
                self.start_again();
            }
            State::Open(_) if !self.timers.is_set(Timer::ReplyTimeout) => self.ask(),
            _ => {}
        }
    }
}
